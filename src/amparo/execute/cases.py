"""One household as a person describes it: read, checked against the declared inputs, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from amparo.errors import CaseError, nearest
from amparo.expr.arithmetic import DIGITS, exact_number
from amparo.expr.entities import Input
from amparo.expr.types import Kind
from amparo.policy import Country

LARGEST_HOUSEHOLD = 200
OUTSIDE = "outside"
Pointer = int | str | None  # position in the household, OUTSIDE, or nobody


@dataclass(frozen=True)
class Case:
    """The stated values of one household; what is absent is unknown.

    Attributes:
        household: input key → value.
        members: for each member, input key → value.
        relations: for each member, relation key → position of the other member, "outside", or None for nobody.
        states: values carried from last month, (state key, member position or None) → value.
        ids: the members' names.
    """

    household: Mapping[str, Any]
    members: tuple[Mapping[str, Any], ...]
    relations: tuple[Mapping[str, Pointer], ...]
    states: Mapping[tuple[str, int | None], Any] = field(default_factory=dict)
    ids: tuple[str, ...] = ()


def read_case(raw: Mapping[str, Any], country: Country) -> Case:
    """Read a case from its JSON or YAML form.

    {"household": {…}, "members": [{"id": "ana", "age": 34, "mother": null, …}, …],
     "defaults": {values of every member that does not say otherwise}, "states": {key: value}}

    Raises:
        CaseError: an unknown name (with the nearest), a value outside its range or categories, a relation to
            nobody of that name.
    """
    unknown = set(raw) - {"household", "members", "defaults", "states"}
    if unknown:
        name = min(unknown)
        raise CaseError(f"a case has no part '{name}'.{nearest(name, ['household', 'members', 'defaults', 'states'])}")
    if not isinstance(raw.get("members"), list) or not raw["members"]:
        raise CaseError('a case needs at least one member: add "members": [{…}].')
    if len(raw["members"]) > LARGEST_HOUSEHOLD:  # what a population refuses too; explaining more takes minutes
        raise CaseError(f"the case has {len(raw['members'])} members; one household has at most {LARGEST_HOUSEHOLD}.")
    person, shared = country.household.member, country.household.inputs
    defaults = _mapping(raw.get("defaults", {}), "defaults")
    rows = [{**defaults, **_mapping(m, f"member {i + 1}")} for i, m in enumerate(raw["members"])]
    ids = tuple(_id(r.pop("id", i + 1), i) for i, r in enumerate(rows))
    if len(set(ids)) < len(ids):
        raise CaseError(f"two members have the same id: {', '.join(ids)}. Give each their own.")
    members, relations = [], []
    for name, row in zip(ids, rows, strict=True):
        pointers = {k: _pointer(k, v, ids, name) for k, v in row.items() if k in person.relations}
        values = {k: v for k, v in row.items() if k not in person.relations}
        members.append(_checked(values, person.inputs, f"member {name}", person.relations, shared))
        relations.append(pointers)
    stated = _mapping(raw.get("household", {}), "household")
    household = _checked(stated, shared, "household", {}, {**person.inputs, **person.relations})
    states: dict[tuple[str, int | None], Any] = {}
    for key, given in _mapping(raw.get("states", {}), "states").items():
        if isinstance(given, list) and len(given) != len(ids):
            raise CaseError(f"states: {key} has {len(given)} values; write one for each of the {len(ids)} members.")
        if isinstance(given, list):
            states.update({(key, i): _plain(v, key) for i, v in enumerate(given)})
        else:
            states[(key, None)] = _plain(given, key)
    return Case(household, tuple(members), tuple(relations), states, ids)


def _id(value: Any, position: int) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value in ("", OUTSIDE):
        raise CaseError(
            f"member {position + 1}: id is {_shown(value)}; write a name or a number of their own "
            f"('{OUTSIDE}' is taken)."
        )
    return str(value)


def _plain(value: Any, state: str) -> Any:
    number = value if isinstance(value, bool) else exact_number(value)
    if number is None:
        raise CaseError(f"states: {state} is {_shown(value)}; write a number, true or false.")
    return number


def _shown(value: Any) -> str:
    """Return a value as the case writes it: true and null, not Python's True and None."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CaseError(f"{where} must be a set of named values, not {_shown(value)}.")
    return value


