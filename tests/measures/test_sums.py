"""Sums and columns in parts, whoever does them."""

import os

import numpy as np
import pytest

from amparo.measures import Weights, gini, median, zenga
from amparo.measures.sampling.sums import CHUNK, MANY, filled, in_parts, summed

SIZES = (0, 1, CHUNK, CHUNK + 1, MANY + 3)


class TestParts:
    @pytest.mark.parametrize("n", SIZES)
    def test_cover_every_row_once_and_in_order(self, n):
        parts = in_parts(lambda part: range(n)[part], n)
        assert [row for part in parts for row in part] == list(range(n))

    @pytest.mark.parametrize("n", SIZES)
    def test_sums_and_columns_are_those_of_numpy(self, n):
        y = np.random.default_rng(n).lognormal(12, 1, n)
        assert summed(lambda part: float(y[part].sum()), n) == pytest.approx(y.sum(), rel=1e-13)
        assert np.array_equal(filled(lambda part: 2 * y[part], n), 2 * y)

    def test_an_error_of_a_thread_is_raised(self):
        def refuse(part: slice) -> None:
            if part.start > MANY // 2:
                raise ValueError("here")

        with pytest.raises(ValueError, match="here"):
            in_parts(refuse, MANY + CHUNK)

    @pytest.mark.parametrize("measure", [gini, median, zenga])
    def test_the_number_of_threads_changes_no_digit(self, measure, monkeypatch):
        draw = np.random.default_rng(4)
        y, w = draw.lognormal(12, 1, MANY + 7), draw.random(MANY + 7)
        found = set()
        for threads in (1, 2, 5):
            monkeypatch.setattr(os, "cpu_count", lambda threads=threads: threads)
            found.add(measure.value(y, Weights(w)))
        assert len(found) == 1
