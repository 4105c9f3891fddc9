"""What a survey says of itself, before any simulation."""

import json
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from amparo.policy import find_country
from amparo.population import load_mapping, read
from amparo.simulate.survey import describe


@pytest.fixture(scope="module")
def casen1990(data: Path) -> dict[str, Any]:
    chile = find_country("chile")
    mapping = load_mapping(files("amparo.countries.chile").joinpath("population/casen1990.toml"))
    return describe(chile, read(data / "casen1990_full.parquet", mapping, chile), mapping)


class TestDescribe:
    def test_gives_the_published_poverty_by_method_and_by_status(self, casen1990: dict[str, Any]) -> None:
        found = casen1990["poverty"]  # 38.6 and 13.0 %: MIDEPLAN, old method
        assert round(found["headcount"]["value"], 3) == round(found["published"]["poor"], 3) == 0.386
        assert round(found["extreme"]["value"], 3) == round(found["published"]["extreme"], 3) == 0.130
        assert found["published"]["persons_who_differ"] == 0

    def test_gives_recipients_by_decile(self, casen1990: dict[str, Any]) -> None:
        found = {each["benefit"]: each for each in casen1990["received"]}
        assert set(found) == {"suf", "asignacion_familiar"}
        for each in found.values():
            assert len(each["by_decile"]) == 10
            assert sum(each["by_decile"]) == pytest.approx(1)
            assert each["households"]["value"] < casen1990["households"]["weighted"]
        suf = found["suf"]["by_decile"]
        assert suf == sorted(suf, reverse=True)
        assert sum(suf[:4]) > 1.5 * sum(found["asignacion_familiar"]["by_decile"][:4])

    def test_ranks_by_income_per_head_where_the_survey_has_no_decile(self, data: Path) -> None:
        chile = find_country("chile")
        mapping = load_mapping(files("amparo.countries.chile").joinpath("population/casen1990.toml"))
        without = {k: f for k, f in mapping.facts.items() if k != "decile"}
        people = read(data / "casen1990_full.parquet", replace(mapping, facts=without), chile)
        suf = describe(chile, people, mapping)["received"][0]["by_decile"]
        assert suf[0] > 10 * suf[-1]


class TestCommand:
    @pytest.mark.parametrize("language", ["es", "pt", "en"])
    def test_prints_it(self, data: Path, language: str) -> None:
        file = f"casen2017:{data / 'casen2017_first1000_allcols.parquet'}"
        command = [sys.executable, "-m", "amparo", "population", "describe", "chile", file, "--lang", language]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "SUF" in done.stdout
        assert {"es": "dicen recibir", "pt": "dizem receber", "en": "say they receive"}[language] in done.stdout

    def test_prints_json(self, data: Path) -> None:
        files_ = ",".join(str(data / f"eph_2024_t{q}.parquet") for q in (1, 2))
        command = [sys.executable, "-m", "amparo", "population", "describe", "argentina", f"eph2024:{files_}", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert json.loads(done.stdout)["poverty"]["headcount"]["value"] == pytest.approx(0.529, abs=0.0025)

    def test_an_unknown_survey_is_a_sentence(self) -> None:
        command = [sys.executable, "-m", "amparo", "population", "describe", "chile", "casen1992:x.parquet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "needs a mapping" in done.stderr
        assert "Traceback" not in done.stderr
