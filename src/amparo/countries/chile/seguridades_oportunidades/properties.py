"""What the bonds guarantee in every household."""

from datetime import date

from amparo.countries.chile.entities import CLP, Household, Person
from amparo.countries.chile.seguridades_oportunidades.parameters import gap_share, line
from amparo.countries.chile.seguridades_oportunidades.rules import DECRETO_30, base_bond
from amparo.expr import Bool, amount, rule
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=DECRETO_30.article("(brecha)"), key="seguridades_oportunidades.ceiling")
def ceiling(household: Household) -> Bool:
    """Nobody is paid more than the share of a whole line for each person, but for the rounding."""
    most = line * gap_share * household.members.count()
    return base_bond(household) <= most + amount(1, CLP)


def properties(base: Benefit) -> tuple[Property, ...]:
    """Return the properties of the base bond."""
    return (
        Property(
            key="seguridades_oportunidades.ceiling",
            names={
                "es": "El bono base nunca pasa del 85 % de la línea por persona.",
                "pt": "O bônus base nunca passa de 85 % da linha por pessoa.",
                "en": "The base bond never exceeds 85 % of the line for each person.",
            },
            states=holds(ceiling),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="seguridades_oportunidades.falls_with_capital_income",
            names={
                "es": "Quien tiene más ingresos de capital no recibe más.",
                "pt": "Quem tem mais renda do capital não recebe mais.",
                "en": "Who has more income from capital is not paid more.",
            },
            states=monotone_in(Person.capital_income, base, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
