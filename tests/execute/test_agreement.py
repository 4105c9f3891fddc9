"""The kernel and the exact executor give the same answer, on every row and to the cent."""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.execute.agreement import compare, one
from tests.execute.random_programmes import Drawn, World, households, populations, programme, programmes

from amparo.errors import AmparoError
from amparo.expr import Op
from amparo.policy import Country, Edition, countries
from amparo.population.generator import random_population

PROGRAMMES, ROWS = 100, 100  # ten thousand households; `python -m tests.execute.agreement` for a million


def test_random_programmes_use_every_operation():
    drawn = [programme(random.Random(seed), unguarded=True) for seed in range(40)]
    assert set().union(*(d.operations for d in drawn)) == set(Op)


def test_random_households_are_empty_single_and_large():
    population, _ = households(programme(random.Random(1)), np.random.default_rng(1), 300)
    assert {0, 1, 12} <= set(population.sizes.tolist())
    wage = population.persons["wage"]
    assert (wage < 0).any()
    assert (wage == 0).any()


@pytest.mark.parametrize("first", range(0, PROGRAMMES, 5))
def test_kernel_equals_exact_on_random_programmes(first, cache):
    for seed in range(first, first + 5):
        found = one(seed, ROWS, cache)
        assert found.rows == ROWS
        assert not found.differences, "\n".join(found.differences)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_kernel_equals_or_refuses_with_exact(cache, data):
    drawn = data.draw(programmes(unguarded=True))
    population, states = data.draw(populations(drawn, outside=data.draw(st.sampled_from([0.0, 0.3]))))
    found = compare(drawn.edition, population, states, cache)
    assert not found.differences, "\n".join(found.differences)


def test_comparison_notices_a_kernel_that_is_one_cent_off(cache, monkeypatch):
    """The comparison above can fail."""
    from amparo.execute.kernel import Kernel, Result

    right = Kernel.run

    def wrong(self, population, **options):
        result = right(self, population, **options)
        outputs = {k: v + 1 if v.dtype == np.float64 else ~v for k, v in result.outputs.items()}
        return Result(outputs, result.households, result.doubtful)

    monkeypatch.setattr(Kernel, "run", wrong)
    assert one(0, 20, cache).differences


# the real law ------------------------------------------------------------------------------------------------------


def computable(country: Country) -> list[Edition]:
    """Return the law of the first and last month with every figure known, of those at which regimes or halves begin."""
    starts = {r.since.replace(day=1) for p in country.programmes for r in p.regimes}
    years = {date(year, month, 1) for year in range(min(s.year for s in starts) + 1, 2027) for month in (1, 7)}
    found = []
    for month in sorted(starts | years):
        try:
            edition = country.on(month)
            for each in edition.parameters:
                edition.figure(each)
        except AmparoError:
            continue
        found.append(edition)
    return [found[0], found[-1]] if len(found) > 1 else found


@pytest.mark.parametrize("key", sorted(k for k, c in countries().items() if c.programmes))
def test_kernel_equals_exact_on_the_law_of_a_country(key, cache):
    country = countries()[key]
    editions = computable(country)
    assert editions, f"{key} has no month in which every figure is known"
    place = World(country.currency, country.household.member, country.household, (), country)
    for edition in editions:
        drawn = Drawn(edition, place)
        population, states = households(drawn, np.random.default_rng(5), 400, sizes=[1, 1, 2, 3, 3, 4, 5, 6, 12])
        found = compare(edition, population, states, cache)
        assert not found.differences, "\n".join(found.differences)
        assert found.refused < found.rows / 2


@pytest.mark.parametrize("key", sorted(k for k, c in countries().items() if c.programmes))
def test_kernel_equals_exact_on_a_generated_population(key, cache):
    country = countries()[key]
    edition = computable(country)[-1]
    population = random_population(country, 1500, 1, edition=edition)
    found = compare(edition, population, {}, cache)
    assert not found.differences, "\n".join(found.differences)
