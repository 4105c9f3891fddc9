"""Sex, age and kin of everybody: partners, children, grandchildren, parents, siblings, old enough for each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.population.synthesis.homes import (
    CHILD,
    GRANDCHILD,
    HEAD,
    IN_LAW,
    OF_HEAD,
    OF_PARTNER,
    OTHER,
    PARENT,
    PARENT_IN_LAW,
    PARTNER,
    RELATIVE,
    ROLES,
    SIBLING,
    Homes,
    any_of,
)
from amparo.population.synthesis.margins import Choice, Floats, Ints, Margins, band

Marks = NDArray[np.bool_]
NONE, ELSEWHERE = 0, 99  # pointers are positions from 1
TWO_PARENTS, ONE_PARENT, THIRD_GENERATION = range(3)  # kinds of households in the table of children's ages
GENERATION = 15  # years between parent and child, at least
ADULT, OLDEST, GROWN = 18, 105, 25
NEAR = 30  # years from which the age of a child too old for a parent is drawn anew, below the oldest possible


class People(NamedTuple):
    """Persons of a block: [persons] each; pointers are positions in the household from 1, NONE or ELSEWHERE."""

    age: Ints
    female: Marks
    mother: Ints
    father: Ints
    partner: Ints
    married: Marks


@dataclass(frozen=True)
class Ages:
    """The tables of ages and sexes, ready to draw from."""

    margins: Margins

    @cached_property
    def partner_gap(self) -> Choice:
        """Years from −20 to 20 by sex and age (band) of the head."""
        return self.margins.choice("partners.gap")

    def drawn(self, table: str, of: Ints, rng: np.random.Generator, kind: Ints | int = 0) -> Ints:
        """Return ages drawn from a table of bands, given somebody else's age and, where it has several, the kind."""
        starts = np.asarray([*self.margins[f"{table}.age_from"], self.margins[f"{table}.last_age"] + 1])
        bands = self.margins[f"{table}.head_age_from"]
        row = kind * len(bands) + band(of, bands)
        at = self._tables[table].at(row, rng.random(len(of)))
        found: Ints = (starts[at] + rng.random(len(of)) * (starts[at + 1] - starts[at])).astype(np.int64)
        return found

    @cached_property
    def _tables(self) -> dict[str, Choice]:
        return {t: self.margins.choice(f"{t}.shares") for t in ("children", "grandchildren", "relatives", "others")}

    def years(self, gap: str, rows: int, rng: np.random.Generator) -> Floats:
        """Return differences in age of a kind of kin."""
        mean, deviation = self.margins[f"gaps.{gap}"]
        return np.asarray(mean + deviation * rng.standard_normal(rows))

    @cached_property
    def women(self) -> Floats:
        """[roles and one more, bands] share of women by age; the last: children beside a third generation."""
        even = [0.5] * len(self.margins["women.age_from"])  # head and partner have their sex from elsewhere
        rows = [even if r in "HP" else self.margins[f"women.{r}"] for r in ROLES]
        return np.array([*rows, self.margins["women.third"]])


def people(homes: Homes, ages: Ages, rng: np.random.Generator) -> People:
    """Draw sex, age and kin of every member."""
    age, female = _ages(homes, ages, rng)
    family = _Family(homes, age, female)
    family.couples()
    family.children()
    family.in_laws(ages, rng)
    family.grandchildren(ages, rng)
    family.elders()
    family.absent()
    return family.people(_married(homes, family.partner, ages, rng))


