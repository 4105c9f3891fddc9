"""Programmes as timelines of regimes, countries as one graph, reforms as values."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

from amparo import __version__
from amparo.errors import ParameterError, PolicyError, nearest
from amparo.expr import Currency, Expr, Graph, HouseholdView, Money, Op, Parameter, Rule, parameter_of, trace, when
from amparo.expr.entities import Input
from amparo.expr.parameters import Value
from amparo.expr.rules import STATE_PREFIX, Adjustment
from amparo.policy.benefits import Benefit, Exclusion, Finding, Names
from amparo.policy.consistency import Consistency
from amparo.policy.properties import Property


@dataclass(frozen=True, eq=False)
class Regime:
    """What a programme pays and finds in [since, until): when the law changes shape, a new regime begins."""

    since: date
    benefits: tuple[Benefit, ...] = ()
    until: date | None = None
    findings: tuple[Finding, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether the regime applies on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, eq=False)
class Programme:
    """A programme of social protection: names, law and the timeline of its regimes.

    `package` is the module whose folder holds law.md, cases.yaml and texts.toml.
    """

    key: str
    names: Names
    package: str
    regimes: tuple[Regime, ...]
    properties: tuple[Property, ...] = ()
    not_modelled: tuple[Names, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in zip(self.regimes, self.regimes[1:], strict=False):
            if (earlier.until or later.since) > later.since:
                raise PolicyError(f"{self.key}: the regimes from {earlier.since} and {later.since} overlap.")

    def regime(self, on: date) -> Regime:
        """Return the regime of a day, or say when the programme was in force."""
        for each in self.regimes:
            if each.in_force(on):
                return each
        spans = ", ".join(f"{r.since} to {r.until or 'today'}" for r in self.regimes)
        raise ParameterError(f"{self.key} has no law in force on {on}: it is encoded for {spans}.")

    @property
    def benefits(self) -> list[Benefit]:
        """Every benefit of every regime, once."""
        return list(dict.fromkeys(b for r in self.regimes for b in r.benefits))

    @property
    def findings(self) -> list[Finding]:
        """Every finding of every regime, once."""
        return list(dict.fromkeys(f for r in self.regimes for f in r.findings))

    def file(self, name: str) -> Traversable:
        """Return a file of the programme's folder."""
        return files(self.package).joinpath(name)


@dataclass(frozen=True, eq=False)
class ParameterChange:
    """A figure replaced by a reform, for every month."""

    parameter: Parameter
    figure: Fraction


@dataclass(frozen=True, eq=False)
class RuleChange:
    """A provision replaced by a reform."""

    rule: Rule[Any, Any]
    by: Rule[Any, Any]


Change = ParameterChange | RuleChange


def set_to(symbol: Expr, figure: int | str | Fraction) -> ParameterChange:
    """Return the change of one figure: set_to(household_floor, 700)."""
    return ParameterChange(parameter_of(symbol), Fraction(figure))


def replaced(rule: Rule[Any, Any], *, by: Rule[Any, Any]) -> RuleChange:
    """Return the change of one provision; the new text keeps entity and type."""
    if rule.entity is not by.entity or rule.symbol is not by.symbol:
        raise PolicyError(
            f"a reform keeps entity and type: {rule.key} is {rule.symbol.__name__} of a {rule.entity.entity}, "
            f"{by.key} is {by.symbol.__name__} of a {by.entity.entity}."
        )
    return RuleChange(rule, by)


@dataclass(frozen=True, eq=False)
class Reform:
    """A named set of changes: a value that can be applied to any month, and never alters the original."""

    names: Names
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """The law of one month: the graph of a country's programmes and the figures in force."""

    country: Country
    month: date
    graph: Graph
    benefits: tuple[Benefit, ...]
    findings: tuple[Finding, ...] = ()
    changed: Mapping[Parameter, Fraction] = field(default_factory=dict)

    @cached_property
    def parameters(self) -> list[Parameter]:
        """The parameters that the graph reads."""
        return self.graph.attributes(Op.PARAM)

    @cached_property
    def inputs(self) -> list[Input[Any]]:
        """The inputs that the graph reads."""
        return self.graph.attributes(Op.INPUT)

    def figure(self, parameter: Parameter) -> Fraction:
        """Return the figure in force, the reform's if it sets one; unknown is an error."""
        changed = self.changed.get(parameter)
        return parameter.at(self.month) if changed is None else changed

    def dated(self, parameter: Parameter) -> Value | None:
        """Return the declared value with source and confidence; None when a reform sets it or none is in force."""
        if parameter in self.changed:
            return None
        try:
            return parameter.in_force(self.month)
        except ParameterError:
            return None

    @cached_property
    def version(self) -> str:
        """Hash of graph, figures and package version: what a decision stores."""
        figures = []
        for p in sorted(self.parameters, key=lambda p: p.key):
            dated = self.dated(p)
            shown = self.changed.get(p, dated.value if dated else None)
            figures.append(f"{p.key}={shown}")
        text = f"{__version__}|{self.month}|{self.graph.digest}|{';'.join(figures)}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def only(self, benefits: Iterable[Benefit], findings: Iterable[Finding] = ()) -> Edition:
        """Return the part of the law that some benefits and findings need (with the states they read)."""
        chosen, found = tuple(benefits), tuple(findings)
        names = [b.amount.key for b in chosen] + [f.value.key for f in found]
        while True:
            graph = self.graph.only(names)
            states = [STATE_PREFIX + s.key for s in graph.attributes(Op.STATE)]
            missing = [s for s in states if s not in names]
            if not missing:
                return replace(self, graph=graph, benefits=chosen, findings=found)
            names += missing

    def with_figure(self, parameter: Parameter, figure: Fraction) -> Edition:
        """Return the same graph with one figure moved: nothing is traced or compiled again."""
        if parameter not in self.parameters:
            raise PolicyError(f"{parameter.key} is read by no rule in {self.month:%Y-%m}: moving it changes nothing.")
        return replace(self, changed={**self.changed, parameter: figure})


