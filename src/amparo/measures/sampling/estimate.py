"""A number drawn from a sample and how far the sample may have missed it."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from amparo.errors import MeasureError


@dataclass(frozen=True)
class Estimate:
    """A number of the population and how far the sample may have missed it.

    Args:
        value:          the estimate, in the unit of its measure.
        standard_error: same unit; the error of sampling only.
        n:              rows of the sample behind it.
        clusters:       first-stage clusters with such rows.
        strata:         strata with such rows.
        excluded:       rows left out because the measure is not defined for them (income ≤ 0 where a
                        logarithm is taken); always zero elsewhere.

    >>> low, high = Estimate(0.14, 0.01, n=900, clusters=62, strata=2).interval()
    >>> round(low, 4), round(high, 4)
    (0.12, 0.16)
    """

    value: float
    standard_error: float
    n: int
    clusters: int
    strata: int
    excluded: int = 0

    @property
    def degrees_of_freedom(self) -> int:
        """Return clusters less strata, the usual count for a stratified cluster sample."""
        return self.clusters - self.strata

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the confidence interval (low, high) from Student's t; `level` strictly between 0 and 1."""
        if not 0 < level < 1:
            raise MeasureError(f"level is {level}; a confidence level lies between 0 and 1, such as 0.95.")
        margin = student_quantile((1 + level) / 2, self.degrees_of_freedom) * self.standard_error
        return self.value - margin, self.value + margin


def student_quantile(p: float, df: int) -> float:
    """Return the p-quantile of Student's t, exact for df 1 and 2.

    From three degrees of freedom on it is the expansion of Cornish and Fisher, which misses by less than
    0.2 % at p = 0.975 and 1 % at p = 0.995, and from ten on by less than 0.01 % at both.

    Raises:
        MeasureError: `df` < 1, as happens when every stratum has one cluster.

    Source: Abramowitz & Stegun (1964), 26.7.5.

    >>> round(student_quantile(0.975, 10), 3), round(student_quantile(0.975, 5000), 3)
    (2.228, 1.96)
    """
    if df < 1:
        raise MeasureError(
            f"an interval needs more clusters than strata and here there are {df} more; "
            "widen the domain or merge strata."
        )
    if df == 1:
        return math.tan(math.pi * (p - 0.5))
    if df == 2:
        return (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    z = NormalDist().inv_cdf(p)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return sum(term / float(df) ** order for order, term in enumerate(terms))
