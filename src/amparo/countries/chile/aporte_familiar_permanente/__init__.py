"""Aporte Familiar Permanente (Ley 20.743), formerly Bono Marzo."""

from datetime import date

from amparo.countries.chile.aporte_familiar_permanente import rules
from amparo.countries.chile.aporte_familiar_permanente.properties import properties
from amparo.expr import Timing
from amparo.policy import Benefit, Programme, Regime, Role

HOLDER = Role({"es": "Beneficiario", "pt": "Titular", "en": "Holder"})
PAYEE = Role({"es": "Quien cobra", "pt": "Quem recebe", "en": "Payee"})

for_originators = Benefit(
    key="aporte_familiar_permanente",
    names={
        "es": "Aporte Familiar Permanente, por causante",
        "pt": "Aporte Familiar Permanente, por causante",
        "en": "Permanent family payment, for each originator",
    },
    amount=rules.for_an_originator,
    originator=Role({"es": "Causante", "pt": "Causante", "en": "Originator"}, rules.originates),
    holder=HOLDER,
    payee=PAYEE,
    timing=Timing.ANNUAL,
)
for_families = Benefit(
    key="aporte_familiar_por_familia",
    names={
        "es": "Aporte Familiar Permanente, por familia",
        "pt": "Aporte Familiar Permanente, por família",
        "en": "Permanent family payment, for a family",
    },
    amount=rules.for_a_family,
    originator=Role({"es": "Familia", "pt": "Família", "en": "Family"}),
    holder=HOLDER,
    payee=PAYEE,
    timing=Timing.ANNUAL,
)

programme = Programme(
    key="aporte_familiar_permanente",
    names={
        "es": "Aporte Familiar Permanente (bono marzo)",
        "pt": "Aporte Familiar Permanente (bono marzo)",
        "en": "Permanent family payment (bono marzo)",
    },
    package=__name__,
    regimes=(Regime(since=date(2014, 7, 1), benefits=(for_originators, for_families)),),
    properties=properties(for_originators),
    not_modelled=(
        {
            "es": "La foto del 31 de diciembre anterior: los causantes del mes hacen de los de esa fecha.",
            "pt": "A fotografia de 31 de dezembro anterior: os causantes do mês fazem as vezes dos dessa data.",
            "en": "The picture of 31 December before: the originators of the month stand for those of that day.",
        },
        {
            "es": "Las familias de Chile Solidario que seguían en él.",
            "pt": "As famílias do Chile Solidario que nele continuavam.",
            "en": "The families that were still in Chile Solidario.",
        },
    ),
)
