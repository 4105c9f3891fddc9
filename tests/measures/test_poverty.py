import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    RelativeLine,
    SurveyDesign,
    at_risk_of_poverty_rate,
    at_risk_of_poverty_threshold,
    bootstrap,
    change,
    foster_greer_thorbecke,
    median,
    median_income_of_the_poor,
    poverty_deficit,
    poverty_gap,
    poverty_headcount,
    quantile,
    relative_median_poverty_gap,
    squared_poverty_gap,
    watts,
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
        found = poverty_headcount(y, RelativeLine(0.6), design, domain=y > 2)
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

    def test_has_the_median_of_the_poor_in_its_gap(self, eusilc):
        y, design = eusilc["eqIncome"], eusilc.design
        line, poor = at_risk_of_poverty_threshold(y, design).value, median_income_of_the_poor(y, design).value
        assert relative_median_poverty_gap(y, design).value == pytest.approx(1 - poor / line, rel=1e-12)


class TestRelativeLines:
    y = np.array([1.0, 4.0, 5.0, 6.0, 9.0, 20.0])

    def test_are_a_part_of_what_they_are_told(self):
        design = SurveyDesign([1.0, 1.0, 2.0, 1.0, 1.0, 1.0])
        for of, value in (("median", 5.0), ("mean", 50 / 7), (0.6, 6.0)):
            found = at_risk_of_poverty_threshold(self.y, design, share=0.5, of=of)
            assert found.value == pytest.approx(0.5 * value)
            assert found.standard_error > 0

    def test_of_a_quantile_are_that_quantile(self):
        design = SurveyDesign(np.ones(6))
        line = RelativeLine(0.5, 0.9)
        assert line.drawn(self.y, design, None).value == 0.5 * quantile(self.y, 0.9, design).value

    def test_move_with_a_reform_and_given_ones_do_not(self):
        design = SurveyDesign(np.ones(6))
        assert change(poverty_headcount, self.y, 3 * self.y, RelativeLine(0.9), design).value == 0
        given = at_risk_of_poverty_threshold(self.y, design, share=0.9).value
        assert change(poverty_headcount, self.y, 3 * self.y, given, design).value < 0

    def test_are_drawn_anew_in_every_replicate(self):
        rng = np.random.default_rng(1)
        y = rng.lognormal(3, 0.6, 400)
        design = SurveyDesign(np.ones(400))
        replicates = bootstrap(design, 600, seed=2)
        moving = poverty_gap(y, RelativeLine(1.2), replicates)
        fixed = poverty_gap(y, float(1.2 * median(y, design).value), replicates)
        assert moving.value == fixed.value
        assert moving.standard_error == pytest.approx(poverty_gap(y, RelativeLine(1.2), design).standard_error, rel=0.2)
        assert moving.standard_error < 0.7 * fixed.standard_error

    def test_come_from_their_reference(self):
        design, known = SurveyDesign(np.ones(6)), self.y < 20
        y = np.where(known, self.y, np.nan)
        found = poverty_headcount(y, RelativeLine(0.9), design, reference=known, domain=known)
        assert found.value == poverty_headcount(self.y[known], RelativeLine(0.9), SurveyDesign(np.ones(5))).value

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [((0.0,), "share is 0"), ((0.6, "mode"), "of is 'mode'"), ((np.inf,), "share is inf")],
    )
    def test_refuse_what_makes_no_line(self, arguments, said):
        with pytest.raises(MeasureError, match=said):
            RelativeLine(*arguments)

    def test_alone_have_a_reference(self):
        with pytest.raises(MeasureError, match="reference says whose incomes make a relative line"):
            poverty_headcount(self.y, 5.0, SurveyDesign(np.ones(6)), reference=self.y < 9)

    def test_of_another_design_are_refused(self):
        line = 0.6 * median.linearised(self.y, SurveyDesign(np.ones(6)))
        with pytest.raises(MeasureError, match="estimated on another design"):
            poverty_headcount(self.y, line, SurveyDesign(np.ones(6)))


