"""Reads pages of the register: the text of one language, identifiers, links, and what is loaded."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "input", "img"}


@dataclass
class Read:
    """What a page holds: identifiers, links, text by language, and addresses that a browser would ask for."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: dict[str, str] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Read()
        self.open: list[str] = []
        self.language = ""

    def handle_starttag(self, tag, attrs) -> None:
        got = dict(attrs)
        if "id" in got:
            self.found.ids.append(got["id"])
        if tag == "a" and "href" in got:
            self.found.links.append(got["href"])
        if tag != "a":
            self.found.loaded += [got[k] for k in ("src", "srcset", "href", "poster", "action", "data") if k in got]
        if tag == "article":
            self.language = got["id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "article":
            self.language = ""

    def handle_data(self, data) -> None:
        if self.language:
            self.found.text[self.language] = self.found.text.get(self.language, "") + data


def read(page: str) -> Read:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(page)
    return reader.found


def plain(text: str) -> str:
    """Return a text with single spaces, so that line breaks and unbreakable spaces do not matter."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
