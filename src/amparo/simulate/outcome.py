"""What a reform does: cost, recipients, poverty, inequality, winners and losers, each with its standard error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.measures import (
    Estimate,
    Grouping,
    Incidence,
    Measure,
    SurveyDesign,
    change,
    deciles,
    gini,
    mean,
    poverty_gap,
    poverty_headcount,
    ratio,
    total,
    winners_and_losers,
)
from amparo.policy import Country
from amparo.population.table import Population
from amparo.simulate.analysis.absorption import ShockOutcome
from amparo.simulate.analysis.decomposition import Contribution, decomposition
from amparo.simulate.analysis.distribution import Reach, reach
from amparo.simulate.analysis.groups import groups_of
from amparo.simulate.analysis.payees import PaidTo, paid_to
from amparo.simulate.analysis.targeting import Target, Targeting
from amparo.simulate.analysis.years import Year, cost_by_year
from amparo.simulate.assumptions.shocks import Shock
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
        incidence: dimension (decile, sex, age group, region) → winners and losers among persons; empty for the
            baseline.
        reach, targeting, paid_to, contributions, years: see `analysis`.
    """

    scenario: Scenario
    spending: list[Spending]
    welfare: Mapping[str, Estimate]
    change: Mapping[str, Estimate]
    cost_change: Estimate | None
    incidence: Mapping[str, Sequence[Incidence]]
    reach: Sequence[Reach]
    targeting: Sequence[Targeting]
    paid_to: Sequence[PaidTo]
    contributions: Sequence[Contribution]
    years: Sequence[Year]


class Assessor:
    """Measures scenarios of one population against its baseline."""

    def __init__(
        self,
        country: Country,
        population: Population,
        welfare: Welfare,
        baseline: Scenario,
        phase_in: Sequence[float] = (),
    ) -> None:
        self.population, self.welfare, self.baseline, self.phase_in = population, welfare, baseline, phase_in
        self.design = design_of(population)
        if self.design.clusters <= self.design.strata:
            raise PopulationError(
                f"{self.design.clusters} clusters in {self.design.strata} strata do not tell how samples vary; "
                "take a larger population, or merge strata in its mapping."
            )
        self.households = SurveyDesign(population.weight, population.stratum, _clusters(population))
        counted = population.household_sum(self.design.weight * welfare.measured)
        self.shared = SurveyDesign(counted, population.stratum, _clusters(population))
        per_head = population.to_persons(welfare.per_head(welfare.income))
        self.groups = groups_of(country, population, deciles(per_head, self.design, domain=welfare.measured))
        self.groupings = {k: Grouping(g.codes, self.design, domain=welfare.measured) for k, g in self.groups.items()}
        without = welfare.income - baseline.disposable(population)
        self.target = Target(population, welfare, without, self.design, self.shared)

    def income(self, scenario: Scenario, market: Floats | float = 0.0) -> Floats:
        """Return household income under a scenario, earnings having moved by `market`.

        Measured income already holds the benefits of its month, so a reform adds the difference between the two
        simulations; an invented population's income is built with the baseline's benefits.
        """
        moved = scenario.disposable(self.population) - self.baseline.disposable(self.population)
        return np.asarray(self.welfare.income + moved + market)

    def assess(self, scenario: Scenario) -> Outcome:
        """Return the results of a scenario; changes are measured on the same sample."""
        now, before = self.income(scenario), self.income(self.baseline)
        of_reform = scenario is not self.baseline
        first = scenario.editions[0].month.year
        years = cost_by_year(scenario, self.baseline, first, self.phase_in, self.households) if of_reform else []
        extra = scenario_cost(scenario) - scenario_cost(self.baseline)
        return Outcome(
            scenario,
            [self._spending(p) for p in scenario.paid.values()],
            self.measured(now),
            self.changed(before, now) if of_reform else {},
            total(extra, self.households) if of_reform else None,
            self._incidence(before, now) if of_reform else {},
            reach(scenario, self.population, self.groups, self.groupings, now, self.design),
            self.target.met_by(scenario),
            paid_to(scenario, self.population, self.groups.get("sex"), self.households),
            decomposition(scenario, self.population, self.welfare, now, self.shared),
            years,
        )

    def under(self, shock: Shock, scenario: Scenario, hit: Scenario, market: Floats) -> ShockOutcome:
        """Return what a shock does under one law.

        Args:
            scenario: the law without the shock.
            hit: the same law on the households after it.
            market: [households] what earnings changed by.
        """
        lost, back = -market, hit.disposable(self.population) - scenario.disposable(self.population)
        now = self.income(hit, market) / shock.prices  # at the prices of before
        absorbed = ratio(back, lost, self.households) if lost.sum() else None
        measured, moved = self.measured(now), self.changed(self.income(scenario), now)
        return ShockOutcome(hit, total(lost, self.households), total(back, self.households), absorbed, measured, moved)

    def measured(self, income: Floats) -> dict[str, Estimate]:
        """Return every measure of a household income."""
        domain = self.welfare.measured
        return {k: m(*a, self.design, domain=domain) for k, (m, a) in self._measures(income).items()}

    def changed(self, before: Floats, now: Floats) -> dict[str, Estimate]:
        """Return how much every measure moves between two incomes, of the same sample."""
        earlier, domain = self._measures(before), self.welfare.measured
        moved: dict[str, Estimate] = {}
        for key, (measure, (income, *line)) in self._measures(now).items():
            arguments = (earlier[key][1][0], income, *line, self.design)
            moved[key] = change(measure, *arguments, domain=domain)
        return moved

    def _incidence(self, before: Floats, now: Floats) -> dict[str, Sequence[Incidence]]:
        spread = self.population.to_persons
        gain = (spread(self.welfare.per_head(before)), spread(self.welfare.per_head(now)))
        found: dict[str, Sequence[Incidence]] = {}
        for dimension, grouping in self.groupings.items():
            told = winners_and_losers(*gain, self.design, group=grouping)
            labels = self.groups[dimension].labels
            found[dimension] = [each._replace(group=labels[each.group]) for each in told]
        return found

    def _measures(self, income: Floats) -> dict[str, tuple[Measure[Any], tuple[Any, ...]]]:
        spread, method = self.population.to_persons, self.welfare.method
        equivalent = spread(self.welfare.equivalised(income))
        head = spread(self.welfare.per_head(income))
        own = self.welfare.extreme
        extreme = method.extreme_line if own is None else spread(own)
        return {
            "poverty_headcount": (poverty_headcount, (equivalent, method.line)),
            "extreme_poverty_headcount": (poverty_headcount, (equivalent, extreme)),
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
    """Return what a scenario costs in each household a month: of an annual benefit a twelfth."""
    return np.asarray(sum(p.monthly for p in scenario.paid.values()))


def _clusters(population: Population) -> NDArray[Any]:
    return np.arange(population.household_count) if population.cluster is None else population.cluster
