"""Charts of a distribution, ready to show: Lorenz curves, Pen's parade, incidence by decile, poverty over lines.

Each is an altair chart in the colours of amparo's reports, with the 95 % intervals of the sample as bands or rules; a
notebook shows it as it is, and `chart.save("lorenz.svg")` keeps it.

>>> from amparo.measures import SurveyDesign
>>> design = SurveyDesign([1.0] * 6, household=[1, 1, 2, 3, 4, 5])
>>> lorenz({"": [10.0, 10.0, 20.0, 30.0, 50.0, 80.0]}, design, points=4).to_dict()["width"]
420
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures import (
    Estimate,
    ReplicateDesign,
    SurveyDesign,
    benefit_incidence,
    deciles,
    foster_greer_thorbecke,
    lorenz_curve,
    mean,
    quantile,
)
from amparo.simulate.report.charts import BY_NAME, PERCENT, Spec, colours, in_daylight, mark, nominal, quantity
from amparo.texts import Texts

Design = SurveyDesign | ReplicateDesign
AMOUNT = "format(datum.value, ',~f')"


def lorenz(
    incomes: Mapping[str, ArrayLike],
    design: Design,
    *,
    points: int = 20,
    domain: ArrayLike | None = None,
    language: str = "en",
    width: int = 420,
) -> alt.Chart:
    """Return the Lorenz curve of each income with its band, below the line of equality.

    Args:
        incomes:  name → [n] currency, such as before and after a reform; {"": income} for one without a name.
        design:   the sample.
        points:   into how many equal parts persons are cut.
        domain:   [n] booleans, among whom it is measured; None for everyone.
        language: of the titles: es, pt or en.
        width:    pixels; the chart is as high.

    Raises:
        MeasureError: what `lorenz_curve` refuses, or fewer than two points.
    """
    if points < 2:
        raise MeasureError(f"points is {points}; a curve has at least two.")
    say, shares = Texts(language), [k / points for k in range(1, points + 1)]
    rows = []
    for name, income in incomes.items():
        curve = lorenz_curve(income, shares, design, domain=domain)
        rows.append({"series": name, "at": 0.0, "value": 0.0, "low": 0.0, "high": 0.0})
        rows += [_row(name, at, each) for at, each in zip(curve.points, curve.ordinates, strict=True)]
    equality = {
        "data": {"values": [{"at": 0, "value": 0}, {"at": 1, "value": 1}]},
        **mark("line", {"x": quantity("at"), "y": quantity("value")}, color=BY_NAME["--muted"], strokeDash=[4, 4]),
    }
    label = {
        "data": {"values": [{"at": 0.5, "value": 0.5, "text": say("chart_equality")}]},
        **mark(
            "text",
            {"x": quantity("at"), "y": quantity("value"), "text": {"field": "text"}},
            align="right",
            dx=-8,
            color=BY_NAME["--muted"],
        ),
    }
    x = _axis("at", say("chart_persons_poorest_first"), PERCENT)
    y = _axis("value", say("chart_share_of_income"), PERCENT)
    return _drawn([equality, label, *_band(x, y, list(incomes))], rows, width, width, say)


def pen_parade(
    income: ArrayLike,
    design: Design,
    *,
    upto: float = 0.99,
    domain: ArrayLike | None = None,
    language: str = "en",
    width: int = 520,
) -> alt.Chart:
    """Return Pen's parade: incomes as heights, from the poorest percentile to the one at `upto`, and their mean.

    Args:
        income:   [n] currency.
        design:   the sample.
        upto:     the last percentile shown; the giants behind it would flatten all others.
        domain:   [n] booleans, who marches; None for everyone.
        language: of the titles: es, pt or en.
        width:    pixels.

    Raises:
        MeasureError: what `quantile` refuses, or an `upto` below 0.02.
    """
    if not 0.02 <= upto <= 1:
        raise MeasureError(f"upto is {upto}; it is the last percentile of the parade, from 0.02 to 1.")
    say = Texts(language)
    shares = [k / 100 for k in range(1, round(100 * upto) + 1)]
    rows = [_row("", share, quantile(income, share, design, domain=domain)) for share in shares]
    average = mean(income, design, domain=domain).value
    x = _axis("at", say("chart_persons_poorest_first"), PERCENT)
    x["scale"] = {"domain": [0, upto + 0.01], "nice": False}
    y = _axis("value", say("chart_income"), AMOUNT)
    height = {"y": {"datum": average}}
    label = {
        "data": {"values": [{"at": 0, "text": say("chart_mean", amount=say.number(average))}]},
        **mark(
            "text",
            {"x": quantity("at"), **height, "text": {"field": "text"}},
            align="left",
            baseline="bottom",
            dx=6,
            dy=-4,
            color=BY_NAME["--ink"],
        ),
    }
    return _drawn(
        [
            mark("bar", {"x": x, "y": y}, color=BY_NAME["--s1"], width=width / len(shares) - 0.6),
            mark("rule", {"x": x, "y": quantity("low"), "y2": {"field": "high"}}, color=BY_NAME["--ink"], opacity=0.6),
            mark("rule", height, color=BY_NAME["--loss"], strokeWidth=1.5),
            label,
        ],
        rows,
        width,
        280,
        say,
    )


def incidence(
    amounts: Mapping[str, ArrayLike],
    income: ArrayLike,
    design: Design,
    *,
    domain: ArrayLike | None = None,
    language: str = "en",
    width: int = 520,
) -> alt.Chart:
    """Return the share of each benefit's spending that goes to each decile of income, with its interval.

    Args:
        amounts:  name → [n] what each person receives, currency, ≥ 0.
        income:   [n] currency, by which persons are ranked.
        design:   the sample.
        domain:   [n] booleans, who is measured; None for everyone.
        language: of the titles: es, pt or en.
        width:    pixels.

    Raises:
        MeasureError: what `benefit_incidence` refuses, or a benefit that nobody receives.
    """
    say = Texts(language)
    tenth = deciles(income, design, domain=domain)
    rows = []
    for name, amount in amounts.items():
        for each in benefit_incidence(amount, income, design, group=tenth, domain=tenth > 0):
            if each.spending is None:
                raise MeasureError(f"nobody receives {name or 'the benefit'}; its spending has no shares.")
            rows.append(_row(name, int(each.group), each.spending))
    x = {"field": "at", "type": "ordinal", "axis": {"title": say("chart_decile"), "labelAngle": 0}}
    y = _axis("value", say("chart_share_of_spending"), PERCENT)
    beside = {"xOffset": nominal("series", list(amounts))}
    shade = _shade(list(amounts))
    whisker = {"x": x, "y": quantity("low"), "y2": {"field": "high"}, **beside}
    return _drawn(
        [
            mark("bar", {"x": x, "y": y, **beside, **shade}),
            mark("rule", whisker, color=BY_NAME["--ink"], strokeWidth=1.4),
        ],
        rows,
        width,
        260,
        say,
    )


def line_sensitivity(
    incomes: Mapping[str, ArrayLike],
    lines: Sequence[float],
    design: Design,
    *,
    alpha: float = 0.0,
    marked: float | None = None,
    domain: ArrayLike | None = None,
    language: str = "en",
    width: int = 520,
) -> alt.Chart:
    """Return how much poverty there is below each of many lines, with its band: no single line decides.

    Where one income's curve lies below another's at every line, poverty fell whatever the line.

    Args:
        incomes:  name → [n] currency, such as before and after a reform; {"": income} for one without a name.
        lines:    currency, above zero, rising.
        design:   the sample.
        alpha:    of Foster, Greer and Thorbecke: 0 for the headcount, 1 for the gap.
        marked:   a line to be marked, such as the official one; None for none.
        domain:   [n] booleans, who is measured; None for everyone.
        language: of the titles: es, pt or en.
        width:    pixels.

    Raises:
        MeasureError: what `foster_greer_thorbecke` refuses, or fewer than two lines.
    """
    if len(lines) < 2:
        raise MeasureError(f"{len(lines)} lines were given; give at least two, from a low one to a high one.")
    say = Texts(language)
    rows = [
        _row(name, float(line), foster_greer_thorbecke(income, float(line), design, alpha=alpha, domain=domain))
        for name, income in incomes.items()
        for line in lines
    ]
    x = _axis("at", say("chart_line"), AMOUNT)
    x["scale"] = {"zero": False, "nice": False}
    y = _axis("value", say("chart_poor") if alpha == 0 else f"FGT({alpha:g})", PERCENT)
    layers = _band(x, y, list(incomes))
    if marked is not None:
        layers.append(mark("rule", {"x": {"datum": marked}}, color=BY_NAME["--muted"], strokeDash=[4, 4]))
    return _drawn(layers, rows, width, 280, say)


def _row(series: str, at: float, found: Estimate) -> dict[str, Any]:
    low, high = found.interval() if np.isfinite(found.standard_error) else (found.value, found.value)
    return {"series": series, "at": at, "value": found.value, "low": low, "high": high}


def _axis(field: str, title: str, label: str) -> Spec:
    return quantity(field, axis={"title": title, "tickCount": 5, "labelExpr": label})


def _shade(series: Sequence[str]) -> Spec:
    """Return a colour for each series, blue where there is one alone; its legend where there are several."""
    if len(series) == 1:
        return {"color": {"value": BY_NAME["--s1"]}}
    return {"color": nominal("series", series, scale=colours(series), legend={"symbolOpacity": 1})}


def _band(x: Spec, y: Spec, series: Sequence[str]) -> list[Spec]:
    shade = _shade(series)
    ends = {"x": x, "y": quantity("low"), "y2": {"field": "high"}, **shade}
    return [
        mark("area", ends, opacity=0.3),
        mark("line", {"x": x, "y": y, **shade}, strokeWidth=2),
    ]


def _drawn(layers: Sequence[Spec], rows: Sequence[Mapping[str, Any]], width: int, height: int, say: Texts) -> alt.Chart:
    spec = {"data": {"values": list(rows)}, "layer": list(layers), "width": width, "height": height}
    return alt.Chart.from_dict(in_daylight(spec, say.locale))


__all__ = ["incidence", "line_sensitivity", "lorenz", "pen_parade"]
