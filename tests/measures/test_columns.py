"""Columns of any maker, and their order."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, Weights, gini, median
from amparo.measures.sampling import columns
from amparo.measures.sampling.columns import ascending, plain

values = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, -0.0, 1.0, np.nextafter(1.0, 2.0), np.nextafter(1.0, 0.0), -1.0, 5e-324, 1e308]),
)


class TestAscending:
    @given(st.lists(values, max_size=60))
    def test_is_numpys_stable_order(self, given_):
        y = np.array(given_, dtype=np.float64)
        assert ascending(y).tolist() == np.argsort(y, kind="stable").tolist()

    @pytest.mark.parametrize("spread", [1.0, 1e-9, 1e-13, 0.0])
    @pytest.mark.parametrize("n", [1000, 200_000])
    def test_tells_values_apart_that_differ_in_their_last_bits(self, spread, n):
        draw = np.random.default_rng(3)
        for y in (1 + spread * draw.random(n), -1 - spread * draw.random(n), draw.lognormal(12, 1, n) * (1 + spread)):
            assert np.array_equal(ascending(y), np.argsort(y, kind="stable"))

    def test_needs_no_swaps_beyond_neighbours_or_asks_numpy(self, monkeypatch):
        y = 1 + np.random.default_rng(1).random(5000) * 1e-14
        monkeypatch.setattr(columns, "PASSES", 1)
        assert np.array_equal(ascending(y), np.argsort(y, kind="stable"))


class TestPlain:
    class Stream:
        """What pandas and DuckDB give: the interface and nothing else."""

        def __init__(self, column):
            self.column = column

        def __arrow_c_stream__(self, requested_schema=None):
            return pa.chunked_array([self.column]).__arrow_c_stream__(requested_schema)

    @pytest.mark.parametrize(
        ("column", "expected"),
        [
            (pa.array([1, None, 3]), [1.0, np.nan, 3.0]),
            (pa.array([True, False]), [True, False]),
            (pa.array([True, None]), [1.0, np.nan]),
            (pa.array([1.5, None]), [1.5, np.nan]),
            (pa.array([Decimal("1.50"), Decimal("2.00")]), [1.5, 2.0]),
            (pa.array(["a", "b"]), ["a", "b"]),
            (pa.array(["a", None]), ["a", None]),
            (pa.array([2**60, None]), [float(2**60), np.nan]),
            (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        ],
    )
    @pytest.mark.parametrize("made", [lambda c: c, lambda c: pa.chunked_array([c[:1], c[1:]]), Stream])
    def test_reads_numbers_booleans_and_texts(self, column, expected, made):
        found = plain(made(column)).tolist()
        assert [str(each) for each in found] == [str(each) for each in expected]

    def test_refuses_dates_and_whole_tables(self):
        with pytest.raises(MeasureError, match="a column of date32.*neither numbers, booleans nor texts"):
            plain(pa.array([0], pa.date32()))
        with pytest.raises(MeasureError):
            plain(pa.table({"a": [1], "b": [2]}))

    def test_what_a_mask_of_numpy_hides_is_missing(self):
        assert np.isnan(plain(np.ma.array([1, 2], mask=[False, True]))).tolist() == [False, True]
        assert plain(np.ma.array(["a", "b"], mask=[False, True])).tolist() == ["a", None]
        with pytest.raises(MeasureError, match="income has 1 missing"):
            gini(np.ma.array([1.0, 2.0, 900.0], mask=[0, 0, 1]), SurveyDesign([1.0] * 3))

    @pytest.mark.parametrize("kind", ["M8[D]", "m8[D]", "c16"])
    def test_refuses_what_numpy_would_turn_into_numbers_of_another_meaning(self, kind):
        with pytest.raises(MeasureError, match="income holds values that are no numbers"):
            gini(np.array([1, 2, 3]).astype(kind), SurveyDesign([1.0] * 3))

    def test_missing_values_are_refused_by_name(self):
        with pytest.raises(MeasureError, match="income has 1 missing or infinite values, the first at row 1"):
            gini(pa.array([1, None, 3]), SurveyDesign(pa.array([1, 1, 1])))


class TestRemembered:
    def test_order_does_not_outlive_a_change_of_the_column(self):
        income, design = np.array([3.0, 1.0, 2.0, 9.0]), Weights(np.ones(4))
        assert median.value(income, design) == 2
        income[:] = [9.0, 8.0, 7.0, 6.0]
        assert median.value(income, design) == 7

    def test_orders_are_few(self):
        design = Weights(np.ones(3))
        for shift in range(9):
            median.value(np.array([2.0, 1.0, 3.0]) + shift, design)
        assert len(design.orders) <= 3
