"""The random households on which a planted bug must show, and on which the declared properties are checked.

Stated, because a bug that no household of the sample shows is claimed to be none:

- 1 to 5 members, each size as often as another;
- every number is, one time in two, a figure or constant that the law compares it with (times or over 1 to 5, for
  totals and amounts per head), that number one smallest unit below, or one above; otherwise 0, an end of its declared
  range, a small number, or any number up to three times the largest figure;
- yes or no, and each category, equally often; a day is, one time in two, as many months before the month of the law as
  some figure says (times 1 or 12, for ages), give or take one day or one month;
- one person in two has one kind of money only, one household in two has one member with money only: totals meet
  limits exactly;
- a relation of a person points at nobody or at any other member; parents are older, partners name each other; nobody
  lives elsewhere. Households whose facts contradict each other, as the country declares it, are left out, as they are
  refused;
- what is carried from earlier months is drawn like an input.

A second sample is of plausible families: `amparo.population.generator.random_population` at the figures of the month.
A third takes households of the first and moves one amount or count of each until a comparison, cap or floor of the
provisions under test is met exactly (by halving the interval between two values that stand on its two sides), one unit
below it and one above.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from tests.mutation.arrays import Array, Reading

from amparo.expr import Entity, Graph, Input, Kind, Node, Op
from amparo.expr.node import topological
from amparo.expr.types import Type
from amparo.policy import Edition
from amparo.population.encoding import date_code, minor_units
from amparo.population.generator import random_population
from amparo.population.table import NOBODY, Population

SIZES = (1, 2, 3, 4, 5)
FACTORS = (1, 1, 1, 2, 3, 4, 5, 1 / 2, 1 / 3, 1 / 4, 1 / 5)
COMPARED = (Op.LT, Op.LE, Op.EQ, Op.MIN, Op.MAX, Op.SUB)
STEP_OF_SHARE = 1 / 128


@dataclass(frozen=True)
class Sample:
    """Some households of a month with what they carry from earlier months."""

    population: Population
    states: dict[str, Array]


def near_boundaries(edition: Edition, graph: Graph, households: int, seed: int) -> Sample:
    """Return households drawn as this module says, near the figures with which a graph compares their inputs."""
    rng = np.random.default_rng(seed)
    near = _Marks(edition, graph)
    sizes = rng.choice(np.array(SIZES), size=households)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    people = int(offsets[-1])
    country = edition.country
    persons = {k: _column(i, near, rng, people) for k, i in country.household.member.inputs.items()}
    homes = {k: _column(i, near, rng, households) for k, i in country.household.inputs.items()}
    home = np.repeat(np.arange(households), sizes)
    position = np.arange(people) - offsets[:-1][home]
    _leave_one(persons, country.household.member.inputs, home, position, sizes, rng)
    declared = country.household.member
    age = persons.get("age", np.zeros(people))
    relations = {k: _relation(k, position, sizes[home], offsets, home, age, rng) for k in declared.relations}
    _agree(persons, declared.inputs, relations, home, rng)
    drawn = Sample(Population(offsets, persons, homes, relations), _states(graph, near, rng, people, households))
    return without_contradictions(edition, drawn)


def families(edition: Edition, graph: Graph, persons: int, seed: int) -> Sample:
    """Return plausible families, boundary-heavy too."""
    population = random_population(edition.country, persons, seed, edition=edition)
    rng = np.random.default_rng(seed)
    states = _states(graph, _Marks(edition, graph), rng, population.person_count, population.household_count)
    return without_contradictions(edition, Sample(population, states))


def agree(edition: Edition, population: Population) -> Array:
    """Return for each household whether its facts agree with each other, as the country declares."""
    reading = Reading(edition, population, {})
    found = np.ones(population.household_count, dtype=bool)
    asked = edition.country.consistency_on(edition.month).graph.outputs.values()
    values = reading.read(asked)
    for n in asked:
        fits = values[n]
        found &= np.logical_and.reduceat(fits, reading.starts) if n.entity is Entity.PERSON else fits
    return found


def without_contradictions(edition: Edition, drawn: Sample) -> Sample:
    """Return the households of a sample whose facts agree."""
    return subset(drawn, np.flatnonzero(agree(edition, drawn.population)))


def _states(graph: Graph, near: "_Marks", rng: np.random.Generator, people: int, homes: int) -> dict[str, Array]:
    found = {}
    for each in graph.attributes(Op.STATE):
        rows = people if each.entity.entity is Entity.PERSON else homes
        found[each.key] = _values(each.key, each.type, 0, None, near, rng, rows)
    return found


class _Marks:
    """For each input and state, the numbers with which the law compares it, in stored units."""

    def __init__(self, edition: Edition, graph: Graph) -> None:
        self.month = edition.month
        nobody = Population(np.zeros(1, dtype=np.int32), {})
        reading = Reading(edition, nobody, {})
        scalars = [n for n in graph.nodes if n.entity is Entity.SCALAR and n.type.numeric]
        values = reading.read(scalars)
        self.of: dict[tuple[str, Kind], set[float]] = {}
        for n in graph.nodes:
            if n.op in COMPARED and n.args[0].type.numeric:
                marks = {float(values[s]) for s in _beside(n) if s in values and not np.isnan(values[s])}
                for each in _data(n):
                    self.of.setdefault((each.attr.key, n.args[0].type.kind), set()).update(marks)

    def near(self, key: str, kind: Kind) -> Array:
        """Return the marks of an input, of its own kind and, beside counts and months, of both."""
        kinds = [kind, *((Kind.COUNT, Kind.MONTHS) if kind in (Kind.COUNT, Kind.MONTHS, Kind.NUMBER) else ())]
        return np.array(sorted({0.0}.union(*(self.of.get((key, k), set()) for k in kinds))))

    def of_dates(self, key: str) -> Array:
        """Return the months from or to a day that the law asks for."""
        found = {0.0}.union(*(self.of.get((key, k), set()) for k in (Kind.COUNT, Kind.MONTHS, Kind.NUMBER)))
        return np.array(sorted(found))


def _beside(n: Node) -> Iterable[Node]:
    """The figures and constants in a comparison's own text."""
    stack = list(n.args)
    while stack:
        each = stack.pop()
        if each.entity is Entity.SCALAR:
            yield each
        if each.op is not Op.PROVISION:
            stack += each.args


