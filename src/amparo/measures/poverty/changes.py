"""Why poverty changed: because all incomes grew, because they are shared otherwise, or because the line moved."""

import itertools
import math
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean
from amparo.measures.poverty.foster import poverty_headcount
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, estimates
from amparo.measures.sampling.survey import SurveyDesign, Weights

# Poverty under the mean, the Lorenz curve and the line of period 0 or 1, in this order, and how often it counts.
Term = tuple[float, tuple[int, int, int]]


class PovertyChange(NamedTuple):
    """A change of poverty and its parts, which add up to it.

    `line` is None where the line did not move, `residual` where the method leaves none.
    """

    change: Estimate
    growth: Estimate
    redistribution: Estimate
    line: Estimate | None
    residual: Estimate | None


class _Period(NamedTuple):
    income: Any
    line: float
    design: Any
    domain: Any


def datt_ravallion(
    before: ArrayLike,
    after: ArrayLike,
    line: float,
    design: Weights,
    *,
    line_after: float | None = None,
    design_after: Weights | None = None,
    measure: Measure[Any] = poverty_headcount,
    reference: Literal["before", "after"] = "before",
    domain: ArrayLike | None = None,
    domain_after: ArrayLike | None = None,
) -> PovertyChange:
    """Return how much of a change of poverty is growth, redistribution, a moved line, and what is left over.

    Growth is what would have changed had every income moved as the mean did; redistribution, had the mean stayed.
    Both from the reference period; what is left over is their interaction.

    Args:
        before:       [n] income of the first period, currency.
        after:        [n] income of the second: of the same rows, or [m] of another sample with its `design_after`.
        line:         poverty line, one number. For lines by person, divide incomes by them and give 1.
        design:       the sample.
        line_after:   line of the second period where it is another, in its currency; None for the same.
        design_after: the second sample, drawn apart from the first; None where both incomes are of the same rows.
        measure:      one that takes (income, line, design, domain=) and does not change when income and line are
                      both multiplied: `poverty_headcount`, `poverty_gap`, `squared_poverty_gap`, `watts`.
        reference:    the period whose other factors are held.
        domain:       [n] booleans, who is measured; None for everyone.
        domain_after: [m] the same in the second sample; where there is none, `domain` serves both.

    Raises:
        MeasureError: a line that is not one number above zero, a mean income ≤ 0, or what the measure refuses.

    Formula: growth P(μ₁, L₀) − P(μ₀, L₀); redistribution P(μ₀, L₁) − P(μ₀, L₀); residual: the rest of P₁ − P₀
    Unit: that of the measure.
    Variance: influence, that of both means included; two samples drawn apart add their variances.
    Source: Datt & Ravallion (1992), Journal of Development Economics 38(2), 275-295.
    Checked against: counterfactual incomes reckoned one by one, and a jackknife (tests/measures/test_changes.py).

    >>> design = SurveyDesign([1.0] * 4)
    >>> found = datt_ravallion([40.0, 90.0, 150.0, 320.0], [80.0, 130.0, 150.0, 300.0], 100.0, design)
    >>> found.change.value, found.growth.value, found.redistribution.value, found.residual.value
    (-0.25, 0.0, -0.25, 0.0)
    """
    if reference not in {"before", "after"}:
        raise MeasureError(f"reference is {reference!r}; it is 'before' or 'after'.")
    periods = _periods(before, after, line, design, line_after, design_after, domain, domain_after)
    here = int(reference == "after")
    moves: list[list[Term]] = []
    for factor in range(3):
        start, end = [here] * 3, [here] * 3
        start[factor], end[factor] = 0, 1
        moves.append([(1.0, _case(end)), (-1.0, _case(start))])
    whole = [(1.0, (1, 1, 1)), (-1.0, (0, 0, 0))]
    rest = whole + [(-times, case) for move in moves for times, case in move]
    growth, redistribution, moved, change, residual = _estimates(measure, periods, [*moves, whole, rest])
    return PovertyChange(change, growth, redistribution, moved if _line_moved(periods) else None, residual)


