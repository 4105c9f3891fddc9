"""amparo population: what a file holds, and what a population is made of."""

from __future__ import annotations

import typer

from amparo.cli.terminal import app

group = typer.Typer(no_args_is_help=True, help="Files and populations: profile, synthesise, check.")
app.add_typer(group, name="population")


@group.callback()
def population() -> None:
    """Files and populations."""
