"""Figures of the disability subsidy for those under 18: its amount is half of the largest PGU."""

from amparo.expr import TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

S49 = "S49: portaltrabajo.cl, 2025; meganoticias.cl 25-Oct-2025; encancha.cl, 2023"

share_of_pgu = parameter.number(
    "subsidio_discapacidad.share_of_pgu",
    value(
        "2022-02-01",
        "0.5",
        "S49 (chile.md D.6): 103,086 in 2023, 112,002 in 2025, 125,000 from September 2025",
        VERIFIED,
        note="the relation is derived from these three amounts, which it gives to the peso when truncated",
    ),
    labels={
        "es": "Parte del monto máximo de la PGU",
        "pt": "Parte do valor máximo da PGU",
        "en": "Share of the largest PGU",
    },
)
age_limit = parameter.count(
    "subsidio_discapacidad.age_limit",
    value("2022-02-01", 18, S49),
    labels={
        "es": "Edad hasta la que se paga (sin llegar a ella)",
        "pt": "Idade até a qual se paga (sem chegar a ela)",
        "en": "Age below which it is paid",
    },
)
severe_percent = parameter.count(
    "subsidio_discapacidad.severe_percent",
    value("2022-02-01", 50, S49),
    labels={
        "es": "Grado de discapacidad que se pide, en %",
        "pt": "Grau de deficiência que se pede, em %",
        "en": "Degree of disability asked for, in %",
    },
)
rsh_limit = parameter.count(
    "subsidio_discapacidad.rsh_limit",
    value("2022-02-01", 60, S49),
    labels={
        "es": "Tramo más alto que da derecho",
        "pt": "Faixa mais alta que dá direito",
        "en": "Highest bracket that gives right",
    },
)
years_resident = parameter.count(
    "subsidio_discapacidad.years_resident",
    value("2022-02-01", 3, S49, TO_BE_CHECKED, note="how it is asked of a child under three was not found"),
    labels={
        "es": "Años seguidos de residencia",
        "pt": "Anos seguidos de residência",
        "en": "Years of unbroken residence",
    },
)
