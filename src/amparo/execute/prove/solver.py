"""The solver, imported here and nowhere else; a sentence where it is not installed."""

from __future__ import annotations

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
