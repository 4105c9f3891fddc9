"""A household of which everything that matters is known: the graph as Python code, several times as fast.

An operation that is used once becomes an expression, one that is used again a function that remembers its value for
each member. Numbers are ints as long as they are whole. Whatever the code cannot answer (an input that nobody stated, a
figure that is unknown, a division by zero) raises, and the reference executor decides instead: it alone knows bounds,
provisions and sentences. The code depends on the graph alone; figures are looked up when it runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from amparo.errors import AmparoError
from amparo.execute.cases import Case
from amparo.execute.depth import allow_depth
from amparo.execute.exact.evaluation import Run
from amparo.execute.values import Unknown
from amparo.expr import Entity, Graph, Node, Op
from amparo.expr.arithmetic import POWER_LIMIT, months_between, power_table, round_exact
from amparo.policy import Edition

WARM = 4  # decisions under one graph before it is worth compiling
GRAPHS = 256  # compiled graphs, and editions' figures, that are kept
CALLS = 8  # of Python, to write one operation
DEEPEST = 150  # operations in a chain; the shipped law has some 60
NESTED = 16  # operations within one expression
ALIASES = frozenset({Op.PROVISION, Op.RETIME})
CROSSING = frozenset({Op.SPREAD, Op.SELF, Op.OTHER})  # their argument is asked again for each other member
REFUSED = (LookupError, ArithmeticError, RecursionError)
GIVEN = ("members", "household", "relations", "states", "everyone", "size", "figures")  # before the remembered values

Names = tuple[str, ...]  # the variables that hold a row
_uses: Counter[tuple[Any, ...]] = Counter()


def known_outputs(edition: Edition, case: Case) -> dict[str, Any] | None:
    """Return every output for a household, or None where the reference executor has to decide.

    The first few times nothing is compiled: a graph that decides few households is not worth it.
    """
    key = tuple(edition.graph.outputs.items())
    if _uses[key] < WARM:
        _uses[key] += 1
        return None
    program = compiled(key)
    return None if program is None else program.run(edition, case)


@dataclass(frozen=True)
class Program:
    """A graph as a Python function.

    Attributes:
        source: its text.
        outputs: their names, in the order of what the function returns.
        places: how many values each remembering function keeps: one, one for each member or for each pair (0, 1, 2).
    """

    source: str
    function: Callable[[list[Any]], list[Any]]
    outputs: tuple[str, ...]
    places: tuple[int, ...]
    figures: tuple[Node, ...]

    def run(self, edition: Edition, case: Case) -> dict[str, Any] | None:
        """Return what the law gives to a household, or None where the code cannot say."""
        size = len(case.members)
        state: list[Any] = [case.members, case.household, case.relations, case.states, range(size), size]
        state.append(_figures(edition, self.figures))
        state += [[None] * size**places if places else None for places in self.places]
        try:
            return dict(zip(self.outputs, self.function(state), strict=True))
        except REFUSED:
            return None


@lru_cache(GRAPHS)
def compiled(outputs: tuple[tuple[str, Node], ...]) -> Program | None:
    """Return some outputs of a graph as a function; None for a graph that is deeper than Python's calls should go."""
    graph = Graph(dict(outputs))
    if graph.depth > DEEPEST:
        return None
    allow_depth(graph, CALLS)
    return _Writer(graph).program()


@lru_cache(GRAPHS)
def _figures(edition: Edition, nodes: tuple[Node, ...]) -> dict[int, Any]:
    """Return what is the same for every household; what is unknown or fails is absent, and looking for it raises."""
    run, found = Run(edition, Case({}, (), ())), {}
    for place, n in enumerate(nodes):
        try:
            value = run.value(n, ())
        except AmparoError:
            continue
        if not isinstance(value, Unknown):
            found[place] = whole(value)
    return found


