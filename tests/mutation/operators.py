"""Planted bugs: the fixed operators that turn one operation of a provision into a wrong one.

Each operator looks at one node and offers changes of it. A change is a function of a node, so that the same bug can be
planted in the text of every month. What says nothing ("and yes", plus zero) cannot be lost, and is not offered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from amparo.expr import Entity, Kind, Node, Op, Parameter, Relation
from amparo.expr import types as t
from amparo.expr.arithmetic import Rounding
from amparo.expr.node import node
from amparo.expr.symbols import lifted, literal, operation
from amparo.policy import Exclusion

MODES = ("down", "up", "half_up", "half_even")
ROUNDED = {"down": "down", "up": "up", "half_up": "half up", "half_even": "half even"}


@dataclass(frozen=True)
class Change:
    """One wrong version of a node: the operator's name, what exactly it does, and the function that does it."""

    operator: str
    detail: str
    make: Callable[[Node], Node]


@dataclass(frozen=True)
class Surroundings:
    """What a change may use from around a node: the relations of a country, the figures beside a figure.

    Attributes:
        relations: of the country's persons.
        beside: figure → the figures of the same unit that come just below and just above it.
        unit: figure → the smallest unit in which the law writes it.
    """

    relations: Sequence[Relation[Any]]
    beside: Callable[[Parameter], Sequence[Node]]
    unit: Callable[[Parameter], Fraction]


def changes(n: Node, around: Surroundings) -> Iterator[Change]:
    """Yield every planted bug of one node; none for what has no wrong version (a retiming, the month)."""
    for operator in OPERATORS.get(n.op, ()):
        yield from operator(n, around)


# ---------------------------------------------------------------- building


def _like(n: Node, op: Op, *args: Node, attr: Any = None) -> Node:
    return node(op, args or n.args, n.type, n.entity, attr)


def _not(n: Node) -> Node:
    return node(Op.NOT, (n,), t.BOOL, n.entity)


def _kept(n: Node, argument: int) -> Node:
    """One argument in place of the whole, seen as the whole was and of its type."""
    return lifted(n.args[argument], n.entity)


def _is(n: Node, value: object) -> bool:
    return n.op is Op.CONST and n.attr == value


def _nothing(n: Node) -> bool:
    return _is(n, 0) or (n.op is Op.MUL and any(_is(a, 0) for a in n.args))


def _plus(n: Node, step: Fraction) -> Node:
    constant = node(Op.CONST, (), n.type, Entity.SCALAR, abs(step))
    return node(Op.ADD if step > 0 else Op.SUB, (n, constant), n.type, n.entity)


def _smallest(n: Node) -> Fraction:
    return Fraction(1, 10 ** (n.type.currency.decimals if n.type.currency else 0))


# ---------------------------------------------------------------- comparisons


def _strictness(n: Node, _: Surroundings) -> Iterator[Change]:
    other, detail = (Op.LE, "< becomes ≤") if n.op is Op.LT else (Op.LT, "≤ becomes <")
    yield Change("strictness", detail, lambda x: _like(x, other))
    yield Change("reversed", "compared the other way round", lambda x: _like(x, x.op, x.args[1], x.args[0]))


