"""Which incomes a measure of inequality takes, and what it says of the others."""

from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.linearised import Linearised
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
    rows, earners, excluded = design.narrowed(everyone, lambda part: (y[part] >= 0) if zeros else (y[part] > 0))
    if zeros:
        _, earners, _ = design.narrowed(everyone, lambda part: y[part] > 0)
    if not earners:
        raise MeasureError("nobody has an income above zero and the measure is relative to it; check the column.")
    return y, rows, excluded
