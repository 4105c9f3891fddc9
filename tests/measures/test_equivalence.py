import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import (
    OECD_MODIFIED,
    OECD_ORIGINAL,
    PER_PERSON,
    SQUARE_ROOT,
    EquivalenceScale,
    equivalent_persons,
)

# A couple of 40 and 38 with children of 13 and 14; a woman of 70 alone.
HOMES, AGES = ["a", "a", "a", "a", "b"], [40, 38, 13, 14, 70]


class TestEquivalentPersons:
    @pytest.mark.parametrize(
        ("scale", "of_four"),
        [
            (OECD_MODIFIED, 1 + 0.5 + 0.5 + 0.3),  # who is 14 is an adult
            (OECD_ORIGINAL, 1 + 0.7 + 0.7 + 0.5),
            (SQUARE_ROOT, 2.0),
            (PER_PERSON, 4.0),
            (EquivalenceScale(adult=1, child=1, exponent=0.7), 4**0.7),  # CASEN since 2013
        ],
    )
    def test_weighs_the_members_as_the_scale_says(self, scale, of_four):
        assert equivalent_persons(HOMES, AGES, scale) == pytest.approx([of_four] * 4 + [1.0])

    def test_agrees_with_the_equivalised_size_of_every_person_of_eusilc(self, data):
        """The column eqSS as laeken distributes it; an age of −1 there is that of a newborn."""
        table = pq.read_table(data / "eusilc.parquet", columns=["db030", "age", "eqSS"])
        home, age, size = (column.to_numpy() for column in table.columns)
        assert np.count_nonzero(age < 0) == 64
        assert equivalent_persons(home, np.maximum(age, 0)) == pytest.approx(size, abs=1e-12)

    def test_counts_the_first_child_as_one_where_no_adult_is(self):
        assert equivalent_persons([1, 1], [13, 9]) == pytest.approx([1.3, 1.3])

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 90)), min_size=1, max_size=20), st.randoms())
    def test_does_not_ask_in_which_order_members_come(self, people, random):
        shuffled = random.sample(people, len(people))
        found = [dict(zip(people, equivalent_persons(*zip(*people, strict=True)), strict=True))]
        found.append(dict(zip(shuffled, equivalent_persons(*zip(*shuffled, strict=True)), strict=True)))
        assert found[0] == found[1]

    @given(st.lists(st.integers(0, 90), min_size=1, max_size=12))
    def test_lies_between_one_and_the_number_of_members(self, ages):
        home = [0] * len(ages)
        needs = [equivalent_persons(home, ages, s)[0] for s in (OECD_MODIFIED, OECD_ORIGINAL, SQUARE_ROOT, PER_PERSON)]
        assert needs[0] <= needs[1]
        assert all(1 - 1e-12 <= each <= len(ages) + 1e-12 for each in needs)

    @pytest.mark.parametrize(
        ("homes", "ages", "says"),
        [
            ([1, 1], [40, np.nan], "age has 1 missing or negative values, the first nan at row 1; fill them or leave"),
            ([1, 1], [40, -1], "age has 1 missing or negative values, the first -1.0 at row 1"),
            ([1], [40, 41], r"household has shape \(1,\); give one label for each of the 2 rows"),
        ],
    )
    def test_refuses_what_it_cannot_weigh(self, homes, ages, says):
        with pytest.raises(MeasureError, match=says):
            equivalent_persons(homes, ages)

    @pytest.mark.parametrize("parts", [{"adult": -0.5}, {"child": -1}, {"exponent": 0}, {"exponent": 1.1}])
    def test_refuses_a_scale_that_makes_no_sense(self, parts):
        with pytest.raises(MeasureError, match="parts of zero or above and an exponent above 0 and up to 1"):
            EquivalenceScale(**({"adult": 0.5, "child": 0.3} | parts))
