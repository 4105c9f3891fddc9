"""Replicates: against R's bootstraps, against linearisation, and by hand."""

from typing import Any

import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import (
    RelativeLine,
    SurveyDesign,
    Weights,
    adjusted_headcount,
    at_risk_of_poverty_rate,
    at_risk_of_poverty_threshold,
    atkinson,
    bootstrap,
    change,
    foster_greer_thorbecke,
    generalised_entropy,
    generalised_lorenz_ordinate,
    gini,
    given_replicates,
    j_divergence,
    jackknife,
    lorenz_ordinate,
    mean,
    mean_log_deviation,
    median,
    median_income_of_the_poor,
    palma,
    poverty_deficit,
    poverty_gap,
    poverty_headcount,
    ratio,
    relative_median_poverty_gap,
    s80_s20,
    squared_poverty_gap,
    theil,
    total,
    watts,
    zenga,
)

SMOOTH = {
    "mean": mean,
    "gini": gini,
    "theil": theil,
    "mld": mean_log_deviation,
    "atkinson": lambda y, d: atkinson(y, 2, d),
    "gap": lambda y, d: poverty_gap(y, 20.0, d),
    "relative gap": lambda y, d: poverty_gap(y, RelativeLine(0.8, "mean"), d),
    "watts": lambda y, d: watts(y, 20.0, d),
    "deficit": lambda y, d: poverty_deficit(y, 20.0, d),
    "entropy": lambda y, d: generalised_entropy(y, 2, d),
    "j": j_divergence,
    "zenga": zenga,
    "palma": palma,
    "lorenz": lambda y, d: lorenz_ordinate(y, 0.3, d),
    "generalised lorenz": lambda y, d: generalised_lorenz_ordinate(y, 0.3, d),
    "adjusted headcount": lambda y, d: adjusted_headcount(np.minimum(y / 50, 1), 0.4, d),
}


def sample(seed=3, n=400, strata=4, clusters=30):
    draw = np.random.default_rng(seed)
    return draw.lognormal(3, 0.6, n), draw.uniform(1, 3, n), draw.integers(0, strata, n), draw.integers(0, clusters, n)


class TestJackknife:
    def test_of_a_total_is_the_linearised_error_exactly(self):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        assert total(y, jackknife(design)).standard_error == pytest.approx(total(y, design).standard_error, rel=1e-9)

    def test_keeps_the_correction_for_finite_populations(self):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster, population=60)
        assert total(y, jackknife(design)).standard_error == pytest.approx(total(y, design).standard_error, rel=1e-9)

    @pytest.mark.parametrize("name", SMOOTH)
    def test_of_a_smooth_measure_is_near_the_linearised_error(self, name):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        found, expected = SMOOTH[name](y, jackknife(design)), SMOOTH[name](y, design)
        assert found.value == pytest.approx(expected.value, rel=1e-12)
        assert found.standard_error == pytest.approx(expected.standard_error, rel=0.05)
        assert (found.n, found.degrees_of_freedom) == (expected.n, expected.degrees_of_freedom)


class TestBootstrap:
    @pytest.mark.parametrize("name", SMOOTH)
    def test_of_a_smooth_measure_is_near_the_linearised_error(self, name):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        found = SMOOTH[name](y, bootstrap(design, 1000, seed=5))
        assert found.standard_error == pytest.approx(SMOOTH[name](y, design).standard_error, rel=0.1)

    def test_gives_the_error_of_a_difference(self):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        found = change(gini, y, y + 5, bootstrap(design, 1000, seed=5))
        assert found.standard_error == pytest.approx(change(gini, y, y + 5, design).standard_error, rel=0.1)
        assert found.standard_error < gini(y, design).standard_error / 3

    def test_keeps_domains_and_groups_in_the_design(self):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        expected = mean.by(stratum % 2, y, design)
        for label, found in mean.by(stratum % 2, y, bootstrap(design, 1000, seed=5)).items():
            assert found.value == pytest.approx(expected[label].value, rel=1e-12)
            assert found.standard_error == pytest.approx(expected[label].standard_error, rel=0.15)
            assert found.clusters == expected[label].clusters

    def test_is_the_same_for_the_same_seed(self):
        y, w, stratum, cluster = sample()
        one, same, other = (bootstrap(SurveyDesign(w, stratum, cluster), 20, seed=s) for s in (1, 1, 2))
        assert gini(y, one).standard_error == gini(y, same).standard_error != gini(y, other).standard_error

    @pytest.mark.parametrize("single", ["centre", "certainty"])
    def test_of_single_clusters_varies_only_where_the_design_says_so(self, single):
        design = SurveyDesign([1.0] * 6, stratum=list("aabcdd"), single=single)
        factors = bootstrap(design, 50, seed=1).factors
        assert (factors[:, [2, 3]] != 1).any() == (single == "centre")
        assert factors.mean() == pytest.approx(1, abs=0.1)

    def test_refuses_one_replicate(self):
        with pytest.raises(MeasureError, match="at least 2"):
            bootstrap(SurveyDesign([1.0, 1.0]), 1, seed=1)


