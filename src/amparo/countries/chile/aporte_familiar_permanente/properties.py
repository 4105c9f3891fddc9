"""What the Aporte Familiar Permanente guarantees in every household."""

from datetime import date

from amparo.countries.chile.aporte_familiar_permanente.rules import LEY_20743, for_a_family, for_an_originator
from amparo.countries.chile.entities import Household
from amparo.countries.chile.suf import family_subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, everyone_in, holds

MONTHS = (date(2015, 12, 1), date(2023, 9, 1), date(2025, 10, 1))


@rule(source=LEY_20743.article("1 (una por familia)"), key="aporte_familiar_permanente.never_both")
def never_both(household: Household) -> Bool:
    """No household is paid for its originators and as a family at once."""
    members = household.members
    return ~((for_a_family(household) > 0) & members.any(for_an_originator(members) > 0))


def properties(for_originators: Benefit) -> tuple[Property, ...]:
    """Return the properties of the payment."""
    return (
        Property(
            key="aporte_familiar_permanente.never_both",
            names={
                "es": "Ningún hogar cobra a la vez por causante y por familia.",
                "pt": "Nenhum domicílio recebe ao mesmo tempo por causante e por família.",
                "en": "No household is paid for its originators and as a family at once.",
            },
            states=holds(never_both),
            on=MONTHS,
        ),
        Property(
            key="aporte_familiar_permanente.with_every_subsidy",
            names={
                "es": "Toda persona que causa el SUF causa también el aporte.",
                "pt": "Toda pessoa que gera o SUF gera também o aporte.",
                "en": "Everyone who gives right to the SUF gives right to it.",
            },
            states=everyone_in(family_subsidy, receives=for_originators),
            on=MONTHS,
        ),
    )
