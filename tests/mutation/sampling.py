"""What a planted bug changes on random households, and which declared property it breaks there.

Households are searched with `arrays`; what is found is decided again, exactly, before it counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from tests.mutation.arrays import Array, Reading, differ
from tests.mutation.households import Sample, families, near_boundaries
from tests.mutation.mutants import Law, Mutant, provisions

from amparo.errors import AmparoError, ParameterError
from amparo.execute.cases import Case
from amparo.execute.exact import Run
from amparo.execute.kernel.rows import case_of
from amparo.expr import Entity, Graph, Input, Node, trace
from amparo.expr.node import topological
from amparo.expr.rules import RuleVersion
from amparo.policy import Edition, Programme, Property
from amparo.population.table import Population

TRIED = 6  # households decided exactly before a difference seen by `arrays` is taken for noise


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
class Finding:
    """What sampling says of one mutant: where it shows, and the property that it breaks."""

    shown: Shown | None = None
    broken: str | None = None
    households: int = 0


class Field:
    """The law of one month over some households: what a programme gives, and what it claims.

    Args:
        edition: the whole law of the month.
        programme: whose outputs are compared and whose properties are checked.
        texts: those of its provisions that are in force; what they reach outside the programme counts too.
    """

    def __init__(self, edition: Edition, programme: Programme, texts: Iterable[Any]) -> None:
        self.edition, self.programme = edition, programme
        regime = programme.regime(edition.month)
        cut = edition.only(regime.benefits, regime.findings)
        names = dict.fromkeys(cut.graph.outputs)
        for text in texts:
            if not provisions(cut.graph, text):
                reached = edition.graph.downstream(lambda n, text=text: n.attr is text)  # type: ignore[misc]
                names |= dict.fromkeys(k for k, n in edition.graph.outputs.items() if n in reached)
        self.graph = edition.graph.only(names)
        adjusted = edition.country._adjusted(edition.benefits)
        self.claims = [p for p in programme.properties if p.claim is not None]
        rules = [p.claim for p in self.claims if p.claim is not None]
        traced = trace(*rules, on=edition.month, adjusted=adjusted) if rules else Graph({})
        self.claimed = traced.only([r.key for r in rules])
        self.monotone = [p for p in programme.properties if p.monotone_in is not None and self._reads(p)]

    def _reads(self, claim: Property) -> bool:
        return claim.benefit is not None and claim.benefit.amount.key in self.graph.outputs

    @cached_property
    def known(self) -> bool:
        """Whether every figure that the outputs need is known."""
        try:
            for each in replace(self.edition, graph=self.graph).parameters:
                self.edition.figure(each)
        except ParameterError:
            return False
        return True

    def has(self, text: Any) -> bool:
        """Whether a provision is in force."""
        return bool(provisions(self.graph, text))


class Checked:
    """One sample of one field: the law as it is, read once."""

    def __init__(self, where: Field, sample: Sample, seed: int) -> None:
        self.field, self.sample = where, sample
        self.reading = Reading(where.edition, sample.population, sample.states)
        self.reading.read([*where.graph.outputs.values(), *where.claimed.outputs.values()])
        self.raised = {p.key: self._raised(p, seed) for p in where.monotone}

    def _raised(self, claim: Property, seed: int) -> Reading:
        """The same households, one input of one member (or of the household) higher."""
        declared: Input[Any] = claim.monotone_in
        population, rng = self.sample.population, np.random.default_rng(seed)
        personal = declared.entity is Entity.PERSON
        columns = dict(population.persons if personal else population.households)
        column = columns[declared.key].astype(np.float64)
        steps = np.array([1, 1, 2, 10, 100, 1000]) if declared.type.kind.name != "NUMBER" else np.array([0.01, 0.1])
        rise = steps[rng.integers(0, len(steps), len(column))]
        other = rng.permutation(column)  # or the value of somebody else, if that is higher
        raised = np.where(rng.random(len(column)) < 0.5, column + rise, np.maximum(other, column))
        if declared.high is not None:
            raised = np.minimum(raised, float(declared.high) * (10**declared.type.currency.decimals if declared.type.currency else 1))
        if personal:
            sizes = population.sizes.astype(np.int64)
            chosen = population.offsets[:-1] + (rng.random(len(sizes)) * sizes).astype(np.int64)
            who = np.zeros(len(column), dtype=bool)
            who[chosen] = True
            raised = np.where(who, raised, column)
        columns[declared.key] = raised
        parts = {"persons": columns} if personal else {"households": columns}
        made = Reading(self.field.edition, replace(population, **parts), self.sample.states)
        made.read(self.field.graph.only([claim.benefit.amount.key]).outputs.values())  # type: ignore[union-attr]
        return made

    def shown(self, mutant: Mutant) -> Shown | None:
        """Return a household whose answer the bug changes."""
        right, wrong = self.field.graph, mutant.planted(self.field.graph)
        moved = {k: n for k, n in wrong.outputs.items() if n is not right.outputs[k]}
        values = self.reading.read(moved.values(), keep=False)
        for name, n in moved.items():
            rows = differ(self.reading.memo[right.outputs[name]], _value(self.reading, values, n))
            for home in self.reading.household_of(n.entity, rows)[:TRIED]:
                case = self.case(int(home), self.sample.population)
                before, after = self.decided(right.outputs[name], case), self.decided(n, case)
                if before != after and before is not None:
                    return Shown(self.field.edition.month, case, name, before, after)
        return None

    def broken(self, mutant: Mutant) -> str | None:
        """Return the key of a declared property that a household breaks with the bug and not without it."""
        right, wrong = self.field.claimed, mutant.planted(self.field.claimed)
        moved = {k: n for k, n in wrong.outputs.items() if n is not right.outputs[k]}
        values = self.reading.read(moved.values(), keep=False)
        for name, n in moved.items():
            holds, still = self.reading.memo[right.outputs[name]], _value(self.reading, values, n)
            rows = np.flatnonzero(holds & ~still)
            for home in self.reading.household_of(n.entity, rows)[:TRIED]:
                case = self.case(int(home), self.sample.population)
                if _holds(self.decided(right.outputs[name], case)) and not _holds(self.decided(n, case)):
                    return name
        return next((p.key for p in self.field.monotone if self._rises(p, mutant)), None)

    def _rises(self, claim: Property, mutant: Mutant) -> bool:
        """Whether, with the bug, a benefit falls where it must not (or rises, for one that must not rise)."""
        key = claim.benefit.amount.key  # type: ignore[union-attr]
        right, wrong = self.field.graph.outputs[key], mutant.planted(self.field.graph.only([key])).outputs[key]
        if wrong is right:
            return False
        higher, sign = self.raised[claim.key], 1 if claim.increasing else -1
        fall = sign * (self._total(higher, wrong) - self._total(self.reading, wrong))
        fell = sign * (self._total(higher, right) - self._total(self.reading, right))
        for home in np.flatnonzero((fall < -0.5) & (fell >= 0))[:TRIED]:
            pair = [self.case(int(home), p) for p in (self.sample.population, higher.population)]
            before, after = (self._paid(wrong, case) for case in pair)
            if None not in (before, after) and sign * (after - before) < 0:
                return True
        return False

    def _total(self, reading: Reading, n: Node) -> Array:
        value = _value(reading, reading.read([n], keep=False), n)
        return reading.population.household_sum(value, np.float64) if n.entity is Entity.PERSON else value

    def _paid(self, n: Node, case: Case) -> Any:
        made = self.decided(n, case)
        return sum(made) if isinstance(made, list) else made

    def case(self, home: int, population: Population) -> Case:
        """Return one household as a case."""
        return case_of(population, self.field.edition.country, home, self.sample.states, self.field.graph)

    def decided(self, n: Node, case: Case) -> Any:
        """Return what the reference executor gives; None where the law cannot say."""
        edition = replace(self.field.edition, graph=Graph({"": n}), benefits=())
        try:
            return Run(edition, case).output(n)
        except AmparoError:
            return None


def _value(reading: Reading, values: dict[Node, Array], n: Node) -> Array:
    return values[n] if n in values else reading.memo[n]


def _holds(value: Any) -> bool:
    return value is not None and all(v is True for v in (value if isinstance(value, list) else [value]))


def fields(law: Law, programme: Programme, texts: Sequence[Any], most: int) -> list[Field]:
    """Return the months to sample: for each text up to `most` months in force whose figures are known, spread out."""
    possible = [
        Field(law.editions[m], programme, [t for t in texts if provisions(law.editions[m].graph, t)])
        for m in law.editions
        if any(r.in_force(m) for r in programme.regimes)
    ]
    chosen: dict[int, None] = {}
    for text in texts:
        within = [i for i, f in enumerate(possible) if f.has(text)]
        within = [i for i in within if possible[i].known] or within
        spread = np.linspace(0, len(within) - 1, min(most, len(within))).round().astype(int)
        have = [i for i in within if i in chosen]
        for at in spread if len(have) < most else ():
            chosen[within[at]] = None
    return [possible[i] for i in sorted(chosen)]


def sample(
    where: Sequence[Field], waiting: Sequence[Mutant], households: int, seed: int
) -> dict[str, Finding]:
    """Look for a household that shows each mutant, and for a property that it breaks."""
    found = {m.name: Finding() for m in waiting}
    for i, each in enumerate(where):
        concerned = [m for m in waiting if each.has(m.text)]
        if not concerned:
            continue
        for j, drawn in enumerate(_samples(each, households, seed + i)):
            checked = Checked(each, drawn, seed + i)
            for mutant in concerned:
                finding = found[mutant.name]
                finding.households += drawn.population.household_count
                finding.shown = finding.shown or checked.shown(mutant)
                if finding.shown is not None:
                    finding.broken = finding.broken or checked.broken(mutant)
    return found


def _samples(where: Field, households: int, seed: int) -> Iterator[Sample]:
    graph = Graph({**where.graph.outputs, **{f"claim {k}": n for k, n in where.claimed.outputs.items()}})
    yield near_boundaries(where.edition, graph, households, seed)
    yield families(where.edition, where.graph, households, seed)
