"""One figure of the law moves while the population stays in memory: how soon the new totals are there."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel, Result
from amparo.expr import Kind, Parameter, parameter_of
from amparo.measures import SurveyDesign, binned_gini, gini
from amparo.population import Population
from benchmarks import national, national_figures
from benchmarks.compare import HOPELESS, decidable
from benchmarks.machine import THREADS
from benchmarks.report import DOUBTFUL_SHARE, Report, milliseconds

OUTPUTS = ["total_benefits", "equivalent_income", "poor"]
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that a piece of work takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def totals(result: Result, population: Population) -> dict[str, float]:
    """Return cost, poverty and a binned Gini of what a move gave."""
    sizes = population.sizes
    found = result.outputs
    inequality = binned_gini(found["equivalent_income"], sizes)
    return {
        "cost": float(found["total_benefits"] @ population.weight),
        "poverty": float(sizes[found["poor"]].sum()) / population.person_count,
        "gini": inequality.value,
        "error": inequality.error,
    }


def run(report: Report, persons: int, rounds: int) -> None:
    """Move a household-level figure, then every figure, with so many persons resident."""
    report.title("slider")
    if not decidable(report, national):
        return
    population = national.people(persons).population(national_figures.Household)
    edition = national.edition()
    kernel = Kernel(edition, outputs=OUTPUTS)
    kernel.run(population.slice(0, 1))
    full = [timed(lambda: kernel.run(population, threads=THREADS))[0] for _ in range(rounds)]
    bonus = parameter_of(national_figures.large_family_bonus)
    session_seconds, session = timed(lambda: kernel.session(population, bonus))
    moves, measures, exact = [], [], []
    found: dict[str, Any] = {}
    error = 0.0
    for turn in range(rounds):
        seconds, result = timed(lambda turn=turn: session.move(edition.figure(bonus) + 10 * (turn + 1)))  # type: ignore[misc]
        moves.append(seconds)
        seconds, found = timed(lambda result=result: totals(result, population))  # type: ignore[misc]
        measures.append(seconds)
        income = result.outputs["equivalent_income"]
        design = SurveyDesign(weight=population.sizes.astype(np.float64))
        seconds, exactly = timed(lambda income=income, design=design: gini(income, design).value)  # type: ignore[misc]
        exact.append(seconds)
        error = max(error, abs(exactly - found["gini"]))
    report.doubtful(f"{persons:,} persons", result.doubtful / max(result.households, 1))
    whole = [a + b for a, b in zip(moves, measures, strict=True)]
    rows = [
        ("full pass, 3 outputs", *milliseconds(full)),
        ("session opened (once)", *milliseconds([session_seconds])),
        ("one move", *milliseconds(moves)),
        ("cost, poverty, binned Gini", *milliseconds(measures)),
        ("move and measures", *milliseconds(whole)),
        ("exact Gini", *milliseconds(exact)),
    ]
    report.table(f"{bonus.key} moves, {persons:,} persons, {rounds} rounds", ("", "min ms", "median ms"), rows)
    said, true = found["error"], error
    report.say(f"Gini {found['gini']:.6f}, stated error {said:.1e}, found {true:.1e}; cost {found['cost']:,.0f}")
    report.holds("binned Gini within its stated error", f"{true:.1e}", f"≤ {said:.1e}", reached=true <= said + 1e-9)
    last = edition.figure(bonus) + 10 * rounds
    check_move(report, kernel, population, moved=bonus, result=result, figure=last)
    report.at_most("cost, poverty and binned Gini after a move", 1000 * median(whole), 150, "ms")
    report.at_most("exact Gini", median(exact), 1.0)
    worst_parameter(report, kernel, population)
    report.end()


def check_move(
    report: Report, kernel: Kernel, population: Population, *, moved: Parameter, result: Result, figure: Fraction
) -> None:
    """Hold a move against a full pass under the same figure: yes and no identical, amounts to the last places."""
    again = Kernel(kernel.edition.with_figure(moved, figure)).run(population)
    unequal = [n for n in again.outputs if not same(result.outputs[n], again.outputs[n])]
    report.holds("a move gives what a full pass gives", ", ".join(unequal) or "equal", "equal", reached=not unequal)


def same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether two results agree; a row decided exactly in one of them may differ in the last place."""
    if one.dtype.kind == "b":
        return np.array_equal(one, other)
    return np.allclose(one, other, rtol=1e-12, atol=1e-9)


def worst_parameter(report: Report, kernel: Kernel, population: Population, *, shortlist: int = 3) -> None:
    """Find the figures that cost most to move on a tenth of the households, and time those on all of them.

    Each moves by a hundredth, so that shares get decimals that the law did not write.
    """
    tenth = population.slice(0, max(population.household_count // 10, 1))

    def move(parameter: Parameter, on: Population) -> tuple[float, float]:
        session = kernel.session(on, parameter)
        figure = kernel.edition.figure(parameter) * Fraction(101, 100)
        seconds, result = timed(lambda: session.move(figure))
        if result.doubtful_share <= HOPELESS * DOUBTFUL_SHARE:
            seconds = min(seconds, *(timed(lambda: session.move(figure))[0] for _ in range(2)))
        return seconds, result.doubtful_share

    movable = [p for p in kernel.edition.parameters if p.type.kind is not Kind.COUNT]
    tried = {p: move(p, tenth) for p in movable}
    doubted = max(movable, key=lambda p: tried[p][1])
    report.doubtful(f"{doubted.key} moved, the most doubtful", tried[doubted][1])
    if tried[doubted][1] > HOPELESS * DOUBTFUL_SHARE:
        return
    rows, worst = [], 0.0
    for each in sorted(movable, key=lambda p: tried[p][0], reverse=True)[:shortlist]:
        moved, share = move(each, population)
        full = min(timed(lambda: kernel.run(population, threads=THREADS))[0] for _ in range(3))
        worst = max(worst, moved / full)
        rows.append(
            (each.key, f"{1000 * moved:,.1f}", f"{1000 * full:,.1f}", f"{moved / full:.2f}", f"{100 * share:.4f}")
        )
    heads = ("figure", "move ms", "full ms", "ratio", "doubtful %")
    report.table(f"the {shortlist} dearest of {len(movable)} figures", heads, rows)
    report.at_most("worst figure over one full pass", worst, 1.0, "×")
