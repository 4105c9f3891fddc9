"""How what people receive or pay is spread over persons ranked by their welfare."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import around, cut_points
from amparo.measures.inequality.lorenz import LorenzCurve
from amparo.measures.inequality.ranks import ranked
from amparo.measures.sampling.linearised import Linearised, Measure, estimates, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Rows, Weights


@Measure
def concentration_coefficient(
    amount: ArrayLike, welfare: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the concentration coefficient: twice the area between the concentration curve and equality, −1 to 1.

    Below zero the poor receive more than their share of persons; the coefficient of income ranked by itself is
    the Gini index. Persons of equal welfare share alike, whatever their order in the file.

    Args:
        amount:  [n] what is received or paid, any unit; booleans count as 0 and 1.
        welfare: [n] what persons are ranked by, usually income per person before the programme.
        design:  the sample.
        domain:  [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: the amounts total zero or less, a value is missing, or the domain is empty.

    Formula: Σᵢ wᵢ·bᵢ·(W(<xᵢ) + W(≤xᵢ)) / (N·B) − 1, with W the persons below or up to a welfare
    Unit: none, −1 to 1 for amounts ≥ 0.
    Variance: influence, that of the ranks included.
    Source: Kakwani (1977), Economic Journal 87, 71-80; Kakwani, Wagstaff & van Doorslaer (1997), Journal of
        Econometrics 77, 87-103, for the variance.
    Checked against: O'Donnell, van Doorslaer, Wagstaff & Lindelow (2008), Analyzing Health Equity Using Household
        Survey Data, World Bank, table 8.1 (value); `gini` of laeken and convey where income is ranked by itself; a
        jackknife of CASEN 1990 (error) (tests/measures/test_concentration.py,
        tests/measures/test_casen1990.py).

    >>> concentration_coefficient([6.0, 2.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0], SurveyDesign([1.0] * 4)).value
    -0.625
    """
    rows = design.rows(domain)
    b, x = design.column("amount", amount, rows), design.column("welfare", welfare, rows)
    received = _above_zero("amount", sum_of(b, design, rows))
    persons = size_of(design, rows)
    return ranked(b, rows.astype(np.float64), x, design, rows) / (persons * received) - 1


