"""Straight-line programs: what one loop iteration computes, in float64 and yes/no, before it becomes machine code.

Two interpreters read a program: `emit` turns it into LLVM IR, `extents` follows how large values and their rounding
errors can become. A comparison or rounding whose operands may carry an error owns a *tolerance*, a run-time scalar:
rows closer than that are doubtful and are decided by the exact executor. A negative tolerance means *exact*.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

EXACT = 2.0**53  # whole numbers below are exact in float64
LIMIT = 2.0**40  # largest whole number accepted in an input or figure, in its smallest unit
ROUNDOFF = 2.0**-53
SMALL = 2.0**-10  # a divisor that is no whole number is not divided by below this


@dataclass(frozen=True, slots=True)
class Column:
    """An array that loops read or write: input, state, relation, or a value of the graph."""

    role: str  # input, state, relation, num, den, flag, doubt
    name: str
    entity: str  # household or person
    kind: str  # f for numbers, b for yes/no, r for a relation

    def __str__(self) -> str:
        """Return a short stable name."""
        return f"{self.role}:{self.name}"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation on earlier results; `attr` is a constant, a slot or a column with its index."""

    op: str
    args: tuple[int, ...]
    attr: object = None
    flag: bool = False  # result is yes/no


@dataclass
class Program:
    """Instructions in order, common ones shared."""

    instructions: list[Instruction] = field(default_factory=list)
    known: dict[Instruction, int] = field(default_factory=dict)

    def put(self, op: str, *args: int, attr: object = None, flag: bool = False) -> int:
        """Append an instruction, or return the equal one."""
        made = Instruction(op, args, attr, flag)
        if made not in self.known:
            self.known[made] = len(self.instructions)
            self.instructions.append(made)
        return self.known[made]

    def const(self, value: float) -> int:
        """A number; a whole one that float64 cannot hold becomes the nearest, with its error."""
        near = float(value)
        return self.put("const" if near == value and abs(near) < EXACT else "near", attr=near)

    def constant(self, index: int) -> float | None:
        """The number behind a constant instruction."""
        made = self.instructions[index]
        return made.attr if made.op == "const" else None  # type: ignore[return-value]

    def binary(self, op: str, a: int, b: int) -> int:
        """fadd, fsub, fmul or fdiv, with the trivial cases folded."""
        x, y = self.constant(a), self.constant(b)
        if op == "fmul":
            if x == 1.0:
                return b
            if y == 1.0:
                return a
        if op in ("fadd", "fsub") and y == 0.0:
            return a
        if op == "fadd" and x == 0.0:
            return b
        if x is not None and y is not None and (op != "fdiv" or y):
            folded = {"fadd": x + y, "fsub": x - y, "fmul": x * y, "fdiv": x / y if y else 0.0}[op]
            if abs(folded) < EXACT and folded == math.floor(folded):
                return self.const(folded)
        return self.put(op, a, b)


@dataclass(frozen=True)
class Table:
    """The shared table of powers, as whole numbers."""

    key: str
    values: tuple[int, ...]

    @property
    def low(self) -> float:
        """Smallest entry."""
        return float(min(self.values))

    @property
    def high(self) -> float:
        """Largest entry."""
        return float(max(self.values))


@dataclass(frozen=True, slots=True)
class Fold:
    """How a loop brings the values of persons or pairs together: sum, any, largest or smallest.

    `where` is the condition for being counted, `nobody` the value over no one: instructions of the loop's program.
    """

    op: str
    where: int | None = None
    nobody: int | None = None


@dataclass
class Loop:
    """One generated function: a loop over households, persons, persons into households, or pairs."""

    shape: str  # household, person, fold, pair
    program: Program
    stores: list[tuple[Column, int]] = field(default_factory=list)
    fold: Fold | None = None  # of folds and pairs
    doubts: list[tuple[int, str]] = field(default_factory=list)  # (instruction, how)


@dataclass(frozen=True, slots=True)
class Extent:
    """How small and large a value can be, how far the float is from the truth, and whether it is whole."""

    low: float
    high: float
    error: float = 0.0
    whole: bool = True

    @property
    def size(self) -> float:
        """The largest magnitude, error included."""
        return max(abs(self.low), abs(self.high)) + self.error

    def rounded(self) -> Extent:
        """Account for the rounding of one float operation."""
        exact = self.whole and self.error == 0.0 and self.size < EXACT  # nothing here is true of a NaN
        if exact:
            return self
        return Extent(self.low, self.high, self.error + self.size * ROUNDOFF * 1.01, whole=False)


