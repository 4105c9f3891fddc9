"""Populations as columns: shapes, what is missing, slices."""

import numpy as np
import pytest
from tests.population.land import Household, Person, assert_same_population, people

from amparo.errors import PopulationError
from amparo.expr import Entity
from amparo.population import NOBODY, OUTSIDE, UNKNOWN, Population


def three() -> Population:
    """Two persons, nobody, one person."""
    return people(
        [2, 0, 1],
        age=[40, 3, 70],
        income=np.array([100, 0, 250], dtype=np.int64),
        rural=[True, False, False],
        mother=np.array([NOBODY, 0, UNKNOWN], dtype=np.int32),
        known={"income": np.array([True, False, True]), "rural": np.array([True, False, True])},
        weight=np.array([10.0, 20.0, 30.0]),
        stratum=np.array([1, 1, 2]),
        cluster=np.array([7, 8, 9]),
        person_weight=np.array([1.0, 2.0, 3.0]),
        person_facts={"region": np.array([0, 0, 1], dtype=np.int8)},
        household_facts={"household_id": np.array(["a", "b", "c"])},
        labels={"region": ("north", "south")},
    )


class TestPopulation:
    def test_counts_households_without_members(self) -> None:
        p = three()
        assert (p.person_count, p.household_count, list(p.sizes)) == (3, 3, [2, 0, 1])
        assert repr(p) == "Population(3 persons in 3 households)"

    @pytest.mark.parametrize("offsets", [[], [1, 2], [0, 2, 1], [[0, 1]]])
    def test_refuses_offsets_that_do_not_start_at_zero_or_fall(self, offsets: list[int]) -> None:
        with pytest.raises(PopulationError, match="offsets must start at 0 and never fall"):
            Population(np.array(offsets, dtype=np.int32), {})

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"persons": {"age": np.zeros(2)}}, "column 'age' has shape (2,), but the population needs (3,)"),
            ({"households": {"rent": np.zeros(3)}}, "column 'rent' has shape (3,), but the population needs (2,)"),
            ({"relations": {"mother": np.zeros((3, 1))}}, "column 'mother' has shape (3, 1)"),
            ({"person_facts": {"region": np.zeros(2)}}, "column 'region'"),
            ({"household_facts": {"region": np.zeros(3)}}, "column 'region'"),
            ({"weight": np.zeros(3)}, "column 'weight'"),
            ({"stratum": np.zeros(1)}, "column 'stratum'"),
            ({"cluster": np.zeros(3)}, "column 'cluster'"),
            ({"person_weight": np.zeros(2)}, "column 'person_weight' has shape (2,), but the population needs (3,)"),
            ({"persons": {"age": np.zeros(3)}, "known": {"age": np.ones(2, dtype=bool)}}, "column 'known: age'"),
            (
                {"households": {"rent": np.zeros(2)}, "known": {"rent": np.ones(3, dtype=bool)}},
                "column 'known: rent' has shape (3,), but the population needs (2,)",
            ),
        ],
    )
    def test_refuses_a_column_of_another_length_and_names_it(self, more: dict[str, object], said: str) -> None:
        with pytest.raises(PopulationError) as caught:
            Population(np.array([0, 2, 3]), **{"persons": {}, **more})
        assert said in str(caught.value)
        assert str(caught.value).endswith("give one value for each person or household.")

    def test_refuses_a_mask_that_is_no_yes_or_no(self) -> None:
        """~ of an integer 1 is −2, which is true: everything would be unknown."""
        with pytest.raises(PopulationError, match="'known: age' holds int64; give yes or no"):
            Population(np.array([0, 2]), {"age": np.array([1, 2])}, known={"age": np.array([1, 0])})

    def test_weighs_every_household_one_by_default(self) -> None:
        assert list(people([1, 2]).weight) == [1.0, 1.0]
        assert list(people([1, 2]).weight_of_persons()) == [1.0, 1.0, 1.0]

    def test_gives_each_member_the_weight_of_their_household_unless_persons_have_their_own(self) -> None:
        assert list(people([2, 0, 1], weight=np.array([10.0, 20.0, 30.0])).weight_of_persons()) == [10, 10, 30]
        assert list(three().weight_of_persons()) == [1, 2, 3]

    def test_finds_the_household_of_a_person(self) -> None:
        p = three()
        assert list(p.household_of_person()) == [0, 0, 2]
        assert [p.household_at(i) for i in range(3)] == [0, 0, 2]
        assert list(p.to_persons(np.array([5, 6, 7]))) == [5, 5, 7]

    def test_adds_up_members_and_gives_zero_to_whoever_has_none(self) -> None:
        assert list(three().household_sum(np.array([1, 2, 4]))) == [3, 0, 4]
        assert list(three().household_sum(np.array([True, True, False]), np.int64)) == [2, 0, 0]
        assert list(people([0, 0]).household_sum(np.zeros(0))) == [0, 0]

    def test_does_not_overflow_when_it_adds_up_narrow_columns(self) -> None:
        assert list(people([2]).household_sum(np.array([100, 100], dtype=np.int8))) == [200]

    def test_finds_a_column_by_declaration_or_key(self) -> None:
        p = three()
        assert p.column(Person.age) is p.column("age")
        assert p.column(Household.rural) is p.households["rural"]
        assert p.has(Person.mother)
        assert not p.has("rent")

    def test_names_the_nearest_column(self) -> None:
        with pytest.raises(PopulationError, match="the population has no column 'incom'. Did you mean 'income'?"):
            three().column("incom")


