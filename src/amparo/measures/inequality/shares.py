"""What the rich have over what the poor have: ratios of shares and of quantiles."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import around, cut_points, quantile
from amparo.measures.inequality.lorenz import income_up_to
from amparo.measures.sampling.linearised import Linearised, Measure, sum_of
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights


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
    value = design.ranks(y, rows).below(cut, side="right")[1]
    if not isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        return Linearised(value, None, design, rows)
    below = rows & (y <= cut)
    income = Linearised(value, np.where(below, y, 0.0), design, rows)
    passing = sum_of(np.where(rows, below - p, 0.0), design, rows)
    _, near = around(y, design, rows, cut)
    return income - near * (passing - passing.value)


@Measure
def palma(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Palma ratio: the income of the richest tenth over that of the poorest four tenths.

    Both from the exact Lorenz curve, so that who stands at a limit counts for the part that belongs there.

    Args:
        income: [n] currency, usually per equivalent adult.
        design: the sample.
        domain: [n] booleans, among whom the tenths are drawn; None for everyone.

    Raises:
        MeasureError: the poorest four tenths have no income above zero, a value is missing, or the domain is empty.

    Formula: (1 − L(0.9)) / L(0.4), with L the Lorenz curve
    Unit: none, from 1/4 up.
    Variance: influence.
    Source: Cobham & Sumner (2013), Centre for Global Development, Working Paper 343.
    Checked against: persons reckoned by hand, and a jackknife of clusters (tests/measures/test_shares.py).

    >>> palma([10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 200.0], SurveyDesign([1.0] * 10)).value
    2.0
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    poorest, up_to_richest = income_up_to(y, design, rows, 0.4, 0.9)
    if poorest.value <= 0:
        raise MeasureError(
            f"the poorest four tenths have a total income of {poorest.value:g}; a share ratio needs one above zero."
        )
    return (sum_of(y, design, rows) - up_to_richest) / poorest


@Measure
def percentile_ratio(
    income: ArrayLike, design: Weights, *, upper: float = 0.9, lower: float = 0.1, domain: ArrayLike | None = None
) -> Linearised:
    """Return the quantile of the upper share over that of the lower: P90/P10 unless told.

    Args:
        income: [n] currency.
        design: the sample.
        upper:  share of persons below the upper quantile, in (0, 1].
        lower:  share of persons below the lower quantile, in (0, 1].
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: a share outside (0, 1], a lower quantile ≤ 0, a value is missing, or the domain is empty.

    Formula: Q(upper) / Q(lower), each the smallest y whose cumulative weight reaches the share
    Unit: none.
    Variance: influence of both quantiles.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195, for the influence of a quantile.
    Checked against: persons reckoned by hand, and a bootstrap of households of eusilc (tests/measures/test_shares.py).

    >>> percentile_ratio([float(i) for i in range(1, 11)], SurveyDesign([1.0] * 10)).value
    9.0
    """
    low = quantile.linearised(income, lower, design, domain=domain)
    if low.value <= 0:
        raise MeasureError(f"the quantile of {lower:g} is {low.value:g}; a ratio needs one above zero.")
    return quantile.linearised(income, upper, design, domain=domain) / low
