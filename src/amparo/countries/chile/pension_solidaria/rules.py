"""Solidarity pensions of old age: PBS and APS (Ley 20.255) until January 2022, PGU (Ley 21.419) since."""

from datetime import date

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.parameters import (
    basic_pension,
    highest_pension,
    largest_amount,
    lower_limit,
    old_age,
    poorest_share,
    senior_age,
    senior_amount,
    upper_limit,
    years_of_last_5,
    years_resident,
)
from amparo.expr import Bool, Law, Money, rule, when

LEY_20255 = Law("Ley 20.255")
LEY_21419 = Law("Ley 21.419")
LEY_21735 = Law("Ley 21.735")
PGU_STARTS = date(2022, 2, 1)
RISE_STARTS = date(2025, 9, 1)

# ------------------------------------------------------------------ Ley 20.255: until January 2022


@rule(source=LEY_20255.article("3 a"), valid_to=PGU_STARTS)
def of_age(person: Person) -> Bool:
    """The person has turned 65."""
    return person.age >= old_age


@rule(source=LEY_20255.article("3 b"), valid_to=PGU_STARTS)
def among_the_poorest(household: Household) -> Bool:
    """The family is among the poorest 60 % of the country."""
    return household.rsh_bracket <= poorest_share


@rule(source=LEY_20255.article("3 c"), valid_to=PGU_STARTS)
def resident(person: Person) -> Bool:
    """Twenty years of residence since the age of 20, and four of the last five."""
    return (person.years_resident >= years_resident) & (person.years_resident_of_last_5 >= years_of_last_5)


@rule(source=LEY_20255.article("3"), valid_to=PGU_STARTS)
def entitled_under_2008(person: Person) -> Bool:
    """Age, poverty and residence together give right to the basic pension or the supplement."""
    return of_age(person) & among_the_poorest(person.household) & resident(person)


@rule(source=LEY_20255.article("7"), valid_to=PGU_STARTS)
def pension_without_any_other(person: Person) -> Money:
    """Who has no pension of their own is paid the basic solidarity pension."""
    return when(person.base_pension == 0, basic_pension, otherwise=0)


@rule(source=LEY_20255.article("11"), valid_to=PGU_STARTS)
def supplement(person: Person) -> Money:
    """A pension below the highest is raised by the basic pension, less the share that it already reaches."""
    base = person.base_pension
    missing = basic_pension - base * (basic_pension / highest_pension)
    return when((base > 0) & (base < highest_pension), missing, otherwise=0)


@rule(source=LEY_20255.article("3 (pago)"), valid_to=PGU_STARTS)
def pbs_aps(person: Person) -> Money:
    """Who is entitled receives the basic pension or the supplement, in whole pesos."""
    either = pension_without_any_other(person) + supplement(person)
    return when(entitled_under_2008(person), either, otherwise=0).rounded_half_up()


# ------------------------------------------------------------------ Ley 21.419: since February 2022


@of_age.amended(source=LEY_21419.article("10 a"), valid_from=PGU_STARTS)
def of_age_since_2022(person: Person) -> Bool:
    """The person has turned 65."""
    return person.age >= old_age


@rule(source=LEY_21419.article("10 b"), valid_from=PGU_STARTS)
def not_among_the_richest(household: Household) -> Bool:
    """The family is not among the richest tenth of those aged 65 and over."""
    return ~household.richest_tenth


@resident.amended(source=LEY_21419.article("10 c"), valid_from=PGU_STARTS)
def resident_since_2022(person: Person) -> Bool:
    """Twenty years of residence since the age of 20, and four of the last five."""
    return (person.years_resident >= years_resident) & (person.years_resident_of_last_5 >= years_of_last_5)


@rule(source=LEY_21419.article("10 d"), valid_from=PGU_STARTS)
def below_the_upper_pension(person: Person) -> Bool:
    """The base pension is below the upper pension."""
    return person.base_pension < upper_limit


@rule(source=LEY_21419.article("10"), valid_from=PGU_STARTS)
def entitled(person: Person) -> Bool:
    """Age, income, residence and a base pension below the limit together give right to it."""
    personal = of_age(person) & resident(person) & below_the_upper_pension(person)
    return personal & not_among_the_richest(person.household)


@rule(source=LEY_21419.article("9"), valid_from=PGU_STARTS, valid_to=RISE_STARTS)
def largest_pension(person: Person) -> Money:
    """The largest amount is one for everybody."""
    return largest_amount


@largest_pension.amended(source=LEY_21735.article("(PGU de 250.000)"), valid_from=RISE_STARTS)
def largest_pension_by_age(person: Person) -> Money:
    """The largest amount is raised first for the oldest."""
    return when(person.age >= senior_age, senior_amount, otherwise=largest_amount)


@rule(source=LEY_21419.article("12"), valid_from=PGU_STARTS)
def reduced_pension(person: Person) -> Money:
    """The whole up to the lower pension; beyond it, less in a straight line, down to nothing at the upper one."""
    largest = largest_pension(person)
    share_left = (upper_limit - person.base_pension) / (upper_limit - lower_limit)
    return when(person.base_pension <= lower_limit, largest, otherwise=largest * share_left)


@rule(source=LEY_21419.article("8"), valid_from=PGU_STARTS)
def pgu(person: Person) -> Money:
    """Who is entitled receives the guaranteed universal pension, in whole pesos."""
    return when(entitled(person), reduced_pension(person), otherwise=0).rounded_half_up()
