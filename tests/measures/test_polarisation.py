"""Wolfson's index of polarisation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, bootstrap, gini, wolfson

samples = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 9)), min_size=2, max_size=25)


class TestWolfson:
    def test_is_zero_where_all_have_the_same_and_has_no_error_there(self):
        assert wolfson.value([3.0, 3.0, 3.0], SurveyDesign([1.0] * 3)) == pytest.approx(0, abs=1e-15)
        with pytest.raises(MeasureError, match="a quantile has no standard error"):
            wolfson([3.0, 3.0, 3.0], SurveyDesign([1.0] * 3))

    def test_of_persons_by_hand(self):
        # 1, 2, 3, 6: μ = 3, m = 2, L(1/2) = 3/12, G = (1·(−3) + 2·(−1) + 3·1 + 6·3)/(4·12) = 1/3
        assert wolfson([1.0, 2.0, 3.0, 6.0], SurveyDesign([1.0] * 4)).value == pytest.approx(
            4 * (3 / 2) * (1 / 2 - 3 / 12 - 1 / 6)
        )

    @given(samples, st.floats(0.01, 100), st.integers(2, 4))
    def test_does_not_change_with_currency_or_copies(self, sample, scale, times):
        y, w = np.array(sample, float).T
        if np.ptp(y) == 0:
            return
        here = wolfson(y, SurveyDesign(w)).value
        assert wolfson(y * scale, SurveyDesign(w)).value == pytest.approx(here, abs=1e-12)
        assert wolfson(np.tile(y, times), SurveyDesign(np.tile(w, times))).value == pytest.approx(here, abs=1e-12)
        assert here >= -1e-12

    def test_rises_when_incomes_bunch_in_a_half_though_inequality_falls(self):
        apart, bunched, design = (
            [1.0, 3.0, 5.0, 6.0, 8.0, 10.0],
            [2.0, 2.0, 5.0, 6.0, 9.0, 9.0],
            SurveyDesign([1.0] * 6),
        )
        assert gini(bunched, design).value < gini(apart, design).value
        assert wolfson(bunched, design).value > wolfson(apart, design).value

    def test_has_the_error_of_a_bootstrap(self, eusilc):
        found = wolfson(eusilc["eqIncome"], bootstrap(eusilc.design, 200, seed=3))
        assert found.standard_error == pytest.approx(
            wolfson(eusilc["eqIncome"], eusilc.design).standard_error, rel=0.15
        )

    def test_refuses_a_median_of_zero(self):
        with pytest.raises(MeasureError, match="median income is 0"):
            wolfson([0.0, 0.0, 3.0], SurveyDesign([1.0] * 3))
