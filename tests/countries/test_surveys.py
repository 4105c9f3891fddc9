"""The mappings that countries ship, on the survey files: official figures, and what each file lets us compute."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from amparo.errors import PopulationError
from amparo.policy import find_country
from amparo.population import Mapping, Population, Status, computability, load_mapping, read, validate
from amparo.simulate import open_source, silent, simulate

Read = Callable[[str, str, str], tuple[Population, Mapping]]


@cache
def mapping_of(country: str, survey: str) -> Mapping:
    return load_mapping(files(f"amparo.countries.{country}").joinpath(f"population/{survey}.toml"))


@cache
def read_once(source: str, country: str, survey: str) -> Population:
    population = read(source, mapping_of(country, survey), find_country(country))
    validate(population, find_country(country)).raise_errors()
    return population


@pytest.fixture
def survey(data: Path) -> Read:
    def opened(country: str, name: str, source: str) -> tuple[Population, Mapping]:
        paths = ",".join(str(data / each) for each in source.split(","))
        return read_once(paths, country, name), mapping_of(country, name)

    return opened


def share(marks: Any, weight: Any) -> float:
    return float(np.average(np.asarray(marks, dtype=np.float64), weights=weight))


def statuses(country: str, survey: str, month: date) -> dict[str, Status]:
    return {c.benefit.key: c.status for c in computability(mapping_of(country, survey), find_country(country), month)}


class TestEph2024:
    """INDEC, first semester of 2024: persons 52.9 and 18.1 %, households 42.5 and 13.6 %."""

    FILES = "eph_2024_t1.parquet,eph_2024_t2.parquet"

    # The public file lacks the month of the interview: 0.2 points, and the published figures are rounded to 0.1.
    ROOM = 0.0025

    def test_reproduces_official_poverty_of_the_semester(self, survey: Read) -> None:
        population, mapping = survey("argentina", "eph2024", self.FILES)
        assert mapping.poverty is not None
        weight = population.weight_of_persons()
        homes = population.offsets[:-1]
        for poor, persons, households in (
            (mapping.poverty.poor(population), 0.529, 0.425),
            (mapping.poverty.extremely_poor(population), 0.181, 0.136),
        ):
            assert share(poor, weight) == pytest.approx(persons, abs=self.ROOM)
            assert share(poor[homes], population.weight) == pytest.approx(households, abs=self.ROOM)

    def test_is_one_population_and_not_two(self, survey: Read) -> None:
        population, _ = survey("argentina", "eph2024", self.FILES)
        # INDEC, press release of the semester: 31 agglomerates hold 29.6 million persons.
        assert population.weight_of_persons().sum() == pytest.approx(29.6e6, rel=0.005)

    def test_holds_the_tables_of_the_given_files(self, data: Path) -> None:
        rows = {(j.on, j.columns): j.rows for j in mapping_of("argentina", "eph2024").joins}
        needs = {}
        for line in (data / "eph_adulto_equivalente.csv").read_text().splitlines()[1:]:
            sex, age, need = map(float, line.split(","))
            needs[int(sex), int(age)] = need
        mapped = {tuple(r[:2]): r[2] for r in rows[("CH04", "CH06"), ("adult_equivalent",)]}
        assert {k: v for k, v in mapped.items() if k[1] != 0} == needs

    def test_pays_the_allowance_for_children_and_says_what_it_lacks(self) -> None:
        found = statuses("argentina", "eph2024", date(2025, 10, 1))
        assert found["auh_paid"] is Status.ASSUMED
        assert found["auh_released"] is found["aue_paid"] is Status.NOT_COMPUTABLE


class TestCasen2017Whole:
    """The official file's 804 columns, for 1,000 persons of one commune: not the country."""

    FILE = "casen2017_first1000_allcols.parquet"

    def test_reads_what_the_rules_ask_and_an_extract_lacks(self, survey: Read, data: Path) -> None:
        population, _ = survey("chile", "casen2017", self.FILE)
        table = pq.read_table(data / self.FILE, columns=["o29", "activ", "s6", "y2603c", "y2604", "r1c_año"])
        answer = {name: table[name].to_numpy() for name in table.column_names}
        contributes = np.isin(answer["o29"], [1, 2, 3, 4, 5, 6]) & (answer["activ"] == 1)
        assert population.persons["formal_worker"].sum() == contributes.sum() > 250
        assert (population.persons["pregnancy_month"] > 0).sum() == (answer["s6"] == 1).sum() == 5
        assert (population.persons["base_pension"][answer["y2603c"] > 0] > 0).all()
        assert population.persons["disability_pension"][answer["y2604"] > 0].all()
        arrived = (answer["r1c_año"] >= 1900) & (answer["r1c_año"] < 2018)
        assert (population.persons["years_of_continuous_residence"][arrived] < 100).all()

    def test_who_reports_a_bond_of_the_programme_takes_part_in_it(self, survey: Read) -> None:
        population, _ = survey("chile", "casen2017", self.FILE)
        bond = population.household_facts["received.bono_proteccion"]
        month = population.households["programme_month"]
        stage = {16_634: 1, 12_675: 7, 8_713: 13, 11_091: 19}
        found = {int(b): int(m) for b, m in zip(bond, month, strict=True) if b > 0}
        assert found == {b: stage.get(b, 1) for b in found}  # of two bonds at once, the earliest stage
        assert stage.keys() <= found.keys()

    def test_runs_all_that_no_register_alone_knows(self) -> None:
        found = statuses("chile", "casen2017", date(2025, 10, 1))
        lacking = {k for k, status in found.items() if status is Status.NOT_COMPUTABLE}
        assert lacking == {"bono_asistencia_escolar", "bono_por_hijo", "estipendio_cuidadores"}


