"""The charts of a report: rows in, drawings out. They know figures and labels, not simulations.

The charts are Vega-Lite, which vl-convert draws. They are written as Vega-Lite's own dictionaries, because making and
checking them through altair's classes takes ten times as long as drawing them; a test has altair check each one.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import vl_convert
from babel.numbers import get_decimal_symbol, get_group_symbol

from amparo.page import Html, style

# Drawn in these colours, then handed to the style sheet by name, which has them for light, dark and print.
# Blue and orange, never red and green: told apart whatever the reader's colour vision.
INK = {
    "#112233": "--ink",
    "#445566": "--muted",
    "#ddeeff": "--line",
    "#0a0b0c": "--page",
    "#100001": "--s0",
    "#100002": "--s1",
    "#100003": "--s2",
    "#100004": "--s3",
    "#100005": "--s4",
    "#200001": "--gain",
    "#200002": "--loss",
}
Spec = dict[str, Any]  # Vega-Lite

BY_NAME = {name: colour for colour, name in INK.items()}
SERIES = 5  # scenarios before colours repeat; every chart names its rows too
BAR, CAPTION, GAP = 15, 20, 14  # pixels: a bar, a row's name above it, the space between rows
LETTER = 6.3  # pixels of an average letter at 12
LINES = "split(datum.label, '\\n')"
PERCENT = "format(abs(datum.value) * 100, ',~f') + ' %'"


@dataclass(frozen=True)
class Row:
    """One estimate in a chart: where it stands, its interval, and how it is written."""

    group: str
    series: str
    value: float
    low: float
    high: float
    label: str

    def data(self, **more: Any) -> dict[str, Any]:
        """Return the row as chart data."""
        return {**vars(self), **more}


VEGA_LITE = "5.20"  # of those that the converter ships


@dataclass(frozen=True)
class Canvas:
    """What all charts of a language and width share."""

    width: int
    symbols: dict[str, Any]

    def draw(self, chart: Spec, key: str, title: str, summary: str) -> Html:
        """Return a chart as an element that a screen reader reads as one picture with a title and a summary."""
        drawing = vl_convert.vegalite_to_svg(chart, vl_version=VEGA_LITE, config=CONFIG, format_locale=self.symbols)
        return dressed(drawing, key, title, summary)


CONFIG: dict[str, Any] = {
    "background": None,
    "aria": False,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": BY_NAME["--muted"],
        "titleColor": BY_NAME["--muted"],
        "gridColor": BY_NAME["--line"],
        "domainColor": BY_NAME["--muted"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "labelLimit": 1000,
        "titleLimit": 1000,
        "ticks": False,
        "domain": False,
        "labelPadding": 6,
    },
    "legend": {
        "orient": "top",
        "direction": "vertical",
        "title": None,
        "labelColor": BY_NAME["--ink"],
        "labelFontSize": 12,
        "labelLimit": 1000,
        "symbolType": "square",
        "symbolSize": 110,
        "offset": 10,
        "rowPadding": 4,
    },
}


def wrapped(text: str, width: float) -> str:
    """Break a label into lines that fit a width in pixels."""
    return "\n".join(textwrap.wrap(text, max(8, int(width / LETTER)))) or text


def stacked(texts: Sequence[str], width: float) -> tuple[dict[str, str], int]:
    """Return each text broken into lines, all with as many as the longest, and how many that is."""
    names = {t: wrapped(t, width) for t in texts}
    lines = max(n.count("\n") + 1 for n in names.values())
    return {t: " \n" * (lines - 1 - n.count("\n")) + n for t, n in names.items()}, lines


def colours(series: Sequence[str]) -> Spec:
    """Return one colour for each series, the baseline first."""
    return {"domain": list(series), "range": [BY_NAME[f"--s{i % SERIES}"] for i in range(len(series))]}


def nominal(field: str, sort: Sequence[str], **more: Any) -> Spec:
    """Return an encoding of names in the order given."""
    return {"field": field, "type": "nominal", "sort": list(sort), **more}


def quantity(field: str, **more: Any) -> Spec:
    """Return an encoding of numbers."""
    return {"field": field, "type": "quantitative", **more}


def unique(texts: Sequence[str]) -> list[str]:
    """Return each text once, in order."""
    return list(dict.fromkeys(texts))


def room(rows: Sequence[Row], width: float, *, zero: bool) -> list[float]:
    """Return a scale's ends that hold every interval and leave room for the labels beyond it."""
    low, high = min(r.low for r in rows), max(r.high for r in rows)
    low, high = (min(low, 0.0), max(high, 0.0)) if zero else (low, high)
    span = (high - low) or abs(high) or 1.0
    letters = max(len(r.label) for r in rows) * LETTER + 14
    beyond = span * letters / max(width - letters, width / 3)
    return [low - (0.0 if zero and low == 0 else span * 0.06), high + beyond]


