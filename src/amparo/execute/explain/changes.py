"""What would change the answer: the nearest single change of a datum that can really change, found and verified.

Nothing is sampled. A datum is supposed to lie between two bounds and the benefit is worked out with bounds: where even
the best it could be changes nothing, no value between them does. What is left is halved, the nearer half first, until
one value stands alone and is decided. So nothing nearer, to the smallest unit, gives the change that is reported.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from amparo.errors import AmparoError
from amparo.execute.cases import Case
from amparo.execute.exact import Decision, Run, contradictions, decide
from amparo.execute.values import Datum, Known, Unknown, Value, high, low, summed
from amparo.expr import Entity, Input, Kind, Node, Op
from amparo.policy import Benefit

FARTHEST = 2**50  # smallest units from today's value: what lies beyond is no change of a household
MOST_LOOKS = 400  # intervals looked at for one datum: what is found takes up to 150; beyond, nothing is found
RAISE = Fraction(1, 10)  # of the total: a raise by less, from some money more or less, is not worth a sentence
BETTER, WORSE = 3, 2  # changes kept of each sort, for one benefit


class Effect(StrEnum):
    """What a change would do to the household's total of a benefit."""

    GIVES = "gives"
    RAISES = "raises"
    ENDS = "ends"


@dataclass(frozen=True)
class Change:
    """One datum otherwise, all else as it is, and the total that would follow.

    Attributes:
        member: position of the person whose datum it is; None for the household.
        now, then: the value today, and the nearest one with this effect.
        before, after: the household's total of the benefit, in currency; with bounds where other data are unknown.
        distance: how far the value moves: as a share of its declared range, of money as a share of the larger amount,
            1 for a yes/no or a category.
    """

    benefit: Benefit
    declared: Any  # an Input; typed so, the checker would take it for a descriptor of this class
    member: int | None
    now: Known
    then: Known
    before: Fraction
    after: Value
    effect: Effect
    distance: Fraction


@dataclass(frozen=True)
class Supposition:
    """A datum that nobody has stated, supposed to be one of its values, and the total that would follow."""

    benefit: Benefit
    declared: Any  # an Input
    member: int | None
    value: Known
    total: Value


def what_would_change(decision: Decision) -> tuple[Change, ...]:
    """Return, for each benefit whose total is certain, the nearest changes that give, raise or end it.

    Each is verified by deciding the household again. Sorted by benefit, then by distance.
    """
    found: list[Change] = []
    for benefit in decision.edition.benefits:
        total = decision.total(benefit)
        if not isinstance(total, Unknown):
            found += _of_benefit(decision, benefit, Fraction(total))  # type: ignore[arg-type]
    return tuple(found)


def suppositions(decision: Decision) -> tuple[Supposition, ...]:
    """Return what each answer to an open yes/no or category would make of a benefit, where it makes a difference."""
    found: list[Supposition] = []
    for benefit in decision.edition.benefits:
        total = decision.total(benefit)
        if not isinstance(total, Unknown):
            continue
        for declared, member, value in _data(decision):
            name = _name(decision.case, declared, member)
            if value is not None or name not in total.because:
                continue
            what = _What(decision, benefit, declared, member)
            totals = {v: what.total(v) for v in _values(declared)}
            bounds = {(low(t), high(t)) for t in totals.values()}
            if len(bounds) > 1:  # otherwise the answer alone tells nothing yet
                found += [Supposition(benefit, declared, member, v, t) for v, t in totals.items()]
    return tuple(found)


def _name(case: Case, declared: Input[Any], member: int | None) -> str:
    alone = member is None or len(case.members) == 1
    return str(Datum(declared.key, None if alone else case.ids[member or 0]))


def _values(declared: Input[Any]) -> tuple[Known, ...]:
    return (True, False) if declared.type.kind is Kind.BOOL else declared.type.categories


def _data(decision: Decision) -> Iterator[tuple[Any, int | None, Known | None]]:
    """Yield each datum that the law reads, of whom, and what was stated of it."""
    case = decision.case
    for declared in decision.edition.inputs:
        if declared.entity is Entity.PERSON:
            for i, values in enumerate(case.members):
                yield declared, i, values.get(declared.key)
        else:
            yield declared, None, case.household.get(declared.key)


