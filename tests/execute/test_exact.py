"""One household: what is certain although not everything is known, and the trace of every provision."""

from fractions import Fraction
from typing import Any

import pytest
from tests.toy import LAW, MONTH, PESO, Household, Person, answer, benefit, country, decided

from amparo.errors import CaseError, ExecutionError
from amparo.execute.exact import AnswerKind, decide
from amparo.execute.values import Unknown
from amparo.expr import TO_BE_CHECKED, Bool, Count, Money, amount, rule, value, when
from amparo.expr import parameters as parameter

LIMIT = parameter.money("toy.limit", PESO, value("2020-01-01", 500, "somebody", TO_BE_CHECKED))


@rule(source=LAW.article("1"), key="toy.poor")
def poor(household: Household) -> Bool:
    """Whether the rent is below the limit."""
    return household.rent < LIMIT


@rule(source=LAW.article("2"), key="toy.grant")
def grant(household: Household) -> Money:
    """Ten for each child of a poor rural household."""
    members = household.members
    each = amount(10, PESO) * members.count(members.age < 18)
    return when(household.rural & poor(household), each, otherwise=0)


class TestUnknown:
    @pytest.mark.parametrize(
        ("household", "found"),
        [({"rural": False}, 0), ({"rent": 500}, 0), ({"rural": True, "rent": 499}, 10)],
        ids=["one no decides", "the other no decides", "both yes"],
    )
    def test_does_not_matter_where_the_answer_is_certain_without_it(self, household: Any, found: int) -> None:
        assert answer(grant, household, {"age": 5}) == found

    def test_leaves_the_answer_open_where_it_matters_and_only_there(self) -> None:
        decision = decided(grant, {"rural": True}, {"age": 5})
        assert decision.depends_on == ["rent"]
        assert decision.outputs["toy.grant"] == Unknown(frozenset({"rent"}), 0, 10)

    def test_is_not_asked_about_when_both_ways_give_the_same(self) -> None:
        assert answer(grant, {"rural": True}, {"age": 40}) == 0

    def test_keeps_to_the_declared_range(self) -> None:
        @rule(source=LAW.article("1"), key="toy.cheap")
        def cheap(household: Household) -> Bool:
            return household.rent <= amount(100000, PESO)

        assert answer(cheap) is True

    def test_names_the_member_whose_value_is_missing(self) -> None:
        @rule(source=LAW.article("1"), key="toy.children")
        def children(household: Household) -> Count:
            return household.members.count(household.members.age < 18)

        found = answer(children, None, {"id": "ana"}, {"id": "leo", "age": 3})
        assert found == Unknown(frozenset({"age of ana"}), 1, 2)

    @pytest.mark.parametrize(("stated", "found"), [([True, None], True), ([False, False], False)])
    def test_one_yes_is_enough_for_any(self, stated: list[bool | None], found: bool) -> None:
        @rule(source=LAW.article("1"), key="toy.any_pregnant")
        def any_pregnant(household: Household) -> Bool:
            return household.members.any(household.members.pregnant)

        people = [{"id": str(i)} | ({} if p is None else {"pregnant": p}) for i, p in enumerate(stated)]
        assert answer(any_pregnant, None, *people) is found

    def test_extremes_keep_what_is_certain(self) -> None:
        @rule(source=LAW.article("1"), key="toy.richest")
        def richest(household: Household) -> Money:
            members = household.members
            return members.largest(members.income, where=members.pregnant, nobody=0)

        sure, doubtful = {"id": "a", "income": 5, "pregnant": True}, {"id": "b", "income": 9}
        assert answer(richest, None, sure, doubtful) == Unknown(frozenset({"pregnant of b"}), 5, 9)
        assert answer(richest, None, sure, doubtful | {"income": 5}) == 5

    def test_the_least_of_those_who_may_be_inside_is_of_any_of_them(self) -> None:
        @rule(source=LAW.article("1"), key="toy.poorest")
        def poorest(household: Household) -> Money:
            members = household.members
            return members.smallest(members.income, where=members.pregnant, nobody=0)

        none, some = {"id": "a", "income": 0}, {"id": "b", "income": 50}
        both = frozenset({"pregnant of a", "pregnant of b"})
        assert answer(poorest, None, none, some) == Unknown(both, 0, 50)  # 50 if b alone is
        assert answer(poorest, None, none | {"income": 10}, some) == Unknown(both, 0, 50)

    def test_a_product_of_opposite_signs_keeps_its_bounds(self) -> None:
        @rule(source=LAW.article("1"), key="toy.product")
        def product(household: Household) -> Money:
            return (household.rent - amount(100, PESO)) * household.members.count(household.members.pregnant)

        found = answer(product, None, {"id": "a"})
        assert (found.low, found.high) == (-100, 99900)

    def test_division_by_what_may_be_zero_is_unknown_and_not_an_error(self) -> None:
        @rule(source=LAW.article("1"), key="toy.per_head")
        def per_head(household: Household) -> Money:
            return household.rent / household.members.count(household.members.pregnant)

        assert answer(per_head, {"rent": 10}, {"id": "a"}).because == {"pregnant"}


