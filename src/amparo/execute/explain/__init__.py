"""Explanations: why a decision is what it is and what would change it, as data, text, page and letter."""

from amparo.execute.explain.changes import (
    Change,
    Effect,
    Supposition,
    nearest_value,
    suppositions,
    what_would_change,
    with_datum,
)
from amparo.execute.explain.explanation import Explanation, Open, Outcome, case_hash, explained
from amparo.execute.explain.facts import Applied, Fact
from amparo.execute.explain.grounds import Ground
from amparo.execute.explain.told import Account, Told, explain, told, told_in_full
from amparo.execute.explain.words import Words, value_text

__all__ = [
    "Account",
    "Applied",
    "Change",
    "Effect",
    "Explanation",
    "Fact",
    "Ground",
    "Open",
    "Outcome",
    "Supposition",
    "Told",
    "Words",
    "case_hash",
    "explain",
    "explained",
    "nearest_value",
    "suppositions",
    "told",
    "told_in_full",
    "value_text",
    "what_would_change",
    "with_datum",
]
