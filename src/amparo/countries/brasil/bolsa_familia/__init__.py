"""Bolsa Família: Lei 10.836/2004 until 2021, Lei 14.601/2023 since 2023."""

from datetime import date

from amparo.countries.brasil.bolsa_familia import rules
from amparo.countries.brasil.bolsa_familia.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

NAMES = {"es": "Bolsa Família", "pt": "Bolsa Família", "en": "Bolsa Família"}

FAMILY = Role({"es": "La familia", "pt": "A família", "en": "The family"})

benefit = Benefit(
    key="bolsa_familia",
    names=NAMES,
    amount=rules.benefit,
    originator=FAMILY,
    holder=FAMILY,
    payee=Role(
        {
            "es": "Responsable familiar, de preferencia la mujer",
            "pt": "Responsável familiar, de preferência a mulher",
            "en": "The person responsible for the family, preferably the woman",
        }
    ),
)

programme = Programme(
    key="bolsa_familia",
    names=NAMES,
    package=__name__,
    regimes=(
        # Lei 10.836/2004 with the values of Decreto 8.232/2014; replaced by the Auxílio Brasil in November 2021.
        Regime(date(2014, 6, 1), (benefit,), until=rules.AUXILIO_BRASIL),
        # MP 1.164/2023, then Lei 14.601/2023; its amounts apply from June 2023 (earlier months refuse).
        Regime(rules.NEW_BOLSA_FAMILIA, (benefit,)),
    ),
    properties=properties(benefit),
    not_modelled=(
        {
            "es": "Condicionalidades de salud y educación: sus efectos (aviso, bloqueo, suspensión, cancelación)",
            "pt": "Condicionalidades de saúde e educação: efeitos (advertência, bloqueio, suspensão, cancelamento)",
            "en": "Health and education conditions: their effects (warning, block, suspension, cancellation)",
        },
        {
            "es": "Beneficio Extraordinario de Transición, pagado hasta mayo de 2025",
            "pt": "Benefício Extraordinário de Transição, pago até maio de 2025",
            "en": "Extraordinary Transition Benefit, paid until May 2025",
        },
        {
            "es": "Permanencia con ingresos superiores bajo la Ley 10.836/2004",
            "pt": "Regra de permanência com renda superior sob a Lei 10.836/2004",
            "en": "Stay in the programme with a higher income under Law 10.836/2004",
        },
        {
            "es": "Cupos por municipio y prioridad de ingreso o de reingreso",
            "pt": "Vagas por município e prioridade de ingresso ou de reingresso",
            "en": "Places by municipality and priority of entry or re-entry",
        },
    ),
)
