"""Incomes of one year brought to the prices of another, by a declared index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.expr import Kind
from amparo.policy import Country
from amparo.population.mapping import RECEIVED
from amparo.population.poverty import EXTREME, INCOME, LINE, PovertyMethod
from amparo.population.table import Population
from amparo.simulate.assumptions.economy import Index, Point

Column = NDArray[Any]


@dataclass(frozen=True)
class Uprating:
    """Money of `first` multiplied by `factor` to stand for money of `last`."""

    index: Index
    first: date
    last: date

    @property
    def factor(self) -> float:
        """The index of the later month over that of the earlier."""
        return self.index.at(self.last) / self.index.at(self.first)

    @property
    def points(self) -> list[Point]:
        """The declared points that the factor rests on."""
        return self.index.used(self.first, self.last)

    def population(self, population: Population, country: Country) -> Population:
        """Return the population with every amount of money uprated, whole in the currency's smallest unit."""
        money = {k for k, i in country.inputs.items() if i.type.kind is Kind.MONEY}
        facts = dict(population.household_facts)
        for key in [k for k in facts if k in (INCOME, LINE, EXTREME) or k.startswith(RECEIVED)]:
            facts[key] = facts[key] * self.factor
        return replace(
            population,
            persons=self._moved(population.persons, money),
            households=self._moved(population.households, money),
            household_facts=facts,
        )

    def method(self, method: PovertyMethod) -> PovertyMethod:
        """Return a poverty method with its lines uprated: they buy what they bought in the survey's month."""
        extreme = None if method.extreme is None else method.extreme * self.factor
        return replace(method, line=method.line * self.factor, extreme=extreme)

    def _moved(self, columns: Mapping[str, Column], money: set[str]) -> dict[str, Column]:
        return {k: np.rint(v * self.factor).astype(np.int64) if k in money else v for k, v in columns.items()}
