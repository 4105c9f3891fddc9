"""Many "what if the answer were…" at once: the graph in bounds, on columns of suppositions.

Every value is a lower and an upper bound (0 and 1 for no and yes, a category's place, a day's ordinal) and the set of
open questions on which it depends, as bits. Arrays are [suppositions, 1 or members, …]; what no open question touches
has one row. It is float64 and orders questions only: what is certain is decided by `exact`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.execute.ask.reference import FAR, coded
from amparo.execute.cases import OUTSIDE
from amparo.execute.exact import Decision
from amparo.execute.values import Unknown
from amparo.expr import Entity, Node, Op, Relation, Type
from amparo.expr.node import AGGREGATES
from amparo.population.table import NOBODY
from amparo.population.table import OUTSIDE as ELSEWHERE

WORD = 64
DAYS = 365.2425 / 12
NOTHING = np.uint64(0)
RANK = {Entity.SCALAR: 0, Entity.HOUSEHOLD: 0, Entity.PERSON: 1, Entity.PAIR: 2}
Key = tuple[str, int | None]  # an input or relation, and the member it belongs to
Floats = NDArray[np.float64]


class Bounds(NamedTuple):
    """A value in every supposition: between `low` and `high`, depending on the questions whose bits are set."""

    low: Floats
    high: Floats
    open: NDArray[np.uint64] | None  # the same shape and a last axis of words; None where nothing is open


class Suppositions:
    """A household with its open questions, and the answers that are supposed one by one.

    Args:
        decision: what is certain so far; no supposition changes it, so nothing below it is looked at again.
        questions: what is open; the order gives the bits.
        supposed: (position in `questions`, answer as `coded`), one for each row after the first, in which
            nothing is supposed.
    """

    def __init__(self, decision: Decision, questions: Sequence[Key], supposed: Sequence[tuple[int, float]]) -> None:
        self.edition, self.case, self.memo = decision.edition, decision.case, decision.run.memo
        self.bit = {q: i for i, q in enumerate(questions)}
        self.words = -(-len(questions) // WORD)
        self.rows, self.size = len(supposed) + 1, len(self.case.members)
        self.answers: dict[int, list[tuple[int, float]]] = {}
        for row, (which, code) in enumerate(supposed):
            self.answers.setdefault(which, []).append((row + 1, code))

    def remaining(self, targets: Iterable[Node]) -> NDArray[np.int64]:
        """Return for each row how many questions some targets still depend on: [suppositions]."""
        listed = list(targets)
        found: dict[Node, Bounds] = {}
        waiting = list(listed)
        while waiting:
            n = waiting[-1]
            if n not in found:
                certain = self.certain(n)
                below = [] if certain is not None else [a for a in n.args if a not in found]
                if below:
                    waiting += below
                    continue
                found[n] = certain or _certain(TABLE[n.op](self, n, [self.seen(found[a], a, n) for a in n.args]))
            waiting.pop()
        still = np.zeros((self.rows, self.words), dtype=np.uint64)
        for n in listed:
            bits = found[n].open
            if bits is not None:
                still |= np.bitwise_or.reduce(bits, axis=tuple(range(1, bits.ndim - 1)))
        counted: NDArray[np.int64] = np.bitwise_count(still).sum(axis=1, dtype=np.int64)
        return counted

    def certain(self, n: Node) -> Bounds | None:
        """Return what is certain of a value already, for each member; None where something is open."""
        codes = []
        for row in product(range(self.size), repeat=RANK[n.entity]):
            value = self.memo.get((n, row))
            if value is None or isinstance(value, Unknown):
                return None
            codes.append(_code(value, n.type))
        same = np.array(codes).reshape((1,) + (self.size,) * RANK[n.entity] if RANK[n.entity] else 1)
        return Bounds(same, same, None)

    def seen(self, value: Bounds, of: Node, by: Node) -> Bounds:
        """Return a figure of the law as each member sees it; every other value is lifted by the graph itself."""
        more = RANK[by.entity] + (by.op in AGGREGATES)
        if of.entity is not Entity.SCALAR or not more:
            return value
        shape = (1,) * (more + 1)
        return Bounds(value.low.reshape(shape), value.high.reshape(shape), None)

    def column(self, key: Key, stated: float | None, low: float, high: float) -> Bounds:
        """Return one datum of one member or of the household: [1 or suppositions]."""
        bit = self.bit.get(key)
        if stated is not None or bit is None:  # not asked and not stated: nobody can say
            return constant(low if stated is None else stated, high if stated is None else stated)
        lows, highs = np.full(self.rows, low), np.full(self.rows, high)
        bits = np.zeros((self.rows, self.words), dtype=np.uint64)
        bits[:, bit // WORD] = np.uint64(1) << np.uint64(bit % WORD)
        for row, code in self.answers.get(bit, ()):
            lows[row] = highs[row] = code
            bits[row] = 0
        return Bounds(lows, highs, bits)

    def beside(self, columns: Sequence[Bounds]) -> Bounds:
        """Return the members' columns side by side: [1 or suppositions, members]."""
        lows = np.stack(np.broadcast_arrays(*(c.low for c in columns)), axis=1)
        highs = np.stack(np.broadcast_arrays(*(c.high for c in columns)), axis=1)
        if all(c.open is None for c in columns):
            return Bounds(lows, highs, None)
        bits = np.zeros((self.rows, self.size, self.words), dtype=np.uint64)
        for i, c in enumerate(columns):
            if c.open is not None:
                bits[:, i] = c.open
        return Bounds(lows, highs, bits)

    def pointers(self, relation: Relation[Any]) -> Bounds:
        """Return whom each member's relation names; bounds that differ where that is open."""
        columns = []
        for i, stated in enumerate(self.case.relations):
            code: float | None = None
            if relation.key in stated:
                to = stated[relation.key]
                code = float(NOBODY) if to is None else float(ELSEWHERE) if to == OUTSIDE else float(to)
            columns.append(self.column((relation.key, i), code, float(ELSEWHERE), float(self.size - 1)))
        return self.beside(columns)


