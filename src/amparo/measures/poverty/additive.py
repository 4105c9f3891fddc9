"""What all measures share that are a mean, over everyone, of how poor each person is."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.distribution import around
from amparo.measures.poverty.lines import Line, drawn
from amparo.measures.sampling.linearised import Linearised, size_of
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights, dot

Depth = Callable[[Floats, Floats], Floats]


def mean_depth(
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
        income:    [n] currency.
        line:      any `Line`.
        design:    the sample.
        depth:     how poor those are who have y below z, given both as columns of the poor.
        slope:     its derivative by z; None where the depth is 1 for all, so that only who crosses the line counts.
        rows:      [n] who is measured.
        reference: [n] booleans, whose incomes make a relative line; None for everyone.
        excluded:  rows of the domain that the measure is not defined for.
    """
    y = design.column("income", income, rows)
    z, estimated = drawn(line, income, design, rows, reference)
    below = y < z
    poor = np.flatnonzero(below if rows is design.everyone else rows & below)
    of_poor = depth(y[poor], z[poor])
    influence = None
    if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        influence = np.zeros(len(design))
        influence[poor] = of_poor
    deep = Linearised(dot(design.weight[poor], of_poor), influence, design, rows, excluded)
    found = deep / size_of(design, rows)
    if estimated is None or influence is None:
        return found
    if slope is None:
        rise, _ = around(y, design, rows, estimated.value)
    else:
        weight = design.weight
        rise = float((weight[poor] * slope(y[poor], z[poor])).sum() / weight[rows].sum())
    moved = (found + rise * (estimated - estimated.value)).within(rows)
    return Linearised(moved.value, moved.influence, design, rows, excluded)
