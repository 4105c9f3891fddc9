"""What accumulates, carried from one month to the next."""

from typing import Any

import numpy as np
import pytest
from tests.population.land import Household, Person, people

from amparo.errors import PopulationError
from amparo.expr import Count, Months, state
from amparo.population import Population, carry_state, first_state

MONTHS = state("months", Person, Months, initial=0, on_birth=9)
GRANTS = state("grants", Person, Count, initial=1)
DEBT = state("debt", Household, Count, initial=0)
RESET = state("reset", Household, Count, initial=7, on_split="reset")
ALL = [MONTHS, GRANTS, DEBT, RESET]


def month(homes: dict[int, list[int]], **more: Any) -> Population:
    """Households by number, of persons by number."""
    persons = [p for members in homes.values() for p in members]
    return people(
        [len(m) for m in homes.values()],
        **{"age": [0 if p >= 90 else 30 for p in persons], **more},
        person_facts={"person_id": np.array(persons, dtype=np.int64)},
        household_facts={"household_id": np.array(list(homes), dtype=np.int64)},
    )


BEFORE = month({1: [11, 12], 2: [21]})
VALUES = {
    "months": np.array([3, 4, 5], dtype=np.int16),
    "grants": np.array([10, 20, 30]),
    "debt": np.array([100, 200]),
    "reset": np.array([1, 2]),
}


def carried(after: Population) -> dict[str, list[int]]:
    return {k: v.tolist() for k, v in carry_state(ALL, BEFORE, after, VALUES).items()}


class TestFirstState:
    def test_is_the_initial_value_of_everybody(self) -> None:
        found = first_state(ALL, BEFORE)
        assert {k: v.tolist() for k, v in found.items()} == {
            "months": [0, 0, 0], "grants": [1, 1, 1], "debt": [0, 0], "reset": [7, 7],
        }  # fmt: skip


class TestCarryState:
    def test_keeps_what_stays(self) -> None:
        assert carried(BEFORE) == {k: v.tolist() for k, v in VALUES.items()}

    def test_follows_persons_and_households_wherever_they_stand_in_the_file(self) -> None:
        found = carried(month({2: [21], 1: [12, 11]}))
        assert found == {"months": [5, 4, 3], "grants": [30, 20, 10], "debt": [200, 100], "reset": [2, 1]}

    def test_drops_who_leaves(self) -> None:
        found = carried(month({1: [12]}))
        assert found == {"months": [4], "grants": [20], "debt": [100], "reset": [1]}

    def test_starts_anew_who_comes_and_who_comes_back(self) -> None:
        gone = month({1: [11]})
        left = carry_state(ALL, BEFORE, gone, VALUES)
        back = carry_state(ALL, gone, BEFORE, left)
        assert back["grants"].tolist() == [10, 1, 1]
        assert back["debt"].tolist() == [100, 0]

    def test_gives_a_newborn_the_value_of_birth_and_a_newcomer_the_initial_one(self) -> None:
        found = carried(month({1: [11, 12, 99, 50], 2: [21]}))
        assert found["months"] == [3, 4, 9, 0, 5]
        assert found["grants"] == [10, 20, 1, 1, 30]

    def test_does_not_take_an_unknown_age_for_a_birth(self) -> None:
        after = month({1: [11, 50]}, age=[30, 0], known={"age": np.array([True, False])})
        assert carried(after)["months"] == [3, 0]

    def test_moves_with_the_person(self) -> None:
        assert carried(month({1: [11], 2: [12, 21]}))["months"] == [3, 4, 5]

    def test_goes_with_every_part_of_a_household_that_splits(self) -> None:
        found = carried(month({1: [11], 3: [12], 2: [21]}))
        assert found["debt"] == [100, 100, 200]
        assert found["reset"] == [1, 7, 2]

    def test_of_a_new_household_is_that_of_its_first_former_member(self) -> None:
        assert carried(month({5: [50, 21, 11], 6: [60]}))["debt"] == [200, 0]

    def test_keeps_the_type_of_the_column(self) -> None:
        found = carry_state(ALL, BEFORE, month({1: [11, 99]}), VALUES)
        assert found["months"].dtype == np.int16

    def test_starts_everybody_where_nobody_was_before(self) -> None:
        nobody = month({})
        empty = {k: v[:0] for k, v in VALUES.items()}
        found = carry_state(ALL, nobody, BEFORE, empty)
        assert (found["grants"].tolist(), found["debt"].tolist()) == ([1, 1, 1], [0, 0])
        assert carry_state(ALL, BEFORE, nobody, VALUES)["grants"].tolist() == []

    def test_changes_neither_month(self) -> None:
        values = {k: v.copy() for k, v in VALUES.items()}
        carry_state(ALL, BEFORE, month({1: [11, 99]}), values)
        assert all(np.array_equal(values[k], VALUES[k]) for k in VALUES)

    def test_needs_identifiers_that_are_unique(self) -> None:
        with pytest.raises(PopulationError, match="person_id 11 stands twice in one month; give each row its own"):
            carried(month({1: [11], 2: [11]}))
        with pytest.raises(PopulationError, match="states can be carried only with the fact 'person_id'; map it"):
            carried(people([1], age=[3]))

    def test_needs_a_column_for_every_state(self) -> None:
        with pytest.raises(PopulationError, match="state 'debt' has no column to carry; start from first_state"):
            carry_state(ALL, BEFORE, BEFORE, {k: v for k, v in VALUES.items() if k != "debt"})
