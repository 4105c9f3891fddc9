"""How far each array can be from the truth, and so how close to a threshold a row is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from amparo.errors import ParameterError
from amparo.execute.kernel.codegen.program import (
    EXACT,
    LIMIT,
    ROUNDOFF,
    Column,
    Extent,
    Fold,
    Instruction,
    Loop,
    extents,
)
from amparo.expr import Kind, Parameter
from amparo.expr.entities import Input

MEMBERS = 200  # most members that a household may have; populations with more are refused
DAY = 4_000_000.0  # the code of a day in the year 10752


def any_figure(parameter: Parameter) -> Extent:
    """Return what a figure may be at all."""
    signed = any(v.value is not None and v.value < 0 for v in parameter.values)
    return Extent(-LIMIT if signed else 0.0, LIMIT)


def figure_bound(parameter: Parameter, figure: Fraction, scale: int) -> tuple[float, Extent]:
    """Return the float of a figure held with some decimals, and its error."""
    scaled = figure * 10**scale
    if abs(scaled) > LIMIT:
        raise ParameterError(
            f"{parameter.key} = {float(figure):g} is too large: at most {LIMIT:.0f} in its last decimal."
        )
    if figure < 0 and all(v.value is None or v.value >= 0 for v in parameter.values):
        raise ParameterError(f"{parameter.key} = {float(figure):g} is negative; the law's values never are.")
    value = float(scaled)
    whole = scaled.denominator == 1
    return value, Extent(value, value, 0.0 if whole else abs(value) * ROUNDOFF, whole)


def input_bound(declared: Input[Any]) -> Extent:
    """Return the range of an input's column, in its smallest unit."""
    kind = declared.type.kind
    if kind is Kind.CATEGORY:
        return Extent(0.0, float(len(declared.type.categories) - 1))
    if kind is Kind.DATE:
        return Extent(0.0, DAY)
    unit = 10.0**declared.type.currency.decimals if declared.type.currency else 1.0
    low = -LIMIT if declared.low is None else max(-LIMIT, float(declared.low) * unit)
    high = LIMIT if declared.high is None else min(LIMIT, float(declared.high) * unit)
    return Extent(low, high, 0.0, whole=kind is not Kind.NUMBER)


class Errors:
    """Follows bounds through the loops of a plan."""

    def __init__(
        self,
        figures: Callable[[Parameter], Extent],
        inputs: Mapping[str, Input[Any]],
        given: Mapping[Column, Extent] | None = None,
        members: int = MEMBERS,
    ) -> None:
        """Follow from the figures' bounds, the bounds of columns as they are, and what inputs may be at most."""
        self.figures, self.inputs, self.members = figures, inputs, float(members)
        self.columns: dict[Column, Extent] = dict(given or {})

    def loop(self, loop: Loop) -> dict[int, float]:
        """Return the tolerance of each comparison and rounding of a loop; note the bounds of what it stores."""
        tolerances: dict[int, float] = {}
        found = extents(loop.program, self._leaf, tolerances.__setitem__)
        for column, value in loop.stores:
            if column.kind == "f":
                size = found[value]
                self.columns[column] = self._folded(loop.fold, size, found) if loop.fold else size
        return tolerances

    def _folded(self, fold: Fold, value: Extent, found: Mapping[int, Extent]) -> Extent:
        if fold.op == "sum":
            n = self.members
            total = Extent(min(0.0, value.low * n), max(0.0, value.high * n), value.error * n, value.whole)
            if not total.whole or total.size >= EXACT or total.error:
                total = Extent(total.low, total.high, total.error + n * total.size * ROUNDOFF, whole=False)
            return total
        if fold.nobody is not None:
            empty = found[fold.nobody]
            return Extent(
                min(value.low, empty.low),
                max(value.high, empty.high),
                max(value.error, empty.error),
                value.whole and empty.whole,
            )
        return value

    def _leaf(self, made: Instruction) -> Extent:
        if made.op == "param":
            return self.figures(made.attr)  # type: ignore[arg-type]
        if made.op == "month":
            return Extent(0.0, DAY)
        if made.op in ("size", "position"):
            return Extent(0.0, self.members)
        column: Column = made.attr[0]  # type: ignore[index]
        if column in self.columns:
            return self.columns[column]
        if column.role == "input":
            return input_bound(self.inputs[column.name])
        if column.role == "relation":
            return Extent(-3.0, self.members)
        return Extent(-LIMIT, LIMIT)


def generic(loops: Sequence[Loop], inputs: Mapping[str, Input[Any]]) -> list[list[tuple[int, str]]]:
    """Return, for each loop, the doubts that can occur for any figures at all: the others are never computed."""
    errors = Errors(any_figure, inputs)
    kept = []
    for loop in loops:
        tolerances = errors.loop(loop)
        chosen = {d: None for d in loop.doubts if d[1] == "flag" or tolerances.get(d[0], -1.0) >= 0}
        kept.append(list(chosen))
    return kept
