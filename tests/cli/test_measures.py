"""amparo measure: against the functions themselves, and what it says of bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from amparo.cli import app
from amparo.cli.measures import offered
from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, gini, poverty_headcount

ROWS = """income,w,stratum,home,region,line
10,1,a,1,north,15
20,2,a,1,north,15
30,1,a,2,south,40
,1,b,3,south,40
50,2,b,4,south,40
0,1,b,5,north,15
70,,b,6,north,15
"""
INCOME, WEIGHT = [10.0, 20, 30, 0, 50, 0], [1.0, 2, 1, 1, 2, 1]
DESIGN = SurveyDesign(WEIGHT, list("aaabbb"), [1, 1, 2, 3, 4, 5])
COMPLETE = [True, True, True, False, True, True]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "persons.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def run(*words: object) -> Any:
    found = CliRunner().invoke(app, ["measure", *map(str, words)])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.output


def test_is_what_the_function_gives_and_counts_what_is_left_out(file: Path) -> None:
    design = ["--weight", "w", "--strata", "stratum", "--psu", "home"]
    found = json.loads(run("gini", file, "--income", "income", *design, "--json"))
    expected = gini(INCOME, DESIGN, domain=COMPLETE)
    assert found == {
        "measure": "gini",
        "value": pytest.approx(expected.value),
        "standard_error": pytest.approx(expected.standard_error),
        "interval": pytest.approx(list(expected.interval())),
        "degrees_of_freedom": expected.degrees_of_freedom,
        "rows": 5,
        "rows_left_out": {"missing": 2, "not_positive": 0},
    }


def test_takes_a_line_for_each_row_and_groups(file: Path) -> None:
    asked = ["--income", "income", "--weight", "w", "--household", "home", "--line", "line", "--by", "region"]
    found = json.loads(run("poverty_headcount", file, *asked, "--json"))["groups"]
    design = SurveyDesign(WEIGHT, cluster=[1, 1, 2, 3, 4, 5])
    lines = [15.0, 15, 40, 40, 40, 15]
    expected = poverty_headcount.by(
        ["north", "north", "south", "south", "south", "north"], INCOME, lines, design, domain=COMPLETE
    )
    assert {g["region"]: g["value"] for g in found} == {k: pytest.approx(e.value) for k, e in expected.items()}


@pytest.mark.parametrize("variance", ["linear", "jackknife", "bootstrap:20"])
def test_prints_a_table_in_the_readers_language(file: Path, variance: str) -> None:
    said = run("theil", file, "--income", "income", "--variance", variance, "--lang", "es")
    assert "Error estándar" in said
    assert "1 filas quedan fuera: su ingreso no es positivo" in " ".join(said.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ginni", "--income", "income"], "no measure is called 'ginni'.*gini"),
        (["atkinson", "--income", "income"], "needs --aversion"),
        (["gini", "--income", "income", "--line", "3"], "takes no --line"),
        (["gini", "--income", "region"], "no numbers"),
        (["gini", "--income", "income", "--variance", "boot"], "--variance is 'boot'"),
        (["poverty_headcount", "--income", "income", "--line", "0"], "above zero"),
    ],
)
def test_that_makes_no_sense_gets_a_sentence(file: Path, words: list[str], said: str) -> None:
    with pytest.raises(MeasureError, match=said):
        run(words[0], file, *words[1:])


def test_every_measure_of_one_income_is_offered() -> None:
    assert {"gini", "theil", "poverty_headcount", "mean", "median", "quantile", "atkinson"} <= set(offered())
