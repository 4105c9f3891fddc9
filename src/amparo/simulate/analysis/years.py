"""What a reform costs year by year while it is phased in, at the prices of the first month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.errors import PolicyError
from amparo.expr import Timing
from amparo.measures import Estimate, SurveyDesign, total
from amparo.simulate.scenario import Floats, Scenario


@dataclass(frozen=True)
class Year:
    """The additional cost of one year: the share of the reform in force then, and currency at constant prices."""

    year: int
    share: float
    cost: Estimate


def read_phase_in(text: str) -> tuple[float, ...]:
    """Read shares by year, such as "0.25,0.5,1".

    Raises:
        PolicyError: no shares from 0 to 1, or one that falls.
    """
    try:
        shares = tuple(float(each) for each in text.split(","))
    except ValueError:
        raise PolicyError(f"--phase-in '{text}' is no list of shares; write 0.25,0.5,1.") from None
    if not all(0 <= s <= 1 for s in shares) or list(shares) != sorted(shares):
        raise PolicyError(f"--phase-in '{text}': shares lie between 0 and 1 and never fall; write 0.25,0.5,1.")
    return shares


def yearly(scenario: Scenario) -> Floats:
    """Return what a scenario costs in each household and year: twelve months, an annual benefit once."""
    households = [p.households * (1 if p.benefit.timing is Timing.ANNUAL else 12) for p in scenario.paid.values()]
    return np.asarray(sum(households, np.zeros(1)))


def cost_by_year(
    reform: Scenario, baseline: Scenario, first: int, phase_in: Sequence[float], design: SurveyDesign
) -> list[Year]:
    """Return the additional cost of each year, nobody's behaviour and no population changing meanwhile.

    Args:
        first: the first year.
        phase_in: the share of the reform in force in each year.
        design: of households.
    """
    extra = yearly(reform) - yearly(baseline)
    return [Year(first + i, share, total(share * extra, design)) for i, share in enumerate(phase_in)]
