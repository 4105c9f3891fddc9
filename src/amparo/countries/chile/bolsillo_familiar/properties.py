"""What the Bolsillo Familiar guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.rules import allowance
from amparo.countries.chile.bolsillo_familiar.rules import LEY_21550, purse
from amparo.countries.chile.entities import Household
from amparo.countries.chile.suf.rules import subsidy
from amparo.expr import Bool, rule
from amparo.policy import Property, holds


@rule(source=LEY_21550.article("(causantes)"), key="bolsillo_familiar.only_with_a_family_benefit")
def only_with_a_family_benefit(household: Household) -> Bool:
    """It is paid for nobody for whom no family benefit is paid."""
    members = household.members
    return members.all((purse(members) == 0) | (allowance(members) + subsidy(members) > 0))


def properties() -> tuple[Property, ...]:
    """Return the properties of the purse."""
    return (
        Property(
            key="bolsillo_familiar.only_with_a_family_benefit",
            names={
                "es": "No se paga por nadie que no cause un beneficio familiar.",
                "pt": "Não se paga por ninguém que não gere um benefício familiar.",
                "en": "It is paid for nobody who originates no family benefit.",
            },
            states=holds(only_with_a_family_benefit),
            on=(date(2025, 10, 1),),
        ),
    )
