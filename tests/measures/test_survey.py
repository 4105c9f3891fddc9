import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import Estimate, SurveyDesign, mean, total
from amparo.measures.sampling.estimate import student_quantile


class TestSurveyDesign:
    def test_spreads_cluster_totals_within_strata(self):
        # Stratum a: totals 3 and 7; stratum b: 1, 4 and 7. n/(n−1)·Σ(t − t̄)² = 2·8 + 1.5·18
        design = SurveyDesign(np.ones(6), list("aaabbb"), [1, 1, 2, 1, 2, 3])
        found = total([1.0, 2.0, 7.0, 1.0, 4.0, 7.0], design)
        assert found.standard_error**2 == pytest.approx(2 * 8 + 1.5 * 18)
        assert (found.clusters, found.strata, found.degrees_of_freedom) == (5, 2, 3)

    def test_reads_cluster_labels_within_strata(self):
        reused = SurveyDesign(np.ones(4), list("aabb"), [1, 2, 1, 2])
        distinct = SurveyDesign(np.ones(4), list("aabb"), [1, 2, 3, 4])
        assert reused.clusters == 4
        assert mean([1.0, 5.0, 2.0, 9.0], reused) == mean([1.0, 5.0, 2.0, 9.0], distinct)

    def test_compares_a_lonely_cluster_with_the_mean_of_all(self):
        # Totals 1 and 3 (stratum a), 8 (alone in b): 2·2 + (8 − 4)²
        design = SurveyDesign(np.ones(3), list("aab"))
        assert design.lonely_strata == 1
        assert total([1.0, 3.0, 8.0], design).standard_error ** 2 == pytest.approx(4 + 16)

    def test_is_the_textbook_error_for_a_simple_random_sample(self):
        y = np.array([3.0, 1.0, 4.0, 1.0, 5.0])
        assert mean(y, SurveyDesign(np.full(5, 7.0))).standard_error == pytest.approx(y.std(ddof=1) / np.sqrt(5))

    def test_keeps_every_cluster_when_a_domain_is_measured(self):
        design = SurveyDesign(np.ones(4), cluster=[1, 2, 3, 4])
        found = total([1.0, 2.0, np.nan, np.nan], design, domain=np.array([True, True, False, False]))
        assert found.standard_error**2 == pytest.approx(4 / 3 * (0.25**2 + 1.25**2 + 2 * 0.75**2))
        assert (found.n, found.clusters) == (2, 2)

    def test_does_not_depend_on_the_order_of_rows(self):
        rng = np.random.default_rng(4)
        y, w, h, c = rng.random(60), rng.random(60), rng.integers(0, 3, 60), rng.integers(0, 12, 60)
        order = rng.permutation(60)
        here = mean(y, SurveyDesign(w, h, c))
        there = mean(y[order], SurveyDesign(w[order], h[order], c[order]))
        assert there.standard_error == pytest.approx(here.standard_error, rel=1e-12)

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (([1.0, -2.0],), "1 missing or negative values, the first -2.0 at row 1"),
            (([1.0, np.nan],), "the first nan at row 1"),
            (([0.0, 0.0],), "sum to zero"),
            (([[1.0]],), "2 dimensions"),
            (([1.0, 1.0], [1]), "stratum has shape"),
            (([1.0, 1.0], None, [1, 2, 3]), "cluster has shape"),
            (([1.0, 1.0], None, [1, 1]), "a single cluster"),
            (([1.0, 1.0], ["a", None]), "stratum mixes labels"),
            (([1.0, 1.0], None, [1.0, np.nan]), "cluster is missing first at row 1"),
        ],
    )
    def test_refuses_a_sample_that_says_nothing(self, arguments, sentence):
        with pytest.raises(MeasureError, match=sentence):
            SurveyDesign(*arguments)

    @pytest.mark.parametrize(
        ("values", "domain", "sentence"),
        [
            ([1.0, np.nan], None, "1 missing or infinite values, the first at row 1"),
            ([1.0, 2.0, 3.0], None, "values has shape"),
            ([1.0, 2.0], [1, 0], "domain is int64"),
            ([1.0, 2.0], [False, False], "holds nobody"),
        ],
    )
    def test_refuses_values_that_do_not_fit(self, values, domain, sentence):
        with pytest.raises(MeasureError, match=sentence):
            mean(values, SurveyDesign([1.0, 1.0]), domain=domain)

    def test_cannot_be_changed(self):
        given = np.ones(3)
        design = SurveyDesign(given)
        given[0] = 9
        assert design.weight[0] == 1
        with pytest.raises(ValueError, match="read-only"):
            design.weight[0] = 2
        with pytest.raises(AttributeError):
            design.strata = 2  # type: ignore[misc]


class TestEstimate:
    def test_has_an_interval_from_students_t(self):
        low, high = Estimate(10.0, 2.0, 40, 12, 2).interval()
        assert (low, high) == pytest.approx((10 - 2 * 2.228139, 10 + 2 * 2.228139), rel=1e-5)

    def test_has_no_interval_without_degrees_of_freedom(self):
        with pytest.raises(MeasureError, match="more clusters than strata"):
            Estimate(10.0, 2.0, 40, 2, 2).interval()

    def test_refuses_a_level_in_percent(self):
        with pytest.raises(MeasureError, match="level is 95"):
            Estimate(10.0, 2.0, 40, 12, 2).interval(95)

    # Abramowitz & Stegun (1964), table 26.10.
    @pytest.mark.parametrize(
        ("df", "p", "t", "missed_by"),
        [
            (1, 0.975, 12.706, 0),
            (2, 0.975, 4.303, 0),
            (3, 0.975, 3.182, 0.002),
            (3, 0.995, 5.841, 0.01),
            (5, 0.975, 2.571, 0.0002),
            (10, 0.995, 3.169, 0.0001),
            (30, 0.975, 2.042, 0.0001),
            (120, 0.95, 1.658, 0.0001),
        ],
    )
    def test_takes_the_tabulated_quantiles(self, df, p, t, missed_by):
        printed = 0.0005  # the table has three decimals
        assert student_quantile(p, df) == pytest.approx(t, abs=t * missed_by + printed)
        assert student_quantile(1 - p, df) == pytest.approx(-t, abs=t * missed_by + printed)
