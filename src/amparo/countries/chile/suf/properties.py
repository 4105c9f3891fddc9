"""What the Subsidio Familiar guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar import family_allowance
from amparo.countries.chile.asignacion_familiar.rules import in_the_scheme
from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.suf.reforms import double_suf_under_six
from amparo.countries.chile.suf.rules import DS_53, LEY_18020, one_subsidy, originates, subsidy
from amparo.expr import Bool, rule
from amparo.policy import (
    Benefit,
    Property,
    Violation,
    everyone_in,
    holds,
    monotone_in,
    no_cliff,
    no_overlap,
    nobody_loses,
)

MONTHS = (date(2015, 12, 1), date(2023, 9, 1), date(2025, 10, 1))


@rule(source=LEY_18020.article("1"), key="suf.whole_or_nothing")
def whole_or_nothing(household: Household) -> Bool:
    """Whoever originates the subsidy is paid the whole of it, and nobody else anything."""
    members = household.members
    return members.all((originates(members) & (subsidy(members) == one_subsidy(members))) | (subsidy(members) == 0))


@rule(source=DS_53.article("4 a"), key="suf.poor_child")
def poor_child(person: Person) -> Bool:
    """A child under six, with check-ups, of the poorest 60 %, in a household outside social security."""
    members = person.household.members
    outside = ~members.any(in_the_scheme(members)) & ~person.claimed_elsewhere
    healthy = person.health_control & ~person.disabled & ~person.mental_disability
    young = (person.age < 6) & (person.age_on_31_december <= 18)
    return young & healthy & outside & (person.household.rsh_bracket <= 60)


@rule(source=LEY_18020.article("2 (escasos recursos)"), key="suf.outside_the_subsystem")
def outside_the_subsystem(household: Household) -> Bool:
    """The household takes no part in Seguridades y Oportunidades."""
    return household.programme_month == 0


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


def properties(family_subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the benefit."""
    return (
        Property(
            key="suf.never_both",
            names={
                "es": "Nadie causa asignación familiar y subsidio a la vez.",
                "pt": "Ninguém gera salário-família e subsídio ao mesmo tempo.",
                "en": "Nobody gives right to a family allowance and a subsidy at once.",
            },
            states=no_overlap(family_allowance, family_subsidy),
            on=MONTHS,
        ),
        Property(
            key="suf.whole_or_nothing",
            names={
                "es": "El subsidio se paga entero o no se paga.",
                "pt": "O subsídio é pago inteiro ou não é pago.",
                "en": "The subsidy is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=MONTHS,
        ),
        Property(
            key="suf.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, family_subsidy, rises=False),
            on=MONTHS,
        ),
        Property(
            key="suf.poor_child",
            names={
                "es": "Todo niño menor de seis años, con controles al día, del 60 % y sin previsión, lo causa.",
                "pt": "Toda criança menor de seis anos, com controles em dia, dos 60 % e sem previdência, o gera.",
                "en": "Every child under six, of the poorest 60 % and outside social security, gives right to it.",
            },
            states=everyone_in(poor_child, receives=family_subsidy),
            on=MONTHS[1:],
        ),
        Property(
            key="suf.nobody_loses_by_doubling",
            names={
                "es": "Con el SUF doble para menores de seis ningún hogar pierde.",
                "pt": "Com o SUF em dobro para menores de seis nenhum domicílio perde.",
                "en": "By doubling the SUF for those under six no household loses.",
            },
            states=nobody_loses(double_suf_under_six),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {"rsh_bracket": 40, "programme_month": 3, "richest_tenth": False},
                    "defaults": {
                        **PLAIN,
                        "school_attendance": 0,
                        "severe_dependency_programme": False,
                        "institutionalised": False,
                        "carer_is_relative": False,
                        "carer": None,
                    },
                    "members": [
                        {"id": "ana", "capital_income": 25130},
                        {
                            "id": "bea",
                            "age": 5,
                            "age_on_31_december": 5,
                            "health_control": True,
                            "mother": "ana",
                            "school_attendance": 0,
                        },
                    ],
                },
                why={
                    "es": "El SUF cuenta como ingreso del bono base: doblarlo lo lleva a cero, y con él se pierde "
                    "el bono por control del niño sano.",
                    "pt": "O SUF conta como renda do bônus base: dobrá-lo leva-o a zero, e com ele perde-se o "
                    "bônus por controle da criança sadia.",
                    "en": "The SUF is income for the base bond: doubled, it brings the bond to nothing, and the "
                    "check-up bond goes with it.",
                },
            ),
        ),
        Property(
            key="suf.nobody_loses_outside_the_subsystem",
            names={
                "es": "Con el SUF doble no pierde ningún hogar que no esté en Seguridades y Oportunidades.",
                "pt": "Com o SUF em dobro não perde nenhum domicílio fora de Seguridades y Oportunidades.",
                "en": "By doubling the SUF no household outside Seguridades y Oportunidades loses.",
            },
            states=nobody_loses(double_suf_under_six),
            on=(date(2025, 10, 1),),
            given=outside_the_subsystem,
        ),
        Property(
            key="suf.no_cliff",
            names={
                "es": "Un tramo más nunca cuesta más de un peso.",
                "pt": "Uma faixa a mais nunca custa mais de um peso.",
                "en": "One bracket more never costs more than a peso.",
            },
            states=no_cliff(Household.rsh_bracket, family_subsidy, above=1),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {"rsh_bracket": 60},
                    "defaults": PLAIN,
                    "members": [
                        {"id": "ana"},
                        {"id": "bea", "age": 10, "age_on_31_december": 10, "student": True, "mother": "ana"},
                    ],
                },
                why={
                    "es": "Sobre el tramo del 60 % no se paga: pasar de tramo cuesta el subsidio de todos los "
                    "causantes.",
                    "pt": "Acima da faixa de 60 % não se paga: passar de faixa custa o subsídio de todos os causantes.",
                    "en": "Above the 60 % bracket nothing is paid: the next bracket costs the subsidy of every "
                    "originator.",
                },
                to=61,
            ),
        ),
    )
