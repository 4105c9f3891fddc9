"""amparo simulate and demo: programmes and reforms over a population."""

from __future__ import annotations

import json
import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from amparo.cli.terminal import Lang, app, month_of, progress, save, screen, show_json, texts
from amparo.errors import CaseError
from amparo.policy import find_country
from amparo.simulate import Assumptions, open_source, read_reform, simulate
from amparo.simulate.analysis.years import read_phase_in
from amparo.simulate.assumptions.shocks import read_shock
from amparo.simulate.assumptions.take_up import read_take_up
from amparo.simulate.report import html_report
from amparo.simulate.terminal import show
from amparo.simulate.workbook import workbook


@app.command(name="simulate")
def simulate_(
    country: str,
    population: Annotated[str, typer.Option(help="casen2022:FILE, synthetic:PERSONS[:SEED], or a file with --mapping")],
    mapping: Annotated[Path | None, typer.Option(help="TOML that maps the file's columns")] = None,
    on: Annotated[str, typer.Option("--on", help="first month of law; the survey's month by default")] = "",
    months: Annotated[int, typer.Option(min=1, max=120, help="months to run, carrying states")] = 1,
    reform: Annotated[
        list[Path] | None, typer.Option(help="TOML of a reform, or the name of a shipped one; may be repeated")
    ] = None,
    uprate: Annotated[str, typer.Option(help="index that brings incomes of another year to the law's month")] = "",
    take_up: Annotated[
        list[str] | None, typer.Option(help="BENEFIT=SHARE of the entitled who claim; may be repeated")
    ] = None,
    shock: Annotated[Path | None, typer.Option(help="TOML of a shock: work, informality, wages, prices")] = None,
    phase_in: Annotated[str, typer.Option(help="share of a reform in force year by year: 0.25,0.5,1")] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="write the JSON form here; - prints it")] = None,
    report: Annotated[Path | None, typer.Option(help="write the HTML report here")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="write every table into this workbook")] = None,
    lang: Lang = "",
) -> None:
    """Simulate a country's programmes over a population, and reforms beside them."""
    say, found = texts(lang), find_country(country)
    if phase_in and not reform:
        raise CaseError("--phase-in is the share of a reform in force year by year; add --reform FILE.")
    with progress(say) as tell:
        assumed = Assumptions(
            read_take_up(take_up or [], found),
            read_shock(shock) if shock else None,
            read_phase_in(phase_in) if phase_in else (),
        )
        source, month = open_source(
            found,
            population,
            on=month_of(on) if on else None,
            mapping=mapping,
            report=tell,
            months=months,
            uprate=uprate,
        )
        reforms = [read_reform(path, found, month) for path in reform or []]
        result = simulate(found, source, on=month, months=months, reforms=reforms, assumptions=assumed, report=tell)
        if report:
            tell("write", 0.0)
            save(report, html_report(result, language=say.language))
            tell("write", 1.0)
        if xlsx:
            save(xlsx, workbook(result, language=say.language))
    if json_file and str(json_file) == "-":
        show_json(result)
        return
    if json_file:
        save(json_file, json.dumps(result, ensure_ascii=False, indent=2))
    show(result, say, screen)
    if report:
        screen.print(say("report_at", path=report), soft_wrap=True)


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="folder of the report")] = Path("build/demo"), lang: Lang = ""
) -> None:
    """Simulate a first reform (SUF doubled under six in the lower 40 %) and write its report."""
    say = texts(lang)
    data = os.environ.get("AMPARO_DATA")
    survey = Path(data) / "casen2022.parquet" if data else None
    if survey is not None and not survey.is_file():
        raise CaseError(f"AMPARO_DATA is {data}, but {survey} is not there; unset it or give the right folder.")
    screen.print(say("demo_survey", path=survey) if survey else say("demo_generated"), soft_wrap=True)
    with as_file(files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")) as reform:
        simulate_(
            "chile",
            f"casen2022:{survey}" if survey else "synthetic:200000:2022",
            on="2022-11",
            reform=[reform],
            json_file=output / "simulation.json",
            report=output / "report.html",
            lang=lang,
        )
