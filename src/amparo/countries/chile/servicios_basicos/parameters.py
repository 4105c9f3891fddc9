"""Figures of the electricity subsidy."""

from amparo.countries.chile.entities import CLP
from amparo.expr import Count, Money, value
from amparo.expr import parameters as parameter

S54 = "S54: chilevision.cl 4-Dec-2025; meganoticias.cl 21-Feb-2026; hoynoticias.cl ?p=75983"
FROM, UNTIL = "2026-01-01", "2026-07-01"


def _semester(key: str, pesos: int, es: str, pt: str, en: str) -> Money:
    return parameter.money(
        f"servicios_basicos.{key}",
        CLP,
        value(FROM, pesos, S54, until=UNTIL, note="fourth call: January to June 2026"),
        labels={"es": es, "pt": pt, "en": en},
    )


def _count(key: str, figure: int, es: str, pt: str, en: str) -> Count:
    return parameter.count(
        f"servicios_basicos.{key}", value(FROM, figure, S54, until=UNTIL), labels={"es": es, "pt": pt, "en": en}
    )


of_one = _semester(
    "of_one", 30_270, "Subsidio del semestre, 1 persona", "Subsídio do semestre, 1 pessoa",
    "Subsidy of the half-year, 1 person",
)  # fmt: skip
of_two_or_three = _semester(
    "of_two_or_three", 39_348, "Subsidio del semestre, 2 o 3 personas", "Subsídio do semestre, 2 ou 3 pessoas",
    "Subsidy of the half-year, 2 or 3 persons",
)  # fmt: skip
of_four = _semester(
    "of_four", 54_486, "Subsidio del semestre, 4 personas o más", "Subsídio do semestre, 4 pessoas ou mais",
    "Subsidy of the half-year, 4 persons or more",
)  # fmt: skip
months = _count("months", 6, "Meses de la convocatoria", "Meses da convocatória", "Months of the call")
rsh_limit = _count(
    "rsh_limit", 40, "Tramo más alto que da derecho", "Faixa mais alta que dá direito",
    "Highest bracket that gives right",
)  # fmt: skip
