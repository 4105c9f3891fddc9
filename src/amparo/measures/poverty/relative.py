"""Poverty relative to the country's own incomes, as the European Union counts it."""

from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import around, mean
from amparo.measures.poverty.foster import poverty_headcount
from amparo.measures.poverty.lines import RelativeLine
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import SurveyDesign, Weights


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
    return poverty_headcount.linearised(income, RelativeLine(share), design, reference=reference, domain=domain)


@Measure
def median_income_of_the_poor(
    income: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the median income of those below a part of the national median.

    Args:
        income:    [n] currency, usually per equivalent adult.
        design:    the sample.
        share:     part of the median that makes the line, > 0.
        reference: [n] booleans, whose median it is: all who have an income; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody of the domain is below the line, a value is missing, or the domain is empty.

    Formula: the smallest y whose cumulative weight reaches half of Σ w·[y < share·median]
    Unit: that of the income.
    Variance: influence, those of both medians included.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svypoormed on eusilc (tests/measures/test_references.py).

    >>> median_income_of_the_poor([10.0, 50.0, 60.0, 80.0], SurveyDesign([1.0, 1.0, 1.0, 1.0])).value
    10.0
    """
    line = RelativeLine(share).drawn(income, design, reference)
    return _median_below(line, income, design, domain)


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
    line = RelativeLine(share).drawn(income, design, reference)
    below = _median_below(line, income, design, domain)
    return (1 - below / line).within(below.rows)


def _median_below(line: Linearised, income: ArrayLike, design: Weights, domain: ArrayLike | None) -> Linearised:
    """Return the median of the incomes below an estimated line."""
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    ranks = design.ranks(y, rows)
    persons, _ = ranks.below(line.value)
    if not persons > 0:
        raise MeasureError(f"nobody is below the line of {line.value:g} and the poor have no median; widen the domain.")
    middle = ranks.reaching(0.5 * persons)
    if not isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
        return Linearised(middle, None, design, rows)
    # The median of the poor solves F(m) = F(z) / 2, so that it moves with both shares.
    below_line = poverty_headcount.linearised(income, line, design, domain=rows)
    below_middle = mean.linearised(y <= middle, design, domain=rows)
    density, _ = around(y, design, rows, middle)
    return (0.5 * below_line - below_middle).map(middle, 1 / density).within(rows)
