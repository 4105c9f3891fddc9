"""Subsidies of basic services: electricity, fourth call (January to June 2026)."""

from amparo.countries.chile.entities import Household
from amparo.countries.chile.servicios_basicos.parameters import months, of_four, of_one, of_two_or_three, rsh_limit
from amparo.expr import Bool, Law, Money, cases, rule, when

LEY_21667 = Law("Ley 21.667")


@rule(source=LEY_21667.article("(derecho)"))
def entitled(household: Household) -> Bool:
    """The household is in the poorest 40 %, or one of its members depends on electricity, in any bracket."""
    members = household.members
    return (household.rsh_bracket <= rsh_limit) | members.any(members.electricity_dependent)


@rule(source=LEY_21667.article("(monto)"))
def amount_of_the_call(household: Household) -> Money:
    """One amount for the half-year, by the number of members."""
    size = household.members.count()
    return cases((size <= 1, of_one), (size <= 3, of_two_or_three), otherwise=of_four)


@rule(source=LEY_21667.article("(descuento)"))
def electricity_subsidy(household: Household) -> Money:
    """A discount on the bill; each month has its share of the half-year."""
    return when(entitled(household), amount_of_the_call(household) / months, otherwise=0).rounded_half_up()