class TestFailures:
    def test_division_by_zero_names_rule_line_and_household(self) -> None:
        @rule(source=LAW.article("1"), key="toy.per_child")
        def per_child(household: Household) -> Money:
            return household.rent / household.members.count(household.members.age < 18)

        with pytest.raises(ExecutionError, match=r"toy\.per_child .*test_exact.*household: division by zero"):
            answer(per_child, {"rent": 10}, {"age": 30})

    def test_a_branch_not_taken_cannot_fail(self) -> None:
        @rule(source=LAW.article("1"), key="toy.guarded")
        def guarded(household: Household) -> Money:
            children = household.members.count(household.members.age < 18)
            return when(children > 0, household.rent / children, otherwise=0)

        assert answer(guarded, {"rent": 10}, {"age": 30}) == 0
        assert answer(guarded, {"rent": 10}, {"age": 3}) == 10


class TestDecision:
    def test_shows_every_provision_with_source_meaning_and_value(self) -> None:
        steps = decided(grant, {"rural": True, "rent": 1}, {"age": 5}).steps
        assert [(s.key, s.source, s.meaning, s.value) for s in steps] == [
            ("toy.poor", "Law 1/2020, art. 1", "Whether the rent is below the limit.", True),
            ("toy.grant", "Law 1/2020, art. 2", "Ten for each child of a poor rural household.", 10),
        ]

    def test_shows_the_figures_still_to_be_checked(self) -> None:
        assert [p.key for p in decided(grant, {"rural": True, "rent": 1}, {"age": 5}).to_check] == ["toy.limit"]
        assert decided(grant, {"rural": False}, {"age": 5}).to_check == []

    def test_totals_a_benefit_of_persons_over_the_household(self) -> None:
        @rule(source=LAW.article("1"), key="toy.birth")
        def birth(person: Person) -> Money:
            return when(person.age < 1, amount("0.10", PESO), otherwise=0)

        paid = benefit(birth)
        members = [{"id": str(i), "age": age} for i, age in enumerate([0, 0, 0, 30])]
        decision = decide(country(paid).on(MONTH), {"members": members})
        assert decision.amounts["birth"] == [Fraction(1, 10)] * 3 + [0]
        assert decision.total(paid) == Fraction(3, 10)


def reads(decision: Any) -> dict[str, list[tuple[str, str | None, Any]]]:
    """What each provision of a decision read: key, of whom, value."""
    return {e.step.key: [(r.key, r.member, r.value) for r in e.read] for e in decision.account}


@rule(source=LAW.article("3"), key="toy.child_money")
def child_money(person: Person) -> Money:
    """Ten below 18, twenty below 6."""
    return when(person.age < 6, amount(20, PESO), otherwise=when(person.age < 18, amount(10, PESO), otherwise=0))


