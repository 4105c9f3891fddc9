"""Inequality of incomes, from shares of quintiles to the Gini, Theil and Atkinson indices."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.distribution import around, cut_points
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Rows, Weights, dot


@Measure
def s80_s20(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the income of the richest fifth over that of the poorest fifth (S80/S20).

    Args:
        income: [n] currency, usually per equivalent adult.
        design: the sample.
        domain: [n] booleans, among whom the fifths are drawn; None for everyone.

    Raises:
        MeasureError: the poorest fifth has no income above zero, a value is missing, or the domain is empty.

    Formula: Σ w·y of the richest fifth / Σ w·y of the poorest
    Unit: none, from 1 up.
    Variance: influence, those of both limits included.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyqsr on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> s80_s20([10.0, 20.0, 30.0, 40.0, 50.0], SurveyDesign([1.0] * 5)).value
    5.0
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    low, high = (float(cut) for cut in cut_points(y, design, rows, 0.2, 0.8))
    poorest = _share_below(y, low, 0.2, design, rows)
    if poorest.value <= 0:
        raise MeasureError(
            f"the poorest fifth, up to {low:g}, has a total income of {poorest.value:g}; "
            "a share ratio needs one above zero."
        )
    richest = sum_of(y, design, rows) - _share_below(y, high, 0.8, design, rows)
    return richest / poorest


def _share_below(y: Floats, cut: float, p: float, design: Weights, rows: Rows) -> Linearised:
    """Return the income of those up to a quantile; who passes it carries the mean income found near it."""
    below = rows & (y <= cut)
    income = sum_of(np.where(below, y, 0.0), design, rows)
    passing = sum_of(np.where(rows, below - p, 0.0), design, rows)
    _, near = around(y, design, rows, cut)
    return income - near * (passing - passing.value)


@Measure
def gini(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Gini index: twice the area between the Lorenz curve and equality, 0 to 1.

    G = Σᵢⱼ wᵢ·wⱼ·max(yᵢ, yⱼ) / (N·Y) − 1 with N = Σ w and Y = Σ w·y, the exact area under weights of any
    scale. (Some programs, convey among them, take every weight for a count of persons and differ in the
    fifth digit.)

    Args:
        income: [n] currency; zero and negative incomes count as given, so that the index can pass 1.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: total income ≤ 0, a value is missing, or the domain is empty.

    Formula: Σᵢⱼ wᵢ·wⱼ·max(yᵢ, yⱼ) / (N·Y) − 1
    Unit: none, 0 to 1 where no income is negative.
    Variance: influence.
    Source: Gini (1914); Osier (2009), Survey Research Methods 3(3), 167-195, for the influence.
    Checked against: laeken::gini (value) and convey::svygini (error) on eusilc and CASEN 2022
        (tests/measures/test_references.py).

    >>> gini([0.0, 0.0, 0.0, 8.0], SurveyDesign([1.0, 1.0, 1.0, 1.0])).value
    0.75
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    w = design.weight
    order = design.ascending(y, rows)
    persons_up_to, income_up_to = np.cumsum(w[order]), np.cumsum(w[order] * y[order])
    earned = _positive_total(sum_of(y, design, rows))
    # Σⱼ wⱼ·max(yᵢ, yⱼ): those up to i weigh i's income, those above it their own.
    larger = np.zeros(len(design))
    larger[order] = y[order] * persons_up_to + (income_up_to[-1] - income_up_to)
    doubled = Linearised(dot(w, larger), 2 * larger, design, rows)
    return doubled / (earned * size_of(design, rows)) - 1


def _positive_total(earned: Linearised) -> Linearised:
    """Return total income, refused where it is not above zero."""
    if earned.value <= 0:
        raise MeasureError(f"total income is {earned.value:g}; inequality is measured relative to a total above zero.")
    return earned


def _positive(income: ArrayLike, design: Weights, domain: ArrayLike | None) -> tuple[Floats, Rows, int]:
    """Return incomes (1 where left out), the rows that have one above zero, and how many have not."""
    everyone = design.rows(domain)
    y = design.column("income", income, everyone)
    rows = everyone & (y > 0)
    if not design.weight[rows].any():
        raise MeasureError("nobody has an income above zero and the measure takes logarithms; check the column.")
    return np.where(rows, y, 1.0), rows, int(np.sum(everyone & (design.weight > 0) & ~rows))


@Measure
def theil(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Theil index, the mean of (y/μ)·log(y/μ): 0 where all have the same.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out.

    Args:
        income: [n] currency.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: nobody has an income above zero, a value is missing, or the domain is empty.

    Formula: mean of (y/μ)·log(y/μ)
    Unit: none, from 0 up.
    Variance: influence.
    Source: Theil (1967), Economics and Information Theory; Biewen & Jenkins (2006), Oxford Bulletin of
        Economics and Statistics 68, 371-383, for the influence.
    Checked against: convey::svygei (epsilon 1) on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> round(theil([1.0, 3.0, 0.0], SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.130812
    """
    y, rows, excluded = _positive(income, design, domain)
    earned = sum_of(np.where(rows, y, 0.0), design, rows, excluded)
    weighted_logs = sum_of(y * np.log(y) * rows, design, rows, excluded)
    return weighted_logs / earned - (earned / size_of(design, rows)).log()


