"""How far taxes and benefits depart from proportion, and what that does to inequality."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.incidence.concentration import concentration_coefficient
from amparo.measures.inequality.gini import gini
from amparo.measures.sampling.linearised import Linearised, Measure
from amparo.measures.sampling.survey import Weights

Kind = Literal["tax", "benefit"]


@Measure
def kakwani(
    amount: ArrayLike, income: ArrayLike, design: Weights, *, of: Kind = "benefit", domain: ArrayLike | None = None
) -> Linearised:
    """Return the Kakwani index of a tax or a benefit: above zero it is progressive, at zero in proportion to income.

    A progressive benefit need not be pro-poor: it is so when its `concentration_coefficient` is below zero too, which
    is when the index passes the Gini of income.

    Args:
        amount: [n] what each pays or receives, ≥ 0, any unit.
        income: [n] currency, before the tax or the benefit.
        design: the sample.
        of:     "benefit" or "tax": which sign means progressive.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: another word than those two, amounts or incomes total zero or less, a value is missing, or the
            domain is empty.

    Formula: C(tax) − G(income), or G(income) − C(benefit), both ranked by income
    Unit: none, −1 − G to 1 − G for a tax, G − 1 to G + 1 for a benefit.
    Variance: influence of the difference.
    Source: Kakwani (1977), Economic Journal 87, 71-80; Lustig, ed. (2018), Commitment to Equity Handbook, chapter 1,
        for the sign of benefits.
    Checked against: the identity of Kakwani with `reynolds_smolensky`, and a jackknife of CASEN 1990 (error)
        (tests/measures/test_concentration.py,
        tests/measures/test_casen1990.py).

    >>> kakwani([2.0, 0.0], [1.0, 3.0], SurveyDesign([1.0, 1.0])).value
    0.75
    """
    if of not in get_args(Kind):
        raise MeasureError(f"of is {of!r}; it is one of {', '.join(get_args(Kind))}.")
    spread = concentration_coefficient.linearised(amount, income, design, domain=domain)
    inequality = gini.linearised(income, design, domain=domain)
    return spread - inequality if of == "tax" else inequality - spread


@Measure
def redistributive_effect(
    before: ArrayLike, after: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return by how much taxes and benefits lower the Gini index; it is `reynolds_smolensky` less `reranking`.

    Args:
        before: [n] income without them, currency.
        after:  [n] income with them, same unit.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: incomes total zero or less, a value is missing, or the domain is empty.

    Formula: G(before) − G(after)
    Unit: points of the Gini index, 0.01 is one Gini point.
    Variance: influence of the difference, person by person.
    Source: Musgrave & Thin (1948), Journal of Political Economy 56, 498-514; Lambert (2001), The Distribution and
        Redistribution of Income, chapter 2.
    Checked against: its two parts (they add up), and a jackknife of CASEN 1990 (error)
        (tests/measures/test_concentration.py, tests/measures/test_casen1990.py).

    >>> redistributive_effect([0.0, 8.0], [2.0, 6.0], SurveyDesign([1.0, 1.0])).value
    0.25
    """
    return gini.linearised(before, design, domain=domain) - gini.linearised(after, design, domain=domain)


@Measure
def reynolds_smolensky(
    before: ArrayLike, after: ArrayLike, design: Weights, *, domain: ArrayLike | None = None
) -> Linearised:
    """Return the Reynolds–Smolensky index: what redistribution does from rich to poor, everyone kept in their rank.

    It is the vertical effect. For a tax of rate t of all income it is t/(1 − t) times `kakwani`; for benefits that
    are b of all income, b/(1 + b) times.

    Args:
        before: [n] income without taxes and benefits, currency.
        after:  [n] income with them, same unit.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: incomes total zero or less, a value is missing, or the domain is empty.

    Formula: G(before) − C(after, ranked by before)
    Unit: points of the Gini index.
    Variance: influence of the difference, that of the ranks included.
    Source: Reynolds & Smolensky (1977), Public Expenditures, Taxes, and the Distribution of Income; Kakwani (1984),
        Advances in Econometrics 3, 149-168, for the two parts.
    Checked against: the identity of Kakwani, and a jackknife of CASEN 1990 (error)
        (tests/measures/test_concentration.py, tests/measures/test_casen1990.py).

    >>> reynolds_smolensky([0.0, 8.0], [6.0, 2.0], SurveyDesign([1.0, 1.0])).value
    0.75
    """
    ordered = concentration_coefficient.linearised(after, before, design, domain=domain)
    return gini.linearised(before, design, domain=domain) - ordered


@Measure
def reranking(before: ArrayLike, after: ArrayLike, design: Weights, *, domain: ArrayLike | None = None) -> Linearised:
    """Return the Atkinson–Plotnick reranking: the equality lost because persons pass each other. It is never negative.

    Args:
        before: [n] income without taxes and benefits, currency.
        after:  [n] income with them, same unit.
        design: the sample.
        domain: [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: incomes total zero or less, a value is missing, or the domain is empty.

    Formula: G(after) − C(after, ranked by before)
    Unit: points of the Gini index, ≥ 0.
    Variance: influence of the difference; near zero its interval is wide of the truth, for it cannot be negative.
    Source: Atkinson (1980), in Aaron & Boskin, The Economics of Taxation; Plotnick (1981), Review of Economics and
        Statistics 63, 283-288.
    Checked against: `reynolds_smolensky` less `redistributive_effect`, and a jackknife of CASEN 1990 (error)
        (tests/measures/test_concentration.py,
        tests/measures/test_casen1990.py).

    >>> reranking([0.0, 8.0], [6.0, 2.0], SurveyDesign([1.0, 1.0])).value
    0.5
    """
    rows = design.rows(domain)
    # A rank that taxes and benefits make equal counts for neither: no reranking.
    ordered = concentration_coefficient.linearised(after, np.asarray(before), design, domain=rows)
    return gini.linearised(after, design, domain=rows) - ordered


__all__ = ["kakwani", "redistributive_effect", "reranking", "reynolds_smolensky"]
