"""What each operation means for a household not yet known: the table of the prover.

Values are Python's own wherever the law alone decides them, so that what cannot matter never reaches the solver. A
node gives one term for one row, and a second evaluation (an input moved, a law reformed) takes over every term that
the difference cannot reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, cast

from amparo.execute.depth import allow_depth
from amparo.execute.exact import Row
from amparo.execute.prove.household import ELSEWHERE, NOBODY, Day, Name, People, Symbol, known_day
from amparo.execute.prove.linear import (
    Linear,
    Truth,
    conjunction,
    constant,
    disjunction,
    either_truth,
    negation,
    same_truth,
)
from amparo.expr import Entity, Node, Op, Type
from amparo.expr.arithmetic import POWER_LIMIT, power_table
from amparo.policy import Edition

CALLS = 4  # of Python, for one operation


class World:
    """One evaluation of the law over the unknowns of a household.

    Args:
        edition: the law of a month; its figures are constants here.
        people: the household.
        moved: inputs that have another value here, by (key, row).
        base: the evaluation from which this one differs…
        touched: …only in these nodes.
        lenient: where a rule reads across a relation to somebody elsewhere, note the pointer in `elsewhere` instead
            of taking for granted that there is no such case.
    """

    def __init__(
        self,
        edition: Edition,
        people: People,
        *,
        moved: Mapping[tuple[str, Row], Symbol] | None = None,
        base: World | None = None,
        touched: set[Node] | None = None,
        lenient: bool = False,
    ) -> None:
        self.edition, self.people = edition, people
        self.moved, self.base, self.touched = moved or {}, base, touched or set()
        self.lenient = lenient
        self.elsewhere: list[Truth] = []
        self.memo: dict[tuple[Node, Row], Symbol] = {}
        allow_depth(edition.graph, CALLS)

    def value(self, n: Node, row: Row) -> Symbol:
        """Return what an operation gives for one row."""
        if n.entity is Entity.SCALAR:
            row = ()
        if self.base is not None and n not in self.touched:
            return self.base.value(n, row)
        key = (n, row)
        if key not in self.memo:
            self.memo[key] = TABLE[n.op](self, n, row)
        return self.memo[key]

    def number(self, n: Node, row: Row) -> Linear:
        """Return a number; yes counts one."""
        found = self.value(n, row)
        return found if isinstance(found, Linear) else self.choose(found, constant(1), constant(0))

    def choose(self, condition: Truth, a: Any, b: Any) -> Any:
        """Return the first when the condition holds, the second otherwise, whatever their kind."""
        if isinstance(condition, bool):
            return a if condition else b
        if isinstance(a, Linear):
            return self.people.numbers.choose(condition, a, b)
        if isinstance(a, Name):
            return Name(self.choose(condition, a.position, _renamed(self, b, a.names).position), a.names)
        if isinstance(a, Day):
            return Day(self.choose(condition, a.month, b.month), self.choose(condition, a.day, b.day))
        return either_truth(condition, a, b)

    def rows(self, row: Row) -> list[Row]:
        """Return the rows of every member beside a row."""
        return [(*row, i) for i in range(self.people.size)]


def _renamed(world: World, name: Name, names: tuple[str, ...]) -> Name:
    """Return a category among other names; one that they lack has a position of its own behind them."""
    if name.names == names:
        return name
    where = {i: names.index(x) if x in names else len(names) + i for i, x in enumerate(name.names)}
    found = constant(where[0])
    for i in range(1, len(name.names)):
        here = world.people.numbers.equal(name.position, constant(i))
        found = world.people.numbers.choose(here, constant(where[i]), found)
    return Name(found, names)


def symbol_of(value: Any, type_: Type) -> Symbol:
    """Return a known value as the prover handles it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return known_day(value)
    if isinstance(value, str):
        names = type_.categories if value in type_.categories else (*type_.categories, value)
        return Name(constant(names.index(value)), names)
    return constant(Fraction(value))


def _input(world: World, n: Node, row: Row) -> Symbol:
    moved = world.moved.get((n.attr.key, row))
    return world.people.input(n.attr, row) if moved is None else moved


