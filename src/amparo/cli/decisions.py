"""amparo decide: one household, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from amparo.cli.amounts import exact_text, figure_cells, parameter_json, value_json
from amparo.cli.explanations import changes_json, explanation_json, show_account, show_explanation
from amparo.cli.terminal import (
    AsJson,
    Lang,
    On,
    app,
    month_of,
    notes,
    read_json,
    save,
    screen,
    show_json,
    tell_if_to_come,
    texts,
)
from amparo.errors import CaseError
from amparo.execute.ask import computable
from amparo.execute.exact import Answer, Decision, decide
from amparo.execute.explain import explained, told_in_full, value_text, what_would_change
from amparo.execute.explain.words import printable
from amparo.execute.values import Datum, Value
from amparo.expr import Op
from amparo.policy import Benefit, Edition, countries, find_programme
from amparo.texts import Texts


@app.command(name="decide")
def decide_(
    programme: Annotated[str, typer.Argument(help="a programme, or a country for all of its own")],
    case: Annotated[Path, typer.Argument(help="one household as JSON; - for standard input")],
    on: On,
    explain: Annotated[bool, typer.Option("--explain", help="say why, and what would change it")] = False,
    account: Annotated[bool, typer.Option("--account", help="every provision applied, for an auditor")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="write the explanation as a page")] = None,
    letter: Annotated[Path | None, typer.Option("--letter", help="write the explanation as a letter, PDF")] = None,
    dated: Annotated[str, typer.Option("--dated", help="day of the letter: 2025-10-15", show_default="today")] = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Decide one household: what it is entitled to, or on what the answer depends."""
    say = texts(lang)
    month = month_of(on)
    edition, names, lacking = _law(programme, month)
    day = _day(dated)
    raw = read_json(case)
    if not isinstance(raw, dict):
        raise CaseError(f'{case} must hold one household: an object with "household" and "members".')
    decision = decide(edition, raw)
    tell_if_to_come(month, say)
    if html is not None:
        from amparo.execute.explain.page import explanation_html

        save(html, explanation_html(decision, names, say.language))
    if letter is not None:
        from amparo.execute.explain.letter import letter_pdf

        save(letter, letter_pdf(decision, names, say.language, day))
    if as_json:
        found = {"programme": programme.rpartition("/")[2], **decision_json(decision)}
        if explain:
            found["explanation"] = explanation_json(explained(decision))
            found["would_change"] = changes_json(what_would_change(decision), decision.case.ids)
        show_json(found)
        return
    for each, figures in lacking.items():
        notes.print(escape(say("ask_set_aside", name=say.of(each.names), figures=", ".join(figures))), soft_wrap=True)
    show_decision(decision, say.of(names), say, brief=explain)
    if explain:
        (told,) = told_in_full(decision, [say.language])
        show_explanation(told, say)
    if account:
        show_account(decision, say)
    for written in filter(None, (html, letter)):
        notes.print(escape(say("explain_written", path=written)), soft_wrap=True)


def _law(key: str, month: date) -> tuple[Edition, Mapping[str, str], dict[Benefit, list[str]]]:
    """Return the law that is asked for, its names, and what of a whole country no month's figures can decide."""
    known = countries()
    if key not in known:
        country, programme = find_programme(key)
        regime = programme.regime(month)
        return country.on(month).only(regime.benefits, regime.findings), programme.names, {}
    edition = known[key].on(month)
    found, lacking = computable(edition, edition.benefits)
    return edition.only(found), known[key].names, {b: [p.key for p in figures] for b, figures in lacking.items()}


