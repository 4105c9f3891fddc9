"""Killing by the worked examples: every cases.yaml of a country, only where an example reads the changed node."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from tests.mutation.mutants import Law, Mutant, provisions

from amparo.execute.cases import Case
from amparo.execute.check import Outputs, run_entries
from amparo.execute.exact import Run, decide
from amparo.execute.examples import Entry, read_entries
from amparo.expr import Graph, Node
from amparo.policy import Country, Edition, Programme


def months_of(entries: Sequence[Entry]) -> set[date]:
    """Return the first days of the months that some examples name."""
    return {m.on.replace(day=1) for e in entries for m in e.months}


def law_of(country: Country) -> Law:
    """Return a country's law in the months of its examples and wherever a regime or a text begins."""
    entries = [e for p in country.programmes for e in read_entries(p)]
    months = months_of(entries) | {_first(r.since) for p in country.programmes for r in p.regimes}
    waiting, seen = set(months), set[date]()
    while waiting:
        month = waiting.pop()
        seen.add(month)
        if any(r.in_force(month) for p in country.programmes for r in p.regimes):
            texts = {n.attr for n in country.on(month).graph.nodes if hasattr(n.attr, "valid_from")}
            begins = {_first(v.valid_from) for t in texts for v in t.rule.versions if v.valid_from}
            waiting |= {m for m in begins if m >= min(months)} - seen
    return Law(country, tuple(sorted(seen)))


def _first(day: date) -> date:
    return day if day.day == 1 else date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(eq=False)
class Examples:
    """The worked examples of a country, and which nodes each of them reads."""

    country: Country
    entries: list[tuple[Programme, Entry]] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = [(p, e) for p in self.country.programmes for e in read_entries(p)]

    @cached_property
    def readers(self) -> dict[Node, list[int]]:
        """Node → the examples that read it; those whose law is correct are expected to pass."""
        found: dict[Node, list[int]] = {}
        for i, (programme, entry) in enumerate(self.entries):
            read: set[Node] = set()

            def reading(edition: Edition, cases: Sequence[Case], read: set[Node] = read) -> list[Outputs]:
                made: list[Outputs] = []
                for case in cases:
                    run = Run(edition, case)
                    try:
                        made.append({name: run.output(n) for name, n in edition.graph.outputs.items()})
                    finally:
                        read.update(n for n, _ in run.memo)
                        read.update(step[0] for step in run.open)
                return made

            (result,) = run_entries([entry], self.country, programme, reading)
            if result.failures:
                raise AssertionError(f"an example fails on the law as it is: {result.failures[0]}")
            for n in read:
                found.setdefault(n, []).append(i)
        return found

    def killer(self, mutant: Mutant, law: Law, home: str) -> str | None:
        """Return the first example that the mutant fails, those of the mutant's own programme first."""
        targets = {
            mutant.target(n) for edition in law.editions.values() for n in provisions(edition.graph, mutant.text)
        }
        concerned = {i for t in targets for i in self.readers.get(t, ())}
        law_with_bug = planting(mutant)
        for i in sorted(concerned, key=lambda i: (self.entries[i][0].key != home, i)):
            programme, entry = self.entries[i]
            try:
                (result,) = run_entries([entry], self.country, programme, law_with_bug)
            except ArithmeticError:
                return f"{programme.key}: {entry.name}"
            if result.failures:
                return f"{programme.key}: {entry.name}"
        return None


def planting(mutant: Mutant) -> Callable[[Edition, Sequence[Case]], list[Outputs]]:
    """Return an executor that decides under the law with the bug in it."""
    made: dict[Any, Edition] = {}

    def wrongly(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
        key = (edition.month, tuple(edition.graph.outputs))
        if key not in made:
            planted = mutant.planted(edition.graph)
            made[key] = replace(edition, graph=Graph(planted.outputs), benefits=())
        return [decide(made[key], case).outputs for case in cases]

    return wrongly
