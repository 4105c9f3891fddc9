"""Contribution of registered employees (INSS) and the tax withheld from wages (IRRF): what net income needs."""

from datetime import date

from amparo.countries.brasil.contribuicoes_imposto import rules
from amparo.countries.brasil.contribuicoes_imposto.properties import properties
from amparo.policy import Finding, Programme, Regime

contribution = Finding(
    key="contribuicao_inss",
    names={"es": "Aporte al INSS", "pt": "Contribuição ao INSS", "en": "Contribution to the INSS"},
    value=rules.contribution,
    charge=True,
)
tax = Finding(
    key="imposto_de_renda",
    names={
        "es": "Impuesto a la renta retenido (IRRF)",
        "pt": "Imposto de renda retido na fonte (IRRF)",
        "en": "Income tax withheld (IRRF)",
    },
    value=rules.income_tax,
    charge=True,
)
net = Finding(
    key="renda_liquida",
    names={"es": "Ingreso líquido del trabajo", "pt": "Renda líquida do trabalho", "en": "Net earnings"},
    value=rules.net_earnings,
)

FINDINGS = (contribution, tax, net)

programme = Programme(
    key="contribuicoes_imposto",
    names={
        "es": "Aporte al INSS e impuesto a los salarios",
        "pt": "Contribuição ao INSS e imposto sobre salários",
        "en": "Contribution to the INSS and the tax on wages",
    },
    package=__name__,
    # The tables of the years between were not read; that of January to March 2015 neither.
    regimes=(
        Regime(since=date(2015, 4, 1), until=date(2016, 1, 1), findings=FINDINGS),
        Regime(since=date(2025, 1, 1), until=date(2027, 1, 1), findings=FINDINGS),
    ),
    properties=properties(contribution, tax, net),
    not_modelled=(
        {
            "es": "Aporte al INSS e impuesto en otros años que 2015 (desde abril), 2025 y 2026.",
            "pt": "Contribuição ao INSS e imposto em outros anos que 2015 (desde abril), 2025 e 2026.",
            "en": "Contribution to the INSS and tax in years other than 2015 (from April), 2025 and 2026.",
        },
        {
            "es": "Trabajadores por cuenta propia, pensiones, otros ingresos, aguinaldo, vacaciones y el ajuste anual.",
            "pt": "Trabalhadores autônomos, aposentadorias, outras rendas, 13º salário, férias e o ajuste anual.",
            "en": "Own-account workers, pensions, other income, the 13th wage, holidays and the yearly adjustment.",
        },
        {
            "es": "Deducciones del impuesto que no son el aporte ni los dependientes (alimentos, previsión privada).",
            "pt": "Deduções do imposto que não são a contribuição nem os dependentes (alimentos, previdência privada).",
            "en": "Deductions from the tax other than contribution and dependants (alimony, private pensions).",
        },
    ),
)
