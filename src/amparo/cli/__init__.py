"""The command line: programmes, inputs, parameters, decide, ask, budget-line, prove, simulate, demo.

Every command prints for a person, in their language, or with --json in a stable form (docs/reference/json.md).
"""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer
from rich.markup import escape

from amparo import __version__
from amparo.cli import (
    decisions,
    interviews,
    law,
    lines,
    measures,
    population,
    profiles,
    proofs,
    register,
    simulations,
    syntheses,
)
from amparo.cli.terminal import app, notes, screen
from amparo.errors import AmparoError

__all__ = [
    "app",
    "decisions",
    "interviews",
    "law",
    "lines",
    "main",
    "measures",
    "population",
    "profiles",
    "proofs",
    "register",
    "simulations",
    "syntheses",
]


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="print the version")] = False) -> None:
    """Rules of social protection that you can read, run and prove."""
    if show:
        screen.print(f"amparo {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; every error is one sentence, never a traceback."""
    try:
        sys.exit(app(standalone_mode=False))
    except AmparoError as error:
        _refuse(str(error))
    except typer.TyperException as error:
        said, context = error.format_message(), getattr(error, "ctx", None)
        if not said:  # a group without a command has printed its help
            sys.exit(1)
        where = context.command_path if context else "amparo"
        _refuse(f"{said[0].lower()}{said[1:].rstrip('.')}; `{where} --help` shows what to write.")
    except MemoryError:
        _refuse("this does not fit into the memory of the machine; ask for fewer persons, rows or replicates.")
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)


def _refuse(sentence: str) -> NoReturn:
    notes.print(f"[red]✗[/red] {escape(sentence)}", highlight=False, markup=True, soft_wrap=True)
    sys.exit(1)
