"""The official figures of CASEN 2022 (Ministerio de Desarrollo Social y Familia, July 2023), and the pace."""

import time

import numpy as np
import pytest

import amparo.measures as m


class TestPoverty:
    def test_counts_the_official_poor(self, casen):
        assert m.total(casen["poor"], casen.design).value == 1_292_521
        assert m.total(casen["extreme"], casen.design).value == 397_963

    def test_has_the_official_rates(self, casen):
        rates = [m.mean(casen[status], casen.design, domain=casen["surveyed"]) for status in ("poor", "extreme")]
        assert [round(100 * rate.value, 1) for rate in rates] == [6.5, 2.0]

    def test_has_the_official_rates_by_sex(self, casen):
        found = m.mean.by(casen["sexo"].astype(str), casen["poor"], casen.design, domain=casen["surveyed"])
        assert {sex: round(100 * rate.value, 2) for sex, rate in found.items()} == {
            "1. Hombre": 6.08,
            "2. Mujer": 6.92,
        }

    @pytest.mark.parametrize(
        ("region", "rate"), [("Ñuble", 12.09), ("Araucanía", 11.57), ("Tarapacá", 11.03), ("Arica", 9.17)]
    )
    def test_has_the_official_rates_by_region(self, casen, region, rate):
        here = np.array([region in name for name in casen["region"]]) & casen["surveyed"]
        assert round(100 * m.mean(casen["poor"], casen.design, domain=here).value, 2) == rate

    def test_follows_from_the_official_rule(self, casen):
        known = casen["surveyed"] & (casen["numper"] > 0)
        income = casen["ytotcorh"][known] / casen["numper"][known] ** 0.7
        assert np.mean((income < 216_849) == casen["poor"][known]) > 0.9999


class TestPace:
    def test_all_measures_of_the_survey_take_less_than_two_seconds(self, casen):
        y, everyone = np.where(casen["surveyed"], casen["ypc"], 0.0), casen["surveyed"]
        start = time.perf_counter()
        d = m.SurveyDesign(casen["expr"], casen["varstrat"], casen["varunit"])
        found = [m.total(y, d), m.mean(y, d), m.ratio(casen["poor"], everyone, d), m.quantile(y, 0.9, d)]
        found += [m.median(y, d), m.poverty_headcount(y, 216_849, d), m.poverty_gap(y, 216_849, d)]
        found += [
            m.squared_poverty_gap(y, 216_849, d),
            m.at_risk_of_poverty_rate(y, d),
            m.relative_median_poverty_gap(y, d),
        ]
        found += [m.s80_s20(y, d), m.gini(y, d), m.theil(y, d), m.mean_log_deviation(y, d)]
        found += [m.atkinson(y, aversion, d) for aversion in (0.5, 1, 2)]
        found += [m.change(m.gini, y, y + 1000, d)]
        tenths = m.deciles(y, d, domain=everyone)
        rows = m.winners_and_losers(y, y + 1000, d, group=tenths, domain=everyone)
        m.binned_gini(y, casen["expr"])
        took = time.perf_counter() - start
        assert all(np.isfinite(each.standard_error) for each in found)
        assert len(rows) == 10
        assert took < 2
