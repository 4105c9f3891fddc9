"""A simulation as a workbook: a first sheet that says what it rests on, then one sheet for each table."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from amparo.simulate.assumed import assumed_lines
from amparo.simulate.tables import Document, Row, tables
from amparo.texts import Texts

SHARES = ("winners", "losers", "coverage", "adequacy", "relative_incidence", "share_of")
WIDEST = 60  # characters of a column


def workbook(document: Document, language: str = "es") -> bytes:
    """Return a simulation as an XLSX file in one language; figures are numbers, not texts."""
    say = Texts(language)
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        book.set_properties({"title": f"amparo {document['amparo']}", "comments": ""})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _opening(book.add_worksheet(say("report_assumptions")[:31]), document, say, bold, wrapped)
        number, share = book.add_format({"num_format": "#,##0.####"}), book.add_format({"num_format": "0.00%"})
        for name, rows in tables(document, language).items():
            _sheet(book.add_worksheet(name), rows, bold, wrapped, number, share)
    return memory.getvalue()


def _opening(sheet: Worksheet, document: Document, say: Texts, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 110, wrapped)
    population = document["population"]
    counts = say("households_persons", h=say.number(population["households"]), p=say.number(population["persons"]))
    lines = [
        f"{say.of(document['country']['names'])} · {document['month']} · {population['label']}: {counts}",
        *[say.of(s["names"]) for s in document["scenarios"]],
        say.of(document["method"]["income"]),
        f"{say('method')}: {say.of(document['method']['poverty']['names'])}. {say.of(document['method']['variance'])}.",
        *assumed_lines(document, say),
    ]
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text, bold if row == 0 else wrapped)


def _sheet(sheet: Worksheet, rows: Sequence[Row], bold: Format, wrapped: Format, number: Format, share: Format) -> None:
    heads = list(rows[0])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        longest = max(len(head), *(len(str(r.get(head, ""))) for r in rows[:200]))
        sheet.set_column(column, column, min(longest + 2, WIDEST))
        for line, row in enumerate(rows, 1):
            _cell(sheet, line, column, row.get(head), wrapped, share if head.startswith(SHARES) else number)


def _cell(sheet: Worksheet, row: int, column: int, value: Any, wrapped: Format, number: Format) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        sheet.write_number(row, column, value, number)
    elif value is not None and not isinstance(value, float):
        sheet.write_string(row, column, str(value), wrapped)


__all__ = ["workbook"]
