"""Ratios and shares of every group at once: what `ratio` gives group by group, in one pass over the rows."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.columns import plain
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.replication import ReplicateDesign
from amparo.measures.sampling.survey import Floats, SurveyDesign, labelled


class Weighed(NamedTuple):
    """A column made ready for many ratios of a `Grouping`: w·y of those measured, and its sum in each group."""

    values: Floats
    sums: Floats


class Grouping:
    """The groups of a sample, made ready once for many ratios and shares.

    Args:
        group:  [n] labels; rows of a label are a domain of the sample.
        design: the sample, or its replicates.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: lengths differ, or the domain is empty.

    >>> sexes = Grouping(["f", "m", "m"], SurveyDesign([1.0, 1.0, 2.0]))
    >>> {sex: round(found.value, 3) for sex, found in sexes.ratios([1, 0, 1], [1, 1, 1]).items()}
    {'f': 1.0, 'm': 0.667}
    >>> {sex: round(found.value, 3) for sex, found in sexes.shares([1, 0, 1]).items()}
    {'f': 0.333, 'm': 0.667}
    """

    def __init__(
        self, group: ArrayLike, design: SurveyDesign | ReplicateDesign, *, domain: ArrayLike | None = None
    ) -> None:
        if not isinstance(design, (SurveyDesign, ReplicateDesign)):
            raise MeasureError("groups have errors, and mere Weights tell none; give a SurveyDesign or its replicates.")
        labels, self._design, self._rows = np.asarray(plain(group)), design, design.rows(domain)
        if labels.shape != self._rows.shape:
            raise MeasureError(f"group has shape {labels.shape}; give one label for each of {len(design)} rows.")
        self._inside = np.flatnonzero(self._rows & (design.weight > 0))
        self._weight = design.weight[self._inside]
        self.labels, self._code = _coded(labels[self._inside])
        self._everyone = self.weighed("everyone", self._rows)
        parts = (self._inside, self._code, self.labels)
        self._spread = _Replicates(design, *parts) if isinstance(design, ReplicateDesign) else _Clusters(design, *parts)

    def ratios(self, numerator: ArrayLike | Weighed, denominator: ArrayLike | Weighed) -> dict[Any, Estimate | None]:
        """Return Σ w·y / Σ w·x of each group with its standard error; None where Σ w·x is zero.

        Args:
            numerator:   [n] any unit; booleans count as 0 and 1.
            denominator: [n] any unit.

        Raises:
            MeasureError: lengths differ, a value is missing within the domain, or a replicate leaves nobody in a
                group's denominator.

        Source: Wolter (2007), Introduction to Variance Estimation, section 6.
        Checked against: `ratio.by`, group by group (tests/measures/test_grouped.py).
        """
        y, above = self.weighed("numerator", numerator)
        x, below = self.weighed("denominator", denominator)
        known = below != 0
        value = np.divide(above, below, out=np.zeros(known.size), where=known)
        error = self._spread.of_ratios(y, x, value, below)
        return {
            label: Estimate(float(value[g]), float(error[g]), *self._spread.extent(g)) if known[g] else None
            for g, label in enumerate(self.labels)
        }

    def means(self, values: ArrayLike | Weighed) -> dict[Any, Estimate]:
        """Return the mean Σ w·y / Σ w of each group with its standard error; of booleans, the share.

        Args:
            values: [n] any unit; booleans count as 0 and 1.

        Raises:
            MeasureError: lengths differ, a value is missing within the domain, or a replicate leaves a group empty.

        Source: Wolter (2007), Introduction to Variance Estimation, section 6.
        Checked against: `mean.by`, group by group (tests/measures/test_grouped.py).
        """
        found = self.ratios(values, self._everyone)
        return {label: each for label, each in found.items() if each is not None}  # a group that occurs has weight

    def shares(self, values: ArrayLike | Weighed) -> dict[Any, Estimate | None]:
        """Return what part of the whole Σ w·y each group has, with its standard error; None where the whole is zero.

        Args:
            values: [n] any unit; booleans count as 0 and 1.

        Raises:
            MeasureError: lengths differ, or a value is missing within the domain.

        Source: Wolter (2007), Introduction to Variance Estimation, section 6.
        Checked against: `ratio` of the group's values to all (tests/measures/test_grouped.py).
        """
        y, sums = self.weighed("values", values)
        whole = float(sums.sum())
        if whole == 0:
            return dict.fromkeys(self.labels)
        value = sums / whole
        error, extent = self._spread.of_shares(y, value, whole), self._design.extent(self._rows)
        return {label: Estimate(float(value[g]), float(error[g]), *extent) for g, label in enumerate(self.labels)}

    def column(self, name: str, values: ArrayLike) -> Floats:
        """Return values [n] as floats, checked within the domain and zero outside."""
        return np.asarray(np.broadcast_to(self._design.column(name, values, self._rows), self._rows.shape))

    def weighed(self, name: str, values: ArrayLike | Weighed) -> Weighed:
        """Return a column made ready, which every method takes in its place."""
        if isinstance(values, Weighed):
            return values
        column = self.column(name, values)
        weighed = self._weight * (column if self._inside.size == column.size else column[self._inside])
        return Weighed(weighed, np.bincount(self._code, weighed, len(self.labels)).astype(np.float64))


class _Clusters:
    """Errors by linearisation: a cluster's part in a group is what varies; the parts in a stratum share a mean."""

    def __init__(
        self, design: SurveyDesign, inside: NDArray[np.intp], code: NDArray[np.intp], labels: list[Any]
    ) -> None:
        self._design, self._code, self._groups = design, code, len(labels)
        cluster = design.cluster_of[inside]
        parts, self._part = np.unique(code * design.clusters + cluster, return_inverse=True)
        self._group_of, self._cluster_of = np.divmod(parts, design.clusters)
        self._cell = self._group_of * design.strata + design.stratum_of[self._cluster_of]
        self._present = self._by_stratum(None)
        self._members = np.bincount(code, minlength=self._groups)
        self._clusters = np.bincount(self._group_of, minlength=self._groups)
        self._strata = (self._present > 0).sum(axis=1)

    def extent(self, group: int) -> tuple[int, int, int]:
        return int(self._members[group]), int(self._clusters[group]), int(self._strata[group])

    def of_ratios(self, y: Floats, x: Floats, value: Floats, below: Floats) -> Floats:
        inverse = np.divide(1, below, out=np.zeros(below.size), where=below != 0)
        influence = (y - value[self._code] * x) * inverse[self._code]
        return np.sqrt(self._variance(np.bincount(self._part, influence, self._cell.size).astype(np.float64)))

    def of_shares(self, y: Floats, value: Floats, whole: float) -> Floats:
        parts = np.bincount(self._part, y, self._cell.size).astype(np.float64) / whole
        clusters = np.bincount(self._cluster_of, parts, self._design.clusters)
        error = np.zeros(value.size)
        for g, share in enumerate(value):
            mine = self._group_of == g
            totals = -share * clusters
            totals[self._cluster_of[mine]] += parts[mine]
            error[g] = math.sqrt(self._design.variance_of_totals(totals))
        return error

    def _by_stratum(self, parts: Floats | None) -> Floats:
        """Return the sums of parts [groups, strata]; their number for None."""
        shape = (self._groups, self._design.strata)
        return np.bincount(self._cell, parts, shape[0] * shape[1]).reshape(shape).astype(np.float64)

    def _variance(self, parts: Floats) -> Floats:
        """Return the variance of each group's sum, as `SurveyDesign.variance_of_totals` does for one.

        A cluster without a part in a group has zero there.
        """
        design = self._design
        size = np.bincount(design.stratum_of, minlength=design.strata)
        sums = self._by_stratum(parts)
        centre = sums / size
        if design.single == "centre":
            centre = np.where(size == 1, sums.sum(axis=1, keepdims=True) / design.clusters, centre)
        squares = self._by_stratum((parts - centre.ravel()[self._cell]) ** 2) + (size - self._present) * centre**2
        scale = (1 - design.sampled) * np.where(size == 1, 1.0, size / np.maximum(size - 1, 1))
        return np.asarray((scale * squares).sum(axis=1))


