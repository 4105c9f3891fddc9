"""Subsidio Familiar (Ley 18.020, DS 53/2007)."""

from datetime import date

from amparo.countries.chile.suf import rules
from amparo.countries.chile.suf.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

family_subsidy = Benefit(
    key="suf",
    names={"es": "Subsidio Familiar (SUF)", "pt": "Subsídio Familiar (SUF)", "en": "Family subsidy (SUF)"},
    amount=rules.subsidy,
    originator=Role({"es": "Causante", "pt": "Causante", "en": "Originator"}, rules.originates),
    holder=Role({"es": "Beneficiario", "pt": "Titular", "en": "Holder"}, rules.holder),
    payee=Role({"es": "Quien cobra", "pt": "Quem recebe", "en": "Payee"}, rules.holder),
)

programme = Programme(
    key="suf",
    names=family_subsidy.names,
    package=__name__,
    regimes=(Regime(since=date(2014, 7, 1), benefits=(family_subsidy,)),),
    properties=properties(family_subsidy),
    not_modelled=(
        {
            "es": "Guardadores y personas a cargo como beneficiarios: falta saber quién tiene el cuidado.",
            "pt": "Guardiões e pessoas responsáveis como titulares: falta saber quem tem a guarda.",
            "en": "Guardians and persons in charge as holders: who has the care is not a fact of the household.",
        },
        {
            "es": "La resolución municipal, el mes siguiente, los tres años y los seis meses sin cobrar: "
            "son de la entrega, no del derecho de un mes.",
            "pt": "A resolução municipal, o mês seguinte, os três anos e os seis meses sem sacar: são da entrega.",
            "en": "The municipal resolution, the accrual from the next month, the three years and the six months "
            "uncollected: they belong to delivery, not to the right of one month.",
        },
        {
            "es": "La concesión automática a niños del tramo del 40 % (art. 4 bis): no cambia quién tiene derecho.",
            "pt": "A concessão automática a crianças da faixa de 40 % (art. 4 bis): não muda quem tem direito.",
            "en": "Automatic granting to children of the 40 % bracket (art. 4 bis): it changes nobody's right.",
        },
    ),
)
