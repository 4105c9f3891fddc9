"""Whom a benefit reaches and whom it misses, how much it gives, and to whom the money goes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.grouped import Grouping
from amparo.measures.sampling.linearised import Linearised, Measure, size_of, sum_of
from amparo.measures.sampling.replication import ReplicateDesign
from amparo.measures.sampling.survey import Rows, SurveyDesign, Weights


@Measure
def coverage(
    amount: ArrayLike, design: Weights, *, target: ArrayLike | None = None, domain: ArrayLike | None = None
) -> Linearised:
    """Return the share of the persons whom a programme is for that it reaches.

    Args:
        amount: [n] what each receives, or whether; who has more than zero is reached.
        design: the sample.
        target: [n] booleans, whom it is for; None for everyone.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody is in the target, a value is missing, or the domain is empty.

    Formula: Σ w·[b > 0, target] / Σ w·[target]
    Unit: share, 0 to 1.
    Variance: influence.
    Source: Coady, Grosh & Hoddinott (2004), Targeting of Transfers in Developing Countries, World Bank, chapter 2;
        World Bank, ASPIRE, for the name.
    Checked against: a survey ratio of two totals in svy (tests/measures/test_targeting.py).

    >>> coverage([5.0, 0.0, 3.0], SurveyDesign([1.0] * 3), target=[True, True, False]).value
    0.5
    """
    rows, aimed = _target(design, target, domain)
    reached = design.column("amount", amount, rows) > 0
    return (sum_of((reached & aimed).astype(np.float64), design, rows) / size_of(design, aimed)).within(aimed)


@Measure
def under_coverage(
    amount: ArrayLike, design: Weights, *, target: ArrayLike | None = None, domain: ArrayLike | None = None
) -> Linearised:
    """Return the exclusion error: the share of the persons whom a programme is for that it misses.

    Args:
        amount: [n] what each receives, or whether; who has more than zero is reached.
        design: the sample.
        target: [n] booleans, whom it is for; None for everyone.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody is in the target, a value is missing, or the domain is empty.

    Formula: 1 − `coverage`
    Unit: share, 0 to 1.
    Variance: influence.
    Source: Cornia & Stewart (1993), Journal of International Development 5, 459-496 (F-mistakes); Coady, Grosh &
        Hoddinott (2004), Targeting of Transfers in Developing Countries, World Bank, chapter 2.
    Checked against: `coverage`, whose complement it is (tests/measures/test_targeting.py).

    >>> under_coverage([5.0, 0.0, 0.0, 3.0], SurveyDesign([1.0] * 4), target=[True, True, True, False]).value
    0.6666666666666667
    """
    return 1 - coverage.linearised(amount, design, target=target, domain=domain)


@Measure
def leakage(amount: ArrayLike, design: Weights, *, target: ArrayLike, domain: ArrayLike | None = None) -> Linearised:
    """Return the inclusion error: the share of the spending, or of those reached, that is not for the target.

    Amounts give the share of the spending that leaks; booleans (`amount > 0`) the share of the persons reached who
    are outside the target.

    Args:
        amount: [n] what each receives, currency, or whether; ≥ 0.
        design: the sample.
        target: [n] booleans, whom it is for.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody receives, nobody is in the target, a value is missing, or the domain is empty.

    Formula: Σ w·b·[not target] / Σ w·b
    Unit: share, 0 to 1.
    Variance: influence.
    Source: Cornia & Stewart (1993), Journal of International Development 5, 459-496 (E-mistakes); Coady, Grosh &
        Hoddinott (2004), Targeting of Transfers in Developing Countries, World Bank, chapter 2.
    Checked against: the shares of `benefit_incidence` by poverty status of CASEN 1990
        (tests/measures/test_casen1990.py).

    >>> leakage([6.0, 0.0, 2.0], SurveyDesign([1.0] * 3), target=[True, True, False]).value
    0.25
    """
    rows, aimed = _target(design, target, domain)
    b = design.column("amount", amount, rows)
    return sum_of(np.where(aimed, 0.0, b), design, rows) / sum_of(b, design, rows)


@Measure
def adequacy(amount: ArrayLike, income: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return what a benefit is of the income of those who receive it.

    Args:
        amount: [n] what each receives, currency; a household's amount spread over its members, as its income is.
        income: [n] same unit, the benefit included.
        design: the sample.
        domain: [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: nobody receives, a value is missing, or the domain is empty.

    Formula: Σ w·b / Σ w·y·[b > 0]
    Unit: share of income.
    Variance: influence.
    Source: World Bank, ASPIRE, adequacy of benefits; Grosh, del Ninno, Tesliuc & Ouerghi (2008), For Protection and
        Promotion, World Bank, chapter 6.
    Checked against: a survey ratio of two totals in svy (tests/measures/test_targeting.py).

    >>> adequacy([5.0, 0.0, 5.0], [20.0, 90.0, 30.0], SurveyDesign([1.0] * 3)).value
    0.2
    """
    rows = design.rows(domain)
    b, y = design.column("amount", amount, rows), design.column("income", income, rows)
    return sum_of(b, design, rows) / sum_of(np.where(b > 0, y, 0.0), design, rows)


