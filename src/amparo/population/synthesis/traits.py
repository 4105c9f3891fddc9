"""Traits drawn from declared chances: school, formality, disability, insurance, what registers say of a household.

[[traits]]
key = "student"                    # a new column
by = "age"                         # an earlier column (of the household too), in bands
from = [0, 2, 4, 6]
chance = [0.2, 0.5, 0.9, 0.97]     # of yes, in each band
among = { works = [0, 0] }         # everybody else: no, or 0
uniform = [85, 100]                # instead of yes: a whole number of this range
levels = ["none", "mild"]          # instead of yes or no: `chance` holds rows, one share for each level
figures = [40, 50]                 # instead of a chance: the figure of each band
household = true                   # drawn once for the household
confidence = "assumed"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.population.encoding import smallest_integer
from amparo.population.synthesis.margins import Choice, Margins, band

Column = NDArray[Any]


class Columns:
    """Columns of persons and of households under one set of names."""

    def __init__(self, home: NDArray[np.int64], households: int) -> None:
        self.home, self.households = home, households
        self.of_persons: dict[str, Column] = {}
        self.of_households: dict[str, Column] = {}
        self.levels: dict[str, tuple[str, ...]] = {}

    def get(self, key: str, *, household: bool) -> Column:
        """Return a column as persons, or as households, see it."""
        if key in self.of_households:
            return self.of_households[key] if household else self.of_households[key][self.home]
        if household or key not in self.of_persons:
            known = {**self.of_households, **({} if household else self.of_persons)}
            raise PopulationError(f"the margins read a trait '{key}' that is not there yet.{nearest(key, known)}")
        return self.of_persons[key]


def draw_traits(columns: Columns, margins: Margins, rng: np.random.Generator) -> None:
    """Add every declared trait, in the order of the file."""
    for trait in margins.lists.get("traits", ()):
        _draw(columns, trait, rng)


def _draw(columns: Columns, trait: Mapping[str, Any], rng: np.random.Generator) -> None:
    of_household = bool(trait.get("household"))
    rows = columns.households if of_household else len(columns.home)
    row = np.zeros(rows, dtype=np.int64)
    if "by" in trait:
        row = band(columns.get(trait["by"], household=of_household), trait["from"])
    inside = np.ones(rows, dtype=np.bool_)
    for key, (low, high) in trait.get("among", {}).items():
        column = columns.get(key, household=of_household)
        inside &= (column >= low) & (column <= high)
    found: Column
    if "figures" in trait:
        figures = np.asarray(trait["figures"])
        found = np.where(inside, figures[row], 0).astype(smallest_integer(0, int(figures.max())))
    elif "levels" in trait:
        columns.levels[trait["key"]] = tuple(trait["levels"])
        level = Choice.of(np.asarray(trait["chance"], dtype=np.float64)).at(row, rng.random(rows))
        found = np.where(inside, level, 0).astype(np.int8)
    else:
        yes = inside & (rng.random(rows) < np.asarray(trait["chance"], dtype=np.float64)[row])
        found = yes
        if "uniform" in trait:
            ranges = np.broadcast_to(np.asarray(trait["uniform"]), (len(trait["chance"]), 2))
            low, high = ranges[row].T
            found = np.where(yes, rng.integers(low, high + 1), 0).astype(smallest_integer(0, int(ranges.max())))
    (columns.of_households if of_household else columns.of_persons)[trait["key"]] = found
