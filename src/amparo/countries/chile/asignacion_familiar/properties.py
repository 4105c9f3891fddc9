"""What the family allowance guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.parameters import first_amount, third_limit
from amparo.countries.chile.asignacion_familiar.rules import (
    DFL_150,
    LEY_18987,
    allowance,
    in_the_scheme,
    income,
    mother_at_home,
)
from amparo.countries.chile.entities import Person
from amparo.expr import Bool, Money, rule
from amparo.policy import Benefit, Property, Violation, at_most, everyone_in, holds, monotone_in, no_cliff

MONTHS = (date(2015, 12, 1), date(2023, 9, 1), date(2025, 10, 1))


@rule(source=DFL_150.article("2"), key="asignacion_familiar.only_with_a_holder")
def only_with_a_holder(person: Person) -> Bool:
    """Nothing is paid for anybody where no member in the scheme has an income within the last bracket."""
    members = person.household.members
    holder = members.any(in_the_scheme(members) & (income(members) <= third_limit))
    return holder | (allowance(person) == 0)


@rule(source=LEY_18987.article("1 (pago)"), key="asignacion_familiar.once_in_the_country")
def once_in_the_country(person: Person) -> Bool:
    """Nothing is paid here for whom somebody elsewhere draws a benefit."""
    return person.claimed_elsewhere.implies(allowance(person) == 0)


@rule(source=DFL_150.article("3 b"), key="asignacion_familiar.child_of_a_low_wage")
def child_of_a_low_wage(person: Person) -> Bool:
    """A minor whose mother works with contributions for an income within the last bracket, and whom nobody claims."""
    mother = mother_at_home(person)
    paid = mother.any(mother.formal_worker & (mother.earnings + mother.base_pension <= third_limit))
    nobody_else = ~person.claimed_elsewhere & ~person.mental_disability & ~person.disabled
    return (person.age_on_31_december <= 18) & paid & nobody_else


@rule(source=LEY_18987.article("1"), key="asignacion_familiar.three_amounts")
def three_amounts(person: Person) -> Money:
    """Three times the highest amount: twice for an invalid dependant, once for her own pregnancy."""
    return first_amount * 3


# what the recorded households have in common
PLAIN = {
    "age": 40,
    "age_on_31_december": 40,
    "sex": "female",
    "student": False,
    "married": False,
    "health_control": False,
    "disabled": False,
    "mental_disability": False,
    "disability_pension": False,
    "disability_percent": 0,
    "pregnancy_month": 0,
    "formal_worker": False,
    "earnings": 0,
    "base_pension": 0,
    "years_of_continuous_residence": 0,
    "claimed_elsewhere": False,
    "mother": None,
    "father": None,
    "partner": None,
}


def properties(family_allowance: Benefit) -> tuple[Property, ...]:
    """Return the properties of the benefit."""
    return (
        Property(
            key="asignacion_familiar.falls_with_earnings",
            names={
                "es": "Quien gana más no recibe más.",
                "pt": "Quem ganha mais não recebe mais.",
                "en": "Who earns more is not paid more.",
            },
            states=monotone_in(Person.earnings, family_allowance, rises=False),
            on=MONTHS,
        ),
        Property(
            key="asignacion_familiar.only_with_a_holder",
            names={
                "es": "Sin un beneficiario dentro de los tramos no se paga por nadie.",
                "pt": "Sem um titular dentro das faixas não se paga por ninguém.",
                "en": "Without a holder within the brackets nobody is paid for.",
            },
            states=holds(only_with_a_holder),
            on=MONTHS,
        ),
        Property(
            key="asignacion_familiar.once_in_the_country",
            names={
                "es": "Por quien ya causa un beneficio en otro hogar no se paga aquí.",
                "pt": "Por quem já gera um benefício em outro domicílio não se paga aqui.",
                "en": "For whom a benefit is drawn elsewhere nothing is paid here.",
            },
            states=holds(once_in_the_country),
            on=MONTHS,
        ),
        Property(
            key="asignacion_familiar.child_of_a_low_wage",
            names={
                "es": "Todo menor cuya madre cotiza y está dentro de los tramos causa la asignación.",
                "pt": "Todo menor cuja mãe contribui e está dentro das faixas gera o salário-família.",
                "en": "Every minor whose mother contributes and is within the brackets gives right to it.",
            },
            states=everyone_in(child_of_a_low_wage, receives=family_allowance),
            on=MONTHS,
        ),
        Property(
            key="asignacion_familiar.three_amounts",
            names={
                "es": "Por una persona se pagan a lo sumo tres montos del primer tramo.",
                "pt": "Por uma pessoa pagam-se no máximo três valores da primeira faixa.",
                "en": "For one person three amounts of the first bracket are paid at most.",
            },
            states=at_most(three_amounts, family_allowance),
            on=MONTHS,
        ),
        Property(
            key="asignacion_familiar.no_cliff",
            names={
                "es": "Un peso más de ingreso nunca cuesta más de un peso.",
                "pt": "Um peso a mais de renda nunca custa mais de um peso.",
                "en": "One more peso of income never costs more than a peso.",
            },
            states=no_cliff(Person.earnings, family_allowance, above=1),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {"rsh_bracket": 40},
                    "defaults": PLAIN,
                    "members": [
                        {"id": "ana", "formal_worker": True, "earnings": 620251},
                        {"id": "bea", "age": 10, "age_on_31_december": 10, "student": True, "mother": "ana"},
                    ],
                },
                why={
                    "es": "Cada tramo de ingreso tiene su monto: el peso que pasa el límite cuesta la diferencia "
                    "por cada carga.",
                    "pt": "Cada faixa de renda tem seu valor: o peso que passa o limite custa a diferença por "
                    "dependente.",
                    "en": "Each bracket of income has its amount: the peso that passes the limit costs the "
                    "difference for each dependant.",
                },
                member="ana",
                to=620252,
            ),
        ),
    )
