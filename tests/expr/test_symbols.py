"""What a rule may write, and what the language says to a mistake."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.toy import LAW, MONTH, PESO, Household, Person, answer

from amparo.errors import RuleError, SymbolicBranchError, TypeMismatchError
from amparo.expr import Bool, Count, Money, Number, Op, amount, cases, percent, rule, this_month, trace, when
from amparo.expr.arithmetic import POWER_DECIMALS, POWER_LIMIT, power_table

PERSON, HOUSEHOLD = Person(), Household()


class TestPythonControlFlow:
    def test_on_a_symbol_is_refused_with_the_repair(self) -> None:
        with pytest.raises(SymbolicBranchError, match=r"test_symbols\.py:\d+: .*Write when\(condition.*PERSON.age < 7"):
            bool(PERSON.age < 7)

    @pytest.mark.parametrize("word", ["and", "or", "not"])
    def test_python_words_for_logic_are_refused(self, word: str) -> None:
        with pytest.raises(SymbolicBranchError, match=r"& \| ~"):
            eval(f"{'a' if word != 'not' else ''} {word} b", {"a": PERSON.pregnant, "b": PERSON.pregnant})  # noqa: S307

    def test_a_chained_comparison_is_refused(self) -> None:
        with pytest.raises(SymbolicBranchError, match="between"):
            _ = 7 <= PERSON.age < 18

    def test_iteration_is_refused(self) -> None:
        with pytest.raises(SymbolicBranchError, match="members"):
            list(PERSON.age)

    def test_a_symbol_is_no_key_of_a_set(self) -> None:
        with pytest.raises(TypeError, match="unhashable"):
            _ = {PERSON.age}

    def test_equality_builds_a_node_and_is_never_false(self) -> None:
        assert (PERSON.age == 3).node.op is Op.EQ
        assert (PERSON.age != 3).node.op is Op.NOT
        assert isinstance(PERSON.work == "formal", Bool)

    def test_equal_expressions_are_one_node(self) -> None:
        assert ((PERSON.age + 1) * 2).node is ((PERSON.age + 1) * 2).node


class TestUnits:
    def test_pesos_plus_persons_is_refused(self) -> None:
        with pytest.raises(TypeMismatchError, match=r"Money \(PES, paid now\) and Count"):
            _ = HOUSEHOLD.rent + HOUSEHOLD.members.count()  # type: ignore[operator]

    def test_pesos_plus_a_bare_number_is_refused_and_names_the_currency(self) -> None:
        with pytest.raises(TypeMismatchError, match=r"write amount\(3, PES\)"):
            _ = HOUSEHOLD.rent + 3

    def test_zero_needs_no_currency(self) -> None:
        assert HOUSEHOLD.rent.at_least(0).node.type == HOUSEHOLD.rent.node.type

    def test_pesos_times_pesos_is_refused(self) -> None:
        with pytest.raises(TypeMismatchError, match="money times money"):
            _ = HOUSEHOLD.rent * HOUSEHOLD.rent  # type: ignore[operator]

    def test_pesos_divided_by_pesos_is_a_number(self) -> None:
        assert isinstance(HOUSEHOLD.rent / amount(3, PESO), Number)

    def test_a_count_times_an_amount_is_an_amount(self) -> None:
        assert isinstance(PERSON.age * PERSON.income, Money)

    def test_months_divided_and_multiplied_are_numbers(self) -> None:
        assert isinstance(PERSON.waited / 12, Number)
        assert isinstance(PERSON.waited * 2, Number)

    def test_money_paid_now_and_accrued_never_add_up_silently(self) -> None:
        with pytest.raises(TypeMismatchError, match=r"write \.paid_now\(\), \.accrued\(\) or \.annual\(\)"):
            _ = HOUSEHOLD.rent + HOUSEHOLD.rent.accrued()

    def test_a_float_is_refused_with_the_exact_alternative(self) -> None:
        with pytest.raises(RuleError, match=r"cannot use float 0\.5 .* percent\(50\)"):
            _ = HOUSEHOLD.rent * 0.5  # type: ignore[operator]

    def test_a_decimal_is_exact(self) -> None:
        assert (HOUSEHOLD.rent * Decimal("0.1")).node.args[1].attr == Fraction(1, 10)

    def test_a_misspelt_category_is_refused_with_the_nearest(self) -> None:
        with pytest.raises(RuleError, match="Did you mean 'informal'"):
            _ = PERSON.work == "infomal"

    def test_a_category_is_not_compared_with_a_number(self) -> None:
        with pytest.raises(TypeMismatchError, match="cannot use 3"):
            _ = PERSON.work == 3

    def test_a_person_and_a_household_meet_on_the_person(self) -> None:
        assert (PERSON.income + HOUSEHOLD.rent).node.entity == PERSON.income.node.entity


class TestChoice:
    def test_when_needs_a_condition_first(self) -> None:
        with pytest.raises(TypeMismatchError, match="needs a condition first"):
            when(PERSON.age, PERSON.age, otherwise=0)  # type: ignore[arg-type]

    def test_when_needs_two_values_of_one_type(self) -> None:
        with pytest.raises(TypeMismatchError, match="cannot combine"):
            when(PERSON.pregnant, PERSON.income, otherwise=PERSON.age)

    @pytest.mark.parametrize(("age", "found"), [(5, 1), (6, 2), (17, 2), (18, 3)])
    def test_cases_takes_the_first_condition_that_holds(self, age: int, found: int) -> None:
        @rule(source=LAW.article("1"), key="toy.step")
        def step(person: Person) -> Money:
            one, two = amount(1, PESO), amount(2, PESO)
            return cases((person.age < 6, one), (person.age < 18, two), otherwise=amount(3, PESO))

        assert answer(step, None, {"age": age}) == [found]

    @pytest.mark.parametrize(("age", "inside"), [(6, False), (7, True), (17, True), (18, False)])
    def test_between_includes_both_ends(self, age: int, inside: bool) -> None:
        @rule(source=LAW.article("1"), key="toy.inside")
        def within(person: Person) -> Bool:
            return person.age.between(7, 17)

        assert answer(within, None, {"age": age}) == [inside]


ROUNDINGS = [
    ("rounded_down", "2.5", 2), ("rounded_down", "2.9", 2), ("rounded_up", "2.1", 3), ("rounded_up", "2", 2),
    ("rounded_half_up", "2.5", 3), ("rounded_half_up", "2.49", 2), ("rounded_half_up", "3.5", 4),
    ("rounded_half_even", "2.5", 2), ("rounded_half_even", "3.5", 4), ("rounded_half_even", "2.51", 3),
]  # fmt: skip


class TestRounding:
    @pytest.mark.parametrize(("mode", "value", "found"), ROUNDINGS)
    def test_follows_the_mode_of_the_law(self, mode: str, value: str, found: int) -> None:
        @rule(source=LAW.article("1"), key="toy.rounded")
        def rounded(household: Household) -> Money:
            return getattr(household.rent, mode)()  # type: ignore[no-any-return]

        assert answer(rounded, {"rent": value}) == found

    @pytest.mark.parametrize(("mode", "found"), [("rounded_down", -3), ("rounded_half_up", -2), ("rounded_up", -2)])
    def test_below_zero_down_means_towards_minus_infinity(self, mode: str, found: int) -> None:
        @rule(source=LAW.article("1"), key="toy.negative")
        def negative(household: Household) -> Money:
            return getattr(household.rent - amount(5, PESO), mode)()  # type: ignore[no-any-return]

        assert answer(negative, {"rent": "2.5"}) == found

    @pytest.mark.parametrize(("to", "found"), [("0.01", "33.33"), (5, "35"), (100, "0")])
    def test_reaches_a_multiple_of_the_unit(self, to: int | str, found: str) -> None:
        @rule(source=LAW.article("1"), key="toy.third")
        def third(household: Household) -> Money:
            return (household.rent / 3).rounded_half_up(to)

        assert answer(third, {"rent": 100}) == Fraction(found)

    def test_to_nothing_is_refused(self) -> None:
        with pytest.raises(RuleError, match="must be positive"):
            HOUSEHOLD.rent.rounded_down(0)


class TestPowers:
    @pytest.mark.parametrize("exponent", [Fraction(3, 5), Fraction(7, 10), Fraction(1, 2)])
    def test_each_entry_is_the_nearest_decimal_by_whole_numbers_alone(self, exponent: Fraction) -> None:
        half = Fraction(1, 2 * 10**POWER_DECIMALS)
        table = power_table(exponent)
        assert len(table) == POWER_LIMIT + 1
        for n, entry in enumerate(table):
            assert (entry * 10**POWER_DECIMALS).denominator == 1
            if n:  # entry is within half a unit of n^(p/q) exactly when n^p lies between two q-th powers
                p, q = exponent.numerator, exponent.denominator
                assert (entry - half) ** q <= n**p <= (entry + half) ** q

    def test_the_power_of_a_count_is_read_from_the_table(self) -> None:
        @rule(source=LAW.article("1"), key="toy.equivalent")
        def equivalent(household: Household) -> Number:
            return household.members.count().power("0.7")

        four = [{"id": str(i)} for i in range(4)]
        assert answer(equivalent, None, *four) == power_table(Fraction(7, 10))[4]


class TestDates:
    @pytest.mark.parametrize(
        ("born", "months"), [("2024-01-01", 12), ("2024-01-02", 11), ("2025-01-01", 0), ("2025-01-02", -1)]
    )
    def test_full_months_count_only_completed_ones(self, born: str, months: int) -> None:
        @rule(source=LAW.article("1"), key="toy.months")
        def months_old(person: Person) -> Number:
            return person.born.full_months_until(this_month()) * percent(100)

        assert answer(months_old, None, {"born": born}) == [months]

    def test_a_day_is_compared_with_a_day_of_the_calendar(self) -> None:
        @rule(source=LAW.article("1"), key="toy.late")
        def late(person: Person) -> Bool:
            return person.born >= date(2020, 5, 1)

        assert answer(late, None, {"born": "2020-05-01"}) == [True]
        assert answer(late, None, {"born": "2020-04-30"}) == [False]


def test_a_rule_of_the_household_reads_its_month() -> None:
    @rule(source=LAW.article("1"), key="toy.new_year")
    def new_year(household: Household) -> Bool:
        return this_month() == date(2025, 1, 1)

    assert answer(new_year) is True
    assert trace(new_year, on=MONTH).digest == trace(new_year, on=date(2030, 1, 1)).digest


def test_a_count_of_nobody_is_zero_and_all_of_nobody_holds() -> None:
    @rule(source=LAW.article("1"), key="toy.babies")
    def babies(household: Household) -> Count:
        return household.members.count(household.members.age < 0)

    @rule(source=LAW.article("1"), key="toy.grown")
    def grown(household: Household) -> Bool:
        return household.members.all(household.members.age >= 0)

    assert answer(babies, None, {"age": 3}) == 0
    assert answer(grown, None, {"age": 3}) is True
