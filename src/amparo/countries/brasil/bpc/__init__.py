"""Benefício de Prestação Continuada: one minimum wage for older and disabled persons without means."""

from datetime import date

from amparo.countries.brasil.bpc import rules
from amparo.countries.brasil.bpc.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

NAMES = {
    "es": "Beneficio de Prestación Continuada (BPC)",
    "pt": "Benefício de Prestação Continuada (BPC)",
    "en": "Continuous Cash Benefit (BPC)",
}

CLAIMANT = Role(
    {
        "es": "Persona de 65 años o más, o con discapacidad",
        "pt": "Pessoa de 65 anos ou mais, ou com deficiência",
        "en": "Person aged 65 or over, or with a disability",
    },
    rules.claimant,
)

benefit = Benefit(
    key="bpc",
    names=NAMES,
    amount=rules.benefit,
    originator=CLAIMANT,
    holder=CLAIMANT,
    payee=Role(
        {
            "es": "La misma persona o quien la representa legalmente",
            "pt": "A própria pessoa ou seu representante legal",
            "en": "The person, or their legal representative",
        }
    ),
)

programme = Programme(
    key="bpc",
    names=NAMES,
    package=__name__,
    # The text of the family (Lei 12.435/2011) has been in force since 7 July 2011.
    regimes=(Regime(date(2011, 8, 1), (benefit,)),),
    properties=properties(benefit),
    not_modelled=(
        {
            "es": "Límite de hasta medio salario mínimo por grado de discapacidad, dependencia o gastos de salud",
            "pt": "Limite de até meio salário mínimo por grau da deficiência, dependência ou gastos com saúde",
            "en": "Limit of up to half a minimum wage by degree of disability, dependency or health expenses",
        },
        {
            "es": "Concesión por vía judicial con ingresos superiores al límite",
            "pt": "Concessão judicial com renda superior ao limite",
            "en": "Grants by court order above the income limit",
        },
        {
            "es": "Auxilio-inclusión de quien vuelve a trabajar",
            "pt": "Auxílio-inclusão de quem volta a trabalhar",
            "en": "Inclusion aid for those who return to work",
        },
    ),
)
