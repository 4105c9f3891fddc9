"""Every programme of Chile over a synthetic nation that stays in memory: baseline and reform, seconds and bytes.

The nation stands in parts of some hundred thousand households, and of each part's results the totals are kept: the
results of twenty million persons under two laws would need as much memory again.
"""

from __future__ import annotations

import time
from datetime import date
from importlib.resources import as_file, files
from statistics import median

from amparo.execute.kernel import Kernel
from amparo.policy import Country, Edition, find_country
from amparo.population import Population
from amparo.population.computability import Status, computability
from amparo.population.synthesis import Synthesis, synthesis_of
from amparo.simulate import read_reform
from benchmarks.machine import THREADS, forget_peak, give_back, peak_bytes, resident_bytes
from benchmarks.report import Report, megabytes

MONTH = date(2025, 10, 1)
LARGEST = 20_000_000
SECONDS, GIBIBYTES = 5.0, 4.0


def laws(country: Country, synthesis: Synthesis) -> list[Edition]:
    """Return the month's law and a reform of it: every benefit that the synthetic population can compute."""
    found = computability(synthesis.mapping, country, MONTH)
    chosen = [c.benefit for c in found if c.status is not Status.NOT_COMPUTABLE]
    with as_file(files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")) as path:
        reform = read_reform(path, country, MONTH)
    editions = [law.on(MONTH) for law in (country, country.reformed(reform, MONTH))]
    return [e.only([b for b in e.benefits if b in chosen]) for e in editions]


def both(kernels: list[Kernel], nation: list[Population]) -> tuple[float, int]:
    """Run baseline and reform and add up every benefit; return seconds and rows in doubt."""
    start, doubtful = time.perf_counter(), 0
    for kernel in kernels:
        totals: dict[str, float] = {}
        for part in nation:
            result = kernel.run(part, threads=THREADS)
            doubtful += result.doubtful
            for name, amounts in result.outputs.items():
                totals[name] = totals.get(name, 0.0) + float(amounts.sum())
    return time.perf_counter() - start, doubtful


def run(report: Report, persons: int, rounds: int) -> None:
    """Simulate a twentieth, a half and all of a nation."""
    report.title("nation")
    country = find_country("chile")
    synthesis = synthesis_of(country)
    if synthesis is None:
        raise ValueError("Chile has no margins")
    editions = laws(country, synthesis)
    rows = []
    for size in sorted({max(persons // 20, 1), max(persons // 2, 1), persons}):
        start = time.perf_counter()
        nation = list(synthesis.stream(size, 1, threads=THREADS))
        made = time.perf_counter() - start
        kernels = [Kernel(e) for e in editions]
        both(kernels, nation[:1])  # whatever is compiled at first use
        give_back()
        forget_peak()
        times = [both(kernels, nation) for _ in range(rounds)]
        seconds, doubtful = median(t for t, _ in times), max(d for _, d in times)
        peak = peak_bytes()
        rows.append(
            (
                f"{sum(part.person_count for part in nation):,}",
                f"{made:.1f}",
                f"{seconds:.2f}",
                f"{size / seconds / 1e6:.1f}",
                megabytes(resident_bytes()),
                megabytes(peak),
            )
        )
        report.doubtful(f"{size:,} persons", doubtful / 2 / sum(p.household_count for p in nation))
        if size == LARGEST:
            report.at_most(f"baseline and reform, {size:,} persons", seconds, SECONDS, "s")
            report.at_most(f"resident memory, {size:,} persons", peak / 2**30, GIBIBYTES, "GiB")
        if size == 1_000_000:
            report.at_most("a synthetic million made", made, 20.0, "s")
    what = f"{len(editions[0].benefits)} benefits of Chile, baseline and reform, {rounds} rounds"
    report.table(what, ("persons", "made in s", "both laws s", "M persons/s", "held MB", "peak MB"), rows)
    report.end()
