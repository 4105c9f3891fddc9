"""Salário-família, provision by provision: whose wage opens the quota, which children give right to it. See law.md."""

from datetime import date

from amparo.countries.brasil.entities import Person
from amparo.countries.brasil.salario_familia import parameters as figure
from amparo.expr import Bool, Law, Money, cases, group, rule, when

LEI_8213 = Law("Lei 8.213/1991")
PORTARIA_13 = Law("Portaria MPS/MF 13/2015")
PORTARIA_6 = Law("Portaria MPS/MF 6/2025")
PORTARIA_13_2026 = Law("Portaria MPS/MF 13/2026")


@group
def parents_at_home(person: Person, other: Person) -> Bool:
    """The person's mother and father who live in the household."""
    return person.mother.is_(other) | person.father.is_(other)


@group
def children_at_home(person: Person, other: Person) -> Bool:
    """Those whose mother or father the person is, of any age."""
    return other.mother.is_(person) | other.father.is_(person)


@rule(source=LEI_8213.article("66"))
def gives_right(person: Person) -> Bool:
    """A child up to the age, or with a disability at any age, gives right to a quota."""
    return (person.age <= figure.child_age) | person.disabled


@rule(source=PORTARIA_13.article("(cotas)"), valid_to=date(2016, 1, 1))
def quota(person: Person) -> Money:
    """A registered employee has the larger quota up to the first limit, the other up to the second."""
    wage = person.earnings
    by_wage = cases((wage <= figure.first_limit, figure.first_quota), (wage <= figure.limit, figure.quota), otherwise=0)
    return when(person.formal_worker, by_wage, otherwise=0)


@quota.amended(source=PORTARIA_6.article("(cota)"), valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
def quota_of_2025(person: Person) -> Money:
    """A registered employee has one quota up to the limit."""
    return _one_quota(person)


@quota.amended(source=PORTARIA_13_2026.article("(cota)"), valid_from=date(2026, 1, 1))
def quota_of_2026(person: Person) -> Money:
    """A registered employee has one quota up to the limit."""
    return _one_quota(person)


def _one_quota(person: Person) -> Money:
    return when(person.formal_worker & (person.earnings <= figure.limit), figure.quota, otherwise=0)


@rule(source=LEI_8213.article("65"))
def allowance(person: Person) -> Money:
    """Each parent's quota is paid for each child who gives right: both may claim."""
    parents = parents_at_home(person)
    return when(gives_right(person), parents.sum(quota(parents)), otherwise=0).rounded_half_up("0.01")


@rule(source=LEI_8213.article("65 (titular)"))
def holder(person: Person) -> Bool:
    """The employee holds the quotas of the own children, and is paid them with the wage."""
    children = children_at_home(person)
    return (quota(person) > 0) & children.any(gives_right(children))
