"""Figures of what a registered employee pays: contribution to the INSS and the tax withheld from wages (IRRF).

None is in the domain files and no act was opened: they were read where several public payroll programs transcribe the
acts alike, so all are to be checked.
"""

from collections.abc import Sequence

from amparo.countries.brasil.entities import BRL
from amparo.expr import TO_BE_CHECKED, Money, Number, value
from amparo.expr import parameters as parameter

READ = "as several public payroll programs transcribe it; the act was not opened"
PORTARIA_13_2015 = f"Portaria MPS/MF 13/2015, {READ}"
PORTARIA_6 = f"Portaria MPS/MF 6/2025, {READ}"
PORTARIA_13_2026 = f"Portaria MPS/MF 13/2026, {READ}"
LEI_13149 = f"Lei 13.149/2015, {READ}"
LEI_14848 = f"Lei 14.848/2024, {READ}"
LEI_15191 = f"Lei 15.191/2025 (MP 1.294/2025), {READ}"
LEI_15270 = f"Lei 15.270/2025, {READ}"

YEARS = (("2015-01-01", "2016-01-01", PORTARIA_13_2015), ("2025-01-01", None, PORTARIA_6))
LAST = ("2026-01-01", "2027-01-01", PORTARIA_13_2026)
TABLES = (
    ("2015-04-01", "2016-01-01", LEI_13149),
    ("2025-01-01", None, LEI_14848),
    ("2025-05-01", "2027-01-01", LEI_15191),
)


def _wage_limit(number: int, figures: Sequence[str]) -> Money:
    periods = (*YEARS, LAST)[-len(figures) :]
    return parameter.money(
        f"contribuicoes_imposto.wage_limit_{number}",
        BRL,
        *(
            value(since, figure, source, TO_BE_CHECKED, until=until)
            for (since, until, source), figure in zip(periods, figures, strict=True)
        ),
        labels={
            "es": f"Aporte al INSS: salario máximo del tramo {number}",
            "pt": f"Contribuição ao INSS: salário máximo da faixa {number}",
            "en": f"Contribution to the INSS: highest wage of bracket {number}",
        },
    )


def _wage_rate(number: int, figures: Sequence[str]) -> Number:
    periods = YEARS[-len(figures) :]
    return parameter.number(
        f"contribuicoes_imposto.wage_rate_{number}",
        *(
            value(since, figure, source, TO_BE_CHECKED, until=until)
            for (since, until, source), figure in zip(periods, figures, strict=True)
        ),
        labels={
            "es": f"Aporte al INSS: tasa del tramo {number}",
            "pt": f"Contribuição ao INSS: alíquota da faixa {number}",
            "en": f"Contribution to the INSS: rate of bracket {number}",
        },
    )


wage_limits = (
    _wage_limit(1, ("1399.12", "1518.00", "1621.00")),
    _wage_limit(2, ("2331.88", "2793.88", "2902.84")),
    _wage_limit(3, ("4663.75", "4190.83", "4354.27")),
    _wage_limit(4, ("8157.41", "8475.55")),
)
wage_rates = (
    _wage_rate(1, ("0.08", "0.075")),
    _wage_rate(2, ("0.09", "0.09")),
    _wage_rate(3, ("0.11", "0.12")),
    _wage_rate(4, ("0.14",)),
)


def _tax_figure(key: str, figures: Sequence[str], labels: dict[str, str]) -> Money:
    return parameter.money(
        f"contribuicoes_imposto.{key}",
        BRL,
        *(
            value(since, figure, source, TO_BE_CHECKED, until=until)
            for (since, until, source), figure in zip(TABLES[-len(figures) :], figures, strict=True)
        ),
        labels=labels,
    )


def _tax_limit(number: int, *figures: str) -> Money:
    return _tax_figure(
        f"tax_limit_{number}",
        figures,
        {
            "es": f"Impuesto: base máxima del tramo {number}",
            "pt": f"Imposto: base máxima da faixa {number}",
            "en": f"Tax: highest base of bracket {number}",
        },
    )