class TestMissing:
    def test_counts_and_locates_what_is_unknown(self) -> None:
        income, mother, rural = three().missing([Person.age, Person.income, Person.mother, Household.rural])
        assert (income.key, income.entity, income.absent, income.count, income.first) == (
            "income", Entity.PERSON, False, 1, 0,
        )  # fmt: skip
        assert (mother.key, mother.count, mother.first) == ("mother", 1, 2)
        assert (rural.key, rural.entity, rural.count, rural.first) == ("rural", Entity.HOUSEHOLD, 1, 1)
        assert str(mother) == "'mother' is unknown for 1 persons, first in household 2"
        assert str(rural) == "'rural' is unknown for 1 households, first in household 1"

    def test_says_when_a_column_is_not_there_at_all(self) -> None:
        work, rent = three().missing([Person.work, Household.rent])
        assert (work.absent, work.count) == (True, 3)
        assert (rent.absent, rent.count) == (True, 3)
        assert str(work) == "'work' is in no column (3 persons)"

    def test_does_not_count_who_lives_elsewhere_or_has_nobody_as_unknown(self) -> None:
        p = people([2], mother=np.array([NOBODY, OUTSIDE], dtype=np.int32))
        assert p.missing([Person.mother]) == []


class TestSlice:
    def test_holds_whole_households_with_everything_they_have(self) -> None:
        part = three().slice(1, 3)
        assert list(part.offsets) == [0, 0, 1]
        assert list(part.persons["age"]) == [70]
        assert list(part.relations["mother"]) == [UNKNOWN]
        assert list(part.known["income"]) == [True]
        assert list(part.known["rural"]) == [False, True]
        assert (list(part.weight), list(part.stratum), list(part.cluster)) == ([20, 30], [1, 2], [8, 9])  # type: ignore[arg-type]
        assert list(part.person_weight) == [3]  # type: ignore[arg-type]
        assert list(part.person_facts["region"]) == [1]
        assert list(part.household_facts["household_id"]) == ["b", "c"]
        assert part.labels == {"region": ("north", "south")}

    def test_copies_nothing(self) -> None:
        p = three()
        assert np.shares_memory(p.slice(0, 1).persons["age"], p.persons["age"])

    @pytest.mark.parametrize(("first", "last"), [(-1, 1), (2, 1), (0, 4)])
    def test_refuses_households_that_are_not_there(self, first: int, last: int) -> None:
        with pytest.raises(PopulationError, match=f"cannot slice households {first} to {last} of 3"):
            three().slice(first, last)

    def test_of_everything_is_the_same(self) -> None:
        assert_same_population(three(), three().slice(0, 3))


class TestBatches:
    @pytest.mark.parametrize("households", [1, 2, 3, 100])
    def test_together_are_the_population(self, households: int) -> None:
        parts = list(three().batches(households))
        assert sum(b.household_count for b in parts) == 3
        assert [a for b in parts for a in b.persons["age"]] == [40, 3, 70]

    @pytest.mark.parametrize("households", [0, -5])
    def test_of_no_household_are_refused(self, households: int) -> None:
        with pytest.raises(PopulationError, match=f"batches of {households} households"):
            list(three().batches(households))


class TestWithColumns:
    def test_replaces_a_column_and_what_was_unknown_of_it(self) -> None:
        p = three().with_columns(persons={"income": np.array([1, 2, 3])})
        assert list(p.persons["income"]) == [1, 2, 3]
        assert "income" not in p.known
        assert "rural" in p.known
        assert list(three().persons["income"]) == [100, 0, 250]

    def test_says_what_is_unknown_of_a_new_column(self) -> None:
        mask = np.array([True, True, False])
        p = three().with_columns(households={"rent": np.array([1, 2, 3])}, known={"rent": mask})
        assert p.missing([Household.rent])[0].count == 1
