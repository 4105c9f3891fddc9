"""The official poverty of a survey: its line, its equivalence scale, and who is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.population.encoding import Column
from amparo.population.table import Population

INCOME, SIZE, COUNTED, STATUS = "poverty_income", "poverty_size", "poverty_counted", "official_status"
EQUIVALENTS, LINE, EXTREME = "poverty_equivalents", "poverty_line", "poverty_extreme_line"
STATUSES = ("not poor", "poor", "extreme")  # codes 0, 1, 2 of the fact `official_status`; −1 has none


@dataclass(frozen=True)
class PovertyMethod:
    """How a country's statistics say who is poor: income / size^exponent < line, or / adult equivalents.

    Args:
        name: the method's name, with its source.
        line: currency per month and equivalent person; strictly below it a person is poor. 0 where each household
            has its own, in `line_column`.
        extreme: the line of extreme poverty, if there is one.
        exponent: of the number of members; 1 is income per person.
        income: source column of the household's income.
        per_person: whether that column is income per member already.
        counted: source column that only members have a value in, where the income column does not tell them from
            live-in domestic workers.
        size: source column of the number of members; "" counts those whose income is known, so that
            live-in domestic workers, who belong to no household for this purpose, stay out.
        equivalents: source column of each member's adult equivalent: their sum then stands for size^exponent.
        line_column, extreme_column: source columns of the lines, where they differ by place or month.
        scale: what the income column is multiplied by, where the file's money is not the country's.
        holds_benefits: whether the income already holds the benefits of the rules that are simulated; not where
            one country's rules meet another country's households.
        names: the name by language, where it is told in all; `name` is the Spanish one then.
    """

    name: str
    line: float
    extreme: float | None
    exponent: float
    income: str
    per_person: bool = False
    counted: str = ""
    size: str = ""
    equivalents: str = ""
    line_column: str = ""
    extreme_column: str = ""
    scale: float = 1
    holds_benefits: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The source columns that the method reads."""
        named = (self.income, self.counted, self.size, self.equivalents, self.line_column, self.extreme_column)
        return [c for c in named if c]

    def facts(self, population: Population, read: Mapping[str, Column]) -> tuple[dict[str, Column], dict[str, Column]]:
        """Return the facts that the method needs, of persons and of households.

        Args:
            population: whose offsets are used.
            read: each of `columns` → [persons]; NaN where there is none, and whose income is NaN is not counted.
        """
        income, size = read[self.income], read.get(self.size)
        counted = np.isfinite(income)
        if self.counted:
            counted = counted & np.isfinite(read[self.counted])
        members = counts = population.household_sum(counted, np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = population.household_sum(np.where(counted, income, 0.0)) / members
            if size is not None:
                members = population.household_sum(np.where(counted, size, 0.0)) / members
        total = (mean * members if self.per_person else mean) * self.scale
        found = {INCOME: total, SIZE: members}
        if self.equivalents:
            found[EQUIVALENTS] = population.household_sum(np.where(counted, read[self.equivalents], 0.0))
        for key, column in ((LINE, self.line_column), (EXTREME, self.extreme_column)):
            if column:
                with np.errstate(invalid="ignore", divide="ignore"):
                    found[key] = population.household_sum(np.where(counted, read[column], 0.0)) / counts
        return {COUNTED: counted}, found

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
            found: NDArray[np.float64] = total / self.equivalent_persons(population)
        return found

    def equivalent_persons(self, population: Population) -> NDArray[np.float64]:
        """Return by what each household's income is divided: [households]."""
        facts = population.household_facts
        found: NDArray[np.float64] = facts[EQUIVALENTS] if self.equivalents else facts[SIZE] ** self.exponent
        return found

    def poor(
        self, population: Population, line: float | None = None, change: NDArray[np.float64] | None = None
    ) -> NDArray[np.bool_]:
        """Return which persons live below a line, the method's own by default: [persons]."""
        own = population.household_facts[LINE] if self.line_column else self.line
        return self._below(population, own if line is None else line, change)

    def _below(
        self, population: Population, limit: float | Column, change: NDArray[np.float64] | None
    ) -> NDArray[np.bool_]:
        with np.errstate(invalid="ignore"):
            below = self.equivalised(population, change) < limit
        found: NDArray[np.bool_] = population.to_persons(below) & population.person_facts[COUNTED]
        return found

    def extremely_poor(self, population: Population, change: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """Return which persons live below the line of extreme poverty: [persons]."""
        if self.extreme_column:
            return self._below(population, population.household_facts[EXTREME], change)
        if self.extreme is None:
            raise PopulationError(f"{self.name} has no line of extreme poverty.")
        return self._below(population, self.extreme, change)
