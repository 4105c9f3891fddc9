"""The margins of a country's synthetic population: tables in TOML, each with source, method and confidence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.policy import Country

FOLDER = "synthetic"
ABOUT = ("source", "method", "confidence")
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Margins:
    """Every table of a country's folder `population/synthetic/`, by name.

    Attributes:
        tables: name → keys of that table.
        lists: name → tables that stand in a list ([[traits]], [[targets]], [[assumptions]]), of all files together.
    """

    tables: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, Sequence[Mapping[str, Any]]]

    def __getitem__(self, path: str) -> Any:
        """Return 'table.key', or say which table or key is missing."""
        table, _, key = path.partition(".")
        found = self.tables.get(table)
        if found is None or key not in found:
            known = self.tables if found is None else found
            raise PopulationError(f"the margins have no '{path}'.{nearest(key if found else table, known)}")
        return found[key]

    def array(self, path: str) -> Floats:
        """Return a table's figures as an array."""
        return np.asarray(self[path], dtype=np.float64)

    def choice(self, path: str) -> Choice:
        """Return shares, rows of the last axis, as something to draw from."""
        return Choice.of(self.array(path))

    def curve(self, table: str, quantiles: str = "quantiles") -> Curve:
        """Return rows of quantiles at the table's `percent` as something to read values from."""
        rows = self.array(f"{table}.{quantiles}")
        return Curve(self.array(f"{table}.percent") / 100, rows.reshape(-1, rows.shape[-1]))


@dataclass(frozen=True)
class Choice:
    """Rows of shares; drawing is one search in all of them at once."""

    ends: Floats
    width: int

    @classmethod
    def of(cls, shares: Floats) -> Choice:
        """Make it from shares that need not add up to one; a row of zeros counts as equal shares."""
        rows = shares.reshape(-1, shares.shape[-1])
        rows = np.where(rows.sum(axis=1, keepdims=True) > 0, rows, 1.0)
        ends = np.cumsum(rows, axis=1) / rows.sum(axis=1, keepdims=True)
        ends[:, -1] = 1.0
        return cls((ends + np.arange(len(rows))[:, None]).ravel(), rows.shape[1])

    def at(self, row: Ints, share: Floats) -> Ints:
        """Return the position whose part of its row holds a share in [0, 1)."""
        found = np.searchsorted(self.ends, row + np.minimum(share, 1 - 1e-12), side="right") - row * self.width
        return np.asarray(np.minimum(found, self.width - 1))


@dataclass(frozen=True)
class Curve:
    """Rows of quantiles, read in straight lines between them."""

    shares: Floats
    rows: Floats

    def at(self, row: Ints, share: Floats) -> Floats:
        """Return the value at a share in [0, 1] of a row."""
        place = np.clip(np.searchsorted(self.shares, share, side="right") - 1, 0, len(self.shares) - 2)
        left, right = self.shares[place], self.shares[place + 1]
        low, high = self.rows[row, place], self.rows[row, place + 1]
        return np.asarray(low + (high - low) * (share - left) / (right - left))


def band(values: NDArray[Any], starts: Any) -> Ints:
    """Return the band that each value falls in, bands named by where they start; the first one takes what is below."""
    return np.maximum(np.searchsorted(np.asarray(starts), values, side="right") - 1, 0)


def normal_share(values: Floats) -> Floats:
    """Return the standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8)."""
    size = np.abs(values)
    t = 1 / (1 + 0.2316419 * size)
    tail = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )  # fmt: skip
    tail *= np.exp(-size * size / 2) / np.sqrt(2 * np.pi)
    return np.where(values >= 0, 1 - tail, tail)


def margins_of(country: Country) -> Margins | None:
    """Return a country's margins; None where it has none."""
    folder = country.folder.joinpath("population", FOLDER)
    if not folder.is_dir():
        return None
    tables: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as problem:
            raise PopulationError(f"{file.name} is no TOML: {problem}.") from None
        for name, content in said.items():
            if isinstance(content, list):
                lists.setdefault(name, []).extend(content)
            else:
                tables[name] = content
    return Margins(tables, lists)
