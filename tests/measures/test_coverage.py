"""Intervals hold the truth as often as they say, in short; `python -m tests.measures.coverage` says it of 2,000 samples."""

import math

import pytest
from tests.measures.coverage import BIASED, repeated, together
from tests.measures.people import estimated

SAMPLES = 150
# Four standard deviations of a share of 95 % over so many samples.
REACH = 4 * math.sqrt(0.95 * 0.05 / SAMPLES)


@pytest.fixture(scope="module")
def found():
    return together(iter([repeated(range(SAMPLES), estimated())]), estimated())


@pytest.mark.slow
@pytest.mark.parametrize("name", estimated())
class TestIntervals:
    def test_hold_the_truth_as_often_as_they_say(self, found, name):
        assert found[name].coverage == pytest.approx(0.95, abs=2 * REACH if name in BIASED else REACH)

    def test_have_errors_of_the_size_of_the_spread(self, found, name):
        assert found[name].ratio == pytest.approx(1, abs=0.25)
        assert abs(found[name].bias) < (1.5 if name in BIASED else 0.35)
