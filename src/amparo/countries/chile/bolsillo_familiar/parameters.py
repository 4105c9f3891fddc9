"""Figures of the Bolsillo Familiar Electrónico."""

from amparo.countries.chile.entities import CLP
from amparo.expr import parameters as parameter
from amparo.expr import value

S50 = "S50: centralnoticia.cl, 2023; fmcentro.cl 2-Feb-2024; meganoticias.cl 15-Jul-2024"

amount = parameter.money(
    "bolsillo_familiar.amount",
    CLP,
    value("2023-05-01", 13_500, S50, until="2024-05-01"),
    value("2024-07-01", 13_500, S50, until="2024-10-01"),
    labels={"es": "Monto por causante", "pt": "Valor por causante", "en": "Amount for each originator"},
)
