"""Values as they are stored, and back."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import PopulationError
from amparo.expr import Currency, Kind, Type
from amparo.population import date_code, date_codes, date_of, decoded, encoded
from amparo.population.encoding import smallest_integer, stored_type

REAL = Type(Kind.MONEY, Currency("BRL", 2, "R$"))
PESO = Type(Kind.MONEY, Currency("CLP", 0, "$"))
WORK = Type(Kind.CATEGORY, categories=("none", "formal", "informal"))
DAYS = st.dates(min_value=date(1, 1, 1))


class TestDateCode:
    @given(DAYS)
    def test_is_undone_by_date_of(self, day: date) -> None:
        assert date_of(date_code(day)) == day

    @given(DAYS, DAYS)
    def test_sorts_as_days_do_and_counts_months(self, a: date, b: date) -> None:
        assert (date_code(a) < date_code(b)) == (a < b)
        months = (b.year - a.year) * 12 + b.month - a.month
        assert date_code(b) // 31 - date_code(a) // 31 == months

    @pytest.mark.parametrize("code", [date_code(date(2023, 2, 28)) + 1, date_code(date(2024, 4, 30)) + 1, -1, 0, 10**9])
    def test_refuses_codes_of_no_day(self, code: int) -> None:
        with pytest.raises(PopulationError, match=f"{code} is not the code of a day"):
            date_of(code)

    @given(st.lists(DAYS, max_size=5))
    def test_is_the_same_for_many_days_at_once(self, days: list[date]) -> None:
        assert list(date_codes(np.array(days, dtype="datetime64[D]"))) == [date_code(d) for d in days]

    def test_of_no_day_is_minus_one(self) -> None:
        assert list(date_codes(np.array(["NaT", "1969-12-31"], dtype="datetime64[D]"))) == [
            -1, date_code(date(1969, 12, 31)),
        ]  # fmt: skip


class TestEncoded:
    def test_counts_the_smallest_unit_of_a_currency(self) -> None:
        assert encoded(Decimal("10.50"), REAL) == 1050
        assert encoded(1050, PESO) == 1050

    def test_refuses_money_finer_than_the_smallest_unit(self) -> None:
        with pytest.raises(PopulationError, match="1/2 is no whole number of the smallest unit"):
            encoded(Fraction(1, 2), PESO)

    def test_refuses_half_a_person(self) -> None:
        with pytest.raises(PopulationError, match="1.5 is no whole number"):
            encoded(Decimal("1.5"), Type(Kind.COUNT))

    def test_refuses_a_category_that_is_not_declared_and_names_the_nearest(self) -> None:
        with pytest.raises(PopulationError, match="'formel' is not a declared category. Did you mean 'formal'?"):
            encoded("formel", WORK)

    def test_refuses_a_text_where_a_day_is_needed(self) -> None:
        with pytest.raises(PopulationError, match="'2024' is not a day; write a date as 2024-03-31"):
            encoded("2024", Type(Kind.DATE))

    @pytest.mark.parametrize("text", ["no", "yes", "false", 2])
    def test_refuses_what_is_neither_yes_nor_no(self, text: str) -> None:
        """bool("no") is true."""
        with pytest.raises(PopulationError, match=f"{text!r} is neither yes nor no; write true or false"):
            encoded(text, Type(Kind.BOOL))

    def test_refuses_a_text_where_a_number_is_needed(self) -> None:
        with pytest.raises(PopulationError, match="'much' is no number"):
            encoded("much", PESO)

    @pytest.mark.parametrize(
        ("value", "type_"),
        [
            (True, Type(Kind.BOOL)),
            (False, Type(Kind.BOOL)),
            ("informal", WORK),
            (date(1955, 7, 31), Type(Kind.DATE)),
            (Fraction(-1234, 100), REAL),
            (Fraction(7), Type(Kind.COUNT)),
            (Fraction(1, 4), Type(Kind.NUMBER)),
        ],
    )
    def test_is_undone_by_decoded(self, value: object, type_: Type) -> None:
        stored = np.array([encoded(value, type_)], dtype=stored_type(type_))
        assert decoded(stored[0], type_) == value

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
    def test_keeps_every_centavo(self, amount: Decimal) -> None:
        assert decoded(np.int64(encoded(amount, REAL)), REAL) == Fraction(amount)


class TestSmallestInteger:
    @pytest.mark.parametrize(
        ("low", "high", "kind"),
        [(-128, 127, "int8"), (0, 128, "int16"), (-32769, 0, "int32"), (0, 2**31, "int64"), (0, 2**62, "int64")],
    )
    def test_holds_the_range_and_no_more(self, low: int, high: int, kind: str) -> None:
        assert smallest_integer(low, high) == np.dtype(kind)

    def test_is_never_narrower_than_asked(self) -> None:
        assert smallest_integer(0, 1, least=np.int32) == np.int32

    def test_refuses_what_64_bits_do_not_hold(self) -> None:
        with pytest.raises(PopulationError, match="do not fit 64 bits; check the column's unit"):
            smallest_integer(0, 1e30)


def test_a_day_after_the_last_of_its_month_is_never_made() -> None:
    every_day = [date(2023, 1, 1) + timedelta(days=i) for i in range(731)]
    assert len({date_code(d) for d in every_day}) == 731