def constant(low: float, high: float | None = None) -> Bounds:
    """Return a value that is the same in every supposition."""
    return Bounds(np.array([low]), np.array([low if high is None else high]), None)


def _certain(value: Bounds) -> Bounds:
    """Forget the questions behind what is certain."""
    if value.open is None:
        return value
    settled = value.low == value.high
    if settled.all():
        return Bounds(value.low, value.high, None)
    if not settled.any():
        return value
    return Bounds(value.low, value.high, np.where(settled[..., None], NOTHING, value.open))


def _joined(*values: Bounds) -> NDArray[np.uint64] | None:
    return _united(*(v.open for v in values))


def _united(*several: NDArray[np.uint64] | None) -> NDArray[np.uint64] | None:
    found: NDArray[np.uint64] | None = None
    for each in several:
        if each is not None:
            found = each if found is None else found | each
    return found


def _chosen(where: NDArray[np.bool_], value: NDArray[np.uint64] | None) -> NDArray[np.uint64] | None:
    return None if value is None else np.where(where[..., None], value, NOTHING)


Meaning = Callable[[Suppositions, Node, list[Bounds]], Bounds]


def _of(low: Callable[[Bounds, Bounds], Floats], high: Callable[[Bounds, Bounds], Floats]) -> Meaning:
    return lambda s, n, args: Bounds(low(*args), high(*args), _joined(*args))


