"""Zenga's index: at every share of persons, the mean of those below against the mean of those above."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Floats, SurveyDesign, Weights


@Measure
def zenga(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return Zenga's index of 2007, the mean over p of 1 less the mean of the poorest p over that of the others.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out.

    Args:
        income: [n] currency.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: nobody has an income above zero, a value is missing, or the domain is empty.

    Formula: ∫ (1 − μ(poorest p) / μ(richest 1 − p)) dp over p from 0 to 1
    Unit: none, 0 to 1.
    Variance: influence, the derivative of the closed form by each weight.
    Source: Zenga (2007), Statistica & Applicazioni 5(1), 3-27; Langel & Tillé (2012), Metrika 75, 1093-1110, for the
        closed form under weights.
    Checked against: convey::svyzenga on eusilc (tests/measures/test_references.py).

    >>> round(zenga([1.0, 3.0, 0.0], SurveyDesign([1.0, 1.0, 1.0])).value, 6)
    0.518731
    """
    y, rows, excluded = positive(income, design, domain)
    order = design.ascending(y, rows)
    order = order[design.weight[order] > 0]
    # The index does not change with the currency; incomes of about 1 keep their squares within floating point.
    value, slope = _closed_form(
        y[order] / y[order].max(), design.weight[order], influences=isinstance(design, SurveyDesign)
    )
    influence = np.zeros(len(design))
    influence[order] = slope
    return Linearised(value, influence, design, rows, excluded)


def _closed_form(y: Floats, w: Floats, *, influences: bool) -> tuple[float, Floats]:
    """Return the index of incomes in rising order, and its derivative by each weight.

    Between one person and the next the integrand is a ratio of lines in p: person k adds a·log(D/D₋) + b·log(R₋/R)
    with D the persons up to k, R the income above k, ₋ the same before k, and A how much more those before k
    would have at k's income. Where D₋ or R is zero its factor is zero too, and so is the product.
    """
    up_to, before = np.cumsum(w), np.append(0.0, np.cumsum(w)[:-1])
    earned = w * y
    N, Y = up_to[-1], float(earned.sum())
    above = np.append(np.cumsum(earned[:0:-1])[::-1], 0.0)
    from_here = above + earned
    A = before * y - np.append(0.0, np.cumsum(earned)[:-1])
    a, b = A / (Y + A), Y / (N * y) - Y / (Y + A)
    persons, incomes = np.zeros(y.size), np.zeros(y.size)
    persons[1:] = np.log(up_to[1:] / before[1:])
    incomes[:-1] = np.log(from_here[:-1] / above[:-1])
    value = float((a * persons + b * incomes).sum())
    if not influences:
        return value, np.zeros(y.size)
    logs = (persons + incomes) / (Y + A) ** 2
    # A of k falls by y of k less y of l when l, before k, loses weight; what every l moves is Y and N.
    later, later_y = _after(logs), _after(logs * y)
    slope = Y * (later_y - y * later) - y * (A * logs).sum()
    slope += (N * y - Y) / N**2 * (incomes / y).sum()
    rises, falls = np.zeros(y.size), np.zeros(y.size)
    rises[1:], falls[1:] = a[1:] / up_to[1:], a[1:] / before[1:]
    slope += _after(rises) + rises - _after(falls)
    gains, loses = np.zeros(y.size), np.zeros(y.size)
    gains[:-1], loses[:-1] = b[:-1] / from_here[:-1], b[:-1] / above[:-1]
    return value, slope + y * (np.cumsum(gains) - np.cumsum(loses) + loses)


def _after(values: Floats) -> Floats:
    """Return, at each place, the sum of the values behind it."""
    return np.append(np.cumsum(values[:0:-1])[::-1], 0.0)
