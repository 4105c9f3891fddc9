"""Inequality within groups and between them: what generalised entropy splits into without a rest."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean, ratio
from amparo.measures.inequality.entropy import generalised_entropy
from amparo.measures.inequality.incomes import positive
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Weights, labelled


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
    _, rows, _ = positive(income, Weights.of(design), domain, zeros=alpha > 1)
    if labels.shape != rows.shape:
        raise MeasureError(f"group has shape {labels.shape}; give one label for each of {len(design)} rows.")
    counted = np.flatnonzero(rows & (design.weight > 0))
    known, place = labelled("group", labels[counted], counted.size)
    code = np.full(len(design), -1, np.intp)
    code[counted] = place

    def part(of: Callable[[_Group], Linearised], only: int | None) -> Measure[Any]:
        def added(income: Any, code: Any, design: Weights, *, domain: Any) -> Linearised:
            return _total(income, code, alpha, design, domain, range(len(known)) if only is None else [only], of)

        return Measure(added)

    members = [code == g for g in range(len(known))]
    y = np.where(rows, np.where(rows, np.asarray(income, np.float64), 0.0), 0.0)
    groups = tuple(
        GroupEntropy(
            label,
            mean(members[g], design, domain=rows),
            ratio(np.where(members[g], y, 0.0), y, design, domain=rows),
            generalised_entropy(y, alpha, design, domain=members[g]) if y[members[g]].any() else None,
            part(_Group.within, g)(y, code, design, domain=domain),
        )
        for g, label in enumerate(known)
    )
    return EntropyDecomposition(
        generalised_entropy(income, alpha, design, domain=domain),
        part(_Group.within, None)(income, code, design, domain=domain),
        part(_Group.between, None)(income, code, design, domain=domain),
        groups,
    )


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


def _total(
    income: Any,
    code: Any,
    alpha: float,
    design: Weights,
    domain: Any,
    groups: Any,
    of: Callable[[_Group], Linearised],
) -> Linearised:
    y, rows, excluded = positive(income, design, domain, zeros=alpha > 1)
    persons = size_of(design, rows)
    average = sum_of(np.where(rows, y, 0.0), design, rows, excluded) / persons
    scaled = y / average.value
    powers: Floats = np.log(scaled) if alpha == 0 else scaled * np.log(scaled) if alpha == 1 else scaled**alpha
    found: Linearised | None = None
    for g in groups:
        members = rows & (code == g)
        if not design.weight[members].any():  # a replicate may draw none of a group
            continue
        here = size_of(design, members)
        v = here / persons
        own_mean = sum_of(np.where(members, y, 0.0), design, members) / here
        each = of(
            _Group(alpha, v, own_mean / average, _moment(powers, scaled, members, design, average, persons, alpha))
        )
        found = each if found is None else found + each
    if found is None:
        found = persons.map(0.0, 0.0)
    return Linearised(found.value, found.influence, design, rows, excluded)


def _moment(
    powers: Floats,
    scaled: Floats,
    members: Any,
    design: Weights,
    average: Linearised,
    persons: Linearised,
    alpha: float,
) -> Linearised:
    """Return the group's Σ w·ψ(y/μ) over N, with ψ the power or its logarithm; μ is an estimate too."""
    added = sum_of(np.where(members, powers, 0.0), design, members) / persons
    relative = average / average.value
    if alpha == 0:
        return added - (size_of(design, members) / persons) * relative.log()
    if alpha == 1:
        earned = sum_of(np.where(members, scaled, 0.0), design, members) / persons
        return (added - earned * relative.log()) / relative
    return added / relative**alpha


__all__ = ["EntropyDecomposition", "GroupEntropy", "entropy_by_group"]