class GroupIncidence(NamedTuple):
    """What a benefit does in one group of persons; None where a share has nothing to be a share of.

    Args:
        group:         its label.
        coverage:      share of the group's persons who are reached.
        beneficiaries: share of all persons reached who are in the group (beneficiaries' incidence).
        spending:      share of all spending that goes to the group (benefits' incidence).
        mean_benefit:  currency for each person of the group, those who receive nothing included.
        generosity:    currency for each person reached.
        adequacy:      the benefit over the income of those reached.
        relative:      the benefit over the income of the whole group (relative incidence).
    """

    group: Any
    coverage: Estimate | None
    beneficiaries: Estimate | None
    spending: Estimate | None
    mean_benefit: Estimate | None
    generosity: Estimate | None
    adequacy: Estimate | None
    relative: Estimate | None


def benefit_incidence(
    amount: ArrayLike,
    income: ArrayLike,
    design: SurveyDesign | ReplicateDesign,
    *,
    group: ArrayLike | Grouping,
    domain: ArrayLike | None = None,
) -> list[GroupIncidence]:
    """Return the incidence of a benefit by group: coverage, shares of persons and spending, generosity, adequacy.

    Groups count as given: where they are `deciles` of the same sample, the uncertainty of their limits is not in the
    errors (`concentration_curve` has it).

    Args:
        amount: [n] what each receives, currency, ≥ 0; a household's amount spread over its members.
        income: [n] same unit, the benefit included.
        design: the sample, or its replicates.
        group:  [n] any labels: `deciles` before the benefit, sex, region; or a `Grouping` made ready before.
        domain: [n] booleans, who is measured; None for everyone (with a `Grouping`, its own domain holds).

    Raises:
        MeasureError: an amount below zero, a value is missing, lengths differ, or the domain is empty.

    Formula: coverage Σ w·[b > 0]/Σ w, shares Σ_g w·b/Σ w·b, generosity Σ w·b/Σ w·[b > 0], adequacy Σ w·b/Σ w·y·[b > 0]
    Unit: shares, and currency for mean benefit and generosity.
    Variance: influence, groups taken as given.
    Source: World Bank, ASPIRE and ADePT Social Protection, performance indicators; Demery (2003), in Bourguignon &
        Pereira da Silva, The Impact of Economic Policies on Poverty and Income Distribution, chapter 2.
    Checked against: `coverage`, `leakage` and `adequacy`, group by group, and the deciles that the file of CASEN
        1990 has (tests/measures/test_casen1990.py).

    >>> design = SurveyDesign([1.0] * 4)
    >>> poor, rich = benefit_incidence([4.0, 0.0, 2.0, 0.0], [8.0, 4.0, 20.0, 60.0], design, group=[1, 1, 2, 2])
    >>> [round(each.value, 2) for each in poor[1:]]
    [0.5, 0.5, 0.67, 2.0, 4.0, 0.5, 0.33]
    """
    groups = group if isinstance(group, Grouping) else Grouping(group, design, domain=domain)
    b, y = groups.column("amount", amount), groups.column("income", income)
    if (b < 0).any():
        raise MeasureError(f"amount goes down to {b.min():g}; a benefit is zero or above (turn the sign of a tax).")
    money, earned = groups.weighed("amount", b), groups.weighed("income", y)
    reached, theirs = groups.weighed("amount", b > 0), groups.weighed("income", np.where(b > 0, y, 0.0))
    parts = (
        groups.means(reached),
        groups.shares(reached),
        groups.shares(money),
        groups.means(money),
        groups.ratios(money, reached),
        groups.ratios(money, theirs),
        groups.ratios(money, earned),
    )
    return [GroupIncidence(label, *(part[label] for part in parts)) for label in groups.labels]


def _target(design: Weights, target: ArrayLike | None, domain: ArrayLike | None) -> tuple[Rows, Rows]:
    """Return the rows measured and those of them whom a programme is for."""
    rows = design.rows(domain)
    if target is None:
        return rows, rows
    wanted = np.asarray(target)
    if wanted.dtype != np.bool_ or wanted.shape != rows.shape:
        raise MeasureError(
            f"target is {wanted.dtype} of shape {wanted.shape}; give a boolean for each of {len(design)} rows."
        )
    aimed: Rows = rows & wanted
    if not design.weight[aimed].any():
        raise MeasureError("target holds nobody of the domain: no row of it has a weight above zero; widen it.")
    return rows, aimed
