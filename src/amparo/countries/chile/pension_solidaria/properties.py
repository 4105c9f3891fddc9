"""What the solidarity pensions guarantee in every household."""

from datetime import date

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.parameters import basic_pension, lower_limit, upper_limit
from amparo.countries.chile.pension_solidaria.reforms import universal_pgu
from amparo.countries.chile.pension_solidaria.rules import (
    LEY_20255,
    LEY_21419,
    PGU_STARTS,
    entitled,
    entitled_under_2008,
    largest_pension,
    pbs_aps,
    pgu,
    reduced_pension,
)
from amparo.expr import Bool, Money, rule
from amparo.policy import Benefit, Property, Violation, everyone_in, holds, monotone_in, no_cliff, nobody_loses, same_as

BEFORE = (date(2015, 12, 1),)
SINCE = (date(2022, 4, 1), date(2025, 8, 1), date(2025, 10, 1))
MONTHS = (*BEFORE, *SINCE)


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


@rule(source=LEY_21419.article("12"), key="pension_solidaria.straight_line", valid_from=PGU_STARTS)
def straight_line(person: Person) -> Money:
    """The largest amount, less the share of it by which the base pension exceeds the lower limit."""
    excess = (person.base_pension - lower_limit).at_least(0)
    largest = largest_pension(person)
    return largest - largest * (excess / (upper_limit - lower_limit))


@rule(source=LEY_21419.article("10"), key="pension_solidaria.old_and_poor", valid_from=PGU_STARTS)
def old_and_poor(person: Person) -> Bool:
    """Sixty-five or older, always resident, without a pension, in a household not among the richest."""
    resident = (person.years_resident >= 20) & (person.years_resident_of_last_5 == 5)
    return (person.age >= 65) & resident & (person.base_pension == 0) & ~person.household.richest_tenth


@rule(source=LEY_20255.article("3 a"), key="pension_solidaria.only_the_old")
def only_the_old(person: Person) -> Bool:
    """Whoever is younger than 65 or a newcomer is paid nothing."""
    return (person.age >= 65) & (person.years_resident >= 20) & (person.years_resident_of_last_5 >= 4)


