"""The arithmetic that every executor shares: rounding as laws write it, powers of counts, completed months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from fractions import Fraction

POWER_DECIMALS = 8
POWER_LIMIT = 200
DIGITS = 30  # before or after the point; a stated number of more is a mistake that could fill the memory


@dataclass(frozen=True)
class Rounding:
    """An explicit rounding step: the law's mode, to a multiple of a unit.

    `mode` is one of down, up (towards minus and plus infinity), half_up, half_even; `to` is in the value's own
    unit (pesos, reais, months).
    """

    mode: str
    to: Fraction

    @property
    def key(self) -> str:
        """Name the step for the structural hash."""
        return f"{self.mode}:{self.to}"


def ratio(above: int, below: int) -> Fraction | int:
    """Return a quotient exactly: an int where it is whole, because a Fraction costs some twenty times as much."""
    return Fraction(above, below) if above % below else above // below


def round_exact(number: Fraction | int, rounding: Rounding) -> Fraction | int:
    """Round to a multiple of the step's unit in the law's mode, exactly."""
    to, mode = rounding.to, rounding.mode
    above, below = number.numerator * to.denominator, number.denominator * to.numerator
    if mode == "up":
        steps = -(-above // below)
    elif mode == "half_up":
        steps = (2 * above + below) // (2 * below)
    elif mode == "half_even":
        steps = round(Fraction(above, below))
    else:
        steps = above // below
    return ratio(steps * to.numerator, to.denominator)


def exact_number(stated: object) -> Fraction | None:
    """Return a number as somebody writes it, exactly; None for what is no number, infinite, or beyond 30 digits.

    >>> exact_number("1/3"), exact_number("0.1"), exact_number("1e999999999")
    (Fraction(1, 3), Fraction(1, 10), None)
    """
    parts = []
    for text in str(stated).split("/"):
        try:
            part = Decimal(text)
        except InvalidOperation:
            return None
        exponent = part.as_tuple().exponent
        if not isinstance(exponent, int) or abs(part.adjusted()) > DIGITS or abs(exponent) > DIGITS:
            return None
        parts.append(Fraction(part))
    numerator, *rest = parts
    if not rest:
        return numerator
    return numerator / rest[0] if len(rest) == 1 and rest[0] else None


def months_between(first: date, later: date) -> int:
    """Return the completed months from one day to another."""
    whole = (later.year - first.year) * 12 + later.month - first.month
    return whole - (later.day < first.day)


_powers: dict[Fraction, tuple[Fraction, ...]] = {}


def power_table(exponent: Fraction) -> tuple[Fraction, ...]:
    """Return n^exponent for n = 0…200, rounded half even to 8 decimals: the same table in every executor.

    >>> float(power_table(Fraction(7, 10))[4])
    2.63901582
    """
    if exponent not in _powers:
        with localcontext() as context:
            context.prec = 50
            power = Decimal(exponent.numerator) / Decimal(exponent.denominator)
            unit = Decimal(1).scaleb(-POWER_DECIMALS)
            _powers[exponent] = tuple(
                Fraction((Decimal(n) ** power).quantize(unit, ROUND_HALF_EVEN)) if n else Fraction(0)
                for n in range(POWER_LIMIT + 1)
            )
    return _powers[exponent]
