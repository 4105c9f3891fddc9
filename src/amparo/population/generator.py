"""Random households of any country, plausible in structure and heavy at the boundaries of the law."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.expr import Input, Kind
from amparo.policy import Country, Edition
from amparo.population.draws import Chance, Figures, draw, limits, narrowed
from amparo.population.encoding import Column, date_codes
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN, Population

SIZES = np.array([0.17, 0.24, 0.21, 0.18, 0.10, 0.05, 0.03, 0.02])  # of 1, 2, … 8 members
EMPTY, COUPLES, CHILDREN, AT_BOUNDARY, PINNED = 0.02, 0.6, 0.8, 0.25, 0.1
FERTILE = (12, 50)
SYNTHETIC = "synthetic:"
REGIONS, CLUSTER, STRATUM = 16, 50, 10


class _People(NamedTuple):
    """Who lives with whom: [persons] each, rows or positions of parents and partner −1 where there is nobody."""

    home: NDArray[np.int64]
    position: NDArray[np.int64]
    age: NDArray[np.int64]
    female: NDArray[np.bool_]
    mother: NDArray[np.int64]
    father: NDArray[np.int64]
    partner: NDArray[np.int64]


def random_population(
    country: Country,
    persons: int,
    seed: int,
    boundary_heavy: bool = True,
    edition: Edition | None = None,
    *,
    empty: bool = False,
    unknown: float = 0.0,
    stands_for: float | None = None,
) -> Population:
    """Return random households with a value for every declared input; one seed gives one population.

    Households have 1 to 8 members: adults, couples, children who point at their parents; only women of 12 to 50
    are pregnant. Amounts and counts crowd at the figures of the law, one smallest unit below and one above; some
    households hold a figure exactly per person.

    Args:
        country: whose inputs and relations are drawn.
        persons: [1, …) exactly so many.
        seed: of the generator.
        boundary_heavy: False for values that know nothing of the law.
        edition: the month whose figures count; the latest regime of the country by default.
        empty: whether some households (the last one too) have nobody.
        unknown: [0, 1] share of values, and of relations, that nobody knows.
        stands_for: persons that the weights add up to; without it every weight is 1.
    """
    if persons < 1:
        raise PopulationError(f"{persons} persons make no population; ask for one at least.")
    rng = np.random.Generator(np.random.SFC64(seed))
    if edition is None and boundary_heavy and country.programmes:
        edition = country.on(max(r.since for p in country.programmes for r in p.regimes))
    figures = Figures.of(edition if boundary_heavy else None)
    chance = Chance(rng, figures, edition.month if edition else date(2024, 1, 1))
    offsets = _offsets(persons, rng, empty)
    shape = Population(offsets, {})
    people = _people(shape, chance, country)
    columns = {
        key: _person_column(each, people, shape, chance) for key, each in country.household.member.inputs.items()
    }
    of_households = {key: draw(each, shape.household_count, chance) for key, each in country.household.inputs.items()}
    known: dict[str, NDArray[np.bool_]] = {}
    if unknown:
        for key, column in {**columns, **of_households}.items():
            known[key] = rng.random(len(column), dtype=np.float32) >= unknown
    relations = {k: _relation(k, people, shape, rng, unknown) for k in country.household.member.relations}
    return Population(offsets, columns, of_households, relations, known, **_design(shape, people, rng, stands_for))


def synthetic(text: str, country: Country, edition: Edition | None = None) -> Population:
    """Return the population that 'synthetic:PERSONS' or 'synthetic:PERSONS:SEED' names (1_000_000 is read too)."""
    parts = text.removeprefix(SYNTHETIC).split(":")
    try:
        persons, seed = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    except ValueError:
        persons = 0
        seed = 0
    if not text.startswith(SYNTHETIC) or len(parts) > 2 or persons < 1 or seed < 0:
        raise PopulationError(f"'{text}' names no population; write synthetic:PERSONS or synthetic:PERSONS:SEED.")
    return random_population(country, persons, seed, edition=edition)


def _offsets(persons: int, rng: np.random.Generator, empty: bool) -> Column:
    mean = float((SIZES * np.arange(1, 9)).sum())
    ends = np.zeros(0, dtype=np.int64)
    count = int(persons / mean * 1.05) + 64
    while not len(ends) or ends[-1] < persons:
        more = np.searchsorted(np.cumsum(SIZES), rng.random(count)).clip(0, 7) + 1
        ends = np.concatenate([ends, np.cumsum(more) + (ends[-1] if len(ends) else 0)])
    ends = ends[: int(np.searchsorted(ends, persons)) + 1]
    ends[-1] = persons
    if empty:
        twice = rng.random(len(ends)) < EMPTY
        twice[-1] = True
        ends = np.repeat(ends, 1 + twice)
    return np.concatenate([[0], ends]).astype(np.int32 if persons < 2**31 else np.int64)


def _people(shape: Population, chance: Chance, country: Country) -> _People:
    rng, figures = chance.rng, chance.figures
    count, homes = shape.person_count, shape.household_count
    home = shape.household_of_person().astype(np.int64)
    start = shape.offsets[:-1].astype(np.int64)
    position = np.arange(count) - start[home]
    couple = ((rng.random(homes, dtype=np.float32) < COUPLES) & (shape.sizes > 1))[home]
    head, partner = position == 0, (position == 1) & couple
    child = ~head & ~partner & (rng.random(count, dtype=np.float32) < CHILDREN)

    head_age = np.minimum(rng.integers(18, 80, size=homes) + rng.integers(0, 20, size=homes), 98)
    partner_age = (head_age + rng.integers(-6, 7, size=homes)).clip(18, 100)
    parent_age = np.where(couple, np.minimum(head_age, partner_age)[home], head_age[home])
    other_age = rng.integers(0, 101, size=count)
    child_age = (rng.random(count, dtype=np.float32) * (parent_age - 14).clip(1, 40)).astype(np.int64)
    age = np.where(child, child_age, other_age)
    age = np.where(head, head_age[home], np.where(partner, partner_age[home], age))
    declared = country.household.member.inputs.get("age")
    low, high = limits(declared) if declared else (0.0, 120.0)
    near = figures.near(Kind.COUNT, max(low, 0), min(high, 110))
    if len(near):
        wanted = near[rng.integers(len(near), size=count)].astype(np.int64)
        fits = np.where(child, wanted <= parent_age - 13, (wanted >= 18) | ~(head | partner))
        moved = head | partner
        fits &= ~moved | (np.abs(wanted - age) < 12)  # parents stay old enough for their children
        age = np.where(fits & (rng.random(count, dtype=np.float32) < AT_BOUNDARY), wanted, age)
    age = age.clip(max(low, 0), min(high, 120)).astype(np.int64)

    head_female = rng.random(homes, dtype=np.float32) < 0.5
    female = rng.random(count, dtype=np.float32) < 0.5
    female = np.where(head, head_female[home], female)
    mixed = rng.random(homes, dtype=np.float32) < 0.97
    female = np.where(partner, (head_female ^ mixed)[home], female)
    partner_female = (head_female ^ mixed)[home]
    child &= age <= parent_age - 8
    nobody = np.full(count, NOBODY, dtype=np.int64)
    of_head = head_female[home]
    mother = np.where(of_head, 0, np.where(couple & partner_female, 1, NOBODY))
    father = np.where(~of_head, 0, np.where(couple & ~partner_female, 1, NOBODY))
    spouse = np.where(partner, 0, np.where(head & couple, 1, NOBODY))
    return _People(
        home, position, age, female, np.where(child, mother, nobody), np.where(child, father, nobody), spouse
    )


def _person_column(declared: Input[Any], people: _People, shape: Population, chance: Chance) -> Column:
    """Draw one input; the few keys that structure decides (age, sex, birth, pregnancy) follow from it."""
    key, kind, count, rng = declared.key, declared.type.kind, shape.person_count, chance.rng
    low, high = limits(declared)
    if kind is Kind.COUNT and key == "age":
        return narrowed(people.age, kind)
    if kind is Kind.COUNT and key.startswith("age_"):
        return narrowed((people.age + rng.integers(0, 2, size=count)).clip(low, high), kind)
    if kind is Kind.MONTHS and "age" in key.split("_"):
        return narrowed((people.age * 12 + rng.integers(0, 12, size=count)).clip(low, high), kind)
    if kind is Kind.DATE and "birth" in key:
        return _births(people.age, rng, chance.last_day)
    if kind is Kind.CATEGORY and {"female", "male"} <= set(declared.type.categories):
        names = declared.type.categories
        codes = np.where(people.female, names.index("female"), names.index("male")).astype(np.int8)
        others = [i for i, n in enumerate(names) if n not in ("female", "male")]
        if others:
            codes = np.where(rng.random(count) < 0.02, others[0], codes).astype(np.int8)
        return codes
    column = draw(declared, count, chance)
    if "pregnan" in key:
        fertile = people.female & (people.age >= FERTILE[0]) & (people.age <= FERTILE[1])
        pregnant = fertile & (rng.random(count, dtype=np.float32) < 0.25)
        column = np.where(pregnant, column, np.zeros(1, dtype=column.dtype))
    if kind is Kind.MONEY:
        column = _pinned(column, people, shape, chance, declared)
    return column


def _births(age: NDArray[np.int64], rng: np.random.Generator, last_day: date) -> Column:
    """Return birth dates of persons who have completed so many years on the last day."""
    end = np.datetime64(last_day - timedelta(days=1), "D")
    month = end.astype("datetime64[M]") - 12 * age.astype("timedelta64[M]")
    day = month.astype("datetime64[D]") + (end - end.astype("datetime64[M]").astype("datetime64[D]"))
    return date_codes(day - rng.integers(0, 360, size=len(age)).astype("timedelta64[D]"))


def _pinned(column: Column, people: _People, shape: Population, chance: Chance, declared: Input[Any]) -> Column:
    """Give some households one income, the head's, of exactly a figure for each member (or one unit off)."""
    rng, amounts = chance.rng, chance.figures.by_kind[Kind.MONEY]
    if not len(amounts):
        return column
    low, high = limits(declared)
    homes = shape.household_count
    pinned = rng.random(homes, dtype=np.float32) < PINNED
    figure = amounts[rng.integers(len(amounts), size=homes)] * shape.sizes + rng.integers(-1, 2, size=homes)
    value = np.where(people.position == 0, np.ceil(figure)[people.home], 0).clip(low, high)
    return narrowed(np.where(pinned[people.home], value, column), Kind.MONEY)


