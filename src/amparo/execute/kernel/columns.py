"""The columns of a population as generated code may read them: of a type that it knows, inside their declared range.

The error bounds that keep the kernel exact rest on what is checked here. A population's columns never change, so each
is checked once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.execute.kernel.codegen.emit import IR_TYPES
from amparo.execute.kernel.codegen.program import Column, Extent
from amparo.execute.kernel.codegen.tolerance import input_bound
from amparo.execute.kernel.rows import state_array
from amparo.expr import Entity, Kind, Relation, State
from amparo.expr.entities import Input
from amparo.expr.types import Type
from amparo.population.encoding import date_code
from amparo.population.table import UNKNOWN, Population

Array = NDArray[Any]
Read = tuple[Array, Extent]

_read: WeakKeyDictionary[Population, dict[Column, Read]] = WeakKeyDictionary()


def read(population: Population, column: Column, declared: Input[Any] | Relation[Any]) -> Read:
    """Return an input's or relation's column with its extremes, or say what is wrong with it.

    Raises:
        PopulationError: no such column; a type that holds no such values; values outside the declared range, or no
            whole number of the smallest unit; a relation that points outside the household.
    """
    checked = _read.setdefault(population, {})
    if column not in checked:
        made = _relation if isinstance(declared, Relation) else _input
        checked[column] = made(population, column, declared)  # type: ignore[arg-type]
    return checked[column]


def refuse_future_birth(population: Population, column: Column, size: Extent, month: date) -> None:
    """Raise PopulationError if an input named as a date of birth lies after a month: nobody has a negative age."""
    latest = date_code(month.replace(day=1)) + 30
    if "birth" in column.name and size.high > latest:
        rows = np.flatnonzero(population.column(column.name) > latest)
        raise _refused(population, column, rows, f"is after {month:%Y-%m}", "correct the year")


def state(population: Population, declared: State[Any, Any], given: Mapping[str, Array]) -> Read:
    """Return a state's column, its initial value where none is given."""
    of_person = declared.entity.entity is Entity.PERSON
    rows = population.person_count if of_person else population.household_count
    made = np.asarray(given[declared.key]) if declared.key in given else state_array(declared, rows)
    if made.shape != (rows,):
        unit = "persons" if of_person else "households"
        raise PopulationError(f"state '{declared.key}' has shape {made.shape}, but there are {rows} {unit}.")
    array = _held(made, declared.type, f"state '{declared.key}'")
    size = _extremes(array, array)
    if math.isnan(size.low + size.high):
        raise PopulationError(f"state '{declared.key}' holds values that are no number; give each row one.")
    return array, size


def check_states(given: Mapping[str, Array], known: set[str]) -> None:
    """Raise PopulationError for a state that no rule of the month reads: a misspelt key would start from nothing."""
    for key in given:
        if key not in known:
            raise PopulationError(f"no rule of the month has a state '{key}'.{nearest(key, known)}")


def _input(population: Population, column: Column, declared: Input[Any]) -> Read:
    array = _held(_column(population, column), declared.type, f"column '{column.name}'")
    if column.kind == "b":
        return array, Extent(0.0, 1.0)
    known = population.known.get(column.name)
    size = _extremes(array, array if known is None else array[known])
    allowed = input_bound(declared)
    whole = size.whole or declared.type.kind is Kind.NUMBER
    if len(array) and not (allowed.low <= size.low and size.high <= allowed.high and whole):
        with np.errstate(invalid="ignore"):
            outside = ~((array >= allowed.low) & (array <= allowed.high))
            off_grid = array != np.trunc(array)
        if known is not None:
            outside, off_grid = outside & known, off_grid & known
        if outside.any():
            span = _span(declared, allowed)
            raise _refused(
                population, column, np.flatnonzero(outside), f"is outside {span}", "correct them or mark them unknown"
            )
        raise _refused(
            population, column, np.flatnonzero(off_grid), "is no whole number of the smallest unit", "round them first"
        )
    return array, size


def _span(declared: Input[Any], allowed: Extent) -> str:
    if declared.type.kind is Kind.CATEGORY:
        return f"the {len(declared.type.categories)} declared categories"
    if declared.type.kind is Kind.DATE:
        return "the calendar"
    unit = 10**declared.type.currency.decimals if declared.type.currency else 1
    return " to ".join(
        f"{x / unit:g}" if given is None else str(given)
        for given, x in ((declared.low, allowed.low), (declared.high, allowed.high))
    )


def _relation(population: Population, column: Column, _: Relation[Any]) -> Read:
    array = _column(population, column)
    if array.dtype != np.int32 or not array.dtype.isnative:
        array = array.astype(np.int32)
    wrong = array < UNKNOWN
    wrong |= array >= population.to_persons(population.sizes)
    if wrong.any():
        remedy = "point at a position inside it, or write −1 nobody, −2 elsewhere, −3 unknown"
        raise _refused(population, column, np.flatnonzero(wrong), "points outside the household", remedy)
    return np.ascontiguousarray(array), Extent(float(UNKNOWN), float(array.max(initial=0)))


def _column(population: Population, column: Column) -> Array:
    group = population.persons if column.entity == "person" else population.households
    if column.role == "relation":
        group = population.relations
    if column.name not in group:
        raise PopulationError(
            f"the population has no {column.role} '{column.name}', which the rules read; map it, "
            "or state an assumption."
        )
    return group[column.name]


def _held(array: Array, type_: Type, name: str) -> Array:
    """Return a column in a type that generated code can load: as it is, where possible."""
    if type_.kind is Kind.BOOL:
        if array.dtype == np.bool_:
            return np.ascontiguousarray(array)
        if array.dtype.kind not in "iuf" or not np.isin(array, (0, 1)).all():
            raise PopulationError(f"{name} must hold yes or no (bool, or 0 and 1), not {array.dtype}.")
        return array.astype(np.bool_)
    if array.dtype.kind not in "iufb":
        raise PopulationError(f"{name} must hold numbers, not {array.dtype}; encode it first.")
    if array.dtype.name in IR_TYPES and array.dtype.isnative:
        return np.ascontiguousarray(array)
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)


def _extremes(array: Array, seen: Array) -> Extent:
    if not len(seen):
        return Extent(0.0, 0.0)
    with np.errstate(invalid="ignore"):
        whole = array.dtype.kind != "f" or bool((seen == np.floor(seen)).all())
    return Extent(float(seen.min()), float(seen.max()), 0.0, whole)


def _refused(population: Population, column: Column, rows: Array, what: str, remedy: str) -> PopulationError:
    of_person = column.entity == "person"
    first = int(rows[0])
    home = population.household_at(first) if of_person else first
    unit = ("person" if of_person else "household") + ("s" if len(rows) > 1 else "")
    shown = population.column(column.name)[first]
    return PopulationError(
        f"{len(rows)} {unit} whose {column.name} {what}, first in household {home} ({shown}); {remedy}."
    )
