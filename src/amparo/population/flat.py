"""The project's own form of a population: one Parquet file, one row per person, in the encodings of `Population`.

Columns: `household` (position, never falling), `member` (false on the one row of a household without members), an
input or relation under its key, `design.…`, `fact.…`. A household's column repeats on its members' rows. Unknown
is null. The file's metadata name country, entities and categories, so that a file of other categories is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.policy import Country
from amparo.population.columns import known_of, whole
from amparo.population.encoding import Column
from amparo.population.sources import malformed
from amparo.population.table import Population

FORM = 1
MARK = b"amparo"
HOUSEHOLD, MEMBER = "household", "member"
ROWS = 1 << 20
DESIGN = ("weight", "stratum", "cluster")


@dataclass(frozen=True)
class FlatForm:
    """What the metadata of a file in the project's own form say."""

    country: str
    persons: tuple[str, ...]
    households: tuple[str, ...]
    relations: tuple[str, ...]
    design: tuple[str, ...]
    person_facts: tuple[str, ...]
    household_facts: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, tuple[str, ...]]
    origin: str = ""

    @classmethod
    def of(cls, population: Population, country: Country, origin: str = "") -> FlatForm:
        """Return the form in which a population is written."""
        design = tuple(n for n in (*DESIGN, "person_weight") if getattr(population, n) is not None)
        inputs = country.inputs
        read = [k for k in (*population.persons, *population.households) if k in inputs]
        return cls(
            country.key,
            tuple(population.persons),
            tuple(population.households),
            tuple(population.relations),
            design,
            tuple(population.person_facts),
            tuple(population.household_facts),
            population.labels,
            {k: inputs[k].type.categories for k in read if inputs[k].type.categories},
            origin,
        )

    @classmethod
    def read(cls, schema: pa.Schema, country: Country, name: str) -> FlatForm:
        """Return the form of a file, or say why it is not this country's."""
        raw = (schema.metadata or {}).get(MARK)
        if raw is None:
            raise PopulationError(f"{name} is not in amparo's own form; read it with a mapping.")
        said = json.loads(raw)
        if said.pop("form") != FORM or said["country"] != country.key:
            raise PopulationError(
                f"{name} was written for {said['country']}, not for {country.key} as it is now; write it again."
            )
        tables = {k: {n: tuple(t) for n, t in said.pop(k).items()} for k in ("labels", "categories")}
        for key, names in tables["categories"].items():
            declared = country.inputs[key].type.categories if key in country.inputs else ()
            if names != declared:
                raise PopulationError(f"{name}: the categories of '{key}' have changed since; write it again.")
        lists: dict[str, Any] = {k: tuple(v) for k, v in said.items() if isinstance(v, list)}
        origin = said.get("origin", "")
        return cls(
            country=country.key, labels=tables["labels"], categories=tables["categories"], origin=origin, **lists
        )

    def schema(self, arrays: Mapping[str, pa.Array]) -> pa.Schema:
        """Return the file's schema, with this form as metadata."""
        text = json.dumps({"form": FORM, **self.__dict__})
        return pa.schema([(k, v.type) for k, v in arrays.items()], {MARK: text.encode()})

    def arrays(self, population: Population, first: int) -> dict[str, pa.Array]:
        """Return every column, one row per person; the first household gets the number `first`."""
        rows = _rows(population)
        home = rows.home + first
        made = {
            HOUSEHOLD: pa.array(home.astype(np.int32 if home[-1] < 2**31 else np.int64) if len(home) else home),
            MEMBER: pa.array(rows.member),
        }
        empty = None if rows.member.all() else ~rows.member
        for key in (*self.persons, *self.relations):
            made[key] = _array(_at(population.column(key), rows.person), _unknown(population, key, rows.person, empty))
        for key in self.households:
            made[key] = _array(population.households[key][rows.home], _unknown(population, key, rows.home, None))
        for name in self.design:
            index = rows.person if name == "person_weight" else rows.home
            made[f"design.{name}"] = pa.array(_at(getattr(population, name), index))
        for key in self.person_facts:
            made[f"fact.{key}"] = pa.array(_at(population.person_facts[key], rows.person))
        for key in self.household_facts:
            made[f"fact.{key}"] = pa.array(population.household_facts[key][rows.home])
        return made

    def population(self, table: pa.Table, starts: Column) -> Population:
        """Return the population of some rows; `starts` is the first row of each household, and the row count."""
        member = whole(table.column(MEMBER)).to_numpy(zero_copy_only=False)
        people, offsets = table, starts
        if not member.all():
            people = table.filter(pa.array(member))
            offsets = np.concatenate([[0], np.cumsum(member)])[starts].astype(starts.dtype)
        first = starts[:-1]
        known: dict[str, NDArray[np.bool_]] = {}

        def of_persons(name: str, key: str) -> Column:
            return _values(whole(people.column(name)), key, known)

        def of_households(name: str, key: str) -> Column:
            array = whole(table.column(name))
            mask = known_of(array)
            if mask is not None:
                known[key] = mask[first]
                array = array.fill_null(False if pa.types.is_boolean(array.type) else 0)
            return _plain(array)[first]

        design: dict[str, Any] = {n: of_households(f"design.{n}", "") for n in self.design if n in DESIGN}
        if "person_weight" in self.design:
            design["person_weight"] = of_persons("design.person_weight", "")
        return Population(
            offsets,
            persons={k: of_persons(k, k) for k in self.persons},
            households={k: of_households(k, k) for k in self.households},
            relations={k: of_persons(k, k).astype(np.int32, copy=False) for k in self.relations},
            known=known,
            **design,
            person_facts={k: of_persons(f"fact.{k}", k) for k in self.person_facts},
            household_facts={k: of_households(f"fact.{k}", k) for k in self.household_facts},
            labels=self.labels,
        )


