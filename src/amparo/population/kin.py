"""Relations between members, from pointers and from kinship columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.population.columns import chosen, codes, numbers
from amparo.population.encoding import Column
from amparo.population.mapping import Kin, RelationSource
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN

Rows = NDArray[np.int64]
Marks = NDArray[np.bool_]
ADULT = 18
GENERATION = 12  # years below which nobody is presumed to be somebody's parent


class Home(NamedTuple):
    """Where the persons of a file live, how to read one of its columns in their order, and their rows in the file.

    `of_person` and `start` are [persons]: the household, and the row of its first member.
    """

    of_person: Rows
    start: Rows
    households: int
    read: Callable[[str], pa.Array]
    line: Callable[[int], int]


def pointer(source: RelationSource, home: Home) -> Column:
    """Return positions in the household from a column that holds another column's value: [persons] int32.

    Raises:
        PopulationError: a pointer at nobody of the household, unless the mapping says what that means; at two members.
    """
    aims, known = numbers(home.read(source.column), source.column)
    names, named = numbers(home.read(source.match), source.match)
    nobody = chosen(home.read(source.column), source.column, source.nobody)
    low = int(min(aims.min(), names.min()))
    span = int(max(aims.max(), names.max())) - low + 1
    key = home.of_person * span + (names.astype(np.int64) - low)
    if named is not None:
        key[~named] = -1  # whom nobody can point at
    order = np.argsort(key, kind="stable")
    wanted = home.of_person * span + (aims.astype(np.int64) - low)
    place = np.minimum(np.searchsorted(key, wanted, sorter=order), len(key) - 1)
    row = order[place]
    found = np.where(key[row] == wanted, row - home.start, OUTSIDE if source.elsewhere == "outside" else UNKNOWN)
    aimed = ~nobody if known is None else ~nobody & known
    lost = (key[row] != wanted) & aimed
    other = order[np.minimum(place + 1, len(key) - 1)]
    twice = (key[row] == wanted) & (key[other] == wanted) & (other != row) & aimed
    if twice.any():
        first = int(np.argmax(twice))
        raise PopulationError(
            f"column '{source.column}' points at two members of one household, first on row {home.line(first)} "
            f"({aims[first]}); give each member their own '{source.match}'."
        )
    if lost.any() and not source.elsewhere:
        first = int(np.argmax(lost))
        raise PopulationError(
            f"column '{source.column}' of {np.count_nonzero(lost)} persons points at nobody in their household, "
            f'first on row {home.line(first)} ({aims[first]}); write elsewhere = "unknown" or "outside".'
        )
    if known is not None:
        found = np.where(known, found, NOBODY if source.empty == "nobody" else UNKNOWN)
    return np.where(nobody, NOBODY, found).astype(np.int32)


class Traits(NamedTuple):
    """What is known of each person: [persons]; of unknown sex is who is in neither mark."""

    female: Marks
    not_female: Marks
    age: Column
    aged: Marks  # whose age is known


class Roles(NamedTuple):
    """Rows of head and partner of each person's unit (−1 nobody), and whose child each person is, or may be."""

    head: Rows
    partner: Rows
    child_of_head: Marks
    child_of_partner: Marks
    perhaps_of_head: Marks
    perhaps_of_partner: Marks


def relations_from_kin(kin: tuple[Kin, ...], wanted: tuple[str, ...], home: Home, traits: Traits) -> dict[str, Column]:
    """Return mother, father and partner as the kin tables give them; the first table that finds somebody wins.

    A parent of unknown sex makes mother and father unknown, and so does an unknown age where it decides.

    Args:
        kin: tables, the narrowest unit first (the family nucleus, then the household).
        wanted: which of "mother", "father", "partner".
        home: where persons live.
        traits: parents are told apart by sex, presumed children by age.
    """
    persons = len(traits.age)
    sexes = {"mother": (traits.female, ~traits.not_female), "father": (traits.not_female, ~traits.female)}
    found = {key: np.full(persons, NOBODY, dtype=np.int64) for key in wanted}
    for each in kin:
        roles = _roles(each, home, traits)
        for key in wanted:
            row = _partners(roles, persons) if key == "partner" else _parents(roles, *sexes[key])
            seen = np.where(row >= 0, row - home.start, row)
            found[key] = np.where((found[key] < 0) & (seen != NOBODY), seen, found[key])
    return {key: positions.astype(np.int32) for key, positions in found.items()}


