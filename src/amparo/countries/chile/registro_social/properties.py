"""What the classification guarantees to every household."""

from datetime import date

from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.registro_social.parameters import bracket_40, bracket_100
from amparo.countries.chile.registro_social.rules import RES_82, bracket, bracket_by_income
from amparo.expr import Bool, rule
from amparo.policy import Finding, Property, holds, monotone_in

MONTHS = (date(2024, 7, 1), date(2025, 10, 1), date(2026, 4, 1))


@rule(source=RES_82.article("paso 5"), key="registro_social.only_raises")
def only_raises(household: Household) -> Bool:
    """The means test never lowers the bracket of income."""
    return bracket(household) >= bracket_by_income(household)


@rule(source=RES_82.article("paso 4"), key="registro_social.within_brackets")
def within_brackets(household: Household) -> Bool:
    """Every household has a bracket between 40 and 100."""
    return bracket(household).between(bracket_40, bracket_100)


@rule(source=RES_82.article("paso 5 (muy alto valor)"), key="registro_social.great_wealth")
def great_wealth(household: Household) -> Bool:
    """A large ship lifts a household to the ninetieth hundredth or above, whatever its income."""
    return (household.large_vessels > 0).implies(bracket(household) >= 90)


def properties(classification: Finding) -> tuple[Property, ...]:
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
            on=MONTHS,
        ),
        Property(
            key="registro_social.within_brackets",
            names={
                "es": "Todo hogar tiene un tramo entre 40 y 100.",
                "pt": "Todo domicílio tem uma faixa entre 40 e 100.",
                "en": "Every household has a bracket between 40 and 100.",
            },
            states=holds(within_brackets),
            on=MONTHS,
        ),
        Property(
            key="registro_social.rises_with_earnings",
            names={
                "es": "Con más ingresos del trabajo el tramo no baja.",
                "pt": "Com mais renda do trabalho a faixa não cai.",
                "en": "More earnings never lower the bracket.",
            },
            states=monotone_in(Person.earnings, classification),
            on=MONTHS,
        ),
        Property(
            key="registro_social.falls_with_disability",
            names={
                "es": "Una discapacidad mayor nunca sube el tramo.",
                "pt": "Uma deficiência maior nunca sobe a faixa.",
                "en": "A higher degree of disability never raises the bracket.",
            },
            states=monotone_in(Person.disability_percent, classification, rises=False),
            on=MONTHS,
        ),
        Property(
            key="registro_social.rises_with_real_estate",
            names={
                "es": "Con bienes raíces de más valor el tramo no baja.",
                "pt": "Com imóveis de maior valor a faixa não cai.",
                "en": "Real estate of a higher value never lowers the bracket.",
            },
            states=monotone_in(Household.real_estate_percentile, classification),
            on=MONTHS,
        ),
        Property(
            key="registro_social.great_wealth",
            names={
                "es": "Una nave mayor deja al hogar en el tramo 90 o más, sea cual sea su ingreso.",
                "pt": "Uma embarcação de grande porte deixa o domicílio na faixa 90 ou acima, seja qual for a renda.",
                "en": "A large ship puts a household in bracket 90 or above, whatever its income.",
            },
            states=holds(great_wealth),
            on=MONTHS,
        ),
    )