def _equality(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("reversed", "= becomes ≠", _not)


# ---------------------------------------------------------------- logic


def _junction(n: Node, _: Surroundings) -> Iterator[Change]:
    other, word = (Op.OR, "or") if n.op is Op.AND else (Op.AND, "and")
    yield Change("junction", f"{n.op} becomes {word}", lambda x: _like(x, other))
    for kept, lost in ((0, "second"), (1, "first")):
        if not _is(n.args[1 - kept], n.op is Op.AND):  # "and yes" and "or no" say nothing
            yield Change("lost condition", f"without the {lost}", lambda x, kept=kept: _kept(x, kept))  # type: ignore[misc]


def _negation(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("lost not", "not is dropped", lambda x: x.args[0])


def _choice(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("branches", "swapped", lambda x: _like(x, Op.WHEN, x.args[0], x.args[2], x.args[1]))
    yield Change("branches", "always the first", lambda x: _kept(x, 1))
    yield Change("branches", "always the second", lambda x: _kept(x, 2))


# ---------------------------------------------------------------- arithmetic


def _limit(n: Node, _: Surroundings) -> Iterator[Change]:
    lost, other = ("cap", Op.MAX) if n.op is Op.MIN else ("floor", Op.MIN)
    yield Change(f"lost {lost}", "only the first", lambda x: _kept(x, 0))
    yield Change(f"lost {lost}", "only the second", lambda x: _kept(x, 1))
    yield Change("limit", f"{n.op} becomes {other}", lambda x: _like(x, other))


def _sum_or_difference(n: Node, _: Surroundings) -> Iterator[Change]:
    other, sign = (Op.SUB, "−") if n.op is Op.ADD else (Op.ADD, "+")
    if not _nothing(n.args[1]):
        yield Change("sign", f"becomes {sign}", lambda x: _like(x, other))
        yield Change("lost term", "without the second", lambda x: _kept(x, 0))
    if n.op is Op.ADD and not _nothing(n.args[0]):
        yield Change("lost term", "without the first", lambda x: _kept(x, 1))


def _product(n: Node, _: Surroundings) -> Iterator[Change]:
    for kept, dropped in ((0, "second"), (1, "first")):
        if n.args[kept].type == n.type and (kept == 0 or n.op is Op.MUL):
            yield Change("lost factor", f"without the {dropped}", lambda x, kept=kept: _kept(x, kept))  # type: ignore[misc]
    if n.op is Op.DIV and n.args[1].type.kind is not Kind.MONEY:
        yield Change("factor", "÷ becomes ×", lambda x: _like(x, Op.MUL))


def _rounding(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("rounding", "not rounded", lambda x: x.args[0])
    for mode in MODES:
        if mode != n.attr.mode:
            yield Change(
                "rounding",
                f"{ROUNDED[mode]} in place of {ROUNDED[n.attr.mode]}",
                lambda x, mode=mode: _like(x, Op.ROUND, attr=Rounding(mode, x.attr.to)),  # type: ignore[misc]
            )


def _power(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("lost power", "the count itself", lambda x: x.args[0])


def _months(n: Node, _: Surroundings) -> Iterator[Change]:
    for step in (1, -1):
        yield Change("shifted", f"{step:+d} month", lambda x, step=step: _plus(x, Fraction(step)))  # type: ignore[misc]


# ---------------------------------------------------------------- figures and constants


def _constant(n: Node, _: Surroundings) -> Iterator[Change]:
    if isinstance(n.attr, bool):
        yield Change("constant", f"{n.attr} becomes {not n.attr}", lambda x: _like(x, Op.CONST, attr=not x.attr))
    elif isinstance(n.attr, str):
        for other in _neighbours(n.type.categories, n.attr):
            yield Change(
                "constant",
                f"“{n.attr}” becomes “{other}”",
                lambda x, other=other: _like(x, Op.CONST, attr=other),  # type: ignore[misc]
            )
    elif n.type.numeric:
        step = _smallest(n) if Fraction(n.attr).denominator == 1 else Fraction(1, 100)
        for sign in (1, -1):
            yield Change(
                "constant",
                f"{n.attr} {'+' if sign > 0 else '−'} {step}",
                lambda x, by=sign * step: _like(x, Op.CONST, attr=Fraction(x.attr) + by),  # type: ignore[misc]
            )
    else:
        for days in (1, -1):
            yield Change(
                "constant",
                f"{n.attr} {days:+d} day",
                lambda x, days=days: _like(x, Op.CONST, attr=x.attr + timedelta(days=days)),  # type: ignore[misc]
            )


def _neighbours(names: Sequence[str], name: str) -> list[str]:
    at = names.index(name)
    return [names[i] for i in (at - 1, at + 1) if 0 <= i < len(names)]


def _figure(n: Node, around: Surroundings) -> Iterator[Change]:
    unit = around.unit(n.attr)
    for step in (unit, -unit):
        yield Change(
            "shifted figure",
            f"{'+' if step > 0 else '−'} {abs(step)}",
            lambda x, step=step: _plus(x, step),  # type: ignore[misc]
        )
    for other in around.beside(n.attr):
        yield Change("swapped figure", f"{other.attr.key} in its place", lambda x, other=other: other)  # type: ignore[misc]


def _state(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("forgotten", "the state is as in the first month", lambda x: literal(x.attr.initial, x.type))


# ---------------------------------------------------------------- between persons


def _whose(n: Node, _: Surroundings) -> Iterator[Change]:
    other, word = (Op.OTHER, "other") if n.op is Op.SELF else (Op.SELF, "first")
    yield Change("another person", f"the {word} person's", lambda x: _like(x, other))


def _pointing(n: Node, around: Surroundings) -> Iterator[Change]:
    """IS: another relation, or the same from the other side."""
    yield Change(
        "another person",
        "pointed at from the other side",
        lambda x: _like(x, Op.IS, attr=replace(x.attr, forward=not x.attr.forward)),
    )
    for other in around.relations:
        if other is not n.attr.relation:
            yield Change(
                "another relation",
                f"{other.key} in place of {n.attr.relation.key}",
                lambda x, other=other: _like(x, Op.IS, attr=replace(x.attr, relation=other)),  # type: ignore[misc]
            )


def _related(n: Node, around: Surroundings) -> Iterator[Change]:
    """GATHER and EXISTS."""
    for other in around.relations:
        if other is not n.attr:
            yield Change(
                "another relation",
                f"{other.key} in place of {n.attr.key}",
                lambda x, other=other: node(x.op, x.args, x.type, x.entity, other),  # type: ignore[misc]
            )
    if n.op is Op.GATHER:
        yield Change("another person", "the person's own", lambda x: lifted(x.args[0], x.entity))


def _same(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("reversed", "everybody but the person", _not)


def _before(n: Node, _: Surroundings) -> Iterator[Change]:
    same = node(Op.SAME, (), t.BOOL, Entity.PAIR)
    yield Change("reversed", "those listed after", lambda x: operation(Op.AND, _not(x), _not(same), type=t.BOOL))


# ---------------------------------------------------------------- aggregates


def _total(n: Node, _: Surroundings) -> Iterator[Change]:
    """SUM: of money the largest, of persons whether there is one."""
    if n.args[0].type.kind is Kind.BOOL:
        yield Change("another aggregate", "whether there is one, in place of how many", _whether)
    else:
        yield Change("another aggregate", "the largest in place of the total", lambda x: _extreme_of(x, Op.LARGEST))
        yield Change("another aggregate", "the smallest in place of the total", lambda x: _extreme_of(x, Op.SMALLEST))


def _whether(n: Node) -> Node:
    found = node(Op.ANY, n.args, t.BOOL, n.entity)
    one, none = literal(1, n.type), literal(0, n.type)
    return node(Op.WHEN, (found, one, none), n.type, n.entity)


def _extreme_of(n: Node, op: Op) -> Node:
    (value,) = n.args
    everybody = literal(True, t.BOOL)
    if value.op is Op.WHEN and value.args[2].op is Op.CONST and value.args[2].attr == 0:
        everybody, value = value.args[0], value.args[1]
    return node(op, (value, everybody, literal(0, n.type)), n.type, n.entity)


def _someone(n: Node, _: Surroundings) -> Iterator[Change]:
    yield Change("another aggregate", "all in place of any", _all)


def _all(n: Node) -> Node:
    """ANY(among and condition) becomes 'all among'; without a group, 'all of the household'."""
    (inner,) = n.args
    grouped = inner.op is Op.AND
    return _not(_like(n, Op.ANY, _like(inner, Op.AND, inner.args[0], _not(inner.args[1])) if grouped else _not(inner)))


def _extreme(n: Node, _: Surroundings) -> Iterator[Change]:
    other, word = (Op.SMALLEST, "smallest") if n.op is Op.LARGEST else (Op.LARGEST, "largest")
    yield Change("another aggregate", f"the {word} in place of the {n.op}", lambda x: _like(x, other))
    yield Change("another aggregate", f"the total in place of the {n.op}", _total_of)
    if n.args[1].op is not Op.CONST:
        yield Change("lost condition", "of everybody", _of_everybody)


def _total_of(n: Node) -> Node:
    value, where, _ = n.args
    chosen = operation(Op.WHEN, where, value, literal(0, value.type), type=value.type)
    return node(Op.SUM, (chosen,), n.type, n.entity)


def _of_everybody(n: Node) -> Node:
    return _like(n, n.op, n.args[0], literal(True, t.BOOL), n.args[2])


def lost_exclusion(n: Node) -> Change | None:
    """Return the change of a country's exclusion into nothing: the loser is paid beside the winner."""
    if isinstance(n.attr, Exclusion):
        return Change("lost exclusion", "both are paid", lambda x: x.args[0].args[2])
    return None


Operator = Callable[[Node, Surroundings], Iterator[Change]]

OPERATORS: dict[Op, tuple[Operator, ...]] = {
    Op.CONST: (_constant,),
    Op.PARAM: (_figure,),
    Op.STATE: (_state,),
    Op.ADD: (_sum_or_difference,),
    Op.SUB: (_sum_or_difference,),
    Op.MUL: (_product,),
    Op.DIV: (_product,),
    Op.MIN: (_limit,),
    Op.MAX: (_limit,),
    Op.ROUND: (_rounding,),
    Op.POWER: (_power,),
    Op.FULL_MONTHS: (_months,),
    Op.LT: (_strictness,),
    Op.LE: (_strictness,),
    Op.EQ: (_equality,),
    Op.AND: (_junction,),
    Op.OR: (_junction,),
    Op.NOT: (_negation,),
    Op.WHEN: (_choice,),
    Op.GATHER: (_related,),
    Op.EXISTS: (_related,),
    Op.SELF: (_whose,),
    Op.OTHER: (_whose,),
    Op.IS: (_pointing,),
    Op.SAME: (_same,),
    Op.BEFORE: (_before,),
    Op.SUM: (_total,),
    Op.ANY: (_someone,),
    Op.LARGEST: (_extreme,),
    Op.SMALLEST: (_extreme,),
}
