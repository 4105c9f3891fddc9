"""Persons and households as Argentina's family allowances see them."""

from amparo.expr import (
    Bool,
    Category,
    Count,
    Currency,
    Dwelling,
    HouseholdView,
    Input,
    Money,
    Months,
    PersonView,
    Relation,
)
from amparo.policy import distinct, mutual, no_circle, older

ARS = Currency("ARS", 2, "$")

WORK = (
    "none",  # unemployed without insurance, student, at home
    "informal",
    "domestic",
    "social_monotributo",
    "registered",
    "monotributo",
    "unemployment_insurance",
    "pension",  # of any kind, contributory or not
)


class Person(PersonView):
    """A member of the household."""

    age = Input(
        Count,
        low=0,
        high=120,
        labels={"es": "edad en años cumplidos", "pt": "idade em anos completos", "en": "age in completed years"},
    )
    disabled = Input(
        Bool,
        sources=("register", "document", "professional"),
        labels={
            "es": "tiene certificado único de discapacidad",
            "pt": "tem certificado de deficiência",
            "en": "holds the disability certificate (CUD)",
        },
    )
    work = Input(
        Category,
        categories=WORK,
        labels={"es": "situación laboral", "pt": "situação de trabalho", "en": "work status"},
        changes="both",
        names={
            "none": {"es": "sin empleo", "pt": "sem emprego", "en": "not employed"},
            "informal": {"es": "empleo informal", "pt": "trabalho informal", "en": "informal work"},
            "domestic": {"es": "casas particulares", "pt": "trabalho doméstico", "en": "domestic work"},
            "social_monotributo": {"es": "monotributo social", "pt": "monotributo social", "en": "social monotributo"},
            "registered": {"es": "empleo registrado", "pt": "emprego registrado", "en": "registered employment"},
            "monotributo": {"es": "monotributo", "pt": "monotributo", "en": "monotributo"},
            "unemployment_insurance": {
                "es": "seguro de desempleo",
                "pt": "seguro-desemprego",
                "en": "unemployment insurance",
            },
            "pension": {"es": "jubilación o pensión", "pt": "aposentadoria ou pensão", "en": "pension"},
        },
    )
    earnings = Input(
        Money,
        currency=ARS,
        low=0,
        labels={
            "es": "ingreso bruto mensual del trabajo",
            "pt": "renda bruta mensal do trabalho",
            "en": "gross monthly earnings",
        },
        changes="both",
    )
    argentine = Input(
        Bool,
        labels={
            "es": "tiene nacionalidad argentina (nativa, por opción o naturalizada)",
            "pt": "tem nacionalidade argentina (nata, por opção ou naturalizada)",
            "en": "is an Argentine national (native, by option or naturalised)",
        },
        changes="up",
        act={
            "es": "lo acredita el DNI",
            "pt": "comprova-se com o DNI",
            "en": "the identity document proves it",
        },
    )
    legal_residence = Input(
        Months,
        low=0,
        high=1440,
        sources=("register", "document"),
        labels={
            "es": "meses de residencia legal en el país",
            "pt": "meses de residência legal no país",
            "en": "months of legal residence in the country",
        },
    )
    emancipated = Input(
        Bool,
        labels={"es": "está emancipado o casado", "pt": "é emancipado ou casado", "en": "is emancipated or married"},
    )
    other_family_allowance = Input(
        Bool,
        sources=("register", "document"),
        labels={
            "es": "ya da lugar a otra asignación familiar, en este hogar o en otro (registro de ANSES)",
            "pt": "já dá origem a outra prestação familiar, neste domicílio ou em outro (registro da ANSES)",
            "en": "already gives rise to another family allowance, here or elsewhere (ANSES register)",
        },
        changes="both",
    )
    libreta_filed = Input(
        Bool,
        sources=("register", "document"),
        labels={
            "es": "este mes ANSES aceptó la Libreta del año anterior de todos sus hijos",
            "pt": "neste mês a ANSES aceitou a caderneta do ano anterior de todos os seus filhos",
            "en": "this month ANSES accepted last year's Libreta of all the person's children",
        },
        changes="up",
        act={
            "es": "se presenta la Libreta con salud, escuela y vacunas",
            "pt": "apresenta-se a caderneta com saúde, escola e vacinas",
            "en": "the Libreta is filed with health, school and vaccines",
        },
    )
    pregnancy_weeks = Input(
        Count,
        low=0,
        high=45,
        sources=("register", "document", "professional"),
        labels={
            "es": "semanas de embarazo (0 si no hay)",
            "pt": "semanas de gravidez (0 se não houver)",
            "en": "weeks of pregnancy (0 if none)",
        },
    )
    pregnancy_end_proved = Input(
        Bool,
        sources=("register", "document"),
        labels={
            "es": "este mes se acreditó el nacimiento o la interrupción del embarazo",
            "pt": "neste mês se comprovou o nascimento ou a interrupção da gravidez",
            "en": "the birth, or the end of the pregnancy, was proved this month",
        },
        changes="up",
        act={
            "es": "se presenta la partida de nacimiento o el certificado médico",
            "pt": "apresenta-se a certidão de nascimento ou o atestado médico",
            "en": "the birth certificate or a medical certificate is filed",
        },
    )

    mother = Relation["Person"](labels={"es": "madre", "pt": "mãe", "en": "mother"})
    father = Relation["Person"](labels={"es": "padre", "pt": "pai", "en": "father"})
    guardian = Relation["Person"](
        labels={
            "es": "tutor, curador o pariente a cargo",
            "pt": "tutor, curador ou parente responsável",
            "en": "guardian or relative in charge",
        }
    )
    partner = Relation["Person"](
        labels={"es": "cónyuge o conviviente", "pt": "cônjuge ou companheiro", "en": "spouse or partner"}
    )
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """The persons who live together."""


consistency = (
    older(Person, Person.mother, Person.age),
    older(Person, Person.father, Person.age),
    distinct(Person, Person.mother, Person.father),
    no_circle(Person, Person.mother, Person.father),
    mutual(Person, Person.partner),
)
