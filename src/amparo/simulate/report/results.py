"""The results of a report: cost, poverty, winners and losers, each drawn and tabulated with its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amparo.page import Html, el
from amparo.simulate.report import charts
from amparo.simulate.report.cards import baseline_cards, reform_cards
from amparo.simulate.report.charts import Row
from amparo.simulate.report.figures import Drawing, Figure, drawn_row, name_of
from amparo.simulate.report.opening import reforms_of
from amparo.simulate.report.reader import WELFARE, Document, Form, Reader, known
from amparo.simulate.report.rows import benefit_name, cost_rows, poverty_panels
from amparo.simulate.report.tables import number_table, spelled, spelled_heads, with_error, with_interval


def results(document: Document, reader: Reader) -> list[Html]:
    """Return the sections from the cost to who gains and who loses."""
    scenarios = document["scenarios"]
    if not scenarios:
        return []
    sections = [_spending(document, reader), _poverty(document, reader)]
    if any(s["by_decile"] or s["by_sex"] for s in scenarios):
        sections.append(_incidence(document, reader))
    return [s for s in sections if s]


def in_short(document: Document, reader: Reader) -> Html | None:
    """Return the answer on cards; nothing where nothing could be simulated."""
    if not document["scenarios"]:
        return None
    baseline, reforms = document["scenarios"][0], reforms_of(document)
    head = el("h2", reader("results"), id=reader.id("results"))
    if not reforms:
        return el("section", head, el("h3", name_of(baseline, reader)), baseline_cards(baseline, reader))
    parts = []
    for number, each in enumerate(reforms, 1):
        kicker = el("span", reader("reform", n=number), class_="which") if len(reforms) > 1 else None
        parts.append(el("h3", kicker, name_of(each, reader)))
        parts.append(reform_cards(baseline, each, reader))
    return el("section", head, parts)


def _spending(document: Document, reader: Reader) -> Html | None:
    scenarios = document["scenarios"]
    spent = [(s, b) for s in scenarios for b in s["benefits"]]
    if not any(known(b["cost"]) for _, b in spent):
        return None
    rows, unit = cost_rows(document, reader)
    unit = (
        f"{unit.capitalize()} de {reader.symbol}"
        if unit and reader.language != "en"
        else f"{reader.symbol} {unit}".strip()
    )
    figure = Figure(reader, "cost", reader("cost_title"), reader("cost_unit", unit=unit))
    heads = [reader.say("benefit"), reader("scenario"), *spelled_heads(reader, reader("cost"))]
    cells = [[benefit_name(b, reader), name_of(s, reader), *spelled(Form.MONEY, b["cost"], reader)] for s, b in spent]
    table = number_table(heads, cells, figure.title, reader, words=2)
    return el(
        "section",
        el("h2", reader("spending"), id=reader.id("spending")),
        figure(lambda c: charts.bars(rows, c), rows, table),
        _recipients(document, "recipients", reader("recipients_title"), reader),
        _recipients(document, "households", reader("households_title"), reader),
    )


def _recipients(document: Document, what: str, title: str, reader: Reader) -> Html:
    """Return how many persons or households receive each benefit, one column for each law."""
    found = [{b["benefit"]: b for b in s["benefits"]} for s in document["scenarios"]]
    cells = [
        [
            benefit_name(next(law[key] for law in found if key in law), reader),
            *(with_error(Form.COUNT, law.get(key, {}).get(what), reader) for law in found),
        ]
        for key in dict.fromkeys(k for law in found for k in law)
    ]
    return number_table([reader.say("benefit"), *short_names(document, reader)], cells, title, reader)


def short_names(document: Document, reader: Reader) -> list[str]:
    """Return what each law is called at the head of a column: a reform's whole name is too long there."""
    baseline, *reforms = document["scenarios"]
    if len(reforms) == 1:
        return [name_of(baseline, reader), reader("with_reform")]
    return [name_of(baseline, reader), *(reader("reform", n=n) for n in range(1, len(reforms) + 1))]


def _poverty(document: Document, reader: Reader) -> Html | None:
    scenarios = document["scenarios"]
    panels = poverty_panels(document, reader)
    if not panels:
        return None
    figure = Figure(reader, "headcounts", reader("poverty_title"), reader("poverty_unit"))
    every = [r for _, rows in panels for r in rows]
    heads = [reader("measure"), reader("scenario"), *spelled_heads(reader, reader.say("value"))]
    cells = [
        [reader(m), name_of(s, reader), *spelled(WELFARE[m][0], s["welfare"].get(m), reader)]
        for m in ("poverty_headcount", "extreme_poverty_headcount")
        for s in scenarios
    ]
    note = reader("same_households") if len(scenarios) > 1 else None
    return el(
        "section",
        el("h2", reader("poverty"), id=reader.id("poverty")),
        figure(
            lambda c: charts.dots(panels, c), every, number_table(heads, cells, figure.title, reader, words=2), note
        ),
        _welfare(document, reader),
    )


