"""What each programme contributes to less poverty and inequality: its Shapley share of all of them together.

Without any programme, households have their income less every simulated benefit. A programme's share is the mean of
what it adds over all orders in which the programmes could arrive; the shares add up to what all do together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from amparo.measures import Estimate, SurveyDesign, shapley_gini, shapley_poverty
from amparo.policy import Benefit
from amparo.population.table import Population
from amparo.simulate.scenario import Floats, Scenario
from amparo.simulate.welfare import Welfare

MOST = 10  # programmes; beyond, the smallest are taken together with nobody's share


@dataclass(frozen=True)
class Contribution:
    """How much one benefit moves each measure; negative lowers it."""

    benefit: Benefit
    moved: Mapping[str, Estimate]


def decomposition(
    scenario: Scenario, population: Population, welfare: Welfare, income: Floats, design: SurveyDesign
) -> list[Contribution]:
    """Return the contribution of every benefit that counts as income.

    Args:
        income: [households] disposable income under the scenario, benefits included.
        design: of households, each weighed by its persons who count.
    """
    paid = [p for p in scenario.counted if p.households.any()]
    paid = sorted(paid, key=lambda p: float(p.monthly @ population.weight), reverse=True)[:MOST]
    if not paid:
        return []
    without = income - sum((p.monthly for p in paid), np.zeros(len(income)))
    equal = {p.benefit.key: welfare.equivalised(p.monthly) for p in paid}
    head = {p.benefit.key: welfare.per_head(p.monthly) for p in paid}
    poverty = (welfare.equivalised(without), equal, welfare.method.line, design)
    found = {
        "poverty_headcount": shapley_poverty(*poverty),
        "poverty_gap": shapley_poverty(*poverty, alpha=1.0),
        "gini": shapley_gini(welfare.per_head(without), head, design),
    }
    return [Contribution(p.benefit, {k: shares[p.benefit.key] for k, shares in found.items()}) for p in paid]
