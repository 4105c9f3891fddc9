"""Everything that the register says about a programme, gathered: words, rules, figures, examples, guarantees."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from amparo.errors import ParameterError
from amparo.execute.check import Result, run_cases
from amparo.expr import Confidence, Graph, Input, Node, Op, Parameter, State
from amparo.expr.entities import Relation
from amparo.expr.rules import RuleVersion
from amparo.policy import Country, Edition, Exclusion, Names, Programme, Property
from amparo.register.law.text import LawText, Words, read_law

POINTERS = (Op.GATHER, Op.EXISTS, Op.IS)
Stands = RuleVersion | Exclusion


@dataclass(frozen=True, eq=False)
class Reads:
    """What one text reads directly, without what its own provisions read."""

    provisions: tuple[Stands, ...]
    inputs: tuple[Input[Any], ...]
    relations: tuple[Relation[Any], ...]
    figures: tuple[Parameter, ...]
    states: tuple[State[Any, Any], ...]


@dataclass(frozen=True, eq=False)
class Stated:
    """One text of a rule, an exclusion or a claim, in the newest month in which it holds."""

    what: Stands
    node: Node
    month: date
    reads: Reads

    @property
    def key(self) -> str:
        """The stable name of the provision: programme.rule."""
        return self.what.key

    @property
    def citation(self) -> str:
        """Where in the law it stands."""
        return str(self.what.source)

    @property
    def since(self) -> date | None:
        """The first day of this text; None where no earlier one is encoded."""
        return self.what.valid_from if isinstance(self.what, RuleVersion) else None

    @property
    def until(self) -> date | None:
        """The first day after this text; None where it still holds."""
        return self.what.valid_to if isinstance(self.what, RuleVersion) else None


class CountryLaw:
    """A country's rules in every month in which their shape is another, traced once for all of its programmes."""

    def __init__(self, country: Country) -> None:
        self.country = country

    @cached_property
    def newest(self) -> date:
        """The month of the newest figure or regime."""
        starts = [r.since for p in self.country.programmes for r in p.regimes]
        values = [v.since for p in self._graph_figures for v in p.values]
        return max(_month(d) for d in [*starts, *values])

    @cached_property
    def _graph_figures(self) -> list[Parameter]:
        found: dict[Parameter, None] = {}
        for month in self._shapes:
            found |= dict.fromkeys(self.country.on(month).graph.attributes(Op.PARAM))
        return list(found)

    @cached_property
    def _shapes(self) -> list[date]:
        """The months that begin a regime or a text, and those that end one."""
        waiting = {d for p in self.country.programmes for r in p.regimes for d in _around(r.since, r.until)}
        done: set[date] = set()
        while waiting:
            month = waiting.pop()
            done.add(month)
            if self._in_force(month):
                texts = self._versions(self.country.on(month).graph)
                waiting |= {d for v in texts for w in v.rule.versions for d in _around(w.valid_from, w.valid_to)} - done
        return sorted(m for m in done if self._in_force(m))

    def _in_force(self, month: date) -> bool:
        return any(r.in_force(month) for p in self.country.programmes for r in p.regimes)

    @staticmethod
    def _versions(graph: Graph) -> list[RuleVersion]:
        return [a for a in graph.attributes(Op.PROVISION) if isinstance(a, RuleVersion)]

    @cached_property
    def stated(self) -> dict[Stands, Stated]:
        """Every text of every rule, role and exclusion, as it reads in the newest month in which it holds."""
        found: dict[Stands, Stated] = {}
        for month in sorted({*self._shapes, self.newest}):
            law = self.country.on(month)
            roles = [r.rule for b in law.benefits for r in (b.originator, b.holder, b.payee) if r.rule is not None]
            for graph in (self.country.asking(month, *dict.fromkeys(roles)).graph, law.graph):
                found |= {s.what: s for s in _texts(graph, month)}
        return found

    @cached_property
    def claims(self) -> dict[Stands, tuple[Stated, Property]]:
        """The texts that only a property reads: its claim, and what that reads beside the law."""
        found: dict[Stands, tuple[Stated, Property]] = {}
        for declared in (p for each in self.country.programmes for p in each.properties):
            for month in declared.on:
                rules = [r for r in (declared.rule, declared.given) if r is not None]
                for text in _texts(self.country.asking(month, *rules).graph, month):
                    if text.what not in self.stated:
                        found.setdefault(text.what, (text, declared))
        return found

    def claim(self, declared: Property) -> Stated | None:
        """Return the text of what a property says of one household or person; None where it compares two."""
        if declared.rule is None:
            return None
        month = max(declared.on)
        node = self.country.asking(month, declared.rule).graph.outputs[declared.rule.key]
        return Stated(node.attr, node, month, reads(node))

    def owner(self, what: Stands) -> Programme | None:
        """Return the programme in whose package a text is written; None for one that the whole country shares."""
        if isinstance(what, Exclusion):
            scope = what.key.rpartition(".")[0]
            return next((p for p in self.country.programmes if p.key == scope), None)
        module = what.body.__module__
        owners = [p for p in self.country.programmes if module == p.package or module.startswith(f"{p.package}.")]
        return max(owners, key=lambda p: len(p.package), default=None)


