"""Figures of what a worker pays: contributions and the tax on wages.

The ceiling and the tax unit move every month: the months read are known, the others are not.
"""

from collections.abc import Sequence

from amparo.countries.chile.entities import CLP
from amparo.expr import DERIVED, TO_BE_CHECKED, Money, Number, value
from amparo.expr import parameters as parameter

CONTA = "conta2000.cl, indicators of November 2022"
NEO = "neo-control.cl, indicators of July 2025"
TABLE = f"{NEO}: table of the tax, in pesos; sii.cl, October 2016, same first six brackets"
BASE = "lasnibat.com 8-Jan-2012; justo.stephanbarker.com"

pension_rate = parameter.number(
    "cotizaciones_impuesto.pension_rate",
    value("2022-11-01", "0.10", BASE),
    labels={"es": "Cotización de pensión", "pt": "Contribuição previdenciária", "en": "Pension contribution"},
)
health_rate = parameter.number(
    "cotizaciones_impuesto.health_rate",
    value("2022-11-01", "0.07", BASE),
    labels={"es": "Cotización de salud", "pt": "Contribuição de saúde", "en": "Health contribution"},
)
ceiling = parameter.money(
    "cotizaciones_impuesto.ceiling",
    CLP,
    value("2022-11-01", 2_840_643, f"{CONTA}: 81.6 UF", until="2022-12-01"),
    value("2025-07-01", 3_439_917, f"{NEO}: 87.8 UF", until="2025-08-01"),
    labels={
        "es": "Tope imponible del mes",
        "pt": "Teto de contribuição do mês",
        "en": "Ceiling of contributions of the month",
    },
)
tax_unit = parameter.money(
    "cotizaciones_impuesto.tax_unit",
    CLP,
    value("2022-11-01", 60_853, CONTA, until="2022-12-01"),
    value("2025-07-01", 68_923, NEO, until="2025-08-01"),
    labels={"es": "Unidad tributaria mensual (UTM)", "pt": "Unidade tributária mensal (UTM)", "en": "Tax unit (UTM)"},
)


def _limit(units: str) -> Number:
    return parameter.number(
        f"cotizaciones_impuesto.limit_{units.replace('.', '_')}",
        value("2022-11-01", units, TABLE, DERIVED, note="pesos of the table divided by the tax unit"),
        labels={
            "es": f"Límite del tramo de {units} UTM",
            "pt": f"Limite da faixa de {units} UTM",
            "en": f"Limit of the bracket of {units} UTM",
        },
    )


def _rates(percents: Sequence[str]) -> tuple[Number, ...]:
    return tuple(
        parameter.number(
            f"cotizaciones_impuesto.rate_{number}",
            value("2022-11-01", rate, TABLE)
            if number < len(percents)
            else value("2022-11-01", rate, "general knowledge: the table read stops at 310 UTM", TO_BE_CHECKED),
            labels={
                "es": f"Tasa del tramo {number}",
                "pt": f"Alíquota da faixa {number}",
                "en": f"Rate of bracket {number}",
            },
        )
        for number, rate in enumerate(percents, start=1)
    )


limits = tuple(_limit(units) for units in ("13.5", "30", "50", "70", "90", "120", "310"))
rates = _rates(("0", "0.04", "0.08", "0.135", "0.23", "0.304", "0.35", "0.40"))


def limits_in_pesos() -> tuple[Money, ...]:
    """Return the limits of the brackets, in pesos of the month."""
    return tuple(tax_unit * each for each in limits)
