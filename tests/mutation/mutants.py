"""Every planted bug of every provision, by a stable name, and the law of a month with one of them in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.mutation.operators import Change, Surroundings, changes, lost_exclusion

from amparo.errors import ParameterError
from amparo.expr import Graph, Node, Op, Parameter
from amparo.expr.node import node, topological
from amparo.expr.render import formula
from amparo.expr.rules import RuleVersion
from amparo.policy import Country, Edition, Exclusion, Programme

WIDE = 160  # characters of a place in a mutant's name


@dataclass(frozen=True)
class Mutant:
    """One bug in one text of one provision: the same in every month in which the text is in force.

    Attributes:
        name: stable and readable: provision, since when its text is in force, operator, detail, place.
        text: the `RuleVersion` or `Exclusion` in which the bug is.
        place: position of the changed node inside the text, −1 for the whole of it.
    """

    name: str
    text: Any
    place: int
    change: Change

    def target(self, provision: Node) -> Node:
        """Return the node of a provision that is wrong in this mutant."""
        return provision if self.place < 0 else region(provision)[self.place]

    def planted(self, graph: Graph) -> Graph:
        """Return a graph with the bug in it; the same graph where the text is not in force."""
        changed: dict[Node, Node] = {}
        for each in provisions(graph, self.text):
            target = self.target(each)
            wrong = self.change.make(target)
            if self.place < 0:
                changed[each] = wrong
            else:
                inside = substituted([each.args[0]], {target: wrong}, stop=True)[each.args[0]]
                changed[each] = node(Op.PROVISION, (inside,), each.type, each.entity, each.attr)
        made = substituted(graph.outputs.values(), changed)
        return Graph({name: made[n] for name, n in graph.outputs.items()})


def provisions(graph: Graph, text: Any) -> list[Node]:
    """Return the nodes of one text of a provision in a graph."""
    return [n for n in graph.nodes if n.op is Op.PROVISION and n.attr is text]


def region(provision: Node) -> list[Node]:
    """Return the nodes of a provision's own text, arguments first; other provisions that it calls are not in it."""
    found: list[Node] = []
    seen: set[Node] = set()

    def visit(n: Node) -> None:
        if n in seen or n.op is Op.PROVISION:
            return
        seen.add(n)
        for each in n.args:
            visit(each)
        found.append(n)

    visit(provision.args[0])
    return found


def substituted(roots: Iterable[Node], changed: Mapping[Node, Node], *, stop: bool = False) -> dict[Node, Node]:
    """Return every node below the roots, rebuilt where something below it is changed.

    Args:
        stop: leave the inside of other provisions as it is: the bug is in one text only.
    """
    made: dict[Node, Node] = {}
    for n in topological(roots):
        args = tuple(made[a] for a in n.args)
        if n in changed:
            made[n] = changed[n]
        elif args == n.args or (stop and n.op is Op.PROVISION):
            made[n] = n
        else:
            made[n] = node(n.op, args, n.type, n.entity, n.attr)
    return made


# ---------------------------------------------------------------- the law of a country, month by month


@dataclass(frozen=True, eq=False)
class Law:
    """A country's law in the months that its worked examples and its changes of shape name."""

    country: Country
    months: tuple[date, ...]

    @cached_property
    def editions(self) -> dict[date, Edition]:
        """The whole law of each month, of those in which some programme is in force."""
        found = {}
        for month in self.months:
            if any(r.in_force(month) for p in self.country.programmes for r in p.regimes):
                found[month] = self.country.on(month)
        return found

    def cut(self, programme: Programme, month: date) -> Edition | None:
        """Return what a programme pays and finds in a month, cut out of the whole; None where it is not in force."""
        if month not in self.editions or not any(r.in_force(month) for r in programme.regimes):
            return None
        regime, whole = programme.regime(month), self.editions[month]
        return whole.only(regime.benefits, regime.findings)

    @cached_property
    def texts(self) -> dict[Any, Node]:
        """Every text in force in some month → its provision in the last of them."""
        found: dict[Any, Node] = {}
        for month in sorted(self.editions):
            for n in self.editions[month].graph.nodes:
                if n.op is Op.PROVISION:
                    found[n.attr] = n
        return found

    def figure(self, parameter: Parameter) -> Fraction | None:
        """Return the last known figure in those months."""
        for month in sorted(self.months, reverse=True):
            try:
                return parameter.at(month)
            except ParameterError:
                continue
        return None


