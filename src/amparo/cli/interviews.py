"""amparo ask: questions until the answer is certain, each with the reason for asking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.numbers import NumberFormatError, parse_decimal
from rich.markup import escape

from amparo.cli.amounts import exact_text
from amparo.cli.decisions import decision_json, show_decision
from amparo.cli.terminal import (
    AsJson,
    Lang,
    On,
    app,
    month_of,
    notes,
    read_json,
    screen,
    show_json,
    tell_if_to_come,
    texts,
)
from amparo.errors import CaseError
from amparo.execute.ask import MEMBERS, Inquiry, Question, Reference, answered, computable, interview, told_by
from amparo.execute.cases import OUTSIDE, Case, read_case
from amparo.expr import Kind, Relation
from amparo.policy import Benefit, Country, Edition, Finding, countries, find_programme, reason_of
from amparo.texts import Texts

YES = {"yes", "y", "sí", "si", "s", "sim", "true"}
NO = {"no", "n", "não", "nao", "false"}
NOBODY = {"-", "nobody", "nadie", "ninguém", "ninguem"}
ELSEWHERE = {"*", OUTSIDE, "fuera", "fora"}
DECLINED = "?"


@app.command()
def ask(
    programme: Annotated[list[str], typer.Argument(help="programmes of one country, or a country for all of its own")],
    on: On,
    known: Annotated[Path | None, typer.Option("--known", help="what is known already: a case as JSON")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="a case that answers instead of a person")] = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Ask only what can still change the answer, and say why; stop when it is certain."""
    say = texts(lang)
    month = month_of(on)
    edition, lacking = _asked_for(programme, month)
    tell_if_to_come(month, say)
    start = _object(known) if known else None
    source = read_case(_object(answers), edition.country) if answers else None
    reference = Reference.of(edition.country, edition)
    if source is not None:
        standings = list(interview(edition, start, reference, told_by(source)))
    elif as_json:
        standings = [next(interview(edition, start, reference, lambda _: None))]
    else:
        standings = []
    if as_json:
        show_json(standing_json(standings, lacking))
        return
    for each, figures in lacking.items():
        notes.print(escape(say("ask_set_aside", name=say.of(each.names), figures=", ".join(figures))), soft_wrap=True)
    if source is None:
        screen.print(say("ask_how"), highlight=False)
        standings = list(interview(edition, start, reference, lambda standing: _reply(standing, start, say)))
    else:
        _show_answers(standings, source, say)
    last = standings[-1]
    if last.decision is not None:
        show_decision(last.decision, say("ask_answer", count=len(standings) - 1), say)


def _asked_for(keys: list[str], month: date) -> tuple[Edition, dict[Benefit | Finding, list[str]]]:
    """Return the law that is asked for, and what of it no month's figures can decide."""
    country, wanted = _named(keys, month)
    edition = country.on(month)
    found, lacking = computable(edition, wanted)
    if not found:
        figures = sorted({p.key for ps in lacking.values() for p in ps})
        raise CaseError(f"{', '.join(keys)}: nothing can be decided in {month:%Y-%m}; unknown: {', '.join(figures)}.")
    part = edition.only([b for b in found if isinstance(b, Benefit)], [f for f in found if isinstance(f, Finding)])
    return part, {each: [p.key for p in ps] for each, ps in lacking.items()}


def _named(keys: list[str], month: date) -> tuple[Country, list[Benefit | Finding]]:
    known = countries()
    if len(keys) == 1 and keys[0] in known:
        country = known[keys[0]]
        return country, [*country.on(month).benefits]
    pairs = [find_programme(key) for key in dict.fromkeys(keys)]
    first = pairs[0][0]
    for country, each in pairs:
        if country is not first:
            raise CaseError(f"{pairs[0][1].key} is of {first.key}, {each.key} of {country.key}: ask for one country.")
    regimes = [each.regime(month) for _, each in pairs]
    wanted: list[Benefit | Finding] = [b for r in regimes for b in r.benefits]
    return first, wanted + [f for r in regimes for f in r.findings]


def _object(path: Path) -> Mapping[str, Any]:
    raw = read_json(path)
    if not isinstance(raw, dict):
        raise CaseError(f'{path} must hold one household: an object with "household" and "members".')
    return raw


def _reply(standing: Inquiry, start: Mapping[str, Any] | None, say: Texts) -> Case | None:
    """Put one question to the person at the terminal until it is answered or declined."""
    question = standing.question
    if question is None:
        return None
    screen.print(f"\n[bold]{escape(wording(standing, say))}[/bold]  [dim]{escape(hint(standing, say))}[/dim]")
    if why := reason(standing, say):
        screen.print(f"[dim]{escape(why)}[/dim]", highlight=False)
    while True:
        try:
            text = screen.input("> ").strip()
        except EOFError:
            raise CaseError(say("ask_ended")) from None
        if text == DECLINED and question.key != MEMBERS:
            return None
        try:
            known = start if standing.case is None else standing.case
            return answered(standing.edition, known, question, stated(text, question, say))
        except CaseError as error:
            screen.print(f"[yellow]{escape(str(error))}[/yellow]", highlight=False)


