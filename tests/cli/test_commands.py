"""The commands as a person or a program uses them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from amparo.cli import app
from amparo.policy import countries, find_country, reason_of

CASE = {
    "household": {"rsh_bracket": 40},
    "defaults": {
        "mother": None, "father": None, "partner": None, "pregnancy_month": 0, "student": False, "disabled": False,
        "mental_disability": False, "disability_pension": False, "formal_worker": False, "earnings": 0,
        "base_pension": 0, "married": False, "claimed_elsewhere": False, "health_control": True,
        "age_on_31_december": 30,
    },
    "members": [
        {"id": "ana", "age": 30, "sex": "female"},
        {"id": "leo", "age": 3, "age_on_31_december": 3, "sex": "male", "mother": "ana"},
    ],
}  # fmt: skip


def amparo(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "amparo", *map(str, arguments)], input=given, capture_output=True, text=True, check=False
    )


def as_json(*arguments: str | Path, given: str = "") -> Any:
    done = amparo(*arguments, "--json", given=given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestDecide:
    def test_gives_the_amount_of_each_originator_in_json(self) -> None:
        found = as_json("decide", "suf", "-", "--on", "2025-10", given=json.dumps(CASE))
        (benefit,) = found["benefits"]
        assert benefit["total"] == "44014"
        assert benefit["members"] == {"ana": "22007", "leo": "22007"}
        assert found["depends_on"] == []
        assert all(step["article"] for step in found["steps"])

    def test_says_on_what_the_answer_depends(self) -> None:
        open_case = {**CASE, "defaults": {k: v for k, v in CASE["defaults"].items() if k != "claimed_elsewhere"}}  # type: ignore[attr-defined]
        found = as_json("decide", "suf", "-", "--on", "2025-10", given=json.dumps(open_case))
        assert found["depends_on"] == ["claimed_elsewhere of ana", "claimed_elsewhere of leo"]
        assert found["benefits"][0]["total"] == {**found["benefits"][0]["total"], "low": "0", "high": "44014"}

    @pytest.mark.parametrize("language", ["es", "pt", "en"])
    def test_explains_in_the_readers_language(self, language: str, tmp_path: Path) -> None:
        file = tmp_path / "case.json"
        file.write_text(json.dumps(CASE))
        done = amparo("decide", "suf", file, "--on", "2025-10", "--explain", "--lang", language)
        assert done.returncode == 0
        said = " ".join(done.stdout.split())
        reason = reason_of(find_country("chile"), "suf.subsidy", language)
        assert reason is not None
        assert said.count(reason) == 1, "each provision is told once, for all members"
        assert "Ley 18.020, art. 1 (pago)" in said

    def test_explains_as_data_and_says_what_would_change_it(self) -> None:
        rich = {**CASE, "household": {"rsh_bracket": 70}}
        found = as_json("decide", "suf", "-", "--on", "2025-10", "--explain", given=json.dumps(rich))
        fact = found["explanation"][0]["ways"][0][0]
        assert (fact["provision"], fact["value"], fact["limit"]) == ("suf.household_within_bracket", "70", "60")
        assert fact["difference"] == "10"
        (change,) = found["would_change"]
        assert (change["input"], change["then"], change["after"]) == ("rsh_bracket", "60", "44014")

    def test_accounts_for_every_provision_with_its_dated_figures(self) -> None:
        done = amparo("decide", "suf", "-", "--on", "2025-10", "--account", "--lang", "en", given=json.dumps(CASE))
        said = " ".join(done.stdout.split())
        assert "suf.household_within_bracket" in said
        assert "Highest bracket that gives right: 60, since 1 January 2022 (verified)" in said

    def test_writes_a_page_and_a_letter(self, tmp_path: Path) -> None:
        page, letter = tmp_path / "page.html", tmp_path / "letter.pdf"
        done = amparo(
            "decide", "suf", "-", "--on", "2025-10", "--html", page, "--letter", letter, "--dated", "2025-10-14",
            given=json.dumps(CASE),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
        assert letter.read_bytes().startswith(b"%PDF")

    def test_decides_a_whole_country_at_once(self) -> None:
        found = as_json("decide", "chile", "-", "--on", "2025-07", given=json.dumps(CASE))
        totals = {b["key"]: b["total"] for b in found["benefits"]}
        assert totals["suf"] == "44014"
        assert totals["pgu"] == "0"
        assert len(totals) > 10


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (("decide", "sufi", "-", "--on", "2025-10"), "{}", "Did you mean 'suf'?"),
        (("decide", "suf", "-", "--on", "1990-10"), "{}", "no law in force"),
        (("decide", "suf", "-", "--on", "October"), "{}", "write it as 2025-10"),
        (("decide", "suf", "-", "--on", "2025-10"), "{", "is not JSON: line 1"),
        (("decide", "suf", "-", "--on", "2025-10", "--dated", "May"), "{}", "write it as 2025-10-15"),
        (("decide", "chili", "-", "--on", "2025-10"), "{}", "there is no programme 'chili'"),
        (("decide", "suf", "-", "--on", "2025-10"), "[]", "must hold one household"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": []}', "at least one member"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"agee": 3}]}', "Did you mean 'age'?"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"age": 3.5}]}', "whole number"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"age": -1}]}', "outside 0 to 120"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"sex": "women"}]}', "Known: female, male"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"mother": "eva"}]}', "who is no member"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"rsh_bracket": 40}]}', "asked of the household"),
        (
            ("decide", "suf", "-", "--on", "2025-10"),
            '{"members": [{}], "household": {"age": 4}}',
            "asked of each member",
        ),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{}], "defaults": 3}', "defaults must be a set"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{}], "states": {"m": "x"}}', "states: m is 'x'"),
        (("decide", "suf", "-", "--on", "2025-10"), '{"members": [{"id": "\\ud800"}]}', "which is half a letter"),
        (("decide", "suf", "missing.json", "--on", "2025-10"), "", "cannot read missing.json"),
        (("simulate", "chili", "--population", "synthetic:10"), "", "Did you mean 'chile'?"),
        (("simulate", "chile", "--population", "synthetic:many"), "", "needs a number of persons"),
        (("simulate", "chile", "--population", "people.csv"), "", "needs a mapping"),
        (("simulate", "chile", "--population", "casen2022:none.parquet"), "", "none.parquet"),
        (("simulate", "chile", "--population", "synthetic:10", "--reform", "none.toml"), "", "cannot be read"),
        (("simulate", "chile", "--population", "synthetic:10", "--on", "1990-01"), "", "first begins on"),
        (("simulate", "chile", "--population", "synthetic:10", "--phase-in", "0.5,1"), "", "add --reform FILE"),
        (("simulate", "brasil", "--population", "synthetic:10", "--uprate", "prices"), "", "have none to move"),
        (("simulate", "chile", "--population", "synthetic:10", "--take-up", "suf=2"), "", "a share from 0 to 1"),
        (("simulate", "chile", "--population", "synthetic:10", "--shock", "no.toml"), "", "no.toml cannot be read"),
        (("parameters", "suf", "--on", "2025-10", "--lang", "fr"), "", "amparo speaks es, pt, en"),
    ],
)
def test_bad_input_gets_one_sentence(arguments: tuple[str, ...], given: str, sentence: str) -> None:
    done = amparo(*arguments, given=given)
    assert done.returncode == 1
    assert sentence in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


class TestReforms:
    def test_that_change_nothing_are_refused(self, tmp_path: Path) -> None:
        same = tmp_path / "same.toml"
        same.write_text('[parameters]\n"suf.amount" = 22007\n')
        done = amparo("simulate", "chile", "--population", "synthetic:100", "--on", "2025-10", "--reform", same)
        assert done.returncode == 1
        assert "changes nothing in 2025-10" in " ".join(done.stderr.split())

    def test_that_name_no_figure_get_the_nearest(self, tmp_path: Path) -> None:
        wrong = tmp_path / "wrong.toml"
        wrong.write_text('[parameters]\n"suf.amout" = 1\n')
        done = amparo("simulate", "chile", "--population", "synthetic:100", "--on", "2025-10", "--reform", wrong)
        assert "Did you mean 'suf.amount'?" in " ".join(done.stderr.split())

    def test_that_are_no_table_are_told_the_line_brackets_and_all(self, tmp_path: Path) -> None:
        (tmp_path / "r.toml").write_text("parameters = 3\n")
        done = amparo("simulate", "chile", "--population", "synthetic:100", "--reform", tmp_path / "r.toml")
        assert "below a line [parameters]." in done.stderr

    def test_that_raise_a_figure_cost_more(self, tmp_path: Path) -> None:
        more = tmp_path / "more.toml"
        more.write_text('[names]\nen = "more"\n[parameters]\n"suf.amount" = 30000\n')
        run = ("simulate", "chile", "--population", "synthetic:20000:3", "--on", "2025-10", "--reform", more)
        done = amparo(*run, "--json", "-")
        found = json.loads(done.stdout)
        before, after = ({b["benefit"]: b for b in s["benefits"]} for s in found["scenarios"])
        ratio = after["suf"]["cost"]["value"] / before["suf"]["cost"]["value"]
        assert ratio == pytest.approx(30000 / 22007)
        assert found["scenarios"][1]["cost_change"]["value"] > 0
        assert found["scenarios"][1]["cost_change"]["standard_error"] > 0


def test_programmes_of_every_country_are_listed() -> None:
    found = {(p["country"], p["programme"]) for p in as_json("programmes")}
    assert {("chile", "suf"), ("brasil", "bolsa_familia"), ("argentina", "auh")} <= found


def test_inputs_tell_type_range_and_sources() -> None:
    found = {i["key"]: i for i in as_json("inputs", "suf")["inputs"]}
    assert found["age"]["low"] == 0
    assert set(found["age"]["labels"]) == {"es", "pt", "en"}
    assert all(i["sources"] for i in found.values())


@pytest.mark.parametrize(("country", "programme"), [(c.key, p.key) for c in countries().values() for p in c.programmes])
def test_inputs_of_every_programme_are_listed_also_of_those_that_ended(country: str, programme: str) -> None:
    done = CliRunner().invoke(app, ["inputs", f"{country}/{programme}", "--json"])
    assert done.exit_code == 0, done.exception
    assert json.loads(done.stdout)["inputs"]


def test_parameters_tell_source_and_confidence() -> None:
    found = {p["key"]: p for p in as_json("parameters", "suf", "--on", "2025-10")["parameters"]}
    assert found["suf.amount"]["value"] == "22007"
    assert found["suf.amount"]["confidence"] == "verified"


def test_twelve_months_carry_states(tmp_path: Path) -> None:
    file = tmp_path / "year.json"
    run = ("simulate", "brasil", "--population", "synthetic:3000:5", "--on", "2025-01", "--months", "12")
    done = amparo(*run, "--json", file, "--lang", "pt")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(file.read_text())["scenarios"][0]["version"]) == 12


def test_rules_read_as_sentences_and_formulas() -> None:
    said = {r["provision"]: r for r in as_json("rules", "bolsa_familia", "--on", "2025-10", "--lang", "pt")}
    written = {
        r["provision"]: r for r in as_json("rules", "bolsa_familia", "--on", "2025-10", "--lang", "pt", "--formula")
    }
    assert said.keys() == written.keys()
    assert all(r["article"] and r["name"] and r["text"] for r in said.values())
    assert any(said[key]["text"] != written[key]["text"] for key in said)


class TestProfile:
    FILE = "hhid,order,kinship,edad\n1,1,1,40\n1,2,3,9\n2,1,1,70\n2,2,2,66\n"

    def test_says_what_each_benefit_lacks_and_writes_a_mapping(self, tmp_path: Path) -> None:
        file, mapping = tmp_path / "file.csv", tmp_path / "mapping.toml"
        file.write_text(self.FILE, encoding="utf-8")
        done = amparo("population", "profile", file, "--country", "chile", "--write", mapping, "--lang", "es")
        assert done.returncode == 0, done.stderr
        assert "Hogar: hhid" in done.stdout
        assert "mental_disability" in done.stdout
        assert 'id = ["hhid"]' in mapping.read_text(encoding="utf-8")
        again = amparo("population", "profile", file, "--country", "chile", "--write", mapping)
        assert again.returncode == 1
        assert "exists already" in again.stderr

    def test_needs_a_country_for_a_mapping(self, tmp_path: Path) -> None:
        file = tmp_path / "file.csv"
        file.write_text(self.FILE, encoding="utf-8")
        done = amparo("population", "profile", file, "--write", tmp_path / "mapping.toml")
        assert done.returncode == 1
        assert "--write needs --country" in done.stderr


def test_of_somebody_who_lives_elsewhere_nothing_is_said_in_another_language() -> None:
    case = '{"members": [{"id": "ana", "age": 25, "partner": "outside"}]}'
    done = CliRunner().invoke(app, ["decide", "auh", "-", "--on", "2025-10", "--lang", "es"], input=case)
    assert done.exit_code == 0, done.exception
    assert "alguien que vive en otro lugar" in " ".join(done.stdout.split())
    assert "elsewhere" not in done.stdout
