"""What a provision turned on: one comparison or yes/no datum, with the values of the household."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from amparo.execute.exact import Row, Run
from amparo.execute.values import Known, Unknown, Value
from amparo.expr import Entity, Kind, Node, Op
from amparo.expr.symbols import literal

ASKED = {  # what a comparison a ? b asks of a: when it must hold, and when it must not
    (Op.LT, True): "<",
    (Op.LE, True): "<=",
    (Op.EQ, True): "=",
    (Op.LT, False): ">=",
    (Op.LE, False): ">",
    (Op.EQ, False): "!=",
}
SCALAR, IS, POINTING = Entity.SCALAR, Op.IS, (Op.IS, Op.EXISTS)  # an enumeration's attribute costs a call
Identity = tuple[Node, Row, str, Node | None]
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Applied(NamedTuple):
    """A provision as applied to one row: the node, whose attribute has key, source and meaning."""

    node: Node
    row: Row

    @property
    def key(self) -> str:
        """The provision's stable name."""
        return str(self.node.attr.key)

    @property
    def article(self) -> str:
        """The law and article in which it stands."""
        return str(self.node.attr.source)


class Fact(NamedTuple):
    """One thing that a provision reads of a household, what it is, and what it asks for.

    Attributes:
        within: the innermost provision that reads it.
        what: the operation that varies with the household: of it is said what it is.
        row: of whom: () the household, (i,) a member, (i, j) a pair.
        asked: what the rule asks of it: "<", "<=", ">", ">=", "=", "!=", "true", "false" or "somebody".
        value: what it is.
        limit: the operation with which it is compared, if any; and in `limit_value` what that is.
        holds: whether it is as asked.
        choices: of a category, every name that would do, where there are several.
    """

    within: Applied
    what: Node
    row: Row
    asked: str
    value: Value
    holds: bool
    limit: Node | None = None
    limit_value: Known | None = None
    choices: tuple[str, ...] = ()

    @property
    def difference(self) -> Fraction | int | None:
        """By how much the value lies on the wrong, or right, side of its limit; None where that has no meaning."""
        if self.limit is None or not self.what.type.numeric or isinstance(self.value, Unknown):
            return None
        return abs(self.value - self.limit_value)  # type: ignore[operator, no-any-return]

    @property
    def identity(self) -> Identity:
        """What makes two facts one."""
        return self.what, self.row, self.asked, self.limit


def compared(run: Run, within: Applied, n: Node, row: Row, goal: bool) -> Fact:
    """Return the fact of a comparison that should be true or false: what varies comes first."""
    a, b = n.args
    asked = ASKED[n.op, goal]
    if a.entity is SCALAR and b.entity is not SCALAR:
        a, b, asked = b, a, MIRRORED[asked]
    value, limit = run.value(a, row), run.value(b, row)
    holds = run.value(n, row) is goal
    if isinstance(limit, Unknown):
        return Fact(within, a, row, asked, value, holds)
    return Fact(within, a, row, asked, value, holds, b, limit)


def one_of(run: Run, within: Applied, equals: tuple[Node, ...], row: Row) -> Fact:
    """Return the fact of a category that should be one of several."""
    first = compared(run, within, equals[0], row, goal=True)
    return first._replace(choices=tuple(str(n.args[1].attr) for n in equals))


def stated(run: Run, within: Applied, n: Node, row: Row, goal: bool) -> Fact:
    """Return the fact of a yes/no datum, or of a relation that should point to somebody."""
    asked = "somebody" if n.op in POINTING and goal else "true" if goal else "false"
    value = run.value(n, row)
    return Fact(within, n, row[:1] if n.op is IS else row, asked, value, value is goal)


def above_zero(run: Run, within: Applied, n: Node, row: Row) -> Fact:
    """Return the fact of a number that should be above zero."""
    value = run.value(n, row)
    holds = not isinstance(value, Unknown) and value > 0  # type: ignore[operator]
    return Fact(within, n, row, ">", value, holds, _zero(n), 0)


@cache
def _zero(n: Node) -> Node:
    return literal(0, n.type)


def is_zero(n: Node) -> bool:
    """Whether an operation is the constant 0."""
    return n.op is Op.CONST and n.type.kind is not Kind.BOOL and n.attr == 0
