"""Where inequality comes from: how much of the Gini index each source of income accounts for."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.inequality.gini import gini
from amparo.measures.inequality.incomes import positive_total
from amparo.measures.inequality.ranks import ranked
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Linearised, estimates, size_of, sum_of
from amparo.measures.sampling.sums import dot
from amparo.measures.sampling.survey import Floats, Rows, Weights


class SourceContribution(NamedTuple):
    """What a source of income adds to the Gini index of all income.

    `share` of all income S; `gini` of the source alone G_k and `correlation` R_k of its receipt with the rank by all
    income (None where the source has no total above zero, as a tax, or is the same for all); `contribution`
    S·G_k·R_k, which sums to the Gini index over sources; `part`, the same over the index, which sums to 1; and
    `marginal_effect`, by how much the index rises per proportional rise of the source: a hundredth of it for 1 %.
    """

    source: str
    share: Estimate
    gini: Estimate | None
    correlation: Estimate | None
    contribution: Estimate
    part: Estimate | None
    marginal_effect: Estimate


def gini_by_source(
    sources: Mapping[str, ArrayLike], design: Weights, *, domain: ArrayLike | None = None
) -> list[SourceContribution]:
    """Return what each source of income adds to the Gini index of their sum, in the order given.

    Args:
        sources: [n] currency for each source; they sum to income. Taxes and contributions are below zero.
        design:  the sample.
        domain:  [n] booleans, among whom it is measured; None for everyone.

    Raises:
        MeasureError: no source, total income ≤ 0, a value is missing, or the domain is empty.

    Formula: G = Σ_k S_k·G_k·R_k, with S_k·G_k·R_k = Σ w·x_k·(2F(y) − 1) / Y; marginal effect S_k·(G_k·R_k − G)
    Unit: shares 0 to 1, correlations −1 to 1, contributions that of the Gini index.
    Variance: influence, that of the ranks included.
    Source: Lerman & Yitzhaki (1985), Review of Economics and Statistics 67(1), 151-156; Stark, Taylor & Yitzhaki
        (1986), Economic Journal 96, 722-740.
    Checked against: `gini`, to which contributions add up, a jackknife of clusters, and sources scaled one by one
        (tests/measures/test_sources.py).

    >>> found = gini_by_source({"work": [10.0, 20.0, 70.0], "pension": [10.0, 10.0, 0.0]}, SurveyDesign([1.0] * 3))
    >>> [(each.source, round(each.contribution.value, 4)) for each in found]
    [('work', 0.3333), ('pension', -0.0556)]
    """
    if not sources:
        raise MeasureError("there is no source; give at least one column of income.")
    rows = design.rows(domain)
    columns = {name: design.column(name, values, rows) for name, values in sources.items()}
    income = np.asarray(sum(columns.values()), np.float64)
    unequal = gini.value(income, design, domain=rows) > 0
    own = {name: _has_gini(column, design, rows) for name, column in columns.items()}

    def found(columns: Mapping[str, Floats], income: Floats, design: Weights, *, domain: Rows) -> list[Linearised]:
        rows = design.rows(domain)
        whole = gini.linearised(income, design, domain=rows)
        earned = positive_total(sum_of(design.column("income", income, rows), design, rows))
        values = []
        for name, given in columns.items():
            column = design.column(name, given, rows)
            by_income = _ranked(column, income, design, rows)
            share, contribution = sum_of(column, design, rows) / earned, by_income / earned
            values += [share, contribution, contribution - share * whole]
            values += [contribution / whole] if unequal else []
            if own[name]:
                values += [
                    gini.linearised(column, design, domain=rows),
                    by_income / _ranked(column, column, design, rows),
                ]
        return values

    each = iter(estimates(found, columns, income, design, domain=rows))
    contributions = []
    for name in columns:
        share, contribution, marginal = next(each), next(each), next(each)
        part = next(each) if unequal else None
        alone, correlation = (next(each), next(each)) if own[name] else (None, None)
        contributions.append(SourceContribution(name, share, alone, correlation, contribution, part, marginal))
    return contributions


def _has_gini(column: Floats, design: Weights, rows: Rows) -> bool:
    counted = column[rows & (design.weight > 0)]
    return bool(dot(design.weight[rows], column[rows]) > 0 and counted.min() < counted.max())


def _ranked(x: Floats, income: Floats, design: Weights, rows: Rows) -> Linearised:
    """Return Σ w·x·(2F − 1), with F the rank by income: persons below over all, equals counting half."""
    mass = rows.astype(np.float64)
    return ranked(x, mass, income, design, rows) / size_of(design, rows) - sum_of(x, design, rows)


__all__ = ["SourceContribution", "gini_by_source"]
