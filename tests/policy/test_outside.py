"""A ministry's own distribution comes through the same door as ours."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIXTURE = Path(__file__).parents[1] / "fixtures" / "outside"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    source, target = tmp_path_factory.mktemp("outside") / "source", tmp_path_factory.mktemp("installed")
    shutil.copytree(FIXTURE, source)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*install, "--target", target, source], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(target)}


def amparo(environment: dict[str, str], *arguments: str, given: str = "") -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "amparo", *arguments],
        input=given, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_installed_distribution_offers_its_programmes(installed: dict[str, str]) -> None:
    case = json.dumps({"household": {"income": 0}, "members": [{"age": 9, "at_school": True}]})
    decision = amparo(installed, "decide", "school", "-", "--on", "2025-03", "--json", given=case)
    assert decision["benefits"][0]["total"] == "50"


def test_its_country_is_simulated_without_any_data_of_its_own(installed: dict[str, str]) -> None:
    document = amparo(installed, "simulate", "example", "--population", "synthetic:500:1", "--json", "-")
    assert [each["status"] for each in document["computability"]] == ["computed"]