class _Writer:
    """Writes the function of one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.uses = Counter(_plain(a) for n in graph.nodes if n.op not in ALIASES for a in n.args)
        self.uses.update(_plain(n) for n in graph.outputs.values())
        self.crossed = {_plain(a) for n in graph.nodes if n.op in CROSSING for a in n.args}
        self.remembered: dict[Node, str] = {}
        self.figures: dict[Node, int] = {}
        self.constants: dict[str, Any] = dict(BUILT_IN)
        self.places: list[int] = []
        self.lines: list[str] = []
        self.depth = 0

    def program(self) -> Program:
        """Return the function with its text."""
        returned = []
        for n in self.graph.outputs.values():
            row = () if n.entity in (Entity.SCALAR, Entity.HOUSEHOLD) else ("i",)
            value = self.value(n, row)
            if n.type.numeric:
                value = f"Fraction({value})"
            returned.append(f"[{value} for i in s[4]]" if row else value)
        self.lines.append(f"def run(s):\n    return [{', '.join(returned)}]")
        source = "\n".join(self.lines)
        space = dict(self.constants)
        exec(compile(source, f"<law {self.graph.digest[:12]}>", "exec"), space)  # noqa: S102 - our own text
        figures = tuple(self.figures)
        return Program(source, space["run"], tuple(self.graph.outputs), tuple(self.places), figures)

    def value(self, n: Node, row: Names) -> str:
        """Return an expression for what an operation gives to the row that the variables name."""
        n = _plain(n)
        if n.op is Op.CONST:
            return self.constant(n.attr)
        if n.entity is Entity.SCALAR:
            return f"s[6][{self.figures.setdefault(n, len(self.figures))}]"
        if n.entity is Entity.HOUSEHOLD:
            row = ()
        if n.op in READ:
            again = n.type.numeric and (self.uses[n] > 1 or n in self.crossed)
        else:
            again = self.uses[n] > 1 or n in self.crossed or n.op is Op.GATHER or self.depth >= NESTED
        if not again:
            return self.inside(n, row)
        if n not in self.remembered:
            self.remember(n)
        return f"{self.remembered[n]}({', '.join(('s', *row))})"

    def remember(self, n: Node) -> None:
        """Write a function that finds a value once for each row."""
        row: Names = {Entity.HOUSEHOLD: (), Entity.PERSON: ("i",), Entity.PAIR: ("i", "j")}[n.entity]
        depth, self.depth = self.depth, 0
        inside = self.inside(n, row)
        self.depth = depth
        place = len(GIVEN) + len(self.places)
        name = self.remembered[n] = f"f{place}"
        self.places.append(len(row))
        at = "i" if len(row) == 1 else "i * s[5] + j"
        store, key = (f"s[{place}]", at) if row else ("s", str(place))
        self.lines.append(
            f"def {name}({', '.join(('s', *row))}):  # {n.op.value}, {n.place}\n"
            f"    kept = {store}\n"
            f"    found = kept[{key}]\n"
            f"    if found is None:\n"
            f"        found = kept[{key}] = {inside}\n"
            f"    return found"
        )

    def inside(self, n: Node, row: Names) -> str:
        """Return the expression of one operation."""
        self.depth += 1
        text = CODE[n.op](self, n, row)
        self.depth -= 1
        return text

    def constant(self, value: object) -> str:
        """Return a constant as text, or the name under which the code finds it."""
        value = whole(value)
        if isinstance(value, (bool, int, str)):
            return f"({value!r})"
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name


def whole(value: Any) -> Any:
    """Return a number without decimals as an int, anything else as it is."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value


def _plain(n: Node) -> Node:
    """Return the operation that a name or another timing stands for."""
    while n.op in ALIASES:
        n = n.args[0]
    return n


def _quotient(a: Any, b: Any) -> Any:
    if type(a) is int and type(b) is int:
        return a // b if a % b == 0 else Fraction(a, b)
    return whole(Fraction(a) / b)


def _unsure(found: Any) -> Any:
    """Refuse what the code has no value for."""
    raise LookupError(found)


def _power(table: tuple[Any, ...], count: Any) -> Any:
    return table[count] if 0 <= count <= POWER_LIMIT else _unsure(count)


BUILT_IN: dict[str, Any] = {
    "Fraction": Fraction,
    "whole": whole,
    "quotient": _quotient,
    "unsure": _unsure,
    "power": _power,
    "months_between": months_between,
    "round_exact": round_exact,
}

Code = Callable[[_Writer, Node, Names], str]


def _of(text: str) -> Code:
    """Return an operation on its arguments as a template."""
    return lambda w, n, row: text.format(*(w.value(a, row) for a in n.args))


def _input(w: _Writer, n: Node, row: Names) -> str:
    values = f"s[0][{row[0]}]" if row else "s[1]"
    return _number(n, f"{values}[{n.attr.key!r}]")


def _state(w: _Writer, n: Node, row: Names) -> str:
    return _number(n, f"s[3].get(({n.attr.key!r}, {row[0] if row else None}), {w.constant(n.attr.initial)})")


