"""The kernel: the graph of a month as machine code over the columns of a population.

Agreement with the exact executor is to the cent, on every row: what float64 may have got wrong is marked while
computing, and decided by the exact executor before results are returned.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import ExecutionError, PolicyError, PopulationError
from amparo.execute.exact import decide
from amparo.execute.kernel.columns import check_states, read, refuse_future_birth, state
from amparo.execute.kernel.driver import BLOCK, Driver, driver
from amparo.execute.kernel.emit import Function, function
from amparo.execute.kernel.fuse import fused
from amparo.execute.kernel.lower import Form, Loop, Plan, date_code, input_scale, stored_columns
from amparo.execute.kernel.machine import Code
from amparo.execute.kernel.program import Bound as Size
from amparo.execute.kernel.program import Column, Program
from amparo.execute.kernel.rows import case_of, write_back
from amparo.execute.kernel.tolerance import MEMBERS, Errors, figure_bound, generic
from amparo.expr import Kind, Node, Op, Parameter
from amparo.expr.types import Type
from amparo.policy import Edition
from amparo.population.table import UNKNOWN, Population

Array = NDArray[Any]
Progress = Callable[[int, int], None]
HUGE = 1e300  # beyond it a product may have become infinite
SIGNATURE = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 6, *[ctypes.c_int64] * 4)


@dataclass(frozen=True)
class Result:
    """What the kernel computed.

    Attributes:
        outputs: name → array, [households] or [persons]; Money in the currency's smallest unit.
        households: how many households were computed.
        doubtful: how many of them float64 could not decide and the exact executor did.
    """

    outputs: Mapping[str, Array]
    households: int
    doubtful: int

    @property
    def doubtful_share(self) -> float:
        """Share of the households that the exact executor decided."""
        return self.doubtful / max(self.households, 1)


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


@dataclass(frozen=True)
class Output:
    """Where a node's result ends up: the arrays handed to the caller."""

    name: str
    node: Node
    column: Column
    loop: Loop | None


def output(name: str, n: Node, form: Form) -> Output:
    """Return the array of a result, with a loop that converts the stored value to the smallest unit if needed."""
    stored = stored_columns(n, form)
    places = input_scale(n.type)
    if n.type.kind is Kind.BOOL or (form.scale == places and not form.quotient):
        return Output(name, n, stored[0], None)
    program = Program()
    value = program.put("load", attr=(stored[0], "self", None))
    if form.quotient:
        value = program.put("fdiv", value, program.put("load", attr=(stored[1], "self", None)))
    if form.scale != places:
        power = program.const(10.0 ** abs(form.scale - places))
        value = program.put("fdiv" if form.scale > places else "fmul", value, power)
    column = Column("out", n.digest[:24], n.entity.value, "f")
    return Output(name, n, column, Loop(n.entity.value, program, [(column, value)]))


class Compiled:
    """Machine code of a plan."""

    def __init__(
        self,
        plan: Plan,
        outputs: Sequence[Output],
        dtypes: Mapping[Column, str],
        inputs: Mapping[str, Any],
        cache: Path | None,
        progress: Progress | None,
        *,
        every: bool = False,
    ) -> None:
        self.loops = fused([*plan.loops, *(o.loop for o in outputs if o.loop)], dtypes)
        kept = [list(dict.fromkeys(lp.doubts)) for lp in self.loops] if every else generic(self.loops, inputs)
        scratch = {c: "int8" if c.kind == "b" else "float64" for loop in self.loops for c, _ in loop.stores}
        known = {**scratch, **dtypes}
        self.functions: list[Function] = [function(lp, known, k) for lp, k in zip(self.loops, kept, strict=True)]
        self.driver: Driver = driver(self.functions, [[c for c, _ in lp.stores] for lp in self.loops], dtypes)
        texts = [f.text for f in self.functions] + [self.driver.text]
        self.code = Code(texts, self.driver.name, cache, progress)
        self.call = SIGNATURE(self.code.address)


