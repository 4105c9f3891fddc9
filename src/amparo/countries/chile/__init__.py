"""Chile: family benefits and solidarity pensions, on the Registro Social de Hogares."""

from amparo.countries.chile.asignacion_familiar import asignacion_familiar, family_allowance
from amparo.countries.chile.entities import CLP, Household
from amparo.countries.chile.pension_solidaria import pension_solidaria
from amparo.countries.chile.suf import family_subsidy, suf
from amparo.countries.chile.suf.rules import DS_53
from amparo.policy import Country, Exclusion

one_benefit_for_each_originator = Exclusion(
    key="asignacion_familiar_over_suf",
    winner=family_allowance,
    loser=family_subsidy,
    source=DS_53.article("4 (un solo subsidio)"),
    meaning="A person gives right to one benefit in the whole country: the family allowance comes first.",
    place="amparo.countries.chile",
)

country = Country(
    key="chile",
    names={"es": "Chile", "pt": "Chile", "en": "Chile"},
    currency=CLP,
    household=Household,
    programmes=(asignacion_familiar, suf, pension_solidaria),
    exclusions=(one_benefit_for_each_originator,),
    package=__name__,
)
