"""A simulation as one page: a file that stands alone, in three languages, and opens with what it rests on."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from amparo.simulate.report.deeper import deeper, present
from amparo.simulate.report.markup import Html, el, join
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

NATIVE = {"es": "Español", "pt": "Português", "en": "English"}

# The style sheet alone shows one language, by the address (#pt). The script adds: the page's own `lang` and title
# follow, and a change of language stays at the section being read.
SCRIPT = """
(() => {
  const parts = [...document.querySelectorAll("main > article")];
  const links = [...document.querySelectorAll("nav.languages a")];
  const shown = () => parts.find(p => getComputedStyle(p).display !== "none") || parts[0];
  const follow = () => {
    const part = shown();
    document.documentElement.lang = part.lang;
    document.title = part.dataset.title;
    const heads = [...part.querySelectorAll("h2[id]")];
    for (const a of links) {
      if (a.lang === part.lang) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
    return heads;
  };
  for (const a of links) a.addEventListener("click", event => {
    const read = follow().filter(h => h.getBoundingClientRect().top < innerHeight / 3).pop();
    event.preventDefault();
    location.hash = a.lang + (read ? read.id.slice(2) : "");
    if (!read) scrollTo(0, 0);
    a.focus({preventScroll: true});
  });
  addEventListener("hashchange", follow);
  follow();
})();
"""


def html_report(document: dict[str, Any], language: str = "es") -> str:
    """Return a simulation as one HTML file in Spanish, Portuguese and English; it asks nothing of the network.

    Args:
        document: the simulation in its JSON form (docs/reference/json.md).
        language: the one shown first; an address that ends in #es, #pt or #en asks for another.

    Raises:
        ValueError: a language that amparo does not speak.
    """
    readers = {each: Reader(each, document) for each in LANGUAGES}
    if language not in readers:
        raise ValueError(f"amparo speaks {', '.join(LANGUAGES)}, not '{language}'.")
    style = _style() + _first(language)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", _title(document, readers[language])),
        el("link", rel="icon", href="data:,"),
        el("style", Html(style)),
    )
    links = [el("a", NATIVE[k], href=f"#{k}", lang=k, hreflang=k) for k in readers]
    languages = el("nav", links, class_="languages", aria_label=" / ".join(NATIVE.values()))
    bar = el("header", el("p", "amparo", class_="mark"), languages, class_="bar")
    parts = [_part(document, reader) for reader in readers.values()]
    body = el("body", bar, el("main", parts), el("script", Html(SCRIPT)))
    return join(Html("<!doctype html>\n"), el("html", head, body, lang=language), "\n")


def _title(document: Document, reader: Reader) -> str:
    return f"{headline(document, reader)} · amparo"


def _part(document: Document, reader: Reader) -> Html:
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
    return el(
        "article",
        opening(document, reader),
        el("div", _contents(document, reader), el("div", sections, class_="sections"), class_="body"),
        el("footer", made),
        id=reader.language,
        lang=reader.language,
        data_title=_title(document, reader),
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


@cache
def _style() -> str:
    return files("amparo.simulate.report").joinpath("page.css").read_text(encoding="utf-8")


def _first(language: str) -> str:
    """Return the rules that show one language: the address's, or this one."""
    shown = "".join(f"body:has(#{k}:target, #{k} :target) .languages a[lang={k}]," for k in NATIVE)
    return (
        "@supports selector(:has(*)) {\n"
        "main > article { display: none; }\n"
        "main > article:target, main > article:has(:target), "
        f"body:not(:has(article:target, article :target)) #{language}"
        " { display: block; }\n"
        f"{shown} body:not(:has(article:target, article :target)) .languages a[lang={language}]"
        " { background: var(--ink); color: var(--page); }\n}\n"
    )


def _policy(style: str) -> str:
    """Return the policy that forbids the page to load anything, even by mistake."""
    allowed = {"script-src": SCRIPT, "style-src": style}
    hashed = {k: base64.b64encode(hashlib.sha256(v.encode()).digest()).decode() for k, v in allowed.items()}
    return "default-src 'none'; img-src data:; " + "; ".join(f"{k} 'sha256-{h}'" for k, h in hashed.items())


__all__ = ["html_report"]
