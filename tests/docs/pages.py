"""A page as its reader uses it: files are written, commands are run, what is shown is what comes out."""

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file that it is (```toml reform.toml) and its lines."""

    language: str
    file: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page in their order, without the indentation of lists."""
    return [
        Block(language, file, re.sub(f"^{indent}", "", text, flags=re.MULTILINE))
        for indent, language, file, text in _BLOCK.findall(page.read_text(encoding="utf-8"))
    ]


def follow(page: Path, folder: Path) -> None:
    """Do what a page says, in a folder: write its files, run its commands and its Python.

    A console block holds commands after `$ `, each with lines that its output contains. The Python of a page is one
    script.
    """
    script = ""
    for block in blocks(page):
        if block.language == "console":
            _console(block.text, folder)
        elif block.language == "python" and not block.file:
            script += block.text
        elif block.file:
            _write(folder / block.file, block.text)
    if script:
        _write(folder / "page.py", f"from __future__ import annotations\n\n{script}")
        _run([sys.executable, "page.py"], folder)


def _write(file: Path, text: str) -> None:
    """Write a file; one that is there already is longer than a page has room for, and begins as the page says."""
    if file.exists():
        assert file.read_text(encoding="utf-8").startswith(text), file.name
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _console(text: str, folder: Path) -> None:
    output = ""
    for line in text.splitlines():
        if line.startswith("$ amparo "):
            output = _run([sys.executable, "-m", *shlex.split(line.removeprefix("$ "))], folder)
        else:
            assert _words(line) in _words(output), f"nothing printed '{line}'"


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _words(text: str) -> str:
    return " ".join(text.split())
