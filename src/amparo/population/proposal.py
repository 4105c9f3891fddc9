"""A mapping proposed for a file: its likeliest keys, and what a shipped mapping of the same country reads from it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from amparo.policy import Country
from amparo.population.mapping import Mapping as Survey
from amparo.population.mapping_file import read_mapping
from amparo.population.profile import Described, Profile

Raw = Mapping[str, Any]
ALIKE = 4  # columns of inputs that a shipped mapping must find in a file for the two to be of one family
SIMPLE = {"household": ("stratum", "cluster"), "person": ("weight",)}


@dataclass(frozen=True)
class Proposal:
    """A mapping to start from.

    Attributes:
        raw: the tables of its TOML form.
        like: the shipped mapping from which inputs, relations and poverty were taken; "" for none.
        open: inputs and relations of the country that nothing answers yet.
    """

    raw: Raw
    like: str
    open: tuple[str, ...]

    @property
    def mapping(self) -> Survey | None:
        """The mapping itself; None where no household was found, for then there is none."""
        return read_mapping(self.raw, "the proposal") if self.raw["household"].get("id") else None


def propose(found: Profile, country: Country, shipped: Mapping[str, Traversable], name: str) -> Proposal:
    """Return what a mapping of a profiled file could say; `shipped` are the country's own mappings, by name."""
    there = {c.name: c for c in found.columns}
    read = {key: tomllib.loads(file.read_text(encoding="utf-8")) for key, file in shipped.items()}
    usable = {key: _usable(raw, there) for key, raw in read.items() if "inputs" in raw}
    common = {key: len(set().union(*map(_named, each.get("inputs", {}).values()))) for key, each in usable.items()}
    like = max(common, key=lambda key: common[key], default="")
    taken = usable[like] if like and common[like] >= ALIKE else {}
    raw: dict[str, Any] = {"name": name, **_keys(found), **taken}
    known = read[like].get("household", {}).get("id", ()) if taken else ()
    if "id" not in raw["household"] and known and {*known} <= there.keys():
        raw["household"]["id"] = known
    if found.candidates["age"] and "age" in country.inputs and "age" not in taken.get("inputs", {}):
        raw["inputs"] = {"age": {"column": found.candidates["age"][0]}, **taken.get("inputs", {})}
    answered = {*raw.get("inputs", {}), *raw.get("relations", {})}
    asked = (*country.inputs, *country.household.member.relations)
    return Proposal(raw, like if taken else "", tuple(k for k in asked if k not in answered))


def _keys(found: Profile) -> dict[str, Any]:
    of = found.candidates
    household: dict[str, Any] = {"id": of["household"][0].split(",")} if of["household"] else {}
    household |= {k: of[k][0] for k in SIMPLE["household"] if of[k]}
    person: dict[str, Any] = {k: of[k][0] for k in SIMPLE["person"] if of[k]}
    if of["household"] and of["person"]:
        person["id"] = [*household["id"], of["person"][0]]
    if found.head:
        person["head"] = {"column": found.head[0], "values": [found.head[1]]}
    return {"household": household, "person": person}


def _usable(raw: Raw, there: Mapping[str, Described]) -> dict[str, Any]:
    """Return what a shipped mapping reads from columns of this file; what it merely assumes is of its own survey."""
    inputs = {k: v for k, v in raw.get("inputs", {}).items() if "column" in v and _fits(v, there)}
    kin = [k for k in raw.get("kin", []) if _named(k) <= there.keys() and _heads(k, there)]
    relations = {
        k: v for k, v in raw.get("relations", {}).items() if (kin if "kin" in v else _named(v) <= there.keys())
    }
    facts = {
        level: {k: v for k, v in of.items() if {*([v] if isinstance(v, str) else v)} <= there.keys()}
        for level, of in raw.get("facts", {}).items()
    }
    made = {"facts": {k: v for k, v in facts.items() if v}, "inputs": inputs, "kin": kin, "relations": relations}
    return {k: v for k, v in made.items() if v}


def _fits(table: Raw, there: Mapping[str, Described]) -> bool:
    """Whether the columns are here and hold values that the table names."""
    if not _named(table) <= there.keys():
        return False
    where = table.get("where")
    if where and not {*map(str, where["values"])} & {*there[where["column"]].examples}:
        return False
    if "values" not in table:
        return True
    held, known = {*there[table["column"]].examples}, {*map(str, table["values"])}
    return bool(held & known) if "otherwise" in table else held <= known | {*map(str, table.get("unknown", []))}


def _heads(kin: Raw, there: Mapping[str, Described]) -> bool:
    return "column" not in kin or bool({*map(str, kin["head"])} & {*there[kin["column"]].examples})


def _named(table: Any) -> set[str]:
    """Return the source columns that a table of a mapping names."""
    found: set[str] = set()
    for key, value in table.items():
        if key in ("column", "match", "within"):
            found |= {value} if isinstance(value, str) else set(value)
        elif isinstance(value, dict) and key != "values":
            found |= _named(value)
    return found


def toml(raw: Raw) -> str:
    """Write the tables of a mapping as TOML, texts of assumptions on lines of their own."""
    return "\n".join(_lines(raw, ())).lstrip() + "\n"


def _lines(table: Raw, path: tuple[str, ...]) -> Iterator[str]:
    below = {k: v for k, v in table.items() if _is_table(k, v) and path != ("person",)}
    own = {k: v for k, v in table.items() if k not in below}
    if path and own:
        yield f"\n[{'.'.join(map(_key, path))}]"
    for key, value in own.items():
        yield f"{_key(key)} = {_value(value)}"
    for key, value in below.items():
        if isinstance(value, list):
            for each in value:
                yield f"\n[[{_key(key)}]]"
                yield from (f"{_key(k)} = {_value(v)}" for k, v in each.items())
        else:
            yield from _lines(value, (*path, key))


def _is_table(key: str, value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict)
    return isinstance(value, dict) and key not in ("values", "where")


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)


__all__ = ["Proposal", "propose", "toml"]
