"""Concentration, progressivity and redistribution: published examples, axioms, derivatives."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    bootstrap,
    coady_grosh_hoddinott,
    concentration_coefficient,
    concentration_curve,
    concentration_ordinate,
    gini,
    kakwani,
    redistributive_effect,
    reranking,
    reynolds_smolensky,
    suits,
)

people = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 20), st.integers(1, 9)), min_size=3, max_size=25
)  # income, amount, weight


def columns(people):
    income, amount, weight = np.array(people, dtype=float).T
    assume(amount.sum() > 0)
    return income, amount, SurveyDesign(weight)


class TestConcentrationCoefficient:
    def test_is_the_published_one_of_deaths_of_children_in_india(self):
        """O'Donnell et al. (2008), table 8.1: births and deaths per thousand by quintile of wealth, 1982–92."""
        births = [29_939.0, 28_776.0, 26_528.0, 24_689.0, 19_739.0]
        deaths = [154.7, 152.9, 119.5, 86.9, 54.3]
        found = concentration_coefficient(deaths, [1, 2, 3, 4, 5], SurveyDesign(births))
        assert found.value == pytest.approx(-0.1694, abs=5e-5)

    def test_of_income_ranked_by_itself_is_the_gini(self, eusilc, references):
        y = eusilc["eqIncome"]
        found = concentration_coefficient(y, y, eusilc.design)
        laeken = references["eusilc"]["laeken"]["values"]["gini"]["estimate_pct"] / 100
        convey = references["eusilc"]["linearisation_strata_household_psu"]["gini"]["se"]
        assert found.value == pytest.approx(laeken, rel=1e-9)
        assert found.standard_error == pytest.approx(convey, rel=1e-3)

    def test_of_incomes_of_casen_is_the_gini_too(self, casen):
        found = concentration_coefficient(casen["ypc"], casen["ypc"], casen.design, domain=casen["surveyed"])
        expected = gini(casen["ypc"], casen.design, domain=casen["surveyed"])
        assert found.value == pytest.approx(expected.value, rel=1e-12)
        assert found.standard_error == pytest.approx(expected.standard_error, rel=1e-9)

    @given(people)
    def test_lies_between_the_poorest_and_the_richest_having_all(self, people):
        income, amount, design = columns(people)
        found = concentration_coefficient.value(amount, income, design)
        highest = 1 - design.weight[income == income.max()].sum() / design.weight.sum()
        lowest = design.weight[income == income.min()].sum() / design.weight.sum() - 1
        assert lowest - 1e-12 <= found <= highest + 1e-12

    @given(people, st.randoms(use_true_random=False))
    def test_does_not_care_for_the_order_of_the_file_nor_for_the_scale(self, people, random):
        income, amount, design = columns(people)
        found = concentration_coefficient.value(amount, income, design)
        order = list(range(len(people)))
        random.shuffle(order)
        shuffled = SurveyDesign(7 * design.weight[order])
        again = concentration_coefficient.value(3 * amount[order], income[order] ** 3, shuffled)
        assert again == pytest.approx(found, abs=1e-12)

    @given(people)
    def test_does_not_care_whether_persons_are_weighed_or_written_out(self, people):
        income, amount, design = columns(people)
        copies = design.weight.astype(int)
        written = SurveyDesign(np.ones(copies.sum()))
        again = concentration_coefficient.value(np.repeat(amount, copies), np.repeat(income, copies), written)
        assert again == pytest.approx(concentration_coefficient.value(amount, income, design), abs=1e-12)

    @given(people)
    def test_is_zero_for_equal_amounts_and_falls_when_the_poorest_get_more(self, people):
        income, amount, design = columns(people)
        assume(np.ptp(income) > 0)
        assert concentration_coefficient.value(np.full(income.size, 5.0), income, design) == pytest.approx(0, abs=1e-12)
        more = amount + 3.0 * (income == income.min())
        assert concentration_coefficient.value(more, income, design) <= (
            concentration_coefficient.value(amount, income, design) + 1e-12
        )

    def test_refuses_amounts_that_total_nothing(self):
        with pytest.raises(MeasureError, match="amount totals 0"):
            concentration_coefficient([0.0, 0.0], [1.0, 2.0], SurveyDesign([1.0, 1.0]))


