"""Ratios of every group at once: what `ratio.by` gives, in one pass over the rows."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.survey import Floats, SurveyDesign, labelled


class Grouping:
    """The groups of a sample, made ready once for many ratios.

    Args:
        group:  [n] labels; rows of a label are a domain of the sample.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: lengths differ, or the domain is empty.

    >>> sexes = Grouping(["f", "m", "m"], SurveyDesign([1.0, 1.0, 2.0]))
    >>> {sex: round(found.value, 3) for sex, found in sexes.ratios([1, 0, 1], [1, 1, 1]).items()}
    {'f': 1.0, 'm': 0.667}
    """

    def __init__(self, group: ArrayLike, design: SurveyDesign, *, domain: ArrayLike | None = None) -> None:
        labels, self._design, self._rows = np.asarray(group), design, design.rows(domain)
        if labels.shape != self._rows.shape:
            raise MeasureError(f"group has shape {labels.shape}; give one label for each of {len(design)} rows.")
        self._inside = np.flatnonzero(self._rows & (design.weight > 0))
        self._weight = design.weight[self._inside]
        self.labels, self._code = _coded(labels[self._inside])
        # A cluster's part in a group is what varies; the parts in a stratum share a mean.
        parts, self._part = np.unique(
            self._code * design.clusters + design.cluster_of[self._inside], return_inverse=True
        )
        self._group_of = parts // design.clusters
        self._cell = self._group_of * design.strata + design.stratum_of[parts % design.clusters]
        self._present = self._by_stratum(None)

    def ratios(self, numerator: ArrayLike, denominator: ArrayLike) -> dict[Any, Estimate | None]:
        """Return Σ w·y / Σ w·x of each group with its standard error; None where Σ w·x is zero.

        Args:
            numerator:   [n] any unit; booleans count as 0 and 1.
            denominator: [n] any unit.

        Raises:
            MeasureError: lengths differ, or a value is missing within the domain.

        Source: Wolter (2007), Introduction to Variance Estimation, section 6.
        Checked against: `ratio.by`, group by group (tests/measures/test_grouped.py).
        """
        groups, code = len(self.labels), self._code
        y = self._weight * self._column("numerator", numerator)
        x = self._weight * self._column("denominator", denominator)
        above, below = np.bincount(code, y, groups), np.bincount(code, x, groups)
        with np.errstate(divide="ignore", invalid="ignore"):
            value, inverse = above / below, 1 / below
        known = below != 0
        value, inverse = np.where(known, value, 0.0), np.where(known, inverse, 0.0)
        influence = (y - value[code] * x) * inverse[code]
        error = np.sqrt(self._variance(np.bincount(self._part, influence, self._cell.size).astype(np.float64)))
        members, clusters = np.bincount(code, minlength=groups), np.bincount(self._group_of, minlength=groups)
        strata = (self._present > 0).sum(axis=1)
        return {
            label: Estimate(float(value[g]), float(error[g]), int(members[g]), int(clusters[g]), int(strata[g]))
            if known[g]
            else None
            for g, label in enumerate(self.labels)
        }

    def _column(self, name: str, values: ArrayLike) -> Floats:
        column = self._design.column(name, values, self._rows)
        return column if self._inside.size == column.size else column[self._inside]

    def _by_stratum(self, parts: Floats | None) -> Floats:
        """Return the sums of parts [groups, strata]; their number for None."""
        shape = (len(self.labels), self._design.strata)
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


def ratios_by_group(
    group: ArrayLike,
    numerator: ArrayLike,
    denominator: ArrayLike,
    design: SurveyDesign,
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
