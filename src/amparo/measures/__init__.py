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
from amparo.measures.inequality.atkinson import atkinson
from amparo.measures.inequality.bins import BinnedGini, binned_gini
from amparo.measures.inequality.entropy import generalised_entropy, j_divergence, mean_log_deviation, theil
from amparo.measures.inequality.entropy_groups import EntropyDecomposition, GroupEntropy, entropy_by_group
from amparo.measures.inequality.gini import gini
from amparo.measures.inequality.lorenz import LorenzCurve, generalised_lorenz_ordinate, lorenz_curve, lorenz_ordinate
from amparo.measures.inequality.polarisation import wolfson
from amparo.measures.inequality.shares import palma, percentile_ratio, s80_s20
from amparo.measures.inequality.sources import SourceContribution, gini_by_source
from amparo.measures.inequality.zenga import zenga
from amparo.measures.poverty.changes import PovertyChange, datt_ravallion, shapley_poverty_change
from amparo.measures.poverty.foster import (
    foster_greer_thorbecke,
    poverty_deficit,
    poverty_gap,
    poverty_headcount,
    squared_poverty_gap,
)
from amparo.measures.poverty.groups import GroupContribution, contributions_by_group
from amparo.measures.poverty.lines import RelativeLine, at_risk_of_poverty_threshold
from amparo.measures.poverty.multidimensional import (
    DimensionPoverty,
    MultidimensionalPoverty,
    adjusted_headcount,
    alkire_foster,
    censored_headcount,
    deprivation_score,
    multidimensional_headcount,
    multidimensional_intensity,
)
from amparo.measures.poverty.persistent import persistent_at_risk_of_poverty_rate
from amparo.measures.poverty.relative import (
    at_risk_of_poverty_rate,
    median_income_of_the_poor,
    relative_median_poverty_gap,
)
from amparo.measures.poverty.watts import watts
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
    "DimensionPoverty",
    "EntropyDecomposition",
    "EquivalenceScale",
    "Estimate",
    "FiscalStage",
    "Framework",
    "GroupContribution",
    "GroupEntropy",
    "GroupIncidence",
    "Grouping",
    "Incidence",
    "IncomeConcepts",
    "Indicator",
    "InstrumentIncidence",
    "KnownStatus",
    "Linearised",
    "LorenzCurve",
    "Measurable",
    "Measure",
    "MultidimensionalPoverty",
    "PovertyChange",
    "RelativeLine",
    "ReplicateDesign",
    "SourceContribution",
    "SurveyDesign",
    "Weights",
    "WorkIntensity",
    "adequacy",
    "adjusted_headcount",
    "alkire_foster",
    "anchored_at_risk_of_poverty_rate",
    "at_risk_of_poverty_rate",
    "at_risk_of_poverty_rate_before_transfers",
    "at_risk_of_poverty_threshold",
    "atkinson",
    "benefit_incidence",
    "binned_gini",
    "bootstrap",
    "censored_headcount",
    "change",
    "coady_grosh_hoddinott",
    "concentration_coefficient",
    "concentration_curve",
    "concentration_ordinate",
    "contributions_by_group",
    "coverage",
    "datt_ravallion",
    "deciles",
    "deprivation_score",
    "entropy_by_group",
    "equivalent_persons",
    "fiscal_gains_to_the_poor",
    "fiscal_impoverishment",
    "fiscal_incidence",
    "foster_greer_thorbecke",
    "framework",
    "generalised_entropy",
    "generalised_lorenz_ordinate",
    "gini",
    "gini_by_source",
    "given_replicates",
    "in_work_at_risk_of_poverty_rate",
    "income_concepts",
    "instrument_incidence",
    "j_divergence",
    "jackknife",
    "kakwani",
    "laeken_income_indicators",
    "leakage",
    "lorenz_curve",
    "lorenz_ordinate",
    "marginal_contribution",
    "mean",
    "mean_log_deviation",
    "median",
    "median_income_of_the_poor",
    "multidimensional_headcount",
    "multidimensional_intensity",
    "palma",
    "percentile_ratio",
    "persistent_at_risk_of_poverty_rate",
    "poverty_deficit",
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
    "shapley_poverty_change",
    "spillover",
    "squared_poverty_gap",
    "suits",
    "theil",
    "total",
    "under_coverage",
    "vertical_expenditure_efficiency",
    "very_low_work_intensity",
    "watts",
    "winners_and_losers",
    "wolfson",
    "work_intensity",
    "zenga",
]
