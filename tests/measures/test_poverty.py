import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    at_risk_of_poverty_rate,
    foster_greer_thorbecke,
    median,
    poverty_gap,
    poverty_headcount,
    relative_median_poverty_gap,
    squared_poverty_gap,
)

samples = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 9)), min_size=3, max_size=25)
alphas = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0])


def arrays(sample):
    y, w = np.array(sample, dtype=float).T
    return y, w


class TestFosterGreerThorbecke:
    @given(samples, alphas, st.integers(1, 250))
    def test_is_its_formula(self, sample, alpha, z):
        y, w = arrays(sample)
        expected = sum(n * ((z - x) / z) ** alpha for x, n in sample if x < z) / w.sum()
        assert foster_greer_thorbecke(y, z, SurveyDesign(w), alpha=alpha).value == pytest.approx(expected)

    @given(samples, alphas, st.floats(0.01, 100))
    def test_depends_on_income_relative_to_the_line(self, sample, alpha, scale):
        y, w = arrays(sample)
        design = SurveyDesign(w)
        here = foster_greer_thorbecke(y + 0.5, 77, design, alpha=alpha)
        there = foster_greer_thorbecke((y + 0.5) * scale, 77 * scale, design, alpha=alpha)
        assert there.value == pytest.approx(here.value)

    @given(samples, alphas, st.integers(2, 5))
    def test_does_not_change_when_the_population_is_replicated(self, sample, alpha, times):
        y, w = arrays(sample)
        here = foster_greer_thorbecke(y, 60, SurveyDesign(w), alpha=alpha).value
        copies = foster_greer_thorbecke(np.tile(y, times), 60, SurveyDesign(np.tile(w, times)), alpha=alpha)
        heavier = foster_greer_thorbecke(y, 60, SurveyDesign(times * w), alpha=alpha)
        assert (copies.value, heavier.value) == pytest.approx((here, here))

    @given(samples, alphas, st.randoms())
    def test_does_not_ask_who_is_who(self, sample, alpha, random):
        shuffled = random.sample(sample, len(sample))
        found = [
            foster_greer_thorbecke(y, 60, SurveyDesign(w), alpha=alpha) for y, w in map(arrays, (sample, shuffled))
        ]
        assert found[0].value == pytest.approx(found[1].value)

    @given(samples, st.sampled_from([1.0, 2.0, 3.0]), st.integers(0, 200))
    def test_rises_when_a_poor_person_loses(self, sample, alpha, victim):
        y, w = arrays(sample)
        design, victim = SurveyDesign(w), victim % y.size
        worse = np.where(np.arange(y.size) == victim, y - 1, y)
        before, after = (foster_greer_thorbecke(x, 60, design, alpha=alpha).value for x in (y, worse))
        assert (after > before) if y[victim] < 60 else (after >= before)

    @given(st.integers(0, 50), st.integers(1, 9), st.integers(1, 9), samples)
    def test_of_the_square_rises_when_the_poorer_pays_the_less_poor(self, poorer, gap, amount, sample):
        y, w = arrays([*sample, (poorer, 1), (poorer + gap, 1)])
        moved = y.copy()
        moved[-2] -= amount
        moved[-1] += amount
        before, after = (squared_poverty_gap(x, 80, SurveyDesign(w)).value for x in (y, moved))
        assert after > before

    @given(samples, alphas)
    def test_is_the_mean_of_its_groups(self, sample, alpha):
        y, w = arrays(sample)
        design, group = SurveyDesign(w), np.arange(y.size) % 2
        parts = foster_greer_thorbecke.by(group, y, 60, design, alpha=alpha)
        shares = np.bincount(group, w) / w.sum()
        whole = foster_greer_thorbecke(y, 60, design, alpha=alpha).value
        assert sum(shares[g] * part.value for g, part in parts.items()) == pytest.approx(whole)

    def test_takes_a_line_for_each_person(self):
        design, y = SurveyDesign([1.0, 1.0, 2.0]), [10.0, 10.0, 30.0]
        assert poverty_headcount(y, [5.0, 20.0, 30.0], design).value == 0.25
        assert poverty_gap(y, [5.0, 20.0, 40.0], design).value == pytest.approx((0.5 + 2 * 0.25) / 4)

    def test_counts_who_has_the_line_exactly_as_not_poor(self):
        assert poverty_headcount([99.0, 100.0], 100, SurveyDesign([1.0, 1.0])).value == 0.5

    def test_asks_for_no_line_outside_the_domain(self):
        design, inside = SurveyDesign([1.0, 1.0, 1.0]), [True, True, False]
        assert poverty_headcount([1.0, 9.0, np.nan], [5.0, 5.0, np.nan], design, domain=inside).value == 0.5

    def test_rests_on_its_domain_though_the_line_is_national(self):
        design, y = SurveyDesign(np.ones(6)), np.array([1.0, 4.0, 5.0, 6.0, 9.0, 20.0])
        found = poverty_headcount(y, 0.6 * median.linearised(y, design), design, domain=y > 2)
        assert (found.n, found.value) == (5, 0.0)

    @pytest.mark.parametrize(
        ("z", "alpha", "sentence"),
        [
            (0.0, 0, "line is 0 at row 0"),
            ([5.0, -1.0], 0, "line is -1 at row 1"),
            (np.nan, 0, "line has 2 missing"),
            (5.0, -1, "alpha is -1"),
        ],
    )
    def test_refuses_what_is_no_line(self, z, alpha, sentence):
        with pytest.raises(MeasureError, match=sentence):
            foster_greer_thorbecke([1.0, 2.0], z, SurveyDesign([1.0, 1.0]), alpha=alpha)


class TestRelativePoverty:
    @given(samples, st.integers(-3, 6))
    def test_does_not_change_with_the_currency(self, sample, power):
        y, w = arrays(sample)
        y, design = np.append(y, [1.0, 500.0]), SurveyDesign(np.append(w, [1.0, 1.0]))
        if np.median(np.repeat(y, design.weight.astype(int))) == 0:
            return
        here, there = at_risk_of_poverty_rate(y + 1, design), at_risk_of_poverty_rate((y + 1) * 2.0**power, design)
        assert (there.value, there.standard_error) == pytest.approx((here.value, here.standard_error))

    def test_refuses_a_gap_where_nobody_is_poor(self):
        with pytest.raises(MeasureError, match="nobody is below the line of 6"):
            relative_median_poverty_gap([9.0, 10.0, 11.0], SurveyDesign([1.0, 1.0, 1.0]))

    def test_refuses_a_median_of_zero(self):
        with pytest.raises(MeasureError, match="line is 0"):
            at_risk_of_poverty_rate([0.0, 0.0, 11.0], SurveyDesign([1.0, 1.0, 1.0]))
