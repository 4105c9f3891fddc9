"""Pensiones solidarias de vejez: PBS and APS (Ley 20.255), then PGU (Ley 21.419)."""

from datetime import date

from amparo.countries.chile.pension_solidaria import rules
from amparo.countries.chile.pension_solidaria.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

PERSON = {"es": "Persona mayor", "pt": "Pessoa idosa", "en": "Older person"}

pbs_aps = Benefit(
    key="pbs_aps",
    names={
        "es": "Pensión Básica Solidaria y Aporte Previsional Solidario de vejez",
        "pt": "Pensão Básica Solidária e Aporte Previdenciário Solidário por velhice",
        "en": "Basic solidarity pension and solidarity supplement of old age",
    },
    amount=rules.pbs_aps,
    originator=Role(PERSON, rules.entitled_under_2008),
    holder=Role(PERSON, rules.entitled_under_2008),
    payee=Role(PERSON, rules.entitled_under_2008),
)
pgu = Benefit(
    key="pgu",
    names={
        "es": "Pensión Garantizada Universal (PGU)",
        "pt": "Pensão Garantida Universal (PGU)",
        "en": "Guaranteed universal pension (PGU)",
    },
    amount=rules.pgu,
    originator=Role(PERSON, rules.entitled),
    holder=Role(PERSON, rules.entitled),
    payee=Role(PERSON, rules.entitled),
)

programme = Programme(
    key="pension_solidaria",
    names={
        "es": "Pensión solidaria de vejez (PBS y APS; PGU)",
        "pt": "Pensão solidária por velhice (PBS e APS; PGU)",
        "en": "Solidarity pension of old age (PBS and APS; PGU)",
    },
    package=__name__,
    regimes=(
        Regime(since=date(2008, 7, 1), benefits=(pbs_aps,), until=rules.PGU_STARTS),
        Regime(since=rules.PGU_STARTS, benefits=(pgu,)),
    ),
    properties=properties(pbs_aps, pgu),
    not_modelled=(
        {
            "es": "La pensión y el aporte solidarios de invalidez.",
            "pt": "A pensão e o aporte solidários por invalidez.",
            "en": "The solidarity pension and supplement of invalidity.",
        },
        {
            "es": "Los montos por edad de la Ley 21.190 (diciembre de 2019 a enero de 2022): no están completos.",
            "pt": "Os valores por idade da Lei 21.190 (dezembro de 2019 a janeiro de 2022): não estão completos.",
            "en": "The amounts by age of Ley 21.190 (December 2019 to January 2022): they are not complete.",
        },
        {
            "es": "El Puntaje de Focalización Previsional: entra como dato, no se calcula.",
            "pt": "A pontuação de focalização previdenciária: entra como dado, não se calcula.",
            "en": "The pension targeting score: it is an input, not computed.",
        },
    ),
)
