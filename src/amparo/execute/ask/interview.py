"""The next question that can still change the answer, and why it is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from amparo.errors import CaseError, nearest
from amparo.execute.ask.lookahead import Suppositions
from amparo.execute.ask.reference import Answer, Reference, coded
from amparo.execute.cases import OUTSIDE, Case, Pointer, read_case, read_value
from amparo.execute.exact import Decision, Step, decide, refuse_contradictions, refuse_states
from amparo.execute.values import Datum, Value, reasons
from amparo.expr import Entity, Op, Parameter, Relation
from amparo.policy import Benefit, Edition, Finding

MEMBERS = "members"  # the question that comes first: how many people live here
MOST_MEMBERS = 30
ROWS = 600  # suppositions looked at for one question
Key = tuple[str, int | None]
Asked = TypeVar("Asked", bound=Benefit | Finding)


@dataclass(frozen=True)
class Question:
    """What to ask next, of whom, and why.

    Attributes:
        key: of an input or a relation; "members" for how many people live in the household.
        member: the position of the person it is about; None for the household.
        declared: the Input or Relation with its labels, range and categories; None for "members".
        benefits: the benefits and findings whose answer depends on it.
        because: the provision that reads it, as applied so far; None for "members".
        open: how many questions can still matter, this one included.
    """

    key: str
    member: int | None = None
    declared: Any = None  # an Input or Relation; typed so, the checker would take it for a descriptor of this class
    benefits: tuple[Benefit | Finding, ...] = ()
    because: Step | None = None
    open: int = 1

    @property
    def about(self) -> Key:
        """Which datum of whom: what `declined` holds."""
        return self.key, self.member


@dataclass(frozen=True)
class Inquiry:
    """Where an interview stands: the answer as far as it is certain, and the next question.

    Attributes:
        case: what is known; None before the members are counted.
        decision: what follows from it; None before the members are counted.
        question: the next one; None when every answer is certain, or no question could make it so.
    """

    edition: Edition
    case: Case | None
    decision: Decision | None
    question: Question | None

    @cached_property
    def certain(self) -> bool:
        """Whether every answer that was asked for is known for certain."""
        return self.decision is not None and not reasons(*_answers(self.decision))


Reply = Callable[[Inquiry], Case | None]


def inquire(
    edition: Edition, raw: Mapping[str, Any] | Case | None, reference: Reference, declined: Collection[Key] = ()
) -> Inquiry:
    """Return what a household's answers make certain, and the best next question.

    The question is one on which an answer asked for still depends. Among those, it is the one after which the fewest
    are expected to be left, with the chances of each answer counted from the reference population.

    Args:
        edition: the law of a month, cut to what is asked for: `edition.only(benefits)`.
        raw: what is known, as a `Case` or in its JSON form; without members, or None, their number is asked first.
        reference: whose answers make some questions more promising than others; it changes the order alone.
        declined: what the person cannot say, as (key, member); it is not asked again.

    Raises:
        CaseError: what is known cannot be read.
    """
    case = _read(edition, raw)
    if case is None:
        return Inquiry(edition, None, None, Question(MEMBERS, benefits=(*edition.benefits, *edition.findings)))
    decision = decide(edition, case)
    named = {name: key for name in reasons(*_answers(decision)) if (key := _key(name, case, edition)) is not None}
    open_ = [q for q in _in_order(edition, case) if q in set(named.values()) and q not in declined]
    if not open_:
        return Inquiry(edition, case, decision, None)
    chosen = open_[0] if len(open_) == 1 else _best(decision, open_, reference)
    name = next(n for n, key in named.items() if key == chosen)
    return Inquiry(edition, case, decision, _explained(decision, chosen, name, len(open_)))


def answered(edition: Edition, known: Mapping[str, Any] | Case | None, question: Question, value: Any) -> Case:
    """Return what is known after one more answer, in the JSON form of a case; a relation is answered with an id.

    Raises:
        CaseError: the answer is out of range, of another kind, names nobody, or contradicts what is known.
    """
    found = _with_answer(edition, known, question, value)
    refuse_contradictions(edition.country, found, edition.month)
    return found


def _with_answer(edition: Edition, known: Mapping[str, Any] | Case | None, question: Question, value: Any) -> Case:
    case = _read(edition, known)
    if question.key == MEMBERS or case is None:
        alone = household_of(value)
        return _of_members(edition, known, alone.ids) if isinstance(known, Mapping) else alone
    if isinstance(question.declared, Relation):
        return _with_pointer(case, question, value)
    if question.declared is None or value is None:
        raise CaseError(f"{question.key}: an answer is missing; give one, or decline the question.")
    where = "household" if question.member is None else f"member {case.ids[question.member]}"
    found = read_value(value, question.declared, where)
    if question.member is None:
        return replace(case, household={**case.household, question.key: found})
    members = list(case.members)
    members[question.member] = {**members[question.member], question.key: found}
    return replace(case, members=tuple(members))


def _of_members(edition: Edition, known: Mapping[str, Any], ids: Iterable[str]) -> Case:
    """Return what is known of a household, its defaults too, now that its members are counted."""
    return read_case({**known, "members": [{"id": name} for name in ids]}, edition.country)


def _joined(before: Case, told: Case) -> Case:
    """Return what is known of the same members from both; what is told last holds."""
    pairs = [(before.members, told.members), (before.relations, told.relations)]
    members, relations = (tuple({**a, **b} for a, b in zip(*pair, strict=True)) for pair in pairs)
    household, states = {**before.household, **told.household}, {**before.states, **told.states}
    return Case(household, members, relations, states, told.ids)


def interview(
    edition: Edition, known: Mapping[str, Any] | Case | None, reference: Reference, reply: Reply
) -> Iterator[Inquiry]:
    """Ask until nothing is left to ask: yield each standing of the interview, the last one without a question.

    Args:
        reply: what is known after a standing's question, or None where the question is declined.
    """
    declined: set[Key] = set()
    while True:
        standing = inquire(edition, known, reference, declined)
        yield standing
        if standing.question is None:
            return
        told = reply(standing)
        if told is None:
            declined.add(standing.question.about)
        elif standing.case is None and isinstance(known, Mapping):  # what was known before anybody was counted
            known = _joined(_of_members(edition, known, told.ids), told)
        else:
            known = told


def untold(known: Case) -> Case:
    """Return a household of the same members of whom nothing is told yet."""
    return replace(household_of(len(known.members)), ids=known.ids, states=known.states)


def told_by(known: Case) -> Reply:
    """Return the replies of somebody who answers from a case, and declines what it does not state."""

    def reply(standing: Inquiry) -> Case | None:
        question, asked = standing.question, standing.case
        if asked is None or question is None or question.key == MEMBERS:
            return untold(known)
        key, at = question.about
        if at is None:
            found = {key: known.household[key]} if key in known.household else None
            return None if found is None else replace(asked, household={**asked.household, **found})
        of_relation = isinstance(question.declared, Relation)
        stated = (known.relations if of_relation else known.members)[at]
        if key not in stated:
            return None
        rows: list[Any] = list(asked.relations if of_relation else asked.members)
        rows[at] = {**rows[at], key: stated[key]}
        return replace(asked, relations=tuple(rows)) if of_relation else replace(asked, members=tuple(rows))

    return reply


def household_of(members: Any) -> Case:
    """Return a household of which only the number of members is known; they are called 1, 2, and so on."""
    text = str(members)
    if isinstance(members, bool) or not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MOST_MEMBERS:
        raise CaseError(f"{MEMBERS} is {members!r}; write how many people live there, 1 to {MOST_MEMBERS}.")
    count = int(text)
    return Case({}, ({},) * count, ({},) * count, ids=tuple(str(i + 1) for i in range(count)))


def computable(edition: Edition, asked: Iterable[Asked]) -> tuple[list[Asked], dict[Asked, list[Parameter]]]:
    """Part benefits and findings into those whose every figure is known in the month, and those with what they lack."""
    parts = {a: edition.only([a]) if isinstance(a, Benefit) else edition.only([], [a]) for a in asked}
    lacking = {a: [p for p in part.parameters if _unknown(edition, p)] for a, part in parts.items()}
    return [a for a, missing in lacking.items() if not missing], {a: m for a, m in lacking.items() if m}


def _unknown(edition: Edition, parameter: Parameter) -> bool:
    if parameter in edition.changed:
        return False
    dated = edition.dated(parameter)
    return dated is None or dated.value is None


def _read(edition: Edition, raw: Mapping[str, Any] | Case | None) -> Case | None:
    if raw is None or isinstance(raw, Case):
        return raw
    if "members" not in raw and set(raw) <= {"household", "defaults", "states"}:
        return None
    case = read_case(raw, edition.country)
    refuse_states(edition, case)
    refuse_contradictions(edition.country, case, edition.month)
    return case


def _with_pointer(case: Case, question: Question, value: Any) -> Case:
    at = question.member or 0
    who = case.ids[at]
    to: Pointer = OUTSIDE if value == OUTSIDE else None
    if value is not None and value != OUTSIDE:
        if str(value) not in case.ids or str(value) == who:
            known = [i for i in case.ids if i != who]
            raise CaseError(
                f"member {who}: {question.key} is '{value}', who is no other member.{nearest(str(value), known)} "
                'Write null for nobody, "outside" for somebody who lives elsewhere.'
            )
        to = case.ids.index(str(value))
    relations = list(case.relations)
    relations[at] = {**relations[at], question.key: to}
    return replace(case, relations=tuple(relations))


def _answers(decision: Decision) -> list[Value]:
    """Return the values asked for, states of the next month left out."""
    return [v for name in _outputs(decision.edition) for v in _listed(decision.outputs[name])]


def _key(name: str, case: Case, edition: Edition) -> Key | None:
    """Return the question behind a reason: 'age of ana'; None for what lies outside the household."""
    datum = Datum.named(name, case.ids)
    if datum.who is not None:
        return None if datum.elsewhere else (datum.key, case.ids.index(datum.who))
    declared = edition.country.inputs[datum.key]
    return datum.key, None if declared.entity is Entity.HOUSEHOLD else 0


def _in_order(edition: Edition, case: Case) -> list[Key]:
    """Return every question of the law, as the country declares its inputs, the household's first."""
    household, person = edition.country.household, edition.country.household.member
    people = range(len(case.members))
    return [(key, None) for key in household.inputs] + [
        (key, i) for i in people for key in (*person.inputs, *person.relations)
    ]