def _data(n: Node) -> Iterable[Node]:
    return (x for x in topological([n]) if x.op in (Op.INPUT, Op.STATE))


def _column(declared: Input[Any], near: _Marks, rng: np.random.Generator, rows: int) -> Array:
    return _values(declared.key, declared.type, declared.low, declared.high, near, rng, rows)


def _values(key: str, type_: Type, low: Any, high: Any, near: _Marks, rng: np.random.Generator, rows: int) -> Array:
    kind = type_.kind
    if kind is Kind.BOOL:
        return rng.random(rows) < 0.5
    if kind is Kind.CATEGORY:
        return rng.integers(0, len(type_.categories), rows).astype(np.int16)
    if kind is Kind.DATE:
        return _days(near.month, near.of_dates(key), rng, rows)
    unit = minor_units(type_.currency)
    marks = near.near(key, kind)
    floor = float(Fraction(low) * unit) if low is not None else 0.0
    ceiling = float(Fraction(high) * unit) if high is not None else max(3 * float(marks.max()), 100.0)
    step = STEP_OF_SHARE if kind is Kind.NUMBER else 1.0
    chosen = marks[rng.integers(0, len(marks), rows)] * np.array(FACTORS)[rng.integers(0, len(FACTORS), rows)]
    chosen = (chosen if kind is Kind.NUMBER else np.rint(chosen)) + step * rng.integers(-1, 2, rows)
    small = floor + step * rng.integers(0, 8, rows)
    wide = floor + (min(ceiling, max(3 * float(marks.max()), 100.0)) - floor) * rng.random(rows)
    wide = wide if kind is Kind.NUMBER else np.rint(wide)
    ends = np.where(rng.random(rows) < 0.5, floor, ceiling)
    pick = rng.random(rows)
    made = np.select([pick < 0.5, pick < 0.65, pick < 0.7, pick < 0.8], [chosen, np.zeros(rows), ends, small], wide)
    made = np.clip(made, floor, ceiling)
    return made if kind is Kind.NUMBER else made.astype(np.int64)