def _welfare(document: Document, reader: Reader) -> Html:
    """Return the measures of welfare, one column for each law, each reform followed by its change."""
    scenarios = document["scenarios"]
    heads = [reader("measure")]
    for number, name in enumerate(short_names(document, reader)):
        heads += [name] if number == 0 else [name, reader("change")]
    cells = []
    for measure, (level, moved) in WELFARE.items():
        row: list[str] = [reader(measure)]
        for number, s in enumerate(scenarios):
            row.append(with_error(level, s["welfare"].get(measure), reader))
            if number:
                row.append(with_interval(moved, s["change"].get(measure), reader))
        cells.append(row)
    return number_table(heads, cells, reader("welfare_title"), reader)


def _incidence(document: Document, reader: Reader) -> Html:
    reforms = reforms_of(document)
    parts: list[Html] = []
    for number, each in enumerate(reforms, 1):
        if len(reforms) > 1:
            parts.append(el("h3", el("span", reader("reform", n=number), class_="which"), name_of(each, reader)))
        losses = [i["losers"] for i in each["by_decile"]]
        if losses and all(known(found) and found["value"] == 0 for found in losses):
            parts.append(el("p", reader("nobody_loses"), class_="note"))
        grids = [(k, each[f"by_{k}"]) for k in ("decile", "sex", "age_group")]
        parts += [el("div", _groups(kind, number, found, reader), class_="pair") for kind, found in grids if found]
        if each["by_region"]:
            parts.append(_regions(number, each["by_region"], reader))
    return el("section", el("h2", reader("incidence"), id=reader.id("incidence")), parts)


def _groups(kind: str, number: int, found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Html]:
    """Return the two figures of a reform for a kind of group: who gains and loses, and by how much on average."""
    names = [_group(kind, i["group"], reader) for i in found]
    axis = reader("decile_axis") if kind == "decile" else reader(kind)
    rows: dict[str, list[Row]] = {}
    for key, form, signed in (
        ("winners", Form.SHARE, False),
        ("losers", Form.SHARE, False),
        ("mean_change", Form.MONEY, True),
    ):
        label = reader(key)
        drawn = [
            drawn_row(i[key], n, label, reader.value(form, i[key], signed=signed))
            for n, i in zip(names, found, strict=True)
        ]
        rows[key] = [r for r in drawn if r]
    heads = [reader(kind), *spelled_heads(reader, reader("winners")), *spelled_heads(reader, reader("losers"))]
    cells = [
        [n, *spelled(Form.SHARE, i["winners"], reader), *spelled(Form.SHARE, i["losers"], reader)]
        for n, i in zip(names, found, strict=True)
    ]
    drawn_figures = []
    both = [*rows["winners"], *rows["losers"]]
    if both:
        figure = Figure(reader, f"by-{kind}-{number}", reader(f"by_{kind}"), reader(f"by_{kind}_unit"))
        table = number_table(heads, cells, figure.title, reader)
        draw: Drawing = lambda c: charts.diverging(rows["winners"], rows["losers"], c, axis)  # noqa: E731
        drawn_figures.append(figure(draw, both, table, wide="half"))
    if moved := rows["mean_change"]:
        unit = reader("mean_unit", symbol=reader.symbol)
        figure = Figure(reader, f"mean-by-{kind}-{number}", reader(f"mean_by_{kind}"), unit)
        heads = [reader(kind), *spelled_heads(reader, reader("mean_change"))]
        cells = [
            [n, *spelled(Form.MONEY, i["mean_change"], reader, signed=True)] for n, i in zip(names, found, strict=True)
        ]
        table = number_table(heads, cells, figure.title, reader)
        drawn_figures.append(figure(lambda c: charts.columns(moved, c, axis), moved, table, wide="half"))
    return drawn_figures


def _regions(number: int, found: Sequence[Mapping[str, Any]], reader: Reader) -> Html:
    """Return the mean change in each region, in the order in which the country lists them."""
    rows = [
        row
        for i in found
        if (row := drawn_row(i["mean_change"], str(i["group"]), "", reader.value(Form.MONEY, i["mean_change"])))
    ]
    heads = [reader("region"), *spelled_heads(reader, reader("mean_change"))]
    cells = [[str(i["group"]), *spelled(Form.MONEY, i["mean_change"], reader, signed=True)] for i in found]
    figure = Figure(reader, f"mean-by-region-{number}", reader("by_region"), reader("mean_unit", symbol=reader.symbol))
    return figure(lambda c: charts.ladder(rows, c), rows, number_table(heads, cells, figure.title, reader))


def _group(kind: str, group: Any, reader: Reader) -> str:
    return reader(str(group)) if kind == "sex" and group in {"female", "male"} else str(group)
