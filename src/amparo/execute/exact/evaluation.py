"""What each operation means for one household: exact arithmetic, bounds where something is unknown.

Numbers are ints as long as they are whole, as almost all are: a Fraction costs some twenty times as much. What leaves
as an output is a Fraction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, cast

from amparo.errors import ExecutionError
from amparo.execute.cases import OUTSIDE, Case
from amparo.execute.depth import allow_depth
from amparo.execute.values import (
    Datum,
    Unknown,
    Value,
    added,
    bounded,
    either,
    high,
    least,
    low,
    most,
    multiplied,
    outgoing,
    reasons,
    subtracted,
    whole,
)
from amparo.expr import Entity, Kind, Node, Op
from amparo.expr.arithmetic import POWER_LIMIT, months_between, power_table, ratio, round_exact
from amparo.policy import Edition

CALLS = 3  # of Python, for one operation
Row = tuple[int, ...]  # () household, (i,) member, (i, j) pair
SCALAR, YES_NO = Entity.SCALAR, Kind.BOOL  # an enumeration's attribute costs a call


class Run:
    """One evaluation: lazy, memoised by node and row, so that only what matters is asked for."""

    def __init__(self, edition: Edition, case: Case) -> None:
        self.edition, self.case = edition, case
        self.table: Mapping[Op, Callable[[Any, Node, Row], Any]] = TABLE
        self.memo: dict[tuple[Node, Row], Value] = {}
        self.applied: list[tuple[Node, Row]] = []  # every provision, as soon as its value is found
        self.open: list[tuple[Node, Row]] = []
        allow_depth(edition.graph, CALLS)

    def output(self, n: Node) -> Value | list[Value]:
        """Return an output: of each member, or of the household."""
        if n.entity is Entity.PERSON:
            return [outgoing(self.value(n, (i,))) for i in range(len(self.case.members))]
        return outgoing(self.value(n, ()))  # type: ignore[no-any-return]

    def value(self, n: Node, row: Row) -> Value:
        """Return what an operation gives for one row."""
        if n.entity is SCALAR:
            row = ()
        key = (n, row)
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self.table[n.op](self, n, row)
        return found

    def fails(self, n: Node, row: Row, what: str) -> ExecutionError:
        """Return the error of an operation, with the provision and the member."""
        rule, where = self.open[-1] if self.open else (n, row)
        name, place = (rule.attr.key, rule.attr.place) if rule.op is Op.PROVISION else (n.op, n.place)
        who = f"member {self.case.ids[where[0]]}" if where and self.case.ids else "the household"
        return ExecutionError(f"{name} ({place}) failed for {who}: {what}.")

    def members(self, row: Row) -> list[Row]:
        """Return the rows of every member beside a row."""
        return [(*row, i) for i in range(len(self.case.members))]


def _constant(run: Run, n: Node, row: Row) -> Value:
    return whole(n.attr)  # type: ignore[no-any-return]


def _parameter(run: Run, n: Node, row: Row) -> Value:
    return whole(run.edition.figure(n.attr))  # type: ignore[no-any-return]


def _input(run: Run, n: Node, row: Row) -> Value:
    values = run.case.members[row[0]] if n.entity is Entity.PERSON else run.case.household
    declared = n.attr
    if declared.key in values:
        return whole(values[declared.key])  # type: ignore[no-any-return]
    alone = n.entity is not Entity.PERSON or len(run.case.members) == 1
    because = frozenset({str(Datum(declared.key, None if alone else run.case.ids[row[0]]))})
    if declared.type.numeric:
        least = -math.inf if declared.low is None else Fraction(declared.low)
        most = math.inf if declared.high is None else Fraction(declared.high)
        return Unknown(because, least, most)
    return Unknown(because)


def _state(run: Run, n: Node, row: Row) -> Value:
    return whole(run.case.states.get((n.attr.key, row[0] if row else None), n.attr.initial))  # type: ignore[no-any-return]


def _month(run: Run, n: Node, row: Row) -> Value:
    return run.edition.month


def _divide(run: Run, n: Node, row: Row) -> Value:
    a, b = run.value(n.args[0], row), run.value(n.args[1], row)
    if not isinstance(b, Unknown):
        if b == 0:
            raise run.fails(n, row, "division by zero")
        return multiplied(a, ratio(b.denominator, b.numerator))  # type: ignore[union-attr]
    if low(b) > 0:
        inverse = [Fraction(0) if isinstance(x, float) else Fraction(1) / x for x in (high(b), low(b))]
        return multiplied(a, Unknown(b.because, *inverse))
    return Unknown(reasons(a, b))


def _round(run: Run, n: Node, row: Row) -> Value:
    a = run.value(n.args[0], row)
    if isinstance(a, Unknown):
        ends = [x if isinstance(x, float) else round_exact(x, n.attr) for x in (a.low, a.high)]
        return bounded(a.because, *ends)
    return round_exact(a, n.attr)  # type: ignore[arg-type]


def _power(run: Run, n: Node, row: Row) -> Value:
    a = run.value(n.args[0], row)
    table = power_table(n.attr)

    def look_up(x: Any) -> Fraction:
        if not 0 <= x <= POWER_LIMIT:
            raise run.fails(n, row, f"{x} to a power is outside the table of 0 to {POWER_LIMIT}")
        return table[int(x)]

    if isinstance(a, Unknown):
        first, last = max(a.low, 0), min(a.high, POWER_LIMIT)
        return bounded(a.because, look_up(math.ceil(first)), look_up(math.floor(last)))
    return whole(look_up(a))  # type: ignore[no-any-return]


def _full_months(run: Run, n: Node, row: Row) -> Value:
    first, later = run.value(n.args[0], row), run.value(n.args[1], row)
    if isinstance(first, Unknown) or isinstance(later, Unknown):
        return Unknown(reasons(first, later))
    return months_between(first, later)  # type: ignore[arg-type]


def _less(strict: bool) -> Callable[[Run, Node, Row], Value]:
    def compare(run: Run, n: Node, row: Row) -> Value:
        a, b = run.value(n.args[0], row), run.value(n.args[1], row)
        if not isinstance(a, Unknown) and not isinstance(b, Unknown):
            return a < b if strict else a <= b  # type: ignore[operator]
        if n.args[0].type.kind is Kind.DATE:
            return Unknown(reasons(a, b))
        if high(a) < low(b) or (not strict and high(a) <= low(b)):
            return True
        if low(a) > high(b) or (strict and low(a) >= high(b)):
            return False
        return Unknown(reasons(a, b))

    return compare


def _equal(run: Run, n: Node, row: Row) -> Value:
    a, b = run.value(n.args[0], row), run.value(n.args[1], row)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        if n.args[0].type.numeric and (high(a) < low(b) or high(b) < low(a)):
            return False
        return Unknown(reasons(a, b))
    return a == b


def _both(stop: bool) -> Callable[[Run, Node, Row], Value]:
    """Return and (stop=False) or or (stop=True): one such value decides, whatever the other is."""

    def logic(run: Run, n: Node, row: Row) -> Value:
        a = run.value(n.args[0], row)
        if a is stop:
            return stop
        b = run.value(n.args[1], row)
        if b is stop:
            return stop
        return Unknown(reasons(a, b)) if isinstance(a, Unknown) or isinstance(b, Unknown) else not stop

    return logic


def _not(run: Run, n: Node, row: Row) -> Value:
    a = run.value(n.args[0], row)
    return a if isinstance(a, Unknown) else not a


def _when(run: Run, n: Node, row: Row) -> Value:
    condition = run.value(n.args[0], row)
    if isinstance(condition, Unknown):
        return either(run.value(n.args[1], row), run.value(n.args[2], row), condition.because)
    return run.value(n.args[1 if condition else 2], row)


def pointer_of(run: Run, relation: str, member: int) -> Any:
    """Return whom a member's relation names; unknown where nobody has said."""
    pointers = run.case.relations[member]
    if relation in pointers:
        return pointers[relation]
    return Unknown(frozenset({str(Datum(relation, run.case.ids[member]))}))


