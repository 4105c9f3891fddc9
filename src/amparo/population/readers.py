"""Survey and register files read as populations, by a mapping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.expr import Entity, Input, Kind
from amparo.policy import Country
from amparo.population.columns import Known, chosen, codes, exact, input_column, numbers, whole
from amparo.population.encoding import Column, encoded, smallest_integer, stored_type
from amparo.population.grouping import Grouped, grouped, grouped_with, identifier
from amparo.population.joins import open_persons
from amparo.population.kin import Home, Traits, pointer, relations_from_kin
from amparo.population.mapping import NOBODY_AT_ALL, FactSource, InputSource, Mapping
from amparo.population.poverty import STATUS, STATUSES
from amparo.population.sources import open_table
from amparo.population.states import HOUSEHOLD_ID, PERSON_ID
from amparo.population.table import NOBODY, UNKNOWN, Population
from amparo.population.validation import HEAD

Progress = Callable[[str, int, int], None]  # what is being done, how much is done, of how much


def read(
    source: Any,
    mapping: Mapping,
    country: Country,
    *,
    households: Any = None,
    report: Progress | None = None,
) -> Population:
    """Read a population from one row per person, sorted by household if it is not.

    Args:
        source: a path (.csv, .parquet, .arrow, .dta, .sav), a folder or paths of waves where the mapping allows them
            (`open_persons`), or a table of the Arrow interface.
        mapping: which column is what; see `load_mapping`.
        country: whose declared inputs the mapping names.
        households: a second file or table, one row per household with the same identifier: then columns found
            there are the household's, and households without persons stay.
        report: called with (what, done, total) after each column.

    Raises:
        PopulationError: in one sentence, a malformed file, an absent column, no rows, a value that the mapping
            does not name, persons without household.
    """
    mapping.check(country)
    if households is None:
        persons = open_persons(source, mapping)
        return assemble(grouped(persons, mapping.household_id), mapping, country, report=report)
    homes, persons = _two_files(source, households, mapping)
    by_home = grouped_with(persons, homes, mapping.household_id)
    return assemble(by_home, mapping, country, homes=homes, report=report)


def _two_files(source: Any, households: Any, mapping: Mapping) -> tuple[pa.Table, pa.Table]:
    """Open both files; each column is read from the household file where it is there, else from the persons."""
    ids = mapping.household_id
    reduced = [c for s in mapping.inputs.values() for c in (s.column, *s.plus) if c]
    of_household = [mapping.weight, mapping.stratum, mapping.cluster, *reduced]
    of_household += [s.where.column for s in mapping.inputs.values() if s.where]
    of_household += [c for f in mapping.facts.values() if f.of_household for c in (f.column, *f.plus)]
    homes = _only_present(households, [*ids, *of_household], mapping)
    persons = [c for c in mapping.columns if c in ids or c not in homes.column_names]
    return homes, open_persons(source, mapping, persons)


def _only_present(source: Any, columns: list[str], mapping: Mapping) -> pa.Table:
    """Return the columns of a household file that the mapping names and that are there; identifiers must be."""
    found = list(mapping.household_id)
    for name in dict.fromkeys(columns):
        if name and name not in found:
            try:
                open_table(source, [name], mapping.file)
            except PopulationError as problem:
                if "has no column" not in str(problem):
                    raise
                continue
            found.append(name)
    return open_table(source, found, mapping.file)


def assemble(
    rows: Grouped,
    mapping: Mapping,
    country: Country,
    *,
    homes: pa.Table | None = None,
    settle: bool = True,
    report: Progress | None = None,
) -> Population:
    """Return the population of some grouped rows; `settle` chooses the narrowest types that fit."""
    return _Assembly(rows, mapping, country, homes, settle=settle, report=report or _silent).population()


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


class _Assembly:
    """One population in the making: persons' rows, the households' own rows if there are any."""

    def __init__(
        self,
        rows: Grouped,
        mapping: Mapping,
        country: Country,
        homes: pa.Table | None,
        *,
        settle: bool,
        report: Progress,
    ) -> None:
        self.table, self.offsets, self.homes = rows.table, rows.offsets, homes
        self.mapping, self.country, self.settle, self.report = mapping, country, settle, report
        self.line = rows.line
        self.shape = Population(rows.offsets, {})
        self.filled = self.shape.sizes > 0
        self.heads: NDArray[np.bool_] | None = None
        self.row = np.minimum(rows.offsets[:-1], max(self.shape.person_count - 1, 0)).astype(np.int64)
        if mapping.head:
            self.heads = chosen(self._read(mapping.head.column), mapping.head.column, mapping.head.values)
            marked = np.flatnonzero(self.heads)[::-1]  # the first head is written last
            home = np.searchsorted(rows.offsets, marked, side="right") - 1
            self.row[home] = marked

    def _read(self, name: str) -> pa.Array:
        if name in self.table.column_names or self.homes is None:
            return whole(self.table.column(name))
        return whole(self.homes.column(name)).take(pa.array(self.shape.household_of_person()))

    def population(self) -> Population:
        """Read columns in the order in which they need each other: inputs, relations, what reads relations."""
        persons: dict[str, Column] = {}
        households: dict[str, Column] = {}
        known: dict[str, NDArray[np.bool_]] = {}
        relations: dict[str, Column] = {}
        late = [s for s in self.mapping.inputs.values() if s.related]
        early = [s for s in self.mapping.inputs.values() if not s.related]
        total = len(early) + len(late)
        for done, source in enumerate([*early, *late]):
            if source is (late[0] if late else None):
                relations = self._relations(persons, known)
            declared = self.country.inputs[source.key]
            column, mask = self._input(source, declared, relations)
            (households if declared.entity is Entity.HOUSEHOLD else persons)[source.key] = column
            if mask is not None and not mask.all():
                known[source.key] = mask
            self.report(source.key, done + 1, total)
        facts = self._facts()
        return Population(
            self.offsets,
            persons,
            households,
            relations or self._relations(persons, known),
            known,
            **self._design(),
            **facts,
        )

    # ------------------------------------------------------------ inputs

    def _input(self, source: InputSource, declared: Input[Any], relations: dict[str, Column]) -> tuple[Column, Known]:
        of_household = declared.entity is Entity.HOUSEHOLD
        count = self.shape.household_count if of_household else self.shape.person_count
        if source.constant is not None:
            stored = encoded(exact(source.constant), declared.type)
            kind = stored_type(declared.type)
            if declared.type.kind in (Kind.COUNT, Kind.MONTHS) and self.settle:
                kind = smallest_integer(stored, stored)
            elif declared.type.kind is Kind.MONEY and self.settle:
                kind = smallest_integer(stored, stored, least=np.int32)
            return np.full(count, stored, dtype=kind), None
        if source.related:
            pointers = relations[source.related]
            return pointers >= 0, pointers != UNKNOWN
        at_home = of_household and self.homes is not None and source.column in self.homes.column_names
        read_ = self._of_households if at_home else self._read
        lines = {} if at_home else {"line": self.line}
        column, mask = input_column(_added(read_, source), source, declared, settle=self.settle, **lines)
        if source.where:
            inside = chosen(read_(source.where.column), source.where.column, source.where.values)
            column = np.where(inside, column, np.zeros(1, dtype=column.dtype))
            mask = None if mask is None else mask | ~inside
        return self._reduced(column, mask, source) if of_household and not at_home else (column, mask)

    def _reduced(self, column: Column, known: Known, source: InputSource) -> tuple[Column, Known]:
        """Bring a column of persons to their households; of an empty one nothing is known."""
        if source.take in ("head", "first"):
            rows = self.row if source.take == "head" else np.minimum(self.offsets[:-1], len(column) - 1)
            mask = self.filled if known is None else known[rows] & self.filled
            return column[rows], mask
        sure = self.filled
        if known is not None:
            sure = sure & (self.shape.household_sum(~known, np.int64) == 0)
        if source.take == "sum":
            total = self.shape.household_sum(column)
            return total, sure
        functions = {"any": np.logical_or, "largest": np.maximum, "smallest": np.minimum}
        found = np.zeros(self.shape.household_count, dtype=column.dtype)
        found[self.filled] = functions[source.take].reduceat(column, self.offsets[:-1][self.filled])
        return found, sure

    # ------------------------------------------------------------ relations

    def _relations(self, persons: dict[str, Column], known: dict[str, NDArray[np.bool_]]) -> dict[str, Column]:
        wanted = self.mapping.relations
        if not wanted:
            return {}
        start = self.shape.to_persons(self.offsets[:-1]).astype(np.int64)
        of_person = self.shape.household_of_person().astype(np.int64)
        home = Home(of_person, start, self.shape.household_count, self._read, self.line)
        found = {k: pointer(s, home) for k, s in wanted.items() if s.column}
        found |= {k: np.full(len(of_person), NOBODY, np.int32) for k, s in wanted.items() if s.kin == NOBODY_AT_ALL}
        from_kin = {k: s.kin for k, s in wanted.items() if s.kin not in ("", NOBODY_AT_ALL)}
        if from_kin:
            traits = self._traits(persons, known)
            made = relations_from_kin(self.mapping.kin, tuple(from_kin.values()), home, traits)
            found |= {key: made[role] for key, role in from_kin.items()}
        return found

    def _traits(self, persons: dict[str, Column], known: dict[str, NDArray[np.bool_]]) -> Traits:
        """Return sex and age, by which parents are told apart; sex may be a column that no rule reads."""
        choice = self.mapping.female
        for needed in ("age",) if choice else ("sex", "age"):
            if needed not in persons:
                raise PopulationError(f"{self.mapping.name}: kinship needs the input '{needed}'; map it.")
        everybody = np.ones(self.shape.person_count, dtype=np.bool_)
        aged = known.get("age", everybody)
        if choice:
            female = chosen(self._read(choice.column), choice.column, choice.values)
            return Traits(female, ~female, persons["age"], aged)
        female = persons["sex"] == self.country.inputs["sex"].type.categories.index("female")
        sure = known.get("sex", everybody)
        return Traits(female & sure, ~female & sure, persons["age"], aged)

    # ------------------------------------------------------------ design and facts

    def _of_households(self, name: str) -> pa.Array:
        """Return a household's column from its own file, else from the head's row; null where nobody lives."""
        if self.homes is not None and name in self.homes.column_names:
            return whole(self.homes.column(name))
        return self._read(name).take(pa.array(self.row, mask=~self.filled))

    def _design(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        mapping = self.mapping
        weight = mapping.weight or mapping.person_weight
        if weight:
            found["weight"] = numbers(self._of_households(weight), weight)[0]
        if mapping.person_weight:
            found["person_weight"] = numbers(self._read(mapping.person_weight), mapping.person_weight)[0]
        for name in ("stratum", "cluster"):
            column = getattr(mapping, name)
            if column:
                found[name] = self._codes_of_design(column)
        return found

    def _codes_of_design(self, column: str) -> Column:
        """Return strata or clusters as numbers, −1 where there is none."""
        array = self._of_households(column)
        if pa.types.is_integer(array.type):
            values, known = numbers(array, column)
            return values if known is None else np.where(known, values, -1)
        if not self.settle:
            raise PopulationError(
                f"column '{column}' is {array.type}, which each batch of a stream would number anew; "
                "write whole numbers, or use read(…)."
            )
        return codes(array, column)[0]

    def _facts(self) -> dict[str, Any]:
        persons: dict[str, Column] = {}
        households: dict[str, Column] = {}
        labels: dict[str, tuple[str, ...]] = {}
        mapping = self.mapping
        if self.homes is not None:
            households[HOUSEHOLD_ID] = identifier(self.homes, mapping.household_id)
        elif self.settle or len(mapping.household_id) == 1:  # digits of several columns differ between batches
            households[HOUSEHOLD_ID] = identifier(self.table, mapping.household_id)[self.offsets[:-1]]
        if mapping.person_id and (self.settle or len(mapping.person_id) == 1):
            persons[PERSON_ID] = identifier(self.table, mapping.person_id)
        if self.heads is not None:
            persons[HEAD] = self.heads
        for key, fact in mapping.facts.items():
            array = _added(self._of_households if fact.of_household else self._read, fact)
            column, names = _fact(array, fact)
            (households if fact.of_household else persons)[key] = column
            if names:
                labels[key] = names
        if mapping.poverty:
            method = mapping.poverty
            columns = {name: _with_nan(*numbers(self._read(name), name)) for name in method.columns}
            of_persons, of_households = method.facts(self.shape, columns)
            persons |= of_persons
            households |= of_households
        if mapping.official:
            persons[STATUS] = self._status()
            labels[STATUS] = STATUSES
        return {"person_facts": persons, "household_facts": households, "labels": labels}

    def _status(self) -> Column:
        official = self.mapping.official
        assert official is not None  # noqa: S101 - asked above
        array = self._read(official.column)
        found, texts = codes(array, official.column)
        lut = [2 if t in official.extreme else 1 if t in official.poor else 0 for t in texts]
        return np.array([*lut, -1], dtype=np.int8)[found]


def _with_nan(values: Column, known: Known) -> Column:
    return values if known is None else np.where(known, values, np.nan)


def _added(read_: Callable[[str], pa.Array], source: InputSource | FactSource) -> pa.Array:
    """Return a source's column, or the sum of several: a missing one is nothing unless all are, an unknown one all."""
    if not source.plus:
        return read_(source.column)
    total, any_known, hidden = np.zeros(0), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.bool_)
    for name in (source.column, *source.plus):
        array = read_(name)
        values, known = numbers(array, name)
        there = np.ones(len(values), dtype=np.bool_) if known is None else known
        unknown = chosen(array, name, source.unknown) if isinstance(source, InputSource) else ~there & False
        addend = np.where(there, values, 0.0)
        first = name == source.column
        total = addend if first else total + addend
        any_known = there if first else any_known | there
        hidden = unknown if first else hidden | unknown
    return pa.array(total, mask=~any_known | hidden)


def _fact(array: pa.Array, fact: FactSource) -> tuple[Column, tuple[str, ...]]:
    """Return a fact as numbers, or as codes with their names where it is text."""
    kind = array.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return _with_nan(*numbers(array, fact.column)), ()
    found, names = codes(array, fact.column)
    return found.astype(smallest_integer(-1, len(names))), tuple(names)


__all__ = ["Progress", "assemble", "read"]
