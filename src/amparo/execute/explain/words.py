"""The words of an explanation: names, values and facts in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from amparo.execute.exact import Answer, AnswerKind, Row
from amparo.execute.explain.changes import Change, Supposition
from amparo.execute.explain.facts import Applied, Fact
from amparo.execute.values import Unknown, Value
from amparo.expr import Entity, Kind, Node, Op, Parameter, Type
from amparo.expr.render import Writer, key_in_words
from amparo.policy import Benefit, Edition, Exclusion, name_of, reason_of
from amparo.texts import Texts

DECIMALS = 4  # shown of a number that never ends
IS, EXISTS, SPREAD, CONST = Op.IS, Op.EXISTS, Op.SPREAD, Op.CONST  # an enumeration's attribute costs a call
HOUSEHOLD, FIXED = Entity.HOUSEHOLD, frozenset({Op.CONST, Op.MONTH})


def value_text(value: Value, type_: Type, say: Texts) -> str:
    """Write a value in the reader's form; an unknown one as the range in which it lies."""
    if type(value) is int or type(value) is Fraction:
        money = type_.currency
        symbol, places = (money.symbol, money.decimals) if money else ("", 0)
        return _number(value.numerator, value.denominator, symbol, places, say.language)
    if isinstance(value, Unknown):
        if type_.numeric and math.isfinite(value.low) and math.isfinite(value.high):
            ends = (value_text(Fraction(x), type_, say) for x in (value.low, value.high))
            return say("between", low=next(ends), high=next(ends))
        return "?"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, date):
        return _day(value, say.language)
    return str(value)


@lru_cache(maxsize=4096)
def _number(above: int, below: int, symbol: str, places: int, language: str) -> str:
    say, value = Texts(language), Fraction(above, below)  # of which a Fraction's own hash is slow
    payable = (value * 10**places).denominator == 1
    shown = places if payable else places + 2 if symbol else DECIMALS
    return say.money(float(value), symbol, shown) if symbol else say.number(float(value), shown)


# What is said again and again is made once: names, reasons and days do not change while a process lives.
_name, _reason = lru_cache(maxsize=None)(name_of), lru_cache(maxsize=None)(reason_of)


@lru_cache(maxsize=1024)
def _day(day: date, language: str) -> str:
    return Texts(language).day(day)


@lru_cache(maxsize=1024)
def month_text(month: date, language: str) -> str:
    """Return a month in the reader's form."""
    return Texts(language).month(month)


@lru_cache(maxsize=64)
def _names_of(language: str, edition: Edition) -> dict[Node, str]:
    """Return where the names of operations are kept: those of an edition, because they show its figures."""
    return {}


@lru_cache(maxsize=64)
def _figures_of(language: str, edition: Edition) -> dict[Parameter, str]:
    """Return where the texts of an edition's figures are kept."""
    return {}


