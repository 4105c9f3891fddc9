"""How far each array can be from the truth, and so how close to a threshold a row is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from amparo.errors import ParameterError
from amparo.execute.kernel.lower import Fold, Loop, parameter_scale
from amparo.execute.kernel.program import EXACT, LIMIT, ROUNDOFF, Bound, Column, Instruction, bound
from amparo.expr import Kind, Parameter
from amparo.expr.entities import Input

MEMBERS = 200  # most members that a household may have; populations with more are refused
DAY = 4_000_000.0  # the code of a day in the year 10752


def figure_bound(parameter: Parameter, figure: Fraction | None) -> tuple[float, Bound]:
    """Return the float of a figure in its scale with its error; without a figure, what it may be at all."""
    if figure is None:
        signed = any(v.value is not None and v.value < 0 for v in parameter.values)
        return 0.0, Bound(-LIMIT if signed else 0.0, LIMIT)
    scaled = figure * 10 ** parameter_scale(parameter)
    if abs(scaled) > LIMIT:
        raise ParameterError(
            f"{parameter.key} = {float(figure):g} is too large: at most {LIMIT:.0f} in its last decimal."
        )
    if figure < 0 and all(v.value is None or v.value >= 0 for v in parameter.values):
        raise ParameterError(f"{parameter.key} = {float(figure):g} is negative; the law's values never are.")
    value = float(scaled)
    whole = scaled.denominator == 1
    return value, Bound(value, value, 0.0 if whole else abs(value) * ROUNDOFF, whole)


def input_bound(declared: Input[Any]) -> Bound:
    """Return the range of an input's column, in its smallest unit."""
    kind = declared.type.kind
    if kind is Kind.CATEGORY:
        return Bound(0.0, float(len(declared.type.categories) - 1))
    if kind is Kind.DATE:
        return Bound(0.0, DAY)
    unit = 10.0**declared.type.currency.decimals if declared.type.currency else 1.0
    low = -LIMIT if declared.low is None else max(-LIMIT, float(declared.low) * unit)
    high = LIMIT if declared.high is None else min(LIMIT, float(declared.high) * unit)
    return Bound(low, high, 0.0, whole=kind is not Kind.NUMBER)


class Errors:
    """Follows bounds through the loops of a plan."""

    def __init__(
        self,
        figures: Callable[[Parameter], Bound],
        inputs: Mapping[str, Input[Any]],
        given: Mapping[Column, Bound] | None = None,
        members: int = MEMBERS,
    ) -> None:
        """Follow from the figures' bounds, the bounds of columns as they are, and what inputs may be at most."""
        self.figures, self.inputs, self.members = figures, inputs, float(members)
        self.columns: dict[Column, Bound] = dict(given or {})

    def loop(self, loop: Loop) -> dict[int, float]:
        """Return the tolerance of each comparison and rounding of a loop; note the bounds of what it stores."""
        tolerances: dict[int, float] = {}
        found = bound(loop.program, self._leaf, tolerances.__setitem__)
        for column, value in loop.stores:
            if column.kind == "f":
                size = found[value]
                self.columns[column] = self._folded(loop.fold, size, found) if loop.fold else size
        return tolerances

    def _folded(self, fold: Fold, value: Bound, found: Mapping[int, Bound]) -> Bound:
        if fold.op == "sum":
            n = self.members
            total = Bound(min(0.0, value.low * n), max(0.0, value.high * n), value.error * n, value.whole)
            if not total.whole or total.size >= EXACT or total.error:
                total = Bound(total.low, total.high, total.error + n * total.size * ROUNDOFF, whole=False)
            return total
        if fold.nobody is not None:
            empty = found[fold.nobody]
            return Bound(
                min(value.low, empty.low),
                max(value.high, empty.high),
                max(value.error, empty.error),
                value.whole and empty.whole,
            )
        return value

    def _leaf(self, made: Instruction) -> Bound:
        if made.op == "param":
            return self.figures(made.attr)  # type: ignore[arg-type]
        if made.op == "month":
            return Bound(0.0, DAY)
        if made.op in ("size", "position"):
            return Bound(0.0, self.members)
        column: Column = made.attr[0]  # type: ignore[index]
        if column in self.columns:
            return self.columns[column]
        if column.role == "input":
            return input_bound(self.inputs[column.name])
        if column.role == "relation":
            return Bound(-3.0, self.members)
        return Bound(-LIMIT, LIMIT)


def generic(loops: Sequence[Loop], inputs: Mapping[str, Input[Any]]) -> list[list[tuple[int, str]]]:
    """Return, for each loop, the doubts that can occur for any figures at all: the others are never computed."""
    errors = Errors(lambda p: figure_bound(p, None)[1], inputs)
    kept = []
    for loop in loops:
        tolerances = errors.loop(loop)
        chosen = {d: None for d in loop.doubts if d[1] == "flag" or tolerances.get(d[0], -1.0) >= 0}
        kept.append(list(chosen))
    return kept
