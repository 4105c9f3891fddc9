"""Whom a benefit is aimed at and whom it meets: the poor and the poorest 40 % before the system gave anything.

Persons are ranked, and are poor, by their income less every simulated benefit of current law. So a reform is judged
by the same target as current law, and a benefit is not called well aimed for having lifted those it reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.measures import (
    Estimate,
    SurveyDesign,
    coady_grosh_hoddinott,
    concentration_coefficient,
    coverage,
    kakwani,
    leakage,
    poverty_reduction_efficiency,
    under_coverage,
)
from amparo.policy import Benefit
from amparo.population.table import Population
from amparo.simulate.scenario import Floats, Scenario
from amparo.simulate.welfare import Welfare

POOREST = 0.4


@dataclass(frozen=True)
class Targeting:
    """One benefit of one scenario.

    Attributes:
        measures: name → estimate, as `docs/reference/json.md` lists them; None where there is nobody to measure.
    """

    benefit: Benefit
    measures: Mapping[str, Estimate | None]


class Target:
    """Whom benefits are judged by; what does not move between scenarios is measured once.

    Args:
        without: [households] income before every simulated benefit of current law.
        design: of persons.
        households: the same sample, of households, each weighed by its persons who count.
    """

    def __init__(
        self,
        population: Population,
        welfare: Welfare,
        without: Floats,
        design: SurveyDesign,
        households: SurveyDesign,
    ) -> None:
        self.population, self.welfare, self.without, self.design = population, welfare, without, design
        self.households = households
        spread = population.to_persons
        self.rank = spread(welfare.per_head(without))
        self.poor: NDArray[np.bool_] = welfare.measured & (spread(welfare.equivalised(without)) < welfare.method.line)
        self.unequal = float(design.weight[welfare.measured] @ self.rank[welfare.measured]) > 0
        self.known: dict[str, tuple[Floats, Targeting]] = {}

    def met_by(self, scenario: Scenario) -> list[Targeting]:
        """Return how each benefit that somebody receives meets its target."""
        return [self._met(p.benefit, p.monthly) for p in scenario.paid.values() if p.households.any()]

    def _met(self, benefit: Benefit, monthly: Floats) -> Targeting:
        before = self.known.get(benefit.key)
        if before is not None and np.array_equal(before[0], monthly):
            return before[1]
        found = Targeting(benefit, self._measured(monthly))
        self.known[benefit.key] = monthly, found
        return found

    def _measured(self, monthly: Floats) -> dict[str, Estimate | None]:
        amount = self.population.to_persons(self.welfare.per_head(monthly))
        domain: dict[str, Any] = {"domain": self.welfare.measured}
        reached = bool((self.design.weight * amount)[self.welfare.measured].any())
        poor = reached and bool(self.design.weight[self.poor].any())
        aimed = domain | {"target": self.poor}
        line = self.welfare.method.line * self.welfare.scale
        return {
            "coverage_of_poor": coverage(amount, self.design, **aimed) if poor else None,
            "under_coverage_of_poor": under_coverage(amount, self.design, **aimed) if poor else None,
            "leakage_to_non_poor": leakage(amount, self.design, **aimed) if poor else None,
            "recipients_not_poor": leakage(amount > 0, self.design, **aimed) if poor else None,
            "coady_grosh_hoddinott": coady_grosh_hoddinott(amount, self.rank, self.design, share=POOREST, **domain)
            if reached
            else None,
            "concentration_coefficient": concentration_coefficient(amount, self.rank, self.design, **domain)
            if reached
            else None,
            "kakwani": kakwani(amount, self.rank, self.design, **domain) if reached and self.unequal else None,
            "poverty_reduction_efficiency": poverty_reduction_efficiency(
                monthly / np.maximum(self.welfare.size, 1.0),
                self.without / np.maximum(self.welfare.size, 1.0),
                line / np.maximum(self.welfare.size, 1.0),
                self.households,
            )
            if reached
            else None,
        }
