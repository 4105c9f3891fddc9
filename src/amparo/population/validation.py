"""What is wrong with a population: counted, located, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.expr import Entity, Input, Kind
from amparo.policy import Country
from amparo.population.encoding import Column, date_code, date_of, minor_units
from amparo.population.states import HOUSEHOLD_ID, PERSON_ID
from amparo.population.table import UNKNOWN, Population

ERROR, WARNING = "error", "warning"
LARGEST_HOUSEHOLD = 200
LARGEST_AMOUNT = 2**40  # minor units; the sum of a full household stays below 2^53, exact in float64
OLDEST = 125
HEAD = "head"


@dataclass(frozen=True)
class Finding:
    """One kind of trouble in one column.

    Args:
        kind: a stable name, as in `outside-range`.
        count: how many rows have it.
        row: [0, rows) the first of them, a person's row or a household's; −1 when it concerns the whole file.
        household: the identifier of the first household that has it; its position where it has none.
        value: what stands there.
        severity: an error makes results wrong, a warning makes them doubtful.
        sentence: what happened, where, the value, what to do.
    """

    kind: str
    column: str
    count: int
    row: int
    household: int | str
    value: Any
    severity: str
    sentence: str


@dataclass(frozen=True)
class Report:
    """Every finding, errors first."""

    findings: tuple[Finding, ...]
    persons: int
    households: int

    @property
    def errors(self) -> list[Finding]:
        """What makes results wrong."""
        return [f for f in self.findings if f.severity == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """What makes results doubtful."""
        return [f for f in self.findings if f.severity == WARNING]

    def raise_errors(self) -> None:
        """Raise PopulationError with the sentences of all errors, if any."""
        if self.errors:
            raise PopulationError("\n".join(f.sentence for f in self.errors))


class _Trouble(NamedTuple):
    """A check's answer: which rows, of whom, and the two halves of the sentence."""

    kind: str
    column: str
    rows: NDArray[np.bool_]
    values: Column | None
    what: str
    remedy: str
    severity: str = ERROR
    of_persons: bool = True
    written: Callable[[Any], object] = str


def validate(population: Population, country: Country, month: date | None = None) -> Report:
    """Return what is wrong with a population, each kind counted and with its first household.

    Args:
        population: not changed; no row is dropped or repaired.
        country: whose declared inputs say what a column may hold.
        month: dates of birth (inputs whose key holds 'birth') after its last day are errors.
    """
    found = list(_located(population, _troubles(population, country, month)))
    if not population.person_count:
        sentence = "the population has no persons at all; check the file and its mapping."
        found.append(Finding("no-rows", "", 0, -1, -1, None, ERROR, sentence))
    found += _undeclared(population, country)
    found.sort(key=lambda f: f.severity != ERROR)
    return Report(tuple(found), population.person_count, population.household_count)


def _troubles(population: Population, country: Country, month: date | None) -> Iterator[_Trouble]:
    yield from _structure(population)
    yield from _weights(population)
    yield from _relations(population, country)
    for key, declared in country.inputs.items():
        if population.has(key):
            yield from _values(population, declared, month)


def _located(population: Population, troubles: Iterator[_Trouble]) -> Iterator[Finding]:
    names = population.household_facts.get(HOUSEHOLD_ID)
    for each in troubles:
        count = int(np.count_nonzero(each.rows))
        if not count:
            continue
        row = int(np.argmax(each.rows))
        home = population.household_at(row) if each.of_persons else row
        name = home if names is None else names[home].item()
        value = None if each.values is None else each.values[row].item()
        unit = "person" if each.of_persons else "household"
        many = unit if count == 1 else unit + "s"
        shown = "" if value is None else f" ({each.written(value)})"
        sentence = f"{count} {many} {each.what}, first in household {name}{shown}; {each.remedy}."
        yield Finding(each.kind, each.column, count, row, name, value, each.severity, sentence)