def _pointed(source: RelationSource, home: Home) -> Roles:
    """Return whoever a pointer names as the head of a unit of two; what points at nobody here says nothing."""
    aim = pointer(source, home)
    nobody = np.full(len(aim), -1, dtype=np.int64)
    child, no = aim >= 0, np.zeros(len(aim), dtype=np.bool_)
    return Roles(np.where(child, aim + home.start, nobody), nobody, child, no, child, no)


def _roles(kin: Kin, home: Home, traits: Traits) -> Roles:
    if kin.parent is not None:
        return _pointed(kin.parent, home)
    age = traits.age
    column = home.read(kin.column)
    unit = home.of_person
    for name in kin.within:
        part, texts = codes(home.read(name), name)
        unit = unit * (len(texts) + 1) + part + 1
    if kin.within:
        _, unit = np.unique(unit, return_inverse=True)
    units = int(unit.max()) + 1 if len(unit) else 0
    is_head = chosen(column, kin.column, kin.head)
    head = _only(is_head, unit, units)
    if kin.partner_where is None:
        partner = _only(chosen(column, kin.column, kin.partner), unit, units)
    else:
        coupled = chosen(home.read(kin.partner_where.column), kin.partner_where.column, kin.partner_where.values)
        partner = _nearest_in_age(coupled & ~is_head & traits.aged & (age >= ADULT), head, unit, units, age)
    both = chosen(column, kin.column, kin.child_of_both)
    child_of_head = both | chosen(column, kin.column, kin.child_of_head)
    child_of_partner = both | chosen(column, kin.column, kin.child_of_partner)
    if not kin.children_under:
        return Roles(head[unit], partner[unit], child_of_head, child_of_partner, child_of_head, child_of_partner)
    of_head, of_partner = (_presumed(row[unit], traits, kin.children_under) for row in (head, partner))
    return Roles(head[unit], partner[unit], of_head[0], of_partner[0], of_head[1], of_partner[1])


def _presumed(parent: Rows, traits: Traits, under: int) -> tuple[Marks, Marks]:
    """Return who is young enough to be presumed somebody's child, surely and perhaps."""
    age, sure = traits.age, traits.aged & _is(parent, traits.aged)
    other = (parent >= 0) & (parent != np.arange(len(age)))
    young = other & (age < under) & (_age_of(parent, age) - age >= GENERATION)
    return young & sure, np.where(sure, young, other & (~traits.aged | (age < under)))


def _age_of(row: Rows, age: Column) -> Rows:
    return np.where(row >= 0, age[np.maximum(row, 0)], -1).astype(np.int64)


def _only(marked: Marks, unit: Rows, units: int) -> Rows:
    """Return the first marked row of each unit, −1 where there is none."""
    found = np.full(units, -1, dtype=np.int64)
    rows = np.flatnonzero(marked)[::-1]  # the first is written last
    found[unit[rows]] = rows
    return found


def _nearest_in_age(candidates: Marks, head: Rows, unit: Rows, units: int, age: Column) -> Rows:
    rows = np.flatnonzero(candidates & (head[unit] >= 0))
    gap = np.abs(age[rows].astype(np.int64) - _age_of(head[unit[rows]], age))
    rows = rows[np.lexsort((rows, gap, unit[rows]))][::-1]  # the nearest of each unit is written last
    found = np.full(units, -1, dtype=np.int64)
    found[unit[rows]] = rows
    return found


def _partners(roles: Roles, persons: int) -> Rows:
    rows = np.arange(persons)
    of_head = np.where(roles.head == rows, roles.partner, -1)
    return np.where(roles.partner == rows, roles.head, of_head)


def _parents(roles: Roles, of_sex: Marks, perhaps: Marks) -> Rows:
    """Return the head where they are the parent of that sex, else the partner; UNKNOWN where one may be."""
    head = np.where(roles.child_of_head & _is(roles.head, of_sex), roles.head, -1)
    partner = np.where(roles.child_of_partner & _is(roles.partner, of_sex), roles.partner, -1)
    found = np.where(head >= 0, head, partner)
    doubt = (roles.perhaps_of_head & _is(roles.head, perhaps)) | (
        roles.perhaps_of_partner & _is(roles.partner, perhaps)
    )
    return np.where((found < 0) & doubt, UNKNOWN, found)


def _is(row: Rows, marked: Marks) -> Marks:
    found: Marks = (row >= 0) & marked[np.maximum(row, 0)]
    return found
