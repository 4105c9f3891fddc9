"""Subsidies of basic services: electricity (2026); water is not modelled."""

from datetime import date

from amparo.countries.chile.servicios_basicos import rules
from amparo.countries.chile.servicios_basicos.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

HOUSEHOLD = Role({"es": "Hogar", "pt": "Domicílio", "en": "Household"}, rules.entitled)

electricity = Benefit(
    key="subsidio_electrico",
    names={"es": "Subsidio eléctrico", "pt": "Subsídio de eletricidade", "en": "Electricity subsidy"},
    amount=rules.electricity_subsidy,
    originator=HOUSEHOLD,
    holder=HOUSEHOLD,
    payee=Role({"es": "Empresa eléctrica", "pt": "Companhia elétrica", "en": "Electricity company"}),
    income=False,
)

programme = Programme(
    key="servicios_basicos",
    names={
        "es": "Subsidios de servicios básicos (electricidad)",
        "pt": "Subsídios de serviços básicos (eletricidade)",
        "en": "Subsidies of basic services (electricity)",
    },
    package=__name__,
    regimes=(Regime(since=date(2026, 1, 1), benefits=(electricity,), until=date(2026, 7, 1)),),
    properties=properties(electricity),
    not_modelled=(
        {
            "es": "El subsidio al agua potable (ley 18.778): no se encontró qué parte de la cuenta cubre a cada hogar.",
            "pt": "O subsídio à água potável (lei 18.778): não se encontrou que parte da conta cobre a cada domicílio.",
            "en": "The water subsidy (law 18.778): which part of the bill it covers for whom was not found.",
        },
        {
            "es": "Las otras convocatorias de electricidad: no se encontró qué meses cubre su monto.",
            "pt": "As outras convocatórias de eletricidade: não se encontrou que meses cobre seu valor.",
            "en": "The other calls for electricity: which months their amount covers was not found.",
        },
        {
            "es": "La postulación, la cuenta al día y el orden cuando faltan cupos.",
            "pt": "A inscrição, a conta em dia e a ordem quando faltam vagas.",
            "en": "The application, the bill paid up, and the order when places are short.",
        },
    ),
)
