"""Figures of the family and maternal allowance.

The minimum-wage laws rewrite the brackets of Ley 18.987 art. 1 once or twice a year. Where one of those laws was
not found the interval is declared unknown: the figures before it are not carried over it.
"""

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

LEY_20763 = "CL-L20763: Ley 20.763, scribd.com/document/234356759"
RISE_2015 = "CL-L20763: July 2014 table raised by the minimum wage, 241/225"
RISE_2016 = "CL-L20763: July 2014 table raised by the minimum wage, 250/225"
LEY_21112 = "S42: Ley 21.112, bcn.cl idNorma=1123300"
LEY_21283 = "S42: bcn.cl idNorma=1151403"
MOSTRADOR = "El Mostrador, 2021 (first limit and first two amounts only)"
LEY_21456 = "S42: Ley 21.456, bcn.cl idNorma=1176525"
AUGUST_2022 = "redgol.cl 3-Aug-2022; encancha.cl 7-Oct-2022"
JANUARY_2023 = "centralnoticia.cl, 2023"
LEY_21550 = "portaltrabajo.cl on Ley 21.550, 2023"
AUGUST_2023 = "centralnoticia.cl 26-Aug-2023; meganoticias.cl 15-Jul-2024"
SEPTEMBER_2023 = "centralnoticia.cl ?p=214219 (quotes the IPS); portaltrabajo.cl, 2023"
LEY_21685 = "S42: dt.gob.cl w3-article-85651, version of July 2024"
LEY_21751 = "CL-L21751: Ley 21.751, pauta.cl 19-Jun-2025"
JANUARY_2026 = "dt.gob.cl w3-article-85651, version of 2-Jan-2026 (Ley 21.751; Decreto 1156 of Hacienda)"

AFTER_JUNE_2016 = "a later minimum-wage law raised the figures in July 2016; they were not found until August 2018"
AFTER_MARCH_2020 = "Ley 21.112 raises the figures on 1 March 2020 with the minimum wage; the result was not found"
SECOND_AND_THIRD_2021 = "only the first limit and the first two amounts of May 2021 were found"
JANUARY_2022 = "SUSESO circular 3651 announces new values from 1 January 2022; its table was not found"
SUMMER_2023 = "Ley 21.578 raised the limits between May and August 2023; the day was not found"
LIMITS_2023 = "one page keeps these limits from 1 May 2023; another table was in force by 26 August 2023"

