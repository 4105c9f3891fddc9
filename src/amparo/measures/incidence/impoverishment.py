"""Whom taxes and benefits make poorer below the line, and what the poor gain: Higgins & Lustig's two sides of a gap."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Rows, Weights

Counting = Literal["headcount", "per_capita", "total"]


@Measure
def fiscal_impoverishment(
    before: ArrayLike,
    after: ArrayLike,
    line: ArrayLike,
    design: Weights,
    *,
    counting: Counting = "per_capita",
    tolerance: float = 0.005,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return fiscal impoverishment: what taxes, less benefits, take from the poor, or push others below the line by.

    A system can lower poverty and impoverish many of the poor; gaps and headcounts do not show it. The gap of poverty
    moves by impoverishment less `fiscal_gains_to_the_poor`.

    Args:
        before:    [n] y₀, income without taxes and benefits, currency.
        after:     [n] y₁, income with them, same unit.
        line:      one number, or [n] one for each person; same unit, above zero.
        design:    the sample.
        counting:  "per_capita", "total", or "headcount": who is made poorer below the line, or falls below it.
        tolerance: the headcount leaves out who is moved by up to this amount; half a cent unless told.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, another way of counting, tolerance < 0, a value is missing, or the domain is empty.

    Formula: Σ w·(min(y₀, z) − min(y₀, y₁, z)), over N per capita; headcount Σ w·[y₁ < y₀, y₁ < z] / N
    Unit: currency a person (per capita), currency (total), share of persons (headcount).
    Variance: influence, the line taken as given.
    Source: Higgins & Lustig (2016), Journal of Development Economics 122, 63-75.
    Checked against: the identity of the paper with the `poverty_gap`, five persons by hand, a jackknife (error)
        (tests/measures/test_targeting.py,
        tests/measures/test_casen1990.py).

    >>> fiscal_impoverishment([90.0, 120.0, 50.0], [80.0, 95.0, 70.0], 100.0, SurveyDesign([1.0] * 3)).value
    5.0
    """
    rows, y0, y1, z = _incomes(before, after, line, design, domain)
    return _counted(np.minimum(y0, z) - np.minimum(np.minimum(y0, y1), z), rows, design, counting, tolerance)


@Measure
def fiscal_gains_to_the_poor(
    before: ArrayLike,
    after: ArrayLike,
    line: ArrayLike,
    design: Weights,
    *,
    counting: Counting = "per_capita",
    tolerance: float = 0.005,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the fiscal gains of the poor: what benefits, less taxes, add to incomes below the line, up to it.

    Args:
        before:    [n] y₀, income without taxes and benefits, currency.
        after:     [n] y₁, income with them, same unit.
        line:      one number, or [n] one for each person; same unit, above zero.
        design:    the sample.
        counting:  "per_capita", "total", or "headcount": the poor who become less poor, or poor no longer.
        tolerance: the headcount leaves out who is moved by up to this amount; half a cent unless told.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, another way of counting, tolerance < 0, a value is missing, or the domain is empty.

    Formula: Σ w·(min(y₁, z) − min(y₀, y₁, z)), over N per capita; headcount Σ w·[y₁ > y₀, y₀ < z] / N
    Unit: currency a person (per capita), currency (total), share of persons (headcount).
    Variance: influence, the line taken as given.
    Source: Higgins & Lustig (2016), Journal of Development Economics 122, 63-75.
    Checked against: the identity of the paper with the `poverty_gap`, five persons by hand, a jackknife (error)
        (tests/measures/test_targeting.py,
        tests/measures/test_casen1990.py).

    >>> fiscal_gains_to_the_poor([90.0, 120.0, 50.0], [80.0, 95.0, 70.0], 100.0, SurveyDesign([1.0] * 3)).value
    6.666666666666667
    """
    rows, y0, y1, z = _incomes(before, after, line, design, domain)
    return _counted(np.minimum(y1, z) - np.minimum(np.minimum(y0, y1), z), rows, design, counting, tolerance)


def _incomes(
    before: ArrayLike, after: ArrayLike, line: ArrayLike, design: Weights, domain: ArrayLike | None
) -> tuple[Rows, Floats, Floats, Floats]:
    """Return the rows, both incomes and the line, checked."""
    rows = design.rows(domain)
    y0, y1 = design.column("before", before, rows), design.column("after", after, rows)
    return rows, y0, y1, lines(line, design, rows)


def lines(line: ArrayLike, design: Weights, rows: Rows) -> Floats:
    """Return poverty lines [n], checked to be above zero within the rows."""
    z = design.column("line", line, rows)
    if np.any(z[rows] <= 0):
        row = int(np.flatnonzero(rows & (z <= 0))[0])
        raise MeasureError(f"line is {z[row]:g} at row {row}; a poverty line is above zero.")
    return z


def _counted(amount: Floats, rows: Rows, design: Weights, counting: Counting, tolerance: float) -> Linearised:
    if counting not in get_args(Counting):
        raise MeasureError(f"counting is {counting!r}; it is one of {', '.join(get_args(Counting))}.")
    if not tolerance >= 0:
        raise MeasureError(f"tolerance is {tolerance}; it is an amount of money, zero or above.")
    amount = np.where(rows, amount, 0.0)
    if counting == "headcount":
        amount = (amount > tolerance).astype(np.float64)
    whole = sum_of(amount, design, rows)
    return whole if counting == "total" else whole / size_of(design, rows)


__all__ = ["fiscal_gains_to_the_poor", "fiscal_impoverishment"]
