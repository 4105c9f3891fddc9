"""What a reform report says of a population, each figure with its standard error.

>>> from amparo.measures import SurveyDesign, change, gini, poverty_headcount
>>> design = SurveyDesign(weight=[2.0, 1.0, 1.0, 3.0], stratum=["n", "n", "s", "s"])
>>> poverty_headcount([40.0, 90.0, 150.0, 300.0], 100.0, design).value
0.42857142857142855
>>> round(change(gini, [40.0, 90.0, 150.0, 300.0], [60.0, 90.0, 150.0, 290.0], design).value, 4)
-0.04
"""

from amparo.measures.cohesion.equivalence import (
    OECD_MODIFIED,
    OECD_ORIGINAL,
    PER_PERSON,
    SQUARE_ROOT,
    EquivalenceScale,
    equivalent_persons,
)
from amparo.measures.cohesion.exclusion import (
    HOUSEHOLD_ITEMS,
    PERSONAL_ITEMS,
    KnownStatus,
    WorkIntensity,
    poverty_or_social_exclusion,
    severe_deprivation,
    severely_deprived,
    very_low_work_intensity,
    work_intensity,
)
from amparo.measures.cohesion.frameworks import Framework, Indicator, Measurable, framework
from amparo.measures.cohesion.laeken import (
    anchored_at_risk_of_poverty_rate,
    at_risk_of_poverty_rate_before_transfers,
    in_work_at_risk_of_poverty_rate,
    laeken_income_indicators,
)
from amparo.measures.distribution import deciles, mean, median, quantile, quantile_groups, ratio, total
from amparo.measures.incidence.concentration import (
    ConcentrationCurve,
    coady_grosh_hoddinott,
    concentration_coefficient,
    concentration_curve,
    concentration_ordinate,
    suits,
)
from amparo.measures.incidence.concepts import IncomeConcepts, income_concepts
from amparo.measures.incidence.contributions import marginal_contribution, shapley_gini, shapley_poverty
from amparo.measures.incidence.effectiveness import (
    poverty_gap_efficiency,
    poverty_reduction_efficiency,
    spillover,
    vertical_expenditure_efficiency,
)
from amparo.measures.incidence.fiscal import FiscalStage, InstrumentIncidence, fiscal_incidence, instrument_incidence
from amparo.measures.incidence.impoverishment import fiscal_gains_to_the_poor, fiscal_impoverishment
from amparo.measures.incidence.progressivity import kakwani, redistributive_effect, reranking, reynolds_smolensky
from amparo.measures.incidence.reform import Incidence, winners_and_losers
from amparo.measures.incidence.targeting import (
    GroupIncidence,
    adequacy,
    benefit_incidence,
    coverage,
    leakage,
    under_coverage,
)
from amparo.measures.inequality.indices import (
    BinnedGini,
    atkinson,
    binned_gini,
    gini,
    mean_log_deviation,
    s80_s20,
    theil,
)
from amparo.measures.poverty.foster import (
    at_risk_of_poverty_rate,
    foster_greer_thorbecke,
    poverty_gap,
    poverty_headcount,
    relative_median_poverty_gap,
    squared_poverty_gap,
)
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.grouped import Grouping, ratios_by_group
from amparo.measures.sampling.linearised import Linearised, Measure, change
from amparo.measures.sampling.replication import ReplicateDesign, bootstrap, given_replicates, jackknife
from amparo.measures.sampling.survey import SurveyDesign, Weights

__all__ = [
    "HOUSEHOLD_ITEMS",
    "OECD_MODIFIED",
    "OECD_ORIGINAL",
    "PERSONAL_ITEMS",
    "PER_PERSON",
    "SQUARE_ROOT",
    "BinnedGini",
    "ConcentrationCurve",
    "EquivalenceScale",
    "Estimate",
    "FiscalStage",
    "Framework",
    "GroupIncidence",
    "Grouping",
    "Incidence",
    "IncomeConcepts",
    "Indicator",
    "InstrumentIncidence",
    "KnownStatus",
    "Linearised",
    "Measurable",
    "Measure",
    "ReplicateDesign",
    "SurveyDesign",
    "Weights",
    "WorkIntensity",
    "adequacy",
    "anchored_at_risk_of_poverty_rate",
    "at_risk_of_poverty_rate",
    "at_risk_of_poverty_rate_before_transfers",
    "atkinson",
    "benefit_incidence",
    "binned_gini",
    "bootstrap",
    "change",
    "coady_grosh_hoddinott",
    "concentration_coefficient",
    "concentration_curve",
    "concentration_ordinate",
    "coverage",
    "deciles",
    "equivalent_persons",
    "fiscal_gains_to_the_poor",
    "fiscal_impoverishment",
    "fiscal_incidence",
    "foster_greer_thorbecke",
    "framework",
    "gini",
    "given_replicates",
    "in_work_at_risk_of_poverty_rate",
    "income_concepts",
    "instrument_incidence",
    "jackknife",
    "kakwani",
    "laeken_income_indicators",
    "leakage",
    "marginal_contribution",
    "mean",
    "mean_log_deviation",
    "median",
    "poverty_gap",
    "poverty_gap_efficiency",
    "poverty_headcount",
    "poverty_or_social_exclusion",
    "poverty_reduction_efficiency",
    "quantile",
    "quantile_groups",
    "ratio",
    "ratios_by_group",
    "redistributive_effect",
    "relative_median_poverty_gap",
    "reranking",
    "reynolds_smolensky",
    "s80_s20",
    "severe_deprivation",
    "severely_deprived",
    "shapley_gini",
    "shapley_poverty",
    "spillover",
    "squared_poverty_gap",
    "suits",
    "theil",
    "total",
    "under_coverage",
    "vertical_expenditure_efficiency",
    "very_low_work_intensity",
    "winners_and_losers",
    "work_intensity",
]
