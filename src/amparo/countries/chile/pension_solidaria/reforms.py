"""Reforms of the solidarity pensions, as values; each has a TOML form of the same name in `chile/reforms`."""

from amparo.countries.chile.entities import Person
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS, largest_pension, of_age, pgu, resident
from amparo.expr import Law, Money, rule, when
from amparo.policy import Reform, replaced

UNIVERSAL = Law("Propuesta: PGU sin examen de medios")


@rule(source=UNIVERSAL.article("único"), key="pension_solidaria.pgu_for_everybody", valid_from=PGU_STARTS)
def pgu_for_everybody(person: Person) -> Money:
    """Age and residence alone give right to the whole pension: neither income nor other pensions count."""
    return when(of_age(person) & resident(person), largest_pension(person), otherwise=0).rounded_half_up()


universal_pgu = Reform(
    names={
        "es": "PGU para todas las personas de 65 y más, sin examen de medios",
        "pt": "PGU para todas as pessoas de 65 anos ou mais, sem teste de meios",
        "en": "PGU for everybody aged 65 and over, without a means test",
    },
    changes=(replaced(pgu, by=pgu_for_everybody),),
)
