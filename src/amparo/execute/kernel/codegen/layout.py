"""Which values of a graph get arrays of their own, and how they look there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from amparo.execute.kernel.codegen.program import Column
from amparo.expr import Entity, Kind, Node, Op, Parameter
from amparo.expr.node import AGGREGATES
from amparo.expr.types import Type

DECIMALS = 8  # most decimals that are followed exactly
CONE = 40  # nodes computed in one loop before an intermediate value gets an array of its own


@dataclass(frozen=True, slots=True)
class Form:
    """How a stored value looks: its scale, and whether a denominator is stored beside it."""

    scale: int
    quotient: bool


def decimals(value: Fraction) -> int | None:
    """Return how many decimals write a number exactly, or None."""
    denominator, places = value.denominator, 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    while denominator % 5 == 0:
        denominator, places = denominator // 5, places + 1
    twos = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    if denominator != 1:
        return None
    # a further factor of two or five needs one more decimal each, but at least what both need together
    exponent = 0
    while (value * 10**exponent).denominator != 1:
        exponent += 1
    return exponent


def parameter_scale(parameter: Parameter) -> int:
    """Return the decimals with which a figure is held: those of the law's values.

    A finer figure carries a bounded error, and rows near a threshold are decided exactly.
    """
    base = parameter.type.currency.decimals if parameter.type.currency else 0
    needed = [decimals(v.value) for v in parameter.values if v.value is not None]
    return max([base, *(min(d, DECIMALS) if d is not None else DECIMALS for d in needed)])


def slider_scale(parameter: Parameter) -> int:
    """Return the decimals for a figure that is about to move: two more, so that rows at a threshold stay certain."""
    return max(parameter_scale(parameter), min(parameter_scale(parameter) + 2, DECIMALS))


def input_scale(type_: Type) -> int:
    """Return the decimals of an input's column: money is held in its smallest unit."""
    return type_.currency.decimals if type_.currency else 0


def stored_columns(n: Node, form: Form) -> list[Column]:
    """Return the arrays of a stored value."""
    entity = n.entity.value
    if not n.type.numeric and n.type.kind is Kind.BOOL:
        return [Column("flag", n.digest[:24], entity, "b")]
    found = [Column("num", n.digest[:24], entity, "f")]
    return found + [Column("den", n.digest[:24], entity, "f")] * form.quotient


class Layout:
    """The nodes below some roots, in order, and which of them are stored.

    Args:
        roots: nodes to compute.
        given: nodes whose arrays are supplied, with their forms (a resident part of the graph).
        finer: decimals of figures that need more of them than the law's values have.
    """

    def __init__(
        self,
        roots: Iterable[Node],
        given: Mapping[Node, Form] | None = None,
        finer: Mapping[Parameter, int] | None = None,
    ) -> None:
        self.roots = list(dict.fromkeys(roots))
        self.given = dict(given or {})
        self.finer = dict(finer or {})
        self.forms: dict[Node, Form] = dict(self.given)
        self.order = topological_until(self.roots, self.given)
        self.stored = self._choose_stored()

    def scale(self, parameter: Parameter) -> int:
        """Return the decimals with which a figure is held."""
        return self.finer.get(parameter, parameter_scale(parameter))

    def _choose_stored(self) -> set[Node]:
        """Store roots, provisions, aggregates, what other entities read, and what grows too large."""
        stored = {n for n in self.roots if n.entity is not Entity.SCALAR} | set(self.given)
        for n in self.order:
            if n in self.given:
                continue
            if (n.op is Op.PROVISION or n.op in AGGREGATES) and n.entity is not Entity.PAIR:
                stored.add(n)
            if n.op in (Op.SPREAD, Op.GATHER, Op.SELF, Op.OTHER):
                stored |= {a for a in n.args[:1] if a.op not in (Op.INPUT, Op.STATE) and a.entity is not Entity.SCALAR}
        size: dict[Node, int] = {}
        users: dict[Node, int] = {}
        for n in self.order:
            if n in self.given:  # what it is made of is not looked at
                continue
            below = 0
            for a in n.args:
                below += 1 if a in stored or not a.args else size[a]
                users[a] = users.get(a, 0) + 1
            size[n] = 1 + below
            if n.entity in (Entity.PAIR, Entity.SCALAR) or not n.args or n.op in (Op.SPREAD, Op.SELF, Op.OTHER):
                continue
            if size[n] > CONE:
                stored.add(n)
            if n.op in AGGREGATES and n.entity is Entity.HOUSEHOLD:
                stored |= {a for a in n.args[:1] if a.entity is Entity.PERSON and size[a] > 4 and a.op is not Op.SPREAD}
        return stored


def topological_until(roots: Iterable[Node], given: Iterable[Node]) -> list[Node]:
    """Return the nodes below the roots, not looking below what is given."""
    stop = set(given)
    order: list[Node] = []
    state: dict[Node, bool] = {}
    stack = [(n, False) for n in reversed(list(roots))]
    while stack:
        n, done = stack.pop()
        if done:
            order.append(n)
        elif n not in state:
            state[n] = True
            stack.append((n, True))
            if n not in stop:
                stack.extend((a, False) for a in reversed(n.args) if a not in state)
    return order
