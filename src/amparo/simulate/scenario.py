"""Programmes over a population, month by month: what each scenario pays to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel
from amparo.expr import Entity, Op, Timing
from amparo.expr.rules import STATE_PREFIX
from amparo.policy import Benefit, Country, Edition
from amparo.population.table import Population
from amparo.simulate.assumptions.take_up import TakeUp, takers

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

    @property
    def monthly(self) -> Floats:
        """What a household receives a month: of an annual benefit a twelfth."""
        return self.households / 12 if self.benefit.timing is Timing.ANNUAL else self.households


@dataclass
class Scenario:
    """One law over one population: the baseline or a reform."""

    names: Mapping[str, str]
    editions: list[Edition]
    paid: dict[str, Paid] = field(default_factory=dict)
    doubtful: int = 0
    rows: int = 0

    def disposable(self, population: Population) -> Floats:
        """Return the cash benefits of each household in a month; what is retained until a proof is not yet income."""
        return np.asarray(sum((p.monthly for p in self.counted), np.zeros(population.household_count)))

    @property
    def counted(self) -> list[Paid]:
        """The benefits that are income of the month."""
        return [p for p in self.paid.values() if p.benefit.income and p.benefit.timing is not Timing.ACCRUED]


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
    take_up: TakeUp,
    report: Report,
    threads: int = 2,
) -> Scenario:
    """Run the law of some months over a population, carrying the states from each to the next.

    Args:
        benefits: those that the population can compute; each month runs the ones in force.
        take_up: benefit → share of the entitled households that claim; all where nothing is stated.
        report: told what is being done and how far it is.
    """
    scenario = Scenario(names, [])
    states: dict[str, NDArray[Any]] = {}
    month = on.replace(day=1)
    for number in range(months):
        edition = country.on(month)
        edition = edition.only([b for b in edition.benefits if b in benefits])
        scenario.editions.append(edition)
        known = {s.key for s in edition.graph.attributes(Op.STATE)}
        kernel = Kernel(edition, progress=lambda done, of: report("compile", done / of))
        report("compute", number / months)
        carried = {k: v for k, v in states.items() if k in known}  # a state that no law reads any more ends
        result = kernel.run(population, states=carried, threads=threads)
        scenario.doubtful += result.doubtful
        scenario.rows += result.households
        for each in edition.benefits:
            amounts = _claimed(each, result.outputs[each.amount.key], population, take_up)
            _add(scenario, each, amounts, population, country, months)
        states = {k.removeprefix(STATE_PREFIX): v for k, v in result.outputs.items() if k.startswith(STATE_PREFIX)}
        month = following(month)
    report("compute", 1.0)
    return scenario


def _claimed(benefit: Benefit, amounts: NDArray[Any], population: Population, take_up: TakeUp) -> NDArray[Any]:
    """Return the amounts of the households that claim; what another benefit reads as income is still the right."""
    if take_up.get(benefit.key, 1.0) == 1.0:
        return amounts
    claims = takers(benefit, population.household_count, take_up[benefit.key])
    claimed = population.to_persons(claims) if benefit.unit is Entity.PERSON else claims
    return np.asarray(amounts * claimed)


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
