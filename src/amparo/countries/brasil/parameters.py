"""Figures that several Brazilian programmes share."""

from amparo.countries.brasil.entities import BRL
from amparo.expr import TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

HISTORY = "https://www.choqueigoias.site/2025/05/g-evolucao-do-salario-minimo-no-brasil.html"

minimum_wage = parameter.money(
    "brasil.minimum_wage",
    BRL,
    value(
        "2014-01-01",
        724,
        HISTORY,
        TO_BE_CHECKED,
        note="A table whose figure for 2025 is wrong; the decree was not read.",
    ),
    value(
        "2015-01-01",
        788,
        "general knowledge (six_countries.yaml, K)",
        TO_BE_CHECKED,
        note="Agrees with the press of 2015; the decree was not read.",
    ),
    value(
        "2016-01-01",
        880,
        HISTORY,
        TO_BE_CHECKED,
        note="A table whose figure for 2025 is wrong; the decree was not read.",
    ),
    value(
        "2017-01-01",
        None,
        "not in the domain files",
        TO_BE_CHECKED,
        note="it changed every January and the acts from 2017 to April 2023 are not transcribed here",
    ),
    value(
        "2023-05-01",
        1320,
        "Press report of the provisional measure of 1 May 2023, https://mossorohoje.com.br/noticias/45416-salario-"
        "minimo-no-valor-de-r-1-320-ja-esta-em-vigor-previsao-para-2024-e-de-r-1-389",
        TO_BE_CHECKED,
        note="R$ 1,302 until April.",
    ),
    value(
        "2024-01-01",
        1412,
        "Decreto 11.864/2023, art. 1, https://www.meuvademecumonline.com.br/legislacao/decretos/21100/pagina_22/47/"
        "decreto-n-11-864-de-27-de-dezembro-de-2023",
        VERIFIED,
    ),
    value(
        "2025-01-01",
        1518,
        "BR-SM25, https://informebrasil.com.br/atualizado-quem-ganha-1-salario-minimo-pode-receber-bolsa-familia",
        VERIFIED,
    ),
    value(
        "2026-01-01",
        1621,
        "Press reports of Decreto 12.797/2025, https://economia.ig.com.br/2026-01-01/novo-salario-minimo-altera-"
        "beneficios-e-valores-pagos-em-2026.html",
        TO_BE_CHECKED,
        until="2027-01-01",
        note="The decree itself was not read. The next one is due on 1 January 2027.",
    ),
    labels={"es": "Salario mínimo", "pt": "Salário mínimo", "en": "Minimum wage"},
)
