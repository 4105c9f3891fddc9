"""An explanation as one HTML file in Spanish, Portuguese and English: for the citizen first, then for the auditor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

from amparo.execute.exact import AnswerKind, Decision
from amparo.execute.explain.audit import Audited, audited
from amparo.execute.explain.told import Account, Point, Reason, Refusal, Told, told_in_full
from amparo.page import Child, Html, Part, el, html_page, opening, plan, stacked_table
from amparo.texts import LANGUAGES, Texts

MARKS = {AnswerKind.ENTITLED: "yes", AnswerKind.DEPENDS: "maybe", AnswerKind.NOT_ENTITLED: "no"}


def explanation_html(decision: Decision, title: Mapping[str, str], language: str = "es") -> str:
    """Return a decision, explained, as one HTML file that asks nothing of the network.

    Args:
        decision: of `decide`.
        title: what was decided, in each language: the programme's names.
        language: the one shown first.
    """
    accounts = told_in_full(decision, LANGUAGES)
    parts = {a.language: _part(a, audited(decision, a.language), title) for a in accounts}
    return html_page(parts, language, more=files("amparo.execute.explain").joinpath("page.css").read_text("utf-8"))


def _part(account: Account, full: tuple[Audited, ...], title: Mapping[str, str]) -> Part:
    say = Texts(account.language)
    name = say.of(title)
    return Part(f"{name} · {say('explain_title')} · amparo", _article(account, full, name, say))


def _article(account: Account, full: tuple[Audited, ...], name: str, say: Texts) -> Html:
    sections: list[tuple[str, str, Child]] = []
    if account.missing:
        sections.append(("missing", say("explain_missing"), _missing(account)))
    sections += [
        *(_benefit(t, account, say) for t in account.told),
        ("check", say("explain_figures"), _to_check(account, say)),
        ("appeal", say("explain_appeal"), el("p", say("explain_appeal_text"), class_="said")),
        ("account", say("explain_account"), _account(full, say)),
    ]
    kicker = " · ".join(dict.fromkeys([account.country, name, say("explain_law_of", month=account.month)]))
    head = opening(
        kicker,
        say("explain_title"),
        [el("p", t.headline, class_="lede") for t in account.foremost],
        el("p", say("explain_no_resolution"), class_="banner"),
    )
    return plan(
        say.language,
        head,
        say("page_contents"),
        [(key, heading) for key, heading, _ in sections],
        [el("section", el("h2", heading, id=f"{say.language}-{key}"), content) for key, heading, content in sections],
        el("p", f"{say('explain_reference')}: ", el("code", account.reference)),
        el("p", say("explain_page_note")),
    )


def _benefit(told: Told, account: Account, say: Texts) -> tuple[str, str, Child]:
    content = [
        el("p", el("span", told.headline, class_=f"status {MARKS[told.kind]}"), class_="answer")
        if len(account.told) > 1
        else None,
        _amounts(told, say),
        _reasons(told.reasons, say),
        _refusals(told, say),
        _changes(told, account, say),
    ]
    return told.benefit.key.replace(".", "-"), told.name, content


def _amounts(told: Told, say: Texts) -> Child:
    if len(told.amounts.rows) < 2:
        return None
    rows = [[who, text] for who, text in told.amounts.rows] + [[say("explain_total"), told.amounts.total]]
    return [
        el("h3", say("explain_amounts")),
        stacked_table([say("member"), say("explain_amount")], rows, say("explain_amounts"), class_="amounts"),
    ]


def _reasons(reasons: Iterable[Reason], say: Texts) -> Child:
    listed = [el("li", el("p", r.text), _details(r.details), el("p", r.article, class_="article")) for r in reasons]
    return [el("h3", say("explain_why")), el("ol", listed, class_="reasons")] if listed else None


def _details(details: tuple[str, ...]) -> Child:
    return el("ul", [el("li", each) for each in details], class_="details") if details else None


def _refusals(told: Told, say: Texts) -> Child:
    if not told.refusals:
        return None
    heading = say("explain_why_not" if told.kind is AnswerKind.NOT_ENTITLED else "explain_not_for")
    return [el("h3", heading), [_refusal(r, say) for r in told.refusals]]


def _refusal(refusal: Refusal, say: Texts) -> Html:
    whom = say("explain_for", who=", ".join(refusal.whom)) if refusal.whom else None
    return el(
        "div",
        el("p", el("b", whom)) if whom else None,
        el("p", refusal.intro) if refusal.intro else None,
        el("ul", [el("li", _point(p)) for p in refusal.points], class_="points"),
        class_="refusal",
    )


def _point(point: Point) -> Child:
    return [el("p", point.text), el("p", point.article, class_="article")]


def _changes(told: Told, account: Account, say: Texts) -> Child:
    if not account.looked or told.kind is AnswerKind.DEPENDS:
        return None
    found = el("ul", [el("li", each) for each in told.changes], class_="prose") if told.changes else None
    return [
        el("h3", say("explain_would_change")),
        found or el("p", say("explain_nothing_changes"), class_="said"),
        el("p", say("explain_would_change_note"), class_="note") if found else None,
    ]


def _missing(account: Account) -> Child:
    listed = [
        el("li", el("p", m.text), _details(m.answers), el("p", m.asked_by, class_="article") if m.asked_by else None)
        for m in account.missing
    ]
    return el("ul", listed, class_="reasons")


def _to_check(account: Account, say: Texts) -> Child:
    if not account.to_check:
        return el("p", say("explain_checked"), class_="said")
    listed = el("ul", [el("li", each) for each in account.to_check], class_="prose")
    return [el("p", f"{say('explain_to_check')}:", class_="said"), listed]


def _account(full: tuple[Audited, ...], say: Texts) -> Child:
    return [el("p", say("explain_account_note"), class_="note"), [_audited(a, say) for a in full]]


def _audited(each: Audited, say: Texts) -> Html:
    parts = [
        (say("explain_gave"), (each.given,)),
        (say("explain_read"), each.read),
        (say("explain_compared"), each.compared),
        (say("explain_figures"), each.figures),
    ]
    rows = [el("div", el("dt", name), el("dd", [el("p", line) for line in lines])) for name, lines in parts if lines]
    return el(
        "details",
        el("summary", each.name, el("span", each.article, class_="article")),
        el("p", each.reason, " ", el("code", each.key)),
        el("dl", rows, class_="method"),
    )
