"""Figures of the winter bonus: paid in May, so each holds from one May to the next."""

from amparo.countries.chile.entities import CLP
from amparo.expr import TO_BE_CHECKED, Timing, value
from amparo.expr import parameters as parameter

S51 = "S51: elconcecuente 9-May-2016; a page of 2022; puntoprensa.cl, 2025; radio.uchile 5-May-2025"
YEARS_LOST = "the figures of 2017 to 2021 were not found"
OF_2024 = "portaltrabajo.cl, 2024"
NOT_YET = "the figures of 2026 were not found"

amount = parameter.money(
    "bono_invierno.amount",
    CLP,
    value("2016-05-01", 57_353, S51),
    value("2017-05-01", None, S51, note=YEARS_LOST),
    value("2022-05-01", 70_336, S51),
    value("2023-05-01", 74_767, f"{S51}; futbolup.com, portaltrabajo.cl, 2024"),
    value("2024-05-01", 77_982, f"{S51}; {OF_2024}"),
    value("2025-05-01", 81_257, S51),
    value("2026-05-01", None, S51, note=NOT_YET),
    timing=Timing.ANNUAL,
    labels={"es": "Bono de invierno del año", "pt": "Bônus de inverno do ano", "en": "Winter bonus of the year"},
)
extraordinary = parameter.money(
    "bono_invierno.extraordinary",
    CLP,
    value("2016-05-01", 0, "no extraordinary payment was reported"),
    value("2023-05-01", 60_000, "S51; biobiochile.cl 14-Jun-2023: 60,000 to those who had the bonus in May"),
    value("2024-05-01", 0, "no extraordinary payment was reported"),
    timing=Timing.ANNUAL,
    labels={"es": "Aporte extraordinario", "pt": "Aporte extraordinário", "en": "Extraordinary payment"},
)
limit = parameter.money(
    "bono_invierno.limit",
    CLP,
    value("2016-05-01", 149_907, S51),
    value("2017-05-01", None, S51, note=YEARS_LOST),
    value("2022-05-01", 182_167, S51),
    value("2023-05-01", 201_677, "publimicro.cl ?p=37192, June 2023", TO_BE_CHECKED, note="printed as 'below'"),
    value("2024-05-01", None, OF_2024, note="the limit of 2024 was not found; the amount was"),
    value("2025-05-01", 222_475, S51, TO_BE_CHECKED, note="puntoprensa.cl prints 222,474.62"),
    value("2026-05-01", None, S51, note=NOT_YET),
    labels={
        "es": "Pensión más alta que da derecho",
        "pt": "Pensão mais alta que dá direito",
        "en": "Highest pension that gives right",
    },
)
old_age = parameter.count(
    "bono_invierno.old_age",
    value("2016-05-01", 65, S51),
    labels={"es": "Edad", "pt": "Idade", "en": "Age"},
)
