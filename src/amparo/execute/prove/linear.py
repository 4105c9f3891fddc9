"""Numbers of a household not yet known, exact: sums of whole (or real) unknowns times fractions.

Money is counted in its smallest unit, so that nearly every unknown is a whole number; what a law multiplies and
divides by are constants, which stay fractions outside the solver. A comparison is multiplied out by the common
denominator when it is made: `income / 4 <= 218.00` becomes `income_in_cents <= 87200`, and no division or rounding
error is left for the solver to reason about.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from amparo.execute.prove.solver import solver

Truth = Any  # a Python bool, or a formula
MANY = 64  # values by which a product, quotient or power is told apart, one by one


@dataclass(frozen=True, eq=False)
class Unit:
    """A whole or real unknown of the solver, with what is known about it from the start.

    Attributes:
        low, high: bounds; None for none.
        values: every value it can have, when they are few.
        quotient: numerator and divisor, for the unknown that stands for a quotient.
        floor_of: the number of which the unknown is the whole part.
    """

    term: Any
    whole: bool = True
    low: Fraction | None = None
    high: Fraction | None = None
    values: frozenset[int] | None = None
    quotient: tuple[Linear, Linear] | None = None
    floor_of: Linear | None = None


class Linear:
    """A sum of unknowns times fractions, plus a constant. Immutable; compare with `less`, `equal`."""

    __slots__ = ("constant", "parts")

    def __init__(self, parts: Mapping[Unit, Fraction], constant: Fraction) -> None:
        self.parts = {u: k for u, k in parts.items() if k}
        self.constant = Fraction(constant)

    def __add__(self, other: Linear) -> Linear:
        """Add, unknown by unknown."""
        parts = dict(self.parts)
        for u, k in other.parts.items():
            parts[u] = parts.get(u, Fraction(0)) + k
        return Linear(parts, self.constant + other.constant)

    def __sub__(self, other: Linear) -> Linear:
        """Subtract; what both share cancels."""
        return self + other.times(Fraction(-1))

    def times(self, factor: Fraction) -> Linear:
        """Multiply by a constant."""
        return Linear({u: k * factor for u, k in self.parts.items()}, self.constant * factor)

    @property
    def known(self) -> Fraction | None:
        """The value, when no unknown is left."""
        return None if self.parts else self.constant

    @property
    def whole(self) -> bool:
        """Whether every unknown is a whole number."""
        return all(u.whole for u in self.parts)

    @property
    def low(self) -> Fraction | None:
        """The least it can be by the bounds of its unknowns."""
        return self._end(lambda u, k: u.low if k > 0 else u.high)

    @property
    def high(self) -> Fraction | None:
        """The most it can be by the bounds of its unknowns."""
        return self._end(lambda u, k: u.high if k > 0 else u.low)

    def _end(self, which: Callable[[Unit, Fraction], Fraction | None]) -> Fraction | None:
        total = self.constant
        for u, k in self.parts.items():
            end = which(u, k)
            if end is None:
                return None
            total += k * end
        return total

    @property
    def values(self) -> list[Fraction] | None:
        """Every value it can have, when it is a constant or follows one unknown of few values."""
        if not self.parts:
            return [self.constant]
        if len(self.parts) > 1:
            return None
        ((u, k),) = self.parts.items()
        found = few(u)
        return None if found is None else [k * v + self.constant for v in sorted(found)]

    def scaled(self) -> tuple[Any, int]:
        """Return the solver's term of the sum times the least common denominator, and that denominator."""
        denominator = math.lcm(self.constant.denominator, *(k.denominator for k in self.parts.values()))
        z3 = solver()
        of = z3.IntVal if self.whole else z3.RealVal
        terms = []
        for u, k in sorted(self.parts.items(), key=lambda item: item[0].term.get_id()):
            term = z3.ToReal(u.term) if u.whole and not self.whole else u.term
            factor = int(k * denominator)
            terms.append(term if factor == 1 else of(factor) * term)
        if self.constant or not terms:
            terms.append(of(int(self.constant * denominator)))
        return (terms[0] if len(terms) == 1 else z3.Sum(terms)), denominator


def few(unit: Unit) -> Iterable[int] | None:
    """Return every value of an unknown when they are few."""
    if unit.values is not None:
        return unit.values
    if unit.whole and unit.low is not None and unit.high is not None and unit.high - unit.low < MANY:
        return range(math.ceil(unit.low), math.floor(unit.high) + 1)
    return None


def constant(value: Fraction | int) -> Linear:
    """Return a known number."""
    return Linear({}, Fraction(value))


def unknown(unit: Unit, times: Fraction | int = 1) -> Linear:
    """Return one unknown times a fraction."""
    return Linear({unit: Fraction(times)}, Fraction(0))


# ------------------------------------------------------------------ truth


def negation(a: Truth) -> Truth:
    """Not."""
    return not a if isinstance(a, bool) else solver().Not(a)


def conjunction(*several: Truth) -> Truth:
    """All of them."""
    if any(a is False for a in several):
        return False
    left = [a for a in several if a is not True]
    return True if not left else left[0] if len(left) == 1 else solver().And(*left)


