"""Who is reached and missed, Beckerman's areas, impoverishment: hand-made examples, axioms, svy."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    Grouping,
    SurveyDesign,
    Weights,
    adequacy,
    benefit_incidence,
    bootstrap,
    coverage,
    fiscal_gains_to_the_poor,
    fiscal_impoverishment,
    income_concepts,
    leakage,
    poverty_gap,
    poverty_gap_efficiency,
    poverty_reduction_efficiency,
    ratio,
    spillover,
    under_coverage,
    vertical_expenditure_efficiency,
)

people = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(-15, 15), st.integers(1, 9)), min_size=3, max_size=25
)  # income, benefit, net of tax, weight


def columns(people):
    income, benefit, net, weight = np.array(people, dtype=float).T
    return income, benefit, net, SurveyDesign(weight)


class TestCoverage:
    @given(people)
    def test_and_under_coverage_fill_the_target_and_leakage_is_what_others_get(self, people):
        income, benefit, _, design = columns(people)
        poor = income < 30
        assume(poor.any())
        assume((benefit > 0).any())
        reached = coverage.value(benefit, design, target=poor)
        assert 0 <= reached <= 1
        assert reached + under_coverage.value(benefit, design, target=poor) == pytest.approx(1)
        to_others = (design.weight * benefit)[~poor].sum() / (design.weight @ benefit)
        assert leakage.value(benefit, design, target=poor) == pytest.approx(to_others)

    def test_of_everyone_in_the_target_by_its_members_alone_is_perfect(self):
        poor = np.array([True, True, False, False])
        design = SurveyDesign([1.0, 2.0, 3.0, 4.0])
        assert coverage(poor, design, target=poor).value == 1
        assert leakage(poor, design, target=poor).value == 0

    def test_errors_are_those_of_ratios_in_svy(self, eusilc):
        svy, pl = pytest.importorskip("svy"), pytest.importorskip("polars")
        y, w = eusilc["eqIncome"], eusilc["rb050"]
        poor, amount = y < 12_000, np.where(np.arange(y.size) % 3 == 0, 500.0, 0.0)
        frame = pl.DataFrame(
            {
                "w": w,
                "h": eusilc["db030"],
                "s": eusilc["db040"].astype(str),
                "reached": ((amount > 0) & poor).astype(float),
                "poor": poor.astype(float),
                "amount": amount,
                "income": np.where(amount > 0, y, 0.0),
                "leak": np.where(poor, 0.0, amount),
            }
        )
        sample = svy.Sample(frame, svy.Design(wgt="w", psu="h", stratum="s"))
        for found, above, below in (
            (coverage(amount, eusilc.design, target=poor), "reached", "poor"),
            (leakage(amount, eusilc.design, target=poor), "leak", "amount"),
            (adequacy(amount, y, eusilc.design), "amount", "income"),
        ):
            theirs = sample.estimation.ratio(above, below).to_polars().row(0, named=True)
            assert found.value == pytest.approx(theirs["est"], rel=1e-9)
            assert found.standard_error == pytest.approx(theirs["se"], rel=1e-6)

    def test_refuses_a_target_of_nobody_or_of_another_kind(self):
        design = SurveyDesign([1.0, 1.0])
        with pytest.raises(MeasureError, match="target holds nobody"):
            coverage([1.0, 0.0], design, target=[False, False])
        with pytest.raises(MeasureError, match="target is float64"):
            leakage([1.0, 0.0], design, target=[1.0, 0.0])


class TestBenefitIncidence:
    @given(people)
    def test_shares_add_up_to_one(self, people):
        income, benefit, _, design = columns(people)
        assume(benefit.any())
        found: list[Any] = benefit_incidence(benefit, income + benefit, design, group=income // 20)
        assert sum(each.spending.value for each in found) == pytest.approx(1)
        assert sum(each.beneficiaries.value for each in found) == pytest.approx(1)

    def test_has_the_errors_of_ratios_and_takes_replicates(self, eusilc):
        y = eusilc["eqIncome"]
        amount, group = np.where(y < 15_000, 1_000.0, 0.0), eusilc["db040"].astype(str)
        domain = y > 2_000
        for design in (eusilc.design, bootstrap(eusilc.design, 20, seed=4)):
            found = {each.group: each for each in benefit_incidence(amount, y, design, group=group, domain=domain)}
            for name in ("Tyrol", "Vienna"):
                mine = group == name
                expected = {
                    "spending": ratio(amount * mine, amount, design, domain=domain),
                    "coverage": ratio(mine * (amount > 0), mine, design, domain=domain),
                    "generosity": ratio(amount * mine, mine * (amount > 0), design, domain=domain),
                }
                for key, each in expected.items():
                    ours = getattr(found[name], key)
                    assert ours.value == pytest.approx(each.value)
                    assert ours.standard_error == pytest.approx(each.standard_error, abs=1e-9)

    def test_takes_groups_made_ready_before(self):
        design = SurveyDesign([1.0, 2.0, 1.0])
        ready = Grouping(["a", "b", "b"], design)
        given = ([1.0, 0.0, 2.0], [5.0, 5.0, 9.0], design)
        assert benefit_incidence(*given, group=ready) == benefit_incidence(*given, group=["a", "b", "b"])

    def test_takes_arrow_columns_in_chunks(self):
        given: dict[str, list[Any]] = {"amount": [1.0, 0.0, 2.0], "income": [5.0, 5.0, 9.0], "group": ["a", "b", "b"]}
        chunked = {name: pa.chunked_array([each[:1], each[1:]]) for name, each in given.items()}
        design = SurveyDesign([1.0, 2.0, 1.0])
        plain = benefit_incidence([1.0, 0.0, 2.0], [5.0, 5.0, 9.0], design, group=["a", "b", "b"])
        assert benefit_incidence(chunked["amount"], chunked["income"], design, group=chunked["group"]) == plain
        concepts = income_concepts(chunked["income"], at="net_market", direct_transfers=chunked["amount"])
        assert concepts["disposable"].tolist() == [6.0, 5.0, 11.0]

    def test_says_nothing_of_a_group_that_receives_nothing(self):
        rich: Any = benefit_incidence([1.0, 0.0], [2.0, 9.0], SurveyDesign([1.0, 1.0]), group=["poor", "rich"])[1]
        assert (rich.coverage.value, rich.spending.value, rich.generosity, rich.adequacy) == (0, 0, None, None)

    def test_refuses_taxes_and_mere_weights(self):
        with pytest.raises(MeasureError, match="goes down to -1"):
            benefit_incidence([-1.0, 1.0], [2.0, 9.0], SurveyDesign([1.0, 1.0]), group=[0, 1])
        with pytest.raises(MeasureError, match="give a SurveyDesign"):
            benefit_incidence([1.0, 1.0], [2.0, 9.0], Weights([1.0, 1.0]), group=[0, 1])


class TestImpoverishment:
    @given(people)
    def test_less_gains_is_the_change_of_the_poverty_gap(self, people):
        """Higgins & Lustig (2016), section 3: what the poor lose less what they gain is what the gap grows by."""
        income, _, net, design = columns(people)
        line = np.where(np.arange(income.size) % 2, 30.0, 25.0)
        lost = fiscal_impoverishment.value(income, income + net, line, design)
        gained = fiscal_gains_to_the_poor.value(income, income + net, line, design)
        gap = poverty_gap.value(income + net, 30.0, design) - poverty_gap.value(income, 30.0, design)
        even = fiscal_impoverishment.value(income, income + net, 30.0, design)
        up = fiscal_gains_to_the_poor.value(income, income + net, 30.0, design)
        assert lost >= 0
        assert gained >= 0
        assert (even - up) / 30 == pytest.approx(gap, abs=1e-12)

    @given(people)
    def test_is_nothing_when_nobody_loses_and_turns_round_with_time(self, people):
        income, benefit, net, design = columns(people)
        assert fiscal_impoverishment.value(income, income + benefit, 30.0, design) == 0
        assert fiscal_gains_to_the_poor.value(income, income - benefit, 30.0, design) == 0
        for counting in ("headcount", "per_capita", "total"):
            there = fiscal_impoverishment.value(income, income + net, 30.0, design, counting=counting)
            back = fiscal_gains_to_the_poor.value(income + net, income, 30.0, design, counting=counting)
            assert there == pytest.approx(back)

    @given(people)
    def test_does_not_look_above_the_line(self, people):
        """The focus axiom: what happens to those who stay above the line counts for nothing."""
        income, _, net, design = columns(people)
        after = income + net
        above = (income >= 30) & (after >= 30)
        richer = np.where(above, after + 100, after)
        assert fiscal_impoverishment.value(income, richer, 30.0, design) == pytest.approx(
            fiscal_impoverishment.value(income, after, 30.0, design)
        )

    @given(people)
    def test_is_monotonic_and_adds_up_over_groups(self, people):
        """Axioms of monotonicity and of subgroup consistency."""
        income, _, net, design = columns(people)
        after = income + net
        whole = fiscal_impoverishment.value(income, after, 30.0, design, counting="total")
        poorer = np.where(after < income, after - 1, after)
        assert fiscal_impoverishment.value(income, poorer, 30.0, design, counting="total") >= whole
        halves = [np.arange(income.size) % 2 == k for k in (0, 1)]
        parts = [
            fiscal_impoverishment.value(income, after, 30.0, design, counting="total", domain=half) for half in halves
        ]
        assert sum(parts) == pytest.approx(whole)

    def test_is_that_of_an_example_by_hand(self):
        """Line 10: A falls from 9 to 7, B from 12 to 9, C rises from 5 to 12, D from 20 to 15, E from 11 to 10."""
        before, after = [9.0, 12.0, 5.0, 20.0, 11.0], [7.0, 9.0, 12.0, 15.0, 10.0]
        design = SurveyDesign([1.0] * 5)
        assert fiscal_impoverishment(before, after, 10.0, design, counting="total").value == 2 + 1
        assert fiscal_impoverishment(before, after, 10.0, design, counting="headcount").value == 2 / 5
        assert fiscal_gains_to_the_poor(before, after, 10.0, design, counting="total").value == 5
        assert fiscal_gains_to_the_poor(before, after, 10.0, design, counting="headcount").value == 1 / 5

    def test_does_not_count_roundings_as_losers(self):
        found = fiscal_impoverishment([0.1 + 0.2, 9.0], [0.3, 9.0], 5.0, SurveyDesign([1.0] * 2), counting="headcount")
        assert found.value == 0

    @pytest.mark.parametrize(
        ("line", "extra", "said"),
        [
            (0.0, {}, "line is 0 at row 0"),
            (9.0, {"counting": "many"}, "one of headcount"),
            (9.0, {"tolerance": -1}, "tolerance"),
        ],
    )
    def test_refuses_what_cannot_be(self, line, extra, said):
        with pytest.raises(MeasureError, match=said):
            fiscal_impoverishment([1.0, 2.0], [2.0, 1.0], line, SurveyDesign([1.0, 1.0]), **extra)


class TestBeckermansAreas:
    @given(people)
    def test_fit_together(self, people):
        income, benefit, _, design = columns(people)
        poor = income < 30
        assume((benefit * poor).any())
        given = (benefit, income, 30.0, design)
        vertical = vertical_expenditure_efficiency.value(*given)
        reduction = poverty_reduction_efficiency.value(*given)
        assert reduction == pytest.approx(vertical * (1 - spillover.value(*given)))
        assert vertical == pytest.approx(1 - leakage.value(benefit, design, target=poor))
        before, after = (poverty_gap.value(income + b, 30.0, design) for b in (0, benefit))
        assert poverty_gap_efficiency.value(*given) == pytest.approx(1 - after / before)
        assert 0 <= reduction <= vertical <= 1

    def test_refuse_a_tax(self):
        with pytest.raises(MeasureError, match="amount is -1 at row 0"):
            spillover([-1.0, 2.0], [1.0, 2.0], 3.0, SurveyDesign([1.0, 1.0]))
