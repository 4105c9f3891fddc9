"""Groups of persons by which results are told: decile, sex, age, region."""

from __future__ import annotations

from collections.abc import Mapping
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
    def of(cls, each: Labels) -> Groups:
        """Return the groups of a label for each person."""
        known, codes = np.unique(each, return_inverse=True)
        return cls(known.tolist(), codes.astype(np.intp))

    @property
    def names(self) -> Labels:
        """Each person's label."""
        return np.array(self.labels)[self.codes]


def groups_of(country: Country, population: Population, decile: Labels) -> dict[str, Groups]:
    """Return persons' groups by dimension; a dimension that the population lacks is left out."""
    found: dict[str, Labels | None] = {
        "decile": decile,
        "sex": _sex(country, population),
        "age_group": _ages(population),
        "region": _region(population),
    }
    return {name: Groups.of(labels) for name, labels in found.items() if labels is not None}


def _sex(country: Country, population: Population) -> Labels | None:
    if "sex" not in population.persons or "sex" not in country.inputs:
        return None
    return np.array(country.inputs["sex"].type.categories)[population.persons["sex"]]


def _ages(population: Population) -> Labels | None:
    if "age" not in population.persons:
        return None
    starts = np.array([start for start, _ in AGES])
    return np.array([name for _, name in AGES])[np.searchsorted(starts, population.persons["age"], side="right") - 1]


def _region(population: Population) -> Labels | None:
    facts: Mapping[str, Labels] = population.household_facts
    if "region" not in facts:
        return None
    codes = population.to_persons(facts["region"])
    names = population.labels.get("region")
    return np.array([*names, ""])[codes] if names else codes
