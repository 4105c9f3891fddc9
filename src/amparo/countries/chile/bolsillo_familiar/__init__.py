"""Bolsillo Familiar Electrónico (2023 and 2024)."""

from datetime import date

from amparo.countries.chile.bolsillo_familiar import rules
from amparo.countries.chile.bolsillo_familiar.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

purse = Benefit(
    key="bolsillo_familiar",
    names={
        "es": "Bolsillo Familiar Electrónico",
        "pt": "Bolsillo Familiar Electrónico (carteira para alimentos)",
        "en": "Electronic family purse",
    },
    amount=rules.purse,
    originator=Role({"es": "Causante", "pt": "Causante", "en": "Originator"}, rules.originates),
    holder=Role({"es": "Beneficiario", "pt": "Titular", "en": "Holder"}),
    payee=Role({"es": "Quien cobra", "pt": "Quem recebe", "en": "Payee"}),
)

programme = Programme(
    key="bolsillo_familiar",
    names=purse.names,
    package=__name__,
    regimes=(
        Regime(since=date(2023, 5, 1), benefits=(purse,), until=date(2024, 5, 1)),
        Regime(since=date(2024, 7, 1), benefits=(purse,), until=date(2024, 10, 1)),
    ),
    properties=properties(purse),
    not_modelled=(
        {
            "es": "Las familias de Seguridades y Oportunidades sin causantes: no se encontró cuánto reciben.",
            "pt": "As famílias de Seguridades y Oportunidades sem causantes: não se encontrou quanto recebem.",
            "en": "Families of Seguridades y Oportunidades without originators: what they get was not found.",
        },
        {
            "es": "Que cubra hasta el 20 % de cada compra y el saldo se acumule: es uso, no derecho.",
            "pt": "Que cubra até 20 % de cada compra e o saldo se acumule: é uso, não direito.",
            "en": "That it covers up to 20 % of each purchase and the balance carries over: use, not right.",
        },
    ),
)