class TestEnigh2010:
    """INEGI, ENIGH 2010: 29,556,772 households, 114.7 million persons, and its own totals by household."""

    FILE = "enigh2010_poblacion.parquet"

    def test_stands_for_the_country(self, survey: Read) -> None:
        population, _ = survey("mexico", "enigh2010", self.FILE)
        assert population.weight.sum() == 29_556_772
        assert population.weight_of_persons().sum() == pytest.approx(114.7e6, rel=1e-4)

    @pytest.mark.parametrize(
        ("key", "columns"),
        [
            ("pension", ["jubila"]),
            ("public_transfers", ["beca", "bene_gob"]),
            ("private_transfers", ["donativo", "remesa"]),
            ("property_income", ["rentas"]),
            ("earnings", ["sueldos", "horext", "comis", "agui", "otra_rem", "negocio", "otros_trab"]),
        ],
    )
    def test_incomes_by_source_are_the_institutes_own_totals(
        self, survey: Read, data: Path, key: str, columns: list[str]
    ) -> None:
        population, _ = survey("mexico", "enigh2010", self.FILE)
        table = pq.read_table(data / "enigh2010_concentrado.parquet", columns=["folioviv", "foliohog", *columns])
        names = [f"{a}-{b}" for a, b in zip(*(table[k].to_pylist() for k in ("folioviv", "foliohog")), strict=True)]
        quarter = sum(table[c].to_numpy() for c in columns)
        total = dict(zip(names, quarter.tolist(), strict=True))
        monthly = population.household_sum(population.persons[key]) / 100
        expected = [total[name] / 3 for name in population.household_facts["household_id"].tolist()]
        np.testing.assert_allclose(monthly, expected, atol=0.005 * 21)  # half a centavo for each member

    def test_parents_are_the_ones_whom_the_survey_names(self, survey: Read) -> None:
        population, _ = survey("mexico", "enigh2010", self.FILE)
        start = population.to_persons(population.offsets[:-1])
        mother = population.relations["mother"]
        child = np.flatnonzero(mother >= 0)
        row = mother[child] + start[child]
        assert len(child) > 52_000
        assert share(population.persons["sex"][row] == 0, None) > 0.999
        assert np.median(population.persons["age"][row] - population.persons["age"][child]) == pytest.approx(26, abs=2)


def test_a_country_without_programmes_is_measured(data: Path, tmp_path: Path) -> None:
    for name in ("poblacion", "concentrado", "ingresos", "trabajos"):
        (tmp_path / f"{name}.parquet").symlink_to(data / f"enigh2010_{name}.parquet")
    mexico = find_country("mexico")
    source, month = open_source(mexico, f"enigh2010:{tmp_path}", on=None, mapping=None, report=silent)
    found = simulate(mexico, source, on=month)
    assert found["computability"] == []
    assert 0.45 < found["scenarios"][0]["welfare"]["gini"]["value"] < 0.55
    with pytest.raises(PopulationError, match="mexico has no programme written as rules yet"):
        open_source(mexico, "synthetic:100", on=None, mapping=None, report=silent)
