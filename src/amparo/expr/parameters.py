"""Figures of the law: dated, cited, with a confidence. They are scalars of every executor.

A value is in force from its date until the next one (or until its own `to`). A date before the first value, in
a gap, or in an interval declared unknown is an error when the figure is used; nothing is ever carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import cast

from amparo.errors import ParameterError
from amparo.expr import types as t
from amparo.expr.node import Op, Place, node, place_of_caller
from amparo.expr.symbols import Category, Count, Expr, Literal, Money, Months, Number, Quantity, when, wrap
from amparo.expr.types import Currency, Entity, Timing, Type


class Confidence(StrEnum):
    """How far a figure can be trusted."""

    VERIFIED = "verified"
    DERIVED = "derived"
    TO_BE_CHECKED = "to be checked"


@dataclass(frozen=True)
class Value:
    """One figure with its interval [since, until), source and confidence; `value=None` is *unknown*."""

    since: date
    value: Fraction | None
    source: str
    confidence: Confidence = Confidence.VERIFIED
    until: date | None = None
    note: str = ""


def value(
    since: str,
    figure: Literal | str | None,
    source: str,
    confidence: Confidence = Confidence.VERIFIED,
    *,
    until: str | None = None,
    note: str = "",
) -> Value:
    """Declare one dated figure: value("2023-06-01", 600, "Lei 14.601 art. 7"). `until` is exclusive."""
    if isinstance(figure, float):
        raise ParameterError(f"cannot use float {figure!r} as a figure: write Decimal('{figure}').")
    exact = None if figure is None else Fraction(figure)
    end = date.fromisoformat(until) if until else None
    return Value(date.fromisoformat(since), exact, source, confidence, end, note)


VERIFIED, DERIVED, TO_BE_CHECKED = Confidence


@dataclass(frozen=True, eq=False)
class Parameter:
    """A dated figure of the law. Two parameters are the same only if they are the same object."""

    key: str
    type: Type
    values: tuple[Value, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None

    def __post_init__(self) -> None:
        if not self.values:
            raise ParameterError(f"{self.key} has no value at all: declare at least one.")
        for earlier, later in zip(self.values, self.values[1:], strict=False):
            if not earlier.since < (earlier.until or later.since) <= later.since:
                raise ParameterError(
                    f"{self.key}: the value from {earlier.since} overlaps the one from {later.since}; order them."
                )

    def in_force(self, on: date) -> Value:
        """Return the value of a day, or say why there is none."""
        if on < self.values[0].since:
            first = self.values[0]
            raise ParameterError(
                f"{self.key} has no value on {on}: its first is {first.since} ({first.source}). Choose a later date."
            )
        current = next(v for v in reversed(self.values) if v.since <= on)
        if current.until and on >= current.until:
            raise ParameterError(f"{self.key} has no value on {on}: the last one ended on {current.until}.")
        return current

    def at(self, on: date) -> Fraction:
        """Return the figure of a day, exactly; unknown is an error."""
        found = self.in_force(on)
        if found.value is None:
            raise ParameterError(
                f"{self.key} is unknown on {on} (since {found.since}): {found.note or found.source}. "
                "Find the figure, or choose another date."
            )
        return found.value


def _declared(key: str, type_: Type, values: Iterable[Value], labels: Mapping[str, str] | None) -> Expr:
    ordered = tuple(sorted(values, key=lambda v: v.since))
    parameter = Parameter(key, type_, ordered, labels or {}, place_of_caller())
    return wrap(node(Op.PARAM, (), type_, Entity.SCALAR, parameter))  # type: ignore[no-any-return]


def money(
    key: str,
    currency: Currency,
    *values: Value,
    timing: Timing = Timing.NOW,
    labels: Mapping[str, str] | None = None,
) -> Money:
    """Declare an amount of the law."""
    return _declared(key, t.money(currency, timing), values, labels)  # type: ignore[return-value]


def number(key: str, *values: Value, labels: Mapping[str, str] | None = None) -> Number:
    """Declare a share or factor of the law."""
    return _declared(key, t.NUMBER, values, labels)  # type: ignore[return-value]


def count(key: str, *values: Value, labels: Mapping[str, str] | None = None) -> Count:
    """Declare a whole number of the law: an age, a maximum of children."""
    return _declared(key, t.COUNT, values, labels)  # type: ignore[return-value]


def months(key: str, *values: Value, labels: Mapping[str, str] | None = None) -> Months:
    """Declare a duration of the law."""
    return _declared(key, t.MONTHS, values, labels)  # type: ignore[return-value]


def parameter_of(symbol: Expr) -> Parameter:
    """Return the declaration behind a parameter's symbol."""
    declared = symbol.node.attr
    if not isinstance(declared, Parameter):
        raise ParameterError(f"{symbol!r} is not a parameter.")
    return declared


class ByCategory:
    """A table of figures, one for each category of an input: fee[person.degree]."""

    def __init__(self, cells: Mapping[str, Quantity]) -> None:
        self.cells = dict(cells)

    def __getitem__(self, category: Category) -> Quantity:
        """Return the figure of a category; the table must have one for each."""
        missing = set(category.node.type.categories) - set(self.cells)
        if missing:
            raise ParameterError(f"the table has no figure for {', '.join(sorted(missing))}: declare it.")
        (*first, last) = category.node.type.categories
        result = self.cells[last]
        for name in reversed(first):
            result = when(category == name, self.cells[name], otherwise=result)
        return result


@dataclass(frozen=True)
class Brackets:
    """Brackets with upper limits (`≤`, as most laws say) and one figure each; `above` applies beyond the last."""

    limits: Sequence[Quantity]
    figures: Sequence[Quantity]
    above: Quantity | None = None

    def __post_init__(self) -> None:
        if len(self.limits) != len(self.figures):
            raise ParameterError(f"{len(self.limits)} limits need as many figures, not {len(self.figures)}.")

    def flat(self, base: Quantity) -> Quantity:
        """Return the one figure of the bracket in which `base` falls (limit included)."""
        zero: Quantity = cast(Money, self.figures[-1]) * 0
        result = zero if self.above is None else self.above
        for limit, figure in zip(reversed(self.limits), reversed(self.figures), strict=True):
            result = when(base <= limit, figure, otherwise=result)
        return result

    def average(self, base: Money) -> Money:
        """Apply the rate of the bracket in which `base` falls to the whole of it."""
        return base * cast(Number, self.flat(base))

    def marginal(self, base: Money) -> Money:
        """Apply each rate to the slice of `base` inside its bracket, from zero up."""
        rest: Money = base * 0
        floor: Money = base * 0
        for limit, rate in zip(self.limits, self.figures, strict=True):
            upper = cast(Money, limit)
            rest = rest + (base.at_most(upper) - floor).at_least(0) * cast(Number, rate)
            floor = upper
        if self.above is not None:
            rest = rest + (base - floor).at_least(0) * cast(Number, self.above)
        return rest
