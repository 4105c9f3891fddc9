"""Amounts weighed by the rank of those who have them: what Gini, concentration and Suits indices are made of."""

import numpy as np
from numpy.typing import NDArray

from amparo.measures.sampling.linearised import Linearised
from amparo.measures.sampling.sums import dot
from amparo.measures.sampling.survey import Floats, Rows, Weights


def ranked(b: Floats, mass: Floats, x: Floats, design: Weights, rows: Rows) -> Linearised:
    """Return Σᵢ wᵢ·bᵢ·(M(<xᵢ) + M(≤xᵢ)), M being the weighted mass of those below or up to a welfare x.

    With a mass of 1 for each person, M counts persons; with their income, it is income. Equals share a rank.

    Args:
        b:      [n] amounts, checked and zero outside the rows.
        mass:   [n] likewise.
        x:      [n] what ranks persons.
        design: the sample.
        rows:   [n] who is measured.
    """
    order, start, end = _places(x, design, rows)
    w = design.weight[order]
    up_to = np.concatenate([[0.0], np.cumsum(w * mass[order])])
    had = np.concatenate([[0.0], np.cumsum(w * b[order])])
    below_and_up_to = up_to[start] + up_to[end]
    above_and_from = 2 * had[-1] - had[end] - had[start]
    influence = np.zeros(len(design))
    influence[order] = b[order] * below_and_up_to + mass[order] * above_and_from
    return Linearised(dot(w * b[order], below_and_up_to), influence, design, rows)


def _places(x: Floats, design: Weights, rows: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows by rising welfare, and for each where its equals begin and end in that order."""
    order, rising = design.ascending(x, rows)
    new = np.flatnonzero(np.diff(rising, prepend=np.nan) != 0)
    group = np.cumsum(np.bincount(new, minlength=order.size)) - 1
    ends = np.append(new[1:], order.size)
    return order, new[group], ends[group]
