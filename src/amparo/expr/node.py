"""The graph: one node type, interned so that equal means identical.

A rule is a function from a household to an expression; an executor is a table that gives each operation a
meaning. This file is the expression; the tables live in `amparo.execute`.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import FrameType
from typing import Any, TypeVar

from amparo.expr.types import Entity, Type


class Op(StrEnum):
    """Every operation of the language. An executor must have an answer to each."""

    # leaves
    CONST = "const"  # attr: bool | Fraction | str | date
    PARAM = "param"  # attr: Parameter
    INPUT = "input"  # attr: Input
    STATE = "state"  # attr: State; its value at the start of the month
    MONTH = "month"  # first day of the month of evaluation
    # arithmetic
    ADD = "add"
    SUB = "sub"
    MUL = "mul"
    DIV = "div"
    MIN = "min"
    MAX = "max"
    ROUND = "round"  # attr: Rounding
    POWER = "power"  # attr: Fraction exponent; a count to a power, from the shared table
    RETIME = "retime"  # the same amount with another timing
    FULL_MONTHS = "full_months"  # completed months from the first date to the second
    # logic and choice
    LT = "lt"
    LE = "le"
    EQ = "eq"
    AND = "and"
    OR = "or"
    NOT = "not"
    WHEN = "when"
    # between entities
    SPREAD = "spread"  # household → each member
    GATHER = "gather"  # (value, nobody): value of the related person; attr: Relation
    EXISTS = "exists"  # whether the related person exists, here or elsewhere; attr: Relation
    SELF = "self"  # person → pair, of the first
    OTHER = "other"  # person → pair, of the second
    IS = "is"  # whether the first's relation points at the second; attr: Relation
    SAME = "same"  # whether both of the pair are one person
    BEFORE = "before"  # whether the second is listed before the first
    SUM = "sum"  # members → household, or pairs → person; yes counts 1
    ANY = "any"
    LARGEST = "largest"  # (value, where, nobody)
    SMALLEST = "smallest"  # (value, where, nobody)
    # naming
    PROVISION = "provision"  # attr: RuleVersion; the value that an article of law defines


AGGREGATES = frozenset({Op.SUM, Op.ANY, Op.LARGEST, Op.SMALLEST})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source text a node was written."""

    file: str
    line: int

    def __str__(self) -> str:
        """Return 'rules.py:34'."""
        return f"{self.file.rsplit('/', 1)[-1]}:{self.line}"


def place_of_caller() -> Place:
    """Return the first frame outside the language itself: the line of the rule."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the only way to the caller's line
    while frame and frame.f_globals.get("__name__", "").startswith("amparo.expr"):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno) if frame else Place("?", 0)


class Node:
    """One operation on other nodes. Build with `node(…)`; compare by identity."""

    __slots__ = ("args", "attr", "digest", "entity", "op", "place", "type")

    op: Op
    args: tuple["Node", ...]
    attr: Any
    type: Type
    entity: Entity
    place: Place
    digest: str

    def __repr__(self) -> str:
        """Show the operation and its arguments' operations."""
        inside = ", ".join([str(self.attr)] * (self.attr is not None) + [a.op.value for a in self.args])
        return f"{self.op.value}({inside}): {self.type} of {self.entity}"


T = TypeVar("T")
_interned: dict[tuple[Any, ...], Node] = {}


def node(op: Op, args: tuple[Node, ...], type_: Type, entity: Entity, attr: Any = None) -> Node:
    """Return the one node with this operation, arguments and attribute."""
    key = (op, tuple(map(id, args)), type(attr), attr, type_, entity)
    found = _interned.get(key)
    if found is None:
        found = Node()
        found.op, found.args, found.attr, found.type, found.entity = op, args, attr, type_, entity
        found.place = place_of_caller()
        text = f"{op}|{getattr(attr, 'key', attr)!r}|{type_}|{type_.categories}|{entity}|"
        found.digest = hashlib.sha256((text + ",".join(a.digest for a in args)).encode()).hexdigest()
        _interned[key] = found
    return found


def topological(roots: Iterable[Node]) -> list[Node]:
    """Return every node below the roots, arguments before users, without recursion."""
    order: list[Node] = []
    seen: set[Node] = set()
    stack: list[tuple[Node, Iterator[Node]]] = []
    for root in roots:
        if root not in seen:
            seen.add(root)
            stack.append((root, iter(root.args)))
        while stack:
            current, rest = stack[-1]
            for child in rest:
                if child not in seen:
                    seen.add(child)
                    stack.append((child, iter(child.args)))
                    break
            else:
                order.append(current)
                stack.pop()
    return order


def fold(roots: Iterable[Node], meaning: Callable[[Node, list[T]], T]) -> dict[Node, T]:
    """Give every node a meaning, bottom-up: the whole of a simple executor."""
    found: dict[Node, T] = {}
    for each in topological(roots):
        found[each] = meaning(each, [found[a] for a in each.args])
    return found


@dataclass(frozen=True)
class Graph:
    """Named outputs and everything below them."""

    outputs: Mapping[str, Node]

    @cached_property
    def nodes(self) -> list[Node]:
        """All nodes, arguments first."""
        return topological(self.outputs.values())

    @cached_property
    def digest(self) -> str:
        """A hash of the structure: equal for equal rules, whatever the parameters' values."""
        text = ";".join(f"{name}={n.digest}" for name, n in sorted(self.outputs.items()))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def depth(self) -> int:
        """Operations in the longest chain: how deep an executor that recurses will go."""
        return max(fold(self.outputs.values(), lambda _, below: 1 + max(below, default=0)).values(), default=0)

    def attributes(self, op: Op) -> list[Any]:
        """Return the distinct attributes of one operation, in the order of the graph."""
        return list(dict.fromkeys(n.attr for n in self.nodes if n.op is op))

    def only(self, names: Iterable[str]) -> "Graph":
        """Return the part of the graph that the named outputs need."""
        return Graph({name: self.outputs[name] for name in names})

    def downstream(self, changed: Callable[[Node], bool]) -> set[Node]:
        """Return the nodes whose value can move when the chosen leaves move."""
        found: set[Node] = set()
        for each in self.nodes:
            if changed(each) or any(a in found for a in each.args):
                found.add(each)
        return found
