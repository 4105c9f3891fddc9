"""Symbolic values: what a rule handles instead of numbers.

Each operator builds a node. Python control flow on a symbol raises, with the line and the repair.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Never, Self, TypeVar, cast, overload

from amparo.errors import RuleError, SymbolicBranchError, TypeMismatchError, nearest
from amparo.expr import types as t
from amparo.expr.arithmetic import Rounding
from amparo.expr.node import Node, Op, node, place_of_caller
from amparo.expr.types import Currency, Entity, Kind, Timing, Type

Literal = int | Fraction | Decimal


def fail(message: str, error: type[RuleError] = RuleError) -> Never:
    """Raise with the file, the line and the text of the rule in front."""
    place = place_of_caller()
    text = linecache.getline(place.file, place.line).strip()
    raise error(f"{place}: {message}" + (f" In: {text}" if text else ""))


def common_entity(*nodes: Node) -> tuple[Entity, tuple[Node, ...]]:
    """Lift household values to members, and members to pairs, where they meet."""
    levels = (Entity.SCALAR, Entity.HOUSEHOLD, Entity.PERSON, Entity.PAIR)
    target = max((n.entity for n in nodes), key=levels.index)
    return target, tuple(lifted(n, target) for n in nodes)


def lifted(n: Node, target: Entity) -> Node:
    """Return the node seen from a finer entity; constants and parameters fit everywhere."""
    if n.entity in (target, Entity.SCALAR):
        return n
    if n.entity is Entity.HOUSEHOLD:
        n = node(Op.SPREAD, (n,), n.type, Entity.PERSON)
    if target is Entity.PAIR and n.entity is Entity.PERSON:
        n = node(Op.SELF, (n,), n.type, Entity.PAIR)
    return n


def operation(op: Op, *args: Node, type: Type, attr: Any = None) -> Node:  # noqa: A002 - the field's word
    """Build an operation after lifting the arguments to one entity."""
    entity, aligned = common_entity(*args)
    return node(op, aligned, type, entity, attr)


class Expr:
    """A value of every household, known only when the graph is executed."""

    kind: Kind

    def __init__(self, inner: Node) -> None:
        self.node = inner

    def __bool__(self) -> bool:  # noqa: PLE0304 - it always raises
        """Refuse: a symbol has no truth value while the rule is traced."""
        fail(
            "a rule cannot branch on a symbolic value. Write when(condition, a, otherwise=b) for a choice, "
            "& | ~ for and/or/not, and age.between(7, 17) for a range; the rule is traced once for every household.",
            SymbolicBranchError,
        )

    def __iter__(self) -> Never:
        """Refuse iteration, which Python would otherwise attempt by index."""
        fail("a symbolic value cannot be iterated over; use the members' sum, count or any.", SymbolicBranchError)

    def __eq__(self, other: object) -> Bool:  # type: ignore[override]
        """Build an equality, never a Python truth value."""
        right = literal(other, self.node.type)
        if self.node.type.kind is not right.type.kind and not (self.node.type.numeric and right.type.numeric):
            fail(f"cannot compare {self.node.type} with {right.type}.", TypeMismatchError)
        if self.node.type.numeric:
            combined(t.added, self.node.type, right.type)
        return Bool(operation(Op.EQ, self.node, right, type=t.BOOL))

    def __ne__(self, other: object) -> Bool:  # type: ignore[override]
        """Build an inequality, never a Python truth value."""
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]  # a symbol in a set or dict would hide a comparison

    def __repr__(self) -> str:
        """Show the node."""
        return f"<{self.node!r}>"


def combined(rule: Callable[[Type, Type], Type], a: Type, b: Type) -> Type:
    """Apply a typing rule and put the line of the source in front of its complaint."""
    try:
        return rule(a, b)
    except TypeMismatchError as error:
        fail(f"{error}.", TypeMismatchError)


def literal(value: object, like: Type) -> Node:
    """Turn a Python value into a constant of the type it meets."""
    if isinstance(value, Expr):
        return value.node
    if isinstance(value, bool) and like.kind is Kind.BOOL:
        return constant(value, t.BOOL)
    if isinstance(value, float):
        fail(f"cannot use float {value!r} in a rule: a float has no exact cents. Write percent(50) or Decimal('0.5').")
    if isinstance(value, (int, Fraction, Decimal)) and not isinstance(value, bool) and like.numeric:
        number = Fraction(value)
        if like.kind is Kind.MONEY and number != 0:
            code = like.currency.code if like.currency else "…"
            fail(f"{value} meets {like} but has no currency: write amount({value}, {code}).", TypeMismatchError)
        if like.kind is Kind.MONEY:
            return constant(number, like)
        whole = number.denominator == 1
        return constant(number, like if whole else t.NUMBER)
    if isinstance(value, str) and like.kind is Kind.CATEGORY:
        if value not in like.categories:
            fail(f"'{value}' is not a declared category.{nearest(value, like.categories)}")
        return constant(value, like)
    if isinstance(value, date) and like.kind is Kind.DATE:
        return constant(value, t.DATE)
    fail(f"cannot use {value!r} where {like} is needed.", TypeMismatchError)


def constant(value: bool | Fraction | str | date, type_: Type) -> Node:
    """Return a constant node."""
    return node(Op.CONST, (), type_, Entity.SCALAR, value)


def amount(value: Literal | str, currency: Currency) -> Money:
    """Return a constant amount: amount(600, BRL)."""
    return Money(constant(Fraction(value), t.money(currency)))


def percent(value: Literal | str) -> Number:
    """Return an exact share: percent(50) is one half."""
    return Number(constant(Fraction(value) / 100, t.NUMBER))


class Bool(Expr):
    """A yes/no value."""

    kind = Kind.BOOL

    def _with(self, op: Op, other: Bool | bool) -> Bool:
        right = literal(other, t.BOOL)
        if right.type.kind is not Kind.BOOL:
            fail(f"{op.value} needs two conditions, not {right.type}.", TypeMismatchError)
        return Bool(operation(op, self.node, right, type=t.BOOL))

    def __and__(self, other: Bool | bool) -> Bool:
        """Both."""
        return self._with(Op.AND, other)

    def __or__(self, other: Bool | bool) -> Bool:
        """One or both."""
        return self._with(Op.OR, other)

    __rand__ = __and__
    __ror__ = __or__

    def __invert__(self) -> Bool:
        """Not."""
        return Bool(operation(Op.NOT, self.node, type=t.BOOL))

    def implies(self, other: Bool) -> Bool:
        """Whenever this holds, the other does."""
        return ~self | other


def how_many(*conditions: Bool) -> Count:
    """Return how many of some conditions hold: how_many(owns_car, owns_house) >= 2."""
    total = Count(constant(Fraction(0), t.COUNT))
    for each in conditions:
        total = total + when(each, Count(constant(Fraction(1), t.COUNT)), otherwise=0)
    return total


class Quantity(Expr):
    """What numbers, counts, months and money share."""

    def _join(self, op: Op, other: object, rule: Callable[[Type, Type], Type], *, swap: bool = False) -> Any:
        scale = rule is t.multiplied or rule is t.divided
        right = literal(other, t.NUMBER if scale and self.node.type.kind is Kind.MONEY else self.node.type)
        if scale and isinstance(other, (int, Fraction, Decimal)):
            whole = Fraction(other).denominator == 1
            right = constant(Fraction(other), t.COUNT if whole else t.NUMBER)
        a, b = (right, self.node) if swap else (self.node, right)
        return wrap(operation(op, a, b, type=combined(rule, a.type, b.type)))

    def __add__(self, other: Self | Literal) -> Self:
        """Sum of like things."""
        return cast(Self, self._join(Op.ADD, other, t.added))

    def __radd__(self, other: Literal) -> Self:
        """Sum, literal first."""
        return cast(Self, self._join(Op.ADD, other, t.added, swap=True))

    def __sub__(self, other: Self | Literal) -> Self:
        """Difference of like things."""
        return cast(Self, self._join(Op.SUB, other, t.added))

    def __rsub__(self, other: Literal) -> Self:
        """Difference, literal first."""
        return cast(Self, self._join(Op.SUB, other, t.added, swap=True))

    def __rmul__(self, other: Literal) -> Self:
        """Product, literal first."""
        return cast(Self, self._join(Op.MUL, other, t.multiplied, swap=True))

    def _compare(self, op: Op, other: object, *, swap: bool = False) -> Bool:
        right = literal(other, self.node.type)
        combined(t.added, self.node.type, right.type)
        a, b = (right, self.node) if swap else (self.node, right)
        return Bool(operation(op, a, b, type=t.BOOL))

    def __lt__(self, other: Self | Literal) -> Bool:
        """Strictly below."""
        return self._compare(Op.LT, other)

    def __le__(self, other: Self | Literal) -> Bool:
        """Below or equal."""
        return self._compare(Op.LE, other)

    def __gt__(self, other: Self | Literal) -> Bool:
        """Strictly above."""
        return self._compare(Op.LT, other, swap=True)

    def __ge__(self, other: Self | Literal) -> Bool:
        """Above or equal."""
        return self._compare(Op.LE, other, swap=True)

    def between(self, low: Self | Literal, high: Self | Literal) -> Bool:
        """Whether low ≤ value ≤ high, both ends included."""
        return (self >= low) & (self <= high)

    def at_least(self, floor: Self | Literal) -> Self:
        """The value, or the floor when it is below."""
        return cast(Self, self._join(Op.MAX, floor, t.added))

    def at_most(self, cap: Self | Literal) -> Self:
        """The value, or the cap when it is above."""
        return cast(Self, self._join(Op.MIN, cap, t.added))

    def _rounded(self, mode: str, to: Literal | str) -> Self:
        unit = Fraction(to)
        if unit <= 0:
            fail(f"cannot round to {to}: the unit must be positive.")
        return cast(Self, wrap(operation(Op.ROUND, self.node, type=self.node.type, attr=Rounding(mode, unit))))

    def rounded_down(self, to: Literal | str = 1) -> Self:
        """Truncated to a multiple of `to`, towards minus infinity."""
        return self._rounded("down", to)

    def rounded_up(self, to: Literal | str = 1) -> Self:
        """Raised to a multiple of `to`."""
        return self._rounded("up", to)

    def rounded_half_up(self, to: Literal | str = 1) -> Self:
        """Rounded to the nearest multiple of `to`, halves up."""
        return self._rounded("half_up", to)

    def rounded_half_even(self, to: Literal | str = 1) -> Self:
        """Rounded to the nearest multiple of `to`, halves to the even one."""
        return self._rounded("half_even", to)


class Number(Quantity):
    """A dimensionless number, exact."""

    kind = Kind.NUMBER

    @overload
    def __mul__(self, other: Money) -> Money: ...
    @overload
    def __mul__(self, other: Number | Count | Months | Literal) -> Number: ...
    def __mul__(self, other: Quantity | Literal) -> Quantity:
        """Product with a number or an amount."""
        return cast(Quantity, self._join(Op.MUL, other, t.multiplied))

    def __truediv__(self, other: Number | Count | Months | Literal) -> Number:
        """Exact quotient; dividing by zero stops the run."""
        return cast(Number, self._join(Op.DIV, other, t.divided))


class Count(Quantity):
    """A whole number of things: persons, children, years of age."""

    kind = Kind.COUNT

    @overload
    def __mul__(self, other: Money) -> Money: ...
    @overload
    def __mul__(self, other: Number) -> Number: ...
    @overload
    def __mul__(self, other: Count | Literal) -> Count: ...
    def __mul__(self, other: Quantity | Literal) -> Quantity:
        """Product with a count, a number or an amount."""
        return cast(Quantity, self._join(Op.MUL, other, t.multiplied))

    def __truediv__(self, other: Number | Count | Months | Literal) -> Number:
        """Exact quotient; dividing by zero stops the run."""
        return cast(Number, self._join(Op.DIV, other, t.divided))

    def power(self, exponent: Decimal | str) -> Number:
        """Return n^exponent from the table of 8 decimals that all executors share (equivalence scales)."""
        return Number(operation(Op.POWER, self.node, type=t.NUMBER, attr=Fraction(exponent)))


class Months(Quantity):
    """A number of completed months."""

    kind = Kind.MONTHS

    @overload
    def __mul__(self, other: Money) -> Money: ...
    @overload
    def __mul__(self, other: Number | Count | Months | Literal) -> Number: ...
    def __mul__(self, other: Quantity | Literal) -> Quantity:
        """Product with a number or an amount."""
        return cast(Quantity, self._join(Op.MUL, other, t.multiplied))

    def __truediv__(self, other: Number | Count | Months | Literal) -> Number:
        """Exact quotient; dividing by zero stops the run."""
        return cast(Number, self._join(Op.DIV, other, t.divided))


class Money(Quantity):
    """An amount in a currency, per month unless its timing says otherwise."""

    kind = Kind.MONEY

    def __mul__(self, other: Number | Count | Months | Literal) -> Money:
        """Amount times a number; money times money is an error."""
        return cast(Money, self._join(Op.MUL, other, t.multiplied))

    @overload
    def __truediv__(self, other: Money) -> Number: ...
    @overload
    def __truediv__(self, other: Number | Count | Months | Literal) -> Money: ...
    def __truediv__(self, other: Quantity | Literal) -> Quantity:
        """Share of another amount, or an amount per head; dividing by zero stops the run."""
        return cast(Quantity, self._join(Op.DIV, other, t.divided))

    def _retimed(self, timing: Timing) -> Money:
        return Money(operation(Op.RETIME, self.node, type=self.node.type.retimed(timing)))

    def paid_now(self) -> Money:
        """Declare the amount as paid in the month itself."""
        return self._retimed(Timing.NOW)

    def accrued(self) -> Money:
        """Declare the amount as earned this month and retained until a proof."""
        return self._retimed(Timing.ACCRUED)

    def annual(self) -> Money:
        """Declare the amount as paid once a year."""
        return self._retimed(Timing.ANNUAL)


class Date(Expr):
    """A day."""

    kind = Kind.DATE

    def _compare(self, op: Op, other: Date | date, *, swap: bool = False) -> Bool:
        a, b = self.node, literal(other, t.DATE)
        return Bool(operation(op, *((b, a) if swap else (a, b)), type=t.BOOL))

    def __lt__(self, other: Date | date) -> Bool:
        """Before."""
        return self._compare(Op.LT, other)

    def __le__(self, other: Date | date) -> Bool:
        """On or before."""
        return self._compare(Op.LE, other)

    def __gt__(self, other: Date | date) -> Bool:
        """After."""
        return self._compare(Op.LT, other, swap=True)

    def __ge__(self, other: Date | date) -> Bool:
        """On or after."""
        return self._compare(Op.LE, other, swap=True)

    def full_months_until(self, later: Date | date) -> Months:
        """Completed months from this day to another (negative before it)."""
        return Months(operation(Op.FULL_MONTHS, self.node, literal(later, t.DATE), type=t.MONTHS))


class Category(Expr):
    """One of a declared set of names."""

    kind = Kind.CATEGORY

    def one_of(self, *names: str) -> Bool:
        """Whether the value is among the names."""
        if not names:
            fail("one_of needs at least one category.")
        found = self == names[0]
        for name in names[1:]:
            found = found | (self == name)
        return found


SYMBOLS: dict[Kind, type[Expr]] = {c.kind: c for c in (Bool, Count, Number, Months, Money, Date, Category)}
E = TypeVar("E", bound=Expr)


def wrap(inner: Node) -> Any:
    """Return the symbol class that belongs to a node's type."""
    return SYMBOLS[inner.type.kind](inner)


def this_month() -> Date:
    """Return the first day of the month at which the rule is evaluated."""
    return Date(node(Op.MONTH, (), t.DATE, Entity.SCALAR))


def when(condition: Bool, value: E, *, otherwise: E | Literal | bool) -> E:
    """Choose between two values of one type: the only branch of the language."""
    if not isinstance(condition, Bool):
        fail(f"when() needs a condition first, not {condition!r}.", TypeMismatchError)
    if not isinstance(value, Expr):
        fail(f"when() needs a symbolic value second, not {value!r}; write amount(…) or percent(…).")
    no = literal(otherwise, value.node.type)
    numeric = value.node.type.numeric and no.type.numeric
    if not numeric and value.node.type != no.type:
        fail(f"when() chooses between {value.node.type} and {no.type}.", TypeMismatchError)
    type_ = combined(t.added, value.node.type, no.type) if numeric else no.type
    return cast(E, wrap(operation(Op.WHEN, condition.node, value.node, no, type=type_)))


def cases(*pairs: tuple[Bool, E], otherwise: E | Literal | bool) -> E:
    """Choose the value of the first condition that holds."""
    result: Any = otherwise
    for condition, value in reversed(pairs):
        result = when(condition, value, otherwise=result)
    return cast(E, result)
