"""An explanation as plain data, free of any language: what is given or refused, on what grounds, what is still open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from amparo.execute.exact import Answer, AnswerKind, Decision, Run
from amparo.execute.explain.causes import Causes
from amparo.execute.explain.grounds import Ground, grounds
from amparo.execute.explain.ways import Way
from amparo.execute.values import Datum, Unknown, Value, reasons
from amparo.expr import Entity, Node, Op
from amparo.policy import Benefit


class Outcome(NamedTuple):
    """What one benefit gives to the household or to one member, and why.

    Attributes:
        member: position of the person who originates it; None where the benefit is the household's.
        grounds: the provisions that made the amount, where there is one or may be one.
        ways: where there is none, what each way of the law to an amount lacks; the one that lacks least first.
    """

    benefit: Benefit
    member: int | None
    value: Value
    grounds: tuple[Ground, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def answer(self) -> Answer:
        """Whether there is a right, and between which bounds."""
        return Answer.of(self.value)


@dataclass(frozen=True)
class Open:
    """A datum that nobody has stated and on which an answer depends.

    Attributes:
        name: as `Decision.depends_on` gives it.
        key: of the input or relation.
        member: position of whom it is asked; None for the household or its only member.
        elsewhere: whether it is of somebody to whom a relation points and who does not live here.
        read_by: the provision that reads it, if one was reached.
    """

    name: str
    key: str
    member: int | None
    elsewhere: bool
    read_by: Node | None


@dataclass(frozen=True)
class Explanation:
    """Why a decision is what it is.

    Attributes:
        outcomes: of each benefit, one for the household or one for each member.
        open: the data that nobody has stated and on which an answer depends.
    """

    decision: Decision
    outcomes: tuple[Outcome, ...]
    open: tuple[Open, ...]

    def of(self, benefit: Benefit) -> list[Outcome]:
        """Return the outcomes of one benefit: one for the household, or one for each member."""
        return [o for o in self.outcomes if o.benefit is benefit]

    def answer(self, benefit: Benefit) -> Answer:
        """Return the household's answer for a benefit."""
        return self.decision.answer(benefit)

    @property
    def granted(self) -> list[Benefit]:
        """The benefits that give something for certain."""
        return [b for b in self.decision.edition.benefits if self.answer(b).kind is AnswerKind.ENTITLED]

    @property
    def reference(self) -> str:
        """The version of the law and a hash of the case: the same reference is the same question and answer."""
        return f"{self.decision.edition.version}-{case_hash(self.decision)}"


def case_hash(decision: Decision) -> str:
    """Return a hash of everything that was stated, whatever the order in which it was."""
    case = decision.case
    stated: list[str] = [f"household.{k}={v}" for k, v in sorted(case.household.items())]
    for who, values, pointers in zip(case.ids, case.members, case.relations, strict=True):
        stated += [f"{who!r}.{k}={v}" for k, v in sorted(values.items())]
        stated += [f"{who!r}->{k}={v}" for k, v in sorted(pointers.items())]
    stated += [f"state.{k}={v}" for k, v in sorted(case.states.items(), key=repr)]
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()[:12]


def explained(decision: Decision) -> Explanation:
    """Return why a decision is what it is, as data.

    >>> from datetime import date
    >>> from amparo.execute.exact import decide
    >>> from amparo.policy import find_country
    >>> law = find_country("brasil").on(date(2025, 10, 1))
    >>> family = law.only([b for b in law.benefits if b.key == "bolsa_familia"])
    >>> worker = {"earnings": "463", "pension": 0, "other_income": 0, "age": 40, "receives_bpc": False}
    >>> case = {"household": {"cadunico": True}, "members": [{**worker, "disabled": False}]}
    >>> (refusal,) = explained(decide(family, case)).outcomes
    >>> (fact,) = refusal.ways[0]
    >>> fact.within.key, fact.asked, int(fact.difference)
    ('bolsa_familia.poor', '<=', 245)
    """
    edition = decision.edition
    run = Run(edition, decision.case)  # of its own: what would have been looks at branches that were not taken
    run.memo.update(decision.run.memo)
    run.applied += decision.run.applied
    causes = Causes(run)
    outcomes = tuple(
        o for b in edition.benefits for o in _outcomes(run, causes, b, edition.graph.outputs[b.amount.key])
    )
    return Explanation(decision, outcomes, tuple(_open(run, decision)))


def _outcomes(run: Run, causes: Causes, benefit: Benefit, amount: Node) -> Iterable[Outcome]:
    rows = run.members(()) if amount.entity is Entity.PERSON else [()]
    for row in rows:
        value = run.value(amount, row)
        member = row[0] if row else None
        if isinstance(value, Unknown) or value != 0:
            yield Outcome(benefit, member, value, grounds=tuple(grounds(run, amount, row)))
        else:
            yield Outcome(benefit, member, value, ways=tuple(causes.of_zero(amount, row)))


def _open(run: Run, decision: Decision) -> Iterable[Open]:
    waiting = dict.fromkeys(decision.depends_on)
    if not waiting:
        return
    readers: dict[str, Node] = {}
    for n, row in list(run.memo):
        if n.op is Op.PROVISION:
            for name in reasons(run.memo[n, row]):
                readers.setdefault(name, n)
    for name in waiting:
        ids = decision.case.ids
        datum = Datum.named(name, ids)
        member = None if datum.who is None else ids.index(datum.who)
        yield Open(name, datum.key, member, datum.elsewhere, readers.get(name))
