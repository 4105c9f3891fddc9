"""Check a programme: its worked examples, decided by an executor and compared with what their source says.

The form of a case file is in `amparo.execute.examples`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, cast

from amparo.errors import AmparoError, CaseError, nearest
from amparo.execute import exact
from amparo.execute.cases import Case, read_case
from amparo.execute.examples import Entry, Month, read_entries
from amparo.execute.values import Value, reasons
from amparo.expr import Entity, Op
from amparo.expr.rules import STATE_PREFIX
from amparo.policy import Country, Edition, Programme

Outputs = Mapping[str, Value | list[Value]]
Executor = Callable[[Edition, Sequence[Case]], Sequence[Outputs]]


@dataclass(frozen=True)
class Result:
    """What an executor made of a worked example; no failures means that it gave what the source says.

    `skipped` says why an executor was not asked: it does not reason with unknowns.
    """

    entry: Entry
    failures: tuple[str, ...]
    skipped: str = ""

    @property
    def passed(self) -> bool:
        """Whether the example was decided, and as expected."""
        return not self.failures and not self.skipped


def exactly(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
    """Decide some cases with the reference executor: the default of `run_cases`."""
    return [exact.decide(edition, case).outputs for case in cases]


def run_cases(
    country: Country, programme: Programme, decide: Executor = exactly, *, unknowns: bool = True
) -> list[Result]:
    """Decide every worked example of a programme under the country's law, and compare.

    Args:
        country: whose programmes, in one graph, decide: exclusions and incomes across programmes apply. Of that
            graph the executor is given what the programme's benefits need, so that a figure which is unknown in
            another programme stops nothing here.
        programme: whose cases.yaml is read and whose benefits are compared.
        decide: an executor, given the law of a month and some cases; returns for each case the value of every
            output of `edition.graph` by name: one value, or a list with one value for each member.
        unknowns: whether the executor reasons with what is not stated. Otherwise examples that expect
            *depends on* are skipped, and say so.

    Raises:
        CaseError: the case file itself cannot be read; what goes wrong with one example is in its result.
    """
    return run_entries(read_entries(programme), country, programme, decide, unknowns=unknowns)


def run_entries(
    entries: Sequence[Entry],
    country: Country,
    programme: Programme,
    decide: Executor = exactly,
    *,
    unknowns: bool = True,
) -> list[Result]:
    """Decide worked examples that are already read; see `run_cases`."""
    law = _Law(country, programme, {b for e in entries for m in e.months for b in m.benefits})
    runs = [_Run(entry, law) for entry in entries]
    for run in runs:
        if not unknowns and any("expect_depends" in m.expected for m in run.entry.months):
            run.skipped = "the executor does not reason with unknowns"
    waiting = [run for run in runs if run.open]
    while waiting:
        together: dict[date, list[_Run]] = {}
        for run in waiting:
            # An executor may refuse a batch as a whole, so who should be refused goes alone.
            if run.refused:
                run.ask(decide)
            else:
                together.setdefault(run.on, []).append(run)
        for batch in together.values():
            _ask_together(batch, decide)
        waiting = [run for run in waiting if run.open]
    return [Result(run.entry, tuple(run.failures), run.skipped) for run in runs]


def _ask_together(batch: list[_Run], decide: Executor) -> None:
    """Decide one month of several examples in one call; one by one if the call fails, to name the culprit."""
    try:
        prepared = [run.prepared() for run in batch]
        edition = prepared[0][0]
        answers = list(decide(edition, [case for _, case in prepared]))
    except AmparoError:
        for run in batch:
            run.ask(decide)
        return
    if len(answers) != len(batch):
        raise CaseError(f"the executor gave {len(answers)} answers for {len(batch)} cases; it must give one for each.")
    for run, (_, case), outputs in zip(batch, prepared, answers, strict=True):
        run.answered(edition, case, outputs)


class _Law:
    """What of a country's law the examples of one programme need, month by month."""

    def __init__(self, country: Country, programme: Programme, named: set[str]) -> None:
        self.country, self.programme, self.named = country, programme, named
        self.editions: dict[date, Edition] = {}

    def on(self, month: date) -> Edition:
        """Return what the programme pays and finds, and what else an example names, cut out of the whole graph."""
        if month not in self.editions:
            regime, whole = self.programme.regime(month), self.country.on(month)
            needed = [b for b in whole.benefits if b in regime.benefits or b.key in self.named]
            found = [f for f in whole.findings if f in regime.findings or f.key in self.named]
            self.editions[month] = whole.only(needed, found)
        return self.editions[month]