def _texts(graph: Graph, month: date) -> Iterator[Stated]:
    yield from (Stated(n.attr, n, month, reads(n)) for n in graph.nodes if n.op is Op.PROVISION)


def _holds(stated: Stated, month: date) -> bool:
    since, until = stated.since, stated.until
    return (since is None or since <= month) and (until is None or month < until)


def _value(figure: Parameter, day: date) -> Fraction | None:
    """Return a figure of a day; None where it is unknown or not in force."""
    try:
        return figure.in_force(day).value
    except ParameterError:
        return None


def _month(day: date) -> date:
    return day.replace(day=1)


def _around(since: date | None, until: date | None) -> Iterator[date]:
    """Yield the first month of a spell, the last one, and the one after: a month's law is that of its first day."""
    for day in (since, until):
        if day is not None:
            first = _month(day) if day.day == 1 else _month(day.replace(day=28) + timedelta(days=4))
            yield first
            yield _month(first - timedelta(days=1))


def reads(node: Node) -> Reads:
    """Return what a provision reads directly."""
    found: dict[Op, dict[Any, None]] = {}
    seen: set[Node] = set()
    waiting = [node.args[0]]
    while waiting:
        n = waiting.pop()
        if n in seen:
            continue
        seen.add(n)
        found.setdefault(n.op, {})[n.attr] = None
        if n.op is not Op.PROVISION:
            waiting.extend(reversed(n.args))
    pointers = [getattr(a, "relation", a) for op in POINTERS for a in found.get(op, {})]
    return Reads(
        tuple(found.get(Op.PROVISION, {})),
        tuple(found.get(Op.INPUT, {})),
        tuple(dict.fromkeys(pointers)),
        tuple(found.get(Op.PARAM, {})),
        tuple(found.get(Op.STATE, {})),
    )


@dataclass(frozen=True, eq=False)
class Article:
    """A provision of law.md with the rules that follow it."""

    words: Words
    stated: tuple[Stated, ...]


