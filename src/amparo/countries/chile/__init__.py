"""Chile: the Registro Social de Hogares and the benefits that read it."""

from amparo.countries.chile import (
    aporte_familiar_permanente,
    asignacion_familiar,
    bolsillo_familiar,
    bono_invierno,
    bono_por_hijo,
    cotizaciones_impuesto,
    estipendio_cuidadores,
    pension_solidaria,
    registro_social,
    seguridades_oportunidades,
    servicios_basicos,
    subsidio_discapacidad,
    suf,
)
from amparo.countries.chile.entities import CLP, Household, consistency
from amparo.countries.chile.subsidio_discapacidad.rules import LEY_20255
from amparo.countries.chile.suf.rules import DS_53
from amparo.policy import Country, Exclusion

DISABILITY = LEY_20255.article("35 (incompatibilidad)")

one_benefit_for_each_originator = Exclusion(
    key="suf.never_both",
    winner=asignacion_familiar.family_allowance,
    loser=suf.family_subsidy,
    source=DS_53.article("4 (un solo subsidio)"),
    meaning="A person gives right to one benefit in the whole country: the family allowance comes first.",
)

disability_over_family_allowance = Exclusion(
    key="subsidio_discapacidad.no_family_allowance",
    winner=subsidio_discapacidad.disability_subsidy,
    loser=asignacion_familiar.family_allowance,
    source=DISABILITY,
    meaning="Who draws the disability subsidy is no dependant of the family allowance.",
)
disability_over_family_subsidy = Exclusion(
    key="subsidio_discapacidad.no_family_subsidy",
    winner=subsidio_discapacidad.disability_subsidy,
    loser=suf.family_subsidy,
    source=DISABILITY,
    meaning="Who draws the disability subsidy gives right to no family subsidy.",
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
        subsidio_discapacidad.programme,
        seguridades_oportunidades.programme,
        bono_invierno.programme,
        bolsillo_familiar.programme,
        bono_por_hijo.programme,
        estipendio_cuidadores.programme,
        servicios_basicos.programme,
        cotizaciones_impuesto.programme,
    ),
    exclusions=(one_benefit_for_each_originator, disability_over_family_allowance, disability_over_family_subsidy),
    package=__name__,
    consistency=consistency,
)