def _input(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    declared, kind = n.attr, n.attr.type
    low = -FAR if kind.numeric else 0.0
    high = FAR if kind.numeric or kind.kind.name == "DATE" else float(max(len(kind.categories) - 1, 1))
    low, high = (x if end is None else float(end) for x, end in ((low, declared.low), (high, declared.high)))

    def column(values: Mapping[str, Any], member: int | None) -> Bounds:
        stated = coded(values[declared.key], declared) if declared.key in values else None
        return s.column((declared.key, member), stated, low, high)

    if n.entity is Entity.PERSON:
        return s.beside([column(values, i) for i, values in enumerate(s.case.members)])
    return column(s.case.household, None)


def _constant(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    return constant(_code(n.attr, n.type))


def _code(value: Any, type_: Type) -> float:
    """Return a known value as one number."""
    if isinstance(value, str):
        return float(type_.categories.index(value))
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def _state(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    states, key = s.case.states, n.attr.key
    if n.entity is Entity.PERSON:
        return s.beside([constant(float(states.get((key, i), n.attr.initial))) for i in range(s.size)])
    return constant(float(states.get((key, None), n.attr.initial)))


def _times(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    a, b = args
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Bounds(np.minimum.reduce(ends), np.maximum.reduce(ends), _joined(a, b))


def _divided(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    a, b = args
    safe = b.low > 0
    inverse = Bounds(1 / np.where(safe, b.high, 1), 1 / np.where(safe, b.low, 1), b.open)
    made = _times(s, n, [a, inverse])
    return Bounds(np.where(safe, made.low, -FAR), np.where(safe, made.high, FAR), made.open)


def _rounded(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    to = float(n.attr.to)
    by = {"down": np.floor, "up": np.ceil}.get(n.attr.mode, np.round)
    return Bounds(by(args[0].low / to) * to, by(args[0].high / to) * to, args[0].open)


def _power(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    low, high = (np.maximum(x, 0) ** float(n.attr) for x in (args[0].low, args[0].high))
    return Bounds(low, high, args[0].open)


def _months(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    first, later = args
    ends = (later.low - first.high) / DAYS, (later.high - first.low) / DAYS
    return Bounds(np.floor(ends[0]), np.floor(ends[1]), _joined(first, later))


def _equal(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    a, b = args
    apart = (a.high < b.low) | (b.high < a.low)
    one = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
    return Bounds(np.where(one, 1.0, 0.0), np.where(apart, 0.0, 1.0), _joined(a, b))


def _when(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    condition, yes, no = args
    may, must = condition.high == 1, condition.low == 1
    low = np.where(must, yes.low, np.where(may, np.minimum(yes.low, no.low), no.low))
    high = np.where(must, yes.high, np.where(may, np.maximum(yes.high, no.high), no.high))
    return Bounds(low, high, _united(_chosen(may, yes.open), _chosen(~must, no.open), condition.open))


def _gather(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    value, nobody = args
    to = s.pointers(n.attr)
    known = to.low == to.high
    inside, none = known & (to.low >= 0), known & (to.low == NOBODY)
    rows = max(len(value.low), len(to.low))
    at = np.broadcast_to(np.where(inside, to.low, 0).astype(np.intp), (rows, s.size))
    low, high = (np.take_along_axis(np.broadcast_to(x, (rows, s.size)), at, axis=1) for x in (value.low, value.high))
    bits = to.open
    if value.open is not None:
        through = np.broadcast_to(value.open, (s.rows, s.size, s.words))
        taken = np.take_along_axis(through, np.broadcast_to(at, (s.rows, s.size))[..., None], axis=1)
        kept = np.where(inside[..., None], taken, np.uint64(0))
        bits = kept if bits is None else bits | kept
    ends = (-FAR, FAR) if n.type.numeric else (0.0, 1.0)
    low, high = (
        np.where(inside, x, np.where(none, y, end))
        for x, y, end in ((low, nobody.low, ends[0]), (high, nobody.high, ends[1]))
    )
    return Bounds(low, high, bits)


def _exists(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    to = s.pointers(n.attr)
    known = to.low == to.high
    some = (to.low != NOBODY).astype(float)
    return Bounds(np.where(known, some, 0.0), np.where(known, some, 1.0), to.open)


def _is(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    to = s.pointers(n.attr.relation)
    known, other = (to.low == to.high)[:, :, None], np.arange(s.size)
    same = (to.low[:, :, None] == other).astype(float)
    low, high = np.where(known, same, 0.0), np.where(known, same, 1.0)
    bits = None if to.open is None else np.broadcast_to(to.open[:, :, None, :], (*low.shape, s.words))
    if n.attr.forward:
        return Bounds(low, high, bits)
    return Bounds(low.swapaxes(1, 2), high.swapaxes(1, 2), None if bits is None else bits.swapaxes(1, 2))


def _spread(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
    return _axis(args[0], 1)


def _axis(value: Bounds, at: int) -> Bounds:
    bits = value.open
    return Bounds(
        np.expand_dims(value.low, at),
        np.expand_dims(value.high, at),
        None if bits is None else np.expand_dims(bits, at),
    )


def _over_members(s: Suppositions, value: Bounds) -> Bounds:
    """Return a value with one entry for each member on its last axis."""
    if value.low.shape[-1] == s.size and value.high.shape[-1] == s.size:
        return value
    shape = (*value.low.shape[:-1], s.size)
    bits = value.open
    return Bounds(
        np.broadcast_to(value.low, shape),
        np.broadcast_to(value.high, shape),
        None if bits is None else np.broadcast_to(bits, (*bits.shape[:-2], s.size, bits.shape[-1])),
    )


def _aggregate(how: np.ufunc) -> Meaning:
    def over(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
        value = _over_members(s, args[0])
        bits = None if value.open is None else np.bitwise_or.reduce(value.open, axis=-2)
        return Bounds(how.reduce(value.low, axis=-1), how.reduce(value.high, axis=-1), bits)

    return over


def _extreme(sign: int) -> Meaning:
    """Return the largest (sign 1) or smallest (−1) of those inside; who may be inside widens the bounds."""

    def over(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
        value, inside = (_over_members(s, a) for a in args[:2])
        nobody = args[2].low[..., 0] * sign
        low, high = (value.low, value.high) if sign > 0 else (-value.high, -value.low)
        may, must = inside.high == 1, inside.low == 1
        top = np.where(may, high, -np.inf).max(axis=-1)
        sure = np.where(must, low, -np.inf).max(axis=-1)
        least = np.where(may, low, np.inf).min(axis=-1)
        some, anyone = must.any(axis=-1), may.any(axis=-1)
        top = np.where(some, top, np.maximum(top, nobody))
        sure = np.where(some, sure, np.where(anyone, np.minimum(least, nobody), nobody))
        parts = [b for b in (_chosen(may, value.open), inside.open) if b is not None]
        bits = np.bitwise_or.reduce(np.bitwise_or.reduce(np.broadcast_arrays(*parts)), axis=-2) if parts else None
        return Bounds(sure, top, bits) if sign > 0 else Bounds(-top, -sure, bits)

    return over


def _fixed(matrix: Callable[[int], Floats]) -> Meaning:
    def pairs(s: Suppositions, n: Node, args: list[Bounds]) -> Bounds:
        return Bounds(matrix(s.size)[None], matrix(s.size)[None], None)

    return pairs


_minimum = _of(lambda a, b: np.minimum(a.low, b.low), lambda a, b: np.minimum(a.high, b.high))
_maximum = _of(lambda a, b: np.maximum(a.low, b.low), lambda a, b: np.maximum(a.high, b.high))
TABLE: dict[Op, Meaning] = {
    Op.CONST: _constant,
    Op.PARAM: lambda s, n, args: constant(float(s.edition.figure(n.attr))),
    Op.INPUT: _input,
    Op.STATE: _state,
    Op.MONTH: lambda s, n, args: constant(float(s.edition.month.toordinal())),
    Op.ADD: _of(lambda a, b: a.low + b.low, lambda a, b: a.high + b.high),
    Op.SUB: _of(lambda a, b: a.low - b.high, lambda a, b: a.high - b.low),
    Op.MUL: _times,
    Op.DIV: _divided,
    Op.MIN: _minimum,
    Op.MAX: _maximum,
    Op.ROUND: _rounded,
    Op.POWER: _power,
    Op.RETIME: lambda s, n, args: args[0],
    Op.FULL_MONTHS: _months,
    Op.LT: _of(lambda a, b: (a.high < b.low).astype(float), lambda a, b: (a.low < b.high).astype(float)),
    Op.LE: _of(lambda a, b: (a.high <= b.low).astype(float), lambda a, b: (a.low <= b.high).astype(float)),
    Op.EQ: _equal,
    Op.AND: _minimum,
    Op.OR: _maximum,
    Op.NOT: lambda s, n, args: Bounds(1 - args[0].high, 1 - args[0].low, args[0].open),
    Op.WHEN: _when,
    Op.SPREAD: _spread,
    Op.GATHER: _gather,
    Op.EXISTS: _exists,
    Op.SELF: lambda s, n, args: _axis(args[0], 2),
    Op.OTHER: lambda s, n, args: _axis(args[0], 1),
    Op.IS: _is,
    Op.SAME: _fixed(np.eye),
    Op.BEFORE: _fixed(lambda size: np.tril(np.ones((size, size)), -1)),
    Op.SUM: _aggregate(np.add),
    Op.ANY: _aggregate(np.maximum),
    Op.LARGEST: _extreme(1),
    Op.SMALLEST: _extreme(-1),
    Op.PROVISION: lambda s, n, args: args[0],
}
