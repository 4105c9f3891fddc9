"""A ministry's own distribution comes through the same door as ours."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

FIXTURE = Path(__file__).parents[1] / "fixtures" / "outside"


def test_an_installed_distribution_offers_its_programmes(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "installed"
    shutil.copytree(FIXTURE, source)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*install, "--target", target, source], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(target)}
    case = {"household": {"income": 0}, "members": [{"age": 9, "at_school": True}]}
    done = subprocess.run(
        [sys.executable, "-m", "amparo", "decide", "school", "-", "--on", "2025-03", "--json"],
        input=json.dumps(case), env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["benefits"][0]["total"] == "50"
