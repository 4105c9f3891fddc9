"""The Gini index by source of income."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.values import value

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, gini, gini_by_source, jackknife

rows = st.lists(
    st.tuples(st.integers(1, 90), st.integers(0, 60), st.integers(-20, 0), st.integers(1, 9)), min_size=2, max_size=20
)


def split(sample):
    work, pension, tax, w = np.array(sample, float).T
    return {"work": 21 + work, "pension": pension, "tax": tax}, w


class TestGiniBySource:
    @given(rows)
    def test_adds_up_to_the_gini_of_all_income(self, sample):
        sources, w = split(sample)
        design = SurveyDesign(w)
        whole = gini(sum(sources.values()), design).value
        found = gini_by_source(sources, design)
        assert sum(each.contribution.value for each in found) == pytest.approx(whole, abs=1e-12)
        assert sum(each.share.value for each in found) == pytest.approx(1)
        assert sum(each.marginal_effect.value for each in found) == pytest.approx(0, abs=1e-12)
        for each in found:
            if each.gini is not None:
                assert abs(value(each.correlation)) <= 1 + 1e-9
                product = value(each.share) * value(each.gini) * value(each.correlation)
                assert each.contribution.value == pytest.approx(product, abs=1e-12)
        if whole > 1e-12:
            assert sum(value(each.part) for each in found) == pytest.approx(1)

    @given(rows)
    def test_has_marginal_effects_that_are_derivatives(self, sample):
        sources, w = split(sample)
        design, step = SurveyDesign(w), 1e-6
        income = sum(sources.values())
        if np.diff(np.unique(income)).min(initial=1.0) < 1 or np.unique(income).size < income.size:
            return  # where two have the same, ranks jump and there is no derivative
        for each in gini_by_source(sources, design):
            up, down = (gini(income + sign * step * sources[each.source], design).value for sign in (1, -1))
            assert each.marginal_effect.value == pytest.approx((up - down) / (2 * step), abs=1e-6)

    def test_of_one_source_is_all(self):
        (found,) = gini_by_source({"income": [1.0, 2.0, 9.0]}, SurveyDesign([1.0, 1.0, 2.0]))
        assert (found.share.value, value(found.correlation), value(found.part)) == pytest.approx((1, 1, 1))

    def test_has_the_errors_of_a_jackknife(self):
        rng = np.random.default_rng(5)
        work = rng.lognormal(3, 0.7, 400)
        sources = {
            "work": work,
            "pension": rng.lognormal(2, 0.4, 400) * (rng.random(400) < 0.4),
            "tax": -0.1 * work**1.1,
        }
        design = SurveyDesign(rng.uniform(1, 3, 400), rng.integers(0, 3, 400), rng.integers(0, 40, 400))
        linear, replicated = gini_by_source(sources, design), gini_by_source(sources, jackknife(design))
        for one, other in zip(linear, replicated, strict=True):
            for part in ("share", "gini", "correlation", "contribution", "part", "marginal_effect"):
                here, there = getattr(one, part), getattr(other, part)
                assert (here is None) == (there is None) == (one.source == "tax" and part in {"gini", "correlation"})
                if here is not None:
                    assert there.value == pytest.approx(here.value, rel=1e-9)
                    assert there.standard_error == pytest.approx(here.standard_error, rel=0.06, abs=1e-9)

    def test_keeps_to_its_domain(self):
        sources, inside = {"a": [1.0, 5.0, np.nan], "b": [2.0, 2.0, 9.0]}, [True, True, False]
        found = gini_by_source(sources, SurveyDesign([1.0] * 3), domain=inside)
        assert sum(each.contribution.value for each in found) == pytest.approx(0.2)
        assert {each.contribution.n for each in found} == {2}

    def test_without_inequality_has_no_parts_of_it(self):
        found = gini_by_source({"a": [1.0, 2.0], "b": [2.0, 1.0]}, SurveyDesign([1.0, 1.0]))
        assert [each.part for each in found] == [None, None]
        assert [each.contribution.value for each in found] == pytest.approx([0, 0])

    @pytest.mark.parametrize(
        ("sources", "said"),
        [
            ({}, "no source"),
            ({"a": [1.0, -1.0]}, "total income is 0"),
            ({"a": [1.0, 2.0], "b": [1.0]}, "b has shape"),
            ({"a": [1.0, np.nan]}, "a has 1 missing"),
        ],
    )
    def test_refuses_what_has_no_index(self, sources, said):
        with pytest.raises(MeasureError, match=said):
            gini_by_source(sources, SurveyDesign([1.0, 1.0]))
