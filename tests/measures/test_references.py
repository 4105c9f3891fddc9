"""Every measure against R: survey 4.5, convey 1.0.1 and laeken 0.5.2, from reference_values.json.

Values agree within 1e-9 and standard errors within 0.1 %. Three traps are named. convey's Gini takes each weight for a
count of persons, so that the value is compared with laeken's and only the error with convey's. convey's Zenga index sums
over persons where the definition integrates, so that its value depends on the order of persons with equal incomes and on
how finely they are split; the error is compared. And `median` of R's survey has Woodruff's error, where Eurostat and
convey (`iqalpha50`) linearise.
"""

from typing import Any

import numpy as np
import pytest

from amparo.measures import (
    RelativeLine,
    SurveyDesign,
    at_risk_of_poverty_rate,
    at_risk_of_poverty_threshold,
    atkinson,
    foster_greer_thorbecke,
    generalised_entropy,
    gini,
    j_divergence,
    mean,
    mean_log_deviation,
    median,
    median_income_of_the_poor,
    poverty_gap,
    poverty_headcount,
    relative_median_poverty_gap,
    s80_s20,
    squared_poverty_gap,
    theil,
    watts,
    zenga,
)


def agrees(found, reference):
    assert found.value == pytest.approx(reference["estimate"], rel=1e-9)
    assert found.standard_error == pytest.approx(reference["se"], rel=1e-3)


BY_ALPHA = {0: poverty_headcount, 1: poverty_gap, 2: squared_poverty_gap}

EUSILC: dict[str, Any] = {
    "mean": mean,
    "iqalpha50": median,
    "arpt": at_risk_of_poverty_threshold,
    "poormed": median_income_of_the_poor,
    "arpr": at_risk_of_poverty_rate,
    "rmpg": relative_median_poverty_gap,
    "qsr": s80_s20,
    "gei0_pos": mean_log_deviation,
    "theil_gei1_pos": theil,
    "gei2_pos": lambda y, d: generalised_entropy(y, 2, d, domain=y > 0),
    "jdiv_pos": j_divergence,
    "watts_abs10000_pos": lambda y, d: watts(y, 10000.0, d),
    "atk0.5_pos": lambda y, d: atkinson(y, 0.5, d),
    "atk1_pos": lambda y, d: atkinson(y, 1, d),
    "atk2_pos": lambda y, d: atkinson(y, 2, d),
}


@pytest.mark.parametrize("psu", ["person", "household"])
class TestEusilc:
    @pytest.fixture
    def design(self, eusilc, psu):
        return eusilc.design if psu == "household" else SurveyDesign(eusilc["rb050"], eusilc["db040"].astype(str))

    @pytest.fixture
    def expected(self, references, psu):
        return references["eusilc"][f"linearisation_strata_{psu}_psu"]

    @pytest.mark.parametrize("name", EUSILC)
    def test_agrees_with_convey(self, eusilc, design, expected, name):
        agrees(EUSILC[name](eusilc["eqIncome"], design), expected[name])

    @pytest.mark.parametrize("alpha", [0, 1, 2])
    def test_poverty_agrees_for_fixed_and_estimated_lines(self, eusilc, design, expected, alpha):
        y = eusilc["eqIncome"]
        lines = {
            "abs10000": 10000.0,
            "relq60": RelativeLine(0.6),
            "relm60": RelativeLine(0.6, "mean"),
        }
        for name, z in lines.items():
            found = foster_greer_thorbecke(y, z, design, alpha=alpha)
            agrees(found, expected[f"fgt{alpha}_{name}"])
            assert BY_ALPHA[alpha](y, z, design) == found

    def test_gini_has_laekens_value_and_conveys_error(self, eusilc, design, expected, references):
        found = gini(eusilc["eqIncome"], design)
        laeken = references["eusilc"]["laeken"]["values"]["gini"]["estimate_pct"] / 100
        assert found.value == pytest.approx(laeken, rel=1e-9)
        assert found.standard_error == pytest.approx(expected["gini"]["se"], rel=1e-3)
        assert found.value != pytest.approx(expected["gini"]["estimate"], rel=1e-5)

    def test_entropies_of_zero_and_one_are_their_own_indices(self, eusilc, design, expected):
        for alpha, name in ((0, "gei0_pos"), (1, "theil_gei1_pos")):
            agrees(generalised_entropy(eusilc["eqIncome"], alpha, design), expected[name])

    def test_zenga_has_conveys_error_and_nearly_its_value(self, eusilc, design, expected):
        found = zenga(eusilc["eqIncome"], design)
        assert found.standard_error == pytest.approx(expected["zenga_pos"]["se"], rel=1e-3)
        assert found.value == pytest.approx(expected["zenga_pos"]["estimate"], rel=1e-3)


def summed_zenga(y, w):
    """Return the estimator of Barabesi, Diana & Perri (2016), which convey 1.0.1 has: a sum over persons in order."""
    order = np.argsort(y, kind="stable")
    y, w = y[order], w[order]
    total, persons = (w * y).sum(), w.sum()
    up_to, from_here = np.cumsum(w), total - np.cumsum(w * y) + w * y
    return 1 - (w * (persons - up_to) * (total - from_here) / (persons * up_to * from_here)).sum()


class TestZengaOfConvey:
    def test_is_a_sum_over_persons(self, eusilc, references):
        y, w = eusilc["eqIncome"], eusilc["rb050"]
        reference = references["eusilc"]["linearisation_strata_person_psu"]["zenga_pos"]["estimate"]
        assert summed_zenga(y[y > 0], w[y > 0]) == pytest.approx(reference, rel=1e-9)

    def test_comes_to_the_integral_as_persons_are_split(self, eusilc):
        y, w = eusilc["eqIncome"], eusilc["rb050"]
        y, w = y[y > 0][:2000], w[y > 0][:2000]
        exact = zenga(y, SurveyDesign(w)).value
        away = [summed_zenga(np.repeat(y, n), np.repeat(w / n, n)) - exact for n in (1, 10, 100)]
        assert away[0] > 1e-3
        assert away[1] == pytest.approx(away[0] / 10, rel=0.2)
        assert away[2] == pytest.approx(away[0] / 100, rel=0.2)


