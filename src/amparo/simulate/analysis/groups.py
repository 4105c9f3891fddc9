"""Groups of persons by which results are told: decile, sex, age, region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.policy import Country
from amparo.population.table import Population

Labels = NDArray[Any]
AGES = ((0, "0–5"), (6, "6–17"), (18, "18–29"), (30, "30–59"), (60, "60+"))


@dataclass(frozen=True)
class Groups:
    """Persons by one dimension: codes [persons] are positions in the labels (numbers sort faster than texts)."""

    labels: list[Any]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, labels: Sequence[Any], places: NDArray[Any]) -> Groups:
        """Return the groups that occur, in the order of their labels; places [persons] are positions in them."""
        known = np.flatnonzero(np.bincount(places, minlength=len(labels))).tolist()
        codes = np.zeros(len(labels), dtype=np.intp)
        codes[known] = np.arange(len(known))
        return cls([labels[k] for k in known], codes[places])


def groups_of(country: Country, population: Population, decile: Labels) -> dict[str, Groups]:
    """Return persons' groups by dimension; a dimension that the population lacks is left out."""
    found = {"decile": Groups.of(range(11), decile)}
    if "sex" in population.persons and "sex" in country.inputs:
        found["sex"] = Groups.of(country.inputs["sex"].type.categories, population.persons["sex"])
    if "age" in population.persons:
        starts = np.array([start for start, _ in AGES])
        place = np.searchsorted(starts, population.persons["age"], side="right") - 1
        found["age_group"] = Groups.of([name for _, name in AGES], place)
    if "region" in population.household_facts:
        found["region"] = _regions(population)
    return found


def _regions(population: Population) -> Groups:
    """Return regions by name in the order of the file's codes; −1, which has none, comes last."""
    codes = population.to_persons(population.household_facts["region"])
    names = population.labels.get("region")
    if names is not None:
        return Groups.of([*names, ""], np.where(codes < 0, len(names), codes))
    known, place = np.unique(codes, return_inverse=True)
    return Groups.of(known.tolist(), place)
