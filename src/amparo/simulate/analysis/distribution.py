"""Whom a benefit reaches, how much it gives, and how much of a household's income it is, by group of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.measures import Estimate, Grouping, SurveyDesign, benefit_incidence
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
        adequacy: the benefit over the income of the households that receive it; None where nobody does, and of a
            benefit that is no income of the month: in kind, or retained until a proof.
        generosity: currency a month and person of the households that receive it.
        relative: the benefit over the income of the whole group; None as adequacy is.
        spending, beneficiaries: the group's share of all that is spent, and of all who live in a household that
            receives.
    """

    benefit: Benefit
    dimension: str
    group: Any
    coverage: Estimate | None
    mean_benefit: Estimate | None
    adequacy: Estimate | None
    generosity: Estimate | None
    relative: Estimate | None
    spending: Estimate | None
    beneficiaries: Estimate | None


def reach(
    scenario: Scenario,
    population: Population,
    groups: Mapping[str, Groups],
    groupings: Mapping[str, Grouping],
    income: Floats,
    design: SurveyDesign,
) -> list[Reach]:
    """Return every benefit of a scenario in every group.

    Args:
        groups: by dimension.
        groupings: the same, made ready for the design.
        income: [households] disposable income, benefits included.
        design: of persons.
    """
    spread, size = population.to_persons, np.maximum(population.sizes, 1)
    own = spread(income / size)
    found = []
    for each in scenario.paid.values():
        if not each.households.any():
            continue
        amount = spread(each.monthly / size)
        for dimension, grouping in groupings.items():
            labels = groups[dimension].labels
            for told in benefit_incidence(amount, own, design, group=grouping):
                adequacy, relative = (told.adequacy, told.relative) if each in scenario.counted else (None, None)
                parts = (told.coverage, told.mean_benefit, adequacy, told.generosity, relative)
                shares = (told.spending, told.beneficiaries)
                found.append(Reach(each.benefit, dimension, labels[told.group], *parts, *shares))
    return found
