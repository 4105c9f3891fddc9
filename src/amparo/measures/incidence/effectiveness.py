"""How much of what is spent closes the poverty gap: Beckerman's areas.

Spending falls into three parts: what brings the poor up to the line (A), what lifts them above it (B), and what goes to
those who were not poor (C); D is the gap that stays.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.incidence.impoverishment import lines
from amparo.measures.sampling.linearised import Linearised, Measure, sum_of
from amparo.measures.sampling.survey import Weights


class _Areas(NamedTuple):
    closed: Linearised  # A
    above: Linearised  # B
    elsewhere: Linearised  # C
    left: Linearised  # D


@Measure
def vertical_expenditure_efficiency(
    amount: ArrayLike, before: ArrayLike, line: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of the spending that goes to those who would be poor without it.

    Args:
        amount: [n] what each receives, ≥ 0, currency; a household's amount spread over its members as its income is.
        before: [n] income without it, same unit.
        line:   one number, or [n] one for each person; same unit, above zero.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: an amount below zero, nobody receives, a line ≤ 0, a value is missing, or the domain is empty.

    Formula: (A + B) / (A + B + C) = Σ w·b·[y < z] / Σ w·b, y the income without the benefit
    Unit: share, 0 to 1.
    Variance: influence, the line taken as given.
    Source: Beckerman (1979), Economic Journal 89, 261-284.
    Checked against: `leakage` from the poor, whose complement it is (tests/measures/test_casen1990.py).

    >>> vertical_expenditure_efficiency([30.0, 30.0, 20.0], [50.0, 90.0, 200.0], 100.0, SurveyDesign([1.0] * 3)).value
    0.75
    """
    areas = _areas(amount, before, line, design, domain)
    return (areas.closed + areas.above) / _spending(areas)


@Measure
def poverty_reduction_efficiency(
    amount: ArrayLike, before: ArrayLike, line: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return by how much a unit of spending lowers the poverty gap: the benefit–cost ratio of ADePT and ASPIRE.

    It is `vertical_expenditure_efficiency` times (1 − `spillover`).

    Args:
        amount: [n] what each receives, ≥ 0, currency; a household's amount spread over its members as its income is.
        before: [n] income without it, same unit.
        line:   one number, or [n] one for each person; same unit, above zero.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: an amount below zero, nobody receives, a line ≤ 0, a value is missing, or the domain is empty.

    Formula: A / (A + B + C) = (Σ w·gap without − Σ w·gap with) / Σ w·b
    Unit: share, 0 to 1.
    Variance: influence, the line taken as given.
    Source: Beckerman (1979), Economic Journal 89, 261-284; World Bank, ASPIRE, benefit–cost ratio.
    Checked against: the change of the `poverty_gap` over spending (tests/measures/test_casen1990.py).

    >>> poverty_reduction_efficiency([30.0, 30.0, 20.0], [50.0, 90.0, 200.0], 100.0, SurveyDesign([1.0] * 3)).value
    0.5
    """
    areas = _areas(amount, before, line, design, domain)
    return areas.closed / _spending(areas)


@Measure
def spillover(
    amount: ArrayLike, before: ArrayLike, line: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of what the poor receive that is more than it took to bring them up to the line.

    Args:
        amount: [n] what each receives, ≥ 0, currency; a household's amount spread over its members as its income is.
        before: [n] income without it, same unit.
        line:   one number, or [n] one for each person; same unit, above zero.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: an amount below zero, no poor person receives, a line ≤ 0, a value is missing, or the domain is
            empty.

    Formula: B / (A + B)
    Unit: share, 0 to 1.
    Variance: influence, the line taken as given.
    Source: Beckerman (1979), Economic Journal 89, 261-284.
    Checked against: the identity with the two efficiencies (tests/measures/test_targeting.py).

    >>> round(spillover([30.0, 30.0, 20.0], [50.0, 90.0, 200.0], 100.0, SurveyDesign([1.0] * 3)).value, 4)
    0.3333
    """
    areas = _areas(amount, before, line, design, domain)
    return areas.above / (areas.closed + areas.above)


@Measure
def poverty_gap_efficiency(
    amount: ArrayLike, before: ArrayLike, line: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of the poverty gap that a benefit closes.

    Args:
        amount: [n] what each receives, ≥ 0, currency; a household's amount spread over its members as its income is.
        before: [n] income without it, same unit.
        line:   one number, or [n] one for each person; same unit, above zero.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: an amount below zero, nobody is poor without it, a line ≤ 0, a value is missing, or the domain is
            empty.

    Formula: A / (A + D) = 1 − gap with / gap without
    Unit: share, 0 to 1.
    Variance: influence, the line taken as given.
    Source: Beckerman (1979), Economic Journal 89, 261-284.
    Checked against: `poverty_gap` with and without (tests/measures/test_casen1990.py).

    >>> round(poverty_gap_efficiency([30.0, 30.0, 20.0], [50.0, 90.0, 200.0], 100.0, SurveyDesign([1.0] * 3)).value, 4)
    0.6667
    """
    areas = _areas(amount, before, line, design, domain)
    return areas.closed / (areas.closed + areas.left)


def _areas(amount: ArrayLike, before: ArrayLike, line: ArrayLike, design: Weights, domain: ArrayLike | None) -> _Areas:
    rows = design.rows(domain)
    b, y = design.column("amount", amount, rows), design.column("before", before, rows)
    z = lines(line, design, rows)
    if (b < 0).any():
        row = int(np.flatnonzero(b < 0)[0])
        raise MeasureError(f"amount is {b[row]:g} at row {row}; the areas are those of a benefit, zero or above.")
    gap = np.where(rows, np.maximum(z - y, 0.0), 0.0)
    closed = np.minimum(b, gap)
    parts = (closed, np.where(gap > 0, b - closed, 0.0), np.where(gap > 0, 0.0, b), gap - closed)
    return _Areas(*(sum_of(part, design, rows) for part in parts))


def _spending(areas: _Areas) -> Linearised:
    return areas.closed + areas.above + areas.elsewhere


__all__ = [
    "poverty_gap_efficiency",
    "poverty_reduction_efficiency",
    "spillover",
    "vertical_expenditure_efficiency",
]
