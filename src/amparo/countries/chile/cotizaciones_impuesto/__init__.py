"""Contributions of workers and the tax on wages: what net income needs."""

from datetime import date

from amparo.countries.chile.cotizaciones_impuesto import rules
from amparo.countries.chile.cotizaciones_impuesto.properties import properties
from amparo.policy import Finding, Programme, Regime

pension = Finding(
    key="cotizacion_pension",
    names={"es": "Cotización de pensión", "pt": "Contribuição previdenciária", "en": "Pension contribution"},
    value=rules.pension_contribution,
    charge=True,
)
health = Finding(
    key="cotizacion_salud",
    names={"es": "Cotización de salud", "pt": "Contribuição de saúde", "en": "Health contribution"},
    value=rules.health_contribution,
    charge=True,
)
tax = Finding(
    key="impuesto_unico",
    names={"es": "Impuesto único a los sueldos", "pt": "Imposto sobre salários", "en": "Tax on wages"},
    value=rules.income_tax,
    charge=True,
)
net = Finding(
    key="ingreso_liquido",
    names={"es": "Ingreso líquido del trabajo", "pt": "Renda líquida do trabalho", "en": "Net earnings"},
    value=rules.net_earnings,
)

FINDINGS = (pension, health, tax, net)

programme = Programme(
    key="cotizaciones_impuesto",
    names={
        "es": "Cotizaciones e impuesto a los sueldos",
        "pt": "Contribuições e imposto sobre salários",
        "en": "Contributions and the tax on wages",
    },
    package=__name__,
    regimes=(
        Regime(since=date(2022, 11, 1), until=date(2022, 12, 1), findings=FINDINGS),
        Regime(since=date(2025, 7, 1), until=date(2025, 8, 1), findings=FINDINGS),
    ),
    properties=properties(pension, health, tax, net),
    not_modelled=(
        {
            "es": "La comisión de la AFP (0,5 a 1,5 %) y el seguro de cesantía (0,6 % con contrato indefinido).",
            "pt": "A comissão da AFP (0,5 a 1,5 %) e o seguro-desemprego (0,6 % com contrato permanente).",
            "en": "The commission of the pension fund (0.5 to 1.5 %) and unemployment insurance (0.6 %).",
        },
        {
            "es": "Trabajadores independientes, pensionados, la parte del empleador y el global complementario.",
            "pt": "Os trabalhadores independentes, os aposentados, a parte do empregador e o imposto anual.",
            "en": "Independent workers, pensioners, the employer's part and the annual tax.",
        },
        {
            "es": "Otros meses que noviembre de 2022 y julio de 2025: el tope y la UTM cambian cada mes.",
            "pt": "Outros meses que não novembro de 2022 e julho de 2025: o teto e a UTM mudam a cada mês.",
            "en": "Months other than November 2022 and July 2025: ceiling and tax unit change every month.",
        },
    ),
)
