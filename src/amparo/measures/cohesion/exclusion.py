"""Poverty or social exclusion in the European Union's sense: its three parts, and each person once."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import around, mean, median
from amparo.measures.sampling.columns import plain
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.survey import Floats, Rows, Weights, labelled, numbers

HOUSEHOLD_ITEMS = (
    "unexpected_expense",
    "holiday",
    "arrears",
    "meal",
    "warm_home",
    "car",
    "furniture",
)
"""The seven items of deprivation that a household's members share."""
PERSONAL_ITEMS = ("internet", "clothes", "shoes", "pocket_money", "leisure", "meeting_friends")
"""The six items of deprivation asked of each person."""
LACKS_OF_SEVERE = 7


class KnownStatus(NamedTuple):
    """What is true of each person [n], and of whom it is known [n]; nothing is true where it is not known."""

    true: Rows
    known: Rows


class WorkIntensity(NamedTuple):
    """The share of the possible months that each person's household worked [n], and whether somebody could work [n].

    The share is NaN where nobody could, and where somebody could and the months of all of them are missing.
    """

    share: Floats
    applies: Rows


def severely_deprived(items: Mapping[str, ArrayLike]) -> KnownStatus:
    """Return who cannot afford at least 7 of the 13 items of material and social deprivation.

    A person is severely deprived once 7 lacks are known, is not once fewer than 7 remain possible, and is unknown
    in between: an answer that is missing is no answer, neither a lack nor its absence.

    Args:
        items: for each name of HOUSEHOLD_ITEMS (shared by the members) and PERSONAL_ITEMS, [n]: true or 1 where it
            cannot be afforded ("arrears": where there are some), NaN where missing. Persons under 16 are not asked
            for the personal ones: Eurostat gives them those that half the adults of their household lack.

    Raises:
        MeasureError: an item is missing or unknown, lengths differ, or a flag is not 0, 1 or NaN.

    Formula: lacks ≥ 7; unknown where missing answers could decide
    Unit: true or false, known or not.
    Variance: none: a status of each person.
    Source: Guio, Gordon & Marlier (2012), Measuring Material Deprivation in the EU, Eurostat; definition of 2021.
    Checked against: persons reckoned by hand (tests/measures/test_exclusion.py).

    >>> items = {name: [1, 1, 0] for name in HOUSEHOLD_ITEMS} | {name: [0, np.nan, 0] for name in PERSONAL_ITEMS}
    >>> severely_deprived(items).true.tolist()
    [True, True, False]
    """
    named = (*HOUSEHOLD_ITEMS, *PERSONAL_ITEMS)
    missing, strange = [name for name in named if name not in items], sorted(set(items) - set(named))
    if missing or strange:
        what = f"lack {', '.join(missing)}" if missing else f"have {', '.join(strange)}, which is none of them"
        raise MeasureError(f"the items of deprivation {what}; give all 13 of HOUSEHOLD_ITEMS and PERSONAL_ITEMS.")
    flags = {name: numbers(f"item {name}", items[name]) for name in named}
    shape = flags[named[0]].shape
    for name, flag in flags.items():
        bad = np.flatnonzero(~(np.isnan(flag) | (flag == 0) | (flag == 1)))
        if flag.shape != shape or len(shape) != 1 or bad.size:
            what = f"is {flag.flat[bad[0]]:g} at row {bad[0]}" if bad.size else f"has shape {flag.shape}, not {shape}"
            raise MeasureError(f"item {name} {what}; give 0, 1 or NaN for each person.")
    lacks, untold = np.zeros(shape), np.zeros(shape)
    for flag in flags.values():
        lacks += flag == 1
        untold += np.isnan(flag)
    true = lacks >= LACKS_OF_SEVERE
    return KnownStatus(true, true | (lacks + untold < LACKS_OF_SEVERE))


