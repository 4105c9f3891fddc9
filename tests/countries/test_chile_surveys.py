"""Chile's older surveys, by their mappings: official figures, families, what respondents say they receive."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from amparo.policy import find_country
from amparo.population import Population, load_mapping, read
from amparo.simulate import open_source, silent, simulate

CHILE = find_country("chile")
NOBODY = -1


def survey(data: Path, key: str, file: str) -> Population:
    return read(data / file, load_mapping(files("amparo.countries.chile.population").joinpath(f"{key}.toml")), CHILE)


def share(population: Population, marked: Any, of: Any = True) -> float:
    """Return a weighted share, in %."""
    weight = population.person_weight * (population.person_facts["official_status"] >= 0) * of
    return float(100 * (weight * marked).sum() / weight.sum())


@pytest.fixture(scope="module")
def casen2020(data: Path) -> Population:
    return survey(data, "casen2020", "casen2020_joined.parquet")


class TestCasen2020:
    """Official figures: Ministerio de Desarrollo Social y Familia, as in the data folder's README."""

    def test_the_method_is_the_official_status_on_every_row(self, casen2020: Population, data: Path) -> None:
        method = load_mapping(files("amparo.countries.chile.population").joinpath("casen2020.toml")).poverty
        assert method is not None
        status = casen2020.person_facts["official_status"]
        counted = status >= 0
        assert np.count_nonzero(~counted) == 98
        np.testing.assert_array_equal(method.poor(casen2020)[counted], status[counted] >= 1)
        np.testing.assert_array_equal(method.extremely_poor(casen2020)[counted], status[counted] == 2)

    def test_reproduces_the_official_poverty(self, casen2020: Population) -> None:
        status = casen2020.person_facts["official_status"]
        assert round(share(casen2020, status >= 1), 1) == 10.8
        assert round(share(casen2020, status == 2), 1) == 4.3
        assert (casen2020.person_weight * (status == 2)).sum() == 831_232

    @pytest.mark.parametrize(
        ("region", "poor"),
        [
            ("Región de La Araucanía", 17.4),
            ("Región de Ñuble", 14.7),
            ("Región de Tarapacá", 14.0),
            ("Región del Biobío", 13.2),
            ("Región de Magallanes y de la Antártica Chilena", 5.7),
            ("Región de Aysén del Gral. Carlos Ibáñez del Campo", 6.6),
        ],
    )
    def test_reproduces_the_official_poverty_of_a_region(self, casen2020: Population, region: str, poor: float) -> None:
        code = casen2020.labels["region"].index(region)
        there = casen2020.to_persons(casen2020.household_facts["region"] == code)
        assert round(share(casen2020, casen2020.person_facts["official_status"] >= 1, of=there), 1) == poor

    def test_partners_share_the_number_of_their_couple(self, casen2020: Population, data: Path) -> None:
        table = pq.read_table(data / "casen2020_joined.parquet", columns=["folio", "h5"])
        folio, couple = (table[c].to_numpy() for c in table.column_names)
        assert (np.diff(folio) >= 0).all()  # so that rows of the file are persons here
        partner = casen2020.relations["partner"]
        row = np.where(partner >= 0, partner + casen2020.to_persons(casen2020.offsets[:-1]), NOBODY)
        paired = row >= 0
        assert np.count_nonzero(paired) == 70_298
        np.testing.assert_array_equal(row[row[paired]], np.flatnonzero(paired))
        np.testing.assert_array_equal(couple[row[paired]], couple[paired])

    def test_the_parent_whom_the_survey_points_at_is_mother_or_father(self, casen2020: Population, data: Path) -> None:
        table = pq.read_table(data / "casen2020_joined.parquet", columns=["id_persona", "h5_1"])
        number, pointed = table["id_persona"].to_numpy(), table["h5_1"].to_numpy()
        start = casen2020.to_persons(casen2020.offsets[:-1])
        found = [casen2020.relations[k] for k in ("mother", "father")]
        named = [np.where(p >= 0, number[np.maximum(p, 0) + start], 0) for p in found]
        one = pointed > 0
        assert np.count_nonzero(one) == 43_085
        assert ((named[0] == pointed) | (named[1] == pointed))[one].all()
        both = np.isnan(pointed) & (named[0] > 0) & (named[1] > 0)
        assert np.count_nonzero(both) > 35_000

    def test_is_simulated_on_the_law_of_its_month(self, data: Path) -> None:
        source, month = open_source(
            CHILE, f"casen2020:{data / 'casen2020_joined.parquet'}", on=None, mapping=None, report=silent
        )
        assert month == date(2020, 11, 1)
        found = simulate(CHILE, source, on=month)
        by_key = {b["benefit"]: b for b in found["scenarios"][0]["benefits"]}
        assert set(by_key) == {"suf", "asignacion_familiar"}
        assert all(b["cost"]["value"] > 0 and b["cost"]["standard_error"] > 0 for b in by_key.values())


@pytest.fixture(scope="module")
def casen1990(data: Path) -> Population:
    return survey(data, "casen1990", "casen1990_full.parquet")


