"""Growth, redistribution and the line: parts that add up, against counterfactuals reckoned one by one."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.values import value

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    bootstrap,
    change,
    datt_ravallion,
    jackknife,
    poverty_gap,
    poverty_headcount,
    shapley_poverty_change,
    squared_poverty_gap,
    watts,
)

MEASURES = [poverty_headcount, poverty_gap, squared_poverty_gap, watts]
pairs = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200), st.integers(1, 9)), min_size=3, max_size=20)


def counterfactual(measure, samples, lines, mean_of, shares_of, line_of):
    """Return poverty of one period's incomes, brought to another's mean, below another's line."""
    y, w = samples[shares_of]
    means = [w @ y / w.sum() for y, w in samples]
    return measure.value(y * means[mean_of] / means[shares_of], lines[line_of], SurveyDesign(w))


def panel(seed=2, n=400):
    rng = np.random.default_rng(seed)
    before = rng.lognormal(3, 0.6, n)
    after = before * rng.lognormal(0.1, 0.3, n) + rng.uniform(0, 4, n)
    design = SurveyDesign(rng.uniform(1, 3, n), rng.integers(0, 3, n), rng.integers(0, 30, n))
    return before, after, design


class TestDattRavallion:
    @given(pairs, st.sampled_from(MEASURES), st.integers(40, 90), st.sampled_from(["before", "after"]))
    def test_is_its_definition_and_adds_up(self, pairs, measure, z, reference):
        before, after, w = np.array(pairs, float).T
        # Nobody is on the line to the last digit, where two ways of reckoning may count a person differently, and not
        # all have the same, where a headcount below a line that moves has no error.
        apart = np.arange(w.size) / 1000
        before, after = before + np.pi / 40 + apart, after + np.e / 40 + apart
        found = datt_ravallion(before, after, z, SurveyDesign(w), measure=measure, reference=reference)
        samples, held = [(before, w), (after, w)], int(reference == "after")

        def poverty(mean_of, shares_of):
            return counterfactual(measure, samples, (z, z), mean_of, shares_of, 0)

        assert found.change.value == pytest.approx(poverty(1, 1) - poverty(0, 0), abs=1e-9)
        assert found.growth.value == pytest.approx(poverty(1, held) - poverty(0, held), abs=1e-9)
        assert found.redistribution.value == pytest.approx(poverty(held, 1) - poverty(held, 0), abs=1e-9)
        total = found.growth.value + found.redistribution.value + value(found.residual)
        assert total == pytest.approx(found.change.value, abs=1e-12)
        assert found.line is None

    def test_of_equal_growth_is_growth_alone(self):
        before, _, design = panel()
        found = datt_ravallion(before, before * 1.3, 18.0, design, measure=poverty_gap)
        assert found.growth.value == pytest.approx(found.change.value)
        assert (found.redistribution.value, value(found.residual)) == pytest.approx((0, 0), abs=1e-12)

    def test_of_equal_means_is_redistribution_alone(self):
        before, after, design = panel()
        after *= (design.weight @ before) / (design.weight @ after)
        found = datt_ravallion(before, after, 18.0, design, measure=poverty_gap)
        assert found.redistribution.value == pytest.approx(found.change.value)
        assert found.growth.value == pytest.approx(0, abs=1e-12)

    def test_has_the_change_of_the_same_persons(self):
        before, after, design = panel()
        found = datt_ravallion(before, after, 18.0, design, measure=poverty_gap).change
        direct = change(poverty_gap, before, after, 18.0, design)
        assert found.value == pytest.approx(direct.value)
        assert found.standard_error == pytest.approx(direct.standard_error)


class TestShapley:
    @given(pairs, st.sampled_from(MEASURES[1:]), st.integers(40, 90), st.integers(40, 90))
    def test_is_the_mean_over_the_orders_and_adds_up(self, pairs, measure, z, other):
        before, after, w = np.array(pairs, float).T
        found = shapley_poverty_change(before, after, z, SurveyDesign(w), line_after=other, measure=measure)
        samples, expected = [(before, w), (after, w)], np.zeros(3)
        for order in itertools.permutations(range(3)):
            now = [0, 0, 0]
            for factor in order:
                start = counterfactual(measure, samples, (z, other), *now)
                now[factor] = 1
                expected[factor] += (counterfactual(measure, samples, (z, other), *now) - start) / 6
        parts = [found.growth.value, found.redistribution.value, value(found.line) if found.line else 0.0]
        assert parts == pytest.approx(expected, abs=1e-9)
        assert sum(parts) == pytest.approx(found.change.value, abs=1e-12)
        assert found.residual is None

    def test_of_prices_alone_is_the_line_and_growth_that_cancel(self):
        before, _, design = panel()
        found = shapley_poverty_change(before, 1.5 * before, 18.0, design, line_after=27.0, measure=poverty_gap)
        assert found.change.value == pytest.approx(0, abs=1e-12)
        assert found.growth.value == pytest.approx(-value(found.line))
        assert found.change.standard_error == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("decompose", [datt_ravallion, shapley_poverty_change])