@Measure
def suits(tax: ArrayLike, income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Suits index: the concentration of a tax over shares of income, not of persons, −1 to 1.

    Above zero a tax is progressive, below it regressive; a tax in proportion to income has zero. Of a benefit the
    signs turn round.

    Args:
        tax:    [n] what each pays (or receives), any unit.
        income: [n] currency, before the tax; ≥ 0.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: an income below zero, taxes or incomes total zero or less, a value is missing, or the domain
            is empty.

    Formula: Σᵢ wᵢ·tᵢ·(X(<xᵢ) + X(≤xᵢ)) / (X·T) − 1, with X the income of those below or up to an income
    Unit: none, −1 to 1 for amounts ≥ 0.
    Variance: influence, that of the ranks included.
    Source: Suits (1977), American Economic Review 67(4), 747-752.
    Checked against: the area under the curve by trapezoids, and a bootstrap of eusilc (error)
        (tests/measures/test_concentration.py).

    >>> suits([0.0, 0.0, 4.0], [1.0, 1.0, 2.0], SurveyDesign([1.0] * 3)).value
    0.5
    """
    rows = design.rows(domain)
    t, x = design.column("tax", tax, rows), design.column("income", income, rows)
    if (x < 0).any():
        row = int(np.flatnonzero(x < 0)[0])
        raise MeasureError(f"income is {x[row]:g} at row {row}; shares of income need incomes of zero or above.")
    paid, earned = _above_zero("tax", sum_of(t, design, rows)), _above_zero("income", sum_of(x, design, rows))
    return ranked(t, x, x, design, rows) / (earned * paid) - 1


@Measure
def concentration_ordinate(
    amount: ArrayLike, welfare: ArrayLike, p: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of an amount that the poorest part of the persons has: the concentration curve at a point.

    Persons of equal welfare on the limit share alike: the curve is straight among them.

    Args:
        amount:  [n] what is received or paid, any unit; booleans count as 0 and 1.
        welfare: [n] what persons are ranked by.
        p:       the poorest share of persons, in (0, 1]; 0.4 for the bottom 40 %.
        design:  the sample.
        domain:  [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: p outside (0, 1], the amounts total zero or less, a value is missing, or the domain is
            empty.

    Formula: (B(<q) + (p·N − W(<q))·B(=q)/W(=q)) / B, with q the quantile p of welfare
    Unit: share, 0 to 1 for amounts ≥ 0.
    Variance: influence, that of the limit included (mean amount near it by a Gaussian kernel).
    Source: Beach & Davidson (1983), Review of Economic Studies 50, 723-735; Kovačević & Binder (1997), Journal of
        Official Statistics 13, 41-58, for the influence.
    Checked against: a bootstrap of CASEN 1990 (tests/measures/test_casen1990.py).

    >>> concentration_ordinate([6.0, 2.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0], 0.5, SurveyDesign([1.0] * 4)).value
    1.0
    """
    if not 0 < p <= 1:
        raise MeasureError(f"p is {p}; the poorest share lies above 0 and up to 1, such as 0.4.")
    rows = design.rows(domain)
    b, x = design.column("amount", amount, rows), design.column("welfare", welfare, rows)
    received = _above_zero("amount", sum_of(b, design, rows))
    limit, reached, of_limit = _limit(b, x, design, rows, p)
    # Who passes the limit carries the mean amount found near it.
    below = rows & (x <= limit)
    passing = sum_of(np.where(rows, below - p, 0.0), design, rows)
    near = of_limit if np.ptp(x[rows]) == 0 else around(x, design, rows, limit, b)[1]
    held = sum_of(np.where(below, b, 0.0), design, rows) - near * passing
    return held.map(reached, 1.0) / received


def concentration_curve(
    amount: ArrayLike,
    welfare: ArrayLike,
    points: Sequence[float],
    design: Weights,
    *,
    domain: ArrayLike | None = None,
) -> LorenzCurve:
    """Return the concentration curve at given shares of persons, with its bands: what the poorest have of an amount.

    Args:
        amount:  [n] what is received or paid, any unit; booleans count as 0 and 1.
        welfare: [n] what persons are ranked by.
        points:  shares of persons in (0, 1], such as 0.1, 0.2, … 1.
        design:  the sample, or its replicates.
        domain:  [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: no point, or what `concentration_ordinate` refuses.

    Formula: that of `concentration_ordinate` at each p
    Unit: share of the amount.
    Variance: influence at each point; bands from Student's t, simultaneous ones by Bonferroni.
    Source: Kakwani (1977), Economic Journal 87, 71-80; Beach & Davidson (1983), Review of Economic Studies 50,
        723-735.
    Checked against: the polygon through persons of equal income, and its area, which `concentration_coefficient` has
        (tests/measures/test_concentration.py).

    >>> found = concentration_curve([1.0, 3.0], [5.0, 9.0], [0.5, 1.0], SurveyDesign([1.0, 1.0]))
    >>> [each.value for each in found.ordinates]
    [0.25, 1.0]
    """
    if not len(points):
        raise MeasureError("a concentration curve has at least one point; give shares such as 0.1, 0.2, … 1.")

    def ordinates(amount: ArrayLike, welfare: ArrayLike, design: Weights, *, domain: Any) -> list[Linearised]:
        return [concentration_ordinate.linearised(amount, welfare, p, design, domain=domain) for p in points]

    found = estimates(ordinates, amount, welfare, design, domain=domain)
    return LorenzCurve(tuple(map(float, points)), tuple(found))


@Measure
def coady_grosh_hoddinott(
    amount: ArrayLike,
    welfare: ArrayLike,
    design: Weights,
    *,
    share: float = 0.4,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the targeting performance of Coady, Grosh & Hoddinott: what the poorest part gets over its size.

    1 is what equal amounts for all would do; 1.5 for the bottom 40 % means that it gets 60 % of the spending.

    Args:
        amount:  [n] what is received, any unit; booleans count as 0 and 1.
        welfare: [n] what persons are ranked by, without the programme.
        design:  the sample.
        share:   p in (0, 1), the target part; 0.4 for the bottom 40 %.
        domain:  [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: as `concentration_ordinate`.

    Formula: `concentration_ordinate` at p, over p
    Unit: ratio, 0 to 1/p for amounts ≥ 0.
    Variance: influence, that of the limit included.
    Source: Coady, Grosh & Hoddinott (2004), Targeting of Transfers in Developing Countries, World Bank, chapter 2.
    Checked against: `concentration_ordinate` over the share (tests/measures/test_concentration.py).

    >>> coady_grosh_hoddinott([6.0, 2.0, 0.0, 2.0], [1.0, 2.0, 3.0, 4.0], SurveyDesign([1.0] * 4), share=0.5).value
    1.6
    """
    return concentration_ordinate.linearised(amount, welfare, share, design, domain=domain) / share


def _above_zero(name: str, total: Linearised) -> Linearised:
    """Return a total, refused where nothing can be a share of it."""
    if total.value <= 0:
        raise MeasureError(f"{name} totals {total.value:g}; shares of it need a total above zero.")
    return total


def _limit(b: Floats, x: Floats, design: Weights, rows: Rows, share: float) -> tuple[float, float, float]:
    """Return the quantile of welfare, the amount up to that share of persons, and the mean amount at the quantile."""
    order, _ = design.ascending(x, rows)
    order = order[design.weight[order] > 0]
    w, ranks = design.weight[order], x[order]
    limit = float(cut_points(x, design, rows, share)[0])
    start, end = np.searchsorted(ranks, limit, side="left"), np.searchsorted(ranks, limit, side="right")
    had = w * b[order]
    of_limit = float(had[start:end].sum() / w[start:end].sum())
    wanted = share * w.sum()
    return limit, float(had[:start].sum() + (wanted - w[:start].sum()) * of_limit), of_limit
