"""Official figures that the survey files reproduce, and the pace.

The figures are those of the data folder's README, each institute's own publication. Where poverty is a rule over a
mapped survey, the figure stands with the mapping: CASEN 1990, 2017 and 2020 in tests/countries/test_chile_surveys.py;
EPH 2024 and the totals of ENIGH 2010 in tests/countries/test_surveys.py.
"""

import time

import numpy as np
import pytest
from tests.measures.files import columns

import amparo.measures as m
from amparo.measures import SurveyDesign


def percent(estimate):
    return round(100 * estimate.value, 1)


class TestCasen2022:
    """Ministerio de Desarrollo Social y Familia, Chile, July 2023."""

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

    def test_has_the_official_mean_incomes_of_households(self, casen, data):
        """Live-in domestic workers, who have no poverty status, are no members: neither their income nor they count."""
        names = ("id_vivienda", "hogar", "pco1_a", "ymonecor")
        found = columns(data / "casen2022.parquet", *names)
        home = np.unique(found["id_vivienda"] * 100 + found["hogar"], return_inverse=True)[1]
        member, head = casen["surveyed"], found["pco1_a"] == "Sí"
        autonomous = casen["ypchautcor"] * np.bincount(home, member)[home]
        monetary = np.bincount(home, np.where(member, found["ymonecor"], 0))[home]
        means = [m.mean(income, casen.design, domain=head) for income in (autonomous, monetary)]
        assert [round(each.value) for each in means] == [1_236_534, 1_304_304]
        assert means[0].n == 72_056


class TestEusilc:
    def test_has_the_figures_of_the_book_of_convey(self, eusilc):
        """Its Gini, 26.49652 %, takes weights for counts of persons; laeken's is 26.48962 (test_references.py)."""
        found = m.laeken_income_indicators(eusilc["eqIncome"], eusilc.design)
        assert round(100 * found["at_risk_of_poverty_rate"].value, 5) == 14.44422
        assert round(100 * found["relative_median_poverty_gap"].value, 4) == 18.9286
        assert round(found["s80_s20"].value, 6) == 3.970004
        assert round(100 * found["gini"].value, 5) == 26.48962


@pytest.fixture(scope="module")
def bolivia(data):
    names = ("upm", "estrato", "factor", "yhogpc", "z", "zext", "p0", "pext0")
    return columns(data / "bolivia_eh2019.parquet", *names)


class TestBolivia2019:
    """INE, Encuesta de Hogares 2019: moderate poverty 37.2 %, extreme 12.9 %."""

    @pytest.mark.parametrize(("status", "line", "rate"), [("p0", "z", 37.2), ("pext0", "zext", 12.9)])
    def test_has_the_official_rate_by_status_and_by_line(self, bolivia, status, line, rate):
        """40 live-in domestic workers have neither status nor income: they are left out, not counted as not poor."""
        design = SurveyDesign(bolivia["factor"], bolivia["estrato"], bolivia["upm"])
        known = bolivia[status] != " "
        assert np.count_nonzero(~known) == 40
        income = np.array([float(y.replace(",", ".")) if y.strip() else np.nan for y in bolivia["yhogpc"]])
        stated = m.mean(np.array([each.startswith("Pobre") for each in bolivia[status]]), design, domain=known)
        reckoned = m.poverty_headcount(income, bolivia[line], design, domain=known)
        assert percent(stated) == rate
        assert reckoned == stated


@pytest.fixture(scope="module")
def enigh2016(data):
    names = [f"ic_{each}" for each in ("rezedu", "asalud", "segsoc", "cv", "sbv", "ali")]
    return columns(data / "enigh2016_persons.parquet", "factor", "est_dis", "upm", *names)


class TestEnigh2016:
    """CONEVAL, Medición de la pobreza 2016: persons deprived, in %."""

    @pytest.mark.parametrize(
        ("deprivation", "rate", "unknown"),
        [
            ("rezedu", 17.4, 0),
            ("asalud", 15.5, 0),
            ("segsoc", 55.8, 0),
            ("cv", 12.0, 11),
            ("sbv", 19.3, 0),
            ("ali", 20.1, 0),
        ],
    )
    def test_has_the_official_share(self, enigh2016, deprivation, rate, unknown):
        design = SurveyDesign(enigh2016["factor"], enigh2016["est_dis"], enigh2016["upm"])
        flag = enigh2016[f"ic_{deprivation}"]
        known = np.isfinite(flag)
        assert np.count_nonzero(~known) == unknown
        assert percent(m.mean(flag, design, domain=known)) == rate


class TestEnigh2010:
    def test_has_the_official_persons_per_household(self, data):
        """INEGI: 29,556,772 households of 3.9 members."""
        homes = columns(data / "enigh2010_concentrado.parquet", "factor", "est_dis", "upm", "tam_hog")
        design = SurveyDesign(homes["factor"], homes["est_dis"], homes["upm"])
        assert m.total(np.ones(len(design)), design).value == 29_556_772
        assert round(m.mean(homes["tam_hog"], design).value, 1) == 3.9


class TestEnaho2024:
    def test_has_the_official_number_of_households(self, data):
        """INEI: 33,691 households with an interview, one head in each."""
        persons = columns(data / "enaho2024_m200_m700.parquet", "CONGLOME", "VIVIENDA", "HOGAR", "P203")
        homes = np.unique(np.stack([persons[key] for key in ("CONGLOME", "VIVIENDA", "HOGAR")]), axis=1).shape[1]
        assert homes == np.count_nonzero(persons["P203"] == 1) == 33_691


class TestPace:
    def test_all_measures_of_the_survey_take_less_than_two_seconds(self, casen):
        """Of the processor: this machine may be busy with other things."""
        y, everyone = np.where(casen["surveyed"], casen["ypc"], 0.0), casen["surveyed"]
        start = time.process_time()
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
        took = time.process_time() - start
        assert all(np.isfinite(each.standard_error) for each in found)
        assert len(rows) == 10
        assert took < 2
