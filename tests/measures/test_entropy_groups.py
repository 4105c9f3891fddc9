"""Generalised entropy within and between groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, entropy_by_group, generalised_entropy, jackknife

people = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 9), st.sampled_from("abc")), min_size=3, max_size=25)
alphas = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0])


class TestEntropyByGroup:
    @given(people, alphas)
    def test_adds_up(self, people, alpha):
        y, w, group = (np.array(each) for each in zip(*[*people, (7, 1, "a")], strict=True))
        found = entropy_by_group(group, y, alpha, SurveyDesign(w))
        scale = max(1.0, found.total.value)
        assert found.total.value == generalised_entropy(y, alpha, SurveyDesign(w)).value
        assert found.within.value + found.between.value == pytest.approx(found.total.value, abs=1e-11 * scale)
        assert sum(each.within.value for each in found.groups) == pytest.approx(found.within.value, abs=1e-11 * scale)
        assert sum(each.persons.value for each in found.groups) == pytest.approx(1)
        assert sum(each.income.value for each in found.groups) == pytest.approx(1)
        for each in found.groups:
            if each.entropy is not None:
                share, m = each.persons.value, each.income.value / each.persons.value
                assert each.within.value == pytest.approx(share * m**alpha * each.entropy.value, abs=1e-11 * scale)
            else:
                assert each.within.value == 0

    @given(people, alphas)
    def test_between_is_what_equal_groups_would_leave(self, people, alpha):
        y, w, group = (np.array(each) for each in zip(*[*people, (7, 1, "a")], strict=True))
        y = y + 1.0
        means = {g: (w * y)[group == g].sum() / w[group == g].sum() for g in set(group)}
        smoothed = np.array([means[g] for g in group])
        found = entropy_by_group(group, y, alpha, SurveyDesign(w)).between.value
        assert found == pytest.approx(generalised_entropy(smoothed, alpha, SurveyDesign(w)).value, abs=1e-11)

    @pytest.mark.parametrize("alpha", [-0.5, 0.0, 1.0, 2.0])
    def test_has_the_errors_of_a_jackknife(self, alpha):
        rng = np.random.default_rng(6)
        y, group = rng.lognormal(3, 0.5, 400), rng.integers(0, 3, 400)
        design = SurveyDesign(rng.uniform(1, 3, 400), rng.integers(0, 3, 400), rng.integers(0, 40, 400))
        linear, replicated = (entropy_by_group(group, y * (1 + group), alpha, d) for d in (design, jackknife(design)))
        for part in ("total", "within", "between"):
            here, there = getattr(linear, part), getattr(replicated, part)
            assert there.value == pytest.approx(here.value, rel=1e-9)
            assert there.standard_error == pytest.approx(here.standard_error, rel=0.05)
        for one, other in zip(linear.groups, replicated.groups, strict=True):
            for part in ("persons", "income", "entropy", "within"):
                here, there = getattr(one, part), getattr(other, part)
                assert there.value == pytest.approx(here.value, rel=1e-9)
                assert there.standard_error == pytest.approx(here.standard_error, rel=0.1)

    def test_counts_whom_it_leaves_out(self):
        found = entropy_by_group(["a", "a", "b", "b"], [0.0, 4.0, 2.0, 8.0], 0.0, SurveyDesign([1.0] * 4))
        assert {part.excluded for part in (found.total, found.within, found.between)} == {1}
        assert {part.n for part in (found.total, found.within, found.between)} == {3}

    def test_keeps_to_its_domain(self):
        y, inside = np.array([1.0, 4.0, 2.0, np.nan]), np.array([True, True, True, False])
        found = entropy_by_group(["a", "a", "b", None], y, 1.0, SurveyDesign([1.0] * 4), domain=inside)
        alone = entropy_by_group(["a", "a", "b"], y[:3], 1.0, SurveyDesign([1.0] * 3))
        assert [found.total.value, found.within.value] == pytest.approx([alone.total.value, alone.within.value])

    def test_refuses_labels_of_another_length(self):
        with pytest.raises(MeasureError, match="group has shape"):
            entropy_by_group(["a"], [1.0, 2.0], 1.0, SurveyDesign([1.0, 1.0]))
