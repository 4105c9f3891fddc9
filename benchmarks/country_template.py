"""The monthly variables of OpenFisca's country template, written anew as amparo rules from what they compute.

The month is June 2016. Only behaviour and figures are taken over; the peer's texts are not.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from amparo.expr import (
    Bool,
    Brackets,
    Category,
    Currency,
    Date,
    Dwelling,
    HouseholdView,
    Input,
    Law,
    Money,
    Number,
    PersonView,
    amount,
    rule,
    this_month,
    trace,
    value,
    when,
)
from amparo.expr import (
    parameters as parameter,
)
from amparo.policy import Country, Edition
from benchmarks.people import Columns, compose, incomes

MONTH = date(2016, 6, 1)
EUR = Currency("EUR", 2, "€")
LAW = Law("Country template")
SOURCE = "OpenFisca-Country-Template 8.2.0"
TENURES = ("owner", "tenant", "free_lodger", "homeless")


def named(english: str) -> dict[str, str]:
    """Return a label: the benchmark speaks English only."""
    return {"en": english}


class Person(PersonView):
    """Whoever lives in a household."""

    birth = Input(Date, labels=named("day of birth"))
    adult = Input(Bool, labels=named("declared as one of the adults"))
    salary = Input(Money, currency=EUR, low=0, labels=named("salary of the month"))
    capital_returns = Input(Money, currency=EUR, low=0, labels=named("returns on capital of the month"))
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """Those who share a dwelling."""

    rent = Input(Money, currency=EUR, low=0, labels=named("rent of the month"))
    accommodation_size = Input(Number, low=0, labels=named("square metres"))
    housing_occupancy_status = Input(Category, categories=TENURES, labels=named("right to the dwelling"))


majority = parameter.number("template.majority", value("1971-01-01", 18, SOURCE))
retirement = parameter.number("template.retirement", value("1951-07-01", "60.33", SOURCE, until="2017-01-01"))
basic_amount = parameter.money("template.basic_income", EUR, value("2015-12-01", 600, SOURCE))
rent_share = parameter.number("template.rent_share", value("2010-01-01", "0.25", SOURCE, until="2016-12-01"))
parenting_amount = parameter.money("template.parenting_amount", EUR, value("2015-12-01", 600, SOURCE))
parenting_limit = parameter.money("template.parenting_limit", EUR, value("2015-12-01", 500, SOURCE))
tax_rate = parameter.number("template.tax_rate", value("2015-01-01", "0.15", SOURCE))
low_rate = parameter.number("template.low_rate", value("2015-01-01", "0.04", SOURCE, until="2017-01-01"))
high_rate = parameter.number("template.high_rate", value("2015-01-01", "0.12", SOURCE, until="2017-01-01"))
low_ceiling = parameter.money("template.low_ceiling", EUR, value("2016-01-01", 12300, SOURCE, until="2017-01-01"))
metre_tax = parameter.money("template.metre_tax", EUR, value("2010-01-01", 10, SOURCE))
least_tax = parameter.money("template.least_tax", EUR, value("2010-01-01", 200, SOURCE))


@rule(source=LAW.article("age"), key="age")
def age(person: Person) -> Number:
    """Years completed on the first day of the month."""
    return (person.birth.full_months_until(this_month()) / 12).rounded_down()


@rule(source=LAW.article("pension"), key="pension")
def pension(person: Person) -> Money:
    """A token of one euro for whoever has reached the age of retirement."""
    return when(age(person) >= retirement, amount(1, EUR), otherwise=0)


@rule(source=LAW.article("basic income"), key="basic_income")
def basic_income(person: Person) -> Money:
    """A flat amount for those of age who have no salary."""
    return when((age(person) >= majority) & (person.salary == 0), basic_amount, otherwise=0)


@rule(source=LAW.article("income tax"), key="income_tax")
def income_tax(person: Person) -> Money:
    """One rate on salary, returns on capital and pension."""
    return (person.salary + person.capital_returns + pension(person)) * tax_rate


@rule(source=LAW.article("contributions"), key="social_security_contribution")
def social_security_contribution(person: Person) -> Money:
    """A low rate on the salary up to a ceiling, a higher one on what exceeds it."""
    return Brackets((low_ceiling,), (low_rate,), high_rate).marginal(person.salary)


@rule(source=LAW.article("household income"), key="household_income")
def household_income(household: Household) -> Money:
    """Salaries of all members."""
    return household.members.sum(household.members.salary)


@rule(source=LAW.article("housing allowance"), key="housing_allowance")
def housing_allowance(household: Household) -> Money:
    """A share of the rent."""
    return household.rent * rent_share


@rule(source=LAW.article("parenting allowance"), key="parenting_allowance")
def parenting_allowance(household: Household) -> Money:
    """For poor households with a child under six, or under eight when there is one adult."""
    members = household.members
    alone = members.count(members.adult) == 1
    small = members.any(age(members) < 6) | (alone & members.any(age(members) < 8))
    return when((household_income(household) <= parenting_limit) & small, parenting_amount, otherwise=0)


@rule(source=LAW.article("housing tax"), key="housing_tax")
def housing_tax(household: Household) -> Money:
    """A twelfth of the yearly tax of owners and tenants: by the square metre, with a minimum."""
    yearly = (metre_tax * household.accommodation_size).at_least(least_tax)
    return when(household.housing_occupancy_status.one_of("owner", "tenant"), yearly / 12, otherwise=0)


@rule(source=LAW.article("benefits"), key="total_benefits")
def total_benefits(household: Household) -> Money:
    """Basic incomes and the housing allowance."""
    return household.members.sum(basic_income(household.members)) + housing_allowance(household)


@rule(source=LAW.article("taxes"), key="total_taxes")
def total_taxes(household: Household) -> Money:
    """Income tax and contributions of all members, and the housing tax."""
    members = household.members
    personal = members.sum(income_tax(members)) + members.sum(social_security_contribution(members))
    return personal + housing_tax(household)


@rule(source=LAW.article("disposable income"), key="disposable_income")
def disposable_income(household: Household) -> Money:
    """What the household can spend in the month."""
    members = household.members
    earned = household_income(household) + members.sum(members.capital_returns)
    granted = members.sum(pension(members)) + total_benefits(household) + parenting_allowance(household)
    return earned + granted - total_taxes(household)


OUTPUTS = (
    disposable_income,
    housing_allowance,
    parenting_allowance,
    income_tax,
    social_security_contribution,
    basic_income,
    pension,
    household_income,
    total_benefits,
    total_taxes,
)
country = Country("template", named("Country template"), EUR, Household, ())


def edition() -> Edition:
    """Return the law of the month with every output of the population run."""
    return Edition(country, MONTH, trace(*OUTPUTS, on=MONTH), ())


def people(persons: int, seed: int = 1) -> Columns:
    """Return invented persons with the inputs that the rules read."""
    random = np.random.default_rng(seed)
    made = compose(persons, random)
    adult = (made.place < 2) & (made.age >= 18)
    days = made.age.astype(np.int32) * 365 + random.integers(0, 365, persons, dtype=np.int32)
    households = made.households
    return Columns(
        made.offsets,
        {
            "birth": np.datetime64("2016-06-01") - days.astype("timedelta64[D]"),
            "adult": adult,
            "salary": incomes(adult & (random.random(persons) < 0.7), random, median=1900, spread=0.9),
            "capital_returns": incomes(random.random(persons) < 0.08, random, median=120, spread=1.2),
        },
        {
            "rent": random.integers(0, 1500, households, dtype=np.int32),
            "accommodation_size": random.integers(15, 220, households).astype(np.float32),
            "housing_occupancy_status": random.choice(4, households, p=(0.45, 0.4, 0.1, 0.05)).astype(np.int8),
        },
    )
