import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, deciles, quantile, quantile_groups

people = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=2, max_size=40)


class TestQuantile:
    @given(people, st.integers(1, 100))
    def test_is_the_smallest_income_that_reaches_the_share(self, people, percent):
        y, w = np.array(people, dtype=float).T
        if np.ptp(y) == 0:
            return
        found = quantile(y, percent / 100, SurveyDesign(w)).value
        copies = np.sort(np.repeat(y, w.astype(int)))
        assert found == copies[-(-percent * copies.size // 100) - 1]

    def test_does_not_pass_a_person_by_a_rounding(self):
        assert 0.55 * 100 > 55
        assert quantile(np.arange(1.0, 101.0), 0.55, SurveyDesign(np.ones(100))).value == 55

    def test_ignores_rows_of_no_weight(self):
        assert quantile([1.0, 5.0, 6.0], 0.01, SurveyDesign([0.0, 1.0, 1.0])).value == 5

    @pytest.mark.parametrize("p", [0.0, -0.1, 1.1, 50])
    def test_refuses_a_share_outside_its_range(self, p):
        with pytest.raises(MeasureError, match="shares above 0 and up to 1"):
            quantile([1.0, 2.0], p, SurveyDesign([1.0, 1.0]))

    def test_has_no_error_where_all_incomes_are_equal(self):
        with pytest.raises(MeasureError, match="every income is 3"):
            quantile([3.0, 3.0], 0.5, SurveyDesign([1.0, 1.0]))


class TestQuantileGroups:
    @given(people)
    def test_keeps_equals_together_and_the_order_of_welfare(self, people):
        y, w = np.array(people, dtype=float).T
        group = deciles(y, SurveyDesign(w))
        assert group.min() >= 1
        assert group.max() <= 10
        richer = y[:, None] > y[None, :]
        assert np.all((group[:, None] >= group[None, :])[richer])
        assert np.all((group[:, None] == group[None, :])[y[:, None] == y[None, :]])

    def test_holds_a_tenth_each_where_nobody_ties(self):
        rng = np.random.default_rng(5)
        group = deciles(rng.permutation(1000.0 * np.arange(1, 201)), SurveyDesign(np.full(200, 3.0)))
        assert np.bincount(group).tolist() == [0] + [20] * 10

    def test_never_splits_a_household(self, casen):
        tenths = deciles(casen["ypc"], casen.design, domain=casen["surveyed"])
        assert np.all((tenths == 0) == ~casen["surveyed"])
        weights = np.bincount(tenths, casen["expr"])[1:]
        assert weights / weights.sum() == pytest.approx(0.1, abs=0.0025)  # round incomes are ties
        for tenth in range(1, 10):
            assert casen["ypc"][tenths == tenth].max() < casen["ypc"][tenths == tenth + 1].min()

    @pytest.mark.parametrize("groups", [1, 3.5, float("nan")])
    def test_refuses_a_single_group_and_a_part_of_one(self, groups):
        with pytest.raises(MeasureError, match="at least two groups"):
            quantile_groups([1.0, 2.0], groups, SurveyDesign([1.0, 1.0]))
