"""What Bolsa Família guarantees to every possible household, under each of its laws."""

from datetime import date

from amparo.countries.brasil.bolsa_familia import parameters as figure
from amparo.countries.brasil.bolsa_familia import rules, violations
from amparo.countries.brasil.bolsa_familia.rules import (
    AUXILIO_BRASIL,
    DECRETO_5209,
    LEI_14601,
    NEW_BOLSA_FAMILIA,
    PORTARIA_897,
    PORTARIA_1084,
)
from amparo.countries.brasil.bpc import rules as bpc
from amparo.countries.brasil.entities import BRL, Household, Person
from amparo.expr import Bool, Money, amount, rule
from amparo.policy import Benefit, Property, holds, monotone_in, no_cliff, same_as

FORMER_LAW = (date(2014, 7, 1), date(2016, 6, 1))
PRESENT_LAW = (date(2023, 7, 1), date(2025, 5, 1), date(2025, 10, 1))
MONTHS = (*FORMER_LAW, *PRESENT_LAW)


@rule(source=DECRETO_5209.article("19 V"), key="bolsa_familia.floor", valid_to=AUXILIO_BRASIL)
def floor(household: Household) -> Bool:
    """No poor family stays at or below the extreme poverty line."""
    reached = (rules.family_income(household) + rules.benefit(household)) / household.members.count()
    return rules.poor(household).implies(reached > figure.extreme_poverty_line)


@floor.amended(source=LEI_14601.article("7 §1 II"), valid_from=NEW_BOLSA_FAMILIA)
def floor_since_2023(household: Household) -> Bool:
    """Every poor family receives at least the household floor."""
    return rules.poor(household).implies(rules.benefit(household) >= figure.household_floor)


@rule(source=DECRETO_5209.article("18"), key="bolsa_familia.above_the_line", valid_to=AUXILIO_BRASIL)
def above_the_line(household: Household) -> Bool:
    """Above the poverty line nothing is paid."""
    above = rules.per_capita_income(household) > figure.former_poverty_line
    return above.implies(rules.benefit(household) == 0)


@above_the_line.amended(source=LEI_14601.article("6 §2"), valid_from=NEW_BOLSA_FAMILIA)
def above_the_line_since_2023(household: Household) -> Bool:
    """Above the poverty line at most half of the full benefit is paid, above the limit of protection nothing."""
    income, paid = rules.per_capita_income(household), rules.benefit(household)
    above = income > figure.poverty_line
    at_most_half = paid <= rules.full_benefit(household) * figure.protection_share
    nothing_beyond = (income > rules.protection_limit(household)).implies(paid == 0)
    return above.implies(at_most_half & nothing_beyond)


@rule(source=LEI_14601.article("7 §1 II"), key="bolsa_familia.six_hundred", valid_from=NEW_BOLSA_FAMILIA)
def six_hundred(household: Household) -> Bool:
    """A registered family with up to R$ 218 a head receives R$ 600 or more."""
    members = household.members
    income = members.sum(members.earnings + members.pension + members.other_income + bpc.benefit(members))
    poor = income <= amount(218, BRL) * members.count()
    return (poor & household.cadunico).implies(rules.benefit(household) >= amount(600, BRL))


@rule(source=PORTARIA_897.article("20"), key="bolsa_familia.limit_of_a_period", valid_from=PORTARIA_1084)
def limit_of_a_period(household: Household) -> Bool:
    """A family that is not under protection takes no limit of a period into the next month."""
    return rules.stays_under_limit_of_2025(household).implies(rules.protected(household))


@rule(source=LEI_14601.article("6 §2"), key="bolsa_familia.three_hundred", valid_from=NEW_BOLSA_FAMILIA)
def three_hundred(household: Household) -> Bool:
    """A family under protection receives R$ 300 or more."""
    return rules.protected(household).implies(rules.benefit(household) >= amount(300, BRL))


@rule(source=LEI_14601.article("6"), key="bolsa_familia.protection_ends", valid_from=NEW_BOLSA_FAMILIA)
def protection_ends(household: Household) -> Bool:
    """Each month under protection leaves one month less of it, and never more than 24."""
    left, before = rules.remaining_months(household), rules.months_left(household)
    running = rules.protected(household) & (before > 0)
    return running.implies(left == before - 1) & ((left < 24) | (left < before))


