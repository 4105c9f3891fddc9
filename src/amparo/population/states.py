"""What accumulates from month to month, carried when people are born, leave, or households split."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from amparo.errors import PopulationError
from amparo.expr import Entity, State
from amparo.population.encoding import Column, encoded
from amparo.population.table import Population

PERSON_ID, HOUSEHOLD_ID = "person_id", "household_id"


def first_state(states: Iterable[State[Any, Any]], population: Population) -> dict[str, Column]:
    """Return the initial value of every state for everyone: where a simulation through months begins."""
    found = {}
    for each in states:
        of_household = each.entity.entity is Entity.HOUSEHOLD
        rows = population.household_count if of_household else population.person_count
        found[each.key] = np.full(rows, encoded(each.initial, each.type))
    return found


def carry_state(
    states: Iterable[State[Any, Any]],
    before: Population,
    after: Population,
    values: Mapping[str, Column],
) -> dict[str, Column]:
    """Return the states' columns for the population of the next month.

    Persons are matched by the fact `person_id`, households by `household_id`, both unique within a month.

    | what happens | a person's state | a household's state |
    |---|---|---|
    | stays, or moves to another household | kept | kept |
    | leaves | dropped | dropped |
    | comes, or comes back | `initial` | `initial` |
    | is born (new, and known to be 0 by the column `age`) | `on_birth` | – |
    | is a new household with former members | – | `on_split`: that of the household from which the first such member comes, or `initial` |

    Args:
        states: what to carry.
        before, after: the same people a month apart; not copied, not changed.
        values: state key → column of `before`, as the encodings of `Population` say.

    Returns:
        state key → column of `after`, of the same dtype.

    Raises:
        PopulationError: an identifier is absent or not unique, or a state has no column.
    """  # noqa: E501 - a row of a table is one line
    persons = _matched(before, after, PERSON_ID)
    households = _matched(before, after, HOUSEHOLD_ID)
    found = {}
    for each in states:
        if each.key not in values:
            raise PopulationError(f"state '{each.key}' has no column to carry; start from first_state(…).")
        if each.entity.entity is Entity.HOUSEHOLD:
            source = households
            if each.on_split == "copy":
                source = np.where(households >= 0, households, _origin(before, after, persons))
            start = encoded(each.initial, each.type)
            found[each.key] = _carried(values[each.key], source, start)
        else:
            column = _carried(values[each.key], persons, encoded(each.initial, each.type))
            if each.on_birth != each.initial:
                newborn = (persons < 0) & (after.column("age") == 0)
                if "age" in after.known:
                    newborn &= after.known["age"]
                column[newborn] = encoded(each.on_birth, each.type)
            found[each.key] = column
    return found


def _carried(column: Column, source: Column, start: Any) -> Column:
    """Take the rows of a column that have a source; the others start anew."""
    if not len(column):
        return np.full(len(source), start, dtype=column.dtype)
    return np.where(source >= 0, column[np.maximum(source, 0)], np.asarray(start, dtype=column.dtype))


def _matched(before: Population, after: Population, identifier: str) -> Column:
    """Return, for each row of `after`, its row in `before`; −1 where it is new."""
    pair = []
    for population in (before, after):
        facts = population.person_facts if identifier == PERSON_ID else population.household_facts
        if identifier not in facts:
            raise PopulationError(f"states can be carried only with the fact '{identifier}'; map it.")
        column = facts[identifier]
        order = np.argsort(column, kind="stable")
        twice = column[order][1:] == column[order][:-1]
        if twice.any():
            name = column[order][int(np.argmax(twice))]
            raise PopulationError(f"{identifier} {name} stands twice in one month; give each row its own.")
        pair.append((column, order))
    (old, order), (new, _) = pair
    if not len(old):
        return np.full(len(new), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(old, new, sorter=order), len(old) - 1)
    row = order[place]
    return np.where(old[row] == new, row, -1)


def _origin(before: Population, after: Population, persons: Column) -> Column:
    """Return the former household of the first member who had one, for each household; −1 if none."""
    origin = np.full(after.household_count, -1, dtype=np.int64)
    stayed = np.flatnonzero(persons >= 0)[::-1]  # the first member is written last
    origin[after.household_of_person()[stayed]] = before.household_of_person()[persons[stayed]]
    return origin
