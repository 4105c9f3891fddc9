"""Figures of Bolsa Família, with their dates, sources and confidence."""

from amparo.countries.brasil.entities import BRL
from amparo.expr import TO_BE_CHECKED, VERIFIED, Money, value
from amparo.expr import parameters as parameter
from amparo.expr.parameters import Value

DECRETO_8232 = "BR-2015, Decreto 8.232/2014, http://planalto.gov.br/CCiVil_03/_Ato2011-2014/2014/Decreto/D8232.htm"
LEI_14601 = (
    "BR-L14601, Lei 14.601/2023, https://legjur.com/legislacao/nivel/lei_00146012023/capitulo-ii-do-programa-"
    "bolsa-familia-secao-iii-dos-beneficios-financeiros"
)
LEI_14601_ART_6 = "Lei 14.601/2023, art. 6, https://jurishand.com/lei-14601-de-19-junho-2023/artigo-6"
PORTARIA_1084 = (
    "BR-RP, Portaria MDS 1.084/2025, https://exame.com/brasil/governo-reduz-tempo-de-permanencia-no-bolsa-familia-"
    "em-casos-de-aumento-de-renda/"
)


def of_2014(key: str, figure: int | str, es: str, pt: str, en: str) -> Money:
    """Declare an amount of Decreto 8.232/2014, which Decreto 8.794/2016 replaced by one not transcribed here."""
    later: Value = value(
        "2016-07-01",
        None,
        "Decreto 8.794/2016 and its successors",
        TO_BE_CHECKED,
        until="2021-11-01",
        note="raised by Decreto 8.794/2016, Decreto 9.396/2018 and Decreto 10.851/2021, not transcribed here",
    )
    return parameter.money(
        f"bolsa_familia.{key}",
        BRL,
        value("2014-06-01", figure, DECRETO_8232, VERIFIED),
        later,
        labels={"es": es, "pt": pt, "en": en},
    )


# ------------------------------------------------------------------ Lei 10.836/2004, Decreto 8.232/2014

extreme_poverty_line = of_2014(
    "extreme_poverty_line",
    77,
    "Línea de extrema pobreza, por persona",
    "Linha de extrema pobreza, por pessoa",
    "Extreme poverty line, per person",
)
former_poverty_line = of_2014(
    "former_poverty_line",
    154,
    "Línea de pobreza, por persona (Ley 10.836/2004)",
    "Linha de pobreza, por pessoa (Lei 10.836/2004)",
    "Poverty line, per person (Law 10.836/2004)",
)
basic_amount = of_2014("basic_amount", 77, "Beneficio básico", "Benefício básico", "Basic benefit")
variable_amount = of_2014(
    "variable_amount", 35, "Beneficio variable, por persona", "Benefício variável, por pessoa", "Variable benefit, each"
)
adolescent_amount = of_2014(
    "adolescent_amount",
    42,
    "Beneficio variable del adolescente, por persona",
    "Benefício variável vinculado ao adolescente, por pessoa",
    "Variable benefit for adolescents, each",
)
overcoming_threshold = of_2014(
    "overcoming_threshold",
    "77.01",
    "Ingreso por persona que el beneficio de superación asegura",
    "Renda por pessoa que o benefício de superação assegura",
    "Income per person that the supplement against extreme poverty secures",
)
variable_maximum = parameter.count(
    "bolsa_familia.variable_maximum",
    value("2014-06-01", 5, DECRETO_8232, VERIFIED, until="2021-11-01", note="The decree writes it as R$ 175."),
    labels={
        "es": "Máximo de beneficios variables por familia",
        "pt": "Máximo de benefícios variáveis por família",
        "en": "Most variable benefits in a family",
    },
)
adolescent_maximum = parameter.count(
    "bolsa_familia.adolescent_maximum",
    value("2014-06-01", 2, DECRETO_8232, VERIFIED, until="2021-11-01", note="The decree writes it as R$ 84."),
    labels={
        "es": "Máximo de beneficios de adolescentes por familia",
        "pt": "Máximo de benefícios de adolescentes por família",
        "en": "Most adolescent benefits in a family",
    },
)

