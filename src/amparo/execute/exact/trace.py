"""Why a decision is what it is: each provision as it was applied, with the values it read and the comparisons it made.

Nothing of this is noted while deciding. A provision's account is read off the values of a run, by following what its
operations looked at: one branch of a choice, the members who are inside a group, an *and* up to its first no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from amparo.execute.exact.evaluation import Row, Run, pointer_of
from amparo.execute.values import Unknown, Value
from amparo.expr import Node, Op, Parameter
from amparo.expr.parameters import Value as Dated

Place = tuple[Node, Row]


@dataclass(frozen=True)
class Step:
    """One provision as it was applied to one household or member."""

    key: str
    source: str
    meaning: str
    member: str | None
    value: Value
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Reading:
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


@dataclass(frozen=True)
class Comparison:
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
        return {Op.LT: "<", Op.LE: "≤", Op.EQ: "="}[self.node.op]

    @property
    def difference(self) -> Fraction | None:
        """Left less right, in their own unit (days between dates); None where that has no meaning or no certainty."""
        if isinstance(self.left, date) and isinstance(self.right, date):
            return Fraction((self.left - self.right).days)
        if any(isinstance(v, (bool, str, date, Unknown)) for v in (self.left, self.right)):
            return None
        return Fraction(self.left) - Fraction(self.right)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Entry:
    """One provision's full account: what it gave, from which values, decided by which comparisons."""

    step: Step
    read: tuple[Reading, ...]
    compared: tuple[Comparison, ...]


def account(run: Run) -> tuple[Entry, ...]:
    """Return the account of every provision that a run applied, in the order in which their values were found."""
    return tuple(_entry(run, n, row) for n, row in run.applied)


def _entry(run: Run, n: Node, row: Row) -> Entry:
    read = tuple(_readings(run, n, row))
    figures = tuple(dict.fromkeys(r.declared for r in read if isinstance(r.declared, Parameter)))
    step = Step(n.attr.key, str(n.attr.source), n.attr.meaning, _who(run, row), run.value(n, row), figures)
    return Entry(step, read, tuple(_comparisons(run, n.args[0], row)))


def _who(run: Run, row: Row) -> str | None:
    return run.case.ids[row[-1]] if row else None


def _readings(run: Run, n: Node, row: Row) -> Iterator[Reading]:
    """Yield what a provision read, other provisions included, in the order of its text."""
    seen: set[Place] = set()
    waiting = [(n.args[0], row)]
    while waiting:
        at, where = waiting.pop()
        if (at, where) in seen:
            continue
        seen.add((at, where))
        if at.op in (Op.GATHER, Op.EXISTS, Op.IS):
            yield _relation(run, at, where)
        if at.op in (Op.INPUT, Op.STATE, Op.PROVISION):
            yield Reading(at.attr, _who(run, where), run.value(at, where))
        elif at.op is Op.PARAM:
            yield Reading(at.attr, None, run.value(at, where), run.edition.dated(at.attr))
        else:
            waiting += reversed(list(looked_at(run, at, where)))


def _relation(run: Run, n: Node, row: Row) -> Reading:
    relation, one = n.attr, row[0]
    if n.op is Op.IS:
        relation, one = n.attr.relation, row[0] if n.attr.forward else row[1]
    to = pointer_of(run, relation.key, one)
    return Reading(relation, run.case.ids[one], run.case.ids[to] if isinstance(to, int) else to)


def looked_at(run: Run, n: Node, row: Row) -> Iterator[Place]:
    """Yield the arguments on which the value of an operation rests, and for whom each was asked."""
    return LOOKED_AT.get(n.op, _all)(run, n, row)


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


def _comparisons(run: Run, n: Node, row: Row) -> Iterator[Comparison]:
    """Yield the comparisons that decided a provision's conditions, in the order of its text; not those of others."""
    seen: set[Place] = set()
    waiting = [(n, row)]
    while waiting:
        at, where = waiting.pop()
        if (at, where) in seen or at.op is Op.PROVISION:
            continue
        seen.add((at, where))
        if at.op in (Op.LT, Op.LE, Op.EQ):
            left, right = (run.value(x, where) for x in at.args)
            holds = run.value(at, where)
            if isinstance(holds, bool):
                yield Comparison(at, _who(run, where), left, right, holds)
        waiting += reversed(list(looked_at(run, at, where)))
