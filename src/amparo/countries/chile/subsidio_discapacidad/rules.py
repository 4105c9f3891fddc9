"""Disability subsidy for those under 18 (Ley 20.255, art. 35)."""

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.parameters import largest_amount, senior_amount
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS, RISE_STARTS
from amparo.countries.chile.subsidio_discapacidad.parameters import (
    age_limit,
    rsh_limit,
    severe_percent,
    share_of_pgu,
    years_resident,
)
from amparo.expr import Bool, Law, Money, rule, when

LEY_20255 = Law("Ley 20.255")
LEY_21735 = Law("Ley 21.735")


@rule(source=LEY_20255.article("35 (discapacidad)"), valid_from=PGU_STARTS)
def severely_disabled(person: Person) -> Bool:
    """A certified disability of at least 50 %, or a mental disability under law 18.600."""
    severe = person.disabled & (person.disability_percent >= severe_percent)
    return person.mental_disability | severe


@rule(source=LEY_20255.article("35 (hogar)"), valid_from=PGU_STARTS)
def household_within_bracket(household: Household) -> Bool:
    """The household is among the poorest 60 %."""
    return household.rsh_bracket <= rsh_limit


@rule(source=LEY_20255.article("35 (residencia)"), valid_from=PGU_STARTS)
def resident(person: Person) -> Bool:
    """Three years of unbroken residence before the request."""
    return person.years_of_continuous_residence >= years_resident


@rule(source=LEY_20255.article("35"), valid_from=PGU_STARTS)
def entitled(person: Person) -> Bool:
    """Under eighteen, with a severe disability, in a household within the bracket, and resident."""
    child = (person.age < age_limit) & severely_disabled(person)
    return child & household_within_bracket(person.household) & resident(person)


@rule(source=LEY_20255.article("35 (monto)"), valid_from=PGU_STARTS, valid_to=RISE_STARTS)
def one_subsidy(person: Person) -> Money:
    """Half of the largest PGU, truncated to the peso."""
    return (largest_amount * share_of_pgu).rounded_down()


@one_subsidy.amended(source=LEY_21735.article("(subsidio de discapacidad)"), valid_from=RISE_STARTS)
def one_subsidy_of_the_raised_pension(person: Person) -> Money:
    """Half of the raised PGU, the one that the oldest are paid first, truncated to the peso."""
    return (senior_amount * share_of_pgu).rounded_down()


@rule(source=LEY_20255.article("35 (pago)"), valid_from=PGU_STARTS)
def disability_subsidy(person: Person) -> Money:
    """Whoever is entitled is paid the subsidy every month."""
    return when(entitled(person), one_subsidy(person), otherwise=0)
