"""amparo programmes, inputs, parameters: what the law of a programme is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from amparo.cli.amounts import figure_cells, parameter_json
from amparo.cli.terminal import AsJson, Lang, On, app, month_of, screen, show_json, texts
from amparo.expr import Input, Op
from amparo.expr.outline import Line, outline
from amparo.expr.render import formula, key_in_words, prose
from amparo.policy import Country, Edition, Programme, countries, find_programme, name_of
from amparo.texts import Texts

SOURCES = ("self-report", "register", "document", "professional")


def _table(say: Texts, key: str, *others: str) -> Table:
    """Return an empty table; its first column holds what a command takes, and is never cut."""
    table = Table()
    table.add_column(say(key), no_wrap=True, style="bold")
    for each in others:
        table.add_column(say(each))
    return table


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
                        {
                            "since": r.since,
                            "until": r.until,
                            "benefits": [b.key for b in r.benefits],
                            "findings": [f.key for f in r.findings],
                        }
                        for r in p.regimes
                    ],
                }
                for c, p in found
            ]
        )
        return
    say = texts(lang)
    table = _table(say, "programme", "country", "name", "law_since")
    for c, p in found:
        table.add_row(p.key, say.of(c.names), say.of(p.names), f"{p.regimes[0].since:%Y-%m}")
    screen.print(table)


def _part(country: Country, programme: Programme, on: date) -> Edition:
    regime = programme.regime(on)
    return country.on(on).only(regime.benefits, regime.findings)


def _latest(country: Country, programme: Programme) -> Edition:
    """Return the programme's law in its newest encoded month."""
    regime = programme.regimes[-1]
    ends = [v.since for v in _values(country.on(regime.since).only(regime.benefits, regime.findings))]
    newest = max(day for day in [regime.since, *ends] if regime.in_force(day))
    return country.on(newest).only(regime.benefits, regime.findings)


def _values(edition: Edition) -> list[Any]:
    return [v for p in edition.parameters for v in p.values]


def _range(declared: Input[Any]) -> str:
    if declared.type.categories:
        return " | ".join(declared.type.categories)
    if declared.low is None and declared.high is None:
        return ""
    return f"{'' if declared.low is None else declared.low} … {'' if declared.high is None else declared.high}"


def _source(name: str, say: Texts) -> str:
    """Return who may state an input, in the reader's words; a ministry's own word as it is."""
    return say(f"source_{name.replace('-', '_')}") if name in SOURCES else name


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
                "month": f"{edition.month:%Y-%m}",
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
    table = _table(say, "input", "meaning", "entity", "kind")
    for i in edition.inputs:
        kind = i.type.currency.code if i.type.currency else say(f"kind_{i.type.kind.name.lower()}")
        meaning = (
            f"{escape(say.of(i.labels))}\n[dim]{escape(', '.join(_source(each, say) for each in i.sources))}[/dim]"
        )
        table.add_row(i.key, meaning, say(i.entity.value), f"{kind}\n[dim]{escape(_range(i))}[/dim]")
    for r in relations.values():
        table.add_row(r.key, say.of(r.labels), say("person"), "→ " + say("person"))
    screen.print(table)


@app.command()
def parameters(programme: str, on: On, lang: Lang = "", as_json: AsJson = False) -> None:
    """List the figures of the law that a programme uses on a date, with source and confidence."""
    country, found = find_programme(programme)
    edition = _part(country, found, month_of(on))
    if as_json:
        show_json(
            {
                "programme": found.key,
                "month": f"{edition.month:%Y-%m}",
                "parameters": [parameter_json(p, edition) for p in edition.parameters],
            }
        )
        return
    say = texts(lang)
    for p in edition.parameters:
        shown, since, mark, source = figure_cells(p, edition, say)
        style = "" if mark == say("verified") else "yellow"
        screen.print(f"[bold]{p.key}[/bold]  {escape(say.of(p.labels))}", highlight=False)
        dated = " · ".join(filter(None, [shown, since, mark]))
        screen.print(Padding(f"[{style}]{dated}[/]" if style else dated, (0, 0, 0, 2)))
        screen.print(Padding(f"[dim]{escape(source)}[/dim]", (0, 0, 1, 2)))


@app.command()
def rules(
    programme: str,
    on: On,
    as_formula: Annotated[bool, typer.Option("--formula", help="as formulas instead of sentences")] = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Read every provision of a programme: its article, and what it says, in words or as a formula."""
    country, found = find_programme(programme)
    edition = _part(country, found, month_of(on))
    say = texts(lang)

    def name(provision: Any) -> str:
        return name_of(country, provision.key, say.language) or key_in_words(provision)

    write = formula if as_formula else prose
    provisions = [n for n in edition.graph.nodes if n.op is Op.PROVISION]
    read = [(n.attr, write(n, say.language, on=edition.month, name=name)) for n in provisions]
    if as_json:
        show_json([{"provision": a.key, "article": str(a.source), "name": name(a), "text": text} for a, text in read])
        return
    for n, (attribute, text) in zip(provisions, read, strict=True):
        lines = [Line(0, text)] if as_formula else outline(n, say.language, on=edition.month, name=name)
        screen.print(f"[bold]{escape(name(attribute))}[/bold]  [dim]{escape(str(attribute.source))}[/dim]")
        for line in lines:
            screen.print(Padding(escape(line.text), (0, 0, 0, 2 + 2 * line.depth)))
        screen.print()
