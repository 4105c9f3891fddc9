"""What the family allowance guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Person
from amparo.policy import Benefit, Property, monotone_in


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
            states=monotone_in(Person.earnings, family_allowance, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
