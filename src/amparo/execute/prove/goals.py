"""What a property asks of the solver: conditions of which none may be met by any household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from amparo.errors import PolicyError
from amparo.execute.exact import Row
from amparo.execute.prove.household import People, Symbol
from amparo.execute.prove.linear import Linear, Truth, conjunction, constant, disjunction, negation
from amparo.execute.prove.meaning import World
from amparo.expr import Entity, Input, Node, Op
from amparo.expr.rules import STATE_PREFIX
from amparo.policy import Country, Edition, Finding, Property
from amparo.policy.properties import rule_of


@dataclass(frozen=True, eq=False)
class Question:
    """A property in one month of law, ready to be asked for any size of household.

    Attributes:
        law: the law with the rules of the property as outputs.
        after: the law under the reform that the property is about, if it is about one.
    """

    asked: Property
    country: Country
    month: date
    law: Edition
    after: Edition | None = None

    @property
    def symmetric(self) -> bool:
        """Whether the order of the members matters to no rule, so that who is first stands for all."""
        laws = [self.law, *([self.after] if self.after else []), self.country.consistency_on(self.month)]
        return not any(n.op is Op.BEFORE for each in laws for n in each.graph.nodes)


def question(country: Country, asked: Property, month: date) -> Question:
    """Return a property in a month.

    Raises:
        ParameterError: the law or the property has no text then; names the rule and its dates.
        PolicyError: the reform that it is about changes nothing then.
    """
    states = asked.states
    extra = [asked.given] if asked.given is not None else []
    if asked.rule is not None:
        return Question(asked, country, month, country.asking(month, asked.rule, *extra))
    if states.reform is None:
        rules = [rule_of(s) for s in states.subjects]
        return Question(asked, country, month, country.asking(month, *rules, *extra))
    reformed = country.reformed(states.reform, month)
    paid = [b for b in country.on(month).benefits if b.income]
    rules = [rule_of(s) for s in states.subjects] or [b.amount for b in paid]
    before, after = country.asking(month, *rules, *extra), reformed.asking(month, *rules)
    return Question(asked, country, month, before, after)


@dataclass(frozen=True, eq=False)
class Goal:
    """A condition that no household may meet.

    Attributes:
        broken: the condition.
        moved: the row whose input moves, if one does.
        values: the inputs that have another value after the move, by (key, row).
        simpler: conditions, one for each amount that adds up to the total: if none can be met, `broken` cannot.
    """

    broken: Truth
    moved: Row | None = None
    simpler: tuple[Truth, ...] = ()
    values: Mapping[tuple[str, Row], Symbol] = field(default_factory=dict)


def goals(posed: Question, people: People) -> Iterator[Goal]:
    """Return the conditions by which a household of a size would break the property, one by one."""
    base = World(posed.law, people)
    given = posed.asked.given
    inside = _given(base, posed.law.graph.outputs[given.key]) if given is not None else True
    for goal in _goals(posed, people, base):
        broken = conjunction(inside, goal.broken)
        if broken is not False:
            simpler = tuple(conjunction(inside, each) for each in goal.simpler)
            yield replace(goal, broken=broken, simpler=simpler)


def consistent(posed: Question, people: People, goal: Goal) -> list[Truth]:
    """Return what the country declares that the facts of any household satisfy, before and after an input moves.

    Somebody who lives elsewhere contradicts nothing, as in `exact`.
    """
    law = posed.country.consistency_on(posed.month)
    found: list[Truth] = []
    for moved in ({}, goal.values) if goal.values else ({},):
        for n in law.graph.outputs.values():
            for row in _rows(n, people):
                world = World(law, people, moved=moved, lenient=True)
                holds = world.value(n, row)
                found.append(disjunction(holds, *world.elsewhere))
    return [each for each in found if each is not True]


def _given(world: World, n: Node) -> Truth:
    return conjunction(*(world.value(n, row) for row in _rows(n, world.people)))


def _goals(posed: Question, people: People, base: World) -> Iterator[Goal]:
    states = posed.asked.states
    if posed.asked.rule is not None:
        n = posed.law.graph.outputs[posed.asked.rule.key]
        rows = _rows(n, people)
        for row in rows[:1] if posed.symmetric else rows:
            for part, where, yes in parts(n, row, people, symmetric=posed.symmetric):
                found = base.value(part, where)
                yield Goal(negation(found) if yes else found)
    elif states.moves is not None:
        yield from _moved(posed, people, base)
    elif posed.after is not None:
        now = posed.after
        moved = {p for p, figure in now.changed.items() if p in now.parameters and posed.law.figure(p) != figure}
        changed = now.graph.downstream(lambda n: n.op is Op.PARAM and n.attr in moved)
        new = World(now, people, base=base, touched=changed)
        yield _never_less(posed, base, new, moved=None)


def parts(n: Node, row: Row, people: People, *, symmetric: bool, yes: bool = True) -> Iterator[tuple[Node, Row, bool]]:
    """Take a claim apart: what must be yes (or, `yes` false, no) of which row, each a goal of its own."""
    below = n.args
    if n.op in (Op.PROVISION, Op.SPREAD):
        at: Row = () if n.op is Op.SPREAD else row
        yield from parts(below[0], at, people, symmetric=symmetric, yes=yes)
    elif n.op is Op.NOT:
        yield from parts(below[0], row, people, symmetric=symmetric, yes=not yes)
    elif n.op is (Op.AND if yes else Op.OR):
        for each in below:
            yield from parts(each, row, people, symmetric=symmetric, yes=yes)
    elif n.op is Op.ANY and not yes:
        others = [(*row, i) for i in range(people.size)]
        alike = symmetric and not row  # seen from the household, each member is like any other
        for each_row in others[:1] if alike else others:
            yield from parts(below[0], each_row, people, symmetric=symmetric, yes=False)
    else:
        yield n, () if n.entity is Entity.SCALAR else row, yes


def _rows(of: Node | Input[Any], people: People) -> list[Row]:
    return [(i,) for i in range(people.size)] if of.entity is Entity.PERSON else [()]


def _moved(posed: Question, people: People, base: World) -> Iterator[Goal]:
    """Compare the household with itself after one input of one member, or its own, has moved."""
    states, numbers = posed.asked.states, people.numbers
    moves = states.moves
    if moves is None:
        return
    rows = _rows(moves, people)
    for row in rows[:1] if posed.symmetric else rows:
        before = people.input(moves, row)
        if states.step is None:
            after: Symbol = people.moved(moves, row)
            apart = _rises(people, before, after)
        else:
            after = _number(before) + constant(states.step)
            high = moves.high
            apart = True if high is None else numbers.less(after, constant(Fraction(high)), strict=False)
        touched = posed.law.graph.downstream(lambda n: n.op is Op.INPUT and n.attr is moves)
        values = {(moves.key, row): after}
        new = World(posed.law, people, moved=values, base=base, touched=touched)
        if states.kind == "monotone_in":
            yield replace(_never_less(posed, base, new, moved=row, apart=apart), values=values)
            continue
        lost = total(gains(posed, base, new)).times(Fraction(-1))
        allowed = states.bound if states.kind == "no_cliff" else states.bound * (states.step or 1)
        yield Goal(conjunction(apart, numbers.less(constant(allowed), lost, strict=True)), row, values=values)


def _never_less(posed: Question, base: World, new: World, *, moved: Row | None, apart: Truth = True) -> Goal:
    """Return the goal that a total falls (or rises, if it must not), and the same of each amount alone."""
    sign = Fraction(1 if posed.asked.states.rises else -1)

    def falls(gain: Linear) -> Truth:
        return conjunction(apart, base.people.numbers.less(gain.times(sign), constant(0), strict=True))

    found = gains(posed, base, new)
    return Goal(falls(total(found)), moved, tuple(falls(each) for each in found) if len(found) > 1 else ())


def _number(symbol: Symbol) -> Linear:
    if not isinstance(symbol, Linear):
        raise PolicyError("only a number has a next value.")
    return symbol


def _rises(people: People, before: Symbol, after: Symbol) -> Truth:
    if isinstance(before, Linear) and isinstance(after, Linear):
        return people.numbers.less(before, after, strict=True)
    return conjunction(negation(before), after)  # from no to yes


def gains(posed: Question, before: World, after: World) -> list[Linear]:
    """Return what the household has more after than before, amount by amount: benefits gained, charges saved."""
    found = []
    for name, n, charge in compared(posed):
        new = after.edition.graph.outputs[name]
        for row in _rows(n, before.people):
            gained = after.number(new, row) - before.number(n, row)
            found.append(gained.times(Fraction(-1 if charge else 1)))
    return found


def total(several: list[Linear]) -> Linear:
    """Return a sum."""
    return sum(several, constant(0))


def compared(posed: Question) -> Iterator[tuple[str, Node, bool]]:
    """Return the outputs that the property adds up, and whether each is a charge."""
    charges = {s.value.key for s in posed.asked.states.subjects if isinstance(s, Finding) and s.charge}
    given = posed.asked.given
    for name, n in posed.law.graph.outputs.items():
        if not name.startswith(STATE_PREFIX) and not (given is not None and name == given.key):
            yield name, n, name in charges
