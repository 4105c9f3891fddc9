"""Worked examples of a programme: what its cases.yaml says, read and checked, nothing decided yet.

A case file is a list of entries:

    - name: Couple, one informal earner, two children     # the sentence that names the example
      source: "six_countries.md F02"
      note: what the example cannot show                  # optional
      on: 2025-10-01
      case: {household: {…}, defaults: {…}, members: [{id: ana, age: 34}, …], states: {…}}
      expect: {auh_paid: "187603.20"}                     # total of the household, by benefit
      expect_members: {auh_paid: {ana: "187603.20"}}      # or one by one
      expect_depends: [earnings]                          # or: the answer depends on exactly these inputs
      expect_error: has no text in force                  # or: the case is refused, in a sentence that says so

An entry with `months` follows one household through time. Each month states what changes in it; what is not listed
stays as it was, members' ages too, and calendar months left out pass without a change. The states that one month
gives are those with which the next begins.

    - name: Kept back for half a year and paid with the Libreta
      case: {members: […]}
      months:
        - {on: 2015-06-01, expect: {auh_retained: "167.40"}}
        - {on: 2016-02-01, members: {ana: {libreta_filed: true}}, expect: {auh_released: "1171.80"}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import yaml

from amparo.errors import CaseError, nearest
from amparo.policy import Programme

EXPECTATIONS = ("expect", "expect_members", "expect_depends", "expect_error")
ENTRY = ("name", "source", "note", "on", "case", "months", *EXPECTATIONS)
MONTH = ("on", "household", "members", "note", *EXPECTATIONS)


@dataclass(frozen=True)
class Month:
    """One month of an entry: what changes in it, and what is expected of it."""

    on: date
    household: Mapping[str, Any] = field(default_factory=dict)
    members: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    expected: Mapping[str, Any] = field(default_factory=dict)

    @property
    def benefits(self) -> set[str]:
        """The keys of the benefits about which something is expected."""
        return {str(b) for part in ("expect", "expect_members") for b in self.expected.get(part, {})}


@dataclass(frozen=True)
class Entry:
    """One worked example of a case file."""

    name: str
    source: str
    raw: Mapping[str, Any]
    months: tuple[Month, ...]
    note: str = ""


class _Loader(yaml.SafeLoader):
    """YAML in which `on` is a word and 0.1 is exactly a tenth."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _, n: Decimal(n.value))


def read_entries(programme: Programme) -> list[Entry]:
    """Return the worked examples of a programme's cases.yaml.

    Raises:
        CaseError: the file, or one of its entries, cannot be read; names the entry.
    """
    file = programme.file("cases.yaml")
    try:
        listed = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (OSError, yaml.YAMLError) as error:
        raise CaseError(f"{programme.key}: cases.yaml cannot be read: {error}") from error
    if not isinstance(listed, list):
        raise CaseError(f"{programme.key}: cases.yaml must be a list of examples.")
    entries = [read_entry(each, f"{programme.key}, example {i + 1}") for i, each in enumerate(listed)]
    names = [e.name for e in entries]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{programme.key}: two examples are called '{name}'; a name tells one from all others.")
    return entries


def read_entry(raw: Any, where: str) -> Entry:
    """Return one worked example from its YAML form, or say what is missing in it."""
    if not isinstance(raw, Mapping):
        raise CaseError(f"{where}: an example must have a name, a source, a month, a case and what is expected.")
    where = f"{where} ('{raw['name']}')" if "name" in raw else where
    _refuse_others(raw, ENTRY, where)
    for part in ("name", "source", "case"):
        if part not in raw:
            raise CaseError(f"{where} has no {part}; add it.")
    if ("months" in raw) == ("on" in raw):
        raise CaseError(f"{where} needs either the month ('on') or a list of months ('months'), and not both.")
    months = raw.get("months", [{k: v for k, v in raw.items() if k == "on" or k in EXPECTATIONS}])
    if not isinstance(months, list) or not months:
        raise CaseError(f"{where}: months must be a list of at least one month.")
    read = tuple(_month(m, f"{where}, month {i + 1}") for i, m in enumerate(months))
    if any(later.on <= earlier.on for earlier, later in pairwise(read)):
        raise CaseError(f"{where}: the months must follow each other in time.")
    if not any(m.expected for m in read):
        raise CaseError(f"{where} expects nothing; add one of {', '.join(EXPECTATIONS)}.")
    return Entry(str(raw["name"]), str(raw["source"]), raw["case"], read, str(raw.get("note", "")))


def _month(raw: Any, where: str) -> Month:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("on"), date):
        raise CaseError(f"{where} needs a date in 'on', such as 2025-10-01.")
    _refuse_others(raw, MONTH, where)
    expected = {k: raw[k] for k in EXPECTATIONS if k in raw}
    return Month(raw["on"], raw.get("household", {}), raw.get("members", {}), expected)


def _refuse_others(raw: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in raw:
        if key not in known:
            raise CaseError(f"{where} has a part '{key}' that nothing reads.{nearest(str(key), known)}")
