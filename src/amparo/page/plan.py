"""How every page is laid out: an opening, the list of its sections beside them, a foot."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.page.markup import Child, Html, el, join


def opening(kicker: Child, title: str, *below: Child) -> Html:
    """Return the head of a page: a line above its title, the title, and what follows before the first section."""
    return el("header", el("p", kicker, class_="kicker"), el("h1", title), *below, class_="opening")


def plan(
    language: str, head: Html, contents: str, places: Sequence[tuple[str, str]], sections: Child, *foot: Child
) -> Html:
    """Return a page in one language.

    Args:
        language: es, pt or en.
        head: its opening.
        contents: what the list of sections is called.
        places: the sections to be listed: identifier without the language, title.
        sections: the sections themselves; the identifiers of their headings begin with the language.
        foot: what stands below all.
    """
    items = [el("li", el("a", title, href=f"#{language}-{name}")) for name, title in places]
    name = f"{language}-contents"
    listed = el("nav", el("h2", contents, id=name), el("ol", items), class_="contents", aria_labelledby=name)
    return join(head, el("div", listed, el("div", sections, class_="sections"), class_="body"), el("footer", *foot))
