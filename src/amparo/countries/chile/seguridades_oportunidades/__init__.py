"""Seguridades y Oportunidades: base bond, protection bond, and the bonds for duties (Ley 20.595)."""

from datetime import date

from amparo.countries.chile.seguridades_oportunidades import rules
from amparo.countries.chile.seguridades_oportunidades.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

FAMILY = Role({"es": "Familia", "pt": "Família", "en": "Family"})
CHILD = Role({"es": "Niña, niño o adolescente", "pt": "Criança ou adolescente", "en": "Child"})
PAYEE = Role({"es": "Quien cobra", "pt": "Quem recebe", "en": "Payee"}, rules.payee)

base = Benefit(
    key="bono_base_familiar",
    names={"es": "Bono Base Familiar", "pt": "Bônus Base Familiar", "en": "Family base bond"},
    amount=rules.base_bond,
    originator=FAMILY,
    holder=FAMILY,
    payee=PAYEE,
)
protection = Benefit(
    key="bono_proteccion",
    names={"es": "Bono de Protección", "pt": "Bônus de Proteção", "en": "Protection bond"},
    amount=rules.protection_bond,
    originator=FAMILY,
    holder=FAMILY,
    payee=PAYEE,
)
check_up = Benefit(
    key="bono_control_nino_sano",
    names={"es": "Bono Control Niño Sano", "pt": "Bônus por controle de saúde", "en": "Child health control bond"},
    amount=rules.check_up_bond,
    originator=CHILD,
    holder=FAMILY,
    payee=PAYEE,
)
attendance = Benefit(
    key="bono_asistencia_escolar",
    names={
        "es": "Bono por Asistencia Escolar",
        "pt": "Bônus por frequência escolar",
        "en": "School attendance bond",
    },
    amount=rules.attendance_bond,
    originator=CHILD,
    holder=FAMILY,
    payee=PAYEE,
)

programme = Programme(
    key="seguridades_oportunidades",
    names={
        "es": "Seguridades y Oportunidades: bonos",
        "pt": "Seguridades y Oportunidades: bônus",
        "en": "Seguridades y Oportunidades: bonds",
    },
    package=__name__,
    regimes=(
        Regime(since=date(2014, 7, 1), benefits=(base,), until=rules.BONDS_KNOWN),
        Regime(since=rules.BONDS_KNOWN, benefits=(base, protection, check_up, attendance)),
    ),
    properties=properties(base),
    not_modelled=(
        {
            "es": "La entrada al programa: quién es invitado y firma; el mes de participación es un dato.",
            "pt": "A entrada no programa: quem é convidado e assina; o mês de participação é um dado.",
            "en": "Entry into the programme: who is invited and signs; the month of participation is an input.",
        },
        {
            "es": "Los bonos por logros (escolar, cuarto medio, formalización): sus montos no se encontraron.",
            "pt": "Os bônus por conquistas (escolar, quarto médio, formalização): seus valores não foram encontrados.",
            "en": "The bonds for achievements (school, fourth year, formal work): their amounts were not found.",
        },
        {
            "es": "Los bonos de protección y de deberes antes de febrero de 2022: sus montos no se encontraron.",
            "pt": "Os bônus de proteção e de deveres antes de fevereiro de 2022: seus valores não foram encontrados.",
            "en": "The protection and duty bonds before February 2022: their amounts were not found.",
        },
        {
            "es": "El calendario para acreditar los controles de salud: se pide que estén al día.",
            "pt": "O calendário para comprovar os controles de saúde: pede-se que estejam em dia.",
            "en": "The calendar for proving check-ups: being up to date is asked for.",
        },
    ),
)
