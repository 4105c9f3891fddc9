"""Income after benefits, contributions and taxes over one person's earnings, with every bend and jump of the law."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from amparo.errors import CaseError, ExecutionError, nearest
from amparo.execute.budget_line.forms import ZERO, Form, Interval, Split, form
from amparo.execute.cases import Case
from amparo.execute.exact import Decision, Step, decide
from amparo.expr import Entity, Input, Kind, Node, Op, Timing
from amparo.policy import Benefit, Edition, Finding

MOST_PIECES = 20_000
HIGHEST = 10**9  # currency units; above it no law here changes
LEAST = 1000  # currency units of a line that nothing bends
MONTHS = 12
ROUNDING = 5  # smallest units by which the rounding of what a condition reads may move an amount


@dataclass(frozen=True)
class Piece:
    """A stretch of earnings over which every amount is a straight line, up to the rounding of money.

    Attributes:
        first, last: earnings, both inside; the next piece begins one smallest unit above.
        at_first, at_last: the exact amount a month of each benefit (the household's) and charge (the earner's).
        slopes: what each amount gains for one more unit of earnings.
    """

    first: Fraction
    last: Fraction
    at_first: Mapping[str, Fraction]
    at_last: Mapping[str, Fraction]
    slopes: Mapping[str, Fraction]


@dataclass(frozen=True)
class Jump:
    """An amount that changes from one smallest unit of earnings to the next by more than its slopes explain.

    Attributes:
        at: the first earnings with the new amount.
        key: the benefit or charge.
        change: what one more unit of earnings does to it, a month.
        cause: the provision that changes its answer there, as applied at `at`; None where none stands out.
    """

    at: Fraction
    key: str
    change: Fraction
    cause: Step | None


@dataclass(frozen=True)
class BudgetLine:
    """The line of one household over one person's earnings.

    Attributes:
        over: the input that varies, of the earner.
        benefits, charges: what is added to and taken from the earnings.
        pieces: from nothing to the highest earnings, in order.
        jumps: in order; where income falls at one, `cliffs` says so.
    """

    edition: Edition
    case: Case
    earner: str
    over: Input[Any]
    benefits: tuple[Benefit, ...]
    charges: tuple[Finding, ...]
    pieces: tuple[Piece, ...]
    jumps: tuple[Jump, ...]

    def income(self, earnings: Fraction, amounts: Mapping[str, Fraction]) -> Fraction:
        """Return earnings with the benefits and without the charges."""
        return earnings + sum(amounts[b.key] for b in self.benefits) - sum(amounts[c.key] for c in self.charges)

    def marginal_rate(self, piece: Piece) -> Fraction:
        """Return the share of one more unit of earnings that is lost within a piece."""
        return 1 - self.income(Fraction(1), piece.slopes)

    @property
    def unit(self) -> Fraction:
        """The smallest amount of the currency: the step from one earnings to the next."""
        return self.edition.country.currency.unit

    @property
    def highest(self) -> Fraction:
        """The earnings at which the line ends."""
        return self.pieces[-1].last

    def at(self, earnings: Fraction) -> dict[str, Fraction]:
        """Return what the exact executor gives at some earnings: each benefit and charge, a month."""
        who = self.case.ids.index(self.earner)
        return _amounts(_decided(self.edition, self.case, self.over, who, earnings), who)


def budget_line(
    edition: Edition, case: Case, earner: str = "", over: str = "earnings", highest: Fraction | int | None = None
) -> BudgetLine:
    """Return the line of one household under the benefits and charges of a law, with exact bends.

    Args:
        edition: the law of a month, cut to what is asked for; of its findings those that are charges count.
        case: the household, with all that the law reads but the earnings.
        earner: the member whose earnings vary; the first by default.
        over: the input that varies, a monthly amount of money of a person.
        highest: the highest earnings; by default a tenth above the last change of a benefit, or as far as it takes
            to be as well off as before it.

    Raises:
        CaseError: nobody of that id, no such input, or something that the household must state.
        ExecutionError: an amount is no straight line in earnings; names the provision.
    """
    who, varied = _earner(case, earner), _varied(edition, over)
    unit = edition.country.currency.unit
    charges = tuple(f for f in edition.findings if f.charge)
    kept = edition.only(edition.benefits, charges)
    top = int(Fraction(HIGHEST if highest is None else highest) / unit)
    found = _forms(kept, case, varied, who, top)
    if highest is None:
        top = _default_top(kept, found, unit)
        found = [(first, min(last, top), forms) for first, last, forms in found if first <= top]
    at = {n: _decided(kept, case, varied, who, n * unit) for first, last, _ in found for n in (first, last)}
    pieces = tuple(
        Piece(
            first * unit,
            last * unit,
            _amounts(at[first], who),
            _amounts(at[last], who),
            {k: f.slope / unit for k, f in forms.items()},
        )
        for first, last, forms in found
    )
    jumps = [
        Jump(n * unit, key, _amounts(at[n], who)[key] - _amounts(at[n - 1], who)[key], _cause(at[n - 1], at[n], key))
        for (_, _, left), (n, _, right) in pairwise(found)
        for key in left
        if _jumps(left[key], right[key], n, unit)
    ]
    return BudgetLine(kept, case, case.ids[who], varied, kept.benefits, charges, pieces, tuple(jumps))


def _earner(case: Case, earner: str) -> int:
    if earner and earner not in case.ids:
        raise CaseError(f"the family has no member '{earner}'.{nearest(earner, case.ids)}")
    return case.ids.index(earner) if earner else 0


def _varied(edition: Edition, key: str) -> Input[Any]:
    inputs = edition.country.household.member.inputs
    money = [k for k, i in inputs.items() if i.type.kind is Kind.MONEY and i.type.timing is not Timing.ANNUAL]
    if key not in money:
        raise CaseError(f"'{key}' is no monthly amount of a person.{nearest(key, money)}")
    return inputs[key]


def _forms(
    edition: Edition, case: Case, over: Input[Any], earner: int, top: int
) -> list[tuple[int, int, dict[str, Form]]]:
    """Return the pieces as (first n, last n, form of each amount), neighbours that are alike joined."""
    found: list[tuple[int, int, dict[str, Form]]] = []
    open_ = [(0, top)]
    while open_:
        first, last = open_.pop()
        run = Interval(edition, case, over, earner, first, last)
        try:
            forms = {key: _monthly(run, n, earner) for key, n in _asked(edition).items()}
        except Split as split:
            open_ += [(split.last + 1, last), (first, split.last)]
            continue
        if found and all(_same(found[-1][2][key], forms[key]) for key in forms):
            found[-1] = (found[-1][0], last, found[-1][2])
        elif len(found) < MOST_PIECES:
            found.append((first, last, forms))
        else:
            raise ExecutionError(f"the line has more than {MOST_PIECES:,} pieces: choose fewer programmes or earnings.")
    return found


def _same(a: Form, b: Form) -> bool:
    return (a.start, a.slope) == (b.start, b.slope)


def _asked(edition: Edition) -> dict[str, Node]:
    return {b.key: edition.graph.outputs[b.amount.key] for b in edition.benefits} | {
        f.key: edition.graph.outputs[f.value.key] for f in edition.findings
    }


def _monthly(run: Interval, n: Node, earner: int) -> Form:
    """Return an amount a month: of a benefit what the whole household gets, of a charge what the earner pays."""
    charge = any(f.value.key == n.attr.key for f in run.edition.findings) if n.op is Op.PROVISION else False
    if n.entity is not Entity.PERSON:
        total = form(run.value(n, ()))
    else:
        rows = [(earner,)] if charge else run.members(())
        total = Form(Fraction(0))
        for row in rows:
            total = total.plus(form(run.value(n, row)))
    return total.scaled(Fraction(1, MONTHS)) if n.type.timing is Timing.ANNUAL else total


def _default_top(edition: Edition, found: list[tuple[int, int, dict[str, Form]]], unit: Fraction) -> int:
    """Return how far a line is worth drawing: past the last bend of a benefit, and past what it costs."""
    benefits = [b.key for b in edition.benefits]
    incomes = [(first, last, _net(edition, forms, unit)) for first, last, forms in found]
    changes = [
        right[0] for left, right in pairwise(found) if not all(_same(left[2][key], right[2][key]) for key in benefits)
    ]
    if not changes and len(found) == 1:
        return max(int(2 * (incomes[0][2].start) / unit), int(LEAST / unit))
    last_change = max(changes or [found[1][0]])  # where no benefit changes, the first bend of a charge
    best = max(
        (max(_value(net, first), _value(net, last)) for first, last, net in incomes if last < last_change), default=ZERO
    )
    again = (_reaches(net, max(first, last_change), last, best) for first, last, net in incomes if last >= last_change)
    regained = next((n for n in again if n is not None), last_change)
    return max(int(last_change * Fraction(11, 10)), int(regained * Fraction(21, 20)), int(1 / unit))


def _net(edition: Edition, forms: Mapping[str, Form], unit: Fraction) -> Form:
    net = Form(ZERO, unit)
    for benefit in edition.benefits:
        net = net.plus(forms[benefit.key])
    for finding in edition.findings:
        net = net.plus(forms[finding.key].scaled(Fraction(-1)))
    return net


def _value(line: Form, n: int) -> Fraction:
    return line.start + line.slope * n


def _reaches(line: Form, first: int, last: int, level: Fraction) -> int | None:
    """Return the first n of a piece at which a line is as high as a level, or nothing."""
    if _value(line, first) >= level:
        return first
    if line.slope <= 0 or _value(line, last) < level:
        return None
    return math.ceil((level - line.start) / line.slope)


def _decided(edition: Edition, case: Case, over: Input[Any], earner: int, earnings: Fraction) -> Decision:
    members = list(case.members)
    members[earner] = {**members[earner], over.key: earnings}
    return decide(edition, replace(case, members=tuple(members)))


def _amounts(decision: Decision, earner: int) -> dict[str, Fraction]:
    found = {}
    for key, n in _asked(decision.edition).items():
        benefit = next((b for b in decision.edition.benefits if b.key == key), None)
        value: Any = decision.outputs[n.attr.key] if benefit is None else decision.total(benefit)
        value = value[earner] if isinstance(value, list) else value
        found[key] = Fraction(value) / (MONTHS if n.type.timing is Timing.ANNUAL else 1)
    return found


def _jumps(left: Form, right: Form, n: int, unit: Fraction) -> bool:
    """Whether two lines are further apart at n than a bend leaves them; rounding may move it by a few units."""
    apart = (right.start - left.start) + (right.slope - left.slope) * n
    return abs(apart) > abs(right.slope - left.slope) + ROUNDING * unit


def _cause(before: Decision, after: Decision, key: str) -> Step | None:
    """Return the first provision of an amount that answers otherwise: yes for no, else a jump of its own."""
    edition = after.edition
    own = edition.only([b for b in edition.benefits if b.key == key], [f for f in edition.findings if f.key == key])
    read = {n.attr.key for n in own.graph.nodes if n.op is Op.PROVISION}
    earlier = {(s.key, s.member): s.value for s in before.steps}
    changed = [
        s for s in after.steps if s.key in read and (s.key, s.member) in earlier and s.value != earlier[s.key, s.member]
    ]
    for step in changed:
        if isinstance(step.value, (bool, str)):
            return step
    unit = edition.country.currency.unit
    return next((s for s in changed if abs(s.value - earlier[s.key, s.member]) > 2 * unit), None)  # type: ignore[operator]
