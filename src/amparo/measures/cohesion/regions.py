"""How far regions lie apart."""

import math

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Weights, labelled


@Measure
def regional_dispersion(
    status: ArrayLike, region: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the coefficient of variation of a rate between regions, each weighed by its persons.

    Of employment among persons of 15 to 64 it is the European Union's regional dispersion of employment. A sample
    makes small regions differ by chance too, so that the value of a thin sample is too high.

    Args:
        status: [n] booleans or 0 and 1: who is employed; any amount ≥ 0 gives the dispersion of its means.
        region: [n] any labels.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the rate of all is zero or less, a value is missing, or the domain is empty.

    Formula: √(Σ_r N_r/N · (p_r − p)²) / p, with p_r the rate of a region and p that of all
    Unit: share of the rate, ≥ 0.
    Variance: influence; where regions do not differ at all it is zero.
    Source: Eurostat, dispersion of regional employment rates (table lfst_r_lmder); Social Protection Committee (2001),
        Report on Indicators in the Field of Poverty and Social Exclusion, indicator 5.
    Checked against: numpy's weighted standard deviation, and a jackknife of CASEN 1990 (error)
        (tests/measures/test_regions.py).

    >>> regional_dispersion([1, 0, 1, 1], ["north", "north", "south", "south"], SurveyDesign([1.0] * 4)).value
    0.3333333333333333
    """
    rows = design.rows(domain)
    p = design.column("status", status, rows)
    names, code = labelled("region", region, len(design))
    persons, having = size_of(design, rows), sum_of(p, design, rows)
    if having.value <= 0:
        raise MeasureError(f"status totals {having.value:g}; dispersion is relative to a rate above zero.")
    rate = having / persons
    squares: Linearised | float = 0.0
    for place in range(len(names)):
        mine = rows & (code == place)
        if design.weight[mine].any():
            own = sum_of(np.where(mine, p, 0.0), design, rows)
            squares = own * own / size_of(design, mine) + squares
    spread = squares / persons - rate**2 if isinstance(squares, Linearised) else rate - rate.value
    if spread.value <= 1e-15 * rate.value**2:
        return spread.map(0.0, 0.0).within(rows)
    deviation = math.sqrt(spread.value)
    return (spread.map(deviation, 1 / (2 * deviation)) / rate).within(rows)


__all__ = ["regional_dispersion"]
