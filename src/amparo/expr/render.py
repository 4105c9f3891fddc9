"""Provisions as a reader sees them: a sentence in Spanish, Portuguese or English, or a formula in plain text.

This is one more executor: a table that gives each operation a meaning, here the words in `render.toml`. Provisions
inside a provision appear by their name and are not expanded; inputs, relations and parameters by their labels, a
parameter with its figure when a month is given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from amparo.errors import ParameterError
from amparo.expr.node import Node, Op
from amparo.expr.parameters import Parameter
from amparo.expr.rules import Rule, trace
from amparo.expr.types import Entity, Kind, Type
from amparo.texts import Texts

Name = Callable[[Any], str]  # what a nested provision is called; given a RuleVersion, or whatever stands for a rule
NAME = 90  # how tightly a name binds: nothing needs to put it in parentheses


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and how tightly they bind."""

    text: str
    binds: int = NAME


def prose(what: Rule[Any, Any] | Node, language: str, *, on: date | None = None, name: Name | None = None) -> str:
    """Return a provision as a sentence-like text.

    Args:
        what: a rule, whose newest text is taken unless a month is given; a provision's node, of which the inside is
            rendered; or any other node.
        language: es, pt or en.
        on: the month that picks a rule's text, and whose figures stand beside the parameters' labels.
        name: what a nested provision is called; its key in plain words by default.

    >>> from amparo.countries.brasil.bolsa_familia.rules import complement
    >>> prose(complement, "en", on=date(2025, 10, 1))
    'the household floor (R$ 600.00) minus the citizenship income, at least 0'
    """
    return _rendered("prose", what, language, on, name)


def formula(what: Rule[Any, Any] | Node, language: str, *, on: date | None = None, name: Name | None = None) -> str:
    """Return a provision as plain text maths, with labels for names; arguments as in `prose`.

    >>> from amparo.countries.brasil.bolsa_familia.rules import complement
    >>> formula(complement, "en")
    'max(household floor − citizenship income; 0)'
    """
    return _rendered("formula", what, language, on, name)


def inside(what: Rule[Any, Any] | Node, on: date | None) -> Node:
    """Return what a provision is made of."""
    if isinstance(what, Rule):
        what = trace(what, on=on or date.max).outputs[what.key]
    return what.args[0] if what.op is Op.PROVISION else what


def _rendered(style: str, what: Rule[Any, Any] | Node, language: str, on: date | None, name: Name | None) -> str:
    return Writer(style, language, on, name or key_in_words).of(inside(what, on)).text


def key_in_words(provision: Any) -> str:
    """Return the last part of a key as words: bolsa_familia.household_floor is 'household floor'."""
    return str(provision.key).rpartition(".")[2].replace("_", " ")


