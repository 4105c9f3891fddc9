"""Programme × population × reform → results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from amparo.policy import Country, Reform
from amparo.simulate.document import document
from amparo.simulate.outcome import Assessor
from amparo.simulate.reforms import read_reform
from amparo.simulate.scenario import Report, run
from amparo.simulate.sources import Source, open_source
from amparo.simulate.welfare import declared, surveyed

BASELINE = {"es": "ley vigente", "pt": "lei vigente", "en": "current law"}


def silent(step: str, share: float) -> None:
    """Report nothing."""


def simulate(
    country: Country,
    source: Source,
    *,
    on: date,
    months: int = 1,
    reforms: Sequence[Reform] = (),
    report: Report = silent,
    threads: int = 2,
) -> dict[str, Any]:
    """Return what the law of some months, and each reform beside it, does to a population.

    Args:
        source: from `open_source`.
        on: the first month of law.
        months: how many months to run, carrying states; costs and incomes are means of them.
        reforms: each is compared with the baseline, on the same households.

    Returns:
        The simulation in the documented JSON form.

    Raises:
        PolicyError: a reform that changes nothing, or changes a type or unit.
        ParameterError: a figure is unknown or not in force in one of the months.
        PopulationError: the population lacks what the rules read.
    """
    population = source.population
    laws = [(BASELINE, country)] + [(r.names, country.reformed(r, on)) for r in reforms]
    scenarios = [
        run(
            law,
            population,
            names=names,
            on=on,
            months=months,
            benefits=source.computable,
            report=report,
            threads=threads,
        )
        for names, law in laws
    ]
    report("measure", 0.0)
    official = source.mapping.poverty if source.mapping else None
    base = scenarios[0]
    welfare = surveyed(population, official) if official else declared(population, country, base.disposable(population))
    assessor = Assessor(country, population, welfare, base)
    outcomes = []
    for number, each in enumerate(scenarios):
        outcomes.append(assessor.assess(each))
        report("measure", (number + 1) / len(scenarios))
    return document(country, source, assessor, outcomes, months)


__all__ = ["BASELINE", "Source", "open_source", "read_reform", "simulate"]
