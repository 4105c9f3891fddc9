"""The Gini index from a histogram, where sorting millions of rows would take too long."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.sums import dot
from amparo.measures.sampling.survey import Floats


def gini_of_bins(persons: Floats, earned: Floats) -> Floats:
    """Return the Gini index between bins, for many histograms at once.

    Args:
        persons: [..., bins] weight of the persons in each bin, from the poorest bin to the richest.
        earned:  [..., bins] their income.

    Raises:
        MeasureError: total income ≤ 0.

    Source: Gastwirth (1972), Review of Economics and Statistics 54, 306-316.

    >>> gini_of_bins(np.array([[3.0, 1.0], [2.0, 2.0]]), np.array([[0.0, 8.0], [4.0, 4.0]])).tolist()
    [0.75, 0.0]
    """
    total = earned.sum(axis=-1, keepdims=True)
    if not (total > 0).all():
        raise MeasureError(f"total income is {total.min():g}; inequality is relative to a mean above zero.")
    share = persons / persons.sum(axis=-1, keepdims=True)
    return np.asarray((earned / total * (2 * np.cumsum(share, axis=-1) - share)).sum(axis=-1) - 1)


class BinnedGini(NamedTuple):
    """A Gini index from a histogram: the exact one lies in [value, value + error], up to rounding (1e-12)."""

    value: float
    error: float


def binned_gini(
    income: NDArray[np.floating | np.integer],
    weight: NDArray[np.floating | np.integer] | None = None,
    bins: int = 65536,
) -> BinnedGini:
    """Return the Gini index of many rows without sorting them, with a bound on what the bins hide.

    Between bins the index is exact; within a bin of width b − a, share of persons s and mean m it can hide at
    most s²·(m − a)·(b − m)/((b − a)·μ). Bins are narrow where incomes are low (their edges grow like
    squares), so that one very large income does not spoil the rest.

    Args:
        income: [n] currency; zero and negative incomes count as given.
        weight: [n] persons each row stands for, ≥ 0; None where each row is one person.
        bins:   at least 1; more bins, smaller error.

    Raises:
        MeasureError: lengths differ, a value is missing, or total income ≤ 0.

    Formula: Gini between bins; within a bin at most s²·(m − a)·(b − m) / ((b − a)·μ) hidden
    Unit: none, 0 to 1 where no income is negative.
    Variance: none: a bound on the error instead.
    Source: Gastwirth (1972), Review of Economics and Statistics 54, 306-316.
    Checked against: `gini` on eusilc and CASEN 2022 (tests/measures/test_inequality.py).

    >>> found = binned_gini(np.array([0.0, 0.0, 0.0, 8.0]))
    >>> found.value, found.error < 1e-9
    (0.75, True)
    """
    if bins < 1:
        raise MeasureError(f"bins is {bins}; a histogram has at least one.")
    if income.ndim != 1 or not income.size or (weight is not None and weight.shape != income.shape):
        raise MeasureError(f"income has shape {income.shape}; give [n] incomes, n > 0, and a weight for each.")
    if weight is not None and not weight.min() >= 0:
        raise MeasureError(f"weight goes down to {weight.min():g}; weights are zero or above and never missing.")
    low, high = float(income.min()), float(income.max())
    if not np.isfinite(high - low):
        raise MeasureError("income has missing or infinite values; fill or drop them before measuring.")
    persons, earned = np.zeros(bins), np.zeros(bins)
    scale = bins / np.sqrt(high - low) if high > low else 0.0
    for start in range(0, income.size, 1 << 17):  # a chunk that stays in the processor's cache
        y = income[start : start + (1 << 17)].astype(np.float64)
        w = None if weight is None else weight[start : start + (1 << 17)].astype(np.float64)
        place = np.minimum(np.sqrt(y - low) * scale, bins - 1).astype(np.intp)
        persons += np.bincount(place, w, bins)
        earned += np.bincount(place, y if w is None else w * y, bins)
    edges = low + (np.arange(bins + 1) / bins) ** 2 * (high - low)
    filled = persons > 0
    share, average = persons[filled] / persons.sum(), earned[filled] / persons[filled]
    mean = dot(share, average)
    if not mean > 0:
        raise MeasureError(f"mean income is {mean:g}; inequality is relative to a mean above zero.")
    value = float(gini_of_bins(persons, earned))
    # A rounding can put a row on the other side of an edge: the bounds give way by a few last places.
    slack = 8 * np.finfo(np.float64).eps * max(abs(low), abs(high))
    below, above = average - edges[:-1][filled] + slack, edges[1:][filled] - average + slack
    hidden = share**2 * np.maximum(below, 0) * np.maximum(above, 0) / (below + above)
    return BinnedGini(value, float(hidden.sum()) / mean + 1e-12)
