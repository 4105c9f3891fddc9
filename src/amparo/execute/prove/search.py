"""Ask the solver, size by size; turn what it finds into a household, make it small, and decide it again in `exact`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from amparo.errors import ExecutionError, PolicyError, nearest
from amparo.execute.cases import Case, read_case, read_value
from amparo.execute.exact import Decision, decide
from amparo.execute.exact.contradictions import refuse_contradictions
from amparo.execute.prove.goals import Goal, Question, compared, consistent, goals, question
from amparo.execute.prove.household import NOBODY, POINTER, Name, People, Variable, pointed_at, read, stated
from amparo.execute.prove.linear import Linear, Truth, conjunction, constant
from amparo.execute.prove.solver import find, solver
from amparo.execute.values import Unknown, Value, added, subtracted
from amparo.expr import Entity, Op
from amparo.policy import Country, Property

TIMEOUT = 120.0  # seconds for one size
SHRINKING = 1.0  # seconds for each attempt to make a counterexample rounder
ROUND = (1_000_000, 100_000, 10_000, 1_000, 100, 10, 5, 1)


class Outcome(StrEnum):
    """How a property stands at one size."""

    PROVED = "proved"
    BROKEN = "broken"
    TIMED_OUT = "timed_out"
    KNOWN = "known"  # a recorded violation, which is one still
    MENDED = "mended"  # a recorded violation that is none any more

    @property
    def failed(self) -> bool:
        """Whether it must be looked at: anything but a proof or a violation that is known."""
        return self not in (Outcome.PROVED, Outcome.KNOWN)


@dataclass(frozen=True)
class Counterexample:
    """A household that breaks a property, confirmed by `exact`.

    Attributes:
        case: the household, in the form that `amparo decide` reads.
        member: whose input moves; "" for the household's own, or when none does.
        moves: key of the input that moves, or "".
        to: the value to which it moves.
        decision: what the law gives it (under the reform, for a property about one), with every step.
        amounts: what the property compares: before, and after the input moved or the law was reformed.
        error: the sentence with which the law fails on it, if it does.
    """

    case: Mapping[str, Any]
    decision: Decision | None
    member: str = ""
    moves: str = ""
    to: Any = None
    amounts: tuple[Value, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Result:
    """How one property stands, in one month, for households of one size."""

    property: Property
    month: date
    size: int
    outcome: Outcome
    seconds: float
    counterexample: Counterexample | None = None


def prove(
    country: Country,
    asked: Property,
    month: date,
    *,
    members: int | None = None,
    timeout: float = TIMEOUT,
    report: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Prove a property in one month of law for households of 1, 2, … members; stop at the first that breaks it.

    A property with a recorded violation is not proved: the violation is decided again, and must still be one.

    Args:
        country: whose law, a reformed country included.
        members: the largest size; that which the property states by default.
        timeout: seconds for each size; a size that takes longer is not proved, and is said to be so.
        report: called with each result as it comes.

    Raises:
        ParameterError: no text or figure is in force then, or one is unknown.
        PolicyError: the solver is missing, or `exact` does not confirm what it found.

    Example:
        >>> from datetime import date
        >>> from amparo.policy import find_country
        >>> chile = find_country("chile")
        >>> never_both = next(p for p in chile.programme("suf").properties if p.key == "suf.never_both")
        >>> [r.outcome.value for r in prove(chile, never_both, date(2025, 10, 1), members=2)]
        ['proved', 'proved']
    """
    posed = question(country, asked, month)
    if asked.violation is not None:
        found = [_known(posed)]
        report(found[0])
        return found
    results = []
    for size in range(1, (members or asked.members) + 1):
        found_now = at_size(posed, size, timeout)
        results.append(found_now)
        report(found_now)
        if found_now.outcome is not Outcome.PROVED:
            break
    return results


def at_size(posed: Question, size: int, timeout: float) -> Result:
    """Prove a property for households of one size, whatever its recorded violation."""
    start = time.monotonic()

    def result(outcome: Outcome, found: Counterexample | None = None) -> Result:
        return Result(posed.asked, posed.month, size, outcome, time.monotonic() - start, found)

    people = People(size, posed.month)
    for goal in goals(posed, people):
        answer, model = "unknown", None
        if goal.simpler:  # each amount alone, then their total
            answer = _each(people, goal.simpler, (timeout - (time.monotonic() - start)) / 3)
        if answer != "unsat":
            answer, model = find([*people.facts, goal.broken], timeout - (time.monotonic() - start))
        if answer == "sat":  # by any household at all; by one whose facts agree with each other?
            facts = consistent(posed, people, goal)
            agreeing = [*people.facts, goal.broken, *facts]
            answer, model = find(agreeing, timeout - (time.monotonic() - start))
        if answer == "sat":
            return result(Outcome.BROKEN, _counterexample(posed, people, goal, rounder(people, agreeing, model)))
        if answer != "unsat":
            return result(Outcome.TIMED_OUT)
    return result(Outcome.PROVED)


