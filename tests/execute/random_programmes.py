"""Random programmes over two invented countries, and random households near every threshold they hold.

All choices come from one `random.Random`: a seed for bulk runs, Hypothesis' own for shrinking. A programme is a set
of well-typed rules of persons and of households that call one another; together they use every operation.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from amparo.expr import (
    Bool,
    Brackets,
    Category,
    Count,
    Currency,
    Date,
    Dwelling,
    HouseholdView,
    Input,
    Kind,
    Law,
    Money,
    Months,
    Node,
    Number,
    Op,
    PersonView,
    Relation,
    percent,
    rule,
    this_month,
    trace,
    value,
    when,
)
from amparo.expr import parameters as parameter
from amparo.expr.entities import Group, group_by, same_person
from amparo.expr.rules import Rule, State
from amparo.expr.symbols import amount, literal, wrap
from amparo.expr.types import Entity, Type
from amparo.policy import Benefit, Country, Edition, Programme, Regime, Role
from amparo.population.encoding import date_code
from amparo.population.table import NOBODY, OUTSIDE, Population

MONTH = date(2025, 3, 1)
LAW = Law("Invented Act")
BRL, CLP = Currency("BRL", 2, "R$"), Currency("CLP", 0, "$")
STATUSES, ZONES = ("single", "couple", "widowed"), ("north", "centre", "south", "islands")
LABEL = {"en": "an input"}
SYMBOLS = {"money": Money, "number": Number, "count": Count, "months": Months, "bool": Bool}


class World(NamedTuple):
    """The classes of one invented country, and the groups inside its households."""

    currency: Currency
    person: Any
    household: Any
    groups: tuple[Any, ...]
    country: Country


@cache
def world(currency: Currency) -> World:
    class Person(PersonView):
        age = Input(Count, low=0, high=120, labels=LABEL)
        hours = Input(Count, low=0, high=80, labels=LABEL)
        team = Input(Count, low=0, high=3, labels=LABEL)
        wage = Input(Money, currency=currency, low=-500, high=20_000_000, labels=LABEL)
        pension = Input(Money, currency=currency, low=0, labels=LABEL)
        share = Input(Number, low=0, high=1, labels=LABEL)
        score = Input(Number, low=-10, high=10, labels=LABEL)
        spell = Input(Months, low=0, high=600, labels=LABEL)
        disabled = Input(Bool, labels=LABEL)
        pupil = Input(Bool, labels=LABEL)
        status = Input(Category, categories=STATUSES, labels=LABEL)
        born = Input(Date, labels=LABEL)
        mother = Relation[Any](labels=LABEL)
        partner = Relation[Any](labels=LABEL)
        carer = Relation[Any](labels=LABEL)
        household: Any = Dwelling()

    class Household(HouseholdView[Person], member=Person):
        rent = Input(Money, currency=currency, low=0, high=50_000, labels=LABEL)
        debt = Input(Money, currency=currency, labels=LABEL)
        rooms = Input(Count, low=0, high=12, labels=LABEL)
        index = Input(Number, low=0, high=1000, labels=LABEL)
        urban = Input(Bool, labels=LABEL)
        zone = Input(Category, categories=ZONES, labels=LABEL)
        since = Input(Date, labels=LABEL)

    groups = (
        Group(lambda one, other: other.mother.is_(one), Person, "children"),
        Group(lambda one, other: one.mother.is_(other) | one.carer.is_(other), Person, "elders"),
        Group(
            lambda one, other: same_person(one, other) | one.partner.is_(other) | other.partner.is_(one),
            Person,
            "couple",
        ),
        Group(lambda one, other: other.age.between(one.age - 5, one.age + 5), Person, "peers"),
        Group(lambda one, other: (other.wage >= one.wage) & ~same_person(one, other), Person, "richer"),
        group_by(Person, lambda person: person.team, "team"),
    )
    never = _rule("never", Household, Money, lambda home: home.rent * 0)
    role = Role({"en": "anybody"})
    benefit = Benefit("nothing", {"en": "nothing"}, never, role, role, role)
    programme = Programme("nothing", {"en": "nothing"}, "tests", (Regime(date(2016, 1, 1), (benefit,)),))
    country = Country("nowhere", {"en": "Nowhere"}, currency, Household, (programme,))
    return World(currency, Person, Household, groups, country)


def _rule(key: str, entity: Any, symbol: Any, body: Callable[[Any], Any]) -> Rule[Any, Any]:
    def text(view):
        """What the Act says."""
        return body(view)

    text.__annotations__ = {"view": entity, "return": symbol}
    return rule(source=LAW.article("1"), key=key)(text)


class Env(NamedTuple):
    """The views that an expression can read: the household, a person, another person of a group."""

    h: Any
    p: Any = None
    o: Any = None


Made = Callable[[Env], Any]


class Maker:
    """Draws the expressions of one programme; each comes as a function of the views it reads."""

    def __init__(self, draw: random.Random, place: World, *, unguarded: bool) -> None:
        self.r, self.world, self.unguarded = draw, place, unguarded
        self.rules: list[tuple[str, Rule[Any, Any]]] = []  # (kind, rule)
        self.states: list[tuple[str, State[Any, Any]]] = []
        self.figures: dict[str, list[Any]] = {k: [] for k in ("money", "number", "count", "months")}

    # figures --------------------------------------------------------------------------------------------------

    def declare(self, figures: int) -> None:
        for i in range(figures):
            kind = self.r.choice(("money", "money", "number", "number", "count", "months"))
            dated = value("2016-01-01", self._figure(kind), "the Act")
            if kind == "money":
                made: Any = parameter.money(f"law.figure_{i}", self.world.currency, dated)
            else:
                made = getattr(parameter, kind)(f"law.figure_{i}", dated)
            self.figures[kind].append(made)

    def _figure(self, kind: str) -> Fraction:
        r = self.r
        if kind == "money":
            whole = Fraction(r.choice((218, 600, 1_320, 500_000, r.randint(0, 3000), r.randint(0, 999_999))))
            cents = Fraction(r.choice((0, 0, 1, 50, 99)), 100) if self.world.currency.decimals else Fraction(0)
            return whole + cents + (Fraction(r.randint(0, 999), 1000) if r.random() < 0.1 else 0)
        if kind == "number":
            third = Fraction(r.randint(1, 20), r.choice((3, 7, 9))) if r.random() < 0.15 else None
            return third or Fraction(r.choice((0, 1, 5, 10, 25, 33, 65, 75, 100, 333, 1234, -50)), 100)
        return Fraction(r.choice((0, 1, 2, 6, 7, 12, 17, 18, 24, 60, 65)))

    # kinds ----------------------------------------------------------------------------------------------------

    def any_of(self, kind: str, depth: int, scope: str) -> Made:
        return getattr(self, kind)(depth, scope)  # type: ignore[no-any-return]

    def _view(self, scope: str) -> Callable[[Env], Any]:
        who = self.r.choice({"h": "h", "p": "pph", "o": "ooph"}[scope])
        return lambda env: getattr(env, who)

    def _leaf(self, kind: str, scope: str) -> Made:
        r = self.r
        options: list[Made] = []
        who = r.choice({"h": "h", "p": "pph", "o": "ooph"}[scope])
        entity = self.world.household if who == "h" else self.world.person
        symbol = SYMBOLS[kind]
        keys = [k for k, v in entity.inputs.items() if v.type.kind is symbol.kind]
        if keys:
            key = r.choice(keys)
            options += [lambda env: getattr(getattr(env, who), key)] * 4
        for each, made in self.rules:
            if each == kind and made.entity is entity:
                options.append(partial(self._called, made, who))
        for each, state in self.states:
            if each == kind and state.entity is entity:
                options.append(partial(self._held, state, who))
        for figure in self.figures.get(kind, []):
            options.append(partial(self._given, figure))
        if not options:
            figure = self._figure(kind) if kind != "bool" else None
            options.append(lambda env: self._literal(kind, figure))
        return r.choice(options)

    def _called(self, made: Rule[Any, Any], who: str, env: Env) -> Any:
        return self._capped(made(getattr(env, who)))

    def _held(self, made: State[Any, Any], who: str, env: Env) -> Any:
        return made(getattr(env, who))

    def _given(self, figure: Any, _: Env) -> Any:
        return figure

    def _limited(self, body: Made, env: Env) -> Any:
        return body(env).at_least(-1000).at_most(1000)

    def _capped(self, made: Any) -> Any:
        """Keep what one rule hands to another within the sizes that laws have."""
        if isinstance(made, Money):
            return made.at_most(amount(10**8, self.world.currency)).at_least(amount(-(10**8), self.world.currency))
        return made if isinstance(made, Bool) else made.at_most(1000).at_least(-1000)

    def _literal(self, kind: str, figure: Fraction | None) -> Any:
        if kind == "money":
            return amount(str(figure), self.world.currency)
        like = Type(SYMBOLS[kind].kind)
        return wrap(literal(True if kind == "bool" else figure, like))

    def _constant(self, kind: str) -> Made:
        figure = self._figure(kind)
        if kind in ("count", "months"):
            figure = Fraction(figure.numerator)
        return lambda env: self._literal(kind, figure)

    def _joined(self, kind: str, depth: int, scope: str) -> Made:
        """The operations that money, numbers, counts and months share."""
        r = self.r
        a = self.any_of(kind, depth - 1, scope)
        b = self.any_of(kind, depth - 1, scope) if r.random() < 0.7 else self._constant(kind)
        what = r.randrange(10)
        if what == 0:
            return lambda env: a(env) + b(env)
        if what == 1:
            return lambda env: a(env) - b(env)
        if what == 2:
            return lambda env: a(env).at_least(b(env))
        if what == 3:
            return lambda env: a(env).at_most(b(env))
        if what == 4:
            return lambda env: (a(env) - b(env)).at_least(0)
        if what == 5 and scope == "p":
            return self._related(kind, depth)
        if what in (5, 6, 7) and scope != "o":
            return self._aggregate(kind, depth, scope)
        condition = self.bool(depth - 1, scope)
        return lambda env: when(condition(env), a(env), otherwise=b(env))

    def _rounded(self, of: Made, kind: str) -> Made:
        mode = self.r.choice(("rounded_down", "rounded_up", "rounded_half_up", "rounded_half_even"))
        to = self.r.choice(("1", "10", "0.5", "100") if kind == "number" else ("1", "0.01", "0.01", "10", "5", "0.05"))
        return lambda env: getattr(of(env), mode)(to)

    def money(self, depth: int, scope: str) -> Made:
        r = self.r
        if depth <= 0:
            return self._leaf("money", scope)
        what = r.randrange(11)
        a = self.money(depth - 1, scope)
        if what in (0, 1):
            return self._rounded(a, "money")
        if what == 2:
            b = self.any_of(r.choice(("number", "count")), depth - 1, scope)
            return (lambda env: b(env) * a(env)) if r.random() < 0.5 else (lambda env: a(env) * b(env))
        if what == 3:
            return self._divided(a, self.any_of(r.choice(("number", "count", "count")), depth - 1, scope))
        if what == 4:
            return self._bracketed(a, scope)
        if what == 5:
            return lambda env: a(env).annual().accrued().paid_now()
        return self._joined("money", depth, scope)

    def _divided(self, a: Made, b: Made) -> Made:
        how = self.r.randrange(4 if self.unguarded else 3)
        divisor = self.r.choice((2, 3, 7, 12, -4, Fraction(3, 10), Fraction(7, 3)))
        if how == 0:
            return lambda env: a(env) / divisor
        if how == 1:
            return lambda env: when(b(env) > 0, a(env) / b(env), otherwise=a(env) * 0)
        if how == 2:
            return lambda env: when(b(env) == 0, a(env) * 1, otherwise=a(env) / b(env))
        return lambda env: a(env) / b(env)

    def _bracketed(self, base: Made, scope: str) -> Made:
        limits = sorted(self._figure("money") for _ in range(3))
        rates = [abs(self._figure("number")) for _ in range(4)]
        code = self.world.currency

        def made(env: Env) -> Any:
            tops = [amount(str(x.limit_denominator(100)), code) for x in limits]
            shares: list[Any] = [percent(str(x.numerator)) / x.denominator for x in rates]
            table = Brackets(tops, shares[:3], shares[3])
            if how == "flat":
                return Brackets(tops, [t * 2 for t in tops]).flat(base(env))
            return getattr(table, how)(base(env))

        how = self.r.choice(("flat", "average", "marginal"))
        return made

    def number(self, depth: int, scope: str) -> Made:
        r = self.r
        if depth <= 0:
            return self._leaf("number", scope)
        what = r.randrange(10)
        if what == 0:
            part, of, whole = self.money(depth - 1, scope), self.money(depth - 1, scope), r.randrange(3)
            if whole == 0 and self.unguarded:
                return lambda env: part(env) / of(env)
            return lambda env: when(of(env) > 0, part(env) / of(env), otherwise=whole)
        if what == 1:
            return self._divided(self.count(depth - 1, scope), self.count(depth - 1, scope))
        if what == 2:
            exponent = r.choice(("0.7", "0.5", "1.3"))
            if scope == "o" or r.random() < 0.2:
                base = self.count(0, scope)
                return lambda env: base(env).at_least(0).at_most(200).power(exponent)
            where = self.bool(depth - 1, "p")
            return lambda env: (env.h.members.count(where(_inside(env))) + 1).power(exponent)
        if what == 3:
            a, b = self.number(depth - 1, scope), self.any_of(r.choice(("number", "count")), depth - 1, scope)
            return lambda env: a(env) * b(env)
        if what == 4:
            a, b = self.months(depth - 1, scope), self.number(depth - 1, scope)
            return lambda env: a(env) * b(env)
        if what == 5:
            return self._rounded(self.number(depth - 1, scope), "number")
        if what == 6:
            a, b = self.number(depth - 1, scope), self.count(depth - 1, scope)
            return lambda env: a(env) + b(env)
        return self._joined("number", depth, scope)

    def count(self, depth: int, scope: str) -> Made:
        r = self.r
        if depth <= 0:
            return self._leaf("count", scope)
        what = r.randrange(6)
        if what in (0, 1) and scope != "o":
            return self._counted(depth, scope)
        if what == 2:
            a, b = self.count(depth - 1, scope), self.count(0, scope)
            return lambda env: a(env) * b(env).at_most(4)
        return self._joined("count", depth, scope)

    def months(self, depth: int, scope: str) -> Made:
        r = self.r
        if depth <= 0:
            return self._leaf("months", scope)
        if r.random() < 0.6:
            a, b = self.date(scope), self.date(scope)
            later = r.random() < 0.6
            return lambda env: a(env).full_months_until(this_month() if later else b(env))
        return self._joined("months", depth, scope)

    def date(self, scope: str) -> Made:
        who = self.r.choice({"h": "h", "p": "pph", "o": "oopph"}[scope])
        key = "since" if who == "h" else "born"
        if self.r.random() < 0.15:
            day = date(self.r.choice((1999, 2007, 2018)), self.r.randint(1, 12), self.r.choice((1, 15, 28)))
            return lambda env: wrap(literal(day, Type(Kind.DATE)))
        return lambda env: getattr(getattr(env, who), key)

    def category(self, scope: str) -> tuple[Made, tuple[str, ...]]:
        who = self.r.choice({"h": "h", "p": "pph", "o": "oopph"}[scope])
        key = "zone" if who == "h" else "status"
        return lambda env: getattr(getattr(env, who), key), ZONES if who == "h" else STATUSES

    def bool(self, depth: int, scope: str) -> Made:
        r = self.r
        if depth <= 0:
            return self._leaf("bool", scope) if r.random() < 0.5 else self._tested(scope)
        what = r.randrange(10)
        if what <= 2:
            kind = r.choice(("money", "money", "number", "count", "months"))
            a, b = self.any_of(kind, depth - 1, scope), self.any_of(kind, depth - 1, scope)
            how = r.choice(("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"))
            return lambda env: getattr(a(env), how)(b(env))
        if what == 3:
            a, b, c = (self.money(depth - 1, scope) for _ in range(3))
            return lambda env: a(env).between(b(env), c(env))
        a, b = self.bool(depth - 1, scope), self.bool(depth - 1, scope)
        if what == 4:
            return lambda env: a(env) & b(env)
        if what == 5:
            return lambda env: a(env) | b(env)
        if what == 6:
            return lambda env: ~a(env)
        if what == 7:
            c = self.bool(depth - 1, scope)
            return lambda env: when(c(env), a(env), otherwise=b(env))
        if what == 8 and scope != "o":
            return self._any(depth, scope)
        return lambda env: (a(env) == b(env)) | a(env).implies(b(env))

    def _tested(self, scope: str) -> Made:
        r = self.r
        what = r.randrange(6)
        if what == 0:
            of, names = self.category(scope)
            chosen = r.sample(names, r.randint(1, 2))
            return lambda env: of(env).one_of(*chosen)
        if what == 1:
            a, b = self.date(scope), self.date(scope)
            how = r.choice(("__lt__", "__le__", "__gt__", "__ge__", "__eq__"))
            return lambda env: getattr(a(env), how)(b(env))
        if what == 2 and scope != "h":
            who, key = r.choice("po" if scope == "o" else "p"), r.choice(("mother", "partner", "carer"))
            return lambda env: getattr(getattr(env, who), key).exists
        if what == 3 and scope == "p":
            together = r.choice(self.world.groups[-1:])
            return lambda env: together.first(env.p)
        if what == 4 and scope == "p":
            key, nobody = r.choice(("mother", "partner", "carer")), r.random() < 0.5
            return lambda env: getattr(env.p, key).get(lambda m: m.disabled, nobody=nobody)
        figure = r.choice((0, 1, 7, 17, 18, 65))
        who = "h" if scope == "h" else "p" if scope == "p" else r.choice("po")
        if who == "h":
            return lambda env: env.h.members.count() > figure % 5
        return lambda env: getattr(env, who).age >= figure

    # several persons ------------------------------------------------------------------------------------------

    def _several(self, scope: str) -> tuple[Callable[[Env], Env], Callable[[Env], Any], str]:
        """Return how to step inside, what collects, and the scope inside."""
        if scope == "p" and self.r.random() < 0.6:
            chosen = self.r.choice(self.world.groups)

            def step(env: Env) -> Env:
                return Env(env.h, env.p, chosen(env.p))

            return step, lambda env: env.o, "o"
        return _inside, lambda env: env.p, "p"

    def _aggregate(self, kind: str, depth: int, scope: str) -> Made:
        step, several, inner = self._several(scope)
        inside, where = self.any_of(kind, depth - 1, inner), self.bool(depth - 1, inner)
        how, some = self.r.choice(("sum", "sum", "largest", "smallest")), self.r.random() < 0.5
        nobody = self._constant(kind)

        def made(env: Env) -> Any:
            within = step(env)
            options: dict[str, Any] = {"where": where(within)} if some else {}
            if how != "sum":
                options["nobody"] = nobody(env)
            return getattr(several(within), how)(inside(within), **options)

        return made

    def _counted(self, depth: int, scope: str) -> Made:
        step, several, inner = self._several(scope)
        where, all_of_them = self.bool(depth - 1, inner), self.r.random() < 0.2

        def made(env: Env) -> Any:
            within = step(env)
            return several(within).count() if all_of_them else several(within).count(where(within))

        return made

    def _any(self, depth: int, scope: str) -> Made:
        step, several, inner = self._several(scope)
        where, how = self.bool(depth - 1, inner), self.r.choice(("any", "all"))

        def made(env: Env) -> Any:
            within = step(env)
            return getattr(several(within), how)(where(within))

        return made

    def _related(self, kind: str, depth: int) -> Made:
        inner = self.any_of(kind, depth - 1, "p")
        key, nobody = self.r.choice(("mother", "partner", "carer")), self._constant(kind)
        return lambda env: getattr(env.p, key).get(lambda m: inner(Env(m.household, m)), nobody=nobody(env))

    # rules ----------------------------------------------------------------------------------------------------

    def add_states(self) -> None:
        place = self.world
        kinds = {"money": place.currency, "count": None, "bool": None, "months": None}
        for i, kind in enumerate(self.r.sample(sorted(kinds), self.r.randint(0, 2))):
            entity = self.r.choice((place.person, place.household))
            like = Type(SYMBOLS[kind].kind, kinds[kind])
            first: Any = False if kind == "bool" else Fraction(0 if kind == "money" else self.r.randint(0, 3))
            made: State[Any, Any] = State(f"stock_{i}", entity, like, first, first, "copy")
            self.states.append((kind, made))

    def close_states(self) -> None:
        for kind, each in self.states:
            scope = "h" if each.entity is self.world.household else "p"
            body = self.any_of(kind, 2, scope)
            if kind == "money":
                body = self._rounded(body, "money")
            if kind in ("count", "months"):
                body = partial(self._limited, body)
            each.next(self._rule(f"act.next_{each.key}", kind, scope, body))

    def add_rule(self, number: int, depth: int) -> None:
        kind = self.r.choice(("money", "money", "money", "bool", "count", "number", "months"))
        scope = self.r.choice("hp")
        body = self.any_of(kind, depth, scope)
        if kind == "money" and self.r.random() < 0.7:
            body = self._rounded(body, "money")
        self.rules.append((kind, self._rule(f"act.rule_{number}", kind, scope, body)))

    def _rule(self, key: str, kind: str, scope: str, body: Made) -> Rule[Any, Any]:
        entity = self.world.household if scope == "h" else self.world.person

        def text(view: Any) -> Any:
            made = body(Env(view) if scope == "h" else Env(view.household, view))
            return made if isinstance(made, SYMBOLS[kind]) else made + self._literal(kind, Fraction(0))

        return _rule(key, entity, SYMBOLS[kind], text)


def _inside(env: Env) -> Env:
    members = env.h.members
    return Env(members.household, members)


@dataclass(frozen=True)
class Drawn:
    """A drawn programme: its law in a month."""

    edition: Edition
    place: World

    def __repr__(self) -> str:
        return "\n".join(f"{n.digest[:6]} {n!r} [{' '.join(a.digest[:6] for a in n.args)}]" for n in self.graph.nodes)

    @property
    def graph(self):
        return self.edition.graph

    @property
    def operations(self) -> set[Op]:
        return {n.op for n in self.graph.nodes}


def programme(draw: random.Random, *, rules: int = 5, depth: int = 3, unguarded: bool = False) -> Drawn:
    """Return a drawn programme. `unguarded` lets it divide by what can be zero."""
    place = world(draw.choice((BRL, CLP)))
    maker = Maker(draw, place, unguarded=unguarded)
    maker.declare(draw.randint(1, 6))
    maker.add_states()
    for number in range(rules):
        maker.add_rule(number, draw.randint(1, depth))
    maker.close_states()
    graph = trace(*(made for _, made in maker.rules), on=MONTH)
    return Drawn(replace(place.country.on(MONTH), graph=graph, benefits=()), place)


def thresholds(drawn: Drawn) -> dict[Kind, list[Fraction]]:
    """Return the figures and constants of a programme by kind."""
    found: dict[Kind, list[Fraction]] = {kind: [Fraction(0)] for kind in Kind}
    for n in drawn.graph.nodes:
        if n.op is Op.PARAM:
            found[n.type.kind].append(drawn.edition.figure(n.attr))
        elif n.op is Op.CONST and n.type.numeric:
            found[n.type.kind].append(n.attr)
    return found


def households(
    drawn: Drawn, draw: np.random.Generator, count: int, *, outside: float = 0.0, sizes: list[int] | None = None
) -> tuple[Population, dict[str, Any]]:
    """Return random households, near the programme's thresholds as often as not, and their states.

    Args:
        outside: share of relations that point outside the household.
        sizes: how many members a household may have; empty ones, single persons and twelve by default.
    """
    near = thresholds(drawn)
    kinds = sizes if sizes is not None else [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 12]
    members = draw.choice(np.array(kinds), size=count)
    offsets = np.concatenate([[0], np.cumsum(members)]).astype(np.int32)
    people = int(offsets[-1])
    columns = {}
    for entity, rows in ((drawn.place.person, people), (drawn.place.household, count)):
        columns[entity] = {key: _column(each, near, draw, rows) for key, each in entity.inputs.items()}
    relations = {}
    size = np.repeat(members, members)
    own = np.arange(people) - np.repeat(offsets[:-1], members)
    for key in drawn.place.person.relations:
        target = (own + 1 + draw.integers(0, np.maximum(size - 1, 1))) % np.maximum(size, 1)
        kept = (draw.random(people) < 0.6) & (target != own)
        relations[key] = np.where(kept, target, NOBODY).astype(np.int32)
        relations[key][draw.random(people) < outside] = OUTSIDE
    states = {}
    for each in drawn.graph.attributes(Op.STATE):
        rows = count if each.entity is drawn.place.household else people
        kind = Input(SYMBOLS_OF[each.type.kind], low=-50, high=500, labels=LABEL, currency=each.type.currency)
        states[each.key] = _column(kind, near, draw, rows)
    population = Population(offsets, columns[drawn.place.person], columns[drawn.place.household], relations)
    return population, states


SYMBOLS_OF: dict[Kind, Any] = {s.kind: s for s in (Money, Number, Count, Months, Bool)}


def _column(declared: Input[Any], near: dict[Kind, list[Fraction]], draw: np.random.Generator, rows: int) -> Any:
    kind = declared.type.kind
    if kind is Kind.BOOL:
        return draw.random(rows) < 0.5
    if kind is Kind.CATEGORY:
        return draw.integers(0, len(declared.type.categories), rows).astype(np.int8)
    if kind is Kind.DATE:
        return _dates(draw, rows)
    unit = 10 ** (declared.type.currency.decimals if declared.type.currency else 0)
    low = -(10**6) if declared.low is None else float(declared.low)
    high = 10**6 if declared.high is None else float(declared.high)
    marks = near[kind] + (near[Kind.COUNT] if kind in (Kind.MONTHS, Kind.NUMBER) else [])
    if kind is Kind.NUMBER:
        # a share of one third or 0.65 as float64 holds it, the float below and above, and eighths
        chosen = np.array([float(m) for m in marks])[draw.integers(0, len(marks), rows)]
        step = draw.integers(-1, 2, rows)
        chosen = np.where(chosen == 0, step / 1024, np.nextafter(chosen, chosen + step))
        other = draw.integers(int(low * 8), int(high * 8) + 1, rows) / 8
        any_float = low + (high - low) * draw.random(rows)
        pick = draw.random(rows)
        return np.clip(np.where(pick < 0.4, chosen, np.where(pick < 0.7, other, any_float)), low, high)
    # a threshold, times or over a number of persons, one unit below or above
    exact = np.array([float(m * unit) for m in marks])[draw.integers(0, len(marks), rows)]
    factor = np.array([1, 1, 1, 2, 3, 4, 1 / 2, 1 / 3, 1 / 4, 1 / 5])[draw.integers(0, 10, rows)]
    close = np.rint(exact * factor) + draw.integers(-1, 2, rows)
    wide = draw.integers(int(low * unit), int(min(high, 10**6) * unit) + 1, rows)
    small = draw.integers(int(max(low, -20) * unit), int(min(high, 5000) * unit) + 1, rows)
    pick = draw.random(rows)
    found = np.where(pick < 0.5, close, np.where(pick < 0.85, small, wide))
    found[pick > 0.97] = 0
    found = np.clip(found, low * unit, high * unit)
    narrow = [np.int32, np.int64, np.float64]
    if abs(found).max(initial=0) < 127:
        narrow += [np.int8, np.int16, np.float32]
    return found.astype(narrow[int(draw.integers(0, len(narrow)))])


def _dates(draw: np.random.Generator, rows: int) -> Any:
    ends = [date(2024, 2, 29), date(2025, 2, 28), date(2007, 3, 1), date(2007, 2, 28), date(2007, 3, 31), MONTH]
    ends += [date(1960, 3, 1), date(1960, 3, 2), date(2018, 12, 31), date(2018, 1, 1)]
    days = [date(1930, 1, 1) + timedelta(days=int(d)) for d in draw.integers(0, 34_700, 64)]
    codes = np.array([date_code(d) for d in [*ends * 4, *days]], dtype=np.int32)
    return codes[draw.integers(0, len(codes), rows)]


def settled(n: Node) -> bool:
    """Whether a value ends in a comparison, a count or a rounding: then both executors must agree to the last bit."""
    if n.type.kind in (Kind.BOOL, Kind.COUNT, Kind.MONTHS) or n.op is Op.ROUND:
        return True
    if n.op in (Op.INPUT, Op.STATE, Op.CONST) and n.type.kind is not Kind.NUMBER:
        return True
    if n.op in (Op.WHEN, Op.LARGEST, Op.SMALLEST):
        chosen = n.args[1:] if n.op is Op.WHEN else (n.args[0], n.args[2])
        return all(settled(a) for a in chosen)
    passing = (Op.PROVISION, Op.RETIME, Op.SPREAD, Op.SELF, Op.OTHER, Op.MIN, Op.MAX, Op.GATHER)
    return n.op in passing and all(settled(a) for a in n.args)


def entity_rows(n: Node) -> bool:
    """Whether an output has a row for each person."""
    return n.entity is Entity.PERSON


@st.composite
def programmes(draw: Any, *, unguarded: bool = True) -> Drawn:
    """Strategy of programmes; shrinks towards few and shallow rules."""
    number, depth = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    return programme(random.Random(draw(st.integers(0, 2**32))), rules=number, depth=depth, unguarded=unguarded)


@st.composite
def populations(draw: Any, drawn: Drawn, *, outside: float = 0.0) -> tuple[Population, dict[str, Any]]:
    """Strategy of a few random households for a programme; shrinks towards fewer and smaller ones."""
    sizes = draw(st.lists(st.sampled_from([0, 1, 2, 3, 12]), min_size=1, max_size=4))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    return households(drawn, generator, draw(st.integers(1, 12)), outside=outside, sizes=sizes)
