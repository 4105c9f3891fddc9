"""Long provisions as an outline: a line for each case, condition or alternative, indented under its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from amparo.expr.node import Node, Op
from amparo.expr.render import TABLE, Name, Piece, Writer, inside, key_in_words
from amparo.expr.rules import Rule

OPEN = "…"
WIDE = 80  # characters that still read as one line
LISTS = {Op.AND: "every_one", Op.OR: "any_one"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outline, and how far it is indented."""

    depth: int
    text: str


def outline(
    what: Rule[Any, Any] | Node, language: str, *, on: date | None = None, name: Name | None = None
) -> list[Line]:
    """Return a provision as lines that each say one thing; arguments as in `render.prose`.

    >>> from amparo.countries.brasil.bolsa_familia.rules import complement
    >>> [line.text for line in outline(complement, "en")]
    ['the household floor minus the citizenship income, at least 0']
    """
    return list(_lines(Writer("prose", language, on, name or key_in_words), inside(what, on), 0, ""))


def _lines(w: Writer, n: Node, depth: int, before: str) -> Iterator[Line]:
    """Yield the lines of a node; `before` opens the first of them."""
    whole = w.of(n).text
    if len(whole) <= WIDE:
        yield Line(depth, before + whole)
    elif n.op not in (Op.WHEN, *LISTS) or (n.op is Op.OR and n.args[0].op is Op.NOT):
        yield from _around(w, n, depth, before)
    elif n.op is Op.WHEN:
        if before:
            yield Line(depth, before.rstrip())
        yield from _cases(w, n, depth + bool(before))
    else:
        yield Line(depth, before + w.form(LISTS[n.op]).text)
        for each in _flattened(n, n.op):
            yield from _lines(w, each, depth + 1, "· ")


def _around(w: Writer, n: Node, depth: int, before: str) -> Iterator[Line]:
    """Yield a long sentence with its longest branching part left open, and that part below it."""
    below = [a for a in (*n.args, *(b for a in n.args for b in a.args)) if _branches(a) and len(w.of(a).text) > WIDE]
    for part in below:
        kept = w.done[part]
        w.done[part] = Piece(OPEN)
        text = TABLE[n.op](w, n).text
        w.done[part] = kept
        if text.count(OPEN) == 1 and text != OPEN:
            yield Line(depth, before + text)
            yield from _lines(w, part, depth + 1, f"{OPEN} ")
            return
    yield Line(depth, before + w.of(n).text)


def _branches(n: Node) -> bool:
    """Whether there is a choice or a list of conditions in a node, inside its own provision."""
    return n.op in (Op.WHEN, *LISTS) or (n.op is not Op.PROVISION and any(_branches(a) for a in n.args))


def _cases(w: Writer, n: Node, depth: int) -> Iterator[Line]:
    while n.op is Op.WHEN:
        condition, value, n_else = n.args
        short = w.form("case_line", condition, value).text
        if len(short) <= WIDE:
            yield Line(depth, short)
        else:
            yield from _lines(w, condition, depth, w.form("case_opens").text + " ")
            yield from _lines(w, value, depth + 1, "→ ")
        n = n_else
    yield from _lines(w, n, depth, w.form("otherwise_opens").text + " ")


def _flattened(n: Node, op: Op) -> Iterator[Node]:
    for each in n.args:
        if each.op is op:
            yield from _flattened(each, op)
        elif not (each.op is Op.CONST and each.attr is True):
            yield each


__all__ = ["Line", "outline"]
