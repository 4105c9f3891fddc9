"""Persons who stay poor, reckoned by hand."""

import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, bootstrap, mean, persistent_at_risk_of_poverty_rate

# Three years before and this one; the last column is now.
PANEL: list[list[float]] = [
    [1, 1, 1, 1],  # always
    [1, 0, 1, 1],  # now and in two of the three years before
    [0, 0, 1, 1],  # now and in one
    [1, 1, 1, 0],  # no longer
    [0, 0, 0, 0],  # never
    [np.nan, 1, 1, 1],  # not found yet in the first year
]


class TestPersistentRate:
    def test_is_now_and_two_of_the_three_years_before(self):
        found = persistent_at_risk_of_poverty_rate(PANEL, SurveyDesign([1.0, 2.0, 3.0, 1.0, 1.0, 9.0]))
        assert (found.value, found.n, found.excluded) == (3 / 8, 5, 1)

    @pytest.mark.parametrize(("preceding", "value"), [(1, 3 / 5), (2, 2 / 5), (3, 1 / 5)])
    def test_falls_with_the_years_that_are_asked_for(self, preceding, value):
        found = persistent_at_risk_of_poverty_rate(PANEL, SurveyDesign([1.0] * 6), preceding=preceding)
        assert found.value == value

    def test_takes_panels_of_other_lengths(self):
        two = [row[-2:] for row in PANEL]
        assert persistent_at_risk_of_poverty_rate(two, SurveyDesign([1.0] * 6), preceding=1).value == 4 / 6

    def test_has_the_error_of_a_share(self):
        rng = np.random.default_rng(1)
        poor, design = rng.random((500, 4)) < 0.5, SurveyDesign(rng.uniform(1, 2, 500), rng.integers(0, 4, 500))
        stays = poor[:, 3] & (poor[:, :3].sum(axis=1) >= 2)
        assert persistent_at_risk_of_poverty_rate(poor, design) == mean(stays, design)

    def test_works_with_replicates_groups_and_domains(self):
        rng = np.random.default_rng(1)
        poor, design = (rng.random((500, 4)) < 0.5).astype(float), SurveyDesign(rng.uniform(1, 2, 500))
        group, inside = rng.integers(0, 2, 500), rng.random(500) < 0.8
        linear = persistent_at_risk_of_poverty_rate.by(group, poor, design, domain=inside)
        replicated = persistent_at_risk_of_poverty_rate.by(group, poor, bootstrap(design, 400, seed=3), domain=inside)
        for label, here in linear.items():
            assert replicated[label].value == pytest.approx(here.value)
            assert replicated[label].standard_error == pytest.approx(here.standard_error, rel=0.15)

    @pytest.mark.parametrize(
        ("poor", "preceding", "said"),
        [
            ([1, 0], 1, r"poor has shape \(2,\)"),
            ([[1], [0]], 1, "at least two years"),
            ([[1, 0, 1], [1, 1, 1]], 3, "preceding is 3"),
            ([[1, 0, 1], [1, 7, 1]], 2, "poor is 7 at row 1, year 1"),
            ([[1, np.nan, 1], [np.nan, 1, 1]], 2, "nobody has a known status"),
            ([["yes", "no"], ["no", "no"]], 1, "no numbers"),
        ],
    )
    def test_refuses_what_is_no_panel(self, poor, preceding, said):
        with pytest.raises(MeasureError, match=said):
            persistent_at_risk_of_poverty_rate(poor, SurveyDesign([1.0, 1.0]), preceding=preceding)
