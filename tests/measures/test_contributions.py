"""Marginal contributions and the shares of Shapley, against every order of arrival, one by one."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    SurveyDesign,
    foster_greer_thorbecke,
    gini,
    marginal_contribution,
    poverty_gap,
    poverty_headcount,
    shapley_gini,
    shapley_poverty,
)


def game(seed, n=60):
    rng = np.random.default_rng(seed)
    without = rng.lognormal(3, 1, n)
    amounts = {
        "grant": np.where(rng.random(n) < 0.5, rng.uniform(1, 20, n), 0.0),
        "pension": np.where(rng.random(n) < 0.3, rng.uniform(5, 40, n), 0.0),
        "tax": -0.2 * np.maximum(without - 25, 0),
    }
    return without, amounts, SurveyDesign(rng.uniform(1, 9, n), rng.integers(0, 3, n), rng.integers(0, 7, n))


def by_every_order(measure, without, amounts, design):
    """Return each player's share as a linearised value: the mean of what it adds over all orders of arrival."""
    shares = {}
    orders = list(permutations(amounts))
    for order in orders:
        income = without
        for name in order:
            added = measure(income + amounts[name], design) - measure(income, design)
            part = added * (1 / len(orders))
            shares[name] = shares[name] + part if name in shares else part
            income = income + amounts[name]
    return {name: share.estimate() for name, share in shares.items()}


@pytest.mark.parametrize("alpha", [0.0, 1.0, 2.0])
@given(seed=st.integers(0, 10_000))
def test_shares_of_poverty_are_those_of_every_order_of_arrival(alpha, seed):
    without, amounts, design = game(seed)
    found = shapley_poverty(without, amounts, 20.0, design, alpha=alpha)
    expected = by_every_order(
        lambda y, d: foster_greer_thorbecke.linearised(y, 20.0, d, alpha=alpha), without, amounts, design
    )
    for name, each in expected.items():
        assert found[name].value == pytest.approx(each.value, abs=1e-12)
        assert found[name].standard_error == pytest.approx(each.standard_error, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_shares_of_the_gini_are_those_of_every_order_of_arrival(seed):
    without, amounts, design = game(seed, n=4_000)
    found = shapley_gini(without, amounts, design)
    expected = by_every_order(gini.linearised, without, amounts, design)
    for name, each in expected.items():
        assert found[name].value == pytest.approx(each.value, abs=1e-6)
        assert found[name].standard_error == pytest.approx(each.standard_error, rel=0.01)


def test_shares_add_up_and_leave_out_who_is_not_measured():
    without, amounts, design = game(3)
    domain = np.arange(without.size) % 3 != 0
    found = shapley_poverty(without, amounts, 20.0, design, domain=domain)
    moved = poverty_headcount.value(without + sum(amounts.values()), 20.0, design, domain=domain)
    moved -= poverty_headcount.value(without, 20.0, design, domain=domain)
    assert sum(each.value for each in found.values()) == pytest.approx(moved)
    index = shapley_gini(without, amounts, design, domain=domain)
    whole = gini.value(without + sum(amounts.values()), design, domain=domain) - gini.value(
        without, design, domain=domain
    )
    assert sum(each.value for each in index.values()) == pytest.approx(whole, abs=1e-5)


def test_who_gives_nothing_has_no_share():
    without, amounts, design = game(5)
    amounts["nothing"] = np.zeros(without.size)
    assert shapley_poverty(without, amounts, 20.0, design)["nothing"].value == 0
    assert shapley_gini(without, amounts, design)["nothing"].value == pytest.approx(0, abs=1e-15)


def test_two_who_give_the_same_have_the_same_share():
    without, amounts, design = game(6)
    twins = {"one": amounts["grant"], "other": amounts["grant"], "tax": amounts["tax"]}
    for found in (shapley_poverty(without, twins, 20.0, design, alpha=1), shapley_gini(without, twins, design)):
        assert found["one"].value == pytest.approx(found["other"].value, abs=1e-12)
        assert found["one"].standard_error == pytest.approx(found["other"].standard_error, rel=1e-9)


def test_the_contribution_at_the_end_is_with_less_without():
    without, amounts, design = game(7)
    income = without + amounts["grant"]
    found = marginal_contribution(poverty_gap, income, amounts["grant"], 20.0, design)
    assert found.value == pytest.approx(
        poverty_gap.value(income, 20.0, design) - poverty_gap.value(without, 20.0, design)
    )
    assert found.value < 0


@pytest.mark.parametrize("many", [0, 13])
def test_refuse_no_instrument_or_too_many(many):
    amounts = {str(i): [1.0, 1.0] for i in range(many)}
    with pytest.raises(MeasureError, match=f"{many} instruments"):
        shapley_gini([1.0, 2.0], amounts, SurveyDesign([1.0, 1.0]))


@pytest.mark.parametrize("far", [1e6, 1e9, -1e5])
def test_one_income_far_from_the_others_leaves_the_shares_of_inequality_right(far):
    draw = np.random.default_rng(0)
    income = draw.lognormal(5, 1, 2000)
    income[0] += far
    income[1] += max(0.0, -2 * far)
    amounts = {"grant": np.where(income < 100, 30.0, 0.0), "tax": np.where(income > 300, -30.0, 0.0)}
    design = SurveyDesign(draw.uniform(1, 2, 2000))
    found = shapley_gini(income, amounts, design)
    one, other = amounts.values()
    of = {held: gini.value(income + moved, design) for held, moved in enumerate((0.0, one, other, one + other))}
    first = (of[1] - of[0] + of[3] - of[2]) / 2
    assert found["grant"].value == pytest.approx(first, rel=2e-5)
    assert found["tax"].value == pytest.approx(of[3] - of[0] - first, rel=2e-5)
