"""Who is whose mother, father and partner, from pointers and from kinship."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.population.land import LAND, mapping

from amparo.errors import PopulationError
from amparo.population import NOBODY, OUTSIDE, UNKNOWN, Population, read, validate

POINTER = '[relations.mother]\ncolumn = "m"\nmatch = "n"\nnobody = ["0"]\n'


def read_pointers(text: str, m: Any, n: Any = (1, 2, 1, 2, 3), home: Any = (1, 1, 2, 2, 2)) -> list[int]:
    table = pa.table({"home": home, "n": pa.array(n), "m": pa.array(m)})
    return list(read(table, mapping(text), LAND).relations["mother"])


class TestPointers:
    def test_are_positions_inside_the_household(self) -> None:
        assert read_pointers(POINTER, [0, 1, 3, 1, 0]) == [NOBODY, 0, 2, 0, NOBODY]

    def test_follow_members_whose_order_is_not_that_of_the_file(self) -> None:
        assert read_pointers(POINTER, [2, 0, 1, 0, 3], n=[1, 2, 3, 1, 2]) == [1, NOBODY, 1, NOBODY, 0]

    def test_never_leave_the_household(self) -> None:
        with pytest.raises(PopulationError) as caught:
            read_pointers(POINTER, [0, 3, 0, 0, 4])
        assert str(caught.value) == (
            "column 'm' of 2 persons points at nobody in their household, first on row 2 (3); "
            'write elsewhere = "unknown" or "outside".'
        )

    @pytest.mark.parametrize(("elsewhere", "value"), [("unknown", UNKNOWN), ("outside", OUTSIDE)])
    def test_at_nobody_mean_what_the_mapping_says(self, elsewhere: str, value: int) -> None:
        assert read_pointers(f'{POINTER}elsewhere = "{elsewhere}"', [0, 3, 0, 0, 9]) == [-1, value, -1, -1, value]

    def test_that_are_missing_are_unknown_and_not_nobody(self) -> None:
        assert read_pointers(POINTER, [None, 1, None, 1, 0]) == [UNKNOWN, 0, UNKNOWN, 0, NOBODY]

    def test_that_are_missing_may_mean_nobody_only_as_another_value(self) -> None:
        text = POINTER.replace('"0"', '"0", "99"')
        assert read_pointers(text, [99, 1, 0, 1, 99]) == [NOBODY, 0, NOBODY, 0, NOBODY]

    def test_find_nobody_without_a_number(self) -> None:
        """A member whose own number is missing is not the member number 0."""
        assert read_pointers(
            '[relations.mother]\ncolumn = "m"\nmatch = "n"\nelsewhere = "unknown"', [1, 0], [1, None], [1, 1]
        ) == [0, UNKNOWN]

    def test_at_two_members_are_refused(self) -> None:
        with pytest.raises(
            PopulationError, match="points at two members of one household, first on row 3 .1.; give each"
        ):
            read_pointers(POINTER, [0, 0, 1, 0, 0], n=[1, 2, 1, 1, 3])
        assert read_pointers(POINTER, [0, 0, 3, 0, 0], n=[1, 2, 1, 1, 3]) == [-1, -1, 2, -1, -1]

    @given(st.data())
    def test_reach_the_member_whose_number_they_hold(self, data: st.DataObject) -> None:
        sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
        home, n, m = [], [], []
        for h, size in enumerate(sizes):
            numbers = data.draw(st.permutations(range(1, size + 1)))
            home += [h] * size
            n += numbers
            m += [data.draw(st.integers(0, size)) for _ in numbers]
        found = read_pointers(POINTER, m, n, home)
        start = [home.index(h) for h in home]
        for i, aim in enumerate(m):
            assert found[i] == NOBODY if aim == 0 else n[start[i] + found[i]] == aim


KIN = """
[relations.mother]
kin = "mother"
[relations.father]
kin = "father"
[relations.partner]
kin = "partner"
[[kin]]
column = "role"
head = "head"
partner = "partner"
child_of_both = "child"
child_of_head = "of head"
child_of_partner = "of partner"
"""


def kin(rows: list[tuple[int, str, str | None, int | None]], text: str = KIN, **more: Any) -> Population:
    """Persons by (household, role, sex, age)."""
    table = pa.table({
        "home": [r[0] for r in rows], "role": [r[1] for r in rows], "s": pa.array([r[2] for r in rows], pa.string()),
        "a": pa.array([r[3] for r in rows], pa.int64()), **more,
    })  # fmt: skip
    sexes = {"column": "s", "values": {"f": "female", "m": "male"}}
    found = read(table, mapping(text, sex=sexes, age="a"), LAND)
    assert not [f for f in validate(found, LAND).errors if "relation" in f.kind]
    return found


def of(p: Population, key: str) -> list[int]:
    return list(p.relations[key])


class TestKinship:
    def test_gives_children_of_a_couple_both_parents(self) -> None:
        p = kin([(1, "head", "m", 40), (1, "partner", "f", 38), (1, "child", "f", 9), (1, "lodger", "m", 30)])
        assert of(p, "mother") == [-1, -1, 1, -1]
        assert of(p, "father") == [-1, -1, 0, -1]
        assert of(p, "partner") == [1, 0, -1, -1]

    def test_gives_stepchildren_one_parent(self) -> None:
        p = kin([(1, "head", "m", 40), (1, "partner", "f", 38), (1, "of head", "f", 9), (1, "of partner", "m", 7)])
        assert of(p, "mother") == [-1, -1, -1, 1]
        assert of(p, "father") == [-1, -1, 0, -1]

    def test_gives_children_of_two_women_one_mother_and_no_father(self) -> None:
        p = kin([(1, "partner", "f", 38), (1, "head", "f", 40), (1, "child", "f", 9)])
        assert of(p, "mother") == [-1, -1, 1]
        assert of(p, "father") == [-1, -1, -1]
        assert of(p, "partner") == [1, 0, -1]

    def test_stays_inside_the_household(self) -> None:
        p = kin([(1, "child", "f", 9), (2, "head", "f", 40), (2, "child", "m", 3), (3, "partner", "m", 50)])
        assert of(p, "mother") == [-1, -1, 0, -1]
        assert of(p, "partner") == [-1, -1, -1, -1]

    def test_does_not_know_which_parent_somebody_of_unknown_sex_is(self) -> None:
        p = kin([(1, "head", None, 40), (1, "child", "f", 9), (2, "head", "f", 30), (2, "child", None, 3)])
        assert of(p, "mother") == [-1, UNKNOWN, -1, 0]
        assert of(p, "father") == [-1, UNKNOWN, -1, -1]

    def test_takes_the_narrowest_unit_first(self) -> None:
        nucleus = KIN + '[[kin]]\ncolumn = "nucleus_role"\nwithin = ["nucleus"]\nhead = "1"\nchild_of_head = "3"\n'
        parts = nucleus.split("[[kin]]")
        text = f"{parts[0]}[[kin]]{parts[2]}[[kin]]{parts[1]}"
        rows = [(1, "head", "f", 60), (1, "child", "f", 30), (1, "grandchild", "m", 4), (1, "child", "m", 20)]
        p = kin(rows, text, nucleus=[1, 2, 2, 1], nucleus_role=[1, 1, 3, 3])  # type: ignore[arg-type]
        assert of(p, "mother") == [-1, 0, 1, 0]

    def test_needs_sex_and_age(self) -> None:
        table = pa.table({"home": [1], "role": ["head"], "a": [30]})
        with pytest.raises(PopulationError, match="the survey: kinship needs the input 'sex'; map it"):
            read(table, mapping(KIN, age="a"), LAND)


PRESUMED = """
[relations.mother]
kin = "mother"
[relations.father]
kin = "father"
[relations.partner]
kin = "partner"
[[kin]]
column = "role"
head = "head"
partner_where = { column = "type", values = ["couple"] }
children_under = 18
"""


class TestPresumedKinship:
    def test_takes_the_adult_nearest_in_age_for_the_partner(self) -> None:
        rows = [(1, "", "f", 70), (1, "head", "m", 40), (1, "", "f", 36), (1, "", "f", 17), (1, "", "m", 18)]
        p = kin(rows, PRESUMED, type=["couple"] * 5)
        assert of(p, "partner") == [-1, 2, 1, -1, -1]
        assert of(p, "mother") == [-1, -1, -1, 2, -1]
        assert of(p, "father") == [-1, -1, -1, 1, -1]

    def test_takes_nobody_where_the_household_is_no_couple(self) -> None:
        p = kin([(1, "head", "m", 40), (1, "", "f", 39), (1, "", "f", 5)], PRESUMED, type=["alone"] * 3)
        assert of(p, "partner") == [-1, -1, -1]
        assert of(p, "father") == [-1, -1, 0]

    def test_takes_nobody_for_a_parent_who_is_hardly_older(self) -> None:
        p = kin([(1, "head", "m", 20), (1, "", "f", 9), (1, "", "f", 8)], PRESUMED, type=["alone"] * 3)
        assert of(p, "father") == [-1, -1, 0]

    def test_takes_nobody_of_unknown_age_for_a_child(self) -> None:
        p = kin([(1, "head", "m", 40), (1, "", "f", None)], PRESUMED, type=["alone"] * 2)
        assert of(p, "father")[1] == UNKNOWN
