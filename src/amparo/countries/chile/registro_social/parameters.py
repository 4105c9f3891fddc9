"""Figures of the socioeconomic classification: needs, brackets of income and values of the means test.

The thresholds of income come from CASEN and are not published: those here only illustrate.
"""

from amparo.countries.chile.entities import CLP
from amparo.expr import TO_BE_CHECKED, Count, Money, Number, value
from amparo.expr import parameters as parameter

FIRST = "2024-06-01"
S37 = "S37: a public calculator of Res. Ex. 82/2024 (id 41315026840), read at second hand"
TABLE_1 = "S37: table 1 of Res. Ex. 82/2024 (id 41559658636), read at second hand"
ILLUSTRATIVE = "illustrative: the official thresholds come from CASEN and are not published"

adult_age = parameter.count(
    "registro_social.adult_age",
    value(FIRST, 18, S37, TO_BE_CHECKED),
    labels={
        "es": "Edad desde la que cuentan los ingresos",
        "pt": "Idade a partir da qual as rendas contam",
        "en": "Age from which income counts",
    },
)
student_age = parameter.count(
    "registro_social.student_age",
    value(FIRST, 24, S37, TO_BE_CHECKED),
    labels={
        "es": "Edad máxima de quien estudia y trabaja",
        "pt": "Idade máxima de quem estuda e trabalha",
        "en": "Highest age of who studies and works",
    },
)
wages_of_a_student = parameter.count(
    "registro_social.wages_of_a_student",
    value(FIRST, 2, "S37; S38: ventanillaunicasocial.gob.cl/registro-social-hogares"),
    labels={
        "es": "Ingresos mínimos que no cuentan a quien estudia y trabaja",
        "pt": "Salários mínimos que não contam a quem estuda e trabalha",
        "en": "Minimum wages that do not count for who studies and works",
    },
)

# ------------------------------------------------------------------ table 1: needs by age and support

LAST_AGES = (5, 14, 17, 59, 74)
GRADES = {
    "none": ("sin necesidad de apoyo", "sem necessidade de apoio", "no need of support"),
    "mild": ("leve", "leve", "mild"),
    "moderate": ("moderada", "moderada", "moderate"),
    "severe": ("severa o NEE", "severa ou NEE", "severe, or special needs"),
}
TABLE = {
    (0, 5): ("0.40", "0.80", "0.80", "0.80"),
    (6, 14): ("0.30", "0.34", "0.52", "0.64"),
    (15, 17): ("0.09", "0.34", "0.52", "0.64"),
    (18, 59): ("0", "0.34", "0.52", "0.64"),
    (60, 74): ("0.61", "0.68", "0.82", "1.01"),
    (75, 120): ("0.75", "0.77", "0.82", "1.01"),
}


def _coefficient(ages: tuple[int, int], grade: str, figure: str) -> Number:
    low, high = ages
    es, pt, en = GRADES[grade]
    return parameter.number(
        f"registro_social.needs_{low}_{high}_{grade}",
        value(FIRST, figure, TABLE_1, TO_BE_CHECKED),
        labels={
            "es": f"Coeficiente de necesidades, {low} a {high} años, {es}",
            "pt": f"Coeficiente de necessidades, {low} a {high} anos, {pt}",
            "en": f"Coefficient of needs, {low} to {high} years, {en}",
        },
    )


def _last_age(age: int) -> Count:
    return parameter.count(
        f"registro_social.last_age_{age}",
        value(FIRST, age, TABLE_1, TO_BE_CHECKED),
        labels={
            "es": f"Última edad del grupo que termina a los {age}",
            "pt": f"Última idade do grupo que termina aos {age}",
            "en": f"Last age of the group that ends at {age}",
        },
    )


last_ages = tuple(_last_age(age) for age in LAST_AGES)
coefficients = tuple(
    {grade: _coefficient(ages, grade, figure) for grade, figure in zip(GRADES, row, strict=True)}
    for ages, row in TABLE.items()
)


