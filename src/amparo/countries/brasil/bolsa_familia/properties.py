"""What Bolsa Família guarantees to every possible household, since June 2023."""

from amparo.countries.brasil.bolsa_familia import parameters as figure
from amparo.countries.brasil.bolsa_familia.rules import (
    LEI_14601,
    NEW_BOLSA_FAMILIA,
    benefit,
    full_benefit,
    per_capita_income,
    poor,
    protection_limit,
)
from amparo.countries.brasil.entities import Household
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property


@rule(source=LEI_14601.article("7 §1 II"), key="bolsa_familia.floor", valid_from=NEW_BOLSA_FAMILIA)
def floor(household: Household) -> Bool:
    """Every poor family receives at least the household floor."""
    return poor(household).implies(benefit(household) >= figure.household_floor)


@rule(source=LEI_14601.article("6 §1"), key="bolsa_familia.nothing_above_the_limit", valid_from=NEW_BOLSA_FAMILIA)
def nothing_above_the_limit(household: Household) -> Bool:
    """A family above both the poverty line and the limit of protection receives nothing."""
    income = per_capita_income(household)
    above = (income > figure.poverty_line) & (income > protection_limit(household))
    return above.implies(benefit(household) == 0)


@rule(source=LEI_14601.article("6 §2"), key="bolsa_familia.half_when_protected", valid_from=NEW_BOLSA_FAMILIA)
def half_when_protected(household: Household) -> Bool:
    """A family above the poverty line receives at most half of the full benefit."""
    above = per_capita_income(household) > figure.poverty_line
    return above.implies(benefit(household) <= full_benefit(household) * figure.protection_share)


def properties(bolsa_familia: Benefit) -> tuple[Property, ...]:
    """Return the declarations for the benefit."""
    return (
        Property(
            "bolsa_familia.floor",
            {
                "es": "Ninguna familia pobre recibe menos que el piso",
                "pt": "Nenhuma família pobre recebe menos que o piso",
                "en": "No poor family receives less than the floor",
            },
            claim=floor,
            benefit=bolsa_familia,
        ),
        Property(
            "bolsa_familia.nothing_above_the_limit",
            {
                "es": "Sobre el límite de la protección no se paga nada",
                "pt": "Acima do limite da proteção nada é pago",
                "en": "Above the limit of protection nothing is paid",
            },
            claim=nothing_above_the_limit,
            benefit=bolsa_familia,
        ),
        Property(
            "bolsa_familia.half_when_protected",
            {
                "es": "Sobre la línea de pobreza se paga a lo sumo la mitad",
                "pt": "Acima da linha de pobreza paga-se no máximo a metade",
                "en": "Above the poverty line at most half is paid",
            },
            claim=half_when_protected,
            benefit=bolsa_familia,
        ),
    )
