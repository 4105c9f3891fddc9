"""Ratios of every group at once."""

from typing import Any

import numpy as np
import pytest

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, ratio, ratios_by_group


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


def test_a_group_whose_denominator_is_zero_has_no_ratio() -> None:
    found = ratios_by_group([0, 0, 1], [1.0, 2.0, 3.0], [1.0, 1.0, 0.0], SurveyDesign([1.0, 1.0, 1.0]))
    assert found[1] is None
    assert found[0] is not None


def test_a_label_too_few_is_refused() -> None:
    with pytest.raises(MeasureError, match="one label for each of 3 rows"):
        ratios_by_group([0, 0], [1.0] * 3, [1.0] * 3, SurveyDesign([1.0] * 3))
