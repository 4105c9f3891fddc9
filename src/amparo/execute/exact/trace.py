"""Why a decision is what it is: each provision as it was applied, with the values it read and the comparisons it made.

Nothing of this is noted while deciding. A provision's account is read off the values of a run, by following what its
operations looked at: one branch of a choice, the members who are inside a group, an *and* up to its first no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from amparo.execute.exact.evaluation import Row, Run, pointer_of
from amparo.execute.values import Unknown, Value
from amparo.expr import Node, Op, Parameter
from amparo.expr.parameters import Value as Dated

Place = tuple[Node, Row]
SIGNS = {Op.LT: "<", Op.LE: "≤", Op.EQ: "="}
PARAM = Op.PARAM
VALUES = frozenset({Op.INPUT, Op.STATE, Op.PROVISION, Op.PARAM})
POINTING = frozenset({Op.GATHER, Op.EXISTS, Op.IS})


class Reading(NamedTuple):
    """One value that a provision read.

    Attributes:
        declared: the Input, Relation, Parameter, State or, for another provision, its text (or Exclusion).
        member: of whom; None for the household and for figures of the law.
        value: what was read; of a relation the other member's id, "outside", or None for nobody.
        dated: of a figure: its date, source and confidence; None where a reform sets it.
    """

    declared: Any
    member: str | None
    value: Value | None
    dated: Dated | None = None

    @property
    def key(self) -> str:
        """The stable name of what was read."""
        return str(self.declared.key)


class Comparison(NamedTuple):
    """A comparison that decided a condition of a provision: both sides, and by how much they differ.

    Attributes:
        node: the operation: LT, LE or EQ; its arguments are the two sides.
        member: the member of whom it was asked; None for the household.
        holds: whether it is so.
    """

    node: Node
    member: str | None
    left: Value
    right: Value
    holds: bool

    @property
    def sign(self) -> str:
        """The comparison as written: <, ≤ or =."""
        return SIGNS[self.node.op]

    @property
    def difference(self) -> Fraction | None:
        """Left less right, in their own unit (days between dates); None where that has no meaning or no certainty."""
        if isinstance(self.left, date) and isinstance(self.right, date):
            return Fraction((self.left - self.right).days)
        if any(isinstance(v, (bool, str, date, Unknown)) for v in (self.left, self.right)):
            return None
        return Fraction(self.left) - Fraction(self.right)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Step:
    """One provision as it was applied to one household or member.

    Attributes:
        figures: gives the parameters that the provision read; see `parameters`.
    """

    key: str
    source: str
    meaning: str
    member: str | None
    value: Value
    figures: Callable[[], tuple[Parameter, ...]] = field(repr=False, compare=False)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The figures of the law that the provision read."""
        return self.figures()


@dataclass(frozen=True, eq=False)
class Entry:
    """One provision's full account: what it gave, from which values, decided by which comparisons.

    What it read and compared is looked up when somebody asks.
    """

    run: Run = field(repr=False)
    node: Node
    row: Row

    @cached_property
    def step(self) -> Step:
        """The provision, of whom it was asked and what it gave."""
        text, who = self.node.attr, _who(self.run, self.row)
        return Step(text.key, str(text.source), text.meaning, who, self.value, lambda: self.figures)

    @property
    def value(self) -> Value:
        """What the provision gave."""
        return self.run.value(self.node, self.row)

    @property
    def read(self) -> tuple[Reading, ...]:
        """The values that it read, other provisions' among them, in the order of its text."""
        return self._found[0]

    @property
    def compared(self) -> tuple[Comparison, ...]:
        """The comparisons that decided its conditions, in the order of its text; not those of other provisions."""
        return self._found[1]

    @cached_property
    def figures(self) -> tuple[Parameter, ...]:
        """The figures of the law among what it read."""
        return tuple(dict.fromkeys(r.declared for r in self.read if isinstance(r.declared, Parameter)))

    @cached_property
    def _found(self) -> tuple[tuple[Reading, ...], tuple[Comparison, ...]]:
        return _looked_up(self.run, self.node.args[0], self.row)