class _Run:
    """One example on its way through its months."""

    def __init__(self, entry: Entry, law: _Law) -> None:
        self.entry, self.law = entry, law
        self.failures: list[str] = []
        self.skipped = ""
        self.states: dict[tuple[str, int | None], Any] | None = None
        self.raw = _copied(entry.raw)
        self.months = list(_every_month(entry.months))
        self.at = 0
        self.changed = False

    @property
    def open(self) -> bool:
        return not self.skipped and self.at < len(self.months)

    @property
    def month(self) -> Month:
        return self.months[self.at]

    @property
    def on(self) -> date:
        return self.month.on.replace(day=1)

    @property
    def refused(self) -> bool:
        return "expect_error" in self.month.expected

    def prepared(self) -> tuple[Edition, Case]:
        """Return the law of the month and the household as it is then."""
        if not self.changed:
            _change(self.raw, self.month)
            self.changed = True
        edition = self.law.on(self.on)
        _check_states(self.raw, edition)
        case = read_case(self.raw, self.law.country)
        exact.refuse_contradictions(self.law.country, case, self.on)
        if self.states is not None:
            case = replace(case, states=self.states)
        return edition, case

    def ask(self, decide: Executor) -> None:
        """Decide the month alone, and keep what goes wrong."""
        try:
            edition, case = self.prepared()
            (outputs,) = decide(edition, [case])
        except AmparoError as error:
            wanted = self.month.expected.get("expect_error")
            if wanted is None:
                self.fail(f"was refused: {error}")
            elif str(wanted) not in str(error):
                self.fail(f"should be refused with '{wanted}', but the sentence is: {error}")
            self.at = len(self.months)
            return
        self.answered(edition, case, outputs)

    def answered(self, edition: Edition, case: Case, outputs: Outputs) -> None:
        """Compare one month with what was expected, and carry the states into the next."""
        expected = self.month.expected
        if "expect_error" in expected:
            self.fail(f"should be refused with '{expected['expect_error']}', but it was decided")
        for benefit, wanted in expected.get("expect", {}).items():
            self._compare(benefit, wanted, self._found(benefit, edition, outputs))
        for benefit, people in expected.get("expect_members", {}).items():
            self._compare_members(benefit, people, self._found(benefit, edition, outputs), case)
        if "expect_depends" in expected:
            self._compare_reasons([str(x) for x in expected["expect_depends"]], edition, outputs)
        self.states = next_states(edition, outputs)
        self.at += 1
        self.changed = False

    def fail(self, what: str) -> None:
        """Keep a sentence that names country, programme, example, source and month."""
        where = f"{self.law.country.key}/{self.law.programme.key}, '{self.entry.name}' ({self.entry.source})"
        self.failures.append(f"{where}, {self.on:%Y-%m}: {what}.")

    def _found(self, benefit: str, edition: Edition, outputs: Outputs) -> Value | list[Value] | None:
        names = {b.key: b.amount.key for b in edition.benefits} | {f.key: f.value.key for f in edition.findings}
        if benefit not in names:
            self.fail(f"no benefit or finding in force is called '{benefit}'.{nearest(benefit, names).rstrip('.?')}")
            return None
        if names[benefit] not in outputs:
            self.fail(f"the executor gave no output '{names[benefit]}'")
            return None
        return outputs[names[benefit]]

    def _compare(self, what: str, wanted: Any, found: Value | list[Value] | None) -> None:
        if found is None:
            return
        values = found if isinstance(found, list) else [found]
        because = reasons(*values)
        amount = _amount(wanted)
        if amount is None:
            self.fail(f"{what} is expected to be {wanted!r}, which is no amount")
        elif because:
            self.fail(f"{what} should be {wanted}, but it depends on {', '.join(sorted(because))}")
        else:
            total = sum((Fraction(cast(Fraction, v)) for v in values), Fraction(0))
            if total != amount:
                self.fail(f"{what} should be {wanted}, but it is {_shown(total)}")

    def _compare_members(
        self, benefit: str, people: Mapping[str, Any], found: Value | list[Value] | None, case: Case
    ) -> None:
        if found is None:
            return
        if not isinstance(found, list):
            self.fail(f"{benefit} belongs to the household: use expect, not expect_members")
            return
        for name, wanted in people.items():
            if str(name) in case.ids:
                self._compare(f"{benefit} of {name}", wanted, found[case.ids.index(str(name))])
            else:
                self.fail(f"no member is called '{name}'.{nearest(str(name), case.ids).rstrip('.?')}")

    def _compare_reasons(self, prefixes: list[str], edition: Edition, outputs: Outputs) -> None:
        regime = self.law.programme.regime(edition.month)
        own = {b.amount.key for b in regime.benefits} | {f.value.key for f in regime.findings}
        values = [v for name in own for v in _listed(outputs[name])]
        because = sorted(reasons(*values))
        if not because:
            self.fail(f"should depend on {', '.join(prefixes)}, but the answer is certain")
            return
        absent = [p for p in prefixes if not any(r.startswith(p) for r in because)]
        surplus = [r for r in because if not any(r.startswith(p) for p in prefixes)]
        if absent or surplus:
            self.fail(f"should depend on {', '.join(prefixes)}, but it depends on {', '.join(because)}")


