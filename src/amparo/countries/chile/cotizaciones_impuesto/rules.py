"""What a worker with contributions pays, and what is left: pension, health and the tax on wages."""

from amparo.countries.chile.cotizaciones_impuesto.parameters import (
    ceiling,
    health_rate,
    limits_in_pesos,
    pension_rate,
    rates,
)
from amparo.countries.chile.entities import Person
from amparo.expr import Brackets, Law, Money, rule, when

DL_3500 = Law("DL 3.500/1980")
DL_824 = Law("DL 824/1974")


@rule(source=DL_3500.article("16"))
def taxable_wage(person: Person) -> Money:
    """Contributions are due on the wage, up to a ceiling."""
    return when(person.formal_worker, person.earnings.at_most(ceiling), otherwise=0)


@rule(source=DL_3500.article("17"))
def pension_contribution(person: Person) -> Money:
    """10 % for the pension."""
    return (taxable_wage(person) * pension_rate).rounded_half_up()


@rule(source=DL_3500.article("85"))
def health_contribution(person: Person) -> Money:
    """7 % for health."""
    return (taxable_wage(person) * health_rate).rounded_half_up()


@rule(source=DL_824.article("42 n.° 1"))
def base_of_the_tax(person: Person) -> Money:
    """The wage less the contributions."""
    base = person.earnings - pension_contribution(person) - health_contribution(person)
    return when(person.formal_worker, base, otherwise=0)


@rule(source=DL_824.article("43 n.° 1"))
def income_tax(person: Person) -> Money:
    """Eight brackets in tax units: each rate on the part of the wage within its bracket."""
    *within, above = rates
    return Brackets(limits_in_pesos(), within, above).marginal(base_of_the_tax(person)).rounded_half_up()


@rule(source=DL_824.article("(líquido)"))
def net_earnings(person: Person) -> Money:
    """What is left of earnings after contributions and tax."""
    return person.earnings - pension_contribution(person) - health_contribution(person) - income_tax(person)