class Words:
    """One explanation's reader: a language, and the law of a month with its names."""

    def __init__(self, edition: Edition, ids: tuple[str, ...], language: str) -> None:
        self.say, self.edition, self.ids = Texts(language), edition, tuple(map(printable, ids))
        self.country = edition.country
        self._names, self._figures = _names_of(language, edition), _figures_of(language, edition)
        self._articles: dict[Node, str] = {}
        self.money = Type(Kind.MONEY, edition.country.currency)

    # ------------------------------------------------------------------ names

    def provision(self, attr: Any) -> str:
        """Return what a provision is called."""
        if isinstance(attr, Exclusion):
            return self.say.of(attr.loser.names)
        return _name(self.country, attr.key, self.say.language) or key_in_words(attr)

    def reason(self, attr: Any) -> str:
        """Return a provision's sentence for citizens."""
        return _reason(self.country, attr.key, self.say.language) or str(attr.meaning)

    def article(self, source: Any) -> str:
        """Return a citation; a part of a law that has no number stands without 'art.'."""
        return str(source).replace(", art. (", " (")

    def name(self, n: Node) -> str:
        """Return what an operation is called: its label or name where it has one, else what it does."""
        if n not in self._names:
            text = self._named(n)
            self._names[n] = text[:1].upper() + text[1:]
        return self._names[n]

    def _named(self, n: Node) -> str:
        if n.op in (Op.SPREAD, Op.SELF, Op.OTHER, Op.GATHER, Op.RETIME):
            return self.name(n.args[0])
        if n.op is Op.PROVISION:
            return self.provision(n.attr)
        if n.op is Op.STATE:
            return self.say("explain_last_month", what=self.state(n.attr))
        if n.op in (Op.INPUT, Op.EXISTS, Op.PARAM):
            return self.label(n.attr)
        if n.op is Op.IS:
            return self.label(n.attr.relation)
        edition = self.edition
        return Writer("prose", self.say.language, edition.month, self.provision, edition.changed).of(n).text

    def label(self, declared: Any) -> str:
        """Return a declared label without what it explains in parentheses."""
        text = self.say.of(declared.labels) or key_in_words(declared)
        short = text.split(" (", maxsplit=1)[0].split(":", maxsplit=1)[0].strip()
        return short[:1].upper() + short[1:]

    def state(self, state: Any) -> str:
        """Return what a state is called: as the provision that gives its next value."""
        found = [_name(self.country, rule.key, self.say.language) for rule in state.successor]
        return next(filter(None, found), key_in_words(state))

    @cached_property
    def provisions(self) -> dict[str, Node]:
        """The provisions of the month, by key."""
        return {n.attr.key: n for n in self.edition.graph.nodes if n.op is Op.PROVISION}

    def who(self, row: Row) -> str:
        """Return whom a row is about: a member's id, or the household."""
        return self.ids[row[-1]] if row else self.say("explain_household")

    # ------------------------------------------------------------------ values

    def value(self, value: Value | None, n: Node) -> str:
        """Write a value as what it is of shows it."""
        if isinstance(value, str):
            return self.category(n, value)
        return "?" if value is None else value_text(value, n.type, self.say)

    def typed(self, value: Value, type_: Type) -> str:
        """Write a value of a type."""
        return value_text(value, type_, self.say)

    def category(self, n: Node, value: str) -> str:
        """Return what people call a category."""
        while n.op in (Op.SPREAD, Op.SELF, Op.OTHER, Op.GATHER):
            n = n.args[0]
        return self.stated(n.attr, value) if n.op is Op.INPUT else value

    def stated(self, declared: Any, value: Value) -> str:
        """Write a value of an input."""
        if isinstance(value, str):
            return self.say.of(declared.names[value]) if value in declared.names else value
        return value_text(value, declared.type, self.say)

    def amount(self, value: Value, benefit: Benefit) -> str:
        """Write an amount with how often it is paid."""
        if not isinstance(value, Unknown) and value == 0:
            return self.say("explain_nothing")
        text = value_text(value, self.money, self.say)
        if text == "?":
            return self.say("explain_open_amount")
        return self.say(f"explain_amount_{benefit.timing.name.lower()}", amount=text)

    def figure(self, parameter: Parameter) -> str:
        """Return a figure with its value, day, confidence and source."""
        if parameter not in self._figures:
            self._figures[parameter] = self._figure(parameter)
        return self._figures[parameter]

    def _figure(self, parameter: Parameter) -> str:
        dated = self.edition.dated(parameter)
        value = self.edition.figure(parameter)
        shown = value_text(value, parameter.type, self.say)
        label = self.say.of(parameter.labels) or key_in_words(parameter)
        if dated is None:
            return self.say("explain_figure_reform", label=label, value=shown)
        return self.say(
            "explain_figure",
            label=label,
            value=shown,
            since=_day(dated.since, self.say.language),
            confidence=self.say(dated.confidence.name.lower()),
        )

    # ------------------------------------------------------------------ facts

    def fact(self, fact: Fact, about: Row | None = None) -> str:
        """Return a fact as a sentence without its full stop; a person is named unless the text is about them."""
        what = self.name(fact.what)
        attr = fact.within.node.attr
        if isinstance(attr, Exclusion) and fact.asked == "<=":
            return self.say(
                "explain_excluded", what=self.say.of(attr.winner.names), value=self.value(fact.value, fact.what)
            )
        if fact.what.op is IS:
            key = "explain_nobody_self" if fact.what.attr.forward else "explain_nobody_other"
            return self.say(key, who=self.who(fact.row), what=inside_sentence(what))
        if self._personal(fact) and fact.row != about and len(self.ids) > 1:
            what = self.say("explain_of", what=what, who=self.who(fact.row))
        return self._sentence(fact, what, self._value(fact))

    def facts(self, alike: list[Fact]) -> str:
        """Return facts that ask the same of several members as one sentence: 1 (leo), 6 (eva)."""
        first = alike[0]
        if not self._personal(first) or first.what.op is IS or len(self.ids) == 1:
            return self.fact(first)
        values = self.by_person([(self.who(each.row), self._value(each)) for each in alike])
        return self._sentence(first, self.name(first.what), values)

    def by_person(self, values: Sequence[tuple[str | None, str]]) -> str:
        """Return values with the persons who have them: 1 (leo), 6 (eva); of the household, or one person, alone."""
        shown: dict[str, list[str]] = {}
        for who, value in values:
            shown.setdefault(value, []).extend([who] if who is not None and len(self.ids) > 1 else [])
        named = ((v, ", ".join(dict.fromkeys(who))) for v, who in shown.items())
        return ", ".join(self.say("explain_named", value=v, name=who) if who else v for v, who in named)

    def _personal(self, fact: Fact) -> bool:
        return bool(fact.row) and fact.what.op is not SPREAD and fact.what.entity is not HOUSEHOLD

    def _value(self, fact: Fact) -> str:
        if fact.what.op is EXISTS:
            there = fact.value is True
            return self.say("explain_somebody" if there else "explain_nobody")
        return self.value(fact.value, fact.what)

    def _sentence(self, fact: Fact, what: str, value: str) -> str:
        if fact.what.op is EXISTS:
            return self.say("explain_is", what=what, value=value)
        return self._plain(fact, what, value) if fact.limit is None else self._against(fact, what, value)

    def _plain(self, fact: Fact, what: str, value: str) -> str:
        if fact.holds or isinstance(fact.value, Unknown) or fact.asked not in ("true", "false"):
            return self.say("explain_is", what=what, value=value)
        return self.say(
            "explain_is_asked", what=what, value=value, asked=self.say("yes" if fact.asked == "true" else "no")
        )

    def _against(self, fact: Fact, what: str, value: str) -> str:
        limit = self.value(fact.limit_value, fact.what)
        if fact.choices:
            limit = self.say("explain_one_of", names=", ".join(self.category(fact.what, c) for c in fact.choices))
        if fact.limit is not None and fact.limit.op not in FIXED:
            limit = self.say("explain_named", value=limit, name=inside_sentence(self.name(fact.limit)))
        if fact.limit is not None and fact.limit_value == 0 and fact.limit.op is CONST and not fact.holds:
            key = {">": "explain_not_above_zero", "<=": "explain_not_zero", "=": "explain_not_zero"}.get(fact.asked)
            if key:
                return self.say(key, what=what, value=value)
        difference = fact.difference
        key = f"explain_{'met' if fact.holds else 'failed'}_{NAMES[fact.asked]}"
        if not fact.holds and fact.asked in ("<", ">") and difference == 0:
            key += "_equal"
        elif not fact.holds and difference is None and fact.asked in ("<", "<=", ">", ">="):
            key += "_plain"
        by = "" if difference is None else value_text(difference, fact.what.type, self.say)
        return self.say(key, what=what, value=value, limit=limit, difference=by)

    def cited(self, fact: Fact) -> str:
        """Return the article that reads a fact."""
        provision = fact.within.node
        if provision not in self._articles:
            self._articles[provision] = self.article(provision.attr.source)
        return self._articles[provision]

    # ------------------------------------------------------------------ answers and changes

    def headline(self, benefit: Benefit, answer: Answer) -> str:
        """Return the decision on a benefit in one sentence."""
        name, month = self.say.of(benefit.names), month_text(self.edition.month, self.say.language)
        if answer.kind is AnswerKind.NOT_ENTITLED:
            return self.say("explain_refused", benefit=name, month=month)
        if answer.kind is AnswerKind.ENTITLED:
            return self.say(
                "explain_granted", benefit=name, month=month, amount=self.amount(Fraction(answer.low), benefit)
            )
        value = Unknown(frozenset(), answer.low, answer.high)
        key = "explain_depends" if answer.bounded else "explain_depends_unbounded"
        return self.say(key, benefit=name, month=month, amount=self.amount(value, benefit))

    def datum(self, declared: Any, member: int | None) -> str:
        """Return whose datum it is and what it is called."""
        label = self.label(declared)
        alone = member is None or len(self.ids) == 1
        text = label if alone else self.say("explain_of", what=label, who=self.ids[member or 0])
        return self.say("explain_answer_to" if declared.type.kind is Kind.BOOL else "explain_quoted", what=text)

    def change(self, change: Change) -> str:
        """Return what the rule reads of a change: no advice, the answer that it would give."""
        text = self.say(
            f"explain_change_{change.effect}",
            datum=self.datum(change.declared, change.member),
            then=self.stated(change.declared, change.then),
            now=self.stated(change.declared, change.now),
            amount=self.amount(change.after, change.benefit),
            benefit=self.say.of(change.benefit.names),
        )
        act = self.say.of(change.declared.act) if change.declared.act and change.effect != "ends" else ""
        return f"{text} {act[:1].upper()}{act[1:]}." if act else text

    def supposition(self, each: Supposition) -> str:
        """Return what one answer to an open question would make of a benefit."""
        return self.say(
            "explain_supposed",
            value=self.stated(each.declared, each.value),
            amount=self.amount(each.total, each.benefit),
        )

    def applied(self, provision: Applied) -> str:
        """Return a provision's name with its article."""
        attr = provision.node.attr
        return f"{self.provision(attr)} ({self.article(attr.source)})"


def printable(text: str) -> str:
    """Return what people wrote with a point for each character that no page can show, such as a bell."""
    return "".join(c if c.isprintable() else "·" for c in text)


NAMES = {"<": "less", "<=": "most", ">": "more", ">=": "least", "=": "equal", "!=": "other"}


def inside_sentence(text: str) -> str:
    """Return a label as it stands inside a sentence: an acronym stays as it is."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]