def _of_benefit(decision: Decision, benefit: Benefit, before: Fraction) -> list[Change]:
    sorts = [Effect.RAISES, Effect.ENDS] if before else [Effect.GIVES]
    found: dict[Effect, list[Change]] = {sort: [] for sort in sorts}
    for declared, member, now in _data(decision):
        if not declared.changes or now is None or isinstance(now, Unknown):
            continue
        what = _What(decision, benefit, declared, member)
        for sort in sorts:
            then = what.nearest(now, _reaches(sort, declared, before))
            if then is not None and _can_be(decision, declared, member, then):
                after = _decided(decision, benefit, declared, member, then)
                away = _distance(declared, now, then)
                found[sort].append(Change(benefit, declared, member, now, then, before, after, sort, away))
    return [each for sort in sorts for each in _kept(found[sort], WORSE if sort is Effect.ENDS else BETTER)]


def _can_be(decision: Decision, declared: Any, member: int | None, then: Known) -> bool:
    """Whether a household could state one datum otherwise and not contradict itself, where it does not already."""
    country, month = decision.edition.country, decision.edition.month
    otherwise = with_datum(decision.case, declared, member, then)
    return not contradictions(country, otherwise, month) or bool(contradictions(country, decision.case, month))


def nearest_value(
    decision: Decision, benefit: Benefit, declared: Any, member: int | None, effect: Effect
) -> Known | None:
    """Return the nearest value of one datum with an effect on a benefit's total; None where there is none.

    A raise by money begins at a tenth more: a benefit that tapers would rise by a unit for each unit less.

    Args:
        declared: an Input that can change, and whose value is known.
        member: position of the person whose datum it is; None for the household.
    """
    before = Fraction(decision.total(benefit))  # type: ignore[arg-type]
    values = decision.case.household if member is None else decision.case.members[member]
    now = values[declared.key]
    return _What(decision, benefit, declared, member).nearest(now, _reaches(effect, declared, before))


def _kept(changes: list[Change], most: int) -> list[Change]:
    """Return the nearest; of a number that several members share, one member's."""
    kept: dict[tuple[str, int | None], Change] = {}
    for each in sorted(changes, key=lambda c: (c.distance, -low(c.after), c.declared.key, c.member or 0)):
        number = each.declared.type.numeric
        kept.setdefault((each.declared.key, None if number else each.member), each)
    return list(kept.values())[:most]


def _decided(decision: Decision, benefit: Benefit, declared: Any, member: int | None, then: Known) -> Value:
    """Decide the household again with one datum otherwise: the answer that is reported is this one."""
    return decide(decision.edition, with_datum(decision.case, declared, member, then)).total(benefit)


def with_datum(case: Case, declared: Input[Any], member: int | None, value: Value) -> Case:
    """Return a case in which one datum is otherwise."""
    if member is None:
        return replace(case, household={**case.household, declared.key: value})
    members = list(case.members)
    members[member] = {**members[member], declared.key: value}
    return replace(case, members=tuple(members))


def _distance(declared: Input[Any], now: Known, then: Known) -> Fraction:
    if not declared.type.numeric:
        return Fraction(1)
    a, b = Fraction(now), Fraction(then)  # type: ignore[arg-type]
    if declared.low is not None and declared.high is not None:
        return abs(b - a) / (Fraction(declared.high) - Fraction(declared.low))
    return abs(b - a) / max(abs(a), abs(b))


@dataclass(frozen=True)
class _Reach:
    """Whether a total surely has an effect, or still may have it."""

    done: Callable[[Value], bool]
    may: Callable[[Value], bool]


def _reaches(effect: Effect, declared: Any, before: Fraction) -> _Reach:
    """Return what a change must reach; where money tapers a benefit, a raise begins at a tenth more."""
    if effect is Effect.ENDS:
        return _Reach(lambda t: high(t) <= 0, lambda t: low(t) <= 0)
    least = before * (1 + RAISE) if declared.type.kind is Kind.MONEY else before
    return _Reach(lambda t: _above(low(t), before, least), lambda t: _above(high(t), before, least))


def _above(total: Any, before: Fraction, least: Fraction) -> bool:
    return bool(total > before and total >= least)


