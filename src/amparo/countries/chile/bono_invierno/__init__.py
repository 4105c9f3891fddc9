"""Bono de Invierno: the winter bonus of pensioners."""

from datetime import date

from amparo.countries.chile.bono_invierno import rules
from amparo.countries.chile.bono_invierno.properties import properties
from amparo.expr import Timing
from amparo.policy import Benefit, Programme, Regime, Role

PENSIONER = Role({"es": "Persona pensionada", "pt": "Pessoa aposentada", "en": "Pensioner"}, rules.entitled)

winter_bonus = Benefit(
    key="bono_invierno",
    names={"es": "Bono de Invierno", "pt": "Bônus de Inverno", "en": "Winter bonus"},
    amount=rules.winter_bonus,
    originator=PENSIONER,
    holder=PENSIONER,
    payee=PENSIONER,
    timing=Timing.ANNUAL,
)

programme = Programme(
    key="bono_invierno",
    names=winter_bonus.names,
    package=__name__,
    regimes=(Regime(since=date(2016, 5, 1), benefits=(winter_bonus,)),),
    properties=properties(winter_bonus),
    not_modelled=(
        {
            "es": "De qué institución es la pensión: se supone que todas las pensiones propias dan derecho.",
            "pt": "De que instituição é a pensão: supõe-se que todas as pensões próprias dão direito.",
            "en": "Which institution pays the pension: every own pension is taken to give right.",
        },
        {
            "es": "Las pensiones de reparación, que tampoco cuentan en el límite.",
            "pt": "As pensões de reparação, que tampouco contam no limite.",
            "en": "Pensions of reparation, which do not count in the limit either.",
        },
    ),
)
