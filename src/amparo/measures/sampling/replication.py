"""Standard errors by replication: the measure is taken again and again on samples drawn from the sample.

A `ReplicateDesign` stands where a `SurveyDesign` stands, and every measure takes its standard error from it.

>>> from amparo.measures import SurveyDesign, bootstrap, mean
>>> design = SurveyDesign([1.0] * 8)
>>> found = mean([1.0, 4.0, 2.0, 8.0, 5.0, 7.0, 1.0, 9.0], bootstrap(design, 200, seed=7))
>>> found.value, round(found.standard_error, 1)
(4.625, 1.1)
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights, labelled, numbers

FEW = 6  # columns, up to which it pays to look for rows that are alike


@dataclass(frozen=True, eq=False, init=False)
class ReplicateDesign(Weights):
    """A sample with replicates: other weights of the same rows, each of which a sample could have had.

    The variance of a value θ is Σ scale · (θ of the replicate − θ)². Make one with `bootstrap`, `jackknife` or
    `given_replicates`.
    """

    factors: Floats = field(repr=False)  # [replicates, units] what multiplies the weight of a unit's rows
    unit_of: NDArray[np.intp] = field(repr=False)  # [n] which unit a row is in
    scale: Floats = field(repr=False)  # [replicates]
    sample: SurveyDesign | None = field(repr=False)  # what the replicates were drawn from, if it is known

    def __init__(
        self,
        weight: ArrayLike,
        factors: Floats,
        unit_of: NDArray[np.intp],
        scale: Floats,
        sample: SurveyDesign | None = None,
    ) -> None:
        super().__init__(weight)
        self._set(factors=factors, unit_of=unit_of, scale=scale, sample=sample)

    def extent(self, rows: Rows) -> tuple[int, int, int]:
        """Return rows, clusters and strata behind a value; replicates and one where clusters are not known."""
        if self.sample is not None:
            return self.sample.extent(rows)
        return int((rows & (self.weight > 0)).sum()), len(self.scale), 1


def bootstrap(design: SurveyDesign, replicates: int = 300, *, seed: int) -> ReplicateDesign:
    """Return the rescaled bootstrap of Rao and Wu: of the n clusters of each stratum n − 1 are drawn again.

    Strata of a single cluster are drawn from together with each other (under "certainty" they stay as they are).

    Args:
        design:     the sample; its correction for finite populations is kept.
        replicates: at least 2; 300 give a standard error to about 4 %.
        seed:       ≥ 0; the same seed gives the same replicates.

    Raises:
        MeasureError: fewer than two replicates, or a seed below zero.

    Source: Rao & Wu (1988), Journal of the American Statistical Association 83, 231-241; Rao, Wu & Yue (1992),
        Survey Methodology 18, 209-217.
    Checked against: R's survey and convey, 200 replicates of eusilc, and 300 of CASEN 2022
        (tests/measures/test_replication.py).

    >>> from amparo.measures import gini
    >>> gini([1.0, 4.0, 2.0, 8.0], bootstrap(SurveyDesign([1.0] * 4), seed=1)).value
    0.3833333333333333
    """
    if replicates < 2 or replicates != int(replicates):
        raise MeasureError(f"replicates is {replicates}; give a whole number of at least 2; 300 are usual.")
    if seed < 0 or seed != int(seed):
        raise MeasureError(f"seed is {seed}; give a whole number of zero or above.")
    draw = np.random.default_rng(seed)
    factors = np.ones((replicates, design.clusters))
    for members, sampled in _strata(design):
        n = members.size
        drawn = draw.multinomial(n - 1, np.full(n, 1 / n), replicates)
        damped = math.sqrt(1 - sampled)
        factors[:, members] = 1 - damped + damped * n / (n - 1) * drawn
    return ReplicateDesign(design.weight, factors, design.cluster_of, np.full(replicates, 1 / replicates), design)


def jackknife(design: SurveyDesign) -> ReplicateDesign:
    """Return the stratified jackknife: each replicate leaves out one cluster and lets its stratum stand in.

    There are as many replicates as clusters, so that it suits samples of few clusters.

    Args:
        design: the sample; its correction for finite populations is kept.

    Source: Wolter (2007), Introduction to Variance Estimation, chapter 4.

    >>> from amparo.measures import mean
    >>> design = SurveyDesign([1.0, 1.0, 2.0])
    >>> round(mean([1.0, 2.0, 4.0], jackknife(design)).standard_error, 4)
    1.1446
    """
    groups = _strata(design)
    replicates = sum(members.size for members, _ in groups)
    factors, scale, row = np.ones((replicates, design.clusters)), np.empty(replicates), 0
    for members, sampled in groups:
        n = members.size
        block = factors[row : row + n]
        block[:, members] = n / (n - 1)
        block[np.arange(n), members] = 0
        scale[row : row + n] = (1 - sampled) * (n - 1) / n
        row += n
    return ReplicateDesign(design.weight, factors, design.cluster_of, scale, design)


def given_replicates(weight: ArrayLike, replicates: ArrayLike, *, scale: ArrayLike | None = None) -> ReplicateDesign:
    """Return the design of a survey that comes with replicate weights.

    Args:
        weight:     [n] persons each row stands for.
        replicates: [n, replicates] weights ≥ 0.
        scale:      one number or [replicates], as the survey's manual says: 1/R for bootstrap and balanced repeated
                    replication, (R − 1)/R for the jackknife that deletes one group, 4/R for successive differences;
                    None for 1/R.

    Raises:
        MeasureError: shapes differ, a replicate weight is negative or missing, or a scale is not above zero.

    >>> from amparo.measures import mean
    >>> found = mean([1.0, 3.0], given_replicates([1.0, 1.0], [[2.0, 0.0], [0.0, 2.0]]))
    >>> found.value, found.standard_error
    (2.0, 1.0)
    """
    weights, weight = numbers("replicates", replicates), numbers("weight", weight)
    n = weight.size
    if weights.ndim != 2 or weights.shape[0] != n or weights.shape[1] < 2:
        raise MeasureError(f"replicates has shape {weights.shape}; give [{n}, R] weights, at least two columns.")
    bad = np.argwhere(~(np.isfinite(weights) & (weights >= 0)))
    if bad.size:
        row, column = bad[0]
        raise MeasureError(f"replicates has {weights[row, column]} at row {row}, column {column}; weights are ≥ 0.")
    count = weights.shape[1]
    scales = numbers("scale", 1 / count if scale is None else scale)
    if scales.shape not in {(), (count,)}:
        raise MeasureError(f"scale has shape {scales.shape}; give one number, or one for each of {count} replicates.")
    if not ((scales > 0) & np.isfinite(scales)).all():
        raise MeasureError("scale is above zero for every replicate; see the manual of the survey.")
    if np.any((weight == 0) & (weights > 0).any(axis=1)):
        raise MeasureError("a row of weight zero has replicate weights above zero; drop it, or weigh it.")
    factors = (weights / np.where(weight > 0, weight, 1.0)[:, None]).T
    return ReplicateDesign(weight, factors, np.arange(n), np.broadcast_to(scales, (count,)).copy())


def _strata(design: SurveyDesign) -> list[tuple[NDArray[np.intp], float]]:
    """Return the clusters of each stratum and the share of it that was drawn; single clusters are put together."""
    order = np.argsort(design.stratum_of, kind="stable")
    size = np.bincount(design.stratum_of, minlength=design.strata)
    groups = np.split(order, np.cumsum(size)[:-1])
    found = [(m, float(f)) for m, f in zip(groups, design.sampled, strict=True) if m.size > 1]
    alone = [m for m in groups if m.size == 1]
    if alone and design.single == "centre":
        if len(alone) > 1:
            found.append((np.concatenate(alone), 0.0))
        else:
            smallest = min(range(len(found)), key=lambda i: found[i][0].size)
            members, sampled = found[smallest]
            found[smallest] = (np.append(members, alone[0]), sampled)
    return found


def replicated(formula: Callable[..., Sequence[Any]], args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Estimate]:
    """Return the estimates of a formula of several values whose design, among the arguments, has replicates."""
    design = next(each for each in (*args, *kwargs.values()) if isinstance(each, ReplicateDesign))
    full = formula(*map(Weights.of, args), **{name: Weights.of(each) for name, each in kwargs.items()})
    values = np.array([each.value for each in full])
    n = len(design)
    given = {str(place): each for place, each in enumerate(args)} | dict(kwargs)
    columns = {name: list(_columns_in(each, n)) for name, each in given.items() if each is not design}
    first, place = _distinct(design.unit_of, [column for held in columns.values() for column in held])
    weight = np.bincount(place, design.weight)
    shared = {name: _taken(given[name], first, n) for name, held in columns.items() if held}
    unit = design.unit_of[first]
    spread = np.zeros(values.size)
    orders: list[Any] = []  # every replicate has the same incomes
    for factor, scale in zip(design.factors, design.scale, strict=True):
        other = Weights._bare(weight * factor[unit], orders)  # noqa: SLF001 - sound by construction
        now = {name: other if each is design else shared.get(name, each) for name, each in given.items()}
        found = formula(*(now[str(i)] for i in range(len(args))), **{name: now[name] for name in kwargs})
        spread += float(scale) * (np.array([each.value for each in found]) - values) ** 2
    return [
        Estimate(finite(each.value), math.sqrt(finite(variance)), *design.extent(each.rows), each.excluded)
        for each, variance in zip(full, spread.tolist(), strict=True)
    ]


def finite(found: float) -> float:
    """Return a figure; one that floating point could not hold is refused rather than given as NaN or infinite."""
    if not math.isfinite(found):
        raise MeasureError(f"the result is {found}: beyond floating point; check arguments, incomes and weights.")
    return found


def _columns_in(value: Any, n: int) -> Iterator[NDArray[Any]]:
    """Yield the columns [n] in an argument: itself, those of a table [n, k], of a mapping or of a tuple."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _columns_in(each, n)
    elif isinstance(value, tuple) and len(value) != n:
        for each in value:
            yield from _columns_in(each, n)
    elif isinstance(value, (np.ndarray, Sequence)) and not isinstance(value, str):
        array = np.asarray(value)
        if array.shape[:1] == (n,):
            yield from array.reshape(n, -1).T