def account(run: Run) -> tuple[Entry, ...]:
    """Return the account of every provision that a run applied, in the order in which their values were found."""
    return tuple(Entry(run, n, row) for n, row in run.applied)


def _who(run: Run, row: Row) -> str | None:
    return run.case.ids[row[-1]] if row else None


def _looked_up(run: Run, n: Node, row: Row) -> tuple[tuple[Reading, ...], tuple[Comparison, ...]]:
    """Return what a provision read and compared, by following its operations down to inputs and other provisions."""
    read, compared = [], []
    seen: set[Place] = set()
    waiting = [(n, row)]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        at, where = place
        op = at.op
        if op in VALUES:
            dated = run.edition.dated(at.attr) if op is PARAM else None
            read.append(Reading(at.attr, _who(run, where) if op is not PARAM else None, run.value(at, where), dated))
            continue
        if op in SIGNS:
            holds = run.value(at, where)
            if isinstance(holds, bool):
                left, right = at.args
                pair = run.value(left, where), run.value(right, where)
                compared.append(Comparison(at, _who(run, where), *pair, holds))
        elif op in POINTING:
            read.append(_relation(run, at, where))
        looked = LOOKED_AT.get(op)
        if looked is not None:
            waiting += reversed(list(looked(run, at, where)))
        else:
            waiting += [(a, where) for a in reversed(at.args)]
    return tuple(read), tuple(compared)


def _relation(run: Run, n: Node, row: Row) -> Reading:
    relation, one = n.attr, row[0]
    if n.op is Op.IS:
        relation, one = n.attr.relation, row[0] if n.attr.forward else row[1]
    to = pointer_of(run, relation.key, one)
    return Reading(relation, run.case.ids[one], run.case.ids[to] if isinstance(to, int) else to)


def _all(run: Run, n: Node, row: Row) -> Iterator[Place]:
    for each in n.args:
        yield each, row


def _until(stop: bool) -> Callable[[Run, Node, Row], Iterator[Place]]:
    """Return the side that decides an *and* (stop=False) or *or*, both where neither does."""

    def sides(run: Run, n: Node, row: Row) -> Iterator[Place]:
        for each in n.args:
            if run.value(each, row) is stop:
                yield each, row
                return
        yield from _all(run, n, row)

    return sides


def _chosen(run: Run, n: Node, row: Row) -> Iterator[Place]:
    condition, yes, no = n.args
    yield condition, row
    holds = run.value(condition, row)
    if holds is not False:
        yield yes, row
    if holds is not True:
        yield no, row


def _related(run: Run, n: Node, row: Row) -> Iterator[Place]:
    to = pointer_of(run, n.attr.key, row[0])
    if isinstance(to, int):
        yield n.args[0], (to,)
    elif to is None:
        yield n.args[1], row


def _each(run: Run, n: Node, row: Row) -> Iterator[Place]:
    for member in run.members(row):
        yield n.args[0], member


def _anyone(run: Run, n: Node, row: Row) -> Iterator[Place]:
    for member in run.members(row):
        if run.value(n.args[0], member) is True:
            yield n.args[0], member
            return
    yield from _each(run, n, row)


def _inside(run: Run, n: Node, row: Row) -> Iterator[Place]:
    value, where, nobody = n.args
    certain = False
    for member in run.members(row):
        yield where, member
        inside = run.value(where, member)
        if inside is not False:
            yield value, member
        certain |= inside is True
    if not certain:
        yield nobody, row


LOOKED_AT: dict[Op, Callable[[Run, Node, Row], Iterator[Place]]] = {
    Op.AND: _until(stop=False),
    Op.OR: _until(stop=True),
    Op.WHEN: _chosen,
    Op.SPREAD: lambda run, n, row: iter([(n.args[0], ())]),
    Op.SELF: lambda run, n, row: iter([(n.args[0], row[:1])]),
    Op.OTHER: lambda run, n, row: iter([(n.args[0], row[1:])]),
    Op.GATHER: _related,
    Op.SUM: _each,
    Op.ANY: _anyone,
    Op.LARGEST: _inside,
    Op.SMALLEST: _inside,
}
