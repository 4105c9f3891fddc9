"""What each programme contributes to less poverty and inequality: its Shapley share of all of them together.

Without any programme, households have their income less every simulated benefit. A programme's share is the mean of
what it adds over all orders in which the programmes could arrive; the shares add up to what all do together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from amparo.measures import binned_gini
from amparo.policy import Benefit
from amparo.population.table import Population
from amparo.simulate.scenario import Floats, Scenario
from amparo.simulate.welfare import Welfare

MOST = 10  # programmes; beyond, the smallest are taken together with nobody's share
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
    amounts = [p.monthly for p in paid]
    without = income - sum(amounts, np.zeros(len(income)))
    values = {members: _measures(welfare, without, amounts, members, weight) for members in range(1 << len(paid))}
    return [Contribution(p.benefit, _share(i, len(paid), values)) for i, p in enumerate(paid)]


def _share(player: int, players: int, values: dict[int, Floats]) -> dict[str, float]:
    bit, total = 1 << player, np.zeros(len(MEASURES))
    for others, measured in values.items():
        if not others & bit:
            size = others.bit_count()
            chance = factorial(size) * factorial(players - size - 1) / factorial(players)
            total += chance * (values[others | bit] - measured)
    return dict(zip(MEASURES, total.tolist(), strict=True))


def _measures(welfare: Welfare, without: Floats, amounts: Sequence[Floats], members: int, weight: Floats) -> Floats:
    income = without + sum((a for i, a in enumerate(amounts) if members >> i & 1), np.zeros(len(without)))
    equivalent, line = welfare.equivalised(income), welfare.method.line
    poor = equivalent < line
    people = weight.sum()
    gap = np.where(poor, (line - equivalent) / line, 0.0)
    inequality = binned_gini(welfare.per_head(income), weight, bins=8192).value
    return np.array([weight[poor].sum() / people, (weight * gap).sum() / people, inequality])
