"""Every error that amparo raises on purpose, in one tree.

AmparoError
├── RuleError                 the text of a rule is wrong; found while tracing
│   ├── SymbolicBranchError   Python control flow on a symbolic value
│   ├── TypeMismatchError     units or types that cannot meet
│   └── CyclicRuleError       a rule that needs its own result
├── ParameterError            no value in force, unknown in the interval, outside its range
├── PolicyError               a country, programme, benefit or reform that contradicts itself
├── CaseError                 the description of one household
├── PopulationError           columns, files and mappings of many households
├── ExecutionError            a rule that fails on a row: names rule, row and value
└── MeasureError              statistics asked of data that cannot give them

Each message is one sentence: what happened, where, which value, what to do instead.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class AmparoError(Exception):
    """Base of all; the command line prints its text and nothing else."""


class RuleError(AmparoError):
    """The text of a rule is wrong."""


class SymbolicBranchError(RuleError, TypeError):
    """Python `if`, `and`, `or`, `not` or a chained comparison met a symbolic value."""


class TypeMismatchError(RuleError, TypeError):
    """Two values whose types, units or entities cannot meet."""


class CyclicRuleError(RuleError):
    """A rule or benefit needs its own result in the same month."""


class ParameterError(AmparoError, ValueError):
    """A parameter has no known value where one is needed."""


class PolicyError(AmparoError, ValueError):
    """A country, programme, benefit or reform contradicts itself."""


class CaseError(AmparoError, ValueError):
    """The description of one household cannot be read."""


class PopulationError(AmparoError, ValueError):
    """Columns, files or mappings of a population cannot be used."""


class ExecutionError(AmparoError, ArithmeticError):
    """A rule failed on a row."""


class MeasureError(AmparoError, ValueError):
    """A statistic was asked of data that cannot give it."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ' Did you mean …?' for a misspelt name, or the first known names."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f" Did you mean '{close[0]}'?"
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f" Known: {shown}." if names else ""
