"""amparo measure: against the functions themselves, and what it says of bad input."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.measures.people import COLUMNS, FIGURES, People, estimated, needed
from typer.testing import CliRunner

from amparo import measures
from amparo.cli import app
from amparo.cli.asked import TOGETHER, needs, offered, parts_of
from amparo.errors import AmparoError, MeasureError
from amparo.measures import (
    HOUSEHOLD_ITEMS,
    PERSONAL_ITEMS,
    RelativeLine,
    SurveyDesign,
    at_risk_of_poverty_rate,
    gini,
    poverty_gap,
    poverty_headcount,
)

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
        "rows_left_out": {"missing": 2, "not_defined": 0},
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
    assert "1 filas quedan fuera: la medida no está definida para ellas" in " ".join(said.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ginni", "--income", "income"], "no measure is called 'ginni'.*gini"),
        (["atkinson", "--income", "income"], "needs --with aversion="),
        (["gini", "--income", "income", "--line", "3"], "takes no --line; it takes --income"),
        (["gini", "--income", "region"], "no numbers"),
        (["gini", "--income", "income", "--variance", "boot"], "--variance is 'boot'"),
        (["poverty_headcount", "--income", "income", "--line", "0"], "above zero"),
    ],
)
def test_that_makes_no_sense_gets_a_sentence(file: Path, words: list[str], said: str) -> None:
    with pytest.raises(MeasureError, match=said):
        run(words[0], file, *words[1:])


class TestWith:
    def test_gives_an_argument_a_column_or_a_figure(self, file: Path) -> None:
        found = json.loads(run("at_risk_of_poverty_rate", file, "--income", "income", "--with", "share=0.9", "--json"))
        rows = [10.0, 20, 30, 0, 50, 0, 70]
        domain = [True, True, True, False, True, True, True]  # whose income is known, of whom the line is made too
        expected = at_risk_of_poverty_rate(rows, SurveyDesign([1.0] * 7), share=0.9, reference=domain, domain=domain)
        assert found["value"] == pytest.approx(expected.value)

    def test_makes_a_line_of_known_incomes_alone(self, file: Path) -> None:
        found = json.loads(run("at_risk_of_poverty_threshold", file, "--income", "income", "--json"))
        line = json.loads(run("poverty_headcount", file, "--income", "income", "--line", "0.6*median", "--json"))
        assert (found["value"], line["value"], line["rows"]) == (12, pytest.approx(2 / 6), 6)

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("0.6*median", RelativeLine(0.6)),
            ("0.5*mean", RelativeLine(0.5, "mean")),
            ("0.9*p40", RelativeLine(0.9, 0.4)),
        ],
    )
    def test_a_line_can_be_part_of_what_the_file_earns(self, people: Path, line: str, expected: RelativeLine) -> None:
        found = json.loads(run("poverty_gap", people, "--income", "income", *DRAWN, "--line", line, "--json"))
        same = poverty_gap(PEOPLE.columns["income"], expected, PEOPLE.design())
        assert (found["value"], found["standard_error"]) == pytest.approx((same.value, same.standard_error))

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["gini", "--with", "share"], "--with is 'share'; write NAME=COLUMN"),
            (["gini", "--with", "p=0.3"], "gini takes no 'p'; it takes --income"),
            (["gini_by_source", "--with", "sources=income"], "takes no 'sources' but as NAME.PART=COLUMN"),
            (["coverage", "--with", "amount=income", "--with", "target=line"], "neither 0 nor 1"),
            (["coverage", "--with", "amount=incme"], "no column 'incme'.*income"),
            (["coverage", "--income", "income"], "takes no --income"),
            (["lorenz_curve", "--income", "income", "--by", "region", "--with", "points=0.5"], "takes no --by"),
            (["poverty_gap", "--income", "income", "--line", "0.6*most"], "write an amount, a column, 0.6.median"),
        ],
    )
    def test_that_makes_no_sense_gets_a_sentence(self, file: Path, words: list[str], said: str) -> None:
        with pytest.raises(AmparoError, match=said):
            run(words[0], file, *words[1:])


PEOPLE = People.drawn()
DRAWN = ["--weight", "weight", "--strata", "stratum", "--psu", "cluster"]
PARTS = {
    "items": {name: f"lacks_{i}" for i, name in enumerate((*HOUSEHOLD_ITEMS, *PERSONAL_ITEMS))},
    "intensity": {"household": "id", "age": "age", "months_worked": "months", "student": "nobody", "retired": "nobody"},
    "poor": {year: f"poor_{i}" for i, year in enumerate(("y2020", "y2021", "y2022"))},
    "deprivations": {"school": "no_school", "water": "no_water"},
    "score": {"school": "no_school", "water": "no_water"},
    "sources": {"work": "market", "benefit": "amount"},
    "amounts": {"benefit": "amount", "tax": "tax"},
    "concepts": {"at": "disposable", "income": "income", "direct_taxes": "tax", "direct_transfers": "amount"}
    | dict.fromkeys(("pensions", "pension_contributions", "social_contributions"), "0")
    | dict.fromkeys(("indirect_taxes", "indirect_subsidies"), "0"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    pq.write_table(pa.table({**PEOPLE.columns, "id": range(len(PEOPLE))}), path)
    return path


def words_for(name: str) -> list[str]:
    """Return the options that give a measure the columns of people."""
    words = []
    for argument, option in zip([each for each in needed(name) if each != "design"], needs(name), strict=True):
        if argument in TOGETHER:
            words += [
                word for part, column in PARTS[argument].items() for word in ("--with", f"{argument}.{part}={column}")
            ]
            continue
        value = COLUMNS.get(argument) or str(FIGURES[argument]).strip("()").replace(" ", "")
        words += ["--with", f"{argument}={value}"] if option.startswith("--with") else [option, value]
    return words


class TestEveryMeasure:
    def test_is_offered(self) -> None:
        assert set(estimated()) <= set(offered())
        assert {"gini_by_source", "entropy_by_group", "lorenz_curve", "alkire_foster", "fiscal_incidence"} <= set(
            offered()
        )

    @pytest.mark.parametrize("name", sorted(offered()))
    def test_of_a_file_is_that_of_the_function(self, people: Path, name: str) -> None:
        found = json.loads(run(name, people, *words_for(name), *DRAWN, "--json"))
        arguments = PEOPLE.arguments(name)
        if "amounts" in arguments:
            arguments["amounts"] = {"benefit": PEOPLE.columns["amount"], "tax": PEOPLE.columns["tax"]}
        expected = dict(parts_of(getattr(measures, name)(**arguments, design=PEOPLE.design())))
        expected = {part.replace("transfers benefit", "transfers direct_transfers"): e for part, e in expected.items()}
        shown = {each["part"]: each for each in found["parts"]} if "parts" in found else {"": found}
        assert expected
        assert list(shown) == list(expected)
        for part, each in expected.items():
            assert shown[part]["value"] == pytest.approx(each.value)
            assert shown[part]["standard_error"] == pytest.approx(each.standard_error, abs=1e-12)

    @pytest.mark.parametrize("name", sorted(offered()))
    def test_takes_its_error_from_replicates_too(self, people: Path, name: str) -> None:
        found = json.loads(run(name, people, *words_for(name), *DRAWN, "--variance", "bootstrap:10", "--json"))
        assert found.get("parts") or found["standard_error"] >= 0

    def test_is_listed_with_what_it_needs(self) -> None:
        listed = {each["measure"]: each["needs"] for each in json.loads(run("--list", "--json"))["measures"]}
        assert listed["gini"] == ["--income"]
        assert listed["kakwani"] == ["--with amount=", "--income"]
        assert listed["gini_by_source"] == ["--with sources.PART="]
        assert "poverty_headcount --income --line" in run("--list")


class TestColumns:
    def test_long_identifiers_stay_apart(self, tmp_path: Path) -> None:
        path, first = tmp_path / "long.parquet", 2**60  # as floats, all eight would be one
        income, homes = [1.0, 2, 4, 8, 1, 5, 9, 2], [first + i // 2 for i in range(8)]
        pq.write_table(pa.table({"income": income, "home": homes, "region": [1, 1, 1, 1, 2, 2, 2, 2]}), path)
        found = json.loads(run("gini", path, "--income", "income", "--psu", "home", "--json"))
        assert found["standard_error"] == gini(income, SurveyDesign([1.0] * 8, household=homes)).standard_error
        groups = json.loads(run("gini", path, "--income", "income", "--by", "region", "--json"))["groups"]
        assert [each["region"] for each in groups] == ["1", "2"]

    def test_a_column_may_be_called_by_a_year(self, tmp_path: Path) -> None:
        path = tmp_path / "years.csv"
        path.write_text("2022,w\n10,1\n20,1\n90,2\n", encoding="utf-8")
        found = json.loads(run("gini", path, "--income", "2022", "--weight", "w", "--json"))
        assert found["value"] == gini([10.0, 20, 90], SurveyDesign([1.0, 1, 2])).value  # of 2022 pesos for each, 0


class TestDesign:
    def test_corrects_for_a_finite_population(self, people: Path) -> None:
        asked = ["gini", people, "--income", "income", *DRAWN, "--json"]
        whole, part = (json.loads(run(*asked, *more)) for more in ([], ["--population", "12"]))
        assert part["standard_error"] == pytest.approx(whole["standard_error"] * 0.5**0.5)

    def test_says_when_rows_count_as_drawn_one_by_one(self, people: Path) -> None:
        said = run("gini", people, "--income", "income", "--lang", "en")
        assert "Each row was taken as drawn by itself" in " ".join(said.split())
        assert "drawn by itself" not in run("gini", people, "--income", "income", *DRAWN, "--lang", "en")

    def test_refuses_a_stratum_of_one_cluster_when_asked(self, file: Path) -> None:
        with pytest.raises(MeasureError, match="strata have a single cluster"):
            run("gini", file, "--income", "income", "--strata", "region", "--psu", "region", "--single", "fail")


def test_without_a_measure_or_a_file_says_how_to_ask() -> None:
    with pytest.raises(MeasureError, match="name a measure and a file"):
        run("gini")
