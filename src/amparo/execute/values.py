"""Values of one household when not everything is known: exact numbers, and bounds where inputs are missing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

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
