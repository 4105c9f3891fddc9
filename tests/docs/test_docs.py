"""Documents are run, and what they must name is named."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

import amparo.expr
import amparo.measures
import amparo.policy
from amparo.cli import app
from amparo.policy import find_country
from amparo.population.mapping_file import load_mapping
from amparo.simulate.assumptions.shocks import read_shock
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


PAGES = sorted((ROOT / "docs").rglob("*.md"))
RUNNABLE = [
    p for p in PAGES if p.parent.name in ("how-to", "explanation", "reference") and "```python" in p.read_text()
]


@pytest.mark.parametrize("page", RUNNABLE, ids=[p.stem for p in RUNNABLE])
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    code = "\n".join(blocks(str(page.relative_to(ROOT / "docs")), "python"))
    script.write_text("from __future__ import annotations\n" + code, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_link_is_dead(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_the_toml_of_how_to_pages_is_what_the_readers_accept(tmp_path: Path) -> None:
    shock = tmp_path / "shock.toml"
    shock.write_text(blocks("how-to/simulate.md", "toml")[0], encoding="utf-8")
    assert read_shock(shock).wages == 0.97
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(blocks("how-to/map-a-survey.md", "toml")[0], encoding="utf-8")
    read = load_mapping(mapping)
    read.check(find_country("chile"))
    assert set(read.inputs) == {"age", "sex", "health_control"}


def commands(group: Any, before: str = "amparo") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    for name, command in commands(typer.main.get_command(app)):
        assert name in text
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in ("--help", "--lang") or option in text, (name, option)


@pytest.mark.parametrize(
    ("page", "module"), [("language", amparo.expr), ("language", amparo.policy), ("measures", amparo.measures)]
)
def test_every_public_name_is_documented(page: str, module: ModuleType) -> None:
    text = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    assert [name for name in module.__all__ if f"| `{name}` |" not in text] == []


def test_every_operation_is_documented() -> None:
    text = (ROOT / "docs/reference/language.md").read_text(encoding="utf-8")
    assert [op.name for op in amparo.expr.Op if f"| `{op.name}` |" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    code = [
        p.read_text(encoding="utf-8") for part in ("src", "tests", "benchmarks") for p in (ROOT / part).rglob("*.py")
    ]
    read = {name for source in code for name in re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", source)}
    assert {"AMPARO_DATA", "AMPARO_CACHE"} <= read
    assert [name for name in sorted(read) if f"| `{name}` |" not in text] == []


def test_every_text_speaks_the_three_languages() -> None:
    catalogue = tomllib.loads((ROOT / "src/amparo/texts/catalogue.toml").read_text(encoding="utf-8"))
    assert [k for k, texts in catalogue.items() if not all(texts.get(lang) for lang in LANGUAGES)] == []
