"""Persons and households as Mexico's programmes see them; the incomes are those of INEGI's own totals."""

from amparo.expr import Bool, Category, Count, Currency, Dwelling, HouseholdView, Input, Money, PersonView, Relation
from amparo.policy import distinct, mutual, no_circle, older

MXN = Currency("MXN", 2, "$")


class Person(PersonView):
    """A member of the household."""

    age = Input(
        Count,
        low=0,
        high=120,
        labels={"es": "edad en años cumplidos", "pt": "idade em anos completos", "en": "age in completed years"},
    )
    sex = Input(Category, categories=("female", "male"), labels={"es": "sexo", "pt": "sexo", "en": "sex"})
    student = Input(Bool, labels={"es": "asiste a la escuela", "pt": "frequenta a escola", "en": "goes to school"})
    disabled = Input(
        Bool,
        labels={
            "es": "tiene una discapacidad permanente",
            "pt": "tem deficiência permanente",
            "en": "has a permanent disability",
        },
    )
    formal_worker = Input(
        Bool,
        labels={
            "es": "trabaja con ahorro para el retiro (SAR o AFORE)",
            "pt": "trabalha com poupança para a aposentadoria (SAR ou AFORE)",
            "en": "works with retirement savings (SAR or AFORE)",
        },
    )
    earnings = Input(
        Money,
        currency=MXN,
        low=0,
        labels={
            "es": "ingreso monetario mensual de trabajos y negocios",
            "pt": "renda monetária mensal de trabalhos e negócios",
            "en": "monthly money income from jobs and business",
        },
    )
    pension = Input(
        Money,
        currency=MXN,
        low=0,
        labels={
            "es": "jubilaciones y pensiones, al mes",
            "pt": "aposentadorias e pensões, por mês",
            "en": "retirement and other pensions, a month",
        },
    )
    public_transfers = Input(
        Money,
        currency=MXN,
        low=0,
        labels={
            "es": "becas y beneficios de programas públicos, al mes",
            "pt": "bolsas e benefícios de programas públicos, por mês",
            "en": "scholarships and benefits of public programmes, a month",
        },
    )
    private_transfers = Input(
        Money,
        currency=MXN,
        low=0,
        labels={
            "es": "donativos y remesas, al mes",
            "pt": "doações e remessas, por mês",
            "en": "gifts and remittances, a month",
        },
    )
    property_income = Input(
        Money,
        currency=MXN,
        low=0,
        labels={
            "es": "rentas de la propiedad, al mes",
            "pt": "rendas da propriedade, por mês",
            "en": "income from property, a month",
        },
    )
    mother = Relation["Person"](labels={"es": "madre", "pt": "mãe", "en": "mother"})
    father = Relation["Person"](labels={"es": "padre", "pt": "pai", "en": "father"})
    partner = Relation["Person"](
        labels={"es": "cónyuge o pareja", "pt": "cônjuge ou companheiro", "en": "spouse or partner"}
    )
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """Persons who live together and share what they spend on food."""

    rural = Input(
        Bool,
        labels={
            "es": "vive en una localidad de menos de 2.500 habitantes",
            "pt": "vive em localidade de menos de 2.500 habitantes",
            "en": "lives in a locality of fewer than 2,500 inhabitants",
        },
    )


consistency = (
    older(Person, Person.mother, Person.age),
    older(Person, Person.father, Person.age),
    distinct(Person, Person.mother, Person.father),
    no_circle(Person, Person.mother, Person.father),
    mutual(Person, Person.partner),
)
