"""Households, persons inside them, groups inside them, relations between persons, and their declared inputs.

A country declares two classes:

    class Person(PersonView):
        age = Input(Count, low=0, high=130, labels={"es": "edad", "pt": "idade", "en": "age"})
        mother = Relation["Person"](labels=…)
        household = Dwelling["Household"]()

    class Household(HouseholdView[Person], member=Person):
        rent = Input(Money, currency=BRL, low=0, …)

A rule receives a *view* of one of them. `household.members` is a view of the persons with `sum`, `count`, `any`…;
`person.household` goes back; `person.mother` reads across a relation; a `@group` gives the members that a rule of
law puts together around one person. Groups may overlap and never cross the household.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, overload

from amparo.errors import RuleError
from amparo.expr import types as t
from amparo.expr.node import Node, Op, node
from amparo.expr.symbols import Bool, Count, Expr, Literal, Quantity, fail, lifted, literal, operation, wrap
from amparo.expr.types import Currency, Entity, Kind, Timing, Type

E = TypeVar("E", bound=Expr)
Q = TypeVar("Q", bound=Quantity)
P = TypeVar("P", bound="PersonView")
H = TypeVar("H", bound="HouseholdView[Any]")
Lift = Callable[[Node], Node]


def unchanged(n: Node) -> Node:
    """Return the node itself: the identity view."""
    return n


class View:
    """A symbolic household or person, as a rule sees it."""

    entity: ClassVar[Entity]
    inputs: ClassVar[dict[str, Input[Any]]] = {}

    def __init_subclass__(cls) -> None:
        """Collect the declared inputs, inherited ones first."""
        super().__init_subclass__()
        own = {v.key: v for v in vars(cls).values() if isinstance(v, Input)}
        cls.inputs = {**cls.inputs, **own}

    def __init__(self, lift: Lift = unchanged) -> None:
        self.lift = lift

    def see(self, inner: Node) -> Any:
        """Return a base value of this entity as it appears from here."""
        return wrap(self.lift(inner))


CHANGES = ("", "up", "down", "both")


class Input(Generic[E]):
    """A declared datum: stable key, type, unit, range, accepted sources, label; read as an attribute of a view.

    Args:
        symbol: Bool, Count, Number, Months, Money, Date or Category.
        low, high: inclusive range, in the input's own unit; outside it a value is refused, never clipped.
        sources: what may state it: "self-report", "register", "document", "professional".
        was: earlier keys, still accepted when reading cases and files.
        optional: a reader may leave it unknown without a warning.
        changes: whether it can really become otherwise while the person stays who they are: "up", "down" or "both"
            ("up" of a yes/no is from no to yes); "" for what cannot: age, sex, births.
        step: how far apart the values that really occur lie, where that is more than the smallest unit: ten, of
            brackets in tenths. What would change an answer is told in such steps; a value between them is read as is.
        act: what makes the change true, in the reader's language: a document brought, a check-up kept.
        names: of a category's names, what people call them.
    """

    def __init__(
        self,
        symbol: type[E],
        *,
        labels: Mapping[str, str],
        key: str = "",
        currency: Currency | None = None,
        timing: Timing = Timing.NOW,
        categories: tuple[str, ...] = (),
        low: Literal | None = None,
        high: Literal | None = None,
        sources: tuple[str, ...] = ("self-report", "register", "document"),
        was: tuple[str, ...] = (),
        optional: bool = False,
        changes: str = "",
        step: int | None = None,
        act: Mapping[str, str] | None = None,
        names: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        if changes not in CHANGES:
            raise RuleError(
                f"input {labels.get('en', key)}: changes is '{changes}'; write one of {', '.join(CHANGES)}."
            )
        if names is not None and set(names) != set(categories):
            raise RuleError(f"input {labels.get('en', key)}: names must be given for each category and no other.")
        if (symbol.kind is Kind.MONEY) != (currency is not None):
            raise RuleError(f"input {labels.get('en', key)}: money, and only money, needs a currency.")
        if (symbol.kind is Kind.CATEGORY) != bool(categories):
            raise RuleError(f"input {labels.get('en', key)}: a category, and only a category, lists its names.")
        self.type = Type(symbol.kind, currency, timing, categories)
        self.key, self.labels, self.low, self.high = key, labels, low, high
        self.sources, self.was, self.optional = sources, was, optional
        self.changes, self.act, self.names = changes, act or {}, names or {}
        self.step = None if step is None else Fraction(step)
        self.entity = Entity.SCALAR

    def __set_name__(self, owner: type[View], name: str) -> None:
        """Take key and entity from the class that declares the input."""
        self.key = self.key or name
        self.entity = owner.entity

    def __repr__(self) -> str:
        """Show the key."""
        return f"Input({self.key})"

    @overload
    def __get__(self, instance: None, owner: type[View]) -> Self: ...
    @overload
    def __get__(self, instance: View, owner: type[View]) -> E: ...
    def __get__(self, instance: View | None, owner: type[View]) -> Self | E:
        """Return the declaration from the class, the symbolic value from a view."""
        if instance is None:
            return self
        return cast(E, instance.see(node(Op.INPUT, (), self.type, self.entity, self)))


class Dwelling(Generic[H]):
    """Attribute of a person class: the household in which the person lives."""

    def __get__(self, instance: PersonView, owner: type[PersonView]) -> H:
        """Return the household as seen from the person."""

        def spread(n: Node) -> Node:
            return instance.lift(lifted(n, Entity.PERSON) if n.entity is Entity.HOUSEHOLD else n)

        return cast(H, owner.household_class(spread))


class PersonView(View):
    """A person, or (from `household.members` or a group) each of several persons."""

    entity: ClassVar[Entity] = Entity.PERSON
    household_class: ClassVar[type[HouseholdView[Any]]]
    relations: ClassVar[dict[str, Relation[Any]]] = {}

    def __init_subclass__(cls) -> None:
        """Collect inputs and relations."""
        super().__init_subclass__()
        own = {v.key: v for v in vars(cls).values() if isinstance(v, Relation)}
        cls.relations = {**cls.relations, **own}

    def __init__(self, lift: Lift = unchanged, collect: Collector | None = None) -> None:
        super().__init__(lift)
        self._collect = collect

    def _aggregate(self, op: Op, type_: Type, *values: Node) -> Any:
        if self._collect is None:
            fail("sum, count and the like need several persons: household.members or a group, not one person.")
        return self._collect(op, type_, values)

    def count(self, where: Bool | None = None) -> Count:
        """How many of them, or how many of those for whom the condition holds."""
        return cast(Count, self._aggregate(Op.SUM, t.COUNT, where.node if where is not None else literal(True, t.BOOL)))

    def sum(self, value: Q, where: Bool | None = None) -> Q:
        """Total of a value over them; zero when there is nobody."""
        inner = value.node
        if where is not None:
            inner = operation(Op.WHEN, where.node, inner, literal(0, inner.type), type=inner.type)
        return cast(Q, self._aggregate(Op.SUM, inner.type, inner))

    def any(self, condition: Bool) -> Bool:
        """Whether the condition holds for one of them; no when there is nobody."""
        return cast(Bool, self._aggregate(Op.ANY, t.BOOL, condition.node))

    def all(self, condition: Bool) -> Bool:
        """Whether the condition holds for each of them; yes when there is nobody."""
        return ~self.any(~condition)

    def largest(self, value: Q, *, nobody: Q | Literal, where: Bool | None = None) -> Q:
        """Largest value; `nobody` says what it is over no one (there is no silent minus infinity)."""
        return self._extreme(Op.LARGEST, value, nobody, where)

    def smallest(self, value: Q, *, nobody: Q | Literal, where: Bool | None = None) -> Q:
        """Smallest value; `nobody` says what it is over no one."""
        return self._extreme(Op.SMALLEST, value, nobody, where)

    def _extreme(self, op: Op, value: Q, nobody: Q | Literal, where: Bool | None) -> Q:
        condition = where.node if where is not None else literal(True, t.BOOL)
        empty = literal(nobody, value.node.type)
        if empty.entity is not Entity.SCALAR:
            fail("nobody= must be a constant or a figure of the law, the same for every household.")
        return cast(Q, self._aggregate(op, value.node.type, value.node, condition, empty))


Collector = Callable[[Op, Type, tuple[Node, ...]], Any]


class HouseholdView(View, Generic[P]):
    """A household: the persons who share a dwelling and a budget."""

    entity: ClassVar[Entity] = Entity.HOUSEHOLD
    member: ClassVar[type[PersonView]]

    def __init_subclass__(cls, member: type[P] | None = None) -> None:
        """Tie the household class to its person class."""
        super().__init_subclass__()
        if member is not None:
            cls.member = member
            member.household_class = cls

    @property
    def members(self) -> P:
        """The members, with sum, count, any, all, largest and smallest."""

        def collect(op: Op, type_: Type, values: tuple[Node, ...]) -> Any:
            if any(v.entity is Entity.PAIR for v in values):
                fail("household.members cannot aggregate a value that compares two persons; use a group.")
            inner = tuple(lifted(v, Entity.PERSON) for v in values)
            return self.see(node(op, inner, type_, Entity.HOUSEHOLD))

        return cast(P, self.member(unchanged, collect))


class Relation(Generic[P]):
    """A pointer from a person to another: mother, partner, carer. Possibly nobody, possibly outside the household."""

    def __init__(self, *, labels: Mapping[str, str], key: str = "") -> None:
        self.key, self.labels = key, labels

    def __set_name__(self, owner: type[PersonView], name: str) -> None:
        """Take the key from the class."""
        self.key = self.key or name

    def __repr__(self) -> str:
        """Show the key."""
        return f"Relation({self.key})"

    @overload
    def __get__(self, instance: None, owner: type[PersonView]) -> Self: ...
    @overload
    def __get__(self, instance: PersonView, owner: type[PersonView]) -> Related[P]: ...
    def __get__(self, instance: PersonView | None, owner: type[PersonView]) -> Self | Related[P]:
        """Return the declaration from the class, the related person from a view."""
        return self if instance is None else Related(self, instance, owner)


class Related(Generic[P]):
    """Somebody's mother, partner, carer…, who may be nobody or live elsewhere."""

    def __init__(self, relation: Relation[P], person: PersonView, owner: type[PersonView]) -> None:
        self.relation, self.person, self.owner = relation, person, owner

    @property
    def exists(self) -> Bool:
        """Whether there is such a person, inside or outside the household."""
        return cast(Bool, self.person.see(node(Op.EXISTS, (), t.BOOL, Entity.PERSON, self.relation)))

    def get(self, read: Callable[[P], E], *, nobody: E | Literal | bool | str) -> E:
        """Return a value of that person; `nobody` when there is none; unknown when they live outside."""
        inner = read(cast(P, self.owner())).node
        empty = literal(nobody, inner.type)
        return cast(E, self.person.see(node(Op.GATHER, (inner, empty), inner.type, Entity.PERSON, self.relation)))

    def is_(self, other: P) -> Bool:
        """Whether that person is the other one; only inside a group's predicate."""
        marks = {self.person.lift(_PROBE), other.lift(_PROBE)}
        if marks != {_SELF, _OTHER}:
            fail("person.mother.is_(other) compares the two persons of a @group predicate only.")
        forward = self.person.lift(_PROBE) is _SELF
        return Bool(node(Op.IS, (), t.BOOL, Entity.PAIR, RelationSide(self.relation, forward)))


