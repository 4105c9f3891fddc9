"""What the disability subsidy guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS
from amparo.countries.chile.subsidio_discapacidad.rules import LEY_20255, disability_subsidy, one_subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=LEY_20255.article("35 (pago)"), key="subsidio_discapacidad.whole_or_nothing", valid_from=PGU_STARTS)
def whole_or_nothing(household: Household) -> Bool:
    """Everybody is paid the whole subsidy or nothing."""
    members = household.members
    return members.all((disability_subsidy(members) == 0) | (disability_subsidy(members) == one_subsidy(members)))


def properties(subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the subsidy."""
    return (
        Property(
            key="subsidio_discapacidad.whole_or_nothing",
            names={
                "es": "El subsidio se paga entero o no se paga.",
                "pt": "O subsídio é pago inteiro ou não é pago.",
                "en": "The subsidy is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="subsidio_discapacidad.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, subsidy, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
