"""What the solidarity pensions guarantee in every household."""

from datetime import date

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
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=LEY_20255.article("11"), key="pension_solidaria.floor", valid_to=PGU_STARTS)
def floor(household: Household) -> Bool:
    """Whoever is entitled ends with at least the basic pension, counting their own."""
    members = household.members
    final = members.base_pension + pbs_aps(members)
    return members.all(entitled_under_2008(members).implies(final >= basic_pension))


@floor.amended(source=LEY_21419.article("12"), valid_from=PGU_STARTS)
def floor_since_2022(household: Household) -> Bool:
    """Whoever is entitled, with a base pension up to the lower limit, is paid the largest amount."""
    members = household.members
    low = entitled(members) & (members.base_pension <= lower_limit)
    return members.all(low.implies(pgu(members) == largest_pension(members)))


@rule(source=LEY_20255.article("7"), key="pension_solidaria.ceiling", valid_to=PGU_STARTS)
def ceiling(household: Household) -> Bool:
    """Nobody who is entitled is paid more than the basic pension."""
    members = household.members
    return members.all(entitled_under_2008(members).implies(pbs_aps(members) <= basic_pension))


@ceiling.amended(source=LEY_21419.article("9"), valid_from=PGU_STARTS)
def ceiling_since_2022(household: Household) -> Bool:
    """Nobody who is entitled is paid more than the largest amount for their age."""
    members = household.members
    return members.all(entitled(members).implies(pgu(members) <= largest_pension(members)))


def properties(before: Benefit, since: Benefit) -> tuple[Property, ...]:
    """Return the properties of the pensions before and since February 2022."""
    falls = {
        "es": "Quien tiene una pensión base más alta no recibe más.",
        "pt": "Quem tem pensão base mais alta não recebe mais.",
        "en": "Who has a higher base pension is not paid more.",
    }
    return (
        Property(
            key="pension_solidaria.floor",
            names={
                "es": "Quien tiene derecho llega al piso de la ley: la PBS con su propia pensión, o la PGU entera.",
                "pt": "Quem tem direito chega ao piso da lei: a PBS com a própria pensão, ou a PGU inteira.",
                "en": "Whoever is entitled reaches the law's floor: the PBS with their own pension, or the whole PGU.",
            },
            states=holds(floor),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="pension_solidaria.ceiling",
            names={
                "es": "Nadie recibe más que el monto máximo.",
                "pt": "Ninguém recebe mais que o valor máximo.",
                "en": "Nobody is paid more than the largest amount.",
            },
            states=holds(ceiling),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="pension_solidaria.pbs_aps_falls",
            names=falls,
            states=monotone_in(Person.base_pension, before, rises=False),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="pension_solidaria.pgu_falls",
            names=falls,
            states=monotone_in(Person.base_pension, since, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
