"""What the stipend guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.countries.chile.estipendio_cuidadores.parameters import amount, most_for_relatives
from amparo.countries.chile.estipendio_cuidadores.rules import PROGRAMA, originates, stipend
from amparo.expr import Bool, rule
from amparo.policy import Property, holds

MONTHS = (date(2025, 10, 1), date(2026, 4, 1))


@rule(source=PROGRAMA.article("(límite de parientes)"), key="estipendio_cuidadores.three_at_most")
def three_at_most(household: Household) -> Bool:
    """No carer draws more than three stipends."""
    members = household.members
    return members.all(stipend(members) <= amount * most_for_relatives)


@rule(source=PROGRAMA.article("(monto)"), key="estipendio_cuidadores.one_for_each")
def one_for_each(household: Household) -> Bool:
    """No more stipends are paid in a household than persons in it originate one."""
    members = household.members
    return members.sum(stipend(members)) <= amount * members.count(originates(members))


@rule(source=PROGRAMA.article("(causante)"), key="estipendio_cuidadores.somebody_is_paid")
def somebody_is_paid(household: Household) -> Bool:
    """Where one person originates it, and a member cares for them, one stipend is paid."""
    members = household.members
    cared_for_here = members.carer.get(lambda carer: carer.age >= 0, nobody=False)
    one = members.count(originates(members)) == 1
    here = members.any(originates(members) & cared_for_here)
    return (one & here).implies(members.sum(stipend(members)) == amount)


def properties() -> tuple[Property, ...]:
    """Return the properties of the stipend."""
    return (
        Property(
            key="estipendio_cuidadores.three_at_most",
            names={
                "es": "Nadie recibe más de tres estipendios.",
                "pt": "Ninguém recebe mais de três estipêndios.",
                "en": "No carer draws more than three stipends.",
            },
            states=holds(three_at_most),
            on=MONTHS,
        ),
        Property(
            key="estipendio_cuidadores.one_for_each",
            names={
                "es": "No se pagan más estipendios que personas cuidadas.",
                "pt": "Não se pagam mais estipêndios que pessoas cuidadas.",
                "en": "No more stipends are paid than persons are cared for.",
            },
            states=holds(one_for_each),
            members=4,  # five take a quarter of a minute, six minutes
            on=MONTHS,
        ),
        Property(
            key="estipendio_cuidadores.somebody_is_paid",
            names={
                "es": "Por la única persona cuidada en el hogar se paga un estipendio.",
                "pt": "Pela única pessoa cuidada no domicílio paga-se um estipêndio.",
                "en": "For the only person cared for in a household one stipend is paid.",
            },
            states=holds(somebody_is_paid),
            on=MONTHS,
        ),
    )
