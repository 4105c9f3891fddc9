"""Proofs: what a programme guarantees to every possible household, or the household that it fails."""

from amparo.execute.prove.household import ASSUMED
from amparo.execute.prove.search import Counterexample, Outcome, Result, prove

__all__ = ["ASSUMED", "Counterexample", "Outcome", "Result", "prove"]
