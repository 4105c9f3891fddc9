"""Deciding one household: what it is entitled to, or on what that depends, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from amparo.errors import CaseError, nearest
from amparo.execute.cases import Case, read_case
from amparo.execute.exact.contradictions import refuse_contradictions, refuse_future_births
from amparo.execute.exact.evaluation import Run
from amparo.execute.exact.known import known_outputs
from amparo.execute.exact.trace import Entry, Step, account
from amparo.execute.values import Bound, Unknown, Value, reasons, summed
from amparo.expr import Confidence, Entity, Kind, Op, Parameter, State
from amparo.policy import Benefit, Edition


class AnswerKind(StrEnum):
    """What can be said of a benefit."""

    ENTITLED = "entitled"
    NOT_ENTITLED = "not entitled"
    DEPENDS = "depends"


@dataclass(frozen=True)
class Answer:
    """What a household, or one member, gets of a benefit as far as it is certain.

    Attributes:
        kind: entitled to an amount that is certain, not entitled, or dependent on what nobody has said.
        low, high: the least and the most that is still possible, in currency; equal where the amount is certain,
            infinite where nothing bounds it.
        depends_on: the inputs that can still change the amount, as `Decision.depends_on` names them.
    """

    kind: AnswerKind
    low: Bound
    high: Bound
    depends_on: tuple[str, ...] = ()

    @classmethod
    def of(cls, amount: Value) -> Answer:
        """Return what an amount says."""
        if isinstance(amount, Unknown):
            return cls(AnswerKind.DEPENDS, amount.low, amount.high, tuple(sorted(amount.because)))
        exact = Fraction(amount)  # type: ignore[arg-type]
        return cls(AnswerKind.ENTITLED if exact else AnswerKind.NOT_ENTITLED, exact, exact)

    @property
    def amount(self) -> Fraction | None:
        """The amount in currency; None while it depends on something."""
        return None if self.kind is AnswerKind.DEPENDS else Fraction(self.low)

    @property
    def entitled(self) -> bool | None:
        """Whether there is a right to something, even of an amount still open; None while that is open too."""
        if self.kind is AnswerKind.DEPENDS:
            return True if self.low > 0 else None
        return self.kind is AnswerKind.ENTITLED

    @property
    def bounded(self) -> bool:
        """Whether both ends of the range are numbers."""
        return math.isfinite(self.low) and math.isfinite(self.high)


@dataclass(frozen=True)
class Decision:
    """What the law gives to one household in a month, and why.

    `amounts` maps a benefit's key to one value per member, or to a single value for the household.
    """

    edition: Edition
    case: Case
    amounts: dict[str, Value | list[Value]]
    outputs: dict[str, Value | list[Value]]
    decided_by: Run | None = field(default=None, repr=False, compare=False)

    def answer(self, benefit: Benefit, member: str | None = None) -> Answer:
        """Return *entitled*, *not entitled* or *depends on* for a benefit: the household's total, or a member's share.

        Raises:
            CaseError: nobody of that id lives here, or the benefit belongs to the household as a whole.
        """
        if member is None:
            return Answer.of(self.total(benefit))
        amounts = self.amounts[benefit.key]
        if not isinstance(amounts, list):
            raise CaseError(f"{benefit.key} belongs to the household: ask for its answer without a member.")
        if member not in self.case.ids:
            raise CaseError(f"no member is called '{member}'.{nearest(member, self.case.ids)}")
        return Answer.of(amounts[self.case.ids.index(member)])

    @cached_property
    def run(self) -> Run:
        """The reference executor's values for this household; made again where the decision came from compiled code."""
        if self.decided_by is not None:
            return self.decided_by
        again = Run(self.edition, self.case)
        for each in self.edition.graph.outputs.values():
            again.output(each)
        return again

    @cached_property
    def account(self) -> tuple[Entry, ...]:
        """Every provision applied, with the values it read and the comparisons that decided it; made on demand."""
        return account(self.run)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every provision applied, in the order in which its value was found; made on demand."""
        return tuple(e.step for e in self.account)

    @property
    def depends_on(self) -> list[str]:
        """The inputs without which the answer is not certain."""
        every = [v for a in self.outputs.values() for v in (a if isinstance(a, list) else [a])]
        return sorted(reasons(*every))

    @cached_property
    def figures(self) -> tuple[Parameter, ...]:
        """The figures of the law that were read."""
        return tuple(dict.fromkeys(n.attr for n, _ in self.run.memo if n.op is Op.PARAM))

    @property
    def to_check(self) -> list[Parameter]:
        """The figures read whose confidence is not *verified*."""
        dated = {p: self.edition.dated(p) for p in self.figures}
        return [p for p, v in dated.items() if v is not None and v.confidence is not Confidence.VERIFIED]

    def total(self, benefit: Benefit) -> Value:
        """Return the household's total of a benefit."""
        amount = self.amounts[benefit.key]
        return summed(amount) if isinstance(amount, list) else amount


def decide(edition: Edition, raw: dict[str, Any] | Case) -> Decision:
    """Decide one household under the law of a month.

    Args:
        edition: the law of a month, or the part of it that some benefits need.
        raw: a household's JSON form (see `read_case`), which is refused where it contradicts itself; or a `Case`,
            which is taken as it stands (a survey's row, a household that was read before).

    Raises:
        CaseError: the case cannot be read, or its facts cannot all be true.
        ParameterError: a figure that the household needs is unknown or not in force.
        ExecutionError: a provision failed, such as a division by zero; names it, the member and the value.
    """
    case = raw if isinstance(raw, Case) else _read(edition, raw)
    refuse_future_births(edition.country, case, edition.month)
    run, outputs = None, known_outputs(edition, case)
    if outputs is None:
        run = Run(edition, case)
        outputs = {name: run.output(n) for name, n in edition.graph.outputs.items()}
    amounts = {b.key: outputs[b.amount.key] for b in edition.benefits}
    return Decision(edition, case, amounts, outputs, run)


def _read(edition: Edition, raw: dict[str, Any]) -> Case:
    case = read_case(raw, edition.country)
    refuse_states(edition, case)
    refuse_contradictions(edition.country, case, edition.month)
    return case


def refuse_states(edition: Edition, case: Case) -> None:
    """Raise CaseError for a carried value that no rule has, of another kind, or of whom the rule does not carry it."""
    known = {s.key: s for s in edition.graph.attributes(Op.STATE)} if case.states else {}
    if {key for key, _ in case.states} - set(known):  # the whole law of the month may read what this part does not
        known |= {s.key: s for s in edition.country.on(edition.month).graph.attributes(Op.STATE)}
    for key, at in sorted(case.states, key=str):
        if key not in known:
            raise CaseError(f"no rule of {edition.month:%Y-%m} has a state '{key}'.{nearest(key, known)}")
        _refuse_state(known[key], at, case)


def _refuse_state(state: State[Any, Any], at: int | None, case: Case) -> None:
    key, value, of_person = state.key, case.states[state.key, at], state.entity.entity is Entity.PERSON
    if of_person and at is None:
        raise CaseError(f"states: {key} is carried by each member; write a list, in the members' order.")
    if not of_person and at is not None:
        raise CaseError(f"states: {key} is carried by the household; write one value, not a list.")
    if (state.type.kind is Kind.BOOL) != isinstance(value, bool):
        asked = "true or false" if state.type.kind is Kind.BOOL else "a number"
        raise CaseError(f"states: {key} is {value}; write {asked}.")
