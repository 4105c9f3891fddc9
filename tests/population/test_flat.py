"""The project's own form, written and read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.population.land import LAND, assert_same_population, people

from amparo.errors import PopulationError
from amparo.expr import Category, Entity, HouseholdView, Input, PersonView
from amparo.population import Population, is_flat, random_population, read_parquet, stream, write_parquet


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Any columns of any households: some empty, some values unknown, some facts text."""
    sizes = draw(st.lists(st.integers(0, 3), min_size=1, max_size=6).filter(any))
    persons, homes = sum(sizes), len(sizes)

    def column(rows: int, kind: str) -> np.ndarray[Any, Any]:
        values: dict[str, st.SearchStrategy[Any]] = {
            "bool": st.booleans(),
            "int8": st.integers(-128, 127),
            "int64": st.integers(-(2**62), 2**62),
            "float64": st.floats(allow_nan=False),
            "str": st.text("añz09", min_size=1, max_size=3),
        }
        return np.array(draw(st.lists(values[kind], min_size=rows, max_size=rows)), dtype=kind)

    made = {"age": column(persons, "int8"), "income": column(persons, "int64"), "pregnant": column(persons, "bool")}
    made |= {"share": column(persons, "float64"), "mother": column(persons, "int8").astype(np.int32)}
    made |= {"rent": column(homes, "int64"), "rural": column(homes, "bool")}
    unknown = draw(st.sets(st.sampled_from(["age", "income", "pregnant", "share", "rent", "rural"])))
    known = {k: column(len(made[k]), "bool") for k in unknown}
    return people(
        sizes,
        **made,
        known={k: m for k, m in known.items() if not m.all()},
        weight=column(homes, "float64"),
        person_weight=draw(st.none() | st.just(column(persons, "float64"))),
        stratum=draw(st.none() | st.just(column(homes, "int64"))),
        cluster=draw(st.none() | st.just(column(homes, "int64"))),
        person_facts={"person_id": column(persons, "str"), "region": column(persons, "int8")},
        household_facts={"household_id": column(homes, "int64"), "score": column(homes, "float64")},
        labels={"region": ("north", "south")},
    )


def sample() -> Population:
    return random_population(LAND, 500, 3, empty=True, unknown=0.1, stands_for=1e6)


