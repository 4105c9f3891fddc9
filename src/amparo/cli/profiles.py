"""amparo population profile: what a file holds, a mapping to start from, and what each benefit still lacks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from amparo.cli.population import group
from amparo.cli.terminal import Lang, month_of, save, screen, texts
from amparo.errors import PopulationError
from amparo.policy import Country, countries, find_country
from amparo.population.computability import computability
from amparo.population.profile import Profile
from amparo.population.profile import profile as profiled
from amparo.population.proposal import Proposal, propose, toml
from amparo.simulate.sources import newest_month, shipped_mappings
from amparo.texts import Texts

KEYS = ("household", "person", "weight", "stratum", "cluster", "kin", "age", "sex")


@group.command()
def profile(
    file: Path,
    country: Annotated[str, typer.Option(help="whose inputs to look for; without it, columns and keys only")] = "",
    on: Annotated[str, typer.Option(help="month of the law whose benefits are asked; the newest by default")] = "",
    write: Annotated[Path | None, typer.Option(help="TOML file for the proposed mapping")] = None,
    delimiter: Annotated[str, typer.Option(help="of a CSV")] = ",",
    lang: Lang = "",
) -> None:
    """Print a file's columns, its likeliest keys, a mapping to start from, and what each benefit still lacks."""
    say = texts(lang)
    if write and not country:
        raise PopulationError(f"--write needs --country, one of {', '.join(countries())}: a mapping is of its inputs.")
    if write and write.exists():
        raise PopulationError(f"{write} exists already; name another file, or remove it.")
    if len(delimiter) != 1:
        raise PopulationError(f"--delimiter is '{delimiter}'; write one character, such as ';'.")
    found = profiled(file, {"delimiter": delimiter})
    _columns(found, say)
    _keys(found, say)
    if not country:
        return
    of = find_country(country)
    made = propose(found, of, shipped_mappings(of), file.stem)
    _lacking(made, of, month_of(on) if on else newest_month(of), say)
    if write:
        save(write, _document(made, of, found, say))
        screen.print(say("profile_written", path=write), soft_wrap=True)


def _columns(found: Profile, say: Texts) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("column"), no_wrap=True, style="bold")
    table.add_column(say("kind"))
    table.add_column(say("missing"), justify="right")
    table.add_column(say("distinct"), justify="right")
    table.add_column(say("commonest"))
    for each in found.columns:
        shown = escape(", ".join(each.examples))
        table.add_row(escape(each.name), escape(each.type), say.percent(each.missing), say.number(each.distinct), shown)
    screen.print(table)
    screen.print(say("profile_rows", rows=say.number(found.rows), columns=say.number(len(found.columns))))


def _keys(found: Profile, say: Texts) -> None:
    screen.print(f"\n[bold]{say('profile_keys')}[/bold]")
    for key in KEYS:
        names = found.candidates[key]
        shown = " · ".join(n.replace(",", " + ") for n in names)
        screen.print(f"  {say('profile_' + key)}: {escape(shown) if names else say('profile_none')}", highlight=False)
    if found.head:
        column, value = found.head
        screen.print(f"  {say('profile_head', column=escape(column), value=escape(value))}", highlight=False)


def _lacking(made: Proposal, country: Country, month: date, say: Texts) -> None:
    """Print each benefit of a month with the inputs that nothing answers yet."""
    if made.like:
        screen.print(f"\n{say('profile_like', name=made.like)}", highlight=False)
    if made.mapping is None:
        screen.print(f"[yellow]{escape(say('profile_no_household'))}[/yellow]")
        return
    screen.print(f"\n[bold]{say('profile_lacking', month=say.month(month))}[/bold]")
    for each in computability(made.mapping, country, month):
        lacks = ", ".join(key for key, _ in each.lacking) or say("profile_nothing_lacks")
        screen.print(f"  {escape(say.of(each.benefit.names))}: {lacks}", highlight=False)


def _document(made: Proposal, country: Country, found: Profile, say: Texts) -> str:
    """Return the proposed mapping, and as comments the inputs that are still open."""
    declared: dict[str, Any] = {**country.inputs, **country.household.member.relations}
    lines = [f"# {say('profile_check')}", ""]
    if made.like:
        lines.insert(1, f"# {say('profile_like', name=made.like)}")
    lines += [toml(made.raw), f"# {say('profile_open')}"]
    for key in made.open:
        table = "inputs" if key in country.inputs else "relations"
        hint = f" ← {', '.join(found.candidates[key])}" if found.candidates.get(key) else ""
        lines.append(f"# [{table}.{key}]   {say.of(declared[key].labels)}{hint}")
    return "\n".join(lines) + "\n"