def _each(people: People, several: Iterable[Truth], seconds: float) -> str:
    """Return "unsat" when none of several conditions can be met."""
    end = time.monotonic() + seconds
    for each in several:
        if each is not False and find([*people.facts, each], end - time.monotonic())[0] != "unsat":
            return "unknown"
    return "unsat"


# ------------------------------------------------------------------ from a model to a household


def _counterexample(posed: Question, people: People, goal: Goal, model: Any) -> Counterexample:
    values = {place: read(model, v.symbol) for place, v in people.variables.items()}
    raw = raw_case(posed, people.size, values)
    moves = posed.asked.states.moves
    member, key, to = "", "", None
    if moves is not None and goal.moved is not None:
        member, key = (f"m{goal.moved[0] + 1}" if goal.moved else ""), moves.key
        place = ("moved", key, goal.moved[0] if goal.moved else None)
        if place in values:
            to = stated(values[place])
        else:
            own = ("members", key, goal.moved[0]) if goal.moved else ("household", key, None)
            to = stated(values[own] + (posed.asked.states.step or 0))
    found = replay(posed, raw, member, to)
    if found is None:
        moved = f", with {key} moved to {to}," if key else ""
        raise PolicyError(
            f"{posed.asked.key} in {posed.month:%Y-%m}: the solver's household {raw}{moved} does not break it when "
            "decided exactly; this is an error of the prover, please report it."
        )
    return found


def rounder(people: People, facts: list[Any], model: Any) -> Any:
    """Return a model in which as much as possible is plain: no, zero, nobody, or a round number."""
    z3 = solver()

    def attempt(fact: Any) -> bool:
        nonlocal model
        if isinstance(fact, bool):
            return fact
        if not z3.is_true(model.eval(fact, model_completion=True)):
            answer, better = find([*facts, fact], SHRINKING)
            if answer != "sat":
                return False
            model = better
        facts.append(fact)
        return True

    def plainer(several: Sequence[Variable]) -> None:
        """Make all of them plain at once, or each half by itself: most do not matter, and go in one step."""
        if attempt(conjunction(*(_is_plain(people, v) for v in several))):
            return
        if len(several) == 1:
            _rounded(people, several[0], attempt, lambda v: read(model, v))
            return
        half = len(several) // 2
        plainer(several[:half])
        plainer(several[half:])

    if people.variables:
        plainer(list(people.variables.values()))
    return model


def _is_plain(people: People, variable: Variable) -> Any:
    symbol, plain = variable.symbol, variable.plain
    if isinstance(symbol, Linear):
        return people.numbers.equal(symbol, constant(plain))
    if isinstance(symbol, Name):
        return people.numbers.equal(symbol.position, constant(0))
    return False if isinstance(plain, date) else solver().Not(symbol)


