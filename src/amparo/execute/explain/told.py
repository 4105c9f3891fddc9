"""An explanation told: the sentences of one language, in the order in which a person wants them, for every form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from amparo.execute.exact import AnswerKind, Decision, Row
from amparo.execute.explain.changes import Change, Supposition, suppositions, what_would_change
from amparo.execute.explain.explanation import Explanation, Open, Outcome, explained
from amparo.execute.explain.facts import Applied, Fact
from amparo.execute.explain.grounds import Ground
from amparo.execute.explain.ways import Way
from amparo.execute.explain.words import Words, inside_sentence, month_text
from amparo.execute.values import Unknown
from amparo.expr import Kind, Node, Op
from amparo.policy import Benefit

WAYS = 4  # ways of the law shown to an amount that there is not


class Reason(NamedTuple):
    """A provision that counted: its sentence, where it stands, and what it read or gave."""

    text: str
    article: str
    details: tuple[str, ...] = ()


class Point(NamedTuple):
    """One thing that is lacking, by how much, and the article that asks for it."""

    text: str
    article: str


class Refusal(NamedTuple):
    """Why there is nothing, for the household or for some members alike.

    Attributes:
        whom: the ids of those members; none where it is the household.
        intro: whether all of the points are lacking at once, or any way would do; empty with one point.
        points: what is lacking, and by how much.
    """

    whom: tuple[str, ...]
    intro: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Amounts:
    """The amounts of one benefit: one row for each member who originates it, or one for the household."""

    rows: tuple[tuple[str, str], ...]
    total: str


@dataclass(frozen=True)
class Told:
    """One benefit told: the decision in a sentence, why, and what would change it."""

    benefit: Benefit
    kind: AnswerKind
    name: str
    headline: str
    amounts: Amounts
    reasons: tuple[Reason, ...]
    refusals: tuple[Refusal, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """A datum that is missing: what it is, which provision asks for it, and what each answer would give."""

    text: str
    asked_by: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """An explanation in one language: what every form of it shows.

    Attributes:
        missing: the data on which the answers depend.
        to_check: the figures used that are not verified.
        looked: whether it was looked for what would change the answers.
    """

    language: str
    country: str
    month: str
    told: tuple[Told, ...]
    missing: tuple[Missing, ...]
    to_check: tuple[str, ...]
    reference: str
    looked: bool

    @property
    def foremost(self) -> tuple[Told, ...]:
        """What comes first of several: what is given or still open; of nothing but refusals, all."""
        return tuple(t for t in self.told if t.kind is not AnswerKind.NOT_ENTITLED) or self.told


def explain(decision: Decision, language: str) -> Account:
    """Return why a decision is what it is, in sentences; without what would change it, which takes longer.

    Args:
        decision: of `decide`.
        language: es, pt or en.

    >>> from datetime import date
    >>> from amparo.execute.exact import decide
    >>> from amparo.policy import find_country
    >>> law = find_country("brasil").on(date(2025, 10, 1))
    >>> family = law.only([b for b in law.benefits if b.key == "bolsa_familia"])
    >>> worker = {"earnings": "463", "pension": 0, "other_income": 0, "age": 40, "receives_bpc": False}
    >>> case = {"household": {"cadunico": True}, "members": [{**worker, "disabled": False}]}
    >>> (told,) = explain(decide(family, case), "en").told
    >>> told.refusals[0].points[0].text
    'Income per person: R$ 463.00, R$ 245.00 above the maximum of R$ 218.00 (poverty line, per person)'
    >>> told.refusals[0].points[0].article
    'Lei 14.601/2023, art. 5'
    """
    return told(explained(decision), language)


def told(
    explanation: Explanation,
    language: str,
    changes: Iterable[Change] | None = None,
    supposed: Iterable[Supposition] = (),
) -> Account:
    """Return an explanation in sentences.

    Args:
        explanation: of `explained`.
        language: es, pt or en.
        changes: of `what_would_change`; None when it was not looked for.
        supposed: of `suppositions`.
    """
    decision = explanation.decision
    words = Words(decision.edition, decision.case.ids, language)
    found = list(changes or ())
    return Account(
        language,
        words.say.of(words.country.names),
        month_text(decision.edition.month, language),
        tuple(_told(explanation, b, words, found) for b in decision.edition.benefits),
        tuple(_missing(explanation, words, list(supposed))),
        tuple(words.figure(p) for p in decision.to_check),
        explanation.reference,
        changes is not None,
    )


def told_in_full(decision: Decision, languages: Sequence[str]) -> list[Account]:
    """Return an explanation with what would change the answer, in several languages."""
    explanation, changes, supposed = explained(decision), what_would_change(decision), suppositions(decision)
    return [told(explanation, language, changes, supposed) for language in languages]


def _told(explanation: Explanation, benefit: Benefit, words: Words, changes: list[Change]) -> Told:
    answer, outcomes = explanation.answer(benefit), explanation.of(benefit)
    return Told(
        benefit,
        answer.kind,
        words.say.of(benefit.names),
        words.headline(benefit, answer),
        _amounts(explanation, benefit, outcomes, words),
        tuple(_reasons([o for o in outcomes if o.grounds], words)),
        tuple(_refusals(_telling(outcomes), words)),
        tuple(words.change(c) for c in changes if c.benefit is benefit),
    )


def _amounts(explanation: Explanation, benefit: Benefit, outcomes: list[Outcome], words: Words) -> Amounts:
    given = [o for o in outcomes if isinstance(o.value, Unknown) or o.value != 0]
    rows = [(words.who((o.member,) if o.member is not None else ()), words.amount(o.value, benefit)) for o in given]
    total = words.amount(explanation.decision.total(benefit), benefit)
    return Amounts(
        tuple((who[:1].upper() + who[1:] if who not in words.ids else who, text) for who, text in rows), total
    )


def _reasons(outcomes: list[Outcome], words: Words) -> Iterable[Reason]:
    """Tell each provision once, with what it gave and read for each member."""
    found: dict[str, list[Ground]] = {}
    for outcome in outcomes:
        for ground in outcome.grounds:
            if ground not in found.setdefault(ground.provision.key, []):
                found[ground.provision.key].append(ground)
    for grounds in found.values():
        counted = [g for g in grounds if not isinstance(g.value, Unknown) and g.value is not False and g.value != 0]
        if counted:
            attr = counted[0].provision.node.attr
            own = any(g is o.grounds[0] for g in counted for o in outcomes)  # the amounts have said it
            details = dict.fromkeys([*([] if own else _given(counted, words)), *_facts(counted, words)])
            yield Reason(words.reason(attr), words.article(attr.source), tuple(details))


def _facts(grounds: list[Ground], words: Words) -> Iterable[str]:
    alike: dict[tuple[Node, str, Node | None], list[Fact]] = {}
    for each in (f for g in grounds for f in g.facts):
        alike.setdefault((each.what, each.asked, each.limit), []).append(each)
    return (words.facts(each) for each in alike.values())


def _given(grounds: list[Ground], words: Words) -> Iterable[str]:
    """Tell what a provision gave, once where it is the same for everybody; of a yes/no the reason has said it."""
    shown = [(g.provision, words.value(g.value, g.provision.node)) for g in grounds]
    if grounds[0].provision.node.type.kind is Kind.BOOL:
        return []
    if len({text for _, text in shown}) == 1:
        return [words.say("explain_is", what=words.name(shown[0][0].node), value=shown[0][1])]
    return [_of(provision, text, words) for provision, text in shown]


def _of(provision: Applied, value: str, words: Words) -> str:
    what = words.say("explain_of", what=words.name(provision.node), who=words.who(provision.row))
    return words.say("explain_is", what=what, value=value)


def _telling(outcomes: list[Outcome]) -> list[Outcome]:
    """Return the refusals worth telling: not those of members who stand in no relation to anything, if others do."""
    refused = [o for o in outcomes if o.ways]
    others = [o for o in refused if not all(f.what.op is Op.IS for way in o.ways for f in way)]
    return others if others or len(refused) < len(outcomes) else refused


def _refusals(outcomes: list[Outcome], words: Words) -> Iterable[Refusal]:
    """Tell those alike together."""
    found: dict[tuple[str, tuple[Point, ...]], list[int]] = {}
    for outcome in outcomes:
        row = () if outcome.member is None else (outcome.member,)
        found.setdefault(_lacking(outcome.ways, row, words), []).extend(row)
    for (intro, points), members in found.items():
        yield Refusal(tuple(words.ids[i] for i in members), intro, points)


def _lacking(ways: tuple[Way, ...], row: Row, words: Words) -> tuple[str, tuple[Point, ...]]:
    if len(ways) == 1:
        points = tuple(dict.fromkeys(_way((f,), row, words) for f in ways[0]))
        return (words.say("explain_all_lacking") if len(points) > 1 else "", points)
    points = tuple(dict.fromkeys(_way(way, row, words) for way in ways))[:WAYS]
    return (words.say("explain_ways") if len(points) > 1 else "", points)


def _way(way: Way, row: Row, words: Words) -> Point:
    """Tell what one way lacks."""
    if len(way) == 1:
        return Point(words.fact(way[0], row), words.cited(way[0]))
    texts, articles = (dict.fromkeys(each) for each in ((words.fact(f, row) for f in way), map(words.cited, way)))
    first, *others = texts
    return Point("; ".join([first, *map(inside_sentence, others)]), "; ".join(articles))


def _missing(explanation: Explanation, words: Words, supposed: list[Supposition]) -> Iterable[Missing]:
    """Tell each datum once, with all of whom it is asked, unless its answers differ by person."""
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for each in explanation.open:
        label, who, asked_by, answers = _open(each, words, supposed)
        found.setdefault((label, asked_by, answers), []).extend(who)
    for (label, asked_by, answers), who in found.items():
        text = words.say("explain_of", what=label, who=", ".join(who)) if who else label
        yield Missing(text, asked_by, answers)


def _open(each: Open, words: Words, supposed: list[Supposition]) -> tuple[str, list[str], str, tuple[str, ...]]:
    """Return what is asked, of whom, by which provision, and what each answer would give."""
    known = {**words.country.inputs, **words.country.household.member.relations}
    label = words.label(known[each.key])
    if each.elsewhere:
        label = words.say("explain_somebody_elsewhere", what=label)
    asked_by = words.applied(Applied(each.read_by, ())) if each.read_by is not None else ""
    at = 0 if each.member is None and len(words.ids) == 1 else each.member
    answers = [
        (words.say.of(s.benefit.names), words.supposition(s))
        for s in supposed
        if s.declared is known[each.key] and s.member in (at, each.member)
    ]
    several = len(words.edition.benefits) > 1
    told = tuple(f"{name}: {text}" if several else text for name, text in answers)
    return label, [] if each.member is None else [words.ids[each.member]], asked_by, told