def _product(a: Extent, b: Extent) -> Extent:
    corners = [0.0 if 0.0 in (x, y) else x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    error = a.error * b.size + b.error * a.size
    return Extent(min(corners), max(corners), error, a.whole and b.whole)


def _quotient(a: Extent, b: Extent) -> Extent:
    divisor = max(_from_zero(b), 1.0 if b.whole and b.error == 0 else _near_zero(b) / 2)  # rows nearer are doubtful
    size = a.size / divisor
    error = a.error / divisor + b.error * size / divisor
    return Extent(-size if a.low < 0 or b.low < 0 else 0.0, size, error, whole=False)


def _from_zero(b: Extent) -> float:
    """How far from zero every true value is; negative where zero is among them."""
    return max(b.low, -b.high) - b.error


def _near_zero(b: Extent) -> float:
    """How close to zero a divisor may come before the row is left to the exact executor."""
    return max(SMALL, 2 * b.error)


def _hull(a: Extent, b: Extent) -> Extent:
    return Extent(min(a.low, b.low), max(a.high, b.high), max(a.error, b.error), a.whole and b.whole)


Arithmetic = dict[str, Callable[[Extent, Extent], Extent]]
ARITHMETIC: Arithmetic = {
    "fadd": lambda a, b: Extent(a.low + b.low, a.high + b.high, a.error + b.error, a.whole and b.whole).rounded(),
    "fsub": lambda a, b: Extent(a.low - b.high, a.high - b.low, a.error + b.error, a.whole and b.whole).rounded(),
    "fmul": lambda a, b: _product(a, b).rounded(),
    "fdiv": lambda a, b: _quotient(a, b).rounded(),
    "fmin": lambda a, b: Extent(min(a.low, b.low), min(a.high, b.high), max(a.error, b.error), a.whole and b.whole),
    "fmax": lambda a, b: Extent(max(a.low, b.low), max(a.high, b.high), max(a.error, b.error), a.whole and b.whole),
}


def extents(
    program: Program, leaf: Callable[[Instruction], Extent], tolerances: Callable[[int, float], None]
) -> dict[int, Extent]:
    """Follow magnitudes and errors through a program.

    Args:
        leaf: bounds of parameters and columns.
        tolerances: told, for each comparison or rounding (by instruction), how close operands may come before the
            float answer is in doubt; negative when it never is.
    """
    found: dict[int, Extent] = {}
    certain: dict[int, bool | None] = {}  # comparisons that have one answer whatever the row
    for index, each in enumerate(program.instructions):
        args = [found[a] for a in each.args if a in found]
        if each.op == "const":
            value: float = each.attr  # type: ignore[assignment]
            found[index] = Extent(value, value, 0.0, value == math.floor(value))
        elif each.op == "near":
            value = each.attr  # type: ignore[assignment]
            found[index] = Extent(value, value, abs(value) * ROUNDOFF, whole=False)
        elif each.op in ARITHMETIC:
            found[index] = ARITHMETIC[each.op](args[0], args[1])
        elif each.op in ("floor", "roundeven", "ceil"):
            inner = each.args[0]
            tolerances(index, _closeness(program, inner, found))
            a = found[inner]
            found[index] = Extent(a.low - 1, a.high + 1, 0.0 if a.size < EXACT else a.size * ROUNDOFF)
        elif each.op in ("lt", "le", "eq"):
            error = args[0].error + args[1].error
            tolerances(index, -1.0 if error == 0 else error * 1.01)
            certain[index] = _certain(each.op, *args)
        elif each.op == "zero":
            b = args[0]
            apart = (b.whole and b.error == 0) or _from_zero(b) > 2 * _near_zero(b)
            tolerances(index, -1.0 if apart else _near_zero(b))
        elif each.op == "select" and not each.flag:
            found[index] = _selected(program, each, found, certain.get(each.args[0]))
        elif each.op == "table":
            low, high = each.attr.low, each.attr.high  # type: ignore[attr-defined]
            found[index] = Extent(low, high)
        elif each.op == "number":
            found[index] = Extent(0.0, 1.0)
        elif not each.flag:
            found[index] = leaf(each)
    return found


def _selected(program: Program, each: Instruction, found: dict[int, Extent], certain: bool | None) -> Extent:
    """Return the bounds of one of two numbers: of that one, where every row takes the same."""
    yes, no = (found[a] for a in each.args[-2:])
    if certain is not None:
        return yes if certain else no
    hull = _hull(yes, no)
    if each.attr == "nearest":  # the lesser or greater of two quotients, compared by whole denominators
        a, b = (found[x] for x in program.instructions[each.args[0]].args)
        return replace(hull, error=hull.error + a.error + b.error)
    return hull


def _certain(op: str, a: Extent, b: Extent) -> bool | None:
    """Return the answer that a comparison has on every row, errors included; None where rows differ."""
    if op != "eq" and a.high + a.error < b.low - b.error:
        return True
    apart = a.low - a.error > b.high + b.error or (op == "lt" and a.low - a.error >= b.high + b.error)
    return False if apart else None


def _closeness(program: Program, inner: int, found: dict[int, Extent]) -> float:
    """How close to the next whole number a rounded value may come before it is in doubt.

    The quotient of two exact whole numbers that together stay below 2^52 rounds right: were it not whole (or a half),
    it would be at least half of one divisor's part away from the next, which is more than float64 rounds.
    """
    made = program.instructions[inner]
    if made.op == "fdiv":
        a, b = (found[x] for x in made.args)
        if a.whole and b.whole and a.error == 0 and b.error == 0 and a.size + b.size < EXACT / 2:
            return -1.0
    error = found[inner].error
    return -1.0 if error == 0 and found[inner].whole else error * 1.01
