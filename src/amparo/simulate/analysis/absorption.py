"""How much of the income that a shock takes away the system of benefits gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amparo.measures import Estimate
from amparo.simulate.scenario import Scenario


@dataclass(frozen=True)
class ShockOutcome:
    """One law under a shock.

    Attributes:
        lost: earnings that households lose, currency a month.
        given_back: what benefits rise by.
        absorbed: given_back over lost; None where nothing is lost.
        welfare: measure → estimate under the shock.
        change: measure → difference from the same law without the shock.
    """

    scenario: Scenario
    lost: Estimate
    given_back: Estimate
    absorbed: Estimate | None
    welfare: Mapping[str, Estimate]
    change: Mapping[str, Estimate]