def _gather(run: Run, n: Node, row: Row) -> Value:
    pointer = pointer_of(run, n.attr.key, row[0])
    if isinstance(pointer, int):
        return run.value(n.args[0], (pointer,))
    if pointer is None:
        return run.value(n.args[1], row)
    if pointer == OUTSIDE:
        return Unknown(frozenset({str(Datum(n.attr.key, run.case.ids[row[0]], elsewhere=True))}))
    return pointer  # type: ignore[no-any-return]


def _exists(run: Run, n: Node, row: Row) -> Value:
    pointer = pointer_of(run, n.attr.key, row[0])
    return pointer if isinstance(pointer, Unknown) else pointer is not None


def _is(run: Run, n: Node, row: Row) -> Value:
    one, other = row if n.attr.forward else reversed(row)
    pointer = pointer_of(run, n.attr.relation.key, one)
    return pointer if isinstance(pointer, Unknown) else pointer == other


def _sum(run: Run, n: Node, row: Row) -> Value:
    total: Value = 0
    each_counts = n.args[0].type.kind is YES_NO
    for each in run.members(row):
        value = run.value(n.args[0], each)
        if each_counts:
            value = Unknown(value.because, 0, 1) if isinstance(value, Unknown) else int(value is True)
        total = added(total, value)
    return total


