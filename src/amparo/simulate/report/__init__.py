"""A simulation as one page: a file that stands alone, in three languages, and opens with what it rests on."""

from __future__ import annotations

from typing import Any

from amparo.page import Html, Part, el, html_page, join
from amparo.simulate.report.deeper import deeper, present
from amparo.simulate.report.method import method
from amparo.simulate.report.opening import (
    assumptions,
    computability,
    headline,
    not_modelled,
    nothing_computable,
    opening,
    to_check,
)
from amparo.simulate.report.reader import Document, Reader
from amparo.simulate.report.results import results
from amparo.texts import LANGUAGES


def html_report(document: dict[str, Any], language: str = "es") -> str:
    """Return a simulation as one HTML file in Spanish, Portuguese and English; it asks nothing of the network.

    Args:
        document: the simulation in its JSON form (docs/reference/json.md).
        language: the one shown first; an address that ends in #es, #pt or #en asks for another.

    Raises:
        ValueError: a language that amparo does not speak.
    """
    readers = {each: Reader(each, document) for each in LANGUAGES}
    parts = {k: Part(_title(document, reader), _content(document, reader)) for k, reader in readers.items()}
    return html_page(parts, language)


def _title(document: Document, reader: Reader) -> str:
    return f"{headline(document, reader)} · amparo"


def _content(document: Document, reader: Reader) -> Html:
    """Return the whole page in one language."""
    sections = [
        nothing_computable(document, reader),
        assumptions(document, reader),
        computability(document, reader),
        to_check(document, reader),
        not_modelled(document, reader),
        *results(document, reader),
        *deeper(document, reader),
        method(document, reader),
    ]
    made = el("p", reader("made", version=document["amparo"]))
    return join(
        opening(document, reader),
        el("div", _contents(document, reader), el("div", sections, class_="sections"), class_="body"),
        el("footer", made),
    )


def _contents(document: Document, reader: Reader) -> Html:
    names = ["assumptions", "computability", "to_check", "not_modelled"]
    scenarios = document["scenarios"]
    if scenarios:
        names += ["results"]
        names += ["spending"] if any(s["benefits"] for s in scenarios) else []
        names += ["poverty"] if any(s["welfare"] for s in scenarios) else []
        names += ["incidence"] if any(s["by_decile"] or s["by_sex"] for s in scenarios) else []
    names += [*present(document), "method"]
    items = [el("li", el("a", reader(n), href=f"#{reader.id(n.replace('_', '-'))}")) for n in names]
    head = reader.id("contents")
    return el("nav", el("h2", reader("contents"), id=head), el("ol", items), class_="contents", aria_labelledby=head)


__all__ = ["html_report"]
