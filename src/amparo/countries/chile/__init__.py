"""Chile: family benefits and solidarity pensions, on the Registro Social de Hogares."""

from amparo.countries.chile import (
    aporte_familiar_permanente,
    asignacion_familiar,
    pension_solidaria,
    registro_social,
    suf,
)
from amparo.countries.chile.entities import CLP, Household
from amparo.countries.chile.suf.rules import DS_53
from amparo.policy import Country, Exclusion

one_benefit_for_each_originator = Exclusion(
    key="suf.never_both",
    winner=asignacion_familiar.family_allowance,
    loser=suf.family_subsidy,
    source=DS_53.article("4 (un solo subsidio)"),
    meaning="A person gives right to one benefit in the whole country: the family allowance comes first.",
)

country = Country(
    key="chile",
    names={"es": "Chile", "pt": "Chile", "en": "Chile"},
    currency=CLP,
    household=Household,
    programmes=(
        registro_social.programme,
        asignacion_familiar.programme,
        suf.programme,
        aporte_familiar_permanente.programme,
        pension_solidaria.programme,
    ),
    exclusions=(one_benefit_for_each_originator,),
    package=__name__,
)
