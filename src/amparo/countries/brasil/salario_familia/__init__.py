"""Salário-família: a monthly quota for each child of a registered employee with a low wage."""

from datetime import date

from amparo.countries.brasil.salario_familia import rules
from amparo.countries.brasil.salario_familia.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

NAMES = {"es": "Salario-familia (salário-família)", "pt": "Salário-família", "en": "Family allowance (salário-família)"}

WORKER = Role(
    {
        "es": "Madre o padre con empleo registrado",
        "pt": "Mãe ou pai com emprego registrado",
        "en": "Mother or father in registered employment",
    },
    rules.holder,
)

benefit = Benefit(
    key="salario_familia",
    names=NAMES,
    amount=rules.allowance,
    originator=Role(
        {
            "es": "Hija o hijo de hasta 14 años, o con discapacidad",
            "pt": "Filha ou filho de até 14 anos, ou com deficiência",
            "en": "Child aged up to 14, or with a disability",
        },
        rules.gives_right,
    ),
    holder=WORKER,
    payee=WORKER,
)

programme = Programme(
    key="salario_familia",
    names=NAMES,
    package=__name__,
    # Each ordinance is of one year; those of 2016 to 2024 and of 2026 were not read.
    regimes=(
        Regime(since=date(2015, 1, 1), until=date(2016, 1, 1), benefits=(benefit,)),
        Regime(since=date(2025, 1, 1), until=date(2026, 1, 1), benefits=(benefit,)),
    ),
    properties=properties(benefit),
    not_modelled=(
        {
            "es": "Otros años que 2015 y 2025: la cuota y el límite cambian cada año.",
            "pt": "Outros anos que não 2015 e 2025: a cota e o limite mudam a cada ano.",
            "en": "Years other than 2015 and 2025: quota and limit change every year.",
        },
        {
            "es": "Hijastros y niños bajo tutela, hijos que viven en otro hogar, y pensionados con derecho a la cuota.",
            "pt": "Enteados e tutelados, filhos que vivem em outro domicílio, e aposentados com direito à cota.",
            "en": "Stepchildren and wards, children who live elsewhere, and pensioners entitled to the quota.",
        },
        {
            "es": "Vacunas y asistencia escolar que hay que comprobar, y los meses trabajados en parte.",
            "pt": "Vacinas e frequência escolar a comprovar, e os meses trabalhados em parte.",
            "en": "Vaccines and school attendance to be proved, and months worked in part.",
        },
        {
            "es": "Aportes del trabajador (INSS), impuesto a la renta (IRRF) y salario líquido: faltan sus tablas.",
            "pt": "Contribuição do trabalhador (INSS), imposto de renda (IRRF) e salário líquido: faltam as tabelas.",
            "en": "Workers' contributions (INSS), income tax (IRRF) and net earnings: their tables are missing.",
        },
    ),
)