@rule(source=LEI_14601.article("7 §2"), key="bolsa_familia.benefit_in_other_words", valid_from=NEW_BOLSA_FAMILIA)
def in_other_words(household: Household) -> Money:
    """R$ 142 a head, R$ 600 at least; R$ 150 for each child under 7, R$ 50 for each other child or mother to be."""
    members = household.members
    mothers_and_young = members.count((members.age > 6) & (members.age < 18) | members.pregnant | members.nursing)
    heads = (amount(142, BRL) * members.count()).at_least(amount(600, BRL))
    return heads + amount(150, BRL) * members.count(members.age <= 6) + amount(50, BRL) * mothers_and_young


@rule(source=DECRETO_5209.article("19 II"), key="bolsa_familia.most_for_children", valid_to=AUXILIO_BRASIL)
def most_for_children(household: Household) -> Bool:
    """No family is paid for more than five children and two adolescents, apart from what overcomes misery."""
    paid = rules.variable_benefit(household) + rules.adolescent_benefit(household)
    return paid <= amount(35 * 5 + 42 * 2, BRL)


@rule(source=LEI_14601.article("6"), key="bolsa_familia.outside_protection", valid_from=NEW_BOLSA_FAMILIA)
def outside_protection(household: Household) -> Bool:
    """No benefit was paid last month: no protection period can begin or run."""
    return ~rules.paid_in_full(household) & (rules.months_left(household) == 0)


@rule(source=LEI_14601.article("6"), key="bolsa_familia.paid_before", valid_from=NEW_BOLSA_FAMILIA)
def paid_before(household: Household) -> Bool:
    """The full benefit was paid last month, and the family is poor still."""
    return rules.paid_in_full(household) & (rules.months_left(household) == 0) & rules.poor(household)


@rule(source=LEI_14601.article("6"), key="bolsa_familia.under_protection", valid_from=NEW_BOLSA_FAMILIA)
def under_protection(household: Household) -> Bool:
    """The family is under protection this month."""
    return (rules.months_left(household) > 0) & rules.protected(household)


