"""Figures of the bonds of Seguridades y Oportunidades (Ley 20.595)."""

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, Money, value
from amparo.expr import parameters as parameter

S44 = "S44: lanacion.cl 26-Nov-2025"
S45 = "S45: meganoticias.cl 6-Sep-2024; centralnoticia.cl 11-Jan-2024"
PROTECTION_2023 = "mega.cl 146476 and 155239 (29-Sep-2023), with the values of 2022 beside"
PROTECTION_2025 = "lanacion.cl 10-Dec-2025; frutillarhoy.cl"
RAISED_2024 = "2023 raised by 3.9 %: raised again by 4.5 % it gives all three figures of 2025 to the peso"
RAISED_2026 = "2025 raised by 3.5 %, the rise of prices of 2025 in the Aporte Familiar Permanente"
STAGES = "mega.cl 155239, 29-Sep-2023"

line = parameter.money(
    "seguridades_oportunidades.line",
    CLP,
    value(
        "2013-01-01",
        45_572,
        f"{S44}; fmcentro.cl 12-Jan-2024; CL-BBF: line of CASEN 2009, Decreto 30/2013",
        TO_BE_CHECKED,
        note="portaltrabajo.cl (2025) says 52,768; four other pages of 2022 to 2025 say 45,572",
    ),
    labels={
        "es": "Línea de pobreza extrema del programa, por persona",
        "pt": "Linha de pobreza extrema do programa, por pessoa",
        "en": "Line of extreme poverty of the programme, a person",
    },
)
gap_share = parameter.number(
    "seguridades_oportunidades.gap_share",
    value("2013-01-01", "0.85", S44),
    labels={"es": "Parte de la brecha que se cubre", "pt": "Parte da brecha que se cobre", "en": "Share of the gap"},
)
last_month = parameter.count(
    "seguridades_oportunidades.last_month",
    value("2013-01-01", 24, S44),
    labels={"es": "Meses que duran los bonos", "pt": "Meses que duram os bônus", "en": "Months that the bonds last"},
)
whole_months = parameter.count(
    "seguridades_oportunidades.whole_months",
    value("2013-01-01", 16, S44),
    labels={
        "es": "Meses de bono base entero",
        "pt": "Meses de bônus base inteiro",
        "en": "Months of the whole base bond",
    },
)
falling_steps = parameter.count(
    "seguridades_oportunidades.falling_steps",
    value(
        "2013-01-01",
        6,
        S44,
        TO_BE_CHECKED,
        note="'falls by one sixth each month from month 17': read as six equal steps, so nothing is left in month 22",
    ),
    labels={
        "es": "Pasos en que el bono base baja a cero",
        "pt": "Passos em que o bônus base cai a zero",
        "en": "Steps in which the base bond falls to nothing",
    },
)


def _protection(key: str, figures: tuple[int, int, int, int, int], es: str, pt: str, en: str) -> Money:
    in_2022, in_2023, in_2024, in_2025, in_2026 = figures
    return parameter.money(
        f"seguridades_oportunidades.protection_{key}",
        CLP,
        value("2022-02-01", in_2022, PROTECTION_2023),
        value("2023-02-01", in_2023, PROTECTION_2023),
        value("2024-02-01", in_2024, RAISED_2024, DERIVED),
        value("2025-02-01", in_2025, PROTECTION_2025),
        value("2026-02-01", in_2026, RAISED_2026, DERIVED),
        value("2027-02-01", None, PROTECTION_2025, note="raised every February with prices; not yet known"),
        labels={"es": es, "pt": pt, "en": en},
    )


