"""Lorenz curves: what the poorest part of the population receives."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import cut_points
from amparo.measures.inequality.incomes import positive_total
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, estimates, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Rows, SurveyDesign, Weights


def income_up_to(y: Floats, design: Weights, rows: Rows, *shares: float) -> list[Linearised]:
    """Return, for each share in (0, 1], the total income of the poorest part of that size, exactly.

    Who stands at the quantile counts for what is missing to the share. To first order the total does not move with
    the quantile, which gains there as many persons as it loses: it needs no density.
    """
    persons, ranks = size_of(design, rows), design.ranks(y, rows)
    found = []
    for share, cut in zip(shares, cut_points(y, design, rows, *shares).tolist(), strict=True):
        below, have = ranks.below(cut)
        influence = None
        if isinstance(design, SurveyDesign):  # where nobody asks for influences, none are made
            influence = np.where(rows & (y < cut), y - cut, 0.0)
        short = Linearised(have - cut * below, influence, design, rows)
        found.append(short + share * cut * persons)
    return found


@Measure
def lorenz_ordinate(income: ArrayLike, p: float, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the share of all income that the poorest share p of persons receives.

    Args:
        income: [n] currency; zero and negative incomes count as given.
        p:      share of persons, in (0, 1].
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: total income ≤ 0, p outside (0, 1], a value is missing, or the domain is empty.

    Formula: L(p) = (Σ w·(y − Q)·[y < Q] + p·N·Q) / Y, with Q the quantile of p
    Unit: share of income, 0 to p where no income is negative.
    Variance: influence.
    Source: Kovačević & Binder (1997), Journal of Official Statistics 13(1), 41-58.
    Checked against: the area below it, which `gini` has, and a jackknife of clusters (tests/measures/test_lorenz.py).

    >>> lorenz_ordinate([10.0, 20.0, 30.0, 40.0], 0.5, SurveyDesign([1.0] * 4)).value
    0.3
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    return income_up_to(y, design, rows, p)[0] / positive_total(sum_of(y, design, rows))


@Measure
def generalised_lorenz_ordinate(
    income: ArrayLike, p: float, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the income of the poorest share p of persons, per person of all: the Lorenz curve times the mean.

    Where one distribution's curve lies above another's everywhere, every welfare that cares for equality agrees.

    Args:
        income: [n] currency; zero and negative incomes count as given.
        p:      share of persons, in (0, 1].
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: p outside (0, 1], a value is missing, or the domain is empty.

    Formula: GL(p) = (Σ w·(y − Q)·[y < Q] + p·N·Q) / N, with Q the quantile of p
    Unit: that of the income.
    Variance: influence.
    Source: Shorrocks (1983), Economica 50, 3-17; Kovačević & Binder (1997), Journal of Official Statistics 13(1),
        41-58, for the influence.
    Checked against: `lorenz_ordinate` times `mean`, and a jackknife of clusters (tests/measures/test_lorenz.py).

    >>> generalised_lorenz_ordinate([10.0, 20.0, 30.0, 40.0], 0.5, SurveyDesign([1.0] * 4)).value
    7.5
    """
    rows = design.rows(domain)
    y = design.column("income", income, rows)
    return income_up_to(y, design, rows, p)[0] / size_of(design, rows)


class LorenzCurve(NamedTuple):
    """A Lorenz curve at some shares of persons, each ordinate with its standard error.

    >>> curve = lorenz_curve([10.0, 20.0, 30.0, 40.0], [0.25, 0.5, 1.0], SurveyDesign([1.0] * 4))
    >>> [round(ordinate.value, 3) for ordinate in curve.ordinates]
    [0.1, 0.3, 1.0]
    >>> [(round(low, 2), round(high, 2)) for low, high in curve.band()][-1]
    (1.0, 1.0)
    """

    points: tuple[float, ...]
    ordinates: tuple[Estimate, ...]

    def band(self, level: float = 0.95, *, simultaneous: bool = False) -> list[tuple[float, float]]:
        """Return the confidence interval at each point; simultaneous ones hold together (Bonferroni)."""
        wanted = 1 - (1 - level) / len(self.points) if simultaneous else level
        return [each.interval(wanted) for each in self.ordinates]


def lorenz_curve(
    income: ArrayLike,
    points: Sequence[float],
    design: Weights,
    *,
    generalised: bool = False,
    domain: ArrayLike | None = None,
) -> LorenzCurve:
    """Return the Lorenz curve, or the generalised one, at given shares of persons, with its bands.

    Args:
        income:      [n] currency; zero and negative incomes count as given.
        points:      shares of persons in (0, 1], such as 0.1, 0.2, … 1.
        design:      the sample.
        generalised: True for the curve in currency per person.
        domain:      [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: no point, or what `lorenz_ordinate` refuses.

    Formula: L(p), or GL(p), at each point
    Unit: share of income; that of the income where generalised.
    Variance: influence at each point; bands from Student's t, simultaneous ones by Bonferroni.
    Source: Kovačević & Binder (1997), Journal of Official Statistics 13(1), 41-58.
    Checked against: the area below it, which `gini` has (tests/measures/test_lorenz.py).

    >>> [each.value for each in lorenz_curve([1.0, 3.0], [0.5, 1.0], SurveyDesign([1.0, 1.0])).ordinates]
    [0.25, 1.0]
    """
    if not len(points):
        raise MeasureError("a Lorenz curve has at least one point; give shares such as 0.1, 0.2, … 1.")

    def ordinates(income: ArrayLike, design: Weights, *, domain: ArrayLike | None) -> list[Linearised]:
        rows = design.rows(domain)
        y = design.column("income", income, rows)
        whole = size_of(design, rows) if generalised else positive_total(sum_of(y, design, rows))
        return [each / whole for each in income_up_to(y, design, rows, *points)]

    return LorenzCurve(tuple(map(float, points)), tuple(estimates(ordinates, income, design, domain=domain)))
