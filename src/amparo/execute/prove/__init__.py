"""Proofs: what a programme guarantees to every possible household, or the household that it fails."""

from amparo.execute.prove.household import ASSUMED
from amparo.execute.prove.search import TIMEOUT, Counterexample, Outcome, Result, prove
from amparo.execute.prove.suite import Task, run, tasks

__all__ = [
    "ASSUMED",
    "TIMEOUT",
    "Counterexample",
    "Outcome",
    "Result",
    "Task",
    "prove",
    "run",
    "tasks",
]