protection_first = _protection(
    "first", (19_582, 21_823, 22_674, 23_694, 24_523),
    "Bono de Protección, meses 1 a 6", "Bônus de Proteção, meses 1 a 6", "Protection bond, months 1 to 6",
)  # fmt: skip
protection_second = _protection(
    "second", (14_903, 16_608, 17_256, 18_033, 18_664),
    "Bono de Protección, meses 7 a 12", "Bônus de Proteção, meses 7 a 12", "Protection bond, months 7 to 12",
)  # fmt: skip
protection_third = _protection(
    "third", (10_246, 11_419, 11_864, 12_398, 12_832),
    "Bono de Protección, meses 13 a 18", "Bônus de Proteção, meses 13 a 18", "Protection bond, months 13 to 18",
)  # fmt: skip
stage_months = parameter.count(
    "seguridades_oportunidades.stage_months",
    value("2022-02-01", 6, STAGES),
    labels={
        "es": "Meses de cada tramo del Bono de Protección",
        "pt": "Meses de cada etapa do Bônus de Proteção",
        "en": "Months of each stage of the protection bond",
    },
)

check_up = parameter.money(
    "seguridades_oportunidades.check_up",
    CLP,
    value("2022-01-01", 8_000, "S45: a page of 2022"),
    value("2023-01-01", 11_000, f"{S45}; sabes.cl 11-Jul-2023"),
    value(
        "2025-01-01",
        10_000,
        "textual.cl, 2026: 10,000 were paid in 2025",
        TO_BE_CHECKED,
        note="11,000 in 2023 and 2024; the school attendance bond too is reported as 10,000 in late 2025",
    ),
    value("2026-01-01", None, "textual.cl, 2026", note="not yet fixed when read"),
    labels={"es": "Bono Control Niño Sano", "pt": "Bônus por controle de saúde", "en": "Child health control bond"},
)
check_up_age = parameter.count(
    "seguridades_oportunidades.check_up_age",
    value("2022-01-01", 6, S45),
    labels={
        "es": "Edad hasta la que se paga (sin llegar a ella)",
        "pt": "Idade até a qual se paga (sem chegar a ela)",
        "en": "Age below which it is paid",
    },
)
attendance = parameter.money(
    "seguridades_oportunidades.attendance",
    CLP,
    value("2022-01-01", None, "not in the sources", note="the amount of 2022 was not found"),
    value("2023-01-01", 11_000, "meganoticias.cl 27-Feb-2023; elcontraste.cl 15-Mar-2023"),
    value("2024-01-01", 11_000, "the same in 2023 and in March 2025", DERIVED),
    value(
        "2025-01-01",
        10_000,
        "chilevision.cl 31-Oct-2025; meganoticias.cl 5-Nov-2025",
        TO_BE_CHECKED,
        note="hoynoticias.cl 19-Mar-2025 says 11,000",
    ),
    value("2026-01-01", None, "not in the sources", note="the amount of 2026 was not found"),
    labels={
        "es": "Bono por Asistencia Escolar",
        "pt": "Bônus por frequência escolar",
        "en": "School attendance bond",
    },
)
lowest_attendance = parameter.count(
    "seguridades_oportunidades.lowest_attendance",
    value("2022-01-01", 85, "meganoticias.cl 27-Feb-2023 and 5-Nov-2025"),
    labels={
        "es": "Asistencia escolar que se pide, en %",
        "pt": "Frequência escolar que se pede, em %",
        "en": "School attendance asked for, in %",
    },
)
school_from = parameter.count(
    "seguridades_oportunidades.school_from",
    value("2022-01-01", 6, "meganoticias.cl 5-Nov-2025"),
    labels={"es": "Edad escolar desde", "pt": "Idade escolar desde", "en": "School age from"},
)
school_to = parameter.count(
    "seguridades_oportunidades.school_to",
    value("2022-01-01", 18, "meganoticias.cl 5-Nov-2025"),
    labels={"es": "Edad escolar hasta", "pt": "Idade escolar até", "en": "School age to"},
)
adult_age = parameter.count(
    "seguridades_oportunidades.adult_age",
    value("2013-01-01", 18, "fmcentro.cl 12-Jan-2024"),
    labels={"es": "Mayoría de edad", "pt": "Maioridade", "en": "Age of majority"},
)