def _number(n: Node, text: str) -> str:
    return f"whole({text})" if n.type.numeric else text


def _round(w: _Writer, n: Node, row: Names) -> str:
    value, by = w.value(n.args[0], row), n.attr
    up, down = Fraction(by.to).numerator, Fraction(by.to).denominator
    scaled = value if down == 1 else f"({value}) * {down}"
    steps = {
        "down": f"({scaled}) // {up}",
        "up": f"-(-({scaled}) // {up})",
        "half_up": f"(2 * ({scaled}) + {up}) // {2 * up}",
    }.get(by.mode)
    if steps is None:
        return f"whole(round_exact({value}, {w.constant(by)}))"
    made = f"({steps})" if up == 1 else f"({steps}) * {up}"
    return f"({made})" if down == 1 else f"whole(Fraction({made}, {down}))"


def _power_of(w: _Writer, n: Node, row: Names) -> str:
    return f"power({w.constant(tuple(map(whole, power_table(n.attr))))}, {w.value(n.args[0], row)})"


def _when(w: _Writer, n: Node, row: Names) -> str:
    condition, yes, no = (w.value(a, row) for a in n.args)
    return f"({yes} if {condition} else {no})"


def _gather(w: _Writer, n: Node, row: Names) -> str:
    there = w.value(n.args[0], ("p",))
    nobody = w.value(n.args[1], row)
    pointer = f"(p := s[2][{row[0]}][{n.attr.key!r}])"
    return f"({nobody} if {pointer} is None else {there} if type(p) is int else unsure(p))"


def _exists(w: _Writer, n: Node, row: Names) -> str:
    return f"(s[2][{row[0]}][{n.attr.key!r}] is not None)"


def _is(w: _Writer, n: Node, row: Names) -> str:
    one, other = row if n.attr.forward else reversed(row)
    return f"(s[2][{one}][{n.attr.relation.key!r}] == {other})"


def _among(row: Names) -> tuple[str, Names]:
    """Return a variable for each member beside a row."""
    name = next(v for v in "ijkm" if v not in row)
    return name, (*row, name)


def _aggregate(function: str) -> Code:
    def over(w: _Writer, n: Node, row: Names) -> str:
        name, each = _among(row)
        return f"{function}([{w.value(n.args[0], each)} for {name} in s[4]])"

    return over


def _extreme(function: str) -> Code:
    def over(w: _Writer, n: Node, row: Names) -> str:
        name, each = _among(row)
        value, inside, nobody = w.value(n.args[0], each), w.value(n.args[1], each), w.value(n.args[2], row)
        return f"{function}([{value} for {name} in s[4] if {inside}], default={nobody})"

    return over


READ = frozenset({Op.INPUT, Op.STATE})
CODE: dict[Op, Code] = {
    Op.INPUT: _input,
    Op.STATE: _state,
    Op.ADD: _of("({} + {})"),
    Op.SUB: _of("({} - {})"),
    Op.MUL: _of("({} * {})"),
    Op.DIV: _of("quotient({}, {})"),
    Op.MIN: _of("min({}, {})"),
    Op.MAX: _of("max({}, {})"),
    Op.ROUND: _round,
    Op.POWER: _power_of,
    Op.FULL_MONTHS: _of("months_between({}, {})"),
    Op.LT: _of("({} < {})"),
    Op.LE: _of("({} <= {})"),
    Op.EQ: _of("({} == {})"),
    Op.AND: _of("({} and {})"),
    Op.OR: _of("({} or {})"),
    Op.NOT: _of("(not {})"),
    Op.WHEN: _when,
    Op.SPREAD: lambda w, n, row: w.value(n.args[0], ()),
    Op.GATHER: _gather,
    Op.EXISTS: _exists,
    Op.SELF: lambda w, n, row: w.value(n.args[0], row[:1]),
    Op.OTHER: lambda w, n, row: w.value(n.args[0], row[1:]),
    Op.IS: _is,
    Op.SAME: lambda w, n, row: f"({row[0]} == {row[1]})",
    Op.BEFORE: lambda w, n, row: f"({row[1]} < {row[0]})",
    Op.SUM: _aggregate("sum"),
    Op.ANY: _aggregate("any"),
    Op.LARGEST: _extreme("max"),
    Op.SMALLEST: _extreme("min"),
}