class TestWatts:
    @given(samples, st.integers(1, 250))
    def test_is_its_formula(self, sample, z):
        y, w = arrays(sample)
        y += 1
        expected = sum(n * np.log(z / x) for x, n in zip(y, w, strict=True) if x < z) / w.sum()
        assert watts(y, z, SurveyDesign(w)).value == pytest.approx(expected, abs=1e-12)

    @given(samples, st.floats(0.01, 100))
    def test_depends_on_income_relative_to_the_line(self, sample, scale):
        y, w = arrays(sample)
        y, design = y + 0.5, SurveyDesign(w)
        assert watts(y * scale, 77 * scale, design).value == pytest.approx(watts(y, 77, design).value)

    @given(samples, st.integers(2, 5), st.randoms())
    def test_does_not_change_with_copies_or_names(self, sample, times, random):
        y, w = arrays(random.sample(sample, len(sample)))
        first, weights = arrays(sample)
        here = watts(first + 1, 60, SurveyDesign(weights)).value
        assert watts(np.tile(y + 1, times), 60, SurveyDesign(np.tile(w, times))).value == pytest.approx(here)

    @given(samples, st.integers(0, 200))
    def test_does_not_ask_what_the_others_have(self, sample, gain):
        y, w = arrays(sample)
        richer = np.where(y + 1 >= 60, y + 1 + gain, y + 1)
        assert watts(richer, 60, SurveyDesign(w)).value == watts(y + 1, 60, SurveyDesign(w)).value

    @given(st.integers(5, 50), st.integers(1, 20), st.integers(1, 4), samples)
    def test_rises_when_the_poorer_pays_the_less_poor(self, poorer, gap, amount, sample):
        y, w = arrays([*sample, (poorer, 1), (poorer + gap, 1)])
        y += 1
        moved = y.copy()
        moved[-2] -= amount
        moved[-1] += amount
        assert watts(moved, 80, SurveyDesign(w)).value > watts(y, 80, SurveyDesign(w)).value

    def test_counts_whom_it_leaves_out(self):
        found = watts([0.0, -3.0, 50.0, 300.0], 100, SurveyDesign([1.0, 1.0, 1.0, 1.0]))
        assert (found.n, found.excluded) == (2, 2)
        assert found.value == pytest.approx(np.log(2) / 2)

    def test_refuses_a_population_without_income(self):
        with pytest.raises(MeasureError, match="nobody has an income above zero"):
            watts([0.0, 0.0], 100, SurveyDesign([1.0, 1.0]))


class TestPovertyDeficit:
    def test_is_the_gap_times_persons_times_the_line(self, eusilc):
        y, design = eusilc["eqIncome"], eusilc.design
        persons = eusilc["rb050"].sum()
        found, gap = poverty_deficit(y, 10000.0, design), poverty_gap(y, 10000.0, design)
        assert found.value == pytest.approx(gap.value * persons * 10000, rel=1e-9)

    def test_is_what_lifts_all_to_the_line(self):
        y, w = np.array([10.0, 80.0, 150.0]), np.array([3.0, 2.0, 1.0])
        lifted = np.maximum(y, 100.0)
        assert poverty_deficit(y, 100.0, SurveyDesign(w)).value == w @ (lifted - y)


class TestOddInput:
    @pytest.mark.parametrize("measure", [poverty_headcount, poverty_gap, squared_poverty_gap, watts, poverty_deficit])
    def test_is_answered_or_refused_in_a_sentence(self, measure):
        design = SurveyDesign([1.0, 2.0, 3.0])
        with pytest.raises(MeasureError, match=r"line has shape \(2,\)"):
            measure([1.0, 2.0, 3.0], [5.0, 5.0], design)
        with pytest.raises(MeasureError, match=r"income has shape \(2,\)"):
            measure([1.0, 2.0], 5.0, design)
        with pytest.raises(MeasureError, match="income has 1 missing"):
            measure([1.0, np.nan, 2.0], 5.0, design)
        assert measure([7.0, 8.0, 9.0], 5.0, design).value == 0
        alone = measure([1.0, 8.0, 9.0], 5.0, design, domain=[True, False, False])
        assert (alone.n, alone.value > 0) == (1, True)
