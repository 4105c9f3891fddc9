"""The command line: programmes, inputs, parameters, decide, simulate, demo.

Every command prints for a person, in their language, or with --json in a stable form (docs/reference/json.md).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from amparo import __version__
from amparo.errors import AmparoError, CaseError
from amparo.execute.exact import Decision, decide
from amparo.execute.values import Unknown, Value
from amparo.expr import Input, Kind, Op, Parameter, Type
from amparo.policy import Benefit, Country, Edition, Programme, countries, find_country, find_programme, reason_of
from amparo.simulate import open_source, read_reform, simulate
from amparo.simulate.report import html_report
from amparo.simulate.scenario import Report
from amparo.simulate.terminal import show
from amparo.texts import LANGUAGES, Texts, preferred_language

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
screen = Console()
notes = Console(stderr=True)

Lang = Annotated[str, typer.Option("--lang", help="es, pt or en", show_default="the system's")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON in the documented form")]
On = Annotated[str, typer.Option("--on", help="month or day of the law: 2025-10 or 2025-10-15")]


def main() -> None:
    """Run the command line; an error of ours is one sentence, never a traceback."""
    try:
        app(standalone_mode=True)
    except AmparoError as error:
        notes.print(f"[red]✗[/red] {error}", highlight=False, markup=True, soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(141)


def month_of(text: str) -> date:
    """Read a month or day, or say how to write one."""
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        raise CaseError(f"'{text}' is no month: write it as 2025-10 or 2025-10-15.") from None


def texts(language: str) -> Texts:
    """Return the reader's texts."""
    if language and language not in LANGUAGES:
        raise CaseError(f"amparo speaks {', '.join(LANGUAGES)}, not '{language}'.")
    return Texts(language or preferred_language())


def show_json(content: Any) -> None:
    """Print JSON for a program: UTF-8, exact amounts as text."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="print the version")] = False) -> None:
    """Rules of social protection that you can read, run and prove."""
    if show:
        screen.print(f"amparo {__version__}")
        raise typer.Exit


@app.command()
def programmes(lang: Lang = "", as_json: AsJson = False) -> None:
    """List the programmes of every installed country."""
    found = [(c, p) for c in countries().values() for p in c.programmes]
    if as_json:
        show_json(
            [
                {
                    "country": c.key,
                    "programme": p.key,
                    "names": dict(p.names),
                    "regimes": [
                        {"since": r.since, "until": r.until, "benefits": [b.key for b in r.benefits]} for r in p.regimes
                    ],
                }
                for c, p in found
            ]
        )
        return
    say = texts(lang)
    table = Table(say("country"), say("programme"), "", say("benefit"), say("law_since"))
    for c, p in found:
        benefits = ", ".join(say.of(b.names) for b in p.benefits)
        table.add_row(say.of(c.names), f"[bold]{p.key}[/bold]", say.of(p.names), benefits, say.day(p.regimes[0].since))
    screen.print(table)


def _part(country: Country, programme: Programme, on: date) -> Edition:
    regime = programme.regime(on)
    return country.on(on).only(regime.benefits)


def _latest(country: Country, programme: Programme) -> Edition:
    """Return the programme's law in its newest encoded month."""
    regime = programme.regimes[-1]
    ends = [v.since for b in regime.benefits for v in _values(country.on(regime.since).only([b]))]
    return country.on(max([regime.since, *ends])).only(regime.benefits)


def _values(edition: Edition) -> list[Any]:
    return [v for p in edition.parameters for v in p.values]


def _range(declared: Input[Any]) -> str:
    if declared.type.categories:
        return " | ".join(declared.type.categories)
    if declared.low is None and declared.high is None:
        return ""
    return f"{'' if declared.low is None else declared.low} … {'' if declared.high is None else declared.high}"


