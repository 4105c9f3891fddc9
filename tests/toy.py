"""A small invented country, for tests of the language and of its executors."""

from datetime import date
from typing import Any

from amparo.execute.exact import Decision, decide
from amparo.expr import (
    Bool,
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
    PersonView,
    Relation,
    Rule,
    trace,
)
from amparo.policy import Benefit, Country, Edition, Programme, Regime, Role

PESO = Currency("PES", 2, "$")
LAW = Law("Law 1/2020")
MONTH = date(2025, 1, 1)


def label(text: str) -> dict[str, str]:
    return {"es": text, "pt": text, "en": text}


class Person(PersonView):
    age = Input(Count, low=0, high=120, labels=label("age"), was=("years",))
    pregnant = Input(Bool, labels=label("pregnant"))
    income = Input(Money, currency=PESO, low=0, labels=label("income"))
    waited = Input(Months, low=0, labels=label("months waited"))
    born = Input(Date, labels=label("date of birth"))
    work = Input(Category, categories=("none", "formal", "informal"), labels=label("work"))
    mother = Relation["Person"](labels=label("mother"))
    partner = Relation["Person"](labels=label("partner"))
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    rent = Input(Money, currency=PESO, low=0, high=100000, labels=label("rent"))
    rural = Input(Bool, labels=label("rural"))


NOBODY = Role(label("somebody"))


def benefit(rule: Rule[Any, Any], key: str = "") -> Benefit:
    return Benefit(key or rule.key.split(".")[-1], label(rule.key), rule, NOBODY, NOBODY, NOBODY)


def country(*benefits: Benefit, **more: Any) -> Country:
    programme = Programme("toy", label("toy"), "tests", (Regime(date(2020, 1, 1), benefits),))
    return Country("toyland", label("Toyland"), PESO, Household, (programme,), **more)


def edition(*rules: Rule[Any, Any], on: date = MONTH) -> Edition:
    """The law of a month that holds some rules, payable or not."""
    return Edition(country(), on, trace(*rules, on=on), ())


def answer(rule: Rule[Any, Any], household: dict[str, Any] | None = None, *members: dict[str, Any]) -> Any:
    """The value of one rule for one household, everything else unknown."""
    return decided(rule, household, *members).outputs[rule.key]


def decided(rule: Rule[Any, Any], household: dict[str, Any] | None = None, *members: dict[str, Any]) -> Decision:
    return decide(edition(rule), {"household": household or {}, "members": list(members) or [{"id": "one"}]})
