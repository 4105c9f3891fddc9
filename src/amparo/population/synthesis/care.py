"""Who cares unpaid for whom: an adult of the household, mostly a woman of middle age, for who depends on others."""

from __future__ import annotations

import numpy as np

from amparo.population.synthesis.families import ADULT, NONE
from amparo.population.synthesis.homes import OTHER, Homes
from amparo.population.synthesis.margins import Ints, Margins, band
from amparo.population.synthesis.traits import Columns

MOST_CARED_FOR = 3


def carers(homes: Homes, columns: Columns, margins: Margins, rng: np.random.Generator) -> None:
    """Add `carer` (position from 1, 0 nobody), `carer_is_relative`, `is_carer` and `needs_care`.

    Of the adults of the household who do not depend on others themselves, one is drawn for each person in need, in
    proportion to the margins' weights by sex and age.
    """
    needs, age = columns.of_persons["dependency"], columns.of_persons["age"]
    female = columns.of_persons["female"].astype(np.int64)
    lowest = columns.levels["dependency"].index(margins["care.from_level"])
    weight = margins.array("care.weights")[female, band(age, margins["care.age_from"])]
    weight = np.where((age >= ADULT) & (needs < lowest), weight, 0.0)
    ends = np.cumsum(weight)
    before = (ends - weight)[homes.start]
    total = np.bincount(homes.home, weight, len(homes.size))
    woman = np.bincount(homes.home, weight * female, len(homes.size)) > 0
    share = margins.array("care.share")[woman.astype(np.int64)][homes.home]
    who = np.flatnonzero((needs >= lowest) & (total[homes.home] > 0) & (rng.random(len(age)) < share))
    aim = before[homes.home[who]] + rng.random(len(who)) * total[homes.home[who]]
    row = np.minimum(np.searchsorted(ends, aim, side="right"), len(age) - 1)
    who, row = _inside(homes, who, row, weight)
    carer = np.full(len(age), NONE, dtype=np.int16)
    carer[who] = homes.position[row] + 1
    columns.of_persons["carer"] = carer
    relative = np.zeros(len(age), dtype=np.bool_)
    relative[who] = (homes.role[who] != OTHER) & (homes.role[row] != OTHER)
    columns.of_persons["carer_is_relative"] = relative
    caring = np.zeros(len(age), dtype=np.bool_)
    caring[row] = True
    columns.of_persons["is_carer"] = caring
    columns.of_persons["needs_care"] = needs >= lowest


def _inside(
    homes: Homes, who: Ints, row: Ints, weight: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[Ints, Ints]:
    """Leave out what rounding put outside the household, and whoever would care for more than three."""
    ok = (homes.home[row] == homes.home[who]) & (weight[row] > 0)
    who, row = who[ok], row[ok]
    order = np.argsort(row, kind="stable")
    place = np.arange(len(row)) - np.searchsorted(row[order], row[order])
    few = np.sort(order[place < MOST_CARED_FOR])
    return who[few], row[few]
