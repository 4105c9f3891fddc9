"""Ratios of shares and of quantiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, bootstrap, lorenz_ordinate, palma, percentile_ratio, quantile, s80_s20

samples = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 9)), min_size=2, max_size=25)


class TestPalma:
    def test_of_ten_persons_is_the_richest_over_the_poorest_four(self):
        assert (
            palma([10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 250.0], SurveyDesign([1.0] * 10)).value == 2.5
        )

    @given(samples, st.floats(0.01, 100), st.integers(2, 4))
    def test_does_not_change_with_currency_or_copies(self, sample, scale, times):
        y, w = np.array(sample, float).T
        here = palma(y, SurveyDesign(w)).value
        assert palma(y * scale, SurveyDesign(w)).value == pytest.approx(here)
        assert palma(np.tile(y, times), SurveyDesign(np.tile(w, times))).value == pytest.approx(here)
        assert here >= 0.25 - 1e-12

    @given(samples)
    def test_is_read_from_the_lorenz_curve(self, sample):
        y, w = np.array(sample, float).T
        design = SurveyDesign(w)
        curve = [lorenz_ordinate(y, p, design).value for p in (0.4, 0.9)]
        assert palma(y, design).value == pytest.approx((1 - curve[1]) / curve[0])

    def test_refuses_poor_without_income(self):
        with pytest.raises(MeasureError, match="poorest four tenths have a total income of 0"):
            palma([0.0, 0.0, 1.0], SurveyDesign([1.0] * 3))


class TestPercentileRatio:
    @given(samples, st.floats(0.01, 100))
    def test_does_not_change_with_currency(self, sample, scale):
        y, w = np.array([*sample, (1, 1), (300, 1)], float).T
        design = SurveyDesign(w)
        assert percentile_ratio(y * scale, design).value == pytest.approx(percentile_ratio(y, design).value)

    def test_is_one_quantile_over_the_other(self, eusilc):
        y, design = eusilc["eqIncome"], eusilc.design
        for upper, lower in ((0.9, 0.1), (0.9, 0.5), (0.5, 0.1), (0.75, 0.25)):
            expected = quantile(y, upper, design).value / quantile(y, lower, design).value
            assert percentile_ratio(y, design, upper=upper, lower=lower).value == pytest.approx(expected)

    @pytest.mark.parametrize("measure", [percentile_ratio, palma, s80_s20])
    def test_has_the_error_of_a_bootstrap(self, eusilc, measure):
        found = measure(eusilc["eqIncome"], bootstrap(eusilc.design, 200, seed=3))
        assert found.standard_error == pytest.approx(
            measure(eusilc["eqIncome"], eusilc.design).standard_error, rel=0.15
        )

    def test_refuses_a_quantile_of_zero(self):
        with pytest.raises(MeasureError, match=r"the quantile of 0.1 is 0"):
            percentile_ratio([0.0, 0.0, 3.0], SurveyDesign([1.0] * 3))
