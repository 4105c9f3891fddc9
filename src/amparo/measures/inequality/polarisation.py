"""Polarisation: how far a society falls into a poorer and a richer half."""

from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean, median
from amparo.measures.inequality.gini import gini
from amparo.measures.inequality.lorenz import lorenz_ordinate
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Weights


@Measure
def wolfson(income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return Wolfson's index of polarisation: 0 where all have the same, more the farther the halves are apart.

    Unlike inequality it rises when incomes bunch within a half: a transfer between two of the poorer half that
    brings them together lowers the Gini index and raises this one.

    Args:
        income: [n] currency.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: a median or total income ≤ 0, a value is missing, or the domain is empty.

    Formula: 4·(μ/m)·(1/2 − L(1/2) − G/2), with the median m, the Lorenz curve L and the Gini index G
    Unit: none, from 0 up.
    Variance: influence, those of mean, median, Lorenz curve and Gini index.
    Source: Wolfson (1994), American Economic Review 84(2), 353-358.
    Checked against: persons reckoned by hand, and a bootstrap of households of eusilc
        (tests/measures/test_polarisation.py).

    >>> round(wolfson([1.0, 1.0, 3.0, 3.0], SurveyDesign([1.0] * 4)).value, 6)
    1.0
    """
    middle = median.linearised(income, design, domain=domain)
    if middle.value <= 0:
        raise MeasureError(f"median income is {middle.value:g}; polarisation is relative to one above zero.")
    away = 0.5 - lorenz_ordinate.linearised(income, 0.5, design, domain=domain)
    spread = away - 0.5 * gini.linearised(income, design, domain=domain)
    return 4 * spread * (mean.linearised(income, design, domain=domain) / middle)
