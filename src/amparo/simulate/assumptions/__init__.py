"""What a simulation assumes beside the law: indices, shocks, take-up, phase-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.simulate.assumptions.shocks import Shock


@dataclass(frozen=True)
class Assumptions:
    """What is assumed of everybody, under every law.

    Attributes:
        take_up: benefit → share of the entitled households that claim; all where nothing is stated.
        shock: what happens to earnings and prices, told beside the results without it.
        phase_in: share of a reform in force in each year from the first.
    """

    take_up: Mapping[str, float] = field(default_factory=dict)
    shock: Shock | None = None
    phase_in: tuple[float, ...] = ()


__all__ = ["Assumptions", "Shock"]
