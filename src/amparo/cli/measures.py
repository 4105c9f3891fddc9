"""amparo measure: one measure of a file of persons, with the standard error of its sample."""

from __future__ import annotations

import inspect
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import typer
from rich.table import Table

from amparo import measures
from amparo.cli.terminal import AsJson, Lang, app, screen, show_json, texts
from amparo.errors import MeasureError, nearest
from amparo.measures import Estimate, Measure, ReplicateDesign, SurveyDesign, bootstrap, jackknife
from amparo.population.sources import open_table
from amparo.texts import Texts

OPTIONS = {"line", "share", "aversion", "alpha", "p"}
FIRST = ("income", "values")
SEED = 1


@dataclass(frozen=True)
class Sample:
    """The columns that were named, and the rows in which none of them is missing."""

    columns: dict[str, Any]
    design: SurveyDesign | ReplicateDesign
    complete: Any
    left_out: int


def offered() -> dict[str, Measure[Any]]:
    """Return the measures of one column of income, whose other arguments are options of the command."""
    found = {}
    for name in measures.__all__:
        each = getattr(measures, name)
        if isinstance(each, Measure):
            wanted = inspect.signature(each).parameters
            needs = {k for k, p in wanted.items() if p.default is inspect.Parameter.empty}
            if next(iter(wanted)) in FIRST and needs <= {*FIRST, "design", *OPTIONS}:
                found[name] = each
    return found


