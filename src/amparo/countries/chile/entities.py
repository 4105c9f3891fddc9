"""What Chilean programmes ask about a person and a household.

A parent, spouse or child counts in a rule when they live in the household. Whoever lives elsewhere and claims the
same person is known only to the national register of family benefits (SIAGF): that is `claimed_elsewhere`.
"""

from amparo.expr import Bool, Category, Count, Currency, Dwelling, HouseholdView, Input, Money, PersonView, Relation

CLP = Currency("CLP", 0, "$")

REGISTERS = ("register", "document")
CERTIFIED = ("register", "document", "professional")


class Person(PersonView):
    """A member of the household."""

    age = Input(
        Count,
        low=0,
        high=120,
        labels={"es": "Edad en años cumplidos", "pt": "Idade em anos completos", "en": "Age in completed years"},
    )
    age_on_31_december = Input(
        Count,
        low=0,
        high=121,
        labels={
            "es": "Edad al 31 de diciembre de este año",
            "pt": "Idade em 31 de dezembro deste ano",
            "en": "Age on 31 December of this year",
        },
    )
    sex = Input(
        Category,
        categories=("female", "male"),
        labels={"es": "Sexo", "pt": "Sexo", "en": "Sex"},
    )
    pregnancy_month = Input(
        Count,
        low=0,
        high=10,
        labels={
            "es": "Mes de embarazo en curso (0 si no está embarazada)",
            "pt": "Mês de gravidez em curso (0 se não está grávida)",
            "en": "Current month of pregnancy (0 if not pregnant)",
        },
        sources=("document", "professional"),
    )
    married = Input(
        Bool,
        labels={
            "es": "Tiene matrimonio vigente",
            "pt": "É casada ou casado",
            "en": "Is married",
        },
    )
    student = Input(
        Bool,
        labels={
            "es": "Es estudiante regular",
            "pt": "É estudante regular",
            "en": "Is a regular student",
        },
    )
    health_control = Input(
        Bool,
        labels={
            "es": "Tiene al día sus controles de salud",
            "pt": "Está em dia com o acompanhamento de saúde",
            "en": "Is up to date with health check-ups",
        },
        sources=CERTIFIED,
    )
    disabled = Input(
        Bool,
        labels={
            "es": "Tiene una invalidez declarada",
            "pt": "Tem invalidez declarada",
            "en": "Has a declared invalidity",
        },
        sources=CERTIFIED,
    )
    mental_disability = Input(
        Bool,
        labels={
            "es": "Tiene una discapacidad mental según la ley 18.600",
            "pt": "Tem deficiência mental segundo a lei 18.600",
            "en": "Has a mental disability under law 18.600",
        },
        sources=CERTIFIED,
    )
    disability_pension = Input(
        Bool,
        labels={
            "es": "Recibe una pensión de invalidez",
            "pt": "Recebe uma pensão por invalidez",
            "en": "Receives a disability pension",
        },
        sources=REGISTERS,
    )
    formal_worker = Input(
        Bool,
        labels={
            "es": "Trabaja con cotizaciones previsionales",
            "pt": "Trabalha com contribuição previdenciária",
            "en": "Works with social security contributions",
        },
    )
    earnings = Input(
        Money,
        currency=CLP,
        low=0,
        labels={
            "es": "Ingreso mensual bruto del trabajo",
            "pt": "Renda mensal bruta do trabalho",
            "en": "Gross monthly earnings from work",
        },
    )
    base_pension = Input(
        Money,
        currency=CLP,
        low=0,
        labels={
            "es": "Pensión base: pensiones contributivas y de sobrevivencia, al mes",
            "pt": "Pensão base: pensões contributivas e por morte, por mês",
            "en": "Base pension: contributory and survivor pensions, a month",
        },
        sources=REGISTERS,
    )
    years_resident = Input(
        Count,
        low=0,
        high=120,
        labels={
            "es": "Años de residencia en Chile desde los 20 años de edad",
            "pt": "Anos de residência no Chile desde os 20 anos de idade",
            "en": "Years of residence in Chile since the age of 20",
        },
    )
    years_resident_of_last_5 = Input(
        Count,
        low=0,
        high=5,
        labels={
            "es": "Años de residencia en Chile en los últimos cinco",
            "pt": "Anos de residência no Chile nos últimos cinco",
            "en": "Years of residence in Chile in the last five",
        },
    )
    claimed_elsewhere = Input(
        Bool,
        labels={
            "es": "Otra persona de otro hogar ya cobra por ella un subsidio o una asignación familiar (SIAGF)",
            "pt": "Alguém de outro domicílio já recebe por ela um subsídio ou salário-família (SIAGF)",
            "en": "Somebody in another household already draws a family benefit for the person (SIAGF)",
        },
        sources=("register",),
    )
    mother = Relation["Person"](labels={"es": "Madre", "pt": "Mãe", "en": "Mother"})
    father = Relation["Person"](labels={"es": "Padre", "pt": "Pai", "en": "Father"})
    partner = Relation["Person"](
        labels={
            "es": "Cónyuge o pareja",
            "pt": "Cônjuge ou companheiro",
            "en": "Spouse or partner",
        }
    )
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """A household of the Registro Social de Hogares: people who share a budget for food."""

    rsh_bracket = Input(
        Count,
        low=1,
        high=100,
        labels={
            "es": "Tramo del Registro Social de Hogares: límite superior, en % (40, 50, … 100)",
            "pt": "Faixa do Registro Social de Lares: limite superior, em % (40, 50, … 100)",
            "en": "Bracket of the Social Register of Households: upper limit, in % (40, 50, … 100)",
        },
        sources=("register",),
    )
    richest_tenth = Input(
        Bool,
        labels={
            "es": "Pertenece al 10 % más rico de los mayores de 65 (Puntaje de Focalización Previsional)",
            "pt": "Pertence aos 10 % mais ricos entre os maiores de 65 (pontuação previdenciária)",
            "en": "Belongs to the richest 10 % of those aged 65 and over (pension targeting score)",
        },
        sources=("register",),
    )
