"""A country with one input of every kind and every relation, and small populations and mappings of it."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from amparo.expr import (
    Bool,
    Category,
    Count,
    Currency,
    Date,
    Dwelling,
    HouseholdView,
    Input,
    Money,
    Months,
    Number,
    PersonView,
    Relation,
)
from amparo.policy import Benefit, Country, Programme, Regime
from amparo.population import Mapping, Population, read_mapping

PESO = Currency("PES", 2, "$")


def label(text: str) -> dict[str, str]:
    return {"es": f"{text} (es)", "pt": f"{text} (pt)", "en": text}


class Person(PersonView):
    age = Input(Count, low=0, high=120, labels=label("age"))
    sex = Input(Category, categories=("female", "male"), labels=label("sex"))
    work = Input(Category, categories=("none", "formal", "informal"), labels=label("work"))
    pregnant = Input(Bool, labels=label("pregnant"))
    income = Input(Money, currency=PESO, low=0, labels=label("income"))
    balance = Input(Money, currency=PESO, labels=label("balance"), optional=True)
    share = Input(Number, low=0, high=1, labels=label("share of the dwelling"))
    waited = Input(Months, low=0, labels=label("months waited"))
    birth = Input(Date, labels=label("date of birth"))
    mother = Relation["Person"](labels=label("mother"))
    father = Relation["Person"](labels=label("father"))
    partner = Relation["Person"](labels=label("partner"))
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    rent = Input(Money, currency=PESO, low=0, high=100_000, labels=label("rent"))
    rural = Input(Bool, labels=label("rural"))
    rooms = Input(Count, low=0, high=30, labels=label("rooms"))


def country(*benefits: Benefit) -> Country:
    programme = Programme("shelter", label("Shelter"), "tests", (Regime(date(2020, 1, 1), benefits),))
    return Country("landia", label("Landia"), PESO, Household, (programme,))


LAND = country()


def mapping(text: str = "", **inputs: Any) -> Mapping:
    """A mapping whose households are named by `home`, of these inputs, each from its column or its table."""
    import tomllib

    raw: dict[str, Any] = {"household": {"id": "home"}, "name": "the survey"}
    raw |= tomllib.loads(text)
    declared = {k: {"column": v} if isinstance(v, str) else v for k, v in inputs.items()}
    return read_mapping({**raw, "inputs": {**raw.get("inputs", {}), **declared}})


def people(sizes: list[int], **columns: Any) -> Population:
    """Households of these sizes; columns by key, to persons, households or facts as their names say."""
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    inputs, relations = Person.inputs, Person.relations
    made: dict[str, Any] = {"persons": {}, "households": {}, "relations": {}}
    for key in list(columns):
        group = "persons" if key in inputs else "households" if key in Household.inputs else "relations"
        if key in inputs or key in Household.inputs or key in relations:
            made[group][key] = np.array(columns.pop(key))
    return Population(offsets, **made, **columns)


def same(a: Any, b: Any) -> bool:
    """Whether two columns hold the same, NaN beside NaN too."""
    return np.array_equal(a, b, equal_nan=a.dtype.kind == "f" and b.dtype.kind == "f")


def assert_same_population(a: Population, b: Population) -> None:
    """Equal households, values where they are known, design, facts and names."""
    assert list(a.offsets) == list(b.offsets)
    for group in ("persons", "households", "relations", "person_facts", "household_facts"):
        ours, theirs = getattr(a, group), getattr(b, group)
        assert list(ours) == list(theirs)
        for key, column in ours.items():
            sure = a.known.get(key, np.ones(len(column), dtype=bool))
            assert list(sure) == list(b.known.get(key, np.ones(len(column), dtype=bool))), key
            assert same(column[sure], theirs[key][sure]), key
            assert column.dtype == theirs[key].dtype, key
    for name in ("weight", "person_weight", "stratum", "cluster"):
        ours, theirs = getattr(a, name), getattr(b, name)
        assert (ours is None) == (theirs is None)
        assert ours is None or same(ours, theirs)
    assert dict(a.labels) == dict(b.labels)


def csv(folder: Path, text: str, name: str = "survey.csv") -> Path:
    """A file of these lines, without their indentation."""
    path = folder / name
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
    return path
