"""Figures of the solidarity pensions: PBS and APS until January 2022, PGU from February 2022."""

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

S47 = "S47: biobiochile.cl 10-Aug-2016"
AAFP = "S47: aafp.cl 31-Jul-2018"
TRIBUTARIO = "tributariolaboral.cl w3-article-120269 (values until June 2018)"
TERCERA = "S47: latercera.com 1-Jul-2019 (733275)"
LEY_20255 = "Ley 20.255, bcn.cl idNorma=269892, summary"
LEY_21190 = "Ley 21.190, bcn.cl idNorma=1139680, summary"
LEY_21419 = "Ley 21.419 art. 9, scribd.com/document/631039605"
JULY_2022 = "chile.md D.5 (upper limit read in redimin)"
SUPERINTENDENCE = "madero.cl and Superintendencia de Pensiones, January 2024 (values before and after)"
S48 = "S48: elcomercio 29-Aug-2025; mega.cl 187710"
S48_2026 = "S48: latercera.com 9-Jan-2026; radioalborada 20-Feb-2026"

BETWEEN_2010_AND_2015 = "raised every July; the figures of 2010 to 2014 were not found"
EARLY_2017 = "the rise between July 2016 and July 2017 is larger than prices; its date was not found"
BY_AGE = "Ley 21.190 raises the figures by age from December 2019 and changes the supplement; not modelled"
NEXT_FEBRUARY = "raised every February with prices; not yet known"

old_age = parameter.count(
    "pension_solidaria.old_age",
    value("2008-07-01", 65, "Ley 20.255 art. 3 a; Ley 21.419 art. 10 a"),
    labels={"es": "Edad", "pt": "Idade", "en": "Age"},
)
years_resident = parameter.count(
    "pension_solidaria.years_resident",
    value("2008-07-01", 20, "Ley 20.255 art. 3 c; Ley 21.419 art. 10 c"),
    labels={
        "es": "Años de residencia desde los 20 años de edad",
        "pt": "Anos de residência desde os 20 anos de idade",
        "en": "Years of residence since the age of 20",
    },
)
years_of_last_5 = parameter.count(
    "pension_solidaria.years_of_last_5",
    value("2008-07-01", 4, "Ley 20.255 art. 3 c; Ley 21.419 art. 10 c"),
    labels={
        "es": "Años de residencia en los últimos cinco",
        "pt": "Anos de residência nos últimos cinco",
        "en": "Years of residence in the last five",
    },
)
poorest_share = parameter.count(
    "pension_solidaria.poorest_share",
    value("2008-07-01", None, LEY_20255, note="the law began with a smaller share and raised it; not found"),
    value("2011-07-01", 60, "Ley 20.255 art. 3 b", TO_BE_CHECKED, note="the share is verified, its first day is not"),
    value("2015-07-01", 60, "Ley 20.255 art. 3 b, abogadogratis.cl; S47"),
    labels={
        "es": "Parte más pobre de la población, en %",
        "pt": "Parte mais pobre da população, em %",
        "en": "Poorest part of the population, in %",
    },
)
basic_pension = parameter.money(
    "pension_solidaria.basic_pension",
    CLP,
    value("2008-07-01", 60_000, LEY_20255),
    value("2009-07-01", 75_000, LEY_20255),
    value("2010-07-01", None, LEY_20255, note=BETWEEN_2010_AND_2015),
    value("2015-07-01", 89_764, S47, note="given as the value until June 2016"),
    value("2016-07-01", 93_543, S47),
    value("2017-01-01", None, S47, note=EARLY_2017),
    value("2017-07-01", 104_646, TRIBUTARIO, DERIVED, note="read until June 2018; starts in July, as every year"),
    value("2018-07-01", 107_304, AAFP),
    value("2019-07-01", 110_201, TERCERA),
    value("2019-12-01", None, LEY_21190, note=BY_AGE),
    labels={
        "es": "Pensión Básica Solidaria (PBS)",
        "pt": "Pensão Básica Solidária (PBS)",
        "en": "Basic solidarity pension (PBS)",
    },
)
highest_pension = parameter.money(
    "pension_solidaria.highest_pension",
    CLP,
    value("2008-07-01", None, LEY_20255, note="the figures before July 2015 were not found"),
    value("2015-07-01", 291_778, S47, note="given as the value until June 2016"),
    value("2016-07-01", 304_062, S47),
    value("2017-01-01", None, S47, note=EARLY_2017),
    value("2017-07-01", 309_231, TRIBUTARIO, DERIVED, note="read until June 2018; starts in July, as every year"),
    value("2018-07-01", 317_085, AAFP),
    value("2019-07-01", 325_646, TERCERA),
    value("2019-12-01", None, LEY_21190, note=BY_AGE),
    labels={
        "es": "Pensión Máxima con Aporte Solidario (PMAS)",
        "pt": "Pensão máxima com aporte solidário (PMAS)",
        "en": "Highest pension with a supplement (PMAS)",
    },
)

