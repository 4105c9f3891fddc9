"""Every property of every shipped programme, proved in each of its months to the size that it states, on two cores."""

from __future__ import annotations

import time
from collections import Counter

from amparo.errors import ParameterError
from amparo.execute import prove
from amparo.execute.prove import Outcome
from amparo.policy import countries
from benchmarks.report import Report

CORES, MOST = 2, 600.0  # seconds in total


def run(report: Report) -> None:
    """Prove country by country, and hold the total to ten minutes."""
    report.title("proofs")
    rows, whole = [], 0.0
    failed: list[str] = []
    for key, country in countries().items():
        asked = prove.tasks(country, country.programmes)
        if not asked:
            continue
        start = time.perf_counter()
        answers = prove.run(asked, processes=CORES)
        taken = time.perf_counter() - start
        whole += taken
        found: Counter[Outcome] = Counter()
        for task, answer in answers:
            if isinstance(answer, ParameterError):
                failed.append(f"{task.property.key}: {answer}")
                continue
            found[answer[-1].outcome] += 1
            failed += [f"{task.property.key}: {r.outcome} at {r.size}" for r in answer if r.outcome.failed]
        rows.append((key, str(len(asked)), str(found[Outcome.PROVED]), str(found[Outcome.KNOWN]), f"{taken:,.1f}"))
    columns = ("country", "properties × months", "proved", "known violations", "seconds")
    report.table(f"every property to its stated size, {CORES} processes", columns, rows)
    report.at_most("proofs of all shipped programmes", whole, MOST)
    report.holds("every property proved, or known", failed[0] if failed else "yes", "yes", reached=not failed)
    report.end()
