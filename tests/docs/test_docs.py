"""Documents are run, and what they must name is named."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import typer

from amparo.cli import app
from amparo.texts import LANGUAGES

ROOT = Path(__file__).parents[2]


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / document).read_text(encoding="utf-8"), re.DOTALL)


def test_the_first_rule_runs(tmp_path: Path) -> None:
    script = tmp_path / "first_rule.py"
    script.write_text("\n".join(blocks("tutorials/your-first-rule.md", "python")), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_first_reform_runs(tmp_path: Path) -> None:
    (tmp_path / "reform.toml").write_text(blocks("tutorials/your-first-reform.md", "toml")[0], encoding="utf-8")
    for block in blocks("tutorials/your-first-reform.md", "console"):
        for line in block.splitlines():
            command = [sys.executable, "-m", *shlex.split(line.removeprefix("$ "))]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"amparo {name}" in text
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option == "--help" or option in text, f"{name} {option}"


def test_every_text_speaks_the_three_languages() -> None:
    catalogue = tomllib.loads((ROOT / "src/amparo/texts/catalogue.toml").read_text(encoding="utf-8"))
    assert [k for k, texts in catalogue.items() if not all(texts.get(lang) for lang in LANGUAGES)] == []
