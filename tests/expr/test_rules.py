"""Provisions: their texts, their order, their cycles, and the states between months."""

from datetime import date
from typing import Any

import pytest
from tests.toy import LAW, MONTH, PESO, Household, Person, answer, edition

from amparo.errors import CyclicRuleError, ParameterError, RuleError, TypeMismatchError
from amparo.execute.exact import decide
from amparo.expr import Count, Money, Months, Op, Rule, amount, rule, state, trace, when


class TestCycles:
    def test_two_rules_that_need_each_other_are_both_named(self) -> None:
        other: list[Rule[Any, Any]] = []

        @rule(source=LAW.article("1"), key="toy.hen")
        def hen(household: Household) -> Money:
            return other[0](household)  # type: ignore[no-any-return]

        @rule(source=LAW.article("2"), key="toy.egg")
        def egg(household: Household) -> Money:
            return hen(household)

        other.append(egg)
        with pytest.raises(CyclicRuleError, match=r"toy\.hen → toy\.egg → toy\.hen: .*state"):
            trace(hen, on=MONTH)

    def test_the_same_rule_read_twice_is_no_cycle(self) -> None:
        @rule(source=LAW.article("1"), key="toy.base")
        def base(household: Household) -> Money:
            return household.rent

        @rule(source=LAW.article("2"), key="toy.twice")
        def twice(household: Household) -> Money:
            return base(household) + base(household)

        assert len(trace(twice, on=MONTH).attributes(Op.PROVISION)) == 2


class TestTexts:
    def test_dated_with_a_text_instead_of_a_day_are_refused(self) -> None:
        with pytest.raises(RuleError, match="'2020-01-01' is no day"):

            @rule(source=LAW.article("1"), key="toy.dated", valid_from="2020-01-01")  # type: ignore[arg-type]
            def dated(household: Household) -> Money:
                return household.rent

    def test_the_month_picks_the_text_in_force(self) -> None:
        @rule(source=LAW.article("1"), key="toy.changing", valid_from=date(2020, 1, 1), valid_to=date(2024, 6, 1))
        def changing(household: Household) -> Money:
            """The old text."""
            return household.rent * 1

        @changing.amended(source=LAW.article("1 new"), valid_from=date(2024, 6, 1))
        def _(household: Household) -> Money:
            """The new text."""
            return household.rent * 2

        last, first = date(2024, 5, 1), date(2024, 6, 1)
        assert [changing.on(m).meaning for m in (last, first)] == ["The old text.", "The new text."]
        case = {"household": {"rent": 10}, "members": [{"id": "ana"}]}
        assert [decide(edition(changing, on=m), case).outputs["toy.changing"] for m in (last, first)] == [10, 20]
        with pytest.raises(ParameterError, match=r"toy\.changing has no text in force on 2019-12-01.*2020-01-01"):
            trace(changing, on=date(2019, 12, 1))

    def test_two_texts_on_one_day_are_refused(self) -> None:
        @rule(source=LAW.article("1"), key="toy.doubled")
        def doubled(household: Household) -> Money:
            return household.rent

        with pytest.raises(RuleError, match=r"toy\.doubled has two texts in force on 2024-06-01"):

            @doubled.amended(source=LAW.article("1"), valid_from=date(2024, 6, 1))
            def _(household: Household) -> Money:
                return household.rent

    def test_a_citation_reads_as_lawyers_write_it(self) -> None:
        assert str(LAW.article("7 §1 II")) == "Law 1/2020, art. 7 §1 II"


class TestSignatures:
    def test_a_rule_called_outside_a_trace_is_refused(self) -> None:
        @rule(source=LAW.article("1"), key="toy.lonely")
        def lonely(household: Household) -> Money:
            return household.rent

        with pytest.raises(RuleError, match=r"toy\.lonely was called outside a trace"):
            lonely(Household())

    def test_a_rule_that_returns_another_type_is_refused(self) -> None:
        @rule(source=LAW.article("1"), key="toy.liar")
        def liar(household: Household) -> Money:
            return household.members.count()  # type: ignore[return-value]

        with pytest.raises(TypeMismatchError, match=r"toy\.liar must return Money"):
            trace(liar, on=MONTH)

    def test_a_household_rule_that_forgets_to_aggregate_is_refused(self) -> None:
        @rule(source=LAW.article("1"), key="toy.unsummed")
        def unsummed(household: Household) -> Money:
            return household.members.income

        with pytest.raises(TypeMismatchError, match="aggregate it with sum, count or any"):
            trace(unsummed, on=MONTH)

    def test_a_rule_of_a_person_given_a_household_is_refused(self) -> None:
        @rule(source=LAW.article("1"), key="toy.personal")
        def personal(person: Person) -> Money:
            return person.income

        @rule(source=LAW.article("2"), key="toy.confused")
        def confused(household: Household) -> Money:
            return personal(household)  # type: ignore[arg-type]

        with pytest.raises(TypeMismatchError, match=r"toy\.personal is a rule of a person, but was given Household"):
            trace(confused, on=MONTH)

    def test_a_function_without_annotations_is_no_rule(self) -> None:
        with pytest.raises(RuleError, match="says what it returns"):

            @rule(source=LAW.article("1"))
            def vague(household):
                return household.rent


class TestStates:
    def test_a_month_reads_the_state_and_gives_the_next(self) -> None:
        enrolled = state("toy.months_enrolled", Household, Months, initial=0)

        @enrolled.next
        @rule(source=LAW.article("1"), key="toy.one_more")
        def one_more(household: Household) -> Months:
            return when(household.rural, enrolled(household) + 1, otherwise=0)

        @rule(source=LAW.article("2"), key="toy.bonus")
        def bonus(household: Household) -> Money:
            return when(enrolled(household) >= 2, amount(10, PESO), otherwise=0)

        law = edition(bonus)
        assert set(law.graph.outputs) == {"toy.bonus", "next:toy.months_enrolled"}
        found, case = [], {"household": {"rural": True}, "members": [{"id": "ana"}]}
        for _ in range(4):
            outputs = decide(law, case).outputs
            found.append(outputs["toy.bonus"])
            case["states"] = {"toy.months_enrolled": outputs["next:toy.months_enrolled"]}
        assert found == [0, 0, 10, 10]

    def test_a_state_without_a_next_value_is_refused(self) -> None:
        forgotten = state("toy.forgotten", Household, Count, initial=3)

        @rule(source=LAW.article("1"), key="toy.reader")
        def reader(household: Household) -> Count:
            return forgotten(household)

        with pytest.raises(RuleError, match=r"toy\.forgotten has no next-value rule"):
            trace(reader, on=MONTH)

    def test_a_household_never_seen_before_starts_from_the_initial_value(self) -> None:
        seen = state("toy.seen", Household, Count, initial=7)

        @seen.next
        @rule(source=LAW.article("1"), key="toy.same_again")
        def same_again(household: Household) -> Count:
            return seen(household)

        assert answer(same_again) == 7

    def test_a_state_takes_one_next_value_only(self) -> None:
        twice = state("toy.twice_told", Household, Count, initial=0)

        @twice.next
        @rule(source=LAW.article("1"), key="toy.told")
        def told(household: Household) -> Count:
            return twice(household)

        with pytest.raises(RuleError, match="already has a next-value rule"):
            twice.next(told)
