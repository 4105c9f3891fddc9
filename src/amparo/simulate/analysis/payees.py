"""Who in the household is handed the money, where the law's rule tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel
from amparo.expr import Entity, Op, trace
from amparo.measures import Estimate, SurveyDesign, ratio
from amparo.policy import Benefit, Edition
from amparo.population.computability import relations_read
from amparo.population.table import Population
from amparo.simulate.analysis.groups import Groups
from amparo.simulate.scenario import Scenario


@dataclass(frozen=True)
class PaidTo:
    """Share of a benefit's money that is handed to persons of one sex; "nobody" is money without a known payee."""

    benefit: Benefit
    sex: str
    share: Estimate


def paid_to(
    scenario: Scenario,
    population: Population,
    sex: Groups | None,
    households: SurveyDesign,
) -> list[PaidTo]:
    """Return, for each benefit whose payee is a rule, to whom the last month's law pays it.

    Where several members of a household collect, each is taken to collect the same.
    """
    if sex is None:
        return []
    edition = scenario.editions[-1]
    collecting = _collecting(edition, [p.benefit for p in scenario.paid.values()], population)
    found = []
    for benefit, collects in collecting.items():
        money = scenario.paid[benefit.key].households
        if not money.any():
            continue
        payees = np.maximum(population.household_sum(collects.astype(np.float64)), 1.0)
        reached = np.zeros(len(money))
        for code, name in enumerate(sex.labels):
            part = population.household_sum((collects & (sex.codes == code)).astype(np.float64)) / payees
            reached += part
            found.append(PaidTo(benefit, str(name), ratio(money * part, money, households)))
        found.append(PaidTo(benefit, "nobody", ratio(money * (1 - reached), money, households)))
    return found


def _collecting(edition: Edition, benefits: list[Benefit], population: Population) -> dict[Benefit, NDArray[Any]]:
    """Return who collects each benefit [persons], where the population knows what its rule reads."""
    found = {}
    for benefit in benefits:
        rule = benefit.payee.rule
        if rule is None or benefit not in edition.benefits or rule.entity.entity is not Entity.PERSON:
            continue
        part = replace(edition, graph=trace(rule, on=edition.month), benefits=(), findings=())
        read = [*part.graph.attributes(Op.INPUT), *relations_read(part.graph)]
        if not population.missing(read):
            found[benefit] = Kernel(part).run(population).outputs[rule.key]
    return found