class TestConcentrationCurve:
    @given(people, st.floats(0.01, 0.99))
    def test_is_the_polygon_through_the_shares_of_those_of_equal_income(self, people, share):
        income, amount, design = columns(people)
        levels = np.unique(income)
        persons = [0.0, *(design.weight[income <= y].sum() / design.weight.sum() for y in levels)]
        held = [0.0, *((design.weight * amount)[income <= y].sum() / (design.weight @ amount) for y in levels)]
        found = concentration_ordinate.value(amount, income, share, design)
        assert found == pytest.approx(np.interp(share, persons, held), abs=1e-9)

    @given(people)
    def test_encloses_half_the_coefficient_with_the_diagonal(self, people):
        income, amount, design = columns(people)
        grid = np.unique([design.weight[income <= y].sum() / design.weight.sum() for y in np.unique(income)])[:-1]
        points = [concentration_ordinate.value(amount, income, p, design) for p in grid]
        area = np.trapezoid([0, *points, 1], [0, *grid, 1])
        assert concentration_coefficient.value(amount, income, design) == pytest.approx(1 - 2 * area, abs=1e-9)

    def test_of_income_rises_and_bends_upwards(self, eusilc):
        y = eusilc["eqIncome"]
        curve = concentration_curve(y, y, [k / 10 for k in range(1, 10)], eusilc.design)
        shares = [0.0, *(each.value for each in curve.ordinates), 1.0]
        steps = [b - a for a, b in pairwise(shares)]
        assert steps == sorted(steps)
        assert all(each.standard_error > 0 for each in curve.ordinates)
        for (low, high), (lower, higher) in zip(curve.band(), curve.band(simultaneous=True), strict=True):
            assert lower < low < high < higher

    def test_is_targeting_performance_at_a_share_over_that_share(self, eusilc):
        amount = np.where(eusilc["eqIncome"] < 12_000, 100.0, 10.0)
        performance = coady_grosh_hoddinott(amount, eusilc["eqIncome"], eusilc.design)
        point = concentration_ordinate(amount, eusilc["eqIncome"], 0.4, eusilc.design)
        assert performance.value == pytest.approx(point.value / 0.4)
        assert performance.standard_error == pytest.approx(point.standard_error / 0.4)

    @pytest.mark.parametrize("share", [0.0, -0.1, 40])
    def test_refuses_a_part_that_is_none(self, share):
        with pytest.raises(MeasureError, match="above 0 and up to 1"):
            concentration_ordinate([1.0, 2.0], [1.0, 2.0], share, SurveyDesign([1.0, 1.0]))

    def test_refuses_no_point(self):
        with pytest.raises(MeasureError, match="at least one point"):
            concentration_curve([1.0, 2.0], [1.0, 2.0], [], SurveyDesign([1.0, 1.0]))

    def test_is_straight_where_all_are_equally_poor(self):
        found = concentration_ordinate([4.0, 0.0], [1.0, 1.0], 0.25, SurveyDesign([1.0, 1.0]))
        assert found.value == 0.25


class TestSuits:
    @given(people)
    def test_is_the_area_under_its_curve_by_trapezoids(self, people):
        income, amount, design = columns(people)
        levels, w = np.unique(income), design.weight
        earned = [0.0, *((w * income)[income <= y].sum() / (w @ income) for y in levels)]
        paid = [0.0, *((w * amount)[income <= y].sum() / (w @ amount) for y in levels)]
        assert suits.value(amount, income, design) == pytest.approx(1 - 2 * np.trapezoid(paid, earned), abs=1e-9)

    @given(people)
    def test_is_zero_in_proportion_and_one_sided_for_flat_amounts(self, people):
        income, _, design = columns(people)
        assert suits.value(0.2 * income, income, design) == pytest.approx(0, abs=1e-12)
        assert suits.value(np.full(income.size, 2.0), income, design) <= 1e-12
        assert suits.value(income**2, income, design) >= -1e-12

    def test_has_the_error_of_a_bootstrap(self, eusilc):
        y = eusilc["eqIncome"]
        tax = 0.3 * np.maximum(y - 8_000, 0)
        linear, drawn = suits(tax, y, eusilc.design), suits(tax, y, bootstrap(eusilc.design, 200, seed=3))
        assert linear.standard_error == pytest.approx(drawn.standard_error, rel=0.12)

    def test_refuses_incomes_below_zero(self):
        with pytest.raises(MeasureError, match="income is -1 at row 1"):
            suits([1.0, 1.0], [5.0, -1.0], SurveyDesign([1.0, 1.0]))