def _day(text: str) -> date:
    """Read the day of a letter; today without one."""
    if not text:
        return date.today()  # noqa: DTZ011 - the day on the sender's wall is the day of a letter
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CaseError(f"'{text}' is no day: write it as 2025-10-15.") from None


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return a decision in the documented form."""
    edition = decision.edition
    return {
        "month": f"{edition.month:%Y-%m}",
        "version": edition.version,
        "benefits": [
            {
                "key": b.key,
                "names": dict(b.names),
                "timing": b.timing.value,
                "currency": edition.country.currency.code,
                "total": value_json(decision.total(b)),
                "answer": _answer_json(decision.answer(b)),
                "members": _by_member(decision, decision.amounts[b.key]),
            }
            for b in edition.benefits
        ],
        "findings": [
            {
                "key": f.key,
                "names": dict(f.names),
                "value": None if isinstance(value := decision.outputs[f.value.key], list) else value_json(value),
                "members": _by_member(decision, value),
            }
            for f in edition.findings
        ],
        "depends_on": decision.depends_on,
        "steps": [
            {
                "provision": s.key,
                "article": s.source,
                "meaning": s.meaning,
                "member": s.member,
                "value": value_json(s.value),
                "parameters": [p.key for p in s.parameters],
            }
            for s in decision.steps
        ],
        "figures_to_check": [parameter_json(p, edition) for p in decision.to_check],
    }


def _answer_json(answer: Answer) -> dict[str, Any]:
    ends = {"low": answer.low, "high": answer.high}
    return {
        "kind": answer.kind.value,
        "entitled": answer.entitled,
        "amount": None if answer.amount is None else exact_text(answer.amount),
        **{name: None if isinstance(end, float) else exact_text(Fraction(end)) for name, end in ends.items()},
        "depends_on": list(answer.depends_on),
    }


def _by_member(decision: Decision, values: Value | list[Value]) -> dict[str, Any] | None:
    return dict(zip(decision.case.ids, map(value_json, values), strict=True)) if isinstance(values, list) else None


def _rows(decision: Decision, values: Value | list[Value], say: Texts) -> list[tuple[str, Value]]:
    if isinstance(values, list):
        return list(zip(decision.case.ids, values, strict=True))
    return [(say("household"), values)]


def show_decision(decision: Decision, title: str, say: Texts, *, brief: bool = False) -> None:
    """Print what a household is entitled to and, unless brief, on what the rest depends and what is to be checked."""
    edition = decision.edition
    screen.print(f"[bold]{title}[/bold] · {say('decision_for', month=say.month(edition.month))}")
    types = {n.attr.key: n.type for n in edition.graph.nodes if n.op is Op.PROVISION}
    table = Table(say("benefit") if edition.benefits else "", say("member"), say("value"), "")
    for b in edition.benefits:
        timing = say(b.timing.name.lower() if b.timing.name != "NOW" else "paid_now")
        for who, value in _rows(decision, decision.amounts[b.key], say):
            if value != 0:
                table.add_row(
                    say.of(b.names), escape(printable(who)), value_text(value, types[b.amount.key], say), timing
                )
        if decision.total(b) == 0:
            table.add_row(say.of(b.names), "", say("nothing"), "")
    for f in edition.findings:
        for who, value in _rows(decision, decision.outputs[f.value.key], say):
            table.add_row(say.of(f.names), escape(printable(who)), value_text(value, types[f.value.key], say), "")
    screen.print(table)
    if brief:
        return
    if decision.depends_on:
        names = "; ".join(_named(d, decision, say) for d in decision.depends_on)
        screen.print(f"[yellow]{say('depends_on')}:[/yellow] {escape(names)}")
    if decision.to_check:
        screen.print(f"[yellow]{say('figures_to_check')}:[/yellow]")
        for p in decision.to_check:
            shown, _, mark, source = figure_cells(p, edition, say)
            screen.print(f"  · {say.of(p.labels) or p.key}: {shown} ({mark}; {source})", highlight=False)
    else:
        screen.print(f"[green]{say('nothing_to_check')}[/green]")
    screen.print(f"[dim]{say('version')} {edition.version}[/dim]")


def _named(asked: str, decision: Decision, say: Texts) -> str:
    """Return an open input by its label: 'claimed_elsewhere of ana' → 'Otra persona cobra por ella (ana)'."""
    datum = Datum.named(asked, decision.case.ids)
    country = decision.edition.country
    labels = {k: d.labels for group in (country.inputs, country.household.member.relations) for k, d in group.items()}
    label = say.of(labels[datum.key]) if datum.key in labels else datum.key
    if datum.elsewhere:
        label = say("explain_somebody_elsewhere", what=label)
    return f"{label} ({printable(datum.who)})" if datum.who else label
