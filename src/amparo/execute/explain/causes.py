"""Why an amount is zero: the ways in which the law could have given one, and what each of them still lacks.

The graph is walked down from the amount with the values of the run. A conjunction lacks what each of its false parts
lacks; an alternative can be met in as many ways as it has branches; a comparison or a yes/no datum is where the walk
ends. A *way* is a set of facts that, all put right, would make the amount positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from typing import Any

from amparo.errors import AmparoError
from amparo.execute.cases import OUTSIDE
from amparo.execute.depth import allow_depth
from amparo.execute.exact import Row, Run
from amparo.execute.explain.facts import Applied, Fact, above_zero, compared, is_zero, one_of, stated
from amparo.execute.values import Unknown, Value
from amparo.expr import Entity, Graph, Kind, Node, Op
from amparo.expr import types as t
from amparo.expr.node import node, topological

Way = tuple[Fact, ...]
Ways = list[Way]
MET: Ways = [()]  # nothing is lacking
NONE: Ways = []  # nothing that a household is could do it
CALLS = 6  # of Python, for one operation
MOST = 8  # ways kept at each step: the shortest

Identity = tuple[Node, Row, str, Node | None]

POSITIVE = "positive"
Goal = bool | str


class Causes:
    """The ways to a goal, each operation looked at once for each row and goal."""

    def __init__(self, run: Run) -> None:
        self.run = run
        allow_depth(run.edition.graph, CALLS)
        self.reached = {n for n, _ in run.applied}  # what was applied to decide, before any walk
        self.done: dict[tuple[Node, Row, Goal], Ways] = {}

    def of_zero(self, amount: Node, row: Row) -> Ways:
        """Return the ways in which an amount could have been above zero, the one that lacks least first.

        Facts without which no way exists stand alone; a way whose facts include another's is left out.
        """
        top = Applied(amount, row)
        ways = self.ways(amount, row, POSITIVE, top)
        if not ways or ways == MET:
            return [(self._innermost(amount, row, top),)]
        if len(ways) == 1:
            return [tuple(sorted(ways[0], key=self._unreached))]
        told = [w for w in ways if not any(f.what.op is Op.IS for f in w)] or ways
        ordered = [tuple(sorted(w, key=self._unreached)) for w in sorted(_easiest(told), key=self._rank)]
        shared = set.intersection(*({f.identity for f in w} for w in ordered))
        common = tuple(f for f in ordered[0] if f.identity in shared)
        return [common] if common and not self._unreached(common[0]) else self._plain(ordered)

    def ways(self, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
        """Return what is lacking for a value to be true, false or positive."""
        key = (n, row, goal)
        found = self.done.get(key)
        if found is None:
            value = self.run.memo.get((n, row))
            if value is None:
                value = self.value(n, row)
            if value is None:
                found = NONE
            elif _met(value, goal):
                found = MET
            else:
                found = TABLE[n.op](self, n, row, goal, within)
            self.done[key] = found
        return found

    def _rank(self, way: Way) -> tuple[bool, bool, int]:
        """Put first what the decision turned on, then what can really change and lacks least; then as the law does."""
        movable = changeable(self.run.edition.graph)
        fixed = any(f.what not in movable for f in way)
        return all(map(self._unreached, way)), fixed, 0 if fixed else len(way)

    def _plain(self, ways: Ways) -> Ways:
        """Say of each of several ways only what cannot change, where something of it cannot: the rest is idle."""
        movable = changeable(self.run.edition.graph)
        fixed = [tuple(f for f in w if f.what not in movable) or w for w in ways]
        return _shortest({frozenset(f.identity for f in w): w for w in fixed})

    def _unreached(self, fact: Fact) -> bool:
        """Whether the decision was made before the provision that reads a fact was looked at."""
        return fact.within.node not in self.reached

    def value(self, n: Node, row: Row) -> Value | None:
        """Return a value, or nothing where the law cannot say it: a branch that the case never entered."""
        try:
            return self.run.value(n, row)
        except AmparoError:
            return None

    def each(self, n: Node, row: Row, goal: Goal, within: Applied) -> Iterable[Ways]:
        """Return the ways of every member of an aggregate."""
        return (self.ways(n, r, goal, within) for r in self.run.members(row))

    def _innermost(self, n: Node, row: Row, within: Applied) -> Fact:
        """Return the last provision that gives nothing, where no datum of the household could alter it."""
        found = within
        below: list[tuple[Node, Row]] = [(a, row) for a in n.args]
        while below:
            each, at = below.pop(0)
            if each.op is Op.PROVISION:
                value = self.run.memo.get((each, at))
                if value is False or value == 0:
                    found = Applied(each, at)
                    below = [(a, at) for a in each.args]
            elif each.op in SAME_ROW:
                below = [(a, at) for a in each.args] + below
        value = self.run.value(found.node, found.row)
        return Fact(found, found.node, found.row, "true" if found.node.type.kind is Kind.BOOL else ">", value, False)


def changeable(graph: Graph) -> set[Node]:
    """Return the operations whose value can move when an input does that can really change."""
    if graph.digest not in _CHANGEABLE:
        _CHANGEABLE[graph.digest] = graph.downstream(lambda n: n.op is Op.INPUT and bool(n.attr.changes))
    return _CHANGEABLE[graph.digest]


_CHANGEABLE: dict[str, set[Node]] = {}


def _met(value: Any, goal: Goal) -> bool:
    """Whether a value is as wanted; what is unknown may still turn out well."""
    if isinstance(value, Unknown):
        return True
    return value.numerator > 0 if goal is POSITIVE else value is goal


@cache
def structural(n: Node) -> bool:
    """Whether an operation rests on who is who and on nothing that is stated of anybody."""
    below = topological([n])
    return any(x.op in WHO for x in below) and not any(x.op in (Op.INPUT, Op.STATE) for x in below)


WHO = frozenset({Op.IS, Op.SAME, Op.BEFORE})


def _easiest(ways: Ways) -> Ways:
    """Keep, of ways that ask the same of the same and differ in the limit only, the one that is nearest."""
    kept: dict[frozenset[tuple[Node, Row, str]], Way] = {}
    for way in ways:
        same = frozenset((f.what, f.row, f.asked[0]) for f in way)
        if same not in kept or _missing(way) < _missing(kept[same]):
            kept[same] = way
    return list(kept.values())


def _missing(way: Way) -> Fraction:
    return sum((f.difference or Fraction(0) for f in way), Fraction(0))


def joined(parts: Iterable[Ways]) -> Ways:
    """Return the ways that lack all parts at once."""
    found = MET
    for part in parts:
        if not part:
            return NONE
        if part is MET or part == MET:
            continue
        if found is MET:
            found = part
            continue
        made = {}
        for one in found:
            for other in part:
                facts = {f.identity: f for f in (*one, *other)}
                made[frozenset(facts)] = tuple(facts.values())
        found = _shortest(made)
    return found


def either(parts: Iterable[Ways]) -> Ways:
    """Return the ways of any of the parts."""
    several = [part for part in parts if part]
    if len(several) < 2:
        return several[0] if several else NONE
    return _shortest({frozenset(f.identity for f in way): way for part in several for way in part})


def _shortest(made: dict[frozenset[Identity], Way]) -> Ways:
    """Return the shortest ways, in their order; a way that lacks all that another lacks and more is left out."""
    if len(made) < 2:
        return list(made.values())
    kept: dict[frozenset[Identity], Way] = {}
    for facts in sorted(made, key=len):
        if not any(k <= facts for k in kept):
            kept[facts] = made[facts]
        if len(kept) == MOST:
            break
    return [way for facts, way in made.items() if facts in kept]


Step = Callable[[Causes, Node, Row, Goal, Applied], Ways]


def _inside(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return c.ways(n.args[0], row, goal, Applied(n, row))


def _through(at: Callable[[Row], Row]) -> Step:
    return lambda c, n, row, goal, within: c.ways(n.args[0], at(row), goal, within)


def _all(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return joined(c.ways(a, row, goal, within) for a in n.args)


def _some(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return either(c.ways(a, row, goal, within) for a in n.args)


def _and(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    if goal is True and n.entity is Entity.PAIR:
        first = c.ways(n.args[0], row, goal, within)
        if first and all(any(f.what.op is Op.IS for f in way) for way in first):
            return first  # what somebody who stands in no relation would lack besides is idle
    return (_all if goal is True else _some)(c, n, row, goal, within)


def _or(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    if goal is not True:
        return _all(c, n, row, goal, within)
    equals = _names(n)
    return [(one_of(c.run, within, equals, row),)] if equals else _some(c, n, row, goal, within)


def _names(n: Node) -> list[Node]:
    """Return the parts of `x == "a" or x == "b" …`, in their order; none where it is anything else."""
    if n.op is Op.OR:
        left, right = _names(n.args[0]), _names(n.args[1])
        return [*left, *right] if left and right and left[0].args[0] is right[0].args[0] else []
    named = n.op is Op.EQ and n.args[0].type.kind is Kind.CATEGORY and n.args[1].op is Op.CONST
    return [n] if named else []


def _not(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    return c.ways(n.args[0], row, not goal, within)


def _when(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    condition, yes, no = n.args
    branches = ((True, yes), (False, no))
    return either(
        joined(c.ways(part, row, to, within) for part, to in ((condition, which), (branch, goal)))
        for which, branch in branches
        if not _never(branch, goal)
    )


def _never(n: Node, goal: Goal) -> bool:
    return (goal is POSITIVE and is_zero(n)) or (n.op is Op.CONST and n.type.kind is Kind.BOOL and n.attr is not goal)


def _comparison(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say of `0 < people.count(…)` which of its people lack what, and of any other comparison its two sides."""
    a, b = n.args
    counted = b if n.op is Op.LT and is_zero(a) and goal is True else a if n.op is Op.EQ and is_zero(b) else None
    if counted is not None and (goal is True) is (n.op is Op.LT) and counted.op is not Op.PROVISION:
        return c.ways(counted, row, POSITIVE, within)
    if structural(n):
        return NONE
    return [(compared(c.run, within, n, row, goal is True),)]


