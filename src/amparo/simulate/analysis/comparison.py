"""Simulated recipients and spending beside what a survey's respondents say and what an authority publishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.measures import Estimate, SurveyDesign, total
from amparo.policy import Benefit
from amparo.population.mapping import RECEIVED
from amparo.population.table import Population
from amparo.simulate.assumptions.economy import Published
from amparo.simulate.scenario import Scenario


@dataclass(frozen=True)
class Beside:
    """One benefit: what respondents report and what is published; None where there is no such source."""

    benefit: Benefit
    survey_recipients: Estimate | None
    survey_cost: Estimate | None
    published: Published | None


def beside(
    scenario: Scenario, population: Population, households: SurveyDesign, published: Sequence[Published]
) -> list[Beside]:
    """Return every benefit of a scenario with its other sources; those without any are left out."""
    found = []
    for key, paid in scenario.paid.items():
        stated: Mapping[str, object] = population.household_facts
        column = stated.get(RECEIVED + key)
        newest = max((p for p in published if p.benefit == key), key=lambda p: p.month, default=None)
        if column is None and newest is None:
            continue
        recipients = cost = None
        if column is not None:
            amounts = np.nan_to_num(np.asarray(column, dtype=np.float64))
            recipients = total((amounts > 0).astype(np.float64), households)
            cost = total(amounts, households)
        found.append(Beside(paid.benefit, recipients, cost, newest))
    return found


def compared(found: Mapping[str, Any]) -> dict[str, tuple[float | None, float | None]]:
    """Return what stands beside each simulated figure: the survey's and the published one, in the JSON form.

    Respondents answer for their household, so what they report stands beside households that receive, not beside
    persons for whom a benefit is paid.
    """
    survey, published = found["survey"], found["published"] or {}
    households, cost = (None if survey[k] is None else survey[k]["value"] for k in ("recipients", "cost"))
    beside = {
        "recipients": (None, published.get("recipients")),
        "households": (households, None),
        "cost": (cost, published.get("cost")),
    }
    return {key: told for key, told in beside.items() if told != (None, None)}
