"""A nation larger than memory, streamed from Parquet through the kernel.

The file is one block of invented persons written again and again under new household numbers, so that the totals
of the whole are known. Row groups hold 2²⁰ persons and do not end where households do.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from amparo.execute.kernel import Kernel
from amparo.population import Population, stream, write_parquet
from benchmarks import national, national_figures
from benchmarks.compare import decidable
from benchmarks.machine import peak_bytes
from benchmarks.report import Report, megabytes
from benchmarks.worker import Worker, serve

COUNTRY = national.edition().country
OUTPUTS = ["total_benefits", "disposable_income", "poor"]
GIBIBYTE = 2**30
LINEAR = 1.25


def write(people: Population, copies: int, path: Path) -> None:
    """Write the same people so many times, each time in new households, in the project's own form."""
    write_parquet((people for _ in range(copies)), path, COUNTRY)


def forget_cached(path: Path) -> None:
    """Have the system drop a file from memory, so that reading it reads the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


class Streaming:
    """Totals over a file."""

    def run(self, path: str) -> dict[str, Any]:
        """Stream a file through the kernel and return totals, time and the most memory this process ever held."""
        start = time.perf_counter()
        kernel = Kernel(national.edition(), outputs=OUTPUTS)
        kernel.run(national.people(100).population(national_figures.Household))
        ready = time.perf_counter()
        totals = {"persons": 0, "households": 0, "poor": 0, "benefits": 0.0, "income": 0.0, "doubtful": 0}
        for block in stream(path, None, COUNTRY):
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
            file = folder / "persons.parquet"
            write(people, copies, file)
            made = time.perf_counter() - start
            disk = file.stat().st_size
            forget_cached(file)
            with Worker(sys.executable, "benchmarks.stream") as worker:
                answer = worker.call("run", path=str(file))
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
