"""What the BPC guarantees to every possible household."""

from datetime import date

from amparo.countries.brasil.bpc.rules import LOAS, benefit, claimant
from amparo.countries.brasil.entities import Household, Person
from amparo.countries.brasil.parameters import minimum_wage
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=LOAS.article("20"), key="bpc.one_minimum_wage_or_nothing")
def one_minimum_wage_or_nothing(household: Household) -> Bool:
    """Each member receives exactly one minimum wage or nothing."""
    members = household.members
    paid = benefit(members)
    return members.all((paid == 0) | (paid == minimum_wage))


@rule(source=LOAS.article("20"), key="bpc.claimants_only")
def claimants_only(household: Household) -> Bool:
    """Nobody receives the BPC who is neither an older person nor disabled."""
    members = household.members
    return members.all((benefit(members) > 0).implies(claimant(members)))


@rule(source=LOAS.article("20 §4"), key="bpc.never_with_a_pension")
def never_with_a_pension(household: Household) -> Bool:
    """Nobody receives the BPC together with a pension."""
    members = household.members
    return members.all((members.pension > 0).implies(benefit(members) == 0))


def properties(bpc: Benefit) -> tuple[Property, ...]:
    """Return the declarations for the benefit."""
    return (
        Property(
            key="bpc.one_minimum_wage_or_nothing",
            names={
                "es": "Cada persona recibe un salario mínimo o nada",
                "pt": "Cada pessoa recebe um salário mínimo ou nada",
                "en": "Each person receives one minimum wage or nothing",
            },
            states=holds(one_minimum_wage_or_nothing),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="bpc.claimants_only",
            names={
                "es": "Solo lo reciben personas mayores o con discapacidad",
                "pt": "Só o recebem pessoas idosas ou com deficiência",
                "en": "Only older or disabled persons receive it",
            },
            states=holds(claimants_only),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="bpc.never_with_a_pension",
            names={
                "es": "Nadie lo recibe junto con una pensión",
                "pt": "Ninguém o recebe junto com uma pensão",
                "en": "Nobody receives it together with a pension",
            },
            states=holds(never_with_a_pension),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="bpc.never_rises_with_earnings",
            names={
                "es": "No sube cuando suben los ingresos del trabajo",
                "pt": "Não sobe quando sobe a renda do trabalho",
                "en": "It does not rise when earnings rise",
            },
            states=monotone_in(Person.earnings, bpc, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