def _structure(p: Population) -> Iterator[_Trouble]:
    yield _Trouble(
        "empty-household", "", p.sizes == 0, None, "without any member",
        "they are kept and counted: add their members, or read them as vacant", WARNING, False,
    )  # fmt: skip
    yield _Trouble(
        "large-household", "", p.sizes > LARGEST_HOUSEHOLD, p.sizes, f"with over {LARGEST_HOUSEHOLD} members",
        "check which columns identify a household, or leave collective dwellings out", ERROR, False,
    )  # fmt: skip
    for key, facts, of_persons in ((PERSON_ID, p.person_facts, True), (HOUSEHOLD_ID, p.household_facts, False)):
        if key in facts:
            yield _Trouble(
                f"duplicate-{key.split('_')[0]}", key, _repeated(facts[key]), facts[key],
                f"whose {key} stands on an earlier row too", "give each its own", ERROR, of_persons,
            )  # fmt: skip
    if HOUSEHOLD_ID in p.person_facts and HOUSEHOLD_ID in p.household_facts:
        home = p.to_persons(p.household_facts[HOUSEHOLD_ID])
        stray = p.person_facts[HOUSEHOLD_ID]
        yield _Trouble(
            "orphan", HOUSEHOLD_ID, stray != home, stray, "whose household is absent",
            "add the household, or correct the person's household_id",
        )  # fmt: skip
    if HEAD in p.person_facts:
        heads = p.household_sum(p.person_facts[HEAD].astype(np.bool_), np.int64)
        yield _Trouble(
            "no-head", HEAD, (heads == 0) & (p.sizes > 0), None, "without a head", "name one member as head",
            WARNING, False,
        )  # fmt: skip
        yield _Trouble("several-heads", HEAD, heads > 1, heads, "with more than one head", "keep one", WARNING, False)


def _repeated(names: Column) -> NDArray[np.bool_]:
    """Mark every row whose identifier stands on an earlier row."""
    order = np.argsort(names, kind="stable")
    again = np.zeros(len(names), dtype=np.bool_)
    again[order[1:]] = names[order][1:] == names[order][:-1]
    return again


def _weights(p: Population) -> Iterator[_Trouble]:
    pairs = [("weight", p.weight, False)]
    if p.person_weight is not None:
        pairs.append(("person_weight", p.person_weight, True))
    for name, weight, of_persons in pairs:
        yield _Trouble(
            "weight", name, ~((weight > 0) & np.isfinite(weight)), weight, "whose weight is missing, zero or negative",
            "give each a positive weight, or map no weight", ERROR, of_persons,
        )  # fmt: skip
    for name, design in (("stratum", p.stratum), ("cluster", p.cluster)):
        if design is not None and design.dtype.kind in "if":
            yield _Trouble(
                "design", name, design < 0, None, f"whose {name} is missing",
                "they count as one of their own: fill them in", WARNING, False,
            )  # fmt: skip


def _relations(p: Population, country: Country) -> Iterator[_Trouble]:
    size = p.to_persons(p.sizes)
    own = np.arange(p.person_count) - p.to_persons(p.offsets[:-1])
    for key in country.household.member.relations:
        if key not in p.relations:
            continue
        pointer = p.relations[key]
        yield _Trouble(
            "relation", key, (pointer >= size) | (pointer < UNKNOWN), pointer, f"whose {key} is outside the household",
            "point at a position inside it, or write −1 nobody, −2 elsewhere, −3 unknown",
        )  # fmt: skip
        yield _Trouble("own-relation", key, pointer == own, pointer, f"who is their own {key}", "correct the pointer")


