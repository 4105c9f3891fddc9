"""What every command shares: options, language, JSON, files, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from amparo.errors import CaseError
from amparo.simulate.scenario import Report
from amparo.texts import LANGUAGES, Texts, preferred_language

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
screen = Console()
notes = Console(stderr=True)

Lang = Annotated[str, typer.Option("--lang", help="es, pt or en", show_default="the system's")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON in the documented form")]
On = Annotated[str, typer.Option("--on", help="month or day of the law: 2025-10 or 2025-10-15")]


def month_of(text: str) -> date:
    """Read a month or day between 1900 and 2100, or say how to write one."""
    try:
        found = date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        found = None
    if found is None or not text.startswith(f"{found:%Y-%m}") or len(text) not in (7, 10):
        raise CaseError(f"'{text}' is no month: write it as 2025-10 or 2025-10-15.")
    if not 1900 <= found.year <= 2100:
        raise CaseError(f"{text} is no month of any law here: choose one between 1900-01 and 2100-12.")
    return found


def texts(language: str) -> Texts:
    """Return the reader's texts."""
    if language and language not in LANGUAGES:
        raise CaseError(f"amparo speaks {', '.join(LANGUAGES)}, not '{language}'.")
    return Texts(language or preferred_language())


def tell_if_to_come(month: date, say: Texts) -> None:
    """Say on the error stream that the law of a month to come is today's: nobody knows what will change by then."""
    if month > date.today():  # noqa: DTZ011 - the reader's own calendar
        notes.print(f"[yellow]{say('law_to_come', month=say.month(month))}[/yellow]", soft_wrap=True)


def show_json(content: Any) -> None:
    """Print JSON for a program: UTF-8, exact amounts as text."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def read_json(path: Path) -> Any:
    """Read a JSON file with exact decimals, or say where it is wrong."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}.") from None
    try:
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        if r"\u" in text:  # an escape can write half a letter, which nothing can print
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except CaseError:
        raise
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        raise CaseError(f"{path} holds {half}, which is half a letter; write the letter itself.") from None
    except json.JSONDecodeError as error:
        raise CaseError(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except (RecursionError, ValueError):
        raise CaseError(f"{path} holds lists or a number beyond any household; write one household.") from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, unless it states something twice: one of the two would be dropped without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CaseError(f"'{twice}' is stated twice in one object of the file; keep one.")
    return found


def save(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, or say why not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except OSError as error:
        raise CaseError(f"cannot write {path}: {error.strerror}.") from None


@contextmanager
def progress(say: Texts) -> Iterator[Report]:
    """Show what is being done and how far it is, on the error stream."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=notes, transient=True)
    tasks: dict[str, Any] = {}
    with bar:

        def report(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(say(f"step_{step}"), total=1.0)
            bar.update(tasks[step], completed=share)

        yield report
