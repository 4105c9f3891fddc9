"""What the Bolsillo Familiar guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.rules import allowance
from amparo.countries.chile.bolsillo_familiar.rules import LEY_21550, purse
from amparo.countries.chile.entities import Household
from amparo.countries.chile.suf import family_subsidy
from amparo.countries.chile.suf.rules import subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, everyone_in, holds

MONTHS = (date(2023, 9, 1), date(2024, 7, 1))


@rule(source=LEY_21550.article("(causantes)"), key="bolsillo_familiar.only_with_a_family_benefit")
def only_with_a_family_benefit(household: Household) -> Bool:
    """It is paid for nobody for whom no family benefit is paid."""
    members = household.members
    return members.all((purse(members) == 0) | (allowance(members) + subsidy(members) > 0))


def properties(purse_paid: Benefit) -> tuple[Property, ...]:
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
            on=MONTHS,
        ),
        Property(
            key="bolsillo_familiar.with_every_subsidy",
            names={
                "es": "Toda persona que causa el SUF causa también el bolsillo.",
                "pt": "Toda pessoa que gera o SUF gera também o bolsillo.",
                "en": "Everyone who gives right to the SUF gives right to it.",
            },
            states=everyone_in(family_subsidy, receives=purse_paid),
            on=MONTHS,
        ),
    )
