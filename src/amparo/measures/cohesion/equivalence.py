"""Equivalence scales: by how many equivalent persons a household's income is divided."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.survey import Floats, labelled, numbers


@dataclass(frozen=True)
class EquivalenceScale:
    """What each member adds to the needs of a household: (1 + a·(adults − 1) + c·children)^e.

    The first member counts 1, an adult where there is one; in a household of children alone the first child does.

    Args:
        adult:    a ≥ 0, each further adult.
        child:    c ≥ 0, each child.
        below:    who is younger, in years, is a child.
        exponent: e in (0, 1], applied to the sum.

    Raises:
        MeasureError: a part of the scale is negative, or the exponent lies outside (0, 1].

    Source: Eurostat (2021), EU-SILC methodology, equivalised income; Buhmann et al. (1988), Review of Income and
        Wealth 34, 115-142, for powers of the size.

    >>> EquivalenceScale(adult=1.0, child=1.0, exponent=0.7)  # of CASEN
    EquivalenceScale(adult=1.0, child=1.0, below=14, exponent=0.7)
    """

    adult: float
    child: float
    below: int = 14
    exponent: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a scale under which a further member could make a household need less."""
        if not (self.adult >= 0 and self.child >= 0 and 0 < self.exponent <= 1):
            raise MeasureError(
                f"an equivalence scale has adult {self.adult}, child {self.child} and exponent {self.exponent}; "
                "give parts of zero or above and an exponent above 0 and up to 1."
            )


OECD_MODIFIED = EquivalenceScale(adult=0.5, child=0.3)
"""1, 0.5 for each further person from 14, 0.3 for each child: the European Union's scale."""
OECD_ORIGINAL = EquivalenceScale(adult=0.7, child=0.5)
"""1, 0.7, 0.5: the scale of Oxford, of the OECD until the nineties."""
SQUARE_ROOT = EquivalenceScale(adult=1.0, child=1.0, exponent=0.5)
"""The square root of the number of members."""
PER_PERSON = EquivalenceScale(adult=1.0, child=1.0)
"""The number of members."""


def equivalent_persons(household: ArrayLike, age: ArrayLike, scale: EquivalenceScale = OECD_MODIFIED) -> Floats:
    """Return the equivalent persons [n] of each person's household, by which its total income is divided.

    Args:
        household: [n] any labels, the same for all members; every member has a row.
        age:       [n] completed years.
        scale:     OECD_MODIFIED (the European Union's) unless told; OECD_ORIGINAL (1, 0.7, 0.5), SQUARE_ROOT,
            PER_PERSON, or one of your own.

    Raises:
        MeasureError: lengths differ, a label is missing, or an age is missing or negative.

    Formula: (1 + a·(adults − 1) + c·children)^e
    Unit: equivalent persons.
    Variance: none: a column.
    Source: Hagenaars, de Vos & Zaidi (1994), Poverty Statistics in the Late 1980s, Eurostat.
    Checked against: the equivalised sizes of eusilc (tests/measures/test_equivalence.py).

    >>> equivalent_persons(["a", "a", "a", "b"], [40, 38, 9, 70]).tolist()
    [1.8, 1.8, 1.8, 1.0]
    """
    ages = numbers("age", age)
    homes, home_of = labelled("household", household, ages.size)
    bad = np.flatnonzero(~(np.isfinite(ages) & (ages >= 0)))
    if bad.size:
        raise MeasureError(
            f"age has {bad.size} missing or negative values, the first {ages[bad[0]]} at row {bad[0]}; "
            "fill them or leave out the whole household."
        )
    children = np.bincount(home_of, ages < scale.below, len(homes))
    adults = np.bincount(home_of, minlength=len(homes)) - children
    further = scale.adult * np.maximum(adults - 1, 0) + scale.child * (children - (adults == 0))
    needs: Floats = ((1 + further) ** scale.exponent)[home_of]
    return needs
