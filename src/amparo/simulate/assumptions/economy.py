"""What is declared of a country's economy, as data: which inputs are earnings, price indices, published figures.

`countries/<country>/economy.toml`:

[concepts]
earnings = "earnings"            # money from work, of a person
formal = "formal_worker"         # yes or no: works with contributions
[indices.prices]
names = { es = "…", pt = "…", en = "…" }
note = { es = "…", pt = "…", en = "…" }
[[indices.prices.points]]
month = "2022-12"
value = "100"
source = "…"
confidence = "derived"
[[published]]
benefit = "suf"
month = "2023-12"
recipients = 1_900_000           # either may be left out
monthly_cost = 34_000_000_000
source = "…"
confidence = "to be checked"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from amparo.errors import PopulationError, nearest
from amparo.expr import Confidence
from amparo.policy import Country

Names = Mapping[str, str]


@dataclass(frozen=True)
class Point:
    """An index at one month, with its source."""

    month: date
    value: Fraction
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Index:
    """How a price or wage moved; between two points it grows by the same rate each month."""

    key: str
    names: Names
    note: Names
    points: Sequence[Point]

    def at(self, month: date) -> float:
        """Return the index of a month, or say for which months it is declared."""
        first, last = self.points[0], self.points[-1]
        if not first.month <= month <= last.month:
            raise PopulationError(
                f"the index '{self.key}' is declared from {first.month:%Y-%m} to {last.month:%Y-%m}, not for "
                f"{month:%Y-%m}; add a point to the country's economy.toml, or simulate another month."
            )
        later = next(i for i, p in enumerate(self.points) if p.month >= month)
        after = self.points[later]
        if after.month == month:
            return float(after.value)
        before = self.points[later - 1]
        share = _months(before.month, month) / _months(before.month, after.month)
        grown: float = float(after.value / before.value) ** share
        return float(before.value) * grown

    def used(self, first: date, last: date) -> list[Point]:
        """Return the points that a comparison of two months rests on."""
        low, high = sorted((first, last))
        inside = [p for p in self.points if low <= p.month <= high]
        before = [p for p in self.points if p.month < low][-1:]
        after = [p for p in self.points if p.month > high][:1]
        return (
            (before if not inside or inside[0].month > low else [])
            + inside
            + (after if not inside or inside[-1].month < high else [])
        )


@dataclass(frozen=True)
class Published:
    """What an authority published about a benefit: recipients and monthly spending of some month."""

    benefit: str
    month: date
    recipients: Fraction | None
    monthly_cost: Fraction | None
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Economy:
    """Everything declared; empty where a country declares nothing."""

    earnings: str | None = None
    formal: str | None = None
    indices: Mapping[str, Index] = field(default_factory=dict)
    published: Sequence[Published] = ()

    def index(self, key: str) -> Index:
        """Return an index by key, or name those that are declared."""
        if key not in self.indices:
            raise PopulationError(f"no index is called '{key}'.{nearest(key, self.indices)}")
        return self.indices[key]


def economy_of(country: Country) -> Economy:
    """Return what a country's package declares about its economy."""
    file = country.folder.joinpath("economy.toml")
    if not file.is_file():
        return Economy()
    return read_economy(file.read_text(encoding="utf-8"), country)


def read_economy(text: str, country: Country) -> Economy:
    """Read the declaration.

    Raises:
        PopulationError: no TOML, a concept that is no input, an index without points in order, a figure without
            month, value, source or confidence.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PopulationError(f"economy.toml of {country.key} is no TOML: {problem}.") from None
    concepts = raw.get("concepts", {})
    for name, key in concepts.items():
        if key not in country.inputs:
            raise PopulationError(
                f"economy.toml of {country.key}: {name} = '{key}' is no input.{nearest(key, country.inputs)}"
            )
    try:
        indices = {key: _index(key, each) for key, each in raw.get("indices", {}).items()}
        published = [_published(each) for each in raw.get("published", [])]
    except PopulationError:
        raise
    except KeyError as lacking:
        raise PopulationError(f"economy.toml of {country.key}: an index or published figure lacks {lacking}.") from None
    except ValueError as problem:
        raise PopulationError(f"economy.toml of {country.key}: {problem}.") from None
    return Economy(concepts.get("earnings"), concepts.get("formal"), indices, published)


def _index(key: str, raw: Mapping[str, Any]) -> Index:
    points = [
        Point(month_of(p["month"]), Fraction(str(p["value"])), p["source"], Confidence(p["confidence"]))
        for p in raw["points"]
    ]
    if any(b.month <= a.month for a, b in pairwise(points)) or not points:
        raise PopulationError(f"the index '{key}' needs points in the order of their months.")
    return Index(key, raw["names"], raw.get("note", {}), points)


def _published(raw: Mapping[str, Any]) -> Published:
    recipients, cost = (None if k not in raw else Fraction(str(raw[k])) for k in ("recipients", "monthly_cost"))
    return Published(
        raw["benefit"], month_of(raw["month"]), recipients, cost, raw["source"], Confidence(raw["confidence"])
    )


def month_of(text: str) -> date:
    """Read a month, 2022-11."""
    return date.fromisoformat(f"{text}-01")


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
