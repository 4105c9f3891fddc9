"""Three questions of an analyst: what the simulation pays to ten households of each, reckoned again by hand."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amparo.policy import Country, find_country
from amparo.population import Population
from amparo.simulate import open_source, read_reform, silent
from amparo.simulate.scenario import run

MONTH = date(2025, 10, 1)


def paid(law: Country, population: Population, benefits: Any) -> dict[str, Any]:
    scenario = run(law, population, names={}, on=MONTH, months=1, benefits=benefits, take_up={}, report=silent)
    return {key: found.households for key, found in scenario.paid.items()}


def members(population: Population, household: int) -> range:
    return range(int(population.offsets[household]), int(population.offsets[household + 1]))


@pytest.fixture(scope="module")
def chile() -> tuple[Country, Population, Any]:
    country = find_country("chile")
    source, _ = open_source(country, "synthetic:20000:4", on=MONTH, mapping=None, report=silent)
    return country, source.population, source.computable


def test_pgu_for_everybody_pays_the_whole_amount_by_age_and_residence_alone(chile: Any) -> None:
    """224,004 pesos, 250,000 from 82 on (chile.md D.5, September 2025)."""
    country, p, computable = chile
    law = country.reformed(read_reform(Path("universal_pgu"), country, MONTH), MONTH)
    found = paid(law, p, computable)["pgu"]
    before = paid(country, p, computable)["pgu"]
    gained = np.flatnonzero(found > before)[:10]
    assert len(gained) == 10
    for household in gained:
        due = 0
        for i in members(p, household):
            old = p.persons["age"][i] >= 65
            here = p.persons["years_resident"][i] >= 20 and p.persons["years_resident_of_last_5"][i] >= 4
            due += (250_000 if p.persons["age"][i] >= 82 else 224_004) if old and here else 0
        assert found[household] == due


def test_suf_doubled_pays_22007_more_for_each_child_under_six_who_has_it(chile: Any) -> None:
    """A second 22,007 pesos (chile.md D.1, May 2025) in the lower 40 %, four times 22,007 with a disability."""
    country, p, computable = chile
    law = country.reformed(read_reform(Path("double_suf_under_six"), country, MONTH), MONTH)
    found, before = paid(law, p, computable)["suf"], paid(country, p, computable)["suf"]
    gained = np.flatnonzero(found > before)[:10]
    assert len(gained) == 10
    for household in gained:
        assert p.households["rsh_bracket"][household] <= 40
        young = [i for i in members(p, household) if p.persons["age"][i] < 6]
        impaired = [i for i in young if p.persons["disabled"][i] or p.persons["mental_disability"][i]]
        more = found[household] - before[household]
        assert more % 22_007 == 0
        assert 22_007 <= more <= 22_007 * (len(young) + len(impaired))


def test_bolsa_familia_for_chiles_households_is_the_floor_and_the_parts_of_the_law(data: Path) -> None:
    """Lei 14.601: 142 a person, at least 600 a family, 150 for each child under seven, 50 for those of 7 to 17."""
    brasil = find_country("brasil")
    source, _ = open_source(brasil, f"casen2022:{data / 'casen2022.parquet'}", on=MONTH, mapping=None, report=silent)
    p = source.population
    found = paid(brasil, p, source.computable)["bolsa_familia"]
    chosen = [h for h in np.flatnonzero(found > 0) if not any(p.persons["age"][i] >= 65 for i in members(p, h))][:10]
    assert len(chosen) == 10
    for household in chosen:
        ages = [int(p.persons["age"][i]) for i in members(p, household)]
        earned = sum((Fraction(int(p.persons["earnings"][i]), 100) for i in members(p, household)), Fraction(0))
        assert earned / len(ages) <= 218
        citizenship = 142 * len(ages)
        due = citizenship + max(600 - citizenship, 0)
        due += 150 * sum(age < 7 for age in ages) + 50 * sum(7 <= age < 18 for age in ages)
        assert found[household] == due
