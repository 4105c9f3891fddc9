"""Facts of one household that cannot all be true: found by deciding what its country declares that facts satisfy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from amparo.errors import CaseError
from amparo.execute.cases import Case
from amparo.execute.exact.evaluation import Run
from amparo.execute.exact.known import known_outputs
from amparo.execute.exact.trace import Reading, account
from amparo.expr import Input, Kind, Relation
from amparo.policy import Consistency, Country
from amparo.texts import Texts


@dataclass(frozen=True)
class Contradiction:
    """A consistency that facts break: of which member (None for the household), and the facts themselves."""

    broken: Consistency
    member: str | None
    facts: tuple[Reading, ...]

    def sentence(self, language: str) -> str:
        """Say what is wrong, of whom, with which values, in a reader's language: es, pt or en."""
        say = Texts(language)
        return self._told(say, [(say.of(r.declared.labels), r) for r in self.facts])

    def __str__(self) -> str:
        """Say it in English and by the keys of the case, for whoever wrote it."""
        return self._told(Texts("en"), [(r.key, r) for r in self.facts])

    def _told(self, say: Texts, named: list[tuple[str, Reading]]) -> str:
        of = [say("fact_of", what=name, who=r.member) if r.member else name for name, r in named]
        listed = [f"{what}: {_shown(r, say)}" for what, (_, r) in zip(of, named, strict=True)]
        who = "" if self.member is None else f"{self.member}: "
        return f"{who}{say.of(self.broken.broken)} ({', '.join(dict.fromkeys(listed))})"


def contradictions(country: Country, case: Case, month: date) -> list[Contradiction]:
    """Return what a household's facts break of what its country declares; what is unknown breaks nothing."""
    edition = country.consistency_on(month)
    known = known_outputs(edition, case)
    if known is not None and not _broken(known):
        return []
    run = Run(edition, case)
    if not _broken({name: run.output(n) for name, n in edition.graph.outputs.items()}):
        return []
    by_key = {c.rule.key: c for c in country.consistency}
    return [
        Contradiction(by_key[e.step.key], e.step.member, tuple(r for r in e.read if _fact(r)))
        for e in account(run)
        if e.step.value is False
    ]


def _broken(outputs: dict[str, Any]) -> bool:
    return any(v is False for value in outputs.values() for v in (value if isinstance(value, list) else [value]))


def refuse_contradictions(country: Country, case: Case, month: date) -> None:
    """Raise CaseError with the first contradiction in a household's facts, and the number of others."""
    found = contradictions(country, case, month)
    if found:
        more = f" ({len(found) - 1} more like it)" if len(found) > 1 else ""
        who = "the household: " if found[0].member is None else "member "
        raise CaseError(f"{who}{found[0]}; correct one, or leave out what is in doubt{more}.")


def refuse_future_births(country: Country, case: Case, month: date) -> None:
    """Raise CaseError for a date of birth after the month."""
    for key in (k for k, i in country.inputs.items() if i.type.kind is Kind.DATE and "birth" in k):
        for i, values in enumerate((*case.members, case.household)):
            day = values.get(key)
            if isinstance(day, date) and day.replace(day=1) > month:
                who = "the household" if values is case.household else f"member {case.ids[i] if case.ids else i + 1}"
                raise CaseError(f"{who}: {key} is {day}, after {month:%Y-%m}; correct the year.")


def _fact(reading: Reading) -> bool:
    return isinstance(reading.declared, (Input, Relation))


def _shown(reading: Reading, say: Texts) -> str:
    if reading.value is None:
        return say("ask_nobody")
    if isinstance(reading.value, bool):
        return say("yes" if reading.value else "no").lower()
    return str(reading.value)