EUSILC = {
    "mean": mean,
    "iqalpha50": median,
    "arpr": at_risk_of_poverty_rate,
    "rmpg": relative_median_poverty_gap,
    "qsr": s80_s20,
    "gini": gini,
    "arpt": at_risk_of_poverty_threshold,
    "poormed": median_income_of_the_poor,
    "fgt1_abs10000": lambda y, d: foster_greer_thorbecke(y, 10000.0, d, alpha=1),
    "fgt0_relm60": lambda y, d: poverty_headcount(y, RelativeLine(0.6, "mean"), d),
    "fgt1_relq60": lambda y, d: poverty_gap(y, RelativeLine(0.6), d),
    "fgt2_relq60": lambda y, d: squared_poverty_gap(y, RelativeLine(0.6), d),
    "watts_abs10000_pos": lambda y, d: watts(y, 10000.0, d),
    "gei2_pos": lambda y, d: generalised_entropy(y, 2, d),
    "jdiv_pos": j_divergence,
    "zenga_pos": zenga,
    "gei0_pos": mean_log_deviation,
    "theil_gei1_pos": theil,
    "atk1_pos": lambda y, d: atkinson(y, 1, d),
}
CASEN = {
    "gini": lambda y, d, s: gini(y, d, domain=s),
    "qsr": lambda y, d, s: s80_s20(y, d, domain=s),
    "arpr60": lambda y, d, s: at_risk_of_poverty_rate(y, d, reference=s, domain=s),
    "rmpg": lambda y, d, s: relative_median_poverty_gap(y, d, reference=s, domain=s),
    "theil_pos": lambda y, d, s: theil(y, d, domain=s),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("design", [SurveyDesign([1.0] * 3), bootstrap(SurveyDesign([1.0] * 3), 5, seed=1)])
def test_what_floating_point_cannot_hold_is_refused_and_not_given_as_nan(design):
    with pytest.raises(MeasureError, match="beyond floating point"):
        generalised_entropy([1.0, 200.0, 3.0], -500, design)
    with pytest.raises(MeasureError, match="beyond floating point"):
        generalised_entropy.value([1.0, 200.0, 3.0], -500, Weights([1.0] * 3))


class TestR:
    @pytest.mark.parametrize("name", EUSILC)
    def test_agrees_with_its_bootstrap_as_far_as_two_bootstraps_can(self, eusilc, references, name):
        # Two hundred replicates know a standard error to 5 %, two such errors differ by 7 % and seldom by 15 %.
        expected = references["eusilc"]["bootstrap200_household_psu"][name]["se"]
        found = EUSILC[name](eusilc["eqIncome"], bootstrap(eusilc.design, 200, seed=20260101))
        assert found.standard_error == pytest.approx(expected, rel=0.15)

    @pytest.mark.parametrize("name", CASEN)
    def test_agrees_with_three_hundred_replicates_of_casen(self, casen, references, name):
        expected = references["casen2022"]["bootstrap_rao_wu"][name]
        found = CASEN[name](casen["ypc"], bootstrap(casen.design, 60, seed=1), casen["surveyed"])
        assert found.standard_error == pytest.approx(expected["boot_se"], rel=0.3)  # 60 replicates, to be quick


class TestGivenReplicates:
    def test_are_used_as_the_manual_says(self):
        # Two halves: the mean is 2 and its replicates are 1 and 3, each weighed a half.
        found = mean([1.0, 3.0], given_replicates([1.0, 1.0], [[2.0, 0.0], [0.0, 2.0]], scale=0.5))
        assert (found.value, found.standard_error, found.degrees_of_freedom) == (2.0, 1.0, 1)

    @pytest.mark.parametrize(
        ("replicates", "scale", "said"),
        [
            ([[1.0], [1.0]], None, "at least two columns"),
            ([[1.0, -1.0], [1.0, 1.0]], None, "row 0, column 1"),
            ([[1.0, 1.0]], None, r"shape \(1, 2\)"),
            ([[1.0, 1.0], [1.0, 1.0]], 0, "scale is above zero"),
            ([[1.0, 1.0], [1.0, 1.0]], np.inf, "scale is above zero"),
            ([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0, 1.0], "scale has shape"),
            ([["a", "b"], ["c", "d"]], None, "replicates holds values that are no numbers"),
        ],
    )
    def test_that_make_no_sense_are_refused(self, replicates, scale, said):
        with pytest.raises(MeasureError, match=said):
            given_replicates([1.0, 1.0], replicates, scale=scale)


class TestWeights:
    def test_give_the_value_of_every_measure(self):
        y, w, stratum, cluster = sample()
        design = SurveyDesign(w, stratum, cluster)
        for measure in (*SMOOTH.values(), at_risk_of_poverty_rate, s80_s20, median, relative_median_poverty_gap):
            named = getattr(measure, "value", None)
            if named is not None:
                assert named(y, Weights(w)) == measure(y, design).value
        assert (
            poverty_headcount.value(y, 20.0, Weights(w), domain=stratum == 1)
            == poverty_headcount(y, 20.0, design, domain=stratum == 1).value
        )
        assert ratio.value(y, w, Weights(w)) == ratio(y, w, design).value

    def test_know_no_standard_error_and_say_so(self):
        with pytest.raises(MeasureError, match="no standard error"):
            mean([1.0, 2.0], Weights([1.0, 1.0]))


class TestFinitePopulations:
    def test_shrink_the_error_by_the_share_not_drawn(self):
        y, w = np.arange(10.0), np.ones(10)
        open_, closed = SurveyDesign(w), SurveyDesign(w, population=40)
        assert total(y, closed).standard_error == pytest.approx(total(y, open_).standard_error * 0.75**0.5)
        assert total(y, SurveyDesign(w, population=10)).standard_error == 0

    def test_cannot_be_smaller_than_their_sample_or_differ_within_a_stratum(self):
        with pytest.raises(MeasureError, match="population is 3 where the sample has 4"):
            SurveyDesign([1.0] * 4, population=3)
        with pytest.raises(MeasureError, match="differs within the stratum of row"):
            SurveyDesign([1.0] * 3, population=[9, 9, 8])


LONELY: dict[str, Any] = {"weight": [1.0] * 5, "stratum": list("aaaab")}


class TestSingleClusters:
    def test_add_nothing_under_certainty(self):
        y = [1.0, 2.0, 3.0, 4.0, 50.0]
        alone = SurveyDesign([1.0] * 4)
        assert total(y, SurveyDesign(**LONELY, single="certainty")).standard_error == pytest.approx(
            total(y[:4], alone).standard_error
        )

    def test_are_refused_by_name_when_asked(self):
        with pytest.raises(MeasureError, match="the first is b"):
            SurveyDesign(**LONELY, single="fail")


def test_households_are_the_clusters_where_no_others_are_given():
    y, w, home = [1.0, 1.0, 5.0, 5.0, 3.0], [1.0] * 5, [1, 1, 2, 2, 3]
    assert mean(y, SurveyDesign(w, household=home)) == mean(y, SurveyDesign(w, cluster=home))
