"""Alkire and Foster's measures: the example of their paper, axioms, and Bolivia's survey.

Alkire & Foster (2011), Counting and multidimensional poverty measurement, section 5: four persons, four dimensions;
with k = 2, H = 1/2, A = 3/4 and M0 = 3/8.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.values import value

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    adjusted_headcount,
    alkire_foster,
    bootstrap,
    censored_headcount,
    contributions_by_group,
    deprivation_score,
    multidimensional_headcount,
    multidimensional_intensity,
)

ACHIEVED = np.array([[13.1, 14, 4, 1], [15.2, 7, 5, 0], [12.5, 10, 1, 0], [20.0, 11, 3, 1]])
CUTOFFS = np.array([13.0, 12.0, 3.0, 1.0])
PAPER = dict(zip(("income", "schooling", "health", "insurance"), (ACHIEVED < CUTOFFS).T.astype(float), strict=True))

matrices = st.integers(1, 4).flatmap(
    lambda d: st.lists(st.tuples(st.integers(1, 9), *[st.integers(0, 1)] * d), min_size=2, max_size=20)
)


def split(sample):
    data = np.array(sample, float)
    return data[:, 0], {f"d{j}": column for j, column in enumerate(data[:, 1:].T)}


class TestThePaper:
    design = SurveyDesign([1.0] * 4)

    def test_has_its_scores(self):
        assert (4 * deprivation_score(PAPER)).tolist() == [0, 2, 4, 1]

    @pytest.mark.parametrize(
        ("k", "share", "depth"), [(1 / 4, 3 / 4, 7 / 12), (2 / 4, 1 / 2, 3 / 4), (3 / 4, 1 / 4, 1), (1, 1 / 4, 1)]
    )
    def test_has_its_measures_at_every_cutoff(self, k, share, depth):
        found = alkire_foster(PAPER, k, self.design)
        assert (
            found.headcount.value == share == multidimensional_headcount(deprivation_score(PAPER), k, self.design).value
        )
        assert value(found.intensity) == pytest.approx(depth)
        assert multidimensional_intensity(deprivation_score(PAPER), k, self.design).value == pytest.approx(depth)
        assert found.adjusted_headcount.value == pytest.approx(share * depth)
        assert adjusted_headcount(deprivation_score(PAPER), k, self.design).value == pytest.approx(share * depth)

    def test_has_its_dimensions(self):
        found = alkire_foster(PAPER, 0.5, self.design)
        assert [each.headcount.value for each in found.dimensions] == [0.25, 0.75, 0.25, 0.5]
        assert [each.censored_headcount.value for each in found.dimensions] == [0.25, 0.5, 0.25, 0.5]
        assert [value(each.contribution) for each in found.dimensions] == pytest.approx([1 / 6, 1 / 3, 1 / 6, 1 / 3])
        score = deprivation_score(PAPER)
        assert censored_headcount(PAPER["schooling"], score, 0.5, self.design).value == 0.5


class TestAlkireFoster:
    @given(matrices, st.floats(0.01, 1.0))
    def test_adds_up(self, sample, k):
        w, deprived = split(sample)
        weights = {name: 1.0 + j for j, name in enumerate(deprived)}
        found = alkire_foster(deprived, k, SurveyDesign(w), weights=weights)
        censored = sum(each.weight * each.censored_headcount.value for each in found.dimensions)
        assert censored == pytest.approx(found.adjusted_headcount.value, abs=1e-12)
        if found.headcount.value:
            product = found.headcount.value * value(found.intensity)
            assert product == pytest.approx(found.adjusted_headcount.value, abs=1e-12)
            assert sum(value(each.contribution) for each in found.dimensions) == pytest.approx(1, abs=1e-12)
            assert k - 1e-9 <= value(found.intensity) <= 1 + 1e-12
        else:
            assert found.intensity is None
        group = np.arange(w.size) % 2
        parts = contributions_by_group(
            adjusted_headcount, group, deprivation_score(deprived, weights), k, SurveyDesign(w)
        )
        assert sum(each.contribution.value for each in parts) == pytest.approx(
            found.adjusted_headcount.value, abs=1e-12
        )

    @given(matrices, st.floats(0.01, 1.0), st.integers(0, 100))
    def test_never_falls_when_a_person_loses_something_more(self, sample, k, place):
        w, deprived = split(sample)
        worse = {name: column.copy() for name, column in deprived.items()}
        next(iter(worse.values()))[place % w.size] = 1
        before, after = (
            adjusted_headcount(deprivation_score(each), k, SurveyDesign(w)).value for each in (deprived, worse)
        )
        assert after >= before

    @given(matrices, st.floats(0.5, 1.0))
    def test_does_not_ask_what_those_lack_who_are_not_poor(self, sample, k):
        w, deprived = split(sample)
        score = deprivation_score(deprived)
        spared = {name: np.where(score < k - 1e-9, 0, column) for name, column in deprived.items()}
        before, after = (
            adjusted_headcount(deprivation_score(each), k, SurveyDesign(w)).value for each in (deprived, spared)
        )
        assert after == pytest.approx(before, abs=1e-14)

    @given(matrices, st.integers(2, 4), st.randoms())
    def test_does_not_change_with_copies_or_names(self, sample, times, random):
        w, deprived = split(sample)
        mixed, again = split(random.sample(sample, len(sample)))
        copies = {name: np.tile(column, times) for name, column in again.items()}
        here = adjusted_headcount(deprivation_score(deprived), 0.5, SurveyDesign(w)).value
        there = adjusted_headcount(deprivation_score(copies), 0.5, SurveyDesign(np.tile(mixed, times))).value
        assert there == pytest.approx(here, abs=1e-12)

    def test_reaches_a_cutoff_that_weights_sum_to(self):
        sixths = {f"d{j}": [1.0 * (j < 2), 0.0] for j in range(6)}
        assert deprivation_score(sixths)[0] <= 1 / 3
        assert alkire_foster(sixths, 1 / 3, SurveyDesign([1.0, 1.0])).headcount.value == 0.5

    def test_says_what_is_missing(self):
        deprived = {"school": [1, 0, np.nan, 1], "water": [1, None, np.nan, 0]}
        found = alkire_foster(deprived, 0.5, SurveyDesign([1.0, 2.0, 3.0, 1.0]))
        assert found.missing == {"school": 1, "water": 2}
        assert (found.headcount.value, found.headcount.n, found.headcount.excluded) == (1.0, 2, 2)
        assert {each.headcount.excluded for each in found.dimensions} == {2}

    def test_has_the_errors_of_a_bootstrap(self):
        rng = np.random.default_rng(3)
        w, cluster = rng.uniform(1, 3, 600), rng.integers(0, 100, 600)
        deprived = {name: (rng.random(600) < 0.4).astype(float) for name in "abcd"}
        deprived["a"][:9] = np.nan
        design, inside = SurveyDesign(w, None, cluster), rng.random(600) < 0.7
        linear = alkire_foster(deprived, 0.5, design, domain=inside)
        replicated = alkire_foster(deprived, 0.5, bootstrap(design, 500, seed=1), domain=inside)
        for part in ("headcount", "intensity", "adjusted_headcount"):
            here, there = getattr(linear, part), getattr(replicated, part)
            assert there.value == pytest.approx(here.value)
            assert there.standard_error == pytest.approx(here.standard_error, rel=0.15)
            assert there.excluded == here.excluded
        for one, other in zip(linear.dimensions, replicated.dimensions, strict=True):
            for part in ("headcount", "censored_headcount", "contribution"):
                here, there = getattr(one, part), getattr(other, part)
                assert there.value == pytest.approx(here.value)
                assert there.standard_error == pytest.approx(here.standard_error, rel=0.15)

    def test_without_poor_has_no_intensity(self):
        found = alkire_foster({"a": [0, 0], "b": [1, 0]}, 1.0, SurveyDesign([1.0, 1.0]))
        assert (found.headcount.value, found.intensity, found.dimensions[0].contribution) == (0, None, None)
        with pytest.raises(MeasureError, match="nobody reaches the cut-off of 1"):
            multidimensional_intensity([0.0, 0.5], 1.0, SurveyDesign([1.0, 1.0]))

    @pytest.mark.parametrize(
        ("deprivations", "weights", "cutoff", "said"),
        [
            ({}, None, 0.5, "no dimension"),
            ({"a": [0, 2]}, None, 0.5, "'a' is 2 at row 1"),
            ({"a": [0, 1], "b": [0]}, None, 0.5, "'b' has shape"),
            ({"a": [0, 1, 1]}, None, 0.5, "3 rows and the design 2"),
            ({"a": ["x", "y"]}, None, 0.5, "'a' holds values that are no numbers"),
            ({"a": [0, 1]}, {"a": 0}, 0.5, "weight of 'a' is 0"),
            ({"a": [0, 1]}, {"b": 1}, 0.5, "weights and deprivations differ"),
            ({"a": [0, 1]}, None, 0, "cutoff is 0"),
            ({"a": [0, 1]}, None, 2, "cutoff is 2"),
            ({"a": [np.nan, np.nan]}, None, 0.5, "nobody has a known deprivation score"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, deprivations, weights, cutoff, said):
        with pytest.raises(MeasureError, match=said):
            alkire_foster(deprivations, cutoff, SurveyDesign([1.0, 1.0]), weights=weights)

    def test_refuses_a_score_that_is_none(self):
        with pytest.raises(MeasureError, match="score is 3 at row 1"):
            adjusted_headcount([0.0, 3.0], 0.5, SurveyDesign([1.0, 1.0]))
