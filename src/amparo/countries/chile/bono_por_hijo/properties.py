"""What the bonus for each child guarantees."""

from datetime import date

from amparo.countries.chile.entities import Person
from amparo.policy import Benefit, Property, monotone_in


def properties(credit: Benefit) -> tuple[Property, ...]:
    """Return the properties of the credit."""
    return (
        Property(
            key="bono_por_hijo.grows_with_births",
            names={
                "es": "Quien tiene más hijos no recibe menos.",
                "pt": "Quem tem mais filhos não recebe menos.",
                "en": "Who has more children is not credited less.",
            },
            states=monotone_in(Person.births_this_month, credit),
            on=(date(2025, 10, 1),),
        ),
    )
