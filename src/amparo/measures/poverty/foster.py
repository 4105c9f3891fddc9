"""Poverty against a line: one that the law or the market basket sets, or one that the sample estimates."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import around, cut_points, mean, median
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Weights, dot


@Measure
def foster_greer_thorbecke(
    income: ArrayLike,
    line: ArrayLike | Linearised,
    design: Weights,
    *,
    alpha: float = 0.0,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the Foster–Greer–Thorbecke measure of poverty.

    FGT(α) = Σᵢ wᵢ · ((z − yᵢ)/z)^α · [yᵢ < z]  /  Σᵢ wᵢ

    α = 0 is the headcount ratio, 1 the poverty gap, 2 the squared gap. Who has exactly the line is not poor.
    A line that was itself estimated (`0.6 * median.linearised(income, design)`) adds its own uncertainty.

    Args:
        income: [n] currency; zero and negative incomes count as given, so that a gap can pass 1.
        line:   one number, [n] one for each person, or an estimated line; same unit, strictly positive.
        design: the sample.
        alpha:  ≥ 0, no unit.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, alpha < 0, a value is missing, or the domain is empty.

    Formula: Σ w·((z − y)/z)^α·[y < z] / Σ w
    Unit: none; share of persons where α = 0.
    Variance: influence; that of an estimated line included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> design = SurveyDesign([1.0, 1.0, 2.0])
    >>> foster_greer_thorbecke([50.0, 100.0, 300.0], 200.0, design, alpha=1).value
    0.3125
    """
    if not alpha >= 0:
        raise MeasureError(f"alpha is {alpha}; it is 0 for the poverty_headcount, 1 for the gap, 2 for its square.")
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    z = design.column("line", line.value if isinstance(line, Linearised) else line, rows)
    if np.any(z[rows] <= 0):
        row = np.flatnonzero(rows & (z <= 0))[0]
        raise MeasureError(f"line is {z[row]:g} at row {row}; a poverty line is above zero.")
    z = np.where(rows, z, 1.0)
    poor = rows & (y < z)
    gap = np.where(poor, 1 - y / z, 0.0)
    persons = size_of(design, rows)
    poverty = sum_of(np.where(poor, gap**alpha, 0.0), design, rows) / persons
    if not isinstance(line, Linearised):
        return poverty
    if alpha == 0:
        slope, _ = around(y, design, rows, line.value)
    else:
        steep = np.where(poor, alpha * np.where(poor, gap, 1.0) ** (alpha - 1) * y / z**2, 0.0)
        slope = dot(design.weight, steep) / persons.value
    return (poverty + slope * (line - line.value)).within(rows)


@Measure
def poverty_headcount(
    income: ArrayLike, line: ArrayLike | Linearised, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of persons below the line: `foster_greer_thorbecke` of α = 0, with all it says.

    Formula: Σ w·[y < z] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022, the official rates of CASEN 2022 and Bolivia 2019
        (tests/measures/test_references.py, tests/measures/test_official.py).

    >>> poverty_headcount([50.0, 100.0, 300.0], [60.0, 60.0, 400.0], SurveyDesign([1.0, 1.0, 2.0])).value
    0.75
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=0.0, domain=domain)


@Measure
def poverty_gap(
    income: ArrayLike, line: ArrayLike | Linearised, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the mean shortfall as a share of the line: `foster_greer_thorbecke` of α = 1, with all it says.

    Formula: Σ w·((z − y)/z)·[y < z] / Σ w
    Unit: share of the line.
    Variance: influence.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> poverty_gap([50.0, 100.0, 300.0], 200.0, SurveyDesign([1.0, 1.0, 2.0])).value
    0.3125
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=1.0, domain=domain)


@Measure
def squared_poverty_gap(
    income: ArrayLike, line: ArrayLike | Linearised, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the mean squared shortfall, the severity: `foster_greer_thorbecke` of α = 2, with all it says.

    Formula: Σ w·((z − y)/z)²·[y < z] / Σ w
    Unit: none.
    Variance: influence.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> squared_poverty_gap([50.0, 100.0, 300.0], 200.0, SurveyDesign([1.0, 1.0, 2.0])).value
    0.203125
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=2.0, domain=domain)


@Measure
def at_risk_of_poverty_rate(
    income: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share of persons below a part of the national median income.

    The line stays national where a domain is measured, and the uncertainty of its median is counted.

    Args:
        income:    [n] currency, usually per equivalent adult.
        design:    the sample; with the household as cluster at least, or the error comes out far too small.
        share:     part of the median that makes the line, > 0; 0.6 in the European Union, 0.5 at the OECD.
        reference: [n] booleans, whose median it is: all who have an income; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the line is not above zero, a value is missing, or the domain is empty.

    Formula: Σ w·[y < share·median] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence, that of the median included.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyarpr on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> at_risk_of_poverty_rate([10.0, 50.0, 60.0, 80.0], SurveyDesign([1.0, 1.0, 1.0, 1.0])).value
    0.25
    """
    line = share * median.linearised(income, design, domain=reference)
    return poverty_headcount.linearised(income, line, design, domain=domain)


@Measure
def relative_median_poverty_gap(
    income: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return how far the median of the poor lies below the line, as a share of the line: (z − m)/z.

    Args:
        income:    [n] currency, usually per equivalent adult.
        design:    the sample.
        share:     part of the median that makes the line, > 0.
        reference: [n] booleans, whose median it is: all who have an income; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody of the domain is below the line, a value is missing, or the domain is empty.

    Formula: (z − median of the poor) / z
    Unit: share of the line.
    Variance: influence, those of both medians included.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyrmpg on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> relative_median_poverty_gap([10.0, 50.0, 60.0, 80.0], SurveyDesign([1.0, 1.0, 1.0, 1.0])).value
    0.6666666666666667
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    line = share * median.linearised(income, design, domain=reference)
    poor = rows & (y < line.value)
    if not design.weight[poor].any():
        raise MeasureError(f"nobody is below the line of {line.value:g} and the poor have no median; widen the domain.")
    middle = float(cut_points(y, design, poor, 0.5)[0])
    # The median of the poor solves F(m) = F(z) / 2, so that it moves with both shares.
    below_line = poverty_headcount.linearised(income, line, design, domain=rows)
    below_middle = mean.linearised(y <= middle, design, domain=rows)
    density, _ = around(y, design, rows, middle)
    median_of_poor = (0.5 * below_line - below_middle).map(middle, 1 / density)
    return (1 - median_of_poor / line).within(rows)
