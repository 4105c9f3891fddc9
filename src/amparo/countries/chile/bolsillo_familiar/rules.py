"""Bolsillo Familiar Electrónico: a monthly amount for food, for each originator of a family benefit."""

from amparo.countries.chile.asignacion_familiar.rules import allowance
from amparo.countries.chile.bolsillo_familiar.parameters import amount
from amparo.countries.chile.entities import Person
from amparo.countries.chile.suf.rules import subsidy
from amparo.expr import Bool, Law, Money, rule, when

LEY_21550 = Law("Ley 21.550")


@rule(source=LEY_21550.article("(causantes)"))
def originates(person: Person) -> Bool:
    """Whoever gives right to a paid family or maternal allowance, or to the family subsidy, gives right to it."""
    return (allowance(person) > 0) | (subsidy(person) > 0)


@rule(source=LEY_21550.article("(bolsillo)"))
def purse(person: Person) -> Money:
    """One amount a month for each originator, for food."""
    return when(originates(person), amount, otherwise=0).rounded_half_up()
