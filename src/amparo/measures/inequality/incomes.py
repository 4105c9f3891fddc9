"""Which incomes a measure of inequality takes, and what it says of the others."""

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.linearised import Linearised
from amparo.measures.sampling.sums import summed
from amparo.measures.sampling.survey import Floats, Rows, Weights


def positive_total(earned: Linearised) -> Linearised:
    """Return total income, refused where it is not above zero."""
    if earned.value <= 0:
        raise MeasureError(f"total income is {earned.value:g}; inequality is measured relative to a total above zero.")
    return earned


def positive(
    income: ArrayLike, design: Weights, domain: ArrayLike | None, *, zeros: bool = False
) -> tuple[Floats, Rows, int]:
    """Return incomes, the rows that have one above zero, and how many of the domain have not.

    With `zeros` those of zero are in, since powers above one of zero are defined.
    """
    everyone = design.rows(domain)
    y = design.column("income", income, everyone)
    rows = (y >= 0) if zeros else (y > 0)
    if rows.all() and y.any() and everyone is design.everyone:  # the usual case
        return y, everyone, 0
    rows &= everyone
    w = design.weight
    if not summed(lambda part: float(np.count_nonzero(rows[part] & (w[part] > 0) & (y[part] > 0))), y.size):
        raise MeasureError("nobody has an income above zero and the measure is relative to it; check the column.")
    return (
        y,
        rows,
        int(summed(lambda part: float(np.count_nonzero(everyone[part] & ~rows[part] & (w[part] > 0))), y.size)),
    )