class Bound:
    """A kernel tied to the arrays of one population."""

    def __init__(
        self,
        kernel: Kernel,
        plan: Plan,
        names: Sequence[str],
        population: Population,
        states: Mapping[str, Array],
        unknown: str,
        given: Mapping[Column, Array],
        sizes: Mapping[Column, Size],
    ) -> None:
        self.kernel, self.plan, self.population, self.states = kernel, plan, population, dict(states)
        graph = kernel.edition.graph
        self.names = [n for n in names if graph.outputs[n] in plan.forms]
        self.outputs = [output(n, graph.outputs[n], plan.forms[graph.outputs[n]]) for n in self.names]
        self.offsets = np.ascontiguousarray(population.offsets, dtype=np.int32)
        largest = int(np.diff(self.offsets).max()) if population.household_count else 0
        if largest > MEMBERS:
            raise PopulationError(f"a household has {largest} members; at most {MEMBERS} are possible. Check the keys.")
        self.members = max(largest, 1)
        self.arrays: dict[Column, Array] = dict(given)
        self.before = np.zeros(population.household_count, dtype=np.uint8)
        self._sizes = dict(sizes)
        self._read(unknown)
        self.keep([o.column for o in self.outputs])

    def keep(self, columns: Iterable[Column]) -> None:
        """Hold further stored values in arrays of the whole population (before a first run)."""
        self._allocate(columns)
        self._compile(every=False)
        self.figures(self.kernel.edition)

    def _compile(self, *, every: bool) -> None:
        dtypes = {c: "int8" if c.kind == "b" else a.dtype.name for c, a in self.arrays.items()}
        self.compiled = self.kernel.compiled(self.plan, self.outputs, dtypes, every=every)
        self._lay_out()

    def _read(self, unknown: str) -> None:
        population, edition = self.population, self.kernel.edition
        states = {s.key: s for s in edition.graph.attributes(Op.STATE)}
        if set(self.states) - set(states):
            whole = edition.country.on(edition.month).graph
            check_states(self.states, {*states, *(s.key for s in whole.attributes(Op.STATE))})
        needed = dict.fromkeys(
            load.attr[0]  # type: ignore[index]
            for loop in self.plan.loops
            for load in loop.program.instructions
            if load.op == "load"
        )
        for column in needed:
            if column.role == "state":
                self.arrays[column], self._sizes[column] = state(population, states[column.name], self.states)
                self.states[column.name] = self.arrays[column]
            elif column.role in ("input", "relation"):
                self.arrays[column], self._sizes[column] = read(population, column, self._declared(column))
                refuse_future_birth(population, column, self._sizes[column], edition.month)
                self._doubt_unknown(column, unknown)

    def _declared(self, column: Column) -> Any:
        household = self.kernel.edition.country.household
        if column.role == "relation":
            return household.member.relations[column.name]
        return (household.member if column.entity == "person" else household).inputs[column.name]

    def _doubt_unknown(self, column: Column, unknown: str) -> None:
        population = self.population
        missing: Array
        if column.role == "relation":
            missing = population.relations[column.name] == UNKNOWN
        elif column.name in population.known:
            missing = ~population.known[column.name]
        else:
            return
        rows = np.flatnonzero(missing)
        if not len(rows):
            return
        homes = rows if column.entity == "household" else np.searchsorted(self.offsets, rows, side="right") - 1
        if unknown == "refuse":
            raise PopulationError(
                f"'{column.name}' is unknown for {len(rows)} of {len(missing)} {column.entity}s, first in household "
                f"{int(homes[0])}: unknown is not zero. Impute it, state an assumption, or decide these case by case."
            )
        self.before[homes] = 1

    def _allocate(self, columns: Iterable[Column]) -> None:
        """Give each column an array; all lie in one piece of memory, which the system hands out in large pages."""
        wanted: dict[Column, tuple[int, Any]] = {}
        for column in columns:
            rows = self.population.person_count if column.entity == "person" else self.population.household_count
            if column not in self.arrays:
                wanted[column] = (rows, np.dtype(np.int8 if column.kind == "b" else np.float64))
        sizes = [-(-rows * kind.itemsize // 64) * 64 for rows, kind in wanted.values()]
        memory = np.empty(sum(sizes), dtype=np.uint8)
        start = 0
        for (column, (rows, kind)), size in zip(wanted.items(), sizes, strict=True):
            self.arrays[column] = memory[start : start + rows * kind.itemsize].view(kind)
            start += size

    def figures(self, edition: Edition) -> None:
        """Fill the arrays of figures and tolerances for an edition's values.

        Nothing is compiled, unless a figure is finer than its scale (one third of a peso) or a state is no whole
        number: then more comparisons can be in doubt than the code watches.
        """
        unwatched = self._fill(edition)
        if unwatched:
            self._compile(every=True)
            self._fill(edition)

    def _fill(self, edition: Edition) -> bool:
        values: dict[object, float] = {"month": float(date_code(edition.month))}
        bounds: dict[Parameter, Size] = {}
        for p in self.compiled.driver.parameters:
            if isinstance(p, Parameter):
                values[p], bounds[p] = figure_bound(p, edition.figure(p))
        self._par = np.array([values[p] for p in self.compiled.driver.parameters] or [0.0])
        self.errors = Errors(bounds.__getitem__, self.kernel.inputs, self._sizes, self.members)
        loops, slots = self.compiled.loops, self.compiled.driver.slots
        tolerances = [self.errors.loop(loop) for loop in loops]
        self._tol = np.array([tolerances[f].get(i, -1.0) for f, i in slots] or [0.0])
        arrays = (self._pointers, self.offsets, self._par, self._tol)
        self._addresses = tuple(a.ctypes.data for a in arrays)
        watched = set(slots)
        return any(
            not tolerances[f].get(i, -1.0) < 0 and (f, i) not in watched
            for f, loop in enumerate(loops)
            for i, how in loop.doubts
            if how != "flag"
        )

    def _lay_out(self) -> None:
        drive = self.compiled.driver
        self.doubt = np.empty(self.population.household_count, dtype=np.uint8)
        pointers = [self.arrays[c].ctypes.data for c in drive.columns] + [self.doubt.ctypes.data]
        self._pointers = np.array(pointers, dtype=np.uintp)
        count = self.population.household_count
        ends = np.append(np.arange(0, count, BLOCK), count)
        widest = int(np.diff(self.offsets[ends]).max()) if count else 0
        self._block = BLOCK if count >= BLOCK else -(-max(count, 1) // 64) * 64
        self._widest = -(-max(widest, 1) // 64) * 64
        self._scratch: list[tuple[Array, int, Array, int]] = []
        self._results = {o.name: _typed(self.arrays[o.column], o.node.type) for o in self.outputs}

    def _scratch_of(self, thread: int) -> tuple[Array, int, Array, int]:
        """Return a thread's scratch memory for persons and households, each with its aligned address."""
        drive = self.compiled.driver
        while len(self._scratch) <= thread:
            person = np.empty(self._widest * drive.person_bytes + 64, dtype=np.uint8)
            household = np.empty(self._block * drive.household_bytes + 64, dtype=np.uint8)
            self._scratch.append((person, _aligned(person), household, _aligned(household)))
        return self._scratch[thread]

    def execute(self, threads: int = 2) -> None:
        """Run the machine code over every block, without deciding the doubtful rows."""
        count = len(self.doubt)
        self.doubt[:] = self.before
        if count <= 8 * BLOCK or threads == 1:
            self._call(0, 0, count)
            return
        threads = min(threads, os.cpu_count() or 1)
        step = -(-count // (threads * 8) // BLOCK) * BLOCK
        starts = list(range(0, count, step))
        for thread in range(threads):
            self._scratch_of(thread)
        queue = iter(starts)

        def work(thread: int) -> None:
            for start in queue:
                self._call(thread, start, min(start + step, count))

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))

    def _call(self, thread: int, first: int, last: int) -> None:
        _, person, _, household = self._scratch_of(thread)
        self.compiled.call(*self._addresses, person, household, first, last, self._block, self._widest)

    def run(self, threads: int = 2) -> Result:
        """Run, decide the doubtful rows exactly, and return the outputs."""
        self.execute(threads)
        return self.settled(self.kernel.edition)

    def _doubt_overflow(self) -> None:
        """Leave to the exact executor what may have grown beyond float64: never where sizes are those of laws."""
        for o in self.outputs:
            if o.column.kind == "f" and not self.errors.columns[o.column].size < HUGE:
                lost = np.flatnonzero(~np.isfinite(self.arrays[o.column]))
                of_person = o.column.entity == "person"
                self.doubt[np.searchsorted(self.offsets, lost, side="right") - 1 if of_person else lost] = 1

    def settled(self, edition: Edition) -> Result:
        """Decide the doubtful rows under an edition and return the outputs."""
        outputs = self._results
        self._doubt_overflow()
        rows = self.doubt.nonzero()[0]
        for h in rows:
            case = case_of(self.population, edition.country, int(h), self.states, edition.graph)
            try:
                decision = decide(edition, case)
            except ExecutionError as error:
                raise ExecutionError(f"household {h}: {error}") from None
            for o in self.outputs:
                try:
                    write_back(outputs[o.name], decision.outputs[o.name], o.node.type, self.offsets, int(h))
                except ExecutionError as error:
                    raise ExecutionError(f"household {h}: {o.name} {error}") from None
        return Result(outputs, len(self.doubt), len(rows))


def _aligned(scratch: Array) -> int:
    """Return the first address of an array that a whole vector register can start at."""
    address = int(scratch.ctypes.data)
    return address + -address % 64


def _typed(array: Array, type_: Type) -> Array:
    return array.view(np.bool_) if type_.kind is Kind.BOOL else array


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
        plan = Plan([graph.outputs[name] for name in names], still)
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
