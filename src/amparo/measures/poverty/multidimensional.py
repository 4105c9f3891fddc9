"""Poverty in several dimensions at once: the method of Alkire and Foster."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError, nearest
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, estimates, size_of, sum_of, sum_over
from amparo.measures.sampling.sums import filled, in_parts
from amparo.measures.sampling.survey import Floats, Rows, Weights, numbers

SLACK = 1e-9  # 1/6 + 1/6 must reach a cut-off of 1/3 whatever their roundings


class DimensionPoverty(NamedTuple):
    """What a dimension (or indicator) adds to multidimensional poverty.

    `headcount` is the share deprived in it, `censored_headcount` the share poor and deprived in it, `contribution`
    its part of the adjusted headcount: they sum to 1, and are None where nobody is poor.
    """

    dimension: str
    weight: float
    headcount: Estimate
    censored_headcount: Estimate
    contribution: Estimate | None


class MultidimensionalPoverty(NamedTuple):
    """The measures of Alkire and Foster: H, A (None where nobody is poor), M0 = H·A, and the dimensions.

    `missing` counts, for each dimension, the rows whose deprivation is not known; `Estimate.excluded` those left
    out because one at least is not.
    """

    headcount: Estimate
    intensity: Estimate | None
    adjusted_headcount: Estimate
    dimensions: tuple[DimensionPoverty, ...]
    missing: dict[str, int]


def deprivation_score(deprivations: Mapping[str, ArrayLike], weights: Mapping[str, float] | None = None) -> Floats:
    """Return the weighted share [n] of dimensions in which each person is deprived; NaN where one is not known.

    Args:
        deprivations: [n] for each dimension, 1 where deprived and 0 where not; NaN or None where it is not known.
        weights:      for each dimension, above zero; they are brought to a sum of 1. None for equal weights.

    Raises:
        MeasureError: no dimension, lengths differ, a value that is not 0, 1 or missing, or weights that do not fit.

    Formula: Σ_j v_j·[deprived in j] / Σ_j v_j
    Unit: share of the weights, 0 to 1.
    Variance: none: a column.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> deprivation_score({"school": [1, 0, 1], "water": [0, 0, None]}).tolist()
    [0.5, 0.0, nan]
    """
    shares = _shares(deprivations, weights)
    columns = _columns(deprivations)
    return np.asarray(sum(shares[name] * column for name, column in columns.items()), np.float64)


def _shares(deprivations: Mapping[str, ArrayLike], weights: Mapping[str, float] | None) -> dict[str, float]:
    if not deprivations:
        raise MeasureError("there is no dimension; give at least one column of deprivations.")
    given = dict.fromkeys(deprivations, 1.0) if weights is None else dict(weights)
    for name in {*given} ^ {*deprivations}:
        what = "has no weight" if name in deprivations else f"is no dimension.{nearest(name, deprivations)}"
        raise MeasureError(f"weights and deprivations differ: '{name}' {what}")
    for name, weight in given.items():
        if not 0 < weight < np.inf:
            raise MeasureError(f"the weight of '{name}' is {weight}; weights are above zero.")
    total = sum(given.values())
    return {name: given[name] / total for name in deprivations}


def _columns(deprivations: Mapping[str, ArrayLike]) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for name, values in deprivations.items():
        try:
            column = np.asarray(values, np.float64)
        except (TypeError, ValueError):
            raise MeasureError(f"'{name}' holds values that are no numbers; give 0, 1 or NaN.") from None
        first = next(iter(found.values()), column)
        if column.ndim != 1 or column.shape != first.shape:
            raise MeasureError(f"'{name}' has shape {column.shape}; give one value for each of {first.size} rows.")
        odd = np.flatnonzero(~(np.isnan(column) | (column == 0) | (column == 1)))
        if odd.size:
            raise MeasureError(f"'{name}' is {column[odd[0]]:g} at row {odd[0]}; a deprivation is 0, 1 or NaN.")
        found[name] = column
    return found


def _poor(score: ArrayLike, cutoff: float, design: Weights, domain: ArrayLike | None) -> tuple[Floats, Rows, Rows, int]:
    """Return scores, who is poor, the rows whose score is known, and how many have none."""
    if not 0 < cutoff <= 1:
        raise MeasureError(
            f"cutoff is {cutoff}; it is the weighted share of deprivations that makes poor, such as 1/3."
        )
    everyone = design.rows(domain)
    given = numbers("score", score)
    if given.shape != everyone.shape:
        raise MeasureError(f"score has shape {given.shape}; give one value for each of {len(design)} rows.")
    rows, known, missing = design.narrowed(everyone, lambda part: ~np.isnan(given[part]))
    if not known:
        raise MeasureError("nobody has a known deprivation score; each row misses some dimension.")
    found = design.column("score", given, rows)
    if any(in_parts(lambda part: bool(((found[part] < 0) | (found[part] > 1 + SLACK)).any()), found.size)):
        out = np.flatnonzero((found < 0) | (found > 1 + SLACK))
        raise MeasureError(f"score is {found[out[0]]:g} at row {out[0]}; a deprivation score lies from 0 to 1.")
    least = max(cutoff - SLACK, np.nextafter(0.0, 1.0))
    return found, filled(lambda part: rows[part] & (found[part] >= least), found.size, np.bool_), rows, missing


@Measure
def multidimensional_headcount(
    score: ArrayLike, cutoff: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return H, the share of persons who are poor because their deprivations reach the cut-off.

    Args:
        score:  [n] from `deprivation_score`; rows of NaN are left out and counted in `Estimate.excluded`.
        cutoff: k in (0, 1], the weighted share of deprivations that makes poor; 1 asks for all of them, and a k
                below the smallest weight for any.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a cut-off or a score outside its range, or nobody with a score.

    Formula: H = Σ w·[c ≥ k] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> multidimensional_headcount([0.0, 0.5, 1.0, 0.25], 0.5, SurveyDesign([1.0] * 4)).value
    0.5
    """
    _, poor, rows, missing = _poor(score, cutoff, design, domain)
    return sum_of(poor, design, rows, missing) / size_of(design, rows)