def _ages(homes: Homes, ages: Ages, rng: np.random.Generator) -> tuple[Ints, Marks]:
    """Draw ages and sexes before anybody is made old enough for anybody."""
    role, home, rows = homes.role, homes.home, len(homes.role)
    of_head = homes.head_age[home]
    age = of_head.copy()
    head_female = homes.head_female[home]

    partner = np.flatnonzero(role == PARTNER)
    bands = ages.margins["partners.head_age_from"]
    row = head_female[partner] * len(bands) + band(of_head[partner], bands)
    gap = ages.partner_gap.at(row, rng.random(len(partner))) - 20
    age[partner] = np.clip(of_head[partner] + gap, GENERATION, 100)
    of_partner = homes.head_age.copy()
    of_partner[home[partner]] = age[partner]
    of_partner = of_partner[home]

    child = np.flatnonzero((role == CHILD) | (role == OF_HEAD) | (role == OF_PARTNER))
    parent = np.where(role == OF_PARTNER, of_partner, np.where(role == CHILD, np.minimum(of_head, of_partner), of_head))
    third = any_of(homes, (role == GRANDCHILD) | (role == IN_LAW))
    kind = np.where(third, THIRD_GENERATION, np.where(any_of(homes, role == PARTNER), TWO_PARENTS, ONE_PARENT))
    drawn = ages.drawn("children", parent[child], rng, kind[home[child]])
    room = np.maximum(parent[child] - GENERATION, 0)
    again = room - (rng.random(len(child)) * np.minimum(room + 1, NEAR)).astype(np.int64)
    age[child] = np.where(drawn <= room, drawn, again)

    for code, table in ((GRANDCHILD, "grandchildren"), (RELATIVE, "relatives"), (OTHER, "others")):
        mine = np.flatnonzero(role == code)
        age[mine] = ages.drawn(table, of_head[mine], rng)
    for code, gap_of, base in (
        (PARENT, "parent", of_head),
        (PARENT_IN_LAW, "parent_in_law", of_partner),
        (SIBLING, "sibling", of_head),
    ):
        mine = np.flatnonzero(role == code)
        age[mine] = base[mine] + np.rint(ages.years(gap_of, len(mine), rng)).astype(np.int64)
        if code != SIBLING:
            age[mine] = np.maximum(age[mine], base[mine] + GENERATION)
    age = np.clip(age, 0, OLDEST)

    row = role.copy()
    row[child[third[home[child]]]] = len(ROLES)
    female = rng.random(rows) < ages.women[row, band(age, ages.margins["women.age_from"])]
    female = np.where(role == HEAD, head_female, female)
    same = rng.random(rows) < ages.margins["partners.same_sex"]
    female = np.where(role == PARTNER, head_female ^ ~same, female)
    return age, female


def _married(homes: Homes, partner: Ints, ages: Ages, rng: np.random.Generator) -> Marks:
    """Draw which couples are married, once for both; a child and a child-in-law count as the head's age says."""
    shares, starts = ages.margins.array("partners.married"), ages.margins["partners.head_age_from"]
    of_home = rng.random(len(homes.size)) < shares[band(homes.head_age, starts)]
    return np.asarray((partner != NONE) & of_home[homes.home])


