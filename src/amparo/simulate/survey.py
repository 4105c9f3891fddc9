"""What a survey itself says, before any simulation: its size, its poverty, who tells of receiving what, by decile."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.measures import Grouping, SurveyDesign, deciles, mean, total
from amparo.policy import Country
from amparo.population.mapping import RECEIVED, Mapping
from amparo.population.poverty import STATUS
from amparo.population.table import Population
from amparo.simulate.document import estimate
from amparo.simulate.welfare import Welfare, design_of, surveyed

DECILE = "decile"  # the household fact that holds the survey's own decile, if it has one
TENTHS = range(1, 11)


def describe(country: Country, population: Population, mapping: Mapping) -> dict[str, Any]:
    """Return what a survey says of itself: size, poverty by its method and as published, who receives what.

    Returns:
        `name`, `source`, `income_month`; `households` and `persons` (`rows`, `weighted`); `poverty` (None without a
        method): `method`, `headcount` and `extreme` as estimates, `published` (shares of the official status, and on
        how many persons it differs from the method); `received`: for each benefit `benefit`, `names`, `households`,
        `monthly_amount`, `by_decile`: shares of the recipient households, poorest tenth first (None without deciles).
    """
    design = design_of(population)
    homes = SurveyDesign(population.weight, population.stratum, _clusters(population))
    welfare = surveyed(population, mapping.poverty, np.zeros(population.household_count)) if mapping.poverty else None
    tenth = _deciles(population, welfare, design)
    names = {b.key: b.names for p in country.programmes for b in p.benefits}
    return {
        "name": mapping.name,
        "source": mapping.source,
        "income_month": f"{mapping.income_month:%Y-%m}" if mapping.income_month else None,
        "households": {"rows": population.household_count, "weighted": float(population.weight.sum())},
        "persons": {"rows": population.person_count, "weighted": float(population.weight_of_persons().sum())},
        "poverty": _poverty(population, mapping, welfare, design) if welfare else None,
        "received": [
            _received(key.removeprefix(RECEIVED), column, tenth, homes, names)
            for key, column in population.household_facts.items()
            if key.startswith(RECEIVED)
        ],
    }


def _clusters(population: Population) -> NDArray[Any]:
    return np.arange(population.household_count) if population.cluster is None else population.cluster


def _deciles(population: Population, welfare: Welfare | None, design: SurveyDesign) -> NDArray[np.int64] | None:
    """Return each household's decile: the survey's own, or of income per head; 0 for who has none."""
    own = population.household_facts.get(DECILE)
    if own is not None:
        return np.nan_to_num(np.asarray(own, dtype=np.float64)).astype(np.int64)
    if welfare is None:
        return None
    head = population.to_persons(welfare.per_head(welfare.income))
    of_persons = np.where(welfare.measured, deciles(head, design, domain=welfare.measured), 0)
    found = np.zeros(population.household_count, dtype=np.int64)
    np.maximum.at(found, population.household_of_person(), of_persons)
    return found


def _poverty(population: Population, mapping: Mapping, welfare: Welfare, design: SurveyDesign) -> dict[str, Any]:
    method = mapping.poverty
    assert method is not None  # noqa: S101 - welfare is measured by it
    poor = method.poor(population)
    has_extreme = method.extreme is not None or bool(method.extreme_column)
    extreme = method.extremely_poor(population) if has_extreme else None
    found = {"method": method.name, "headcount": _share(poor, design, welfare.measured), "extreme": None}
    if extreme is not None:
        found["extreme"] = _share(extreme, design, welfare.measured)
    status = population.person_facts.get(STATUS)
    if status is not None:
        known = np.asarray(status >= 0)
        found["published"] = {
            "poor": mean.value(status >= 1, design, domain=known),
            "extreme": mean.value(status == 2, design, domain=known),
            "persons_who_differ": int(np.count_nonzero(known & (poor != (status >= 1)))),
        }
    return found


def _share(marks: NDArray[np.bool_], design: SurveyDesign, domain: NDArray[np.bool_]) -> Any:
    return estimate(mean(marks.astype(np.float64), design, domain=domain))


def _received(
    key: str, column: Any, tenth: NDArray[np.int64] | None, homes: SurveyDesign, names: Table[str, Any]
) -> dict[str, Any]:
    amounts = np.nan_to_num(np.asarray(column, dtype=np.float64))
    marks = amounts > 0
    by_decile = None
    if tenth is not None and homes.weight[marks & (tenth > 0)].any():
        shares = Grouping(tenth, homes, domain=tenth > 0).shares(marks)
        by_decile = [0.0 if (share := shares.get(k)) is None else share.value for k in TENTHS]
    return {
        "benefit": key,
        "names": dict(names.get(key, {})),
        "households": estimate(total(marks.astype(np.float64), homes)),
        "monthly_amount": estimate(total(amounts, homes)),
        "by_decile": by_decile,
    }