@rule(source=LEY_21419.article("8"), key="pension_solidaria.outside_the_subsystem")
def outside_the_subsystem(household: Household) -> Bool:
    """The household takes no part in Seguridades y Oportunidades."""
    return household.programme_month == 0


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
            on=MONTHS,
        ),
        Property(
            key="pension_solidaria.ceiling",
            names={
                "es": "Nadie recibe más que el monto máximo.",
                "pt": "Ninguém recebe mais que o valor máximo.",
                "en": "Nobody is paid more than the largest amount.",
            },
            states=holds(ceiling),
            on=MONTHS,
        ),
        Property(
            key="pension_solidaria.pbs_aps_falls",
            names=falls,
            states=monotone_in(Person.base_pension, before, rises=False),
            on=BEFORE,
        ),
        Property(
            key="pension_solidaria.pgu_falls",
            names=falls,
            states=monotone_in(Person.base_pension, since, rises=False),
            on=SINCE,
        ),
        Property(
            key="pension_solidaria.straight_line",
            names={
                "es": "La PGU es el monto máximo menos la parte que la pensión base excede: la ley dicha de otro modo.",
                "pt": "A PGU é o valor máximo menos a parte em que a pensão base excede: a lei dita de outro modo.",
                "en": "The PGU is the largest amount less the share of the excess: the law said in another way.",
            },
            states=same_as(straight_line, reduced_pension),
            on=SINCE,
        ),
        Property(
            key="pension_solidaria.pgu_falls_continuously",
            names={
                "es": "La PGU baja sin saltos: un peso más de pensión base cuesta a lo sumo un peso.",
                "pt": "A PGU cai sem saltos: um peso a mais de pensão base custa no máximo um peso.",
                "en": "The PGU falls without jumps: one more peso of base pension costs at most a peso.",
            },
            states=no_cliff(Person.base_pension, since, above=1),
            on=SINCE,
        ),
        Property(
            key="pension_solidaria.pbs_aps_falls_continuously",
            names={
                "es": "La PBS y el APS bajan sin saltos: un peso más cuesta a lo sumo un peso.",
                "pt": "A PBS e o APS caem sem saltos: um peso a mais custa no máximo um peso.",
                "en": "The PBS and the APS fall without jumps: one more peso costs at most a peso.",
            },
            states=no_cliff(Person.base_pension, before, above=1),
            on=BEFORE,
        ),
        Property(
            key="pension_solidaria.old_and_poor",
            names={
                "es": "Toda persona de 65 años o más, residente, sin pensión y fuera del 10 % más rico, la recibe.",
                "pt": "Toda pessoa de 65 anos ou mais, residente, sem pensão e fora dos 10 % mais ricos, a recebe.",
                "en": "Everyone of 65 or over, resident, without a pension and not among the richest, receives it.",
            },
            states=everyone_in(old_and_poor, receives=since),
            on=SINCE,
        ),
        Property(
            key="pension_solidaria.only_the_old",
            names={
                "es": "Solo la recibe quien tiene 65 años y la residencia.",
                "pt": "Só a recebe quem tem 65 anos e a residência.",
                "en": "Only those of 65, and resident, receive it.",
            },
            states=everyone_in(since, receives=only_the_old),
            on=SINCE,
        ),
        Property(
            key="pension_solidaria.nobody_loses_by_universality",
            names={
                "es": "Con una PGU sin examen de medios ningún hogar pierde.",
                "pt": "Com uma PGU sem teste de meios nenhum domicílio perde.",
                "en": "By a PGU without a means test no household loses.",
            },
            states=nobody_loses(universal_pgu),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {"rsh_bracket": 70, "programme_month": 3, "richest_tenth": True},
                    "defaults": {
                        "age": 3,
                        "age_on_31_december": 3,
                        "sex": "female",
                        "student": False,
                        "married": False,
                        "health_control": True,
                        "disabled": False,
                        "mental_disability": False,
                        "disability_pension": False,
                        "disability_percent": 0,
                        "pregnancy_month": 0,
                        "formal_worker": False,
                        "earnings": 0,
                        "base_pension": 0,
                        "capital_income": 0,
                        "years_resident": 0,
                        "years_resident_of_last_5": 0,
                        "years_of_continuous_residence": 0,
                        "claimed_elsewhere": False,
                        "school_attendance": 0,
                        "severe_dependency_programme": False,
                        "institutionalised": False,
                        "carer_is_relative": False,
                        "mother": None,
                        "father": None,
                        "partner": None,
                        "carer": None,
                    },
                    "members": [
                        {
                            "id": "ana",
                            "age": 66,
                            "age_on_31_december": 66,
                            "years_resident": 46,
                            "years_resident_of_last_5": 5,
                            "base_pension": 3900,
                        },
                        {"id": "bea"},
                        {"id": "eva"},
                        {"id": "iris"},
                        {"id": "olga"},
                    ],
                },
                why={
                    "es": "La PGU cuenta como ingreso del bono base: lo lleva a cero, y con él se pierden los "
                    "bonos por control de cuatro niños.",
                    "pt": "A PGU conta como renda do bônus base: leva-o a zero, e com ele perdem-se os bônus por "
                    "controle de quatro crianças.",
                    "en": "The PGU is income for the base bond: it brings the bond to nothing, and the check-up "
                    "bonds of four children go with it.",
                },
            ),
        ),
        Property(
            key="pension_solidaria.nobody_loses_outside_the_subsystem",
            names={
                "es": "Con una PGU sin examen de medios no pierde ningún hogar que no esté en Seguridades y "
                "Oportunidades.",
                "pt": "Com uma PGU sem teste de meios não perde nenhum domicílio fora de Seguridades y Oportunidades.",
                "en": "By a PGU without a means test no household outside Seguridades y Oportunidades loses.",
            },
            states=nobody_loses(universal_pgu),
            on=(date(2025, 10, 1),),
            given=outside_the_subsystem,
        ),
    )
