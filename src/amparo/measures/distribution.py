"""Totals, means, ratios and quantiles: what is said of a distribution before judging it."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.sums import dot
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights


@Measure
def total(values: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the population total Σ w·y: persons for an indicator, currency for an amount.

    Args:
        values: [n] any unit; booleans count as 0 and 1.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a value is missing within the domain, or the domain is empty.

    Formula: Σ w·y
    Unit: that of the values.
    Variance: totals of clusters within strata.
    Source: Horvitz & Thompson (1952), Journal of the American Statistical Association 47, 663-685.
    Checked against: the official poor of CASEN 2022 (tests/measures/test_official.py).

    >>> total([True, False, True], SurveyDesign([10.0, 20.0, 30.0])).value
    40.0
    """
    rows = design.rows(domain)
    return sum_of(design.column("values", values, rows), design, rows)


@Measure
def mean(values: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the population mean Σ w·y / Σ w; of booleans, the share.

    Args:
        values: [n] any unit; booleans count as 0 and 1.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a value is missing within the domain, or the domain is empty.

    Formula: Σ w·y / Σ w
    Unit: that of the values.
    Variance: influence.
    Source: Wolter (2007), Introduction to Variance Estimation, section 6.
    Checked against: survey::svymean on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> mean([10.0, 20.0, 30.0], SurveyDesign([1.0, 1.0, 2.0])).value
    22.5
    """
    rows = design.rows(domain)
    return sum_of(design.column("values", values, rows), design, rows) / size_of(design, rows)


@Measure
def ratio(
    numerator: ArrayLike, denominator: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the ratio of two totals Σ w·y / Σ w·x, such as coverage, take-up or a share of spending.

    Args:
        numerator:   [n] any unit; booleans count as 0 and 1.
        denominator: [n] any unit; its total must not be zero.
        design:      the sample.
        domain:      [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the denominator totals zero, a value is missing, or the domain is empty.

    Formula: Σ w·y / Σ w·x
    Unit: that of the numerator over that of the denominator.
    Variance: influence.
    Source: Wolter (2007), Introduction to Variance Estimation, section 6.
    Checked against: svy on eusilc and CASEN 2022 (tests/measures/test_svy.py).

    >>> ratio([1.0, 0.0, 1.0], [1.0, 1.0, 2.0], SurveyDesign([1.0, 1.0, 1.0])).value
    0.5
    """
    rows = design.rows(domain)
    above = sum_of(design.column("numerator", numerator, rows), design, rows)
    return above / sum_of(design.column("denominator", denominator, rows), design, rows)


@Measure
def quantile(income: ArrayLike, p: float, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the smallest income whose cumulative weight reaches the share p of the population.

    Its influence is −([y ≤ q] − p) / (N·f(q)) with the density f from a Gaussian kernel of bandwidth
    σ·N^−0.2, the convention of Eurostat's programs and of R's convey.

    Args:
        income: [n] currency.
        p:      in (0, 1]; 0.5 is the median.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: p outside (0, 1], a value is missing, or the domain is empty.

    Formula: the smallest y whose cumulative weight reaches p
    Unit: that of the income.
    Variance: influence, by the density of incomes there (Gaussian kernel, bandwidth σ·N^−0.2).
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyiqalpha on eusilc, for p = 0.5 (tests/measures/test_references.py); svy on eusilc and
        CASEN 2022, for the value (tests/measures/test_svy.py).

    >>> quantile([10.0, 20.0, 30.0, 40.0], 0.5, SurveyDesign([1.0, 1.0, 1.0, 1.0])).value
    20.0
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    q = float(cut_points(y, design, rows, p)[0])
    if not isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        return Linearised(q, None, design, rows)
    below = sum_of((rows & (y <= q)).astype(np.float64), design, rows) / size_of(design, rows)
    density, _ = around(y, design, rows, q)
    return below.map(q, -1 / density)


@Measure
def median(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the median: the `quantile` of p = 0.5, with its arguments, errors, source and check.

    Formula: the smallest y whose cumulative weight reaches one half
    Unit: that of the income.
    Variance: influence, by the density of incomes there (Gaussian kernel, bandwidth σ·N^−0.2).
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyiqalpha on eusilc, svy on both (tests/measures/test_references.py,
        tests/measures/test_svy.py).

    >>> median([10.0, 20.0, 30.0], SurveyDesign([1.0, 1.0, 1.0])).value
    20.0
    """
    return quantile.linearised(income, 0.5, design, domain=domain)


def quantile_groups(
    welfare: ArrayLike, groups: int, design: Weights, *, domain: ArrayLike | None = None
) -> NDArray[np.int64]:
    """Return the group [n] of each person ranked by welfare: 1 the poorest to `groups`; 0 outside the domain.

    Group k ends at the quantile k/groups, so that equal welfare means equal group, and a welfare that all
    members share (income per person of the household) never splits a household. A value shared by many
    persons can therefore leave a group larger than its neighbours, or empty.

    Args:
        welfare: [n] what persons are ranked by, usually household income per person before the reform.
        groups:  at least 2: 5 for quintiles, 10 for deciles.
        design:  the sample; the weights make the groups equal in persons.
        domain:  [n] booleans, who is ranked; None for everyone.

    Raises:
        MeasureError: fewer than two groups, a value is missing, or the domain is empty.

    Formula: rank by cumulative weight, equal parts
    Unit: 1 to the number of groups, 0 outside the domain.
    Variance: none: a grouping.
    Source: Haughton & Khandker (2009), Handbook on Poverty and Inequality, World Bank, chapter 3.
    Checked against: persons ranked by hand, and the tenths of CASEN 2022 (tests/measures/test_distribution.py).

    >>> quantile_groups([50.0, 10.0, 30.0, 10.0], 2, SurveyDesign([1.0, 1.0, 1.0, 1.0])).tolist()
    [2, 1, 2, 1]
    """
    if not groups >= 2 or groups % 1:
        raise MeasureError(f"groups is {groups}; rank persons into a whole number of at least two groups.")
    rows = design.rows(domain)
    y = design.column("welfare", welfare, rows)
    cuts = cut_points(y, design, rows, *(k / groups for k in range(1, groups)))
    return np.where(rows, 1 + np.searchsorted(cuts, y, side="left"), 0).astype(np.int64)


def deciles(welfare: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> NDArray[np.int64]:
    """Return the decile [n] of each person, 1 the poorest to 10: ten `quantile_groups`, with their rules.

    Formula: rank by cumulative weight, ten parts
    Unit: 1 to 10, 0 outside the domain.
    Variance: none: a grouping.
    Source: Haughton & Khandker (2009), Handbook on Poverty and Inequality, World Bank, chapter 3.
    Checked against: the tenths of CASEN 2022 (tests/measures/test_distribution.py).

    >>> deciles([float(i) for i in range(20)], SurveyDesign([1.0] * 20)).tolist()[:5]
    [1, 1, 2, 2, 3]
    """
    return quantile_groups(welfare, 10, design, domain=domain)


def cut_points(y: Floats, design: Weights, rows: Rows, *shares: float) -> Floats:
    """Return, for each share in (0, 1], the smallest y whose cumulative weight reaches it."""
    if not all(0 < share <= 1 for share in shares):
        raise MeasureError(f"a quantile was asked at {shares}; give shares above 0 and up to 1, such as 0.5.")
    ranks = design.ranks(y, rows)
    reached = ranks.persons
    # In floating point 0.55 × 100 lies above 55, and cumulative weights carry roundings of their own.
    wanted = np.array(shares) * reached[-1] * (1 - 1e-12)
    found: Floats = ranks.y[np.searchsorted(reached, wanted, side="left")]
    return found


def around(y: Floats, design: Weights, rows: Rows, at: float, of: Floats | None = None) -> tuple[float, float]:
    """Return the density of y at a point and the mean of a column (y itself unless told) among those near it.

    Gaussian kernel, bandwidth σ·N^−0.2. Only influences need them: on a design without a sample nothing is
    computed, and both are returned as 1.
    """
    if not isinstance(design, SurveyDesign):
        return 1.0, 1.0
    inside, w = y[rows], design.weight[rows]
    population = w.sum()
    centre = dot(w, inside) / population
    bandwidth = math.sqrt(dot(w, (inside - centre) ** 2) / population) * population**-0.2
    if not bandwidth > 0:
        raise MeasureError(f"every income is {centre:g}, so that a quantile has no standard error; check the column.")
    kernel = w * np.exp(-(((at - inside) / bandwidth) ** 2) / 2)
    near = float(kernel.sum())
    if not near > 0:  # so far from every income that the kernel underflows: nobody is there
        return 0.0, at
    near_it = inside if of is None else of[rows]
    return near / (population * bandwidth * math.sqrt(2 * math.pi)), dot(kernel, near_it) / near
