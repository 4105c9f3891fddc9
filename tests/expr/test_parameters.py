"""Figures of the law: dated, never carried over, and their tables."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.toy import LAW, PESO, Household, Person, answer, edition

from amparo.errors import ParameterError
from amparo.execute.exact import decide
from amparo.expr import TO_BE_CHECKED, Brackets, ByCategory, Money, amount, parameter_of, percent, rule, value, when
from amparo.expr import parameters as parameter

LINE = parameter.money(
    "toy.line",
    PESO,
    value("2020-01-01", 100, "Law 1/2020"),
    value("2021-01-01", None, "nobody", TO_BE_CHECKED, note="the decree was not found"),
    value("2022-01-01", "150.50", "Decree 2", until="2023-01-01"),
    value("2024-01-01", 200, "Decree 3"),
)


class TestDates:
    @pytest.mark.parametrize(
        ("on", "figure"),
        [
            ("2020-01-01", "100"),
            ("2020-12-31", "100"),
            ("2022-01-01", "150.5"),
            ("2024-01-01", "200"),
            ("2030-01-01", "200"),
        ],
    )
    def test_a_figure_holds_from_its_date_until_the_next(self, on: str, figure: str) -> None:
        assert parameter_of(LINE).at(date.fromisoformat(on)) == Fraction(figure)

    def test_a_date_before_the_first_law_is_refused_and_names_it(self) -> None:
        with pytest.raises(ParameterError, match=r"toy\.line has no value on 2019-12-31: its first is 2020-01-01"):
            parameter_of(LINE).at(date(2019, 12, 31))

    def test_an_unknown_interval_is_refused_and_says_why(self) -> None:
        with pytest.raises(ParameterError, match=r"toy\.line is unknown on 2021-06-01 .*the decree was not found"):
            parameter_of(LINE).at(date(2021, 6, 1))

    def test_nothing_is_carried_over_a_gap(self) -> None:
        with pytest.raises(ParameterError, match="the last one ended on 2023-01-01"):
            parameter_of(LINE).at(date(2023, 6, 1))

    def test_an_unknown_figure_stops_only_who_needs_it(self) -> None:
        @rule(source=LAW.article("1"), key="toy.helped")
        def helped(household: Household) -> Money:
            return when(household.rural, LINE, otherwise=0)

        law = edition(helped, on=date(2021, 6, 1))
        town = {"household": {"rural": False}, "members": [{"id": "ana"}]}
        assert decide(law, town).outputs["toy.helped"] == 0
        with pytest.raises(ParameterError, match="unknown"):
            decide(law, {**town, "household": {"rural": True}})

    def test_overlapping_figures_are_refused(self) -> None:
        with pytest.raises(ParameterError, match="overlaps"):
            parameter.count("toy.twice", value("2020-01-01", 1, "a", until="2022-01-01"), value("2021-01-01", 2, "b"))

    def test_a_float_is_refused(self) -> None:
        with pytest.raises(ParameterError, match=r"cannot use float 0\.1"):
            value("2020-01-01", 0.1, "somewhere")  # type: ignore[arg-type]


LIMITS = (amount(100, PESO), amount(300, PESO))
RATES = Brackets(LIMITS, (percent(10), percent(20)), above=percent(50))
FEES = Brackets(LIMITS, (amount(7, PESO), amount(3, PESO)))


class TestBrackets:
    """By hand: 10 % up to 100, 20 % up to 300, 50 % above."""

    @pytest.mark.parametrize(
        ("rent", "fee"), [("0", 7), ("100", 7), ("100.01", 3), ("300", 3), ("300.01", 0), ("1000", 0)]
    )
    def test_flat_takes_the_figure_of_the_bracket_limit_included(self, rent: str, fee: int) -> None:
        @rule(source=LAW.article("1"), key="toy.flat")
        def flat(household: Household) -> Money:
            return FEES.flat(household.rent)  # type: ignore[return-value]

        assert answer(flat, {"rent": rent}) == fee

    @pytest.mark.parametrize(("rent", "tax"), [("100", "10"), ("200", "40"), ("300", "60"), ("400", "200")])
    def test_average_applies_one_rate_to_the_whole(self, rent: str, tax: str) -> None:
        @rule(source=LAW.article("1"), key="toy.average")
        def average(household: Household) -> Money:
            return RATES.average(household.rent)

        assert answer(average, {"rent": rent}) == Fraction(tax)

    @pytest.mark.parametrize(("rent", "tax"), [("0", "0"), ("100", "10"), ("200", "30"), ("300", "50"), ("400", "100")])
    def test_marginal_applies_each_rate_to_its_slice(self, rent: str, tax: str) -> None:
        @rule(source=LAW.article("1"), key="toy.marginal")
        def marginal(household: Household) -> Money:
            return RATES.marginal(household.rent)

        assert answer(marginal, {"rent": rent}) == Fraction(tax)

    def test_as_many_figures_as_limits_are_needed(self) -> None:
        with pytest.raises(ParameterError, match="2 limits need as many figures"):
            Brackets(LIMITS, (percent(1),))


class TestTables:
    def test_a_table_gives_the_figure_of_the_category(self) -> None:
        fees = ByCategory({"none": amount(0, PESO), "formal": amount(5, PESO), "informal": amount(2, PESO)})

        @rule(source=LAW.article("1"), key="toy.fee")
        def fee(person: Person) -> Money:
            return fees[person.work]  # type: ignore[return-value]

        people = [{"id": w, "work": w} for w in ("none", "formal", "informal")]
        assert answer(fee, None, *people) == [0, 5, 2]

    def test_a_table_with_a_hole_is_refused(self) -> None:
        with pytest.raises(ParameterError, match="no figure for formal, informal"):
            _ = ByCategory({"none": amount(0, PESO)})[Person().work]


def test_a_figure_is_exact_however_it_is_written() -> None:
    written = [value("2020-01-01", figure, "x").value for figure in ("0.1", Decimal("0.1"), Fraction(1, 10))]
    assert written == [Fraction(1, 10)] * 3
