"""The Gini index: twice the area between the Lorenz curve and equality."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.inequality.incomes import positive_total
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.sums import in_parts, summed
from amparo.measures.sampling.survey import SurveyDesign, Weights


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
    ranks = design.ranks(y, rows)
    earned = positive_total(sum_of(y, design, rows))
    influence = None
    if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        # Σⱼ wⱼ·max(yᵢ, yⱼ): those up to i weigh i's income, those above it their own.
        influence = np.zeros(len(design))
        persons, held = (np.concatenate(in_parts(each, ranks.y.size)) for each in (ranks.persons, ranks.held))
        influence[ranks.order] = 2 * (ranks.y * persons + (ranks.before[-1, 1] - held))

    def larger(part: slice) -> float:
        """Whoever comes later in the order has the larger income of a pair, and there are two of each pair."""
        w, persons = ranks.weight[part], ranks.persons(part)
        return float((w * ranks.y[part] * (2 * persons - w)).sum())

    doubled = Linearised(summed(larger, ranks.y.size), influence, design, rows)
    return doubled / (earned * size_of(design, rows)) - 1
