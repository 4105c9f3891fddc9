"""What a programme pays: the benefit, and who stands in which role to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amparo.expr import Bool, Entity, Rule, Timing
from amparo.expr.rules import Citation
from amparo.expr.types import Kind

Names = Mapping[str, str]
LANGUAGES = ("es", "pt", "en")


@dataclass(frozen=True, eq=False)
class Role:
    """Who originates, holds or collects a benefit; with a rule where the household tells it."""

    names: Names
    rule: Rule[Any, Bool] | None = None


@dataclass(frozen=True, eq=False)
class Benefit:
    """An amount that a rule of law gives to a household or, one by one, to its members.

    Args:
        key: stable name inside the programme.
        amount: the rule; of a person (one amount per originator) or of the household.
        originator: whose existence gives rise to it (*causante*); holder: whose right it is; payee: who collects.
        timing: paid now, accrued until a proof, or annual; checked against the rule's unit when traced.
        income: whether it is money that the household can spend (an in-kind benefit is not).
    """

    key: str
    names: Names
    amount: Rule[Any, Any]
    originator: Role
    holder: Role
    payee: Role
    timing: Timing = Timing.NOW
    income: bool = True

    @property
    def unit(self) -> Entity:
        """What one payment belongs to: each person or the household."""
        return self.amount.entity.entity  # type: ignore[no-any-return]

    def __post_init__(self) -> None:
        if self.amount.symbol.kind is not Kind.MONEY:
            from amparo.errors import PolicyError

            raise PolicyError(f"benefit {self.key}: {self.amount.key} must return Money.")


@dataclass(frozen=True, eq=False)
class Finding:
    """What a programme finds out about a household or person and pays to nobody: a bracket, a degree, net earnings.

    Args:
        key: stable name inside the country, beside those of benefits.
        value: the rule, of any type.
        charge: whether the person pays it out of earnings: a contribution or a tax.
    """

    key: str
    names: Names
    value: Rule[Any, Any]
    charge: bool = False


@dataclass(frozen=True, eq=False)
class Exclusion:
    """Two benefits that one originator or household never receives together; the winner stays.

    Where both can be claimed, `winner` is paid in full and `loser` becomes zero for the same person or household.
    """

    key: str
    winner: Benefit
    loser: Benefit
    source: Citation
    meaning: str
    place: str = ""
