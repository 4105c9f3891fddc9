"""A page that stands alone: one HTML file in Spanish, Portuguese and English that asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amparo.page.markup import Child, Html, el, join
from amparo.page.plan import opening, plan
from amparo.page.tables import stacked_table

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
  addEventListener("load", follow);  // a browser may look for the place named by the address only then
  follow();
})();
"""


@dataclass(frozen=True)
class Part:
    """A page in one language: its title, and what stands in it."""

    title: str
    content: Child


def html_page(parts: Mapping[str, Part], language: str = "es", *, more: str = "", home: str = "") -> str:
    """Return a page as one HTML file that shows one language at a time.

    Args:
        parts: the page in each language. Identifiers within begin with the language, `es-method`; the rest of
            a heading's identifier is the same in all, so that a change of language stays at the section.
        language: the one shown first; an address that ends in #es, #pt or #en asks for another.
        more: rules of style that only pages of this kind need.
        home: the file of the front page, where the page is one of several.

    Raises:
        ValueError: the page does not speak the language.
    """
    if language not in parts:
        raise ValueError(f"amparo speaks {', '.join(parts)}, not '{language}'.")
    sheet = style() + more + _first(language)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(sheet)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", parts[language].title),
        el("link", rel="icon", href="data:,"),
        el("style", Html(sheet)),
    )
    links = [el("a", NATIVE[k], href=f"#{k}", lang=k, hreflang=k) for k in parts]
    languages = el("nav", links, class_="languages", aria_label=" / ".join(NATIVE[k] for k in parts))
    mark = el("a", "amparo", href=home) if home else "amparo"
    bar = el("header", el("p", mark, class_="mark"), languages, class_="bar")
    articles = [el("article", part.content, id=k, lang=k, data_title=part.title) for k, part in parts.items()]
    body = el("body", bar, el("main", articles), el("script", Html(SCRIPT)))
    return join(Html("<!doctype html>\n"), el("html", head, body, lang=language), "\n")


@cache
def style() -> str:
    """Return the style sheet of every page."""
    return files("amparo.page").joinpath("page.css").read_text(encoding="utf-8")


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


def _policy(sheet: str) -> str:
    """Return the policy that forbids the page to load anything, even by mistake."""
    allowed = {"script-src": SCRIPT, "style-src": sheet}
    hashed = {k: base64.b64encode(hashlib.sha256(v.encode()).digest()).decode() for k, v in allowed.items()}
    return "default-src 'none'; img-src data:; " + "; ".join(f"{k} 'sha256-{h}'" for k, h in hashed.items())


__all__ = ["Child", "Html", "Part", "el", "html_page", "join", "opening", "plan", "stacked_table", "style"]
