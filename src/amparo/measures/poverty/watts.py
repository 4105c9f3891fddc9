"""Watts's measure: how far below the line, in proportions, so that a peso counts most where incomes are lowest."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.measures.inequality.incomes import positive
from amparo.measures.poverty.additive import mean_depth
from amparo.measures.poverty.lines import Line
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Weights


@Measure
def watts(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the Watts measure of poverty: the mean of log(z/y), 0 for those who are not poor.

    Measured among incomes above zero; `Estimate.excluded` counts the rows left out. They are the poorest, so that
    poverty is higher than the measure says where they are many; a relative line is still drawn from everyone.

    Args:
        income:    [n] currency.
        line:      one number, [n] one for each person, or a `RelativeLine`; same unit, strictly positive.
        design:    the sample.
        reference: [n] booleans, whose incomes make a relative line; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, nobody has an income above zero, a value is missing, or the domain is empty.

    Formula: Σ w·log(z/y)·[y < z] / Σ w
    Unit: none, from 0 up: log points below the line, per person.
    Variance: influence; that of an estimated line included.
    Source: Watts (1968), An Economic Definition of Poverty; Zheng (1993), Economics Letters 42, 81-86.
    Checked against: convey::svywatts on eusilc (tests/measures/test_references.py).

    >>> round(watts([50.0, 100.0, 300.0, 0.0], 200.0, SurveyDesign([1.0, 1.0, 2.0, 1.0])).value, 6)
    0.51986
    """
    y, rows, excluded = positive(income, design, domain)
    return mean_depth(
        y,
        income,
        line,
        design,
        lambda y, z: np.log(z / y),
        lambda y, z: np.ones(y.size) / z,
        rows=rows,
        reference=reference,
        excluded=excluded,
    )
