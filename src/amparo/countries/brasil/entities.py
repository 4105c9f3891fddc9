"""What Brazilian programmes ask about a person and a household.

A household here is a family of the Cadastro Único: people who live together and share income or expenses. The family
of the BPC is smaller, and is drawn inside it around each applicant from the relations below.
"""

from amparo.expr import Bool, Category, Count, Currency, Dwelling, HouseholdView, Input, Money, PersonView, Relation
from amparo.policy import consistent, distinct, mutual, no_circle, older

BRL = Currency("BRL", 2, "R$")

REGISTERS = ("register", "document")


class Person(PersonView):
    """A member of the household."""

    age = Input(
        Count,
        low=0,
        high=120,
        labels={"es": "Edad en años cumplidos", "pt": "Idade em anos completos", "en": "Age in completed years"},
    )
    # No rule reads it: results are shown by sex, and the woman is the preferred payee.
    sex = Input(
        Category,
        categories=("female", "male"),
        labels={"es": "Sexo", "pt": "Sexo", "en": "Sex"},
        optional=True,
        names={
            "female": {"es": "mujer", "pt": "mulher", "en": "female"},
            "male": {"es": "hombre", "pt": "homem", "en": "male"},
        },
    )
    disabled = Input(
        Bool,
        labels={
            "es": "Tiene una discapacidad de larga duración (dos años o más), evaluada",
            "pt": "Tem deficiência com impedimento de longo prazo (dois anos ou mais), avaliada",
            "en": "Has a long-term disability (two years or more), assessed",
        },
        sources=("register", "document", "professional"),
    )
    single = Input(
        Bool,
        labels={
            "es": "Es soltera o soltero (sin matrimonio ni unión estable, actual o pasado)",
            "pt": "É solteira ou solteiro (sem casamento nem união estável, atual ou passado)",
            "en": "Is single (no marriage or stable union, present or past)",
        },
    )
    pregnant = Input(
        Bool,
        labels={"es": "Está embarazada", "pt": "Está grávida", "en": "Is pregnant"},
        sources=("self-report", "register", "document", "professional"),
    )
    nursing = Input(
        Bool,
        labels={"es": "Amamanta a su bebé", "pt": "É nutriz (amamenta)", "en": "Is a nursing mother"},
        sources=("self-report", "register", "document", "professional"),
    )
    in_school = Input(
        Bool,
        labels={
            "es": "Está matriculada en la escuela",
            "pt": "Está matriculada na escola",
            "en": "Is enrolled in school",
        },
        changes="both",
        act={
            "es": "la escuela informa la matrícula",
            "pt": "a escola informa a matrícula",
            "en": "the school reports enrolment",
        },
    )
    formal_worker = Input(
        Bool,
        labels={
            "es": "Tiene empleo registrado, con aportes a la seguridad social (doméstico, desde octubre de 2015)",
            "pt": "Tem emprego com carteira assinada e contribuição ao INSS (doméstico, desde outubro de 2015)",
            "en": "Is a registered employee with social security contributions (domestic workers, since October 2015)",
        },
        changes="up",
    )
    earnings = Input(
        Money,
        currency=BRL,
        low=0,
        labels={
            "es": "Ingreso mensual bruto del trabajo (sin becas de pasantía ni contratos de aprendiz)",
            "pt": "Renda mensal bruta do trabalho (sem bolsa de estágio nem contrato de aprendizagem)",
            "en": "Gross monthly earnings from work (without internship grants or apprenticeship pay)",
        },
        changes="both",
    )
    pension = Input(
        Money,
        currency=BRL,
        low=0,
        labels={
            "es": "Jubilación, pensión u otro beneficio de la seguridad social, al mes (no el BPC)",
            "pt": "Aposentadoria, pensão ou outro benefício da seguridade social, por mês (não o BPC)",
            "en": "Retirement, survivor's or other social security benefit, a month (not the BPC)",
        },
        sources=REGISTERS,
        changes="both",
    )
    other_income = Input(
        Money,
        currency=BRL,
        low=0,
        labels={
            "es": "Otros ingresos regulares, al mes (sin transferencias de asistencia ni beneficios eventuales)",
            "pt": "Outras rendas regulares, por mês (sem transferências de assistência nem benefícios eventuais)",
            "en": "Other regular income, a month (without assistance transfers or occasional benefits)",
        },
        changes="both",
    )
    receives_bpc = Input(
        Bool,
        labels={
            "es": "Ya recibe el BPC, concedido en un mes anterior",
            "pt": "Já recebe o BPC, concedido em mês anterior",
            "en": "Already receives the BPC, granted in an earlier month",
        },
        sources=REGISTERS,
        changes="both",
    )
    siblings = Input(
        Count,
        low=0,
        high=99,
        labels={
            "es": "Número común de los hermanos y hermanas que viven en el hogar (0 si no tiene)",
            "pt": "Número comum dos irmãos e irmãs que vivem no domicílio (0 se não tem)",
            "en": "Number shared by the brothers and sisters who live in the household (0 without any)",
        },
    )
    tax_dependants = Input(
        Count,
        low=0,
        high=99,
        labels={
            "es": "Dependientes que declara para el impuesto a la renta",
            "pt": "Dependentes que declara para o imposto de renda",
            "en": "Dependants declared for the income tax",
        },
        changes="both",
    )
    mother = Relation["Person"](labels={"es": "Madre", "pt": "Mãe", "en": "Mother"})
    father = Relation["Person"](labels={"es": "Padre", "pt": "Pai", "en": "Father"})
    step_parent = Relation["Person"](
        labels={
            "es": "Madrastra o padrastro, cuando falta la madre o el padre",
            "pt": "Madrasta ou padrasto, na ausência da mãe ou do pai",
            "en": "Step-parent, where the mother or the father is absent",
        }
    )
    partner = Relation["Person"](
        labels={"es": "Cónyuge o conviviente", "pt": "Cônjuge ou companheiro", "en": "Spouse or partner"}
    )
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """A family of the Cadastro Único: one dwelling, shared income or expenses."""

    cadunico = Input(
        Bool,
        labels={
            "es": "La familia está inscrita en el Cadastro Único, con datos al día",
            "pt": "A família está inscrita no Cadastro Único, com dados atualizados",
            "en": "The family is registered in the Cadastro Único, up to date",
        },
        sources=("self-report", "register"),
        changes="both",
        act={
            "es": "la familia se inscribe o actualiza sus datos en el CRAS",
            "pt": "a família se inscreve ou atualiza os dados no CRAS",
            "en": "the family registers, or brings its data up to date, at the CRAS office",
        },
    )


@consistent(
    es="un hombre figura como embarazado",
    pt="um homem consta como grávido",
    en="a man is registered as pregnant",
)
def no_man_is_pregnant(person: Person) -> Bool:
    """Who is pregnant and registered as a man leaves the sex out, or corrects it."""
    return (person.sex == "female") | ~person.pregnant


@consistent(
    es="figura como soltera o soltero y vive con su cónyuge o conviviente",
    pt="consta como solteira ou solteiro e vive com cônjuge ou companheiro",
    en="is registered as single and has a spouse or partner",
)
def nobody_single_has_a_partner(person: Person) -> Bool:
    """Single is who never had a spouse or partner."""
    return ~(person.single & person.partner.exists)


consistency = (
    no_man_is_pregnant,
    nobody_single_has_a_partner,
    older(Person, Person.mother, Person.age),
    older(Person, Person.father, Person.age),
    distinct(Person, Person.mother, Person.father),
    no_circle(Person, Person.mother, Person.father),
    mutual(Person, Person.partner),
)
