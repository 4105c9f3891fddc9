"""Programme × population × reform → results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from amparo.policy import Country, Reform
from amparo.population.table import Population
from amparo.simulate.assumptions import Assumptions
from amparo.simulate.assumptions.economy import economy_of
from amparo.simulate.document import document
from amparo.simulate.outcome import Assessor
from amparo.simulate.reforms import read_reform
from amparo.simulate.scenario import Report, Scenario, run
from amparo.simulate.sources import Source, open_source
from amparo.simulate.welfare import declared, surveyed

BASELINE = {"es": "ley vigente", "pt": "lei vigente", "en": "current law"}

NOTHING_ASSUMED = Assumptions()


def silent(step: str, share: float) -> None:
    """Report nothing."""


def simulate(
    country: Country,
    source: Source,
    *,
    on: date,
    months: int = 1,
    reforms: Sequence[Reform] = (),
    assumptions: Assumptions = NOTHING_ASSUMED,
    report: Report = silent,
    threads: int = 2,
) -> dict[str, Any]:
    """Return what the law of some months, and each reform beside it, does to a population.

    Args:
        source: from `open_source`.
        on: the first month of law.
        months: how many months to run, carrying states; costs and incomes are means of them.
        reforms: each is compared with the baseline, on the same households.
        assumptions: take-up, a shock, the years of phase-in.

    Returns:
        The simulation in the documented JSON form.

    Raises:
        PolicyError: a reform that changes nothing, or changes a type or unit.
        ParameterError: a figure is unknown or not in force in one of the months.
        PopulationError: the population lacks what the rules or the shock read.
    """
    laws = [(BASELINE, country)] + [(r.names, country.reformed(r, on)) for r in reforms]

    def runs(population: Population) -> list[Scenario]:
        return [
            run(
                law,
                population,
                names=names,
                on=on,
                months=months,
                benefits=source.computable,
                take_up=assumptions.take_up,
                report=report,
                threads=threads,
            )
            for names, law in laws
        ]

    scenarios = runs(source.population)
    official = source.mapping.poverty if source.mapping else None
    base = scenarios[0]
    population = source.population
    cash = base.disposable(population)
    welfare = surveyed(population, official, cash) if official else declared(population, country, cash)
    assessor = Assessor(country, population, welfare, base, assumptions.phase_in)
    outcomes, shocks = [], []
    for number, each in enumerate(scenarios):
        report("measure", number / len(scenarios))
        outcomes.append(assessor.assess(each))
    report("measure", 1.0)
    if assumptions.shock:
        after, market = assumptions.shock.hit(population, country, economy_of(country))
        shocks = [
            assessor.under(assumptions.shock, law, hit, market) for law, hit in zip(scenarios, runs(after), strict=True)
        ]
    return document(country, source, assessor, outcomes, shocks, assumptions, months)


__all__ = ["BASELINE", "Assumptions", "Source", "open_source", "read_reform", "simulate"]