class _Family:
    """Pointers in the making."""

    def __init__(self, homes: Homes, age: Ints, female: Marks) -> None:
        self.homes, self.age, self.female = homes, age, female
        self.mother, self.father, self.partner = (np.zeros(len(age), dtype=np.int64) for _ in range(3))
        self.row = homes.start[homes.home]  # the head's row
        self.mate = np.full(len(homes.size), -1)  # the row of the head's partner
        mates = np.flatnonzero(homes.role == PARTNER)
        self.mate[homes.home[mates]] = mates

    def people(self, married: Marks) -> People:
        """Return what was found."""
        return People(self.age, self.female, self.mother, self.father, self.partner, married)

    def point(self, who: Ints, parent: Ints) -> None:
        """Make `parent` (rows, −1 nobody) the mother or father, by sex, of `who`, where old enough."""
        ok = (parent >= 0) & (self.age[np.maximum(parent, 0)] - self.age[who] >= GENERATION)
        who, parent = who[ok], parent[ok]
        her = self.female[parent]
        self.mother[who[her]] = self.homes.position[parent[her]] + 1
        self.father[who[~her]] = self.homes.position[parent[~her]] + 1

    def pair(self, one: Ints, other: Ints) -> None:
        """Make two rows partners."""
        self.partner[one] = self.homes.position[other] + 1
        self.partner[other] = self.homes.position[one] + 1

    def couples(self) -> None:
        """Head and partner."""
        mates = self.mate[self.mate >= 0]
        self.pair(self.row[mates], mates)

    def children(self) -> None:
        """Children of head, partner or both."""
        role = self.homes.role
        of_both, of_head, of_partner = (np.flatnonzero(role == r) for r in (CHILD, OF_HEAD, OF_PARTNER))
        self.point(np.concatenate([of_both, of_head]), self.row[np.concatenate([of_both, of_head])])
        step = np.concatenate([of_both, of_partner])
        self.point(step, self.mate[self.homes.home[step]])

    def _eldest(self, needed: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the children of the households of some rows, eldest first, with each household's first and count."""
        wanted = np.zeros(len(self.homes.size), dtype=np.bool_)
        wanted[self.homes.home[needed]] = True
        role = self.homes.role
        mine = np.flatnonzero(wanted[self.homes.home] & ((role == CHILD) | (role == OF_HEAD) | (role == OF_PARTNER)))
        mine = mine[np.lexsort((-self.age[mine], self.homes.home[mine]))]
        count = np.bincount(self.homes.home[mine], minlength=len(wanted))
        return mine, np.cumsum(count) - count, count

    def in_laws(self, ages: Ages, rng: np.random.Generator) -> None:
        """Each child-in-law is the partner of a grown child, the eldest first."""
        mine = np.flatnonzero(self.homes.role == IN_LAW)
        if not len(mine):
            return
        children, first, count = self._eldest(mine)
        home = self.homes.home[mine]
        place = np.arange(len(mine)) - np.searchsorted(home, home)
        has = place < count[home]
        mine, home, place = mine[has], home[has], place[has]
        child = children[first[home] + place]
        grown = self.age[child] >= ADULT
        mine, child = mine[grown], child[grown]
        years = np.rint(4 * rng.standard_normal(len(mine))).astype(np.int64)
        self.age[mine] = np.clip(self.age[child] + years, ADULT, 95)
        self.female[mine] = ~self.female[child]
        self.pair(mine, child)

    def grandchildren(self, ages: Ages, rng: np.random.Generator) -> None:
        """A grandchild under age is, as often as the margins say, the child of a child and of that child's partner."""
        mine = np.flatnonzero((self.homes.role == GRANDCHILD) & (self.age < ADULT))
        if not len(mine):
            return
        children, first, count = self._eldest(mine)
        home = self.homes.home[mine]
        has = (count[home] > 0) & (rng.random(len(mine)) < ages.margins["grandchildren_at_home.share"])
        mine, home = mine[has], home[has]
        chosen = rng.random(len(self.homes.size))[home]  # one child for all grandchildren of a household
        place = (chosen * np.minimum(count[home], 2)).astype(np.int64)
        eldest, parent = children[first[home]], children[first[home] + place]
        father = (self.partner[parent] == NONE) & ~self.female[parent]
        parent = np.where(father & (self.female[eldest] | (self.partner[eldest] != NONE)), eldest, parent)
        room = self.age[parent] - GENERATION
        other = self.partner[parent] - 1
        mate = np.where(other >= 0, self.row[parent] + other, -1)
        room = np.where(mate >= 0, np.minimum(room, self.age[np.maximum(mate, 0)] - GENERATION), room)
        fits = room >= 0
        mine, parent, mate, room = mine[fits], parent[fits], mate[fits], room[fits]
        again = (rng.random(len(mine)) * (np.minimum(room, ADULT - 1) + 1)).astype(np.int64)
        self.age[mine] = np.where(self.age[mine] <= room, self.age[mine], again)
        self.point(mine, parent)
        self.point(mine, mate)

    def elders(self) -> None:
        """Parents of the head and of the partner; two of them are a couple of both sexes; siblings share the head's."""
        role, home = self.homes.role, self.homes.home
        for code in (PARENT, PARENT_IN_LAW):
            mine = np.flatnonzero(role == code)
            if not len(mine):
                continue
            child = self.row[mine] if code == PARENT else self.mate[home[mine]]
            second = np.concatenate([[False], home[mine][1:] == home[mine][:-1]])
            self.female[mine[second]] = ~self.female[mine[np.flatnonzero(second) - 1]]
            self.pair(mine[second], mine[np.flatnonzero(second) - 1])
            known = child >= 0
            self.point(child[known], mine[known])
            if code == PARENT:
                of_home = np.full(len(self.homes.size), -1)
                of_home[home[mine]] = mine
                siblings = np.flatnonzero(role == SIBLING)
                self.point(siblings, of_home[home[siblings]])

    def absent(self) -> None:
        """A parent of somebody under 25 who is not in the household lives elsewhere; of others nothing is said."""
        role = self.homes.role
        young = (self.age < GROWN) & (role != HEAD) & (role != PARTNER) & (role != IN_LAW)
        self.mother[young & (self.mother == NONE)] = ELSEWHERE
        self.father[young & (self.father == NONE)] = ELSEWHERE