def _divide(world: World, n: Node, row: Row) -> Symbol:
    a, b = (world.number(x, row) for x in n.args)
    return world.people.numbers.quotient(a, b)


def _round(world: World, n: Node, row: Row) -> Symbol:
    numbers, rounding = world.people.numbers, n.attr
    scaled = world.number(n.args[0], row).times(1 / rounding.to)
    if rounding.mode == "up":
        found = numbers.floor(scaled.times(Fraction(-1))).times(Fraction(-1))
    elif rounding.mode == "half_up":
        found = numbers.floor(scaled + constant(Fraction(1, 2)))
    elif rounding.mode == "half_even":
        below = numbers.floor(scaled)
        rest = scaled - below
        half_below = numbers.floor(below.times(Fraction(1, 2)))
        odd = numbers.equal(below - half_below.times(Fraction(2)), constant(1))
        half = constant(Fraction(1, 2))
        tie_up = conjunction(numbers.equal(rest, half), odd)
        up = disjunction(numbers.less(half, rest, strict=True), tie_up)
        found = numbers.choose(up, below + constant(1), below)
    else:
        found = numbers.floor(scaled)
    return found.times(rounding.to)


def _power(world: World, n: Node, row: Row) -> Symbol:
    numbers, table = world.people.numbers, power_table(n.attr)
    count = world.number(n.args[0], row)

    def look_up(x: Fraction) -> Linear:
        inside = 0 <= x <= POWER_LIMIT
        return constant(table[int(x)]) if inside else numbers.fresh(name="beyond_the_table")

    def one_by_one() -> Linear:
        found = numbers.fresh(name="beyond_the_table")
        for i, power in enumerate(table):
            found = numbers.choose(numbers.equal(count, constant(i)), constant(power), found)
        return found

    return numbers.over(count, look_up, one_by_one)


def _full_months(world: World, n: Node, row: Row) -> Symbol:
    first, later = (cast(Day, world.value(x, row)) for x in n.args)
    short = world.people.numbers.less(later.day, first.day, strict=True)
    return later.month - first.month - world.choose(short, constant(1), constant(0))


def _order(found: Symbol) -> Linear:
    return found.order if isinstance(found, Day) else cast(Linear, found)


def _less(strict: bool) -> Callable[[World, Node, Row], Symbol]:
    def compare(world: World, n: Node, row: Row) -> Symbol:
        a, b = (_order(world.value(x, row)) for x in n.args)
        return world.people.numbers.less(a, b, strict=strict)

    return compare


def _equal(world: World, n: Node, row: Row) -> Symbol:
    a, b = (world.value(x, row) for x in n.args)
    if isinstance(a, Name) and isinstance(b, Name):
        return world.people.numbers.equal(a.position, _renamed(world, b, a.names).position)
    if isinstance(a, (Day, Linear)):
        return world.people.numbers.equal(_order(a), _order(b))
    return same_truth(a, b)


def _extreme_of(a: Linear, b: Linear, world: World, *, largest: bool) -> Linear:
    numbers = world.people.numbers
    return numbers.choose(numbers.less(*((b, a) if largest else (a, b)), strict=False), a, b)


def _pair(largest: bool) -> Callable[[World, Node, Row], Symbol]:
    return lambda world, n, row: _extreme_of(
        world.number(n.args[0], row), world.number(n.args[1], row), world, largest=largest
    )


def _and(world: World, n: Node, row: Row) -> Symbol:
    a = world.value(n.args[0], row)
    return False if a is False else conjunction(a, world.value(n.args[1], row))


def _or(world: World, n: Node, row: Row) -> Symbol:
    a = world.value(n.args[0], row)
    return True if a is True else disjunction(a, world.value(n.args[1], row))


def _when(world: World, n: Node, row: Row) -> Symbol:
    condition = world.value(n.args[0], row)
    if isinstance(condition, bool):
        return world.value(n.args[1 if condition else 2], row)
    return world.choose(condition, world.value(n.args[1], row), world.value(n.args[2], row))