@dataclass(frozen=True)
class _Rows:
    """For each row of the file: household, person (0 where there is none), whether there is one."""

    home: NDArray[np.int64]
    person: NDArray[np.int64]
    member: NDArray[np.bool_]


def _rows(population: Population) -> _Rows:
    sizes = population.sizes
    home = np.repeat(np.arange(len(sizes)), np.maximum(sizes, 1))
    member = np.repeat(sizes > 0, np.maximum(sizes, 1))
    return _Rows(home, np.maximum(np.cumsum(member) - 1, 0), member)


def _unknown(population: Population, key: str, index: Column, empty: Column | None) -> Column | None:
    known = population.known.get(key)
    if known is None:
        return empty
    unknown = ~_at(known, index)
    return unknown if empty is None else unknown | empty


def _at(column: Column, index: Column) -> Column:
    """Return a column's values at some rows; a batch of empty households has none, and writes nulls."""
    return column[index] if len(column) else np.zeros(len(index), dtype=column.dtype)


def _array(values: Column, unknown: Column | None) -> pa.Array:
    return pa.array(values, mask=unknown)


def _plain(array: pa.Array) -> Column:
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return np.array(array.to_pylist(), dtype=np.str_)
    return array.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _values(array: pa.Array, key: str, known: dict[str, NDArray[np.bool_]]) -> Column:
    mask = known_of(array)
    if mask is not None:
        known[key] = mask
        array = array.fill_null(False if pa.types.is_boolean(array.type) else 0)
    return _plain(array)


def origin_of(path: str | Path) -> str:
    """Return what a file in the project's own form was made from, as 'synthetic:PERSONS:SEED', if it says so."""
    raw = (pq.read_schema(path).metadata or {}).get(MARK)
    return str(json.loads(raw).get("origin", "")) if raw else ""


def write_parquet(
    population: Population | Iterable[Population], path: str | Path, country: Country, origin: str = ""
) -> int:
    """Write a population, or batches of one, in the project's own form; return how many persons were written.

    Args:
        population: one, or batches with the same columns: only one batch is in memory at a time.
        path: of the Parquet file to make; what is there is replaced when all is written.
        country: whose categories the file records.
        origin: what it was made from, for who reads it later.

    Raises:
        PopulationError: no persons, batches that do not fit together, a file that cannot be written.
    """
    target = Path(path)
    part = target.with_name(f"{target.name}.part")
    try:
        persons = _write([population] if isinstance(population, Population) else population, part, country, origin)
        if persons:
            part.replace(target)
    except OSError as problem:
        raise PopulationError(f"{target.name} cannot be written: {problem}.") from None
    finally:
        part.unlink(missing_ok=True)
    if not persons:
        raise PopulationError("a population without persons cannot be written; check how it was made.")
    return persons


def _write(batches: Iterable[Population], path: Path, country: Country, origin: str) -> int:
    writer, form, households, persons = None, None, 0, 0
    try:
        for batch in batches:
            form = form or FlatForm.of(batch, country, origin)
            _same_names(form.labels, batch.labels)
            arrays = form.arrays(batch, households)
            schema = writer.schema if writer else form.schema(arrays)
            writer = writer or _writer(path, schema)
            try:
                table = pa.Table.from_arrays(list(arrays.values()), names=list(arrays)).cast(schema)
            except pa.ArrowInvalid as problem:
                raise PopulationError(f"a batch does not fit the first: {problem}; read them alike.") from None
            writer.write_table(table, row_group_size=ROWS)
            households += batch.household_count
            persons += batch.person_count
    finally:
        if writer:
            writer.close()
    return persons


def _same_names(first: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    for key in {**first, **other}:
        if first.get(key) != other.get(key):
            raise PopulationError(
                f"batches name the codes of '{key}' differently; leave it out, or read the file whole."
            )


def _writer(path: str | Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a file for writing; columns without dictionaries are read twice as fast, at a sixth more bytes."""
    return pq.ParquetWriter(
        path, schema, compression="lz4", use_dictionary=False, write_statistics=[HOUSEHOLD], store_schema=True
    )


def read_parquet(path: str | Path, country: Country) -> Population:
    """Read a population that `write_parquet` wrote."""
    file = Path(path)
    try:
        form = FlatForm.read(pq.read_schema(file), country, file.name)
        table = pq.read_table(file)
    except (pa.ArrowException, OSError) as problem:
        raise malformed(file, problem) from None
    home = whole(table.column(HOUSEHOLD)).to_numpy()
    return form.population(table, borders(home, file.name))


def borders(home: Column, name: str) -> Column:
    """Return the first row of each household, and the row count; numbers that fall are an error, as are none."""
    if not len(home):
        raise PopulationError(f"{name} has no rows; check that the file is complete.")
    steps = home[1:] != home[:-1]
    if (home[1:] < home[:-1]).any():
        raise PopulationError(f"{name}: the column '{HOUSEHOLD}' falls; write the file with write_parquet.")
    found = np.concatenate([[0], np.flatnonzero(steps) + 1, [len(home)]])
    return found.astype(np.int32 if len(home) < 2**31 else np.int64)
