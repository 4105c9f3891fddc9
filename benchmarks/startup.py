"""Compiling what is shipped: from an empty cache, after one rule changed, after a figure moved, from a full cache."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from amparo.errors import ParameterError
from amparo.execute.kernel import Kernel
from amparo.expr import Kind, Op, Rule
from amparo.expr.rules import RuleVersion, rule
from amparo.policy import Country, Edition, Reform, countries
from amparo.policy.programmes import RuleChange
from amparo.population import NOBODY, Population, encoded
from benchmarks import national
from benchmarks.report import Report
from benchmarks.worker import Worker, serve

COLD, CHANGED, CACHED = 15.0, 3.0, 1.0
MONTHS_BACK = 36


def nobody_special(country: Country) -> Population:
    """Return one household of two persons with the plainest value of every input."""

    def column(declared: Any, rows: int) -> Any:
        kind = declared.type.kind
        if kind is Kind.DATE:
            return np.full(rows, encoded(date(1990, 1, 1), declared.type), dtype=np.int32)
        if kind is Kind.NUMBER:
            return np.full(rows, float(declared.low or 0))
        if kind is Kind.CATEGORY:
            return np.zeros(rows, dtype=np.int8)
        if kind is Kind.BOOL:
            return np.zeros(rows, dtype=np.bool_)
        value = encoded(declared.low or 0, declared.type)
        return np.full(rows, value, dtype=np.int64 if kind is Kind.MONEY else np.int16)

    person = country.household.member
    return Population(
        offsets=np.array([0, 2], dtype=np.int32),
        persons={k: column(d, 2) for k, d in person.inputs.items()},
        households={k: column(d, 1) for k, d in country.household.inputs.items()},
        relations={k: np.full(2, NOBODY, dtype=np.int32) for k in person.relations},
    )


def latest(country: Country) -> Edition:
    """Return the country's law of the last month in which every figure that it reads is known."""
    today = date.today()  # noqa: DTZ011 - any recent month of law will do
    problem = ""
    for back in range(MONTHS_BACK):
        months = today.year * 12 + today.month - 1 - back
        edition = country.on(date(months // 12, months % 12 + 1, 1))
        try:
            for parameter in edition.parameters:
                edition.figure(parameter)
        except ParameterError as unknown:
            problem = str(unknown)
            continue
        return edition
    raise ParameterError(f"{country.key} has no month with every figure known in {MONTHS_BACK} months: {problem}")


def shipped() -> dict[str, Edition]:
    """Return the latest law of every country that is installed."""
    return {key: latest(country) for key, country in countries().items()}


def amended(edition: Edition) -> Edition:
    """Return the same law with the text of one provision in its middle changed."""
    provisions = [n.attr for n in edition.graph.nodes if n.op is Op.PROVISION and isinstance(n.attr, RuleVersion)]
    money = [p for p in provisions if p.rule.symbol.kind is Kind.MONEY]
    old = money[len(money) // 2]

    def body(view: Any) -> Any:
        """Double what the law gives."""
        twice: Any = old.body(view)
        return twice * 2

    body.__annotations__ = {"view": old.rule.entity, "return": old.rule.symbol}
    new: Rule[Any, Any] = rule(source=old.source, key=old.rule.key)(body)
    reform = Reform({"en": "one rule changed"}, (RuleChange(old.rule, new),))
    return edition.country.reformed(reform, edition.month).on(edition.month)


def moved(edition: Edition, *, payable: bool) -> Edition:
    """Return the same law with every figure that is not a count a little higher.

    Args:
        payable: keep amounts on the currency's smallest unit, as a law does; otherwise fractions of it appear.
    """
    for parameter in edition.parameters:
        if parameter.type.kind in (Kind.MONEY, Kind.NUMBER):
            figure = edition.figure(parameter) * Fraction(101, 100)
            currency = parameter.type.currency
            if currency and payable:
                figure = Fraction(round(figure * 10**currency.decimals), 10**currency.decimals)
            edition = edition.with_figure(parameter, figure)
    return edition


class Starting:
    """A process that has just started."""

    def compile(self, cache: str, change: str, which: str) -> dict[str, Any]:
        """Compile and run every shipped country, or the national benchmark, on one household.

        Args:
            cache: folder of compiled functions.
            change: "none", "rule", "figure" or "fraction" (figures that no coin can pay): what is different from
                the law as shipped.
            which: "shipped" or "national".
        """
        start = time.perf_counter()
        editions = shipped() if which == "shipped" else {"national": national.edition()}
        if change == "rule":
            first = next(iter(editions))
            editions = {first: amended(editions[first])} if which == "shipped" else {}
        elif change in ("figure", "fraction"):
            editions = {k: moved(e, payable=change == "figure") for k, e in editions.items()}
        traced = time.perf_counter()
        compiled, told = 0, 0

        def progress(_ready: int, _whole: int) -> None:
            nonlocal told
            told += 1

        before = len(list(Path(cache).iterdir()))
        for edition in editions.values():
            Kernel(edition, cache=Path(cache), progress=progress).run(nobody_special(edition.country))
        done = time.perf_counter()
        compiled = len(list(Path(cache).iterdir())) - before
        return {
            "trace_seconds": traced - start,
            "seconds": done - start,
            "compiled": compiled,
            "progress": told,
            "nodes": sum(len(e.graph.nodes) for e in editions.values()),
            "programmes": sum(len(e.country.programmes) for e in editions.values()),
            "countries": list(editions),
        }


def ask(cache: str, change: str, which: str) -> dict[str, Any]:
    """Ask a fresh process; `process_seconds` counts from its very start."""
    start = time.perf_counter()
    with Worker(sys.executable, "benchmarks.startup") as worker:
        answer = worker.call("compile", cache=cache, change=change, which=which)
        answer["process_seconds"] = time.perf_counter() - start
    return answer


def run(report: Report) -> None:
    """Compile all shipped programmes under each circumstance, every time in a fresh process."""
    report.title("compile")
    rows = []
    for which in ("shipped", "national"):
        with tempfile.TemporaryDirectory(prefix="amparo-cache-") as cache:
            asked = {
                "cold": ask(cache, "none", which),
                "cached": ask(cache, "none", which),
                "figures moved": ask(cache, "figure", which),
                "figures moved to fractions of a cent": ask(cache, "fraction", which),
            }
            if which == "shipped":
                asked["one rule changed"] = ask(cache, "rule", which)
        for name, answer in asked.items():
            rows.append(
                (
                    f"{which}, {name}",
                    f"{answer['nodes']:,}",
                    str(answer["compiled"]),
                    f"{answer['trace_seconds']:.2f}",
                    f"{answer['seconds']:.2f}",
                    f"{answer['process_seconds']:.2f}",
                )
            )
        label = f"{which} ({', '.join(asked['cold']['countries'])})"
        report.at_most(f"{label}: cold", asked["cold"]["seconds"], COLD)
        told, made = asked["cold"]["progress"], asked["cold"]["compiled"]
        report.holds(f"{label}: progress told", f"{told} of {made}", "each function", reached=told >= made > 0)
        report.at_most(f"{label}: cached start", asked["cached"]["seconds"], CACHED)
        fresh = asked["figures moved"]["compiled"]
        report.holds(f"{label}: figures moved", f"{fresh} compiled", "none", reached=fresh == 0)
        if which == "shipped":
            report.at_most(f"{label}: one rule changed", asked["one rule changed"]["seconds"], CHANGED)
    heads = ("", "nodes", "compiled", "trace s", "trace to result s", "whole process s")
    report.table("from nothing to a result, one fresh process each", heads, rows)
    report.end()


if __name__ == "__main__":
    serve(Starting())