def _any(run: Run, n: Node, row: Row) -> Value:
    unsure: list[Value] = []
    for each in run.members(row):
        value = run.value(n.args[0], each)
        if value is True:
            return True
        unsure.append(value)
    because = reasons(*unsure)
    return Unknown(because) if because else False


def _extreme(better: Callable[[Value, Value], Value]) -> Callable[[Run, Node, Row], Value]:
    def over(run: Run, n: Node, row: Row) -> Value:
        best: Value | None = None  # of those inside, when somebody is
        doubtful: list[tuple[Value, frozenset[str]]] = []
        for each in run.members(row):
            inside = run.value(n.args[1], each)
            if inside is False:
                continue
            value = run.value(n.args[0], each)
            if isinstance(inside, Unknown):
                doubtful.append((value, inside.because))
            else:
                best = value if best is None else better(best, value)
        surely = best is not None
        for value, because in doubtful:
            found = value if best is None else either(best, better(best, value), because)
            best = found if surely or best is None else either(found, value, because)  # or it alone is inside
        nobody = None if surely else run.value(n.args[2], row)
        if best is None or nobody is None:
            return cast(Value, nobody if best is None else best)
        return either(nobody, best, frozenset().union(*(because for _, because in doubtful)))

    return over


def _provision(run: Run, n: Node, row: Row) -> Value:
    run.open.append((n, row))
    value = run.value(n.args[0], row)
    run.open.pop()
    run.applied.append((n, row))
    return value


def _of(function: Callable[[Value, Value], Value]) -> Callable[[Run, Node, Row], Value]:
    return lambda run, n, row: function(run.value(n.args[0], row), run.value(n.args[1], row))


TABLE: dict[Op, Callable[[Run, Node, Row], Value]] = {
    Op.CONST: _constant,
    Op.PARAM: _parameter,
    Op.INPUT: _input,
    Op.STATE: _state,
    Op.MONTH: _month,
    Op.ADD: _of(added),
    Op.SUB: _of(subtracted),
    Op.MUL: _of(multiplied),
    Op.DIV: _divide,
    Op.MIN: _of(least),
    Op.MAX: _of(most),
    Op.ROUND: _round,
    Op.POWER: _power,
    Op.RETIME: lambda run, n, row: run.value(n.args[0], row),
    Op.FULL_MONTHS: _full_months,
    Op.LT: _less(strict=True),
    Op.LE: _less(strict=False),
    Op.EQ: _equal,
    Op.AND: _both(stop=False),
    Op.OR: _both(stop=True),
    Op.NOT: _not,
    Op.WHEN: _when,
    Op.SPREAD: lambda run, n, row: run.value(n.args[0], ()),
    Op.GATHER: _gather,
    Op.EXISTS: _exists,
    Op.SELF: lambda run, n, row: run.value(n.args[0], row[:1]),
    Op.OTHER: lambda run, n, row: run.value(n.args[0], row[1:]),
    Op.IS: _is,
    Op.SAME: lambda run, n, row: row[0] == row[1],
    Op.BEFORE: lambda run, n, row: row[1] < row[0],
    Op.SUM: _sum,
    Op.ANY: _any,
    Op.LARGEST: _extreme(most),
    Op.SMALLEST: _extreme(least),
    Op.PROVISION: _provision,
}
