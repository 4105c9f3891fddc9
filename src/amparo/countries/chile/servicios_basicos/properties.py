"""What the electricity subsidy guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.policy import Benefit, Property, monotone_in


def properties(subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the subsidy."""
    return (
        Property(
            key="servicios_basicos.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, subsidy, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
