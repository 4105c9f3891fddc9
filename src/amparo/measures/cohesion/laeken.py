"""The European Union's indicators of income poverty, beside those that `poverty` and `inequality` already give."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import median
from amparo.measures.inequality.gini import gini
from amparo.measures.inequality.shares import s80_s20
from amparo.measures.poverty.foster import poverty_headcount
from amparo.measures.poverty.relative import at_risk_of_poverty_rate, relative_median_poverty_gap
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Floats, Weights, numbers


@Measure
def at_risk_of_poverty_rate_before_transfers(
    before: ArrayLike,
    income: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share of persons who would be below the line if nobody received transfers and the line stayed.

    Σ w·[before < share·median(income)] / Σ w: less the rate after transfers, it is what transfers do.

    Args:
        before:    [n] currency per equivalent adult, without social transfers; pensions stay in it or not, as said.
        income:    [n] disposable income per equivalent adult, transfers included, whose median makes the line.
        design:    the sample; with the household as cluster at least.
        share:     part of the median that makes the line, > 0.
        reference: [n] booleans, whose median it is; None for everyone.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the line is not above zero, a value is missing, or the domain is empty.

    Formula: Σ w·[before < share·median(y)] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence, that of the median included.
    Source: Eurostat, EU-SILC methodology, monetary poverty (table ilc_li10); Osier (2009), Survey Research Methods
        3(3), 167-195, for the influence.
    Checked against: convey::svyarpr on eusilc where nobody receives any (tests/measures/test_laeken.py).

    >>> design = SurveyDesign([1.0, 1.0, 1.0, 1.0])
    >>> at_risk_of_poverty_rate_before_transfers([10.0, 20.0, 60.0, 80.0], [40.0, 50.0, 60.0, 80.0], design).value
    0.5
    """
    line = share * median.linearised(income, design, domain=reference)
    return poverty_headcount.linearised(before, line, design, domain=domain)


