"""What all measures share that are a mean, over everyone, of how poor each person is."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.distribution import around
from amparo.measures.poverty.lines import Line, drawn
from amparo.measures.sampling.linearised import Linearised, size_of
from amparo.measures.sampling.sums import summed
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights

Depth = Callable[[Floats, Any], Floats]  # of incomes and their lines, one line or one for each


def mean_depth(
    y: Floats,
    income: ArrayLike,
    line: Line,
    design: Weights,
    depth: Depth,
    slope: Depth | None,
    *,
    rows: Rows,
    reference: ArrayLike | None,
    excluded: int = 0,
) -> Linearised:
    """Return Σ w·depth(y, z)·[y < z] / Σ w, with the uncertainty of the line where the sample made it.

    Args:
        y:         [n] incomes, checked; those outside the rows are not looked at.
        income:    [n] incomes as they were given, of which a relative line is drawn.
        line:      any `Line`.
        design:    the sample.
        depth:     how poor those are who have y below z, given both as columns of the poor.
        slope:     its derivative by z; None where the depth is 1 for all, so that only who crosses the line counts.
        rows:      [n] who is measured.
        reference: [n] booleans, whose incomes make a relative line; None for everyone.
        excluded:  rows of the domain that the measure is not defined for.
    """
    z, estimated = drawn(line, income, design, rows, reference)
    w = design.weight

    def poor_of(part: slice) -> tuple[Any, Floats, Any]:
        """Return the poor among some rows: where they are, what they have and their lines."""
        line: Any = z[part] if isinstance(z, np.ndarray) else z
        poor = np.flatnonzero((y[part] < line) if rows is design.everyone else (rows[part] & (y[part] < line)))
        return poor, y[part][poor], line[poor] if isinstance(z, np.ndarray) else z

    def deep(part: slice) -> float:
        poor, have, line = poor_of(part)
        return float((w[part][poor] * depth(have, line)).sum())

    influence = None
    if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        poor, have, line_of_poor = poor_of(slice(None))
        influence = np.zeros(len(design))
        influence[poor] = depth(have, line_of_poor)
    found = Linearised(summed(deep, y.size), influence, design, rows, excluded) / size_of(design, rows)
    if estimated is None or influence is None:
        return found
    if slope is None:
        rise, _ = around(y, design, rows, estimated.value)
    else:
        rise = float((w[poor] * slope(have, line_of_poor)).sum() / w[rows].sum())
    moved = (found + rise * (estimated - estimated.value)).within(rows)
    return Linearised(moved.value, moved.influence, design, rows, excluded)