def owner(country: Country, text: Any) -> str:
    """Return the programme in whose package a text is written; the country's key for what programmes share."""
    if isinstance(text, Exclusion):
        return text.key.split(".")[0]
    module = text.body.__module__
    inside = [p for p in country.programmes if module.startswith(p.package + ".")]
    return inside[0].key if inside else country.key


def mutants(law: Law, key: str) -> list[Mutant]:
    """Return every mutant of the provisions that a programme (or the country itself) owns, each once."""
    own = {text: n for text, n in law.texts.items() if owner(law.country, text) == key}
    around = _surroundings(law, own.values())
    drawn: list[tuple[str, Mutant]] = []
    for text, provision in own.items():
        planted = {provision}
        for place, change in _places(provision, around):
            mutant = Mutant("", text, place, change)
            wrong = _planted(provision, mutant)
            if wrong not in planted:  # another operator has made the same bug, or it is none
                planted.add(wrong)
                drawn.append((_name(mutant, provision), mutant))
    seen: Counter[str] = Counter()
    named = []
    for name, mutant in drawn:
        seen[name] += 1
        named.append(replace(mutant, name=name if seen[name] == 1 else f"{name} #{seen[name]}"))
    return named


def _places(provision: Node, around: Surroundings) -> Iterable[tuple[int, Change]]:
    whole = lost_exclusion(provision)
    if whole is not None:
        yield -1, whole
    for place, each in enumerate(region(provision)):
        yield from ((place, change) for change in changes(each, around))


def _planted(provision: Node, mutant: Mutant) -> Node:
    return mutant.planted(Graph({"": provision})).outputs[""]


def _name(mutant: Mutant, provision: Node) -> str:
    text = mutant.text
    since = f" since {text.valid_from:%Y-%m}" if isinstance(text, RuleVersion) and text.valid_from else ""
    place = "" if mutant.place < 0 else f" in {_shown(mutant.target(provision))}"
    return f"{text.key}{since}: {mutant.change.operator}: {mutant.change.detail}{place}"


def _shown(n: Node) -> str:
    if n.op in (Op.PARAM, Op.STATE):
        return str(n.attr.key)
    text = " ".join(formula(n, "en", name=lambda v: str(v.key)).split())
    return text if len(text) <= WIDE else f"{text[: WIDE - 1]}…"


def _surroundings(law: Law, own: Iterable[Node]) -> Surroundings:
    figures = {n.attr: n for p in own for n in region(p) if n.op is Op.PARAM}
    known = {p: figure for p in figures if (figure := law.figure(p)) is not None}

    def beside(parameter: Parameter) -> Sequence[Node]:
        if parameter not in known:
            return ()
        like = [p for p in known if p.type == parameter.type and known[p] != known[parameter]]
        below = [p for p in like if known[p] < known[parameter]]
        above = [p for p in like if known[p] > known[parameter]]
        value: Callable[[Parameter], tuple[Fraction, str]] = lambda p: (known[p], p.key)  # noqa: E731
        return [figures[p] for p in (max(below, key=value, default=None), min(above, key=value, default=None)) if p]

    def unit(parameter: Parameter) -> Fraction:
        if parameter.type.currency:
            return parameter.type.unit
        return _last_place(known.get(parameter, Fraction(1)))

    return Surroundings(tuple(law.country.household.member.relations.values()), beside, unit)


def _last_place(figure: Fraction) -> Fraction:
    """The unit of the last decimal in which a figure is written; a hundredth where decimals never end."""
    for places in range(7):
        if (figure * 10**places).denominator == 1:
            return Fraction(1, 10**places)
    return Fraction(1, 100)
