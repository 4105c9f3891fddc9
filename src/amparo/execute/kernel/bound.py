"""A kernel on one population: arrays in, machine code, doubtful rows decided exactly, arrays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import ExecutionError, PopulationError
from amparo.execute.exact import decide
from amparo.execute.kernel.blocks import Blocks
from amparo.execute.kernel.codegen.compiled import output
from amparo.execute.kernel.codegen.lower import Plan
from amparo.execute.kernel.codegen.program import Column, Extent
from amparo.execute.kernel.codegen.tolerance import MEMBERS, Errors, figure_bound
from amparo.execute.kernel.columns import check_states, read, refuse_future_birth, state
from amparo.execute.kernel.rows import case_of, write_back
from amparo.expr import Kind, Op, Parameter
from amparo.expr.types import Type
from amparo.policy import Edition
from amparo.population.encoding import date_code
from amparo.population.table import UNKNOWN, Population

if TYPE_CHECKING:
    from amparo.execute.kernel.run import Kernel

Array = NDArray[Any]
HUGE = 1e300  # beyond it a product may have become infinite


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
        sizes: Mapping[Column, Extent],
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
        self.doubt = np.empty(population.household_count, dtype=np.uint8)
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
        drive = self.compiled.driver
        self.blocks = Blocks(self.compiled.call, drive, self.offsets)
        pointers = [self.arrays[c].ctypes.data for c in drive.columns] + [self.doubt.ctypes.data]
        self._pointers = np.array(pointers, dtype=np.uintp)
        self._results = {o.name: _typed(self.arrays[o.column], o.node.type) for o in self.outputs}

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
        if self._fill(edition):
            self._compile(every=True)
            self._fill(edition)

    def _fill(self, edition: Edition) -> bool:
        values: dict[object, float] = {"month": float(date_code(edition.month))}
        bounds: dict[Parameter, Extent] = {}
        for p in self.compiled.parameters:
            values[p], bounds[p] = figure_bound(p, edition.figure(p), self.plan.scale(p))
        self._par = np.array([values[p] for p in self.compiled.driver.parameters] or [0.0])
        self.errors = Errors(bounds.__getitem__, self.kernel.inputs, self._sizes, self.members)
        loops, slots = self.compiled.loops, self.compiled.driver.slots
        tolerances = [self.errors.loop(loop) for loop in loops]
        self._tol = np.array([tolerances[f].get(i, -1.0) for f, i in slots] or [0.0])
        arrays = (self._pointers, self.offsets, self._par, self._tol)
        self._addresses = tuple(a.ctypes.data for a in arrays)
        self._unbounded = [
            o for o in self.outputs if o.column.kind == "f" and not self.errors.columns[o.column].size < HUGE
        ]
        watched = set(slots)
        return any(
            not tolerances[f].get(i, -1.0) < 0 and (f, i) not in watched
            for f, loop in enumerate(loops)
            for i, how in loop.doubts
            if how != "flag"
        )

    def execute(self, threads: int = 2) -> None:
        """Run the machine code over every block, without deciding the doubtful rows."""
        self.doubt[:] = self.before
        self.blocks.run(self._addresses, threads)

    def run(self, threads: int = 2) -> Result:
        """Run, decide the doubtful rows exactly, and return the outputs."""
        self.execute(threads)
        return self.settled(self.kernel.edition)

    def _doubt_overflow(self) -> None:
        """Leave to the exact executor what has grown beyond float64: no sum of a law's size does."""
        for o in self._unbounded:
            lost = np.flatnonzero(~np.isfinite(self.arrays[o.column]))
            of_person = o.column.entity == "person"
            self.doubt[np.searchsorted(self.offsets, lost, side="right") - 1 if of_person else lost] = 1

    def settled(self, edition: Edition) -> Result:
        """Decide the doubtful rows under an edition and return the outputs."""
        outputs = self._results
        if self._unbounded:
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


def _typed(array: Array, type_: Type) -> Array:
    return array.view(np.bool_) if type_.kind is Kind.BOOL else array
