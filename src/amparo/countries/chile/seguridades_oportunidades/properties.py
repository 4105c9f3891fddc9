"""What the bonds guarantee in every household."""

from datetime import date

from amparo.countries.chile.entities import CLP, Household, Person
from amparo.countries.chile.seguridades_oportunidades.parameters import gap_share, line
from amparo.countries.chile.seguridades_oportunidades.rules import DECRETO_30, base_bond, household_income
from amparo.expr import Bool, Money, amount, rule
from amparo.policy import Benefit, Property, Violation, at_least, holds, monotone_in, no_cliff

MONTHS = (date(2015, 12, 1), date(2023, 9, 1), date(2025, 10, 1))


@rule(source=DECRETO_30.article("(brecha)"), key="seguridades_oportunidades.ceiling")
def ceiling(household: Household) -> Bool:
    """Nobody is paid more than the share of a whole line for each person, but for the rounding."""
    most = line * gap_share * household.members.count()
    return base_bond(household) <= most + amount(1, CLP)


@rule(source=DECRETO_30.article("(meses)"), key="seguridades_oportunidades.first_months_without_income")
def first_months_without_income(household: Household) -> Bool:
    """A family in its first sixteen months that has nothing at all."""
    first = (household.programme_month >= 1) & (household.programme_month <= 16)
    return first & (household_income(household) == 0)


@rule(source=DECRETO_30.article("(brecha)"), key="seguridades_oportunidades.most_of_the_line")
def most_of_the_line(household: Household) -> Money:
    """The share of one line for each person, in whole pesos."""
    return (line * gap_share * household.members.count()).rounded_half_up()


@rule(source=DECRETO_30.article("(meses)"), key="seguridades_oportunidades.two_years_at_most")
def two_years_at_most(household: Household) -> Bool:
    """After two years, and outside the programme, nothing is paid."""
    outside = (household.programme_month == 0) | (household.programme_month > 24)
    return outside.implies(base_bond(household) == 0)


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
    "capital_income": 0,
    "years_resident": 0,
    "years_resident_of_last_5": 0,
    "years_of_continuous_residence": 0,
    "claimed_elsewhere": False,
    "mother": None,
    "father": None,
    "partner": None,
}


def properties(base: Benefit) -> tuple[Property, ...]:
    """Return the properties of the base bond."""
    return (
        Property(
            key="seguridades_oportunidades.ceiling",
            names={
                "es": "El bono base nunca pasa del 85 % de la línea por persona.",
                "pt": "O bônus base nunca passa de 85 % da linha por pessoa.",
                "en": "The base bond never exceeds 85 % of the line for each person.",
            },
            states=holds(ceiling),
            on=MONTHS,
        ),
        Property(
            key="seguridades_oportunidades.falls_with_capital_income",
            names={
                "es": "Quien tiene más ingresos de capital no recibe más.",
                "pt": "Quem tem mais renda do capital não recebe mais.",
                "en": "Who has more income from capital is not paid more.",
            },
            states=monotone_in(Person.capital_income, base, rises=False),
            on=MONTHS,
        ),
        Property(
            key="seguridades_oportunidades.floor",
            names={
                "es": "Quien no tiene nada recibe en los primeros meses el 85 % de la línea por persona.",
                "pt": "Quem não tem nada recebe nos primeiros meses 85 % da linha por pessoa.",
                "en": "Who has nothing is paid 85 % of the line for each person in the first months.",
            },
            states=at_least(most_of_the_line, base, among=first_months_without_income),
            on=MONTHS,
        ),
        Property(
            key="seguridades_oportunidades.two_years_at_most",
            names={
                "es": "Después de dos años, o fuera del programa, no se paga.",
                "pt": "Depois de dois anos, ou fora do programa, não se paga.",
                "en": "After two years, or outside the programme, nothing is paid.",
            },
            states=holds(two_years_at_most),
            on=MONTHS,
        ),
        Property(
            key="seguridades_oportunidades.falls_continuously",
            names={
                "es": "El bono base baja sin saltos: un peso más de ingreso de capital cuesta a lo sumo un peso.",
                "pt": "O bônus base cai sem saltos: um peso a mais de renda do capital custa no máximo um peso.",
                "en": "The base bond falls without jumps: one more peso from capital costs at most a peso.",
            },
            states=no_cliff(Person.capital_income, base, above=1),
            on=MONTHS,
        ),
        Property(
            key="seguridades_oportunidades.falls_with_earnings",
            names={
                "es": "Quien gana más trabajando no recibe más.",
                "pt": "Quem ganha mais trabalhando não recebe mais.",
                "en": "Who earns more from work is not paid more.",
            },
            states=monotone_in(Person.earnings, base, rises=False),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {"rsh_bracket": 40, "programme_month": 3, "richest_tenth": False},
                    "defaults": PLAIN,
                    "members": [
                        {"id": "ana", "married": True, "partner": "luis"},
                        {
                            "id": "luis",
                            "sex": "male",
                            "married": True,
                            "partner": "ana",
                            "formal_worker": True,
                            "earnings": 40000,
                        },
                    ],
                },
                why={
                    "es": "El cónyuge que empieza a ganar deja de causar la asignación familiar: el ingreso del "
                    "hogar baja y el bono sube.",
                    "pt": "O cônjuge que começa a ganhar deixa de gerar o salário-família: a renda do domicílio "
                    "cai e o bônus sobe.",
                    "en": "The spouse who begins to earn is no dependant any more: without the allowance the "
                    "income falls and the bond rises.",
                },
                member="ana",
                to=1,
            ),
        ),
    )
