"""The table of persons that a mapping reads: waves stacked, other tables joined, households without weight left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.population.columns import chosen, numbers, whole
from amparo.population.grouping import key_of
from amparo.population.mapping import Gathered, Join, Mapping
from amparo.population.sources import open_table

Rows = NDArray[np.int64]


def open_persons(source: Any, mapping: Mapping, wanted: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of persons with every column that a mapping reads.

    Args:
        source: what `open_table` takes; also a folder, in which one file matches `[file] persons`, and several paths
            with commas between, if the mapping says that they are waves.
        wanted: some of the mapping's columns; all of them by default.

    Raises:
        PopulationError: several files that are no waves, no file or several for a pattern, a key that a joined table
            lacks or holds twice.
    """
    own = [c for c in mapping.own_columns if wanted is None or c in wanted]
    paths = _paths(source, mapping)
    tables = [open_table(each, own, mapping.file) for each in paths]
    table = tables[0] if len(tables) == 1 else _stacked(tables, mapping)
    if mapping.left_out:
        out = chosen(whole(table.column(mapping.left_out.column)), mapping.left_out.column, mapping.left_out.values)
        table = table.filter(pa.array(~out))
        if not table.num_rows:
            raise PopulationError(f"{mapping.name}: {mapping.left_out.column} leaves every row out; correct left_out.")
    for join in mapping.joins:
        table = _joined(table, join, paths[0], mapping)
    return table


def _paths(source: Any, mapping: Mapping) -> list[Any]:
    if not isinstance(source, (str, Path)):
        return [source]
    if Path(source).is_dir():
        pattern = mapping.file.get("persons")
        if not pattern:
            raise PopulationError(f"{source} is a folder; name the file of persons in it.")
        return [_only(Path(source), pattern)]
    several = [source] if Path(source).exists() else str(source).split(",")
    if len(several) > 1 and not mapping.file.get("waves"):
        raise PopulationError(
            f"{len(several)} files are given, but {mapping.name} does not say that files are waves of one population; "
            "give one, or write [file] waves = true."
        )
    return [Path(each) for each in several]


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(p for p in folder.glob(pattern) if p.is_file())
    if len(found) != 1:
        names = ", ".join(p.name for p in found[:3]) or "none"
        raise PopulationError(f"{folder} holds {len(found)} files like '{pattern}' ({names}); leave one of them there.")
    return found[0]


def _stacked(tables: Sequence[pa.Table], mapping: Mapping) -> pa.Table:
    """Return waves one under another; each stands for the whole population, so weights are divided by their number."""
    table = pa.concat_tables(tables, promote_options="permissive")
    for name in dict.fromkeys((mapping.weight, mapping.person_weight)):
        if name:
            shared = pc.divide(table.column(name).cast(pa.float64()), float(len(tables)))
            table = table.set_column(table.column_names.index(name), name, shared)
    return table


def _joined(table: pa.Table, join: Join, persons: Any, mapping: Mapping) -> pa.Table:
    other = _other(join, persons, mapping)
    key, other_key = _shared_keys((table, other), join.on)
    order = np.argsort(other_key, kind="stable")
    starts = np.searchsorted(other_key[order], key)
    row = order[np.minimum(starts, len(order) - 1)]
    found = other_key[row] == key
    for name in join.columns:
        _check_one_row(found, other_key[order], table, join)
        table = table.append_column(name, other.column(name).take(pa.array(row)))
    for name, made in join.made.items():
        table = table.append_column(name, pa.array(_gathered(other, made, other_key, key)))
    return table


def _other(join: Join, persons: Any, mapping: Mapping) -> pa.Table:
    names = [*join.on, *join.columns]
    if join.rows:
        return pa.table(dict(zip(names, map(list, zip(*join.rows, strict=True)), strict=True)))
    if not isinstance(persons, Path):
        raise PopulationError(f"{mapping.name} joins the file '{join.table}'; give the path of the persons' file.")
    for each in join.made.values():
        names += [each.column, *([each.where.column] if each.where else [])]
    return open_table(_only(persons.parent, join.table), list(dict.fromkeys(names)), mapping.file)


def _shared_keys(tables: Sequence[pa.Table], on: Sequence[str]) -> tuple[Rows, Rows]:
    """Return the same number for rows of two tables whose key columns agree."""
    first = tables[0].num_rows
    keys = np.zeros(sum(t.num_rows for t in tables), dtype=np.int64)
    for name in on:
        parts = [key_of(_named(whole(t.column(name))), name, texts=True) for t in tables]
        if parts[0].dtype.kind != parts[1].dtype.kind and "U" in (parts[0].dtype.kind, parts[1].dtype.kind):
            raise PopulationError(f"column '{name}' is text in one table and a number in the other; write both alike.")
        _, place = np.unique(np.concatenate(parts), return_inverse=True)
        _, keys = np.unique(keys * (int(place.max()) + 1) + place, return_inverse=True)
    return keys[:first], keys[first:]


def _named(array: pa.Array) -> pa.Array:
    """Return a key in which an empty text is a value like others: a table of answers has rows for whoever gave none."""
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return array.cast(pa.string()).fill_null("")
    return array


def _check_one_row(found: NDArray[np.bool_], keys: Rows, table: pa.Table, join: Join) -> None:
    what = join.table or "the rows of a join in the mapping"
    if not found.all():
        row = int(np.argmin(found))
        value = "-".join(str(table.column(name)[row].as_py()) for name in join.on)
        raise PopulationError(
            f"{what}: no row for {'+'.join(join.on)} {value}, which {np.count_nonzero(~found)} persons have; add it."
        )
    twice = np.count_nonzero(keys[1:] == keys[:-1])
    if twice:
        raise PopulationError(f"{what}: {twice} rows whose {'+'.join(join.on)} stands twice; name a finer key.")


def _gathered(other: pa.Table, made: Gathered, other_key: Rows, key: Rows) -> NDArray[Any]:
    values, known = numbers(whole(other.column(made.column)), made.column)
    counted = np.ones(len(values), dtype=np.bool_) if known is None else known
    if made.where:
        counted = counted & chosen(whole(other.column(made.where.column)), made.where.column, made.where.values)
    size = int(max(other_key.max(initial=-1), key.max(initial=-1))) + 1
    if made.take == "any":
        return np.bincount(other_key[counted], minlength=size)[key] > 0
    sums: NDArray[Any] = np.bincount(other_key[counted], weights=values[counted], minlength=size)[key]
    return sums
