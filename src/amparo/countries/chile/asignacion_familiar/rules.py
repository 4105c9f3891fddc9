"""Asignación familiar y maternal: the allowance of those who pay into social security, for their dependants."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.parameters import (
    child_age,
    first_amount,
    first_limit,
    invalidity_factor,
    maternal_month,
    second_amount,
    second_limit,
    student_age,
    third_amount,
    third_limit,
)
from amparo.countries.chile.entities import Person
from amparo.expr import Bool, Law, Money, cases, group, rule, when

DFL_150 = Law("DFL 150/1981")
DS_75 = Law("DS 75/1974")
LEY_18987 = Law("Ley 18.987")
LEY_21400 = date(2022, 3, 10)


@group
def mother_at_home(person: Person, other: Person) -> Bool:
    """The person's mother, if she lives in the household."""
    return person.mother.is_(other)


@group
def parents_at_home(person: Person, other: Person) -> Bool:
    """The person's parents who live in the household."""
    return person.mother.is_(other) | person.father.is_(other)


@group
def partner_at_home(person: Person, other: Person) -> Bool:
    """The person's partner, if they live in the household."""
    return person.partner.is_(other)


@group
def her_children(person: Person, other: Person) -> Bool:
    """Those whose mother the person is, of any age."""
    return other.mother.is_(person)


@group
def his_children(person: Person, other: Person) -> Bool:
    """Those whose father the person is, of any age."""
    return other.father.is_(person)


@rule(source=DFL_150.article("2"))
def in_the_scheme(person: Person) -> Bool:
    """Who works with contributions or draws a contributory pension may hold the allowance."""
    return person.formal_worker | (person.base_pension > 0)


@rule(source=DFL_150.article("3 (inválidos)"))
def invalid(person: Person) -> Bool:
    """Invalid is who has a declared invalidity or a mental disability."""
    return person.disabled | person.mental_disability


@rule(source=DFL_150.article("3 a"), valid_to=LEY_21400)
def dependent_spouse(person: Person) -> Bool:
    """A wife, or an invalid husband, without income of their own is a dependant."""
    wife_or_invalid = (person.sex == "female") | invalid(person)
    return person.married & wife_or_invalid & (income(person) == 0)


@dependent_spouse.amended(source=DFL_150.article("3 a, según Ley 21.400"), valid_from=LEY_21400)
def spouse_of_either_sex(person: Person) -> Bool:
    """A spouse without income of their own is a dependant."""
    return person.married & (income(person) == 0)


@rule(source=DS_75.article("18"))
def within_the_ages(person: Person) -> Bool:
    """Children count until 31 December of the year they turn 18; single regular students, of the year they turn 24."""
    age = person.age_on_31_december
    studies = person.student & ~person.married
    return (age <= child_age) | ((age <= student_age) & studies)


@rule(source=DFL_150.article("3 b"))
def dependent_child(person: Person) -> Bool:
    """A child within the ages, or invalid at any age, is a dependant."""
    return within_the_ages(person) | invalid(person)


@rule(source=LEY_18987.article("2"))
def income(person: Person) -> Money:
    """The holder's own monthly income, from work and pensions, decides the bracket."""
    return person.earnings + person.base_pension


@rule(source=LEY_18987.article("1"))
def rate(person: Person) -> Money:
    """A holder is paid one amount for each dependant by bracket of income, and nothing above the last."""
    own = income(person)
    by_bracket = cases(
        (own <= first_limit, first_amount),
        (own <= second_limit, second_amount),
        (own <= third_limit, third_amount),
        otherwise=0,
    )
    return when(in_the_scheme(person), by_bracket, otherwise=0)


@rule(source=DFL_150.article("3 b (ambos padres)"))
def through_a_parent(person: Person) -> Money:
    """When both parents may hold the allowance, the one who is paid more claims the child."""
    parents = parents_at_home(person)
    return when(dependent_child(person), parents.largest(rate(parents), nobody=0), otherwise=0)


@rule(source=DFL_150.article("3 a (pago)"))
def through_the_spouse(person: Person) -> Money:
    """A dependent spouse is claimed by the other spouse."""
    spouse = partner_at_home(person)
    return when(dependent_spouse(person), spouse.largest(rate(spouse), nobody=0), otherwise=0)


@rule(source=DFL_150.article("4"))
def maternal_allowance(person: Person) -> Money:
    """From the fifth month of pregnancy the mother is paid as much again, on her income or on her spouse's."""
    claimed = rate(person).at_least(through_the_spouse(person))
    return when(person.pregnancy_month >= maternal_month, claimed, otherwise=0)


@rule(source=LEY_18987.article("1 (pago)"))
def allowance(person: Person) -> Money:
    """One family allowance for each dependant, twice for the invalid; none here if somebody elsewhere draws it."""
    family = through_a_parent(person).at_least(through_the_spouse(person))
    times = when(invalid(person), invalidity_factor, otherwise=1)
    paid = family * times + maternal_allowance(person)
    return when(person.claimed_elsewhere, paid * 0, otherwise=paid).rounded_half_up()


@rule(source=DFL_150.article("2 (titular)"))
def mother_claims(person: Person) -> Bool:
    """Between parents who would be paid the same, the mother claims the child."""
    mother = mother_at_home(person)
    return mother.largest(rate(mother), nobody=0) == through_a_parent(person)


@rule(source=DFL_150.article("2 (titular)"))
def holder(person: Person) -> Bool:
    """Who claims a child, a dependent spouse or the own pregnancy holds the allowance, and is paid it."""
    hers, his, spouse = her_children(person), his_children(person), partner_at_home(person)
    as_mother = hers.any((through_a_parent(hers) > 0) & mother_claims(hers))
    as_father = his.any((through_a_parent(his) > 0) & ~mother_claims(his))
    as_spouse = spouse.any(through_the_spouse(spouse) > 0)
    return as_mother | as_father | as_spouse | (maternal_allowance(person) > through_the_spouse(person))
