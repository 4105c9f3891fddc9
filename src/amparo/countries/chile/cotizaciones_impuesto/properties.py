"""What contributions and tax guarantee to every household."""

from datetime import date

from amparo.countries.chile.cotizaciones_impuesto.rules import DL_824, net_earnings
from amparo.countries.chile.entities import Household
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=DL_824.article("(líquido)"), key="cotizaciones_impuesto.something_is_left")
def something_is_left(household: Household) -> Bool:
    """Nobody pays more than they earn, nor is left with more."""
    members = household.members
    left = net_earnings(members)
    return members.all((left >= 0) & (left <= members.earnings))


def properties() -> tuple[Property, ...]:
    """Return the properties of contributions and tax."""
    return (
        Property(
            key="cotizaciones_impuesto.something_is_left",
            names={
                "es": "Nadie paga más de lo que gana ni queda con más.",
                "pt": "Ninguém paga mais do que ganha nem fica com mais.",
                "en": "Nobody pays more than they earn, nor is left with more.",
            },
            states=holds(something_is_left),
            on=(date(2025, 10, 1),),
        ),
    )
