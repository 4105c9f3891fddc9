"""What the classification guarantees to every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.countries.chile.registro_social.parameters import bracket_40, bracket_100
from amparo.countries.chile.registro_social.rules import RES_82, bracket, bracket_by_income
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=RES_82.article("paso 5"), key="registro_social.only_raises")
def only_raises(household: Household) -> Bool:
    """The means test never lowers the bracket of income."""
    return bracket(household) >= bracket_by_income(household)


@rule(source=RES_82.article("paso 4"), key="registro_social.within_brackets")
def within_brackets(household: Household) -> Bool:
    """Every household has a bracket between 40 and 100."""
    return bracket(household).between(bracket_40, bracket_100)


def properties() -> tuple[Property, ...]:
    """Return the properties of the classification."""
    return (
        Property(
            key="registro_social.only_raises",
            names={
                "es": "El test de medios nunca baja el tramo.",
                "pt": "O teste de meios nunca baixa a faixa.",
                "en": "The means test never lowers the bracket.",
            },
            states=holds(only_raises),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="registro_social.within_brackets",
            names={
                "es": "Todo hogar tiene un tramo entre 40 y 100.",
                "pt": "Todo domicílio tem uma faixa entre 40 e 100.",
                "en": "Every household has a bracket between 40 and 100.",
            },
            states=holds(within_brackets),
            on=(date(2025, 10, 1),),
        ),
    )
