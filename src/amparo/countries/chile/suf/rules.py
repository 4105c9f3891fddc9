"""Subsidio Familiar: for those outside social security, one amount for each person who originates it."""

from amparo.countries.chile.asignacion_familiar.rules import (
    dependent_child,
    dependent_spouse,
    her_children,
    his_children,
    in_the_scheme,
    mother_at_home,
    parents_at_home,
    partner_at_home,
)
from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.suf.parameters import (
    amount,
    disability_factor,
    health_age,
    minor_age,
    pregnancy_month,
    rsh_limit,
    school_age,
)
from amparo.expr import Bool, Law, Money, rule, when

LEY_18020 = Law("Ley 18.020")
DS_53 = Law("DS 53/2007")


@rule(source=LEY_18020.article("2 (escasos recursos)"))
def household_within_bracket(household: Household) -> Bool:
    """The household is among the poorest of the Registro Social de Hogares."""
    return household.rsh_bracket <= rsh_limit


@rule(source=LEY_18020.article("1 (sin previsión)"))
def covered(person: Person) -> Bool:
    """In social security, or claimed by someone who is, even above the last bracket: such a person is covered."""
    parents, spouse = parents_at_home(person), partner_at_home(person)
    as_child = dependent_child(person) & parents.any(in_the_scheme(parents))
    as_spouse = dependent_spouse(person) & spouse.any(in_the_scheme(spouse))
    return in_the_scheme(person) | as_child | as_spouse


@rule(source=DS_53.article("4 (un solo subsidio)"))
def open_to(person: Person) -> Bool:
    """Open to a person of a household within the bracket, not covered, for whom nobody elsewhere draws a benefit."""
    return household_within_bracket(person.household) & ~covered(person) & ~person.claimed_elsewhere


@rule(source=DS_53.article("5"))
def conditions_of_a_minor(person: Person) -> Bool:
    """Under eight, check-ups up to date; from six on, a regular student."""
    checked = (person.age < health_age).implies(person.health_control)
    schooled = (person.age >= school_age).implies(person.student)
    return checked & schooled


@rule(source=DS_53.article("4 a"))
def minor(person: Person) -> Bool:
    """A child originates it until 31 December of the year of the eighteenth birthday."""
    return open_to(person) & (person.age_on_31_december <= minor_age) & conditions_of_a_minor(person)


@rule(source=DS_53.article("4 b"))
def pregnant(person: Person) -> Bool:
    """A pregnant woman originates it from the fifth month."""
    return open_to(person) & (person.pregnancy_month >= pregnancy_month)


@rule(source=DS_53.article("4 c"))
def mentally_disabled(person: Person) -> Bool:
    """A person with a mental disability originates it at any age, unless drawing a disability pension."""
    return open_to(person) & person.mental_disability & ~person.disability_pension


@rule(source=DS_53.article("4 d"))
def mother_of_a_minor(person: Person) -> Bool:
    """The mother of a child who originates it originates one more, for herself."""
    children = her_children(person)
    return open_to(person) & children.any(minor(children))


@rule(source=DS_53.article("4 e"))
def invalid(person: Person) -> Bool:
    """An invalid person originates it at any age."""
    return open_to(person) & person.disabled


@rule(source=LEY_18020.article("2"))
def originates(person: Person) -> Bool:
    """Whoever is in one of the five situations originates one subsidy, and no more than one."""
    return minor(person) | pregnant(person) | mentally_disabled(person) | mother_of_a_minor(person) | invalid(person)


@rule(source=LEY_18020.article("1"))
def one_subsidy(person: Person) -> Money:
    """The same amount for everyone, twice for an invalid person or one with a mental disability."""
    return amount * when(person.disabled | person.mental_disability, disability_factor, otherwise=1)


@rule(source=LEY_18020.article("1 (pago)"))
def subsidy(person: Person) -> Money:
    """Each person who originates the subsidy gives right to it every month."""
    return when(originates(person), one_subsidy(person), otherwise=0).rounded_half_up()


@rule(source=LEY_18020.article("3 (madre)"))
def without_mother(person: Person) -> Bool:
    """No mother lives with the person."""
    return mother_at_home(person).count() == 0


@rule(source=LEY_18020.article("3"))
def holder(person: Person) -> Bool:
    """The mother holds it and is paid; where there is none, the father; a pregnant woman holds her own."""
    hers, his = her_children(person), his_children(person)
    as_mother = hers.any(originates(hers))
    as_father = his.any(originates(his) & without_mother(his))
    return as_mother | as_father | pregnant(person)
