"""Bono por hijo nacido vivo o adoptado (Ley 20.255)."""

from amparo.countries.chile.bono_por_hijo import rules
from amparo.countries.chile.bono_por_hijo.properties import properties
from amparo.expr import Timing
from amparo.policy import Benefit, Programme, Regime, Role

MOTHER = Role({"es": "Madre", "pt": "Mãe", "en": "Mother"}, rules.woman)

credit = Benefit(
    key="bono_por_hijo",
    names={"es": "Bono por hijo", "pt": "Bônus por filho", "en": "Bonus for each child"},
    amount=rules.credit,
    originator=Role({"es": "Hijo o hija", "pt": "Filho ou filha", "en": "Child"}),
    holder=MOTHER,
    payee=MOTHER,
    timing=Timing.ACCRUED,
    income=False,
)

programme = Programme(
    key="bono_por_hijo",
    names=credit.names,
    package=__name__,
    regimes=(Regime(since=rules.STARTS, benefits=(credit,)),),
    properties=properties(credit),
    not_modelled=(
        {
            "es": "La rentabilidad desde el nacimiento y su conversión en pensión a los 65 años.",
            "pt": "O rendimento desde o nascimento e sua conversão em pensão aos 65 anos.",
            "en": "The returns since the birth and their conversion into a pension at 65.",
        },
        {
            "es": "La residencia que se exige para cobrarlo.",
            "pt": "A residência exigida para recebê-lo.",
            "en": "The residence asked for when it is paid.",
        },
    ),
)
