"""Figures of the stipend of unpaid carers."""

from amparo.countries.chile.entities import CLP
from amparo.expr import TO_BE_CHECKED, Count, value
from amparo.expr import parameters as parameter

S29 = "S29: biobiochile.cl 26-May-2025; chilevision.cl 18-Aug-2025"

amount = parameter.money(
    "estipendio_cuidadores.amount",
    CLP,
    value("2025-01-01", 32_991, S29),
    value(
        "2026-01-01",
        32_991,
        "S29: meganoticias.cl 20-Jan-2026 and 21-Feb-2026",
        TO_BE_CHECKED,
        note="the rule raises it every year with prices; the pages of February 2026 still give the amount of 2025",
    ),
    labels={
        "es": "Estipendio por causante",
        "pt": "Estipêndio por causante",
        "en": "Stipend for one person",
    },
)


def _limit(key: str, figure: int, es: str, pt: str, en: str) -> Count:
    return parameter.count(
        f"estipendio_cuidadores.{key}", value("2025-01-01", figure, S29), labels={"es": es, "pt": pt, "en": en}
    )


most_for_relatives = _limit(
    "most_for_relatives", 3, "Estipendios que recibe a lo más quien es pariente",
    "Estipêndios que recebe no máximo quem é parente", "Stipends that a relative draws at most",
)  # fmt: skip
most_for_others = _limit(
    "most_for_others", 2, "Estipendios que recibe a lo más quien no es pariente",
    "Estipêndios que recebe no máximo quem não é parente", "Stipends that another carer draws at most",
)  # fmt: skip
