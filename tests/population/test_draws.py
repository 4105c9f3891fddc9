"""Random values of one input: inside what is declared, crowded at the figures."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.population.land import PESO, Household, Person

from amparo.expr import Count, Input, Kind, Money
from amparo.population import date_of
from amparo.population.draws import Chance, Figures, draw, limits, narrowed

NONE = Figures({kind: np.zeros(0) for kind in Kind})
LAST = date(2024, 5, 1)


def chance(seed: int = 0, **figures: list[float]) -> Chance:
    by_kind = {**NONE.by_kind, **{Kind[k]: np.array(v, dtype=float) for k, v in figures.items()}}
    return Chance(np.random.Generator(np.random.SFC64(seed)), Figures(by_kind), LAST)


class TestFigures:
    def test_crowd_one_unit_around_whole_numbers(self) -> None:
        near = chance(MONEY=[100, 200.5]).figures.near(Kind.MONEY, -np.inf, np.inf)
        assert near.tolist() == [99, 100, 101, 199, 200, 201, 202]

    def test_crowd_a_millionth_around_shares(self) -> None:
        assert chance(NUMBER=[0.5]).figures.near(Kind.NUMBER, 0, 1).tolist() == [0.499999, 0.5, 0.500001]

    def test_stay_inside_the_range(self) -> None:
        assert chance(COUNT=[0, 65, 120]).figures.near(Kind.COUNT, 0, 120).tolist() == [0, 1, 64, 65, 66, 119, 120]

    def test_are_none_without_a_law(self) -> None:
        assert Figures.of(None).near(Kind.MONEY, 0, 100).tolist() == []


class TestDraw:
    @given(seed=st.integers(0, 2**32), low=st.none() | st.integers(-50, 50), width=st.none() | st.integers(0, 100))
    def test_stays_inside_what_is_declared(self, seed: int, low: int | None, width: int | None) -> None:
        high = None if width is None else (low or 0) + width
        for declared in (
            Input(Count, labels={"en": "n"}, low=low, high=high),
            Input(Money, labels={"en": "m"}, low=low, high=high, currency=PESO),
        ):
            values = draw(declared, 50, chance(seed, COUNT=[-60, 0, 7, 200], MONEY=[-9000, 0, 700, 1e7]))
            least, most = limits(declared)
            assert ((values >= least) & (values <= most)).all()
            assert values.dtype.kind == "i"

    @pytest.mark.parametrize("key", list(Person.inputs) + list(Household.inputs))
    def test_gives_as_many_values_as_rows_for_every_kind(self, key: str) -> None:
        declared: Input[Any] = {**Person.inputs, **Household.inputs}[key]
        for rows in (0, 1, 300):
            assert draw(declared, rows, chance()).shape == (rows,)

    def test_gives_every_category(self) -> None:
        assert set(draw(Person.inputs["work"], 300, chance()).tolist()) == {0, 1, 2}

    def test_gives_days_up_to_the_last(self) -> None:
        days = [date_of(code) for code in draw(Person.inputs["birth"], 300, chance())]
        assert max(days) <= LAST
        assert len(set(days)) > 250

    def test_gives_no_income_to_some(self) -> None:
        incomes = draw(Person.inputs["income"], 1000, chance(MONEY=[5000]))
        assert 150 < np.count_nonzero(incomes == 0) < 350
        assert np.count_nonzero(np.abs(incomes - 5000) <= 1) > 250


class TestNarrowed:
    def test_gives_money_32_bits_at_least(self) -> None:
        assert narrowed(np.array([1.0]), Kind.MONEY).dtype == np.int32
        assert narrowed(np.array([1.0]), Kind.COUNT).dtype == np.int8
        assert narrowed(np.array([2.0**40]), Kind.MONEY).dtype == np.int64
        assert narrowed(np.array([0.5]), Kind.NUMBER).dtype == np.float64