class TestMedianOfSurvey:
    def test_has_the_value_and_an_error_that_is_not_linearised(self, eusilc, references):
        expected = references["eusilc"]["linearisation_strata_household_psu"]
        found = median(eusilc["eqIncome"], eusilc.design)
        assert found.value == pytest.approx(expected["median"]["estimate"], rel=1e-9)
        assert found.standard_error == pytest.approx(expected["iqalpha50"]["se"], rel=1e-3)
        assert found.standard_error == pytest.approx(expected["median"]["se"], rel=0.05)
        assert found.standard_error != pytest.approx(expected["median"]["se"], rel=0.01)


CASEN: dict[str, Any] = {
    "mean_y": lambda y, d, s: mean(y, d, domain=s),
    "arpt60": lambda y, d, s: at_risk_of_poverty_threshold(y, d, domain=s),
    "arpr60": lambda y, d, s: at_risk_of_poverty_rate(y, d, reference=s, domain=s),
    "rmpg": lambda y, d, s: relative_median_poverty_gap(y, d, reference=s, domain=s),
    "qsr": lambda y, d, s: s80_s20(y, d, domain=s),
    "fgt0_relq50": lambda y, d, s: poverty_headcount(y, RelativeLine(0.5), d, reference=s, domain=s),
    "fgt1_relq50": lambda y, d, s: poverty_gap(y, RelativeLine(0.5), d, reference=s, domain=s),
    "fgt2_relq50": lambda y, d, s: squared_poverty_gap(y, RelativeLine(0.5), d, reference=s, domain=s),
    "gei0_pos": lambda y, d, s: mean_log_deviation(y, d, domain=s),
    "theil_pos": lambda y, d, s: theil(y, d, domain=s),
    "gei2_pos": lambda y, d, s: generalised_entropy(y, 2, d, domain=s & (y > 0)),
    "atk0.5_pos": lambda y, d, s: atkinson(y, 0.5, d, domain=s),
    "atk1_pos": lambda y, d, s: atkinson(y, 1, d, domain=s),
    "atk2_pos": lambda y, d, s: atkinson(y, 2, d, domain=s),
}


class TestCasen:
    @pytest.mark.parametrize("name", CASEN)
    def test_agrees_with_convey(self, casen, references, name):
        found = CASEN[name](casen["ypc"], casen.design, casen["surveyed"])
        agrees(found, references["casen2022"]["linearisation"][name])

    @pytest.mark.parametrize(("income", "name"), [("ypc", "gini"), ("ypchautcor", "gini_ypchautcor")])
    def test_gini_has_conveys_error(self, casen, references, income, name):
        found = gini(casen[income], casen.design, domain=casen["surveyed"])
        expected = references["casen2022"]["linearisation"][name]
        assert found.standard_error == pytest.approx(expected["se"], rel=1e-3)
        assert found.value == pytest.approx(expected["estimate"], abs=2e-5)

    def test_gini_has_the_value_of_the_exact_form(self, casen, references):
        found = gini(casen["ypc"], casen.design, domain=casen["surveyed"])
        expected = references["casen2022"]["bootstrap_rao_wu"]["gini"]["estimate"]
        assert found.value == pytest.approx(expected, rel=1e-9)

    @pytest.mark.parametrize(("status", "name"), [("poor", "mean_pm"), ("extreme", "mean_pe")])
    def test_official_status_agrees_with_survey(self, casen, references, status, name):
        found = mean(casen[status], casen.design, domain=casen["surveyed"])
        agrees(found, references["casen2022"]["linearisation"][name])

    def test_regions_agree_with_survey_though_their_clusters_are_a_part(self, casen, references):
        found = mean.by(casen["region"], casen["poor"], casen.design, domain=casen["surveyed"])
        expected = references["casen2022"]["linearisation"]
        named = [region for region in found if f"poor_{region}" in expected]
        assert len(named) == 4
        for region in named:
            agrees(found[region], expected[f"poor_{region}"])

    @pytest.mark.parametrize(
        ("name", "z", "alpha"), [("g0", 216849, 0), ("g1", 216849, 1), ("g2", 216849, 2), ("ge1", 144566, 1)]
    )
    def test_gaps_under_the_official_line_agree_with_convey(self, casen, references, name, z, alpha):
        income = casen["ytotcorh"] / casen["numper"] ** 0.7
        domain = casen["surveyed"] & (casen["numper"] > 0)
        assert domain.sum() == 199_194
        found = foster_greer_thorbecke(income, z, casen.design, alpha=alpha, domain=domain)
        agrees(found, references["casen2022"]["fgt_official_line_domain_with_design_household_file"][name])


KNOWN = {  # every reference has a test: here by name, or below in a class of its own
    "eusilc": {*EUSILC, "gini", "zenga_pos", "median"}
    | {f"fgt{alpha}_{line}" for alpha in (0, 1, 2) for line in ("abs10000", "relq60", "relm60")},
    "casen2022": {*CASEN, "gini", "gini_ypchautcor", "mean_pm", "mean_pe"},
}


def test_no_reference_is_left_untested(references):
    found = references["eusilc"]["linearisation_strata_household_psu"]
    assert {*found} == KNOWN["eusilc"]
    found = references["casen2022"]["linearisation"]
    assert {name for name in found if not name.startswith("poor_")} == KNOWN["casen2022"]