def _values(p: Population, declared: Input[Any], month: date | None) -> Iterator[_Trouble]:
    key, kind = declared.key, declared.type.kind
    column, of_persons = p.column(key), declared.entity is Entity.PERSON
    known = p.known.get(key)
    scale = minor_units(declared.type.currency)

    def written(value: Any) -> object:
        """Write a stored value as a reader would: money in its unit, days as days."""
        return _day(value) if kind is Kind.DATE else value if scale == 1 else f"{value / scale:.15g}"

    def trouble(name: str, rows: NDArray[np.bool_], what: str, remedy: str, severity: str = ERROR) -> _Trouble:
        seen = rows if known is None else rows & known
        return _Trouble(name, key, seen, column, what, remedy, severity, of_persons, written)

    if known is not None and not declared.optional:
        yield _Trouble(
            "missing", key, ~known, None, f"whose {key} is unknown",
            "a simulation refuses them: fill them in, or state an assumption in the mapping", WARNING, of_persons,
        )  # fmt: skip
    if kind is Kind.BOOL:
        return
    if kind is Kind.CATEGORY:
        wrong = (column < 0) | (column >= len(declared.type.categories))
        names = ", ".join(declared.type.categories)
        yield trouble("category", wrong, f"whose {key} is no declared category", f"use one of {names}")
        return
    if kind is Kind.DATE:
        yield from _dates(trouble, declared, column, month)
        return
    floats = column.dtype.kind == "f"
    if floats:
        yield trouble("not-finite", ~np.isfinite(column), f"whose {key} is no number", "mark them unknown")
    if floats and kind is not Kind.NUMBER:
        unit = f"1/{scale} {declared.type.currency.code}" if declared.type.currency else "a whole number"
        off = np.isfinite(column) & (column != np.trunc(column))
        yield trouble("off-grid", off, f"whose {key} is finer than {unit}", "declare a rounding in the mapping")
    with np.errstate(invalid="ignore"):
        outside = np.zeros(len(column), dtype=np.bool_)
        if declared.low is not None:
            outside |= column < float(Fraction(declared.low) * scale)
        if declared.high is not None:
            outside |= column > float(Fraction(declared.high) * scale)
        huge = np.abs(column) > LARGEST_AMOUNT
        span = f"{'…' if declared.low is None else declared.low} to {'…' if declared.high is None else declared.high}"
        yield trouble("outside-range", outside, f"whose {key} is outside {span}", "correct them or mark them unknown")
        if kind is Kind.MONEY:
            yield trouble(
                "magnitude", huge, f"whose {key} exceeds 2^40 of the smallest unit", "check the column's unit"
            )
        if key == "age" and kind is Kind.COUNT:
            impossible = (column < 0) | (column > OLDEST)
            yield trouble("age", impossible & ~outside, "of an impossible age", "correct them or mark them unknown")


def _day(code: int) -> object:
    try:
        return date_of(code)
    except PopulationError:
        return code


def _dates(trouble: Any, declared: Input[Any], column: Column, month: date | None) -> Iterator[_Trouble]:
    key = declared.key
    day, month_of_year, year = column % 31, column // 31 % 12, column // 372
    longest = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[month_of_year]
    wrong = (column < 372) | (column >= 10_000 * 372) | (day >= longest)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    wrong |= (month_of_year == 1) & (day == 28) & ~leap
    yield trouble("date", wrong, f"whose {key} is no day", "make codes with date_codes(…)")
    if month is not None and "birth" in key:
        later = column > date_code(month.replace(day=1)) + 30
        yield trouble("future-birth", later, f"whose {key} is after {month:%Y-%m}", "correct the year")


def _undeclared(p: Population, country: Country) -> list[Finding]:
    """Columns under a key that the country does not declare, and keys of the wrong entity."""
    person, household = country.household.member, country.household
    found = []
    for group, declared, unit in (
        (p.persons, person.inputs, "person"),
        (p.households, household.inputs, "household"),
        (p.relations, person.relations, "relation"),
    ):
        for key, column in group.items():
            if key not in declared:
                sentence = (
                    f"column '{key}' is no {unit} input of {country.key}.{nearest(key, declared)} "
                    "Rename it, or keep it as a fact."
                )
                found.append(Finding("undeclared", key, len(column), -1, -1, None, WARNING, sentence))
    return found
