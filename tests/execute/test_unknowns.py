"""An answer is certain only where every completion agrees, and a range holds every completion.

Households crowd at the thresholds of the law (`random_population`, boundary_heavy) and lose a share of their data;
each gap is then filled several times: as it was, and from other such households.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.execute.agreement import drawn_households
from tests.execute.households import MONTHS, forgetting, households, whole_law
from tests.execute.random_programmes import programme

from amparo.errors import ExecutionError
from amparo.execute.cases import Case
from amparo.execute.exact import Decision, decide
from amparo.execute.kernel.rows import case_of
from amparo.execute.values import Unknown, high, low
from amparo.expr import Op
from amparo.policy import countries

SHARES = (0.05, 0.3, 0.7)  # of the data that nobody states
COMPLETIONS = 4
LAWS = [(key, month) for key, months in MONTHS.items() for month in months]


def completed(part: Case, whole: Case, other: Case, draw: random.Random) -> Case:
    """Return a case whose gaps are filled from another household; a relation names a member or nobody."""
    donors = [draw.choice(other.members) for _ in part.members]
    anybody = [None, *range(len(part.members))]

    def pointers(i: int) -> dict[str, Any]:
        others = [to for to in anybody if to != i]
        return {k: draw.choice(others) for k in whole.relations[i]} | dict(part.relations[i])

    return replace(
        part,
        household={**whole.household, **other.household, **part.household},
        members=tuple({**w, **d, **m} for w, d, m in zip(whole.members, donors, part.members, strict=True)),
        relations=tuple(map(pointers, range(len(part.members)))),
    )


def compare(before: Decision, after: Decision) -> Iterator[tuple[bool, str]]:
    """Yield for every value whether it was certain, and where the completion leaves it."""
    for name, possible in before.outputs.items():
        found = after.outputs[name]
        pairs = zip(possible, found, strict=True) if isinstance(possible, list) else [(possible, found)]  # type: ignore[arg-type]
        for one, other in pairs:
            certain = not isinstance(one, Unknown)
            if isinstance(other, Unknown):
                yield certain, f"{name} was certainly {one}, but a completion leaves it open" if certain else ""
            elif certain and one != other:
                yield certain, f"{name} was certainly {one}, but a completion gives {other}"
            elif isinstance(other, (bool, str)) or certain:
                yield certain, ""
            elif not low(one) <= other <= high(one):  # type: ignore[operator]
                yield certain, f"{name} was between {low(one)} and {high(one)}, but a completion gives {other}"
            else:
                yield certain, ""


class TestOfTheLaw:
    def test_every_programme_is_asked(self) -> None:
        asked = {(key, name.split(".")[0]) for key, month in LAWS for name in whole_law(key, month).graph.outputs}
        assert {(c.key, p.key) for c in countries().values() for p in c.programmes} <= asked

    @pytest.mark.parametrize(("key", "month"), LAWS)
    def test_what_is_certain_holds_in_every_completion_and_ranges_do_too(self, key: str, month: date) -> None:
        edition, draw = whole_law(key, month), random.Random(3)
        sample = list(households(edition, 60, 21))
        seen: Counter[bool] = Counter()
        for i, whole in enumerate(sample):
            part = forgetting(whole, draw, SHARES[i % len(SHARES)])
            before = decide(edition, part)
            for filled in [whole, *(completed(part, whole, draw.choice(sample), draw) for _ in range(COMPLETIONS))]:
                for certain, wrong in compare(before, decide(edition, filled)):
                    assert not wrong, (i, wrong)
                    seen[certain] += 1
        assert min(seen[True], seen[False]) > 500


class TestOfRandomProgrammes:
    @pytest.mark.parametrize("first", range(0, 60, 10))
    def test_what_is_certain_holds_in_every_completion_and_ranges_do_too(self, first: int) -> None:
        seen: Counter[bool] = Counter()
        operations = set()
        for seed in range(first, first + 10):
            draw = random.Random(seed)
            drawn = programme(draw, rules=draw.randint(2, 6), depth=draw.randint(1, 3), unguarded=seed % 3 == 0)
            edition = drawn.edition
            operations |= {n.op for n in edition.graph.nodes}
            population, states = drawn_households(drawn, 10 * (seed // 10), 12)  # nobody outside
            sample = [
                case_of(population, edition.country, home, states, edition.graph)
                for home in range(population.household_count)
            ]
            for i, whole in enumerate(filter(lambda c: c.members, sample)):
                part = forgetting(whole, draw, SHARES[i % len(SHARES)])
                donors = [c for c in sample if c.members]
                try:
                    before = decide(edition, part)
                except ExecutionError:
                    continue
                fillings = [whole, *(completed(part, whole, draw.choice(donors), draw) for _ in range(COMPLETIONS))]
                for filled in fillings:
                    try:
                        after = decide(edition, filled)
                    except ExecutionError:  # a division by zero that was open before
                        continue
                    for certain, wrong in compare(before, after):
                        assert not wrong, (seed, i, wrong)
                        seen[certain] += 1
        assert min(seen[True], seen[False]) > 50
        assert len(operations) > len(Op) * 0.7
