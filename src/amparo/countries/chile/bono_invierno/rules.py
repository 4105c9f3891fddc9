"""Bono de Invierno: once a year, in May, to pensioners of 65 and over with a low pension."""

from amparo.countries.chile.bono_invierno.parameters import amount, extraordinary, limit, old_age
from amparo.countries.chile.entities import Person
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS, pbs_aps, pgu
from amparo.expr import Bool, Law, Money, rule, when

LEY_REAJUSTE = Law("Ley de reajuste del sector público")


@rule(source=LEY_REAJUSTE.article("(edad)"))
def of_age(person: Person) -> Bool:
    """The person has turned 65."""
    return person.age >= old_age


@rule(source=LEY_REAJUSTE.article("(pensionados)"), valid_to=PGU_STARTS)
def pensioner(person: Person) -> Bool:
    """Whoever draws a pension of their own, or the solidarity pension."""
    return (person.base_pension > 0) | (pbs_aps(person) > 0)


@pensioner.amended(source=LEY_REAJUSTE.article("(pensionados)"), valid_from=PGU_STARTS)
def pensioner_since_2022(person: Person) -> Bool:
    """Whoever draws a pension of their own, or the guaranteed universal pension."""
    return (person.base_pension > 0) | (pgu(person) > 0)


@rule(source=LEY_REAJUSTE.article("(límite)"))
def low_pension(person: Person) -> Bool:
    """The own pension does not exceed the limit; the solidarity pension does not count."""
    return person.base_pension <= limit


@rule(source=LEY_REAJUSTE.article("(derecho)"))
def entitled(person: Person) -> Bool:
    """Age, a pension, and a low one, together."""
    return of_age(person) & pensioner(person) & low_pension(person)


@rule(source=LEY_REAJUSTE.article("(bono de invierno)"))
def winter_bonus(person: Person) -> Money:
    """One amount a year, and in 2023 an extraordinary payment besides."""
    return when(entitled(person), amount + extraordinary, otherwise=0).rounded_half_up()
