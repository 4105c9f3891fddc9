"""Why an amount is zero: the ways in which the law could have given one, and what each of them still lacks.

The graph is walked down from the amount with the values of the run. A conjunction lacks what each of its false parts
lacks; an alternative can be met in as many ways as it has branches; a comparison or a yes/no datum is where the walk
ends. A *way* is a set of facts that, all put right, would make the amount positive.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, reduce
from operator import and_
from typing import Any

from amparo.errors import AmparoError
from amparo.execute.cases import OUTSIDE
from amparo.execute.depth import allow_depth
from amparo.execute.exact import Row, Run
from amparo.execute.explain.facts import Applied, Fact, Identity, above_zero, compared, is_zero, one_of, stated
from amparo.execute.explain.ways import MET, NONE, Way, Ways, both, either, every, shortest
from amparo.execute.values import Unknown, Value
from amparo.expr import Entity, Graph, Kind, Node, Op
from amparo.expr import types as t
from amparo.expr.node import node, topological

CALLS = 6  # of Python, for one operation
PROVISION, YES_NO, PAIR, IS = Op.PROVISION, Kind.BOOL, Entity.PAIR, Op.IS  # an enumeration's attribute costs a call
POSITIVE = "positive"
Goal = bool | str


class Causes:
    """The ways to a goal, each operation looked at once for each row and goal."""

    def __init__(self, run: Run) -> None:
        self.run, self.memo = run, run.memo
        allow_depth(run.edition.graph, CALLS)
        self.reached = {n for n, _ in run.applied}  # what was applied to decide, before any walk
        self.done: dict[tuple[Node, Row, Goal], Ways] = {}
        self.bits: dict[Identity, int] = {}
        self._related: dict[tuple[Node, Row], bool] = {}
        self.movable = changeable(run.edition.graph)

    def of_zero(self, amount: Node, row: Row) -> list[Way]:
        """Return the ways in which an amount could have been above zero, the one that lacks least first.

        Facts without which no way exists stand alone; a way whose facts include another's is left out.
        """
        top = Applied(amount, row)
        ways = self.ways(amount, row, POSITIVE, top)
        if not ways or 0 in ways:
            return [(self._innermost(amount, row, top),)]
        if len(ways) == 1:
            return [self._ordered(*ways.values())]
        told = {facts: w for facts, w in ways.items() if not any(f.what.op is IS for f in w)} or ways
        kept = _easiest(told)
        ordered = [self._ordered(w) for w in sorted(kept.values(), key=self._rank)]
        shared = reduce(and_, kept)
        common = tuple(f for f in ordered[0] if self.bit(f) & shared) if shared else ()
        return [common] if common and not self._unreached(common[0]) else self._plain(ordered)

    def _ordered(self, way: Way) -> Way:
        return way if len(way) == 1 else tuple(sorted(way, key=self._unreached))

    def ways(self, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
        """Return what is lacking for a value to be true, false or positive."""
        key = (n, row, goal)
        found = self.done.get(key)
        if found is None:
            value = self.memo.get((n, row))
            if value is None:
                value = self.value(n, row)
            if value is None:
                found = NONE
            elif _met(value, goal):
                found = MET
            else:
                found = self._below(n, row, goal, within)
            self.done[key] = found
        return found

    def _below(self, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
        if n.op is not PROVISION:
            return TABLE[n.op](self, n, row, goal, within)
        inside = n.args[0]
        key = (inside, row, goal)
        if key not in self.done:  # what a provision gives is what is inside it
            self.done[key] = self._below(inside, row, goal, Applied(n, row))
        return self.done[key]

    def lacking(self, fact: Fact) -> Ways:
        """Return the one way that lacks a single fact."""
        return {self.bit(fact): (fact,)}

    def bit(self, fact: Fact) -> int:
        """Return the bit of a fact, the same for what says the same."""
        return self.bits.setdefault(fact.identity, 1 << len(self.bits))

    def _rank(self, way: Way) -> tuple[bool, bool, int]:
        """Put first what the decision turned on, then what can really change and lacks least; then as the law does."""
        fixed = any(f.what not in self.movable for f in way)
        return all(map(self._unreached, way)), fixed, 0 if fixed else len(way)

    def _plain(self, ways: list[Way]) -> list[Way]:
        """Say of each of several ways only what cannot change, where something of it cannot: the rest is idle."""
        fixed = [tuple(f for f in w if f.what not in self.movable) or w for w in ways]
        return [*shortest({sum(map(self.bit, w)): w for w in fixed}).values()]

    def _unreached(self, fact: Fact) -> bool:
        """Whether the decision was made before the provision that reads a fact was looked at."""
        return fact.within.node not in self.reached

    def value(self, n: Node, row: Row) -> Value | None:
        """Return a value, or nothing where the law cannot say it: a branch that the case never entered."""
        try:
            return self.run.value(n, row)
        except AmparoError:
            return None

    def related(self, n: Node, person: Row) -> bool:
        """Return whether anybody stands, or may stand, in a relation to a person."""
        key = (n, person)
        if key not in self._related:
            self._related[key] = any(self.value(n, pair) for pair in self.run.members(person))
        return self._related[key]

    def both(self, row: Row, within: Applied, a: Node, to_a: Goal, b: Node, to_b: Goal) -> Ways:
        """Return the ways to the goals of both a and b at once; b is not looked at where a cannot be had."""
        some = self.ways(a, row, to_a, within)
        return both(some, self.ways(b, row, to_b, within)) if some else NONE

    def _innermost(self, n: Node, row: Row, within: Applied) -> Fact:
        """Return the last provision that gives nothing, where no datum of the household could alter it."""
        found = within
        below: list[tuple[Node, Row]] = [(a, row) for a in n.args]
        while below:
            each, at = below.pop(0)
            if each.op is Op.PROVISION:
                value = self.memo.get((each, at))
                if value is False or value == 0:
                    found = Applied(each, at)
                    below = [(a, at) for a in each.args]
            elif each.op in SAME_ROW:
                below = [(a, at) for a in each.args] + below
        value = self.run.value(found.node, found.row)
        return Fact(found, found.node, found.row, "true" if found.node.type.kind is YES_NO else ">", value, False)


def changeable(graph: Graph) -> set[Node]:
    """Return the operations whose value can move when an input does that can really change."""
    if graph.digest not in _CHANGEABLE:
        _CHANGEABLE[graph.digest] = graph.downstream(lambda n: n.op is Op.INPUT and bool(n.attr.changes))
    return _CHANGEABLE[graph.digest]


_CHANGEABLE: dict[str, set[Node]] = {}


def _met(value: Any, goal: Goal) -> bool:
    """Whether a value is as wanted; what is unknown may still turn out well."""
    return value is goal or isinstance(value, Unknown) or (goal is POSITIVE and value.numerator > 0)


@cache
def structural(n: Node) -> bool:
    """Whether an operation rests on who is who and on nothing that is stated of anybody."""
    below = topological([n])
    return any(x.op in WHO for x in below) and not any(x.op in (Op.INPUT, Op.STATE) for x in below)


WHO = frozenset({Op.IS, Op.SAME, Op.BEFORE})


def _easiest(ways: Ways) -> Ways:
    """Keep, of ways that ask the same of the same and differ in the limit only, the one that is nearest."""
    kept: dict[frozenset[tuple[Node, Row, str]], tuple[int, Way]] = {}
    for facts, way in ways.items():
        same = frozenset([(f.what, f.row, f.asked[0]) for f in way])
        if same not in kept or _missing(way) < _missing(kept[same][1]):
            kept[same] = facts, way
    return dict(kept.values())


def _missing(way: Way) -> Fraction | int:
    return sum(f.difference or 0 for f in way)


Step = Callable[[Causes, Node, Row, Goal, Applied], Ways]


def _through(at: Callable[[Row], Row]) -> Step:
    return lambda c, n, row, goal, within: c.ways(n.args[0], at(row), goal, within)


def _all(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    a, b = n.args
    return c.both(row, within, a, goal, b, goal)


def _some(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    a, b = n.args
    return either((c.ways(a, row, goal, within), c.ways(b, row, goal, within)))


def _and(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    a, b = n.args
    if goal is not True:
        return either((c.ways(a, row, goal, within), c.ways(b, row, goal, within)))
    some = c.ways(a, row, goal, within)
    if not some or (n.entity is PAIR and all(any(f.what.op is IS for f in way) for way in some.values())):
        return some  # what somebody who stands in no relation would lack besides is idle
    return both(some, c.ways(b, row, goal, within))


def _or(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    if goal is not True:
        return _all(c, n, row, goal, within)
    equals = _names(n)
    return c.lacking(one_of(c.run, within, equals, row)) if equals else _some(c, n, row, goal, within)


@cache
def _names(n: Node) -> tuple[Node, ...]:
    """Return the parts of `x == "a" or x == "b" …`, in their order; none where it is anything else."""
    if n.op is Op.OR:
        left, right = _names(n.args[0]), _names(n.args[1])
        return (*left, *right) if left and right and left[0].args[0] is right[0].args[0] else ()
    named = n.op is Op.EQ and n.args[0].type.kind is Kind.CATEGORY and n.args[1].op is Op.CONST
    return (n,) if named else ()


def _not(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return c.ways(n.args[0], row, not goal, within)


def _when(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    condition, yes, no = n.args
    entered = [
        c.both(row, within, condition, which, branch, goal)
        for which, branch in ((True, yes), (False, no))
        if not _never(branch, goal)
    ]
    return either(entered)


@cache
def _never(n: Node, goal: Goal) -> bool:
    return (goal is POSITIVE and is_zero(n)) or (n.op is Op.CONST and n.type.kind is Kind.BOOL and n.attr is not goal)


def _comparison(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say of `0 < people.count(…)` which of its people lack what, and of any other comparison its two sides."""
    counted = _counted(n, goal)
    if counted is not None:
        return c.ways(counted, row, POSITIVE, within)
    if structural(n):
        return NONE
    return c.lacking(compared(c.run, within, n, row, goal is True))


