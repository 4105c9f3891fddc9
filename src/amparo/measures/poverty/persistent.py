"""Who is poor and stays poor, where the same persons are seen over several years."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Weights


@Measure
def persistent_at_risk_of_poverty_rate(
    poor: ArrayLike, design: Weights, *, preceding: int = 2, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of persons who are poor this year and were poor in several of the years before.

    With four years and two preceding it is the European Union's definition: poor now and in at least two of the
    three years before. Measured among persons whose status is known in every year; `Estimate.excluded` counts the
    others, whom the panel lost or had not yet found. Each year's line is taken as known.

    Args:
        poor:      [n, years] 0 or 1, from the first year to this one, the last; NaN where a status is missing.
        design:    the sample, with the weights of the panel.
        preceding: years before this one in which who is counted was poor, from 1 to years − 1.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: fewer than two years, a status that is not 0, 1 or NaN, a `preceding` out of range, or nobody
            has a status in every year.

    Formula: Σ w·[poor now and in ≥ k of the years before] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence; lines are taken as known.
    Source: Eurostat, EU-SILC methodology, persistent at-risk-of-poverty rate (table ilc_li21).
    Checked against: persons reckoned by hand (tests/measures/test_persistent.py).

    >>> poor = [[1, 1, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0], [0, 0, 0, 0]]
    >>> persistent_at_risk_of_poverty_rate(poor, SurveyDesign([1.0] * 4)).value
    0.25
    """
    try:
        status = np.asarray(poor, np.float64)
    except (TypeError, ValueError):
        raise MeasureError("poor holds values that are no numbers; give 0, 1 or NaN for each year.") from None
    if status.ndim != 2 or status.shape[0] != len(design) or status.shape[1] < 2:
        raise MeasureError(f"poor has shape {status.shape}; give [{len(design)}, years], at least two years.")
    years = status.shape[1]
    if not 1 <= preceding < years:
        raise MeasureError(f"preceding is {preceding}; of {years} years it is from 1 to {years - 1}.")
    everyone = design.rows(domain)
    known = everyone & ~np.isnan(status).any(axis=1)
    if not design.weight[known].any():
        raise MeasureError("nobody has a known status in every year; give fewer years.")
    odd = np.argwhere(known[:, None] & (status != 0) & (status != 1))
    if odd.size:
        row, year = odd[0]
        raise MeasureError(f"poor is {status[row, year]:g} at row {row}, year {year}; it is 0, 1 or NaN.")
    stays = (status[:, -1] == 1) & ((status[:, :-1] == 1).sum(axis=1) >= preceding)
    found = mean.linearised(stays, design, domain=known)
    lost = int(np.sum(everyone & ~known & (design.weight > 0)))
    return Linearised(found.value, found.influence, design, known, lost)
