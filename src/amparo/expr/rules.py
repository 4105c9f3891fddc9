"""Provisions of law as decorated functions, states between months, and tracing into the graph."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar, cast

from amparo.errors import CyclicRuleError, ParameterError, RuleError, TypeMismatchError
from amparo.expr.entities import View
from amparo.expr.node import Graph, Node, Op, Place, node, place_of_caller
from amparo.expr.symbols import Expr, Literal, fail, literal, wrap
from amparo.expr.types import Currency, Entity, Type

V = TypeVar("V", bound=View)
E = TypeVar("E", bound=Expr)


@dataclass(frozen=True)
class Citation:
    """Where a provision stands: the law's short name and the article."""

    law: str
    article: str

    def __str__(self) -> str:
        """Return 'Lei 14.601/2023, art. 7 §1 II'."""
        return f"{self.law}, art. {self.article}"


@dataclass(frozen=True)
class Law:
    """A law that provisions cite: Law("Lei 14.601/2023").article("7 §1 II")."""

    name: str

    def article(self, number: str) -> Citation:
        """Return the citation of one article."""
        return Citation(self.name, number)


@dataclass(frozen=True, eq=False)
class RuleVersion:
    """One text of a provision, in force in [valid_from, valid_to)."""

    rule: Rule[Any, Any]
    body: Callable[[Any], Expr]
    source: Citation
    valid_from: date | None
    valid_to: date | None
    place: Place

    @property
    def key(self) -> str:
        """The provision's stable name: programme.rule."""
        return self.rule.key

    @property
    def meaning(self) -> str:
        """The first sentence of the docstring."""
        return (self.body.__doc__ or "").strip().split("\n")[0]

    def in_force(self, on: date) -> bool:
        """Whether this text applies on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


class Rule(Generic[V, E]):
    """A provision of law: called with a view inside another rule, it becomes an edge of the graph."""

    def __init__(self, key: str, entity: type[V], symbol: type[E]) -> None:
        self.key, self.entity, self.symbol = key, entity, symbol
        self.versions: list[RuleVersion] = []

    def __repr__(self) -> str:
        """Show the key."""
        return f"Rule({self.key})"

    def __call__(self, view: V) -> E:
        """Return the provision's value for a household or person; only while a graph is traced."""
        tracing = _active.get()
        if tracing is None:
            fail(f"{self.key} was called outside a trace: rules are traced by a programme, or with trace(…).")
        if not isinstance(view, self.entity):
            fail(
                f"{self.key} is a rule of a {self.entity.entity}, but was given {type(view).__name__}.",
                TypeMismatchError,
            )
        return cast(E, view.see(tracing.provision(self)))

    def amended(
        self, *, source: Citation, valid_from: date, valid_to: date | None = None
    ) -> Callable[[Callable[[V], E]], Rule[V, E]]:
        """Declare a later text of the same provision; the month picks the one in force."""

        def register(body: Callable[[V], E]) -> Rule[V, E]:
            self.add(RuleVersion(self, body, source, valid_from, valid_to, place_of_caller()))
            return self

        return register

    def add(self, version: RuleVersion) -> None:
        """Add a text; two texts never apply on one day."""
        for bound in (version.valid_from, version.valid_to):
            if bound is not None and not isinstance(bound, date):
                raise RuleError(f"{version.place}: '{bound}' is no day; write date(2020, 1, 1).")
        for other in self.versions:
            start = max(version.valid_from or date.min, other.valid_from or date.min)
            if start < min(version.valid_to or date.max, other.valid_to or date.max):
                raise RuleError(f"{version.place}: {self.key} has two texts in force on {start}; date them apart.")
        self.versions.append(version)

    def on(self, month: date) -> RuleVersion:
        """Return the text in force in a month, or say that there is none."""
        for version in self.versions:
            if version.in_force(month):
                return version
        dates = ", ".join(f"{v.valid_from or '…'} to {v.valid_to or 'today'}" for v in self.versions)
        raise ParameterError(f"{self.key} has no text in force on {month}: it is encoded for {dates}.")


