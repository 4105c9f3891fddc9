"""The commands that write and check invented people."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amparo.policy import find_country
from amparo.population import write_parquet
from amparo.population.synthesis import synthesis_of


def amparo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "amparo", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def document_of(*arguments: str | Path) -> Any:
    done = amparo(*arguments, "--json", "-")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_synthesise_writes_invented_people_who_meet_their_targets_and_are_simulated(tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    done = amparo("population", "synthesise", "chile", "--persons", "40000", "--seed", "2", "--output", file)
    assert done.returncode == 0, done.stderr
    checked = amparo("population", "check", "chile", file, "--json")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["missed"] == 0
    of_file = document_of("simulate", "chile", "--population", file)
    of_name = document_of("simulate", "chile", "--population", "synthetic:40000:2")
    assert of_file["scenarios"] == of_name["scenarios"]
    assert of_file["population"]["kind"] == "synthetic"
    assert of_file["population"]["weighted_persons"] == pytest.approx(19_864_658)


def test_check_shows_target_beside_achieved_and_fails_when_one_is_missed(tmp_path: Path) -> None:
    chile = find_country("chile")
    synthesis = synthesis_of(chile)
    assert synthesis is not None
    people = synthesis.population(20_000, 1)
    facts = {**people.household_facts, "poverty_income": people.household_facts["poverty_income"] / 2}
    write_parquet(replace(people, household_facts=facts), tmp_path / "poor.parquet", chile, "synthetic:20000:1")
    done = amparo("population", "check", "chile", tmp_path / "poor.parquet", "--lang", "en")
    assert done.returncode == 1
    assert "✗" in done.stdout
    assert "targets are missed" in done.stdout
    assert "What is assumed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("synthesise", "argentina", "--persons", "10", "--output", "a.parquet"), "argentina has no margins"),
        (("synthesise", "chile", "--persons", "10", "--output", "a.csv"), "must end in .parquet"),
        (("check", "chile", "none.parquet"), "none.parquet holds no synthetic population"),
    ],
)
def test_says_in_one_sentence_what_is_wrong(arguments: tuple[str, ...], sentence: str) -> None:
    done = amparo("population", *arguments)
    assert done.returncode == 1
    assert sentence in " ".join(done.stderr.split())
