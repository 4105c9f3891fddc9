"""HTML written as calls: whatever is not already HTML is escaped."""

from __future__ import annotations

from html import escape
from typing import Any

VOID = frozenset({"meta", "link", "br", "hr"})


class Html(str):
    """Text that is HTML already, and so is not escaped again."""

    __slots__ = ()


Child = Any  # a text, Html, nothing, or a list of these at any depth


def el(tag: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """Return an element.

    Args:
        tag: the name of the element.
        children: texts (escaped), Html (as it is), lists of both; None is left out.
        attributes: `class_` gives class, `aria_label` gives aria-label; True gives a bare name, None none.

    >>> el("p", "1 < 2", el("b", "&"), class_="note")
    '<p class="note">1 &lt; 2<b>&amp;</b></p>'
    """
    named = "".join(_attribute(k, v) for k, v in attributes.items())
    inner = join(*children)
    return Html(f"<{tag}{named}>" if tag in VOID else f"<{tag}{named}>{inner}</{tag}>")


def join(*children: Child) -> Html:
    """Return children one after the other."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            parts.append(child if isinstance(child, Html) else escape(child))
        else:
            parts.append(join(*child))
    return Html("".join(parts))


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
