"""What the BPC guarantees to every possible household."""

from datetime import date

from amparo.countries.brasil.bpc.rules import LOAS, benefit, claimant, family_size
from amparo.countries.brasil.entities import Household, Person
from amparo.countries.brasil.parameters import minimum_wage
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, Violation, everyone_in, holds, monotone_in, no_cliff

MONTHS = (date(2015, 12, 1), date(2025, 10, 1))  # the minimum wage of the years between is not encoded


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


@rule(source=LOAS.article("20 §3"), key="bpc.without_any_income")
def without_any_income(person: Person) -> Bool:
    """An older or disabled person in a household in which nobody has any income or BPC."""
    members = person.household.members
    nothing = (members.earnings == 0) & (members.pension == 0) & (members.other_income == 0) & ~members.receives_bpc
    return ((person.age >= 65) | person.disabled) & members.all(nothing)


@rule(source=LOAS.article("20 §1"), key="bpc.others_under_the_roof")
def others_under_the_roof(person: Person) -> Bool:
    """What a person of no kin to a lone applicant earns takes the BPC from nobody."""
    alone = person.household.members.count() == 2
    kin = family_size(person) > 1
    poor = (person.earnings == 0) & (person.pension == 0) & (person.other_income == 0)
    return (alone & ~kin & poor & claimant(person)).implies(benefit(person) > 0)


# what the recorded households have in common
PLAIN = {
    "age": 40,
    "disabled": False,
    "single": False,
    "siblings": 0,
    "earnings": 0,
    "pension": 0,
    "other_income": 0,
    "receives_bpc": False,
    "mother": None,
    "father": None,
    "step_parent": None,
    "partner": None,
}


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
            on=MONTHS,
        ),
        Property(
            key="bpc.claimants_only",
            names={
                "es": "Solo lo reciben personas mayores o con discapacidad",
                "pt": "Só o recebem pessoas idosas ou com deficiência",
                "en": "Only older or disabled persons receive it",
            },
            states=holds(claimants_only),
            on=MONTHS,
        ),
        Property(
            key="bpc.never_with_a_pension",
            names={
                "es": "Nadie lo recibe junto con una pensión",
                "pt": "Ninguém o recebe junto com uma pensão",
                "en": "Nobody receives it together with a pension",
            },
            states=holds(never_with_a_pension),
            on=MONTHS,
        ),
        Property(
            key="bpc.never_rises_with_earnings",
            names={
                "es": "No sube cuando suben los ingresos del trabajo",
                "pt": "Não sobe quando sobe a renda do trabalho",
                "en": "It does not rise when earnings rise",
            },
            states=monotone_in(Person.earnings, bpc, rises=False),
            on=MONTHS,
        ),
        Property(
            key="bpc.without_any_income",
            names={
                "es": "Toda persona mayor o con discapacidad sin ningún ingreso en el hogar lo recibe.",
                "pt": "Toda pessoa idosa ou com deficiência sem nenhuma renda no domicílio o recebe.",
                "en": "Every older or disabled person without any income in the household receives it.",
            },
            states=everyone_in(without_any_income, receives=bpc),
            on=MONTHS,
        ),
        Property(
            key="bpc.others_under_the_roof",
            names={
                "es": "Lo que gana quien no es de la familia no le quita el beneficio a nadie.",
                "pt": "O que ganha quem não é da família não tira o benefício de ninguém.",
                "en": "What those earn who are not of the family takes the benefit from nobody.",
            },
            states=holds(others_under_the_roof),
            on=MONTHS,
        ),
        Property(
            key="bpc.no_cliff",
            names={
                "es": "Un centavo más de ingreso nunca cuesta más de un real.",
                "pt": "Um centavo a mais de renda nunca custa mais de um real.",
                "en": "One more centavo of income never costs more than one real.",
            },
            states=no_cliff(Person.earnings, bpc, above=1),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={"household": {}, "defaults": PLAIN, "members": [{"id": "ana", "age": 67, "earnings": "379.50"}]},
                why={
                    "es": "Sobre un cuarto de salario mínimo por persona no se paga nada: ese centavo cuesta un "
                    "salario mínimo entero.",
                    "pt": "Acima de um quarto do salário mínimo por pessoa nada se paga: esse centavo custa um "
                    "salário mínimo inteiro.",
                    "en": "Above a quarter of the minimum wage a head nothing is paid: that centavo costs a whole "
                    "minimum wage.",
                },
                member="ana",
                to="379.51",
            ),
        ),
    )