first_limit = parameter.money(
    "asignacion_familiar.first_limit",
    CLP,
    value("2014-07-01", 236_094, LEY_20763),
    value("2015-07-01", 252_882, RISE_2015, DERIVED),
    value("2016-01-01", 262_326, RISE_2016, DERIVED),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 302_200, LEY_21112),
    value("2019-03-01", 315_841, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 342_346, LEY_21283),
    value("2021-05-01", 353_356, MOSTRADOR),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 398_443, LEY_21456),
    value("2022-08-01", 419_414, AUGUST_2022),
    value("2023-01-01", 429_899, JANUARY_2023),
    value("2023-05-01", 429_899, LEY_21550, TO_BE_CHECKED, note=LIMITS_2023),
    value("2023-06-01", None, AUGUST_2023, note=SUMMER_2023),
    value("2023-08-01", 515_879, AUGUST_2023),
    value("2023-09-01", 539_328, SEPTEMBER_2023),
    value("2024-07-01", 586_227, LEY_21685),
    value("2025-05-01", 620_251, LEY_21751),
    value("2026-01-01", 631_976, JANUARY_2026),
    labels={
        "es": "Ingreso máximo del primer tramo",
        "pt": "Renda máxima da primeira faixa",
        "en": "Highest income of the first bracket",
    },
)
second_limit = parameter.money(
    "asignacion_familiar.second_limit",
    CLP,
    value("2014-07-01", 344_840, LEY_20763),
    value("2015-07-01", 369_362, RISE_2015, DERIVED),
    value("2016-01-01", 383_156, RISE_2016, DERIVED),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 441_395, LEY_21112),
    value("2019-03-01", 461_320, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 500_033, LEY_21283),
    value("2021-05-01", None, MOSTRADOR, note=SECOND_AND_THIRD_2021),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 581_968, LEY_21456),
    value("2022-08-01", 612_598, AUGUST_2022),
    value("2023-01-01", 627_913, JANUARY_2023),
    value("2023-05-01", 627_913, LEY_21550, TO_BE_CHECKED, note=LIMITS_2023),
    value("2023-06-01", None, AUGUST_2023, note=SUMMER_2023),
    value("2023-08-01", 753_496, AUGUST_2023),
    value("2023-09-01", 787_746, SEPTEMBER_2023),
    value("2024-07-01", 856_247, LEY_21685),
    value("2025-05-01", 905_941, LEY_21751),
    value("2026-01-01", 923_067, JANUARY_2026),
    labels={
        "es": "Ingreso máximo del segundo tramo",
        "pt": "Renda máxima da segunda faixa",
        "en": "Highest income of the second bracket",
    },
)
third_limit = parameter.money(
    "asignacion_familiar.third_limit",
    CLP,
    value("2014-07-01", 537_834, LEY_20763, DERIVED, note="also the limit of the Aporte Familiar Permanente of 2015"),
    value("2015-07-01", 576_080, RISE_2015, DERIVED),
    value("2016-01-01", 597_593, "S46: limit of the Aporte Familiar Permanente of 2016"),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 688_427, LEY_21112),
    value("2019-03-01", 719_502, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 779_882, LEY_21283),
    value("2021-05-01", None, MOSTRADOR, note=SECOND_AND_THIRD_2021),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 907_672, LEY_21456),
    value("2022-08-01", 955_444, AUGUST_2022),
    value("2023-01-01", 979_330, JANUARY_2023),
    value("2023-05-01", 979_330, LEY_21550, TO_BE_CHECKED, note=LIMITS_2023),
    value("2023-06-01", None, AUGUST_2023, note=SUMMER_2023),
    value("2023-08-01", 1_175_196, AUGUST_2023),
    value("2023-09-01", 1_228_614, SEPTEMBER_2023),
    value("2024-07-01", 1_335_450, LEY_21685, note="CNN Chile prints 1,033,450, a misprint"),
    value("2025-05-01", 1_412_957, LEY_21751),
    value("2026-01-01", 1_439_668, JANUARY_2026),
    labels={
        "es": "Ingreso máximo del tercer tramo",
        "pt": "Renda máxima da terceira faixa",
        "en": "Highest income of the third bracket",
    },
)
first_amount = parameter.money(
    "asignacion_familiar.first_amount",
    CLP,
    value("2014-07-01", 9_242, LEY_20763),
    value("2015-07-01", 9_899, RISE_2015, DERIVED),
    value("2016-01-01", 10_269, RISE_2016, DERIVED),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 11_887, LEY_21112),
    value("2019-03-01", 12_364, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 13_401, LEY_21283),
    value("2021-05-01", 13_832, MOSTRADOR),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 15_597, LEY_21456),
    value("2022-08-01", 16_418, AUGUST_2022),
    value("2023-01-01", 16_828, JANUARY_2023),
    value("2023-05-01", 20_328, LEY_21550),
    value("2024-07-01", 21_243, LEY_21685),
    value("2025-05-01", 22_007, LEY_21751),
    value("2026-01-01", 22_007, JANUARY_2026),
    labels={
        "es": "Monto por carga del primer tramo",
        "pt": "Valor por dependente da primeira faixa",
        "en": "Amount for each dependant, first bracket",
    },
)
second_amount = parameter.money(
    "asignacion_familiar.second_amount",
    CLP,
    value("2014-07-01", 5_672, LEY_20763),
    value("2015-07-01", 6_075, RISE_2015, DERIVED),
    value("2016-01-01", 6_302, RISE_2016, DERIVED),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 7_259, LEY_21112),
    value("2019-03-01", 7_587, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 8_224, LEY_21283),
    value("2021-05-01", 8_488, MOSTRADOR),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 9_571, LEY_21456),
    value("2022-08-01", 10_075, AUGUST_2022),
    value("2023-01-01", 10_327, JANUARY_2023),
    value("2023-05-01", 12_475, LEY_21550),
    value("2024-07-01", 13_036, LEY_21685),
    value("2025-05-01", 13_505, LEY_21751),
    value("2026-01-01", 13_505, JANUARY_2026),
    labels={
        "es": "Monto por carga del segundo tramo",
        "pt": "Valor por dependente da segunda faixa",
        "en": "Amount for each dependant, second bracket",
    },
)
third_amount = parameter.money(
    "asignacion_familiar.third_amount",
    CLP,
    value("2014-07-01", 1_793, LEY_20763),
    value("2015-07-01", 1_920, RISE_2015, TO_BE_CHECKED, note="the rise gives 1,920.5; chile.md: 1,919 or 1,920 (±1)"),
    value("2016-01-01", 1_992, RISE_2016, DERIVED),
    value("2016-07-01", None, LEY_20763, note=AFTER_JUNE_2016),
    value("2018-08-01", 2_295, LEY_21112),
    value("2019-03-01", 2_398, LEY_21112),
    value("2020-03-01", None, LEY_21112, note=AFTER_MARCH_2020),
    value("2020-09-01", 2_599, LEY_21283),
    value("2021-05-01", None, MOSTRADOR, note=SECOND_AND_THIRD_2021),
    value("2022-01-01", None, MOSTRADOR, note=JANUARY_2022),
    value("2022-05-01", 3_025, LEY_21456),
    value("2022-08-01", 3_184, AUGUST_2022),
    value("2023-01-01", 3_264, JANUARY_2023),
    value("2023-05-01", 3_943, LEY_21550, TO_BE_CHECKED, note="every later page of 2023 prints 3,942"),
    value("2023-08-01", 3_942, AUGUST_2023),
    value("2024-07-01", 4_119, LEY_21685),
    value("2025-05-01", 4_267, LEY_21751),
    value("2026-01-01", 4_267, JANUARY_2026),
    labels={
        "es": "Monto por carga del tercer tramo",
        "pt": "Valor por dependente da terceira faixa",
        "en": "Amount for each dependant, third bracket",
    },
)

