"""What Bolsa Família guarantees to every possible household, under each of its laws."""

from datetime import date

from amparo.countries.brasil.bolsa_familia import parameters as figure
from amparo.countries.brasil.bolsa_familia import rules
from amparo.countries.brasil.bolsa_familia.rules import AUXILIO_BRASIL, DECRETO_5209, LEI_14601, NEW_BOLSA_FAMILIA
from amparo.countries.brasil.entities import Household
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, holds


@rule(source=DECRETO_5209.article("19 V"), key="bolsa_familia.floor", valid_to=AUXILIO_BRASIL)
def floor(household: Household) -> Bool:
    """No poor family stays at or below the extreme poverty line."""
    reached = (rules.family_income(household) + rules.benefit(household)) / household.members.count()
    return rules.poor(household).implies(reached > figure.extreme_poverty_line)


@floor.amended(source=LEI_14601.article("7 §1 II"), valid_from=NEW_BOLSA_FAMILIA)
def floor_since_2023(household: Household) -> Bool:
    """Every poor family receives at least the household floor."""
    return rules.poor(household).implies(rules.benefit(household) >= figure.household_floor)


@rule(source=DECRETO_5209.article("18"), key="bolsa_familia.above_the_line", valid_to=AUXILIO_BRASIL)
def above_the_line(household: Household) -> Bool:
    """Above the poverty line nothing is paid."""
    above = rules.per_capita_income(household) > figure.former_poverty_line
    return above.implies(rules.benefit(household) == 0)


@above_the_line.amended(source=LEI_14601.article("6 §2"), valid_from=NEW_BOLSA_FAMILIA)
def above_the_line_since_2023(household: Household) -> Bool:
    """Above the poverty line at most half of the full benefit is paid, above the limit of protection nothing."""
    income, paid = rules.per_capita_income(household), rules.benefit(household)
    above = income > figure.poverty_line
    at_most_half = paid <= rules.full_benefit(household) * figure.protection_share
    nothing_beyond = (income > rules.protection_limit(household)).implies(paid == 0)
    return above.implies(at_most_half & nothing_beyond)


def properties(bolsa_familia: Benefit) -> tuple[Property, ...]:
    """Return the declarations for the benefit."""
    return (
        Property(
            key="bolsa_familia.floor",
            names={
                "es": "Ninguna familia pobre queda bajo el piso",
                "pt": "Nenhuma família pobre fica abaixo do piso",
                "en": "No poor family is left below the floor",
            },
            states=holds(floor),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="bolsa_familia.above_the_line",
            names={
                "es": "Sobre la línea de pobreza se paga a lo sumo la mitad, sobre el límite de la protección nada",
                "pt": "Acima da linha de pobreza paga-se no máximo a metade, acima do limite da proteção nada",
                "en": "Above the poverty line at most half is paid, above the limit of protection nothing",
            },
            states=holds(above_the_line),
            on=(date(2025, 10, 1),),
        ),
    )
