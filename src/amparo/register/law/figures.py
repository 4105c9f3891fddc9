"""The figures of a programme: every value with its dates, source and confidence, and how it moved."""

from __future__ import annotations

from datetime import date

from amparo.expr import Confidence, Parameter
from amparo.expr.parameters import Value
from amparo.page import Child, Html, el, join
from amparo.register.law.reading import Reading, slug
from amparo.simulate.report.tables import stacked_table

WIDTH, HEIGHT, EDGE = 260, 64, 6
LEAST = 3  # known values from which on a drawing says more than the table


def figures(reading: Reading) -> list[Child]:
    """Return every figure with its values, the newest first."""
    found = reading.dossier.figures
    if not found:
        return [el("p", reading.voice("no_figures"), class_="note")]
    return [el("p", reading.voice("figures_note"), class_="note"), *(_figure(f, reading) for f in found)]


def _figure(figure: Parameter, reading: Reading) -> Html:
    voice = reading.voice
    owner = figure.key.rpartition(".")[0]
    shared = voice("figure_shared") if owner != reading.dossier.programme.key else None
    head = el(
        "div",
        el("h3", reading.label(figure), id=voice.id(f"f-{slug(figure.key)}")),
        el("code", figure.key),
        el("p", shared, class_="note") if shared else None,
        _drawing(figure),
    )
    heads = [voice("in_force"), voice.say("value"), voice.say("confidence"), voice.say("source")]
    rows = [
        [
            reading.between(v.since, _end(figure, at)),
            el("b", reading.value(v.value, figure.type)),
            _confidence(v, reading),
            reading.source(v),
        ]
        for at, v in reversed(list(enumerate(figure.values)))
    ]
    table = stacked_table(heads, rows, reading.label(figure), class_="values")
    return el("section", head, table, class_="law-figure")


def _end(figure: Parameter, at: int) -> date | None:
    """Return the first day on which a value no longer holds."""
    later = figure.values[at + 1].since if at + 1 < len(figure.values) else None
    return figure.values[at].until or later


def _confidence(value: Value, reading: Reading) -> Html:
    if value.value is None:
        return el("span", reading.voice("not_found"), class_="mark-of to_be_checked")
    key = value.confidence.name.lower()
    look = {"derived": "partly"}.get(key, key)
    return el("span", reading.voice.say(key), class_=f"mark-of {look}")


def _drawing(figure: Parameter) -> Html | None:
    """Return a figure's values over time as steps; an open dot is a value that is not verified.

    The table beside it says the same, so that the drawing is hidden from screen readers.
    """
    known = [v for v in figure.values if v.value is not None]
    if len(known) < LEAST or len({v.value for v in known}) < 2:
        return None
    first, last = known[0].since.toordinal(), _last(figure).toordinal()
    low, high = (float(f(v.value for v in known if v.value is not None)) for f in (min, max))
    low = min(low, 0.0) if low < high / 3 else low

    def x(day: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (day.toordinal() - first) / max(1, last - first), 1)

    def y(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / (high - low), 1)

    parts: list[Child] = []
    before: float | None = None
    for at, v in enumerate(figure.values):
        if v.value is None:
            before = None
            continue
        end = _end(figure, at) or _last(figure)
        level = y(float(v.value))
        rise = f"M{x(v.since)} {before}V{level}" if before is not None else f"M{x(v.since)} {level}"
        parts.append(el("path", d=f"{rise}H{x(end)}"))
        parts.append(el("circle", cx=f"{x(v.since)}", cy=f"{level}", r=3, class_=_dot(v)))
        before = level if v.until is None else None
    return el(
        "svg", parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", width=WIDTH, height=HEIGHT, aria_hidden="true", class_="steps"
    )


def _dot(value: Value) -> str:
    return "sure" if value.confidence is Confidence.VERIFIED else "open"


def _last(figure: Parameter) -> date:
    """Return where a drawing ends: a year after the newest value, or where it stops."""
    newest = figure.values[-1]
    return newest.until or newest.since.replace(year=newest.since.year + 1, day=1)


def to_check(reading: Reading) -> Html:
    """Return the figures whose newest value is not verified."""
    voice, found = reading.voice, reading.dossier.doubtful
    if not found:
        return el("p", voice.say("nothing_to_check"))
    items = []
    for figure in found:
        newest = figure.values[-1]
        why = voice("not_found") if newest.value is None else voice.say(newest.confidence.name.lower())
        text = f": {reading.value(newest.value, figure.type)}; {why}. "
        items.append(el("li", reading.to_figure(figure), text, el("span", newest.note, lang="en", class_="why")))
    return join(el("p", voice("to_check_figures", n=len(found))), el("ul", items, class_="prose"))
