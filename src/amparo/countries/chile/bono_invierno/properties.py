"""What the winter bonus guarantees in every household."""

from datetime import date

from amparo.countries.chile.bono_invierno.parameters import amount, extraordinary
from amparo.countries.chile.bono_invierno.rules import LEY_REAJUSTE, winter_bonus
from amparo.countries.chile.entities import Household
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=LEY_REAJUSTE.article("(bono de invierno)"), key="bono_invierno.whole_or_nothing")
def whole_or_nothing(household: Household) -> Bool:
    """Everybody is paid the whole bonus or nothing."""
    members = household.members
    return members.all((winter_bonus(members) == 0) | (winter_bonus(members) == amount + extraordinary))


def properties() -> tuple[Property, ...]:
    """Return the properties of the bonus."""
    return (
        Property(
            key="bono_invierno.whole_or_nothing",
            names={
                "es": "El bono se paga entero o no se paga.",
                "pt": "O bônus é pago inteiro ou não é pago.",
                "en": "The bonus is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=(date(2025, 10, 1),),
        ),
    )