class _Replicates:
    """Errors from replicates: sums of each unit in each group, weighed by every replicate at once."""

    def __init__(
        self, design: ReplicateDesign, inside: NDArray[np.intp], code: NDArray[np.intp], labels: list[Any]
    ) -> None:
        self._design, self._inside, self._code, self._labels = design, inside, code, labels
        self._units = design.factors.shape[1]
        self._cell = code * self._units + design.unit_of[inside]

    def extent(self, group: int) -> tuple[int, int, int]:
        rows = np.zeros(len(self._design), np.bool_)
        rows[self._inside[self._code == group]] = True
        return self._design.extent(rows)

    def of_ratios(self, y: Floats, x: Floats, value: Floats, below: Floats) -> Floats:
        above, drawn = self._drawn(y), self._drawn(x)
        empty = (drawn == 0) & (below != 0)
        if empty.any():
            replicate, group = np.argwhere(empty)[0]
            raise MeasureError(
                f"replicate {replicate} has a denominator of zero in group {self._labels[group]}; "
                "widen the group, or take the errors by linearisation."
            )
        return self._errors(np.divide(above, drawn, out=np.zeros(above.shape), where=drawn != 0), value)

    def of_shares(self, y: Floats, value: Floats, whole: float) -> Floats:
        del whole  # each replicate has its own
        drawn = self._drawn(y)
        return self._errors(drawn / drawn.sum(axis=1, keepdims=True), value)

    def _drawn(self, weighed: Floats) -> Floats:
        """Return the sums of each replicate and group [replicates, groups]."""
        groups = len(self._labels)
        sums = np.bincount(self._cell, weighed, groups * self._units).reshape(groups, self._units)
        return np.asarray(self._design.factors @ sums.T)

    def _errors(self, drawn: Floats, value: Floats) -> Floats:
        return np.asarray(np.sqrt(self._design.scale @ (drawn - value) ** 2))