class _What:
    """What a benefit's total would be if one datum were otherwise."""

    def __init__(self, decision: Decision, benefit: Benefit, declared: Any, member: int | None) -> None:
        self.decision, self.benefit, self.declared, self.member = decision, benefit, declared, member
        graph = decision.edition.graph
        self.amount: Node = graph.outputs[benefit.amount.key]
        self.moved = graph.downstream(lambda n: n.op is Op.INPUT and n.attr is declared)
        self.still: Mapping[Any, Value] | None = None

    def total(self, value: Value) -> Value:
        """Return the total for a value, or for every value between two bounds."""
        run = Run(self.decision.edition, with_datum(self.decision.case, self.declared, self.member, value))
        if self.still is not None:
            run.memo.update(self.still)
        found = run.output(self.amount)
        if self.still is None:  # what does not move need not be worked out again
            self.still = {k: v for k, v in run.memo.items() if k[0] not in self.moved}
        return summed(found) if isinstance(found, list) else found

    def nearest(self, now: Known, reach: _Reach) -> Known | None:
        """Return the nearest value that the datum can really take and that has the effect; None without one."""
        if self.amount not in self.moved:
            return None
        if not self.declared.type.numeric:
            return next((v for v in self._others(now) if reach.done(self._safely(v))), None)
        step = self.declared.step or self.declared.type.unit
        at = Fraction(now) / step  # type: ignore[arg-type]
        looks = [MOST_LOOKS]
        ends = [
            e
            for e in (self._first(near, far, step, reach, looks) for near, far in self._sides(at, step))
            if e is not None
        ]
        if looks[0] < 0:  # something nearer may have been left unseen: better no answer than a wrong one
            return None
        return min(ends, key=lambda e: abs(e - at)) * step if ends else None

    def _others(self, now: Known) -> Iterable[Known]:
        if self.declared.type.kind is Kind.BOOL:
            return [not now] if self.declared.changes == "both" or (self.declared.changes == "up") is not now else []
        return [c for c in self.declared.type.categories if c != now]

    def _sides(self, at: Fraction, step: Fraction) -> Iterator[tuple[int, int]]:
        """Yield, nearest end first, where the value can go: down, up or both."""
        least = -FARTHEST if self.declared.low is None else math.ceil(Fraction(self.declared.low) / step)
        high = self.declared.high
        most = math.floor(at) + FARTHEST if high is None else math.floor(Fraction(high) / step)
        if self.declared.changes != "up" and at > least:
            yield math.ceil(at) - 1, least
        if self.declared.changes != "down" and at < most:
            yield math.floor(at) + 1, most

    def _first(self, near: int, far: int, step: Fraction, reach: _Reach, looks: list[int]) -> int | None:
        """Return the value nearest to `near` that has the effect: steps that double, then halves."""
        sign = 1 if far >= near else -1
        if not self._may(near, far, step, reach, looks):
            return None
        waiting: list[tuple[int, int]] = []
        start, size = near, 1
        while (far - start) * sign >= 0:
            end = start + sign * (size - 1)
            waiting.append((start, end if (far - end) * sign > 0 else far))
            start, size = end + sign, size * 2
        waiting.reverse()
        while waiting:
            a, b = waiting.pop()
            if not self._may(a, b, step, reach, looks):
                continue
            if a == b:
                return a
            middle = (a + b) // 2 if sign > 0 else -((-a - b) // 2)
            waiting += [(middle + sign, b), (a, middle)]
        return None

    def _may(self, a: int, b: int, step: Fraction, reach: _Reach, looks: list[int]) -> bool:
        """Whether some value between two has the effect; of a single value, whether it has."""
        looks[0] -= 1
        if looks[0] < 0:
            return False
        if a == b:
            return reach.done(self._safely(a * step))
        least, most = sorted((a * step, b * step))
        return reach.may(self._safely(Unknown(SUPPOSED, least, most)))

    def _safely(self, value: Value) -> Value:
        """Return the total; unbounded where the law fails for some of the values, as a division by zero does."""
        try:
            return self.total(value)
        except AmparoError:
            return Unknown(SUPPOSED)


SUPPOSED = frozenset({"supposed"})
