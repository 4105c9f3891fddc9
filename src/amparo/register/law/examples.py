"""Worked examples and guarantees of a programme: what must come out, for one household and for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.errors import CaseError
from amparo.execute.cases import read_value
from amparo.execute.check import Result
from amparo.execute.examples import Month
from amparo.expr.arithmetic import exact_number
from amparo.page import Child, Html, el, join
from amparo.policy import Property
from amparo.register.law.reading import Reading, linked, slug
from amparo.register.lines.words import written
from amparo.register.voice import capital, sentence

EXAMPLES = "en"  # names and notes of examples are written in one language


def examples(reading: Reading) -> list[Child]:
    """Return every worked example: the household, what its source says must come out, and whether it does."""
    results, voice = reading.dossier.results, reading.voice
    passed = sum(r.passed for r in results)
    defaults = _defaults(results)
    shared = [
        el("p", el("b", voice("starting_facts", n=n)), " ", _facts(facts, reading), id=voice.id(f"start-{n}"))
        for n, facts in enumerate(defaults, 1)
    ]
    return [
        el("p", voice("examples_note", n=len(results), passed=passed), class_="note"),
        [el("div", _example(r, n, defaults, reading)) for n, r in enumerate(results, 1)],
        el("details", el("summary", voice("starting_title")), shared, class_="starting") if shared else None,
    ]


def _defaults(results: list[Result]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for each in results:
        facts = each.entry.raw.get("defaults") or {}
        if facts and facts not in found:
            found.append(facts)
    return found


def _example(result: Result, n: int, defaults: list[Mapping[str, Any]], reading: Reading) -> Html:
    entry, voice = result.entry, reading.voice
    verdict = el(
        "span", voice("agrees" if result.passed else "differs"), class_=f"status {'yes' if result.passed else 'no'}"
    )
    months = [_month(m, entry.raw, reading) for m in entry.months]
    people = [
        el("li", el("b", str(m.get("id", i))), ": ", _facts({k: v for k, v in m.items() if k != "id"}, reading))
        for i, m in enumerate(entry.raw.get("members", []), 1)
    ]
    own = entry.raw.get("defaults") or {}
    start = defaults.index(own) + 1 if own else 0
    states = entry.raw.get("states")
    return el(
        "details",
        el("summary", el("span", entry.name, lang=EXAMPLES), " ", verdict),
        el("p", el("span", voice.say("source"), ": "), linked(entry.source), class_="why"),
        el("p", entry.note, lang=EXAMPLES, class_="why") if entry.note else None,
        el("p", el("b", capital(voice.say("household"))), ": ", _facts(entry.raw["household"], reading))
        if entry.raw.get("household")
        else None,
        el("ul", people),
        el("p", el("b", voice("states")), ": ", _facts(states, reading)) if states else None,
        el("p", voice("rest_is"), " ", el("a", voice("starting_facts", n=start), href=f"#{voice.id(f'start-{start}')}"))
        if start
        else None,
        el("ul", months, class_="expected"),
        class_="example",
        id=voice.id(f"e-{n}"),
    )


def _facts(facts: Mapping[str, Any], reading: Reading) -> str:
    """Return stated facts with their labels: 'Age in completed years: 30; …'."""
    return "; ".join(f"{_label(key, reading)}: {_value(key, value, reading)}" for key, value in facts.items()) or "—"


def _label(key: str, reading: Reading) -> str:
    country = reading.country
    declared = {**country.inputs, **country.household.member.relations}.get(key)
    return reading.label(declared) if declared is not None else key


def _value(key: str, value: Any, reading: Reading) -> str:
    declared = reading.country.inputs.get(key)
    if value is None:
        return reading.voice("nobody" if key in reading.country.household.member.relations else "not_stated")
    if declared is None:
        return reading.voice.say("yes" if value else "no") if isinstance(value, bool) else str(value)
    try:
        return written(read_value(value, declared, key), declared, reading.voice)
    except CaseError:  # an example of what is refused
        return str(value)


def _month(month: Month, raw: Mapping[str, Any], reading: Reading) -> Html:
    """Return what changes in a month, and what must come out of it."""
    voice = reading.voice
    changes = [f"{who}: {_facts(facts, reading)}" for who, facts in month.members.items()]
    changes += [_facts(month.household, reading)] if month.household else []
    told = [_expected(part, value, reading) for part, value in month.expected.items()]
    return el(
        "li",
        el("b", voice.month(month.on)),
        ": ",
        f"{'; '.join(changes)}. " if changes else None,
        el("span", "; ".join(told) or voice("nothing_expected"), class_="must"),
    )


def _expected(part: str, value: Any, reading: Reading) -> str:
    voice = reading.voice
    if part == "expect":
        return "; ".join(f"{_benefit(k, reading)} = {_amount(k, v, reading)}" for k, v in value.items())
    if part == "expect_members":
        listed = [
            f"{_benefit(k, reading)}: " + ", ".join(f"{w} = {_amount(k, v, reading)}" for w, v in m.items())
            for k, m in value.items()
        ]
        return "; ".join(listed)
    if part == "expect_depends":
        return voice("must_depend", on=", ".join(_label(str(k), reading) for k in value))
    return voice("must_refuse", said=str(value))


def _amount(key: str, value: Any, reading: Reading) -> str:
    """Write what must come out: an amount of money of a benefit, of a finding whatever it is."""
    number = exact_number(value)
    paid = any(b.key == key for p in reading.country.programmes for b in p.benefits)
    return reading.voice.money(number, exact=True) if paid and number is not None else str(value)


def _benefit(key: str, reading: Reading) -> str:
    for programme in reading.country.programmes:
        named = {x.key: x.names for x in programme.benefits} | {x.key: x.names for x in programme.findings}
        if key in named:
            return reading.voice.of(named[key])
    return key


def guarantees(reading: Reading) -> list[Child]:
    """Return every property: what it says, the size and months to which it is proved, and where the law breaks it."""
    found, voice = reading.dossier.programme.properties, reading.voice
    if not found:
        return [el("p", voice("no_guarantees"), class_="note")]
    order = el("code", f"amparo prove {reading.dossier.programme.key}")
    return [
        el("p", voice("guarantees_note"), " ", order, class_="note"),
        *(_guarantee(p, reading) for p in found),
    ]


def _guarantee(found: Property, reading: Reading) -> Html:
    voice = reading.voice
    months = ", ".join(voice.month(m) for m in found.on)
    key = "broken" if found.violation else "proved_to"
    return el(
        "section",
        el("h3", sentence(voice.of(found.names)), id=voice.id(f"g-{slug(found.key)}")),
        el("code", found.key),
        el("p", voice(key, n=found.members, months=months), class_="broken" if found.violation else None),
        el("p", voice("given"), " ", el("span", found.given.versions[0].meaning, lang=EXAMPLES), class_="why")
        if found.given
        else None,
        _statement(found, reading),
        _violation(found, reading),
        class_="guarantee",
    )


def _statement(found: Property, reading: Reading) -> list[Child]:
    """Return the claim as text and formula, where it speaks of one household, and for whom it is meant."""
    voice = reading.voice
    claim = reading.dossier.law.claim(found)
    if claim is None:
        moves = found.states.moves
        return [el("p", voice("moves"), " ", reading.label(moves), class_="why")] if moves is not None else []
    text = reading.formula(claim)
    return [
        el("details", el("summary", voice("as_rule")), reading.outlined(claim.node, claim.month)),
        el("details", el("summary", voice("as_formula")), el("p", text, class_="formula")),
    ]


def _violation(found: Property, reading: Reading) -> Html | None:
    """Return the household by which the law breaks a property."""
    broken, voice = found.violation, reading.voice
    if broken is None:
        return None
    case = broken.case
    people = [
        el("li", el("b", str(m.get("id", i))), ": ", _facts({k: v for k, v in m.items() if k != "id"}, reading))
        for i, m in enumerate(case.get("members", []), 1)
    ]
    rest = case.get("defaults")
    return join(
        el("p", voice.of(broken.why)),
        el(
            "details",
            el("summary", voice("the_household")),
            el("p", el("b", voice.say("household")), ": ", _facts(case["household"], reading))
            if case.get("household")
            else None,
            el("ul", people),
            el("p", voice("for_everybody"), " ", _facts(rest, reading)) if rest else None,
        ),
    )
