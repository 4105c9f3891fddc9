"""A simulation as one page that stands alone, in three languages: the answer, what it rests on, then all of it."""

from __future__ import annotations

from typing import Any

from amparo.page import Html, Part, el, html_page, plan
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
from amparo.simulate.report.results import in_short, results
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
        in_short(document, reader),
        computability(document, reader),
        assumptions(document, reader),
        *results(document, reader),
        *deeper(document, reader),
        to_check(document, reader),
        not_modelled(document, reader),
        method(document, reader),
    ]
    made = el("p", reader("made", version=document["amparo"]))
    contents = reader.say("page_contents")
    return plan(reader.language, opening(document, reader), contents, _places(document, reader), sections, made)


def _places(document: Document, reader: Reader) -> list[tuple[str, str]]:
    scenarios = document["scenarios"]
    names = ["results"] if scenarios else []
    names += ["computability", "assumptions"]
    names += ["spending"] if any(s["benefits"] for s in scenarios) else []
    names += ["poverty"] if any(s["welfare"] for s in scenarios) else []
    names += ["incidence"] if any(s["by_decile"] or s["by_sex"] for s in scenarios) else []
    names += [*present(document), "to_check", "not_modelled", "method"]
    return [(n.replace("_", "-"), reader(n)) for n in names]


__all__ = ["html_report"]
