"""The drawings of a budget line: income by component over earnings, and the effective marginal rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from amparo.execute.budget_line import BudgetLine, Cliff
from amparo.register.voice import Voice
from amparo.simulate.report.charts import BY_NAME, LETTER, LINES, Canvas, Spec, mark, quantity, wrapped

HUES = ("--s1", "--s2", "--s3", "--s4", "--gain", "--loss")
HIGH = Fraction(3, 2)  # marginal rates above it are drawn at it; the table has them


@dataclass(frozen=True)
class Component:
    """A part of income that stands on the ones before it.

    Attributes:
        name: what it is called.
        ends: its amount at the first and the last earnings of each piece.
    """

    name: str
    ends: Sequence[tuple[Fraction, Fraction]]


def components(line: BudgetLine, voice: Voice) -> list[Component]:
    """Return what is left of earnings, then every benefit that is ever paid."""
    net = [
        (
            p.first - sum((p.at_first[c.key] for c in line.charges), Fraction(0)),
            p.last - sum((p.at_last[c.key] for c in line.charges), Fraction(0)),
        )
        for p in line.pieces
    ]
    charged = any(p.at_last[c.key] for p in line.pieces for c in line.charges)
    found = [Component(voice("net_earnings" if charged else "earnings"), net)]
    for benefit in line.benefits:
        ends = [(p.at_first[benefit.key], p.at_last[benefit.key]) for p in line.pieces]
        if any(first or last for first, last in ends):
            found.append(Component(voice.named(benefit), ends))
    return found


def income_chart(
    line: BudgetLine, cliffs: Sequence[Cliff], voice: Voice, canvas: Canvas, *, earnings: bool = True
) -> Spec:
    """Return the components of income as areas one upon the other, their sum as a line, a mark at each cliff.

    Args:
        earnings: whether what is left of earnings stands below; without it benefits alone, which are easier to see.
    """
    parts = components(line, voice)[0 if earnings else 1 :]
    names = {c.name: wrapped(c.name, canvas.width - 110) for c in parts}
    order = list(names.values())
    areas = [
        {"x": float(x), "y": float(y), "series": names[c.name], "order": i}
        for i, c in enumerate(parts)
        for piece, (first, last) in zip(line.pieces, c.ends, strict=True)
        for x, y in {piece.first: first, piece.last: last}.items()  # a piece may be one amount of earnings
    ]
    total = [
        {"x": float(x), "y": float(sum(c.ends[i][end] for c in parts))}
        for i, p in enumerate(line.pieces)
        for end, x in enumerate((p.first, p.last))
    ]
    hues = [BY_NAME[HUES[i % len(HUES)]] for i in range(len(parts))]
    hues = [BY_NAME["--s0"], *hues[:-1]] if earnings else hues
    shade = {
        "field": "series",
        "type": "nominal",
        "sort": order,
        "scale": {"domain": order, "range": hues},
        "legend": {"labelExpr": LINES, "symbolOpacity": 0.75},
    }
    x = _earnings_axis(line, voice, canvas)
    y = quantity("y", stack=None, axis={"title": None, "tickCount": 5, "labelExpr": "format(datum.value, ',~f')"})
    area = {"x": x, "y": {**y, "stack": "zero"}, "color": shade, "order": {"field": "order"}}
    return {
        "layer": [
            {"data": {"values": areas}, **mark("area", area, opacity=0.75, stroke=BY_NAME["--page"], strokeWidth=0.8)},
            {"data": {"values": total}, **mark("line", {"x": x, "y": y}, color=BY_NAME["--ink"], strokeWidth=2)},
            *_cliff_marks(cliffs, total, x),
        ],
        "width": canvas.width - 80,
        "height": (300 if earnings else 200) if canvas.width > 500 else (250 if earnings else 170),
    }


def _cliff_marks(cliffs: Sequence[Cliff], total: Sequence[Spec], x: Spec) -> list[Spec]:
    """Return a numbered mark above each cliff; a point carries its number, which the list below repeats."""
    before = {c.at: max((t for t in total if t["x"] < float(c.at)), key=lambda t: t["x"])["y"] for c in cliffs}
    rows = [{"x": float(c.at), "y": before[c.at], "n": str(i)} for i, c in enumerate(cliffs, 1)]
    if not rows:
        return []
    where = {"x": x, "y": quantity("y")}
    data = {"data": {"values": rows}}
    return [
        {**data, **mark("point", where, filled=True, size=300, color=BY_NAME["--loss"], yOffset=-16, opacity=1)},
        {
            **data,
            **mark(
                "text",
                {**where, "text": {"field": "n"}},
                color=BY_NAME["--page"],
                fontSize=12,
                fontWeight="bold",
                yOffset=-16,
                baseline="middle",
            ),
        },
    ]


def rate_chart(line: BudgetLine, cliffs: Sequence[Cliff], voice: Voice, canvas: Canvas) -> Spec:
    """Return the share of one more unit of earnings that is lost, as steps; a mark at the foot of each cliff."""
    rates = [line.marginal_rate(p) for p in line.pieces]
    rows = [
        {"x": float(p.first), "x2": float(p.last), "y": float(min(max(rate, -HIGH), HIGH))}
        for p, rate in zip(line.pieces, rates, strict=True)
    ]
    low = min(Fraction(0), *(min(rates, default=Fraction(0)), Fraction(0)))
    top = max(Fraction(1), min(max(rates, default=Fraction(0)), HIGH))
    x = _earnings_axis(line, voice, canvas)
    percent = {"title": None, "tickCount": 5, "labelExpr": "format(datum.value * 100, ',~f') + ' %'"}
    scale = {"domain": [float(max(low, -HIGH)), float(top)], "nice": False}
    y = quantity("y", scale=scale, axis=percent)
    band = {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"datum": 0}}
    layers = [
        {"data": {"values": rows}, **mark("rect", band, color=BY_NAME["--s1"], opacity=0.25)},
        {
            "data": {"values": rows},
            **mark("rule", {"x": x, "x2": {"field": "x2"}, "y": y}, color=BY_NAME["--s1"], strokeWidth=3),
        },
    ]
    falls = [{"x": float(c.at), "y": float(top)} for c in cliffs]
    if falls:
        fall = {"x": x, "y": y, "y2": {"datum": 0}}
        layers.append(
            {"data": {"values": falls}, **mark("rule", fall, color=BY_NAME["--loss"], strokeWidth=2, strokeDash=[4, 3])}
        )
    return {"layer": layers, "width": canvas.width - 80, "height": 170}


def _earnings_axis(line: BudgetLine, voice: Voice, canvas: Canvas) -> Spec:
    title = wrapped(voice("earnings_axis"), canvas.width - 60).split("\n")
    letters = (len(str(int(line.highest))) + 4) * LETTER
    ticks = max(2, int((canvas.width - 80) / letters / 1.15))
    axis = {"title": title, "tickCount": min(6, ticks), "labelExpr": "format(datum.value, ',~f')", "grid": False}
    return quantity("x", scale={"domain": [0, float(line.highest)], "nice": False}, axis=axis)
