"""The headline of a report: one card for each answer that is asked for first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.page import Child, Html, el
from amparo.simulate.report.reader import NONE, WELFARE, Form, Found, Reader, known

Scenario = Mapping[str, Any]
SHOWN = 4  # benefits on a card; the table has all
ARROW = " → "


def card(title: str, *content: Child) -> Html:
    """Return one card."""
    return el("div", el("h4", title), *content, class_="card")


def baseline_cards(baseline: Scenario, reader: Reader) -> Html:
    """Return the cards of current law alone."""
    spent = sorted(baseline["benefits"], key=lambda b: -_size(b["cost"]))[:SHOWN]
    cards = [
        *[card(reader.of(b["names"]), *_level(Form.SPENDING, b["cost"], reader, suffix=reader("cost"))) for b in spent],
        *[
            card(reader(m), *_level(WELFARE[m][0], baseline["welfare"].get(m), reader))
            for m in ("poverty_headcount", "extreme_poverty_headcount", "gini")
        ],
    ]
    return el("div", cards, class_="cards")


def reform_cards(baseline: Scenario, reform: Scenario, reader: Reader) -> Html:
    """Return the cards of one reform beside current law."""
    cards = [
        card(reader("cost_change"), *_cost(baseline, reform, reader)),
        card(reader("who_receives"), *_recipients(baseline, reform, reader)),
        card(
            reader("poverty_headcount"), *_moved("poverty_headcount", baseline, reform, reader), _people(reform, reader)
        ),
        card(reader("gini"), *_moved("gini", baseline, reform, reader)),
    ]
    return el("div", cards, class_="cards")


def _size(found: Found) -> float:
    return found["value"] if found is not None and known(found) else 0.0


def _big(text: str) -> Html:
    return el("p", text, class_="big")


def _level(form: Form, found: Found, reader: Reader, suffix: str = "") -> list[Child]:
    if not known(found):
        return [_big(NONE)]
    interval = reader("interval", interval=reader.interval(form, found))
    return [_big(reader.value(form, found)), el("p", suffix) if suffix else None, el("p", interval)]


def _cost(baseline: Scenario, reform: Scenario, reader: Reader) -> list[Child]:
    found: Found = reform["cost_change"]
    if found is None or not known(found):
        return [_big(NONE)]
    if unmoved(found):
        return [_big(reader("no_change"))]
    before = {b["benefit"]: b["cost"] for b in baseline["benefits"]}
    annual = any(
        b["timing"] == "annual" and _size(b["cost"]) != _size(before.get(b["benefit"])) for b in reform["benefits"]
    )
    return [
        _big(reader.value(Form.SPENDING, found, signed=True)),
        el("p", reader("interval", interval=reader.interval(Form.SPENDING, found, signed=True))),
        _doubt(found, reader),
        el("p", reader("cost_annual")) if annual else None,
    ]


def unmoved(found: Found) -> bool:
    """Tell whether an estimate of a change is zero without any doubt."""
    return found is not None and found["value"] == found["low"] == found["high"] == 0


def _doubt(found: Found, reader: Reader) -> Html | None:
    if found is None or unmoved(found) or not found["low"] <= 0 <= found["high"]:
        return None
    return el("p", reader("within_error"), class_="doubt")


def _recipients(baseline: Scenario, reform: Scenario, reader: Reader) -> list[Child]:
    before = {b["benefit"]: b["recipients"] for b in baseline["benefits"]}
    if not any(_size(b["recipients"]) or _size(before.get(b["benefit"])) for b in reform["benefits"]):
        return [el("p", reader("nobody"))]
    changed = [b for b in reform["benefits"] if _size(b["recipients"]) != _size(before.get(b["benefit"]))]
    shown = changed or sorted(reform["benefits"], key=lambda b: -_size(b["recipients"]))
    rows = [
        el("div", el("dt", reader.of(b["names"])), el("dd", _two(before.get(b["benefit"]), b["recipients"], reader)))
        for b in shown[:SHOWN]
    ]
    same = None if changed else el("p", reader("same_recipients"))
    return [el("dl", rows), same]


def _two(before: Found, after: Found, reader: Reader) -> str:
    now = reader.value(Form.CROWD, after)
    if _size(before) == _size(after):
        return now
    return reader.value(Form.CROWD, before or {"value": 0.0}) + ARROW + now


def _moved(measure: str, baseline: Scenario, reform: Scenario, reader: Reader) -> list[Child]:
    level, moved = WELFARE[measure]
    before, after, change = (part.get(measure) for part in (baseline["welfare"], reform["welfare"], reform["change"]))
    if not known(after):
        return [_big(NONE)]
    if unmoved(change):
        return [_big(reader.value(level, after)), el("p", reader("no_change"))]
    interval = reader.interval(moved, change, signed=True)
    text = reader("change_interval", change=reader.value(moved, change, signed=True), interval=interval)
    return [
        _big(reader.value(level, before) + ARROW + reader.value(level, after)),
        el("p", text),
        _doubt(change, reader),
    ]


def _people(reform: Scenario, reader: Reader) -> Html | None:
    change: Found = reform["change"].get("poor_persons")
    if not known(change) or unmoved(change):
        return None
    return el("p", reader("poor_persons"), ": ", reader.value(Form.COUNT, change, signed=True))