@dataclass(frozen=True, slots=True)
class RelationSide:
    """Which of the two persons of a pair points at the other: the first (`forward`) or the second."""

    relation: Any  # a Relation; typed so, the checker would take it for a descriptor of this class
    forward: bool

    @property
    def key(self) -> str:
        """Name for the structural hash."""
        return f"{self.relation.key}:{'self' if self.forward else 'other'}"


def _as_self(n: Node) -> Node:
    return lifted(n, Entity.PAIR)


def _as_other(n: Node) -> Node:
    if n.entity is Entity.SCALAR:
        return n
    n = lifted(n, Entity.PERSON)
    return n if n.entity is Entity.PAIR else node(Op.OTHER, (n,), n.type, Entity.PAIR)


_PROBE = node(Op.EXISTS, (), t.BOOL, Entity.PERSON, "probe")
_SELF, _OTHER = _as_self(_PROBE), _as_other(_PROBE)


class Group(Generic[P]):
    """A set of household members around one person, chosen by a rule on pairs."""

    def __init__(self, predicate: Callable[[P, P], Bool], person: type[P], name: str) -> None:
        self.predicate, self.person, self.name = predicate, person, name

    def _condition(self) -> Node:
        return self.predicate(self.person(_as_self), self.person(_as_other)).node

    def __call__(self, anchor: P) -> P:
        """Return the members of the group around a person, with sum, count and any."""

        def collect(op: Op, type_: Type, values: tuple[Node, ...]) -> Any:
            inside = self._condition()
            first, *rest = (lifted(v, Entity.PAIR) for v in values)
            if op in (Op.LARGEST, Op.SMALLEST):
                both = operation(Op.AND, inside, rest[0], type=t.BOOL)
                made = node(op, (first, lifted(both, Entity.PAIR), values[2]), type_, Entity.PERSON)
            elif first.type.kind is Kind.BOOL:
                both = operation(Op.AND, inside, first, type=t.BOOL)
                made = node(op, (lifted(both, Entity.PAIR),), type_, Entity.PERSON)
            else:
                kept = operation(Op.WHEN, inside, first, literal(0, first.type), type=first.type)
                made = node(op, (lifted(kept, Entity.PAIR),), type_, Entity.PERSON)
            return anchor.see(made)

        return self.person(_as_other, collect)

    def first(self, person: P) -> Bool:
        """Whether the person is listed first in their group: one anchor for each of disjoint groups."""
        before = Bool(node(Op.BEFORE, (), t.BOOL, Entity.PAIR))
        return ~self(person).any(before)


def group(predicate: Callable[[P, P], Bool]) -> Group[P]:
    """Declare a group by a rule on pairs: @group above `def bpc_family(applicant: Person, other: Person) -> Bool`."""
    hints = typing.get_type_hints(predicate)
    hints.pop("return", None)
    person = next(iter(hints.values()))
    return Group(predicate, person, predicate.__name__)


def group_by(person: type[P], number: Callable[[P], Count], name: str) -> Group[P]:
    """Declare disjoint groups by a membership column: members with the same number belong together."""
    return Group(lambda one, other: number(one) == number(other), person, name)


def same_person(one: PersonView, other: PersonView) -> Bool:
    """Whether the two persons of a @group predicate are one and the same."""
    if {one.lift(_PROBE), other.lift(_PROBE)} != {_SELF, _OTHER}:
        fail("same_person compares the two persons of a @group predicate only.")
    return Bool(node(Op.SAME, (), t.BOOL, Entity.PAIR))
