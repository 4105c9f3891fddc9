"""One programme read in one language: names, links within and between pages, rules as text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from amparo.expr import Input, Kind, Node, Parameter, Type
from amparo.expr.outline import outline
from amparo.expr.parameters import Value
from amparo.expr.render import Writer, formula, key_in_words
from amparo.expr.rules import RuleVersion
from amparo.page import Child, Html, el, join
from amparo.policy import Exclusion, Programme, name_of, reason_of
from amparo.register.law.dossier import Dossier, Stands, Stated
from amparo.register.voice import Voice, capital

ADDRESS = re.compile(r"https?://[^\s;)]+")


def slug(key: str) -> str:
    """Return a key as part of an identifier."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def anchor(what: Stands) -> str:
    """Return the identifier of a text: its key, and which of the rule's texts it is."""
    if isinstance(what, Exclusion):
        return f"x-{slug(what.key)}"
    at = what.rule.versions.index(what)
    return f"r-{slug(what.key)}" + (f"-{at + 1}" if at else "")


class Reading:
    """A dossier for a reader of one language."""

    def __init__(self, dossier: Dossier, language: str) -> None:
        self.dossier, self.country = dossier, dossier.country
        self.voice = Voice(language, dossier.country.currency)
        self.language = language
        self.shown = {s.what for s in dossier.stated}
        self._writer = Writer("prose", language, None, key_in_words)

    def name(self, what: Any) -> str:
        """Return what a provision is called; its key in words where texts.toml has no name."""
        return name_of(self.country, what.key, self.language) or key_in_words(what)

    def reason(self, what: Stands) -> str:
        """Return the sentence for citizens; "" where there is none in this language."""
        return reason_of(self.country, what.key, self.language)

    def link(self, what: Stands) -> Html:
        """Return the name of a provision, which leads to it, on this page or on that of its programme."""
        law = self.dossier.law
        owner: Programme | None
        if what in law.claims:
            guarantee = law.claims[what][1]
            name, place = self.voice.of(guarantee.names), self.voice.id(f"g-{slug(guarantee.key)}")
            owner = next(p for p in self.country.programmes if guarantee in p.properties)
        else:
            name, place, owner = self.name(what), self.voice.id(anchor(what)), law.owner(what)
        if what in self.shown or owner is None or owner is self.dossier.programme:
            return el("a", name, href=f"#{place}")
        return el("a", name, " ", el("small", self.voice.of(owner.names)), href=f"{owner.key}.html#{place}")

    def to_figure(self, figure: Parameter) -> Html:
        """Return the label of a figure, which leads to its values."""
        return el("a", self.label(figure), href=f"#{self.voice.id(f'f-{slug(figure.key)}')}")

    def to_input(self, asked: Input[Any]) -> Html:
        """Return the label of an input, which leads to where it is described."""
        return el("a", self.label(asked), href=f"#{self.voice.id(f'i-{slug(asked.key)}')}")

    def label(self, declared: Any) -> str:
        """Return the label of a figure, input or relation."""
        return capital(self.voice.of(declared.labels) or key_in_words(declared))

    def value(self, value: Fraction | None, type_: Type) -> str:
        """Write a figure of the law, exactly; what nobody found is unknown."""
        if value is None:
            return self.voice.say("unknown")
        text = self._writer.figure(value, type_).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{text} {self.voice('unit_months')}" if type_.kind is Kind.MONTHS else text

    def lines(self, stated: Stated) -> Html:
        """Return a rule as an outline: one line for each case or condition."""
        return self.outlined(stated.node, self.dossier.read_on(stated))

    def outlined(self, node: Node, month: date) -> Html:
        """Return what a provision's node says, with the figures of a month."""
        found = outline(node, self.language, on=month, name=self.name)
        items = [
            el("li", capital(line.text) if not line.depth else line.text, class_=f"d{line.depth}") for line in found
        ]
        return el("ul", items, class_="outline")

    def formula(self, stated: Stated) -> str:
        """Return a rule as plain text maths."""
        return formula(stated.node, self.language, name=self.name)

    def spell(self, what: Stands) -> str:
        """Say from when to when a text holds; "" where it always has, as far as it is encoded."""
        if not isinstance(what, RuleVersion) or (what.valid_from is None and what.valid_to is None):
            return ""
        return self.between(what.valid_from, what.valid_to)

    def between(self, since: Any, until: Any) -> str:
        """Say from which to which day something holds; `until` is the first day on which it no longer does."""
        voice = self.voice
        last = None if until is None else voice.day(until - timedelta(days=1))
        if since is None:
            return voice("until", last=last)
        first = voice.day(since)
        return voice("since", since=first) if last is None else voice("since_until", since=first, last=last)

    def source(self, value: Value) -> Html:
        """Return where a value was read, and what there is to say about it."""
        return el("div", linked(value.source), el("small", linked(value.note), lang="en") if value.note else None)

    def listed(self, parts: list[Html]) -> list[Child]:
        """Return some links with commas between them."""
        return [x for part in parts for x in (part, ", ")][:-1]


def linked(text: str) -> Html:
    """Return a text in which addresses are links."""
    parts: list[Child] = []
    at = 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(".,:")
        parts += [text[at : found.start()], el("a", address, href=address, rel="noreferrer", class_="address")]
        at = found.start() + len(address)
    return join(parts, text[at:])