def captions(lines: int, bars: int) -> Spec:
    """Return a vertical axis whose names stand above their rows, so that bars have the whole width."""
    return {
        "title": None,
        "labelAlign": "left",
        "labelPadding": 0,
        "labelBaseline": "line-bottom",
        "labelLineHeight": 15,
        "labelOffset": -(bars * BAR / 2 + 4 + (lines - 1) * 15),
        "labelColor": BY_NAME["--ink"],
        "labelExpr": LINES,
        "grid": False,
    }


def mark(kind: str, encoding: Spec, **look: Any) -> Spec:
    """Return one layer of marks."""
    return {"mark": {"type": kind, **look}, "encoding": encoding}


def whiskers(reach: Spec) -> list[Spec]:
    """Return the rules of an interval, with a rim that keeps them visible on a bar."""
    rim = mark("rule", reach, color=BY_NAME["--page"], strokeWidth=3.6, opacity=0.75)
    return [rim, mark("rule", reach, color=BY_NAME["--ink"], strokeWidth=1.4)]


def bars(rows: Sequence[Row], canvas: Canvas) -> Spec:
    """Return horizontal bars with their intervals: a row for each group, a bar for each series."""
    groups, series = unique([r.group for r in rows]), unique([r.series for r in rows])
    names, lines = stacked(groups, canvas.width)
    legend = {s: wrapped(s, canvas.width - 30) for s in series}
    order = list(legend.values())
    inner = len(series) * BAR
    step = inner + CAPTION + (lines - 1) * 15 + GAP
    y = nominal("group", list(names.values()), axis=captions(lines, len(series)), scale=spaced(inner / step))
    where = {"y": y, "yOffset": nominal("series", order, scale={"paddingInner": 0.12})}
    shade = nominal("series", order, scale=colours(order))
    shade["legend"] = {"labelExpr": LINES} if len(series) > 1 else None
    scale = {"domain": room(rows, canvas.width, zero=True), "nice": False}
    x = quantity("value", scale=scale, axis={"title": None, "tickCount": 5, "labelExpr": "format(datum.value, ',~f')"})
    label = {"x": quantity("high"), "text": {"field": "label"}, **where}
    return {
        "data": {"values": [r.data(group=names[r.group], series=legend[r.series]) for r in rows]},
        "layer": [
            mark("bar", {"x": x, "color": shade, **where}),
            *whiskers({"x": quantity("low"), "x2": {"field": "high"}, **where}),
            mark("text", label, align="left", dx=6, color=BY_NAME["--ink"], fontSize=12),
        ],
        "width": canvas.width - 10,
        "height": {"step": step, "for": "position"},
    }


def spaced(filled: float) -> Spec:
    """Return a scale of rows of which a share is filled; the names stand in the rest."""
    return {"paddingInner": 1 - filled, "paddingOuter": (1 - filled) * 0.62}


def dots(panels: Sequence[tuple[str, Sequence[Row]]], canvas: Canvas) -> Spec:
    """Return a dot with its interval for each series, one panel for each measure, side by side where there is room."""
    beside = canvas.width > 500
    width = (canvas.width - 60) // 2 if beside else canvas.width - 10
    drawn = [_dots(title, rows, width) for title, rows in panels]
    return {"hconcat": drawn, "spacing": 48} if beside else {"vconcat": drawn, "spacing": 26}


def _dots(title: str, rows: Sequence[Row], width: int) -> Spec:
    names, lines = stacked(unique([r.series for r in rows]), width)
    order = list(names.values())
    step = BAR + CAPTION + (lines - 1) * 15 + 8
    y = nominal("series", order, axis=captions(lines, 1), scale=spaced(BAR / step))
    shade = nominal("series", order, scale=colours(order), legend=None)
    scale = {"domain": room(rows, width, zero=False), "nice": False, "zero": False}
    x = quantity("value", scale=scale, axis={"title": None, "tickCount": 4, "labelExpr": PERCENT})
    label = {"x": quantity("high"), "y": y, "text": {"field": "label"}}
    heading = {"anchor": "start", "frame": "group", "fontSize": 13, "offset": 6, "color": BY_NAME["--ink"]}
    return {
        "data": {"values": [r.data(series=names[r.series]) for r in rows]},
        "title": {"text": title, **heading},
        "layer": [
            mark("rule", {"x": quantity("low"), "x2": {"field": "high"}, "y": y, "color": shade}, strokeWidth=2),
            mark("point", {"x": x, "y": y, "color": shade}, filled=True, size=90, opacity=1),
            mark("text", label, align="left", dx=8, color=BY_NAME["--ink"], fontSize=12, fontWeight=600),
        ],
        "width": width,
        "height": {"step": step},
    }


