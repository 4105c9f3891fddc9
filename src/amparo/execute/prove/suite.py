"""Prove many properties at once, on several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import Any

from amparo.errors import ParameterError, PolicyError, nearest
from amparo.execute.prove.goals import question
from amparo.execute.prove.search import TIMEOUT, Outcome, Result, prove, replay
from amparo.execute.prove.solver import solver
from amparo.policy import Country, Programme, Property, find_country


@dataclass(frozen=True, eq=False)
class Task:
    """One property of one programme in one month of law."""

    country: Country
    programme: Programme
    property: Property
    month: date


def tasks(country: Country, programmes: Iterable[Programme], *, on: date | None = None, key: str = "") -> list[Task]:
    """Return what there is to prove: each property in each of its months, or in the month asked for.

    Args:
        on: this month instead of those for which the properties are stated.
        key: this property alone, with or without its programme's name in front.

    Raises:
        PolicyError: no property has that key; names the nearest.
    """
    stated = [(p, q) for p in programmes for q in p.properties]
    if key:
        chosen = [(p, q) for p, q in stated if key in (q.key, q.key.rpartition(".")[2])]
        if not chosen:
            raise PolicyError(f"no property is called '{key}'.{nearest(key, [q.key for _, q in stated])}")
        stated = chosen
    if on is not None:
        stated = [(p, q) for p, q in stated if any(r.in_force(on) for r in p.regimes)]
        if not stated:
            raise ParameterError(f"no programme asked for has law in force in {on:%Y-%m}; choose another month.")
    return [Task(country, p, q, month) for p, q in stated for month in ((on,) if on else q.on)]


def run(
    asked: Sequence[Task],
    *,
    members: int | None = None,
    timeout: float = TIMEOUT,
    processes: int = 1,
    report: Callable[[Task, list[Result] | ParameterError], None] = lambda *_: None,
) -> list[tuple[Task, list[Result] | ParameterError]]:
    """Prove every task; those whose law is not in force, or not known, in their month come with the reason.

    Args:
        processes: how many to use; one proves in this process, and is what a test needs.
        report: called as each task ends.
    """
    solver()
    if processes == 1 or len(asked) == 1:
        done = []
        for task in asked:
            work = partial(prove, task.country, task.property, task.month, members=members, timeout=timeout)
            answer = _answer(work)
            report(task, answer)
            done.append((task, answer))
        return done
    found: dict[int, list[Result] | ParameterError] = {}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = {
            pool.submit(_worker, t.country.key, t.programme.key, t.property.key, t.month, members, timeout): i
            for i, t in enumerate(asked)
        }
        for ended in as_completed(waiting):
            i = waiting[ended]
            found[i] = _answer(partial(_received_all, asked[i], ended))
            report(asked[i], found[i])
    return [(task, found[i]) for i, task in enumerate(asked)]


def _answer(attempt: Callable[[], list[Result]]) -> list[Result] | ParameterError:
    try:
        return attempt()
    except ParameterError as error:
        return error


Sent = tuple[int, str, float, Mapping[str, Any] | None, str, Any]


def _worker(country: str, programme: str, key: str, month: date, members: int | None, timeout: float) -> list[Sent]:
    """Prove in a process of its own; a household travels back as a case, and is decided again there."""
    found = find_country(country)
    asked = next(q for q in found.programme(programme).properties if q.key == key)
    sent: list[Sent] = []
    for r in prove(found, asked, month, members=members, timeout=timeout):
        broken = r.counterexample
        case = (broken.case, broken.member, broken.to) if broken else (None, "", None)
        sent.append((r.size, r.outcome.value, r.seconds, *case))
    return sent


def _received_all(task: Task, ended: Future[list[Sent]]) -> list[Result]:
    return [_received(task, *sent) for sent in ended.result()]


def _received(
    task: Task, size: int, outcome: str, seconds: float, case: Mapping[str, Any] | None, member: str, to: Any
) -> Result:
    found = None
    if case is not None:
        found = replay(question(task.country, task.property, task.month), case, member, to)
        if found is None:
            raise PolicyError(f"{task.property.key}: the household {case} broke it in one process and not in another.")
    return Result(task.property, task.month, size, Outcome(outcome), seconds, found)
