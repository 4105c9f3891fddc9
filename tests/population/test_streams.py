"""Files larger than memory: every household whole and once, whatever the batch."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.population.land import LAND, assert_same_population, mapping

from amparo.errors import PopulationError
from amparo.population import Population, random_population, read, read_parquet, stream, write_parquet

HOW = mapping('[facts.person]\nrow = "row"\n', age="a", sex={"column": "s"}, rent={"column": "r"})
COUPLE = ["female", "male"]


def survey(path: Path, homes: list[int], group: int, **more: Any) -> pa.Table:
    """Persons of these households, in row groups of that many rows."""
    n = len(homes)
    table = pa.table({
        "home": homes, "row": range(n), "a": [i % 90 for i in range(n)], "s": [COUPLE[i % 2] for i in range(n)],
        "r": [float(h) for h in homes], **more,
    })  # fmt: skip
    pq.write_table(table, path, row_group_size=group)
    return table


def joined(parts: list[Population], of: str) -> list[Any]:
    return [v for p in parts for v in p.column(of).tolist()]


class TestStream:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
    @given(
        sizes=st.lists(st.integers(1, 5), min_size=1, max_size=12),
        group=st.integers(1, 12),
        batch=st.integers(1, 12),
        text=st.booleans(),
    )
    def test_gives_every_household_whole_and_once(
        self, tmp_path: Path, sizes: list[int], group: int, batch: int, text: bool
    ) -> None:
        path = tmp_path / "a.parquet"
        homes: list[Any] = [f"{h:03}" if text else h for h, size in enumerate(sizes) for _ in range(size)]
        how = mapping('[facts.person]\nrow = "row"\n', age="a")
        pq.write_table(
            pa.table({"home": homes, "row": range(len(homes)), "a": [1] * len(homes)}), path, row_group_size=group
        )
        parts = list(stream(path, how, LAND, batch))
        assert [s for p in parts for s in p.sizes.tolist()] == sizes
        assert [r for p in parts for r in p.person_facts["row"].tolist()] == list(range(len(homes)))
        assert [h for p in parts for h in p.household_facts["household_id"].tolist()] == sorted(set(homes))

    @pytest.mark.parametrize("batch", [1, 2, 5, 1000])
    def test_reads_what_read_reads(self, tmp_path: Path, batch: int) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 1, 2, 3, 3, 3, 9], 3)
        whole, parts = read(path, HOW, LAND), list(stream(path, HOW, LAND, batch))
        for key in ("age", "sex", "rent"):
            assert joined(parts, key) == whole.column(key).tolist()
            assert len({p.column(key).dtype for p in parts}) == 1

    @pytest.mark.parametrize("batch", [1, 3, 64, 10_000])
    def test_reads_the_own_form_with_its_empty_households(self, tmp_path: Path, batch: int) -> None:
        path = tmp_path / "a.parquet"
        p = random_population(LAND, 200, 5, empty=True, unknown=0.1)
        write_parquet(p, path, LAND)
        again = tmp_path / "b.parquet"
        write_parquet(stream(path, None, LAND, batch), again, LAND)
        assert_same_population(p, read_parquet(again, LAND))

    def test_keeps_one_encoding_of_categories_that_each_row_group_numbers_anew(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        named = pa.array(["male", "female", "female", "male"]).dictionary_encode()
        survey(path, [1, 2, 2, 3], 2, s=named)
        assert joined(list(stream(path, HOW, LAND, 1)), "sex") == [1, 0, 0, 1]

    def test_knows_what_is_unknown_in_some_batches_only(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2, 3], 1, a=pa.array([5, None, 7]))
        masks = [p.known.get("age", np.array([True])).tolist() for p in stream(path, HOW, LAND, 1)]
        assert masks == [[True], [False], [True]]

    def test_refuses_a_file_that_is_not_sorted_and_names_the_household(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        for homes, group in (([1, 2, 1], 10), ([1, 2, 2, 1], 3), ([5, 5, 4], 1)):
            survey(path, homes, group)
            with pytest.raises(PopulationError) as caught:
                list(stream(path, HOW, LAND, 2))
            assert str(caught.value) == (
                f"a.parquet is not sorted by home: household {homes[-1]} comes too late; sort it, or use read(…)."
            )

    def test_refuses_an_identifier_that_repeats_without_end(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [7] * 100_001, 50_000)
        with pytest.raises(
            PopulationError, match="over 100000 rows in a row have the same home; it names no household"
        ):
            list(stream(path, HOW, LAND))

    def test_refuses_rows_without_a_household(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2], 2)
        pq.write_table(pq.read_table(path).set_column(0, "home", pa.array([1, None])), path)
        with pytest.raises(PopulationError, match="'home' has 1 missing household identifiers"):
            list(stream(path, HOW, LAND))

    def test_refuses_an_absent_column_a_file_without_rows_and_a_batch_of_none(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        table = survey(path, [1, 2], 2)
        with pytest.raises(PopulationError, match="a.parquet has no column 'aa'"):
            list(stream(path, mapping(age="aa"), LAND))
        for batch in (0, -1):
            with pytest.raises(PopulationError, match=f"batches of {batch} rows are none"):
                list(stream(path, HOW, LAND, batch))
        pq.write_table(table.slice(0, 0), path)
        with pytest.raises(PopulationError, match="a.parquet has no rows"):
            list(stream(path, HOW, LAND))

    def test_names_the_row_of_the_file_and_not_of_the_batch(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2, 3, 4, 5], 2, s=["male", "male", "female", "other", "male"])
        with pytest.raises(PopulationError, match="column 's' holds 'other' on row 4, which the mapping of 'sex'"):
            list(stream(path, HOW, LAND, 1))

    def test_refuses_strata_that_each_batch_would_number_anew(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2], 1, st=["n", "s"])
        how = mapping('[household]\nid = "home"\nstratum = "st"\n')
        with pytest.raises(
            PopulationError, match="column 'st' is string, which each batch of a stream would number anew"
        ):
            list(stream(path, how, LAND))
        assert read(path, how, LAND).stratum.tolist() == [0, 1]  # type: ignore[union-attr]

    def test_leaves_out_an_identifier_that_it_cannot_join_alike(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2], 1, part=[1, 22])
        (p, *_) = stream(path, mapping('[household]\nid = ["home", "part"]\n', age="a"), LAND)
        assert "household_id" not in p.household_facts

    def test_may_be_left_before_its_end(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        survey(path, [1, 2, 3], 1)
        parts = stream(path, HOW, LAND, 1)
        assert next(parts).person_count == 1
        parts.close()  # type: ignore[attr-defined]
