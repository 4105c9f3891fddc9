"""Registro Social de Hogares: the socioeconomic classification of a household (Res. Ex. 82/2024)."""

from collections.abc import Mapping

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.parameters import minimum_wage
from amparo.countries.chile.registro_social.parameters import (
    adult_age,
    bracket_40,
    bracket_50,
    bracket_60,
    bracket_70,
    bracket_80,
    bracket_90,
    bracket_100,
    coefficients,
    high_percentile,
    last_ages,
    many_vessels,
    mild_percent,
    moderate_percent,
    parent_high,
    parent_very_high,
    school_fee,
    severe_percent,
    student_age,
    thresholds,
    very_high_percentile,
    wages_of_a_student,
)
from amparo.expr import Bool, Count, Law, Money, Number, cases, how_many, rule, when

RES_82 = Law("Res. Ex. 82/2024")

# ------------------------------------------------------------------ step 1: income of the household


@rule(source=RES_82.article("paso 1 (conceptos)"))
def own_income(person: Person) -> Money:
    """Work, pensions and capital count, as a monthly average of twelve months."""
    return person.earnings + person.base_pension + person.capital_income


@rule(source=RES_82.article("paso 1 (quiénes)"))
def counted_income(person: Person) -> Money:
    """Adults count; of who studies up to the age of 24, only what exceeds two minimum wages."""
    own = own_income(person)
    above_two_wages = (own - minimum_wage * wages_of_a_student).at_least(0)
    counted = when(person.student & (person.age <= student_age), above_two_wages, otherwise=own)
    return when(person.age >= adult_age, counted, otherwise=0)


@rule(source=RES_82.article("paso 1"))
def household_income(household: Household) -> Money:
    """The income of the household is what counts of each member."""
    return household.members.sum(counted_income(household.members))


# ------------------------------------------------------------------ step 2: index of needs


@rule(source=RES_82.article("paso 2 (severa)"))
def severe_support(person: Person) -> Bool:
    """Severe disability or dependency, or permanent special educational needs."""
    return person.special_needs | (person.dependency == "severe") | (person.disability_percent >= severe_percent)


@rule(source=RES_82.article("paso 2 (moderada)"))
def moderate_support(person: Person) -> Bool:
    """Moderate disability or dependency, or more."""
    return (person.dependency == "moderate") | (person.disability_percent >= moderate_percent)


@rule(source=RES_82.article("paso 2 (leve)"))
def mild_support(person: Person) -> Bool:
    """Mild disability or dependency, or more."""
    return (person.dependency == "mild") | (person.disability_percent >= mild_percent)


@rule(source=RES_82.article("paso 2 (tabla 1)"))
def needs_of_a_member(person: Person) -> Number:
    """Each member adds a coefficient by age and by the support that they need."""

    def by_support(row: Mapping[str, Number]) -> Number:
        return cases(
            (severe_support(person), row["severe"]),
            (moderate_support(person), row["moderate"]),
            (mild_support(person), row["mild"]),
            otherwise=row["none"],
        )

    by_age = [(person.age <= last, by_support(row)) for last, row in zip(last_ages, coefficients, strict=False)]
    return cases(*by_age, otherwise=by_support(coefficients[-1]))


@rule(source=RES_82.article("paso 2"))
def needs(household: Household) -> Number:
    """The needs of a household are its size to the power of 0.7, plus the coefficient of each member."""
    members = household.members
    index = members.count().power("0.7") + members.sum(needs_of_a_member(members))
    return index.at_least(1)  # as one person's: it changes no household, and says that the division below is safe


# ------------------------------------------------------------------ steps 3 and 4: bracket by income


@rule(source=RES_82.article("paso 3"))
def adjusted_income(household: Household) -> Money:
    """The income is divided by the needs, and truncated to the peso."""
    return (household_income(household) / needs(household)).rounded_down()


@rule(source=RES_82.article("paso 4"))
def bracket_by_income(household: Household) -> Count:
    """The adjusted income places the household in one of seven brackets."""
    income = adjusted_income(household)
    brackets = (bracket_40, bracket_50, bracket_60, bracket_70, bracket_80, bracket_90)
    return cases(
        *((income <= top, each) for top, each in zip(thresholds, brackets, strict=True)), otherwise=bracket_100
    )


# ------------------------------------------------------------------ step 5: means test


@rule(source=RES_82.article("paso 5 (medio que basta)"))
def high_and_enough(household: Household) -> Count:
    """A health plan and vehicles of high value raise the bracket by themselves."""
    vehicles = household.vehicle_percentile
    return how_many(
        household.health_plan == "high",
        (vehicles > high_percentile) & (vehicles <= very_high_percentile),
    )


@rule(source=RES_82.article("paso 5 (medio que acompaña)"))
def high_beside_another(household: Household) -> Count:
    """A school fee and real estate of high value count only beside another means."""
    estate = household.real_estate_percentile
    return how_many(
        household.school_fee >= school_fee,
        (estate > high_percentile) & (estate <= very_high_percentile),
    )


@rule(source=RES_82.article("paso 5 (padre o madre ausente)"))
def absent_parent_high(household: Household) -> Bool:
    """An absent parent of high income is a means of high value."""
    return household.absent_parent_percentile.between(parent_high, parent_very_high - 1)


@rule(source=RES_82.article("paso 5 (muy alto valor)"))
def very_high(household: Household) -> Count:
    """How many means of very high value the household has."""
    return how_many(
        household.health_plan == "very_high",
        household.vehicle_percentile > very_high_percentile,
        household.large_vessels > 0,
        household.small_vessels >= many_vessels,
        household.real_estate_percentile > very_high_percentile,
        household.absent_parent_percentile >= parent_very_high,
    )


@rule(source=RES_82.article("paso 5 (combinación)"))
def bracket_by_means(household: Household) -> Count:
    """Two means of very high value give 100; one, or three of high value, 90; an absent parent 80; two 70; one 50."""
    parent = absent_parent_high(household)
    high = high_and_enough(household) + high_beside_another(household) + how_many(parent)
    return cases(
        (very_high(household) >= 2, bracket_100),
        ((very_high(household) == 1) | (high >= 3), bracket_90),
        (parent, bracket_80),
        (high >= 2, bracket_70),
        (high_and_enough(household) >= 1, bracket_50),
        otherwise=bracket_40,
    )


@rule(source=RES_82.article("paso 5"))
def bracket(household: Household) -> Count:
    """The means test can only raise the bracket: the higher of the two holds."""
    return bracket_by_income(household).at_least(bracket_by_means(household))
