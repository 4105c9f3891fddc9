"""An explanation in the terminal and in the documented JSON form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.markup import escape
from rich.padding import Padding

from amparo.cli.amounts import value_json
from amparo.cli.terminal import screen
from amparo.execute.exact import AnswerKind, Decision, Row
from amparo.execute.explain import Account, Change, Explanation, Fact, Ground, Told
from amparo.execute.explain.audit import audited
from amparo.expr import Node, Op
from amparo.expr.render import formula
from amparo.texts import Texts


def show_explanation(account: Account, say: Texts) -> None:
    """Print an explanation for a citizen."""
    for told in account.told:
        colour = {AnswerKind.ENTITLED: "green", AnswerKind.DEPENDS: "yellow"}.get(told.kind, "bold")
        screen.print(f"\n[{colour}]{escape(told.headline)}[/{colour}]", highlight=False)
        _show_told(told, account, say)
    if account.missing:
        _heading(say("explain_missing"))
        for each in account.missing:
            _point(each.text, each.asked_by)
            _details(each.answers)
    _heading(say("explain_figures"))
    if account.to_check:
        screen.print(f"{say('explain_to_check')}:", highlight=False)
        for line in account.to_check:
            _point(line)
    else:
        screen.print(say("explain_checked"))
    screen.print(f"\n[dim]{escape(say('explain_no_resolution'))}[/dim]", highlight=False)
    screen.print(f"[dim]{escape(say('explain_reference'))}: {account.reference}[/dim]", highlight=False)


def _show_told(told: Told, account: Account, say: Texts) -> None:
    if len(told.amounts.rows) > 1:
        for who, amount in told.amounts.rows:
            _point(f"{who}: {amount}")
    if told.reasons:
        _heading(say("explain_why"))
    for reason in told.reasons:
        _point(reason.text, reason.article)
        _details(reason.details)
    if told.refusals:
        _heading(say("explain_why_not" if told.kind is AnswerKind.NOT_ENTITLED else "explain_not_for"))
    for refusal in told.refusals:
        if refusal.whom:
            screen.print(f"[bold]{escape(say('explain_for', who=', '.join(refusal.whom)))}[/bold]", highlight=False)
        if refusal.intro:
            screen.print(escape(refusal.intro), highlight=False)
        for point in refusal.points:
            _point(point.text, point.article)
    if account.looked and told.kind is not AnswerKind.DEPENDS:
        _heading(say("explain_would_change"))
        for change in told.changes or [say("explain_nothing_changes")]:
            _point(change)
        if told.changes:
            screen.print(f"[dim]{escape(say('explain_would_change_note'))}[/dim]", highlight=False)


def _heading(text: str) -> None:
    screen.print(f"\n[bold]{escape(text)}[/bold]")


def _point(text: str, article: str = "") -> None:
    where = f"  [dim]{escape(article)}[/dim]" if article else ""
    screen.print(Padding(f"· {escape(text)}{where}", (0, 0, 0, 1)), highlight=False)


def _details(lines: Iterable[str]) -> None:
    for line in lines:
        screen.print(Padding(f"[dim]–[/dim] {escape(line)}", (0, 0, 0, 4)), highlight=False)


def show_account(decision: Decision, say: Texts) -> None:
    """Print the full account for an auditor: every provision with its values, data, tests and figures."""
    _heading(say("explain_account"))
    screen.print(f"[dim]{escape(say('explain_account_note'))}[/dim]", highlight=False)
    for each in audited(decision, say.language):
        screen.print(f"\n[bold]{escape(each.name)}[/bold]  [dim]{escape(each.article)} · {escape(each.key)}[/dim]")
        screen.print(Padding(escape(each.reason), (0, 0, 0, 2)), highlight=False)
        _part(say("explain_gave"), [each.given])
        _part(say("explain_read"), each.read)
        _part(say("explain_compared"), each.compared)
        _part(say("explain_figures"), each.figures)
    screen.print(f"\n[dim]{say('version')} {decision.edition.version}[/dim]")


def _part(name: str, lines: Iterable[str]) -> None:
    for line in lines:
        screen.print(Padding(f"[dim]{escape(name)}:[/dim] {escape(line)}", (0, 0, 0, 2)), highlight=False)


# ------------------------------------------------------------------ JSON


def explanation_json(explanation: Explanation) -> list[dict[str, Any]]:
    """Return an explanation in the documented form, free of any language."""
    ids = explanation.decision.case.ids
    return [
        {
            "benefit": o.benefit.key,
            "member": None if o.member is None else ids[o.member],
            "answer": o.answer.kind.value,
            "amount": value_json(o.value),
            "grounds": [_ground(g, ids) for g in o.grounds],
            "ways": [[_fact(f, ids) for f in way] for way in o.ways],
        }
        for o in explanation.outcomes
    ]


def _ground(ground: Ground, ids: tuple[str, ...]) -> dict[str, Any]:
    provision = ground.provision
    return {
        "provision": provision.key,
        "article": provision.article,
        "member": _member(provision.row, ids),
        "value": value_json(ground.value),
        "facts": [_fact(f, ids) for f in ground.facts],
    }


def _fact(fact: Fact, ids: tuple[str, ...]) -> dict[str, Any]:
    return {
        "provision": fact.within.key,
        "article": fact.within.article,
        "what": _what(fact.what),
        "member": _member(fact.row, ids),
        "value": value_json(fact.value),
        "asked": fact.asked,
        "limit": list(fact.choices) or (None if fact.limit_value is None else value_json(fact.limit_value)),
        "limit_of": None if fact.limit is None or fact.limit.op is Op.CONST else _what(fact.limit),
        "difference": None if fact.difference is None else value_json(fact.difference),
        "holds": fact.holds,
    }


def _what(n: Node) -> str:
    """Return the key of a datum, figure or provision; of anything else its formula."""
    while n.op in (Op.SPREAD, Op.SELF, Op.OTHER, Op.RETIME):
        n = n.args[0]
    return (
        str(n.attr.key) if n.op in (Op.INPUT, Op.PARAM, Op.STATE, Op.PROVISION, Op.EXISTS, Op.IS) else formula(n, "en")
    )


def _member(row: Row, ids: tuple[str, ...]) -> str | None:
    return ids[row[-1]] if row else None


def changes_json(changes: Iterable[Change], ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what would change the answer, in the documented form."""
    return [
        {
            "benefit": c.benefit.key,
            "effect": c.effect.value,
            "input": c.declared.key,
            "member": None if c.member is None else ids[c.member],
            "now": value_json(c.now),
            "then": value_json(c.then),
            "before": value_json(c.before),
            "after": value_json(c.after),
            "distance": round(float(c.distance), 6),
        }
        for c in changes
    ]
