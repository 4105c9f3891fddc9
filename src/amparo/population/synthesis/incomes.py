"""Household incomes as the margins have them: every block is brought to the distribution of its regions by rank."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from amparo.population.synthesis.families import People
from amparo.population.synthesis.homes import Homes, any_of
from amparo.population.synthesis.margins import Floats, Ints, Margins
from amparo.population.synthesis.work import Earned

SMALL, MINOR, ELDERLY, MOST = 6, 18, 65, 2
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
    imputed rent are drawn for it; imputed rent then makes total income per equivalent person follow its own quantiles,
    and where other incomes exceed those, subsidies give way.
    """
    count = len(homes.size)
    size = homes.size.astype(np.float64)
    before = _sum(homes, raw.earnings + raw.pension + raw.capital + raw.transfers)
    kind = _kinds(homes, people, margins["incomes.sizes"])
    target = _calibrated(before / size, homes, kind, "autonomous", margins, rng) * size
    made = _moved(homes, raw, before, np.rint(target))
    autonomous = _sum(homes, made.earnings + made.pension + made.capital + made.transfers)

    place = _shares(autonomous / size, np.zeros(count, dtype=np.int64), np.ones(count), rng)
    subsidies = _subsidies(homes, people, place, margins, rng)
    rents = margins.curve("imputed_rent")
    rent = rents.at(np.minimum((place * len(rents.rows)).astype(np.int64), len(rents.rows) - 1), rng.random(count))
    scale = size ** margins[EXPONENT]
    total = autonomous + subsidies + rent
    wanted = np.rint(_calibrated(total / scale, homes, kind, "equivalent", margins, rng) * scale)
    subsidies = np.minimum(subsidies, np.maximum(wanted - autonomous, 0))
    rent = np.maximum(wanted - autonomous - subsidies, 0)
    needs = _shares(autonomous / scale, np.zeros(count, dtype=np.int64), np.ones(count), rng)
    return Incomes(made, autonomous, subsidies, rent, _hundredth(place), _hundredth(needs))


def _hundredth(place: Floats) -> Ints:
    return (place * 100).astype(np.int64) + 1


def _sum(homes: Homes, of_persons: Floats) -> Floats:
    return np.asarray(np.bincount(homes.home, of_persons, len(homes.size)), dtype=np.float64)


def _shares(values: Floats, group: Ints, weight: Floats, rng: np.random.Generator) -> Floats:
    """Return the place in (0, 1) of each value within its group; ties in random order."""
    order = np.lexsort((rng.random(len(values)), values, group))
    ends = np.cumsum(weight[order])
    total = np.bincount(group, weight)
    before = (np.cumsum(total) - total)[group[order]]
    found = np.empty(len(values))
    found[order] = (ends - weight[order] / 2 - before) / total[group[order]]
    return found.clip(0, 1 - 1e-12)


def _kinds(homes: Homes, people: People, sizes: int) -> Ints:
    """Return the kind of each household in the tables of incomes: small child, or elderly, or neither, times size."""
    small, elderly = any_of(homes, people.age < SMALL), any_of(homes, people.age >= ELDERLY)
    return np.where(small, 1, np.where(elderly, 2, 0)) * sizes + np.minimum(homes.size, sizes) - 1


def _calibrated(
    values: Floats, homes: Homes, kind: Ints, of: str, margins: Margins, rng: np.random.Generator
) -> Floats:
    """Bring an income per head to the quantiles of households of each kind, then to those of each region.

    A household keeps its place among those of its kind, then among those of its region; persons are counted.
    """
    weight = homes.size.astype(np.float64)
    for group, table in ((kind, f"{of}_by_kind"), (homes.region, of)):
        values = margins.curve("incomes", table).at(group, _shares(values, group, weight, rng))
    return values


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
    elderly = np.minimum(_sum(homes, (people.age >= ELDERLY).astype(np.float64)), MOST)
    minors = np.minimum(_sum(homes, (people.age < MINOR).astype(np.float64)), MOST)
    kinds = (MOST + 1) ** 2
    shares = margins.array("subsidies.shares")
    rank = (place * len(shares)).astype(np.int64)
    row = rank * kinds + (elderly * (MOST + 1) + minors).astype(np.int64)
    has = rng.random(count) < shares.ravel()[row]
    return np.rint(margins.curve("subsidies").at(row, rng.random(count)) * has)
