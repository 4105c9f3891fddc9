"""What the disability subsidy guarantees in every household."""

from datetime import date

from amparo.countries.chile.asignacion_familiar import family_allowance
from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS
from amparo.countries.chile.subsidio_discapacidad.rules import LEY_20255, disability_subsidy, one_subsidy
from amparo.countries.chile.suf import family_subsidy
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, everyone_in, holds, monotone_in, no_overlap

MONTHS = (date(2022, 4, 1), date(2023, 9, 1), date(2025, 10, 1))


@rule(source=LEY_20255.article("35 (pago)"), key="subsidio_discapacidad.whole_or_nothing", valid_from=PGU_STARTS)
def whole_or_nothing(household: Household) -> Bool:
    """Everybody is paid the whole subsidy or nothing."""
    members = household.members
    return members.all((disability_subsidy(members) == 0) | (disability_subsidy(members) == one_subsidy(members)))


@rule(source=LEY_20255.article("35"), key="subsidio_discapacidad.disabled_child", valid_from=PGU_STARTS)
def disabled_child(person: Person) -> Bool:
    """A minor with a disability of half or more, three years resident, of the poorest 60 %."""
    disabled = person.disabled & (person.disability_percent >= 50)
    settled = person.years_of_continuous_residence >= 3
    return (person.age < 18) & disabled & settled & (person.household.rsh_bracket <= 60)


@rule(source=LEY_20255.article("35"), key="subsidio_discapacidad.minors_only", valid_from=PGU_STARTS)
def minors_only(person: Person) -> Bool:
    """Nobody of 18 or over, and nobody of a richer household, is paid it."""
    outside = (person.age >= 18) | (person.household.rsh_bracket > 60)
    return outside.implies(disability_subsidy(person) == 0)


def properties(subsidy: Benefit) -> tuple[Property, ...]:
    """Return the properties of the subsidy."""
    return (
        Property(
            key="subsidio_discapacidad.whole_or_nothing",
            names={
                "es": "El subsidio se paga entero o no se paga.",
                "pt": "O subsídio é pago inteiro ou não é pago.",
                "en": "The subsidy is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=MONTHS,
        ),
        Property(
            key="subsidio_discapacidad.falls_with_the_bracket",
            names={
                "es": "Un hogar de un tramo más alto no recibe más.",
                "pt": "Um domicílio de faixa mais alta não recebe mais.",
                "en": "A household of a higher bracket is not paid more.",
            },
            states=monotone_in(Household.rsh_bracket, subsidy, rises=False),
            on=MONTHS,
        ),
        Property(
            key="subsidio_discapacidad.no_family_benefit_beside_it",
            names={
                "es": "Nadie causa el subsidio y a la vez una asignación familiar o un SUF.",
                "pt": "Ninguém gera o subsídio e ao mesmo tempo um salário-família ou um SUF.",
                "en": "Nobody draws it and gives right to a family allowance or a SUF at once.",
            },
            states=no_overlap(subsidy, family_allowance, family_subsidy),
            on=MONTHS[1:],
        ),
        Property(
            key="subsidio_discapacidad.disabled_child",
            names={
                "es": "Todo menor con discapacidad de la mitad o más, residente y del 60 %, lo recibe.",
                "pt": "Todo menor com deficiência de metade ou mais, residente e dos 60 %, o recebe.",
                "en": "Every minor with a disability of half or more, resident and of the poorest 60 %, receives it.",
            },
            states=everyone_in(disabled_child, receives=subsidy),
            on=MONTHS,
        ),
        Property(
            key="subsidio_discapacidad.minors_only",
            names={
                "es": "Nadie de 18 años o más, ni de un tramo más alto, lo recibe.",
                "pt": "Ninguém de 18 anos ou mais, nem de uma faixa mais alta, o recebe.",
                "en": "Nobody of 18 or over, or of a higher bracket, receives it.",
            },
            states=holds(minors_only),
            on=MONTHS,
        ),
    )