def ratios_by_group(
    group: ArrayLike,
    numerator: ArrayLike,
    denominator: ArrayLike,
    design: SurveyDesign | ReplicateDesign,
    *,
    domain: ArrayLike | None = None,
) -> dict[Any, Estimate | None]:
    """Return Σ w·y / Σ w·x of each group once, as `Grouping.ratios` does; keep a `Grouping` for more ratios.

    Args:
        group:       [n] labels; rows of a label are a domain of the sample.
        numerator:   [n] any unit; booleans count as 0 and 1.
        denominator: [n] any unit.
        design:      the sample.
        domain:      [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: lengths differ, or a value is missing within the domain.

    Formula: Σ w·y / Σ w·x within each group
    Unit: that of the numerator over that of the denominator.
    Variance: influence.
    Source: Wolter (2007), Introduction to Variance Estimation, section 6.
    Checked against: `ratio.by`, group by group (tests/measures/test_grouped.py).

    >>> design = SurveyDesign([1.0, 1.0, 2.0])
    >>> found = ratios_by_group(["a", "b", "b"], [1, 0, 1], [1, 1, 1], design)
    >>> {name: round(each.value, 3) for name, each in found.items()}
    {'a': 1.0, 'b': 0.667}
    """
    return Grouping(group, design, domain=domain).ratios(numerator, denominator)


def _coded(labels: Any) -> tuple[list[Any], NDArray[np.intp]]:
    """Return the labels that occur and each row's place among them; small whole numbers are their own places."""
    if labels.dtype.kind != "i" or not labels.size or labels.min() < 0 or labels.max() >= labels.size:
        return labelled("group", labels, labels.size)
    known = np.flatnonzero(np.bincount(labels))
    place = np.zeros(known[-1] + 1, np.intp)
    place[known] = np.arange(known.size)
    return known.tolist(), place[labels]


__all__ = ["Grouping", "ratios_by_group"]
