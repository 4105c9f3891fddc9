"""Generalised entropy: Theil's index, the mean log deviation, and their family."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_over
from amparo.measures.sampling.survey import Weights


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
    y, rows, excluded = positive(income, design, domain)
    earned = sum_over(np.positive, y, design, rows, excluded)
    weighted_logs = sum_over(lambda each: each * np.log(each), y, design, rows, excluded)
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
    y, rows, excluded = positive(income, design, domain)
    persons = size_of(design, rows)
    earned = sum_over(np.positive, y, design, rows, excluded)
    return (earned / persons).log() - sum_over(np.log, y, design, rows, excluded) / persons


@Measure
def j_divergence(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the J-divergence of incomes from equality: the Theil index plus the mean log deviation.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out.

    Args:
        income: [n] currency.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: nobody has an income above zero, a value is missing, or the domain is empty.

    Formula: mean of (y/μ − 1)·log(y/μ)
    Unit: none, from 0 up.
    Variance: influence.
    Source: Shorrocks (1980), Econometrica 48(3), 613-625; Rohde (2016), Journal of the Royal Statistical Society
        A 179, 847-867.
    Checked against: convey::svyjdiv on eusilc (tests/measures/test_references.py).

    >>> round(j_divergence([1.0, 3.0, 0.0], SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.274653
    """
    y, rows, excluded = positive(income, design, domain)
    earned = sum_over(np.positive, y, design, rows, excluded)
    weighted_logs = sum_over(lambda each: each * np.log(each), y, design, rows, excluded)
    # The logarithm of the mean is in both with opposite signs.
    return weighted_logs / earned - sum_over(np.log, y, design, rows, excluded) / size_of(design, rows)


@Measure
def generalised_entropy(
    income: ArrayLike, alpha: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the generalised entropy index: low α weighs differences among the poor, high α those among the rich.

    α = 0 is the mean log deviation, 1 the Theil index, 2 half the squared coefficient of variation. Zero incomes
    count where α > 1; up to 1 the measure is taken among incomes above zero, as the logarithms of 0 and 1 are, so
    that neighbouring α speak of the same persons. Negative incomes never count. `Estimate.excluded` counts the rows
    left out.

    Args:
        income: [n] currency.
        alpha:  any finite number.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: alpha is not finite, nobody has an income above zero, a value is missing, or the domain is
            empty.

    Formula: (mean of (y/μ)^α − 1) / (α·(α − 1)); α = 0: mean of log(μ/y); α = 1: mean of (y/μ)·log(y/μ)
    Unit: none, from 0 up.
    Variance: influence.
    Source: Shorrocks (1980), Econometrica 48(3), 613-625; Biewen & Jenkins (2006), Oxford Bulletin of Economics and
        Statistics 68, 371-383, for the influence.
    Checked against: convey::svygei (epsilon 0, 1 and 2) on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> round(generalised_entropy([1.0, 3.0, 0.0], 2.0, SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.4375
    """
    if not np.isfinite(alpha):
        raise MeasureError(f"alpha is {alpha}; it is a number such as -1, 0, 1 or 2.")
    if alpha == 0:
        return mean_log_deviation.linearised(income, design, domain=domain)
    if alpha == 1:
        return theil.linearised(income, design, domain=domain)
    y, rows, excluded = positive(income, design, domain, zeros=alpha > 1)
    persons = size_of(design, rows)
    average = sum_over(np.positive, y, design, rows, excluded) / persons
    # Incomes relative to their mean keep a large power from running out of floating-point range.
    powers = sum_over(lambda each: (each / average.value) ** alpha, y, design, rows, excluded)
    relative = powers / persons / (average / average.value) ** alpha
    return (relative - 1) / (alpha * (alpha - 1))
