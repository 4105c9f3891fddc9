"""The dispersion of a rate between regions."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, jackknife, regional_dispersion

people = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(1, 9)), min_size=2, max_size=40)


class TestRegionalDispersion:
    @given(people)
    def test_is_the_weighted_deviation_of_rates_over_their_mean(self, people):
        employed, region, weight = np.array(people, dtype=float).T
        assume(employed.any())
        known = np.unique(region)
        size = np.array([weight[region == r].sum() for r in known])
        rate = np.array([weight[(region == r) & (employed == 1)].sum() for r in known]) / size
        mean = np.average(rate, weights=size)
        expected = np.sqrt(np.average((rate - mean) ** 2, weights=size)) / mean
        assert regional_dispersion.value(employed, region, SurveyDesign(weight)) == pytest.approx(expected, abs=1e-7)

    def test_has_the_error_of_the_jackknife(self, casen1990):
        given = (casen1990["corte"] < 3, casen1990["r"])
        found = regional_dispersion(*given, casen1990.design, domain=casen1990["surveyed"])
        drawn = regional_dispersion(*given, jackknife(casen1990.design), domain=casen1990["surveyed"])
        assert found.standard_error == pytest.approx(drawn.standard_error, rel=0.07)

    def test_is_nothing_where_regions_are_alike_and_takes_a_domain(self):
        design = SurveyDesign([1.0] * 5)
        found = regional_dispersion([1, 0, 1, 0, 1], ["a", "a", "b", "b", "c"], design, domain=[True] * 4 + [False])
        assert (found.value, found.standard_error, found.n) == (0, 0, 4)

    def test_refuses_a_rate_of_zero(self):
        with pytest.raises(MeasureError, match="status totals 0"):
            regional_dispersion([0, 0], ["a", "b"], SurveyDesign([1.0, 1.0]))
