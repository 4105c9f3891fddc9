"""Subsidio de Discapacidad for those under 18 (Ley 20.255, art. 35)."""

from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS
from amparo.countries.chile.subsidio_discapacidad import rules
from amparo.countries.chile.subsidio_discapacidad.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

disability_subsidy = Benefit(
    key="subsidio_discapacidad",
    names={
        "es": "Subsidio de Discapacidad para menores de 18 años",
        "pt": "Subsídio de Deficiência para menores de 18 anos",
        "en": "Disability subsidy for those under 18",
    },
    amount=rules.disability_subsidy,
    originator=Role({"es": "Niña, niño o adolescente", "pt": "Criança ou adolescente", "en": "Child"}, rules.entitled),
    holder=Role({"es": "Titular", "pt": "Titular", "en": "Holder"}, rules.entitled),
    payee=Role({"es": "Quien tiene su cuidado", "pt": "Quem tem seu cuidado", "en": "Whoever has the child in care"}),
)

programme = Programme(
    key="subsidio_discapacidad",
    names=disability_subsidy.names,
    package=__name__,
    regimes=(Regime(since=PGU_STARTS, benefits=(disability_subsidy,)),),
    properties=properties(disability_subsidy),
    not_modelled=(
        {
            "es": "Los montos antes de febrero de 2022: no se encontraron.",
            "pt": "Os valores antes de fevereiro de 2022: não foram encontrados.",
            "en": "The amounts before February 2022: they were not found.",
        },
        {
            "es": "El antiguo subsidio de discapacidad mental de la ley 18.600: su monto no se encontró.",
            "pt": "O antigo subsídio de deficiência mental da lei 18.600: seu valor não foi encontrado.",
            "en": "The old mental disability subsidy of law 18.600: its amount was not found.",
        },
        {
            "es": "La reevaluación a los 17 años y 6 meses para la pensión de invalidez.",
            "pt": "A reavaliação aos 17 anos e 6 meses para a pensão por invalidez.",
            "en": "The reassessment at 17 years and 6 months for the pension of invalidity.",
        },
    ),
)