def ladder(rows: Sequence[Row], canvas: Canvas) -> Spec:
    """Return a dot with its interval for each of many places, one below the other, their names to the left."""
    names = unique([r.group for r in rows])
    width = canvas.width - int(max(len(n) for n in names) * LETTER) - 24
    y = nominal("group", names, axis={"title": None, "labelColor": BY_NAME["--ink"], "grid": True, "domain": False})
    scale = {"domain": room(rows, width, zero=True), "nice": False}
    x = quantity("value", scale=scale, axis={"title": None, "tickCount": 5, "labelExpr": "format(datum.value, ',~f')"})
    shade = {"condition": {"test": "datum.value < 0", "value": BY_NAME["--loss"]}, "value": BY_NAME["--gain"]}
    label = {"x": quantity("high"), "y": y, "text": {"field": "label"}}
    reach = {"x": quantity("low"), "x2": {"field": "high"}, "y": y, "color": shade}
    return {
        "data": {"values": [r.data() for r in rows]},
        "layer": [
            mark("rule", {"x": {"datum": 0}}, color=BY_NAME["--muted"]),
            mark("rule", reach, strokeWidth=2),
            mark("point", {"x": x, "y": y, "color": shade}, filled=True, size=70, opacity=1),
            mark("text", label, align="left", dx=8, color=BY_NAME["--ink"], fontSize=12),
        ],
        "width": width,
        "height": {"step": 24},
    }


def diverging(winners: Sequence[Row], losers: Sequence[Row], canvas: Canvas, axis: str) -> Spec:
    """Return columns: who gains above zero, who loses below, with intervals; shares as fractions."""
    below = [Row(r.group, r.series, -r.value, -r.high, -r.low, r.label) for r in losers]
    rows = [*winners, *below]
    order = unique([r.series for r in rows])
    scale = {"domain": order, "range": [BY_NAME["--gain"], BY_NAME["--loss"]]}
    return _columns(rows, nominal("series", order, scale=scale), PERCENT, canvas, axis)


def columns(rows: Sequence[Row], canvas: Canvas, axis: str) -> Spec:
    """Return columns of a mean change with intervals, above or below zero."""
    shade = {"condition": {"test": "datum.value < 0", "value": BY_NAME["--loss"]}, "value": BY_NAME["--gain"]}
    return _columns(rows, shade, "format(datum.value, ',~f')", canvas, axis)


def _columns(rows: Sequence[Row], shade: Spec, tick: str, canvas: Canvas, axis: str) -> Spec:
    low, high = min(0.0, *(r.low for r in rows)), max(0.0, *(r.high for r in rows))
    if low == high:
        high = 1.0
    title = wrapped(axis, canvas.width - 60).split("\n")
    x = nominal("group", unique([r.group for r in rows]), axis={"title": title, "labelAngle": 0, "orient": "bottom"})
    x["scale"] = {"paddingInner": 0.34, "paddingOuter": 0.2}
    scale = {"domain": [low * 1.05, high * 1.05], "nice": True}
    y = quantity("value", stack=None, scale=scale, axis={"title": None, "tickCount": 5, "labelExpr": tick})
    return {
        "data": {"values": [r.data() for r in rows]},
        "layer": [
            mark("bar", {"x": x, "y": y, "color": shade}),
            mark("rule", {"y": {"datum": 0}}, color=BY_NAME["--muted"]),
            *whiskers({"x": x, "y": quantity("low"), "y2": {"field": "high"}}),
        ],
        "width": canvas.width - 60,
        "height": 220,
    }


