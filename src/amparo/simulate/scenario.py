"""Programmes over a population, month by month: what each scenario pays to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel
from amparo.expr import Entity, Timing
from amparo.expr.rules import STATE_PREFIX
from amparo.policy import Benefit, Country, Edition
from amparo.population.table import Population

Floats = NDArray[np.float64]
Report = Callable[[str, float], None]  # (what is being done, share done)


@dataclass
class Paid:
    """What one benefit pays in a scenario, in currency units, mean of the months run.

    Attributes:
        households: [households] amount of each household.
        persons: [persons] amount by originator; None for a benefit of the household.
    """

    benefit: Benefit
    households: Floats
    persons: Floats | None


@dataclass
class Scenario:
    """One law over one population: the baseline or a reform."""

    names: Mapping[str, str]
    editions: list[Edition]
    paid: dict[str, Paid] = field(default_factory=dict)
    doubtful: int = 0
    rows: int = 0

    def disposable(self, population: Population) -> Floats:
        """Return the cash benefits of each household in a month: what is paid now and counts as income."""
        total = np.zeros(population.household_count)
        for each in self.paid.values():
            if each.benefit.income and each.benefit.timing is Timing.NOW:
                total += each.households
        return total


def following(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def run(
    country: Country,
    population: Population,
    *,
    names: Mapping[str, str],
    on: date,
    months: int,
    benefits: Sequence[Benefit],
    report: Report,
    threads: int = 2,
) -> Scenario:
    """Run the law of some months over a population, carrying the states from each to the next.

    Args:
        benefits: those that the population can compute; each month runs the ones in force.
        report: told what is being done and how far it is.
    """
    scenario = Scenario(names, [])
    states: dict[str, NDArray[Any]] = {}
    month = on.replace(day=1)
    for number in range(months):
        edition = country.on(month)
        edition = edition.only([b for b in edition.benefits if b in benefits])
        scenario.editions.append(edition)
        kernel = Kernel(edition, progress=lambda done, of: report("compile", done / of))
        report("compute", number / months)
        result = kernel.run(population, states=states, threads=threads)
        scenario.doubtful += result.doubtful
        scenario.rows += result.households
        for each in edition.benefits:
            _add(scenario, each, result.outputs[each.amount.key], population, country, months)
        states = {k.removeprefix(STATE_PREFIX): v for k, v in result.outputs.items() if k.startswith(STATE_PREFIX)}
        month = following(month)
    report("compute", 1.0)
    return scenario


def _add(
    scenario: Scenario,
    benefit: Benefit,
    amounts: NDArray[Any],
    population: Population,
    country: Country,
    months: int,
) -> None:
    units = amounts / (10**country.currency.decimals * months)
    personal = benefit.unit is Entity.PERSON
    home = population.household_sum(units) if personal else units
    if benefit.key not in scenario.paid:
        scenario.paid[benefit.key] = Paid(benefit, home, units if personal else None)
        return
    before = scenario.paid[benefit.key]
    before.households = before.households + home
    before.persons = before.persons + units if before.persons is not None else None
