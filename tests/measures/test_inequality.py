from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    atkinson,
    binned_gini,
    generalised_entropy,
    gini,
    j_divergence,
    mean_log_deviation,
    s80_s20,
    theil,
    zenga,
)

samples = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 9)), min_size=2, max_size=25)
INDICES: dict[str, Any] = {
    "gini": gini,
    "theil": theil,
    "mean log deviation": mean_log_deviation,
    "atkinson 0.5": lambda y, d: atkinson(y, 0.5, d),
    "atkinson 1": lambda y, d: atkinson(y, 1, d),
    "atkinson 2": lambda y, d: atkinson(y, 2, d),
    "entropy -1": lambda y, d: generalised_entropy(y, -1, d),
    "entropy 0.5": lambda y, d: generalised_entropy(y, 0.5, d),
    "entropy 2": lambda y, d: generalised_entropy(y, 2, d),
    "j divergence": j_divergence,
    "zenga": zenga,
}


def arrays(sample):
    y, w = np.array(sample, dtype=float).T
    return y, w


@pytest.mark.parametrize("name", INDICES)
class TestEveryIndex:
    @given(samples, st.floats(0.001, 1000))
    def test_does_not_change_with_the_currency(self, name, sample, scale):
        y, w = arrays(sample)
        design = SurveyDesign(w)
        here, there = INDICES[name](y, design), INDICES[name](y * scale, design)
        assert there.value == pytest.approx(here.value, abs=1e-12)
        assert there.standard_error == pytest.approx(here.standard_error, rel=1e-6, abs=1e-9)

    @given(samples, st.integers(2, 5))
    def test_does_not_change_when_the_population_is_replicated(self, name, sample, times):
        y, w = arrays(sample)
        copies = INDICES[name](np.tile(y, times), SurveyDesign(np.tile(w, times)))
        heavier = INDICES[name](y, SurveyDesign(times * w))
        here = INDICES[name](y, SurveyDesign(w)).value
        assert (copies.value, heavier.value) == pytest.approx((here, here), abs=1e-12)

    @given(samples, st.randoms())
    def test_does_not_ask_who_is_who(self, name, sample, random):
        shuffled = random.sample(sample, len(sample))
        found = [INDICES[name](y, SurveyDesign(w)).value for y, w in map(arrays, (sample, shuffled))]
        assert found[0] == pytest.approx(found[1], abs=1e-12)

    @given(samples, st.integers(2, 100), st.integers(0, 100), st.integers(1, 50))
    def test_rises_when_the_poorer_pays_the_richer(self, name, sample, poorer, gap, amount):
        y, w = arrays([*sample, (poorer, 1), (poorer + gap, 1)])
        moved = y.copy()
        amount = min(amount, poorer - 1)
        moved[-2] -= amount
        moved[-1] += amount
        before, after = (INDICES[name](x, SurveyDesign(w)).value for x in (y, moved))
        assert after > before

    @given(st.integers(1, 1000), st.lists(st.integers(1, 9), min_size=2, max_size=9))
    def test_is_zero_where_all_have_the_same(self, name, income, weights):
        found = INDICES[name](np.full(len(weights), float(income)), SurveyDesign(weights))
        assert (found.value, found.standard_error) == pytest.approx((0, 0), abs=1e-7)


class TestGini:
    @given(samples)
    def test_equals_the_mean_difference_over_twice_the_mean(self, sample):
        y, w = arrays(sample)
        difference = w @ np.abs(y[:, None] - y[None, :]) @ w / w.sum() ** 2
        assert gini(y, SurveyDesign(w)).value == pytest.approx(difference / (2 * (w @ y) / w.sum()), abs=1e-12)

    @given(samples)
    def test_equals_the_lorenz_area(self, sample):
        y, w = arrays(sample)
        order = np.argsort(y)
        persons = np.append(0, np.cumsum(w[order])) / w.sum()
        incomes = np.append(0, np.cumsum((w * y)[order])) / (w @ y)
        assert gini(y, SurveyDesign(w)).value == pytest.approx(1 - 2 * np.trapezoid(incomes, persons), abs=1e-12)

    def test_keeps_to_its_domain(self):
        y, inside = np.array([1.0, 100.0, 3.0, np.nan]), [True, False, True, False]
        found = gini(y, SurveyDesign(np.ones(4)), domain=inside)
        assert (found.value, found.n) == (0.25, 2)

    def test_refuses_a_total_that_is_not_above_zero(self):
        with pytest.raises(MeasureError, match="total income is -1"):
            gini([-3.0, 2.0], SurveyDesign([1.0, 1.0]))


class TestLogarithms:
    def test_count_whom_they_leave_out(self, eusilc):
        assert theil(eusilc["eqIncome"], eusilc.design).excluded == 3
        assert gini(eusilc["eqIncome"], eusilc.design).excluded == 0

    @pytest.mark.parametrize("measure", [theil, mean_log_deviation, lambda y, d: atkinson(y, 2, d)])
    def test_leave_out_incomes_that_are_not_above_zero(self, measure):
        found = measure([4.0, 0.0, -2.0, 9.0], SurveyDesign([1.0, 1.0, 1.0, 2.0]))
        alone = measure([4.0, 9.0], SurveyDesign([1.0, 2.0]))
        assert found.value == pytest.approx(alone.value)
        assert (found.n, found.excluded, alone.excluded) == (2, 2, 0)

    def test_refuse_a_population_without_income(self):
        with pytest.raises(MeasureError, match="nobody has an income above zero"):
            theil([0.0, -1.0], SurveyDesign([1.0, 1.0]))

    def test_refuse_an_aversion_of_zero(self):
        with pytest.raises(MeasureError, match="aversion is 0"):
            atkinson([1.0, 2.0], 0, SurveyDesign([1.0, 1.0]))


