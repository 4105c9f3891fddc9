"""What the Subsidio Familiar guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.rules import allowance
from amparo.countries.chile.entities import Household
from amparo.countries.chile.suf.rules import DS_53, LEY_18020, one_subsidy, originates, subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=DS_53.article("4 (un solo subsidio)"), key="suf.never_both")
def never_both(household: Household) -> Bool:
    """Nobody gives right to a family allowance and a subsidy in the same month."""
    members = household.members
    return ~members.any((allowance(members) > 0) & (subsidy(members) > 0))


@rule(source=LEY_18020.article("1"), key="suf.whole_or_nothing")
def whole_or_nothing(household: Household) -> Bool:
    """Whoever originates the subsidy is paid the whole of it, and nobody else anything."""
    members = household.members
    return members.all((originates(members) & (subsidy(members) == one_subsidy(members))) | (subsidy(members) == 0))


def properties(family_subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the benefit."""
    return (
        Property(
            key="suf.never_both",
            names={
                "es": "Nadie causa asignación familiar y subsidio a la vez.",
                "pt": "Ninguém gera salário-família e subsídio ao mesmo tempo.",
                "en": "Nobody gives right to a family allowance and a subsidy at once.",
            },
            states=holds(never_both),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="suf.whole_or_nothing",
            names={
                "es": "El subsidio se paga entero o no se paga.",
                "pt": "O subsídio é pago inteiro ou não é pago.",
                "en": "The subsidy is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="suf.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, family_subsidy, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
