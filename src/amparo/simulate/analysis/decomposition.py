"""What each programme contributes to less poverty and inequality: its Shapley share of all of them together.

Without any programme, households have their income less every simulated benefit. A programme's share is the mean of
what it adds over all orders in which the programmes could arrive; the shares add up to what all do together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from amparo.measures.inequality.bins import gini_of_bins
from amparo.policy import Benefit
from amparo.population.table import Population
from amparo.simulate.scenario import Floats, Scenario
from amparo.simulate.welfare import Welfare

MOST = 10  # programmes; beyond, the smallest are taken together with nobody's share
BINS = 4096  # of income per head, for the Gini index
MEASURES = ("poverty_headcount", "poverty_gap", "gini")


@dataclass(frozen=True)
class Contribution:
    """How much one benefit moves each measure; negative lowers it."""

    benefit: Benefit
    moved: dict[str, float]


def decomposition(
    scenario: Scenario, population: Population, welfare: Welfare, income: Floats, weight: Floats
) -> list[Contribution]:
    """Return the contribution of every benefit that counts as income.

    Args:
        income: [households] disposable income under the scenario, benefits included.
        weight: [households] persons who count, weighted.
    """
    paid = [p for p in scenario.counted if p.households.any()]
    paid = sorted(paid, key=lambda p: float(p.monthly @ population.weight), reverse=True)[:MOST]
    without = income - sum((p.monthly for p in paid), np.zeros(len(income)))
    values = _coalitions(welfare, without, [p.monthly for p in paid], weight)
    return [Contribution(p.benefit, _share(i, len(paid), values)) for i, p in enumerate(paid)]


def _share(player: int, players: int, values: Floats) -> dict[str, float]:
    bit, total = 1 << player, np.zeros(len(MEASURES))
    for others, measured in enumerate(values):
        if not others & bit:
            size = others.bit_count()
            chance = factorial(size) * factorial(players - size - 1) / factorial(players)
            total += chance * (values[others | bit] - measured)
    return dict(zip(MEASURES, total.tolist(), strict=True))


def _coalitions(welfare: Welfare, without: Floats, amounts: Sequence[Floats], weight: Floats) -> Floats:
    """Return every measure [coalitions, measures] with the benefits of each coalition; bit i stands for benefit i.

    What a coalition does to a household depends on the benefits that the household receives alone. So households
    that receive the same benefits are measured together, under the coalitions of those only; and a sum over all
    households is put together from what each set of benefits adds to the sets within it (its Möbius transform).
    """
    household = _Households(welfare, without, amounts)
    received = sum(((a != 0).astype(np.int64) << i for i, a in enumerate(amounts)), np.zeros(len(without), np.int64))
    order = np.argsort(received, kind="stable")
    patterns, starts = np.unique(received[order], return_index=True)
    added = np.zeros((1 << len(amounts), 2 + 2 * BINS))
    for pattern, rows in zip(patterns.tolist(), np.split(order, starts[1:]), strict=True):
        members = [i for i in range(len(amounts)) if pattern >> i & 1]
        sums = household.sums(rows, members, weight[rows])
        added[_subsets(members)] += _over_subsets(sums, -1)
    sums = _over_subsets(added, 1)
    return np.column_stack([sums[:, :2] / weight.sum(), gini_of_bins(sums[:, 2 : 2 + BINS], sums[:, 2 + BINS :])])


def _subsets(members: Sequence[int]) -> list[int]:
    """Return the sets of members, as numbers whose bits are members, in the order of the members' own bits."""
    found = [0]
    for each in members:
        found += [others | 1 << each for others in found]
    return found


def _over_subsets(table: Floats, sign: int) -> Floats:
    """Sum the rows of a table over the subsets of each row's number, in place; with −1, undo that."""
    for bit in range(len(table).bit_length() - 1):
        pairs = table.reshape(-1, 2, 1 << bit, table.shape[1])
        pairs[:, 1] += sign * pairs[:, 0]
    return table


class _Households:
    """Households with every subset of the benefits they receive."""

    def __init__(self, welfare: Welfare, without: Floats, amounts: Sequence[Floats]) -> None:
        self.welfare, self.without, self.amounts = welfare, without, amounts
        least, most = without.copy(), without.copy()
        for each in amounts:
            least += np.minimum(each, 0)
            most += np.maximum(each, 0)
        self.low = float(welfare.per_head(least).min(initial=0.0))
        reach = float(welfare.per_head(most).max(initial=0.0)) - self.low
        self.bins_a_root = BINS / np.sqrt(reach) if reach else 0.0  # narrow bins where incomes are low

    def sums(self, rows: NDArray[np.intp], members: Sequence[int], weight: Floats) -> Floats:
        """Return weighted sums [subsets, …]: the poor, their gaps, and a histogram of persons and income per head."""
        income = self.without[rows][None]
        for each in members:
            income = np.concatenate([income, income + self.amounts[each][rows]])
        line, subsets = self.welfare.method.line, len(income)
        equivalent = income / self.welfare.scale[rows]
        poor = equivalent < line
        gap = np.where(poor, (line - equivalent) / line, 0.0)
        head = income / np.maximum(self.welfare.size[rows], 1.0)
        place = np.minimum(np.sqrt(np.maximum(head - self.low, 0.0)) * self.bins_a_root, BINS - 1).astype(np.intp)
        place += BINS * np.arange(subsets)[:, None]
        histograms = [
            np.bincount(place.ravel(), np.ravel(each), subsets * BINS).reshape(subsets, BINS)
            for each in (np.broadcast_to(weight, head.shape), weight * head)
        ]
        return np.column_stack([(weight * poor).sum(axis=1), (weight * gap).sum(axis=1), *histograms])