@cache
def wording() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Return the words of every form, by style: see `render.toml`."""
    return tomllib.loads(files("amparo.expr").joinpath("render.toml").read_text(encoding="utf-8"))


class Writer:
    """One rendering: arguments first, each node once."""

    def __init__(
        self,
        style: str,
        language: str,
        on: date | None,
        name: Name,
        changed: Mapping[Parameter, Fraction] | None = None,  # the figures of a reform
    ) -> None:
        self.style, self.language, self.on, self.name, self.changed = style, language, on, name, changed or {}
        self.say = Texts(language)
        self.done: dict[Node, Piece] = {}

    def of(self, n: Node) -> Piece:
        """Return the words of a node."""
        if n not in self.done:
            self.done[n] = TABLE[n.op](self, n)
        return self.done[n]

    def form(self, key: str, *parts: Node | Piece | str) -> Piece:
        """Fill the words of a form; a part that binds less than its slot needs gets parentheses."""
        words = wording()[self.style][key]
        needs: Sequence[int] = words.get("needs", ())
        made = [self._part(p, needs[i] if i < len(needs) else 0) for i, p in enumerate(parts)]
        return Piece(str(words.get(self.language) or words["any"]).format(*made), words.get("binds", NAME))

    def _part(self, part: Node | Piece | str, need: int) -> str:
        if isinstance(part, str):
            return part
        piece = self.of(part) if isinstance(part, Node) else part
        return f"({piece.text})" if piece.binds < need else piece.text

    def figure(self, value: Any, type_: Type) -> str:
        """Write a value of the law: an amount with its symbol, a share as a percentage, a day, a category."""
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, date):
            return self.say.day(value)
        if isinstance(value, str):
            return f"“{value}”"
        exact = Fraction(value)
        if exact == 0:
            return "0"
        if type_.kind is Kind.MONEY and type_.currency:
            places = max(type_.currency.decimals, _decimals(exact))
            return self.say.money(float(exact), type_.currency.symbol, places)
        if type_.kind is Kind.NUMBER and 0 < exact < 1 and _decimals(exact * 100) <= 2:
            return self.say.percent(float(exact), _decimals(exact * 100))
        return self.say.number(float(exact), _decimals(exact)) if _decimals(exact) <= PLACES else str(exact)

    def label(self, text: str, type_: Type) -> str:
        """Fit a label into a sentence: no explanation after a colon or in parentheses, an article in English."""
        short = text.split(":", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip()
        if "," in short:
            return f"“{short}”"
        words = short.split(" ")
        proper = len(short) > 1 and (short[1].isupper() or (len(words) > 1 and words[1][:1].isupper()))
        short = short if proper else short[:1].lower() + short[1:]
        article = self.style == "prose" and self.language == "en" and type_.numeric
        return f"the {short}" if article and not short.startswith(("the ", "a ", "an ", "what ")) else short


PLACES = 6


def _decimals(value: Fraction) -> int:
    """Return how many decimals an exact number has; one more than shown for those that never end."""
    for places in range(PLACES + 1):
        if (value * 10**places).denominator == 1:
            return places
    return PLACES + 1


def _parameter(w: Writer, n: Node) -> Piece:
    declared: Parameter = n.attr
    label = w.label(w.say.of(declared.labels) or key_in_words(declared), n.type)
    if w.on is None:
        return Piece(label)
    try:
        figure = w.changed[declared] if declared in w.changed else declared.in_force(w.on).value
    except ParameterError:
        return w.form("parameter_valued", label, w.say("not_in_force"))
    return w.form("parameter_valued", label, w.say("unknown") if figure is None else w.figure(figure, n.type))


def _labelled(w: Writer, n: Node) -> Piece:
    return Piece(w.label(w.say.of(n.attr.labels) or n.attr.key, n.type))


def _form(key: str) -> Callable[[Writer, Node], Piece]:
    return lambda w, n: w.form(key, *n.args)


def _round(w: Writer, n: Node) -> Piece:
    return w.form(f"round_{n.attr.mode}", n.args[0], w.figure(n.attr.to, n.type))


def _power(w: Writer, n: Node) -> Piece:
    return w.form("power", n.args[0], w.say.number(float(n.attr), min(_decimals(n.attr), PLACES)))


def _retime(w: Writer, n: Node) -> Piece:
    return w.form(f"retime_{n.type.timing.name.lower()}", n.args[0])


def _compared(strict: str, reverse: str) -> Callable[[Writer, Node], Piece]:
    """Say `limit < x` as `x is more than the limit`: what varies comes first."""

    def compare(w: Writer, n: Node) -> Piece:
        a, b = n.args
        suffix = "_date" if Kind.DATE in (a.type.kind, b.type.kind) else ""
        if a.entity is Entity.SCALAR and b.entity is not Entity.SCALAR:
            return w.form(reverse + suffix, b, a)
        return w.form(strict + suffix, a, b)

    return compare


def _true(n: Node) -> bool:
    return n.op is Op.CONST and n.attr is True


def _and(w: Writer, n: Node) -> Piece:
    a, b = n.args
    if _true(a) or _true(b):
        return w.of(b if _true(a) else a)
    if a.op is b.op is Op.LE and a.args[1] is b.args[0] and a.args[1].entity is not Entity.SCALAR:
        return w.form("between", a.args[1], a.args[0], b.args[1])
    return w.form("and", a, b)


def _or(w: Writer, n: Node) -> Piece:
    a, b = n.args
    return w.form("implies", a.args[0], b) if a.op is Op.NOT else w.form("or", *(_apart(w, x) for x in n.args))


def _apart(w: Writer, n: Node) -> Piece:
    """Put an *and* inside an *or* in parentheses: readers of law do not agree on which goes first."""
    piece = w.of(n)
    return Piece(f"({piece.text})") if n.op is Op.AND and piece.binds == wording()[w.style]["and"]["binds"] else piece


def _not(w: Writer, n: Node) -> Piece:
    inner = n.args[0]
    if inner.op is Op.EQ:
        return w.form("ne", *inner.args)
    if inner.op is Op.ANY and inner.args[0].op is Op.NOT:
        return w.form("all", inner.args[0].args[0])
    return w.form("not", inner)


def _when(w: Writer, n: Node) -> Piece:
    listed = ""
    while n.op is Op.WHEN:
        listed += w.form("when_case", *n.args[:2]).text
        n = n.args[2]
    return w.form("when", listed, n)


def _spread(w: Writer, n: Node) -> Piece:
    aggregate = n.args[0].op in (Op.SUM, Op.ANY)
    return w.of(n.args[0]) if aggregate else w.form("spread", n.args[0])


def _relation(w: Writer, relation: Any) -> str:
    return w.label(w.say.of(relation.labels) or relation.key, Type(Kind.BOOL))


def _seen(key: str) -> Callable[[Writer, Node], Piece]:
    return lambda w, n: w.form(f"{key}_bool" if n.type.kind is Kind.BOOL else key, n.args[0])


def _gather(w: Writer, n: Node) -> Piece:
    key = "gather_bool" if n.type.kind is Kind.BOOL else "gather"
    return w.form(key, *n.args, _relation(w, n.attr))


def _is(w: Writer, n: Node) -> Piece:
    return w.form("is_self" if n.attr.forward else "is_other", _relation(w, n.attr.relation))


def _sum(w: Writer, n: Node) -> Piece:
    (each,) = n.args
    if each.type.kind is Kind.BOOL:
        return w.form("count_all") if _true(each) else w.form("count", each)
    if each.op is Op.WHEN and each.args[2].op is Op.CONST and each.args[2].attr == 0:
        return w.form("sum_where", each.args[1], each.args[0])
    return w.form("sum", each)


def _extreme(w: Writer, n: Node) -> Piece:
    return w.form(f"{n.op}_all" if _true(n.args[1]) else n.op.value, *n.args)


TABLE: dict[Op, Callable[[Writer, Node], Piece]] = {
    Op.CONST: lambda w, n: Piece(w.figure(n.attr, n.type)),
    Op.PARAM: _parameter,
    Op.INPUT: _labelled,
    Op.STATE: lambda w, n: w.form("state", key_in_words(n.attr)),
    Op.MONTH: _form("month"),
    Op.ADD: _form("add"),
    Op.SUB: _form("sub"),
    Op.MUL: _form("mul"),
    Op.DIV: _form("div"),
    Op.MIN: _form("min"),
    Op.MAX: _form("max"),
    Op.ROUND: _round,
    Op.POWER: _power,
    Op.RETIME: _retime,
    Op.FULL_MONTHS: _form("full_months"),
    Op.LT: _compared("lt", "gt"),
    Op.LE: _compared("le", "ge"),
    Op.EQ: _form("eq"),
    Op.AND: _and,
    Op.OR: _or,
    Op.NOT: _not,
    Op.WHEN: _when,
    Op.SPREAD: _spread,
    Op.GATHER: _gather,
    Op.EXISTS: lambda w, n: w.form("exists", _relation(w, n.attr)),
    Op.SELF: _seen("self"),
    Op.OTHER: _seen("other"),
    Op.IS: _is,
    Op.SAME: _form("same"),
    Op.BEFORE: _form("before"),
    Op.SUM: _sum,
    Op.ANY: _form("any"),
    Op.LARGEST: _extreme,
    Op.SMALLEST: _extreme,
    Op.PROVISION: lambda w, n: Piece(w.label(w.name(n.attr), n.type)),
}

__all__ = ["Name", "Writer", "formula", "inside", "key_in_words", "prose", "wording"]
