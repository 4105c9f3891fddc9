"""The Gini index: twice the area between the Lorenz curve and equality."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.inequality.incomes import positive_total
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import SurveyDesign, Weights, dot


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
    sorted_y, w = y[order], design.weight[order]
    persons_up_to, income_up_to = np.cumsum(w), np.cumsum(w * sorted_y)
    earned = positive_total(sum_of(y, design, rows))
    influence = None
    if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        # Σⱼ wⱼ·max(yᵢ, yⱼ): those up to i weigh i's income, those above it their own.
        influence = np.zeros(len(design))
        influence[order] = 2 * (sorted_y * persons_up_to + (income_up_to[-1] - income_up_to))
    # Whoever comes later in the order has the larger income of a pair, and there are two of each pair.
    doubled = Linearised(dot(w * sorted_y, 2 * persons_up_to - w), influence, design, rows)
    return doubled / (earned * size_of(design, rows)) - 1