@app.command()
def inputs(
    programme: str,
    on: Annotated[str, typer.Option("--on", help="month of the law; the newest by default")] = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """List what a programme asks about a household and its members."""
    country, found = find_programme(programme)
    edition = _part(country, found, month_of(on)) if on else _latest(country, found)
    relations = {
        k: r
        for k, r in country.household.member.relations.items()
        if any(
            getattr(a, "relation", a) is r for op in (Op.GATHER, Op.EXISTS, Op.IS) for a in edition.graph.attributes(op)
        )
    }
    if as_json:
        show_json(
            {
                "programme": found.key,
                "month": edition.month,
                "inputs": [
                    {
                        "key": i.key,
                        "entity": i.entity.value,
                        "type": i.type.kind.value,
                        "currency": i.type.currency.code if i.type.currency else None,
                        "categories": list(i.type.categories),
                        "low": i.low,
                        "high": i.high,
                        "sources": list(i.sources),
                        "labels": dict(i.labels),
                    }
                    for i in edition.inputs
                ],
                "relations": [{"key": r.key, "labels": dict(r.labels)} for r in relations.values()],
            }
        )
        return
    say = texts(lang)
    table = Table(say("input"), say("meaning"), say("entity"), say("kind"), say("range"), say("sources"))
    for i in edition.inputs:
        kind = i.type.currency.code if i.type.currency else i.type.kind.value
        table.add_row(
            f"[bold]{i.key}[/bold]", say.of(i.labels), say(i.entity.value), kind, _range(i), ", ".join(i.sources)
        )
    for r in relations.values():
        table.add_row(f"[bold]{r.key}[/bold]", say.of(r.labels), say("person"), "→ " + say("person"), "", "")
    screen.print(table)


def _figure(parameter: Parameter, edition: Edition, say: Texts) -> list[str]:
    dated = edition.dated(parameter)
    if dated is None:
        return [say("not_in_force"), "", "", ""]
    shown = say("unknown") if dated.value is None else _amount(dated.value, parameter.type, say)
    mark = say(dated.confidence.name.lower())
    return [shown, str(dated.since), mark, dated.source + (f" — {dated.note}" if dated.note else "")]


@app.command()
def parameters(programme: str, on: On, lang: Lang = "", as_json: AsJson = False) -> None:
    """List the figures of the law that a programme uses on a date, with source and confidence."""
    country, found = find_programme(programme)
    edition = _part(country, found, month_of(on))
    if as_json:
        show_json(
            {
                "programme": found.key,
                "month": edition.month,
                "parameters": [parameter_json(p, edition) for p in edition.parameters],
            }
        )
        return
    say = texts(lang)
    table = Table(say("parameter"), say("meaning"), say("value"), say("since"), say("confidence"), say("source"))
    for p in edition.parameters:
        shown, since, mark, source = _figure(p, edition, say)
        style = "" if mark == say("verified") else "yellow"
        table.add_row(
            f"[bold]{p.key}[/bold]", say.of(p.labels), shown, since, f"[{style}]{mark}[/]" if style else mark, source
        )
    screen.print(table)


def parameter_json(parameter: Parameter, edition: Edition) -> dict[str, Any]:
    """Return a figure in the documented form."""
    dated = edition.dated(parameter)
    return {
        "key": parameter.key,
        "labels": dict(parameter.labels),
        "unit": str(parameter.type),
        "value": exact_text(dated.value) if dated and dated.value is not None else None,
        "since": dated.since if dated else None,
        "until": dated.until if dated else None,
        "source": dated.source if dated else None,
        "confidence": dated.confidence.value if dated else None,
        "note": dated.note if dated else "",
    }


def exact_text(value: Fraction) -> str:
    """Write an exact number: as a decimal when it has one, as a fraction otherwise."""
    number = Fraction(value)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return format(decimal.normalize(), "f") if Fraction(decimal) == number else str(number)


def _amount(value: Value, type_: Type, say: Texts) -> str:
    if isinstance(value, Unknown):
        if (
            value.low == value.low
            and type_.numeric
            and abs(value.low) != float("inf")
            and abs(value.high) != float("inf")
        ):
            low, high = (_amount(Fraction(x), type_, say) for x in (value.low, value.high))
            return say("between", low=low, high=high)
        return "?"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if type_.kind is Kind.MONEY and type_.currency:
        places = type_.currency.decimals if Fraction(value * 10**type_.currency.decimals).denominator == 1 else 6  # type: ignore[operator]
        return say.money(float(value), type_.currency.symbol, places)  # type: ignore[arg-type]
    if isinstance(value, (int, Fraction)):
        return say.number(float(value), 0 if Fraction(value).denominator == 1 else 4)
    return str(value)


def value_json(value: Value) -> Any:
    """Return an exact or unknown value in the documented form."""
    if isinstance(value, Unknown):
        low, high = (None if isinstance(x, float) else exact_text(Fraction(x)) for x in (value.low, value.high))
        return {"depends_on": sorted(value.because), "low": low, "high": high}
    return exact_text(Fraction(value)) if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else value


def read_json(path: Path) -> Any:
    """Read a JSON file with exact decimals, or say where it is wrong."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}.") from None
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise CaseError(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None


@app.command(name="decide")
def decide_(
    programme: str,
    case: Annotated[Path, typer.Argument(help="one household as JSON; - for standard input")],
    on: On,
    explain: Annotated[bool, typer.Option("--explain", help="show every provision applied")] = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Decide one household: what it is entitled to, or on what the answer depends."""
    country, found = find_programme(programme)
    regime = found.regime(month_of(on))
    raw = read_json(case)
    if not isinstance(raw, dict):
        raise CaseError(f'{case} must hold one household: an object with "household" and "members".')
    decision = decide(country.on(month_of(on)).only(regime.benefits), raw)
    if as_json:
        show_json(decision_json(decision, found, regime.benefits))
        return
    _show_decision(decision, found, regime.benefits, texts(lang), explain=explain)


def decision_json(decision: Decision, programme: Programme, benefits: tuple[Benefit, ...]) -> dict[str, Any]:
    """Return a decision in the documented form."""
    edition = decision.edition
    return {
        "programme": programme.key,
        "month": edition.month,
        "version": edition.version,
        "benefits": [
            {
                "key": b.key,
                "names": dict(b.names),
                "timing": b.timing.value,
                "currency": edition.country.currency.code,
                "total": value_json(decision.total(b)),
                "members": dict(zip(decision.case.ids, map(value_json, amounts), strict=True))
                if isinstance(amounts := decision.amounts[b.key], list)
                else None,
            }
            for b in benefits
        ],
        "depends_on": decision.depends_on,
        "steps": [
            {
                "provision": s.key,
                "article": s.source,
                "meaning": s.meaning,
                "member": s.member,
                "value": value_json(s.value),
                "parameters": [p.key for p in s.parameters],
            }
            for s in decision.steps
        ],
        "figures_to_check": [parameter_json(p, edition) for p in decision.to_check],
    }


def _show_decision(
    decision: Decision, programme: Programme, benefits: tuple[Benefit, ...], say: Texts, *, explain: bool
) -> None:
    edition = decision.edition
    screen.print(f"[bold]{say.of(programme.names)}[/bold] · {say('decision_for', month=say.month(edition.month))}")
    types = {n.attr.key: n.type for n in edition.graph.nodes if n.op is Op.PROVISION}
    table = Table(say("benefit"), say("member"), say("value"), "")
    for b in benefits:
        amounts = decision.amounts[b.key]
        timing = say(b.timing.name.lower() if b.timing.name != "NOW" else "paid_now")
        rows = (
            zip(decision.case.ids, amounts, strict=True) if isinstance(amounts, list) else [(say("household"), amounts)]
        )
        for who, value in rows:
            if value != 0:
                table.add_row(say.of(b.names), who, _amount(value, types[b.amount.key], say), timing)
        if decision.total(b) == 0:
            table.add_row(say.of(b.names), "", say("nothing"), "")
    screen.print(table)
    if decision.depends_on:
        screen.print(f"[yellow]{say('depends_on')}:[/yellow] {', '.join(decision.depends_on)}")
    if explain:
        _show_steps(decision, types, programme, say)
    if decision.to_check:
        screen.print(f"[yellow]{say('figures_to_check')}:[/yellow]")
        for p in decision.to_check:
            shown, _, mark, source = _figure(p, edition, say)
            screen.print(f"  · {say.of(p.labels) or p.key}: {shown} ({mark}; {source})", highlight=False)
    else:
        screen.print(f"[green]{say('nothing_to_check')}[/green]")
    screen.print(f"[dim]{say('version')} {edition.version}[/dim]")


@contextmanager
def progress(say: Texts) -> Iterator[Report]:
    """Show what is being done and how far it is, on the error stream."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=notes, transient=True)
    tasks: dict[str, Any] = {}
    with bar:

        def report(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(say(f"step_{step}"), total=1.0)
            bar.update(tasks[step], completed=share)

        yield report


@app.command(name="simulate")
def simulate_(
    country: str,
    population: Annotated[str, typer.Option(help="casen2022:FILE, synthetic:PERSONS[:SEED], or a file with --mapping")],
    mapping: Annotated[Path | None, typer.Option(help="TOML that maps the file's columns")] = None,
    on: Annotated[str, typer.Option("--on", help="first month of law; the survey's month by default")] = "",
    months: Annotated[int, typer.Option(min=1, max=120, help="months to run, carrying states")] = 1,
    reform: Annotated[list[Path] | None, typer.Option(help="TOML of a reform; may be repeated")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the JSON form here; - prints it")] = None,
    report: Annotated[Path | None, typer.Option(help="write the HTML report here")] = None,
    lang: Lang = "",
) -> None:
    """Simulate a country's programmes over a population, and reforms beside them."""
    say, found = texts(lang), find_country(country)
    with progress(say) as tell:
        source, month = open_source(found, population, on=month_of(on) if on else None, mapping=mapping, report=tell)
        reforms = [read_reform(path, found, month) for path in reform or []]
        result = simulate(found, source, on=month, months=months, reforms=reforms, report=tell)
        if report:
            tell("write", 0.0)
            save(report, html_report(result, language=say.language))
            tell("write", 1.0)
    if json_file and str(json_file) == "-":
        show_json(result)
        return
    if json_file:
        save(json_file, json.dumps(result, ensure_ascii=False, indent=2))
    show(result, say, screen)
    if report:
        screen.print(say("report_at", path=report), soft_wrap=True)


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all, or say why not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise CaseError(f"cannot write {path}: {error.strerror}.") from None


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


def _show_steps(decision: Decision, types: dict[str, Type], programme: Programme, say: Texts) -> None:
    table = Table(say("article"), say("provision"), say("member"), say("value"), say("figures_used"))
    for s in decision.steps:
        figures = ", ".join(
            f"{say.of(p.labels) or p.key} = {_figure(p, decision.edition, say)[0]}" for p in s.parameters
        )
        meaning = reason_of(decision.edition.country, s.key, say.language) or s.meaning
        table.add_row(
            s.source, meaning, s.member or "", _amount(s.value, types.get(s.key, Type(Kind.NUMBER)), say), figures
        )
    screen.print(table)