# ------------------------------------------------------------------ Lei 14.601/2023

poverty_line = parameter.money(
    "bolsa_familia.poverty_line",
    BRL,
    value(
        "2023-03-02",
        218,
        "BR-14601R, https://rondoniadigital.com/noticia/11423/sancionada-lei-que-recria-o-programa-bolsa-familia",
        VERIFIED,
    ),
    labels={
        "es": "Línea de pobreza, por persona",
        "pt": "Linha de pobreza, por pessoa",
        "en": "Poverty line, per person",
    },
)
citizenship_amount = parameter.money(
    "bolsa_familia.citizenship_amount",
    BRL,
    value("2023-06-01", 142, LEI_14601, VERIFIED),
    labels={
        "es": "Renta de ciudadanía, por integrante",
        "pt": "Renda de cidadania, por integrante",
        "en": "Citizenship income, each member",
    },
)
household_floor = parameter.money(
    "bolsa_familia.household_floor",
    BRL,
    value("2023-06-01", 600, LEI_14601, VERIFIED),
    labels={"es": "Piso por familia", "pt": "Piso por família", "en": "Household floor"},
)
early_childhood_amount = parameter.money(
    "bolsa_familia.early_childhood_amount",
    BRL,
    value("2023-03-01", 150, LEI_14601, VERIFIED),
    labels={
        "es": "Beneficio de primera infancia, por niño",
        "pt": "Benefício primeira infância, por criança",
        "en": "Early childhood benefit, each child",
    },
)
family_variable_amount = parameter.money(
    "bolsa_familia.family_variable_amount",
    BRL,
    value("2023-06-01", 50, LEI_14601, VERIFIED),
    labels={
        "es": "Beneficio variable familiar, por persona",
        "pt": "Benefício variável familiar, por pessoa",
        "en": "Family variable benefit, each",
    },
)

# ------------------------------------------------------------------ protection rule

protection_share = parameter.number(
    "bolsa_familia.protection_share",
    value("2023-06-01", "0.5", LEI_14601_ART_6, VERIFIED),
    labels={
        "es": "Parte del beneficio durante la protección",
        "pt": "Parte do benefício durante a proteção",
        "en": "Share of the benefit under protection",
    },
)
former_protection_share_of_wage = parameter.number(
    "bolsa_familia.former_protection_share_of_wage",
    value("2023-06-01", "0.5", LEI_14601_ART_6, VERIFIED),
    labels={
        "es": "Límite de la protección, en salarios mínimos por persona (hasta mayo de 2025)",
        "pt": "Limite da proteção, em salários mínimos por pessoa (até maio de 2025)",
        "en": "Limit of protection, in minimum wages per person (until May 2025)",
    },
)
protection_line = parameter.money(
    "bolsa_familia.protection_line",
    BRL,
    value("2025-06-01", 706, PORTARIA_1084, VERIFIED),
    labels={
        "es": "Límite de la protección, por persona",
        "pt": "Limite da proteção, por pessoa",
        "en": "Limit of protection, per person",
    },
)
protection_months = parameter.months(
    "bolsa_familia.protection_months",
    value("2023-06-01", 24, LEI_14601_ART_6, VERIFIED),
    value(
        "2025-06-01",
        12,
        PORTARIA_1084,
        VERIFIED,
        note="Sources differ on whether it begins with June or with July 2025; June is taken, as in six_countries.md.",
    ),
    labels={
        "es": "Meses de protección",
        "pt": "Meses de proteção",
        "en": "Months of protection",
    },
)
protection_months_stable = parameter.months(
    "bolsa_familia.protection_months_stable",
    value("2025-06-01", 2, PORTARIA_1084, VERIFIED),
    labels={
        "es": "Meses de protección con ingreso estable",
        "pt": "Meses de proteção com renda estável",
        "en": "Months of protection with a stable income",
    },
)
