"""What the electricity subsidy guarantees in every household."""

from datetime import date

from amparo.countries.chile.entities import Household
from amparo.countries.chile.servicios_basicos.parameters import of_four, of_one, of_two_or_three
from amparo.countries.chile.servicios_basicos.rules import LEY_21667, electricity_subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, Violation, everyone_in, holds, monotone_in, no_cliff

MONTHS = (date(2026, 1, 1), date(2026, 4, 1))


@rule(source=LEY_21667.article("(derecho)"), key="servicios_basicos.electricity_dependent")
def electricity_dependent(household: Household) -> Bool:
    """A household with an electricity-dependent patient, in any bracket."""
    members = household.members
    return members.any(members.electricity_dependent)


@rule(source=LEY_21667.article("(monto)"), key="servicios_basicos.a_sixth")
def a_sixth(household: Household) -> Bool:
    """A month's discount is nothing, or a sixth of the amount for one, for two or three, or for four and more."""
    paid = electricity_subsidy(household)
    size = household.members.count()
    one = (size == 1) & (paid == (of_one / 6).rounded_half_up())
    few = (size >= 2) & (size <= 3) & (paid == (of_two_or_three / 6).rounded_half_up())
    many = (size >= 4) & (paid == (of_four / 6).rounded_half_up())
    return (paid == 0) | one | few | many


def properties(subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the subsidy."""
    return (
        Property(
            key="servicios_basicos.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, subsidy, rises=False),
            on=MONTHS,
        ),
        Property(
            key="servicios_basicos.electricity_dependent",
            names={
                "es": "Todo hogar con un paciente electrodependiente lo recibe, en cualquier tramo.",
                "pt": "Todo domicílio com paciente eletrodependente o recebe, em qualquer faixa.",
                "en": "Every household with an electricity-dependent patient receives it, in any bracket.",
            },
            states=everyone_in(electricity_dependent, receives=subsidy),
            on=MONTHS,
        ),
        Property(
            key="servicios_basicos.a_sixth",
            names={
                "es": "El descuento del mes es un sexto del monto que la ley da al tamaño del hogar, o nada.",
                "pt": "O desconto do mês é um sexto do valor que a lei dá ao tamanho do domicílio, ou nada.",
                "en": "A month's discount is a sixth of what the law gives to the size of the household, or nothing.",
            },
            states=holds(a_sixth),
            on=MONTHS,
        ),
        Property(
            key="servicios_basicos.no_cliff",
            names={
                "es": "Un tramo más nunca cuesta más de un peso.",
                "pt": "Uma faixa a mais nunca custa mais de um peso.",
                "en": "One bracket more never costs more than a peso.",
            },
            states=no_cliff(Household.rsh_bracket, subsidy, above=1),
            on=(date(2026, 1, 1),),
            violation=Violation(
                case={"household": {"rsh_bracket": 40}, "members": [{"id": "ana", "electricity_dependent": False}]},
                why={
                    "es": "Sobre el tramo del 40 % no hay descuento: pasar de tramo cuesta el subsidio entero.",
                    "pt": "Acima da faixa de 40 % não há desconto: passar de faixa custa o subsídio inteiro.",
                    "en": "Above the 40 % bracket there is no discount: the next bracket costs the whole subsidy.",
                },
                to=41,
            ),
        ),
    )
