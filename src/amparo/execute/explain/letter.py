"""A letter that explains a decision: A4, PDF, the same bytes for the same decision, day and language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import typst

from amparo.errors import CaseError
from amparo.execute.exact import AnswerKind, Decision
from amparo.execute.explain.told import Account, Told, told_in_full
from amparo.texts import Texts

FEW = 3  # benefits of which a letter tells everything
UNBROKEN = "\u00a0"  # an amount and its symbol stay on one line


def letter_pdf(decision: Decision, title: Mapping[str, str], language: str, dated: date) -> bytes:
    """Return a letter as PDF: the decision in a sentence, the reasons, the amounts, what would change it.

    Everything that people have written, such as the members' names, reaches the letter as data, never as markup.

    Args:
        decision: of `decide`.
        title: what was decided, in each language: the programme's names.
        language: es, pt or en.
        dated: the day of the letter.

    Raises:
        CaseError: a name is written in letters for which no font is installed.
    """
    (account,) = told_in_full(decision, [language])
    content = letter_data(account, Texts(language).of(title), dated)
    written = json.dumps(content, ensure_ascii=False)
    symbol = decision.edition.country.currency.symbol
    template = files("amparo.execute.explain").joinpath("letter.typ").read_bytes()
    inputs = {"letter": re.sub(rf"{re.escape(symbol)} (?=\d)", f"{symbol}{UNBROKEN}", written)}
    try:
        return _compiled(template, inputs, dated, embedded_only=True)
    except typst.TypstError:  # a name in letters that the embedded fonts lack: a font of this machine may have them
        try:
            return _compiled(template, inputs, dated, embedded_only=False)
        except typst.TypstError as error:
            raise CaseError(
                f"the letter cannot be set: {error.message}; install a font that has it, or write it in Latin letters."
            ) from None


def _compiled(template: bytes, inputs: dict[str, str], dated: date, *, embedded_only: bool) -> bytes:
    made = typst.Compiler(template, ignore_system_fonts=embedded_only).compile(
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1",
        timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__}, not one PDF.")
    return made


def letter_data(account: Account, programme: str, dated: date) -> dict[str, Any]:
    """Return all words of a letter, as its template takes them."""
    say = Texts(account.language)
    return {
        "language": account.language,
        "title": say("explain_title"),
        "letterhead": {
            "programme": programme,
            "country": account.country if account.country != programme else "",
            "date": say.day(dated),
            "law": say("explain_law_of", month=account.month),
        },
        "decision": [t.headline for t in account.foremost],
        "benefits": [_benefit(_shorter(t, account), account, say) for t in account.told],
        "missing": [{"text": m.text, "answers": m.answers, "article": m.asked_by} for m in account.missing],
        "check": account.to_check,
        "words": {
            "member": say("member"),
            "amount": say("explain_amount"),
            "total": say("explain_total"),
            "why": say("explain_why"),
            "change": say("explain_would_change"),
            "change-note": say("explain_would_change_note"),
            "missing": say("explain_missing"),
            "figures": say("explain_figures"),
            "check": say("explain_to_check"),
            "checked": say("explain_checked"),
            "appeal": say("explain_appeal"),
            "appeal-text": say("explain_appeal_text"),
        },
        "footer": {
            "note": say("explain_no_resolution"),
            "reference": f"{say('explain_reference')}: {account.reference}",
        },
    }


def _shorter(told: Told, account: Account) -> Told:
    """Return of a refusal among many answers the point that decides; the page has the rest."""
    if told.kind is not AnswerKind.NOT_ENTITLED or len(account.told) <= FEW:
        return told
    first = told.refusals[0]._replace(intro="", points=told.refusals[0].points[:1])
    return replace(told, refusals=(first,), changes=())


def _benefit(told: Told, account: Account, say: Texts) -> dict[str, Any]:
    refused_among_many = told.kind is AnswerKind.NOT_ENTITLED and len(account.told) > FEW
    looked = account.looked and told.kind is not AnswerKind.DEPENDS and not refused_among_many
    return {
        "name": told.name,
        "amounts": [{"who": who, "amount": amount} for who, amount in told.amounts.rows],
        "total": told.amounts.total,
        "reasons": [{"text": r.text, "details": r.details, "article": r.article} for r in told.reasons],
        "refused": say("explain_why_not" if told.kind is AnswerKind.NOT_ENTITLED else "explain_not_for"),
        "refusals": [
            {
                "whom": say("explain_for", who=", ".join(r.whom)) if r.whom else "",
                "intro": r.intro,
                "points": [{"text": p.text, "article": p.article} for p in r.points],
            }
            for r in told.refusals
        ],
        "changes": list(told.changes or [say("explain_nothing_changes")]) if looked else [],
    }
