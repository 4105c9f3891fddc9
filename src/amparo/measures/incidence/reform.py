"""Who gains and who loses from a reform."""

from typing import Any, NamedTuple

from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.grouped import Grouping
from amparo.measures.sampling.replication import ReplicateDesign
from amparo.measures.sampling.survey import SurveyDesign


class Incidence(NamedTuple):
    """What a reform does to a group: shares of its persons, and currency per person."""

    group: Any
    winners: Estimate
    losers: Estimate
    mean_change: Estimate


def winners_and_losers(
    baseline: ArrayLike,
    reform: ArrayLike,
    design: SurveyDesign | ReplicateDesign,
    *,
    group: ArrayLike | Grouping,
    tolerance: float = 0.005,
    domain: ArrayLike | None = None,
) -> list[Incidence]:
    """Return, for each group, who gains, who loses and the mean change, in the order of the group's labels.

    Args:
        baseline:  [n] income before the reform, currency.
        reform:    [n] income after it, same unit.
        design:    the sample, or its replicates.
        group:     [n] any labels: `deciles` of the baseline, sex, region; or a `Grouping` made ready before, whose
                   own domain then holds.
        tolerance: changes up to this amount are neither gain nor loss; half a cent unless told.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: tolerance < 0, a value is missing, lengths differ, or the domain is empty.

    Formula: shares of persons with change above and below zero; mean change
    Unit: shares of persons, 0 to 1; currency per person.
    Variance: influence, group by group.
    Source: Haughton & Khandker (2009), Handbook on Poverty and Inequality, World Bank, chapter 8.
    Checked against: `mean` of each group, on CASEN 2022 (tests/measures/test_incidence.py).

    >>> design = SurveyDesign([1.0, 1.0, 1.0, 1.0])
    >>> baseline, reform, group = [9.0, 9.0, 9.0, 9.0], [12.0, 9.0, 9.0, 5.0], ["a", "a", "b", "b"]
    >>> found = winners_and_losers(baseline, reform, design, group=group)
    >>> [(each.group, each.winners.value, each.losers.value, each.mean_change.value) for each in found]
    [('a', 0.5, 0.0, 1.5), ('b', 0.0, 0.5, -2.0)]
    """
    if not tolerance >= 0:
        raise MeasureError(f"tolerance is {tolerance}; it is an amount of money, zero or above.")
    groups = group if isinstance(group, Grouping) else Grouping(group, design, domain=domain)
    gain = groups.column("reform", reform) - groups.column("baseline", baseline)
    winners, losers, moved = (groups.means(each) for each in (gain > tolerance, gain < -tolerance, gain))
    return [Incidence(label, winners[label], losers[label], moved[label]) for label in moved]
