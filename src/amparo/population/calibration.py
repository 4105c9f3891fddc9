"""Household weights moved as little as possible until known totals hold: raking and linear calibration (GREG).

One weight for each household, so that persons and households of a table always agree: a margin counts how many
persons (or pesos, or one for the household itself) each household holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amparo.errors import PopulationError
from amparo.population.table import Population

Floats = NDArray[np.float64]
METHODS = ("raking", "linear")
ROUNDS = 50
LARGEST_STEP = 5.0  # of the logarithm of a factor in one round; keeps Newton's first steps from overflowing
WORTH_SHOWING = 0.01  # of a total, for naming a margin that was missed


@dataclass(frozen=True)
class Margin:
    """A known total.

    Args:
        name: what it is called in errors, as in "women of 65 and over".
        amounts: [households] how much of it each household holds.
        total: what the weighted amounts must add up to.
    """

    name: str
    amounts: ArrayLike
    total: float


def persons(population: Population, name: str, marks: ArrayLike, total: float) -> Margin:
    """Return the margin of the persons of a mark: `marks` is [persons], yes or no, or an amount."""
    column = np.asarray(marks, dtype=np.float64)
    return Margin(name, population.household_sum(column), total)


@dataclass(frozen=True)
class Calibrated:
    """New weights, and by how much they moved.

    Attributes:
        weight: [households] the calibrated weights.
        factor: [households] new over old weight.
        rounds: how many rounds were needed.
    """

    weight: Floats
    factor: Floats
    rounds: int


def calibrate(
    weights: ArrayLike, margins: Sequence[Margin], *, method: str = "raking", tolerance: float = 1e-9
) -> Calibrated:
    """Return weights that meet every margin and are nearest to the old ones.

    `raking` keeps every weight above zero and multiplies them (distance w·ln(w/d) − w + d; for margins that are
    categories it is iterative proportional fitting); `linear` is the generalised regression estimator's (distance
    (w − d)²/2d), has a closed form, and refuses weights that would not be above zero.

    Args:
        weights: [households] above zero.
        margins: totals that can hold together.
        method: "raking" or "linear".
        tolerance: of each total, relative to it (to the sum of weights where it is 0).

    Raises:
        PopulationError: a margin of another length or that no household holds, totals that contradict each other or
            that no weights above zero reach.

    Source: Deville & Särndal (1992), Journal of the American Statistical Association 87(418), 376-382.

    >>> women = Margin("women", [1, 0, 2], 60)
    >>> calibrate([10, 10, 10], [women, Margin("households", [1, 1, 1], 40)], method="linear").weight.round(2)
    array([13.33,  3.33, 23.33])
    """
    start = np.asarray(weights, dtype=np.float64)
    if method not in METHODS:
        raise PopulationError(f"'{method}' is no method of calibration; use raking or linear.")
    if start.ndim != 1 or not len(start) or not (np.isfinite(start) & (start > 0)).all():
        raise PopulationError("the weights to calibrate must be one number above zero for each household.")
    amounts, totals = _matrix(margins, len(start))
    scale = np.where(totals != 0, np.abs(totals), start.sum())
    multipliers = np.zeros(len(margins))
    factor = np.ones(len(start))
    for done in range(ROUNDS):
        missing = totals - amounts.T @ (start * factor)
        if (np.abs(missing) <= tolerance * scale).all():
            return _checked(start, factor, done)
        slope = start * (factor if method == "raking" else 1.0)
        hessian = amounts.T @ (amounts * slope[:, None])
        step, *_ = np.linalg.lstsq(hessian / scale[:, None], missing / scale, rcond=1e-12)
        if method == "raking":
            reach = np.abs(amounts @ step).max()
            step *= min(1.0, LARGEST_STEP / reach) if reach > 0 else 1.0
        multipliers = multipliers + step
        exponent = amounts @ multipliers
        factor = np.exp(np.minimum(exponent, 200.0)) if method == "raking" else 1.0 + exponent
    raise _unreached(margins, amounts, start * factor, scale)


def calibrated(population: Population, margins: Sequence[Margin], *, method: str = "raking") -> Population:
    """Return the population with calibrated weights; weights of persons move with their household's.

    Raises:
        PopulationError: as `calibrate` does.
    """
    found = calibrate(population.weight, margins, method=method)
    own = population.person_weight
    of_persons = None if own is None else own * population.to_persons(found.factor)
    return replace(population, weight=found.weight, person_weight=of_persons)


def _matrix(margins: Sequence[Margin], households: int) -> tuple[Floats, Floats]:
    if not margins:
        raise PopulationError("there is no margin to calibrate to; give one at least.")
    columns = []
    for each in margins:
        column = np.asarray(each.amounts, dtype=np.float64)
        if column.shape != (households,):
            raise PopulationError(f"margin '{each.name}' has shape {column.shape}, but there are {households} weights.")
        if not np.isfinite(column).all() or not np.isfinite(each.total):
            raise PopulationError(f"margin '{each.name}' holds a value that is missing; fill it in.")
        if not column.any() and each.total:
            raise PopulationError(
                f"no household holds any of '{each.name}', whose total is {each.total:g}; merge it with another margin."
            )
        columns.append(column)
    return np.column_stack(columns), np.array([m.total for m in margins], dtype=np.float64)


def _checked(start: Floats, factor: Floats, rounds: int) -> Calibrated:
    low = int(np.argmin(factor))
    if factor[low] <= 0:
        raise PopulationError(
            f"linear calibration gives {np.count_nonzero(factor <= 0)} weights that are not above zero, the lowest "
            f"{start[low] * factor[low]:g}; use raking, or fewer margins."
        )
    return Calibrated(start * factor, factor, rounds)


def _unreached(margins: Sequence[Margin], amounts: Floats, weight: Floats, scale: Floats) -> PopulationError:
    reached = amounts.T @ weight
    gaps = np.abs(reached - [m.total for m in margins]) / scale
    worst = int(np.argmax(gaps))
    each = margins[worst]
    far = f"{gaps[worst]:.1%}" if gaps[worst] >= WORTH_SHOWING else f"{gaps[worst]:.1e} of it"
    return PopulationError(
        f"the weights do not settle in {ROUNDS} rounds: '{each.name}' should be {each.total:,.10g} and stays at "
        f"{reached[worst]:,.10g} ({far} off); margins contradict each other or cannot be reached, so merge small ones."
    )