child_age = parameter.count(
    "asignacion_familiar.child_age",
    value("2014-07-01", 18, "DFL 150/1981 art. 3 b, read in SUSESO dictamen 9242-2004", VERIFIED),
    labels={"es": "Edad de los hijos", "pt": "Idade dos filhos", "en": "Age of children"},
)
student_age = parameter.count(
    "asignacion_familiar.student_age",
    value("2014-07-01", 24, "DFL 150/1981 art. 3 b, read in SUSESO dictamen 9242-2004", VERIFIED),
    labels={"es": "Edad de los hijos que estudian", "pt": "Idade dos filhos que estudam", "en": "Age of students"},
)
maternal_month = parameter.count(
    "asignacion_familiar.maternal_month",
    value("2014-07-01", 5, "S42: payable from the fifth month"),
    labels={
        "es": "Mes de embarazo desde el que se paga",
        "pt": "Mês de gravidez a partir do qual se paga",
        "en": "Month of pregnancy from which it is paid",
    },
)
invalidity_factor = parameter.count(
    "asignacion_familiar.invalidity_factor",
    value("2014-07-01", 2, "six_countries.md section 3: invalid of any age, twice the amount", TO_BE_CHECKED),
    labels={
        "es": "Veces que se paga por una carga inválida",
        "pt": "Vezes que se paga por dependente inválido",
        "en": "Times that an invalid dependant counts",
    },
)
