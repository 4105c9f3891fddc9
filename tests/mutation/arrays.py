"""A quick reading of the graph over many households at once, to find the households on which two laws differ.

One more executor: a table that gives each operation a meaning on numpy arrays. It says where to look and decides
nothing: float64 may be wrong at a boundary, so every difference found here is decided again by `amparo.execute.exact`
before it counts. Money is in the currency's smallest unit. An unknown figure is not a number and spreads.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.errors import ParameterError
from amparo.expr import Entity, Node, Op
from amparo.expr.arithmetic import power_table
from amparo.expr.node import topological
from amparo.expr.types import Type
from amparo.policy import Edition
from amparo.population.encoding import date_code, minor_units
from amparo.population.table import NOBODY, Population

Array = NDArray[Any]
Memo = dict[Node, Array]
NOISE = 6  # decimals of the smallest unit beyond which float64 differs from exact arithmetic


class Reading:
    """Some households under the law of a month; keeps what it has computed.

    Args:
        edition: whose figures are used.
        population: without anybody who lives elsewhere or is unknown; no empty household.
        states: state key → column of its entity.
    """

    def __init__(self, edition: Edition, population: Population, states: Mapping[str, Array]) -> None:
        self.edition, self.population, self.states = edition, population, states
        self.memo: Memo = {}
        self.home = population.household_of_person()
        self.starts = population.offsets[:-1].astype(np.int64)
        self.position = np.arange(population.person_count) - self.starts[self.home]

    @cached_property
    def first(self) -> Array:
        """The first person of every pair: each person with each member of the household."""
        return np.repeat(np.arange(self.population.person_count), self.population.sizes[self.home])

    @cached_property
    def second(self) -> Array:
        """The second person of every pair."""
        sizes = self.population.sizes[self.home].astype(np.int64)
        begins = np.cumsum(sizes) - sizes
        return np.arange(int(sizes.sum())) - np.repeat(begins, sizes) + self.starts[self.home[self.first]]

    def rows(self, entity: Entity) -> int | None:
        """Return how many rows an entity has; None for what is the same for everybody."""
        counts = {Entity.PERSON: len(self.home), Entity.HOUSEHOLD: len(self.starts)}
        return len(self.first) if entity is Entity.PAIR else counts.get(entity)

    def read(self, roots: Iterable[Node], *, keep: bool = True) -> Memo:
        """Return the values of some nodes; with `keep` the next reading builds on everything computed here."""
        new: Memo = {}
        with np.errstate(all="ignore"):
            for n in topological(roots) if keep else self._unread(roots):
                if n in self.memo or n in new:
                    continue
                args = [self.memo[a] if a in self.memo else new[a] for a in n.args]
                value = TABLE[n.op](self, n, args)
                rows = self.rows(n.entity)
                new[n] = value if rows is None or np.ndim(value) else np.broadcast_to(value, (rows,))
        if keep:
            self.memo.update(new)
            return self.memo
        return new

    def _unread(self, roots: Iterable[Node]) -> list[Node]:
        order: list[Node] = []
        seen: set[Node] = set()

        def visit(n: Node) -> None:
            if n in seen or n in self.memo:
                return
            seen.add(n)
            for each in n.args:
                visit(each)
            order.append(n)

        for root in roots:
            visit(root)
        return order

    def household_of(self, entity: Entity, rows: Array) -> Array:
        """Return the households of some rows."""
        return np.unique(self.home[rows] if entity is Entity.PERSON else rows)


def differ(a: Array, b: Array) -> Array:
    """Return the rows in which two readings differ; what is no number in either is left out."""
    if a.dtype.kind == b.dtype.kind == "f":
        return np.flatnonzero((np.abs(a - b) > 10.0**-NOISE) & ~np.isnan(a) & ~np.isnan(b))
    return np.flatnonzero(a != b)


def _snapped(value: Array) -> Array:
    return np.round(value, NOISE)


def _scale(type_: Type) -> int:
    return minor_units(type_.currency)


def stored(value: Any, type_: Type) -> Any:
    """Return a constant as a column holds it."""
    if isinstance(value, bool):
        return np.bool_(value)
    if isinstance(value, str):
        return np.float64(type_.categories.index(value))
    if isinstance(value, date):
        return np.float64(date_code(value))
    return np.float64(Fraction(value) * _scale(type_))


def _parameter(r: Reading, n: Node, _: list[Array]) -> Any:
    try:
        return stored(r.edition.figure(n.attr), n.type)
    except ParameterError:
        return np.float64(np.nan)


def _column(column: Array) -> Array:
    return column if column.dtype == np.bool_ else column.astype(np.float64)


def _input(r: Reading, n: Node, _: list[Array]) -> Any:
    people = r.population.persons if n.entity is Entity.PERSON else r.population.households
    return _column(people[n.attr.key])


def _rounded(r: Reading, n: Node, args: list[Array]) -> Any:
    to = float(n.attr.to * _scale(n.type))
    scaled = np.round(args[0] / to, NOISE)
    ways: dict[str, Callable[[Any], Any]] = {
        "down": np.floor,
        "up": np.ceil,
        "half_up": lambda x: np.floor(x + 0.5),
        "half_even": np.rint,
    }
    return _snapped(ways[n.attr.mode](scaled) * to)


def _power(r: Reading, n: Node, args: list[Array]) -> Any:
    table = np.array([float(x) for x in power_table(n.attr)])
    return table[np.clip(args[0], 0, len(table) - 1).astype(np.int64)]


def _full_months(r: Reading, n: Node, args: list[Array]) -> Any:
    first, later = args
    return later // 31 - first // 31 - (later % 31 < first % 31)


def _gather(r: Reading, n: Node, args: list[Array]) -> Any:
    pointer = r.population.relations[n.attr.key].astype(np.int64)
    value = np.broadcast_to(args[0], (len(r.home),))
    return np.where(pointer == NOBODY, args[1], value[np.maximum(pointer, 0) + r.starts[r.home]])


def _is(r: Reading, n: Node, _: list[Array]) -> Any:
    one, other = (r.first, r.second) if n.attr.forward else (r.second, r.first)
    return r.population.relations[n.attr.relation.key][one] == r.position[other]


def _reduced(by: Any) -> Callable[[Reading, Node, list[Array]], Any]:
    def reduce(r: Reading, n: Node, args: list[Array]) -> Any:
        inside = Entity.PERSON if n.entity is Entity.HOUSEHOLD else Entity.PAIR
        sizes = r.population.sizes[r.home].astype(np.int64)
        starts = r.starts if inside is Entity.PERSON else np.cumsum(sizes) - sizes
        value = np.broadcast_to(args[0], (r.rows(inside),))
        return by(value, starts, [np.broadcast_to(a, (r.rows(inside),)) for a in args[1:2]], args[2:])

    return reduce


def _extreme(ufunc: Any, worst: float) -> Callable[..., Any]:
    def over(value: Array, starts: Array, where: list[Array], nobody: list[Array]) -> Any:
        found = ufunc.reduceat(np.where(where[0], value, worst), starts)
        return np.where(np.logical_or.reduceat(where[0], starts), found, nobody[0])

    return over


def _ratio(a: Array, b: Array, n: Node) -> Any:
    return _snapped(a / b) if n.type.currency else a / b


TABLE: dict[Op, Callable[[Reading, Node, list[Array]], Any]] = {
    Op.CONST: lambda r, n, a: stored(n.attr, n.type),
    Op.PARAM: _parameter,
    Op.INPUT: _input,
    Op.STATE: lambda r, n, a: _column(r.states[n.attr.key]),
    Op.MONTH: lambda r, n, a: np.float64(date_code(r.edition.month)),
    Op.ADD: lambda r, n, a: a[0] + a[1],
    Op.SUB: lambda r, n, a: a[0] - a[1],
    Op.MUL: lambda r, n, a: _snapped(a[0] * a[1]),
    Op.DIV: lambda r, n, a: _ratio(a[0], a[1], n),
    Op.MIN: lambda r, n, a: np.minimum(a[0], a[1]),
    Op.MAX: lambda r, n, a: np.maximum(a[0], a[1]),
    Op.ROUND: _rounded,
    Op.POWER: _power,
    Op.RETIME: lambda r, n, a: a[0],
    Op.FULL_MONTHS: _full_months,
    Op.LT: lambda r, n, a: a[0] < a[1],
    Op.LE: lambda r, n, a: a[0] <= a[1],
    Op.EQ: lambda r, n, a: a[0] == a[1],
    Op.AND: lambda r, n, a: a[0] & a[1],
    Op.OR: lambda r, n, a: a[0] | a[1],
    Op.NOT: lambda r, n, a: ~a[0],
    Op.WHEN: lambda r, n, a: np.where(a[0], a[1], a[2]),
    Op.SPREAD: lambda r, n, a: a[0][r.home],
    Op.GATHER: _gather,
    Op.EXISTS: lambda r, n, a: r.population.relations[n.attr.key] != NOBODY,
    Op.SELF: lambda r, n, a: a[0][r.first],
    Op.OTHER: lambda r, n, a: a[0][r.second],
    Op.IS: _is,
    Op.SAME: lambda r, n, a: r.first == r.second,
    Op.BEFORE: lambda r, n, a: r.second < r.first,
    Op.SUM: _reduced(lambda v, s, w, x: np.add.reduceat(v.astype(np.float64), s)),
    Op.ANY: _reduced(lambda v, s, w, x: np.logical_or.reduceat(v, s)),
    Op.LARGEST: _reduced(_extreme(np.maximum, -np.inf)),
    Op.SMALLEST: _reduced(_extreme(np.minimum, np.inf)),
    Op.PROVISION: lambda r, n, a: a[0],
}
