"""Documents are run, and what they must name is named."""

import re
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
from amparo.texts import LANGUAGES

ROOT = Path(__file__).parents[2]


def commands(group: Any, before: str = "amparo") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def about(command: str, text: str) -> str:
    """Return what a page says of one command: its row, and its own table of options."""
    (row,) = re.findall(rf"^\| `{command}\b.*$", text, re.MULTILINE)
    own = re.findall(
        rf"^## Options of `{command.removeprefix('amparo ')}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    return "\n".join([row, *own])


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    for name, command in commands(typer.main.get_command(app)):
        assert name in text
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in ("--help", "--lang") or option in about(name, text), (
                    f"{name} {option}"
                )


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
    asks = r"(?:environ(?:\.get\(|\[|\.setdefault\()|getenv\()\s*[\"'](\w+)[\"']"
    read = {name for source in code for name in re.findall(asks, source)}
    assert {"AMPARO_DATA", "AMPARO_CACHE"} <= read
    assert [name for name in sorted(read) if f"| `{name}` |" not in text] == []


def test_every_text_speaks_the_three_languages() -> None:
    catalogue = tomllib.loads((ROOT / "src/amparo/texts/catalogue.toml").read_text(encoding="utf-8"))
    assert [k for k, texts in catalogue.items() if not all(texts.get(lang) for lang in LANGUAGES)] == []


def test_every_text_that_is_asked_for_is_in_the_catalogue() -> None:
    catalogue = tomllib.loads((ROOT / "src/amparo/texts/catalogue.toml").read_text(encoding="utf-8"))
    asked: set[str] = set()
    for path in (ROOT / "src/amparo").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bsay\(\s*[\"'](\w+)[\"']", source))
        if path.parent.name == "report":
            asked |= {f"report_{key}" for key in re.findall(r"\breader\(\s*[\"'](\w+)[\"']", source)}
    assert {"report_unit_months", "figures_to_check"} <= asked
    assert sorted(key for key in asked - set(catalogue) if not key.endswith("_")) == []  # what ends so is a beginning


def test_every_source_named_by_an_id_can_be_looked_up() -> None:
    """S43, CL-AFP15: the ids of the research notes, which are kept outside the repository."""
    listed = set(
        re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs/reference/sources.md").read_text("utf-8"), re.MULTILINE)
    )
    named: set[str] = set()
    for kind in ("py", "toml", "yaml", "md"):
        for path in (ROOT / "src/amparo/countries").rglob(f"*.{kind}"):
            named |= set(re.findall(r"\bS\d{2}\b(?!/S)|\b(?:CL|BR|AR)-[A-Z0-9]+\b", path.read_text(encoding="utf-8")))
    assert len(named) > 30
    assert sorted(named - listed) == []