largest_amount = parameter.money(
    "pension_solidaria.largest_amount",
    CLP,
    value("2022-02-01", 185_000, LEY_21419),
    value("2022-07-01", 193_917, JULY_2022, TO_BE_CHECKED),
    value("2023-02-01", 206_173, SUPERINTENDENCE, DERIVED, note="read for 2023; starts in February, as every year"),
    value("2024-02-01", 214_296, SUPERINTENDENCE),
    value("2025-02-01", 224_004, S48),
    value("2026-02-01", 231_732, S48_2026),
    value("2027-02-01", None, S48_2026, note=NEXT_FEBRUARY),
    labels={"es": "Monto máximo de la PGU", "pt": "Valor máximo da PGU", "en": "Largest amount of the PGU"},
)
senior_amount = parameter.money(
    "pension_solidaria.senior_amount",
    CLP,
    value("2025-09-01", 250_000, S48),
    value("2026-02-01", 250_275, S48_2026),
    value("2027-02-01", None, S48_2026, note=NEXT_FEBRUARY),
    labels={
        "es": "Monto máximo de la PGU para los mayores",
        "pt": "Valor máximo da PGU para os mais velhos",
        "en": "Largest amount of the PGU for the oldest",
    },
)
senior_age = parameter.count(
    "pension_solidaria.senior_age",
    value("2025-09-01", 82, S48),
    value("2026-09-01", 75, S48),
    value("2027-09-01", 65, S48),
    labels={
        "es": "Edad desde la que rige el monto mayor",
        "pt": "Idade a partir da qual vale o valor maior",
        "en": "Age from which the larger amount applies",
    },
)
lower_limit = parameter.money(
    "pension_solidaria.lower_limit",
    CLP,
    value("2022-02-01", 630_000, LEY_21419),
    value("2022-07-01", 660_366, JULY_2022, DERIVED, note="0.63 of the upper limit, as in the law"),
    value("2023-02-01", 702_101, SUPERINTENDENCE, DERIVED, note="read for 2023; starts in February, as every year"),
    value("2024-02-01", 729_764, SUPERINTENDENCE),
    value("2025-02-01", 762_822, S48),
    value("2026-02-01", 789_139, S48_2026),
    value("2027-02-01", None, S48_2026, note=NEXT_FEBRUARY),
    labels={
        "es": "Pensión inferior: hasta ella se paga el máximo",
        "pt": "Pensão inferior: até ela se paga o máximo",
        "en": "Lower pension: up to it the largest amount is paid",
    },
)
upper_limit = parameter.money(
    "pension_solidaria.upper_limit",
    CLP,
    value("2022-02-01", 1_000_000, LEY_21419),
    value("2022-07-01", 1_048_200, "redimin; meganoticias.cl 17-Oct-2023 (428511)", VERIFIED),
    value("2023-02-01", 1_114_446, SUPERINTENDENCE, DERIVED, note="read for 2023; starts in February, as every year"),
    value("2024-02-01", 1_158_355, SUPERINTENDENCE),
    value("2025-02-01", 1_210_828, S48),
    value("2026-02-01", 1_252_602, S48_2026),
    value("2027-02-01", None, S48_2026, note=NEXT_FEBRUARY),
    labels={
        "es": "Pensión superior: desde ella no se paga",
        "pt": "Pensão superior: a partir dela não se paga",
        "en": "Upper pension: from it on nothing is paid",
    },
)