@app.command()
def measure(
    name: Annotated[str, typer.Argument(metavar="MEASURE", help="gini, theil, s80_s20, poverty_headcount, …")],
    file: Path,
    income: Annotated[str, typer.Option(help="column of income")],
    weight: Annotated[str, typer.Option(help="column of persons each row stands for")] = "",
    strata: Annotated[str, typer.Option(help="column of strata")] = "",
    psu: Annotated[str, typer.Option(help="column of first-stage clusters")] = "",
    household: Annotated[str, typer.Option(help="column of households, the clusters where --psu is not given")] = "",
    line: Annotated[str, typer.Option(help="poverty line: an amount, or a column of one for each row")] = "",
    by: Annotated[str, typer.Option(help="column of groups")] = "",
    share: Annotated[float | None, typer.Option(help="part of the median that makes the line")] = None,
    aversion: Annotated[float | None, typer.Option(help="of Atkinson's index")] = None,
    alpha: Annotated[
        float | None, typer.Option(help="of Foster, Greer and Thorbecke, or of generalised entropy")
    ] = None,
    p: Annotated[float | None, typer.Option(help="share of persons below a quantile")] = None,
    variance: Annotated[str, typer.Option(help="linear, jackknife, bootstrap or bootstrap:REPLICATES")] = "linear",
    json_: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print a measure with its standard error, interval, and the rows it rests on and leaves out."""
    chosen = _named(name)
    stated = _stated(name, chosen, {"line": line or None, "share": share, "aversion": aversion, "alpha": alpha, "p": p})
    column = line if line and not _amount(line) else ""
    drawn = {"weight": weight, "stratum": strata, "cluster": psu, "household": household}
    sample = _read(file, [n for n in dict.fromkeys([income, by, column, *drawn.values()]) if n], drawn, variance)
    if line:
        stated["line"] = sample.columns[line] if column else float(line)
    arguments = {_first(chosen): sample.columns[income], "design": sample.design, **stated, "domain": sample.complete}
    found = chosen.by(sample.columns[by], **arguments) if by else {None: chosen(**arguments)}
    if json_:
        forms = [_document(name, each, sample, by, label) for label, each in found.items()]
        show_json({"groups": forms} if by else forms[0])
    else:
        _print(name, found, sample, texts(lang))


def _named(name: str) -> Measure[Any]:
    every = offered()
    if name not in every:
        raise MeasureError(f"no measure is called '{name}'.{nearest(name, every)}")
    return every[name]


def _first(chosen: Measure[Any]) -> str:
    return next(iter(inspect.signature(chosen).parameters))


def _stated(name: str, chosen: Measure[Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, all of them options of the measure, and none missing that it needs."""
    wanted = inspect.signature(chosen).parameters
    for option, value in given.items():
        if value is not None and option not in wanted:
            raise MeasureError(f"{name} takes no --{option}; leave it out.")
        if value is None and option in wanted and wanted[option].default is inspect.Parameter.empty:
            raise MeasureError(f"{name} needs --{option}.")
    return {option: value for option, value in given.items() if value is not None}


def _amount(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _read(file: Path, names: list[str], drawn: dict[str, str], variance: str) -> Sample:
    """Read the columns. Without its place in the design a row is dropped; without an income it is out of the domain."""
    table = open_table(file, names)
    empty = {each: np.asarray(table.column(each).combine_chunks().is_null(nan_is_null=True)) for each in names}
    lost = np.logical_or.reduce([empty[each] for each in drawn.values() if each], initial=False, axis=0)
    kept = np.broadcast_to(~lost, table.num_rows)
    columns = {each: _filled(table.column(each).combine_chunks())[kept] for each in names}
    missing = np.logical_or.reduce([empty[each][kept] for each in names])
    given = {part: columns[each] for part, each in drawn.items() if each}
    design = SurveyDesign(given.pop("weight", np.ones(int(kept.sum()))), **given)
    left_out = table.num_rows - int((~missing).sum())
    return Sample(columns, _with_variance(design, variance), ~missing, left_out)


def _filled(column: pa.Array) -> Any:
    """Return a column as numpy; what is missing gets any value, for its rows are left out."""
    kind = column.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return np.nan_to_num(np.asarray(column.cast(pa.float64()).fill_null(0.0)), nan=0.0, posinf=np.inf)
    return np.array([str(value) for value in column.to_pylist()])


def _with_variance(design: SurveyDesign, variance: str) -> SurveyDesign | ReplicateDesign:
    method, _, replicates = variance.partition(":")
    if method == "bootstrap" and (replicates or "300").isdecimal():
        return bootstrap(design, int(replicates or 300), seed=SEED)
    if variance == "jackknife":
        return jackknife(design)
    if variance != "linear":
        raise MeasureError(f"--variance is '{variance}'; write linear, jackknife, bootstrap or bootstrap:300.")
    return design


def _document(name: str, found: Estimate, sample: Sample, by: str, label: Any) -> dict[str, Any]:
    low, high = found.interval()
    form = {
        "measure": name,
        "value": found.value,
        "standard_error": found.standard_error,
        "interval": [low, high],
        "degrees_of_freedom": found.degrees_of_freedom,
        "rows": found.n,
        "rows_left_out": {"missing": sample.left_out, "not_positive": found.excluded},
    }
    return form if not by else {by: label, **form}


def _print(name: str, found: dict[Any, Estimate], sample: Sample, say: Texts) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("", style="bold")
    table.add_column(name, justify="right", no_wrap=True)
    for heading in ("standard_error", "interval", "rows"):
        table.add_column(say(f"measure_{heading}"), justify="right", no_wrap=True)
    for label, each in found.items():
        low, high = each.interval()
        places = _places(each)
        between = f"{say.number(low, places)} – {say.number(high, places)}"
        shown = (say.number(each.value, places), say.number(each.standard_error, places), between, say.number(each.n))
        table.add_row("" if label is None else str(label), *shown)
    screen.print(table)
    if sample.left_out:
        screen.print(say("measure_missing", rows=say.number(sample.left_out)))
    if excluded := sum(each.excluded for each in found.values()):
        screen.print(say("measure_not_positive", rows=say.number(excluded)))


def _places(found: Estimate) -> int:
    """Return how many decimals show two figures of the standard error, at most eight."""
    error = found.standard_error or abs(found.value) / 1e4
    return min(8, max(0, 2 - math.ceil(math.log10(error)))) if error else 2


__all__ = ["measure", "offered"]
