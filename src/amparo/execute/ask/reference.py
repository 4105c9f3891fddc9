"""What people like this one usually answer: chances counted from a population, to ask first what ends soonest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.expr import Entity, Input, Kind, Relation
from amparo.policy import Country, Edition
from amparo.population.encoding import date_of, minor_units
from amparo.population.generator import random_population
from amparo.population.synthesis import synthesis_of
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN, Population

BINS = 6  # kinds of answer that a number is sorted into; a few more where it has few values
FEWEST = 40  # rows below which likeness is not asked for any further
PERSONS, SEED = 4000, 1
FAR = 1e12  # stands for a number without a limit
Answer = tuple[float, float]  # an answer as `coded`, and its chance


class Column(NamedTuple):
    """One datum of a population: for each row the kind of its answer (−1 unknown), and what each kind stands for."""

    kinds: NDArray[np.int16]
    stands_for: NDArray[np.float64]
    edges: NDArray[np.float64]

    def kind(self, code: float) -> int:
        """Return the kind of one answer."""
        return int(np.searchsorted(self.edges, code, side="right"))


def coded(value: Any, declared: Input[Any]) -> float:
    """Return an answer as one number: 0 or 1, the place of a category, a day's ordinal, an amount."""
    if declared.type.kind is Kind.CATEGORY:
        return float(declared.type.categories.index(value))
    return float(value.toordinal()) if isinstance(value, date) else float(value)


@dataclass(frozen=True, eq=False)
class Reference:
    """Households from which the chance of each answer is counted: a survey, or invented ones.

    It decides the order of questions only, never an answer.
    """

    country: Country
    population: Population

    @classmethod
    def of(cls, country: Country, edition: Edition) -> Reference:
        """Return invented households: with the country's margins where it ships them, else of any plausible form."""
        synthesis = synthesis_of(country)
        if synthesis is not None:
            return cls(country, synthesis.population(PERSONS, SEED))
        return cls(country, random_population(country, PERSONS, SEED, boundary_heavy=False, edition=edition))

    def peers(self, entity: Entity, size: int, answers: Mapping[str, float]) -> NDArray[np.intp]:
        """Return the persons or households who would have answered alike, as far as enough of them remain.

        Args:
            size: members of the household.
            answers: key → what was answered, as `coded`.
        """
        rows = self._of_size.get((entity, size))
        if rows is None:
            of = self._sizes[entity]
            same = np.flatnonzero(of == size)
            rows = self._of_size[entity, size] = same if len(same) >= FEWEST else np.arange(len(of))
        for key, code in answers.items():
            column = self.columns.get(key)
            if column is not None:
                alike = rows[column.kinds[rows] == column.kind(code)]
                rows = alike if len(alike) >= FEWEST else rows
        return rows

    def chances(
        self, declared: Input[Any] | Relation[Any], peers: NDArray[np.intp], others: Iterable[int]
    ) -> list[Answer]:
        """Return the answers that peers give and their chances; `others` are the members whom a relation may name."""
        column = self.columns.get(declared.key)
        found: list[Answer] = []
        if column is not None:
            kinds = column.kinds[peers]
            weight = self._weights[self._entity(declared)][peers]
            share = np.bincount(kinds[kinds >= 0], weight[kinds >= 0], len(column.stands_for))
            if share.sum() > 0:
                found = [(float(column.stands_for[i]), float(share[i] / share.sum())) for i in np.flatnonzero(share)]
        if isinstance(declared, Relation):
            return _pointers(found, list(others))
        return found or _ends(declared)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every datum of the population by its key."""
        found = {}
        for key, declared in self.country.inputs.items():
            if self.population.has(key):
                values = self._values(declared)
                known = self.population.known.get(key)
                found[key] = _binned(values, np.ones(len(values), bool) if known is None else known)
        for key, column in self.population.relations.items():
            found[key] = _binned(column.astype(np.float64), column != UNKNOWN)
        return found

    def _values(self, declared: Input[Any]) -> NDArray[np.float64]:
        column = self.population.column(declared)
        if declared.type.kind is not Kind.DATE:
            return column.astype(np.float64) / minor_units(declared.type.currency)
        codes, place = np.unique(column, return_inverse=True)
        days = [date_of(c).toordinal() if c >= 0 else 0 for c in codes.tolist()]
        return np.array(days, dtype=np.float64)[place]

    @cached_property
    def _weights(self) -> dict[Entity, NDArray[Any]]:
        return {Entity.PERSON: self.population.weight_of_persons(), Entity.HOUSEHOLD: self.population.weight}

    @cached_property
    def _sizes(self) -> dict[Entity, NDArray[Any]]:
        sizes = self.population.sizes
        return {Entity.PERSON: self.population.to_persons(sizes), Entity.HOUSEHOLD: sizes}

    @cached_property
    def _of_size(self) -> dict[tuple[Entity, int], NDArray[np.intp]]:
        return {}

    def _entity(self, declared: Input[Any] | Relation[Any]) -> Entity:
        return declared.entity if isinstance(declared, Input) else Entity.PERSON


def _binned(values: NDArray[np.float64], known: NDArray[np.bool_]) -> Column:
    """Sort values into a few kinds: each its own where there are few, equal shares of the rows otherwise."""
    distinct = np.unique(values[known])
    if len(distinct) > 2 * BINS:
        shares = np.quantile(values[known], np.arange(1, BINS) / BINS)
        lowest = distinct[1] if np.mean(values[known] == distinct[0]) > 0.2 / BINS else shares[0]
        edges = np.unique(np.concatenate([[lowest], shares]))
    else:
        edges = distinct[1:]
    kinds = np.searchsorted(edges, values, side="right").astype(np.int16)
    stands_for = np.zeros(len(edges) + 1)
    for i in range(len(stands_for)):
        inside = values[known & (kinds == i)]
        stands_for[i] = np.quantile(inside, 0.5, method="nearest") if len(inside) else np.nan
    kinds[~known] = -1
    return Column(kinds, stands_for, edges)


def _ends(declared: Input[Any]) -> list[Answer]:
    """Return both ends of what may be answered, one as likely as the other: nothing is known of this datum."""
    kind = declared.type.kind
    if kind is Kind.CATEGORY:
        count = len(declared.type.categories)
        return [(float(i), 1 / count) for i in range(count)]
    if kind is Kind.BOOL:
        return [(0.0, 0.5), (1.0, 0.5)]
    low, high = (limit if x is None else float(x) for x, limit in ((declared.low, -FAR), (declared.high, FAR)))
    return [(low, 0.5), (high, 0.5)]


def _pointers(found: list[Answer], others: list[int]) -> list[Answer]:
    """Return whom a relation may name: the usual members where they are here, else whoever is."""
    if not found:
        found = [(float(NOBODY), 0.5), *((float(i), 0.5 / len(others)) for i in others)]
    merged: dict[float, float] = {}
    for code, chance in found:
        possible = code in (NOBODY, OUTSIDE) or code in others
        to = code if possible else float(others[0]) if others else float(NOBODY)
        merged[to] = merged.get(to, 0.0) + chance
    return list(merged.items())