@Measure
def multidimensional_intensity(
    score: ArrayLike, cutoff: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return A, the mean weighted share of deprivations of the poor.

    Args:
        score:  [n] from `deprivation_score`; rows of NaN are left out and counted in `Estimate.excluded`.
        cutoff: k in (0, 1], the weighted share of deprivations that makes poor.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody is poor, a cut-off or a score outside its range, or nobody with a score.

    Formula: A = Σ w·c·[c ≥ k] / Σ w·[c ≥ k]
    Unit: share of the weights, k to 1.
    Variance: influence.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> multidimensional_intensity([0.0, 0.5, 1.0, 0.25], 0.5, SurveyDesign([1.0] * 4)).value
    0.75
    """
    found, poor, rows, missing = _poor(score, cutoff, design, domain)
    persons = sum_of(poor, design, rows, missing)
    if not persons.value:
        raise MeasureError(f"nobody reaches the cut-off of {cutoff:g} and the poor have no intensity; lower it.")
    return sum_over(np.positive, found, design, poor, missing).within(rows) / persons


@Measure
def adjusted_headcount(
    score: ArrayLike, cutoff: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return M0 = H·A, the deprivations of the poor over all that everyone could have.

    Args:
        score:  [n] from `deprivation_score`; rows of NaN are left out and counted in `Estimate.excluded`.
        cutoff: k in (0, 1], the weighted share of deprivations that makes poor.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a cut-off or a score outside its range, or nobody with a score.

    Formula: M0 = Σ w·c·[c ≥ k] / Σ w
    Unit: share of all possible deprivations, 0 to 1.
    Variance: influence.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> adjusted_headcount([0.0, 0.5, 1.0, 0.25], 0.5, SurveyDesign([1.0] * 4)).value
    0.375
    """
    found, poor, rows, missing = _poor(score, cutoff, design, domain)
    return sum_over(np.positive, found, design, poor, missing).within(rows) / size_of(design, rows)


@Measure
def censored_headcount(
    deprived: ArrayLike, score: ArrayLike, cutoff: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of persons who are poor and deprived in one dimension.

    Args:
        deprived: [n] 1 where deprived in it, 0 where not.
        score:    [n] from `deprivation_score`; rows of NaN are left out and counted in `Estimate.excluded`.
        cutoff:   k in (0, 1], the weighted share of deprivations that makes poor.
        design:   the sample.
        domain:   [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: a cut-off or a score outside its range, or nobody with a score.

    Formula: Σ w·[deprived in j]·[c ≥ k] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> censored_headcount([0, 0, 1, 1], [0.0, 0.5, 1.0, 0.25], 0.5, SurveyDesign([1.0] * 4)).value
    0.25
    """
    _, poor, rows, missing = _poor(score, cutoff, design, domain)
    lacks = design.column("deprived", deprived, rows)
    return sum_over(np.positive, lacks, design, poor, missing).within(rows) / size_of(design, rows)


def alkire_foster(
    deprivations: Mapping[str, ArrayLike],
    cutoff: float,
    design: Weights,
    *,
    weights: Mapping[str, float] | None = None,
    domain: ArrayLike | None = None,
) -> MultidimensionalPoverty:
    """Return multidimensional poverty with the part of each dimension, all with their standard errors.

    By group: `contributions_by_group(adjusted_headcount, group, deprivation_score(…), cutoff, design)`.

    Args:
        deprivations: [n] for each dimension, 1 where deprived and 0 where not; NaN or None where it is not known.
        cutoff:       k in (0, 1], the weighted share of deprivations that makes poor, such as 1/3.
        design:       the sample.
        weights:      for each dimension, above zero; None for equal weights.
        domain:       [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: what `deprivation_score` refuses, a cut-off out of range, or nobody is known in all dimensions.

    Formula: H, A, M0 = H·A; censored headcount h_j; contribution v_j·h_j / M0
    Unit: shares of persons and of deprivations, 0 to 1.
    Variance: influence.
    Source: Alkire & Foster (2011), Journal of Public Economics 95, 476-487; Alkire et al. (2015), Multidimensional
        Poverty Measurement and Analysis, chapter 5.
    Checked against: the example of the source (tests/measures/test_multidimensional.py).

    >>> found = alkire_foster({"school": [1, 0, 1, 0], "water": [1, 0, 0, 0]}, 0.5, SurveyDesign([1.0] * 4))
    >>> found.headcount.value, found.intensity.value, found.adjusted_headcount.value
    (0.5, 0.75, 0.375)
    >>> [(each.dimension, round(each.contribution.value, 3)) for each in found.dimensions]
    [('school', 0.667), ('water', 0.333)]
    """
    shares, columns = _shares(deprivations, weights), _columns(deprivations)
    score = deprivation_score(deprivations, weights)
    everyone = design.rows(domain)
    if score.shape != everyone.shape:
        raise MeasureError(f"deprivations have {score.size} rows and the design {len(design)}; give one for each.")

    poor = multidimensional_headcount.value(score, cutoff, design, domain=domain) > 0

    def found(
        columns: Mapping[str, Floats], score: Floats, design: Weights, *, domain: ArrayLike | None
    ) -> list[Linearised]:
        whole = adjusted_headcount.linearised(score, cutoff, design, domain=domain)
        values = [multidimensional_headcount.linearised(score, cutoff, design, domain=domain), whole]
        values += [multidimensional_intensity.linearised(score, cutoff, design, domain=domain)] if poor else []
        for name, column in columns.items():
            censored = censored_headcount.linearised(column, score, cutoff, design, domain=domain)
            # A cut-off that every score of the deprived reaches censors nobody.
            values += [censored_headcount.linearised(column, score, SLACK, design, domain=domain), censored]
            values += [shares[name] * censored / whole] if poor else []
        return values

    each = iter(estimates(found, columns, score, design, domain=domain))
    head, adjusted, intensity = next(each), next(each), next(each) if poor else None
    dimensions = tuple(
        DimensionPoverty(name, shares[name], next(each), next(each), next(each) if poor else None) for name in columns
    )
    missing = {name: int(np.sum(everyone & np.isnan(column))) for name, column in columns.items()}
    return MultidimensionalPoverty(head, intensity, adjusted, dimensions, missing)


__all__ = [
    "DimensionPoverty",
    "MultidimensionalPoverty",
    "adjusted_headcount",
    "alkire_foster",
    "censored_headcount",
    "deprivation_score",
    "multidimensional_headcount",
    "multidimensional_intensity",
]
