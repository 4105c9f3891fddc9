"""A small law in which every operation stands once at least, so that every operator has something to get wrong."""

from datetime import date
from typing import Any

from amparo.expr import (
    Bool,
    Brackets,
    Category,
    Count,
    Currency,
    Date,
    Dwelling,
    HouseholdView,
    Input,
    Law,
    Money,
    Months,
    Number,
    PersonView,
    Relation,
    amount,
    group,
    percent,
    rule,
    state,
    this_month,
    value,
    when,
)
from amparo.expr import parameters as parameter
from amparo.expr.entities import same_person
from amparo.policy import Benefit, Country, Exclusion, Programme, Regime, Role
from amparo.policy import Finding as Found

COIN = Currency("COI", 2, "¤")
LAW = Law("Toy Act")
MONTH = date(2025, 3, 1)
LABEL = {"en": "a datum"}


class Person(PersonView):
    age = Input(Count, low=0, high=120, labels=LABEL)
    wage = Input(Money, currency=COIN, low=0, high=5000, labels=LABEL)
    works = Input(Bool, labels=LABEL)
    sick = Input(Bool, labels=LABEL)
    school = Input(Category, categories=("none", "basic", "higher"), labels=LABEL)
    born = Input(Date, labels=LABEL)
    mother = Relation["Person"](labels=LABEL)
    carer = Relation["Person"](labels=LABEL)
    household: Any = Dwelling()


class Household(HouseholdView[Person], member=Person):
    rooms = Input(Count, low=0, high=9, labels=LABEL)


line = parameter.money("toy.line", COIN, value("2020-01-01", 200, "the Act"))
ceiling = parameter.money("toy.ceiling", COIN, value("2020-01-01", 450, "the Act"))
rate = parameter.number("toy.rate", value("2020-01-01", "0.35", "the Act"))


@group
def children(parent: Person, other: Person) -> Bool:
    """Those whose mother the person is."""
    return other.mother.is_(parent) & ~same_person(parent, other)


@rule(source=LAW.article("1"))
def poor(household: Household) -> Bool:
    """Little money for each need, or few rooms."""
    needs = household.members.count().power("0.7") + household.members.count(household.members.sick)
    return (household.members.sum(household.members.wage) / needs <= line) | (household.rooms < 2)


paid_before = state("toy.paid_before", Person, Count, initial=0)


@rule(source=LAW.article("2"))
def family(person: Person) -> Money:
    """A share of what is missing, within limits, for who has small children; more for who is cared for."""
    young = children(person)
    oldest = young.largest(young.age, nobody=0)
    youngest = young.smallest(young.age, nobody=99, where=young.works)
    missing = ((ceiling - person.wage) * rate).at_least(amount(10, COIN))
    cared_for = person.carer.get(lambda c: c.age >= 60, nobody=False)
    older = (cared_for & person.mother.exists) | (youngest < 12)
    due = when(older, missing / 3, otherwise=missing).at_most(amount(120, COIN))
    entitled = poor(person.household) & (young.count() > 0) & (oldest <= 50) & (paid_before(person) < 3)
    return when(entitled, due, otherwise=amount(0, COIN)).rounded_half_up("0.01")


@rule(source=LAW.article("3"))
def pupil(person: Person) -> Money:
    """An amount by school, for who is listed first and old enough in months, or when all at home are well."""
    months = person.born.full_months_until(this_month())
    well = ~person.household.members.any(person.household.members.sick)
    first = peers.first(person)
    table = Brackets((line, ceiling), (percent(50), percent(25)), percent(10)).average(person.wage)
    counts = (person.school == "basic") | ((months >= 216) & first) | (well & (person.born < this_month()))
    return when(counts, table, otherwise=line * 0).rounded_down("0.01")


@group
def peers(one: Person, other: Person) -> Bool:
    """Everybody at school like the person."""
    return one.works == other.works


@paid_before.next
@rule(source=LAW.article("2"))
def paid_months(person: Person) -> Count:
    """How many months have been paid."""
    before = paid_before(person)
    return when(family(person) > 0, before + 1, otherwise=before)


@rule(source=LAW.article("4"))
def waited(person: Person) -> Months:
    """The months since birth, for who works."""
    return when(person.works, person.born.full_months_until(this_month()), otherwise=0)


@rule(source=LAW.article("5"))
def weight(person: Person) -> Number:
    """A number between the smallest and the largest age beside the person."""
    members = person.household.members
    return members.largest(members.age, nobody=0) * percent(50) + members.smallest(members.age, nobody=0) * percent(25)


ANYBODY = Role({"en": "anybody"})
family_paid = Benefit("family", {"en": "family"}, family, ANYBODY, ANYBODY, ANYBODY)
pupil_paid = Benefit("pupil", {"en": "pupil"}, pupil, ANYBODY, ANYBODY, ANYBODY)
findings = (Found("waited", {"en": "waited"}, waited), Found("weight", {"en": "weight"}, weight))
programme = Programme(
    "toy",
    {"en": "Toy"},
    "tests.mutation.toy",
    (Regime(date(2020, 1, 1), (family_paid, pupil_paid), findings=findings),),
)
one_benefit = Exclusion("toy.one_benefit", family_paid, pupil_paid, LAW.article("6"), "One benefit is paid.")
country = Country("toyland", {"en": "Toyland"}, COIN, Household, (programme,), (one_benefit,))
