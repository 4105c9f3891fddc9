"""Between columns and one household: a row as a case for the exact executor, and its answer back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import ExecutionError
from amparo.execute.cases import OUTSIDE, Case
from amparo.execute.values import Unknown, Value
from amparo.expr import Entity, Graph, Kind, Op, State
from amparo.expr.types import Type
from amparo.policy import Country
from amparo.population.encoding import date_code, date_of
from amparo.population.table import NOBODY, UNKNOWN, Population

Array = NDArray[Any]


def decoded(stored: Any, type_: Type) -> Any:
    """Return the value that a column's number stands for."""
    kind = type_.kind
    if kind is Kind.BOOL:
        return bool(stored)
    if kind is Kind.CATEGORY:
        return type_.categories[int(stored)]
    if kind is Kind.DATE:
        return date_of(int(stored))
    number = Fraction(float(stored)) if isinstance(stored, (float, np.floating)) else Fraction(int(stored))
    return number / 10**type_.currency.decimals if type_.currency else number


def encoded(value: Value, type_: Type) -> float:
    """Return the number by which an output array holds a value; unknown is refused."""
    if isinstance(value, Unknown):
        raise ExecutionError(f"{value}: unknown is not zero. Impute it, or state an assumption.")
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        return float(type_.categories.index(value))
    if isinstance(value, date):
        return float(date_code(value))
    scaled = value * 10**type_.currency.decimals if type_.currency else value
    if abs(scaled) > sys.float_info.max:
        raise ExecutionError("is too large for any amount; look for a division by nearly nothing.")
    return float(scaled)


def case_of(
    population: Population, country: Country, household: int, states: Mapping[str, Array], graph: Graph
) -> Case:
    """Return one household of a population as a case."""
    first, last = int(population.offsets[household]), int(population.offsets[household + 1])
    home = {
        key: decoded(column[household], country.inputs[key].type)
        for key, column in population.households.items()
        if key in country.inputs and (key not in population.known or population.known[key][household])
    }
    members, relations = [], []
    for row in range(first, last):
        members.append(
            {
                key: decoded(column[row], country.inputs[key].type)
                for key, column in population.persons.items()
                if key in country.inputs and (key not in population.known or population.known[key][row])
            }
        )
        pointers = {key: int(column[row]) for key, column in population.relations.items()}
        relations.append({k: _pointer(p) for k, p in pointers.items() if p != UNKNOWN})
    carried: dict[tuple[str, int | None], Any] = {}
    for each in graph.attributes(Op.STATE):
        if each.key in states and each.entity.entity is Entity.PERSON:
            carried |= {(each.key, r - first): decoded(states[each.key][r], each.type) for r in range(first, last)}
        elif each.key in states:
            carried[(each.key, None)] = decoded(states[each.key][household], each.type)
    ids = tuple(str(i + 1) for i in range(last - first))
    return Case(home, tuple(members), tuple(relations), carried, ids)


def _pointer(stored: int) -> int | str | None:
    return None if stored == NOBODY else stored if stored >= 0 else OUTSIDE


def write_back(array: Array, value: Value | list[Value], type_: Type, offsets: Array, household: int) -> None:
    """Put an exact answer where the kernel's was in doubt."""
    if isinstance(value, list):
        first = int(offsets[household])
        for i, each in enumerate(value):
            array[first + i] = encoded(each, type_)
    else:
        array[household] = encoded(value, type_)


def state_array(declared: State[Any, Any], rows: int) -> Array:
    """Return a state's column before its first month."""
    kind = np.bool_ if declared.type.kind is Kind.BOOL else np.float64
    return np.full(rows, encoded(declared.initial, declared.type), dtype=kind)