def _pointer(relation: str, value: Any, ids: tuple[str, ...], who: str) -> Pointer:
    if value is None or value == OUTSIDE:
        return None if value is None else OUTSIDE
    if isinstance(value, (list, tuple, set, Mapping)):
        raise CaseError(f"member {who}: {relation} names {len(value)} persons, but there is one; write the id of one.")
    if str(value) not in ids:
        raise CaseError(
            f"member {who}: {relation} is '{value}', who is no member.{nearest(str(value), ids)} "
            'Write null for nobody, "outside" for somebody who lives elsewhere.'
        )
    if str(value) == who:
        raise CaseError(f"member {who}: {relation} is '{who}', the same person; write null for nobody.")
    return ids.index(str(value))


def _checked(
    row: Mapping[str, Any],
    inputs: Mapping[str, Input[Any]],
    where: str,
    relations: Mapping[str, Any],
    others: Mapping[str, Any],
) -> dict[str, Any]:
    renamed = {old: key for key, each in inputs.items() for old in each.was}
    found: dict[str, Any] = {}
    for key, value in row.items():
        name = renamed.get(key, key)
        if name not in inputs and name in others:
            asked = "each member" if where == "household" else "the household"
            raise CaseError(f"{where}: '{key}' is asked of {asked}; write it there.")
        if name not in inputs:
            raise CaseError(f"{where}: no input is called '{key}'.{nearest(key, [*inputs, *relations])}")
        if value is not None:
            found[name] = read_value(value, inputs[name], where)
    return found


def read_value(value: Any, declared: Input[Any], where: str) -> Any:
    """Return a stated value as the executors need it, or say what is wrong with it."""
    kind, key = declared.type.kind, declared.key
    if kind is Kind.BOOL:
        if not isinstance(value, bool):
            raise CaseError(f"{where}: {key} is {_shown(value)}; write true or false.")
        return value
    if kind is Kind.CATEGORY:
        if str(value) not in declared.type.categories:
            raise CaseError(f"{where}: {key} is '{value}'.{nearest(str(value), declared.type.categories)}")
        return str(value)
    if kind is Kind.DATE:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            raise CaseError(f"{where}: {key} is '{value}'; write a date as 2024-03-31.") from None
    return _number(value, declared, where)


def _number(value: Any, declared: Input[Any], where: str) -> Fraction:
    key, kind = declared.key, declared.type.kind
    if isinstance(value, bool):
        raise CaseError(f"{where}: {key} is {_shown(value)}; write a number.")
    number = exact_number(value)
    if number is None:
        raise CaseError(
            f"{where}: {key} is {_shown(value)}; write a number of at most {DIGITS} digits, with a point for decimals."
        )
    if kind in (Kind.COUNT, Kind.MONTHS) and number.denominator != 1:
        raise CaseError(f"{where}: {key} is {value}; write a whole number.")
    if declared.type.currency and (number * 10**declared.type.currency.decimals).denominator != 1:
        unit = Decimal(1).scaleb(-declared.type.currency.decimals)
        raise CaseError(f"{where}: {key} is {value}; the smallest amount of {declared.type.currency.code} is {unit}.")
    if (declared.low is not None and number < declared.low) or (declared.high is not None and number > declared.high):
        raise CaseError(
            f"{where}: {key} is {value}, outside {declared.low if declared.low is not None else '…'} to "
            f"{declared.high if declared.high is not None else '…'}; correct it or leave it out if unknown."
        )
    return number
