"""What contributions and tax guarantee to every household."""

from datetime import date

from amparo.countries.chile.cotizaciones_impuesto.rules import DL_824, net_earnings
from amparo.countries.chile.entities import CLP, Household, Person
from amparo.expr import Bool, amount, percent, rule, when
from amparo.policy import Finding, Property, Violation, holds, marginal_rate_at_most, monotone_in, no_cliff

MONTHS = (date(2022, 11, 1), date(2025, 7, 1))


@rule(source=DL_824.article("(líquido)"), key="cotizaciones_impuesto.something_is_left")
def something_is_left(household: Household) -> Bool:
    """Nobody pays more than they earn, nor is left with more."""
    members = household.members
    left = net_earnings(members)
    return members.all((left >= 0) & (left <= members.earnings))


@rule(source=DL_824.article("43 n.° 1"), key="cotizaciones_impuesto.none_without_contributions")
def none_without_contributions(person: Person) -> Bool:
    """Who works without contributions keeps the whole; who has them keeps 83 % at most, but for the rounding."""
    left = net_earnings(person)
    capped = person.earnings >= amount(2_000_000, CLP)  # above the ceiling contributions grow no more
    below = left <= person.earnings * percent(83) + amount(1, CLP)
    return when(person.formal_worker, below | capped, otherwise=left == person.earnings)


def properties(pension: Finding, health: Finding, tax: Finding, net: Finding) -> tuple[Property, ...]:
    """Return the properties of contributions and tax."""
    return (
        Property(
            key="cotizaciones_impuesto.something_is_left",
            names={
                "es": "Nadie paga más de lo que gana ni queda con más.",
                "pt": "Ninguém paga mais do que ganha nem fica com mais.",
                "en": "Nobody pays more than they earn, nor is left with more.",
            },
            states=holds(something_is_left),
            on=MONTHS,
        ),
        Property(
            key="cotizaciones_impuesto.none_without_contributions",
            names={
                "es": "Sin cotizaciones queda todo; con ellas, a lo sumo el 83 %.",
                "pt": "Sem contribuições fica tudo; com elas, no máximo 83 %.",
                "en": "Without contributions all is kept; with them 83 % at most.",
            },
            states=holds(none_without_contributions),
            on=MONTHS,
        ),
        Property(
            key="cotizaciones_impuesto.no_cliff",
            names={
                "es": "Un peso más de sueldo nunca cuesta más de dos: no hay saltos, solo redondeos.",
                "pt": "Um peso a mais de salário nunca custa mais de dois: não há saltos, só arredondamentos.",
                "en": "One more peso of wage never costs more than two: there are no jumps, only roundings.",
            },
            states=no_cliff(Person.earnings, net, above=2),
            on=MONTHS,
        ),
        Property(
            key="cotizaciones_impuesto.most_of_a_rise",
            names={
                "es": "De cien mil pesos más, nadie pierde más de la mitad.",
                "pt": "De cem mil pesos a mais, ninguém perde mais da metade.",
                "en": "Of a hundred thousand pesos more nobody loses more than half.",
            },
            states=marginal_rate_at_most("0.5", Person.earnings, pension, health, tax, step=100_000),
            on=MONTHS,
        ),
        Property(
            key="cotizaciones_impuesto.net_rises",
            names={
                "es": "Quien gana más queda con más.",
                "pt": "Quem ganha mais fica com mais.",
                "en": "Who earns more is left with more.",
            },
            states=monotone_in(Person.earnings, net),
            on=(date(2025, 7, 1),),
            violation=Violation(
                case={"members": [{"id": "ana", "formal_worker": True, "earnings": 1_120_964}]},
                why={
                    "es": "Cotizaciones e impuesto se redondean por separado: un peso más puede costar dos.",
                    "pt": "Contribuições e imposto são arredondados em separado: um peso a mais pode custar dois.",
                    "en": "Contributions and tax are rounded apart: one more peso can cost two.",
                },
                member="ana",
                to=1120965,
            ),
        ),
    )
