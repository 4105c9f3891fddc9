"""What the family allowance guarantees in every household."""

from amparo.countries.chile.entities import Person
from amparo.policy import Benefit, Property


def properties(family_allowance: Benefit) -> tuple[Property, ...]:
    """Return the properties of the benefit."""
    return (
        Property(
            key="asignacion_familiar.falls_with_earnings",
            names={
                "es": "Quien gana más no recibe más.",
                "pt": "Quem ganha mais não recebe mais.",
                "en": "Who earns more is not paid more.",
            },
            benefit=family_allowance,
            monotone_in=Person.earnings,
            increasing=False,
        ),
    )
