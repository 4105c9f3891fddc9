"""What lies beneath the headline: whom benefits reach, who is paid, what each contributes, years, shocks, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amparo.page import Html, el
from amparo.simulate.analysis.comparison import compared
from amparo.simulate.report import charts
from amparo.simulate.report.charts import Row
from amparo.simulate.report.figures import Figure, drawn_row, name_of
from amparo.simulate.report.reader import NONE, TARGETING, Document, Form, Reader
from amparo.simulate.report.rows import benefit_names, contribution_rows, last_with, reach_rows
from amparo.simulate.report.tables import number_table, with_error

COUNTED = {"recipients": "persons", "households": "households", "cost": "cost"}
FORMS = {"recipients": Form.COUNT, "households": Form.COUNT, "cost": Form.SPENDING}
SECTIONS = ("reach", "targeting", "paid_to", "contributions", "years", "shocks", "other_sources")


def deeper(document: Document, reader: Reader) -> list[Html]:
    """Return the sections that have something to say, in the order of SECTIONS."""
    return [made for name in SECTIONS if (made := WRITERS[name](document, reader))]


def present(document: Document) -> list[str]:
    """Return the names of the sections that a document has."""
    scenarios = document["scenarios"]
    found = {n: any(s[n] for s in scenarios) for n in ("reach", "targeting", "paid_to", "contributions", "years")}
    found |= {n: bool(document[n]) for n in ("shocks", "other_sources")}
    return [name for name in SECTIONS if found[name]]


def _section(name: str, reader: Reader, *inside: Any) -> Html:
    head = el("h2", reader(name), id=reader.id(name.replace("_", "-")))
    return el("section", head, *inside)


def _reach(document: Document, reader: Reader) -> Html | None:
    scenario = last_with(document, "reach")
    if scenario is None:
        return None
    names = benefit_names(document, reader)
    rows = reach_rows(scenario, names, reader)
    figure = Figure(
        reader, "reach-decile", reader("reach_title", scenario=name_of(scenario, reader)), reader("reach_unit")
    )
    heads = [reader("group"), reader("coverage"), reader("mean_benefit"), reader("adequacy")]
    tables = []
    for key in dict.fromkeys(r["benefit"] for r in scenario["reach"]):
        cells = [
            [
                group_name(r["dimension"], r["group"], reader),
                with_error(Form.SHARE, r["coverage"], reader),
                with_error(Form.MONEY, r["mean_benefit"], reader),
                with_error(Form.SHARE, r["adequacy"], reader),
            ]
            for r in scenario["reach"]
            if r["benefit"] == key
        ]
        title = reader("reach_table", benefit=names[key])
        tables.append(el("details", el("summary", title), number_table(heads, cells, title, reader)))
    summary = [[r.group, r.series, r.label] for r in rows]
    data = number_table([reader("decile"), reader.say("benefit"), reader("coverage")], summary, figure.title, reader, 2)
    drawn = figure(lambda c: charts.lines(rows, c, reader("decile_axis")), rows, data)
    return _section("reach", reader, drawn, tables)


def group_name(dimension: str, group: Any, reader: Reader) -> str:
    """Return what a group is called."""
    if dimension == "decile":
        return reader.say("decile", n=group)
    return reader(str(group)) if dimension == "sex" and group in {"female", "male"} else str(group)


def _targeting(document: Document, reader: Reader) -> Html | None:
    scenario = last_with(document, "targeting")
    if scenario is None:
        return None
    names = benefit_names(document, reader)
    title = reader("targeting_title", scenario=name_of(scenario, reader))
    heads = [reader.say("benefit"), *(reader(measure) for measure in TARGETING)]
    cells = [
        [names[each["benefit"]], *(with_error(form, each[measure], reader) for measure, form in TARGETING.items())]
        for each in scenario["targeting"]
    ]
    parts: list[Html] = [el("p", reader("targeting_more"), class_="note"), number_table(heads, cells, title, reader)]
    if rows := reach_rows(scenario, names, reader, "share_of_spending"):
        figure = Figure(reader, "spending-decile", reader("spending_decile"), reader("spending_decile_unit"))
        told = [[r.group, r.series, r.label] for r in rows]
        heads = [reader("decile"), reader.say("benefit"), reader("share_of_spending")]
        table = number_table(heads, told, figure.title, reader, 2)
        parts.append(figure(lambda c: charts.lines(rows, c, reader("decile_axis")), rows, table))
    return _section("targeting", reader, *parts)


def _paid_to(document: Document, reader: Reader) -> Html | None:
    scenario = last_with(document, "paid_to")
    if scenario is None:
        return None
    names = benefit_names(document, reader)
    sexes = list(dict.fromkeys(p["sex"] for p in scenario["paid_to"]))
    shares = {(p["benefit"], p["sex"]): p["share"] for p in scenario["paid_to"]}
    heads = [reader.say("benefit"), *(reader("nobody_collects" if s == "nobody" else s) for s in sexes)]
    cells = [
        [names[b], *(with_error(Form.SHARE, shares.get((b, s)), reader) for s in sexes)]
        for b in dict.fromkeys(p["benefit"] for p in scenario["paid_to"])
    ]
    title = f"{reader('paid_to')}: {name_of(scenario, reader)}"
    note = el("p", reader("paid_to_more"), class_="note")
    return _section("paid_to", reader, note, number_table(heads, cells, title, reader))


def _contributions(document: Document, reader: Reader) -> Html | None:
    scenario = last_with(document, "contributions")
    if scenario is None:
        return None
    names = benefit_names(document, reader)
    rows = contribution_rows(scenario, names, reader)
    cells = [
        [
            names[each["benefit"]],
            *(
                with_error(form, each["estimates"][measure], reader, signed=True)
                for measure, form in (
                    ("poverty_headcount", Form.POINTS),
                    ("poverty_gap", Form.POINTS),
                    ("gini", Form.INDEX),
                )
            ),
        ]
        for each in scenario["contributions"]
    ]
    title = reader("contributions_title", scenario=name_of(scenario, reader))
    heads = [reader.say("benefit"), *(reader(m) for m in ("poverty_headcount", "poverty_gap", "gini"))]
    figure = Figure(reader, "contributions-figure", title, reader("contributions_unit"))
    drawn = figure(lambda c: charts.steps(rows, c), rows, number_table(heads, cells, title, reader))
    return _section("contributions", reader, el("p", reader("contributions_more"), class_="note"), drawn)


def _years(document: Document, reader: Reader) -> Html | None:
    parts: list[Html] = []
    for number, scenario in enumerate(document["scenarios"]):
        if not scenario["years"]:
            continue
        title = reader.say("years_title", name=name_of(scenario, reader))
        heads = [reader.say("year"), reader.say("in_force_share"), reader.say("additional_cost"), reader("ci")]
        cells = [
            [
                str(y["year"]),
                reader.say.percent(y["share"], 0),
                with_error(Form.SPENDING, y["cost"], reader),
                reader.interval(Form.SPENDING, y["cost"]),
            ]
            for y in scenario["years"]
        ]
        size, unit = reader.scale(max(abs(y["cost"]["value"]) for y in scenario["years"]))
        rows = [
            made
            for y in scenario["years"]
            if (made := drawn_row(y["cost"], str(y["year"]), "", reader.value(Form.SPENDING, y["cost"]), size))
        ]
        figure = Figure(reader, f"years-{number}", title, f"{reader.symbol} {unit}".strip())
        table = number_table(heads, cells, title, reader)
        parts.append(figure(_columns(rows, reader), rows, table, reader.say("constant_prices"), wide="half"))
    return _section("years", reader, parts) if parts else None


def _columns(rows: Sequence[Row], reader: Reader) -> Any:
    return lambda canvas: charts.columns(rows, canvas, reader.say("year"))


def _shocks(document: Document, reader: Reader) -> Html | None:
    if not document["shocks"]:
        return None
    title = reader.say("shock_title", name=reader.of(document["shock"]["names"]))
    measures = (
        (reader.say("lost"), "lost", Form.SPENDING),
        (reader.say("given_back"), "given_back", Form.SPENDING),
        (reader.say("absorbed"), "absorbed", Form.SHARE),
    )
    laws = document["shocks"]
    cells = [[name, *(with_error(form, law[key], reader) for law in laws)] for name, key, form in measures]
    for key, form in (("poverty_headcount", Form.POINTS), ("gini", Form.INDEX)):
        moved = [with_error(form, law["change"][key], reader, signed=True) for law in laws]
        cells.append([f"{reader(key)}: {reader('change').lower()}", *moved])
    heads = [reader("measure"), *(reader.title(law["names"]) for law in laws)]
    return _section("shocks", reader, number_table(heads, cells, title, reader))


def _other_sources(document: Document, reader: Reader) -> Html | None:
    if not document["other_sources"]:
        return None
    simulated = {b["benefit"]: b for b in document["scenarios"][0]["benefits"]}
    heads = [
        reader.say("benefit"), reader("measure"), reader("simulated"), reader("surveyed"), reader("ratio"),
        reader("published"), reader("ratio"),
    ]  # fmt: skip
    cells, notes = [], []
    for each in document["other_sources"]:
        published = each["published"]
        for key, (survey, known) in compared(each).items():
            ours, form = simulated[each["benefit"]][key], FORMS[key]
            row = [reader.of(each["names"]), reader(COUNTED[key]), reader.value(form, ours)]
            for other in (survey, known):
                row += [NONE if other is None else reader.figure(form, other), _ratio(ours, other, reader)]
            cells.append(row)
        if published:
            mark = reader.say(published["confidence"].replace(" ", "_"))
            notes.append(el("li", f"{reader.of(each['names'])}, {published['month']}: {published['source']} ({mark})"))
    title = reader("other_sources")
    more = el("p", reader("other_sources_more"), class_="note")
    return _section("other_sources", reader, more, number_table(heads, cells, title, reader, words=2), el("ul", notes))


def _ratio(ours: Mapping[str, float] | None, other: float | None, reader: Reader) -> str:
    return NONE if not ours or not other else reader.say.number(ours["value"] / other, 2)


WRITERS = {
    "reach": _reach,
    "targeting": _targeting,
    "paid_to": _paid_to,
    "contributions": _contributions,
    "years": _years,
    "shocks": _shocks,
    "other_sources": _other_sources,
}
