"""Values of any declared input at random, crowded around the figures of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import ParameterError
from amparo.expr import Input, Kind, Op
from amparo.policy import Edition
from amparo.population.encoding import Column, date_codes, minor_units, smallest_integer, stored_type

ZEROS, AT_BOUNDARY, FEW = 0.25, 0.35, 0.4
WIDEST_COUNT = 60
USUAL_AMOUNT = 400  # in units of the currency, where the law names no amount
YES = (0.05, 0.3, 0.5)


@dataclass(frozen=True)
class Figures:
    """The figures of one month's law by kind, in stored units: where answers change."""

    by_kind: dict[Kind, NDArray[np.float64]]

    @classmethod
    def of(cls, edition: Edition | None) -> Figures:
        """Collect the parameters in force and the constants of a graph; a figure unknown that month is left out."""
        found: dict[Kind, set[Fraction]] = {kind: set() for kind in Kind}
        if edition is not None:
            for each in edition.parameters:
                try:
                    found[each.type.kind].add(edition.figure(each) * minor_units(each.type.currency))
                except ParameterError:
                    continue
            for n in edition.graph.nodes:
                if n.op is Op.CONST and isinstance(n.attr, (int, Fraction)):
                    found[n.type.kind].add(Fraction(n.attr) * minor_units(n.type.currency))
        return cls({k: np.array(sorted(map(float, v))) for k, v in found.items()})

    def near(self, kind: Kind, low: float, high: float) -> NDArray[np.float64]:
        """Return each figure of a kind, the value just below it and the one just above, within a range."""
        figures = self.by_kind[kind]
        step = 1e-6 if kind is Kind.NUMBER else 1
        around = np.unique(np.concatenate([figures - step, figures, figures + step]))
        if kind is not Kind.NUMBER:
            around = np.unique(np.concatenate([np.floor(around), np.ceil(around)]))
        return around[(around >= low) & (around <= high)]


def limits(declared: Input[Any]) -> tuple[float, float]:
    """Return the declared range of an input in stored units; infinite where it is open."""
    scale = minor_units(declared.type.currency)
    low = -np.inf if declared.low is None else float(Fraction(declared.low) * scale)
    high = np.inf if declared.high is None else float(Fraction(declared.high) * scale)
    return low, high


class Chance(NamedTuple):
    """Where random values come from: `rng` is consumed in a fixed order, so that a seed gives one population.

    `figures` are the law's (none for values that do not crowd), `last_day` is the latest date drawn.
    """

    rng: np.random.Generator
    figures: Figures
    last_day: date


def draw(declared: Input[Any], rows: int, chance: Chance) -> Column:
    """Return so many values of one input inside its declared range, in the encoding of `Population`."""
    rng, figures = chance.rng, chance.figures
    kind = declared.type.kind
    if kind is Kind.BOOL:
        made: Column = rng.random(rows, dtype=np.float32) < rng.choice(YES)
        return made
    if kind is Kind.CATEGORY:
        return rng.integers(len(declared.type.categories), size=rows, dtype=stored_type(declared.type))
    if kind is Kind.DATE:
        end = np.datetime64(chance.last_day, "D").astype(np.int64)
        days = rng.integers(end - 95 * 365, end + 1, size=rows)
        return date_codes(days.astype("datetime64[D]"))
    low, high = limits(declared)
    values = _numbers(declared, rows, chance)
    near = figures.near(kind, low, high)
    if len(near):
        crowd = rng.random(rows, dtype=np.float32) < AT_BOUNDARY
        values[crowd] = near[rng.integers(len(near), size=int(crowd.sum()))]
    return narrowed(np.clip(values, low, high), kind)


def _numbers(declared: Input[Any], rows: int, chance: Chance) -> NDArray[np.float64]:
    kind, rng = declared.type.kind, chance.rng
    low, high = limits(declared)
    if kind is Kind.NUMBER:
        floor, ceiling = max(low, 0.0), high if np.isfinite(high) else max(low, 0.0) + 1.0
        shares: NDArray[np.float64] = floor + rng.random(rows) * (ceiling - floor)
        return shares
    if kind is not Kind.MONEY:
        floor = low if np.isfinite(low) else 0.0
        widest = high if np.isfinite(high) else floor + WIDEST_COUNT * (12 if kind is Kind.MONTHS else 1)
        made: NDArray[np.float64] = rng.integers(int(floor), int(widest) + 1, size=rows).astype(np.float64)
        few = rng.random(rows, dtype=np.float32) < FEW
        made[few] = floor + rng.geometric(0.5, size=int(few.sum())) - 1
        return made
    amounts = chance.figures.by_kind[kind]
    amounts = amounts[amounts > 0]
    middle = float(np.median(amounts)) if len(amounts) else float(USUAL_AMOUNT * minor_units(declared.type.currency))
    made = np.exp(rng.standard_normal(rows, dtype=np.float32) + np.float32(np.log(middle))).astype(np.float64)
    np.rint(made, out=made)
    if low < 0:
        made *= np.where(rng.random(rows, dtype=np.float32) < ZEROS, -1.0, 1.0)
    made[rng.random(rows, dtype=np.float32) < ZEROS] = 0
    return made


def narrowed(values: Column, kind: Kind) -> Column:
    """Return numbers in the narrowest type of their kind."""
    if kind is Kind.NUMBER:
        return values.astype(np.float64, copy=False)
    least = np.int32 if kind is Kind.MONEY else np.int8
    span = (values.min(), values.max()) if len(values) else (0, 0)
    return values.astype(smallest_integer(*span, least=least))
