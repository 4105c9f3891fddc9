"""amparo decide: one household, with reasons."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from amparo.cli.amounts import amount_text, exact_text, figure_cells, parameter_json, value_json
from amparo.cli.terminal import AsJson, Lang, On, app, month_of, read_json, screen, show_json, texts
from amparo.errors import CaseError
from amparo.execute.exact import Answer, Decision, Step, decide
from amparo.execute.values import Value
from amparo.expr import Kind, Op, Type
from amparo.policy import find_programme, reason_of
from amparo.texts import Texts


@app.command(name="decide")
def decide_(
    programme: str,
    case: Annotated[Path, typer.Argument(help="one household as JSON; - for standard input")],
    on: On,
    explain: Annotated[bool, typer.Option("--explain", help="show every provision applied")] = False,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Decide one household: what it is entitled to, or on what the answer depends."""
    country, found = find_programme(programme)
    regime = found.regime(month_of(on))
    raw = read_json(case)
    if not isinstance(raw, dict):
        raise CaseError(f'{case} must hold one household: an object with "household" and "members".')
    decision = decide(country.on(month_of(on)).only(regime.benefits, regime.findings), raw)
    if as_json:
        show_json({"programme": found.key, **decision_json(decision)})
        return
    say = texts(lang)
    show_decision(decision, say.of(found.names), say, explain=explain)


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


def show_decision(decision: Decision, title: str, say: Texts, *, explain: bool = False) -> None:
    """Print what a household is entitled to, on what the rest depends, and the figures to be checked."""
    edition = decision.edition
    screen.print(f"[bold]{title}[/bold] · {say('decision_for', month=say.month(edition.month))}")
    types = {n.attr.key: n.type for n in edition.graph.nodes if n.op is Op.PROVISION}
    table = Table(say("benefit") if edition.benefits else "", say("member"), say("value"), "")
    for b in edition.benefits:
        timing = say(b.timing.name.lower() if b.timing.name != "NOW" else "paid_now")
        for who, value in _rows(decision, decision.amounts[b.key], say):
            if value != 0:
                table.add_row(say.of(b.names), who, amount_text(value, types[b.amount.key], say), timing)
        if decision.total(b) == 0:
            table.add_row(say.of(b.names), "", say("nothing"), "")
    for f in edition.findings:
        for who, value in _rows(decision, decision.outputs[f.value.key], say):
            table.add_row(say.of(f.names), who, amount_text(value, types[f.value.key], say), "")
    screen.print(table)
    if decision.depends_on:
        screen.print(
            f"[yellow]{say('depends_on')}:[/yellow] {'; '.join(_named(d, decision, say) for d in decision.depends_on)}"
        )
    if explain:
        _show_steps(decision, types, say)
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
    key, _, who = asked.partition(" of ")
    country = decision.edition.country
    labels = {k: d.labels for group in (country.inputs, country.household.member.relations) for k, d in group.items()}
    label = say.of(labels[key]) if key in labels else key
    return f"{label} ({who})" if who else label


def _show_steps(decision: Decision, types: dict[str, Type], say: Texts) -> None:
    """Print each provision once, with what it gives for each member and the figures it used."""
    steps: dict[str, list[Step]] = {}
    for step in decision.steps:
        steps.setdefault(step.key, []).append(step)
    for key, found in steps.items():
        meaning = reason_of(decision.edition.country, key, say.language) or found[0].meaning
        type_ = types.get(key, Type(Kind.NUMBER))
        given = [(f"{s.member}: " if s.member else "") + amount_text(s.value, type_, say) for s in found]
        figures = dict.fromkeys(p for s in found for p in s.parameters)
        used = [f"{say.of(p.labels) or p.key} = {figure_cells(p, decision.edition, say)[0]}" for p in figures]
        screen.print(f"\n{escape(meaning)}  [dim]{escape(found[0].source)}[/dim]", highlight=False)
        screen.print(Padding(f"[bold]{escape(' · '.join(given))}[/bold]", (0, 0, 0, 2)))
        if used:
            screen.print(Padding(f"[dim]{escape('; '.join(used))}[/dim]", (0, 0, 0, 2)))
    screen.print()
