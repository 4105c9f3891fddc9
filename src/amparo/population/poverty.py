"""The official poverty of a survey: its line, its equivalence scale, and who is counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.population.encoding import Column
from amparo.population.table import Population

INCOME, SIZE, COUNTED, STATUS = "poverty_income", "poverty_size", "poverty_counted", "official_status"
STATUSES = ("not poor", "poor", "extreme")  # codes 0, 1, 2 of the fact `official_status`; −1 has none


@dataclass(frozen=True)
class PovertyMethod:
    """How a country's statistics say who is poor: income / size^exponent < line.

    Args:
        name: the method's name, with its source.
        line: currency per month and equivalent person; strictly below it a person is poor.
        extreme: the line of extreme poverty, if there is one.
        exponent: of the number of members; 1 is income per person.
        income: source column of the household's income.
        per_person: whether that column is income per member already.
        size: source column of the number of members; "" counts those whose income is known, so that
            live-in domestic workers, who belong to no household for this purpose, stay out.
    """

    name: str
    line: float
    extreme: float | None
    exponent: float
    income: str
    per_person: bool = False
    size: str = ""

    def facts(
        self, population: Population, income: Column, size: Column | None
    ) -> tuple[dict[str, Column], dict[str, Column]]:
        """Return the facts that the method needs, of persons and of households.

        Args:
            population: whose offsets are used.
            income: [persons] the source column; NaN for who is not counted.
            size: [persons] the source column of the number of members, if there is one.
        """
        counted = np.isfinite(income)
        members = population.household_sum(counted, np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = population.household_sum(np.where(counted, income, 0.0)) / members
            if size is not None:
                members = population.household_sum(np.where(counted, size, 0.0)) / members
        total = mean * members if self.per_person else mean
        return {COUNTED: counted}, {INCOME: total, SIZE: members}

    def equivalised(self, population: Population, change: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return the income of each household per equivalent person: [households] currency per month.

        Args:
            population: read with this method's mapping.
            change: [households] currency per month that a reform adds to (or takes from) each household.

        Raises:
            PopulationError: the population was read without the method's columns.
        """
        if INCOME not in population.household_facts:
            raise PopulationError(f"the population has no income for {self.name}; read it with its mapping.")
        income = population.household_facts[INCOME]
        total = income if change is None else income + change
        with np.errstate(invalid="ignore", divide="ignore"):
            found: NDArray[np.float64] = total / population.household_facts[SIZE] ** self.exponent
        return found

    def poor(
        self, population: Population, line: float | None = None, change: NDArray[np.float64] | None = None
    ) -> NDArray[np.bool_]:
        """Return which persons live below a line, the method's own by default: [persons]."""
        limit = self.line if line is None else line
        with np.errstate(invalid="ignore"):
            below = self.equivalised(population, change) < limit
        found: NDArray[np.bool_] = population.to_persons(below) & population.person_facts[COUNTED]
        return found

    def extremely_poor(self, population: Population, change: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """Return which persons live below the line of extreme poverty: [persons]."""
        if self.extreme is None:
            raise PopulationError(f"{self.name} has no line of extreme poverty.")
        return self.poor(population, self.extreme, change)
