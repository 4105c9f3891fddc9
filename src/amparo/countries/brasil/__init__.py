"""Brazil: Benefício de Prestação Continuada, Bolsa Família, salário-família, and what employees pay.

The three benefits are cumulative, so the country declares no exclusion. Two are tied by an edge: the BPC is income of
the Bolsa Família family.
"""

from amparo.countries.brasil import bolsa_familia, bpc, contribuicoes_imposto, salario_familia
from amparo.countries.brasil.entities import BRL, Household, consistency
from amparo.policy import Country

country = Country(
    key="brasil",
    names={"es": "Brasil", "pt": "Brasil", "en": "Brazil"},
    currency=BRL,
    household=Household,
    programmes=(
        bpc.programme,
        bolsa_familia.programme,
        salario_familia.programme,
        contribuicoes_imposto.programme,
    ),
    package=__name__,
    consistency=consistency,
)
