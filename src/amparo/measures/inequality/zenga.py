"""Zenga's index: at every share of persons, the mean of those below against the mean of those above."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.sums import CHUNK, in_parts, summed
from amparo.measures.sampling.survey import Floats, Ranks, SurveyDesign, Weights


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
    _, rows, excluded = positive(income, design, domain)
    everyone = design.rows(domain)
    ranks = design.ranks(design.column("income", income, everyone), everyone)
    poorest = int(np.searchsorted(ranks.y, 0.0, side="right"))
    if poorest:
        ranks = Ranks(ranks.order[poorest:], ranks.y[poorest:], ranks.weight[poorest:])
    if not ranks.weight.all():
        counted = ranks.weight > 0
        ranks = Ranks(ranks.order[counted], ranks.y[counted], ranks.weight[counted])
    curve = _Curve(ranks)
    influence = None
    if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        # The index does not change with the currency; incomes of up to 1 keep their squares within floating point.
        small = Ranks(ranks.order, ranks.y / ranks.y[-1], ranks.weight)
        influence = np.zeros(len(design))
        influence[ranks.order] = _Curve(small).slopes()
    return Linearised(curve.index(), influence, design, rows, excluded)


class _Curve:
    """Incomes in rising order with their weights, and what the index is a sum of.

    Between one person and the next the integrand is a ratio of lines in p: person k adds a·log(D/D₋) + b·log(R₋/R)
    with D the persons up to k, R the income above k, ₋ the same before k, and A how much more those before k
    would have at k's income. Where D₋ or R is zero its factor is zero too, and so is the product.
    """

    def __init__(self, ranks: Ranks) -> None:
        self.ranks, self.y, self.w = ranks, ranks.y, ranks.weight
        # The incomes of each part and those above it: summed from the top, so that the richest keep their digits.
        self.on_top = np.append(np.cumsum(ranks.parts[::-1, 1])[::-1], 0.0)

    def terms(self, part: slice) -> tuple[Floats, ...]:
        """Return D, R, A, a, b and both logarithms of some persons."""
        y, w, (N, Y) = self.y[part], self.w[part], self.ranks.before[-1]
        earned, up_to, held = w * y, self.ranks.persons(part), self.ranks.held(part)
        above = self.on_top[part.start // CHUNK + 1] + np.append(np.cumsum(earned[:0:-1])[::-1], 0.0)
        A = (up_to - w) * y - (held - earned)
        persons, incomes = np.zeros(y.size), np.zeros(y.size)
        first, last = int(part.start == 0), y.size - int(part.stop >= self.y.size)
        np.log(up_to[first:] / (up_to - w)[first:], out=persons[first:])
        np.log1p(earned[:last] / above[:last], out=incomes[:last])
        return up_to, above, A, A / (Y + A), Y / (N * y) - Y / (Y + A), persons, incomes

    def index(self) -> float:
        """Return the index."""

        def added(part: slice) -> float:
            _, _, _, a, b, persons, incomes = self.terms(part)
            return float((a * persons + b * incomes).sum())

        return summed(added, self.y.size)

    def slopes(self) -> Floats:
        """Return the derivative of the index by each weight."""
        y, w, (N, Y) = self.y, self.w, self.ranks.before[-1]
        up_to, above, A, a, b, persons, incomes = map(np.concatenate, zip(*in_parts(self.terms, y.size), strict=True))
        logs = (persons + incomes) / (Y + A) ** 2
        # A of k falls by y of k less y of l when l, before k, loses weight; what every l moves is Y and N.
        slope = Y * (_after(logs * y) - y * _after(logs)) - y * (A * logs).sum()
        slope += (N * y - Y) / N**2 * (incomes / y).sum()
        rises, falls = np.zeros(y.size), np.zeros(y.size)
        rises[1:], falls[1:] = a[1:] / up_to[1:], a[1:] / up_to[:-1]
        slope += _after(rises) + rises - _after(falls)
        gains, loses = np.zeros(y.size), np.zeros(y.size)
        gains[:-1], loses[:-1] = b[:-1] / (above + w * y)[:-1], b[:-1] / above[:-1]
        return np.asarray(slope + y * (np.cumsum(gains) - np.cumsum(loses) + loses))


def _after(values: Floats) -> Floats:
    """Return, at each place, the sum of the values behind it."""
    return np.append(np.cumsum(values[:0:-1])[::-1], 0.0)