def rule(
    *,
    source: Citation,
    key: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Callable[[Callable[[V], E]], Rule[V, E]]:
    """Declare a provision: a function of a household or person, annotated with what it returns.

    The key defaults to the package's last folder and the function's name: bolsa_familia.complement.
    """

    def register(body: Callable[[V], E]) -> Rule[V, E]:
        entity, symbol = signature(body)
        module = body.__module__.split(".")
        scope = module[-2] if module[-1] in ("rules", "parameters") and len(module) > 1 else module[-1]
        made: Rule[V, E] = Rule(key or f"{scope}.{body.__name__}", entity, symbol)
        made.add(RuleVersion(made, body, source, valid_from, valid_to, place_of_caller()))
        return made

    return register


def signature(body: Callable[..., Any]) -> tuple[Any, Any]:
    """Read entity and result type from the annotations of a rule's function."""
    parameters = list(inspect.signature(body).parameters)
    hints = typing.get_type_hints(body, localns=_closure(body))
    if len(parameters) != 1 or parameters[0] not in hints or "return" not in hints:
        raise RuleError(
            f"{place_of_caller()}: a rule takes one household or person and says what it returns, as in "
            f"def {body.__name__}(household: Household) -> Money."
        )
    entity, symbol = hints[parameters[0]], hints["return"]
    if not (isinstance(entity, type) and issubclass(entity, View)):
        raise RuleError(f"{place_of_caller()}: {body.__name__} must take a household or person, not {entity}.")
    if not (isinstance(symbol, type) and issubclass(symbol, Expr)):
        raise RuleError(f"{place_of_caller()}: {body.__name__} must return Money, Bool, Count…, not {symbol}.")
    return entity, symbol


def _closure(body: Callable[..., Any]) -> dict[str, Any]:
    """Names that a rule written inside a function (a test, a notebook) can see."""
    frame = inspect.currentframe()
    names: dict[str, Any] = {}
    while frame:
        for name, found in frame.f_locals.items():
            if isinstance(found, type) and name not in names:
                names[name] = found
        frame = frame.f_back
    return names


@dataclass(frozen=True, eq=False)
class State(Generic[V, E]):
    """What accumulates over months: a column that each month reads and replaces.

    Args:
        initial: value of a household or person never seen before (also after re-entry).
        on_birth: value for a newborn person.
        on_split: "copy" to every part of a household that splits, or "reset" to the initial value.
        Exit drops the value: who returns starts from `initial`.
    """

    key: str
    entity: type[V]
    type: Type
    initial: Any
    on_birth: Any
    on_split: str
    successor: list[Rule[V, E]] = field(default_factory=list)

    def __call__(self, view: V) -> E:
        """Return the value at the start of the month."""
        return cast(E, view.see(node(Op.STATE, (), self.type, self.entity.entity, self)))

    def next(self, following: Rule[V, E]) -> Rule[V, E]:
        """Declare the rule that gives the value at the start of the next month."""
        if self.successor:
            raise RuleError(f"state {self.key} already has a next-value rule.")
        self.successor.append(following)
        return following


def state(
    key: str,
    entity: type[V],
    symbol: type[E],
    *,
    initial: Literal | bool,
    on_birth: Literal | bool | None = None,
    on_split: str = "copy",
    currency: Currency | None = None,
) -> State[V, E]:
    """Declare a state; its next-value rule follows with @key.next above @rule."""
    if on_split not in ("copy", "reset"):
        raise RuleError(f"state {key}: on_split is 'copy' or 'reset', not '{on_split}'.")
    type_ = Type(symbol.kind, currency)
    first = literal(initial, type_).attr
    born = first if on_birth is None else literal(on_birth, type_).attr
    return State(key, entity, type_, first, born, on_split)


Adjustment = Callable[[View, Expr], Expr]


class Tracing:
    """One pass over the rules of a month: each provision is traced once, replaced rules by their replacement."""

    def __init__(
        self,
        month: date,
        replaced: Mapping[Rule[Any, Any], Rule[Any, Any]],
        adjusted: Mapping[Rule[Any, Any], Sequence[tuple[Any, Adjustment]]],
    ) -> None:
        self.month, self.replaced, self.adjusted = month, replaced, adjusted
        self._done: dict[Rule[Any, Any], Node] = {}
        self._open: list[Rule[Any, Any]] = []

    def provision(self, asked: Rule[Any, Any]) -> Node:
        """Return the node of a provision, tracing its body the first time."""
        if asked in self._done:
            return self._done[asked]
        if asked in self._open:
            cycle = [*self._open[self._open.index(asked) :], asked]
            raise CyclicRuleError(
                f"{' → '.join(r.key for r in cycle)}: each needs the other in the same month. "
                "Read last month's value through a state, or drop the edge."
            )
        self._open.append(asked)
        try:
            self._done[asked] = self._traced(asked)
        finally:
            self._open.pop()
        return self._done[asked]

    def _traced(self, asked: Rule[Any, Any]) -> Node:
        actual = self.replaced.get(asked, asked)
        version = actual.on(self.month)
        view = asked.entity()
        made = version.body(view)
        where = f"{version.place}: {asked.key}"
        if not isinstance(made, asked.symbol):
            raise TypeMismatchError(f"{where} must return {asked.symbol.__name__}, but returned {made!r}.")
        level = asked.entity.entity
        if made.node.entity not in (level, Entity.SCALAR):
            raise TypeMismatchError(
                f"{where} is a rule of a {level}, but its value belongs to a {made.node.entity}: "
                "aggregate it with sum, count or any."
            )
        result = node(Op.PROVISION, (made.node,), made.node.type, level, version)
        for reason, adjust in self.adjusted.get(asked, ()):
            changed = adjust(view, wrap(result))
            result = node(Op.PROVISION, (changed.node,), changed.node.type, level, reason)
        return result


_active: ContextVar[Tracing | None] = ContextVar("tracing", default=None)


@contextmanager
def tracing(
    month: date,
    replaced: Mapping[Rule[Any, Any], Rule[Any, Any]] | None = None,
    adjusted: Mapping[Rule[Any, Any], Sequence[tuple[Any, Adjustment]]] | None = None,
) -> Iterator[Tracing]:
    """Open a trace for one month of law."""
    current = Tracing(month, replaced or {}, adjusted or {})
    token = _active.set(current)
    try:
        yield current
    finally:
        _active.reset(token)


STATE_PREFIX = "next:"


def trace(
    *rules: Rule[Any, Any],
    on: date,
    replaced: Mapping[Rule[Any, Any], Rule[Any, Any]] | None = None,
    adjusted: Mapping[Rule[Any, Any], Sequence[tuple[Any, Adjustment]]] | None = None,
) -> Graph:
    """Return the graph of some rules in a month, with the next value of every state that they read.

    Outputs are named by the rules' keys; next values by 'next:' and the state's key.
    """
    with tracing(on.replace(day=1), replaced, adjusted) as current:
        outputs = {r.key: current.provision(r) for r in rules}
        while True:
            wanted = [s for s in Graph(outputs).attributes(Op.STATE) if STATE_PREFIX + s.key not in outputs]
            if not wanted:
                return Graph(outputs)
            for each in wanted:
                outputs[STATE_PREFIX + each.key] = current.provision(_successor(each))


def _successor(of: State[Any, Any]) -> Rule[Any, Any]:
    if not of.successor:
        raise RuleError(f"state {of.key} has no next-value rule: declare one with @{of.key.split('.')[-1]}.next.")
    following = of.successor[0]
    if following.entity.entity is not of.entity.entity or following.symbol.kind is not of.type.kind:
        raise TypeMismatchError(f"state {of.key} is {of.type} of a {of.entity.entity}; {following.key} is not.")
    return following
