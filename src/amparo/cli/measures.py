"""amparo measure: one measure of a file of persons, with the standard error of its sample."""

from __future__ import annotations

import inspect
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
    alpha: Annotated[float | None, typer.Option(help="of Foster, Greer and Thorbecke, or of generalised entropy")] = None,
    p: Annotated[float | None, typer.Option(help="share of persons below a quantile")] = None,
    variance: Annotated[str, typer.Option(help="linear, jackknife, bootstrap or bootstrap:REPLICATES")] = "linear",
    json_: AsJson = False,
    lang: Lang = "",
) -> None:
    """Print a measure with its standard error, interval, and the rows it rests on and leaves out."""
    chosen = _named(name)
    given = {"line": line or None, "share": share, "aversion": aversion, "alpha": alpha, "p": p}
    wanted = inspect.signature(chosen).parameters
    for option, value in given.items():
        if value is not None and option not in wanted:
            raise MeasureError(f"{name} takes no --{option}; leave it out.")
        if value is None and option in wanted and wanted[option].default is inspect.Parameter.empty:
            raise MeasureError(f"{name} needs --{option}.")
    stated = {option: value for option, value in given.items() if value is not None}
    named = [income, weight, strata, psu, household, by, line if line and not _amount(line) else ""]
    sample = _read(file, [n for n in dict.fromkeys(named) if n], weight, strata, psu, household, variance)
    if "line" in stated:
        stated["line"] = float(line) if _amount(line) else sample.columns[line]
    arguments = {next(iter(wanted)): sample.columns[income], "design": sample.design, **stated, "domain": sample.complete}
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


def _amount(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _read(
    file: Path, names: list[str], weight: str, strata: str, psu: str, household: str, variance: str
) -> Sample:
    """Read the columns; rows in which one is missing have weight zero and are counted."""
    table = open_table(file, names)
    missing = np.zeros(table.num_rows, np.bool_)
    columns = {}
    for each in names:
        column = table.column(each).combine_chunks()
        empty = np.asarray(column.is_null(nan_is_null=True))
        missing |= empty
        columns[each] = _filled(column, each == weight)
    weights = columns[weight] if weight else np.ones(table.num_rows)
    design: SurveyDesign | ReplicateDesign = SurveyDesign(
        np.where(missing, 0.0, weights),
        columns[strata] if strata else None,
        columns[psu] if psu else None,
        household=columns[household] if household else None,
    )
    return Sample(columns, _with_variance(design, variance), ~missing, int(missing.sum()))


def _filled(column: pa.Array, weight: bool) -> Any:
    """Return a column as numpy; what is missing gets any value, for its rows are left out."""
    numeric = pa.types.is_floating(column.type) or pa.types.is_integer(column.type) or pa.types.is_decimal(column.type)
    if not numeric:
        return np.array([str(v) for v in column.to_pylist()])
    values = np.asarray(column.cast(pa.float64()).fill_null(0.0))
    return np.nan_to_num(values, nan=0.0) if weight else np.where(np.isnan(values), 0.0, values)


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
    for heading in ("", name, "standard_error", "interval", "rows", "not_positive"):
        table.add_column(heading if heading in ("", name) else say(f"measure_{heading}"), justify="right")
    for label, each in found.items():
        low, high = each.interval()
        figures = (each.value, each.standard_error)
        shown = [say.number(f, digits=6) for f in figures]
        between = f"{say.number(low, digits=6)} – {say.number(high, digits=6)}"
        table.add_row("" if label is None else str(label), *shown, between, say.number(each.n), say.number(each.excluded))
    screen.print(table)
    if sample.left_out:
        screen.print(say("measure_missing", rows=say.number(sample.left_out)))


__all__ = ["measure", "offered"]
