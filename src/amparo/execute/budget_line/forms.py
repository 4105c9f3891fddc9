"""The graph over one person's earnings: straight lines, and where the law bends them.

Earnings are counted in the smallest payable unit n. Over an interval of n each value is start + slope·n, off by no more
than the rounding of money on the way; at a single n it is exact. A condition that holds in one part of an interval and
not in another raises `Split`, and the interval is taken in two: every bend is found where it is, to the smallest unit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from amparo.errors import CaseError
from amparo.execute import exact
from amparo.execute.cases import Case
from amparo.execute.exact import Row
from amparo.execute.values import Unknown, Value
from amparo.expr import Input, Kind, Node, Op
from amparo.expr.arithmetic import Rounding, round_exact
from amparo.policy import Edition

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Form:
    """start + slope·n, plus something between `low` and `high` that rounding adds."""

    start: Fraction
    slope: Fraction = ZERO
    low: Fraction = ZERO
    high: Fraction = ZERO

    def plus(self, other: Form) -> Form:
        """Add two values."""
        return Form(self.start + other.start, self.slope + other.slope, self.low + other.low, self.high + other.high)

    def scaled(self, by: Fraction) -> Form:
        """Multiply by a number."""
        low, high = sorted((self.low * by, self.high * by))
        return Form(self.start * by, self.slope * by, low, high)


class Split(Exception):  # noqa: N818 - no error: where an interval is to be taken in two
    """An interval whose first part ends at n = `last`."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


