"""What a planted bug changes on random households, and which declared property it breaks there.

Households are searched with `arrays`; what is found is decided again, exactly, before it counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from tests.mutation.arrays import Array, Memo, Reading, differ
from tests.mutation.fields import Field
from tests.mutation.households import Sample, agree, at_derived_boundaries, families, near_boundaries, raised
from tests.mutation.mutants import Mutant, region

from amparo.errors import AmparoError
from amparo.execute.cases import Case
from amparo.execute.exact import Run
from amparo.execute.kernel.rows import case_of
from amparo.expr import Entity, Graph, Node
from amparo.policy import Finding, Property
from amparo.policy.properties import rule_of
from amparo.population.encoding import minor_units
from amparo.population.table import Population

TRIED = 6  # households decided exactly before a difference seen by `arrays` is taken for noise
HALF = 0.5  # of the smallest unit: less is noise of float64


@dataclass(frozen=True)
class Shown:
    """A household on which the law with the bug gives something else, and what."""

    month: date
    case: Case
    output: str
    right: Any
    wrong: Any

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.month:%Y-%m}: {self.output} is {_plain(self.right)}, with the bug {_plain(self.wrong)}"


def _plain(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


@dataclass
class Seen:
    """What sampling says of one mutant: where it shows, the property that it breaks, and on how many it was tried."""

    shown: Shown | None = None
    broken: str | None = None
    households: int = 0


class Checked:
    """One sample of one field: the law as it is, read once, beside which each mutant is read."""

    def __init__(self, where: Field, sample: Sample, seed: int) -> None:
        self.field, self.sample = where, sample
        self.reading = Reading(where.edition, sample.population, sample.states)
        self.reading.read([*where.graph.outputs.values(), *where.claimed.outputs.values()])
        self.moved = {
            p.key: (p, Reading(where.edition, raised(sample.population, p.states.moves, p.states.step, seed), sample.states))
            for p in where.stated
            if p.states.moves is not None and all(rule_of(s).key in where.graph.outputs for s in p.states.subjects)
        }  # fmt: skip
        for _, higher in self.moved.values():
            higher.read(where.graph.outputs.values())

    # ------------------------------------------------------------ a difference

    def shown(self, mutant: Mutant) -> Shown | None:
        """Return a household whose answer the bug changes."""
        right, wrong = self.field.graph, mutant.planted(self.field.graph)
        moved, values = self._moved(right, wrong)
        for name, n in moved.items():
            rows = differ(self.reading.memo[right.outputs[name]], self._of(values, n))
            for home in self.reading.household_of(n.entity, rows)[:TRIED]:
                case = self.case(int(home), self.sample.population)
                before, after = self.decided(right.outputs[name], case), self.decided(n, case)
                if before != after and before is not None:
                    return Shown(self.field.edition.month, case, name, before, after)
        return None

    def _moved(self, right: Graph, wrong: Graph) -> tuple[dict[str, Node], Memo]:
        moved = {k: n for k, n in wrong.outputs.items() if n is not right.outputs[k]}
        return moved, self.reading.read(moved.values(), keep=False)

    def _of(self, values: Memo, n: Node) -> Array:
        return values[n] if n in values else self.reading.memo[n]

    # ------------------------------------------------------------ a property

    def broken(self, mutant: Mutant) -> str | None:
        """Return the key of a declared property that a household breaks with the bug and not without it."""
        right, wrong = self.field.claimed, mutant.planted(self.field.claimed)
        moved, values = self._moved(right, wrong)
        for each in self.field.stated:
            if each.rule is None or each.rule.key not in moved:
                continue
            n, before = moved[each.rule.key], right.outputs[each.rule.key]
            rows = np.flatnonzero(self.reading.memo[before] & ~self._of(values, n))
            homes = self.reading.household_of(n.entity, rows)
            for home in self._meant(each, wrong, values, homes)[:TRIED]:
                case = self.case(int(home), self.sample.population)
                if _holds(self.decided(before, case)) and not _holds(self.decided(n, case)):
                    return each.key
        return next((key for key, (each, higher) in self.moved.items() if self._falls(each, higher, mutant)), None)

    def _meant(self, each: Property, law: Graph, values: Memo, homes: Array) -> Array:
        """Keep the households for which a property is meant."""
        if each.given is None:
            return homes
        n = law.outputs[each.given.key]
        meant = self._of(values, n)
        if n.entity is Entity.PERSON:
            meant = np.logical_and.reduceat(meant, self.reading.starts)
        return homes[meant[homes]]

    def _falls(self, each: Property, higher: Reading, mutant: Mutant) -> bool:
        """Whether, with the bug, what a household gains by a higher input is less than the property allows."""
        names = [rule_of(s).key for s in each.states.subjects]
        right = self.field.graph.only(names)
        wrong = mutant.planted(right)
        if all(wrong.outputs[k] is right.outputs[k] for k in names):
            return False
        charges = {rule_of(s).key for s in each.states.subjects if isinstance(s, Finding) and s.charge}
        gained, gains = (self._gain(law, names, charges, higher) for law in (right, wrong))
        least, sign = _least(each, self.field.edition.country.currency.decimals)
        bad = (sign * gains < least - HALF) & (sign * gained >= least)
        homes = np.flatnonzero(bad & agree(self.field.edition, higher.population))
        if each.given is not None:
            homes = self._meant(each, self.field.claimed, self.reading.memo, homes)
        for home in homes[:TRIED]:
            pair = [self.case(int(home), p) for p in (self.sample.population, higher.population)]
            paid = [[self.decided(wrong.outputs[k], case) for k in names] for case in pair]
            if any(v is None for row in paid for v in row):
                continue
            exact = sum(
                (_total(b) - _total(a)) * (-1 if k in charges else 1) for a, b, k in zip(*paid, names, strict=True)
            )
            if sign * exact * minor_units(self.field.edition.country.currency) < least:
                return True
        return False

    def _gain(self, law: Graph, names: Sequence[str], charges: set[str], higher: Reading) -> Array:
        total: Any = 0.0
        for reading, sign in ((higher, 1), (self.reading, -1)):
            values = reading.read([law.outputs[k] for k in names], keep=False)
            for k in names:
                n = law.outputs[k]
                value = values[n] if n in values else reading.memo[n]
                if n.entity is Entity.PERSON:
                    value = reading.population.household_sum(value, np.float64)
                total = total + sign * (-value if k in charges else value)
        return np.asarray(total)

    # ------------------------------------------------------------ exactly

    def case(self, home: int, population: Population) -> Case:
        """Return one household as a case."""
        return case_of(population, self.field.edition.country, home, self.sample.states, self.field.graph)

    def decided(self, n: Node, case: Case) -> Any:
        """Return what the reference executor gives; None where the law cannot say."""
        edition = replace(self.field.edition, graph=Graph({"": n}), benefits=())
        try:
            return Run(edition, case).output(n)
        except (AmparoError, ArithmeticError):
            return None


def _least(each: Property, decimals: int) -> tuple[float, int]:
    """Return the least gain that a property allows, in the smallest unit, and the sign of what it counts."""
    states = each.states
    if states.kind == "monotone_in":
        return 0.0, 1 if states.rises else -1
    allowed = states.bound if states.kind == "no_cliff" else states.bound * (states.step or 1)
    return -float(allowed * 10**decimals), 1


def _total(value: Any) -> Any:
    return sum(value) if isinstance(value, list) else value


def _holds(value: Any) -> bool:
    return value is not None and all(v is True for v in (value if isinstance(value, list) else [value]))


def sample(where: Sequence[Field], waiting: Sequence[Mutant], households: int, seed: int) -> dict[str, Seen]:
    """Look for a household that shows each mutant, and for a property that it breaks."""
    found = {m.name: Seen() for m in waiting}
    for i, each in enumerate(where):
        concerned = [m for m in waiting if each.has(m.text)]
        if not concerned:
            continue
        for drawn in _samples(each, households, seed + i, concerned):
            checked = Checked(each, drawn, seed + i)
            for mutant in concerned:
                seen = found[mutant.name]
                seen.households += drawn.population.household_count
                seen.shown = seen.shown or checked.shown(mutant)
                if seen.shown is not None:
                    seen.broken = seen.broken or checked.broken(mutant)
    return found


def _samples(where: Field, households: int, seed: int, concerned: Sequence[Mutant]) -> Iterator[Sample]:
    graph = Graph({**where.graph.outputs, **{f"claim {k}": n for k, n in where.claimed.outputs.items()}})
    first = near_boundaries(where.edition, graph, households, seed)
    yield first
    yield families(where.edition, where.graph, households, seed)
    texts = {id(m.text) for m in concerned}
    own = [n for p in where.graph.nodes if id(p.attr) in texts for n in region(p)]
    yield from at_derived_boundaries(where.edition, first, own, seed)
