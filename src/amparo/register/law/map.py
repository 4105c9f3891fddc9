"""What depends on what in a programme, drawn: data and figures on the left, provisions, benefits on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from amparo.page import Child, Html, el
from amparo.register.law.dossier import Stands, Stated
from amparo.register.law.layers import Layout, laid_out
from amparo.register.law.reading import Reading, anchor, slug

WIDTH, GAP_X, GAP_Y, EDGE = 188, 62, 12, 8  # pixels: a box, between layers, between boxes, around all
LETTERS, LINE, PAD = 24, 15, 7
MOST_LINES = 3


@dataclass(frozen=True)
class Box:
    """Something in the graph: what kind it is, what it is called, where its name leads."""

    thing: Hashable
    kind: str
    name: str
    leads: str

    @property
    def lines(self) -> list[str]:
        """The name, broken into lines that fit."""
        return textwrap.wrap(self.name, LETTERS, max_lines=MOST_LINES, placeholder="…")

    @property
    def height(self) -> float:
        """How high the box is, in pixels."""
        return len(self.lines) * LINE + 2 * PAD


def map_of(reading: Reading) -> list[Child]:
    """Return the drawing in a region that the keyboard can scroll, and how to read it."""
    boxes, edges = _graph(reading)
    voice = reading.voice
    if not edges:
        return [el("p", voice("map_empty"), class_="note")]
    numbers = {b.thing: i for i, b in enumerate(boxes)}
    pairs = [(numbers[a], numbers[b]) for a, b in edges]
    leaves = [i for i, b in enumerate(boxes) if b.kind in ("input", "figure", "elsewhere")]
    layout = laid_out(len(boxes), pairs, leaves, [b.height for b in boxes], GAP_Y)
    legend = [
        el("li", el("span", class_=f"key {kind}", aria_hidden="true"), voice(f"map_{kind}"))
        for kind in ("input", "figure", "provision", "benefit", "elsewhere")
        if any(b.kind == kind for b in boxes)
    ]
    name = voice("map_name", programme=voice.of(reading.dossier.programme.names))
    label = voice.reader("scroll", title=name)
    return [
        el("p", voice("map_note"), class_="note"),
        el("ul", legend, class_="map-legend"),
        el(
            "div",
            _drawn(boxes, pairs, layout, name),
            class_="scroll map-scroll",
            role="region",
            tabindex=0,
            aria_label=label,
        ),
    ]


def _graph(reading: Reading) -> tuple[list[Box], list[tuple[Hashable, Hashable]]]:
    """Return the boxes and who reads whom, of the texts in force in the programme's newest month."""
    dossier = reading.dossier
    now = [s for s in dossier.stated if dossier.read_on(s) == dossier.month]
    standing = {s.what for s in now}
    paid = {r.key for b in dossier.programme.benefits for r in [b.amount]} | {
        f.value.key for f in dossier.programme.findings
    }
    boxes: dict[Hashable, Box] = {}
    edges: list[tuple[Hashable, Hashable]] = []
    for each in now:
        kind = "benefit" if each.key in paid else "provision"
        boxes[each.what] = Box(each.what, kind, reading.name(each.what), f"#{reading.voice.id(anchor(each.what))}")
    for each in now:
        for read in _read(each, standing, reading):
            boxes.setdefault(read.thing, read)
            edges.append((read.thing, each.what))
    return list(boxes.values()), list(dict.fromkeys(edges))


def _read(stated: Stated, standing: set[Stands], reading: Reading) -> list[Box]:
    voice = reading.voice
    return [
        *(_provision(p, p in standing, reading) for p in stated.reads.provisions),
        *(_leaf("input", i, reading.label(i), f"i-{slug(i.key)}", reading) for i in stated.reads.inputs),
        *(_leaf("input", r, reading.label(r), f"t-{slug(r.key)}", reading) for r in stated.reads.relations),
        *(_leaf("figure", f, reading.label(f), f"f-{slug(f.key)}", reading) for f in stated.reads.figures),
        *(
            Box(s, "input", f"{reading.name(s)} ({voice('last_month')})", f"#{voice.id('inputs')}")
            for s in stated.reads.states
        ),
    ]


def _leaf(kind: str, thing: Hashable, name: str, place: str, reading: Reading) -> Box:
    short = name.split(":", maxsplit=1)[0].split(" (", maxsplit=1)[0]
    return Box(thing, kind, short, f"#{reading.voice.id(place)}")


def _provision(what: Stands, here: bool, reading: Reading) -> Box:
    place = reading.voice.id(anchor(what))
    if here:
        return Box(what, "provision", reading.name(what), f"#{place}")
    owner = reading.dossier.law.owner(what)
    if owner is None or owner is reading.dossier.programme:
        return Box(what, "elsewhere", reading.name(what), f"#{place}")
    return Box(
        what, "elsewhere", f"{reading.name(what)} · {reading.voice.of(owner.names)}", f"{owner.key}.html#{place}"
    )


def _drawn(boxes: Sequence[Box], edges: Sequence[tuple[int, int]], layout: Layout, name: str) -> Html:
    def left(layer: int) -> float:
        return EDGE + layer * (WIDTH + GAP_X)

    width, height = left(layout.layers) - GAP_X + EDGE, layout.height + 2 * EDGE
    paths = [
        el("path", d=_route(route, left), class_=f"n{a} n{b}")
        for (a, b), route in zip(edges, layout.routes, strict=True)
    ]
    drawn = [_box(b, i, left(layout.layer[i]), EDGE + layout.top[i]) for i, b in enumerate(boxes)]
    return el(
        "svg",
        el("g", paths, aria_hidden="true", class_="ties"),
        drawn,
        viewBox=f"0 0 {width:g} {height:.0f}",
        width=f"{width:g}",
        height=f"{height:.0f}",
        role="group",
        aria_label=name,
        class_="map",
    )


def _route(route: Sequence[tuple[int, float]], left: Callable[[int], float]) -> str:
    """Return a curve from the right side of a box, past those between, to the left side of its reader."""
    (layer, y), *rest = route
    at = EDGE + y
    text = f"M{left(layer) + WIDTH:g} {at:.1f}"
    for n, (layer, y) in enumerate(rest):
        to, bend = left(layer), GAP_X / 2
        here = EDGE + y
        text += f"C{to - GAP_X + bend:g} {at:.1f} {to - bend:g} {here:.1f} {to:g} {here:.1f}"
        if n < len(rest) - 1:
            text += f"H{to + WIDTH:g}"
        at = here
    return text


def _box(box: Box, number: int, x: float, y: float) -> Html:
    corner = 12 if box.kind == "input" else 3
    lines = [
        el("tspan", line, x=f"{x + PAD + 3:g}", y=f"{y + PAD + LINE * (i + 0.75):.1f}")
        for i, line in enumerate(box.lines)
    ]
    return el(
        "a",
        el("title", box.name) if "…" in "".join(box.lines) else None,
        el("rect", x=f"{x:g}", y=f"{y:.1f}", width=WIDTH, height=f"{box.height:g}", rx=corner),
        el("text", lines),
        href=box.leads,
        class_=f"box {box.kind} n{number}",
    )


def lit(count: int) -> str:
    """Return the rules of style that show what a box is tied to while it has the pointer or the keyboard."""
    return "".join(
        f".map:has(a.n{i}:hover) path.n{i},.map:has(a.n{i}:focus-visible) path.n{i}{{stroke:var(--accent);"
        "stroke-width:2.4;opacity:1}"
        for i in range(count)
    )


def size(reading: Reading) -> int:
    """Return how many boxes the drawing of a programme has."""
    return len(_graph(reading)[0])