def wording(standing: Inquiry, say: Texts) -> str:
    """Return a question in the reader's words: whom it is about, and what is asked."""
    question = standing.question
    if question is None or question.key == MEMBERS:
        return say("ask_members")
    label = say.of(question.declared.labels)
    if question.member is None or standing.case is None:
        return label
    return f"{say('member')} {standing.case.ids[question.member]} · {label}"


def hint(standing: Inquiry, say: Texts) -> str:
    """Return what may be answered."""
    question = standing.question
    if question is None or question.key == MEMBERS:
        return ""
    if isinstance(question.declared, Relation):
        others = [i for at, i in enumerate(standing.case.ids if standing.case else ()) if at != question.member]
        return say("ask_relation", others=", ".join(others) or "…")
    kind, declared = question.declared.type, question.declared
    if kind.kind is Kind.BOOL:
        return f"{say('yes')} / {say('no')}"
    if kind.kind is Kind.CATEGORY:
        return " / ".join(kind.categories)
    if kind.kind is Kind.DATE:
        return "2024-03-31"
    ends = ["…" if x is None else say.number(float(x)) for x in (declared.low, declared.high)]
    return f"{kind.currency.code + ' ' if kind.currency else ''}{ends[0]} – {ends[1]}"


def reason(standing: Inquiry, say: Texts) -> str:
    """Return why a question is asked: the provision that reads it, and the benefits that depend on it."""
    question = standing.question
    if question is None or question.because is None:
        return ""
    step = question.because
    meaning = reason_of(standing.edition.country, step.key, say.language) or step.meaning
    names = ", ".join(say.of(b.names) for b in question.benefits)
    return say("ask_because", meaning=meaning.rstrip("."), article=step.source, benefits=names)


def stated(text: str, question: Question, say: Texts) -> Any:
    """Return a written answer in the form of a case: 'sí' is true, '350.000' in Spanish is 350000."""
    word = text.casefold()
    if isinstance(question.declared, Relation):
        return None if word in NOBODY else OUTSIDE if word in ELSEWHERE else text
    if question.declared is None:
        return text
    kind = question.declared.type
    if kind.kind is Kind.BOOL:
        if word not in YES | NO:
            raise CaseError(say("ask_yes_or_no", text=text, yes=say("yes"), no=say("no")))
        return word in YES
    return _number(text, say) if kind.numeric else text


def _number(text: str, say: Texts) -> Decimal:
    try:
        return parse_decimal(text.replace(" ", ""), locale=say.locale, strict=True)
    except NumberFormatError:
        raise CaseError(say("ask_no_number", text=text, like=say.number(1234.5, 1))) from None


def _show_answers(standings: list[Inquiry], source: Case, say: Texts) -> None:
    for standing in standings:
        if standing.question is not None:
            given = _shown(_given(standing.question, source), say)
            screen.print(f"{escape(wording(standing, say))}: [bold]{escape(given)}[/bold]", highlight=False)
            if why := reason(standing, say):
                screen.print(f"  [dim]{escape(why)}[/dim]", highlight=False)
    screen.print()


def _given(question: Question, source: Case) -> Any:
    if question.key == MEMBERS:
        return len(source.members)
    if question.member is None:
        return source.household.get(question.key, DECLINED)
    if isinstance(question.declared, Relation):
        to = source.relations[question.member].get(question.key, DECLINED)
        return source.ids[to] if isinstance(to, int) else to
    return source.members[question.member].get(question.key, DECLINED)


def _shown(value: Any, say: Texts) -> str:
    if value is None:
        return say("ask_nobody")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return str(value) if isinstance(value, (str, date)) else exact_text(value)


def standing_json(standings: list[Inquiry], lacking: Mapping[Benefit | Finding, list[str]]) -> dict[str, Any]:
    """Return where an interview stands, in the documented form."""
    last = standings[-1]
    decided = {} if last.decision is None else decision_json(last.decision)
    return {
        "month": f"{last.edition.month:%Y-%m}",
        "certain": last.certain,
        "question": None if last.question is None else question_json(last, last.question),
        "asked": [question_json(s, s.question) for s in standings[:-1] if s.question is not None],
        "set_aside": [{"key": each.key, "unknown_figures": figures} for each, figures in lacking.items()],
        **{k: decided.get(k, []) for k in ("benefits", "findings", "depends_on", "figures_to_check")},
    }


def question_json(standing: Inquiry, question: Question) -> dict[str, Any]:
    """Return a question in the documented form: what `--known` takes as its answer, and why it is asked."""
    declared, of = question.declared, getattr(question.declared, "type", None)
    member = None if question.member is None or standing.case is None else standing.case.ids[question.member]
    limits = [getattr(declared, end, None) for end in ("low", "high")]
    step = question.because
    return {
        "key": question.key,
        "member": member,
        "labels": dict(declared.labels) if declared is not None else {},
        "type": of.kind.value if of else "count" if declared is None else "relation",
        "categories": list(of.categories) if of else [],
        "low": limits[0],
        "high": limits[1],
        "benefits": [b.key for b in question.benefits],
        "because": None if step is None else {"provision": step.key, "article": step.source, "meaning": step.meaning},
        "open": question.open,
    }
