"""The income that poverty and inequality are measured on, and the method by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.measures import SurveyDesign, median
from amparo.policy import Country
from amparo.population.poverty import COUNTED, EXTREME, INCOME, LINE, SIZE, PovertyMethod
from amparo.population.table import Population

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Method:
    """A poverty method: household income over size to an exponent, below a line.

    Attributes:
        names: what the method is called, in three languages.
        line, extreme_line: currency per equivalent person and month.
        exponent: of the household's size; 1 is per head.
    """

    names: Mapping[str, str]
    line: float
    extreme_line: float
    exponent: float


@dataclass(frozen=True)
class Welfare:
    """Household income before a reform, and what it takes to measure poverty on it.

    Attributes:
        income: [households] currency a month; benefits of today included.
        size: [households] persons who share it.
        measured: [persons] who counts in poverty and inequality (a survey may leave domestic workers out).
        equivalents: [households] equivalent persons, at the prices of the line; None for size to the method's exponent.
        extreme: [households] the extreme line at those prices; None where the method's own holds for all.
    """

    income: Floats
    size: Floats
    measured: NDArray[np.bool_]
    method: Method
    equivalents: Floats | None = None
    extreme: Floats | None = None

    @cached_property
    def scale(self) -> Floats:
        """Return what household income is divided by [households]: equivalent persons."""
        if self.equivalents is None:
            return np.asarray(np.maximum(self.size, 1.0) ** self.method.exponent)
        return self.equivalents

    def equivalised(self, income: Floats) -> Floats:
        """Return income per equivalent person; at the prices of the line, where lines differ between households."""
        return np.asarray(income / self.scale)

    def per_head(self, income: Floats) -> Floats:
        """Return income per head."""
        return np.asarray(income / np.maximum(self.size, 1.0))


RELATIVE = {
    "es": "línea relativa: 60 % de la mediana del ingreso por persona equivalente (exponente 0,5); extrema: 40 %",
    "pt": "linha relativa: 60 % da mediana da renda por pessoa equivalente (expoente 0,5); extrema: 40 %",
    "en": "relative line: 60 % of median income per equivalent person (exponent 0.5); extreme: 40 %",
}


def surveyed(population: Population, official: PovertyMethod, baseline: Floats) -> Welfare:
    """Return the welfare of a survey under its official poverty method.

    Args:
        population: with the method's facts.
        official: the method.
        baseline: [households] simulated benefits of the baseline: added where measured income does not hold them.
    """
    income = population.household_facts[INCOME].astype(np.float64)
    if not official.holds_benefits:
        income = income + baseline
    size = population.household_facts[SIZE].astype(np.float64)
    counted = population.person_facts[COUNTED].astype(np.bool_) & population.to_persons(np.isfinite(income / size))
    names = official.names or dict.fromkeys(("es", "pt", "en"), official.name)
    if official.line_column:
        return _by_place(population, official, income, size, counted, names)
    extreme = official.line if official.extreme is None else official.extreme
    clean = (np.nan_to_num(income), np.nan_to_num(size, nan=1.0))
    equivalents = np.nan_to_num(official.equivalent_persons(population), nan=1.0) if official.equivalents else None
    return Welfare(*clean, counted, Method(names, official.line, extreme, official.exponent), equivalents)


def _by_place(
    population: Population,
    official: PovertyMethod,
    income: Floats,
    size: Floats,
    counted: NDArray[np.bool_],
    names: Mapping[str, str],
) -> Welfare:
    """Return welfare where each household has its own lines: incomes at the prices of the persons' mean line."""
    facts, weight = population.household_facts, population.weight * population.sizes
    own = facts[LINE]
    extreme = facts.get(EXTREME, own)
    known = np.isfinite(own * extreme)
    line, lowest = (float(np.average(v[known], weights=weight[known])) for v in (own, extreme))
    with np.errstate(invalid="ignore", divide="ignore"):
        equivalents = official.equivalent_persons(population) * own / line
        at_prices = extreme * line / own
    return Welfare(
        np.nan_to_num(income),
        np.nan_to_num(size, nan=1.0),
        counted & population.to_persons(known),
        Method(names, line, lowest, official.exponent),
        np.where(equivalents > 0, equivalents, 1.0),
        np.where(known, at_prices, lowest),
    )


def declared(population: Population, country: Country, baseline: Floats) -> Welfare:
    """Return the welfare of a population without measured income: its own money inputs plus baseline benefits.

    The line is relative, because no official line belongs to invented or unmapped households.
    """
    unit = 10.0**country.currency.decimals
    income = baseline.copy()
    for key, declared_input in country.inputs.items():
        if declared_input.type.currency is None:
            continue
        if key in population.known and not population.known[key].all():
            unknown = int((~population.known[key]).sum())
            raise PopulationError(
                f"'{key}' is unknown {unknown} times, and unknown is not zero: income cannot be added up. "
                f"Map an income for [poverty], or say what a missing '{key}' means."
            )
        if key in population.persons:
            income += population.household_sum(population.persons[key]) / unit
        elif key in population.households:
            income += population.households[key] / unit
    if not (income > 0).any():
        raise PopulationError("no household has any income: poverty cannot be measured; map an income column.")
    size = population.sizes.astype(np.float64)
    measured = np.ones(population.person_count, dtype=np.bool_)
    found = Welfare(income, size, measured, Method(RELATIVE, 0.0, 0.0, 0.5))
    persons = population.to_persons(found.equivalised(income))
    middle = median(persons, design_of(population)).value
    method = Method(RELATIVE, 0.6 * middle, 0.4 * middle, 0.5)
    return Welfare(income, size, measured, method)


def design_of(population: Population) -> SurveyDesign:
    """Return the survey design of the persons of a population; households are the clusters when none is declared."""
    spread = population.to_persons
    homes = population.household_of_person() if population.cluster is None else spread(population.cluster)
    weight = spread(population.weight) if population.person_weight is None else population.person_weight
    return SurveyDesign(weight, None if population.stratum is None else spread(population.stratum), homes)
