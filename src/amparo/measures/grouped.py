"""Ratios of every group at once: what `ratio.by` gives, in one pass over the rows."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.estimate import Estimate
from amparo.measures.survey import SurveyDesign, labelled


def ratios_by_group(
    group: ArrayLike,
    numerator: ArrayLike,
    denominator: ArrayLike,
    design: SurveyDesign,
    *,
    domain: ArrayLike | None = None,
) -> dict[Any, Estimate | None]:
    """Return Σ w·y / Σ w·x of each group with its standard error; None where Σ w·x is zero.

    Args:
        group:       [n] labels; rows of a label are a domain of the sample.
        numerator:   [n] any unit; booleans count as 0 and 1.
        denominator: [n] any unit.
        design:      the sample.
        domain:      [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: lengths differ, or a value is missing within the domain.

    Source: Wolter (2007), Introduction to Variance Estimation, section 6.
    Checked against: `ratio.by`, group by group (tests/measures/test_grouped.py).

    >>> design = SurveyDesign([1.0, 1.0, 2.0])
    >>> found = ratios_by_group(["a", "b", "b"], [1, 0, 1], [1, 1, 1], design)
    >>> {name: round(each.value, 3) for name, each in found.items()}
    {'a': 1.0, 'b': 0.667}
    """
    rows = design.rows(domain)
    y, x = design.column("numerator", numerator, rows), design.column("denominator", denominator, rows)
    labels = np.asarray(group)
    if labels.shape != rows.shape:
        raise MeasureError(f"group has shape {labels.shape}; give one label for each of {len(design)} rows.")
    inside = np.flatnonzero(rows & (design.weight > 0))
    known, code = _coded(labels[inside])
    groups, w = len(known), design.weight[inside]
    above, below = np.bincount(code, w * y[inside], groups), np.bincount(code, w * x[inside], groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = above / below
        influence = w * (y[inside] - value[code] * x[inside]) / below[code]
    influence = np.nan_to_num(influence)
    cluster = design.cluster_of[inside]
    order = np.argsort(code, kind="stable")
    ends = np.cumsum(np.bincount(code, minlength=groups))
    found: dict[Any, Estimate | None] = {}
    for g, (label, members) in enumerate(zip(known, np.split(order, ends[:-1]), strict=True)):
        if below[g] == 0:
            found[label] = None
            continue
        totals = np.bincount(cluster[members], influence[members], design.clusters).astype(np.float64)
        seen = np.flatnonzero(np.bincount(cluster[members], minlength=design.clusters))
        strata = np.flatnonzero(np.bincount(design.stratum_of[seen]))
        error = float(np.sqrt(design.variance_of_totals(totals)))
        found[label] = Estimate(float(value[g]), error, members.size, seen.size, strata.size)
    return found


def _coded(labels: Any) -> tuple[list[Any], Any]:
    """Return the labels that occur and each row's place among them; small whole numbers are their own places."""
    if labels.dtype.kind != "i" or not labels.size or labels.min() < 0 or labels.max() >= labels.size:
        return labelled("group", labels, labels.size)
    known = np.flatnonzero(np.bincount(labels))
    place = np.zeros(known[-1] + 1, np.intp)
    place[known] = np.arange(known.size)
    return known.tolist(), place[labels]


__all__ = ["ratios_by_group"]
