"""Bono por hijo: contributions of eighteen minimum wages in the pension account of a mother, for each child."""

from datetime import date

from amparo.countries.chile.bono_por_hijo.parameters import contribution, months
from amparo.countries.chile.entities import Person
from amparo.countries.chile.parameters import minimum_wage
from amparo.expr import Bool, Count, Law, Money, rule, this_month, when

LEY_20255 = Law("Ley 20.255")
STARTS = date(2009, 7, 1)


@rule(source=LEY_20255.article("74 (mujer)"))
def woman(person: Person) -> Bool:
    """The bonus is the mother's."""
    return person.sex == "female"


@rule(source=LEY_20255.article("75 (fecha)"))
def children_credited(person: Person) -> Count:
    """Children are credited in the month of their birth; those born before July 2009, all in that month."""
    earlier = when(this_month() == STARTS, person.births_before_july_2009, otherwise=0)
    return person.births_this_month + earlier


@rule(source=LEY_20255.article("75 (monto)"))
def credit_of_a_child(person: Person) -> Money:
    """Ten per cent of eighteen minimum wages of the month of birth."""
    return minimum_wage * contribution * months


@rule(source=LEY_20255.article("74"))
def credit(person: Person) -> Money:
    """The credit of the month, before the returns of the fund, paid into her pension at 65."""
    children = children_credited(person)
    due = woman(person) & (children > 0)
    return when(due, credit_of_a_child(person) * children, otherwise=0).rounded_half_up().accrued()
