"""What the solidarity pensions guarantee in every household."""

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.parameters import basic_pension, lower_limit
from amparo.countries.chile.pension_solidaria.rules import (
    LEY_20255,
    LEY_21419,
    PGU_STARTS,
    entitled,
    entitled_under_2008,
    largest_pension,
    pbs_aps,
    pgu,
)
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property


@rule(source=LEY_20255.article("11"), key="pension_solidaria.basic_floor", valid_to=PGU_STARTS)
def basic_floor(household: Household) -> Bool:
    """Whoever is entitled ends with at least the basic pension, counting their own."""
    members = household.members
    final = members.base_pension + pbs_aps(members)
    return members.all(entitled_under_2008(members).implies(final >= basic_pension))


@rule(source=LEY_21419.article("12"), key="pension_solidaria.full_up_to_the_lower", valid_from=PGU_STARTS)
def full_up_to_the_lower(household: Household) -> Bool:
    """Whoever is entitled, with a base pension up to the lower limit, is paid the largest amount."""
    members = household.members
    low = entitled(members) & (members.base_pension <= lower_limit)
    return members.all(low.implies(pgu(members) == largest_pension(members)))


@rule(source=LEY_21419.article("9"), key="pension_solidaria.never_above_the_largest", valid_from=PGU_STARTS)
def never_above_the_largest(household: Household) -> Bool:
    """Nobody is paid more than the largest amount for their age."""
    members = household.members
    return members.all(pgu(members) <= largest_pension(members))


def properties(before: Benefit, since: Benefit) -> tuple[Property, ...]:
    """Return the properties of the pensions before and since February 2022."""
    falls = {
        "es": "Quien tiene una pensión base más alta no recibe más.",
        "pt": "Quem tem pensão base mais alta não recebe mais.",
        "en": "Who has a higher base pension is not paid more.",
    }
    return (
        Property(
            key="pension_solidaria.basic_floor",
            names={
                "es": "Con su propia pensión, quien tiene derecho llega al menos a la PBS.",
                "pt": "Com a própria pensão, quem tem direito chega ao menos à PBS.",
                "en": "With their own pension, whoever is entitled reaches at least the PBS.",
            },
            claim=basic_floor,
        ),
        Property(
            key="pension_solidaria.full_up_to_the_lower",
            names={
                "es": "Hasta la pensión inferior se paga el monto máximo.",
                "pt": "Até a pensão inferior paga-se o valor máximo.",
                "en": "Up to the lower pension the largest amount is paid.",
            },
            claim=full_up_to_the_lower,
        ),
        Property(
            key="pension_solidaria.never_above_the_largest",
            names={
                "es": "Nadie recibe más que el monto máximo de su edad.",
                "pt": "Ninguém recebe mais que o valor máximo da sua idade.",
                "en": "Nobody is paid more than the largest amount for their age.",
            },
            claim=never_above_the_largest,
        ),
        Property(
            key="pension_solidaria.pbs_aps_falls",
            names=falls,
            benefit=before,
            monotone_in=Person.base_pension,
            increasing=False,
        ),
        Property(
            key="pension_solidaria.pgu_falls",
            names=falls,
            benefit=since,
            monotone_in=Person.base_pension,
            increasing=False,
        ),
    )
