"""Poverty lines: an amount, one for each person, or a part of what the sample itself earns."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean, quantile
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Floats, Rows, Weights


@dataclass(frozen=True)
class RelativeLine:
    """A poverty line that is a part of the median, the mean or another quantile of the incomes themselves.

    It is drawn anew from the incomes that a measure is given: in a replicate from the replicate's, after a reform
    from those after the reform, and its own uncertainty is part of every standard error. To keep a line where
    it was, give its amount instead.

    Args:
        share: part of it that makes the line, > 0.
        of:    "median", "mean", or the share of persons below another quantile, in (0, 1].

    Raises:
        MeasureError: a share that is not above zero, or an `of` that is none of these.

    >>> from amparo.measures import poverty_headcount
    >>> poverty_headcount([10.0, 50.0, 60.0, 80.0], RelativeLine(0.6), SurveyDesign([1.0] * 4)).value
    0.25
    """

    share: float = 0.6
    of: Literal["median", "mean"] | float = "median"

    def __post_init__(self) -> None:
        if not 0 < self.share < np.inf:
            raise MeasureError(f"share is {self.share}; a line is a part above zero, such as 0.6.")
        if isinstance(self.of, str) and self.of not in {"median", "mean"}:
            raise MeasureError(f"of is '{self.of}'; a line is part of the 'median', the 'mean' or a quantile like 0.4.")

    def drawn(self, income: ArrayLike, design: Weights, reference: ArrayLike | None) -> Linearised:
        """Return the line that the incomes of those in the reference make."""
        if self.of == "mean":
            return self.share * mean.linearised(income, design, domain=reference)
        p = 0.5 if self.of == "median" else float(self.of)
        return self.share * quantile.linearised(income, p, design, domain=reference)


Line: TypeAlias = ArrayLike | RelativeLine | Linearised
"""What a measure takes for a line: one number, [n] one for each person, a `RelativeLine`, or an estimated value."""


def drawn(
    line: Line, income: ArrayLike, design: Weights, rows: Rows, reference: ArrayLike | None
) -> tuple[Floats | float, Linearised | None]:
    """Return the line, one or [n] and 1 outside the rows, and its estimate where the sample made it.

    Raises:
        MeasureError: a line is not above zero or is missing, lengths differ, or a reference is given to a line
            that needs none.
    """
    if isinstance(line, RelativeLine):
        line = line.drawn(income, design, reference)
    elif reference is not None:
        raise MeasureError("reference says whose incomes make a relative line; leave it out where the line is given.")
    estimated = line if isinstance(line, Linearised) else None
    if estimated is not None and estimated.design is not design:
        raise MeasureError(
            "the line was estimated on another design; give its number, or a RelativeLine that each design draws anew."
        )
    given = line.value if isinstance(line, Linearised) else line
    if np.ndim(given) == 0 and isinstance(given, int | float | np.number) and 0 < given < np.inf:
        return float(given), estimated  # one number serves all as it is
    z = design.column("line", given, rows)
    if np.any(z[rows] <= 0):
        row = np.flatnonzero(rows & (z <= 0))[0]
        raise MeasureError(f"line is {z[row]:g} at row {row}; a poverty line is above zero.")
    return np.where(rows, z, 1.0), estimated


@Measure
def at_risk_of_poverty_threshold(
    income: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    of: Literal["median", "mean"] | float = "median",
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the poverty line that a part of the median income makes, with its standard error.

    Args:
        income: [n] currency, usually per equivalent adult.
        design: the sample.
        share:  part that makes the line, > 0; 0.6 in the European Union, 0.5 at the OECD.
        of:     "median", "mean", or the share of persons below another quantile, in (0, 1].
        domain: [n] booleans, whose incomes make the line; None for everyone.

    Raises:
        MeasureError: share ≤ 0, a value is missing, or the domain is empty.

    Formula: share · median; share · mean; share · quantile
    Unit: that of the income.
    Variance: influence of the median, quantile or mean.
    Source: Osier (2009), Survey Research Methods 3(3), 167-195.
    Checked against: convey::svyarpt on eusilc and CASEN 2022 (tests/measures/test_references.py).

    >>> at_risk_of_poverty_threshold([10.0, 50.0, 60.0, 80.0], SurveyDesign([1.0] * 4)).value
    30.0
    """
    return RelativeLine(share, of).drawn(income, design, domain)


__all__ = ["Line", "RelativeLine", "at_risk_of_poverty_threshold", "drawn"]