@dataclass(frozen=True, eq=False)
class Country:
    """One country: its entities, currency and ordered programmes, put together into one graph a month.

    `consistency` is what the facts of any of its households satisfy, whatever the law.
    """

    key: str
    names: Names
    currency: Currency
    household: type[HouseholdView[Any]]
    programmes: tuple[Programme, ...]
    exclusions: tuple[Exclusion, ...] = ()
    changes: tuple[Change, ...] = ()
    package: str = ""
    consistency: tuple[Consistency, ...] = ()

    def __post_init__(self) -> None:
        keys = [p.key for p in self.programmes]
        for key in keys:
            if keys.count(key) > 1:
                raise PolicyError(f"{self.key} declares the programme {key} twice.")

    @property
    def inputs(self) -> dict[str, Input[Any]]:
        """Every declared input of the country, by key."""
        return {**self.household.inputs, **self.household.member.inputs}

    @property
    def folder(self) -> Traversable:
        """The folder of the country's data; one that does not exist where the country names no package."""
        return files(self.package) if self.package else files("amparo.countries").joinpath(self.key)

    def programme(self, key: str) -> Programme:
        """Return a programme by key, or name the nearest."""
        for each in self.programmes:
            if each.key == key:
                return each
        known = [p.key for p in self.programmes]
        raise PolicyError(f"{self.key} has no programme '{key}'.{nearest(key, known)}")

    def on(self, month: date) -> Edition:
        """Return the law of a month: every programme that has a regime then, traced into one graph."""
        month = month.replace(day=1)
        if month in self._editions:
            return self._editions[month]
        regimes = [r for p in self.programmes for r in p.regimes if r.in_force(month)]
        benefits = tuple(b for r in regimes for b in r.benefits)
        findings = tuple(f for r in regimes for f in r.findings)
        if self.programmes and not regimes:
            first = min(r.since for p in self.programmes for r in p.regimes)
            raise ParameterError(f"{self.key} has no programme in force on {month}: the first begins on {first}.")
        traced = [*(b.amount for b in benefits), *(f.value for f in findings)]
        graph = self._traced(month, benefits, traced)
        for each in benefits:
            found = graph.outputs[each.amount.key].type.timing
            if found is not each.timing:
                raise PolicyError(f"benefit {each.key} is declared '{each.timing}' but its rule gives '{found}'.")
        self._editions[month] = Edition(self, month, graph, benefits, findings, self._figures)
        return self._editions[month]

    def asking(self, month: date, *rules: Rule[Any, Any]) -> Edition:
        """Return the law of a month with some rules as outputs, and no others: what a property or a test asks."""
        law = self.on(month)
        return replace(law, graph=self._traced(law.month, law.benefits, rules), benefits=(), findings=())

    def _traced(self, month: date, benefits: tuple[Benefit, ...], rules: Iterable[Rule[Any, Any]]) -> Graph:
        replaced = {c.rule: c.by for c in self.changes if isinstance(c, RuleChange)}
        return trace(*rules, on=month, replaced=replaced, adjusted=self._adjusted(benefits))

    @property
    def _figures(self) -> dict[Parameter, Fraction]:
        return {c.parameter: c.figure for c in self.changes if isinstance(c, ParameterChange)}

    def consistency_on(self, month: date) -> Edition:
        """Return what facts satisfy in a month as one graph without benefits; its outputs are yes or no."""
        return Edition(self, month.replace(day=1), self._consistency, ())

    @cached_property
    def _consistency(self) -> Graph:
        return trace(*(c.rule for c in self.consistency), on=date.min)

    @cached_property
    def _editions(self) -> dict[date, Edition]:
        return {}

    def _adjusted(self, benefits: tuple[Benefit, ...]) -> dict[Rule[Any, Any], list[tuple[Exclusion, Adjustment]]]:
        """Return, for the amount of each benefit that may lose, its exclusions in the order of declaration."""
        found: dict[Rule[Any, Any], list[tuple[Exclusion, Adjustment]]] = {}
        for each in self.exclusions:
            if each.winner in benefits and each.loser in benefits:
                found.setdefault(each.loser.amount, []).append((each, _excluded(each)))
        return found

    def reformed(self, reform: Reform, on: date) -> Country:
        """Return the country under a reform, after checking that it changes something in a month."""
        after = replace(self, changes=(*self.changes, *reform.changes))
        before, now = self.on(on), after.on(on)
        for name, inner in before.graph.outputs.items():
            new = now.graph.outputs.get(name)
            if new is not None and (new.type, new.entity) != (inner.type, inner.entity):
                raise PolicyError(f"a reform keeps type and unit: {name} was {inner.type}, now {new.type}.")
        moved = [
            c for c in reform.changes if isinstance(c, ParameterChange)
            and c.parameter in now.parameters and before.figure(c.parameter) != c.figure
        ]  # fmt: skip
        if before.graph.digest == now.graph.digest and not moved:
            title = reform.names.get("en") or next(iter(reform.names.values()), "")
            raise PolicyError(
                f"the reform '{title}' changes nothing in {on:%Y-%m}: no rule in force reads what it changes, "
                "or the figures are the same. Check names, figures and month."
            )
        return after


