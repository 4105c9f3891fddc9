"""The solver, imported here and nowhere else; a sentence where it is not installed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from amparo.errors import PolicyError

try:
    import z3 as _z3
except ImportError:  # pragma: no cover - the test removes it in a process of its own
    _z3 = None

MISSING = "proofs need the Z3 solver, which is not installed: run pip install 'amparo[prove]'."


def solver() -> Any:
    """Return the module `z3`.

    Raises:
        PolicyError: it is not installed.
    """
    if _z3 is None:
        raise PolicyError(MISSING)
    return _z3


SLICES = (1.0, 4.0, 20.0)  # seconds that each way of solving gets before the other is tried again
PREPARED = ("simplify", "propagate-values", "elim-term-ite", "solve-eqs", "smt")


def find(facts: Iterable[Any], seconds: float) -> tuple[str, Any]:
    """Look for values that make all facts true, in two ways by turns, for at most some seconds.

    One way takes choices out of sums before it solves, which is a thousand times faster for most laws; the other is
    the solver's own. Neither is faster for all.

    Returns:
        ("sat", the model), ("unsat", None), or ("unknown", None) when the time is over.
    """
    z3, end = solver(), time.monotonic() + seconds
    stated = list(facts)
    ways = (lambda: z3.Then(*PREPARED).solver(), z3.Solver)
    for length in (*SLICES, seconds):
        for way in ways:
            left = min(length, end - time.monotonic())
            if left <= 0:
                return "unknown", None
            check = way()
            check.set("timeout", max(1, int(left * 1000)))
            check.add(*stated)
            answer = str(check.check())
            if answer != "unknown":
                return answer, check.model() if answer == "sat" else None
    return "unknown", None