def disjunction(*several: Truth) -> Truth:
    """One of them."""
    if any(a is True for a in several):
        return True
    left = [a for a in several if a is not False]
    return False if not left else left[0] if len(left) == 1 else solver().Or(*left)


def same_truth(a: Truth, b: Truth) -> Truth:
    """Both or neither."""
    if isinstance(a, bool):
        return b if a else negation(b)
    if isinstance(b, bool):
        return a if b else negation(a)
    return a == b


def either_truth(condition: Truth, a: Truth, b: Truth) -> Truth:
    """The first when the condition holds, the second otherwise."""
    if isinstance(condition, bool):
        return a if condition else b
    if isinstance(a, bool) or isinstance(b, bool):
        return conjunction(disjunction(negation(condition), a), disjunction(condition, b))
    return a if a.eq(b) else solver().If(condition, a, b)


class Numbers:
    """Operations on numbers of one proof; keeps what was already named, so that equal stays identical."""

    def __init__(self) -> None:
        self.facts: list[Any] = []  # what is true of the unknowns named here
        self._units: dict[tuple[int, bool], Unit] = {}
        self._quotients: dict[tuple[Any, ...], Linear] = {}
        self._kept: list[Any] = []
        self._fresh = 0

    def unit(self, term: Any, **known: Any) -> Unit:
        """Return the unknown of a term: one and the same for the same term."""
        key = (term.get_id(), known.get("whole", True))
        if key not in self._units:
            self._units[key] = Unit(term, **known)
        return self._units[key]

    def fresh(self, *, whole: bool = False, name: str = "any", **known: Any) -> Linear:
        """Return a number about which nothing is known."""
        self._fresh += 1
        z3 = solver()
        term = (z3.Int if whole else z3.Real)(f"{name}!{self._fresh}")
        return unknown(self.unit(term, whole=whole, **known))

    # comparisons

    def less(self, a: Linear, b: Linear, *, strict: bool) -> Truth:
        """Whether a < b (or a <= b)."""
        difference = a - b
        low, high = difference.low, difference.high
        if high is not None and (high < 0 or (high == 0 and not strict)):
            return True
        if low is not None and (low > 0 or (low == 0 and strict)):
            return False
        floored = _floor_against_a_figure(difference)
        if floored is not None:  # floor(x) <= t is x < t + 1, and floor(x) >= t is x >= t
            inside, k, at = floored
            if k > 0:
                most = math.ceil(at) if strict else math.floor(at) + 1
                return self.less(inside, constant(most), strict=True)
            least = math.floor(at) + 1 if strict else math.ceil(at)
            return self.less(constant(least), inside, strict=False)
        divided = self._without_quotient(difference, lambda x: self.less(x, constant(0), strict=strict), flipped=True)
        if divided is not None:
            return divided
        term, _ = difference.scaled()
        return term < 0 if strict else term <= 0

    def equal(self, a: Linear, b: Linear) -> Truth:
        """Whether a = b."""
        difference = a - b
        low, high = difference.low, difference.high
        if (low is not None and low > 0) or (high is not None and high < 0):
            return False
        if difference.known is not None:
            return difference.known == 0
        floored = _floor_against_a_figure(difference)
        if floored is not None:
            inside, _, at = floored
            if at.denominator != 1:
                return False
            above = self.less(constant(at), inside, strict=False)
            return conjunction(above, self.less(inside, constant(at + 1), strict=True))
        if difference.whole and len(difference.parts) == 1:
            ((u, k),) = difference.parts.items()
            at = -difference.constant / k
            return u.term == int(at) if at.denominator == 1 else False
        divided = self._without_quotient(difference, lambda x: self.equal(x, constant(0)), flipped=False)
        if divided is not None:
            return divided
        term, _ = difference.scaled()
        return term == 0

    def _without_quotient(self, sum_: Linear, test: Callable[[Linear], Truth], *, flipped: bool) -> Truth | None:
        """Return the test of a sum with one quotient a/b, multiplied out by b: a/b < c is a < c·b where b > 0."""
        found = [(u, k, u.quotient) for u, k in sum_.parts.items() if u.quotient]
        if len(found) != 1:
            return None
        unit, k, (numerator, divisor) = found[0]
        rest = Linear({u: f for u, f in sum_.parts.items() if u is not unit}, sum_.constant)
        out = numerator.times(k) + self.product(rest, divisor)
        positive = self.less(constant(0), divisor, strict=True)
        negative = self.less(divisor, constant(0), strict=True)
        below = test(out.times(Fraction(-1))) if flipped else test(out)
        bare = Linear({Unit(unit.term, whole=False): k}, Fraction(0)) + rest  # divided by zero: anything
        return either_truth(positive, test(out), either_truth(negative, below, test(bare)))

    # choice

    def choose(self, condition: Truth, a: Linear, b: Linear) -> Linear:
        """Return the first when the condition holds, the second otherwise; what both share stays outside."""
        if isinstance(condition, bool):
            return a if condition else b
        shared = {u: k for u, k in a.parts.items() if b.parts.get(u) == k}
        outside = Linear(shared, b.constant)
        one, other = a - outside, b - outside
        if not one.parts and not other.parts and one.constant == other.constant:
            return outside + one
        z3 = solver()
        terms = [*one.parts.values(), *other.parts.values(), one.constant, other.constant]
        step = _common(terms)
        one_term, _ = one.times(1 / step).scaled()
        other_term, _ = other.times(1 / step).scaled()
        whole = one.whole and other.whole
        if not whole:
            one_term, other_term = (z3.ToReal(t) if t.is_int() else t for t in (one_term, other_term))
        chosen = z3.If(condition, one_term, other_term)
        ends = [(x.low, x.high) for x in (one.times(1 / step), other.times(1 / step))]
        low = None if any(lo is None for lo, _ in ends) else min(lo for lo, _ in ends if lo is not None)
        high = None if any(hi is None for _, hi in ends) else max(hi for _, hi in ends if hi is not None)
        unit = self.unit(chosen, whole=whole, low=low, high=high, values=_together(one, other, step))
        return outside + unknown(unit, step)

    def over(self, number: Linear, then: Callable[[Fraction], Linear], otherwise: Callable[[], Linear]) -> Linear:
        """Return what follows from each value of a number of few values; otherwise, when they are many."""
        values = number.values
        if values is None or len(values) > MANY:
            return otherwise()
        found = then(values[0])
        for value in values[1:]:
            found = self.choose(self.equal(number, constant(value)), then(value), found)
        return found

    # arithmetic

    def product(self, a: Linear, b: Linear) -> Linear:
        """Multiply: by a constant, by each of a few values, or (last) as the solver's own product."""
        if a.known is not None:
            return b.times(a.known)
        if b.known is not None:
            return a.times(b.known)
        if b.values is not None and (a.values is None or len(b.values) < len(a.values)):
            a, b = b, a
        return self.over(a, b.times, lambda: self._multiplied(a, b))

    def _multiplied(self, a: Linear, b: Linear) -> Linear:
        (one, first), (other, second) = a.scaled(), b.scaled()
        whole = a.whole and b.whole
        if not whole:
            z3 = solver()
            one, other = (z3.ToReal(t) if t.is_int() else t for t in (one, other))
        return unknown(self.unit(one * other, whole=whole), Fraction(1, first * second))

    def quotient(self, a: Linear, b: Linear) -> Linear:
        """Divide; by zero it can be anything, so that no proof rests on it."""
        if b.known:
            return a.times(1 / b.known)

        def by(value: Fraction) -> Linear:
            return a.times(1 / value) if value else self.fresh(name="by_zero")

        return self.over(b, by, lambda: self._divided(a, b))

    def _divided(self, a: Linear, b: Linear) -> Linear:
        z3 = solver()
        (one, first), (other, second) = a.scaled(), b.scaled()
        key = (one.get_id(), first, other.get_id(), second)
        if key not in self._quotients:
            self._kept += [one, other]
            self._fresh += 1
            term = z3.Real(f"quotient!{self._fresh}")
            unit = self.unit(term, whole=False, quotient=(a, b))
            top, bottom = (z3.ToReal(t) if t.is_int() else t for t in (one, other))
            # term = (one/first) / (other/second), multiplied out
            self.facts.append(z3.Or(bottom == 0, term * bottom * z3.RealVal(first) == top * z3.RealVal(second)))
            self._quotients[key] = unknown(unit)
        return self._quotients[key]

    def floor(self, a: Linear) -> Linear:
        """Return the greatest whole number that is not above."""
        outside = {u: k for u, k in a.parts.items() if u.whole and k.denominator == 1}
        kept = Linear(outside, Fraction(math.floor(a.constant)))
        rest = a - kept
        if not rest.parts:
            return kept
        z3 = solver()
        term, denominator = rest.scaled()
        found = term / z3.IntVal(denominator) if rest.whole else z3.ToInt(term / z3.RealVal(denominator))
        low, high = rest.low, rest.high
        unit = self.unit(
            found,
            low=None if low is None else Fraction(math.floor(low)),
            high=None if high is None else Fraction(math.floor(high)),
            floor_of=rest,
        )
        return kept + unknown(unit)


def _floor_against_a_figure(difference: Linear) -> tuple[Linear, Fraction, Fraction] | None:
    """Return (x, k, t) when a difference is k · (floor(x) − t)."""
    if len(difference.parts) != 1:
        return None
    ((unit, k),) = difference.parts.items()
    return None if unit.floor_of is None else (unit.floor_of, k, -difference.constant / k)


def _common(numbers: list[Fraction]) -> Fraction:
    """Return the largest fraction of which all are whole multiples."""
    some = [n for n in numbers if n]
    denominator = math.lcm(*(n.denominator for n in some))
    return Fraction(reduce(math.gcd, (abs(int(n * denominator)) for n in some)), denominator)


def _together(one: Linear, other: Linear, step: Fraction) -> frozenset[int] | None:
    found = [x.values for x in (one, other)]
    if any(v is None for v in found):
        return None
    joint = frozenset(int(v / step) for values in found if values is not None for v in values)
    return joint if len(joint) <= MANY else None
