"""Where one more unit of earnings leaves a household with less: by how much, why, and until when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from amparo.execute.budget_line.line import ROUNDING, BudgetLine, Jump, Piece


@dataclass(frozen=True)
class Cliff:
    """A point of earnings at which income falls.

    Attributes:
        at: the first earnings with the lower income.
        before, after: income a month one smallest unit below, and at it.
        jumps: every amount that jumps there; some may rise while others fall more.
        regained: the least earnings above at which income is again as much as before; None where the line ends first.
    """

    at: Fraction
    before: Fraction
    after: Fraction
    jumps: tuple[Jump, ...]
    regained: Fraction | None

    @property
    def loss(self) -> Fraction:
        """What the household has less a month."""
        return self.before - self.after

    @property
    def more_to_earn(self) -> Fraction | None:
        """How much more must be earned to make up for it."""
        return None if self.regained is None else self.regained - self.at


def cliffs(line: BudgetLine) -> list[Cliff]:
    """Return the points at which income falls, in order of earnings; every figure is the exact executor's."""
    found = []
    for at, jumps in groupby(line.jumps, key=lambda j: j.at):
        below = at - line.unit
        before, after = (line.income(e, line.at(e)) for e in (below, at))
        if after < before:
            found.append(Cliff(at, before, after, tuple(jumps), _regained(line, at, before)))
    return found


def _regained(line: BudgetLine, at: Fraction, level: Fraction) -> Fraction | None:
    """Return the first earnings from `at` on with an income of at least `level`."""
    for piece in line.pieces:
        if piece.last >= at:
            found = _within(line, piece, max(piece.first, at), level)
            if found is not None:
                return found
    return None


def _within(line: BudgetLine, piece: Piece, first: Fraction, level: Fraction) -> Fraction | None:
    """Return the first earnings of a piece with an income of at least `level`: near its straight line, then exactly."""
    slope = line.income(Fraction(1), piece.slopes)
    start = line.income(piece.first, piece.at_first)
    off = (ROUNDING + len(piece.slopes)) * line.unit  # how far the rounding of amounts keeps income from the line
    ends = [line.income(e, a) for e, a in ((piece.first, piece.at_first), (piece.last, piece.at_last))]
    if max(ends) + off < level:
        return None
    steps = 0 if slope <= 0 else max(0, math.ceil((level - off - start) / slope / line.unit))
    earnings = max(first, piece.first + steps * line.unit)
    most = min(piece.last, earnings + (2 * off / slope if slope > 0 else 2 * off) + line.unit)
    while earnings <= most:
        if line.income(earnings, line.at(earnings)) >= level:
            return earnings
        earnings += line.unit
    return None
