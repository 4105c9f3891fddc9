"""What becomes of every planted bug of a programme: killed by a case, killed by a property, claimed equal, or alive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.mutation.cases import Examples, law_of
from tests.mutation.mutants import Law, Mutant, mutants
from tests.mutation.sampling import Field, Finding, Shown, fields, sample

from amparo.policy import Country, Programme

HOUSEHOLDS, MORE, MONTHS, SEED = 3_000, 40_000, 3, 5
Progress = Callable[[str, int, int], None]


@dataclass
class Verdicts:
    """The mutants of one programme by what became of them.

    Attributes:
        by_cases, by_properties: mutant → the example or the property that found it.
        equivalent: mutant → how many random households showed no difference.
        survivors: mutant → a household that shows the difference which nothing finds.
    """

    programme: str
    by_cases: dict[str, str] = field(default_factory=dict)
    by_properties: dict[str, str] = field(default_factory=dict)
    equivalent: dict[str, int] = field(default_factory=dict)
    survivors: dict[str, Shown] = field(default_factory=dict)

    @property
    def mutants(self) -> int:
        """How many were planted."""
        return sum(map(len, (self.by_cases, self.by_properties, self.equivalent, self.survivors)))

    @property
    def killed(self) -> int:
        """How many were found by a case or a property."""
        return len(self.by_cases) + len(self.by_properties)

    @property
    def rate(self) -> float:
        """Share of those found among those that are not claimed equivalent; 1 where there are none."""
        real = self.mutants - len(self.equivalent)
        return self.killed / real if real else 1.0


@cache
def examples(country: Country) -> Examples:
    """Return a country's worked examples, and which nodes they read."""
    return Examples(country)


@cache
def law(country: Country) -> Law:
    """Return a country's law in all months that matter."""
    return law_of(country)


def verdicts(
    country: Country,
    programme: Programme,
    chosen: Sequence[Mutant] | None = None,
    *,
    households: int = HOUSEHOLDS,
    more: int = MORE,
    progress: Progress = lambda *_: None,
) -> Verdicts:
    """Try every mutant of a programme (or some of them).

    Args:
        households: random households a month, of either sample, on which a difference is looked for first.
        more: and then, for mutants that show none; 0 for no second look.
        progress: called with what is being done, how many are done and how many there are.
    """
    months, worked = law(country), examples(country)
    all_of_them = list(mutants(months, programme.key)) if chosen is None else list(chosen)
    found = Verdicts(f"{country.key}/{programme.key}")
    left: list[Mutant] = []
    for i, mutant in enumerate(all_of_them):
        killer = worked.killer(mutant, months, programme.key)
        if killer is None:
            left.append(mutant)
        else:
            found.by_cases[mutant.name] = killer
        progress("cases", i + 1, len(all_of_them))
    where = fields(months, programme, list(dict.fromkeys(m.text for m in left)), MONTHS)
    progress("households", 0, len(left))
    seen = sample(where, left, households, SEED)
    unseen = [m for m in left if seen[m.name].shown is None]
    if more and unseen:
        progress("more households", 0, len(unseen))
        again = sample(where, unseen, more, SEED + 1)
        seen |= {name: _joined(seen[name], finding) for name, finding in again.items()}
    for mutant in left:
        finding = seen[mutant.name]
        if finding.shown is None:
            found.equivalent[mutant.name] = finding.households
        elif finding.broken is not None:
            found.by_properties[mutant.name] = finding.broken
        else:
            found.survivors[mutant.name] = finding.shown
    return found


def _joined(first: Finding, second: Finding) -> Finding:
    return Finding(second.shown, second.broken, first.households + second.households)