def shapley_poverty_change(
    before: ArrayLike,
    after: ArrayLike,
    line: float,
    design: Weights,
    *,
    line_after: float | None = None,
    design_after: Weights | None = None,
    measure: Measure[Any] = poverty_headcount,
    domain: ArrayLike | None = None,
    domain_after: ArrayLike | None = None,
) -> PovertyChange:
    """Return how much of a change of poverty is growth, redistribution and a moved line, with nothing left over.

    Each part is what its factor changes on average over the orders in which the factors could have moved, so that
    neither period is preferred.

    Args:
        before:       [n] income of the first period, currency.
        after:        [n] income of the second: of the same rows, or [m] of another sample with its `design_after`.
        line:         poverty line, one number. For lines by person, divide incomes by them and give 1.
        design:       the sample.
        line_after:   line of the second period where it is another, in its currency; None for the same.
        design_after: the second sample, drawn apart from the first; None where both incomes are of the same rows.
        measure:      one that takes (income, line, design, domain=) and does not change when income and line are
                      both multiplied: `poverty_headcount`, `poverty_gap`, `squared_poverty_gap`, `watts`.
        domain:       [n] booleans, who is measured; None for everyone.
        domain_after: [m] the same in the second sample; where there is none, `domain` serves both.

    Raises:
        MeasureError: a line that is not one number above zero, a mean income ≤ 0, or what the measure refuses.

    Formula: mean, over the orders of the factors, of what each changes when its turn comes
    Unit: that of the measure.
    Variance: influence, that of both means included; two samples drawn apart add their variances.
    Source: Shorrocks (2013), Journal of Economic Inequality 11, 99-126; Kolenikov & Shorrocks (2005), Review of
        Development Economics 9(1), 25-46.
    Checked against: counterfactual incomes reckoned one by one, and a jackknife (tests/measures/test_changes.py).

    >>> design = SurveyDesign([1.0] * 4)
    >>> found = shapley_poverty_change([40.0, 90.0, 150.0, 320.0], [80.0, 130.0, 150.0, 300.0], 100.0, design)
    >>> found.change.value, found.growth.value, found.redistribution.value
    (-0.25, 0.0, -0.25)
    """
    periods = _periods(before, after, line, design, line_after, design_after, domain, domain_after)
    factors = 3 if _line_moved(periods) else 2
    parts: list[list[Term]] = []
    for factor in range(factors):
        others = [each for each in range(factors) if each != factor]
        terms: list[Term] = []
        for before_it in itertools.chain.from_iterable(itertools.combinations(others, k) for k in range(factors)):
            times = (
                math.factorial(len(before_it)) * math.factorial(factors - len(before_it) - 1) / math.factorial(factors)
            )
            start = [int(each in before_it) for each in range(3)]
            end = [int(each in before_it or each == factor) for each in range(3)]
            terms += [(times, _case(end)), (-times, _case(start))]
        parts.append(terms)
    whole = [(1.0, _case([1] * factors)), (-1.0, (0, 0, 0))]
    change, growth, redistribution, *moved = _estimates(measure, periods, [whole, *parts])
    return PovertyChange(change, growth, redistribution, moved[0] if moved else None, None)


def _case(bits: Sequence[int]) -> tuple[int, int, int]:
    mean_of, shares_of, line_of = [*bits, 0][:3]
    return mean_of, shares_of, line_of


def _line_moved(periods: Sequence[_Period]) -> bool:
    return periods[0].line != periods[1].line


def _periods(
    before: Any, after: Any, line: Any, design: Any, line_after: Any, design_after: Any, domain: Any, domain_after: Any
) -> tuple[_Period, _Period]:
    lines = []
    for given in (line, line if line_after is None else line_after):
        if np.ndim(given) or not isinstance(given, int | float | np.number) or not 0 < given < np.inf:
            raise MeasureError(
                "a change of poverty takes one line above zero, in numbers; "
                "for lines by person divide incomes by them and give 1."
            )
        lines.append(float(given))
    if design_after is None and domain_after is not None:
        raise MeasureError("domain_after belongs to a second sample; give its design_after, or leave it out.")
    second = design if design_after is None else design_after
    if isinstance(design, SurveyDesign) != isinstance(second, SurveyDesign):
        raise MeasureError("one design has replicates or weights only and the other has none; give two of a kind.")
    mask = domain if design_after is None else domain_after
    return _Period(before, lines[0], design, domain), _Period(after, lines[1], second, mask)


