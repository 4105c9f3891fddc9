"""Compare the kernel with the exact executor on random programmes, on every core.

    python -m tests.execute.agreement --rows 1000000 [--seed 0] [--households 2000] [--processes 2]

A row is one household under one programme, near the programme's thresholds as often as not. Every output of every
household (and of each of its members) is compared: what ends in a rounding, a comparison or a count must be equal to
the last bit, other amounts to 1e-9 of themselves. Households that the law cannot decide (a division by zero, somebody
outside the household) must stop the kernel too. Prints progress, the rows compared and the share that float64 left
to the exact executor; exits 1 after any difference, with the seed that shows it.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np
from tests.execute.random_programmes import Drawn, entity_rows, households, programme, settled

from amparo.errors import ExecutionError
from amparo.execute.exact import decide
from amparo.execute.kernel import Kernel
from amparo.execute.kernel.rows import case_of, encoded
from amparo.execute.values import Unknown
from amparo.expr import Entity, Node, Op
from amparo.policy import Edition
from amparo.population.table import Population

RELATIVE = 1e-9


@dataclass
class Comparison:
    """What was compared, and every difference as a sentence."""

    rows: int = 0
    values: int = 0
    doubtful: int = 0
    refused: int = 0
    differences: list[str] = field(default_factory=list)

    def __iadd__(self, other: Self) -> Self:
        self.rows += other.rows
        self.values += other.values
        self.doubtful += other.doubtful
        self.refused += other.refused
        self.differences += other.differences
        return self


def compare(
    edition: Edition, population: Population, states: dict[str, Any], cache: Path | None = None, threads: int = 1
) -> Comparison:
    """Compare both executors on every household; see the module."""
    country, graph = edition.country, edition.graph
    kernel = Kernel(edition, cache=cache)
    found = Comparison(population.household_count)
    decided: dict[int, dict[str, Any]] = {}
    for home in range(population.household_count):
        try:
            outputs = decide(edition, case_of(population, country, home, states, graph)).outputs
        except ExecutionError:
            continue
        if not any(isinstance(v, Unknown) for o in outputs.values() for v in (o if isinstance(o, list) else [o])):
            decided[home] = outputs
    found.refused = population.household_count - len(decided)
    if found.refused:
        try:
            kernel.run(population, states=states, threads=threads)
        except ExecutionError:
            pass
        else:
            found.differences.append("the kernel answered where the exact executor refuses")
        of_persons = {s.key for s in graph.attributes(Op.STATE) if s.entity.entity is Entity.PERSON}
        population, states = subset(population, states, list(decided), of_persons)
    result = kernel.run(population, states=states, threads=threads)
    found.doubtful = result.doubtful
    for name, n in graph.outputs.items():
        expected = np.array(_expected(n, (d[name] for d in decided.values())))
        got = result.outputs[name].astype(np.float64)
        found.values += len(got)
        if got.shape != expected.shape:
            found.differences.append(f"{name}: {got.shape} instead of {expected.shape}")
            continue
        close = RELATIVE * np.maximum(np.abs(expected), 1.0)
        wrong = (got != expected) if settled(n) else ~(np.abs(got - expected) <= close)
        for row in np.flatnonzero(wrong)[:3]:
            home = population.household_at(int(row)) if entity_rows(n) else int(row)
            found.differences.append(
                f"{name} ({n.args[0].op}) of household {home}, row {row}: kernel {got[row]!r}, exact {expected[row]!r} "
                f"({int(wrong.sum())} such rows)"
            )
    return found


def _expected(n: Node, values: Iterable[Any]) -> list[float]:
    return [encoded(v, n.type) for each in values for v in (each if isinstance(each, list) else [each])]


def subset(
    population: Population, states: dict[str, Any], homes: list[int], of_persons: Collection[str]
) -> tuple[Population, dict[str, Any]]:
    """Return some households with their states; `of_persons` names the states that persons have."""
    kept = np.zeros(population.household_count, dtype=bool)
    kept[homes] = True
    persons = population.to_persons(kept)
    offsets = np.concatenate([[0], np.cumsum(population.sizes[kept])]).astype(np.int32)
    chosen = Population(
        offsets,
        {k: v[persons] for k, v in population.persons.items()},
        {k: v[kept] for k, v in population.households.items()},
        {k: v[persons] for k, v in population.relations.items()},
    )
    return chosen, {k: v[persons if k in of_persons else kept] for k, v in states.items()}


def one(seed: int, count: int, cache: Path | None = None) -> Comparison:
    """Draw programme and households from a seed and compare."""
    draw = random.Random(seed)
    drawn = programme(draw, rules=draw.randint(2, 6), depth=draw.randint(1, 3), unguarded=draw.random() < 0.3)
    population, states = drawn_households(drawn, seed, count)
    found = compare(drawn.edition, population, states, cache)
    found.differences = [f"seed {seed}: {d}" for d in found.differences]
    return found


def drawn_households(drawn: Drawn, seed: int, count: int) -> tuple[Population, dict[str, Any]]:
    """Return the households of a seed; one seed in ten has relations that point outside."""
    return households(drawn, np.random.default_rng(seed), count, outside=0.02 if seed % 10 == 9 else 0.0)


def main() -> int:
    """Run the comparison; see the module."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--rows", type=int, default=100_000)
    read.add_argument("--seed", type=int, default=0)
    read.add_argument("--households", type=int, default=2000, help="households for each programme")
    read.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = read.parse_args()
    programmes = -(-chosen.rows // chosen.households)
    total, begun, shown = Comparison(), time.perf_counter(), 0.0
    with TemporaryDirectory() as cache, ProcessPoolExecutor(chosen.processes) as pool:
        seeds = range(chosen.seed, chosen.seed + programmes)
        jobs = {pool.submit(one, seed, chosen.households, Path(cache)): seed for seed in seeds}
        for done, job in enumerate(as_completed(jobs), 1):
            try:
                total += job.result()
            except Exception as error:  # noqa: BLE001 - any failure is a difference, named by its seed
                total.differences.append(f"seed {jobs[job]}: {type(error).__name__}: {error}")
            elapsed = time.perf_counter() - begun
            if elapsed - shown > 5 or done == programmes:
                shown = elapsed
                print(f"{done:,} of {programmes:,} programmes, {total.rows:,} rows, {elapsed:,.0f} s", flush=True)
    print(
        f"{total.rows:,} households under {programmes:,} programmes: {total.values:,} values compared, "
        f"{total.doubtful / max(total.rows, 1):.3%} of the households decided exactly because float64 was in doubt, "
        f"{total.refused:,} refused by both, {len(total.differences)} differences."
    )
    for each in total.differences[:40]:
        print(each)
    return 1 if total.differences else 0


if __name__ == "__main__":
    sys.exit(main())
