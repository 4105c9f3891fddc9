"""amparo measure: one measure of a file of persons, with the standard error of its sample."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from amparo.cli.asked import Asked, Sample, needs, offered, parts_of
from amparo.cli.terminal import AsJson, Lang, app, screen, show_json, texts
from amparo.errors import MeasureError
from amparo.measures import Estimate, Measure
from amparo.texts import Texts


@app.command()
def measure(
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="gini, theil, s80_s20, poverty_headcount, …")] = "",
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="a row for each person")] = None,
    income: Annotated[str, typer.Option(help="column of income")] = "",
    weight: Annotated[str, typer.Option(help="column of persons each row stands for")] = "",
    strata: Annotated[str, typer.Option(help="column of strata")] = "",
    psu: Annotated[str, typer.Option(help="column of first-stage clusters")] = "",
    household: Annotated[str, typer.Option(help="column of households, the clusters where --psu is not given")] = "",
    population: Annotated[str, typer.Option(help="clusters that a row's stratum has in all: a number or column")] = "",
    single: Annotated[str, typer.Option(help="a stratum of one cluster: centre, certainty or fail")] = "centre",
    line: Annotated[str, typer.Option(help="poverty line: an amount, a column, 0.6*median, 0.5*mean or 0.6*p40")] = "",
    by: Annotated[str, typer.Option(help="column of groups")] = "",
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="another argument of the measure: a column or a figure"),
    ] = None,
    variance: Annotated[str, typer.Option(help="linear, jackknife, bootstrap or bootstrap:REPLICATES")] = "linear",
    list_: Annotated[bool, typer.Option("--list", help="list the measures and what each needs")] = False,
    json_: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print a measure with its standard error, interval, and the rows it rests on and leaves out."""
    if list_:
        _list(as_json=json_)
        return
    if not name or file is None:
        raise MeasureError("name a measure and a file: `amparo measure gini persons.csv --income income`.")
    drawn = {"weight": weight, "stratum": strata, "cluster": psu, "household": household}
    rest = {"clusters": population, "single": single, "variance": variance}
    asked = Asked.of(name, income, line, by, with_ or [], drawn, **rest)
    sample = asked.read(file)
    chosen = offered()[name]
    arguments = {**sample.arguments, "design": sample.design, "domain": sample.complete}
    if sample.group is None:
        found, grouped = chosen(**arguments), False
    elif isinstance(chosen, Measure):
        found, grouped = chosen.by(sample.group, **arguments), True
    else:
        found, grouped = chosen(**arguments, group=sample.group), False
    shown = {str(label): each for label, each in found.items()} if grouped else dict(parts_of(found))
    if json_:
        show_json(_document(name, shown, sample, by if grouped else ""))
    else:
        _print(name, shown, sample, texts(lang), one_by_one=not (psu or household))


def _list(*, as_json: bool) -> None:
    wanted = {name: needs(name) for name in sorted(offered())}
    if as_json:
        show_json({"measures": [{"measure": name, "needs": how} for name, how in wanted.items()]})
        return
    for name, how in wanted.items():
        screen.print(f"[bold]{name}[/bold] {' '.join(how)}", highlight=False)


def _document(name: str, shown: dict[str, Estimate], sample: Sample, by: str) -> dict[str, Any]:
    if list(shown) == [""]:
        return {"measure": name, **_numbers(shown[""], sample)}
    under, key = (by, "groups") if by else ("part", "parts")
    return {key: [{under: label, "measure": name, **_numbers(each, sample)} for label, each in shown.items()]}


def _numbers(found: Estimate, sample: Sample) -> dict[str, Any]:
    return {
        "value": found.value,
        "standard_error": found.standard_error,
        "interval": list(found.interval()),
        "degrees_of_freedom": found.degrees_of_freedom,
        "rows": found.n,
        "rows_left_out": {"missing": sample.left_out, "not_defined": found.excluded},
    }


def _print(name: str, shown: dict[str, Estimate], sample: Sample, say: Texts, *, one_by_one: bool) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("", style="bold", overflow="fold")
    for key in ("value", "measure_standard_error", "measure_interval", "measure_freedom", "measure_rows"):
        # A long name of a group is folded, never a figure.
        figures, least = key == "measure_interval", max(map(len, say(key).split()))
        table.add_column(say(key), justify="right", no_wrap=figures, min_width=least)
    for label, each in shown.items():
        low, high = each.interval()
        places = _places(each)
        between = f"{say.number(low, places)} – {say.number(high, places)}"
        freedom, rows = say.number(each.degrees_of_freedom), say.number(each.n)
        table.add_row(
            label, say.number(each.value, places), say.number(each.standard_error, places), between, freedom, rows
        )
    screen.print(f"[bold]{name}[/bold]")
    screen.print(table)
    if sample.left_out:
        screen.print(say("measure_missing", rows=say.number(sample.left_out)))
    if excluded := max((each.excluded for each in shown.values()), default=0):
        screen.print(say("measure_not_defined", rows=say.number(excluded)))
    if one_by_one:
        screen.print(say("measure_one_by_one"))


def _places(found: Estimate) -> int:
    """Return how many decimals show two figures of the standard error, at most eight."""
    error = found.standard_error or abs(found.value) / 1e4
    return min(8, max(0, 2 - math.ceil(math.log10(error)))) if error else 2


__all__ = ["measure"]
