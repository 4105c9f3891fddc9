"""What a reform does: cost, recipients, poverty, inequality, winners and losers, each with its standard error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.measures import (
    Estimate,
    Incidence,
    Measure,
    SurveyDesign,
    change,
    deciles,
    gini,
    headcount,
    mean,
    poverty_gap,
    total,
    winners_and_losers,
)
from amparo.policy import Country
from amparo.population.table import Population
from amparo.simulate.scenario import Floats, Paid, Scenario
from amparo.simulate.welfare import Welfare, design_of


@dataclass(frozen=True)
class Spending:
    """One benefit in one scenario: monthly cost in currency, and who receives it (weighted)."""

    paid: Paid
    cost: Estimate
    recipients: Estimate
    households: Estimate


@dataclass(frozen=True)
class Outcome:
    """The results of one scenario.

    Attributes:
        spending: one entry a benefit.
        welfare: measure → estimate.
        change: measure → difference from the baseline; empty for the baseline.
        by_decile, by_sex: winners and losers among persons; empty for the baseline.
    """

    scenario: Scenario
    spending: list[Spending]
    welfare: Mapping[str, Estimate]
    change: Mapping[str, Estimate]
    cost_change: Estimate | None
    by_decile: Sequence[Incidence]
    by_sex: Sequence[Incidence]


class Assessor:
    """Measures scenarios of one population against its baseline."""

    def __init__(self, country: Country, population: Population, welfare: Welfare, baseline: Scenario) -> None:
        self.population, self.welfare, self.baseline = population, welfare, baseline
        self.design = design_of(population)
        self.households = SurveyDesign(population.weight, population.stratum, _clusters(population))
        persons = population.to_persons
        per_head = persons(welfare.per_head(welfare.income))
        self.decile = deciles(per_head, self.design, domain=welfare.measured)
        self.sex = _sex(country, population)

    def income(self, scenario: Scenario) -> Floats:
        """Return household income under a scenario.

        Measured income already holds the benefits of its month, so a reform adds the difference between the two
        simulations; an invented population's income is built with the baseline's benefits.
        """
        moved = scenario.disposable(self.population) - self.baseline.disposable(self.population)
        return np.asarray(self.welfare.income + moved)

    def assess(self, scenario: Scenario) -> Outcome:
        """Return the results of a scenario; changes are measured on the same sample."""
        spending = [self._spending(p) for p in scenario.paid.values()]
        now, before = self.income(scenario), self.income(self.baseline)
        measures = self._measures(now)
        welfare = {k: m(*a, self.design, domain=self.welfare.measured) for k, (m, a) in measures.items()}
        if scenario is self.baseline:
            return Outcome(scenario, spending, welfare, {}, None, [], [])
        earlier = self._measures(before)
        moved: dict[str, Estimate] = {}
        for key, (measure, (income, *line)) in measures.items():
            arguments = (earlier[key][1][0], income, *line, self.design)
            moved[key] = change(measure, *arguments, domain=self.welfare.measured)
        spread = self.population.to_persons
        gain = (spread(self.welfare.per_head(before)), spread(self.welfare.per_head(now)))
        domain = self.welfare.measured
        by_decile = winners_and_losers(*gain, self.design, group=self.decile, domain=domain)
        by_sex = winners_and_losers(*gain, self.design, group=self.sex, domain=domain) if self.sex is not None else []
        extra = scenario_cost(scenario) - scenario_cost(self.baseline)
        return Outcome(scenario, spending, welfare, moved, total(extra, self.households), by_decile, by_sex)

    def _measures(self, income: Floats) -> dict[str, tuple[Measure[Any], tuple[Any, ...]]]:
        spread, method = self.population.to_persons, self.welfare.method
        equivalent = spread(self.welfare.equivalised(income))
        head = spread(self.welfare.per_head(income))
        return {
            "poverty_headcount": (headcount, (equivalent, method.line)),
            "extreme_poverty_headcount": (headcount, (equivalent, method.extreme_line)),
            "poor_persons": (total, ((equivalent < method.line).astype(np.float64),)),
            "poverty_gap": (poverty_gap, (equivalent, method.line)),
            "gini": (gini, (head,)),
            "mean_income_per_head": (mean, (head,)),
        }

    def _spending(self, paid: Paid) -> Spending:
        cost = total(paid.households, self.households)
        homes = total((paid.households > 0).astype(np.float64), self.households)
        if paid.persons is None:
            return Spending(paid, cost, homes, homes)
        return Spending(paid, cost, total((paid.persons > 0).astype(np.float64), self.design), homes)


def scenario_cost(scenario: Scenario) -> Floats:
    """Return what a scenario costs in each household, whatever its timing."""
    return np.asarray(sum(p.households for p in scenario.paid.values()))


def _clusters(population: Population) -> NDArray[Any]:
    return np.arange(population.household_count) if population.cluster is None else population.cluster


def _sex(country: Country, population: Population) -> NDArray[Any] | None:
    """Return each person's sex by name, or None when the population does not say."""
    if "sex" not in population.persons:
        return None
    return np.array(country.inputs["sex"].type.categories)[population.persons["sex"]]
