"""Household incomes as the margins have them: every block is brought to the distribution of its regions by rank."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from amparo.population.synthesis.families import People
from amparo.population.synthesis.homes import Homes
from amparo.population.synthesis.margins import Floats, Ints, Margins
from amparo.population.synthesis.work import Earned

ELDERLY, MINOR, MOST = 65, 18, 2
EXPONENT = "poverty.exponent"


class Incomes(NamedTuple):
    """Incomes in currency a month.

    Attributes:
        earned: of persons, after calibration: earnings, pension, capital, transfers.
        autonomous, subsidies, imputed_rent: [households].
        hundredth: [households] 1 to 100, place in autonomous income per head.
        needs_hundredth: the same of autonomous income per equivalent person: what a register would rank by.
    """

    earned: Earned
    autonomous: Floats
    subsidies: Floats
    imputed_rent: Floats
    hundredth: Ints
    needs_hundredth: Ints


def incomes(homes: Homes, people: People, raw: Earned, margins: Margins, rng: np.random.Generator) -> Incomes:
    """Bring a block's incomes to the quantiles of its regions, households keeping their places.

    Autonomous income per head comes first, and every source moves by one factor within the household. Subsidies and
    imputed rent are drawn for it; imputed rent then makes total income per equivalent person follow its own quantiles.
    """
    count, region = len(homes.size), homes.region
    size = homes.size.astype(np.float64)
    before = _sum(homes, raw.earnings + raw.pension + raw.capital + raw.transfers)
    target = _placed(before / size, region, size, margins.curve("incomes", "autonomous").at, rng) * size
    made = _moved(homes, raw, before, np.rint(target))
    autonomous = _sum(homes, made.earnings + made.pension + made.capital + made.transfers)

    place = _shares(autonomous / size, np.zeros(count, dtype=np.int64), np.ones(count), rng)
    subsidies = _subsidies(homes, people, place, margins, rng)
    rents = margins.curve("imputed_rent")
    rent = rents.at(np.minimum((place * len(rents.rows)).astype(np.int64), len(rents.rows) - 1), rng.random(count))
    scale = size ** margins[EXPONENT]
    total = autonomous + subsidies + rent
    wanted = _placed(total / scale, region, size, margins.curve("incomes", "equivalent").at, rng) * scale
    rent = np.rint(np.maximum(wanted - autonomous - subsidies, 0))
    needs = _shares(autonomous / scale, np.zeros(count, dtype=np.int64), np.ones(count), rng)
    return Incomes(made, autonomous, subsidies, rent, _hundredth(place), _hundredth(needs))


def _hundredth(place: Floats) -> Ints:
    return (place * 100).astype(np.int64) + 1


def _sum(homes: Homes, of_persons: Floats) -> Floats:
    return np.bincount(homes.home, of_persons, len(homes.size))


def _shares(values: Floats, group: Ints, weight: Floats, rng: np.random.Generator) -> Floats:
    """Return the place in (0, 1) of each value within its group; ties in random order."""
    order = np.lexsort((rng.random(len(values)), values, group))
    ends = np.cumsum(weight[order])
    total = np.bincount(group, weight)
    before = (np.cumsum(total) - total)[group[order]]
    found = np.empty(len(values))
    found[order] = (ends - weight[order] / 2 - before) / total[group[order]]
    return found.clip(0, 1 - 1e-12)


def _placed(values: Floats, group: Ints, weight: Floats, at: object, rng: np.random.Generator) -> Floats:
    """Return the margins' value at the place that each value has within its group."""
    return np.asarray(at(group, _shares(values, group, weight, rng)))  # type: ignore[operator]


def _moved(homes: Homes, raw: Earned, before: Floats, after: Floats) -> Earned:
    """Return every source times its household's factor; who has none and should have some is given a transfer."""
    factor = np.divide(after, before, out=np.zeros_like(after), where=before > 0)[homes.home]
    gift = np.where(before > 0, 0, after)[homes.home] * (homes.position == 0)
    earnings = np.rint(raw.earnings * factor)
    return Earned(
        raw.schooling,
        raw.works & (earnings > 0),
        earnings,
        np.rint(raw.pension * factor),
        np.rint(raw.capital * factor),
        np.rint(raw.transfers * factor) + gift,
    )


def _subsidies(homes: Homes, people: People, place: Floats, margins: Margins, rng: np.random.Generator) -> Floats:
    count = len(place)
    elderly = np.minimum(_sum(homes, (people.age >= ELDERLY) * 1.0), MOST)
    minors = np.minimum(_sum(homes, (people.age < MINOR) * 1.0), MOST)
    kinds = (MOST + 1) ** 2
    row = (np.minimum(place * 10, 9).astype(np.int64) * kinds + elderly * (MOST + 1) + minors).astype(np.int64)
    has = rng.random(count) < margins.array("subsidies.shares").ravel()[row]
    return np.rint(margins.curve("subsidies").at(row, rng.random(count)) * has)
