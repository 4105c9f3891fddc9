"""Weighted tables and quantiles, and how they are written as TOML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

A = NDArray[Any]


def band(values: A, starts: A) -> A:
    """Return the band of each value, −1 below the first."""
    return np.searchsorted(starts, values, side="right") - 1


def quantiles(values: A, weight: A, grid: A) -> list[int]:
    """Return weighted quantiles; the last is set so that the mean of the uppermost part is kept."""
    order = np.argsort(values, kind="stable")
    v, w = values[order], weight[order]
    at = (np.cumsum(w) - w / 2) / w.sum()
    found = np.interp(grid / 100, at, v)
    found[0] = max(float(v[0]), 0.0)
    top = at > grid[-2] / 100
    mean = float(np.average(v[top], weights=w[top])) if top.any() else float(v[-1])
    found[-1] = max(2 * mean - found[-2], found[-2])
    return [round(x) for x in found]


def shares(counts: A, digits: int = 5) -> A:
    """Return counts as shares of their last axis."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.round(counts / np.where(total > 0, total, 1), digits)


def tally(weight: A, *keys: tuple[A, int]) -> A:
    """Return weighted counts by some keys of given lengths; negative keys are left out."""
    ok = np.all([k >= 0 for k, _ in keys], axis=0)
    flat = np.ravel_multi_index(tuple(k[ok].astype(int) for k, _ in keys), tuple(n for _, n in keys))
    size = int(np.prod([n for _, n in keys]))
    return np.bincount(flat, weight[ok], size).reshape([n for _, n in keys])


def ranks(values: A, weight: A) -> A:
    """Return the hundredth, 0 to 99, in which each value lies."""
    order = np.argsort(values, kind="stable")
    found = np.empty(len(values), dtype=int)
    found[order] = np.minimum((np.cumsum(weight[order]) - weight[order] / 2) / weight.sum() * 100, 99).astype(int)
    return found


def toml(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, np.ndarray):
        return toml(value.tolist())
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    return f"{value:.6g}" if isinstance(value, float) and value != int(value) else str(int(value))


class Writer:
    """One TOML file of tables, each with source, method and confidence."""

    def __init__(self) -> None:
        self.lines = ["# Written by scripts/chile_margins from the public files of CASEN 2020 and 2022; do not edit.\n"]

    def table(self, name: str, source: str, method: str, **values: Any) -> None:
        """Add a table whose source and method are said."""
        self.lines.append(f"[{name}]")
        self.lines += [f"source = {toml(source)}", f"method = {toml(method)}", 'confidence = "derived"']
        self.rows(values)

    def rows(self, values: Mapping[str, Any], name: str = "") -> None:
        """Add values, under a name of their own if there is one."""
        self.lines += [f"[{name}]"] if name else []
        self.lines += [f"{k if k.isidentifier() and k.isascii() else toml(k)} = {toml(v)}" for k, v in values.items()]
        self.lines.append("")

    def save(self, path: Path) -> None:
        """Write the file."""
        path.write_text("\n".join(self.lines), encoding="utf-8")
