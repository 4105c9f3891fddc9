"""Inequality within groups and between them: what generalised entropy splits into without a rest."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.inequality.entropy import generalised_entropy
from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, estimates, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Places, Rows, Weights, labelled


class GroupEntropy(NamedTuple):
    """A group's share of persons and of income, its own index (None where it has no income), and what it adds."""

    group: Any
    persons: Estimate
    income: Estimate
    entropy: Estimate | None
    within: Estimate


class EntropyDecomposition(NamedTuple):
    """Inequality of all, the part within groups, the part between them, and each group.

    `within` and `between` sum to `total`; what the groups add sums to `within`.
    """

    total: Estimate
    within: Estimate
    between: Estimate
    groups: tuple[GroupEntropy, ...]


def entropy_by_group(
    group: ArrayLike, income: ArrayLike, alpha: float, design: Weights, *, domain: ArrayLike | None = None
) -> EntropyDecomposition:
    """Return generalised entropy within groups and between them.

    Between is what would be left had each person the mean income of the group. Whose income counts is as in
    `generalised_entropy`; groups without anyone of them are not there.

    Args:
        group:  [n] any labels.
        income: [n] currency.
        alpha:  any finite number; 0 weighs groups by persons, 1 by income.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: what `generalised_entropy` refuses, or labels that are missing or of another length.

    Formula: GE = Σ_g v_g·m_g^α·GE_g + Σ_g v_g·φ(m_g), with shares of persons v, relative means m = μ_g/μ, and
        φ(m) = (m^α − 1)/(α·(α − 1)), −log m for α = 0, m·log m for α = 1
    Unit: none, from 0 up.
    Variance: influence, those of the groups' sizes and means included.
    Source: Shorrocks (1984), Econometrica 52(6), 1369-1385.
    Checked against: `generalised_entropy` of all, of each group and of the groups' means, and a jackknife of clusters
        (tests/measures/test_entropy_groups.py).

    >>> found = entropy_by_group(["a", "a", "b"], [1.0, 3.0, 8.0], 1.0, SurveyDesign([1.0] * 3))
    >>> round(found.total.value, 6), round(found.within.value, 6), round(found.between.value, 6)
    (0.274653, 0.043604, 0.231049)
    """
    if not np.isfinite(alpha):
        raise MeasureError(f"alpha is {alpha}; it is a number such as -1, 0, 1 or 2.")
    labels = np.asarray(group)
    y, rows, _ = positive(income, Weights.of(design), domain, zeros=alpha > 1)
    if labels.shape != rows.shape:
        raise MeasureError(f"group has shape {labels.shape}; give one label for each of {len(design)} rows.")
    counted = np.flatnonzero(rows & (design.weight > 0))
    known, place = labelled("group", labels[counted], counted.size)
    code = np.full(len(design), -1, np.intp)
    code[counted] = place

    alone = [bool(y[code == g].any()) for g in range(len(known))]

    def found(income: ArrayLike, code: Places, design: Weights, *, domain: ArrayLike | None) -> list[Linearised]:
        y, rows, excluded = positive(income, design, domain, zeros=alpha > 1)
        persons, earned = size_of(design, rows), sum_of(np.where(rows, y, 0.0), design, rows, excluded)
        total = generalised_entropy.linearised(income, alpha, design, domain=domain)
        groups = _groups(y, rows, code, len(known), alpha, persons, earned)
        nothing = Linearised(0.0, np.zeros(len(design)), design, rows, excluded)
        values = [total, sum((g.within() for g in groups), nothing), sum((g.between() for g in groups), nothing)]
        for g, each in enumerate(groups):
            values += [each.persons, each.persons * each.relative_mean, each.within()]
            if alone[g]:
                members = rows & (code == g)
                values.append(generalised_entropy.linearised(income, alpha, design, domain=members))
        return [Linearised(v.value, v.influence, design, v.rows, v.excluded) for v in values]

    each = iter(estimates(found, income, code, design, domain=domain))
    total, within, between = next(each), next(each), next(each)
    parts = []
    for g, label in enumerate(known):
        persons, share, added = next(each), next(each), next(each)
        parts.append(GroupEntropy(label, persons, share, next(each) if alone[g] else None, added))
    return EntropyDecomposition(total, within, between, tuple(parts))


class _Group(NamedTuple):
    """A group's share of persons, its mean over the mean of all, and Σ (y/μ)^α of it per person of all."""

    alpha: float
    persons: Linearised
    relative_mean: Linearised
    power: Linearised

    def within(self) -> Linearised:
        """Return v·m^α·GE_g, in a form that holds for a group without income."""
        v, m = self.persons, self.relative_mean
        if self.alpha == 0:
            return v * m.log() - self.power
        if self.alpha == 1:
            return self.power - v * m * m.log()
        return (self.power - v * _power(m, self.alpha)) / (self.alpha * (self.alpha - 1))

    def between(self) -> Linearised:
        """Return v·φ(m)."""
        v, m = self.persons, self.relative_mean
        if self.alpha == 0:
            return -(v * m.log())
        if self.alpha == 1:
            return v * m * m.log()
        return v * (_power(m, self.alpha) - 1) / (self.alpha * (self.alpha - 1))


def _power(m: Linearised, alpha: float) -> Linearised:
    return m.map(0.0, 0.0) if m.value == 0 else m**alpha


def _groups(
    y: Floats, rows: Rows, code: Places, count: int, alpha: float, persons: Linearised, earned: Linearised
) -> list[_Group]:
    """Return each group as estimates; the mean of all, to which incomes are relative, is one too."""
    design, excluded = persons.design, earned.excluded
    average, y = earned / persons, np.where(rows, y, 1.0)
    relative = average / average.value
    scaled = y / average.value
    powers: Floats = np.log(scaled) if alpha == 0 else scaled * np.log(scaled) if alpha == 1 else scaled**alpha
    found = []
    for place in range(count):
        members = rows & (code == place)
        here = sum_of(members.astype(np.float64), design, rows, excluded)
        if here.value == 0:
            raise MeasureError("a replicate has nobody of a group; put small groups together, or linearise.")
        share, income = here / persons, sum_of(np.where(members, scaled, 0.0), design, rows, excluded) / persons
        power = sum_of(np.where(members, powers, 0.0), design, rows, excluded) / persons
        if alpha == 0:
            power = power - share * relative.log()
        elif alpha == 1:
            power = (power - income * relative.log()) / relative
        else:
            power = power / relative**alpha
        found.append(_Group(alpha, share, income / share / relative, power))
    return found


__all__ = ["EntropyDecomposition", "GroupEntropy", "entropy_by_group"]
