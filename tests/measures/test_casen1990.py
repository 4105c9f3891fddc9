"""Every measure of incidence on real benefits: CASEN 1990, its own published status and deciles, and replication.

The jackknife and the bootstrap of Rao and Wu take no derivative: that linearised errors agree with them is a check of
the influences. The jackknife leaves out the clusters one by one; quantiles are not smooth, so that shares of the
poorest are held to the bootstrap.
"""

from typing import Any

import numpy as np
import pytest
from tests.measures.conftest import SUBSIDIES

from amparo.measures import (
    adequacy,
    benefit_incidence,
    bootstrap,
    concentration_coefficient,
    concentration_ordinate,
    coverage,
    fiscal_gains_to_the_poor,
    fiscal_impoverishment,
    fiscal_incidence,
    gini,
    income_concepts,
    instrument_incidence,
    jackknife,
    kakwani,
    leakage,
    marginal_contribution,
    mean,
    poverty_gap,
    poverty_gap_efficiency,
    poverty_headcount,
    poverty_reduction_efficiency,
    redistributive_effect,
    reranking,
    reynolds_smolensky,
    shapley_gini,
    shapley_poverty,
    spillover,
    suits,
    under_coverage,
    vertical_expenditure_efficiency,
)

MEASURES: dict[str, Any] = {
    "concentration": lambda s, d: concentration_coefficient(s["suf"], s["autonomous"], d, domain=s["surveyed"]),
    "concentration of receipt": lambda s, d: concentration_coefficient(
        s["pasis"] > 0, s["autonomous"], d, domain=s["surveyed"]
    ),
    "suits": lambda s, d: suits(s["subsidies"], s["autonomous"], d, domain=s["surveyed"]),
    "kakwani": lambda s, d: kakwani(s["suf"], s["autonomous"], d, domain=s["surveyed"]),
    "redistributive effect": lambda s, d: redistributive_effect(
        s["autonomous"], s["monetary"], d, domain=s["surveyed"]
    ),
    "reynolds smolensky": lambda s, d: reynolds_smolensky(s["autonomous"], s["monetary"], d, domain=s["surveyed"]),
    "reranking": lambda s, d: reranking(s["autonomous"], s["monetary"], d, domain=s["surveyed"]),
    "coverage": lambda s, d: coverage(s["suf"], d, target=s["poor"], domain=s["surveyed"]),
    "under-coverage": lambda s, d: under_coverage(s["suf"], d, target=s["poor"], domain=s["surveyed"]),
    "leakage": lambda s, d: leakage(s["suf"], d, target=s["poor"], domain=s["surveyed"]),
    "adequacy": lambda s, d: adequacy(s["suf"], s["monetary"], d, domain=s["surveyed"]),
    "impoverishment": lambda s, d: fiscal_impoverishment(
        s["without"] + s["suf"], s["without"] + s["pasis"], s["line"], d, domain=s["surveyed"]
    ),
    "gains": lambda s, d: fiscal_gains_to_the_poor(s["without"], s["ypchaj"], s["line"], d, domain=s["surveyed"]),
    "gains, headcount": lambda s, d: fiscal_gains_to_the_poor(
        s["without"], s["ypchaj"], s["line"], d, counting="headcount", domain=s["surveyed"]
    ),
    "vertical expenditure efficiency": lambda s, d: vertical_expenditure_efficiency(
        s["subsidies"], s["without"], s["line"], d, domain=s["surveyed"]
    ),
    "poverty reduction efficiency": lambda s, d: poverty_reduction_efficiency(
        s["subsidies"], s["without"], s["line"], d, domain=s["surveyed"]
    ),
    "spillover": lambda s, d: spillover(s["subsidies"], s["without"], s["line"], d, domain=s["surveyed"]),
    "poverty gap efficiency": lambda s, d: poverty_gap_efficiency(
        s["subsidies"], s["without"], s["line"], d, domain=s["surveyed"]
    ),
    "marginal contribution": lambda s, d: marginal_contribution(gini, s["monetary"], s["suf"], d, domain=s["surveyed"]),
    "marginal contribution to the gap": lambda s, d: marginal_contribution(
        poverty_gap, s["ypchaj"], s["suf"], s["line"], d, domain=s["surveyed"]
    ),
}


