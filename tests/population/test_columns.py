"""One source column as one input: values, and which are known."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.population.land import Household, Person, mapping

from amparo.errors import PopulationError
from amparo.expr import Input
from amparo.population import date_code
from amparo.population.columns import chosen, codes, input_column, numbers

DECLARED: dict[str, Input[Any]] = {**Person.inputs, **Household.inputs}


def made(key: str, values_: Any, /, *, settle: bool = True, **steps: Any) -> tuple[list[Any], list[bool] | None, str]:
    """Values, which of them are known, and the type of an input read from one column."""
    source = mapping(**{key: {"column": "c", **steps}}).inputs[key]
    array = values_ if isinstance(values_, pa.Array) else pa.array(values_)
    column, known = input_column(array, source, DECLARED[key], settle=settle)
    return column.tolist(), None if known is None else known.tolist(), str(column.dtype)


ASSUMED = {"es": "se supone", "pt": "supõe-se", "en": "assumed"}


class TestNumbers:
    @pytest.mark.parametrize(
        "array",
        [
            pa.array([1, None, 3], pa.int8()),
            pa.array([1, None, 3], pa.uint16()),
            pa.array([1.0, None, 3.0]),
            pa.array([1.0, float("nan"), 3.0]),
            pa.array([1.0, float("-inf"), 3.0]),
            pa.array(["1", None, " 3 "]),
            pa.array(["1", None, "3"]).dictionary_encode(),
            pa.array([1, None, 3], pa.decimal128(10, 2)),
        ],
    )
    def test_are_the_same_however_the_file_writes_them_and_nulls_are_unknown(self, array: pa.Array) -> None:
        values, known = numbers(array, "c")
        assert known is not None
        assert (known.tolist(), values[known].tolist()) == ([True, False, True], [1, 3])
        assert values.dtype.kind in "if"

    def test_are_unknown_in_a_column_of_nothing(self) -> None:
        _, known = numbers(pa.nulls(2), "c")
        assert known is not None
        assert not known.any()

    def test_name_the_first_text_that_is_none(self) -> None:
        with pytest.raises(PopulationError) as caught:
            numbers(pa.array(["1", None, "much", "more"]), "income")
        assert str(caught.value) == "column 'income' holds 'much' where a number is needed; map it with values = { … }."

    @pytest.mark.parametrize("text", ["1_000", "+", "1,5", "", "1.234,5"])
    def test_name_texts_that_only_look_like_numbers(self, text: str) -> None:
        with pytest.raises(PopulationError, match="holds '.*' where a number is needed"):
            numbers(pa.array(["1", text]), "income")

    def test_are_not_days(self) -> None:
        with pytest.raises(
            PopulationError, match="column 'c' is date32.*, where a number is needed; map another column"
        ):
            numbers(pa.array([date(2024, 1, 1)]), "c")


class TestCodes:
    @pytest.mark.parametrize(
        "array",
        [
            pa.array([1, None, 20]),
            pa.array([1.0, None, 20.0]),
            pa.array(["1", None, "20"]),
            pa.array(["1", None, "20"], pa.large_string()),
            pa.DictionaryArray.from_arrays(pa.array([0, None, 1], pa.uint8()), pa.array(["1", "20"])),
            pa.array([1, None, 10**6]).cast(pa.int64()).fill_null(0),
        ],
    )
    def test_write_one_one_way(self, array: pa.Array) -> None:
        found, texts = codes(array, "c")
        named = [texts[i] if i >= 0 else None for i in found]
        assert named in (["1", None, "20"], ["1", "0", "1000000"])

    def test_tell_long_numbers_apart(self) -> None:
        found, texts = codes(pa.array([10**17, 10**17 + 1, 5]), "c")
        assert [texts[i] for i in found] == ["100000000000000000", "100000000000000001", "5"]

    def test_choose_rows_by_their_text(self) -> None:
        assert chosen(pa.array([1, 2, None, 1]), "c", ("1",)).tolist() == [True, False, False, True]
        assert chosen(pa.array([1.5, 2.0]), "c", ("1.5", "2")).tolist() == [True, True]
        assert chosen(pa.array([True, False, None]), "c", ("true",)).tolist() == [True, False, False]


class TestCategories:
    def test_are_named_by_the_mapping(self) -> None:
        values = {"1": "male", "2": "female"}
        assert made("sex", [1, 2, 1], values=values) == ([1, 0, 1], None, "int8")
        assert made("sex", ["1", "2"], values=values)[0] == [1, 0]

    def test_are_read_as_declared_without_a_mapping(self) -> None:
        assert made("work", ["formal", "none"]) == ([1, 0], None, "int8")

    def test_that_the_mapping_does_not_name_are_refused_with_the_nearest(self) -> None:
        with pytest.raises(PopulationError) as caught:
            made("work", ["none", "formel"])
        assert str(caught.value) == (
            "column 'c' holds 'formel' on row 2, which the mapping of 'work' does not name. "
            "Did you mean 'formal'? Add it to values, or to unknown."
        )

    def test_of_a_mapping_that_the_country_does_not_declare_are_refused(self) -> None:
        with pytest.raises(PopulationError, match="'salaried' is not a declared category"):
            made("work", [1], values={"1": "salaried"})

    def test_may_all_be_one_otherwise(self) -> None:
        assert made("work", [1, 2, 99], values={"1": "formal"}, otherwise="none")[0] == [1, 0, 0]

    def test_that_are_missing_are_unknown_and_not_the_first(self) -> None:
        assert made("sex", ["male", None])[1] == [True, False]

    def test_that_mean_unknown_are_unknown(self) -> None:
        found, known, _ = made("sex", [1, 9, 2], values={"1": "male", "2": "female"}, unknown=["9"])
        assert (found[0], found[2], known) == (1, 0, [True, False, True])

    def test_that_nobody_has_need_no_name(self) -> None:
        named = pa.array(["male", "female"]).dictionary_encode()
        unused = pa.DictionaryArray.from_arrays(named.indices, pa.array(["male", "female", "not asked"]))
        assert made("sex", unused)[0] == [1, 0]


class TestYesOrNo:
    def test_is_read_from_truth_one_and_zero(self) -> None:
        for values in ([True, False], [1, 0], [1.0, 0.0], ["true", "false"]):
            assert made("pregnant", values) == ([True, False], None, "bool")

    def test_is_refused_from_codes_that_mean_something_else(self) -> None:
        """Surveys write 1 for yes and 2 for no: both would be true."""
        with pytest.raises(PopulationError) as caught:
            made("pregnant", [1, 0, 2, 2])
        assert str(caught.value) == (
            "column 'c' holds 2 where 'pregnant' needs yes or no; map it with values = { … } or between = [ … ]."
        )
        assert made("pregnant", [1, 2], values={"1": True, "2": False})[0] == [True, False]

    def test_does_not_mind_codes_that_mean_unknown(self) -> None:
        assert made("pregnant", [1, 0, 9], unknown=["9"])[1] == [True, True, False]

    def test_says_whether_a_value_lies_between_two(self) -> None:
        assert made("pregnant", [5, 6, 17, 18], between=[6, 17])[0] == [False, True, True, False]
        assert made("pregnant", [5.0, None], between=[0, 9])[1] == [True, False]


class TestAmounts:
    def test_are_stored_in_the_smallest_unit(self) -> None:
        assert made("income", [10, 2.25, 0.1]) == ([1000, 225, 10], None, "int32")

    def test_lose_the_noise_of_binary_numbers_only(self) -> None:
        assert made("income", [0.29, 1.13, 4.35])[0] == [29, 113, 435]  # 0.29 · 100 = 28.999999999999996
        assert made("income", [0.295]) == ([pytest.approx(29.5)], None, "float64")  # for validation to find

    @pytest.mark.parametrize(("rounding", "stored"), [("half_up", [30, -29]), ("down", [29, -30]), ("up", [30, -29])])
    def test_are_rounded_as_the_mapping_declares(self, rounding: str, stored: list[int]) -> None:
        assert made("balance", [0.295, -0.295], rounding=rounding)[0] == stored

    def test_are_scaled_shifted_and_raised_in_their_own_unit(self) -> None:
        assert made("income", [12, 24, 0], scale=0.5, add=-2, at_least=1)[0] == [400, 1000, 100]

    def test_come_from_brackets(self) -> None:
        """The figure of the first limit that the value does not exceed, the last figure above all of them."""
        steps = {"limits": [1, 2], "figures": [100, 200, 300]}
        assert made("income", [0, 1, 1.5, 2, 3], **steps)[0] == [10_000, 10_000, 20_000, 20_000, 30_000]

    def test_that_are_missing_stay_unknown_and_are_not_zero(self) -> None:
        found, known, kind = made("income", [5, None])
        assert (found[0], known, kind) == (500, [True, False], "int32")

    def test_that_are_missing_are_what_the_mapping_assumes(self) -> None:
        steps = {"missing": {"assume": 7, "assumption": ASSUMED}}
        assert made("income", [5, None], **steps) == ([500, 700], None, "int32")
        assert made("income", [5, 99, None], unknown=["99"], **steps)[0] == [500, 700, 700]

    def test_that_are_assumed_may_be_wider_than_the_file(self) -> None:
        narrow = pa.array([5, None], pa.int8())
        assert made("waited", narrow, missing={"assume": 200, "assumption": ASSUMED}) == ([5, 200], None, "int16")

    def test_take_the_narrowest_type_that_fits(self) -> None:
        assert made("rooms", [1, 2])[2] == "int8"
        assert made("waited", [1, 128])[2] == "int16"
        assert made("balance", [10**8])[2] == "int64"

    def test_keep_one_type_for_every_batch_of_a_stream(self) -> None:
        for values in ([1.0, 2.0], [1.0, None], [1e8, 2.0]):
            assert made("balance", values, settle=False)[2] == "int64"
        for array in (pa.array([True, None]), pa.array([True, False])):
            assert made("rooms", array, settle=False)[2] == "int8"
        steps = {"missing": {"assume": 200, "assumption": ASSUMED}}
        types = {made("waited", pa.array(v, pa.int8()), settle=False, **steps)[2] for v in ([1, 2], [1, None])}
        assert len(types) == 1

    def test_are_unknown_where_a_text_says_so(self) -> None:
        assert made("age", ["30", "NS/NR", "40"], unknown=["NS/NR"]) == ([30, 0, 40], [True, False, True], "int8")

    def test_of_no_row_have_a_type_too(self) -> None:
        assert made("income", pa.array([], pa.int64())) == ([], None, "int64")


class TestDays:
    def test_are_read_from_days_texts_and_moments(self) -> None:
        code = date_code(date(2024, 3, 31))
        for values in ([date(2024, 3, 31)], ["2024-03-31"], [datetime(2024, 3, 31)]):  # noqa: DTZ001
            assert made("birth", values) == ([code], None, "int32")
        assert made("birth", pa.array(["2024-03-31"]).dictionary_encode())[0] == [code]

    def test_that_are_missing_are_unknown(self) -> None:
        assert made("birth", [date(2024, 3, 31), None])[1] == [True, False]

    def test_that_mean_unknown_need_be_no_days(self) -> None:
        found, known, _ = made("birth", ["2024-03-31", "9999-99-99"], unknown=["9999-99-99"])
        assert (found[0], known) == (date_code(date(2024, 3, 31)), [True, False])

    @pytest.mark.parametrize(
        "array",
        [
            pa.array([1990], pa.int32()),
            pa.array([19900131]),
            pa.array(["31/01/1990"]),
            pa.array([1990.0]),
            pa.array([True]),
        ],
    )
    def test_that_are_numbers_or_other_texts_are_refused(self, array: pa.Array) -> None:
        """An int32 of 1990 would be 14 June 1975: 1990 days after the first of 1970."""
        with pytest.raises(PopulationError, match="column 'c' .*; write days as 2024-03-31"):
            made("birth", array)


def test_the_source_column_is_never_changed() -> None:
    array = pa.array([1.0, float("nan"), 3.0])
    before = np.array(array)
    made("income", array, scale=2)
    assert np.array_equal(np.array(array), before, equal_nan=True)
