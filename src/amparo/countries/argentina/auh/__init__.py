"""Asignación Universal por Hijo and Asignación por Embarazo: the universal child and pregnancy allowances."""

from datetime import date

from amparo.countries.argentina.auh.benefits import (
    aue_paid,
    aue_released,
    aue_retained,
    auh_paid,
    auh_released,
    auh_retained,
)
from amparo.countries.argentina.auh.properties import properties
from amparo.policy import Programme, Regime

CHILD = (auh_paid, auh_retained, auh_released)
PREGNANCY = (aue_paid, aue_retained, aue_released)

programme = Programme(
    key="auh",
    names={
        "es": "Asignación Universal por Hijo y por Embarazo",
        "pt": "Asignación Universal por Hijo e por gravidez",
        "en": "Universal Child and Pregnancy Allowances (AUH and AUE)",
    },
    package=__name__,
    regimes=(
        Regime(since=date(2009, 11, 1), until=date(2011, 5, 1), benefits=CHILD),
        Regime(since=date(2011, 5, 1), benefits=(*CHILD, *PREGNANCY)),
    ),
    properties=properties,
    not_modelled=(
        {
            "es": "Prestación Alimentar, Complemento Leche y Ayuda Escolar Anual, que se pagan con la AUH.",
            "pt": "Prestación Alimentar, Complemento Leche e Ayuda Escolar Anual, pagos com a AUH.",
            "en": "Prestación Alimentar, Complemento Leche and the yearly school grant, which are paid with the AUH.",
        },
        {
            "es": "El importe mayor de las zonas desfavorables (Zona 1).",
            "pt": "O valor maior das zonas desfavoráveis (Zona 1).",
            "en": "The higher amounts of the remote zones (Zona 1).",
        },
        {
            "es": "La Libreta presentada solo por algunos de los hijos; la suspensión por falta de controles.",
            "pt": "A caderneta entregue só para alguns dos filhos; a suspensão por falta de controles.",
            "en": "A Libreta filed for some of the children only; suspension for missing health and school controls.",
        },
        {
            "es": "Los meses de embarazo anteriores a la semana 12 que se pagan después (desde 2021).",
            "pt": "Os meses de gravidez anteriores à semana 12 pagos depois (desde 2021).",
            "en": "The months of pregnancy before week 12 that are paid afterwards (since 2021).",
        },
        {
            "es": "El pago mensual del 100 % a los menores de cinco años con controles verificados (Res. 1170/2025).",
            "pt": "O pagamento mensal de 100 % até os quatro anos com controles verificados (Res. 1170/2025).",
            "en": "The full monthly payment for children up to four with verified controls (Res. 1170/2025).",
        },
    ),
)