def properties(bolsa_familia: Benefit) -> tuple[Property, ...]:
    """Return the declarations for the benefit."""
    return (
        Property(
            key="bolsa_familia.floor",
            names={
                "es": "Ninguna familia pobre queda bajo el piso",
                "pt": "Nenhuma família pobre fica abaixo do piso",
                "en": "No poor family is left below the floor",
            },
            states=holds(floor),
            on=MONTHS,
        ),
        Property(
            key="bolsa_familia.above_the_line",
            names={
                "es": "Sobre la línea de pobreza se paga a lo sumo la mitad, sobre el límite de la protección nada",
                "pt": "Acima da linha de pobreza paga-se no máximo a metade, acima do limite da proteção nada",
                "en": "Above the poverty line at most half is paid, above the limit of protection nothing",
            },
            states=holds(above_the_line),
            on=MONTHS,
        ),
        Property(
            key="bolsa_familia.six_hundred",
            names={
                "es": "Con hasta R$ 218 por persona, una familia inscrita recibe R$ 600 o más.",
                "pt": "Com até R$ 218 por pessoa, uma família inscrita recebe R$ 600 ou mais.",
                "en": "With up to R$ 218 a head, a registered family receives R$ 600 or more.",
            },
            states=holds(six_hundred),
            on=PRESENT_LAW,
        ),
        Property(
            key="bolsa_familia.three_hundred",
            names={
                "es": "Bajo la regla de protección ninguna familia recibe menos de R$ 300.",
                "pt": "Na regra de proteção nenhuma família recebe menos de R$ 300.",
                "en": "Under the protection rule no family receives less than R$ 300.",
            },
            states=holds(three_hundred),
            on=PRESENT_LAW,
        ),
        Property(
            key="bolsa_familia.protection_ends",
            names={
                "es": "Cada mes de protección deja un mes menos, y nunca más de 24.",
                "pt": "Cada mês de proteção deixa um mês a menos, e nunca mais de 24.",
                "en": "Each month under protection leaves one less, and never more than 24.",
            },
            states=holds(protection_ends),
            on=PRESENT_LAW,
        ),
        Property(
            key="bolsa_familia.limit_of_a_period",
            names={
                "es": "Solo una familia bajo protección lleva consigo el límite de su período.",
                "pt": "Só uma família em proteção leva consigo o limite do seu período.",
                "en": "Only a family under protection carries the limit of its period on.",
            },
            states=holds(limit_of_a_period),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="bolsa_familia.benefit_in_other_words",
            names={
                "es": "El beneficio entero es el de la ley dicha con otras palabras.",
                "pt": "O benefício inteiro é o da lei dita com outras palavras.",
                "en": "The full benefit is that of the law said in other words.",
            },
            states=same_as(in_other_words, rules.full_benefit),
            on=PRESENT_LAW,
        ),
        Property(
            key="bolsa_familia.most_for_children",
            names={
                "es": "No se paga por más de cinco niños y dos adolescentes.",
                "pt": "Não se paga por mais de cinco crianças e dois adolescentes.",
                "en": "Nobody is paid for more than five children and two adolescents.",
            },
            states=holds(most_for_children),
            on=FORMER_LAW,
        ),
        Property(
            key="bolsa_familia.rises_with_pregnancy",
            names={
                "es": "Un embarazo nunca baja el beneficio.",
                "pt": "Uma gravidez nunca reduz o benefício.",
                "en": "A pregnancy never lowers the benefit.",
            },
            states=monotone_in(Person.pregnant, bolsa_familia),
            on=PRESENT_LAW,
        ),
        Property(
            key="bolsa_familia.rises_with_pregnancy_formerly",
            names={
                "es": "Un embarazo nunca baja el beneficio.",
                "pt": "Uma gravidez nunca reduz o benefício.",
                "en": "A pregnancy never lowers the benefit.",
            },
            states=monotone_in(Person.pregnant, bolsa_familia),
            on=(date(2015, 12, 1),),
            violation=violations.ROUNDED_UP_TO_TWO,
        ),
        Property(
            key="bolsa_familia.never_rises_with_other_income",
            names={
                "es": "Con más ingresos de otras fuentes el beneficio no sube.",
                "pt": "Com mais renda de outras fontes o benefício não sobe.",
                "en": "More income from other sources never raises the benefit.",
            },
            states=monotone_in(Person.other_income, bolsa_familia, rises=False),
            on=(date(2025, 10, 1),),
            violation=violations.BPC_LOST,
        ),
        Property(
            key="bolsa_familia.no_cliff_under_the_former_law",
            names={
                "es": "Un centavo más de ingreso nunca cuesta más de un real.",
                "pt": "Um centavo a mais de renda nunca custa mais de um real.",
                "en": "One more centavo of income never costs more than one real.",
            },
            states=no_cliff(Person.earnings, bolsa_familia, above=1),
            on=(date(2015, 12, 1),),
            violation=violations.FORMER_LINE,
        ),
        Property(
            key="bolsa_familia.no_cliff",
            names={
                "es": "Sin protección, un centavo más de ingreso nunca cuesta más de un real.",
                "pt": "Sem proteção, um centavo a mais de renda nunca custa mais de um real.",
                "en": "Without protection, one more centavo of income never costs more than one real.",
            },
            states=no_cliff(Person.earnings, bolsa_familia, above=1),
            on=(date(2025, 10, 1),),
            given=outside_protection,
            violation=violations.LINE_WITHOUT_PROTECTION,
        ),
        Property(
            key="bolsa_familia.no_cliff_out_of_protection",
            names={
                "es": "Al salir de la protección, un centavo más nunca cuesta más de un real.",
                "pt": "Ao sair da proteção, um centavo a mais nunca custa mais de um real.",
                "en": "On leaving protection, one more centavo never costs more than one real.",
            },
            states=no_cliff(Person.earnings, bolsa_familia, above=1),
            on=(date(2025, 10, 1),),
            given=under_protection,
            violation=violations.LIMIT_OF_PROTECTION,
        ),
        Property(
            key="bolsa_familia.no_cliff_into_protection",
            names={
                "es": "Al entrar en la protección, un centavo más nunca cuesta más de un real.",
                "pt": "Ao entrar na proteção, um centavo a mais nunca custa mais de um real.",
                "en": "On entering protection, one more centavo never costs more than one real.",
            },
            states=no_cliff(Person.earnings, bolsa_familia, above=1),
            on=(date(2025, 10, 1),),
            given=paid_before,
            violation=violations.LINE_INTO_PROTECTION,
        ),
    )
