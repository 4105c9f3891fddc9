"""What a budget line says in words, on a page and in the terminal: its falls, their causes, what people state."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from amparo.execute.budget_line import Cliff, Jump
from amparo.execute.exact import Step
from amparo.expr import Input, Kind, Op
from amparo.policy import name_of, reason_of
from amparo.register.lines.families import Drawn
from amparo.register.voice import Voice


class Cause(NamedTuple):
    """The provision behind a jump: its name, what it answers there, its reason, where it stands."""

    name: str
    value: str
    reason: str
    source: str


def told(found: Drawn, cliff: Cliff, voice: Voice) -> tuple[str, str]:
    """Return where income falls and by how much, and from which earnings on it has made up for it."""
    fall = voice("cliff_at", at=voice.money(cliff.at), loss=voice.money(cliff.loss))
    more = cliff.more_to_earn
    if cliff.regained is None or more is None:
        return fall, voice("cliff_not_regained", highest=voice.money(found.line.highest))
    return fall, voice("cliff_regained", at=voice.money(cliff.regained), more=voice.money(more))


def signed(change: Fraction, voice: Voice) -> str:
    """Write by how much an amount jumps."""
    return ("+" if change > 0 else "−") + voice.money(abs(change))


def cause_of(found: Drawn, jump: Jump, voice: Voice) -> Cause | None:
    """Return what causes a jump; None where no provision stands out."""
    step = jump.cause
    if step is None:
        return None
    name = name_of(found.country, step.key, voice.language) or step.key
    reason = reason_of(found.country, step.key, voice.language) or step.meaning
    return Cause(name, _answer(found, step, voice), reason, step.source)


def _answer(found: Drawn, step: Step, voice: Voice) -> str:
    """Return what the provision behind a jump answers at it."""
    if isinstance(step.value, bool):
        return voice.say("yes" if step.value else "no")
    node = next(n for n in found.line.edition.graph.nodes if n.op is Op.PROVISION and n.attr.key == step.key)
    if node.type.kind is Kind.MONEY:
        return voice.money(Fraction(str(step.value)))
    return str(step.value)


def written(value: object, declared: Input[Any], voice: Voice) -> str:
    """Write what somebody states: yes, a number, an amount, a category."""
    if isinstance(value, bool):
        return voice.say("yes" if value else "no")
    if declared.type.kind is Kind.MONEY:
        return voice.money(Fraction(str(value)))
    named = declared.names.get(str(value))
    return voice.of(named) if named else str(value)
