"""Figures of the salário-família: one ordinance a year; those of 2015, 2025 and 2026 were read, in reports of them."""

from amparo.countries.brasil.entities import BRL
from amparo.expr import TO_BE_CHECKED, VERIFIED, value
from amparo.expr import parameters as parameter

DOMAIN = "six_countries.md, section 2: 'child <=14 or disabled'; F04 counts a girl of 14"
PORTARIA_13 = "BR-SF15, Portaria MPS/MF 13/2015, https://abauditores.com.br/ver-noticia.php?id=1470"
PORTARIA_6 = (
    "BR-SF25, Portaria MPS/MF 6/2025, https://www.proguscontabilidade.com.br/6633/"
    "tabela_para_calculo_da_quota_do_salario-familia_de_2025"
)
PORTARIA_13_2026 = "Portaria MPS/MF 13/2026, as public payroll programs transcribe it; the act was not opened"

child_age = parameter.count(
    "salario_familia.child_age",
    value(
        "2015-01-01",
        14,
        DOMAIN,
        TO_BE_CHECKED,
        note="Decreto 611/1992 art. 86 II ended payment the month after the 14th birthday: that would count up to 13.",
    ),
    labels={
        "es": "Última edad de los hijos que dan derecho",
        "pt": "Última idade dos filhos que dão direito",
        "en": "Last age of the children who give right",
    },
)
first_limit = parameter.money(
    "salario_familia.first_limit",
    BRL,
    value("2015-01-01", "725.02", PORTARIA_13, VERIFIED, until="2016-01-01"),
    labels={
        "es": "Salario máximo de la cuota mayor",
        "pt": "Salário máximo da cota maior",
        "en": "Highest wage of the larger quota",
    },
)
first_quota = parameter.money(
    "salario_familia.first_quota",
    BRL,
    value("2015-01-01", "37.18", PORTARIA_13, VERIFIED, until="2016-01-01"),
    labels={"es": "Cuota mayor, por hijo", "pt": "Cota maior, por filho", "en": "Larger quota, each child"},
)
limit = parameter.money(
    "salario_familia.limit",
    BRL,
    value("2015-01-01", "1089.72", PORTARIA_13, VERIFIED, until="2016-01-01"),
    value("2025-01-01", "1906.04", PORTARIA_6, VERIFIED),
    value("2026-01-01", "1980.38", PORTARIA_13_2026, TO_BE_CHECKED, until="2027-01-01"),
    labels={
        "es": "Salario máximo con derecho a la cuota",
        "pt": "Salário máximo com direito à cota",
        "en": "Highest wage with a quota",
    },
)
quota = parameter.money(
    "salario_familia.quota",
    BRL,
    value("2015-01-01", "26.20", PORTARIA_13, VERIFIED, until="2016-01-01"),
    value("2025-01-01", 65, PORTARIA_6, VERIFIED),
    value("2026-01-01", "67.54", PORTARIA_13_2026, TO_BE_CHECKED, until="2027-01-01"),
    labels={"es": "Cuota, por hijo", "pt": "Cota, por filho", "en": "Quota, each child"},
)
