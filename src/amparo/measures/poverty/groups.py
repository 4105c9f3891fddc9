"""Whose poverty it is: how much of a country's poverty each group accounts for."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, Measure, estimates, size_of
from amparo.measures.sampling.survey import labelled


class GroupContribution(NamedTuple):
    """What a group adds to the poverty of all.

    `persons` is its share of the population, `poverty` its own measure, `contribution` their product, and `share`
    the part of all poverty; None where nobody is poor. Contributions sum to the measure of all, shares to 1.
    """

    group: Any
    persons: Estimate
    poverty: Estimate
    contribution: Estimate
    share: Estimate | None


def contributions_by_group(
    measure: Measure[Any], group: ArrayLike, *args: Any, **kwargs: Any
) -> list[GroupContribution]:
    """Return what each group adds to a measure that is a mean over persons, in the order of the group's labels.

    Such measures are the Foster–Greer–Thorbecke family, `watts` and Alkire and Foster's `adjusted_headcount`. A
    relative line stays that of all.

    Args:
        measure: the measure.
        group:   [n] any labels.
        args:    what the measure takes: income, line, design.
        kwargs:  the same by name; `domain`, who is measured; None for everyone.

    Raises:
        MeasureError: the groups do not add up to the measure of all (a Gini index does not), lengths differ, or
            what the measure itself refuses.

    Formula: (N_g / N) · P_g, and its share (N_g / N) · P_g / P
    Unit: that of the measure; shares 0 to 1.
    Variance: influence, that of the group's size included.
    Source: Foster, Greer & Thorbecke (1984), Econometrica 52(3), 761-766, section 3.
    Checked against: the measure of all, to which contributions add up (tests/measures/test_poverty_groups.py).

    >>> from amparo.measures import poverty_headcount
    >>> design = SurveyDesign([1.0, 1.0, 2.0, 4.0])
    >>> found = contributions_by_group(poverty_headcount, ["n", "n", "s", "s"], [5.0, 20.0, 5.0, 20.0], 9.0, design)
    >>> [(each.group, each.poverty.value, each.contribution.value) for each in found]
    [('n', 0.5, 0.125), ('s', 0.3333333333333333, 0.25)]
    """
    labels, domain = np.asarray(group), kwargs.pop("domain", None)
    inside = np.ones(labels.shape, np.bool_) if domain is None else np.asarray(domain)
    if inside.shape != labels.shape:
        raise MeasureError(f"group has shape {labels.shape} and domain {inside.shape}; give one per row.")

    rows = np.flatnonzero(inside)
    known, place = labelled("group", labels[rows], rows.size)
    code = np.full(labels.shape, -1, np.intp)
    code[rows] = place
    everyone = measure.value(*args, domain=inside, **kwargs)

    def parts(*args: Any, code: Any, everyone: Any, poor: bool, **kwargs: Any) -> list[Linearised]:
        whole = measure.linearised(*args, domain=everyone, **kwargs)
        all_persons = size_of(whole.design, whole.rows)
        values = []
        for g in range(len(known)):
            own = measure.linearised(*args, domain=everyone & (code == g), **kwargs)
            persons = (size_of(own.design, own.rows) / all_persons).within(whole.rows)
            contribution = (own * persons).within(whole.rows)
            values += [persons, own, contribution, *([contribution / whole] if poor else [])]
        return values

    poor = everyone != 0
    each = iter(estimates(parts, *args, code=code, everyone=inside, poor=poor, **kwargs))
    found = [
        GroupContribution(label, next(each), next(each), next(each), next(each) if poor else None) for label in known
    ]
    added = sum(each.contribution.value for each in found)
    if abs(added - everyone) > 1e-9 * max(abs(everyone), 1e-9):
        raise MeasureError(
            f"the groups add up to {added:g} and all to {everyone:g}; only a mean over persons can be told by group."
        )
    return found


__all__ = ["GroupContribution", "contributions_by_group"]