def _excluded(exclusion: Exclusion) -> Adjustment:
    def adjust(view: Any, law: Expr) -> Expr:
        winner = exclusion.winner.amount
        if winner.entity.entity is exclusion.loser.amount.entity.entity:
            paid: Money = winner(view)
        else:
            paid = view.members.sum(winner(view.members))
        amount = cast(Money, law)
        return when(paid > 0, amount * 0, otherwise=amount)

    return adjust


GROUP = "amparo.countries"


def countries() -> dict[str, Country]:
    """Return every country that an installed distribution offers, by the entry point `amparo.countries`."""
    found: dict[str, Country] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        loaded = entry.load()
        if not isinstance(loaded, Country):
            raise PolicyError(f"the entry point {entry.name} = {entry.value} is not a Country.")
        if loaded.key in found:
            raise PolicyError(f"two distributions offer the country '{loaded.key}'; uninstall one.")
        found[loaded.key] = loaded
    return found


def find_country(key: str) -> Country:
    """Return a country by key, or name the nearest."""
    known = countries()
    if key not in known:
        raise PolicyError(f"no installed distribution offers the country '{key}'.{nearest(key, known)}")
    return known[key]


def find_programme(key: str) -> tuple[Country, Programme]:
    """Return a programme by its key, alone or as country/programme."""
    known = countries()
    where, _, name = key.rpartition("/")
    pairs = [(c, p) for c in known.values() for p in c.programmes if p.key == name and (not where or c.key == where)]
    if not pairs:
        names = [p.key for c in known.values() for p in c.programmes]
        raise PolicyError(f"there is no programme '{key}'.{nearest(name, names)}")
    if len(pairs) > 1:
        raise PolicyError(f"'{key}' exists in {', '.join(c.key for c, _ in pairs)}: write country/{name}.")
    return pairs[0]


def find_programmes(key: str) -> tuple[Country, tuple[Programme, ...]]:
    """Return every programme of a country, or one programme by its key.

    Raises:
        PolicyError: neither a country nor a programme has that key; names the nearest.
    """
    found = countries().get(key)
    if found is not None:
        return found, found.programmes
    country, programme = find_programme(key)
    return country, (programme,)


@cache
def _texts(package: str) -> Mapping[str, Any]:
    try:
        text = files(package).joinpath("texts.toml").read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError):
        return {}
    return tomllib.loads(text)


def name_of(country: Country, provision: str, language: str) -> str:
    """Return what a provision is called in a language, or nothing when its programme has no name for it."""
    return str(_texts_of(country, provision).get("name", {}).get(language) or "")


def reason_of(country: Country, provision: str, language: str) -> str:
    """Return the citizen-facing reason of a provision in a language, or nothing when it has none."""
    found = _texts_of(country, provision)
    return str(found.get("reason", {}).get(language) or found.get("name", {}).get(language) or "")


def _texts_of(country: Country, provision: str) -> Mapping[str, Any]:
    scope, _, name = provision.rpartition(".")
    for each in country.programmes:
        if each.key == scope:
            return _texts(each.package).get(name, {})  # type: ignore[no-any-return]
    return {}
