"""A block as a survey would have it: one row per person, with the columns that a country's mapping reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amparo.population.synthesis.families import ELSEWHERE, NONE, People
from amparo.population.synthesis.homes import HEAD, Homes, any_of
from amparo.population.synthesis.incomes import Incomes
from amparo.population.synthesis.margins import Ints, Margins
from amparo.population.synthesis.traits import Columns

HOUSEHOLD, DWELLING, WEIGHT = "household", "dwelling", "weight"
SEXES = ("male", "female")
AGES = ("0-17", "18-64", "65+")
STUDENT = 21  # below it an absent parent counts in a means test
LAST_MONTH = 11  # of a year of age: the birthday falls in the month after this one


@dataclass(frozen=True)
class Survey:
    """Rows of persons sorted by household.

    Attributes:
        sizes: [households] members.
        dwelling: [households] from 0.
    """

    table: pa.Table
    sizes: Ints
    dwelling: Ints

    @property
    def persons(self) -> int:
        """How many rows there are."""
        return int(self.table.num_rows)

    @property
    def dwellings(self) -> int:
        """How many dwellings there are."""
        return int(self.dwelling.max()) + 1 if len(self.dwelling) else 0

    def cut(self, persons: int) -> Survey:
        """Return the first households, and persons living alone from further on, so that they are exactly so many."""
        kept = np.cumsum(self.sizes) <= persons
        missing = persons - int(self.sizes[kept].sum())
        alone = np.flatnonzero(~kept & (self.sizes == 1))
        if len(alone) < missing:  # at the very end of a block: households of one from its beginning stand once more
            alone = np.concatenate([alone, np.flatnonzero(self.sizes == 1)])
        chosen = np.concatenate([np.flatnonzero(kept), alone[:missing]])
        first = (np.cumsum(self.sizes) - self.sizes)[chosen]
        sizes = self.sizes[chosen]
        rows = np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
        dwelling = np.unique(self.dwelling[chosen], return_inverse=True)[1]
        return Survey(self.table.take(pa.array(rows)), sizes, dwelling)

    def numbered(self, households: int, dwellings: int, weight: float) -> Survey:
        """Return the rows with numbers of household and dwelling that go on from earlier blocks, and a weight."""
        home = np.repeat(np.arange(len(self.sizes)) + households, self.sizes)
        of_dwelling = np.repeat(self.dwelling + dwellings, self.sizes)
        made = self.table.append_column(HOUSEHOLD, pa.array(home)).append_column(DWELLING, pa.array(of_dwelling))
        made = made.append_column(WEIGHT, pa.array(np.full(len(home), weight)))
        return Survey(made, self.sizes, self.dwelling)


@dataclass(frozen=True)
class Draft:
    """A block whose traits are still being drawn."""

    homes: Homes
    texts: dict[str, tuple[Ints, tuple[str, ...], bool]]  # codes, names, whether they are the household's

    def table(self, columns: Columns) -> Survey:
        """Return the block as rows of persons."""
        home = self.homes.home
        made = {k: pa.array(v) for k, v in columns.of_persons.items() if k not in columns.levels}
        made |= {k: pa.array(v[home]) for k, v in columns.of_households.items() if k not in columns.levels}
        texts = dict(self.texts)
        for key, names in columns.levels.items():
            of_household = key in columns.of_households
            texts[key] = ((columns.of_households if of_household else columns.of_persons)[key], names, of_household)
        for key, (found, names, of_household) in texts.items():
            spread = found[home] if of_household else found
            made[key] = pa.DictionaryArray.from_arrays(pa.array(spread.astype(np.int16)), pa.array(names))
        return Survey(pa.table(made), self.homes.size, self.homes.dwelling)


def survey(
    homes: Homes, people: People, money: Incomes, margins: Margins, columns: Columns, rng: np.random.Generator
) -> Draft:
    """Fill the columns that follow from structure and incomes; traits may read them."""
    rows = len(people.age)
    month = rng.integers(0, 12, rows)
    earned = money.earned
    columns.of_persons |= {
        "person": (homes.position + 1).astype(np.int16),
        "head": homes.role == HEAD,
        "age": people.age.astype(np.int16),
        "age_in_months": (people.age * 12 + month).astype(np.int16),
        "age_in_december": (people.age + (month == LAST_MONTH)).astype(np.int16),
        "female": people.female,
        "mother": people.mother.astype(np.int16),
        "father": people.father.astype(np.int16),
        "partner": people.partner.astype(np.int16),
        "married": people.married,
        "absent_parent": (people.mother == ELSEWHERE) | (people.father == ELSEWHERE),
        "newborns": _newborns(homes, people, month),
        "works": earned.works,
        "earnings": earned.earnings.astype(np.int64),
        "pension": earned.pension.astype(np.int64),
        "capital": earned.capital.astype(np.int64),
        "transfers": earned.transfers.astype(np.int64),
    }
    columns.of_persons |= _residence(homes, people, margins, rng)
    insured = margins.choice("insurance.shares").at((money.hundredth - 1) // 10, rng.random(len(homes.size)))
    total = money.autonomous + money.subsidies + money.imputed_rent
    columns.of_households |= {
        "size": homes.size.astype(np.int16),
        "region_code": homes.region.astype(np.int16),
        "autonomous_income": money.autonomous.astype(np.int64),
        "subsidies": money.subsidies.astype(np.int64),
        "imputed_rent": money.imputed_rent.astype(np.int64),
        "monetary_income": (money.autonomous + money.subsidies).astype(np.int64),
        "labour_income": np.bincount(homes.home, earned.earnings, len(homes.size)).astype(np.int64),
        "total_income": total.astype(np.int64),
        "hundredth": money.hundredth.astype(np.int16),
        "tenth": ((money.hundredth + 9) // 10).astype(np.int16),
        "needs_hundredth": money.needs_hundredth.astype(np.int16),
        "insurance_code": insured.astype(np.int8),
        "absent_parents": any_of(homes, (people.age < STUDENT) & columns.of_persons["absent_parent"]),
        "children": np.bincount(homes.home, people.age < 18, len(homes.size)).astype(np.int16),
    }
    age_group = np.searchsorted([18, 65], people.age, side="right")
    return Draft(
        homes,
        {
            "sex": (people.female.astype(np.int64), SEXES, False),
            "age_group": (age_group, AGES, False),
            "schooling": (earned.schooling, tuple(margins["schooling.levels"]), False),
            "insurance": (insured, tuple(margins["insurance.kinds"]), True),
            "region": (homes.region, tuple(margins["regions.keys"]), True),
            "commune": (homes.commune, _communes(margins), True),
        },
    )


def _communes(margins: Margins) -> tuple[str, ...]:
    return tuple(c for region in margins["regions.keys"] for c in margins[f"communes.{region}"])


def _residence(homes: Homes, people: People, margins: Margins, rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    """Return years in the country: since birth, or, of a household from abroad, since a year drawn evenly."""
    abroad = (rng.random(len(homes.size)) < margins.array("foreign.region")[homes.region])[homes.home]
    years = np.minimum(people.age, rng.integers(0, margins["foreign_years.most"] + 1, len(people.age)))
    here = np.where(abroad, years, people.age)
    return {
        "abroad": abroad,
        "years_here": here.astype(np.int16),
        "years_since_20": np.clip(np.minimum(here, people.age - 20), 0, None).astype(np.int16),
        "years_of_last_5": np.minimum(here, 5).astype(np.int16),
    }


def _newborns(homes: Homes, people: People, month: NDArray[Any]) -> NDArray[np.int8]:
    """Return how many children of each woman came into the world this month."""
    child = np.flatnonzero((people.age == 0) & (month == 0) & (people.mother != NONE) & (people.mother != ELSEWHERE))
    mother = homes.start[homes.home[child]] + people.mother[child] - 1
    return np.bincount(mother, minlength=len(people.age)).astype(np.int8)
