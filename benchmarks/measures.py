"""Every measure of poverty and inequality: with its error on CASEN 2022, by bootstrap, and as a value of millions."""

from __future__ import annotations

import inspect
import os
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from amparo import measures as m
from benchmarks.report import Report

LINE, EXTREME = 216_849.0, 144_566.0  # Chile's lines of 2022, pesos per equivalent person
LINEAR, BOOTSTRAP, VALUES, REPLICATES = 2.0, 20.0, 5.0, 300
NO_PANEL = {"persistent_at_risk_of_poverty_rate"}  # CASEN sees nobody twice


def chosen() -> dict[str, m.Measure[Any]]:
    """Return the measures of poverty and inequality that a single survey can have."""
    found = {name: getattr(m, name) for name in m.__all__ if name not in NO_PANEL}
    rooms = ("amparo.measures.poverty", "amparo.measures.inequality")
    return {n: f for n, f in found.items() if isinstance(f, m.Measure) and f.__module__.startswith(rooms)}


def arguments(measure: Any, income: Any, low: Any) -> dict[str, Any]:
    """Return what a measure needs, by the names of its arguments."""
    given = {
        "income": income,
        "line": LINE,
        "aversion": 0.5,
        "alpha": 2.0,
        "p": 0.5,
        "cutoff": 0.5,
        "score": low,
        "deprived": low > 0,
    }
    wanted = inspect.signature(measure).parameters
    return {name: given[name] for name, p in wanted.items() if p.default is p.empty and name != "design"}


def casen() -> dict[str, Any] | None:
    """Return the columns of CASEN 2022, or None where AMPARO_DATA does not have it."""
    path = Path(os.environ.get("AMPARO_DATA", "")) / "casen2022.parquet"
    if not path.is_file():
        return None
    table = pq.read_table(path, columns=["ypc", "expr", "varstrat", "varunit"])
    return {name: np.nan_to_num(table[name].to_numpy()) for name in table.column_names}


def taken(measure: Any, told: dict[str, Any], design: Any, *, value: bool = False) -> float:
    """Return the seconds that a measure takes."""
    start = time.perf_counter()
    (measure.value if value else measure)(**told, design=design)
    return time.perf_counter() - start


def run(report: Report, rows: int) -> None:
    """Time each measure three ways, and svy's mean and median where it is installed."""
    report.title("measures")
    survey = casen()
    if survey is None:
        report.holds("AMPARO_DATA has casen2022.parquet", "missing", "there", reached=False)
        return
    income = survey["ypc"].astype(np.float64)
    low = ((income < LINE).astype(np.float64) + (income < EXTREME)) / 2
    every = chosen()
    worked = [time.process_time()]
    start = time.perf_counter()
    design = m.SurveyDesign(survey["expr"], survey["varstrat"], survey["varunit"])
    prepared = time.perf_counter() - start
    linear = {name: taken(f, arguments(f, income, low), design) for name, f in every.items()}
    worked.append(time.process_time())
    start = time.perf_counter()
    replicates = m.bootstrap(design, REPLICATES, seed=1)
    drawn = time.perf_counter() - start
    bootstrap = {name: taken(f, arguments(f, income, low), replicates) for name, f in every.items()}
    worked.append(time.process_time())
    values, reckoned = _of_millions(every, income, survey["expr"], rows)
    shown = [
        (name, f"{1e3 * linear[name]:,.1f}", f"{bootstrap[name]:,.2f}", f"{1e3 * values[name]:,.0f}") for name in every
    ]
    shown.append(("design", f"{1e3 * prepared:,.1f}", f"{drawn:,.2f}", ""))
    heads = ("measure", "linearised ms", f"{REPLICATES} replicates s", f"{rows:,} rows, value ms")
    report.table(f"CASEN 2022, {income.size:,} persons; the first to sort pays for all", heads, shown)
    report.at_most(f"{len(every)} measures, linearised", prepared + sum(linear.values()), LINEAR)
    report.at_most(f"{len(every)} measures, {REPLICATES} replicates", drawn + sum(bootstrap.values()), BOOTSTRAP)
    report.at_most(f"{len(every)} values of {rows:,} rows", sum(values.values()), VALUES)
    linearised, replicated = np.diff(worked)
    report.say(
        f"of the processors alone: linearised {linearised:.2f} s, {REPLICATES} replicates {replicated:.1f} s, "
        f"{rows:,} rows {reckoned:.1f} s"
    )
    _beside_svy(report, survey, design)
    report.end()


def _of_millions(
    every: dict[str, m.Measure[Any]], income: Any, weight: Any, rows: int
) -> tuple[dict[str, float], float]:
    """Time the values of so many persons: those of the survey drawn by weight, each with a little more or less.

    Return the seconds of each and what the processors worked for all.
    """
    draw = np.random.default_rng(1)
    chosen_ = draw.choice(income.size, rows, p=weight / weight.sum())
    many = income[chosen_] * draw.uniform(0.98, 1.02, rows)
    low = ((many < LINE).astype(np.float64) + (many < EXTREME)) / 2
    persons = m.Weights(draw.integers(1, 4, rows))
    start = time.process_time()
    found = {name: taken(f, arguments(f, many, low), persons, value=True) for name, f in every.items()}
    return found, time.process_time() - start


def _beside_svy(report: Report, survey: dict[str, Any], design: m.SurveyDesign) -> None:
    if find_spec("svy") is None:
        report.say("svy is not installed: `make test` brings it")
        return
    svy, polars = import_module("svy"), import_module("polars")
    table = polars.DataFrame({**survey, "ypc": survey["ypc"].astype(np.float64), "expr": survey["expr"].astype(float)})
    theirs = svy.Sample(data=table, design=svy.Design(wgt="expr", stratum="varstrat", psu="varunit")).estimation
    rows = []
    for name in ("mean", "total", "median"):
        ours = min(taken(getattr(m, name), {_first(name): table["ypc"]}, design) for _ in range(3))
        start = time.perf_counter()
        theirs.median("ypc") if name == "median" else getattr(theirs, name)("ypc")
        rows.append((name, f"{1e3 * ours:,.1f}", f"{1e3 * (time.perf_counter() - start):,.1f}"))
    report.table("with standard errors, beside svy (Rust and Polars)", ("measure", "amparo ms", "svy ms"), rows)


def _first(name: str) -> str:
    return next(iter(inspect.signature(getattr(m, name)).parameters))
