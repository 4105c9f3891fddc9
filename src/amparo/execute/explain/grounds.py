"""Why an amount is what it is: the provisions that made it, and the facts on which they rest.

The graph is walked down from the amount through what counted in this case: the branches taken, the parts that are not
zero, the first alternative that holds. What did not count is left out; the whole is in the auditor's account.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from amparo.execute.exact import Row, Run
from amparo.execute.explain.facts import Applied, Fact, compared, stated
from amparo.execute.values import Unknown, Value
from amparo.expr import Entity, Kind, Node, Op
from amparo.policy import Exclusion


class Ground(NamedTuple):
    """A provision that counted, what it gave, and the facts on which it rests."""

    provision: Applied
    value: Value
    facts: tuple[Fact, ...]


def grounds(run: Run, amount: Node, row: Row) -> list[Ground]:
    """Return the provisions that made an amount, the amount's own first."""
    walk = _Walk(run)
    while isinstance(amount.attr, Exclusion):  # it took nothing away, or there would be no amount
        amount = amount.args[0].args[2]
    walk.provision(amount, row)
    return [Ground(a, run.value(a.node, a.row), tuple(facts)) for a, facts in walk.found.items()]


NAMED = frozenset({Op.INPUT, Op.STATE, Op.PROVISION, Op.SPREAD, Op.SELF, Op.OTHER, Op.GATHER, Op.EXISTS, Op.SUM})
SAID_BY_LAW = frozenset({Op.CONST, Op.PARAM, Op.MONTH})
COMPARED = frozenset({Op.LT, Op.LE, Op.EQ})
STATED = frozenset({Op.INPUT, Op.EXISTS})
CONNECTED = frozenset({Op.AND, Op.OR})
OVER_MEMBERS = frozenset({Op.SUM, Op.LARGEST, Op.SMALLEST})
SCALAR, YES_NO, PROVISION = Entity.SCALAR, Kind.BOOL, Op.PROVISION  # an enumeration's attribute costs a call
AT: dict[Op, Callable[[Row], Row]] = {
    Op.SPREAD: lambda row: (),
    Op.SELF: lambda row: row[:1],
    Op.OTHER: lambda row: row[1:],
}


class _Walk:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.found: dict[Applied, list[Fact]] = {}
        self.seen: set[tuple[Node, Row]] = set()

    def provision(self, n: Node, row: Row) -> None:
        here = Applied(n, row)
        self.found[here] = []
        self.of(n.args[0], row, here)

    def of(self, n: Node, row: Row, within: Applied) -> None:
        """Walk what made a value: of a yes/no what made it so, of a number its parts."""
        op = n.op
        if op in SAID_BY_LAW:
            return
        place = (n, () if n.entity is SCALAR else row)
        if place in self.seen:
            return
        self.seen.add(place)
        row = place[1]
        if op is PROVISION:
            value = self.run.value(n, row)
            if isinstance(n.attr, Exclusion):
                self.of(n.args[0].args[2], row, within)
            elif value is not False and value != 0:  # what a provision denies is no ground
                self.provision(n, row)
        elif n.type.kind is YES_NO:
            self._answer(n, row, within)
        else:
            self._number(n, row, within)

    def _answer(self, n: Node, row: Row, within: Applied) -> None:
        value = self.run.value(n, row)
        if isinstance(value, Unknown):
            return
        if n.op in COMPARED:
            fact = compared(self.run, within, n, row, bool(value))
            self._add(fact)
            self.of(fact.what, row, within)
        elif n.op in STATED:
            self._add(stated(self.run, within, n, row, bool(value)))
        elif n.op in CONNECTED:
            alone = (n.op is Op.OR) is value  # one part decides: the first that does
            for part in n.args:
                if not alone or self.run.value(part, row) is value:
                    self.of(part, row, within)
                    if alone:
                        break
        elif n.op is Op.ANY:
            for each in self.run.members(row):
                if value is False or self.run.value(n.args[0], each) is True:
                    self.of(n.args[0], each, within)
        else:
            self._number(n, row, within)

    def _number(self, n: Node, row: Row, within: Applied) -> None:
        if n.op is Op.WHEN:
            condition = self.run.value(n.args[0], row)
            self.of(n.args[0], row, within)
            for branch, which in ((n.args[1], True), (n.args[2], False)):
                if condition is which:
                    self.of(branch, row, within)
        elif n.op in OVER_MEMBERS:
            for each in self.run.members(row):
                if self.run.value(n.args[0], each) not in (0, False):
                    self.of(n.args[0], each, within)
        elif n.op is Op.GATHER:
            pointer = self.run.case.relations[row[0]].get(n.attr.key)
            if isinstance(pointer, int):
                self.of(n.args[0], (pointer,), within)
        else:
            at = AT[n.op](row) if n.op in AT else row
            for part in n.args:
                self.of(part, at, within)

    def _add(self, fact: Fact) -> None:
        facts = self.found.setdefault(fact.within, [])
        if fact.what.op in NAMED:
            facts.append(fact)
