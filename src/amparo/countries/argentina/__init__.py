"""Argentina: the programmes of social protection that are written as rules."""

from amparo.countries.argentina import auh
from amparo.countries.argentina.entities import ARS, Household, consistency
from amparo.policy import Country

country = Country(
    key="argentina",
    names={"es": "Argentina", "pt": "Argentina", "en": "Argentina"},
    currency=ARS,
    household=Household,
    programmes=(auh.programme,),
    package=__name__,
    consistency=consistency,
)