def steps(rows: Sequence[Row], canvas: Canvas) -> Spec:
    """Return horizontal bars to both sides of zero with their intervals; their names stand above them."""
    names, lines_ = stacked(unique([r.group for r in rows]), canvas.width)
    step = BAR + CAPTION + (lines_ - 1) * 15 + GAP
    y = nominal("group", list(names.values()), axis=captions(lines_, 1), scale=spaced(BAR / step))
    low, high = min(0.0, *(r.low for r in rows)), max(0.0, *(r.high for r in rows))
    letters = max(len(r.label) for r in rows) * LETTER + 14
    beyond = (high - low or 1.0) * letters / max(canvas.width - letters, canvas.width / 3)
    scale = {"domain": [low * 1.02, high + beyond], "nice": False}
    tick = "format(datum.value, ',.2~f')"
    x = quantity("value", scale=scale, axis={"title": None, "tickCount": 5, "labelExpr": tick})
    shade = {"condition": {"test": "datum.value < 0", "value": BY_NAME["--gain"]}, "value": BY_NAME["--loss"]}
    label = {"x": {"datum": 0}, "y": y, "text": {"field": "label"}}
    interval = {"x": quantity("low", scale=scale), "x2": {"field": "high"}, "y": y}
    return {
        "data": {"values": [r.data(group=names[r.group]) for r in rows]},
        "layer": [
            mark("bar", {"x": x, "y": y, "color": shade}),
            mark("rule", interval, color=BY_NAME["--ink"], strokeWidth=1.5),
            mark("rule", {"x": {"datum": 0}}, color=BY_NAME["--muted"]),
            mark("text", label, align="left", dx=6, color=BY_NAME["--ink"], fontSize=12),
        ],
        "width": canvas.width - 10,
        "height": {"step": step},
    }


def lines(rows: Sequence[Row], canvas: Canvas, axis: str) -> Spec:
    """Return a line for each series over ordered groups, with its interval as a band; shares as fractions."""
    groups = unique([r.group for r in rows])
    legend = {s: wrapped(s, canvas.width - 30) for s in unique([r.series for r in rows])}
    order = list(legend.values())
    x = nominal("group", groups, axis={"title": axis, "labelAngle": 0, "orient": "bottom"}, scale={"padding": 0.3})
    shade = nominal("series", order, scale=colours(order), legend={"labelExpr": LINES, "symbolOpacity": 1})
    y = quantity("value", scale={"zero": True}, axis={"title": None, "tickCount": 5, "labelExpr": PERCENT})
    ends = {"x": x, "y": quantity("low"), "y2": {"field": "high"}, "color": shade}
    return {
        "data": {"values": [r.data(series=legend[r.series]) for r in rows]},
        "layer": [
            mark("rule", ends, strokeWidth=2, opacity=0.5),
            mark("line", {"x": x, "y": y, "color": shade}, strokeWidth=2),
            mark("point", {"x": x, "y": y, "color": shade}, filled=True, size=50, opacity=1),
        ],
        "width": canvas.width - 60,
        "height": 260,
    }


def symbols(locale: str) -> dict[str, Any]:
    """Return the separators of a language, as charts want them."""
    marks = {"decimal": get_decimal_symbol(locale), "thousands": get_group_symbol(locale)}
    return {**marks, "grouping": [3], "currency": ["", ""]}


def in_daylight(spec: Spec, locale: str) -> Spec:
    """Return a chart that stands alone, on white, in the colours that the page has in daylight."""
    config = {**CONFIG, "background": "white", "locale": {"number": symbols(locale)}}
    text = json.dumps({**spec, "config": config})
    for placeholder, name in INK.items():
        found = re.search(rf"{name}:\s*(#[0-9a-fA-F]+)", style())
        text = text.replace(placeholder, found[1] if found else placeholder)
    coloured: Spec = json.loads(text)
    return coloured


def dressed(svg: str, key: str, title: str, summary: str) -> Html:
    """Return a drawing that takes its colours and letters from the page and says what it shows."""
    svg = re.sub(r' (font-family|role|aria-[a-z]+)="[^"]*"', "", svg)  # the picture has one name, given below
    svg = re.sub(r"<[^>]+>", lambda tag: re.sub(r"(\d\.\d)\d+", r"\1", tag[0]), svg)
    for colour, name in INK.items():
        svg = svg.replace(f'"{colour}"', f'"var({name})"')
    size = re.search(r'width="([\d.]+)" height="([\d.]+)" viewBox="([^"]*)"', svg)
    if size is None:
        raise ValueError("the drawing has no size; is this a drawing of vl-convert?")
    body = svg[svg.index(">") + 1 :]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d" '
        f'width="{size[1]}" height="{size[2]}" viewBox="{size[3]}">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(summary)}</desc>'
    )
    return Html(head + body)
