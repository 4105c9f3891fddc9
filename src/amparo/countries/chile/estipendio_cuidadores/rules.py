"""Estipendio a cuidadores: a monthly amount to the unpaid carer of a person with severe dependency."""

from amparo.countries.chile.entities import Person
from amparo.countries.chile.estipendio_cuidadores.parameters import amount, most_for_others, most_for_relatives
from amparo.expr import Bool, Count, Law, Money, group, rule

PROGRAMA = Law("Programa de Pago a Cuidadores")


@group
def cared_for(person: Person, other: Person) -> Bool:
    """Those of the household for whom the person cares without pay."""
    return other.carer.is_(person)


@rule(source=PROGRAMA.article("(causante)"))
def originates(person: Person) -> Bool:
    """Enrolled in home care for severe dependency, with an unpaid carer, and not in a long-stay institution."""
    return person.severe_dependency_programme & person.carer.exists & ~person.institutionalised


@rule(source=PROGRAMA.article("(límite de parientes)"))
def stipends_for_relatives(person: Person) -> Count:
    """A relative draws up to three stipends."""
    people = cared_for(person)
    return people.count(originates(people) & people.carer_is_relative).at_most(most_for_relatives)


@rule(source=PROGRAMA.article("(límite de otros)"))
def stipends_for_others(person: Person) -> Count:
    """Who is no relative draws up to two."""
    people = cared_for(person)
    return people.count(originates(people) & ~people.carer_is_relative).at_most(most_for_others)


@rule(source=PROGRAMA.article("(titular)"))
def holder(person: Person) -> Bool:
    """The carer of somebody who originates it holds the stipend."""
    return stipends_for_relatives(person) + stipends_for_others(person) > 0


@rule(source=PROGRAMA.article("(monto)"))
def stipend(person: Person) -> Money:
    """One amount a month for each person cared for, within the limits: what the carer is entitled to."""
    drawn = (stipends_for_relatives(person) + stipends_for_others(person)).at_most(most_for_relatives)
    return (amount * drawn).rounded_half_up()