def _best(decision: Decision, questions: list[Key], reference: Reference) -> Key:
    """Return the question after which the fewest are expected to be left."""
    case, edition = decision.case, decision.edition
    listed = _chances(edition, case, questions, reference)
    supposed = [(questions.index(key), code) for key, answers in listed for code, _ in answers]
    targets = [edition.graph.outputs[name] for name in _outputs(edition) if reasons(*_listed(decision.outputs[name]))]
    left = iter(Suppositions(decision, questions, supposed).remaining(targets)[1:].tolist())
    expected = {key: sum(chance * next(left) for _, chance in answers) for key, answers in listed}
    return min(expected, key=lambda key: round(expected[key], 9))


def _chances(
    edition: Edition, case: Case, questions: list[Key], reference: Reference
) -> list[tuple[Key, list[Answer]]]:
    """Return the answers to suppose: those of one member where several are alike in all that is known."""
    inputs, person = edition.country.inputs, edition.country.household.member
    size, asked, rows = len(case.members), set(questions), 0
    found: list[tuple[Key, list[Answer]]] = []
    home = {k: coded(v, inputs[k]) for k, v in case.household.items()}
    known = [{k: coded(v, inputs[k]) for k, v in values.items()} for values in case.members]
    peers: dict[int | None, Any] = {None: reference.peers(Entity.HOUSEHOLD, size, home)}
    alike = _representatives(case)
    for key, member in questions:
        if member is not None and alike[member] != member and (key, alike[member]) in asked:
            continue
        if member is not None and member not in peers:
            peers[member] = reference.peers(Entity.PERSON, size, known[member])
        declared = inputs[key] if key in inputs else person.relations[key]
        others = [i for i in range(size) if i != member]
        answers = reference.chances(declared, peers[member], others)
        found.append(((key, member), answers))
        rows += len(answers)
        if rows > ROWS:
            break
    return found


