"""What a reform report says of a population, each figure with its standard error.

>>> from amparo.measures import SurveyDesign, change, gini, poverty_headcount
>>> design = SurveyDesign(weight=[2.0, 1.0, 1.0, 3.0], stratum=["n", "n", "s", "s"])
>>> poverty_headcount([40.0, 90.0, 150.0, 300.0], 100.0, design).value
0.42857142857142855
>>> round(change(gini, [40.0, 90.0, 150.0, 300.0], [60.0, 90.0, 150.0, 290.0], design).value, 4)
-0.04
"""

from amparo.measures.distribution import deciles, mean, median, quantile, quantile_groups, ratio, total
from amparo.measures.estimate import Estimate
from amparo.measures.grouped import Grouping, ratios_by_group
from amparo.measures.incidence import Incidence, winners_and_losers
from amparo.measures.inequality import (
    BinnedGini,
    atkinson,
    binned_gini,
    gini,
    mean_log_deviation,
    s80_s20,
    theil,
)
from amparo.measures.linearised import Linearised, Measure, change
from amparo.measures.poverty import (
    at_risk_of_poverty_rate,
    foster_greer_thorbecke,
    poverty_gap,
    poverty_headcount,
    relative_median_poverty_gap,
    squared_poverty_gap,
)
from amparo.measures.replication import ReplicateDesign, bootstrap, given_replicates, jackknife
from amparo.measures.survey import SurveyDesign, Weights

__all__ = [
    "BinnedGini",
    "Estimate",
    "Grouping",
    "Incidence",
    "Linearised",
    "Measure",
    "ReplicateDesign",
    "SurveyDesign",
    "Weights",
    "at_risk_of_poverty_rate",
    "atkinson",
    "binned_gini",
    "bootstrap",
    "change",
    "deciles",
    "foster_greer_thorbecke",
    "gini",
    "given_replicates",
    "jackknife",
    "mean",
    "mean_log_deviation",
    "median",
    "poverty_gap",
    "poverty_headcount",
    "quantile",
    "quantile_groups",
    "ratio",
    "ratios_by_group",
    "relative_median_poverty_gap",
    "s80_s20",
    "squared_poverty_gap",
    "theil",
    "total",
    "winners_and_losers",
]
