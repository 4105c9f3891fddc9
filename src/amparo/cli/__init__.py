"""The command line: programmes, inputs, parameters, decide, ask, budget-line, prove, simulate, demo.

Every command prints for a person, in their language, or with --json in a stable form (docs/reference/json.md).
"""

from __future__ import annotations

import sys
from typing import Annotated

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
    """Run the command line; an error of ours is one sentence, never a traceback."""
    try:
        app(standalone_mode=True)
    except AmparoError as error:
        notes.print(f"[red]✗[/red] {escape(str(error))}", highlight=False, markup=True, soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(141)
