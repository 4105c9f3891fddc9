"""Atkinson's index: the share of income that equality would be worth."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.inequality.entropy import mean_log_deviation
from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_over
from amparo.measures.sampling.survey import Weights


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
    y, rows, excluded = positive(income, design, domain)
    persons = size_of(design, rows)
    average = sum_over(np.positive, y, design, rows, excluded) / persons
    # Incomes relative to their mean keep a large aversion from running out of floating-point range.
    powers = sum_over(lambda each: (each / average.value) ** (1 - aversion), y, design, rows, excluded)
    equal = (powers / persons) ** (1 / (1 - aversion)) * average.value
    return 1 - equal / average