class Dossier:
    """What the register says about one programme."""

    def __init__(self, law: CountryLaw, programme: Programme) -> None:
        self.law, self.country, self.programme = law, law.country, programme

    @cached_property
    def text(self) -> LawText:
        """Our words."""
        return read_law(self.programme)

    @cached_property
    def stated(self) -> list[Stated]:
        """The texts of the programme's rules and exclusions, and of the shared rules that they read."""
        own = [s for s in self.law.stated.values() if self.law.owner(s.what) is self.programme]
        shared = {p for s in own for p in s.reads.provisions if self.law.owner(p) is None}
        return [*own, *(self.law.stated[p] for p in shared)]

    @cached_property
    def articles(self) -> list[Article]:
        """Every provision of law.md in its order, with the texts that cite it."""
        return [Article(w, tuple(self._citing(w.citation))) for w in self.text.provisions]

    def _citing(self, citation: str) -> Iterator[Stated]:
        yield from (s for s in self.stated if s.citation == citation)

    @cached_property
    def elsewhere(self) -> list[Stated]:
        """The texts whose citation is no heading of this law.md: an exclusion that another law declares."""
        headings = {w.citation for w in self.text.provisions}
        return [s for s in self.stated if s.citation not in headings]

    @cached_property
    def month(self) -> date:
        """The newest month in which the programme is in force and every figure that it needs is known."""
        ends = [r.until for r in self.programme.regimes if r.until] + [
            v.until for f in self.figures for v in f.values if v.until
        ]
        starts = [r.since for r in self.programme.regimes] + [v.since for f in self.figures for v in f.values]
        found = {_month(d) for d in starts} | {_month(d - timedelta(days=1)) for d in ends}
        inside = sorted((m for m in found if any(r.in_force(m) for r in self.programme.regimes)), reverse=True)
        return next((m for m in inside if self._known(m)), inside[0])

    def _known(self, month: date) -> bool:
        regime = self.programme.regime(month)
        part = self.country.on(month).only(regime.benefits, regime.findings)
        dated = [part.dated(f) for f in part.parameters]
        return all(v is not None and v.value is not None for v in dated)

    def read_on(self, stated: Stated) -> date:
        """Return the month whose figures a text is shown with: the programme's, or the last known of an older text."""
        if _holds(stated, self.month):
            return self.month
        starts = {_month(v.since) for f in stated.reads.figures for v in f.values} | {stated.month}
        inside = sorted((m for m in starts if m <= stated.month and _holds(stated, m)), reverse=True)
        return next((m for m in inside if all(_value(f, m) is not None for f in stated.reads.figures)), stated.month)

    @cached_property
    def edition(self) -> Edition:
        """The programme's part of the law in its newest month."""
        regime = self.programme.regime(self.month)
        return self.country.on(self.month).only(regime.benefits, regime.findings)

    @cached_property
    def figures(self) -> list[Parameter]:
        """The figures that its texts read, and those that it declares; those that still hold come first."""
        read = {f: None for s in self.stated for f in s.reads.figures}
        found = [*read, *(f for f in self._declared() if f not in read)]
        return sorted(found, key=lambda f: (_value(f, self._last_regime) is None, f.key))

    @cached_property
    def _last_regime(self) -> date:
        last = self.programme.regimes[-1]
        return last.until - timedelta(days=1) if last.until else max(self.law.newest, last.since)

    def _declared(self) -> Iterator[Parameter]:
        every = {f for s in self.law.stated.values() for f in s.reads.figures}
        yield from (f for f in every if f.key.rpartition(".")[0] == self.programme.key)

    @cached_property
    def inputs(self) -> list[Input[Any]]:
        """What its texts ask about a household and its members."""
        return list({i: None for s in self.stated for i in s.reads.inputs})

    @cached_property
    def relations(self) -> list[Relation[Any]]:
        """The ties between persons that its texts read."""
        return list({r: None for s in self.stated for r in s.reads.relations})

    @cached_property
    def results(self) -> list[Result]:
        """Its worked examples, decided anew."""
        return run_cases(self.country, self.programme)

    @cached_property
    def laws(self) -> list[str]:
        """The laws that it cites, in the order of law.md."""
        return list(dict.fromkeys(w.citation.partition(", art. ")[0] for w in self.text.provisions))

    @cached_property
    def doubtful(self) -> list[Parameter]:
        """The figures of which the newest value is not verified, or not known."""
        return [f for f in self.figures if _doubtful(f)]

    def said(self, part: str) -> Names:
        """Return what texts.toml says of the whole programme: its purpose, who answers for it, how to object."""
        found: Mapping[str, Any] = tomllib.loads(self.programme.file("texts.toml").read_text(encoding="utf-8"))
        names = found.get("programme", {}).get(part, {})
        return {str(k): str(v) for k, v in names.items()}


def _doubtful(figure: Parameter) -> bool:
    newest = figure.values[-1]
    return newest.value is None or newest.confidence is not Confidence.VERIFIED


def users(stated: Iterable[Stated], what: Stands) -> list[Stated]:
    """Return the texts that read another directly."""
    return [s for s in stated if what in s.reads.provisions]
