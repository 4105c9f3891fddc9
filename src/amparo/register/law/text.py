"""law.md: the provisions of a programme in our own words, read as the declaration that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markdown_it import MarkdownIt

from amparo.page import Html
from amparo.policy import Programme

LANGUAGE = "en"  # law.md is written in one language
CHECKED = re.compile(r"Checked\s+on\s+(\d{4}-\d{2}-\d{2})")
NOT_MODELLED = re.compile(r"^not modelled:[ \t]*(.+(?:\n(?!\s*$).+)*)", re.MULTILINE | re.IGNORECASE)
HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)


class Standing(StrEnum):
    """How far the words of a provision can be trusted, as its own text says."""

    VERIFIED = "verified"
    PARTLY = "partly"
    TO_BE_CHECKED = "to_be_checked"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Words:
    """One provision of law.md.

    Attributes:
        citation: its heading, as rules cite it.
        text: what it says, in markdown.
        standing: what the text says of its own confidence.
        not_modelled: why no rule follows it; "" where one does.
    """

    citation: str
    text: str
    standing: Standing
    not_modelled: str

    @property
    def said(self) -> str:
        """The text without the line that says why no rule follows it."""
        return NOT_MODELLED.sub("", self.text).strip()


@dataclass(frozen=True)
class LawText:
    """A law.md, whole.

    Attributes:
        title: its first line.
        before: what it says before the first provision, in markdown.
        checked: the day on which it was last checked; None where it does not say.
    """

    title: str
    before: str
    checked: date | None
    provisions: tuple[Words, ...]


def read_law(programme: Programme) -> LawText:
    """Return the law.md of a programme."""
    return law_text(programme.file("law.md").read_text(encoding="utf-8"))


def law_text(text: str) -> LawText:
    r"""Return the parts of a law.md.

    >>> found = law_text("# A law\n\nChecked on 2026-11-23.\n\n## Act 1, art. 2\n\nWho asks. Confidence: verified.\n")
    >>> found.title, found.checked, found.provisions[0].citation, found.provisions[0].standing.value
    ('A law', datetime.date(2026, 11, 23), 'Act 1, art. 2', 'verified')
    """
    before, *parts = HEADING.split(text)
    title, _, opening = before.partition("\n")
    day = CHECKED.search(before)
    provisions = tuple(_words(citation, body.strip()) for citation, body in zip(parts[::2], parts[1::2], strict=True))
    checked = date.fromisoformat(day[1]) if day else None
    return LawText(title.lstrip("# ").strip(), opening.strip(), checked, provisions)


def _words(citation: str, body: str) -> Words:
    reason = NOT_MODELLED.search(body)
    return Words(citation, body, _standing(body), reason[1].strip() if reason else "")


def _standing(body: str) -> Standing:
    doubt, sure = "to be checked" in body.lower(), bool(re.search(r"\bverified\b", body, re.IGNORECASE))
    if doubt:
        return Standing.PARTLY if sure else Standing.TO_BE_CHECKED
    return Standing.VERIFIED if sure else Standing.UNSTATED


def as_html(text: str) -> Html:
    """Return markdown as HTML; raw HTML in it is shown, never obeyed."""
    return Html(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
