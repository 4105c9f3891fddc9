"""Whom a benefit reaches, how much it gives, and how much of a household's income it is, by group of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.measures import Estimate, Grouping, SurveyDesign
from amparo.policy import Benefit
from amparo.population.table import Population
from amparo.simulate.analysis.groups import Groups
from amparo.simulate.scenario import Floats, Scenario


@dataclass(frozen=True)
class Reach:
    """One benefit in one group of persons.

    Attributes:
        coverage: share of the persons who live in a household that receives it.
        mean_benefit: currency a month and person of the group, those who receive nothing included; of an annual
            benefit a twelfth.
        adequacy: the benefit over the income of the households that receive it; None where nobody does.
    """

    benefit: Benefit
    dimension: str
    group: Any
    coverage: Estimate | None
    mean_benefit: Estimate | None
    adequacy: Estimate | None


def reach(
    scenario: Scenario,
    population: Population,
    groups: Mapping[str, Groups],
    income: Floats,
    design: SurveyDesign,
    measured: Any,
) -> list[Reach]:
    """Return every benefit of a scenario in every group.

    Args:
        groups: by dimension.
        income: [households] disposable income, benefits included.
        design: of persons.
        measured: [persons] who counts.
    """
    spread, ones = population.to_persons, np.ones(population.person_count)
    size = spread(np.maximum(population.sizes, 1))
    dimensions = {name: Grouping(each.codes, design, domain=measured) for name, each in groups.items()}
    found = []
    for each in scenario.paid.values():
        if not each.households.any():
            continue
        receives = spread(each.households > 0)
        amount = spread(each.monthly) / size
        of_receivers = np.where(receives, spread(income) / size, 0.0)
        for dimension, grouping in dimensions.items():
            coverage = grouping.ratios(receives, ones)
            mean = grouping.ratios(amount, ones)
            adequacy = grouping.ratios(amount, of_receivers)
            labels = groups[dimension].labels
            found += [Reach(each.benefit, dimension, labels[g], coverage[g], mean[g], adequacy[g]) for g in coverage]
    return found
