"""The sample: its weights, strata and clusters, and how sure a number drawn from it is."""

import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, init=False)
class SurveyDesign:
    """The weights, strata and clusters of a sample, prepared once for every measure.

    Variance is that of the ultimate cluster: totals of first-stage clusters, drawn with replacement within
    strata. A stratum of one cluster has no spread of its own: its cluster is compared with the mean of all
    clusters (the rule that R's survey calls "adjust"), and `lonely_strata` counts such strata.

    Args:
        weight:  [n] persons each row stands for; finite, ≥ 0, at least one > 0.
        stratum: [n] any labels; None for one stratum.
        cluster: [n] any labels, read within strata; None where each row was drawn by itself.

    Raises:
        MeasureError: lengths differ, a weight is negative or missing, a label is missing, or the sample is a
            single cluster.

    Source: Wolter (2007), Introduction to Variance Estimation, chapters 2 and 6.

    >>> design = SurveyDesign([1.0, 1.0, 2.0, 2.0], stratum=["n", "n", "s", "s"])
    >>> design.clusters, design.strata, design.lonely_strata
    (4, 2, 0)
    """

    weight: Floats = field(repr=False)
    stratum: NDArray[Any] | None = field(repr=False)
    cluster: NDArray[Any] | None = field(repr=False)
    everyone: Rows = field(repr=False)
    clusters: int
    strata: int
    lonely_strata: int
    cluster_of: NDArray[np.intp] = field(repr=False)  # [n] which cluster a row is in
    stratum_of: NDArray[np.intp] = field(repr=False)  # [clusters] which stratum a cluster is in
    _scale_of: Floats = field(repr=False)  # [clusters] n / (n − 1) of its stratum, or 1 where n = 1
    _lonely: Rows = field(repr=False)  # [clusters] alone in its stratum

    def __init__(self, weight: ArrayLike, stratum: ArrayLike | None = None, cluster: ArrayLike | None = None) -> None:
        weights = np.array(weight, dtype=np.float64)
        if weights.ndim != 1:
            raise MeasureError(f"weight has {weights.ndim} dimensions; give one number for each row.")
        bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
        if bad.size:
            raise MeasureError(
                f"weight has {bad.size} missing or negative values, the first {weights[bad[0]]} at row "
                f"{bad[0]}; drop those rows or give them weight 0."
            )
        if not weights.sum() > 0:
            raise MeasureError(f"the {weights.size} weights sum to zero; some row must stand for someone.")
        one, each = np.zeros(weights.size, np.intp), np.arange(weights.size)
        stratum_code = one if stratum is None else labelled("stratum", stratum, weights.size)[1]
        unit_code = each if cluster is None else labelled("cluster", cluster, weights.size)[1]
        strata, units = int(stratum_code.max()) + 1, int(unit_code.max()) + 1
        pairs, cluster_of = np.unique(stratum_code * units + unit_code, return_inverse=True)
        if pairs.size < 2:
            raise MeasureError(
                "the sample is a single cluster and nothing in it tells how samples vary; "
                "give the cluster of each row, or none where every row was drawn by itself."
            )
        stratum_of = pairs // units
        size = np.bincount(stratum_of, minlength=strata)
        ready = {
            "weight": weights,
            "stratum": None if stratum is None else np.asarray(stratum),
            "cluster": None if cluster is None else np.asarray(cluster),
            "everyone": weights >= 0,
            "clusters": int(pairs.size),
            "strata": strata,
            "lonely_strata": int(np.sum(size == 1)),
            "cluster_of": cluster_of.astype(np.intp),
            "stratum_of": stratum_of,
            "_scale_of": np.where(size == 1, 1.0, size / np.maximum(size - 1, 1))[stratum_of],
            "_lonely": (size == 1)[stratum_of],
        }
        for name, value in ready.items():
            if isinstance(value, np.ndarray) and name not in {"stratum", "cluster"}:
                value.flags.writeable = False
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        """Return the number of rows of the sample."""
        return int(self.weight.size)

    def rows(self, domain: ArrayLike | None) -> Rows:
        """Return the rows [n] of a domain as booleans; everyone for None."""
        if domain is None:
            return self.everyone
        rows = np.asarray(domain)
        if rows.dtype != np.bool_ or rows.shape != self.weight.shape:
            raise MeasureError(
                f"domain is {rows.dtype} of shape {rows.shape}; give a boolean for each of {len(self)} rows."
            )
        if not self.weight[rows].any():
            raise MeasureError("domain holds nobody: no row of it has a weight above zero; widen it.")
        return rows

    def column(self, name: str, values: ArrayLike, rows: Rows) -> Floats:
        """Return values [n] as floats, checked within the rows and zero outside; one number serves all."""
        given = np.asarray(values, dtype=np.float64)
        if given.ndim and given.shape != self.weight.shape:
            raise MeasureError(f"{name} has shape {given.shape}; give one value for each of {len(self)} rows.")
        column: Floats = np.where(rows, given, 0.0)
        bad = np.flatnonzero(~np.isfinite(column))
        if bad.size:
            raise MeasureError(
                f"{name} has {bad.size} missing or infinite values, the first at row {bad[0]}; "
                "fill them or leave those rows out with domain=."
            )
        return column

    def variance(self, influence: Floats) -> float:
        """Return the variance of the weighted total of influences [n] (zero outside a domain)."""
        totals = np.bincount(self.cluster_of, self.weight * influence, self.clusters)
        return self.variance_of_totals(totals.astype(np.float64))

    def variance_of_totals(self, totals: Floats) -> float:
        """Return the variance of a sum, given the weighted influence of each cluster [clusters]."""
        size = np.bincount(self.stratum_of, minlength=self.strata)
        mean = np.bincount(self.stratum_of, totals, self.strata) / size
        spread = totals - np.where(self._lonely, totals.mean(), mean[self.stratum_of])
        return dot(self._scale_of, spread**2)

    def extent(self, rows: Rows) -> tuple[int, int, int]:
        """Return how many rows, clusters and strata of the sample have someone in these rows."""
        counted = rows & (self.weight > 0)
        clusters = np.bincount(self.cluster_of[counted], minlength=self.clusters) > 0
        strata = np.bincount(self.stratum_of[clusters]) > 0
        return int(counted.sum()), int(clusters.sum()), int(strata.sum())


def dot(a: Floats, b: Floats) -> float:
    """Return Σ a·b by pairwise summation.

    `a @ b` would hand the sum to BLAS, whose threads wait for each other on a busy machine (measured: twenty
    times slower) and whose last digits change with their number.
    """
    return float((a * b).sum())


def labelled(name: str, labels: ArrayLike, n: int) -> tuple[list[Any], NDArray[np.intp]]:
    """Return the different labels in their order and the place [n] of each row's label among them."""
    given = np.asarray(labels)
    if given.shape != (n,):
        raise MeasureError(f"{name} has shape {given.shape}; give one label for each of the {n} rows.")
    try:
        known, code = np.unique(given, return_inverse=True)
    except TypeError as unordered:
        raise MeasureError(
            f"{name} mixes labels that have no order, such as text and None; give every row a label of the same kind."
        ) from unordered
    if known.dtype.kind == "f" and np.isnan(known[-1]):
        raise MeasureError(
            f"{name} is missing first at row {np.flatnonzero(np.isnan(given))[0]}; give every row a label."
        )
    return known.tolist(), code.astype(np.intp)


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
