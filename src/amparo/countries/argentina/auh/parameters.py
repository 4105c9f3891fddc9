"""Every figure of the Asignación Universal por Hijo and of the Asignación por Embarazo."""

from amparo.countries.argentina.entities import ARS
from amparo.expr import TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

RES_318 = (
    "AR-318 (Res. ANSES 318/2025 as reported): https://elochodigital.com/economia/"
    "asignaciones-familiares-quienes-no-cobraran-en-octubre-tras-el-aumento-confirmado-por-anses"
)
ANSES_2015 = "AR-2015AF (copy of the ANSES announcement of June 2015, without address)"
DECREE_840 = "Decreto 840/2020, art. 2, as quoted: https://wini.ar (AUH, nuevos requisitos)"
KNOWN = "general knowledge, no document seen"

BEFORE = "the amounts from 2009 (180 pesos) to May 2015 have not been collected"
BETWEEN = "moved every March and September (Ley 27.160) and in other ways later; not collected until October 2025"
AFTER = "moves every month with prices (Decreto 274/2024); later months have not been collected"

age_limit = parameter.count(
    "auh.age_limit",
    value("2009-11-01", 18, "Decreto 1264/2016, recital that quotes art. 14 bis", VERIFIED),
    labels={"es": "edad límite", "pt": "idade limite", "en": "age limit"},
)

child_amount = parameter.money(
    "auh.child_amount",
    ARS,
    value("2009-11-01", None, "not encoded", TO_BE_CHECKED, note=BEFORE),
    value("2015-06-01", 837, ANSES_2015, VERIFIED, note="the allowance equalled group I of the contributory one"),
    value("2016-03-01", None, "not encoded", TO_BE_CHECKED, note=BETWEEN),
    value("2025-10-01", 117252, RES_318, VERIFIED),
    value("2025-11-01", None, "not encoded", TO_BE_CHECKED, note=AFTER),
    labels={"es": "asignación por hijo", "pt": "benefício por filho", "en": "allowance for a child"},
)

disability_amount = parameter.money(
    "auh.disability_amount",
    ARS,
    value("2009-11-01", None, "not encoded", TO_BE_CHECKED, note=BEFORE),
    value("2015-06-01", 2730, KNOWN, TO_BE_CHECKED, note="its ratio to 837, 3.2616, is that of the 2018 schedule"),
    value("2016-03-01", None, "not encoded", TO_BE_CHECKED, note=BETWEEN),
    value(
        "2025-10-01",
        381791,
        RES_318,
        VERIFIED,
        note="381,865 on infozona.com.ar is a projection with another percentage",
    ),
    value("2025-11-01", None, "not encoded", TO_BE_CHECKED, note=AFTER),
    labels={
        "es": "asignación por hijo con discapacidad",
        "pt": "benefício por filho com deficiência",
        "en": "allowance for a child with a disability",
    },
)

pregnancy_amount = parameter.money(
    "auh.pregnancy_amount",
    ARS,
    value("2011-05-01", None, "not encoded", TO_BE_CHECKED, note=BEFORE),
    value("2015-06-01", 837, KNOWN, TO_BE_CHECKED, note="taken as equal to the allowance for a child"),
    value("2016-03-01", None, "not encoded", TO_BE_CHECKED, note=BETWEEN),
    value("2025-10-01", 117252, RES_318, VERIFIED, note="the same amount as for a child"),
    value("2025-11-01", None, "not encoded", TO_BE_CHECKED, note=AFTER),
    labels={"es": "asignación por embarazo", "pt": "benefício por gravidez", "en": "allowance in pregnancy"},
)

paid_share = parameter.number(
    "auh.paid_share",
    value(
        "2009-11-01",
        "0.8",
        "AR-LECHE (A24, January 2025): https://a24.com/previsional/"
        "auh-y-tarjeta-alimentar-enero-2025-montos-actualizados-y-beneficios-clave-n1390451",
        VERIFIED,
    ),
    value(
        "2025-12-01",
        None,
        "Res. 1170/2025 (Boletín Oficial, 18 December 2025)",
        TO_BE_CHECKED,
        note="the whole allowance may be paid monthly where the health register proves the controls",
    ),
    labels={
        "es": "parte que se paga cada mes",
        "pt": "parte paga a cada mês",
        "en": "share that is paid every month",
    },
)

most_children = parameter.count(
    "auh.most_children",
    value(
        "2009-11-01",
        5,
        "Decreto 1264/2016, recital that quotes art. 14 bis: https://blogdelcontador.com.ar/"
        "decreto-126416-se-otorga-subsidio-extraordinario-a-titulares-de-la-asignacion-universal-por-hijo-"
        "yo-de-la-asignacion-por-embarazo/",
        TO_BE_CHECKED,
        until="2020-11-01",
        note=(
            "Decreto 840/2020 removed the limit (ANSES, as reported by elonce.com, November 2020); "
            "six_countries.md keeps it in 2025, marked as general knowledge"
        ),
    ),
    labels={"es": "máximo de hijos", "pt": "máximo de filhos", "en": "most children paid"},
)

income_limit = parameter.number(
    "auh.income_limit",
    value("2009-11-01", 1, KNOWN, TO_BE_CHECKED, note="each adult in charge earns no more than the minimum wage"),
    labels={
        "es": "tope de ingresos, en salarios mínimos",
        "pt": "limite de renda, em salários mínimos",
        "en": "income limit, in minimum wages",
    },
)

residence_required = parameter.months(
    "auh.residence_required",
    value(
        "2009-11-01",
        36,
        "Decreto 446/2011, as reported: http://www.fmspacio.com/2011/04/19/"
        "extienden-la-asignacion-familiar-por-embarazo.html; Río Negro, 30 November 2009",
        VERIFIED,
    ),
    value(
        "2020-11-01",
        24,
        DECREE_840,
        TO_BE_CHECKED,
        note="read for the child's allowance; for the pregnancy's it is general knowledge",
    ),
    labels={
        "es": "meses de residencia legal exigidos",
        "pt": "meses de residência legal exigidos",
        "en": "months of legal residence required",
    },
)

first_week = parameter.count(
    "auh.first_week",
    value("2011-05-01", 12, "Decreto 446/2011, as reported (fmspacio.com, 19 April 2011)", VERIFIED),
    labels={"es": "primera semana pagada", "pt": "primeira semana paga", "en": "first week paid"},
)