class same:  # noqa: N801 - reads as a word in an assertion
    """An estimate that is equal up to rounding."""

    def __init__(self, expected):
        self.expected = expected

    def __eq__(self, found):
        return found.value == pytest.approx(self.expected.value) and found.standard_error == pytest.approx(
            self.expected.standard_error
        )

    __hash__ = None


@pytest.mark.parametrize("name", MEASURES)
def test_linearised_errors_are_those_of_the_jackknife(casen1990, name):
    measure = MEASURES[name]
    linear, replicated = measure(casen1990, casen1990.design), measure(casen1990, jackknife(casen1990.design))
    assert linear.value == pytest.approx(replicated.value, rel=1e-12)
    # Regions of few communes make the jackknife larger: it sees what a derivative leaves out.
    assert linear.standard_error == pytest.approx(replicated.standard_error, rel=0.07)
    assert linear.standard_error > 0


@pytest.mark.parametrize("share", [0.2, 0.4, 0.8])
def test_shares_of_the_poorest_have_the_error_of_a_bootstrap(casen1990, share):
    given = (casen1990["suf"], casen1990["autonomous"])
    linear = concentration_ordinate(*given, share, casen1990.design, domain=casen1990["surveyed"])
    drawn = concentration_ordinate(
        *given, share, bootstrap(casen1990.design, 300, seed=1), domain=casen1990["surveyed"]
    )
    assert linear.standard_error == pytest.approx(drawn.standard_error, rel=0.1)


def test_lorenz_points_have_the_error_of_a_bootstrap(casen1990):
    given = (casen1990["autonomous"], casen1990["autonomous"])
    linear = concentration_ordinate(*given, 0.4, casen1990.design, domain=casen1990["surveyed"])
    drawn = concentration_ordinate(*given, 0.4, bootstrap(casen1990.design, 300, seed=2), domain=casen1990["surveyed"])
    assert linear.standard_error == pytest.approx(drawn.standard_error, rel=0.1)


def test_the_poor_are_those_of_the_file(casen1990):
    """MIDEPLAN, CASEN 1990: poverty 38.6 %; the status of the file agrees on every person."""
    assert np.array_equal(casen1990["poor"][casen1990["surveyed"]], casen1990["corte"][casen1990["surveyed"]] < 3)
    assert mean(casen1990["poor"], casen1990.design, domain=casen1990["surveyed"]).value == pytest.approx(
        0.386, abs=5e-4
    )


def test_incidence_by_decile_is_that_of_counting_by_the_deciles_of_the_file(casen1990):
    rows, weight, tenth = casen1990["surveyed"], casen1990["expr"], casen1990["dau"]
    found: list[Any] = benefit_incidence(
        casen1990["suf"], casen1990["monetary"], casen1990.design, group=np.where(rows, tenth, 0), domain=rows
    )
    money = weight * casen1990["suf"] * rows
    assert [each.group for each in found] == list(range(1, 11))
    for each in found:
        mine = rows & (tenth == each.group)
        reached = mine & (casen1990["suf"] > 0)
        assert each.spending.value == pytest.approx(money[mine].sum() / money.sum())
        assert each.beneficiaries.value == pytest.approx(
            weight[reached].sum() / weight[rows & (casen1990["suf"] > 0)].sum()
        )
        assert each.coverage == same(coverage(casen1990["suf"], casen1990.design, domain=mine))
        assert each.generosity.value == pytest.approx(money[mine].sum() / weight[reached].sum())
        assert each.adequacy == same(adequacy(casen1990["suf"], casen1990["monetary"], casen1990.design, domain=mine))
        assert each.relative.value == pytest.approx(money[mine].sum() / (weight * casen1990["monetary"])[mine].sum())
    assert found[0].spending.value == pytest.approx(0.3208, abs=5e-5)


