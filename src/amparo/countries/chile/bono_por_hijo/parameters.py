"""Figures of the bonus for each child."""

from amparo.expr import parameters as parameter
from amparo.expr import value

S52 = "S52: redgol.cl, 2022; redimin.cl, 2025; bcn.cl idNorma=269892"

contribution = parameter.number(
    "bono_por_hijo.contribution",
    value("2009-07-01", "0.10", S52),
    labels={"es": "Cotización por mes", "pt": "Contribuição por mês", "en": "Contribution for each month"},
)
months = parameter.count(
    "bono_por_hijo.months",
    value("2009-07-01", 18, S52),
    labels={
        "es": "Meses de ingreso mínimo",
        "pt": "Meses de salário mínimo",
        "en": "Months of the minimum wage",
    },
)