@cache
def _counted(n: Node, goal: Goal) -> Node | None:
    """Return x of `0 < x` that should be true or `x == 0` that should not, unless it is a provision."""
    a, b = n.args
    if goal is True:
        counted = b if n.op is Op.LT and is_zero(a) else None
    else:
        counted = a if n.op is Op.EQ and is_zero(b) else None
    return None if counted is None or counted.op is Op.PROVISION else counted


def _datum(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    if goal is POSITIVE:
        return c.lacking(above_zero(c.run, within, n, row))
    return c.lacking(stated(c.run, within, n, row, goal is True))


def _pointer(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say that nobody stands in a relation to a person, where in truth nobody does; who is who does not change."""
    if n.op is IS and (goal is False or c.related(n, row[:1])):
        return NONE
    return c.lacking(stated(c.run, within, n, row, goal is True))


def _gather(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    pointer = c.run.case.relations[row[0]].get(n.attr.key, OUTSIDE)
    if isinstance(pointer, int):
        return c.ways(n.args[0], (pointer,), goal, within)
    return c.ways(n.args[1], row, goal, within) if pointer is None else MET


def _sum(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    each = n.args[0]
    goal = True if each.type.kind is YES_NO else POSITIVE
    return _kin(c, either([c.ways(each, r, goal, within) for r in c.run.members(row)]), row)


def _any(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    each = (c.ways(n.args[0], r, goal, within) for r in c.run.members(row))
    return _kin(c, either(each), row) if goal is True else every(each)


def _kin(c: Causes, ways: Ways, row: Row) -> Ways:
    """Leave out of the members of a group those who stand in no relation to its person, unless nobody does.

    Then it is enough to say so: what somebody who is not there would lack is idle.
    """
    there = {facts: w for facts, w in ways.items() if not any(f.what.op is IS and f.row == row for f in w)}
    if there:
        return there
    only = [next(f for f in way if f.what.op is IS and f.row == row) for way in ways.values()]
    return shortest({c.bit(f): (f,) for f in only})


def _extreme(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    value, where, _ = n.args
    return either([c.both(r, within, where, True, value, goal) for r in c.run.members(row)])


def _difference(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say of `a - b`, which should be above zero, that b should be less than a."""
    a, b = n.args
    value = c.value(a, row)
    if value is not None and not isinstance(value, Unknown) and value <= 0:  # type: ignore[operator]
        return c.ways(a, row, goal, within)
    entity = a.entity if b.entity is Entity.SCALAR else b.entity
    return c.lacking(compared(c.run, within, node(Op.LT, (b, a), t.BOOL, entity), row, True))


def _rounded(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    inner = c.value(n.args[0], row)
    if inner is not None and not isinstance(inner, Unknown) and inner > 0:  # type: ignore[operator]
        return c.lacking(above_zero(c.run, within, n, row))  # less than the smallest amount that is paid
    return c.ways(n.args[0], row, goal, within)


def _nothing(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return NONE


TABLE: dict[Op, Step] = {
    Op.CONST: _nothing,
    Op.PARAM: _nothing,
    Op.INPUT: _datum,
    Op.STATE: _datum,
    Op.MONTH: _nothing,
    Op.ADD: _some,
    Op.SUB: _difference,
    Op.MUL: _all,
    Op.DIV: lambda c, n, row, goal, within: c.ways(n.args[0], row, goal, within),
    Op.MIN: _all,
    Op.MAX: _some,
    Op.ROUND: _rounded,
    Op.POWER: _through(lambda row: row),
    Op.RETIME: _through(lambda row: row),
    Op.FULL_MONTHS: _datum,
    Op.LT: _comparison,
    Op.LE: _comparison,
    Op.EQ: _comparison,
    Op.AND: _and,
    Op.OR: _or,
    Op.NOT: _not,
    Op.WHEN: _when,
    Op.SPREAD: _through(lambda row: ()),
    Op.GATHER: _gather,
    Op.EXISTS: _pointer,
    Op.SELF: _through(lambda row: row[:1]),
    Op.OTHER: _through(lambda row: row[1:]),
    Op.IS: _pointer,
    Op.SAME: _nothing,
    Op.BEFORE: _nothing,
    Op.SUM: _sum,
    Op.ANY: _any,
    Op.LARGEST: _extreme,
    Op.SMALLEST: _extreme,
}
SAME_ROW = frozenset(
    {Op.ADD, Op.MUL, Op.DIV, Op.MIN, Op.MAX, Op.ROUND, Op.RETIME, Op.AND, Op.OR, Op.NOT, Op.WHEN, Op.SUB}
)