class TestGeneralisedEntropy:
    @given(samples)
    def test_of_two_is_half_the_squared_coefficient_of_variation(self, sample):
        y, w = arrays(sample)
        centre = w @ y / w.sum()
        variance = w @ (y - centre) ** 2 / w.sum()
        assert generalised_entropy(y, 2, SurveyDesign(w)).value == pytest.approx(variance / centre**2 / 2, abs=1e-12)

    @given(samples, st.sampled_from([0.0, 1.0]))
    def test_comes_to_its_neighbours_where_the_formula_has_no_value(self, sample, alpha):
        y, w = arrays(sample)
        near = generalised_entropy(y, alpha + 1e-5, SurveyDesign(w)).value
        assert near == pytest.approx(generalised_entropy(y, alpha, SurveyDesign(w)).value, abs=1e-3)

    @pytest.mark.parametrize(("alpha", "n"), [(2.0, 3), (1.5, 3), (1.0, 2), (0.5, 2), (0.0, 2), (-1.0, 2)])
    def test_counts_zeros_where_powers_above_one_are_taken(self, alpha, n):
        found = generalised_entropy([4.0, 0.0, -2.0, 9.0], alpha, SurveyDesign([1.0, 1.0, 1.0, 2.0]))
        assert (found.n, found.excluded) == (n, 4 - n)

    def test_refuses_what_is_no_power(self):
        with pytest.raises(MeasureError, match="alpha is nan"):
            generalised_entropy([1.0, 2.0], np.nan, SurveyDesign([1.0, 1.0]))

    @pytest.mark.parametrize("alpha", [0, 2])
    def test_refuses_a_population_without_income(self, alpha):
        with pytest.raises(MeasureError, match="nobody has an income above zero"):
            generalised_entropy([0.0, 0.0], alpha, SurveyDesign([1.0, 1.0]))


class TestZenga:
    @given(samples)
    def test_is_the_integral_of_its_definition(self, sample):
        y, w = arrays(sample)
        order = np.argsort(y)
        persons = np.append(0, np.cumsum(w[order])) / w.sum()
        incomes = np.append(0, np.cumsum((w * y)[order])) / (w @ y)
        nodes, weights = np.polynomial.legendre.leggauss(40)
        found = 0.0
        for k in range(y.size):
            width = persons[k + 1] - persons[k]
            p = persons[k] + (nodes + 1) / 2 * width
            poorest = incomes[k] + (nodes + 1) / 2 * (incomes[k + 1] - incomes[k])
            found += width / 2 * (weights * (1 - (poorest / p) * (1 - p) / (1 - poorest))).sum()
        assert zenga(y, SurveyDesign(w)).value == pytest.approx(found, abs=1e-9)

    def test_lies_between_zero_and_one(self):
        found = zenga([1.0] * 9 + [1e6], SurveyDesign([1.0] * 10))
        assert 0.99 < found.value < 1

    def test_of_one_person_is_zero(self):
        assert zenga([5.0, 7.0], SurveyDesign([1.0, 1.0]), domain=[True, False]).value == pytest.approx(0, abs=1e-15)


class TestQuintileShareRatio:
    def test_refuses_a_poorest_fifth_without_income(self):
        with pytest.raises(MeasureError, match="total income of 0"):
            s80_s20([0.0, 1.0, 2.0, 3.0, 4.0], SurveyDesign([1.0] * 5))


class TestBinnedGini:
    @given(
        st.lists(st.tuples(st.floats(-50, 1e9), st.integers(0, 9)), min_size=1, max_size=60),
        st.integers(1, 40),
    )
    def test_keeps_its_bound(self, sample, bins):
        y, w = arrays([*sample, (1e4, 9), (1e5, 9)])
        exact, found = gini(y, SurveyDesign(w)).value, binned_gini(y, w, bins)
        assert found.value - 1e-9 <= exact <= found.value + found.error + 1e-9

    @pytest.mark.parametrize(("bins", "at_most"), [(10, 1), (1000, 1e-3), (65536, 1e-6)])
    def test_keeps_its_bound_on_surveys(self, eusilc, casen, bins, at_most):
        surveyed = casen["surveyed"]
        for y, w in (
            (eusilc["eqIncome"], eusilc["rb050"]),
            (casen["ypc"][surveyed], casen["expr"][surveyed]),
            (casen["ypchautcor"][surveyed], casen["expr"][surveyed]),
        ):
            exact, found = gini(y, SurveyDesign(w)).value, binned_gini(y, w, bins)
            assert found.value - 1e-12 <= exact <= found.value + found.error
            assert found.error < at_most

    def test_hides_something_in_wide_bins(self):
        y = np.random.default_rng(3).lognormal(0, 1, 5000)
        found = binned_gini(y, bins=20)
        assert gini(y, SurveyDesign(np.ones(5000))).value > found.value + 1e-4

    def test_counts_each_row_as_one_without_weights(self):
        y = np.arange(1, 300)
        assert binned_gini(y) == pytest.approx(binned_gini(y, np.full(299, 7)))

    @pytest.mark.parametrize(
        ("income", "weight", "bins", "sentence"),
        [
            ([1.0, np.nan], None, 9, "missing or infinite"),
            ([], None, 9, "shape"),
            ([1.0, 2.0], [1.0], 9, "shape"),
            ([1.0, 2.0], [1.0, -1.0], 9, "weight goes down to -1"),
            ([-1.0, 0.0], None, 9, "mean income is -0.5"),
            ([1.0, 2.0], None, 0, "bins is 0"),
        ],
    )
    def test_refuses_what_has_no_index(self, income, weight, bins, sentence):
        with pytest.raises(MeasureError, match=sentence):
            binned_gini(np.array(income), None if weight is None else np.array(weight), bins)
