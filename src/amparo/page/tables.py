"""Tables of words, which stack on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.page.markup import Html, el


def stacked_table(heads: Sequence[str], rows: Sequence[Sequence[str]], title: str, *, class_: str) -> Html:
    """Return a table of words; its roles are written out, because on a phone it is laid out as blocks."""
    head = el("tr", [el("th", h, scope="col", role="columnheader") for h in heads], role="row")
    body = [
        el(
            "tr",
            [
                el("th", cell, scope="row", role="rowheader")
                if n == 0
                else el("td", cell, role="cell", data_label=heads[n])
                for n, cell in enumerate(row)
            ],
            role="row",
        )
        for row in rows
    ]
    return el(
        "table",
        el("caption", title, class_="unseen"),
        el("thead", head, role="rowgroup"),
        el("tbody", body, role="rowgroup"),
        class_=f"words {class_}",
        role="table",
    )
