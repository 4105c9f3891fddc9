"""The two kinds of tables of a report: words, which stack on a phone, and numbers, which scroll in a region."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.page import Html, el, stacked_table
from amparo.simulate.report.reader import Form, Found, Reader


def number_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], title: str, reader: Reader, words: int = 1
) -> Html:
    """Return a table of numbers in a region of its own that the keyboard can scroll.

    Args:
        heads: the names of the columns.
        rows: cells; the first is the row's name.
        title: the caption, and the name of the region.
        words: how many columns, from the left, hold words.
    """
    top = [el("th", h, scope="col", class_=None if n < words else "n") for n, h in enumerate(heads)]
    body = [
        el(
            "tr",
            el("th", row[0], scope="row"),
            [el("td", cell, class_=None if n + 1 < words else "n") for n, cell in enumerate(row[1:])],
        )
        for row in rows
    ]
    table = el("table", el("caption", title), el("thead", el("tr", top)), el("tbody", body), class_="numbers")
    label = reader("scroll", title=title)
    return el("div", table, class_="scroll", role="region", tabindex=0, aria_label=label)


def with_error(form: Form, found: Found, reader: Reader, *, signed: bool = False) -> Html:
    """Return a value with its standard error beneath."""
    value = reader.value(form, found, signed=signed)
    if found is None:
        return el("span", value)
    return el("span", value, el("small", f"{reader('se_short')} {reader.error(form, found)}"))


def with_interval(form: Form, found: Found, reader: Reader) -> Html:
    """Return a change with its interval beneath."""
    value = reader.value(form, found, signed=True)
    if found is None:
        return el("span", value)
    return el("span", value, el("small", reader.interval(form, found, signed=True)))


def spelled(form: Form, found: Found, reader: Reader, *, signed: bool = False) -> list[str]:
    """Return the cells of an estimate: value, standard error, both ends of the interval."""
    if found is None:
        return [reader.value(form, found)] * 4
    ends = [reader.figure(form, found[e], signed=signed, like=found["value"]) for e in ("low", "high")]
    return [reader.value(form, found, signed=signed), reader.error(form, found), *ends]


def spelled_heads(reader: Reader, value: str) -> list[str]:
    """Return the heads of those cells."""
    return [value, reader("standard_error"), f"{reader('ci')}: {reader('low').lower()}", reader("high").lower()]


__all__ = ["number_table", "spelled", "spelled_heads", "stacked_table", "with_error"]