def _degree(key: str, figure: int, es: str, pt: str, en: str) -> Count:
    source = "S49: 50 % is severe" if figure == 50 else "general knowledge: the bands of IVADEC-CIF"
    return parameter.count(
        f"registro_social.{key}", value(FIRST, figure, source, TO_BE_CHECKED), labels={"es": es, "pt": pt, "en": en}
    )


mild_percent = _degree(
    "mild_percent", 5, "Discapacidad leve desde, en %", "Deficiência leve desde, em %", "Mild disability from, in %"
)
moderate_percent = _degree(
    "moderate_percent", 25, "Discapacidad moderada desde, en %", "Deficiência moderada desde, em %",
    "Moderate disability from, in %",
)  # fmt: skip
severe_percent = _degree(
    "severe_percent", 50, "Discapacidad severa desde, en %", "Deficiência severa desde, em %",
    "Severe disability from, in %",
)  # fmt: skip

# ------------------------------------------------------------------ brackets


def _bracket(upper: int) -> Count:
    return parameter.count(
        f"registro_social.bracket_{upper}",
        value(FIRST, upper, "S38: ventanillaunicasocial.gob.cl/registro-social-hogares"),
        labels={"es": f"Tramo del {upper} %", "pt": f"Faixa de {upper} %", "en": f"Bracket of {upper} %"},
    )


def _threshold(upper: int, pesos: int) -> Money:
    return parameter.money(
        f"registro_social.threshold_{upper}",
        CLP,
        value(FIRST, pesos, S37, TO_BE_CHECKED, note=ILLUSTRATIVE),
        labels={
            "es": f"Ingreso corregido más alto del tramo del {upper} % (ilustrativo)",
            "pt": f"Renda corrigida mais alta da faixa de {upper} % (ilustrativa)",
            "en": f"Highest adjusted income of the bracket of {upper} % (illustrative)",
        },
    )


bracket_40, bracket_50, bracket_60, bracket_70, bracket_80, bracket_90, bracket_100 = (
    _bracket(upper) for upper in (40, 50, 60, 70, 80, 90, 100)
)
thresholds = tuple(
    _threshold(upper, pesos)
    for upper, pesos in {40: 82_174, 50: 136_382, 60: 214_052, 70: 340_205, 80: 559_341, 90: 1_043_790}.items()
)

# ------------------------------------------------------------------ means test


def _means(key: str, figure: int, es: str, pt: str, en: str) -> Count:
    return parameter.count(
        f"registro_social.{key}", value(FIRST, figure, S37, TO_BE_CHECKED), labels={"es": es, "pt": pt, "en": en}
    )


high_percentile = _means(
    "high_percentile", 80, "Percentil sobre el que un bien es de alto valor",
    "Percentil acima do qual um bem é de alto valor", "Percentile above which a good is of high value",
)  # fmt: skip
very_high_percentile = _means(
    "very_high_percentile", 95, "Percentil sobre el que un bien es de muy alto valor",
    "Percentil acima do qual um bem é de valor muito alto", "Percentile above which a good is of very high value",
)  # fmt: skip
many_vessels = _means(
    "many_vessels", 3, "Naves menores que son de muy alto valor", "Embarcações pequenas que são de valor muito alto",
    "Small vessels that are of very high value",
)  # fmt: skip
parent_high = _means(
    "parent_high", 78, "Percentil de alto ingreso de padre o madre ausente",
    "Percentil de renda alta de pai ou mãe ausente", "Percentile of high income of an absent parent",
)  # fmt: skip
parent_very_high = _means(
    "parent_very_high", 91, "Percentil de muy alto ingreso de padre o madre ausente",
    "Percentil de renda muito alta de pai ou mãe ausente", "Percentile of very high income of an absent parent",
)  # fmt: skip
school_fee = parameter.money(
    "registro_social.school_fee",
    CLP,
    value(FIRST, 100_000, S37, TO_BE_CHECKED),
    labels={
        "es": "Mensualidad escolar de alto valor",
        "pt": "Mensalidade escolar de alto valor",
        "en": "School fee of high value",
    },
)