def _days(month: date, marks: Array, rng: np.random.Generator, rows: int) -> Array:
    back = marks[rng.integers(0, len(marks), 256)] * np.where(rng.random(256) < 0.5, 1, 12)
    days = []
    for each in back:
        whole = month.year * 12 + month.month - 1 - int(each) + int(rng.integers(-1, 2))
        first = date(max(whole // 12, 1900), whole % 12 + 1, 1)
        days.append(first + timedelta(days=int(rng.integers(-1, 2))))
    days += [month - timedelta(days=int(d)) for d in rng.integers(0, 34_000, 256)]
    codes = np.array([date_code(min(d, month)) for d in days], dtype=np.int32)
    return codes[rng.integers(0, len(codes), rows)]


def _leave_one(
    persons: dict[str, Array], inputs: Any, home: Array, position: Array, sizes: Array, rng: np.random.Generator
) -> None:
    """Leave some persons one kind of money, and some households one member with money."""
    money = [k for k, i in inputs.items() if i.type.kind is Kind.MONEY]
    if not money:
        return
    only = rng.integers(0, len(money), len(home))
    simple = rng.random(len(home)) < 0.5
    earner = (rng.random(len(sizes)) * sizes).astype(np.int64)
    poor = (rng.random(len(sizes)) < 0.5)[home] & (position != earner[home])
    for i, key in enumerate(money):
        persons[key] = np.where((simple & (only != i)) | poor, 0, persons[key])


def _relation(
    key: str, position: Array, size: Array, offsets: Array, home: Array, age: Array, rng: np.random.Generator
) -> Array:
    other = (position + 1 + (rng.random(len(home)) * (size - 1)).astype(np.int64)) % size
    pointer = np.where((rng.random(len(home)) < 0.6) & (size > 1), other, NOBODY)
    begins = offsets[:-1][home]
    if key in ("partner", "spouse"):  # one couple in a household, of any two members
        one = begins + (rng.random(len(offsets) - 1)[home] * size).astype(np.int64)
        two = begins + pointer[one]
        couple = pointer[one] != NOBODY
        pointer = np.full(len(home), NOBODY)
        rows = np.flatnonzero(couple & (np.arange(len(home)) == one))
        pointer[rows], pointer[two[rows]] = position[two[rows]], position[rows]
    if key in ("mother", "father"):
        pointer = np.where(age[begins + np.maximum(pointer, 0)] > age, pointer, NOBODY)
    return pointer.astype(np.int32)


def _agree(
    persons: dict[str, Array],
    inputs: Mapping[str, Input[Any]],
    relations: dict[str, Array],
    home: Array,
    rng: np.random.Generator,
) -> None:
    """Mend what random facts would contradict most often: two ages, a sex and a pregnancy, two heads, a single with a partner."""
    if "age_on_31_december" in persons:
        persons["age_on_31_december"] = persons["age"] + rng.integers(0, 2, len(home))
    if "sex" in persons:
        woman = persons["sex"] == inputs["sex"].type.categories.index("female")
        for key in (k for k in persons if "pregnan" in k and not k.endswith("proved")):
            persons[key] = np.where(woman, persons[key], np.zeros(1, dtype=persons[key].dtype))
    if "single" in persons:
        persons["single"] = persons["single"] & (relations["partner"] == NOBODY)
    if "head" in persons:
        first = np.full(int(home[-1]) + 1, len(home))
        heads = np.flatnonzero(persons["head"])
        np.minimum.at(first, home[heads], heads)
        persons["head"] = np.arange(len(home)) == first[home]
    if {"mother", "father"} <= set(relations):
        same = relations["mother"] == relations["father"]
        relations["father"] = np.where(same, NOBODY, relations["father"]).astype(np.int32)


# ---------------------------------------------------------------- one input moved


def raised(population: Population, declared: Input[Any], step: Fraction | None, seed: int) -> Population:
    """Return the same households with one input of one member (or of the household) higher, by a step or any amount."""
    rng = np.random.default_rng(seed)
    personal = declared.entity is Entity.PERSON
    column = (population.persons if personal else population.households)[declared.key]
    rows = np.arange(len(column))
    if personal:
        sizes = population.sizes.astype(np.int64)
        rows = population.offsets[:-1] + (rng.random(len(sizes)) * sizes).astype(np.int64)
    if declared.type.kind is Kind.BOOL:
        moved = column.copy()
        moved[rows] = True
        return with_column(population, declared, moved)
    unit, moved = minor_units(declared.type.currency), column.astype(np.float64)
    most = np.inf if declared.high is None else float(Fraction(declared.high) * unit)
    if step is not None:
        higher = moved[rows] + float(step * unit)
        higher = np.where(higher <= most, higher, moved[rows])
    else:
        small = STEP_OF_SHARE if declared.type.kind is Kind.NUMBER else 1.0
        rise = small * np.array([1, 1, 2, 10, 100, 1000])[rng.integers(0, 6, len(rows))]
        other = moved[rows][rng.permutation(len(rows))]  # or the value of somebody else, where that is higher
        higher = np.where(rng.random(len(rows)) < 0.5, moved[rows] + rise, np.maximum(other, moved[rows]))
        higher = np.minimum(higher, most)
    moved[rows] = higher
    return with_column(population, declared, moved)


def with_column(population: Population, declared: Input[Any], column: Array) -> Population:
    """Return a population with one column replaced."""
    if declared.entity is Entity.PERSON:
        return replace(population, persons={**population.persons, declared.key: column})
    return replace(population, households={**population.households, declared.key: column})


def at_derived_boundaries(edition: Edition, drawn: Sample, nodes: Iterable[Node], seed: int) -> Iterator[Sample]:
    """Yield households in which both sides of a comparison are equal, one unit apart, or nearly so."""
    rng = np.random.default_rng(seed)
    found = []
    for n in nodes:
        if n.op not in COMPARED[:-1] or not n.args[0].type.numeric or n.entity not in (Entity.PERSON, Entity.HOUSEHOLD):
            continue
        movable = {x.attr for x in _data(n) if x.op is Op.INPUT and x.type.kind in (Kind.MONEY, Kind.COUNT)}
        for declared in sorted(movable, key=lambda i: i.key):
            homes = rng.integers(0, drawn.population.household_count, PER_BOUNDARY)
            found += _driven(edition, subset(drawn, homes), n, declared, rng)
    if found:
        yield without_contradictions(edition, joined(found))


PER_BOUNDARY, HALVINGS = 96, 34


def _driven(edition: Edition, base: Sample, n: Node, declared: Input[Any], rng: np.random.Generator) -> list[Sample]:
    population = base.population
    sizes = population.sizes.astype(np.int64)
    person = population.offsets[:-1] + (rng.random(len(sizes)) * sizes).astype(np.int64)
    rows = person if declared.entity is Entity.PERSON else np.arange(len(sizes))
    at = person if n.entity is Entity.PERSON else np.arange(len(sizes))
    whole = (population.persons if declared.entity is Entity.PERSON else population.households)[declared.key]
    whole = whole.astype(np.float64)

    def apart(values: Array) -> Array:
        reading = Reading(edition, _set(population, declared, whole, rows, values), base.states)
        sides = reading.read(n.args)
        left, right = (np.broadcast_to(sides[a], (reading.rows(n.entity),)) for a in n.args)
        return left[at] - right[at]

    unit = minor_units(declared.type.currency)
    least = 0.0 if declared.low is None else float(Fraction(declared.low) * unit)
    most = 4 * max(float(whole.max()), 100.0) if declared.high is None else float(Fraction(declared.high) * unit)
    low, high = np.full(len(rows), least), rng.permutation(whole[rows])
    high = np.where(rng.random(len(rows)) < 0.5, np.maximum(high, whole[rows]), most)
    begins = np.sign(apart(low))
    crossing = begins * np.sign(apart(high)) < 0
    for _ in range(HALVINGS):
        middle = np.floor((low + high) / 2)
        same = np.sign(apart(middle)) == begins
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    if not crossing.any():
        return []
    kept = np.flatnonzero(crossing)
    made = []
    for step in (-1, 0, 1):
        values = np.clip(high + step, least, most)
        moved = Sample(_set(population, declared, whole, rows, values), base.states)
        made.append(subset(moved, kept))
    return made


def _set(population: Population, declared: Input[Any], whole: Array, rows: Array, values: Array) -> Population:
    column = whole.copy()
    column[rows] = values
    return with_column(population, declared, column)


def subset(drawn: Sample, homes: Array) -> Sample:
    """Return some households of a sample; one named twice is there twice."""
    population = drawn.population
    sizes = population.sizes[homes].astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    begins = np.repeat(population.offsets[:-1][homes].astype(np.int64) - offsets[:-1], sizes)
    rows = begins + np.arange(int(offsets[-1]))
    by_row = {population.person_count: rows, population.household_count: homes}
    states = {k: v[by_row[len(v)]] for k, v in drawn.states.items()}
    return Sample(
        Population(
            offsets,
            {k: v[rows] for k, v in population.persons.items()},
            {k: v[homes] for k, v in population.households.items()},
            {k: v[rows] for k, v in population.relations.items()},
        ),
        states,
    )


def joined(several: list[Sample]) -> Sample:
    """Return all households of some samples."""

    def together(parts: list[Mapping[str, Array]]) -> dict[str, Array]:
        return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}

    sizes = np.concatenate([s.population.sizes for s in several])
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    persons = together([s.population.persons for s in several])
    homes = together([s.population.households for s in several])
    relations = together([s.population.relations for s in several])
    return Sample(Population(offsets, persons, homes, relations), together([s.states for s in several]))
