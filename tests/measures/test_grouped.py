"""Ratios of every group at once."""

from typing import Any

import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import Estimate, Grouping, SurveyDesign, bootstrap, mean, ratio, ratios_by_group


def sample(**drawn: Any) -> tuple[SurveyDesign, np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    n = 900
    stratum = random.integers(0, 9, n)
    cluster = random.integers(0, 4, n)
    stratum[:3], cluster[:3] = 9, 0  # a stratum of one cluster
    design = SurveyDesign(random.uniform(0, 5, n), stratum, cluster, **drawn)
    group = random.choice(["north", "centre", "south"], n)
    return design, group, random.lognormal(size=n), random.lognormal(size=n)


@pytest.mark.parametrize("drawn", [{}, {"single": "certainty"}, {"population": 30}])
def test_every_group_has_the_estimate_that_ratio_by_gives(drawn: dict[str, Any]) -> None:
    design, group, y, x = sample(**drawn)
    domain = y < 3
    for chosen in (None, domain):
        expected = ratio.by(group, y, x, design, domain=chosen)
        found = ratios_by_group(group, y, x, design, domain=chosen)
        assert list(found) == list(expected)
        for name, each in expected.items():
            one = found[name]
            assert one is not None
            assert one.value == pytest.approx(each.value, rel=1e-12)
            assert one.standard_error == pytest.approx(each.standard_error, rel=1e-9)
            assert (one.clusters, one.strata) == (each.clusters, each.strata)


@pytest.mark.parametrize("drawn", [{}, {"single": "certainty"}, {"population": 30}])
def test_shares_of_groups_are_ratios_to_everyone(drawn: dict[str, Any]) -> None:
    design, group, y, _ = sample(**drawn)
    chosen = y < 3
    for of in (design, bootstrap(design, 30, seed=5)):
        found = Grouping(group, of, domain=chosen).shares(y)
        for name in np.unique(group):
            expected = ratio(y * (group == name), y, of, domain=chosen)
            assert found[name] == approximately(expected)


def test_means_and_ratios_take_replicates() -> None:
    design, group, y, x = sample()
    replicates = bootstrap(design, 30, seed=6)
    groups = Grouping(group, replicates)
    for found, expected in (
        (groups.means(y), mean.by(group, y, replicates)),
        (groups.ratios(y, x), ratio.by(group, y, x, replicates)),
    ):
        for name, each in expected.items():
            assert found[name] == approximately(each)


def test_a_replicate_that_leaves_nobody_to_divide_by_is_named() -> None:
    replicates = bootstrap(SurveyDesign([1.0] * 4), 30, seed=1)
    with pytest.raises(MeasureError, match="replicate .* has a denominator of zero in group b"):
        Grouping(["a", "a", "a", "b"], replicates).ratios([1.0] * 4, [1.0] * 4)


class approximately:  # noqa: N801 - reads as a word in an assertion
    """An estimate that is equal up to rounding."""

    def __init__(self, expected: Estimate) -> None:
        self.expected = expected

    def __eq__(self, found: object) -> bool:
        assert isinstance(found, Estimate)
        near = pytest.approx((self.expected.value, self.expected.standard_error), rel=1e-9)
        return bool((found.value, found.standard_error) == near) and found.clusters == self.expected.clusters

    __hash__ = None  # type: ignore[assignment]


def test_a_group_whose_denominator_is_zero_has_no_ratio() -> None:
    found = ratios_by_group([0, 0, 1], [1.0, 2.0, 3.0], [1.0, 1.0, 0.0], SurveyDesign([1.0, 1.0, 1.0]))
    assert found[1] is None
    assert found[0] is not None


def test_a_label_too_few_is_refused() -> None:
    with pytest.raises(MeasureError, match="one label for each of 3 rows"):
        ratios_by_group([0, 0], [1.0] * 3, [1.0] * 3, SurveyDesign([1.0] * 3))
