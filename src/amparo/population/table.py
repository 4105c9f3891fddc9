"""People in households, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.expr import Entity, Input, Relation
from amparo.population.encoding import Column

if TYPE_CHECKING:
    pass

NOBODY, OUTSIDE, UNKNOWN = -1, -2, -3
_NO_WEIGHT: Column = np.empty(0)


@dataclass(frozen=True)
class Missing:
    """An input or relation that a population lacks (`absent`) or knows only in part.

    `count` persons or households have no value; `first` is the first household among them.
    """

    key: str
    entity: Entity
    absent: bool
    count: int
    first: int

    def __str__(self) -> str:
        """Say what is missing, how often and where first."""
        unit = "persons" if self.entity is Entity.PERSON else "households"
        if self.absent:
            return f"'{self.key}' is in no column ({self.count} {unit})"
        return f"'{self.key}' is unknown for {self.count} {unit}, first in household {self.first}"


@dataclass(frozen=True, eq=False)
class Population:
    """Households and the persons in them, as columns that are never copied.

    A column stores one number for each value, by the kind of its input:

    | kind | stored as |
    |---|---|
    | Bool | bool |
    | Count, Months | any signed integer, or float64 that is whole |
    | Money | int32 or int64 of the currency's smallest unit (pesos, centavos), or float64 that is whole |
    | Number | float64 |
    | Category | int8 position in `input.type.categories` (int16 beyond 127 names) |
    | Date | int32 of `date_code`: y·372 + (m−1)·31 + (d−1) |

    Args:
        offsets: [households + 1] int32 or int64; the persons of household h are offsets[h]:offsets[h + 1].
        persons: input key → [persons] column.
        households: input key → [households] column.
        relations: relation key → [persons] int32, position of the related person inside the same household
            from 0; NOBODY −1, OUTSIDE −2 (lives elsewhere), UNKNOWN −3.
        known: input key → bool column of the same length, False where the value is unknown (what stands
            there is arbitrary); only for columns that have such values.
        weight: [households] households each row stands for; ones by default.
        person_weight: [persons] persons each row stands for, where the sample weights members of one
            household differently; otherwise every member has the household's weight.
        stratum, cluster: [households] the sample's design.
        person_facts, household_facts: columns that no rule reads: identifiers (`person_id`, `household_id`),
            what a report groups by (region, sex), official results, welfare aggregates.
        labels: fact key → names of its codes, where a fact is stored as int codes (−1 missing).

    Raises:
        PopulationError: offsets that fall, or a column whose length is not that of its entity.
    """

    offsets: NDArray[np.signedinteger[Any]]
    persons: Mapping[str, Column]
    households: Mapping[str, Column] = field(default_factory=dict)
    relations: Mapping[str, Column] = field(default_factory=dict)
    known: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    weight: Column = field(default_factory=lambda: _NO_WEIGHT)
    person_weight: Column | None = None
    stratum: Column | None = None
    cluster: Column | None = None
    person_facts: Mapping[str, Column] = field(default_factory=dict)
    household_facts: Mapping[str, Column] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        offsets = self.offsets
        if offsets.ndim != 1 or not len(offsets) or offsets[0] != 0 or (offsets[1:] < offsets[:-1]).any():
            raise PopulationError("offsets must start at 0 and never fall: one more entry than households.")
        if self.weight is _NO_WEIGHT:
            object.__setattr__(self, "weight", np.ones(self.household_count, dtype=np.float64))
        for name, column, length in self._columns():
            if column.shape != (length,):
                raise PopulationError(
                    f"column '{name}' has shape {column.shape}, but the population needs ({length},); "
                    "give one value for each person or household."
                )
        for key, mask in self.known.items():
            if mask.dtype != np.bool_:  # ~1 is true: everything would be unknown
                raise PopulationError(f"column 'known: {key}' holds {mask.dtype}; give yes or no, as bool.")

    def _columns(self) -> Iterator[tuple[str, Column, int]]:
        persons, households = self.person_count, self.household_count
        for group in (self.persons, self.relations, self.person_facts):
            yield from ((k, v, persons) for k, v in group.items())
        for group in (self.households, self.household_facts):
            yield from ((k, v, households) for k, v in group.items())
        for key, mask in self.known.items():
            yield f"known: {key}", mask, households if key in self.households else persons
        for name in ("weight", "stratum", "cluster"):
            if getattr(self, name) is not None:
                yield name, getattr(self, name), households
        if self.person_weight is not None:
            yield "person_weight", self.person_weight, persons

    def __repr__(self) -> str:
        """Show the size."""
        return f"Population({self.person_count:,} persons in {self.household_count:,} households)"

    @property
    def person_count(self) -> int:
        """Number of persons."""
        return int(self.offsets[-1])

    @property
    def household_count(self) -> int:
        """Number of households, empty ones included."""
        return len(self.offsets) - 1

    @property
    def sizes(self) -> NDArray[np.signedinteger[Any]]:
        """Number of persons of each household: [households]."""
        return self.offsets[1:] - self.offsets[:-1]

    def household_of_person(self) -> NDArray[np.int32]:
        """Return the household of each person: [persons] int32."""
        return np.repeat(np.arange(self.household_count, dtype=np.int32), self.sizes)

    def to_persons(self, of_households: Column) -> Column:
        """Return a household column as each person sees it: [households] → [persons]."""
        return np.repeat(of_households, self.sizes)

    def weight_of_persons(self) -> Column:
        """Return how many persons each person's row stands for: [persons]."""
        return self.to_persons(self.weight) if self.person_weight is None else self.person_weight

    def household_sum(self, of_persons: Column, dtype: Any = None) -> Column:
        """Return the total of a person column in each household, 0 where it is empty: [households]."""
        kind = dtype or (np.float64 if of_persons.dtype.kind == "f" else np.int64)
        filled = self.sizes > 0
        total = np.zeros(self.household_count, dtype=kind)
        if filled.any():
            total[filled] = np.add.reduceat(of_persons, self.offsets[:-1][filled], dtype=kind)
        return total

    def household_at(self, person: int) -> int:
        """Return the household in which the person of a row lives."""
        return int(np.searchsorted(self.offsets, person, side="right")) - 1

    def has(self, input_: Input[Any] | Relation[Any] | str) -> bool:
        """Whether there is a column of an input or relation, by declaration or key."""
        key = input_ if isinstance(input_, str) else input_.key
        return key in self.persons or key in self.households or key in self.relations

    def column(self, input_: Input[Any] | Relation[Any] | str) -> Column:
        """Return the column of an input or relation, by declaration or key, or name the nearest."""
        key = input_ if isinstance(input_, str) else input_.key
        for group in (self.persons, self.households, self.relations):
            if key in group:
                return group[key]
        names = [*self.persons, *self.households, *self.relations]
        raise PopulationError(f"the population has no column '{key}'.{nearest(key, names)}")

    def missing(self, inputs: Iterable[Input[Any] | Relation[Any]]) -> list[Missing]:
        """Return what is absent or partly unknown among some inputs and relations, with counts and place."""
        return [m for each in inputs if (m := self._missing(each)) is not None]

    def _missing(self, declared: Input[Any] | Relation[Any]) -> Missing | None:
        entity = declared.entity if isinstance(declared, Input) else Entity.PERSON
        rows = self.household_count if entity is Entity.HOUSEHOLD else self.person_count
        if not self.has(declared):
            return Missing(declared.key, entity, True, rows, 0)
        if isinstance(declared, Relation):
            unknown = self.relations[declared.key] == UNKNOWN
        elif declared.key in self.known:
            unknown = ~self.known[declared.key]
        else:
            return None
        count = int(np.count_nonzero(unknown))
        if not count:
            return None
        row = int(np.argmax(unknown))
        first = row if entity is Entity.HOUSEHOLD else self.household_at(row)
        return Missing(declared.key, entity, False, count, first)

    def slice(self, first: int, last: int) -> Population:
        """Return the households first … last − 1 as views of the same columns."""
        if not 0 <= first <= last <= self.household_count:
            raise PopulationError(f"cannot slice households {first} to {last} of {self.household_count}.")
        start, end = int(self.offsets[first]), int(self.offsets[last])

        def of_persons(group: Mapping[str, Column]) -> dict[str, Column]:
            return {k: v[start:end] for k, v in group.items()}

        def of_households(group: Mapping[str, Column]) -> dict[str, Column]:
            return {k: v[first:last] for k, v in group.items()}

        return Population(
            offsets=self.offsets[first : last + 1] - self.offsets[first],
            persons=of_persons(self.persons),
            households=of_households(self.households),
            relations=of_persons(self.relations),
            known={
                k: v[first:last] if k in self.households else v[start:end] for k, v in self.known.items()
            },
            weight=self.weight[first:last],
            person_weight=None if self.person_weight is None else self.person_weight[start:end],
            stratum=None if self.stratum is None else self.stratum[first:last],
            cluster=None if self.cluster is None else self.cluster[first:last],
            person_facts=of_persons(self.person_facts),
            household_facts=of_households(self.household_facts),
            labels=self.labels,
        )  # fmt: skip

    def batches(self, households: int) -> Iterator[Population]:
        """Yield the whole population in slices of so many households."""
        if households < 1:
            raise PopulationError(f"batches of {households} households are none; ask for one at least.")
        for first in range(0, self.household_count, households):
            yield self.slice(first, min(first + households, self.household_count))

    def with_columns(
        self,
        *,
        persons: Mapping[str, Column] | None = None,
        households: Mapping[str, Column] | None = None,
        known: Mapping[str, NDArray[np.bool_]] | None = None,
    ) -> Population:
        """Return the same population with columns added or replaced, known unless `known` says otherwise."""
        added = {**(persons or {}), **(households or {})}
        kept = {k: v for k, v in self.known.items() if k not in added}
        return replace(
            self,
            persons={**self.persons, **(persons or {})},
            households={**self.households, **(households or {})},
            known={**kept, **(known or {})},
        )
