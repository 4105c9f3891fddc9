"""How many are poor and how far below the line: the measures of Foster, Greer and Thorbecke."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.poverty.additive import mean_depth
from amparo.measures.poverty.lines import Line
from amparo.measures.sampling.linearised import Linearised, Measure, size_of
from amparo.measures.sampling.survey import Floats, Weights


@Measure
def foster_greer_thorbecke(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    alpha: float = 0.0,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the Foster–Greer–Thorbecke measure of poverty.

    FGT(α) = Σᵢ wᵢ · ((z − yᵢ)/z)^α · [yᵢ < z]  /  Σᵢ wᵢ

    α = 0 is the headcount ratio, 1 the poverty gap, 2 the squared gap. Who has exactly the line is not poor.
    A line that the sample makes (`RelativeLine(0.6)`) adds its own uncertainty and stays national in a domain.

    Args:
        income:    [n] currency; zero and negative incomes count as given, so that a gap can pass 1.
        line:      one number, [n] one for each person, or a `RelativeLine`; same unit, strictly positive.
        design:    the sample.
        alpha:     ≥ 0, no unit.
        reference: [n] booleans, whose incomes make a relative line; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, alpha < 0, a value is missing, or the domain is empty.

    Formula: Σ w·((z − y)/z)^α·[y < z] / Σ w
    Unit: none; share of persons where α = 0.
    Variance: influence; that of an estimated line included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022, with given and estimated lines
        (tests/measures/test_references.py).

    >>> design = SurveyDesign([1.0, 1.0, 2.0])
    >>> foster_greer_thorbecke([50.0, 100.0, 300.0], 200.0, design, alpha=1).value
    0.3125
    """
    if not 0 <= alpha < np.inf:
        raise MeasureError(f"alpha is {alpha}; it is 0 for the poverty_headcount, 1 for the gap, 2 for its square.")

    def depth(y: Floats, z: Floats) -> Floats:
        return np.ones(y.size) if alpha == 0 else (1 - y / z) ** alpha

    def slope(y: Floats, z: Floats) -> Floats:
        return np.asarray(alpha * (1 - y / z) ** (alpha - 1) * y / z**2)

    rows = design.rows(domain)
    y = design.column("income", income, rows)
    steep = None if alpha == 0 else slope
    return mean_depth(y, income, line, design, depth, steep, rows=rows, reference=reference)


@Measure
def poverty_headcount(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share of persons below the line: `foster_greer_thorbecke` of α = 0, with all it says.

    Formula: Σ w·[y < z] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence; that of an estimated line included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022, the official rates of CASEN 2022 and Bolivia 2019
        (tests/measures/test_references.py, tests/measures/test_official.py).

    >>> poverty_headcount([50.0, 100.0, 300.0], [60.0, 60.0, 400.0], SurveyDesign([1.0, 1.0, 2.0])).value
    0.75
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=0.0, reference=reference, domain=domain)


@Measure
def poverty_gap(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the mean shortfall as a share of the line: `foster_greer_thorbecke` of α = 1, with all it says.

    Formula: Σ w·((z − y)/z)·[y < z] / Σ w
    Unit: share of the line.
    Variance: influence; that of an estimated line included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> poverty_gap([50.0, 100.0, 300.0], 200.0, SurveyDesign([1.0, 1.0, 2.0])).value
    0.3125
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=1.0, reference=reference, domain=domain)


@Measure
def squared_poverty_gap(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the mean squared shortfall, the severity: `foster_greer_thorbecke` of α = 2, with all it says.

    Formula: Σ w·((z − y)/z)²·[y < z] / Σ w
    Unit: none.
    Variance: influence; that of an estimated line included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766.
    Checked against: convey::svyfgt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> squared_poverty_gap([50.0, 100.0, 300.0], 200.0, SurveyDesign([1.0, 1.0, 2.0])).value
    0.203125
    """
    return foster_greer_thorbecke.linearised(income, line, design, alpha=2.0, reference=reference, domain=domain)


@Measure
def poverty_deficit(
    income: ArrayLike,
    line: Line,
    design: Weights,
    *,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the money that is missing to lift every poor person exactly to the line: perfect targeting's cost.

    Args:
        income:    [n] currency; negative incomes count as given.
        line:      one number, [n] one for each person, or a `RelativeLine`; same unit, strictly positive.
        design:    the sample.
        reference: [n] booleans, whose incomes make a relative line; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a line ≤ 0, a value is missing, or the domain is empty.

    Formula: Σ w·(z − y)·[y < z]
    Unit: that of the income, over the period of the income (a month's, where incomes are monthly).
    Variance: influence; that of an estimated line included.
    Source: Haughton & Khandker (2009), Handbook on Poverty and Inequality, World Bank, chapter 4.
    Checked against: N·z·poverty_gap, which convey gives, on eusilc (tests/measures/test_poverty.py).

    >>> poverty_deficit([50.0, 100.0, 300.0], 200.0, SurveyDesign([1.0, 1.0, 2.0])).value
    250.0
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    missing = mean_depth(
        y, income, line, design, lambda y, z: z - y, lambda y, _: np.ones(y.size), rows=rows, reference=reference
    )
    return (missing * size_of(design, rows)).within(rows)