class TestWriteParquet:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
    @given(populations())
    def test_keeps_everything_that_read_parquet_gives_back(self, tmp_path: Path, p: Population) -> None:
        path = tmp_path / "a.parquet"
        assert write_parquet(p, path, LAND) == p.person_count
        assert_same_population(p, read_parquet(path, LAND))

    def test_keeps_generated_households(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        write_parquet(sample(), path, LAND)
        assert_same_population(sample(), read_parquet(path, LAND))

    @pytest.mark.parametrize("households", [1, 7, 1000])
    def test_writes_batches_as_the_whole(self, tmp_path: Path, households: int) -> None:
        """A batch of one household may have no members at all."""
        path = tmp_path / "a.parquet"
        assert write_parquet(sample().batches(households), path, LAND) == 500
        assert_same_population(sample(), read_parquet(path, LAND))

    def test_leaves_what_stood_there_when_it_fails_midway(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        write_parquet(sample(), path, LAND)

        def broken() -> Iterator[Population]:
            yield sample().slice(0, 10)
            raise RuntimeError("the disk is gone")

        with pytest.raises(RuntimeError, match="the disk is gone"):
            write_parquet(broken(), path, LAND)
        assert read_parquet(path, LAND).person_count == 500
        assert [p.name for p in tmp_path.iterdir()] == ["a.parquet"]

    def test_refuses_batches_whose_names_differ(self, tmp_path: Path) -> None:
        """Code 0 would be north in one and south in the other."""
        north, south = (
            people([1], person_facts={"region": np.array([0])}, labels={"region": names})
            for names in (("north",), ("south",))
        )
        with pytest.raises(PopulationError, match="batches name the codes of 'region' differently"):
            write_parquet([north, south], tmp_path / "a.parquet", LAND)

    def test_refuses_batches_whose_values_need_another_type(self, tmp_path: Path) -> None:
        batches = [people([1], income=np.array([5])), people([1], income=np.array([5.5]))]
        with pytest.raises(PopulationError, match="a batch does not fit the first: .*5.5"):
            write_parquet(batches, tmp_path / "a.parquet", LAND)

    @pytest.mark.parametrize("nobody", [people([0, 0]), [], [people([0])]])
    def test_refuses_a_population_without_persons(self, tmp_path: Path, nobody: Any) -> None:
        with pytest.raises(PopulationError, match="a population without persons cannot be written"):
            write_parquet(nobody, tmp_path / "a.parquet", LAND)
        assert not list(tmp_path.iterdir())

    def test_says_that_a_file_cannot_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(PopulationError, match="a.parquet cannot be written: "):
            write_parquet(sample(), tmp_path / "none" / "a.parquet", LAND)


class TestReadParquet:
    def test_refuses_a_file_of_another_form(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        pq.write_table(pa.table({"household": [1]}), path)
        assert not is_flat(path)
        with pytest.raises(PopulationError, match="a.parquet is not in amparo's own form; read it with a mapping"):
            read_parquet(path, LAND)

    def test_refuses_a_file_of_another_country(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        write_parquet(sample(), path, LAND)
        assert is_flat(path)
        with pytest.raises(PopulationError, match="a.parquet was written for landia, not for elsewhere"):
            read_parquet(path, replace(LAND, key="elsewhere"))

    def test_refuses_a_file_whose_categories_have_changed_since(self, tmp_path: Path) -> None:
        class Person(PersonView):
            work = Input(Category, categories=("formal", "none"), labels={"en": "work"})

        class Household(HouseholdView[Person], member=Person):
            pass

        path = tmp_path / "a.parquet"
        write_parquet(people([1], work=[1]), path, LAND)
        with pytest.raises(
            PopulationError, match="a.parquet: the categories of 'work' have changed since; write it again"
        ):
            read_parquet(path, replace(LAND, household=Household))

    @pytest.mark.parametrize("content", [b"", b"no parquet at all", None])
    def test_says_that_a_file_is_malformed_or_absent(self, tmp_path: Path, content: bytes | None) -> None:
        path = tmp_path / "a.parquet"
        if content is not None:
            path.write_bytes(content)
        for opened in (lambda: read_parquet(path, LAND), lambda: is_flat(path), lambda: list(stream(path, None, LAND))):
            with pytest.raises(PopulationError, match="a.parquet is no readable PARQUET file|there is no file"):
                opened()

    def test_refuses_households_that_fall_and_files_without_rows(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        write_parquet(people([1, 1], age=[1, 2]), path, LAND)
        table = pq.read_table(path)
        pq.write_table(table.take([1, 0]), path)
        with pytest.raises(PopulationError, match="a.parquet: the column 'household' falls"):
            read_parquet(path, LAND)
        pq.write_table(table.slice(0, 0), path)
        with pytest.raises(PopulationError, match="a.parquet has no rows"):
            read_parquet(path, LAND)

    def test_writes_what_a_colleague_needs_to_read_it_elsewhere(self, tmp_path: Path) -> None:
        """Unknown is null, one row per person, a household's columns on each of its members."""
        path = tmp_path / "a.parquet"
        p = people([2, 0], age=[40, 0], known={"age": np.array([True, False])}, rural=[True, False])
        write_parquet(p, path, LAND)
        assert pq.read_table(path).select(["household", "member", "age", "rural"]).to_pydict() == {
            "household": [0, 0, 1], "member": [True, True, False], "age": [40, None, None], "rural": [True, True, False],
        }  # fmt: skip
        said = json.loads(pq.read_schema(path).metadata[b"amparo"])
        assert (said["country"], said["persons"], said["categories"]) == ("landia", ["age"], {})


def test_the_country_of_these_tests_has_an_input_of_each_entity() -> None:
    assert {i.entity for i in LAND.inputs.values()} == {Entity.PERSON, Entity.HOUSEHOLD}
