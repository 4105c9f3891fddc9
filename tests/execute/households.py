"""Random households of the shipped countries under their law, near its thresholds as often as not."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from amparo.execute.ask import computable
from amparo.execute.cases import Case
from amparo.execute.kernel.rows import case_of
from amparo.policy import Edition, find_country
from amparo.population.generator import random_population

MONTHS = {  # between them every programme that is shipped
    "chile": (date(2025, 7, 1), date(2023, 9, 1), date(2026, 6, 1)),
    "brasil": (date(2026, 1, 1), date(2015, 12, 1)),
    "argentina": (date(2025, 10, 1),),
}
LAWS = {key: months[0] for key, months in MONTHS.items()}


@cache
def whole_law(key: str, month: date | None = None) -> Edition:
    """Return a country's whole law of a month, findings too, as far as its figures are known."""
    whole = find_country(key).on(month or LAWS[key])
    return whole.only(computable(whole, whole.benefits)[0], computable(whole, whole.findings)[0])


def households(of: Edition, count: int, seed: int) -> Iterator[Case]:
    """Return random households of a country, near its thresholds as often as not."""
    population = random_population(of.country, 4 * count, seed, edition=of)
    for home in range(min(count, population.household_count)):
        yield case_of(population, of.country, home, {}, of.graph)


def forgetting(case: Case, draw: random.Random, share: float) -> Case:
    """Return a case of which a share of the data is no longer known."""

    def some(values: Mapping[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in values.items() if draw.random() > share}

    members, pointers = (tuple(map(some, rows)) for rows in (case.members, case.relations))
    return replace(case, household=some(case.household), members=members, relations=pointers)
