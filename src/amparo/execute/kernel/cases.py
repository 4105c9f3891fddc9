"""Single cases through the kernel: the same examples that the exact executor answers, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.cases import OUTSIDE, Case
from amparo.execute.kernel.rows import decoded, state_array
from amparo.execute.kernel.run import Kernel
from amparo.expr import Entity, Kind, Op
from amparo.expr.entities import Input
from amparo.expr.types import Type
from amparo.policy import Edition
from amparo.population.encoding import date_code
from amparo.population.table import NOBODY, UNKNOWN, Population
from amparo.population.table import OUTSIDE as ELSEWHERE


def by_kernel(edition: Edition, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Answer cases as one population: an executor in the form that `run_cases` takes.

    Raises:
        ExecutionError: a case leaves open an input that its answer needs.
    """
    population = population_of(edition, cases)
    states = {s.key: _state_column(s, cases, population) for s in edition.graph.attributes(Op.STATE)}
    result = Kernel(edition).run(population, states=states, unknown="decide")
    found: list[dict[str, Any]] = []
    for household in range(len(cases)):
        first, last = population.offsets[household : household + 2]
        found.append(
            {
                name: [_read_back(v, n.type) for v in result.outputs[name][first:last]]
                if n.entity is Entity.PERSON
                else _read_back(result.outputs[name][household], n.type)
                for name, n in edition.graph.outputs.items()
            }
        )
    return found


def _read_back(stored: Any, type_: Type) -> Any:
    """Return an answer as the kernel means it: a share is the shortest decimal that its float64 stands for."""
    return Fraction(repr(float(stored))) if type_.kind is Kind.NUMBER else decoded(stored, type_)


def population_of(edition: Edition, cases: Sequence[Case]) -> Population:
    """Return cases as a population with the columns that an edition reads; what is not stated is unknown."""
    offsets = np.concatenate([[0], np.cumsum([len(c.members) for c in cases])]).astype(np.int32)
    persons: dict[str, NDArray[Any]] = {}
    households: dict[str, NDArray[Any]] = {}
    known: dict[str, NDArray[np.bool_]] = {}
    for each in edition.inputs:
        personal = each.entity is Entity.PERSON
        rows = [m for c in cases for m in c.members] if personal else [c.household for c in cases]
        column = np.array([_stored(r.get(each.key), each) for r in rows], dtype=_dtype(each.type))
        (persons if personal else households)[each.key] = column
        stated = np.array([each.key in r for r in rows])
        if not stated.all():
            known[each.key] = stated
    relations = {
        key: np.array([_pointer(r.get(key, UNKNOWN)) for c in cases for r in c.relations], dtype=np.int32)
        for key in edition.country.household.member.relations
    }
    return Population(offsets, persons, households, relations, known)


def _dtype(type_: Type) -> Any:
    return np.bool_ if type_.kind is Kind.BOOL else np.float64 if type_.kind is Kind.NUMBER else np.int64


def _stored(value: Any, declared: Input[Any]) -> Any:
    """Return the number by which a column holds a stated value; any value in range where none is stated."""
    if value is None:
        return 0 if declared.low is None else _stored(Fraction(declared.low), declared)
    if isinstance(value, str):
        return declared.type.categories.index(value)
    if isinstance(value, date):
        return date_code(value)
    if isinstance(value, bool):
        return value
    return value * 10**declared.type.currency.decimals if declared.type.currency else value


def _pointer(pointer: Any) -> int:
    return NOBODY if pointer is None else ELSEWHERE if pointer == OUTSIDE else int(pointer)


def _state_column(declared: Any, cases: Sequence[Case], population: Population) -> NDArray[Any]:
    personal = declared.entity.entity is Entity.PERSON
    column = state_array(declared, population.person_count if personal else population.household_count)
    scale = 10**declared.type.currency.decimals if declared.type.currency else 1
    for household, case in enumerate(cases):
        for (key, member), value in case.states.items():
            if key == declared.key:
                row = int(population.offsets[household]) + member if member is not None else household
                column[row] = value if isinstance(value, bool) else float(value * scale)
    return column
