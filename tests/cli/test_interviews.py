"""amparo ask as a person, a file or a program answers it."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_commands import CASE
from typer.testing import CliRunner

from amparo.cli import app
from amparo.errors import AmparoError

PENSION = {"age": 70, "base_pension": 180000, "years_resident": 50, "years_resident_of_last_5": 5}


def ask(*arguments: str | Path, given: str = "") -> str:
    done = CliRunner().invoke(app, ["ask", *map(str, arguments)], input=given)
    if isinstance(done.exception, AmparoError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def saved(folder: Path, case: Any) -> Path:
    file = folder / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("language", "counted", "no", "amount"),
    [
        ("es", "preguntas hechas: 1", "no", "$ 224.004"),
        ("pt", "perguntas feitas: 1", "não", "$ 224.004"),
        ("en", "questions asked: 1", "no", "$ 224,004"),
    ],
)
def test_a_person_is_asked_in_their_language_what_is_not_known(
    tmp_path: Path, language: str, counted: str, no: str, amount: str
) -> None:
    file = saved(tmp_path, {"members": [{"id": "eva", **PENSION}]})
    said = ask("pension_solidaria", "--on", "2025-05", "--known", file, "--lang", language, given=f"maybe\n{no}\n")
    assert counted in said
    assert amount in said
    assert "maybe” " in said or "«maybe»" in said


def test_an_amount_is_read_as_the_reader_writes_it(tmp_path: Path) -> None:
    file = saved(tmp_path, {"household": {"richest_tenth": False}, "members": [{**PENSION, "base_pension": None}]})
    said = ask("pension_solidaria", "--on", "2025-05", "--known", file, "--lang", "es", given="180.00\n180.000\n")
    assert "«180.00» no es un número; escríbalo como 1.234,5" in said
    assert "$ 224.004" in said


def test_what_nobody_knows_leaves_the_range_of_the_answer(tmp_path: Path) -> None:
    file = saved(tmp_path, {"members": [PENSION]})
    said = ask("pension_solidaria", "--on", "2025-05", "--known", file, "--lang", "en", given="?\n")
    assert "Depends on: Belongs to the richest 10 %" in said
    assert "between $ 0 and $" in said


def test_what_is_known_of_the_household_stays_known_once_its_members_are_counted(tmp_path: Path) -> None:
    file = saved(tmp_path, {"household": {"rsh_bracket": 90}})
    assert "questions asked: 1" in ask("suf", "--on", "2025-10", "--known", file, "--lang", "en", given="4\n")


def test_a_file_answers_for_every_programme_of_a_country_at_once(tmp_path: Path) -> None:
    found = json.loads(ask("chile", "--on", "2025-07", "--answers", saved(tmp_path, CASE), "--json"))
    paid = {b["key"]: b["total"] for b in found["benefits"]}
    assert paid["suf"] == "44014"
    assert found["asked"][0]["key"] == "members"
    assert found["question"] is None
    assert all(q["because"]["article"] for q in found["asked"][1:])


def test_the_questions_are_shown_with_the_answers_of_a_file(tmp_path: Path) -> None:
    said = ask("suf", "--on", "2025-10", "--answers", saved(tmp_path, CASE), "--lang", "en")
    assert "How many people live in the household?: 2" in said
    assert "Asked because" in said
    assert "Member leo · Mother: ana" in said


@pytest.mark.parametrize(
    ("programmes", "said"),
    [
        (["suf", "bpc"], "ask for one country"),
        (["soof"], "there is no programme 'soof'"),
        (["registro_social"], "has no law in force"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(programmes: list[str], said: str) -> None:
    with pytest.raises(AmparoError, match=said):
        ask(*programmes, "--on", "2015-10")


def test_a_benefit_without_its_figures_is_set_aside_and_named() -> None:
    found = json.loads(ask("chile", "--on", "2026-09", "--json"))
    assert {"key": "bono_control_nino_sano", "unknown_figures": ["seguridades_oportunidades.check_up"]} in found[
        "set_aside"
    ]
    assert found["question"]["key"] == "members"


def test_answers_that_end_too_soon_are_refused_in_a_sentence() -> None:
    with pytest.raises(AmparoError, match=r"write \? for what is not known"):
        ask("suf", "--on", "2025-10", given="2\n")