def _relation(key: str, people: _People, shape: Population, rng: np.random.Generator, unknown: float) -> Column:
    count = shape.person_count
    known = {"mother": people.mother, "father": people.father, "partner": people.partner, "spouse": people.partner}
    found = known.get(key)
    if found is None:
        size = shape.to_persons(shape.sizes).astype(np.int64)
        other = (people.position + 1 + (rng.random(count) * (size - 1)).astype(np.int64)) % size
        found = np.where((rng.random(count, dtype=np.float32) < 0.3) & (size > 1), other, NOBODY)
    if unknown:
        found = np.where(rng.random(count, dtype=np.float32) < unknown, OUTSIDE, found)
        found = np.where(rng.random(count, dtype=np.float32) < unknown, UNKNOWN, found)
    return found.astype(np.int32)


def _design(shape: Population, people: _People, rng: np.random.Generator, stands_for: float | None) -> dict[str, Any]:
    homes, persons = shape.household_count, shape.person_count
    number = np.arange(homes)
    found: dict[str, Any] = {
        "person_facts": {"person_id": np.arange(persons), "head": people.position == 0},
        "household_facts": {"household_id": number, "region": (number // CLUSTER % REGIONS).astype(np.int8)},
    }
    if stands_for is not None:
        weight = 0.5 + rng.random(homes)
        total = float((weight * shape.sizes).sum())
        found |= {
            "weight": weight * (stands_for / total),
            "stratum": (number // CLUSTER // STRATUM).astype(np.int32),
            "cluster": (number // CLUSTER).astype(np.int32),
        }
    return found
