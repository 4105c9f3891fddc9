"""Invented households for the benchmarks: plain columns in whole units of currency, the same for every engine.

Amounts are whole, so that the peer's float32 holds them exactly and both engines see the same inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.expr import HouseholdView, Input, Kind
from amparo.population import Population, date_codes

Column = NDArray[Any]
SIZES = (0.17, 0.24, 0.21, 0.19, 0.11, 0.05, 0.03)  # households of 1, 2, … 7 persons


@dataclass(frozen=True)
class Columns:
    """Persons sorted by household; money in whole units, days as datetime64, categories by position.

    Args:
        offsets: [households + 1] int32; the persons of household h are offsets[h]:offsets[h + 1].
        persons: name → [persons]; households: name → [households].
    """

    offsets: NDArray[np.int32]
    persons: Mapping[str, Column]
    households: Mapping[str, Column]

    def save(self, path: Path) -> None:
        """Write one uncompressed .npz that any interpreter with numpy reads."""
        named = {f"person.{k}": v for k, v in self.persons.items()}
        named |= {f"household.{k}": v for k, v in self.households.items()}
        np.savez(path, offsets=self.offsets, **named)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> Columns:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            parts: dict[str, dict[str, Column]] = {"person": {}, "household": {}}
            for name in stored.files:
                if name != "offsets":
                    entity, key = name.split(".", 1)
                    parts[entity][key] = stored[name]
            return cls(stored["offsets"], parts["person"], parts["household"])

    def population(self, household: type[HouseholdView[Any]]) -> Population:
        """Return the same people as amparo stores them, for the inputs that the entities declare."""
        persons = {k: _stored(self.persons[k], d) for k, d in household.member.inputs.items()}
        households = {k: _stored(self.households[k], d) for k, d in household.inputs.items()}
        return Population(offsets=self.offsets, persons=persons, households=households)

    def cases(self, household: type[HouseholdView[Any]], numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Return some households as a person would describe them, for the exact executor."""
        described = []
        for h in numbers:
            of_household = {k: _said(self.households[k][h], d) for k, d in household.inputs.items()}
            rows = range(int(self.offsets[h]), int(self.offsets[h + 1]))
            members = [{k: _said(self.persons[k][i], d) for k, d in household.member.inputs.items()} for i in rows]
            described.append({"household": of_household, "members": members})
        return described

    def only(self, household: int) -> Columns:
        """Return one household alone."""
        start, end = int(self.offsets[household]), int(self.offsets[household + 1])
        offsets = np.array([0, end - start], dtype=np.int32)
        of_household = {k: v[household : household + 1] for k, v in self.households.items()}
        return Columns(offsets, {k: v[start:end] for k, v in self.persons.items()}, of_household)


def _stored(column: Column, declared: Input[Any]) -> Column:
    kind = declared.type.kind
    if kind is Kind.MONEY:
        decimals = declared.type.currency.decimals if declared.type.currency else 0
        return column.astype(np.int32) * np.int32(10**decimals)
    if kind is Kind.DATE:
        return date_codes(column)
    return column.astype({Kind.BOOL: np.bool_, Kind.CATEGORY: np.int8, Kind.NUMBER: np.float64}.get(kind, column.dtype))


def _said(value: Any, declared: Input[Any]) -> Any:
    kind = declared.type.kind
    if kind is Kind.CATEGORY:
        return declared.type.categories[int(value)]
    if kind is Kind.DATE:
        return value.astype("datetime64[D]").item()
    return bool(value) if kind is Kind.BOOL else value.item()


@dataclass(frozen=True)
class Composition:
    """Who lives with whom: offsets, and for each person the place in the household and the household's size."""

    offsets: NDArray[np.int32]
    place: NDArray[np.int8]
    size: NDArray[np.int8]
    age: NDArray[np.int8]

    @property
    def households(self) -> int:
        """Number of households."""
        return len(self.offsets) - 1


def compose(persons: int, random: np.random.Generator) -> Composition:
    """Return exactly so many persons in households of one to seven: two adults first, then mostly children."""
    drawn = random.choice(np.arange(1, 8, dtype=np.int32), size=persons, p=SIZES)
    ends = np.cumsum(drawn, dtype=np.int64)
    households = int(np.searchsorted(ends, persons)) + 1
    offsets = np.concatenate([[0], ends[:households]]).astype(np.int32)
    offsets[-1] = persons
    sizes = np.diff(offsets)
    place = (np.arange(persons, dtype=np.int32) - np.repeat(offsets[:-1], sizes)).astype(np.int8)
    size = np.repeat(sizes.astype(np.int8), sizes)
    head = random.integers(19, 90, len(sizes), dtype=np.int8)
    of_head = np.repeat(head, sizes)
    partner = np.clip(of_head + random.integers(-6, 7, persons, dtype=np.int8), 18, 95)
    others = random.integers(0, 27, persons, dtype=np.int8)
    age = np.where(place == 0, of_head, np.where((place == 1) & (random.random(persons) < 0.85), partner, others))
    return Composition(offsets, place, size, age.astype(np.int8))


def incomes(of: NDArray[np.bool_], random: np.random.Generator, *, median: float, spread: float) -> NDArray[np.int32]:
    """Return lognormal whole amounts for those chosen and zero for the others."""
    drawn = np.exp(random.normal(np.log(median), spread, len(of)))
    return np.where(of, np.clip(drawn, 0, 400_000), 0).astype(np.int32)
