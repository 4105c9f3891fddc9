"""Figures of the BPC. The minimum wage is the country's."""

from amparo.expr import TO_BE_CHECKED, value
from amparo.expr import parameters as parameter

older_age = parameter.count(
    "bpc.older_age",
    value(
        "2004-01-01",
        65,
        "Lei 8.742/1993, art. 20 (text of Lei 12.435/2011; 65 since the Statute of the Elderly), "
        "https://previdenciarista.com/manifestacao-beneficio-assistencial-intepretacao-restritiva-do-grupo-familiar-"
        "art-20-1o-da-lei-874293-20200921093644",
    ),
    labels={
        "es": "Edad desde la cual una persona es mayor",
        "pt": "Idade a partir da qual a pessoa é idosa",
        "en": "Age from which a person is an older person",
    },
)

income_share = parameter.number(
    "bpc.income_share",
    value(
        "1996-01-01",
        "0.25",
        "general knowledge (six_countries.yaml, bpc_income_test, K)",
        TO_BE_CHECKED,
        note="One quarter in every text; what changes over time is '<' or '<='.",
    ),
    labels={
        "es": "Parte del salario mínimo que limita el ingreso por persona",
        "pt": "Fração do salário mínimo que limita a renda por pessoa",
        "en": "Share of the minimum wage that limits income per person",
    },
)
