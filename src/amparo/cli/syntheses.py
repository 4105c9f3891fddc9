"""amparo population synthesise and check: invented people with a country's margins, and how near they come to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer
from rich.table import Table

from amparo.cli.population import group
from amparo.cli.terminal import AsJson, Lang, progress, screen, show_json, texts
from amparo.errors import PopulationError
from amparo.policy import Country, find_country
from amparo.population.flat import origin_of, read_parquet
from amparo.population.sources import malformed
from amparo.population.synthesis import PREFIX, Synthesis, synthesis_of
from amparo.simulate.targets import Checked, check_targets, document
from amparo.texts import Texts

CONFIDENCE = {
    "verified": "verified", "derived": "derived", "to be checked": "to_be_checked", "assumed": "nobodys_figure",
}  # fmt: skip
SEXES = ("female", "male")


@group.command()
def synthesise(
    country: str,
    persons: Annotated[int, typer.Option(min=1, help="how many persons, exactly")],
    output: Annotated[Path, typer.Option(help="Parquet file to write")],
    seed: Annotated[int, typer.Option(min=0, help="of the random streams; one seed gives one population")] = 1,
    lang: Lang = "",
) -> None:
    """Write invented people with the margins of a country; `amparo simulate COUNTRY --population FILE` reads them."""
    say, synthesis = texts(lang), _synthesis(find_country(country))
    if output.suffix != ".parquet":
        raise PopulationError(f"{output} must end in .parquet; name the file so.")
    with progress(say) as tell:
        written = synthesis.write(output, persons, seed, report=lambda share: tell("generate", share))
    screen.print(say("synthesised", persons=say.number(written), path=output), soft_wrap=True)


@group.command()
def check(country: str, file: Path, json_: AsJson = False, lang: Lang = "") -> None:
    """Print target beside achieved for a synthetic population; the exit code is 1 when a target is missed."""
    say, synthesis = texts(lang), _synthesis(find_country(country))
    try:
        if not file.is_file() or not origin_of(file).startswith(PREFIX):
            raise PopulationError(f"{file} holds no synthetic population; write one with amparo population synthesise.")
    except (pa.ArrowException, OSError) as problem:
        raise malformed(file, problem) from None
    with progress(say) as tell:
        tell("read", 0.0)
        population = read_parquet(file, synthesis.country)
        tell("read", 1.0)
        found = check_targets(population, synthesis, report=lambda share: tell("measure", share))
    if json_:
        show_json(document(found, synthesis, origin_of(file)))
    else:
        _show(found, synthesis, say)
    if any(c.missed for c in found):
        raise typer.Exit(1)


def _synthesis(country: Country) -> Synthesis:
    found = synthesis_of(country)
    if found is None:
        raise PopulationError(f"{country.key} has no margins: add population/synthetic/ to the country's folder.")
    return found


def _show(found: list[Checked], synthesis: Synthesis, say: Texts) -> None:
    """Print the table, what is assumed, and how many targets are missed."""
    table = Table(box=None, pad_edge=False)
    for name in ("target", "value_wanted", "value_achieved", "error", "error_allowed", "confidence"):
        table.add_column(say(name), justify="left" if name in ("target", "confidence") else "right")
    before = ""
    for each in found:
        if each.target["key"] != before:
            before = each.target["key"]
            if each.cell:
                table.add_row(f"[bold]{say.of(each.target['names'])}[/bold]")
        table.add_row(*_row(each, say))
    screen.print(table)
    screen.print(f"\n[bold]{say('assumed_by_synthesis')}[/bold]")
    for text in synthesis.assumptions:
        screen.print(f"· {say.of(text)}", style="dim")
    missed = sum(c.missed for c in found)
    key = "targets_missed" if missed else "targets_met"
    screen.print(f"\n[{'red' if missed else 'green'}]{say(key, n=missed, of=len(found))}[/]")


def _row(each: Checked, say: Texts) -> tuple[str, ...]:
    places = 0 if abs(each.goal) >= 1000 else 3 if abs(each.goal) < 1 else 2
    cell = say(each.cell) if each.cell in SEXES else each.cell
    name = f"  {cell}" if cell else f"[bold]{say.of(each.target['names'])}[/bold]"
    sign = "+" if each.error > 0 else ""
    error = f"{sign}{say.number(each.error, places)}"
    return (
        name,
        say.number(each.goal, places),
        say.number(each.found.value, places),
        f"[red]{error} ✗[/red]" if each.missed else error,
        say.number(each.allowed, places),
        say(CONFIDENCE[each.target["confidence"]]),
    )