class TestErrors:
    @pytest.mark.parametrize("measure", [poverty_gap, squared_poverty_gap, watts])
    def test_are_those_of_a_jackknife_of_the_panel(self, decompose, measure):
        before, after, design = panel()
        self.agree(
            decompose(before, after, 18.0, design, line_after=20.0, measure=measure),
            decompose(before, after, 18.0, jackknife(design), line_after=20.0, measure=measure),
        )

    def test_are_those_of_a_jackknife_of_two_samples(self, decompose):
        before, _, design = panel(2)
        _, after, other = panel(3, 350)
        given = {"line_after": 20.0, "measure": poverty_gap}
        self.agree(
            decompose(before, after, 18.0, design, design_after=other, **given),
            decompose(before, after, 18.0, jackknife(design), design_after=jackknife(other), **given),
        )

    def test_of_two_samples_of_equal_length_keep_them_apart(self, decompose):
        before, _, design = panel(2)
        _, after, other = panel(3)
        given = {"measure": poverty_gap}
        self.agree(
            decompose(before, after, 18.0, design, design_after=other, **given),
            decompose(before, after, 18.0, jackknife(design), design_after=jackknife(other), **given),
        )
        apart = decompose(before, after, 18.0, design, design_after=other, **given).change.standard_error
        here, there = poverty_gap(before, 18.0, design), poverty_gap(after, 18.0, other)
        assert apart == pytest.approx(np.hypot(here.standard_error, there.standard_error))

    def test_of_the_headcount_are_near_a_bootstrap(self, decompose):
        before, after, design = panel(5, 1500)
        linear = decompose(before, after, 18.0, design)
        replicated = decompose(before, after, 18.0, bootstrap(design, 400, seed=1))
        for part in ("change", "growth", "redistribution"):
            here, there = getattr(linear, part), getattr(replicated, part)
            assert there.value == pytest.approx(here.value)
            assert there.standard_error == pytest.approx(here.standard_error, rel=0.25)

    def test_keep_to_their_domains(self, decompose):
        before, after, design = panel()
        inside = before > 12
        found = decompose(before, after, 18.0, design, domain=inside, measure=poverty_gap).change
        assert found.value == pytest.approx(change(poverty_gap, before, after, 18.0, design, domain=inside).value)

    @staticmethod
    def agree(linear, replicated):
        for part in ("change", "growth", "redistribution", "line", "residual"):
            here, there = getattr(linear, part), getattr(replicated, part)
            assert (here is None) == (there is None)
            if here is not None:
                assert there.value == pytest.approx(here.value, abs=1e-12)
                assert there.standard_error == pytest.approx(here.standard_error, rel=0.05, abs=1e-9)

    @pytest.mark.parametrize(
        ("arguments", "named", "said"),
        [
            (([1.0, 2.0], [1.0, 2.0], [1.0, 2.0]), {}, "one line above zero"),
            (([1.0, 2.0], [1.0, 2.0], 0.0), {}, "one line above zero"),
            (([-1.0, 1.0], [1.0, 2.0], 1.0), {}, "mean income is 0"),
            (([1.0, 2.0], [1.0, 2.0], 1.0), {"domain_after": [True, True]}, "domain_after belongs"),
            (([1.0, 2.0], [1.0, 2.0, 3.0], 1.0), {}, r"has shape \(3,\)"),
        ],
    )
    def test_of_what_makes_no_sense_are_refused(self, decompose, arguments, named, said):
        with pytest.raises(MeasureError, match=said):
            decompose(*arguments, SurveyDesign([1.0, 1.0]), **named)

    def test_of_a_design_with_replicates_and_one_without_are_refused(self, decompose):
        design = SurveyDesign([1.0, 1.0])
        with pytest.raises(MeasureError, match="two of a kind"):
            decompose([1.0, 2.0], [1.0, 2.0], 1.5, design, design_after=jackknife(design))


def test_a_reference_that_is_no_period_is_refused():
    with pytest.raises(MeasureError, match="reference is 'middle'"):
        datt_ravallion([1.0, 2.0], [1.0, 2.0], 1.5, SurveyDesign([1.0, 1.0]), reference="middle")
