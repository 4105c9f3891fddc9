"""amparo population: what a file holds, and what a population is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from amparo.cli.terminal import AsJson, Lang, app, progress, screen, show_json, texts
from amparo.policy import find_country
from amparo.population import read, validate
from amparo.simulate.sources import survey_named
from amparo.simulate.survey import TENTHS
from amparo.simulate.survey import describe as described
from amparo.texts import Texts

group = typer.Typer(no_args_is_help=True, help="Files and populations: describe, profile, synthesise, check.")
app.add_typer(group, name="population")


@group.callback()
def population() -> None:
    """Files and populations."""


@group.command()
def describe(
    country: str,
    survey: Annotated[str, typer.Argument(help="casen1990:FILE, or a file with --mapping")],
    mapping: Annotated[Path | None, typer.Option(help="TOML that maps the file's columns")] = None,
    json_: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print what a survey says of itself: size, official poverty, who tells of receiving what, by decile."""
    say, of = texts(lang), find_country(country)
    declared, path, _ = survey_named(of, survey, mapping)
    with progress(say) as tell:
        tell("read", 0.0)
        people = read(path, declared, of)
        validate(people, of).raise_errors()
        tell("read", 1.0)
    found = described(of, people, declared)
    if json_:
        show_json(found)
        return
    size = say("households_persons", h=_size(found["households"], say), p=_size(found["persons"], say))
    screen.print(f"[bold]{found['name']}[/bold]: {size}")
    if found["poverty"]:
        _poverty(found["poverty"], say)
    if found["received"]:
        _received(found["received"], of.currency.symbol, say)


def _size(found: dict[str, float], say: Texts) -> str:
    return f"{say.number(found['weighted'])} ({say('sampled', n=say.number(found['rows']))})"


def _poverty(found: dict[str, Any], say: Texts) -> None:
    published = found.get("published")
    table = Table(box=SIMPLE_HEAD)
    table.add_column(say("measure"))
    table.add_column(say("by_the_method"), justify="right")
    if published:
        table.add_column(say("published_status"), justify="right")
    for key, own, stated in (
        ("poverty_headcount", "headcount", "poor"),
        ("extreme_poverty_headcount", "extreme", "extreme"),
    ):
        if found[own]:
            value, error = found[own]["value"], found[own]["standard_error"]
            cells = [f"{say.percent(value, 2)} [dim]± {say.percent(error, 2)}[/dim]"]
            table.add_row(say(key), *cells, *([say.percent(published[stated], 2)] if published else []))
    screen.print(table)
    differ = say("status_differs", n=say.number(published["persons_who_differ"])) if published else ""
    screen.print(f"[dim]{say('method')}: {found['method']}. {differ}[/dim]")


def _received(found: list[dict[str, Any]], symbol: str, say: Texts) -> None:
    """Print recipient households and what they tell of; then, if there are deciles, how they fall into them."""
    table = Table(title=say("survey_received"), title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for name, side in (("benefit", "left"), ("recipient_households", "right"), ("monthly_amount", "right")):
        table.add_column(say(name), justify="right" if side == "right" else "left", overflow="fold")
    for each in found:
        homes, amount = each["households"], each["monthly_amount"]
        table.add_row(
            say.of(each["names"]) or each["benefit"],
            f"{say.number(homes['value'])} [dim]± {say.number(homes['standard_error'])}[/dim]",
            f"{say.money(amount['value'], symbol)} [dim]± {say.number(amount['standard_error'])}[/dim]",
        )
    screen.print(table)
    told = [each for each in found if each["by_decile"]]
    if told:
        tenths = Table(
            title=say("received_by_decile"), title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        tenths.add_column(say("benefit"), overflow="fold")
        for n in TENTHS:
            tenths.add_column(str(n), justify="right", no_wrap=True)
        for each in told:
            tenths.add_row(
                say.of(each["names"]) or each["benefit"], *[say.percent(share, 0) for share in each["by_decile"]]
            )
        screen.print(tenths)
