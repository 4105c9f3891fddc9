"""A nation larger than memory, streamed from Parquet through the kernel.

The file is one block of invented persons written again and again under new household numbers, so that the totals
of the whole are known. Row groups do not end where households do.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel
from amparo.expr import HouseholdView
from amparo.population import Population
from benchmarks import national, national_figures
from benchmarks.compare import decidable
from benchmarks.machine import peak_bytes
from benchmarks.report import Report, megabytes
from benchmarks.worker import Worker, serve

OUTPUTS = ["total_benefits", "disposable_income", "poor"]
GROUP = 1_000_003  # persons in a row group: a prime, so that groups cut households
NUMBER = "household_number"
GIBIBYTE = 2**30
LINEAR = 1.25
Column = NDArray[Any]


def tables(people: Population, shift: int) -> tuple[pa.Table, pa.Table]:
    """Return persons and households as Arrow tables, household numbers shifted."""
    numbers = np.arange(people.household_count, dtype=np.int32) + np.int32(shift)
    persons = pa.table({NUMBER: np.repeat(numbers, people.sizes), **people.persons})
    return persons, pa.table({NUMBER: numbers, **people.households})


def write(people: Population, copies: int, folder: Path) -> None:
    """Write the same people so many times, each time in new households."""
    first = tables(people, 0)
    names = ("persons.parquet", "households.parquet")
    writers = [pq.ParquetWriter(folder / n, t.schema, compression="zstd") for n, t in zip(names, first, strict=True)]
    waiting = first[0].slice(0, 0)
    for copy in range(copies):
        persons, households = tables(people, copy * people.household_count)
        writers[1].write_table(households, row_group_size=GROUP // 3)
        waiting = pa.concat_tables([waiting, persons])
        whole = len(waiting) // GROUP * GROUP if copy < copies - 1 else len(waiting)
        writers[0].write_table(waiting.slice(0, whole), row_group_size=GROUP)
        waiting = waiting.slice(whole).combine_chunks()
    for each in writers:
        each.close()


def forget_cached(path: Path) -> None:
    """Have the system drop a file from memory, so that reading it reads the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


class Households:
    """Household columns handed out in the order in which persons need them."""

    def __init__(self, path: Path) -> None:
        self.batches = columns_of(path, GROUP // 3)
        self.held = next(self.batches)

    def take(self, count: int) -> dict[str, Column]:
        """Return the next households."""
        while len(self.held[NUMBER]) < count:
            more = next(self.batches)
            self.held = {k: np.concatenate([v, more[k]]) for k, v in self.held.items()}
        found = {k: v[:count] for k, v in self.held.items()}
        self.held = {k: v[count:] for k, v in self.held.items()}
        return found


def columns_of(path: Path, rows: int) -> Iterator[dict[str, Column]]:
    """Yield a file's columns, so many rows at a time."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows):
            yield {n: c.to_numpy(zero_copy_only=False) for n, c in zip(batch.schema.names, batch.columns, strict=True)}


def populations(folder: Path, household: type[HouseholdView[Any]]) -> Iterator[Population]:
    """Yield whole households block by block; one cut by a block's end waits for the next."""
    of_households = Households(folder / "households.parquet")
    waiting: dict[str, Column] = {}
    for batch in columns_of(folder / "persons.parquet", GROUP):
        here = {k: np.concatenate([waiting[k], v]) if waiting else v for k, v in batch.items()}
        open_from = int(np.searchsorted(here[NUMBER], here[NUMBER][-1]))
        waiting = {k: v[open_from:].copy() for k, v in here.items()}
        if open_from:
            yield _population({k: v[:open_from] for k, v in here.items()}, of_households, household)
    if waiting:
        yield _population(waiting, of_households, household)


def _population(persons: dict[str, Column], source: Households, household: type[HouseholdView[Any]]) -> Population:
    number = persons[NUMBER]
    starts = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    offsets = np.append(starts, len(number)).astype(np.int32)
    of_households = source.take(len(starts))
    if not np.array_equal(of_households[NUMBER], number[starts]):
        raise ValueError(f"households do not match persons near household {int(number[0])}")
    return Population(
        offsets=offsets,
        persons={k: persons[k] for k in household.member.inputs},
        households={k: of_households[k] for k in household.inputs},
    )


class Streaming:
    """Totals over a file, read ahead by one block."""

    def run(self, folder: str) -> dict[str, Any]:
        """Stream a file through the kernel and return totals, time and the most memory this process ever held."""
        start = time.perf_counter()
        kernel = Kernel(national.edition(), outputs=OUTPUTS)
        kernel.run(national.people(100).population(national_figures.Household))
        ready = time.perf_counter()
        totals = {"persons": 0, "households": 0, "poor": 0, "benefits": 0.0, "income": 0.0, "doubtful": 0}
        blocks = populations(Path(folder), national_figures.Household)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next, blocks, None)
            while (block := coming.result()) is not None:
                coming = ahead.submit(next, blocks, None)
                found = kernel.run(block)
                totals["persons"] += block.person_count
                totals["households"] += found.households
                totals["doubtful"] += found.doubtful
                totals["poor"] += int(block.sizes[found.outputs["poor"]].sum())
                totals["benefits"] += float(found.outputs["total_benefits"].sum())
                totals["income"] += float(found.outputs["disposable_income"].sum())
        done = time.perf_counter()
        return {**totals, "seconds": done - ready, "start_seconds": ready - start, "peak_bytes": peak_bytes()}