def _representatives(case: Case) -> list[int]:
    """Return for each member the first of whom the same is known and to whom nobody points."""
    pointed = {to for pointers in case.relations for to in pointers.values() if isinstance(to, int)}
    first: dict[Any, int] = {}
    found = []
    for i, (values, pointers) in enumerate(zip(case.members, case.relations, strict=True)):
        alike = (frozenset(values.items()), frozenset(pointers.items()), i if i in pointed else None)
        found.append(first.setdefault(alike, i))
    return found


def _explained(decision: Decision, key: Key, name: str, open_: int) -> Question:
    edition = decision.edition
    depend = tuple(
        each for output, each in _outputs(edition).items() if name in reasons(*_listed(decision.outputs[output]))
    )
    step = next((e.step for e in decision.account if name in reasons(e.value)), None)
    person = edition.country.household.member
    declared = person.relations[key[0]] if key[0] in person.relations else edition.country.inputs[key[0]]
    return Question(key[0], key[1], declared, depend, step, open_)


def _outputs(edition: Edition) -> dict[str, Benefit | Finding]:
    """Return what is asked for by its name in the graph; states of the next month are not."""
    return {b.amount.key: b for b in edition.benefits} | {f.value.key: f for f in edition.findings}


def _listed(value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]


def asked_in_full(edition: Edition, members: int) -> int:
    """Return how many questions the full questionnaire has: every datum that the law asked for reads, of everybody."""
    relations = {_relation(n.attr) for n in edition.graph.nodes if n.op in (Op.GATHER, Op.EXISTS, Op.IS)}
    of_household = sum(i.entity is Entity.HOUSEHOLD for i in edition.inputs)
    return of_household + (len(edition.inputs) - of_household + len(relations)) * members


def _relation(attr: Any) -> Any:
    return attr if isinstance(attr, Relation) else attr.relation
