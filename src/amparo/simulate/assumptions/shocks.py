"""Shocks beside reforms: work is lost or becomes informal, wages and prices move.

[names]
es = "Recesión"
pt = "Recessão"
en = "Recession"
[shock]
unemployment = 0.05   # share of those who earn, who lose all earnings
informality = 0.10    # share of those who contribute, who stop contributing and keep their earnings
wages = 0.97          # what remains of every other wage
prices = 1.06         # what a basket of 1 costs: lines rise, amounts of the law do not
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PolicyError, PopulationError, nearest
from amparo.policy import Country
from amparo.population.table import Population
from amparo.simulate.assumptions.economy import Economy
from amparo.simulate.assumptions.stated import read_stated

SHARES = ("unemployment", "informality")
FACTORS = ("wages", "prices")
MOST = 1000  # times as much


@dataclass(frozen=True)
class Shock:
    """What happens to everybody, whatever the law.

    Attributes:
        unemployment: share of those who earn who lose all earnings.
        informality: share of those who contribute who stop contributing and keep their earnings.
        wages, prices: factors, 1 when nothing moves.
    """

    names: Mapping[str, str]
    unemployment: float = 0.0
    informality: float = 0.0
    wages: float = 1.0
    prices: float = 1.0

    def hit(self, population: Population, country: Country, economy: Economy) -> tuple[Population, NDArray[Any]]:
        """Return the population after the shock, and what each household's earnings changed by, in currency.

        Who is hit is drawn once, with probabilities that do not depend on income; a larger share hits the same
        persons and more.

        Raises:
            PopulationError: the country declares no earnings, or the population has no such column.
        """
        if economy.earnings is None or economy.earnings not in population.persons:
            raise PopulationError(
                f"a shock needs earnings: economy.toml of {country.key} names "
                f"{'none' if economy.earnings is None else repr(economy.earnings)}, which this population has not."
            )
        earned = population.persons[economy.earnings]
        draws = np.random.default_rng(20260915).random((2, population.person_count))
        lost = (draws[0] < self.unemployment) & (earned > 0)
        after = np.where(lost, 0, np.rint(earned * self.wages)).astype(np.int64)
        moved: dict[str, NDArray[Any]] = {economy.earnings: after}
        if economy.formal is not None and economy.formal in population.persons:
            formal = population.persons[economy.formal]
            moved[economy.formal] = formal & ~lost & ~(draws[1] < self.informality)
        elif self.informality:
            raise PopulationError("a shock of informality needs to know who contributes; this population does not say.")
        unit = 10.0**country.currency.decimals
        change = population.household_sum((after - earned).astype(np.float64)) / unit
        return population.with_columns(persons=moved), change


def read_shock(path: Path) -> Shock:
    """Read a shock from its TOML file.

    Raises:
        PolicyError: no such file, no TOML, an unknown part, a share outside 0 to 1, a factor beyond a thousand, or a
            shock that changes nothing.
    """
    raw = read_stated(path, "shock", ("shock",))
    return Shock(raw["names"], **_checked(path, raw.get("shock", {})))


def _checked(path: Path, stated: dict[str, Any]) -> dict[str, float]:
    for key, value in stated.items():
        if key not in (*SHARES, *FACTORS):
            raise PolicyError(f"{path}: a shock has no '{key}'.{nearest(key, [*SHARES, *FACTORS])}")
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
            raise PolicyError(f"{path}: {key} = {value!r} is no number.")
        if key in SHARES and not 0 <= value <= 1:
            raise PolicyError(f"{path}: {key} = {value} is no share; write a number from 0 to 1.")
        if key in FACTORS and not 1 / MOST <= value <= MOST:
            raise PolicyError(
                f"{path}: {key} = {value} is no factor; write a number from {1 / MOST} to {MOST}, 1 for no change."
            )
    if all(value == (0 if key in SHARES else 1) for key, value in stated.items()):
        raise PolicyError(f"{path} changes nothing: state unemployment, informality, wages or prices under [shock].")
    return {k: float(v) for k, v in stated.items()}
