"""The kernel: the graph of a month as machine code over the columns of a population.

Agreement with the exact executor is to the cent, on every row: what float64 may have got wrong is marked while
computing, and decided by the exact executor before results are returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from amparo.errors import PolicyError
from amparo.execute.kernel.bound import Bound, Result
from amparo.execute.kernel.codegen.compiled import Compiled, Output, Progress
from amparo.execute.kernel.codegen.layout import slider_scale, stored_columns
from amparo.execute.kernel.codegen.lower import Plan
from amparo.execute.kernel.codegen.program import Column
from amparo.expr import Op, Parameter
from amparo.policy import Edition
from amparo.population.table import Population

Array = NDArray[Any]


class Kernel:
    """Compiled rules of one month.

    Args:
        edition: the law of a month.
        outputs: names of the outputs to compute; all of the graph's by default.
        cache: folder of compiled functions; the user's cache by default.
        progress: called with (functions ready, functions in all).
    """

    def __init__(
        self,
        edition: Edition,
        outputs: Iterable[str] | None = None,
        cache: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        names = list(edition.graph.outputs if outputs is None else outputs)
        self.edition = replace(edition, graph=edition.graph.only(names), benefits=())
        refuse_doubles(self.edition)
        self.plan = Plan(self.edition.graph.outputs.values())
        self.cache, self.progress = cache, progress
        self._compiled: dict[tuple[object, ...], Compiled] = {}

    def run(
        self,
        population: Population,
        *,
        states: Mapping[str, Array] | None = None,
        threads: int = 2,
        unknown: str = "refuse",
    ) -> Result:
        """Compute the outputs for every household; see `bind` for the errors."""
        return self.bind(population, states=states, unknown=unknown).run(threads)

    def bind(
        self, population: Population, *, states: Mapping[str, Array] | None = None, unknown: str = "refuse"
    ) -> Bound:
        """Tie the kernel to a population, ready to run.

        Raises:
            PopulationError: a missing column, or unknown values (unless `unknown="decide"`, which sends their
                households to the exact executor).
            ParameterError: a figure that the rules read is unknown or not in force.
        """
        return Bound(self, self.plan, list(self.edition.graph.outputs), population, states or {}, unknown, {}, {})

    def session(
        self,
        population: Population,
        parameter: Parameter,
        threads: int = 2,
        *,
        states: Mapping[str, Array] | None = None,
        unknown: str = "refuse",
    ) -> Session:
        """Return what recomputes only the part that one figure moves, with the population resident."""
        return Session(self, population, parameter, threads, states or {}, unknown)

    def compiled(
        self, plan: Plan, outputs: Sequence[Output], dtypes: Mapping[Column, str], *, every: bool = False
    ) -> Compiled:
        """Return machine code for a plan on columns of some dtypes, compiling what the cache lacks.

        `every` watches every comparison, also those that cannot be in doubt with figures and states as declared.
        """
        key = (
            tuple(n.digest for n in plan.roots),
            tuple(sorted(n.digest for n in plan.given)),
            every,
            tuple((p.key, d) for p, d in plan.finer.items()),
            tuple(sorted((str(c), d) for c, d in dtypes.items())),
        )
        if key not in self._compiled:
            self._compiled[key] = Compiled(plan, outputs, dtypes, self.inputs, self.cache, self.progress, every=every)
        return self._compiled[key]

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """Declared inputs by key."""
        return self.edition.country.inputs


def refuse_doubles(edition: Edition) -> None:
    """Raise PolicyError if two figures share a key: arrays are named by keys, so one would stand for the other."""
    keys = [p.key for p in edition.parameters]
    for key in keys:
        if keys.count(key) > 1:
            raise PolicyError(f"two figures of {edition.country.key} are called '{key}'; give each its own key.")


class Session:
    """One figure moves, the population stays: only what depends on the figure is computed again."""

    def __init__(
        self,
        kernel: Kernel,
        population: Population,
        parameter: Parameter,
        threads: int,
        states: Mapping[str, Array],
        unknown: str,
    ) -> None:
        graph = kernel.edition.graph
        if parameter not in kernel.edition.parameters:
            raise PolicyError(f"{parameter.key} is read by no rule in {kernel.edition.month:%Y-%m}.")
        self.kernel, self.parameter, self.threads = kernel, parameter, threads
        moved = graph.downstream(lambda n: n.op is Op.PARAM and n.attr is parameter)
        base = kernel.plan
        still = {n: base.forms[n] for n in base.order if n in base.stored and n not in moved and n in base.forms}
        names = [name for name, n in graph.outputs.items() if n in moved]
        plan = Plan([graph.outputs[name] for name in names], still, {parameter: slider_scale(parameter)})
        reads = {i.attr[0] for lp in plan.loops for i in lp.program.instructions if i.op == "load"}  # type: ignore[index]
        frontier = [c for n, form in still.items() for c in stored_columns(n, form) if c in reads]
        first = kernel.bind(population, states=states, unknown=unknown)
        first.keep(frontier)
        self.result = first.run(threads)
        given = {c: first.arrays[c] for c in frontier}
        sizes = {c: first.errors.columns[c] for c in frontier if c in first.errors.columns}
        self.bound = Bound(kernel, plan, names, population, first.states, "decide", given, sizes)
        self.bound.before |= first.doubt

    def move(self, figure: Fraction | int | str) -> Result:
        """Return the outputs with the figure at a new value; arrays are reused by the next move."""
        edition = self.kernel.edition.with_figure(self.parameter, Fraction(figure))
        self.bound.figures(edition)
        self.bound.execute(self.threads)
        moved = self.bound.settled(edition)
        return Result({**self.result.outputs, **moved.outputs}, moved.households, moved.doubtful)
