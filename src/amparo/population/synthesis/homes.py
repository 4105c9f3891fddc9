"""Dwellings, households and who lives in them: region, commune, size, roles, sex and age of the head."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.population.synthesis.margins import Choice, Floats, Ints, Margins, band

ROLES = "HPCKSLGMWBRN"
HEAD, PARTNER, CHILD, OF_HEAD, OF_PARTNER, IN_LAW, GRANDCHILD, PARENT, PARENT_IN_LAW, SIBLING, RELATIVE, OTHER = range(
    len(ROLES)
)
FIRST_HEAD = 15  # the youngest head in the table of ages
ROUNDS = 12  # of raking the compositions of a region to its sizes and heads: they settle after about six


class Homes(NamedTuple):
    """A block of households and the roles in them.

    Attributes:
        dwelling, region, commune, head_age, head_female, size: [households].
        home, role, position: [persons]; position counts from 0, the head's, inside the household.
    """

    dwelling: Ints
    region: Ints
    commune: Ints
    head_age: Ints
    head_female: NDArray[np.bool_]
    size: Ints
    home: Ints
    role: Ints
    position: Ints

    @property
    def start(self) -> Ints:
        """The row of each household's head."""
        return np.cumsum(self.size) - self.size


@dataclass(frozen=True)
class Compositions:
    """Which households exist: their roles, and how frequent they are in each region."""

    margins: Margins

    @cached_property
    def names(self) -> list[str]:
        """The compositions, as texts of roles."""
        return list(self.margins["compositions.per_million"])

    @cached_property
    def sizes(self) -> Ints:
        """Members of each composition."""
        return np.array([len(n) for n in self.names])

    @cached_property
    def roles(self) -> Ints:
        """[compositions, largest size] role codes."""
        found = np.zeros((len(self.names), int(self.sizes.max())), dtype=np.int64)
        for row, name in enumerate(self.names):
            found[row, : len(name)] = [ROLES.index(r) for r in name]
        return found

    @cached_property
    def cells(self) -> Ints:
        """[cells, 3] composition, sex of the head (1 female), band of the head's age: those that occur."""
        return np.argwhere(self._table > 0)

    @cached_property
    def _table(self) -> Floats:
        rows = np.array(list(self.margins["compositions.per_million"].values()), dtype=np.float64)
        return rows.reshape(len(self.names), 2, -1)

    @cached_property
    def by_region(self) -> Choice:
        """Cells by region: the country's, raked to the region's household sizes and ages of heads."""
        sizes, ages = self.margins.array("regions.size"), self.margins.array("regions.head_age")
        size = np.minimum(self.sizes, sizes.shape[1])[self.cells[:, 0]] - 1
        age = self.cells[:, 2]
        base = self._table[tuple(self.cells.T)]
        found = np.tile(base / base.sum(), (len(sizes), 1))
        for r in range(len(sizes)):
            for _ in range(ROUNDS):
                for code, goal in ((size, sizes[r]), (age, ages[r])):
                    now = np.bincount(code, found[r], len(goal))
                    found[r] *= np.divide(goal, now, out=np.zeros_like(goal), where=now > 0)[code]
        return Choice.of(found)

    @cached_property
    def head_age(self) -> Choice:
        """Single years of age by size of the household, sex and band of the head."""
        ages, starts = self.margins.array("heads.age"), np.asarray(self.margins["regions.head_age_from"])
        years = band(np.arange(ages.shape[-1]) + FIRST_HEAD, starts)
        rows = ages.reshape(-1, ages.shape[-1])
        return Choice.of(np.stack([np.where(years == b, row, 0) for row in rows for b in range(len(starts))]))

    @cached_property
    def regions(self) -> Floats:
        """Where each region's share of dwellings ends."""
        shares = self.margins.array("regions.households")
        return np.asarray(np.cumsum(shares) / shares.sum())

    @cached_property
    def communes(self) -> tuple[tuple[str, ...], Choice]:
        """All communes, and their shares in each region."""
        names: list[str] = []
        rows: list[tuple[int, list[float]]] = []
        for region in self.margins["regions.keys"]:
            inside = self.margins[f"communes.{region}"]
            rows.append((len(names), list(inside.values())))
            names += inside
        shares = np.zeros((len(rows), len(names)))
        for r, (first, values) in enumerate(rows):
            shares[r, first : first + len(values)] = values
        return tuple(names), Choice.of(shares)


def homes(found: Compositions, count: int, rng: np.random.Generator) -> Homes:
    """Draw so many households; those of one dwelling follow each other and share region and commune."""
    second = rng.random(count) < found.margins["regions.second"]
    second[0] = False
    second[1:] &= ~second[:-1]  # at most two households in a dwelling
    dwelling = np.cumsum(~second) - 1
    dwellings = int(dwelling[-1]) + 1
    spread = (rng.permutation(dwellings) + rng.random(dwellings)) / dwellings  # systematic: little chance in sizes
    of_dwelling = np.searchsorted(found.regions, spread).clip(0, len(found.regions) - 1)
    commune = found.communes[1].at(of_dwelling, rng.random(dwellings))[dwelling]
    region = of_dwelling[dwelling]
    cell = found.cells[found.by_region.at(region, rng.random(count))]
    composition, female, ages = cell.T
    bands = len(found.margins["regions.head_age_from"])
    size = found.sizes[composition]
    row = ((np.minimum(size, found.margins.array("heads.age").shape[0]) - 1) * 2 + female) * bands + ages
    head_age = found.head_age.at(row, rng.random(count)) + FIRST_HEAD
    home = np.repeat(np.arange(count), size)
    position = np.arange(len(home)) - (np.cumsum(size) - size)[home]
    role = found.roles[composition[home], position]
    return Homes(dwelling, region, commune, head_age, female == 1, size, home, role, position)


def any_of(homes_: Homes, chosen: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which households have a chosen member."""
    found = np.zeros(len(homes_.size), dtype=np.bool_)
    found[homes_.home[chosen]] = True
    return found
