"""How a report ends: the method by name, the versions, and the order that repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.page import Html, el
from amparo.simulate.report.opening import reforms_of, sentence_of
from amparo.simulate.report.reader import Document, Form, Reader


def method(document: Document, reader: Reader) -> Html:
    """Return the section that lets someone else judge and repeat the numbers."""
    poverty, population = document["method"]["poverty"], document["population"]
    line = reader(
        "line",
        line=reader.figure(Form.MONEY, poverty["line"]),
        extreme=reader.figure(Form.MONEY, poverty["extreme_line"]),
        exponent=reader.say.number(poverty["exponent"], 0 if poverty["exponent"] == 1 else 2),
    )
    source = population["source"]
    entries = [
        (reader("population"), [el("p", population["label"]), el("p", source, class_="note") if source else None]),
        (reader("poverty_method"), [el("p", sentence_of(reader.of(poverty["names"]))), el("p", line)]),
        (reader("income"), [el("p", reader.of(document["method"]["income"]))]),
        (reader("variance"), [el("p", sentence_of(reader.of(document["method"]["variance"])))]),
        (reader("precision"), [el("p", _doubtful(s, reader)) for s in document["scenarios"]]),
        (reader("versions"), [_versions(document, reader)]),
        (reader("reproduce"), [el("p", reader("reproduce_more")), el("pre", el("code", order(document, reader)))]),
    ]
    return el(
        "section",
        el("h2", reader("method"), id=reader.id("method")),
        el("dl", [el("div", el("dt", name), el("dd", what)) for name, what in entries], class_="method"),
    )


def _doubtful(scenario: Mapping[str, Any], reader: Reader) -> str:
    rows, doubtful = scenario["rows"], scenario["doubtful_rows"]
    return reader(
        "doubtful",
        scenario=reader.title(scenario["names"]),
        doubtful=reader.figure(Form.COUNT, doubtful),
        rows=reader.figure(Form.COUNT, rows),
        share=reader.say.percent(doubtful / rows if rows else 0.0, 3).replace(" ", "\N{NO-BREAK SPACE}"),
    )


def _versions(document: Document, reader: Reader) -> Html:
    package = el("li", "amparo ", el("code", document["amparo"]))
    laws = [
        el("li", reader.title(s["names"]), ": ", [el("code", v) for v in dict.fromkeys(s["version"])])
        for s in document["scenarios"]
    ]
    return el("ul", package, laws, class_="versions")


def order(document: Document, reader: Reader) -> str:
    """Return the command line that gives these numbers again."""
    population = document["population"]
    source = population["label"] if population["kind"] in ("generated", "synthetic") else reader("your_file")
    parts = [f"amparo simulate {document['country']['key']} --population {source} --on {document['month']}"]
    if document["months"] != 1:
        parts.append(f"--months {document['months']}")
    parts += [f"--reform {reader('your_reform', n=n)}" for n, _ in enumerate(reforms_of(document), 1)]
    if document["uprating"]:
        parts.append(f"--uprate {document['uprating']['index']}")
    parts += [f"--take-up {benefit}={share:g}" for benefit, share in document["take_up"].items()]
    parts += [f"--shock {reader('your_shock')}"] if document["shock"] else []
    phased = next((s["years"] for s in document["scenarios"] if s["years"]), None)
    if phased:
        parts.append("--phase-in " + ",".join(f"{y['share']:g}" for y in phased))
    return " \\\n  ".join([*parts, "--report report.html"])