def work_intensity(
    household: ArrayLike,
    age: ArrayLike,
    months_worked: ArrayLike,
    *,
    student: ArrayLike,
    retired: ArrayLike,
    months_known: ArrayLike = 12,
) -> WorkIntensity:
    """Return the work intensity [n] of each person's household: months worked over months that could be worked.

    Counted are adults of 18 to 64, less students of 18 to 24 and the retired, in the months that are known.

    Args:
        household:     [n] any labels, the same for all members; every member has a row.
        age:           [n] completed years.
        months_worked: [n] months at work in the year, part-time in its share of full time; NaN where missing.
        student:       [n] booleans, students by their main activity.
        retired:       [n] booleans: who retired or has a pension of old age, and those of 60 to 64 whose
            household lives mainly on pensions.
        months_known:  [n] or one number: months of which the activity is known.

    Raises:
        MeasureError: lengths differ, an age or a label is missing, or more months are worked than known.

    Formula: months worked / months possible, of adults of 18–64 less students under 25 and the retired
    Unit: share of months, 0 to 1.
    Variance: none: a column.
    Source: Eurostat, EU-SILC methodology, work intensity, definition of 2021.
    Checked against: households reckoned by hand (tests/measures/test_exclusion.py).

    >>> no = [False] * 4
    >>> work_intensity(["a", "a", "a", "b"], [40, 38, 9, 70], [12, 0, 0, 0], student=no, retired=no).share.tolist()
    [0.5, 0.5, 0.5, nan]
    """
    years = numbers("age", age)
    homes, home_of = labelled("household", household, years.size)
    if not np.isfinite(years).all():
        row = np.flatnonzero(~np.isfinite(years))[0]
        raise MeasureError(f"age is {years[row]} at row {row}; fill it or leave out the whole household.")
    try:
        worked = np.broadcast_to(numbers("months_worked", months_worked), years.shape)
        known = np.broadcast_to(numbers("months_known", months_known), years.shape)
        studies, rests = (np.broadcast_to(np.asarray(plain(m), np.bool_), years.shape) for m in (student, retired))
    except ValueError as shape:
        raise MeasureError(f"months_worked, months_known, student and retired: {shape}; give one per row.") from shape
    bad = np.flatnonzero((worked > known) | (worked < 0))
    if bad.size:
        row = bad[0]
        raise MeasureError(f"months_worked is {worked[row]:g} of {known[row]:g} at row {row}; give 0 to months_known.")
    counted = (years >= 18) & (years <= 64) & ~(studies & (years <= 24)) & ~rests
    told = counted & np.isfinite(worked) & (known > 0)
    could = np.bincount(home_of, np.where(told, known, 0.0), len(homes))
    did = np.bincount(home_of, np.where(told, worked, 0.0), len(homes))
    with np.errstate(invalid="ignore"):
        return WorkIntensity((did / could)[home_of], np.bincount(home_of, counted, len(homes))[home_of] > 0)


