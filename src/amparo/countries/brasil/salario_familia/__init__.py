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
    # Each ordinance is of one year; those of 2016 to 2024 were not read.
    regimes=(
        Regime(since=date(2015, 1, 1), until=date(2016, 1, 1), benefits=(benefit,)),
        Regime(since=date(2025, 1, 1), until=date(2027, 1, 1), benefits=(benefit,)),
    ),
    properties=properties(benefit),
    not_modelled=(
        {
            "es": "Otros años que 2015, 2025 y 2026: la cuota y el límite cambian cada año.",
            "pt": "Outros anos que não 2015, 2025 e 2026: a cota e o limite mudam a cada ano.",
            "en": "Years other than 2015, 2025 and 2026: quota and limit change every year.",
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
    ),
)