def _points(world: World, relation: str, member: int, at: int) -> Truth:
    return world.people.numbers.equal(world.people.pointer(relation, member), constant(at))


def _gather(world: World, n: Node, row: Row) -> Symbol:
    pointer = world.people.pointer(n.attr.key, row[0])
    if world.lenient:
        world.elsewhere.append(world.people.numbers.equal(pointer, constant(ELSEWHERE)))
    else:
        world.people.known_here(pointer)
    found = world.value(n.args[1], row)
    for i in range(world.people.size):
        if i != row[0]:
            found = world.choose(_points(world, n.attr.key, row[0], i), world.value(n.args[0], (i,)), found)
    return found


def _is(world: World, n: Node, row: Row) -> Symbol:
    one, other = row if n.attr.forward else reversed(row)
    return False if one == other else _points(world, n.attr.relation.key, one, other)


def _sum(world: World, n: Node, row: Row) -> Symbol:
    return sum((world.number(n.args[0], each) for each in world.rows(row)), constant(0))


def _any(world: World, n: Node, row: Row) -> Symbol:
    found = []
    for each in world.rows(row):
        value = world.value(n.args[0], each)
        if value is True:
            return True
        found.append(value)
    return disjunction(*found)


def _extreme(largest: bool) -> Callable[[World, Node, Row], Symbol]:
    def over(world: World, n: Node, row: Row) -> Symbol:
        some: Truth = False
        found = world.number(n.args[2], row)
        for each in world.rows(row):
            inside = world.value(n.args[1], each)
            if inside is False:
                continue
            value = world.number(n.args[0], each)
            best = world.choose(some, _extreme_of(value, found, world, largest=largest), value)
            found = world.choose(inside, best, found)
            some = disjunction(some, inside)
        return found

    return over


TABLE: dict[Op, Callable[[World, Node, Row], Symbol]] = {
    Op.CONST: lambda world, n, row: symbol_of(n.attr, n.type),
    Op.PARAM: lambda world, n, row: constant(world.edition.figure(n.attr)),
    Op.INPUT: _input,
    Op.STATE: lambda world, n, row: world.people.state(n.attr, row),
    Op.MONTH: lambda world, n, row: known_day(world.edition.month),
    Op.ADD: lambda world, n, row: world.number(n.args[0], row) + world.number(n.args[1], row),
    Op.SUB: lambda world, n, row: world.number(n.args[0], row) - world.number(n.args[1], row),
    Op.MUL: lambda world, n, row: world.people.numbers.product(*(world.number(x, row) for x in n.args)),
    Op.DIV: _divide,
    Op.MIN: _pair(largest=False),
    Op.MAX: _pair(largest=True),
    Op.ROUND: _round,
    Op.POWER: _power,
    Op.RETIME: lambda world, n, row: world.value(n.args[0], row),
    Op.FULL_MONTHS: _full_months,
    Op.LT: _less(strict=True),
    Op.LE: _less(strict=False),
    Op.EQ: _equal,
    Op.AND: _and,
    Op.OR: _or,
    Op.NOT: lambda world, n, row: negation(world.value(n.args[0], row)),
    Op.WHEN: _when,
    Op.SPREAD: lambda world, n, row: world.value(n.args[0], ()),
    Op.GATHER: _gather,
    Op.EXISTS: lambda world, n, row: negation(_points(world, n.attr.key, row[0], NOBODY)),
    Op.SELF: lambda world, n, row: world.value(n.args[0], row[:1]),
    Op.OTHER: lambda world, n, row: world.value(n.args[0], row[1:]),
    Op.IS: _is,
    Op.SAME: lambda world, n, row: row[0] == row[1],
    Op.BEFORE: lambda world, n, row: row[1] < row[0],
    Op.SUM: _sum,
    Op.ANY: _any,
    Op.LARGEST: _extreme(largest=True),
    Op.SMALLEST: _extreme(largest=False),
    Op.PROVISION: lambda world, n, row: world.value(n.args[0], row),
}
