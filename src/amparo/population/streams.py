"""Parquet files larger than memory, as populations of bounded size cut between households."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from amparo.errors import PopulationError
from amparo.policy import Country
from amparo.population.columns import whole
from amparo.population.encoding import Column
from amparo.population.flat import HOUSEHOLD, MARK, FlatForm
from amparo.population.grouping import Grouped, key_of, steps
from amparo.population.mapping import Mapping
from amparo.population.readers import assemble
from amparo.population.sources import malformed, present
from amparo.population.table import Population

BATCH = 1 << 20
LARGEST_OPEN = 100_000  # rows of one household beyond which its identifier cannot be one


def stream(path: str | Path, mapping: Mapping | None, country: Country, batch: int = BATCH) -> Iterator[Population]:
    """Yield a Parquet file as populations of about `batch` persons, never cutting a household.

    Memory stays constant: one batch is computed while the next is read. Types do not change between batches; the
    codes of text facts do (each batch has its own `labels`), and a `household_id` joined from several columns is
    left out.

    Args:
        path: sorted by household.
        mapping: None for the project's own form.
        country: whose inputs are read.
        batch: [1, …) rows read at a time.

    Raises:
        PopulationError: a malformed file, an absent column, no rows, households that are not sorted.
    """
    if batch < 1:
        raise PopulationError(f"batches of {batch} rows are none; ask for one at least.")
    file = Path(path)
    try:
        opened = pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as problem:
        raise malformed(file, problem) from None
    with opened:
        found = opened.schema_arrow
        ids: tuple[str, ...]
        if mapping is None:
            form = FlatForm.read(found, country, file.name)
            wanted, ids = list(found.names), (HOUSEHOLD,)
        else:
            mapping.check(country)
            if mapping.joins or mapping.left_out:
                raise PopulationError(
                    f"{mapping.name} joins tables or leaves rows out, which no stream does; use read(…)."
                )
            wanted, ids = mapping.columns, mapping.household_id
            present(found.names, wanted, file.name)
        if not opened.metadata.num_rows:
            raise PopulationError(f"{file.name} has no rows; check that the file is complete.")
        row = 0
        for table, offsets in _closed(_batches(opened, batch, wanted), ids, file):
            if mapping is None:
                yield form.population(table, offsets)
            else:
                yield assemble(Grouped(table, offsets, None, row), mapping, country, settle=False)
            row += table.num_rows


def _batches(opened: pq.ParquetFile, batch: int, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Yield batches one row group after the other: one reader over all of them keeps what it has read (measured)."""
    for group in range(opened.num_row_groups):
        yield from opened.iter_batches(batch, row_groups=[group], columns=columns)


def is_flat(path: str | Path) -> bool:
    """Whether a Parquet file is in the project's own form."""
    file = Path(path)
    try:
        return MARK in (pq.read_schema(file).metadata or {})
    except (pa.ArrowException, OSError) as problem:
        raise malformed(file, problem) from None


def _closed(batches: Iterable[pa.RecordBatch], ids: tuple[str, ...], file: Path) -> Iterator[tuple[pa.Table, Column]]:
    """Yield whole households with their offsets; the last household of a batch waits for the next one."""
    carried: pa.Table | None = None
    for batch in _ahead(batches, file):
        table = pa.Table.from_batches([batch])
        if carried is not None and carried.num_rows:
            table = pa.concat_tables([carried, table]).combine_chunks()
        starts = _starts(table, ids, file)
        last = int(starts[-1])
        if table.num_rows - last > LARGEST_OPEN:
            raise PopulationError(
                f"{file.name}: over {LARGEST_OPEN} rows in a row have the same {'+'.join(ids)}; it names no household."
            )
        if last:
            yield table.slice(0, last), starts
        carried = table.slice(last)
    if carried is not None and carried.num_rows:
        yield carried, np.array([0, carried.num_rows], dtype=np.int32)


def _starts(table: pa.Table, ids: tuple[str, ...], file: Path) -> Column:
    falls, same = steps([key_of(whole(table.column(name)), name, texts=True) for name in ids])
    if falls.any():
        row = int(np.argmax(falls)) + 1
        found = "-".join(str(table.column(name)[row].as_py()) for name in ids)
        raise PopulationError(
            f"{file.name} is not sorted by {'+'.join(ids)}: household {found} comes too late; sort it, or use read(…)."
        )
    return np.concatenate([[0], np.flatnonzero(~same) + 1]).astype(np.int32)


def _ahead(batches: Iterable[pa.RecordBatch], file: Path) -> Iterator[pa.RecordBatch]:
    """Read the next batch on another thread while this one is used."""
    each = iter(batches)
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, each, None)
        while True:
            try:
                batch = coming.result()
            except (pa.ArrowException, OSError) as problem:
                raise malformed(file, problem) from None
            if batch is None:
                return
            coming = reader.submit(next, each, None)
            if batch.num_rows:
                yield batch
