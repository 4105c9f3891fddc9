"""What the stipend guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.countries.chile.estipendio_cuidadores.parameters import amount, most_for_relatives
from amparo.countries.chile.estipendio_cuidadores.rules import PROGRAMA, stipend
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=PROGRAMA.article("(límite de parientes)"), key="estipendio_cuidadores.three_at_most")
def three_at_most(household: Household) -> Bool:
    """No carer draws more than three stipends."""
    members = household.members
    return members.all(stipend(members) <= amount * most_for_relatives)


def properties() -> tuple[Property, ...]:
    """Return the properties of the stipend."""
    return (
        Property(
            key="estipendio_cuidadores.three_at_most",
            names={
                "es": "Nadie recibe más de tres estipendios.",
                "pt": "Ninguém recebe mais de três estipêndios.",
                "en": "No carer draws more than three stipends.",
            },
            states=holds(three_at_most),
            on=(date(2025, 10, 1),),
        ),
    )