def next_states(edition: Edition, outputs: Outputs) -> dict[tuple[str, int | None], Any]:
    """Return the states with which the following month begins: the outputs named 'next:' and the state's key."""
    found: dict[tuple[str, int | None], Any] = {}
    for name, value in outputs.items():
        if name.startswith(STATE_PREFIX):
            key = name.removeprefix(STATE_PREFIX)
            if edition.graph.outputs[name].entity is Entity.PERSON:
                found.update({(key, i): v for i, v in enumerate(_listed(value))})
            else:
                found[key, None] = value
    return found


def _listed(value: Value | list[Value]) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _amount(wanted: Any) -> Fraction | None:
    if isinstance(wanted, bool):
        return None
    try:
        return Fraction(Decimal(str(wanted)))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _shown(amount: Fraction) -> str:
    decimal = Decimal(amount.numerator) / Decimal(amount.denominator)
    return f"{decimal:f}" if Fraction(decimal) == amount else f"{amount} (about {decimal:.6f})"


def _copied(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return {k: _copied(v) for k, v in raw.items()}
    return [_copied(v) for v in raw] if isinstance(raw, list) else raw


def _every_month(listed: Sequence[Month]) -> Iterator[Month]:
    """Add the calendar months left out, in which nothing changes and nothing is expected."""
    for current, following in zip(listed, [*listed[1:], None], strict=True):
        yield current
        at = _after(current.on)
        while following is not None and at < following.on.replace(day=1):
            yield Month(at)
            at = _after(at)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _change(raw: dict[str, Any], month: Month) -> None:
    if month.household:
        raw["household"] = {**raw.get("household", {}), **month.household}
    by_id = {str(m.get("id", i + 1)): m for i, m in enumerate(raw.get("members", []))}
    for name, changes in month.members.items():
        if str(name) not in by_id:
            raise CaseError(f"no member is called '{name}'.{nearest(str(name), by_id)}")
        by_id[str(name)].update(changes)


def _check_states(raw: Mapping[str, Any], edition: Edition) -> None:
    known = [s.key for s in edition.graph.attributes(Op.STATE)]
    for key in raw.get("states", {}):
        if key not in known:
            raise CaseError(f"no state in force is called '{key}'.{nearest(key, known)}")
