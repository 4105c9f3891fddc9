"""The reference executor: one household, exact arithmetic, what is unknown named, every provision accounted for."""

from amparo.execute.exact.contradictions import Contradiction, contradictions, refuse_contradictions
from amparo.execute.exact.decision import Answer, AnswerKind, Decision, decide, refuse_states
from amparo.execute.exact.evaluation import TABLE, Row, Run
from amparo.execute.exact.trace import Comparison, Entry, Reading, Step

__all__ = [
    "TABLE",
    "Answer",
    "AnswerKind",
    "Comparison",
    "Contradiction",
    "Decision",
    "Entry",
    "Reading",
    "Row",
    "Run",
    "Step",
    "contradictions",
    "decide",
    "refuse_contradictions",
    "refuse_states",
]
