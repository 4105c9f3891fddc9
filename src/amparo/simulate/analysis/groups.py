"""Groups of persons by which results are told: decile, sex, age, region."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.policy import Country, countries
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
        found["region"] = _regions(population, country)
    return found


def _regions(population: Population, country: Country) -> Groups:
    """Return regions by name, as the country lists them or in the order of the file; −1, which has none, comes last."""
    codes = population.to_persons(population.household_facts["region"])
    names = population.labels.get("region")
    if names is None:
        known, place = np.unique(codes, return_inverse=True)
        labels: list[Any] = known.tolist()
    else:
        labels, place = [*names, ""], np.where(codes < 0, len(names), codes)
    regions = _geography(labels, country)
    listed = [_listed(label, regions) for label in labels]
    order = sorted(range(len(labels)), key=lambda k: (labels[k] == "", listed[k][0]))
    rank = np.argsort(order)
    return Groups.of([listed[k][1] for k in order], rank[place])


def _geography(labels: Sequence[Any], country: Country) -> list[dict[str, Any]]:
    """Return the list of regions, north to south: the country's own, or that of the country whose names these are.

    The law of one country may be simulated on the survey of another. Codes are read by the law's own country only.
    """
    texts = [label for label in labels if label and isinstance(label, str)]
    others = [each for each in countries().values() if each.key != country.key] if texts else []
    for each in (country, *others):
        file = each.folder.joinpath("regions.toml")
        if not file.is_file():
            continue
        regions: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["regions"]
        if each is country or all(_listed(text, regions)[0] < len(regions) for text in texts):
            return regions
    return []


def _listed(label: Any, regions: Sequence[dict[str, Any]]) -> tuple[int, Any]:
    """Return a label's place in the list and its name there; a label that the list lacks keeps its own, at the end."""
    for place, each in enumerate(regions):
        if label == each["code"] or (isinstance(label, str) and each["word"] in label):
            return place, each["name"]
    return len(regions), label
