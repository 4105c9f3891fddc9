"""Rows of persons brought together by household."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import PopulationError
from amparo.population.grouping import grouped, grouped_with, identifier


class TestGrouped:
    def test_keeps_rows_that_are_sorted(self) -> None:
        found = grouped(pa.table({"h": [1, 1, 2], "p": [1, 2, 3]}), ("h",))
        assert (list(found.offsets), found.order) == ([0, 2, 3], None)

    def test_brings_together_the_rows_of_an_unsorted_household_in_their_order(self) -> None:
        found = grouped(pa.table({"h": [2, 1, 2, 1], "p": ["a", "b", "c", "d"]}), ("h",))
        assert found.table.column("p").to_pylist() == ["b", "d", "a", "c"]
        assert list(found.offsets) == [0, 2, 4]
        assert found.order is not None
        assert list(found.order) == [1, 3, 0, 2]

    def test_takes_texts_by_first_appearance(self) -> None:
        found = grouped(pa.table({"h": ["z", "a", "z"], "p": [1, 2, 3]}), ("h",))
        assert found.table.column("p").to_pylist() == [1, 3, 2]

    def test_needs_every_column_of_the_identifier_to_be_the_same(self) -> None:
        found = grouped(pa.table({"d": [1, 1, 1, 2], "h": [1, 2, 1, 1], "p": [1, 2, 3, 4]}), ("d", "h"))
        assert found.table.column("p").to_pylist() == [1, 3, 2, 4]
        assert list(found.offsets) == [0, 2, 3, 4]

    @given(st.lists(st.integers(-3, 3), min_size=1, max_size=30))
    def test_gives_every_household_whole_and_every_row_once(self, homes: list[int]) -> None:
        found = grouped(pa.table({"h": homes, "p": range(len(homes))}), ("h",))
        rows = found.table.column("p").to_pylist()
        assert sorted(rows) == list(range(len(homes)))
        parts = [rows[a:b] for a, b in zip(found.offsets, found.offsets[1:], strict=False)]
        assert parts == [[i for i, h in enumerate(homes) if h == home] for home in sorted(set(homes))]

    @pytest.mark.parametrize(
        "column", [pa.array([1, None, None]), pa.array([1.0, float("nan"), None]), pa.array(["a", None, None])]
    )
    def test_refuses_persons_whose_household_is_missing(self, column: pa.Array) -> None:
        """NaN differs from itself: each would be a household of its own."""
        with pytest.raises(PopulationError) as caught:
            grouped(pa.table({"h": column}), ("h",))
        assert str(caught.value) == "column 'h' has 2 missing household identifiers, first on row 2; fill them in."


class TestGroupedWith:
    HOMES = pa.table({"h": [3, 1, 2], "wall": ["x", "y", "z"]})

    def test_keeps_households_without_persons_in_the_order_of_their_file(self) -> None:
        found = grouped_with(pa.table({"h": [1, 3, 1], "p": [1, 2, 3]}), self.HOMES, ("h",))
        assert found.table.column("p").to_pylist() == [2, 1, 3]
        assert list(found.offsets) == [0, 1, 3, 3]

    def test_keeps_persons_that_are_in_order(self) -> None:
        assert grouped_with(pa.table({"h": [3, 1]}), self.HOMES, ("h",)).order is None

    def test_refuses_a_household_that_stands_twice(self) -> None:
        homes = pa.table({"h": [3, 1, 3]})
        with pytest.raises(PopulationError, match="household 3 stands 2 times; keep one row of it"):
            grouped_with(pa.table({"h": [3]}), homes, ("h",))

    def test_refuses_a_second_household_that_stands_twice_as_often_as_it_does(self) -> None:
        with pytest.raises(PopulationError, match="household 1 stands 2 times"):
            grouped_with(pa.table({"h": [1]}), pa.table({"h": [1, 1, 2, 2, 2]}), ("h",))

    def test_refuses_persons_without_a_household_and_counts_them(self) -> None:
        with pytest.raises(PopulationError) as caught:
            grouped_with(pa.table({"h": [3, 9, 9, 1]}), self.HOMES, ("h",))
        assert str(caught.value) == (
            "2 persons belong to no household of the file, first row 2 of household 9; "
            "add the household or correct the identifier."
        )

    def test_matches_identifiers_that_are_texts_in_one_file_and_numbers_in_the_other(self) -> None:
        found = grouped_with(pa.table({"h": ["1", "3"], "p": [1, 2]}), self.HOMES, ("h",))
        assert list(found.offsets) == [0, 1, 2, 2]

    def test_matches_all_columns_of_the_identifier(self) -> None:
        homes = pa.table({"d": [1, 1, 2], "h": [1, 2, 1]})
        found = grouped_with(pa.table({"d": [2, 1], "h": [1, 2], "p": [1, 2]}), homes, ("d", "h"))
        assert found.table.column("p").to_pylist() == [2, 1]
        assert list(found.offsets) == [0, 0, 1, 2]
        with pytest.raises(PopulationError, match="household 2-2"):
            grouped_with(pa.table({"d": [2], "h": [2]}), homes, ("d", "h"))


class TestIdentifier:
    def test_of_numbers_puts_their_digits_side_by_side(self) -> None:
        assert list(identifier(pa.table({"d": [1, 11], "h": [11, 1]}), ("d", "h"))) == [111, 1101]

    @pytest.mark.parametrize("h", [["a", "b"], [-1, 2], [10**17, 10**18]])
    def test_of_anything_else_is_a_text(self, h: list[object]) -> None:
        made = identifier(pa.table({"d": [1, 11], "h": h}), ("d", "h"))
        assert list(made) == [f"1-{h[0]}", f"11-{h[1]}"]

    @given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), min_size=1, unique=True))
    def test_differs_between_households(self, pairs: list[tuple[int, int]]) -> None:
        table = pa.table({"d": [d for d, _ in pairs], "h": [h for _, h in pairs]})
        assert len(np.unique(identifier(table, ("d", "h")))) == len(pairs)