def _taken(value: Any, rows: NDArray[np.intp], n: int) -> Any:
    """Return an argument with these rows of each of its columns."""
    if isinstance(value, Mapping):
        return {name: _taken(each, rows, n) for name, each in value.items()}
    if isinstance(value, tuple) and len(value) != n:
        parts = [_taken(each, rows, n) for each in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, (np.ndarray, Sequence)) and not isinstance(value, str):
        array = np.asarray(value)
        return array[rows] if array.shape[:1] == (n,) else value
    return value


def _distinct(unit: NDArray[np.intp], columns: Sequence[NDArray[Any]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return one row for each different combination, in the order of the first column, and each row's place there.

    Members of a household share their income: a replicate then looks at households, already sorted. Where many
    columns are read, members differ, and the rows stay as they are.
    """
    if len(columns) > FEW:
        return np.arange(unit.size), np.arange(unit.size)
    keys = [c if c.dtype.kind in "biuf" else labelled("a column", c, c.size)[1] for c in columns]
    order = np.lexsort((unit, *reversed(keys)))
    new = np.ones(order.size, np.bool_)
    new[1:] = np.logical_or.reduce([k[order][1:] != k[order][:-1] for k in (unit, *keys)])
    place = np.empty(order.size, np.intp)
    place[order] = np.cumsum(new) - 1
    return order[new], place
