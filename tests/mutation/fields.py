"""The law of one month as a mutant meets it: what a programme gives, and what it claims."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from tests.mutation.mutants import Law, provisions

from amparo.errors import ParameterError
from amparo.expr import Graph, Parameter
from amparo.expr.rules import STATE_PREFIX
from amparo.policy import Edition, Programme, Property


class Field:
    """The law of one month, cut to what some texts of a programme reach.

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

    @cached_property
    def stated(self) -> list[Property]:
        """The properties stated for this month that the law keeps: those with a known violation are left out."""
        month = self.edition.month
        return [p for p in self.programme.properties if month in p.on and p.violation is None]

    @cached_property
    def claimed(self) -> Graph:
        """Every rule that a property says must be yes, and the rules that say for whom."""
        rules = [r for p in self.stated for r in (p.rule, p.given) if r is not None]
        law = self.edition.country.asking(self.edition.month, *dict.fromkeys(rules)) if rules else None
        return Graph({k: n for k, n in law.graph.outputs.items() if not k.startswith(STATE_PREFIX)} if law else {})

    @cached_property
    def unknown(self) -> list[Parameter]:
        """The figures of the outputs that nobody has found for this month."""
        found = []
        for each in replace(self.edition, graph=self.graph).parameters:
            try:
                self.edition.figure(each)
            except ParameterError:
                found.append(each)
        return found

    def has(self, text: Any) -> bool:
        """Whether a provision is in force."""
        return bool(provisions(self.graph, text))


def fields(law: Law, programme: Programme, texts: Sequence[Any], most: int) -> list[Field]:
    """Return the months to sample: for each text up to `most` of those in which it is in force, spread out.

    Months whose figures are all known come first; then those for which a property is stated.
    """
    stated = {m for p in programme.properties for m in p.on}
    possible = [
        Field(law.editions[m], programme, [t for t in texts if provisions(law.editions[m].graph, t)])
        for m in law.editions
        if any(r.in_force(m) for r in programme.regimes)
    ]
    chosen: dict[int, None] = {}
    for text in texts:
        within = [i for i, f in enumerate(possible) if f.has(text)]
        within = [i for i in within if not possible[i].unknown] or within
        claimed = [i for i in within if possible[i].edition.month in stated]
        spread = np.linspace(0, len(within) - 1, min(most, len(within))).round().astype(int)
        chosen |= dict.fromkeys(claimed[-1:])
        have = [i for i in within if i in chosen]
        for at in spread if len(have) < most else ():
            chosen[within[at]] = None
    return [possible[i] for i in sorted(chosen)]
