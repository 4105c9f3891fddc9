"""Registro Social de Hogares: the socioeconomic classification."""

from datetime import date

from amparo.countries.chile.registro_social import rules
from amparo.countries.chile.registro_social.properties import properties
from amparo.policy import Finding, Programme, Regime

income = Finding(
    key="rsh_income",
    names={"es": "Ingreso del hogar", "pt": "Renda do domicílio", "en": "Income of the household"},
    value=rules.household_income,
)
needs = Finding(
    key="rsh_needs",
    names={"es": "Índice de necesidades", "pt": "Índice de necessidades", "en": "Index of needs"},
    value=rules.needs,
)
adjusted_income = Finding(
    key="rsh_adjusted_income",
    names={"es": "Ingreso corregido", "pt": "Renda corrigida", "en": "Adjusted income"},
    value=rules.adjusted_income,
)
classification = Finding(
    key="rsh_calculated_bracket",
    names={
        "es": "Tramo calculado (umbrales ilustrativos)",
        "pt": "Faixa calculada (limiares ilustrativos)",
        "en": "Calculated bracket (illustrative thresholds)",
    },
    value=rules.bracket,
)

programme = Programme(
    key="registro_social",
    names={
        "es": "Registro Social de Hogares: calificación socioeconómica",
        "pt": "Registro Social de Lares: classificação socioeconômica",
        "en": "Social Register of Households: socioeconomic classification",
    },
    package=__name__,
    regimes=(Regime(since=date(2024, 6, 1), findings=(income, needs, adjusted_income, classification)),),
    properties=properties(classification),
    not_modelled=(
        {
            "es": "Los umbrales oficiales de ingreso: salen de CASEN y no se publican; los que hay ilustran.",
            "pt": "Os limiares oficiais de renda: vêm da CASEN e não são publicados; os que há ilustram.",
            "en": "The official thresholds of income: they come from CASEN and are not published; these illustrate.",
        },
        {
            "es": "El tramo que leen los programas es el que comunica el Registro (dato de entrada), no este cálculo.",
            "pt": "A faixa que os programas leem é a que o Registro comunica (dado de entrada), não este cálculo.",
            "en": "The bracket that programmes read is the one the Register states (an input), not this calculation.",
        },
        {
            "es": "Los métodos anteriores a junio de 2024 y el calendario de actualización.",
            "pt": "Os métodos anteriores a junho de 2024 e o calendário de atualização.",
            "en": "The methods before June 2024 and the calendar of updates.",
        },
    ),
)
