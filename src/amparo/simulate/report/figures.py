"""A chart with everything around it: title, unit, note, data, and a drawing for each width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amparo.page import Child, Html, el
from amparo.simulate.report.charts import Canvas, Row
from amparo.simulate.report.reader import Found, Reader, known

WIDTHS = {"wide": 860, "half": 440, "phone": 340}  # pixels
Scenario = Mapping[str, Any]
Drawing = Callable[[Canvas], Any]


def name_of(scenario: Scenario, reader: Reader) -> str:
    """Return a scenario's name."""
    return reader.title(scenario["names"])


class Figure:
    """A chart with its title, unit, note and data; drawn once for a wide screen and once for a phone."""

    def __init__(self, reader: Reader, key: str, title: str, unit: str) -> None:
        self.reader, self.key, self.title, self.unit = reader, reader.id(key), title, unit

    def __call__(self, draw: Drawing, rows: Sequence[Row], table: Html, note: Child = None, wide: str = "wide") -> Html:
        """Return the figure.

        Args:
            draw: makes the chart for a canvas.
            rows: what is drawn, for the summary that a screen reader reads.
            table: the data of the chart.
            note: how to read it.
            wide: its width on a wide screen: wide or half.
        """
        summary = "; ".join(f"{', '.join(p for p in (r.group, r.series) if p)}: {r.label}" for r in rows)
        drawn = [
            el(
                "div",
                Canvas(WIDTHS[w], self.reader.symbols()).draw(
                    draw(Canvas(WIDTHS[w], self.reader.symbols())),
                    f"{self.key}-{w}",
                    self.title,
                    f"{self.unit}. {summary}.",
                ),
                class_=f"drawing {look}",
            )
            for w, look in ((wide, "on-wide"), ("phone", "on-phone"))
        ]
        data = el("details", el("summary", self.reader("data")), table)
        caption = el("figcaption", el("h3", self.title), el("p", self.unit))
        return el(
            "figure", caption, drawn, el("p", note, class_="note") if note else None, data, class_=wide, id=self.key
        )


def drawn_row(found: Found, group: str, series: str, label: str, scale: float = 1.0) -> Row | None:
    """Return an estimate as a row of a chart, or None where there is no number."""
    if found is None or not known(found):
        return None
    return Row(group, series, found["value"] / scale, found["low"] / scale, found["high"] / scale, label)
