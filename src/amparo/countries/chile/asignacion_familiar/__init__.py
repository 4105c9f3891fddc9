"""Asignación familiar y maternal (DFL 150/1981, Ley 18.987)."""

from datetime import date

from amparo.countries.chile.asignacion_familiar import rules
from amparo.countries.chile.asignacion_familiar.properties import properties
from amparo.policy import Benefit, Programme, Regime, Role

family_allowance = Benefit(
    key="asignacion_familiar",
    names={
        "es": "Asignación familiar y maternal",
        "pt": "Salário-família e maternidade",
        "en": "Family and maternal allowance",
    },
    amount=rules.allowance,
    originator=Role({"es": "Carga", "pt": "Dependente", "en": "Dependant"}),
    holder=Role({"es": "Beneficiario", "pt": "Titular", "en": "Holder"}, rules.holder),
    payee=Role({"es": "Quien cobra", "pt": "Quem recebe", "en": "Payee"}, rules.holder),
)

programme = Programme(
    key="asignacion_familiar",
    names=family_allowance.names,
    package=__name__,
    regimes=(Regime(since=date(2014, 7, 1), benefits=(family_allowance,)),),
    properties=properties(family_allowance),
    not_modelled=(
        {
            "es": "Cargas que no son hijos ni cónyuge: nietos, ascendientes, madre viuda, niños a cargo.",
            "pt": "Dependentes que não são filhos nem cônjuge: netos, ascendentes, mãe viúva, crianças sob guarda.",
            "en": "Dependants other than children and spouse: grandchildren, ascendants, widowed mother, wards.",
        },
        {
            "es": "El límite de renta de los hijos que trabajan.",
            "pt": "O limite de renda dos filhos que trabalham.",
            "en": "The limit on what a working child may earn.",
        },
        {
            "es": "El pago retroactivo de los primeros cuatro meses de embarazo, que hace la entidad pagadora.",
            "pt": "O pagamento retroativo dos quatro primeiros meses de gravidez, feito pela entidade pagadora.",
            "en": "The arrears of the first four months of pregnancy, which the payer settles.",
        },
    ),
)
