"""Estipendio: the payment to unpaid carers of persons with severe dependency."""

from datetime import date

from amparo.countries.chile.estipendio_cuidadores import rules
from amparo.countries.chile.estipendio_cuidadores.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

CARER = Role({"es": "Persona cuidadora", "pt": "Pessoa cuidadora", "en": "Carer"}, rules.holder)

stipend = Benefit(
    key="estipendio_cuidadores",
    names={
        "es": "Estipendio a personas cuidadoras",
        "pt": "Estipêndio a pessoas cuidadoras",
        "en": "Stipend of unpaid carers",
    },
    amount=rules.stipend,
    originator=Role({"es": "Persona cuidada", "pt": "Pessoa cuidada", "en": "Person cared for"}, rules.originates),
    holder=CARER,
    payee=CARER,
)

programme = Programme(
    key="estipendio_cuidadores",
    names=stipend.names,
    package=__name__,
    regimes=(Regime(since=date(2025, 1, 1), benefits=(stipend,)),),
    properties=properties(),
    not_modelled=(
        {
            "es": "Los cupos del presupuesto y su orden: aquí está el derecho, no la concesión.",
            "pt": "As vagas do orçamento e sua ordem: aqui está o direito, não a concessão.",
            "en": "The places of the budget and their order: this is the right, not the grant.",
        },
        {
            "es": "Personas cuidadas que viven en otro hogar que quien las cuida.",
            "pt": "Pessoas cuidadas que vivem em outro domicílio que não o de quem as cuida.",
            "en": "Persons who live in another household than their carer.",
        },
        {
            "es": "Los montos antes de 2025: no se encontraron.",
            "pt": "Os valores antes de 2025: não foram encontrados.",
            "en": "The amounts before 2025: they were not found.",
        },
    ),
)