def _rounded(people: People, variable: Variable, attempt: Callable[[Any], bool], now: Callable[[Any], Any]) -> None:
    """Bring a number down to the next multiple of a million, a hundred thousand… that still breaks the property."""
    symbol = variable.symbol
    if not isinstance(symbol, Linear) or variable.type == POINTER:
        return
    for unit in ROUND:
        at = now(symbol)
        below, above = Fraction(at // unit * unit), Fraction(-(-at // unit) * unit)
        if below != 0 and attempt(people.numbers.equal(symbol, constant(below))):
            return
        if unit < abs(at) and attempt(people.numbers.equal(symbol, constant(above))):
            return
    attempt(people.numbers.equal(symbol, constant(now(symbol))))


def raw_case(posed: Question, size: int, values: Mapping[tuple[str, str, int | None], Any]) -> dict[str, Any]:
    """Return a household in the form of a case file: what the solver chose, and plain values of what it did not."""
    graphs = [posed.law, *([posed.after] if posed.after else [])]
    edition = posed.country.on(posed.month)
    declared = dict.fromkeys(i for law in [*graphs, edition] for i in law.inputs)
    filler = People(size, posed.month)
    raw: dict[str, Any] = {"household": {}, "members": [{"id": f"m{i + 1}"} for i in range(size)], "states": {}}
    for each in declared:
        for i in range(size) if each.entity is Entity.PERSON else [None]:
            place = ("household" if i is None else "members", each.key, i)
            if place not in values:
                filler.input(each, () if i is None else (i,))
            value = values[place] if place in values else filler.variables[place].plain
            (raw["household"] if i is None else raw["members"][i])[each.key] = stated(value)
    for relation in posed.country.household.member.relations:
        for i in range(size):
            raw["members"][i][relation] = pointed_at(values.get(("members", relation, i), NOBODY))
    carried = {s.key: s for law in graphs for s in law.graph.attributes(Op.STATE)}
    for (kind, key, i), value in values.items():
        if kind == "states" and i is None:
            raw["states"][key] = stated(value)
        elif kind == "states":
            none = carried[key].initial
            raw["states"].setdefault(key, [stated(values.get((kind, key, j), none)) for j in range(size)])
    return raw


# ------------------------------------------------------------------ in exact


def replay(posed: Question, raw: Mapping[str, Any], member: str = "", to: Any = None) -> Counterexample | None:
    """Decide a household exactly; return it when it breaks the property, None when it does not.

    Args:
        member: whose input moves ("" for the household's own), for a property about an input that moves.
        to: the value to which it moves.
    """
    states, country = posed.asked.states, posed.country
    case = read_case(raw, country)
    refuse_contradictions(country, case, posed.month)
    moves = states.moves
    key = moves.key if moves is not None else ""
    try:
        if not _meant(posed, case):
            return None
        if posed.asked.rule is not None:
            found = decide(posed.law, case)
            verdict = found.outputs[posed.asked.rule.key]
            broken = any(v is False for v in (verdict if isinstance(verdict, list) else [verdict]))
            return Counterexample(raw, found) if broken else None
        before = decide(posed.law, case)
        after = decide(posed.after, case) if posed.after else decide(posed.law, _moved(posed, case, member, to))
    except ExecutionError as error:
        return Counterexample(raw, None, member, key, to, error=str(error))
    one, other = _total(posed, before), _total(posed, after)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return None
    gain: Any = subtracted(other, one)
    if states.kind == "monotone_in":
        broken = gain < 0 if states.rises else gain > 0
    elif states.kind == "no_cliff":
        broken = -gain > states.bound
    elif states.kind == "marginal_rate_at_most":
        broken = -gain > states.bound * (states.step or 1)
    else:
        broken = gain < 0
    return Counterexample(raw, after, member, key, to, (one, other)) if broken else None


def _meant(posed: Question, case: Case) -> bool:
    given = posed.asked.given
    if given is None:
        return True
    found = decide(posed.law, case).outputs[given.key]
    return all(v is True for v in (found if isinstance(found, list) else [found]))


def _moved(posed: Question, case: Case, member: str, to: Any) -> Case:
    """Return the household with one input moved, in the direction and by the step of the property."""
    moves, step = posed.asked.states.moves, posed.asked.states.step
    if moves is None:
        return case
    who = f"member {member}" if member else "household"
    if (moves.entity is Entity.PERSON) != bool(member):
        raise PolicyError(f"{posed.asked.key}: {moves.key} is of a {moves.entity}; say of which member it moves.")
    if member and member not in case.ids:
        raise PolicyError(f"{posed.asked.key}: no member is called '{member}'.{nearest(member, case.ids)}")
    at = case.ids.index(member) if member else None
    own = case.household if at is None else case.members[at]
    value = read_value(to, moves, who)
    old = own[moves.key]
    if not value > old or (step is not None and value - old != step):
        asked = "higher" if step is None else f"{step} higher"
        raise PolicyError(f"{posed.asked.key}: {moves.key} of {who} moves from {old} to {value}; it must be {asked}.")
    changed = {**own, moves.key: value}
    if at is None:
        return Case(changed, case.members, case.relations, case.states, case.ids)
    members = tuple(changed if i == at else m for i, m in enumerate(case.members))
    return Case(case.household, members, case.relations, case.states, case.ids)


def _total(posed: Question, decision: Decision) -> Any:
    found: Any = Fraction(0)
    for name, _, charge in compared(posed):
        value = decision.outputs[name]
        for each in value if isinstance(value, list) else [value]:
            found = (subtracted if charge else added)(found, each)
    return found


def _known(posed: Question) -> Result:
    """Decide the recorded violation of a property again: it must still be one."""
    start = time.monotonic()
    recorded = posed.asked.violation
    if recorded is None:
        raise PolicyError(f"{posed.asked.key} records no violation.")
    found = replay(posed, recorded.case, recorded.member, recorded.to)
    size = len(recorded.case["members"])
    outcome = Outcome.MENDED if found is None or found.error else Outcome.KNOWN  # a law that fails breaks nothing
    return Result(posed.asked, posed.month, size, outcome, time.monotonic() - start, found)