def _datum(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    if goal is POSITIVE:
        return [(above_zero(c.run, within, n, row),)]
    return [(stated(c.run, within, n, row, goal is True),)]


def _pointer(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say that nobody stands in a relation to a person, where in truth nobody does; who is who does not change."""
    if n.op is Op.IS and (goal is False or any(c.value(n, (row[0], j)) for j in range(len(c.run.case.members)))):
        return NONE
    return [(stated(c.run, within, n, row, goal is True),)]


def _gather(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    pointer = c.run.case.relations[row[0]].get(n.attr.key, OUTSIDE)
    if isinstance(pointer, int):
        return c.ways(n.args[0], (pointer,), goal, within)
    return c.ways(n.args[1], row, goal, within) if pointer is None else MET


def _sum(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    each = n.args[0]
    return _kin(either(c.each(each, row, True if each.type.kind is Kind.BOOL else POSITIVE, within)), row)


def _any(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    found = c.each(n.args[0], row, goal, within)
    return _kin(either(found), row) if goal is True else joined(found)


def _kin(ways: Ways, row: Row) -> Ways:
    """Leave out of the members of a group those who stand in no relation to its person, unless nobody does.

    Then it is enough to say so: what somebody who is not there would lack is idle.
    """
    there = [way for way in ways if not any(f.what.op is Op.IS and f.row == row for f in way)]
    if there:
        return there
    only = [next(f for f in way if f.what.op is Op.IS and f.row == row) for way in ways]
    return _shortest({frozenset([f.identity]): (f,) for f in only})


def _extreme(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    value, where, _ = n.args
    return either(
        joined(c.ways(part, r, to, within) for part, to in ((where, True), (value, goal))) for r in c.run.members(row)
    )


def _difference(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    """Say of `a - b`, which should be above zero, that b should be less than a."""
    a, b = n.args
    value = c.value(a, row)
    if value is not None and not isinstance(value, Unknown) and value <= 0:  # type: ignore[operator]
        return c.ways(a, row, goal, within)
    entity = a.entity if b.entity is Entity.SCALAR else b.entity
    return [(compared(c.run, within, node(Op.LT, (b, a), t.BOOL, entity), row, True),)]


def _rounded(c: Causes, n: Node, row: Row, goal: Goal, within: Applied) -> Ways:
    inner = c.value(n.args[0], row)
    if inner is not None and not isinstance(inner, Unknown) and inner > 0:  # type: ignore[operator]
        return [(above_zero(c.run, within, n, row),)]  # less than the smallest amount that is paid
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
    Op.PROVISION: _inside,
}
SAME_ROW = frozenset(
    {Op.ADD, Op.MUL, Op.DIV, Op.MIN, Op.MAX, Op.ROUND, Op.RETIME, Op.AND, Op.OR, Op.NOT, Op.WHEN, Op.SUB}
)
