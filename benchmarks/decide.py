"""One household at the counter: all Chilean programmes decided, accounted for, and the next question found.

All of it is work of one core, so the bars are held to its processor time, which other work on the machine does not
lengthen; the wall clock stands beside it.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from typing import Any, NamedTuple, TypeVar

from amparo.execute.ask import Reference, computable, inquire, told_by, untold
from amparo.execute.cases import Case, read_case
from amparo.execute.exact import Run, decide
from amparo.execute.explain import explain
from amparo.execute.kernel.rows import case_of
from amparo.policy import Edition, find_country
from amparo.population.generator import random_population
from benchmarks.report import Report

MONTH = date(2025, 7, 1)  # the only recent month in which the figures of the wage tax are known too
DECISIONS, INTERVIEWS = 200, 4
T = TypeVar("T")
NOT_SO = (
    "married student health_control disabled mental_disability disability_pension formal_worker special_needs head "
    "severe_dependency_programme institutionalised carer_is_relative electricity_dependent claimed_elsewhere"
)
NONE = (
    "pregnancy_month school_attendance earnings base_pension years_resident years_resident_of_last_5 capital_income "
    "disability_percent births_this_month births_before_july_2009 years_of_continuous_residence"
)
PERSON: dict[str, Any] = {
    **dict.fromkeys(NOT_SO.split(), False),
    **dict.fromkeys(NONE.split(), 0),
    **dict.fromkeys(("mother", "father", "partner", "carer")),
    "dependency": "none",
}
FAMILY: dict[str, Any] = {
    "household": {
        "rsh_bracket": 60, "richest_tenth": False, "programme_month": 0, "health_plan": "ordinary", "school_fee": 0,
        "vehicle_percentile": 0, "large_vessels": 0, "small_vessels": 0, "real_estate_percentile": 0,
        "absent_parent_percentile": 0,
    },
    "defaults": PERSON,
    "members": [
        {"id": "ana", "age": 35, "age_on_31_december": 35, "sex": "female", "married": True, "partner": "juan",
         "births_before_july_2009": 1},
        {"id": "juan", "age": 37, "age_on_31_december": 38, "sex": "male", "married": True, "partner": "ana",
         "head": True, "formal_worker": True, "earnings": 620000},
        {"id": "eva", "age": 16, "age_on_31_december": 16, "sex": "female", "student": True, "mother": "ana",
         "father": "juan", "school_attendance": 92},
        {"id": "leo", "age": 4, "age_on_31_december": 5, "sex": "male", "mother": "ana", "father": "juan",
         "health_control": True},
    ],
}  # fmt: skip


class Turn(NamedTuple):
    """Seconds that one turn took."""

    wall: float
    processor: float


def law() -> Edition:
    """Return every Chilean benefit and finding of the month."""
    whole = find_country("chile").on(MONTH)
    return whole.only(computable(whole, whole.benefits)[0], computable(whole, whole.findings)[0])


def timed(work: Callable[[], T]) -> tuple[Turn, T]:
    """Return how long a piece of work takes, and its result; what other sections left behind is not cleaned up now."""
    gc.disable()
    wall, processor = time.perf_counter(), time.process_time()
    made = work()
    turn = Turn(time.perf_counter() - wall, time.process_time() - processor)
    gc.enable()
    return turn, made


def turns(work: Callable[[], object], times: int = DECISIONS) -> list[Turn]:
    """Return how long each of several turns takes, after ten to warm up."""
    return [timed(work)[0] for _ in range(times + 10)][10:]


def interviews(edition: Edition, reference: Reference) -> list[Turn]:
    """Return how long each question of some interviews with households of four takes to find."""
    population = random_population(edition.country, 400, 3, edition=edition)
    homes = [home for home in range(population.household_count) if population.sizes[home] == 4]
    found = []
    for turn, home in enumerate(homes[: INTERVIEWS + 1]):
        whole = case_of(population, edition.country, home, {}, edition.graph)
        reply, known = told_by(whole), untold(whole)
        declined: set[tuple[str, int | None]] = set()
        while True:
            taken, standing = timed(partial(inquire, edition, known, reference, declined))
            if standing.question is None:
                break
            found += [taken] if turn else []
            answer = reply(standing)
            if answer is None:
                declined.add(standing.question.about)
            known = answer or known
    return found


def run(report: Report) -> None:
    """Time a decision, its account and the next question, each for all Chilean programmes at once."""
    report.title("decide")
    edition = law()
    text = json.dumps(FAMILY)
    case: Case = read_case(FAMILY, edition.country)
    decision = decide(edition, case)
    programmes = {name.split(".")[0] for name in edition.graph.outputs}
    report.say(
        f"{len(programmes)} programmes, {len(edition.benefits)} benefits and {len(edition.findings)} findings of "
        f"{MONTH:%Y-%m}; a household of four, everything stated; certain: {not decision.depends_on}"
    )

    def account() -> object:
        return [(e.read, e.compared) for e in decide(edition, case).account]

    def explanation() -> object:
        return explain(decide(edition, case), "es")

    alone = [edition.only([b]) for b in edition.benefits]

    def one_by_one() -> object:
        return [explain(decide(part, case), "es") for part in alone]

    def by_reference() -> object:
        run = Run(edition, case)
        return [run.output(n) for n in edition.graph.outputs.values()]

    measured = {
        "decided, from a case": turns(lambda: decide(edition, case)),
        "decided, from JSON: read, checked, decided": turns(lambda: decide(edition, json.loads(text))),
        "decided by the reference executor": turns(by_reference),
        "decided, with the account of every provision": turns(account),
        "decided and explained in sentences": turns(explanation, DECISIONS // 2),
        "the same, one benefit at a time: mean": turns(one_by_one, DECISIONS // 4),
    }
    several = "the same, one benefit at a time: mean"
    measured[several] = [Turn(t.wall / len(alone), t.processor / len(alone)) for t in measured[several]]
    measured["the next question"] = interviews(edition, Reference.of(edition.country, edition))
    rows = [(what, *shown(found)) for what, found in measured.items()]
    heads = ("", "least", "median", "95 %", "wall clock, median", "times")
    report.table("milliseconds of one core", heads, rows)
    report.holds("the household's answer is certain", str(not decision.depends_on), "True",
                 reached=not decision.depends_on)  # fmt: skip
    whole = [1000 * median(t.processor for t in found) for found in measured.values()]
    report.at_most("one decision", whole[0], 1, "ms")
    report.at_most("one decision from JSON", whole[1], 1, "ms")
    report.at_most("one decision and its account", whole[3], 5, "ms")
    report.at_most("one decision and its explanation, all programmes", whole[4], 5, "ms")
    report.at_most("one decision and its explanation, one benefit", whole[5], 5, "ms")
    report.at_most("the next question", whole[6], 50, "ms")
    report.end()


def shown(found: list[Turn]) -> tuple[str, ...]:
    """Return least, median and 95th percentile, the wall clock's median, and how often it was timed."""
    ordered = sorted(t.processor for t in found)
    picked = (ordered[0], median(ordered), ordered[int(0.95 * len(ordered))], median(t.wall for t in found))
    return (*(f"{1000 * x:,.2f}" for x in picked), f"{len(found):,}")
