"""Interview random households, and compare with the full questionnaire, on every core.

    python -m tests.execute.interviews --households 10000 [--seed 0] [--processes 2]

The households are those of `tests.execute.households`, spread evenly over the countries that have programmes and over
months in which, between them, every programme is in force; one in 20 is asked for every benefit of its country at
once, the others for one benefit drawn at random. Each interview must end certain where the full questionnaire is, with
the same amounts to the cent, and ask nothing twice nor anything on which no answer depended. Prints the mean share of
the questions that were asked and the time of a question when every Chilean benefit is asked for; exits 1 after any
difference, or a share above one half. Some five minutes on two free cores.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Self

from tests.execute.households import LAWS, MONTHS, households

from amparo.execute.ask import Inquiry, Reference, asked_in_full, computable, interview, told_by, untold
from amparo.execute.cases import Case
from amparo.execute.exact import decide
from amparo.policy import Edition, find_country

WHOLE = 20  # one household in so many is asked for every benefit at once
BATCH = 50


@dataclass
class Tally:
    """What was compared: shares of the questions asked, seconds for each question, and differences as sentences."""

    shares: dict[str, list[float]] = field(default_factory=lambda: {key: [] for key in LAWS})
    at_once: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def __iadd__(self, other: Self) -> Self:
        for key, found in other.shares.items():
            self.shares[key] += found
        self.at_once += other.at_once
        self.seconds += other.seconds
        self.differences += other.differences
        return self


@cache
def law(key: str, month: date | None = None) -> tuple[Edition, Reference]:
    """Return a country's law of a month as far as its figures are known, and the households of reference."""
    whole = find_country(key).on(month or LAWS[key])
    benefits, _ = computable(whole, whole.benefits)
    return whole.only(benefits), Reference.of(whole.country, whole)


def told(edition: Edition, known: Case, reference: Reference) -> Iterator[Inquiry]:
    """Interview a household that answers from a case."""
    return interview(edition, untold(known), reference, told_by(known))


def compare(edition: Edition, known: Case, reference: Reference) -> tuple[list[Inquiry], list[str]]:
    """Return the standings of one interview, and where it differs from the full questionnaire."""
    standings, wrong = list(told(edition, known, reference)), []
    full, last = decide(edition, known), standings[-1].decision
    if last is None or last.amounts != full.amounts:
        wrong.append("other amounts than the full questionnaire gives")
    if standings[-1].certain is bool(full.depends_on):
        wrong.append(f"certain: {standings[-1].certain}, but in full it depends on {full.depends_on}")
    asked = [s.question.about for s in standings if s.question is not None]
    if len(set(asked)) < len(asked):
        wrong.append("asked twice")
    idle = [s.question for s in standings[:-1] if s.certain or not _matters(s)]
    wrong += [f"asked {q and q.about} though no answer depended on it" for q in idle]
    return standings, wrong


def _matters(standing: Inquiry) -> bool:
    question, decision = standing.question, standing.decision
    if question is None or decision is None:
        return False
    who = "" if question.member is None else f" of {decision.case.ids[question.member]}"
    return {question.key, f"{question.key}{who}"} & set(decision.depends_on) != set()


def batch(key: str, seed: int, count: int) -> Tally:
    """Interview some households of one country; the seed turns the months too."""
    whole, reference = law(key, MONTHS[key][seed // len(LAWS) % len(MONTHS[key])])
    draw, found = random.Random(seed), Tally()
    for home, known in enumerate(households(whole, count, seed)):
        every = home % WHOLE == 0
        edition = whole if every else whole.only([draw.choice(whole.benefits)])
        clock = time.process_time()
        standings, wrong = compare(edition, known, reference)
        taken = (time.process_time() - clock) / len(standings)
        share = (len(standings) - 1) / asked_in_full(edition, len(known.members))
        found.shares[key].append(share)
        if every:
            found.at_once.append(share)
        if every and key == "chile":
            found.seconds.append(taken)
        found.differences += [f"{key}, seed {seed}, household {home}: {each}" for each in wrong]
    return found


def main() -> int:
    """Run the comparison; see the module."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--households", type=int, default=10_000)
    read.add_argument("--seed", type=int, default=0)
    read.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = read.parse_args()
    total, asked = Tally(), 0
    with ProcessPoolExecutor(chosen.processes) as pool:
        seeds = range(chosen.seed, chosen.seed + -(-chosen.households // BATCH))
        jobs = [pool.submit(batch, [*LAWS][seed % len(LAWS)], seed, BATCH) for seed in seeds]
        for job in as_completed(jobs):
            total += job.result()
            asked = sum(map(len, total.shares.values()))
            if asked % 1000 < BATCH:
                so_far = statistics.mean(x for shares in total.shares.values() for x in shares)
                print(
                    f"{asked:,} of {chosen.households:,} households: {so_far:.1%} asked, "
                    f"{len(total.differences)} differences",
                    flush=True,
                )
    every = [x for shares in total.shares.values() for x in shares]
    parts = ", ".join(f"{key} {statistics.mean(x):.1%}" for key, x in total.shares.items() if x)
    print(
        f"{len(every):,} interviews: {statistics.mean(every):.1%} of the questions asked ({parts}; every benefit at "
        f"once {statistics.mean(total.at_once):.1%}), {len(total.differences)} differences."
    )
    if total.seconds:
        taken = sorted(total.seconds)
        print(
            f"A question with every Chilean benefit at once, on one core: median {statistics.median(taken) * 1000:.0f} ms, "
            f"95 % of the interviews below {taken[int(0.95 * len(taken))] * 1000:.0f} ms a question."
        )
    for each in total.differences[:40]:
        print(each)
    return 1 if total.differences or statistics.mean(every) > 0.5 else 0


if __name__ == "__main__":
    sys.exit(main())
