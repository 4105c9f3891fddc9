"""One reader of a report: language, currency, and how each kind of figure is written for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from amparo.simulate.report.charts import symbols
from amparo.texts import Texts

Document = Mapping[str, Any]
Found = Mapping[str, float] | None  # an estimate: value, standard_error, low, high

NONE = "—"
MINUS = "−"
LARGE = {
    "es": ((1e6, "report_million"),),
    "pt": ((1e9, "report_billion"), (1e6, "report_million")),
    "en": ((1e9, "report_billion"), (1e6, "report_million")),
}


class Form(Enum):
    """What kind of figure it is, and so how it is written."""

    MONEY = "money"  # $ 512.345
    SPENDING = "spending"  # $ 9.876 millones
    COUNT = "count"  # 1.292.345
    CROWD = "crowd"  # 1,29 millones
    SHARE = "share"  # 6,5 %
    POINTS = "points"  # 0,32 p. p.
    INDEX = "index"  # 0,473


# Measure of welfare → how a level and a change of it are written.
WELFARE = {
    "poverty_headcount": (Form.SHARE, Form.POINTS),
    "extreme_poverty_headcount": (Form.SHARE, Form.POINTS),
    "poor_persons": (Form.COUNT, Form.COUNT),
    "poverty_gap": (Form.SHARE, Form.POINTS),
    "gini": (Form.INDEX, Form.INDEX),
    "mean_income_per_head": (Form.MONEY, Form.MONEY),
}

# Measure of targeting → how it is written; two more, the complement of the first and the inclusion error counted in
# persons, are in tables and JSON.
TARGETING = {
    "coverage_of_poor": Form.SHARE,
    "leakage_to_non_poor": Form.SHARE,
    "coady_grosh_hoddinott": Form.INDEX,
    "concentration_coefficient": Form.INDEX,
    "kakwani": Form.INDEX,
    "poverty_reduction_efficiency": Form.SHARE,
}


def known(found: Found) -> bool:
    """Tell whether there is an estimate with a number in it."""
    return found is not None and math.isfinite(found["value"])


class Reader:
    """Writes texts and figures of one document in one language."""

    def __init__(self, language: str, document: Document) -> None:
        self.say = Texts(language)
        self.language = language
        self.symbol = str(document["currency"]["symbol"])
        self.decimals = int(document["currency"]["decimals"])

    def __call__(self, key: str, **values: Any) -> str:
        """Return a text of the report."""
        return self.say(f"report_{key}", **values)

    def of(self, names: Mapping[str, str]) -> str:
        """Return the reader's name among several."""
        return self.say.of(names)

    def title(self, names: Mapping[str, str]) -> str:
        """Return a name that begins a line."""
        name = self.of(names)
        return name[:1].upper() + name[1:]

    def id(self, name: str) -> str:
        """Return an identifier of this language's part of the page."""
        return f"{self.language}-{name}"

    def month(self, text: str) -> str:
        """Write a month given as 2022-11."""
        return self.say.month(date.fromisoformat(f"{text}-01"))

    def symbols(self) -> dict[str, Any]:
        """Return the separators, as the charts want them."""
        return symbols(self.say.locale)

    def scale(self, largest: float) -> tuple[float, str]:
        """Return the unit that a large figure is written in: its size and its name, '' for one."""
        for size, key in LARGE[self.language]:
            if abs(largest) >= size:
                return size, self.say(key)
        return 1.0, ""

    def figure(self, form: Form, value: float, *, signed: bool = False, like: float | None = None) -> str:
        """Write a number.

        Args:
            form: what kind of figure it is.
            value: shares as fractions, money in currency units.
            signed: whether a plus is written.
            like: the figure whose precision and scale this one takes.
        """
        if not math.isfinite(value):
            return NONE
        body = self._body(form, abs(value), abs(value if like is None else like))
        zero = not any(c in "123456789" for c in body)
        sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
        return (sign + body).replace(" ", "\N{NO-BREAK SPACE}")

    def _body(self, form: Form, size: float, like: float) -> str:
        number = self.say.number
        if form is Form.MONEY:
            places = max(self.decimals, 1 if like < 10 else 0) if like < 1000 else 0
            return f"{self.symbol} {number(size, places)}"
        if form in {Form.SPENDING, Form.CROWD}:
            unit, name = self.scale(like)
            shown = number(size / unit, places_of(like / unit) if name else 0) + (f" {name}" if name else "")
            return f"{self.symbol} {shown}" if form is Form.SPENDING else shown
        if form is Form.POINTS:
            return self("points", value=number(size * 100, 2))
        if form is Form.SHARE:
            return self.say.percent(size, 1)
        return number(size, 4 if like < 0.1 else 3) if form is Form.INDEX else number(size)

    def value(self, form: Form, found: Found, *, signed: bool = False) -> str:
        """Write an estimate's value."""
        return NONE if found is None else self.figure(form, found["value"], signed=signed)

    def error(self, form: Form, found: Found) -> str:
        """Write an estimate's standard error, as precisely as its value."""
        if found is None:
            return NONE
        form = Form.POINTS if form is Form.SHARE else form
        size = found["standard_error"]
        return self.figure(form, size, like=size if form is Form.INDEX else found["value"])

    def interval(self, form: Form, found: Found, *, signed: bool = False) -> str:
        """Write an estimate's interval: 'from … to …'."""
        if found is None or not known(found):
            return NONE
        ends = [self.figure(form, found[e], signed=signed, like=found["value"]) for e in ("low", "high")]
        return self("from_to", low=ends[0], high=ends[1])


def places_of(size: float) -> int:
    """Return the decimals that leave three significant figures."""
    return 2 if size < 10 else 1 if size < 100 else 0
