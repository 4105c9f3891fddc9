"""What a file holds, and the mapping that is proposed for it."""

import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.population.land import LAND

from amparo.errors import PopulationError
from amparo.policy import find_country
from amparo.population import load_mapping, read
from amparo.population.profile import profile
from amparo.population.proposal import propose, toml
from amparo.simulate.sources import shipped_mappings

TABLE = pa.table({
    "hhid": [1, 1, 1, 2, 3, 3, 4, 5, 5, 5] * 1,
    "order": [1, 2, 3, 1, 1, 2, 1, 1, 2, 3],
    "kinship": ["head", "spouse", "child", "head", "head", "child", "head", "head", "spouse", "child"],
    "age": [40, 38, 9, 70, 50, 20, 33, 61, 60, 30],
    "weight": [10.5, 10.5, 10.5, 8.0, 9.0, 9.0, 7.0, 6.0, 6.0, 6.0],
    "income": [100.0, None, None, 50.0, 80.0, 20.0, None, 10.0, 11.0, 12.0],
})  # fmt: skip


class TestProfile:
    def test_describes_every_column(self) -> None:
        income = next(c for c in profile(TABLE).columns if c.name == "income")
        assert (income.type, income.missing, income.distinct) == ("double", 0.3, 7)
        kin = next(c for c in profile(TABLE).columns if c.name == "kinship")
        assert kin.examples == ("head", "child", "spouse")

    def test_finds_the_head_who_stands_once_in_every_household(self) -> None:
        found = profile(TABLE)
        assert (found.rows, found.households) == (10, 5)
        assert found.candidates["household"] == ("hhid",)
        assert found.head == ("kinship", "head")

    def test_takes_no_column_for_a_household_that_is_not_one(self) -> None:
        found = profile(pa.table({"hhid": [1, 2, 3, 4], "sexo": [1, 2, 1, 2]}))
        assert found.candidates["household"] == ()
        assert found.head is None

    def test_a_file_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(PopulationError, match="there is no file"):
            profile(tmp_path / "none.csv")

    @pytest.mark.parametrize(
        ("file", "household", "weight", "head"),
        [
            ("casen2022.parquet", "id_vivienda,hogar", "expr", ("pco1_a", "Sí")),
            ("casen2020_joined.parquet", "folio", "expr", ("pco1", "Jefe(a) de Hogar")),
            ("casen2017_first1000_allcols.parquet", "id_vivienda,hogar", "expr", ("pco1", "1")),
            ("eph_2024_t1.parquet", "CODUSU,NRO_HOGAR", "PONDERA", ("CH03", "1")),
            ("ech2018_sample500hh.parquet", "numero", "pesoano", ("e30", "1")),
            ("casen1990_full.parquet", "r,p,c,z,f", "expr", ("pco1", "1")),
            ("enaho2024_m200_m700.parquet", "CONGLOME,VIVIENDA,HOGAR", "FACPOB07", ("CODPERSO", "1")),
        ],
    )
    def test_finds_the_keys_of_a_survey(
        self, data: Path, file: str, household: str, weight: str, head: tuple[str, str]
    ) -> None:
        found = profile(data / file)
        assert found.candidates["household"][0] == household
        assert found.candidates["weight"][0] == weight
        assert found.head == head


class TestProposal:
    def test_without_a_shipped_mapping_names_keys_and_age(self) -> None:
        made = propose(profile(TABLE), LAND, {}, "a survey")
        assert made.like == ""
        assert made.raw["household"] == {"id": ["hhid"]}
        assert made.raw["person"]["head"] == {"column": "kinship", "values": ["head"]}
        assert made.raw["inputs"] == {"age": {"column": "age"}}
        assert {"sex", "mother", "rent"} <= {*made.open}

    def test_is_toml_that_reads_the_file(self, data: Path, tmp_path: Path) -> None:
        chile = find_country("chile")
        source = data / "casen2020_joined.parquet"
        made = propose(profile(source), chile, shipped_mappings(chile), "again")
        path = tmp_path / "again.toml"
        path.write_text(toml(made.raw), encoding="utf-8")
        assert made.like == "casen2020"
        assert tomllib.loads(toml(made.raw)) == made.raw
        found = read(source, load_mapping(path), chile)
        assert found.household_count == 62_907
        assert (found.relations["mother"] >= 0).sum() > 60_000

    def test_assumes_nothing_that_another_survey_assumed(self, data: Path) -> None:
        chile = find_country("chile")
        made = propose(profile(data / "casen2020_joined.parquet"), chile, shipped_mappings(chile), "again")
        assert not any("constant" in table for table in made.raw["inputs"].values())
        assert {"health_control", "claimed_elsewhere"} <= {*made.open}

    def test_proposes_no_codes_that_the_file_does_not_hold(self, data: Path) -> None:
        chile = find_country("chile")
        table = pq.read_table(data / "casen2017_first1000_allcols.parquet")
        words = pa.array(["hombre" if code == 1 else "mujer" for code in table["sexo"].to_pylist()])
        recoded = table.set_column(table.column_names.index("sexo"), "sexo", words)
        made = propose(profile(recoded), chile, shipped_mappings(chile), "codes")
        assert made.like == "casen2017"
        assert "sex" in made.open  # whose codes there are 1 and 2
        assert made.raw["inputs"]["earnings"]["column"] == "ytrabajocor"
