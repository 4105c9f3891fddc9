"""What each group adds to poverty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.values import value

from amparo.errors import MeasureError
from amparo.measures import (
    RelativeLine,
    SurveyDesign,
    adjusted_headcount,
    contributions_by_group,
    foster_greer_thorbecke,
    gini,
    jackknife,
    poverty_gap,
    poverty_headcount,
    watts,
)

people = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 9), st.sampled_from("abc")), min_size=4, max_size=25)


class TestContributionsByGroup:
    @given(people, st.sampled_from([0.0, 1.0, 2.0]))
    def test_add_up_to_the_measure_of_all(self, people, alpha):
        y, w, group = (np.array(each) for each in zip(*people, strict=True))
        design = SurveyDesign(w)
        whole = foster_greer_thorbecke(y, 60, design, alpha=alpha).value
        found = contributions_by_group(foster_greer_thorbecke, group, y, 60, design, alpha=alpha)
        assert sum(each.contribution.value for each in found) == pytest.approx(whole, abs=1e-14)
        assert sum(each.persons.value for each in found) == pytest.approx(1, abs=1e-14)
        if whole:
            assert sum(value(each.share) for each in found) == pytest.approx(1, abs=1e-14)
        else:
            assert all(each.share is None for each in found)

    def test_of_casens_regions_add_up_with_a_relative_line(self, casen):
        y, known = casen["ypc"], casen["surveyed"]
        given = {"reference": known, "domain": known}
        found = contributions_by_group(poverty_gap, casen["region"], y, RelativeLine(0.5), casen.design, **given)
        whole = poverty_gap(y, RelativeLine(0.5), casen.design, **given)
        assert len(found) == 16
        assert sum(each.contribution.value for each in found) == pytest.approx(whole.value, rel=1e-12)
        own = poverty_gap.by(casen["region"], y, RelativeLine(0.5), casen.design, **given)
        assert {each.group: each.poverty for each in found} == own

    def test_have_the_errors_of_a_jackknife(self):
        rng = np.random.default_rng(4)
        y, cluster = rng.lognormal(3, 0.6, 300), rng.integers(0, 60, 300)
        group, design = rng.integers(0, 3, 300), SurveyDesign(rng.uniform(1, 3, 300), None, cluster)
        linear = contributions_by_group(poverty_gap, group, y, RelativeLine(0.8, "mean"), design)
        replicated = contributions_by_group(poverty_gap, group, y, RelativeLine(0.8, "mean"), jackknife(design))
        for one, other in zip(linear, replicated, strict=True):
            for part in ("persons", "poverty", "contribution", "share"):
                here, there = getattr(one, part), getattr(other, part)
                assert there.value == pytest.approx(here.value, rel=1e-12)
                assert there.standard_error == pytest.approx(here.standard_error, rel=0.05)

    def test_weigh_persons_whom_the_measure_takes(self):
        y, group, design = [0.0, 50.0, 50.0, 200.0], ["a", "a", "b", "b"], SurveyDesign([1.0] * 4)
        found = contributions_by_group(watts, group, y, 100.0, design)
        assert [each.persons.value for each in found] == pytest.approx([1 / 3, 2 / 3])
        assert sum(each.contribution.value for each in found) == pytest.approx(watts(y, 100.0, design).value)

    def test_serve_multidimensional_poverty_too(self):
        score, group, design = [1.0, 0.25, 0.5, 0.0], ["a", "a", "b", "b"], SurveyDesign([1.0] * 4)
        found = contributions_by_group(adjusted_headcount, group, score, 0.5, design)
        assert [each.contribution.value for each in found] == [0.25, 0.125]

    def test_refuse_a_measure_that_is_no_mean_over_persons(self):
        with pytest.raises(MeasureError, match="only a mean over persons can be told by group"):
            contributions_by_group(gini, ["a", "a", "b", "b"], [1.0, 2.0, 5.0, 9.0], SurveyDesign([1.0] * 4))

    def test_refuse_labels_of_another_length(self):
        with pytest.raises(MeasureError, match="one per row"):
            contributions_by_group(
                poverty_headcount, ["a"], [1.0, 2.0], 1.5, SurveyDesign([1.0, 1.0]), domain=[True, True]
            )
