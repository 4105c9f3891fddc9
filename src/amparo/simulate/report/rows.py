"""What the charts of a report show: estimates of a document as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amparo.simulate.report.charts import Row
from amparo.simulate.report.figures import drawn_row, name_of
from amparo.simulate.report.reader import Document, Form, Found, Reader, known


def cost_rows(document: Document, reader: Reader) -> tuple[list[Row], str]:
    """Return what each benefit costs in each scenario, and the unit (millions …) of the rows."""
    drawn = [(s, b) for s in document["scenarios"] for b in s["benefits"] if known(b["cost"])]
    scale, unit = reader.scale(max((abs(b["cost"]["value"]) for _, b in drawn), default=0.0))
    rows = []
    for key in dict.fromkeys(b["benefit"] for _, b in drawn):
        for scenario, b in drawn:
            if b["benefit"] == key:
                label = reader.value(Form.SPENDING, b["cost"])
                rows.append(drawn_row(b["cost"], benefit_name(b, reader), name_of(scenario, reader), label, scale))
    return [r for r in rows if r], unit


def benefit_name(found: Mapping[str, Any], reader: Reader) -> str:
    """Return a benefit's name, with its timing where it is not paid now."""
    name = reader.of(found["names"])
    timing = found["timing"]
    return name if timing == "paid now" else f"{name} ({reader.say(timing.replace(' ', '_'))})"


def poverty_panels(document: Document, reader: Reader) -> list[tuple[str, list[Row]]]:
    """Return a panel for poverty and one for extreme poverty, a row for each scenario."""
    scenarios = document["scenarios"]
    panels = []
    for measure in ("poverty_headcount", "extreme_poverty_headcount"):
        rows = []
        for s in scenarios:
            found: Found = s["welfare"].get(measure)
            if row := drawn_row(found, reader(measure), name_of(s, reader), reader.value(Form.SHARE, found)):
                rows.append(row)
        if rows:
            panels.append((reader(measure), rows))
    return panels


def reach_rows(
    scenario: Mapping[str, Any], names: Mapping[str, str], reader: Reader, what: str = "coverage"
) -> list[Row]:
    """Return the coverage of each benefit in each decile, or another share that `reach` has."""
    found = [
        drawn_row(r[what], str(r["group"]), names[r["benefit"]], reader.value(Form.SHARE, r[what]))
        for r in scenario["reach"]
        if r["dimension"] == "decile"
    ]
    return [r for r in found if r]


def contribution_rows(scenario: Mapping[str, Any], names: Mapping[str, str], reader: Reader) -> list[Row]:
    """Return what each benefit moves the poverty headcount ratio by, in percentage points."""
    rows = []
    for each in scenario["contributions"]:
        moved = each["estimates"]["poverty_headcount"]
        label = reader.value(Form.POINTS, moved, signed=True)
        rows.append(drawn_row(moved, names[each["benefit"]], "", label, scale=0.01))
    return [r for r in rows if r]


def benefit_names(document: Document, reader: Reader) -> dict[str, str]:
    """Return the name of every benefit by key."""
    return {c["benefit"]: reader.of(c["names"]) for c in document["computability"]}


def last_with(document: Document, key: str) -> Mapping[str, Any] | None:
    """Return the last scenario with something to say: a reform where there is one."""
    scenarios: Sequence[Mapping[str, Any]] = document["scenarios"]
    return next((s for s in reversed(scenarios) if s[key]), None)
