"""A small invented country for tests that need one rule and three households."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from tests.execute.random_programmes import BRL, LAW, MONTH, world

from amparo.expr import trace
from amparo.expr.rules import Rule
from amparo.policy import Country, Edition
from amparo.population.encoding import encoded, stored_type
from amparo.population.table import NOBODY, Population

PLACE = world(BRL)
Person: Any = PLACE.person
Household: Any = PLACE.household
COUNTRY: Country = PLACE.country
EMPTY: dict[str, Any] = {
    "status": "single", "zone": "north", "born": date(1990, 5, 20), "since": date(2020, 1, 1),
}  # fmt: skip


def edition_of(*rules: Rule[Any, Any], on: date = MONTH) -> Edition:
    """Return the law of a month that consists of some rules."""
    return replace(COUNTRY.on(on), graph=trace(*rules, on=on), benefits=())


def _plain(stated: Any) -> Any:
    return Fraction(str(stated)) if isinstance(stated, float) else stated  # 100.01 means one hundred and one cent


def people(*members: Sequence[Mapping[str, Any]], homes: Sequence[Mapping[str, Any]] | None = None) -> Population:
    """Return households of members given by what differs from nothing: people([{"wage": 10}], []).

    Relations are positions inside the household.
    """
    everyone = [m for home in members for m in home]
    homes = homes or [{} for _ in members]
    offsets = np.cumsum([0, *(len(home) for home in members)]).astype(np.int32)

    def columns(declared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {
            key: np.array(
                [encoded(_plain(row.get(key, EMPTY.get(key, 0))), each.type) for row in rows],
                dtype=stored_type(each.type),
            )
            for key, each in declared.items()
        }

    pointers = {key: np.array([m.get(key, NOBODY) for m in everyone], dtype=np.int32) for key in Person.relations}
    return Population(offsets, columns(Person.inputs, everyone), columns(Household.inputs, homes), pointers)


__all__ = ["BRL", "COUNTRY", "LAW", "MONTH", "PLACE", "Household", "Person", "edition_of", "people"]