def _tax_less(number: int, *figures: str) -> Money:
    return _tax_figure(
        f"tax_less_{number}",
        figures,
        {
            "es": f"Impuesto: cantidad a deducir en el tramo {number}",
            "pt": f"Imposto: parcela a deduzir na faixa {number}",
            "en": f"Tax: amount to deduct in bracket {number}",
        },
    )


def _tax_rate(number: int, figure: str) -> Number:
    return parameter.number(
        f"contribuicoes_imposto.tax_rate_{number}",
        value("2015-04-01", figure, LEI_13149, TO_BE_CHECKED, until="2027-01-01"),
        labels={
            "es": f"Impuesto: tasa del tramo {number}",
            "pt": f"Imposto: alíquota da faixa {number}",
            "en": f"Tax: rate of bracket {number}",
        },
    )


tax_limits = (
    _tax_limit(1, "1903.98", "2259.20", "2428.80"),
    _tax_limit(2, "2826.65", "2826.65", "2826.65"),
    _tax_limit(3, "3751.05", "3751.05", "3751.05"),
    _tax_limit(4, "4664.68", "4664.68", "4664.68"),
)
tax_rates = (_tax_rate(2, "0.075"), _tax_rate(3, "0.15"), _tax_rate(4, "0.225"), _tax_rate(5, "0.275"))
tax_less = (
    _tax_less(2, "142.80", "169.44", "182.16"),
    _tax_less(3, "354.80", "381.44", "394.16"),
    _tax_less(4, "636.13", "662.77", "675.49"),
    _tax_less(5, "869.36", "896.00", "908.73"),
)
dependant = parameter.money(
    "contribuicoes_imposto.dependant",
    BRL,
    value("2015-04-01", "189.59", LEI_13149, TO_BE_CHECKED, until="2027-01-01"),
    labels={
        "es": "Impuesto: deducción por dependiente",
        "pt": "Imposto: dedução por dependente",
        "en": "Tax: deduction for each dependant",
    },
)
simplified = _tax_figure(
    "simplified",
    ("564.80", "607.20"),
    {
        "es": "Impuesto: descuento simplificado",
        "pt": "Imposto: desconto simplificado",
        "en": "Tax: simplified deduction",
    },
)
waived = parameter.money(
    "contribuicoes_imposto.waived",
    BRL,
    value("2015-01-01", "10.00", f"Lei 9.430/1996 art. 67, {READ}", TO_BE_CHECKED, until="2027-01-01"),
    labels={
        "es": "Impuesto que no se retiene, hasta",
        "pt": "Imposto que não se retém, até",
        "en": "Tax that is not withheld, up to",
    },
)


def _relief(key: str, figure: str, labels: dict[str, str]) -> Money:
    relief = value("2026-01-01", figure, LEI_15270, TO_BE_CHECKED, until="2027-01-01")
    return parameter.money(f"contribuicoes_imposto.{key}", BRL, relief, labels=labels)


full_relief_limit = _relief(
    "full_relief_limit",
    "5000",
    {
        "es": "Salario hasta el que no se paga impuesto",
        "pt": "Salário até o qual não se paga imposto",
        "en": "Wage up to which no tax is paid",
    },
)
full_relief = _relief(
    "full_relief",
    "312.89",
    {
        "es": "Reducción máxima del impuesto",
        "pt": "Redução máxima do imposto",
        "en": "Largest reduction of the tax",
    },
)
relief_limit = _relief(
    "relief_limit",
    "7350",
    {
        "es": "Salario hasta el que se reduce el impuesto",
        "pt": "Salário até o qual se reduz o imposto",
        "en": "Wage up to which the tax is reduced",
    },
)
relief_base = _relief(
    "relief_base",
    "978.62",
    {
        "es": "Reducción antes de restar la parte del salario",
        "pt": "Redução antes de subtrair a parte do salário",
        "en": "Reduction before the part of the wage is taken away",
    },
)
relief_slope = parameter.number(
    "contribuicoes_imposto.relief_slope",
    value("2026-01-01", "0.133145", LEI_15270, TO_BE_CHECKED, until="2027-01-01"),
    labels={
        "es": "Parte del salario que se resta de la reducción",
        "pt": "Parte do salário que se subtrai da redução",
        "en": "Part of the wage that is taken from the reduction",
    },
)