def _estimates(
    measure: Measure[Any], periods: tuple[_Period, _Period], sums: Sequence[Sequence[Term]]
) -> list[Estimate]:
    """Return sums of counterfactual poverties; each sample that is not shared adds the variance it alone causes."""
    first, second = periods
    if first.design is second.design:

        def both(before: Any, after: Any, design: Any, *, domain: Any) -> list[Linearised]:
            now = (_Period(before, first.line, design, domain), _Period(after, second.line, design, domain))
            return _sums(measure, now, sums, design)

        return estimates(both, first.income, second.income, first.design, domain=first.domain)

    def alone(place: int) -> list[Estimate]:
        other = periods[1 - place]
        fixed = other if isinstance(other.design, SurveyDesign) else other._replace(design=Weights.of(other.design))

        def varied(income: Any, design: Any, *, domain: Any) -> list[Linearised]:
            here = _Period(income, periods[place].line, design, domain)
            return _sums(measure, (here, fixed) if place == 0 else (fixed, here), sums, design)

        here = periods[place]
        return estimates(varied, here.income, here.design, domain=here.domain)

    return [
        Estimate(
            one.value,
            math.hypot(one.standard_error, other.standard_error),
            one.n + other.n,
            one.clusters + other.clusters,
            one.strata + other.strata,
            one.excluded + other.excluded,
        )
        for one, other in zip(alone(0), alone(1), strict=True)
    ]


def _sums(
    measure: Measure[Any], periods: tuple[_Period, _Period], sums: Sequence[Sequence[Term]], design: Weights
) -> list[Linearised]:
    """Return the sums with the influence of one sample's rows; every case is measured once."""
    means = []
    for period in periods:
        average = mean.linearised(period.income, period.design, domain=period.domain)
        if average.value <= 0:
            raise MeasureError(f"mean income is {average.value:g}; growth is told from a mean above zero.")
        means.append(average)
    cases = {case for terms in sums for _, case in terms}
    poverty = {case: _counterfactual(measure, periods, means, case, design) for case in cases}
    rows = next(each.design.rows(each.domain) for each in periods if each.design is design)
    excluded = max(each.excluded for each in poverty.values())
    found = []
    for terms in sums:
        whole = Linearised(0.0, np.zeros(len(design)), design, rows, excluded)
        for times, case in terms:
            whole = whole + times * poverty[case]
        found.append(whole.within(rows))
    return found


def _counterfactual(
    measure: Measure[Any],
    periods: tuple[_Period, _Period],
    means: Sequence[Linearised],
    case: tuple[int, int, int],
    design: Weights,
) -> Linearised:
    """Return poverty under the mean of one period, the Lorenz curve of another and the line of a third.

    Income scaled to another mean is poor below a line as income as it is below the line scaled the other way: the
    line then carries what both means move.
    """
    mean_of, shares_of, line_of = case
    here = periods[shares_of]
    scaled = periods[line_of].line * means[shares_of].value / means[mean_of].value
    poverty = measure.linearised(here.income, scaled, here.design, domain=here.domain)
    found = poverty
    if here.design is not design:
        rows = next(each.design.rows(each.domain) for each in periods if each.design is design)
        found = Linearised(poverty.value, np.zeros(len(design)), design, rows, poverty.excluded)
    if mean_of != shares_of and isinstance(design, SurveyDesign):
        steep = _steepness(measure, here, scaled, poverty)
        for moved, sign in ((shares_of, 1.0), (mean_of, -1.0)):
            average = means[moved]
            if periods[moved].design is design:
                found = found + (steep * sign * scaled / average.value) * (average - average.value)
    return found


def _steepness(measure: Measure[Any], here: _Period, line: float, poverty: Linearised) -> float:
    """Return how fast poverty rises with the line: what an estimated line of influence 1 adds to every row."""
    probe = Linearised(line, np.ones(len(here.design)), here.design, here.design.rows(None))
    risen = measure.linearised(here.income, probe, here.design, domain=here.domain).influence
    return 0.0 if risen is None or poverty.influence is None else float(risen[0] - poverty.influence[0])


__all__ = ["PovertyChange", "datt_ravallion", "shapley_poverty_change"]