class TestAnswer:
    paid = benefit(child_money)
    law = country(paid).on(MONTH)

    def of(self, *members: dict[str, Any]) -> Any:
        return decide(self.law, {"members": list(members)})

    def test_is_entitled_with_an_amount(self) -> None:
        found = self.of({"age": 5}, {"age": 9}).answer(self.paid)
        assert (found.kind, found.amount, found.low, found.high) == (AnswerKind.ENTITLED, 30, 30, 30)
        assert (found.entitled, found.depends_on) == (True, ())

    def test_is_not_entitled(self) -> None:
        found = self.of({"age": 18}).answer(self.paid)
        assert (found.kind, found.amount, found.entitled) == (AnswerKind.NOT_ENTITLED, 0, False)

    def test_depends_on_what_is_unknown_between_bounds(self) -> None:
        found = self.of({"id": "ana"}, {"id": "leo", "age": 18}).answer(self.paid)
        assert (found.kind, found.amount, found.entitled) == (AnswerKind.DEPENDS, None, None)
        assert (found.low, found.high, found.depends_on) == (0, 20, ("age of ana",))

    def test_says_that_there_is_a_right_although_its_amount_is_open(self) -> None:
        found = self.of({"id": "ana"}, {"id": "leo", "age": 7}).answer(self.paid)
        assert (found.kind, found.entitled, found.low, found.high) == (AnswerKind.DEPENDS, True, 10, 30)

    def test_of_one_member(self) -> None:
        decision = self.of({"id": "ana"}, {"id": "leo", "age": 7})
        assert decision.answer(self.paid, "leo").amount == 10
        with pytest.raises(CaseError, match="no member is called 'lea'. Did you mean 'leo'?"):
            decision.answer(self.paid, "lea")


class TestAccount:
    def test_keeps_the_values_that_each_provision_read(self) -> None:
        decision = decided(grant, {"rural": True, "rent": 499}, {"id": "ana", "age": 40}, {"id": "leo", "age": 5})
        assert reads(decision) == {
            "toy.poor": [("rent", None, 499), ("toy.limit", None, 500)],
            "toy.grant": [("rural", None, True), ("toy.poor", None, True), ("age", "ana", 40), ("age", "leo", 5)],
        }

    def test_gives_a_figure_with_its_date_and_confidence(self) -> None:
        figure = decided(grant, {"rural": True, "rent": 499}, {"age": 5}).account[0].read[1]
        assert figure.dated is not None
        assert (str(figure.dated.since), figure.dated.confidence) == ("2020-01-01", TO_BE_CHECKED)

    def test_says_by_how_much_a_condition_failed(self) -> None:
        entry = decided(grant, {"rural": True, "rent": 620}, {"age": 5}).account[0]
        (failed,) = entry.compared
        assert [failed.left, failed.sign, failed.right, failed.holds, failed.difference] == [620, "<", 500, False, 120]

    def test_leaves_out_what_decided_nothing(self) -> None:
        (entry,) = decided(grant, {"rural": False, "rent": 1}, {"age": 5}).account
        assert [r.key for r in entry.read] == ["rural"]

    def test_names_whom_a_relation_points_at(self) -> None:
        @rule(source=LAW.article("4"), key="toy.young_mother")
        def young_mother(person: Person) -> Bool:
            """Whether the mother is under 18."""
            return person.mother.get(lambda mother: mother.age < 18, nobody=False)

        decision = decided(young_mother, None, {"id": "ana", "age": 17, "mother": None}, {"id": "leo", "mother": "ana"})
        assert [[(r.key, r.member, r.value) for r in e.read] for e in decision.account] == [
            [("mother", "ana", None)],
            [("mother", "leo", "ana"), ("age", "ana", 17)],
        ]
        assert [[c.member, c.difference] for c in decision.account[1].compared] == [["ana", -1]]

    def test_tells_of_a_figure_in_every_provision_that_read_it(self) -> None:
        @rule(source=LAW.article("5"), key="toy.again")
        def again(household: Household) -> Bool:
            """Whether the limit is missed twice."""
            return poor(household) | (household.rent < LIMIT + LIMIT)

        steps = decided(again, {"rent": 700}, {"age": 5}).steps
        assert [(s.key, [p.key for p in s.parameters]) for s in steps] == [
            ("toy.poor", ["toy.limit"]),
            ("toy.again", ["toy.limit"]),
        ]