class Interval(exact.Run):
    """The law for one household over an interval of one person's earnings; raises `Split` where it bends."""

    def __init__(self, edition: Edition, case: Case, over: Input[Any], earner: int, first: int, last: int) -> None:
        super().__init__(edition, case)
        self.over, self.earner, self.first, self.last = over, earner, first, last
        self.unit = edition.country.currency.unit
        self.table = TABLE

    def value(self, n: Node, row: Row) -> Any:
        """Return a value that is known, or say what the household has to state."""
        found = super().value(n, row)
        if isinstance(found, Unknown):
            raise CaseError(f"the line needs {', '.join(sorted(found.because))}: state it, under defaults or a member.")
        return found

    def ends(self, form: Form) -> tuple[Fraction, Fraction]:
        """Return the least and the most that a value is over the interval."""
        one, other = (form.start + form.slope * n for n in (self.first, self.last))
        return min(one, other) + form.low, max(one, other) + form.high

    def part_at(self, difference: Form) -> Split:
        """Return the split from which on one part knows on which side of nothing a difference is."""
        if difference.slope:
            roots = sorted(-(difference.start + off) / difference.slope for off in (difference.low, difference.high))
            for root in roots:
                for n in (math.ceil(root) - 1, math.floor(root)):
                    if self.first <= n < self.last:
                        return Split(n)
        return Split((self.first + self.last) // 2)


def form(value: Any) -> Form:
    """Return a number as a form."""
    return value if isinstance(value, Form) else Form(Fraction(value))


Meaning = Callable[[Any, Node, Row], Any]


def _lifted(how: Callable[[Interval, Node, Row, Any, Any], Any], op: Op) -> Meaning:
    """Return the exact meaning of an operation on plain values, and another one as soon as a form is among them."""

    def meaning(run: Interval, n: Node, row: Row) -> Any:
        a, b = (run.value(x, row) for x in n.args)
        if isinstance(a, Form) or isinstance(b, Form):
            return how(run, n, row, a, b)
        return exact.TABLE[op](run, n, row)

    return meaning


def _input(run: Interval, n: Node, row: Row) -> Any:
    if n.attr is run.over and row == (run.earner,):
        return Form(ZERO, run.unit)
    return exact.TABLE[Op.INPUT](run, n, row)


def _times(run: Interval, n: Node, row: Row, a: Any, b: Any) -> Form:
    one, other = sorted((form(a), form(b)), key=lambda f: bool(f.slope))
    if one.slope:
        raise run.fails(n, row, "it multiplies two amounts that both change with earnings, which is no straight line")
    if not one.low and not one.high:
        return other.scaled(one.start)
    ends = run.ends(other)
    off = [x * y for x in (one.low, one.high) for y in ends]
    added = sorted((one.start * other.low, one.start * other.high))
    return Form(one.start * other.start, one.start * other.slope, min(off) + added[0], max(off) + added[1])


def _divided(run: Interval, n: Node, row: Row, a: Any, b: Any) -> Form:
    by = form(b)
    if by.slope or by.low != by.high:
        raise run.fails(n, row, "it divides by an amount that changes with earnings, which is no straight line")
    if by.start + by.low == 0:
        raise run.fails(n, row, "division by zero")
    return form(a).scaled(1 / (by.start + by.low))


def _less(strict: bool) -> Callable[[Interval, Node, Row, Any, Any], bool]:
    def compare(run: Interval, n: Node, row: Row, a: Any, b: Any) -> bool:
        difference = form(a).plus(form(b).scaled(Fraction(-1)))
        low, high = run.ends(difference)
        if high < 0 or (not strict and high == 0):
            return True
        if low > 0 or (strict and low == 0):
            return False
        raise run.part_at(difference)

    return compare


def _equal(run: Interval, n: Node, row: Row, a: Any, b: Any) -> bool:
    difference = form(a).plus(form(b).scaled(Fraction(-1)))
    low, high = run.ends(difference)
    if low == high == 0:
        return True
    if low > 0 or high < 0:
        return False
    raise run.part_at(difference)


def _smaller(run: Interval, a: Any, b: Any, sign: int) -> Any:
    """Return the smaller (sign 1) or the larger (−1) of two values."""
    difference = form(a).plus(form(b).scaled(Fraction(-1)))
    low, high = (x * sign for x in run.ends(difference)[::sign])
    if high <= 0:
        return a
    if low >= 0:
        return b
    if difference.slope or not (difference.low or difference.high):
        raise run.part_at(difference)
    one, other = form(a), form(b)  # side by side and apart by rounding alone: either line will do
    shift = other.start - one.start
    return Form(one.start, one.slope, min(one.low, other.low + shift), max(one.high, other.high + shift))


def _sum(run: Interval, n: Node, row: Row) -> Any:
    values = [run.value(n.args[0], each) for each in run.members(row)]
    if not any(isinstance(v, Form) for v in values):
        return exact.TABLE[Op.SUM](run, n, row)
    total = Form(ZERO)
    for each in values:
        total = total.plus(form(each))
    return total


def _extreme(sign: int) -> Meaning:
    def over(run: Interval, n: Node, row: Row) -> Any:
        inside = [each for each in run.members(row) if run.value(n.args[1], each)]
        if not inside:
            return run.value(n.args[2], row)
        best, *others = (run.value(n.args[0], each) for each in inside)
        for each in others:
            best = _smaller(run, best, each, sign)
        return best

    return over


def _rounded(run: Interval, n: Node, row: Row) -> Any:
    value, rounding = run.value(n.args[0], row), n.attr
    if not isinstance(value, Form):
        return round_exact(value, rounding)
    low, high = run.ends(value)
    if run.first == run.last:
        off = round_exact(low, rounding) - low
        return Form(value.start, value.slope, value.low + off, value.high + off)
    if n.type.kind is Kind.MONEY and rounding.to <= run.unit:
        down, up = {"down": (-1, 0), "up": (0, 1)}.get(rounding.mode, (Fraction(-1, 2), Fraction(1, 2)))
        return Form(value.start, value.slope, value.low + down * rounding.to, value.high + up * rounding.to)
    if round_exact(low, rounding) == round_exact(high, rounding):
        return round_exact(low, rounding)
    raise run.part_at(value.plus(Form(-_step(low, high, rounding))))


def _step(low: Fraction, high: Fraction, rounding: Rounding) -> Fraction:
    """Return the step nearest the middle of two numbers: where what is rounded changes."""
    shift = Fraction(0) if rounding.mode in ("down", "up") else rounding.to / 2
    nearest = round((low + high) / 2 / rounding.to - shift / rounding.to) * rounding.to + shift
    return min(max(nearest, low), high)


def _power(run: Interval, n: Node, row: Row) -> Value:
    if isinstance(run.value(n.args[0], row), Form):
        raise run.fails(n, row, "it raises an amount that changes with earnings to a power, which is no straight line")
    return exact.TABLE[Op.POWER](run, n, row)


TABLE: dict[Op, Meaning] = {
    **exact.TABLE,
    Op.INPUT: _input,
    Op.ADD: _lifted(lambda run, n, row, a, b: form(a).plus(form(b)), Op.ADD),
    Op.SUB: _lifted(lambda run, n, row, a, b: form(a).plus(form(b).scaled(Fraction(-1))), Op.SUB),
    Op.MUL: _lifted(_times, Op.MUL),
    Op.DIV: _lifted(_divided, Op.DIV),
    Op.MIN: _lifted(lambda run, n, row, a, b: _smaller(run, a, b, 1), Op.MIN),
    Op.MAX: _lifted(lambda run, n, row, a, b: _smaller(run, a, b, -1), Op.MAX),
    Op.LT: _lifted(_less(strict=True), Op.LT),
    Op.LE: _lifted(_less(strict=False), Op.LE),
    Op.EQ: _lifted(_equal, Op.EQ),
    Op.ROUND: _rounded,
    Op.POWER: _power,
    Op.SUM: _sum,
    Op.LARGEST: _extreme(-1),
    Op.SMALLEST: _extreme(1),
}