def run(report: Report, persons: int) -> None:
    """Stream a hundredth, a tenth and all of so many persons, each in a fresh process."""
    report.title("stream")
    if not decidable(report, national):
        return
    sizes = sorted({max(persons // part, 10_000) for part in (100, 10, 1)})
    rows, answers = [], []
    for size in sizes:
        block = min(size, 10_000_000, max(persons // 10, 10_000))
        copies = max(round(size / block), 1)
        folder = Path(tempfile.mkdtemp(prefix="amparo-stream-"))
        try:
            start = time.perf_counter()
            people = national.people(block).population(national_figures.Household)
            write(people, copies, folder)
            made = time.perf_counter() - start
            disk = sum(f.stat().st_size for f in folder.iterdir())
            for file in folder.iterdir():
                forget_cached(file)
            with Worker(sys.executable, "benchmarks.stream") as worker:
                answer = worker.call("run", folder=str(folder))
        finally:
            shutil.rmtree(folder)
        answers.append(answer)
        expected = {"persons": block * copies, "households": people.household_count * copies}
        wrong = {k: (answer[k], v) for k, v in expected.items() if answer[k] != v}
        report.holds(f"{size:,}: every person once", str(wrong or "all"), "all", reached=not wrong)
        report.doubtful(f"{size:,} persons", answer["doubtful"] / answer["households"])
        rows.append(
            (
                f"{answer['persons']:,}",
                f"{answer['seconds']:.2f}",
                f"{answer['persons'] / answer['seconds'] / 1e6:.1f}",
                megabytes(answer["peak_bytes"]),
                megabytes(disk),
                f"{made:.1f}",
                f"{100 * answer['poor'] / answer['persons']:.4f}",
            )
        )
    heads = ("persons", "seconds", "M persons/s", "peak MB", "disk MB", "written in s", "poor %")
    report.table("streamed from Parquet, file dropped from the page cache before", heads, rows)
    report.at_most("peak memory of the process", max(a["peak_bytes"] for a in answers) / GIBIBYTE, 1.0, "GiB")
    each = [a["seconds"] / a["persons"] for a in answers]
    if len(each) > 1:
        report.at_most("seconds a person, largest file over the best", each[-1] / min(each), LINEAR, "×")
    report.end()


if __name__ == "__main__":
    serve(Streaming())
