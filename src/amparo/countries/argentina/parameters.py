"""Figures that several programmes of Argentina read."""

from amparo.countries.argentina.entities import ARS
from amparo.expr import VERIFIED, value
from amparo.expr import parameters as parameter

minimum_wage = parameter.money(
    "argentina.minimum_wage",
    ARS,
    value("2009-11-01", None, "not encoded", note="the minimum wage of 2009 to 2014 has not been collected"),
    value(
        "2015-01-01",
        4716,
        "EconoBlog, second step of the agreement of September 2014: "
        "https://econoblog.com.ar/25471/aumento-del-salario-minimo-vital-y-movil-a-4-716-pesos/amp",
        VERIFIED,
    ),
    value(
        "2015-08-01",
        5588,
        "AR-SMVM15 (La Gaceta; Conclusión): https://www.conclusion.com.ar/info-general/"
        "el-salario-minimo-crece-285-en-dos-cuotas-y-sera-de-6060/07/2015/",
        VERIFIED,
    ),
    value("2016-01-01", 6060, "AR-SMVM15, second step of the same agreement", VERIFIED),
    value("2016-06-01", None, "not encoded", note="raised in June 2016 and often since; not collected until 2025-08"),
    value(
        "2025-08-01",
        322200,
        "AR-SMVM25 (iProfesional, Res. 5/2025): https://www.iprofesional.com/legales/"
        "438966-salario-minimo-vital-y-movil-en-octubre-2025-cuanto-se-cobra-por-hora-y-jornada-completa",
        VERIFIED,
        until="2025-11-01",
        note="seen for October 2025; later months have not been collected",
    ),
    labels={
        "es": "salario mínimo, vital y móvil",
        "pt": "salário mínimo",
        "en": "minimum wage (salario mínimo, vital y móvil)",
    },
)
