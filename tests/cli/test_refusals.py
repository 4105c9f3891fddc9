"""What the command line says to input that it cannot use: one sentence, exit code 1, no traceback."""

import json
from pathlib import Path

import pytest
from tests.cli.test_commands import CASE, amparo

from amparo.texts import Texts


def refused(*arguments: str | Path, given: str = "") -> str:
    done = amparo(*arguments, given=given)
    assert done.returncode == 1, (done.returncode, done.stderr)
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("✗ ")
    return sentence


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["decide"], "missing argument 'programme'"),
        (["decide", "suf", "-"], "missing option '--on'"),
        (["decyde"], "no such command 'decyde'"),
        (["programmes", "--quick"], "no such option: --quick"),
        (["simulate", "chile", "--population", "synthetic:9", "--months", "0"], "greater than or equal to 1"),
        (["prove", "suf", "--members", "0"], "positive numbers"),
        (["prove", "suf", "--processes", "0"], "positive numbers"),
        (["population", "profile", "x.csv", "--delimiter", ";;"], "one character"),
    ],
)
def test_a_command_that_nobody_understands_is_one_sentence(words: list[str], said: str) -> None:
    assert said in refused(*words)


def test_a_command_group_alone_shows_its_help() -> None:
    done = amparo("population")
    assert done.returncode == 1
    assert "synthesise" in done.stdout
    assert not done.stderr.strip()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ('{"household": {"rsh_bracket": 40, "rsh_bracket": 90}, "members": [{}]}', "'rsh_bracket' is stated twice"),
        ('{"members": [{"id": "ana\\ud800"}]}', "half a letter"),
        (json.dumps({"members": [{}] * 201}), "at most 200"),
        ('{"members": [{"age": true}]}', "age is true; write a number"),
        ('{"members": [{"id": null}]}', "id is null; write a name"),
        ('{"members": [{"earnings": 1e999999}]}', "earnings is 1E+999999;"),
    ],
)
def test_a_case_is_refused_in_the_words_of_its_file(case: str, said: str) -> None:
    assert said in refused("decide", "suf", "-", "--on", "2025-10", given=case)


def test_a_case_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8-sig")
    assert "44,014" in amparo("decide", "suf", file, "--on", "2025-10", "--explain", "--lang", "en").stdout


def test_a_name_cannot_steer_the_terminal() -> None:
    case = json.loads(json.dumps(CASE).replace("ana", "\\u001b[31mana\\u202e"))
    done = amparo("decide", "suf", "-", "--on", "2025-10", "--explain", given=json.dumps(case))
    assert done.returncode == 0, done.stderr
    assert "·[31mana·" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "weights sum to 2e+300, beyond any population"),
        (("--variance", "bootstrap:99999999999999"), "weights sum"),
    ],
)
def test_weights_beyond_any_population_are_refused(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    file = tmp_path / "persons.csv"
    file.write_text("income,weight\n1,1e300\n2,1e300\n", encoding="utf-8")
    assert said in refused("measure", "mean", file, "--income", "income", "--weight", "weight", *arguments)


def test_a_column_without_any_value_leaves_no_row(tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    file.write_text("income,weight\n1,\n2,\n", encoding="utf-8")
    said = refused("measure", "mean", file, "--income", "income", "--weight", "weight")
    assert "no row is left" in said


def test_more_replicates_than_memory_holds_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    file.write_text("income\n1\n2\n3\n", encoding="utf-8")
    said = refused("measure", "mean", file, "--income", "income", "--variance", "bootstrap:99999999999999")
    assert "memory" in said


@pytest.mark.parametrize("command", [("measure", "mean"), ("population", "profile")])
def test_a_file_of_another_encoding_is_told_from_a_broken_one(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "personas.csv"
    file.write_bytes("año,niños\n1,2\n".encode("latin-1"))
    assert "save it as UTF-8" in refused(*command, file, *(("--income", "a") if command[0] == "measure" else ()))


def test_a_long_name_of_a_group_folds_and_its_figures_stand_whole(tmp_path: Path) -> None:
    file = tmp_path / "persons.csv"
    rows = [f"{n},Región del Libertador General Bernardo O'Higgins" for n in range(1, 40)]
    file.write_text("\n".join(["income,region", *rows]), encoding="utf-8")
    said = amparo("measure", "mean", file, "--income", "income", "--by", "region", "--lang", "es").stdout
    assert said.startswith("mean\n")
    assert "20,0" in said
    assert "Filas" in said


def test_a_number_longer_than_decimal_arithmetic_is_still_written() -> None:
    assert Texts("es").number(1e40).replace(".", "") == f"{10**40}"
    assert Texts("es").percent(1e40).endswith(" %")


@pytest.mark.parametrize(("month", "told"), [("2099-01", True), ("2025-10", False)])
def test_the_law_of_a_month_to_come_is_told_from_one_that_is_known(month: str, told: bool) -> None:
    done = amparo("decide", "suf", "-", "--on", month, "--lang", "es", given=json.dumps(CASE))
    assert done.returncode == 0
    assert ("enero de 2099 está por venir" in done.stderr) == told
