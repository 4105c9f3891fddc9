"""Mexico: households and their incomes by source; no programme is written as rules yet."""

from amparo.countries.mexico.entities import MXN, Household, consistency
from amparo.policy import Country

country = Country(
    key="mexico",
    names={"es": "México", "pt": "México", "en": "Mexico"},
    currency=MXN,
    household=Household,
    programmes=(),
    package=__name__,
    consistency=consistency,
)