class TestCasen1990:
    """Official figures of the old method: MIDEPLAN, as in the data folder's README."""

    def test_reproduces_the_official_poverty(self, casen1990: Population) -> None:
        status = casen1990.person_facts["official_status"]
        assert np.count_nonzero(status < 0) == 536
        assert round(share(casen1990, status >= 1), 1) == 38.6
        assert round(share(casen1990, status == 2), 1) == 13.0

    def test_the_method_is_the_official_status_in_town_and_country(self, casen1990: Population) -> None:
        method = load_mapping(files("amparo.countries.chile.population").joinpath("casen1990.toml")).poverty
        assert method is not None
        status = casen1990.person_facts["official_status"]
        counted = status >= 0
        np.testing.assert_array_equal(method.poor(casen1990)[counted], status[counted] >= 1)
        np.testing.assert_array_equal(method.extremely_poor(casen1990)[counted], status[counted] == 2)
        assert not method.poor(casen1990)[~counted].any()

    @pytest.mark.parametrize(
        ("fact", "persons"), [("single_family_subsidy", 2_747), ("pasis", 1_000), ("family_allowance", 8_398)]
    )
    def test_counts_who_receives_what(self, casen1990: Population, fact: str, persons: int) -> None:
        assert np.count_nonzero(casen1990.person_facts[fact] > 0) == persons

    @pytest.mark.parametrize(
        ("benefit", "fact"), [("suf", "single_family_subsidy"), ("asignacion_familiar", "family_allowance")]
    )
    def test_a_household_receives_what_its_members_receive(
        self, casen1990: Population, benefit: str, fact: str
    ) -> None:
        """The ministry's own household totals leave domestic workers out; amounts are the members' own."""
        member = casen1990.person_facts["official_status"] >= 0
        members = casen1990.household_sum(np.where(member, casen1990.person_facts[fact], 0), np.float64)
        np.testing.assert_array_equal(casen1990.household_facts[f"received.{benefit}"], members)

    def test_the_subsidy_falls_from_decile_to_decile_and_the_allowance_does_not(self, casen1990: Population) -> None:
        suf, allowance = (by_decile(casen1990, f"received.{k}") for k in ("suf", "asignacion_familiar"))
        assert (np.diff(suf) < 0).all()
        assert suf[:2].sum() > 2 * allowance[:2].sum()
        assert suf[-1] < 0.01 < allowance[-1]


def by_decile(population: Population, received: str) -> Any:
    """Return which share of the recipient households is in each decile of autonomous income: [10]."""
    facts = population.household_facts
    counts = np.bincount(facts["decile"].astype(int), population.weight * (facts[received] > 0), minlength=11)[1:]
    return counts / counts.sum()


@pytest.fixture(scope="module")
def casen2017(data: Path) -> Population:
    return survey(data, "casen2017", "casen2017_first1000_allcols.parquet")


class TestCasen2017:
    """The first 1,000 persons of the full file: one commune, so that nothing here describes the country."""

    def test_the_method_is_the_official_status_on_every_row(self, casen2017: Population) -> None:
        method = load_mapping(files("amparo.countries.chile.population").joinpath("casen2017.toml")).poverty
        assert method is not None
        status = casen2017.person_facts["official_status"]
        counted = status >= 0
        assert np.count_nonzero(~counted) == 2
        np.testing.assert_array_equal(method.poor(casen2017)[counted], status[counted] >= 1)
        np.testing.assert_array_equal(method.extremely_poor(casen2017)[counted], status[counted] == 2)

    def test_amounts_received_are_those_of_the_law_of_2017(self, casen2017: Population) -> None:
        """SUF 11,091 (asignacion_familiar's first bracket of July 2017), PBS 104,646 (tributariolaboral.cl)."""
        for benefit, amount in (("suf", 11_091), ("pbs_aps", 104_646)):
            got = casen2017.household_facts[f"received.{benefit}"]
            other = (got > 0) & (got % amount != 0)
            assert got.any()
            assert np.count_nonzero(other) == (3 if benefit == "pbs_aps" else 0)  # who told the APS apart

    def test_every_benefit_received_is_one_of_the_country(self) -> None:
        keys = {b.key for p in CHILE.programmes for b in p.benefits}
        for name in ("casen1990", "casen2017"):
            facts = load_mapping(files("amparo.countries.chile.population").joinpath(f"{name}.toml")).facts
            named = {f.removeprefix("received.") for f in facts if f.startswith("received.")}
            assert named
            assert named <= keys

    def test_what_is_received_moves_with_incomes_to_the_month_of_the_law(
        self, casen2017: Population, data: Path
    ) -> None:
        path = f"casen2017:{data / 'casen2017_first1000_allcols.parquet'}"
        moved, _ = open_source(CHILE, path, on=date(2022, 11, 1), mapping=None, report=silent, uprate="poverty_line")
        before, after = (p.household_facts["received.suf"] for p in (casen2017, moved.population))
        np.testing.assert_allclose(after, before * 216_849 / 158_145)  # the official lines of both rounds

    def test_stands_beside_what_is_simulated(self, data: Path) -> None:
        path = f"casen2017:{data / 'casen2017_first1000_allcols.parquet'}"
        source, month = open_source(CHILE, path, on=None, mapping=None, report=silent)
        assert month == date(2017, 11, 1)
        pension = next(o for o in simulate(CHILE, source, on=month)["other_sources"] if o["benefit"] == "pbs_aps")
        assert pension["survey"]["recipients"]["value"] > 0
