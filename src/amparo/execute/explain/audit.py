"""The account for an auditor: every provision applied, with its values, the data and figures it read, and its tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.execute.cases import OUTSIDE
from amparo.execute.exact import Comparison, Decision, Entry, Reading
from amparo.execute.explain.words import Words, printable
from amparo.execute.values import Unknown, Value
from amparo.expr import Input, Node, Parameter, Relation
from amparo.expr.rules import State


@dataclass(frozen=True)
class Audited:
    """One provision as applied, told.

    Attributes:
        key: the provision's stable name.
        given: what it gave, with the persons to whom where there are several.
        read: the data and provisions read, with their values.
        compared: the comparisons that decided it, each with its answer.
        figures: the figures of the law read, with date, confidence and source.
    """

    key: str
    name: str
    reason: str
    article: str
    given: str
    read: tuple[str, ...]
    compared: tuple[str, ...]
    figures: tuple[str, ...]


def audited(decision: Decision, language: str) -> tuple[Audited, ...]:
    """Return every provision applied, once, in the order in which their values were found."""
    words = Words(decision.edition, decision.case.ids, language)
    found: dict[str, list[Entry]] = {}
    for entry in decision.account:
        found.setdefault(entry.step.key, []).append(entry)
    return tuple(_audited(words.provisions[key], entries, words) for key, entries in found.items())


def _audited(n: Node, entries: list[Entry], words: Words) -> Audited:
    given = words.by_person([(_shown(e.step.member), words.value(e.step.value, n)) for e in entries])
    read: dict[str, list[tuple[str | None, str]]] = {}
    for each in (r for e in entries for r in e.read if not isinstance(r.declared, Parameter)):
        label, value = _read(each, words)
        read.setdefault(label, []).append((_shown(each.member), value))
    compared: dict[str, list[tuple[str | None, str]]] = {}
    for test in (c for e in entries for c in e.compared):
        text, holds = _compared(test, words)
        compared.setdefault(text, []).append((_shown(test.member), holds))
    figures = dict.fromkeys(r.declared for e in entries for r in e.read if isinstance(r.declared, Parameter))
    return Audited(
        n.attr.key,
        words.provision(n.attr),
        words.reason(n.attr),
        words.article(n.attr.source),
        given,
        tuple(_lines(read, words)),
        tuple(_lines(compared, words)),
        tuple(_figure(p, words) for p in figures),
    )


def _shown(member: str | None) -> str | None:
    return None if member is None else printable(member)


def _lines(found: dict[str, list[tuple[str | None, str]]], words: Words) -> Iterable[str]:
    for what, values in found.items():
        yield words.say("explain_is", what=what, value=words.by_person(list(dict.fromkeys(values))))


def _read(reading: Reading, words: Words) -> tuple[str, str]:
    declared = reading.declared
    if isinstance(declared, Input):
        return words.label(declared), "?" if _open(reading.value) else words.stated(declared, _known(reading.value))
    if isinstance(declared, Relation):
        return words.label(declared), _person(reading.value, words)
    if isinstance(declared, State):
        label = words.say("explain_last_month", what=words.state(declared))
        return label, "?" if _open(reading.value) else words.typed(_known(reading.value), declared.type)
    return words.provision(declared), words.value(reading.value, words.provisions[declared.key])


def _open(value: Value | None) -> bool:
    return value is None or isinstance(value, Unknown)


def _known(value: Value | None) -> Value:
    return "?" if value is None else value


def _person(value: Value | None, words: Words) -> str:
    if value is None:
        return words.say("explain_nobody")
    if isinstance(value, Unknown):
        return "?"
    return words.say("explain_elsewhere") if value == OUTSIDE else printable(str(value))


def _compared(test: Comparison, words: Words) -> tuple[str, str]:
    """Return a comparison as written, the same for everybody, and its values with its answer."""
    left, right = test.node.args
    shown = f"{words.value(test.left, left)} {test.sign} {words.value(test.right, right)}"
    return f"{words.name(left)} {test.sign} {words.name(right)}", f"{shown}, {words.say('yes' if test.holds else 'no')}"


def _figure(parameter: Parameter, words: Words) -> str:
    dated = words.edition.dated(parameter)
    text = words.figure(parameter)
    return text if dated is None else f"{text}. {dated.source}"