@Measure
def severe_deprivation(
    items: Mapping[str, ArrayLike], design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of persons in severe material and social deprivation, who lack 7 of 13 items.

    `Estimate.excluded` counts the rows left out because answers that are missing could decide.

    Args:
        items:  the 13 items, as `severely_deprived` takes them.
        design: the sample; with the household as cluster at least.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: what `severely_deprived` refuses, or nobody's deprivation is known.

    Formula: Σ w·[lacks ≥ 7 of 13] / Σ w, where it is known
    Unit: share of persons, 0 to 1.
    Variance: influence.
    Source: Guio, Gordon & Marlier (2012), Measuring Material Deprivation in the EU, Eurostat; definition of 2021.
    Checked against: four persons reckoned by hand (tests/measures/test_exclusion.py).

    >>> from amparo.measures import HOUSEHOLD_ITEMS, PERSONAL_ITEMS
    >>> items = {name: [1, np.nan, 0, 0] for name in (*HOUSEHOLD_ITEMS, *PERSONAL_ITEMS)}
    >>> found = severe_deprivation(items, SurveyDesign([1.0] * 4))
    >>> round(found.value, 3), found.excluded
    (0.333, 1)
    """
    status = severely_deprived(items)
    _of_rows("items", status.known, design)
    return _share_known(status, design, design.rows(domain))


@Measure
def very_low_work_intensity(
    intensity: WorkIntensity, age: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of persons under 65 in households that worked at most a fifth of what they could.

    Households in which nobody could work are not measured. `Estimate.excluded` counts the members under 65 of those
    in which somebody could and the months are missing.

    Args:
        intensity: as `work_intensity` gives it.
        age:       [n] completed years.
        design:    the sample; with the household as cluster at least.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: an age is missing, or nobody under 65 lives in a household with an intensity.

    Formula: Σ w·[intensity ≤ 0.2] / Σ w, of ages under 65 in households where somebody could work
    Unit: share of persons, 0 to 1.
    Variance: influence.
    Source: Eurostat, EU-SILC methodology, persons in households with very low work intensity (table ilc_lvhl11n).
    Checked against: persons reckoned by hand (tests/measures/test_exclusion.py).

    >>> age, months, no = [30, 40, 70, 50], [2, 12, 0, np.nan], [False] * 4
    >>> intensity = work_intensity(["a", "b", "c", "d"], age, months, student=no, retired=no)
    >>> found = very_low_work_intensity(intensity, age, SurveyDesign([1.0] * 4))
    >>> found.value, found.excluded
    (0.5, 1)
    """
    rows = design.rows(domain)
    young = rows & (design.column("age", age, rows) < 65)
    return _share_known(_hardly_at_work(intensity), design, young & _of_rows("intensity", intensity.applies, design))


def _hardly_at_work(intensity: WorkIntensity) -> KnownStatus:
    return KnownStatus(intensity.share <= 0.2, np.isfinite(intensity.share))


def _of_rows(name: str, column: Rows, design: Weights) -> Rows:
    if column.shape != (len(design),):
        raise MeasureError(f"{name} has shape {column.shape}; give one value for each of {len(design)} rows.")
    return column


def _share_known(status: KnownStatus, design: Weights, rows: Rows) -> Linearised:
    """Return the share of a status among the rows in which it is known."""
    inside = rows & status.known
    left_out = int(np.sum(rows & ~status.known & (design.weight > 0)))
    if not design.weight[inside].any():
        raise MeasureError(f"the answer is missing for all {left_out} rows; nobody is left to be measured.")
    share = mean.linearised(status.true, design, domain=inside)
    return Linearised(share.value, share.influence, design, share.rows, left_out)


@Measure
def poverty_or_social_exclusion(
    income: ArrayLike,
    items: Mapping[str, ArrayLike],
    intensity: WorkIntensity,
    age: ArrayLike,
    design: Weights,
    *,
    share: float = 0.6,
    domain: ArrayLike | None = None,
) -> Linearised:
    """Return the share at risk of poverty or social exclusion (AROPE): poor, severely deprived or hardly at work.

    Each person counts once, whichever parts meet in them. One part that holds is enough; who is in none that is
    known while one is missing is left out and counted in `Estimate.excluded`. Work counts under 65 only, and not in
    households where nobody could work.

    Args:
        income:    [n] currency per equivalent adult; its median over all makes the line.
        items:     the 13 items of deprivation, as `severely_deprived` takes them.
        intensity: as `work_intensity` gives it.
        age:       [n] completed years.
        design:    the sample; with the household as cluster at least.
        share:     part of the median that makes the line, > 0.
        domain:    [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: what `severely_deprived` refuses, an income or age is missing, or nobody can be told.

    Formula: Σ w·[poor or deprived or hardly at work] / Σ w
    Unit: share of persons, 0 to 1.
    Variance: influence, that of the median included for those in no other part.
    Source: Eurostat, EU-SILC methodology, persons at risk of poverty or social exclusion (table ilc_peps01n).
    Checked against: a bootstrap of households of eusilc, for the error (tests/measures/test_exclusion.py).

    >>> from amparo.measures import HOUSEHOLD_ITEMS, PERSONAL_ITEMS
    >>> items = {name: [1, 1, 0, 0] for name in (*HOUSEHOLD_ITEMS, *PERSONAL_ITEMS)}
    >>> income, age, months, no = [1.0, 50.0, 60.0, 80.0], [30, 40, 50, 70], [1, 12, 12, 0], [False] * 4
    >>> intensity = work_intensity([1, 2, 3, 4], age, months, student=no, retired=no)
    >>> poverty_or_social_exclusion(income, items, intensity, age, SurveyDesign([1.0] * 4)).value
    0.5
    """
    rows = design.rows(domain)
    y, years = design.column("income", income, rows), design.column("age", age, rows)
    line = share * median.linearised(income, design)
    poor = rows & (y < line.value)
    deprived = severely_deprived(items)
    _of_rows("items", deprived.known, design)
    of_working_age = _of_rows("intensity", intensity.applies, design) & (years < 65)
    idle = _hardly_at_work(intensity)
    otherwise = deprived.true | (idle.true & of_working_age)
    in_none = deprived.known & (idle.known | ~of_working_age)
    inside = rows & (poor | otherwise | in_none)
    if not design.weight[inside].any():
        raise MeasureError("nobody's poverty or social exclusion can be told; check the items and the months.")
    excluded = sum_of((inside & (poor | otherwise)).astype(np.float64), design, inside) / size_of(design, inside)
    # Only who is in no other part comes in or goes out when the line moves.
    density, alone = around(y, design, inside, line.value, of=(~otherwise).astype(np.float64))
    found = (excluded + density * alone * (line - line.value)).within(inside)
    left_out = int(np.sum(rows & ~inside & (design.weight > 0)))
    return Linearised(found.value, found.influence, design, found.rows, left_out)
