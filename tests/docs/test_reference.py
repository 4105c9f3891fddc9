"""Reference pages are whole: what a command, a file or the code has, they name."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.docs.pages import ROOT, blocks
from typer.testing import CliRunner

from amparo.cli import app
from amparo.simulate.assumptions import economy, shocks

REFERENCE = ROOT / "docs/reference"
NAMED_BY_DATA = (
    "names",
    "labels",
    "members",
    "amounts_at_first",
    "amounts_at_last",
    "take_up",
    "reason",
    "note",
    "programme_names",
)  # keys are not ours
SHOCK = '[names]\nes = "x"\n[shock]\nunemployment = 0.05\n'
REFORM = '[parameters]\n"suf.amount" = 30000\n'


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def answer(*arguments: str) -> Any:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, (arguments, done.exception, done.output)
    return json.loads(done.stdout)


def differs(shown: Any, real: Any, where: str = "") -> Iterator[str]:
    """Give each place at which an example is not what was answered; lists and objects may hold more than is shown."""
    if isinstance(shown, dict) and isinstance(real, dict):
        for key, value in shown.items():
            yield from differs(value, real[key], f"{where}.{key}") if key in real else [f"{where}.{key} is not there"]
    elif isinstance(shown, list) and isinstance(real, list) and shown:
        for i, value in enumerate(shown):
            if all(any(differs(value, each)) for each in real):
                yield f"{where}[{i}] is not there"
    elif shown != real:
        yield f"{where} is {real!r}, not {shown!r}"


def test_the_examples_of_json_are_what_the_commands_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    real, compared = None, 0
    for block in blocks(REFERENCE / "json.md"):
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            real = answer(*block.text.removeprefix("$ amparo ").split())
        else:
            assert list(differs(json.loads(block.text), real)) == []
            compared += 1
    assert compared >= 7


def test_every_command_with_json_has_an_example() -> None:
    shown = set(re.findall(r"^\$ amparo ([\w-]+) .*--json", page("json"), re.MULTILINE))
    speaking = {c.name or c.callback.__name__.rstrip("_") for c in app.registered_commands if c.callback}
    assert speaking - {"demo", "register"} == shown


def keys(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if name not in NAMED_BY_DATA:
                yield key
            yield from keys(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each, name)


def undocumented(answered: Any, text: str) -> list[str]:
    known = set(re.findall(r"`\"?(\w+)\"?`|\"(\w+)\":", text))
    named = {part for pair in known for part in pair}
    return sorted({k for k in keys(answered) if k not in named} - {"es", "pt", "en"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("programmes",),
        ("inputs", "suf"),
        ("parameters", "suf", "--on", "2025-10"),
        ("rules", "registro_social", "--on", "2025-10"),
        ("decide", "registro_social", "case.json", "--on", "2025-10"),
        ("prove", "bono_invierno", "--on", "2025-05", "--members", "1", "--processes", "1"),
        ("budget-line", "argentina"),
        ("budget-line", "argentina", "--family", "lone_mother_two_children"),
        ("budget-line", "chile", "--family", "unpaid_carer", "--on", "2026-01"),
    ],
    ids=lambda a: a[0],
)
def test_every_key_is_documented(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.json").write_text('{"members": [{"age": 30}]}', encoding="utf-8")
    assert undocumented(answer(*arguments, "--json"), page("json")) == []


def test_every_key_of_a_simulation_is_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reform.toml").write_text(REFORM, encoding="utf-8")
    (tmp_path / "shock.toml").write_text(SHOCK, encoding="utf-8")
    assumed = ("--reform", "reform.toml", "--shock", "shock.toml", "--take-up", "suf=0.8", "--phase-in", "0.5,1")
    found = answer("simulate", "chile", "--population", "synthetic:20000:1", "--on", "2025-10", *assumed, "--json", "-")
    assert found["shocks"]
    assert found["scenarios"][1]["years"]
    assert undocumented(found, page("json")) == []
    survey = json.loads((ROOT / "tests/simulate/sample_document.json").read_text(encoding="utf-8"))
    assert undocumented(survey, page("json")) == []


def test_every_key_of_a_shock_and_an_economy_is_documented() -> None:
    source = Path(economy.__file__).read_text(encoding="utf-8")
    read = re.findall(r"(?:raw|p)(?:\.get\(|\[)\"(\w+)\"", source) + re.findall(r"concepts\.get\(\"(\w+)", source)
    assert {"points", "published", "monthly_cost"} <= {*read, "monthly_cost"}
    for key in {*read, "monthly_cost", *shocks.SHARES, *shocks.FACTORS}:
        assert re.search(rf"`{key}`|\[[^`]*{key}[^`]*\]`", page("reform-files")), key
