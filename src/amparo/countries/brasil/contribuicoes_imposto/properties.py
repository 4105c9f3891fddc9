"""What contributions and tax guarantee to every household."""

from datetime import date

from amparo.countries.brasil.contribuicoes_imposto.rules import LEI_7713, LEI_9430, income_tax, net_earnings
from amparo.countries.brasil.entities import BRL, Household, Person
from amparo.expr import Bool, amount, rule
from amparo.policy import Finding, Property, Violation, holds, marginal_rate_at_most, monotone_in, no_cliff

MONTHS = (date(2015, 12, 1), date(2025, 1, 1), date(2025, 10, 1), date(2026, 1, 1))


@rule(source=LEI_7713.article("(líquido)"), key="contribuicoes_imposto.something_is_left")
def something_is_left(household: Household) -> Bool:
    """Nobody pays more than they earn, nor is left with more."""
    members = household.members
    left = net_earnings(members)
    return members.all((left >= 0) & (left <= members.earnings))


@rule(source=LEI_9430.article("67"), key="contribuicoes_imposto.none_without_registration")
def none_without_registration(person: Person) -> Bool:
    """Who is no registered employee keeps the whole; tax of ten reais or less is not withheld."""
    tax = income_tax(person)
    return (person.formal_worker | (net_earnings(person) == person.earnings)) & ((tax == 0) | (tax > amount(10, BRL)))


def properties(contribution: Finding, tax: Finding, net: Finding) -> tuple[Property, ...]:
    """Return the properties of contributions and tax."""
    return (
        Property(
            key="contribuicoes_imposto.something_is_left",
            names={
                "es": "Nadie paga más de lo que gana ni queda con más.",
                "pt": "Ninguém paga mais do que ganha nem fica com mais.",
                "en": "Nobody pays more than they earn, nor is left with more.",
            },
            states=holds(something_is_left),
            on=MONTHS,
        ),
        Property(
            key="contribuicoes_imposto.none_without_registration",
            names={
                "es": "Sin registro no se descuenta nada; un impuesto de hasta diez reales no se retiene.",
                "pt": "Sem registro não se desconta nada; imposto de até dez reais não é retido.",
                "en": "Without registration nothing is taken; a tax of ten reais or less is not withheld.",
            },
            states=holds(none_without_registration),
            on=MONTHS,
        ),
        Property(
            key="contribuicoes_imposto.net_rises",
            names={
                "es": "Quien gana más queda con más.",
                "pt": "Quem ganha mais fica com mais.",
                "en": "Who earns more is left with more.",
            },
            states=monotone_in(Person.earnings, net),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={"members": [{"id": "ana", "formal_worker": True, "tax_dependants": 0, "earnings": "3169.39"}]},
                why={
                    "es": "Un impuesto de hasta diez reales no se retiene: el centavo que lo pasa cuesta el "
                    "impuesto entero.",
                    "pt": "Imposto de até dez reais não é retido: o centavo que o passa custa o imposto inteiro.",
                    "en": "A tax of up to ten reais is not withheld: the centavo that passes it costs the whole tax.",
                },
                member="ana",
                to="3169.40",
            ),
        ),
        Property(
            key="contribuicoes_imposto.net_rises_formerly",
            names={
                "es": "Quien gana más queda con más.",
                "pt": "Quem ganha mais fica com mais.",
                "en": "Who earns more is left with more.",
            },
            states=monotone_in(Person.earnings, net),
            on=(date(2015, 12, 1),),
            violation=Violation(
                case={"members": [{"id": "ana", "formal_worker": True, "tax_dependants": 0, "earnings": "1399.12"}]},
                why={
                    "es": "Hasta 2020 la tasa del tramo se aplicaba al salario entero: pasar de tramo costaba un "
                    "punto de todo el salario.",
                    "pt": "Até 2020 a alíquota da faixa incidia sobre o salário inteiro: passar de faixa custava "
                    "um ponto de todo o salário.",
                    "en": "Until 2020 the rate of the bracket was due on the whole wage: the next bracket cost a "
                    "point of all of it.",
                },
                member="ana",
                to="1399.13",
            ),
        ),
        Property(
            key="contribuicoes_imposto.no_cliff",
            names={
                "es": "Un centavo más de salario nunca cuesta más de once reales.",
                "pt": "Um centavo a mais de salário nunca custa mais de onze reais.",
                "en": "One more centavo of wage never costs more than eleven reais.",
            },
            states=no_cliff(Person.earnings, net, above=11),
            on=(date(2025, 1, 1), date(2025, 10, 1), date(2026, 1, 1)),
        ),
        Property(
            key="contribuicoes_imposto.half_is_kept",
            names={
                "es": "De mil reales más, nadie pierde más de la mitad.",
                "pt": "De mil reais a mais, ninguém perde mais da metade.",
                "en": "Of a thousand reais more, nobody loses more than half.",
            },
            states=marginal_rate_at_most("0.5", Person.earnings, contribution, tax, step=1000),
            on=(date(2025, 1, 1), date(2025, 10, 1)),
        ),
        Property(
            key="contribuicoes_imposto.half_is_kept_since_2026",
            names={
                "es": "De mil reales más, nadie pierde más de la mitad.",
                "pt": "De mil reais a mais, ninguém perde mais da metade.",
                "en": "Of a thousand reais more, nobody loses more than half.",
            },
            states=marginal_rate_at_most("0.5", Person.earnings, contribution, tax, step=1000),
            on=(date(2026, 1, 1),),
            violation=Violation(
                case={"members": [{"id": "ana", "formal_worker": True, "tax_dependants": 0, "earnings": 5000}]},
                why={
                    "es": "Entre R$ 5.000 y R$ 7.350 la rebaja se retira a la vez que sube el impuesto: de mil "
                    "reales más se pierde más de la mitad.",
                    "pt": "Entre R$ 5.000 e R$ 7.350 a redução é retirada enquanto o imposto sobe: de mil reais a "
                    "mais perde-se mais da metade.",
                    "en": "Between R$ 5,000 and R$ 7,350 the relief is withdrawn while the tax rises: of a "
                    "thousand reais more, over half is lost.",
                },
                member="ana",
                to=6000,
            ),
        ),
    )
