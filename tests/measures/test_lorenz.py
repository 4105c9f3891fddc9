"""Lorenz curves against the area that the Gini index has, and against replicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    bootstrap,
    generalised_lorenz_ordinate,
    gini,
    lorenz_curve,
    lorenz_ordinate,
    mean,
)

samples = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 9)), min_size=2, max_size=25)


class TestLorenzCurve:
    @given(samples)
    def test_has_the_area_that_gini_has(self, sample):
        y, w = np.array(sample, float).T
        design = SurveyDesign(w)
        order = np.argsort(y)
        points = np.cumsum(w[order]) / w.sum()
        found = [each.value for each in lorenz_curve(y, points.tolist(), design).ordinates]
        area = np.trapezoid([0, *found], [0, *points])
        assert 1 - 2 * area == pytest.approx(gini(y, design).value, abs=1e-9)

    @given(samples, st.floats(0.01, 1), st.floats(0.01, 100))
    def test_is_convex_below_equality_and_free_of_currency(self, sample, p, scale):
        y, w = np.array(sample, float).T
        design = SurveyDesign(w)
        here = lorenz_ordinate(y, p, design).value
        assert here == pytest.approx(lorenz_ordinate(y * scale, p, design).value, abs=1e-12)
        assert 0 <= here <= p + 1e-12
        below, above = (lorenz_ordinate(y, q, design).value for q in (p / 2, (p + 1) / 2))
        assert here <= below + (above - below) * p + 1e-9  # no higher than the chord from p/2 to (1 + p)/2

    @given(samples, st.floats(0.01, 1))
    def test_generalised_is_the_mean_times_the_curve(self, sample, p):
        y, w = np.array(sample, float).T
        design = SurveyDesign(w)
        product = mean(y, design).value * lorenz_ordinate(y, p, design).value
        assert generalised_lorenz_ordinate(y, p, design).value == pytest.approx(product)

    def test_counts_a_part_of_who_stands_at_the_share(self):
        assert lorenz_ordinate([10.0, 30.0], 0.75, SurveyDesign([1.0, 1.0])).value == pytest.approx(25 / 40)

    def test_reaches_all_income_without_error(self, eusilc):
        found = lorenz_ordinate(eusilc["eqIncome"], 1.0, eusilc.design)
        assert found.value == pytest.approx(1, rel=1e-12)
        assert found.standard_error == pytest.approx(0, abs=1e-12)

    def test_has_the_errors_of_a_bootstrap(self, eusilc):
        points = [0.1, 0.5, 0.9]
        replicates = bootstrap(eusilc.design, 200, seed=4)
        for generalised in (False, True):
            linear = lorenz_curve(eusilc["eqIncome"], points, eusilc.design, generalised=generalised)
            replicated = lorenz_curve(eusilc["eqIncome"], points, replicates, generalised=generalised)
            for here, there in zip(linear.ordinates, replicated.ordinates, strict=True):
                assert there.value == pytest.approx(here.value)
                assert there.standard_error == pytest.approx(here.standard_error, rel=0.15)

    def test_has_wider_bands_where_they_hold_together(self, eusilc):
        curve = lorenz_curve(eusilc["eqIncome"], [0.2, 0.4, 0.6, 0.8], eusilc.design)
        for (low, high), (lower, higher), each in zip(
            curve.band(), curve.band(simultaneous=True), curve.ordinates, strict=True
        ):
            assert lower < low < each.value < high < higher
            assert (high - low) / 2 == pytest.approx(1.96 * each.standard_error, rel=1e-3)
            assert (higher - lower) / 2 == pytest.approx(2.4977 * each.standard_error, rel=1e-3)  # 1 − 0.05/8

    @pytest.mark.parametrize(
        ("income", "points", "said"),
        [
            ([1.0, 2.0], [], "at least one point"),
            ([1.0, 2.0], [0.0], "shares above 0"),
            ([0.0, 0.0], [0.5], "total income is 0"),
        ],
    )
    def test_refuses_what_has_no_curve(self, income, points, said):
        with pytest.raises(MeasureError, match=said):
            lorenz_curve(income, points, SurveyDesign([1.0, 1.0]))