def test_the_part_that_leaks_is_the_share_of_those_who_are_not_poor(casen1990):
    rows = casen1990["surveyed"]
    for amount in (casen1990["pasis"], casen1990["pasis"] > 0):
        outside: Any
        inside: Any
        outside, inside = benefit_incidence(
            amount, casen1990["monetary"], casen1990.design, group=casen1990["poor"], domain=rows
        )
        leaks = leakage(amount, casen1990.design, target=casen1990["poor"], domain=rows)
        assert outside.spending == same(leaks)
        assert inside.spending.value + outside.spending.value == pytest.approx(1)


def test_beckermans_areas_are_changes_of_the_poverty_gap_over_spending(casen1990):
    rows, line, design = casen1990["surveyed"], casen1990["line"], casen1990.design
    given = (casen1990["subsidies"], casen1990["without"], line, design)
    weight = casen1990["expr"] * rows
    with_, without = ((weight * np.maximum(line - casen1990[y], 0)).sum() for y in ("ypchaj", "without"))
    spent = (weight * casen1990["subsidies"]).sum()
    assert poverty_reduction_efficiency(*given, domain=rows).value == pytest.approx((without - with_) / spent)
    assert poverty_gap_efficiency(*given, domain=rows).value == pytest.approx(1 - with_ / without)
    before = rows & (casen1990["without"] < line)
    leaks = leakage(casen1990["subsidies"], design, target=before, domain=rows)
    assert vertical_expenditure_efficiency(*given, domain=rows).value == pytest.approx(1 - leaks.value)


def test_the_chain_ends_at_the_monetary_income_of_the_file(casen1990):
    concepts = income_concepts(
        casen1990["autonomous"],
        at="market_plus_pensions",
        direct_transfers={name: casen1990[name] for name in SUBSIDIES},
        direct_taxes=0.0,
        social_contributions=0.0,
    )
    assert concepts.missing["market"] == ("pensions", "pension_contributions")
    assert concepts["disposable"] == pytest.approx(casen1990["monetary"])
    rows, line = casen1990["surveyed"], casen1990["line"]
    stages = fiscal_incidence(concepts, casen1990.design, line=line, domain=rows)
    assert [s.concept for s in stages] == ["market_plus_pensions", "net_market", "gross", "disposable"]
    last: Any
    first, *_, last = stages
    assert last.levels["gini"] == gini(concepts["disposable"], casen1990.design, domain=rows)
    assert last.before == "market_plus_pensions"
    for key in ("gini", "poverty_gap", "mean"):
        assert last.from_first[key].value == pytest.approx(last.levels[key].value - first.levels[key].value)
        assert last.from_first[key].standard_error < last.levels[key].standard_error
    assert last.impoverished.value == 0, "subsidies without taxes make nobody poorer"
    parts: list[Any] = instrument_incidence(concepts, casen1990.design, line=line, domain=rows)
    assert [p.instrument for p in parts] == list(SUBSIDIES)
    suf, family_allowance = parts[0], parts[2]
    alone = marginal_contribution(
        poverty_headcount, concepts["disposable"], casen1990["suf"], line, casen1990.design, domain=rows
    )
    assert suf.contribution["poverty_headcount"] == same(alone)
    assert suf.kakwani.value > family_allowance.kakwani.value > 0, (
        "SUF goes to the poor, the allowance to formal workers"
    )


def test_shapley_shares_have_the_error_of_the_jackknife(casen1990):
    rows, replicates = casen1990["surveyed"], jackknife(casen1990.design)
    amounts = {name: casen1990[name] for name in ("suf", "pasis", "family allowance")}
    without = casen1990["ypchaj"] - sum(amounts.values())
    for of in (casen1990.design, replicates):
        gap = shapley_poverty(without, amounts, casen1990["line"], of, alpha=1, domain=rows)
        whole = poverty_gap.value(casen1990["ypchaj"], casen1990["line"], casen1990.design, domain=rows)
        nothing = poverty_gap.value(without, casen1990["line"], casen1990.design, domain=rows)
        assert sum(g.value for g in gap.values()) == pytest.approx(whole - nothing)
    linear = shapley_gini(without, amounts, casen1990.design, domain=rows)
    drawn = shapley_gini(without, amounts, replicates, domain=rows)
    for name, each in linear.items():
        assert each.value == pytest.approx(drawn[name].value, rel=1e-9)
        assert each.standard_error == pytest.approx(drawn[name].standard_error, rel=0.03)
