"""What Chilean programmes ask about a person and a household.

A parent, spouse or child counts in a rule when they live in the household. Whoever lives elsewhere and claims the
same person is known only to the national register of family benefits (SIAGF): that is `claimed_elsewhere`.
"""

from amparo.expr import Bool, Category, Count, Currency, Dwelling, HouseholdView, Input, Money, PersonView, Relation
from amparo.policy import consistent, distinct, mutual, no_circle, older

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
        names={
            "female": {"es": "mujer", "pt": "mulher", "en": "female"},
            "male": {"es": "hombre", "pt": "homem", "en": "male"},
        },
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
        changes="both",
        act={
            "es": "un certificado de alumno regular lo acredita",
            "pt": "um atestado de matrícula comprova",
            "en": "a certificate of enrolment proves it",
        },
    )
    school_attendance = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Asistencia escolar del mes en enseñanza básica o media, en % (0 si no va)",
            "pt": "Frequência escolar do mês no ensino básico ou médio, em % (0 se não vai)",
            "en": "School attendance of the month in basic or secondary education, in % (0 if none)",
        },
        sources=REGISTERS,
        changes="both",
        act={
            "es": "el establecimiento informa la asistencia cada mes",
            "pt": "a escola informa a frequência a cada mês",
            "en": "the school reports attendance every month",
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
        changes="both",
        act={
            "es": "el control al día lo registra el centro de salud o lo acredita el carné",
            "pt": "o acompanhamento em dia é registrado pelo centro de saúde ou comprovado pela caderneta",
            "en": "the health centre records the check-up, or the health booklet proves it",
        },
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
        changes="both",
    )
    formal_worker = Input(
        Bool,
        labels={
            "es": "Trabaja con cotizaciones previsionales",
            "pt": "Trabalha com contribuição previdenciária",
            "en": "Works with social security contributions",
        },
        changes="up",
        act={
            "es": "las cotizaciones pagadas lo acreditan",
            "pt": "as contribuições pagas comprovam",
            "en": "the contributions paid prove it",
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
        changes="both",
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
        changes="both",
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
    capital_income = Input(
        Money,
        currency=CLP,
        low=0,
        labels={
            "es": "Ingreso mensual de capital: arriendos, intereses, dividendos",
            "pt": "Renda mensal do capital: aluguéis, juros, dividendos",
            "en": "Monthly income from capital: rents, interest, dividends",
        },
        changes="both",
    )
    disability_percent = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Grado de discapacidad certificado, en % (0 si no tiene)",
            "pt": "Grau de deficiência certificado, em % (0 se não tem)",
            "en": "Certified degree of disability, in % (0 if none)",
        },
        sources=CERTIFIED,
    )
    dependency = Input(
        Category,
        categories=("none", "mild", "moderate", "severe"),
        labels={
            "es": "Dependencia según el módulo de salud del RSH (severe: severa o profunda)",
            "pt": "Dependência segundo o módulo de saúde do RSH (severe: severa ou profunda)",
            "en": "Dependency in the health module of the register (severe: severe or profound)",
        },
        changes="both",
        act={
            "es": "la evalúa un profesional y queda en el Registro Social de Hogares",
            "pt": "é avaliada por um profissional e fica no Registro Social de Lares",
            "en": "a professional assesses it and the Social Register records it",
        },
        names={
            "none": {"es": "ninguna", "pt": "nenhuma", "en": "none"},
            "mild": {"es": "leve", "pt": "leve", "en": "mild"},
            "moderate": {"es": "moderada", "pt": "moderada", "en": "moderate"},
            "severe": {"es": "severa o profunda", "pt": "severa ou profunda", "en": "severe or profound"},
        },
    )
    special_needs = Input(
        Bool,
        labels={
            "es": "Tiene necesidades educativas especiales permanentes (NEE)",
            "pt": "Tem necessidades educativas especiais permanentes (NEE)",
            "en": "Has permanent special educational needs",
        },
        sources=CERTIFIED,
    )
    years_of_continuous_residence = Input(
        Count,
        low=0,
        high=120,
        labels={
            "es": "Años seguidos de residencia en Chile hasta hoy",
            "pt": "Anos seguidos de residência no Chile até hoje",
            "en": "Years of unbroken residence in Chile until today",
        },
    )
    head = Input(
        Bool,
        labels={
            "es": "Es jefa o jefe de hogar",
            "pt": "É chefe do domicílio",
            "en": "Is head of the household",
        },
    )
    births_this_month = Input(
        Count,
        low=0,
        high=8,
        labels={
            "es": "Hijos nacidos vivos o adoptados este mes",
            "pt": "Filhos nascidos vivos ou adotados neste mês",
            "en": "Children born alive to, or adopted by, her this month",
        },
        sources=REGISTERS,
    )
    births_before_july_2009 = Input(
        Count,
        low=0,
        high=30,
        labels={
            "es": "Hijos nacidos vivos o adoptados antes de julio de 2009",
            "pt": "Filhos nascidos vivos ou adotados antes de julho de 2009",
            "en": "Children born alive to, or adopted by, her before July 2009",
        },
        sources=REGISTERS,
    )
    severe_dependency_programme = Input(
        Bool,
        labels={
            "es": "Está en el programa de atención domiciliaria por dependencia severa (PADPDS)",
            "pt": "Está no programa de atenção domiciliar por dependência severa (PADPDS)",
            "en": "Is in the home care programme for severe dependency (PADPDS)",
        },
        sources=REGISTERS,
        changes="both",
        act={
            "es": "el centro de salud inscribe en el programa",
            "pt": "o centro de saúde inscreve no programa",
            "en": "the health centre enrols the person",
        },
    )
    institutionalised = Input(
        Bool,
        labels={
            "es": "Vive en un establecimiento de larga estadía",
            "pt": "Vive em instituição de longa permanência",
            "en": "Lives in a long-stay institution",
        },
        changes="both",
    )
    carer_is_relative = Input(
        Bool,
        labels={
            "es": "La persona que la cuida es pariente, por sangre o afinidad",
            "pt": "Quem a cuida é parente, por sangue ou afinidade",
            "en": "The carer is a relative, by blood or affinity",
        },
    )
    electricity_dependent = Input(
        Bool,
        labels={
            "es": "Es paciente electrodependiente inscrito",
            "pt": "É paciente eletrodependente inscrito",
            "en": "Is a registered electricity-dependent patient",
        },
        sources=REGISTERS,
        changes="both",
        act={
            "es": "se inscribe en la empresa eléctrica con certificado médico",
            "pt": "inscreve-se na distribuidora de energia com atestado médico",
            "en": "the electricity company registers the patient with a medical certificate",
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
        changes="both",
        act={
            "es": "cambia cuando se pone fin al otro beneficio en el SIAGF",
            "pt": "muda quando o outro benefício termina no SIAGF",
            "en": "it changes when the other benefit ends in the SIAGF register",
        },
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
    carer = Relation["Person"](
        labels={
            "es": "Persona que la cuida sin pago",
            "pt": "Quem a cuida sem pagamento",
            "en": "Unpaid carer",
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
        changes="both",
        step=10,
        act={
            "es": "el tramo se actualiza en el Registro Social de Hogares cuando cambian los datos del hogar",
            "pt": "a faixa é atualizada no Registro Social de Lares quando mudam os dados do domicílio",
            "en": "the bracket is updated in the Social Register when the household's data change",
        },
    )
    richest_tenth = Input(
        Bool,
        labels={
            "es": "Pertenece al 10 % más rico de los mayores de 65 (Puntaje de Focalización Previsional)",
            "pt": "Pertence aos 10 % mais ricos entre os maiores de 65 (pontuação previdenciária)",
            "en": "Belongs to the richest 10 % of those aged 65 and over (pension targeting score)",
        },
        sources=("register",),
        changes="both",
        act={
            "es": "se revisa con el Puntaje de Focalización Previsional",
            "pt": "é revista com a pontuação previdenciária",
            "en": "it is reviewed with the pension targeting score",
        },
    )
    programme_month = Input(
        Count,
        low=0,
        high=60,
        labels={
            "es": "Mes de acompañamiento en Seguridades y Oportunidades (0 si no participa)",
            "pt": "Mês de acompanhamento em Seguridades y Oportunidades (0 se não participa)",
            "en": "Month of support in Seguridades y Oportunidades (0 if not taking part)",
        },
        sources=REGISTERS,
    )
    health_plan = Input(
        Category,
        categories=("ordinary", "high", "very_high"),
        labels={
            "es": "Valor del plan de salud: ordinary corriente o FONASA, high alto, very_high muy alto",
            "pt": "Valor do plano de saúde: ordinary comum ou FONASA, high alto, very_high muito alto",
            "en": "Value of the health plan: ordinary (or FONASA), high, very_high",
        },
        sources=REGISTERS,
        changes="both",
        names={
            "ordinary": {"es": "corriente o FONASA", "pt": "comum ou FONASA", "en": "ordinary or FONASA"},
            "high": {"es": "alto", "pt": "alto", "en": "high"},
            "very_high": {"es": "muy alto", "pt": "muito alto", "en": "very high"},
        },
    )
    school_fee = Input(
        Money,
        currency=CLP,
        low=0,
        labels={
            "es": "Mensualidad escolar más alta que paga el hogar",
            "pt": "Mensalidade escolar mais alta que o domicílio paga",
            "en": "Highest monthly school fee that the household pays",
        },
        sources=REGISTERS,
        changes="both",
    )
    vehicle_percentile = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Percentil del avalúo de sus vehículos (0 si no tiene)",
            "pt": "Percentil do valor de seus veículos (0 se não tem)",
            "en": "Percentile of the assessed value of its vehicles (0 if none)",
        },
        sources=REGISTERS,
        changes="both",
    )
    large_vessels = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Naves mayores que tiene el hogar",
            "pt": "Embarcações de grande porte do domicílio",
            "en": "Large vessels that the household owns",
        },
        sources=REGISTERS,
        changes="both",
    )
    small_vessels = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Naves menores o deportivas que tiene el hogar",
            "pt": "Embarcações pequenas ou esportivas do domicílio",
            "en": "Small or sport vessels that the household owns",
        },
        sources=REGISTERS,
        changes="both",
    )
    real_estate_percentile = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Percentil del avalúo de sus bienes raíces (0 si no tiene)",
            "pt": "Percentil do valor de seus imóveis (0 se não tem)",
            "en": "Percentile of the assessed value of its real estate (0 if none)",
        },
        sources=REGISTERS,
        changes="both",
    )
    absent_parent_percentile = Input(
        Count,
        low=0,
        high=100,
        labels={
            "es": "Percentil de ingreso del padre o madre ausente de menores de 21, o de 24 si estudian (0 si no hay)",
            "pt": "Percentil de renda do pai ou mãe ausente de menores de 21, ou de 24 se estudam (0 se não há)",
            "en": "Percentile of income of the absent parent of those under 21, or up to 24 if they study (0 if none)",
        },
        sources=REGISTERS,
    )