class TestKakwani:
    @given(people, st.sampled_from([0.05, 0.3]))
    def test_times_the_rate_is_reynolds_smolensky(self, people, rate):
        """Kakwani (1977): RS = t/(1 − t)·K for a tax, and b/(1 + b)·K for a benefit, ranks kept."""
        income, amount, design = columns(people)
        whole = design.weight @ income
        amount = amount * rate * whole / (design.weight @ amount)
        benefit = kakwani.value(amount, income, design)
        assert reynolds_smolensky.value(income, income + amount, design) == pytest.approx(
            rate / (1 + rate) * benefit, abs=1e-9
        )
        tax = kakwani.value(amount, income, design, of="tax")
        assert tax == pytest.approx(-benefit)
        assert reynolds_smolensky.value(income, income - amount, design) == pytest.approx(
            rate / (1 - rate) * tax, abs=1e-9
        )

    @given(people)
    def test_is_zero_in_proportion(self, people):
        income, _, design = columns(people)
        assert kakwani.value(0.3 * income, income, design, of="tax") == pytest.approx(0, abs=1e-12)

    def test_refuses_another_kind(self):
        with pytest.raises(MeasureError, match="of is 'fee'"):
            kakwani([1.0, 1.0], [1.0, 2.0], SurveyDesign([1.0, 1.0]), of="fee")


class TestRedistribution:
    @given(people)
    def test_is_the_vertical_effect_less_reranking_which_is_never_negative(self, people):
        income, amount, design = columns(people)
        after = income + 3 * amount
        effect = redistributive_effect.value(income, after, design)
        vertical, reranked = (m.value(income, after, design) for m in (reynolds_smolensky, reranking))
        assert effect == pytest.approx(vertical - reranked, abs=1e-12)
        assert reranked >= -1e-12

    @given(people)
    def test_reranks_nobody_where_order_is_kept(self, people):
        income, _, design = columns(people)
        assert reranking.value(income, 5 + 0.7 * income, design) == pytest.approx(0, abs=1e-12)

    def test_is_that_of_a_worked_example(self):
        """Two persons who change places: the gap between them is as wide as before, so all that was gained is lost."""
        design = SurveyDesign([1.0, 1.0])
        before, after = [10.0, 30.0], [30.0, 10.0]
        assert redistributive_effect(before, after, design).value == 0
        assert reynolds_smolensky(before, after, design).value == 0.5
        assert reranking(before, after, design).value == 0.5


SMOOTH = {
    "concentration": lambda x, b, d: concentration_coefficient.linearised(b, x, d),
    "suits": lambda x, b, d: suits.linearised(b, x, d),
    "kakwani": lambda x, b, d: kakwani.linearised(b, x, d),
    "redistributive effect": lambda x, b, d: redistributive_effect.linearised(x, x + b, d),
    "reynolds smolensky": lambda x, b, d: reynolds_smolensky.linearised(x, x + b, d),
    "reranking": lambda x, b, d: reranking.linearised(x, x + 5 * b, d),
}


@pytest.mark.parametrize("name", SMOOTH)
@given(seed=st.integers(0, 10_000))
def test_influence_is_the_derivative_by_each_weight(name, seed):
    rng = np.random.default_rng(seed)
    x, b, w = rng.integers(1, 9, 9).astype(float), rng.integers(0, 9, 9) + 0.5, rng.uniform(0.5, 3, 9)
    measure, step = SMOOTH[name], 1e-5
    influence = measure(x, b, SurveyDesign(w)).influence
    assert influence is not None
    for row in range(9):
        nudge = np.where(np.arange(9) == row, step, 0.0)
        up, down = (measure(x, b, SurveyDesign(w + sign * nudge)).value for sign in (1, -1))
        assert influence[row] == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-7)
