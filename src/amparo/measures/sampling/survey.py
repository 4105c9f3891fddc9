"""Whom each row stands for, how the rows were drawn, and so how sure a number drawn from them is."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.columns import ascending, plain
from amparo.measures.sampling.sums import CHUNK, dot

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]
Places = NDArray[np.intp]
Single = Literal["centre", "certainty", "fail"]
REMEMBERED = 3  # orders that a design keeps: of income before, of income after, and of one more

MOST = 1e15  # more persons than any population has, in weights of any survey's unit


@dataclass(frozen=True, eq=False, init=False)
class Weights:
    """How many persons each row stands for, and nothing of how the rows were drawn.

    Measures have a value on it and no standard error: `gini.value(income, Weights(weight))`. It is what a register
    or a synthetic population has, and what every replicate of a sample is.

    Args:
        weight: [n] finite, ≥ 0, at least one > 0.

    Raises:
        MeasureError: a weight is negative or missing, all are zero, or they sum beyond any population.

    >>> from amparo.measures import mean
    >>> mean.value([10.0, 20.0], Weights([3.0, 1.0]))
    12.5
    """

    weight: Floats = field(repr=False)
    everyone: Rows = field(repr=False)
    orders: list[tuple[Floats, Places]] = field(repr=False)  # columns that were sorted of late, and how
    ranked: "list[Ranks]" = field(repr=False)  # the persons by the column that was ranked last

    def __init__(self, weight: ArrayLike) -> None:
        weights = numbers("weight", weight).copy()
        if weights.ndim != 1:
            raise MeasureError(f"weight has {weights.ndim} dimensions; give one number for each row.")
        bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
        if bad.size:
            raise MeasureError(
                f"weight has {bad.size} missing or negative values, the first {weights[bad[0]]} at row "
                f"{bad[0]}; drop those rows or give them weight 0."
            )
        if not weights.size:
            raise MeasureError("no row is left that has every column named; look for a column without any value.")
        if weights.sum() > MOST:
            raise MeasureError(
                f"the weights sum to {weights.sum():.3g}, beyond any population; a weight counts persons."
            )
        if not weights.sum() > 0:
            raise MeasureError(f"the {weights.size} weights sum to zero; some row must stand for someone.")
        self._set(weight=weights, everyone=weights >= 0, orders=[], ranked=[])

    @staticmethod
    def of(design: Any) -> Any:
        """Return the mere weights of a design, and anything else as it is."""
        if not isinstance(design, Weights) or type(design) is Weights:
            return design
        return Weights._bare(design.weight, design.orders, design.ranked)

    @classmethod
    def _bare(
        cls, weight: Floats, orders: list[tuple[Floats, Places]], ranked: "list[Ranks] | None" = None
    ) -> "Weights":
        """Return weights that are known to be sound, unchecked, which share what was sorted for others."""
        new = object.__new__(Weights)
        new._set(
            weight=weight,
            everyone=np.ones(weight.size, np.bool_),
            orders=orders,
            ranked=[] if ranked is None else ranked,
        )
        return new

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            if isinstance(value, np.ndarray) and value.base is None:
                value.flags.writeable = False
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        """Return the number of rows of the sample."""
        return int(self.weight.size)

    def rows(self, domain: ArrayLike | None) -> Rows:
        """Return the rows [n] of a domain as booleans; everyone for None."""
        if domain is None:
            return self.everyone
        rows = np.asarray(plain(domain))
        if rows.dtype != np.bool_ or rows.shape != self.weight.shape:
            raise MeasureError(
                f"domain is {rows.dtype} of shape {rows.shape}; give a boolean for each of {len(self)} rows."
            )
        if not self.weight[rows].any():
            raise MeasureError("domain holds nobody: no row of it has a weight above zero; widen it.")
        return rows

    def column(self, name: str, values: ArrayLike, rows: Rows) -> Floats:
        """Return values [n] as floats, checked within the rows and zero outside; one number serves all.

        The column is not for writing: where everyone is measured it is the caller's own.
        """
        given = numbers(name, values)
        if given.ndim and given.shape != self.weight.shape:
            raise MeasureError(f"{name} has shape {given.shape}; give one value for each of {len(self)} rows.")
        whole = rows is self.everyone
        column: Floats = np.broadcast_to(given, rows.shape) if whole else np.where(rows, given, 0.0)
        # Finite values can pass all bounds together: then each is looked at.
        if not np.isfinite(column.sum() if given.ndim else given):
            bad = np.flatnonzero(~np.isfinite(column))
            if bad.size:
                raise MeasureError(
                    f"{name} has {bad.size} missing or infinite values, the first at row {bad[0]}; "
                    "fill them or leave those rows out with domain=."
                )
        return column

    def ascending(self, column: Floats, rows: Rows) -> Places:
        """Return the rows of a domain in the order of a column, lowest first; equals in the order of the sample.

        What was sorted is remembered with the values it had, so that the next measure of the same income need not
        sort it again.
        """
        everyone = rows is self.everyone or bool(rows.all())
        values = column if everyone else column[rows]
        order = next((known for sorted_, known in self.orders if _same(sorted_, values)), None)
        if order is None:
            order = ascending(values)
            self.orders[REMEMBERED - 1 :] = []
            self.orders.insert(0, (values.copy() if everyone else values, order))
        return order if everyone else np.flatnonzero(rows)[order]

    def ranks(self, column: Floats, rows: Rows) -> "Ranks":
        """Return the persons of a domain ranked by a column; those of everyone are remembered with their order."""
        order = self.ascending(column, rows)
        known = next((found for found in self.ranked if found.order is order), None)
        if known is None:
            known = Ranks(order, column[order], self.weight[order])
            if order.size == len(self):
                self.ranked[:] = [known]
        return known


class Ranks:
    """Persons from the lowest value to the highest: how many there are up to each, and what they have.

    Args:
        order:  [n] their places in the sample.
        y:      [n] their values, rising.
        weight: [n] their weights.
    """

    def __init__(self, order: Places, y: Floats, weight: Floats) -> None:
        self.order, self.y, self.weight = order, y, weight

    @cached_property
    def persons(self) -> Floats:
        """The persons up to each, who counts too."""
        return np.cumsum(self.weight)

    @cached_property
    def held(self) -> Floats:
        """What the persons up to each have together."""
        return np.cumsum(self.weight * self.y)

    def below(self, limit: float, *, side: Literal["left", "right"] = "left") -> tuple[float, float]:
        """Return how many are below a value ("right": or have it), and what they have together."""
        place = int(np.searchsorted(self.y, limit, side=side))
        return (float(self.persons[place - 1]), float(self.held[place - 1])) if place else (0.0, 0.0)


@dataclass(frozen=True, eq=False, init=False)
class SurveyDesign(Weights):
    """The weights, strata and clusters of a sample, prepared once for every measure.

    Variance is that of the ultimate cluster: totals of first-stage clusters, drawn with replacement within
    strata unless `population` says how many there were to draw from. A stratum of one cluster has no spread of
    its own; `single` says what then, and `lonely_strata` counts such strata.

    Args:
        weight:     [n] persons each row stands for; finite, ≥ 0, at least one > 0.
        stratum:    [n] any labels; None for one stratum.
        cluster:    [n] any labels, read within strata; None where households were drawn by themselves.
        household:  [n] any labels, the clusters where `cluster` is None; None where each row was drawn by itself.
        population: [n] or one number, the clusters that the row's stratum has in the population, for the correction
                    of finite populations; None where clusters were drawn with replacement or are few of many.
        single:     "centre" compares a single cluster with the mean of all clusters (R's "adjust"), "certainty"
                    takes it for drawn with certainty, without variance, "fail" refuses it.

    Raises:
        MeasureError: lengths differ, a weight is negative or missing, a label is missing, the sample is a single
            cluster, a stratum has one and single is "fail", or a population is smaller than its sample.

    Source: Wolter (2007), Introduction to Variance Estimation, chapters 2 and 6.

    >>> design = SurveyDesign([1.0, 1.0, 2.0, 2.0], stratum=["n", "n", "s", "s"])
    >>> design.clusters, design.strata, design.lonely_strata
    (4, 2, 0)
    """

    clusters: int
    strata: int
    lonely_strata: int
    cluster_of: NDArray[np.intp] = field(repr=False)  # [n] which cluster a row is in
    stratum_of: NDArray[np.intp] = field(repr=False)  # [clusters] which stratum a cluster is in
    sampled: Floats = field(repr=False)  # [strata] the share of its clusters that were drawn; 0 with replacement
    single: Single

    def __init__(
        self,
        weight: ArrayLike,
        stratum: ArrayLike | None = None,
        cluster: ArrayLike | None = None,
        *,
        household: ArrayLike | None = None,
        population: ArrayLike | None = None,
        single: Single = "centre",
    ) -> None:
        super().__init__(weight)
        n = len(self)
        name, unit = ("cluster", cluster) if cluster is not None else ("household", household)
        stratum_code = np.zeros(n, np.intp) if stratum is None else labelled("stratum", stratum, n)[1]
        unit_code = np.arange(n) if unit is None else labelled(name, unit, n)[1]
        strata, units = int(stratum_code.max()) + 1, int(unit_code.max()) + 1
        pairs, cluster_of = np.unique(stratum_code * units + unit_code, return_inverse=True)
        if pairs.size < 2:
            raise MeasureError(
                "the sample is a single cluster and nothing in it tells how samples vary; "
                "give the cluster of each row, or none where every row was drawn by itself."
            )
        stratum_of = pairs // units
        size = np.bincount(stratum_of, minlength=strata)
        if single not in get_args(Single):
            raise MeasureError(f"single is {single!r}; it is one of {', '.join(get_args(Single))}.")
        if single == "fail" and (size == 1).any():
            label = np.unique(np.asarray(stratum))[int(np.argmin(size))]
            raise MeasureError(
                f"{int((size == 1).sum())} strata have a single cluster, the first is {label}; "
                "merge it with a neighbour, or let single be 'centre' or 'certainty'."
            )
        self._set(
            clusters=int(pairs.size),
            strata=strata,
            lonely_strata=int(np.sum(size == 1)),
            cluster_of=cluster_of.astype(np.intp),
            stratum_of=stratum_of,
            sampled=np.zeros(strata) if population is None else _sampled(population, stratum_code, size),
            single=single,
        )

    def variance(self, influence: Floats) -> float:
        """Return the variance of the weighted total of influences [n] (zero outside a domain)."""
        totals = np.bincount(self.cluster_of, self.weight * influence, self.clusters)
        return self.variance_of_totals(totals.astype(np.float64))

    def variance_of_totals(self, totals: Floats) -> float:
        """Return the variance of a sum, given the weighted influence of each cluster [clusters]."""
        size = np.bincount(self.stratum_of, minlength=self.strata)
        lonely = (size == 1)[self.stratum_of]
        centre = (np.bincount(self.stratum_of, totals, self.strata) / size)[self.stratum_of]
        if self.single == "centre":
            centre = np.where(lonely, totals.mean(), centre)
        scale = (1 - self.sampled) * np.where(size == 1, 1.0, size / np.maximum(size - 1, 1))
        return dot(scale[self.stratum_of], (totals - centre) ** 2)

    def extent(self, rows: Rows) -> tuple[int, int, int]:
        """Return how many rows, clusters and strata of the sample have someone in these rows."""
        counted = rows & (self.weight > 0)
        clusters = np.bincount(self.cluster_of[counted], minlength=self.clusters) > 0
        strata = np.bincount(self.stratum_of[clusters]) > 0
        return int(counted.sum()), int(clusters.sum()), int(strata.sum())


def _sampled(population: ArrayLike, stratum_code: NDArray[np.intp], size: NDArray[np.intp]) -> Floats:
    """Return the share of each stratum's clusters that the sample holds."""
    given = numbers("population", population)
    if given.shape not in {(), stratum_code.shape}:
        raise MeasureError(f"population has shape {given.shape}; give one number, or one for each row.")
    of_row = np.broadcast_to(given, stratum_code.shape)
    clusters = np.zeros(size.size)
    clusters[stratum_code] = of_row
    uneven = np.flatnonzero(clusters[stratum_code] != of_row)
    if uneven.size:
        raise MeasureError(f"population differs within the stratum of row {uneven[0]}; a stratum has one number.")
    small = np.flatnonzero(~(clusters >= size))
    if small.size:
        raise MeasureError(
            f"population is {clusters[small[0]]:g} where the sample has {size[small[0]]} clusters of the stratum; "
            "it counts all clusters of the stratum, drawn or not."
        )
    return size / clusters


def _same(a: Floats, b: Floats) -> bool:
    """Return whether two columns have the same values; the first that differ end the search."""
    if a.size != b.size:
        return False
    return all(bool((a[i : i + CHUNK] == b[i : i + CHUNK]).all()) for i in range(0, a.size, CHUNK))


def numbers(name: str, values: Any) -> Floats:
    """Return a column as floats, the same array where it is one already."""
    try:
        given = np.asarray(plain(values))
        if given.dtype.kind not in "mMc":  # dates and complex numbers would become numbers of another meaning
            return given.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        pass
    raise MeasureError(f"{name} holds values that are no numbers; give a column of numbers.")


def labelled(name: str, labels: ArrayLike, n: int) -> tuple[list[Any], NDArray[np.intp]]:
    """Return the different labels in their order and the place [n] of each row's label among them."""
    given = np.asarray(plain(labels))
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
