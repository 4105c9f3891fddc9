"""Aporte Familiar Permanente: once a year, for each originator of a family benefit or for a family of the subsystem."""

from amparo.countries.chile.aporte_familiar_permanente.parameters import amount, extraordinary
from amparo.countries.chile.asignacion_familiar.rules import allowance
from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.suf.rules import subsidy
from amparo.expr import Bool, Law, Money, rule, when

LEY_20743 = Law("Ley 20.743")


@rule(source=LEY_20743.article("1 (causantes)"))
def originates(person: Person) -> Bool:
    """Whoever gives right to a paid family or maternal allowance, or to the family subsidy, gives right to it."""
    return (allowance(person) > 0) | (subsidy(person) > 0)


@rule(source=LEY_20743.article("1 (familias)"))
def family_of_the_subsystem(household: Household) -> Bool:
    """A family of Seguridades y Oportunidades gives right to it where none of its members does."""
    members = household.members
    return (household.programme_month > 0) & ~members.any(originates(members))


@rule(source=LEY_20743.article("2"))
def amount_of_the_year(household: Household) -> Money:
    """The amount of the year, and in 2023 an extraordinary payment besides."""
    return amount + extraordinary


@rule(source=LEY_20743.article("1"))
def for_an_originator(person: Person) -> Money:
    """One amount a year for each originator."""
    return when(originates(person), amount_of_the_year(person.household), otherwise=0).rounded_half_up()


@rule(source=LEY_20743.article("1 (una por familia)"))
def for_a_family(household: Household) -> Money:
    """One amount a year for a family of the subsystem."""
    return when(family_of_the_subsystem(household), amount_of_the_year(household), otherwise=0).rounded_half_up()
