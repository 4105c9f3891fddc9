"""What the Aporte Familiar Permanente guarantees in every household."""

from datetime import date

from amparo.countries.chile.aporte_familiar_permanente.rules import LEY_20743, for_a_family, for_an_originator
from amparo.countries.chile.entities import Household
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=LEY_20743.article("1 (una por familia)"), key="aporte_familiar_permanente.never_both")
def never_both(household: Household) -> Bool:
    """No household is paid for its originators and as a family at once."""
    members = household.members
    return ~((for_a_family(household) > 0) & members.any(for_an_originator(members) > 0))


def properties() -> tuple[Property, ...]:
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
            on=(date(2025, 10, 1),),
        ),
    )
