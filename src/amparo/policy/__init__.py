"""What a programme is made of, as declarations; executed in `amparo.execute` and `amparo.simulate`."""

from amparo.policy.benefits import LANGUAGES, Benefit, Exclusion, Names, Property, Role
from amparo.policy.programmes import (
    Change,
    Country,
    Edition,
    ParameterChange,
    Programme,
    Reform,
    Regime,
    RuleChange,
    countries,
    find_country,
    find_programme,
    name_of,
    reason_of,
    replaced,
    set_to,
)

__all__ = [
    "LANGUAGES",
    "Benefit",
    "Change",
    "Country",
    "Edition",
    "Exclusion",
    "Names",
    "ParameterChange",
    "Programme",
    "Property",
    "Reform",
    "Regime",
    "Role",
    "RuleChange",
    "countries",
    "find_country",
    "find_programme",
    "name_of",
    "reason_of",
    "replaced",
    "set_to",
]
