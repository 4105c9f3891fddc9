"""What becomes of every planted bug of a programme: killed by a case, killed by a property, claimed equal, or alive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.mutation.cases import Examples, law_of
from tests.mutation.equality import MEMBERS, Proof, proof
from tests.mutation.fields import Field, fields
from tests.mutation.mutants import Law, Mutant, mutants
from tests.mutation.sampling import Seen, Shown, sample

from amparo.policy import Country, Programme

HOUSEHOLDS, MORE, SEED = 3_000, 60_000, 5
SECONDS = 10.0
MONTHS, EVERY = 3, 1_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Claim:
    """Why a planted bug is claimed to be none.

    Attributes:
        members: the size of households up to which it is proved to change nothing, in each of `months`; 0 for no proof.
        months: those of the proof.
        households: how many random households show no difference.
    """

    members: int
    months: tuple[str, ...]
    households: int

    def __str__(self) -> str:
        """Say it in one line."""
        if self.members:
            return f"proved to {self.members} members ({', '.join(self.months)})"
        return f"not shown by {self.households:,} households"


@dataclass
class Verdicts:
    """The mutants of one programme by what became of them.

    Attributes:
        by_cases, by_properties: mutant → the example or the property that found it.
        equivalent: mutant → how far the claim goes that it is no bug.
        unanswered: mutant → the figure that nobody has found in any month of its text, so that no household whom the
            bug concerns is given an answer, right or wrong.
        survivors: mutant → a household that shows the difference which nothing finds.
    """

    programme: str
    by_cases: dict[str, str] = field(default_factory=dict)
    by_properties: dict[str, str] = field(default_factory=dict)
    equivalent: dict[str, Claim] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    survivors: dict[str, Shown] = field(default_factory=dict)

    @property
    def mutants(self) -> int:
        """How many were planted."""
        return self.killed + sum(map(len, (self.equivalent, self.unanswered, self.survivors)))

    @property
    def killed(self) -> int:
        """How many were found by a case or a property."""
        return len(self.by_cases) + len(self.by_properties)

    @property
    def rate(self) -> float:
        """Share of those found among those that some household can show; 1 where there are none."""
        real = self.killed + len(self.survivors)
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
    seconds: float = SECONDS,
    progress: Progress = lambda *_: None,
) -> Verdicts:
    """Try every mutant of a programme (or some of them).

    Args:
        households: random households a month, of either sample, on which a difference is looked for first.
        more: and then, in all months together, for those that show none and are not proved equal; 0 for no more.
        seconds: the most that one proof of equality may take for one size of household; 0 for no proofs.
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
    texts = list(dict.fromkeys(m.text for m in left))
    progress("households", 0, len(left))
    where = fields(months, programme, texts, MONTHS)
    seen = sample(where, left, households, SEED)
    unseen = [m for m in left if seen[m.name].shown is None]
    proofs = {}
    for i, mutant in enumerate(unseen):
        progress("proofs", i, len(unseen))
        proofs[mutant.name] = _proofs(where, mutant, seconds)
        seen[mutant.name].shown = next((s for p in proofs[mutant.name] if (s := _different(p)) is not None), None)
    unseen = [m for m in unseen if seen[m.name].shown is None and not _members(proofs[m.name])]
    if more and unseen:
        progress("more households", 0, len(unseen))
        every = fields(months, programme, list(dict.fromkeys(m.text for m in unseen)), EVERY)
        again = sample(every, unseen, more // len(every), SEED + 1)
        seen |= {name: _joined(seen[name], finding) for name, finding in again.items()}
    figures = _unknown(months, programme, texts)
    for mutant in left:
        finding = seen[mutant.name]
        if finding.broken is not None:
            found.by_properties[mutant.name] = finding.broken
        elif finding.shown is not None:
            found.survivors[mutant.name] = finding.shown
        elif mutant.text in figures:
            found.unanswered[mutant.name] = figures[mutant.text]
        else:
            proved = proofs[mutant.name]
            members = _members(proved)
            on = tuple(f"{p.month:%Y-%m}" for p in proved) if members else ()
            found.equivalent[mutant.name] = Claim(members, on, finding.households)
    return found


def _proofs(where: Sequence[Field], mutant: Mutant, seconds: float) -> list[Proof]:
    """Try to prove in every sampled month that a mutant changes nothing; stop at the first that is not proved."""
    made: list[Proof] = []
    for each in where if seconds else ():
        if each.has(mutant.text) and not each.unknown:
            made.append(proof(each, mutant, seconds))
            if made[-1].members < MEMBERS:
                break
    return made


def _members(proved: Sequence[Proof]) -> int:
    return min((p.members for p in proved), default=0) if all(p.members == MEMBERS for p in proved) else 0


def _different(proved: Proof) -> Shown | None:
    return proved.different


def _unknown(months: Law, programme: Programme, texts: Sequence[Any]) -> dict[Any, str]:
    """Return, for each text in force only when some figure is unknown, that figure."""
    found = {}
    every = fields(months, programme, texts, EVERY)
    for text in texts:
        within = [f for f in every if f.has(text)]
        if all(f.unknown for f in within):
            found[text] = within[-1].unknown[0].key
    return found


def _joined(first: Seen, second: Seen) -> Seen:
    return Seen(second.shown, second.broken, first.households + second.households)