@consistent(
    es="la edad al 31 de diciembre no es la edad de hoy ni un año más",
    pt="a idade em 31 de dezembro não é a idade de hoje nem um ano a mais",
    en="the age on 31 December is neither today's nor one year more",
)
def ages_agree(person: Person) -> Bool:
    """Between two birthdays there is one 31 December at most."""
    return person.age_on_31_december.between(person.age, person.age + 1)


@consistent(
    es="un hombre figura con embarazo",
    pt="um homem consta como grávido",
    en="a man is registered as pregnant",
)
def no_man_is_pregnant(person: Person) -> Bool:
    """Who is pregnant and registered as a man leaves the sex out, or corrects it."""
    return (person.sex == "female") | (person.pregnancy_month == 0)


@consistent(
    es="más de una persona es jefa o jefe de hogar",
    pt="mais de uma pessoa é chefe do domicílio",
    en="more than one person is head of the household",
)
def one_head(household: Household) -> Bool:
    """A household of the register has one head."""
    return household.members.count(household.members.head) <= 1


consistency = (
    ages_agree,
    no_man_is_pregnant,
    one_head,
    older(Person, Person.mother, Person.age),
    older(Person, Person.father, Person.age),
    distinct(Person, Person.mother, Person.father),
    no_circle(Person, Person.mother, Person.father),
    mutual(Person, Person.partner),
)
