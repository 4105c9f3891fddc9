"""Values of one household when not everything is known: exact numbers, and bounds where inputs are missing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from amparo.expr.arithmetic import ratio

Bound = Fraction | int | float  # a float only as ±infinity
Known = bool | Fraction | int | str | date


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that depends on inputs nobody stated; numbers carry bounds."""

    because: frozenset[str]
    low: Bound = -math.inf
    high: Bound = math.inf

    def __str__(self) -> str:
        """Say on what it depends."""
        return f"depends on {', '.join(sorted(self.because))}"


Value = Known | Unknown
NOTHING = Fraction(0)


def whole(value: Any) -> Any:
    """Return a number without decimals as an int, anything else as it is."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value


def outgoing(value: Any) -> Any:
    """Return a value as an output: a number is a Fraction, even a whole one."""
    return (Fraction(value) if value else NOTHING) if type(value) is int else value


ELSEWHERE = ", who lives elsewhere"


class Datum(NamedTuple):
    """A datum that nobody has stated; its text is how `Unknown.because` names it: "age of ana".

    Attributes:
        key: of the input or relation.
        who: the id of the member; None for the household, or its only member.
        elsewhere: whether it is of somebody whom the member's relation names and who does not live here.
    """

    key: str
    who: str | None = None
    elsewhere: bool = False

    def __str__(self) -> str:
        """Name it."""
        return self.key if self.who is None else f"{self.key} of {self.who}{ELSEWHERE if self.elsewhere else ''}"

    @classmethod
    def named(cls, name: str, ids: Iterable[str]) -> Datum:
        """Return the datum of a name in a household."""
        key, of, who = name.partition(" of ")
        here = who in ids or not who.endswith(ELSEWHERE)
        return cls(key, (who if here else who.removesuffix(ELSEWHERE)) if of else None, not here)


def low(value: Value) -> Bound:
    """Return the least a number can be."""
    return value.low if isinstance(value, Unknown) else value  # type: ignore[return-value]


def high(value: Value) -> Bound:
    """Return the most a number can be."""
    return value.high if isinstance(value, Unknown) else value  # type: ignore[return-value]


def reasons(*values: Value) -> frozenset[str]:
    """Return the inputs on which any of the values depends."""
    return frozenset().union(*(v.because for v in values if isinstance(v, Unknown)))


def bounded(because: frozenset[str], least: Bound, most: Bound) -> Value:
    """Return the number itself when both bounds meet, the interval otherwise."""
    if least == most and not math.isinf(least):
        return least  # type: ignore[return-value]
    return Unknown(because, least, most)


def times(a: Bound, b: Bound) -> Bound:
    """Multiply bounds; nothing times infinity is nothing here, because every value inside is finite."""
    return 0 if a == 0 or b == 0 else a * b


def either(a: Value, b: Value, because: frozenset[str]) -> Value:
    """Return what is certain when one of two values will be the right one."""
    if not isinstance(a, Unknown) and not isinstance(b, Unknown) and a == b:
        return a
    joint = because | reasons(a, b)
    if any(isinstance(v, (bool, str, date)) for v in (a, b)):
        return Unknown(joint)
    return Unknown(joint, min(low(a), low(b)), max(high(a), high(b)))


def added(a: Value, b: Value) -> Value:
    """Add numbers, or their bounds."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return bounded(reasons(a, b), low(a) + low(b), high(a) + high(b))
    if type(a) is int and type(b) is int:
        return a + b
    above = a.numerator * b.denominator + b.numerator * a.denominator  # type: ignore[union-attr]
    return ratio(above, a.denominator * b.denominator)  # type: ignore[union-attr]


def summed(several: Iterable[Value]) -> Value:
    """Add any number of values, as an output; nothing is zero."""
    total: Value = 0
    for each in several:
        total = added(total, each)
    return outgoing(total)  # type: ignore[no-any-return]


def subtracted(a: Value, b: Value) -> Value:
    """Subtract numbers, or their bounds."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return bounded(reasons(a, b), low(a) - high(b), high(a) - low(b))
    if type(a) is int and type(b) is int:
        return a - b
    above = a.numerator * b.denominator - b.numerator * a.denominator  # type: ignore[union-attr]
    return ratio(above, a.denominator * b.denominator)  # type: ignore[union-attr]


def multiplied(a: Value, b: Value) -> Value:
    """Multiply numbers, or their bounds."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        corners = [times(x, y) for x in (low(a), high(a)) for y in (low(b), high(b))]
        return bounded(reasons(a, b), min(corners), max(corners))
    if type(a) is int and type(b) is int:
        return a * b
    return ratio(a.numerator * b.numerator, a.denominator * b.denominator)  # type: ignore[union-attr]


def least(a: Value, b: Value) -> Value:
    """Return the smaller of two numbers, certain where their bounds do not overlap."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        if high(a) <= low(b):
            return a
        if high(b) <= low(a):
            return b
        return bounded(reasons(a, b), min(low(a), low(b)), min(high(a), high(b)))
    return min(a, b)


def most(a: Value, b: Value) -> Value:
    """Return the larger of two numbers, certain where their bounds do not overlap."""
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        if low(a) >= high(b):
            return a
        if low(b) >= high(a):
            return b
        return bounded(reasons(a, b), max(low(a), low(b)), max(high(a), high(b)))
    return max(a, b)
