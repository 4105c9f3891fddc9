"""Inequality and poverty along the chain of income concepts, and what each tax and benefit has to do with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import ArrayLike

from amparo.errors import MeasureError
from amparo.measures.distribution import mean, ratio
from amparo.measures.incidence.concepts import CHAIN, COMPONENTS, CONCEPTS, IncomeConcepts
from amparo.measures.incidence.impoverishment import fiscal_gains_to_the_poor, fiscal_impoverishment
from amparo.measures.incidence.progressivity import kakwani, reranking, reynolds_smolensky
from amparo.measures.inequality.gini import gini
from amparo.measures.poverty.foster import poverty_gap, poverty_headcount, squared_poverty_gap
from amparo.measures.sampling.estimate import Estimate
from amparo.measures.sampling.linearised import Measure, change
from amparo.measures.sampling.replication import ReplicateDesign
from amparo.measures.sampling.survey import Floats, SurveyDesign, Weights


@dataclass(frozen=True)
class FiscalStage:
    """One income concept and what has happened up to it.

    Args:
        concept:     its name.
        levels:      measure → estimate: mean, gini; with a line poverty_headcount, poverty_gap, squared_poverty_gap.
        before:      the concept that the step to it starts from; "" for the first.
        step:        the same measures, as differences from the concept before it; empty for the first.
        from_first:  as differences from the first concept.
        vertical:    `reynolds_smolensky` from the first concept.
        reranked:    `reranking` from the first concept.
        impoverished: `fiscal_impoverishment` from the first concept, per head: currency; None without a line.
        gains:       `fiscal_gains_to_the_poor` likewise.
    """

    concept: str
    levels: Mapping[str, Estimate]
    before: str = ""
    step: Mapping[str, Estimate] = field(default_factory=dict)
    from_first: Mapping[str, Estimate] = field(default_factory=dict)
    vertical: Estimate | None = None
    reranked: Estimate | None = None
    impoverished: Estimate | None = None
    gains: Estimate | None = None


def fiscal_incidence(
    concepts: IncomeConcepts,
    design: SurveyDesign | ReplicateDesign,
    *,
    line: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> list[FiscalStage]:
    """Return inequality and poverty at each income concept, and what each step of taxes and benefits does to them.

    The concept before is the nearest in market → market_plus_pensions → disposable → consumable → final that could be
    built; net_market and gross are steps from market_plus_pensions. Poverty is not measured on final income, which
    holds schooling and health at cost. Every difference has the error of a difference on one sample.

    Args:
        concepts: from `income_concepts`.
        design:   the sample, or its replicates.
        line:     of poverty, one number or [n]; same unit, above zero; None to leave poverty out.
        domain:   [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: whatever the measures refuse.

    Formula: those of `gini`, `foster_greer_thorbecke`, `reynolds_smolensky`, `fiscal_impoverishment` at each concept
    Unit: those of the measures.
    Variance: influence of each level and of each difference.
    Source: Lustig, ed. (2018), Commitment to Equity Handbook, Brookings and CEQ Institute, chapters 1 and 8.
    Checked against: the measures themselves, concept by concept, on CASEN 1990 (tests/measures/test_casen1990.py).

    >>> from amparo.measures import income_concepts
    >>> concepts = income_concepts([90.0, 10.0], pensions=0.0, pension_contributions=0.0, direct_transfers=[0.0, 20.0])
    >>> [(s.concept, round(s.levels["gini"].value, 3)) for s in fiscal_incidence(concepts, SurveyDesign([1.0, 1.0]))]
    [('market', 0.4), ('market_plus_pensions', 0.4), ('gross', 0.25)]
    """
    if not concepts.incomes:
        raise MeasureError("no income concept could be built; `missing` of the concepts says what each lacks.")
    first, *_ = concepts.incomes.values()
    stages = []
    for concept, income in concepts.incomes.items():
        of, before = _measures(line, concept), _before(concept, concepts.incomes)
        levels = {key: measure(income, *z, design, domain=domain) for key, (measure, z) in of.items()}
        if income is first:
            stages.append(FiscalStage(concept, levels))
            continue
        against: list[Any] = [first, income, line, design]
        poor = line is not None and concept != "final"
        stages.append(
            FiscalStage(
                concept,
                levels,
                before,
                _changes(of, concepts.incomes[before], income, design, domain) if before else {},
                _changes(of, first, income, design, domain),
                reynolds_smolensky(first, income, design, domain=domain),
                reranking(first, income, design, domain=domain),
                fiscal_impoverishment(*against, domain=domain) if poor else None,
                fiscal_gains_to_the_poor(*against, domain=domain) if poor else None,
            )
        )
    return stages


@dataclass(frozen=True)
class InstrumentIncidence:
    """One tax or benefit within an income concept.

    Args:
        component:   what it is part of.
        instrument:  its name.
        share:       its total over that of the concept before the state (the first that could be built).
        kakwani:     above zero it is progressive; None where nobody pays or receives it.
        contribution: measure → what it moves the measure by at the concept (`marginal_contribution`).
    """

    component: str
    instrument: str
    share: Estimate
    kakwani: Estimate | None
    contribution: Mapping[str, Estimate]


def instrument_incidence(
    concepts: IncomeConcepts,
    design: SurveyDesign | ReplicateDesign,
    *,
    at: str = "disposable",
    line: ArrayLike | None = None,
    domain: ArrayLike | None = None,
) -> list[InstrumentIncidence]:
    """Return, for each tax and benefit that an income concept holds, its size, progressivity and marginal contribution.

    Persons are ranked by the first concept that could be built, market income where it is known.

    Args:
        concepts: from `income_concepts`.
        design:   the sample, or its replicates.
        at:       the concept whose inequality and poverty are looked at.
        line:     of poverty, one number or [n]; None to leave poverty out.
        domain:   [n] booleans, who is measured; None for everyone.

    Raises:
        MeasureError: the concept could not be built, or whatever the measures refuse.

    Formula: Σ w·amount / Σ w·first income; `kakwani`; measure with the instrument less measure without it
    Unit: share of income; Kakwani's; that of the measure.
    Variance: influence of each.
    Source: Enami, Lustig & Aranda (2018), in Lustig, ed., Commitment to Equity Handbook, chapter 2.
    Checked against: `marginal_contribution` of a subsidy of CASEN 1990 (tests/measures/test_casen1990.py).

    >>> from amparo.measures import income_concepts
    >>> concepts = income_concepts([90.0, 10.0], pensions=0.0, pension_contributions=0.0, direct_transfers=[0.0, 20.0])
    >>> grant = instrument_incidence(concepts, SurveyDesign([1.0, 1.0]), at="gross")[-1]
    >>> grant.instrument, round(grant.kakwani.value, 2), round(grant.contribution["gini"].value, 2)
    ('direct_transfers', 0.9, -0.15)
    """
    income, rank = concepts[at], next(iter(concepts.incomes.values()))
    of = _measures(line, at)
    found = []
    for component, parts in concepts.parts.items():
        if component not in CONCEPTS[at]:
            continue
        sign = COMPONENTS[component]
        for name, amount in parts.items():
            if not amount[design.rows(domain)].any():
                continue
            found.append(
                InstrumentIncidence(
                    component,
                    name,
                    ratio(amount, rank, design, domain=domain),
                    kakwani(amount, rank, design, of="benefit" if sign > 0 else "tax", domain=domain),
                    _changes(of, income - sign * amount, income, design, domain),
                )
            )
    return found


def _measures(line: ArrayLike | None, concept: str) -> dict[str, tuple[Measure[Any], tuple[Any, ...]]]:
    """Return the measures of a concept with what they take after income; none of poverty on final income."""
    found: dict[str, tuple[Measure[Any], tuple[Any, ...]]] = {"mean": (mean, ()), "gini": (gini, ())}
    if line is not None and concept != "final":
        poverty = {
            "poverty_headcount": poverty_headcount,
            "poverty_gap": poverty_gap,
            "squared_poverty_gap": squared_poverty_gap,
        }
        found |= {key: (measure, (line,)) for key, measure in poverty.items()}
    return found


def _changes(
    of: Mapping[str, tuple[Measure[Any], tuple[Any, ...]]],
    before: Floats,
    after: Floats,
    design: Weights,
    domain: ArrayLike | None,
) -> dict[str, Estimate]:
    """Return how much each measure moves between two incomes of the same sample."""
    found = {}
    for key, (measure, z) in of.items():
        arguments: tuple[Any, ...] = (before, after, *z, design)
        found[key] = change(measure, *arguments, domain=domain)
    return found


def _before(concept: str, built: Mapping[str, Any]) -> str:
    """Return the concept that a step starts from: the nearest before it in the chain that could be built."""
    place = CHAIN.index(concept) if concept in CHAIN else CHAIN.index("disposable")
    return next((name for name in reversed(CHAIN[:place]) if name in built), "")


__all__ = ["FiscalStage", "InstrumentIncidence", "fiscal_incidence", "instrument_incidence"]