@Measure
def anchored_at_risk_of_poverty_rate(
    income: ArrayLike,
    base_line: float,
    prices: float,
    design: Weights,
    *,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share of persons below the line of an earlier year, moved by prices only.

    The base year's line is taken as known: its own error of sampling belongs to another sample and is not added.

    Args:
        income:    [n] currency of this year, per equivalent adult.
        base_line: currency of the base year, such as 60 % of its median.
        prices:    consumer prices of this year over those of the base year; 1.25 where they rose by a quarter.
        design:    the sample.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the line or prices are not above zero, a value is missing, or the domain is empty.

    Formula: Σ w·[y < base line·prices] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence; the base year's line is taken as known.
    Source: Eurostat, EU-SILC methodology, at-risk-of-poverty rate anchored at a fixed moment (table ilc_li22).
    Checked against: convey::svyarpr on eusilc where nothing moved, for the value (tests/measures/test_laeken.py).

    >>> anchored_at_risk_of_poverty_rate([10.0, 50.0, 60.0, 80.0], 44.0, 1.25, SurveyDesign([1.0] * 4)).value
    0.5
    """
    if not prices > 0:
        raise MeasureError(f"prices is {prices}; it is this year's price level over the base year's, above zero.")
    return poverty_headcount.linearised(income, base_line * prices, design, domain=domain)


@Measure
def in_work_at_risk_of_poverty_rate(
    income: ArrayLike,
    age: ArrayLike,
    months_employed: ArrayLike,
    design: Weights,
    *,
    months_known: ArrayLike = 12,
    share: float = 0.6,
    reference: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share at risk of poverty among those of 18 to 64 who worked more than half of the known months.

    `Estimate.excluded` counts the persons of that age whose months are missing, who are left out.

    Args:
        income:          [n] currency per equivalent adult, of all persons, since their median makes the line.
        age:             [n] completed years.
        months_employed: [n] months in work, as employee or on one's own account; NaN where missing.
        design:          the sample; with the household as cluster at least.
        months_known:    [n] or one number: months of which the activity is known; 0 or NaN where none is.
        share:           part of the median that makes the line, > 0.
        reference:       [n] booleans, whose median it is; None for everyone.
        domain:          [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody of that age worked so long, an age or income is missing, or the domain is empty.

    Formula: Σ w·[y < share·median] / Σ w, of ages 18–64 with months in work > half of the known ones
    Unit: share of persons, 0 to 1.
    Variance: influence, that of the median included.
    Source: Eurostat, EU-SILC methodology, in-work poverty (table ilc_iw01).
    Checked against: seven persons reckoned by hand (tests/measures/test_laeken.py).

    >>> income, age, months = [10.0, 50.0, 60.0, 80.0, 90.0], [30, 40, 50, 70, 9], [12, 7, 6, 12, 0]
    >>> in_work_at_risk_of_poverty_rate(income, age, months, SurveyDesign([1.0] * 5)).value
    0.5
    """
    rows = design.rows(domain)
    years = design.column("age", age, rows)
    worked, known = (
        _months(name, each, design)
        for name, each in (("months_employed", months_employed), ("months_known", months_known))
    )
    of_age = rows & (years >= 18) & (years <= 64)
    told = of_age & np.isfinite(worked) & (known > 0)
    in_work = told & (2 * np.where(told, worked, 0.0) > np.where(told, known, 0.0))
    if not design.weight[in_work].any():
        raise MeasureError("nobody of 18 to 64 worked more than half of the known months; check months_employed.")
    found = at_risk_of_poverty_rate.linearised(income, design, share=share, reference=reference, domain=in_work)
    untold = int(np.sum(of_age & ~told & (design.weight > 0)))
    return Linearised(found.value, found.influence, design, found.rows, untold)


def _months(name: str, given: ArrayLike, design: Weights) -> Floats:
    """Return months [n], NaN where missing; one number serves all."""
    months = numbers(name, given)
    if months.ndim and months.shape != design.weight.shape:
        raise MeasureError(f"{name} has shape {months.shape}; give one value for each of {len(design)} rows.")
    if np.isinf(months).any():
        raise MeasureError(
            f"{name} is infinite first at row {np.flatnonzero(np.isinf(months))[0]}; give months or NaN."
        )
    return np.broadcast_to(months, len(design))


def laeken_income_indicators(
    income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> dict[str, Estimate]:
    """Return the Laeken indicators that disposable income alone gives, by the keys of `framework("laeken")`.

    At risk of poverty below 60, 40, 50 and 70 % of the median, its relative median gap, S80/S20 and Gini.

    Args:
        income: [n] currency per equivalent adult (see `equivalent_persons`).
        design: the sample; with the household as cluster at least.
        domain: [n] booleans, who is measured, and whose median makes the line; None for everyone.

    Raises:
        MeasureError: an income is missing, the domain is empty, or nobody is below the line.

    Formula: shares below 40, 50, 60, 70 % of the median, gap, S80/S20, Gini
    Unit: that of each measure.
    Variance: that of each measure.
    Source: Social Protection Committee (2001), Report on Indicators in the Field of Poverty and Social Exclusion.
    Checked against: convey on eusilc (tests/measures/test_official.py).

    >>> found = laeken_income_indicators([10.0, 50.0, 60.0, 80.0, 90.0], SurveyDesign([1.0] * 5))
    >>> found["at_risk_of_poverty_rate"].value, found["s80_s20"].value
    (0.2, 9.0)
    """
    rows = design.rows(domain)
    rate = {
        f"at_risk_of_poverty_rate{suffix}": at_risk_of_poverty_rate(
            income, design, share=share, reference=rows, domain=rows
        )
        for suffix, share in (("", 0.6), ("_40", 0.4), ("_50", 0.5), ("_70", 0.7))
    }
    return rate | {
        "relative_median_poverty_gap": relative_median_poverty_gap(income, design, reference=rows, domain=rows),
        "s80_s20": s80_s20(income, design, domain=rows),
        "gini": gini(income, design, domain=rows),
    }
