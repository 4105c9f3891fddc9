"""Figures of the Subsidio Familiar.

The subsidy equals the family allowance of the first bracket in every period for which both were read; in the
other periods that equality is the derivation.
"""

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

AS_FIRST_BRACKET = "D.1: equals the family allowance of the first bracket"
NOT_FOUND = "the family allowance of the same interval was not found either"

amount = parameter.money(
    "suf.amount",
    CLP,
    value("2014-07-01", 9_242, f"{AS_FIRST_BRACKET} (Ley 20.763)", DERIVED),
    value("2015-07-01", 9_899, f"{AS_FIRST_BRACKET} (Ley 20.763, rise of the minimum wage)", DERIVED),
    value("2016-01-01", 10_269, f"{AS_FIRST_BRACKET} (Ley 20.763, rise of the minimum wage)", DERIVED),
    value("2016-07-01", None, AS_FIRST_BRACKET, note=f"raised in July 2016; {NOT_FOUND}"),
    value("2018-08-01", 11_887, f"{AS_FIRST_BRACKET} (bcn.cl idNorma=1123300)", DERIVED),
    value("2019-03-01", 12_364, f"{AS_FIRST_BRACKET} (bcn.cl idNorma=1123300)", DERIVED),
    value("2020-03-01", None, AS_FIRST_BRACKET, note=f"raised in March 2020; {NOT_FOUND}"),
    value("2020-09-01", 13_401, "S42: bcn.cl idNorma=1151403"),
    value("2021-05-01", 13_832, "El Mostrador, 2021; meganoticias.cl 26-Jan-2022"),
    value("2022-01-01", 14_366, "meganoticias.cl 26-Jan-2022 (366019)"),
    value("2022-05-01", 15_597, "S42: Ley 21.456, bcn.cl idNorma=1176525"),
    value("2022-08-01", 16_418, f"{AS_FIRST_BRACKET} (Ley 21.456 raises both alike; redgol.cl 3-Aug-2022)", DERIVED),
    value("2023-01-01", 16_828, "S43: chocale 2023; SUSESO circular 3728 announces it"),
    value("2023-05-01", 20_328, "S43: chocale 2023; SUSESO circular 3741 announces it"),
    value("2024-07-01", 21_243, "S43: chilevision 2024; Ley 21.685"),
    value("2025-05-01", 22_007, "S43: diariocachai 2025; CL-SUF: El Mostrador 12-Oct-2025"),
    value("2026-01-01", 22_007, f"{AS_FIRST_BRACKET} (dt.gob.cl, version of 2-Jan-2026)", DERIVED),
    labels={"es": "Monto por causante", "pt": "Valor por causante", "en": "Amount for each originator"},
)
rsh_limit = parameter.count(
    "suf.rsh_limit",
    value(
        "2014-07-01",
        40,
        "chile.md D.1: the older rule; Ficha de Protección Social",
        TO_BE_CHECKED,
        note="six_countries.md section 3 gives 60 % for 2015 too",
    ),
    value("2016-01-01", 60, "S43", TO_BE_CHECKED, note="60 % is read from 2022 on; its first day was not found"),
    value("2022-01-01", 60, "S43; meganoticias.cl 26-Jan-2022 (366019)"),
    labels={
        "es": "Tramo más alto que da derecho",
        "pt": "Faixa mais alta que dá direito",
        "en": "Highest bracket that gives right",
    },
)
minor_age = parameter.count(
    "suf.minor_age",
    value("2014-07-01", 18, "DS 53/2007 art. 4 a, bcn.cl idNorma=264678", VERIFIED),
    labels={"es": "Edad máxima", "pt": "Idade máxima", "en": "Highest age"},
)
health_age = parameter.count(
    "suf.health_age",
    value("2014-07-01", 8, "S43: health programme under 8"),
    labels={
        "es": "Edad desde la que no se piden controles de salud",
        "pt": "Idade a partir da qual não se pede acompanhamento de saúde",
        "en": "Age from which health check-ups are not asked",
    },
)
school_age = parameter.count(
    "suf.school_age",
    value("2014-07-01", 6, "S43: regular student from 6", TO_BE_CHECKED, note="six_countries.md writes 'over 6'"),
    labels={
        "es": "Edad desde la que se pide ser estudiante regular",
        "pt": "Idade a partir da qual se pede matrícula",
        "en": "Age from which a regular student is asked for",
    },
)
pregnancy_month = parameter.count(
    "suf.pregnancy_month",
    value("2014-07-01", 5, "S43: SUSESO dictamen 15605-2017"),
    labels={
        "es": "Mes de embarazo desde el que se paga",
        "pt": "Mês de gravidez a partir do qual se paga",
        "en": "Month of pregnancy from which it is paid",
    },
)
disability_factor = parameter.count(
    "suf.disability_factor",
    value("2014-07-01", 2, "S43; SUSESO dictamen 1192-2022: twice for invalidity or mental disability"),
    labels={
        "es": "Veces que se paga por un causante con discapacidad",
        "pt": "Vezes que se paga por causante com deficiência",
        "en": "Times that an originator with a disability counts",
    },
)