@Measure
def mean_log_deviation(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the mean log deviation, the mean of log(μ/y): 0 where all have the same.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out.

    Args:
        income: [n] currency.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: nobody has an income above zero, a value is missing, or the domain is empty.

    Formula: mean of log(μ/y)
    Unit: none, from 0 up.
    Variance: influence.
    Source: Theil (1967), Economics and Information Theory; Biewen & Jenkins (2006), Oxford Bulletin of
        Economics and Statistics 68, 371-383, for the influence.
    Checked against: convey::svygei (epsilon 0) on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> round(mean_log_deviation([1.0, 3.0, 0.0], SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.143841
    """
    y, rows, excluded = _positive(income, design, domain)
    persons = size_of(design, rows)
    earned = sum_of(np.where(rows, y, 0.0), design, rows, excluded)
    return (earned / persons).log() - sum_of(np.log(y), design, rows, excluded) / persons


@Measure
def atkinson(income: ArrayLike, aversion: float, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Atkinson index: the share of income that could be given up if the rest were shared equally.

    A(ε) = 1 − (mean of y^(1−ε))^(1/(1−ε)) / μ, and 1 − exp(mean of log y)/μ for ε = 1.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out.

    Args:
        income:   [n] currency.
        aversion: ε > 0, the aversion to inequality; 0.5, 1 and 2 are usual.
        design:   the sample.
        domain:   [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: aversion ≤ 0, nobody has an income above zero, a value is missing, or the domain is
            empty.

    Formula: 1 − (mean of y^(1−ε))^(1/(1−ε)) / μ; ε = 1: 1 − exp(mean of log y) / μ
    Unit: none, 0 to 1.
    Variance: influence.
    Source: Atkinson (1970), Journal of Economic Theory 2, 244-263; Biewen & Jenkins (2006), Oxford Bulletin
        of Economics and Statistics 68, 371-383, for the influence.
    Checked against: convey::svyatk on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> round(atkinson([1.0, 4.0, 0.0], 1.0, SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.2
    """
    if not aversion > 0:
        raise MeasureError(f"aversion is {aversion}; it is above zero, such as 0.5, 1 or 2.")
    if aversion == 1:
        deviation = mean_log_deviation.linearised(income, design, domain=domain)
        kept = float(np.exp(-deviation.value))
        return deviation.map(1 - kept, kept)
    y, rows, excluded = _positive(income, design, domain)
    persons = size_of(design, rows)
    average = sum_of(np.where(rows, y, 0.0), design, rows, excluded) / persons
    # Incomes relative to their mean keep a large aversion from running out of floating-point range.
    powers = np.where(rows, (y / average.value) ** (1 - aversion), 0.0)
    equal = (sum_of(powers, design, rows, excluded) / persons) ** (1 / (1 - aversion)) * average.value
    return 1 - equal / average


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
