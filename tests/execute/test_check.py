"""Checking worked examples: each way of being wrong is found, and said in a sentence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from tests.toy import LAW, PESO, Household, Person, benefit, country

from amparo.errors import CaseError, ExecutionError
from amparo.execute.cases import Case
from amparo.execute.check import Outputs, Result, exactly, run_entries
from amparo.execute.examples import read_entry
from amparo.expr import Money, Months, amount, rule, state, when
from amparo.policy import Edition

enrolled = state("toy.enrolled", Household, Months, initial=0)


@enrolled.next
@rule(source=LAW.article("1"), key="toy.one_month_more")
def one_month_more(household: Household) -> Months:
    return enrolled(household) + 1


@rule(source=LAW.article("1"), key="toy.grant")
def grant(household: Household) -> Money:
    return when(household.rural & (enrolled(household) < 3), amount("10.50", PESO), otherwise=0)


@rule(source=LAW.article("1"), key="toy.baby")
def baby(person: Person) -> Money:
    return when(person.age < 1, amount(5, PESO), otherwise=0)


TOYLAND = country(benefit(grant), benefit(baby))
TOY = TOYLAND.programmes[0]
ONE: dict[str, Any] = {
    "name": "a rural household",
    "source": "by hand",
    "on": date(2025, 1, 1),
    "case": {"household": {"rural": True}, "members": [{"id": "ana", "age": 30}, {"id": "leo", "age": 0}]},
}


def run(*, decide: Any = exactly, unknowns: bool = True, **changes: Any) -> Result:
    raw = {k: v for k, v in {**ONE, **changes}.items() if v is not None}
    (result,) = run_entries([read_entry(raw, "toy")], TOYLAND, TOY, decide, unknowns=unknowns)
    return result


class TestExpectations:
    @pytest.mark.parametrize(
        "expected",
        [
            {"expect": {"grant": "10.50", "baby": 5}},
            {"expect_members": {"baby": {"ana": 0, "leo": "5.00"}}},
            {"expect_depends": ["rural"], "case": {"members": [{"id": "ana", "age": 30}]}},
            {"expect_error": "outside 0 to 120", "case": {"members": [{"age": 200}]}},
            {"expect_error": "no law in force on 2019-01-01", "on": date(2019, 1, 1)},
        ],
        ids=lambda e: next(iter(e)),
    )
    def test_that_are_met_leave_no_failure(self, expected: dict[str, Any]) -> None:
        assert run(**expected).failures == ()

    @pytest.mark.parametrize(
        ("expected", "sentence"),
        [
            ({"expect": {"grant": 10}}, "2025-01: grant should be 10, but it is 10.5."),
            ({"expect": {"grnt": 10}}, "no benefit or finding in force is called 'grnt'. Did you mean 'grant'."),
            ({"expect": {"grant": "ten"}}, "'ten', which is no amount"),
            ({"expect_members": {"baby": {"leo": 6}}}, "baby of leo should be 6, but it is 5"),
            ({"expect_members": {"baby": {"eva": 6}}}, "no member is called 'eva'"),
            ({"expect_members": {"grant": {"leo": 6}}}, "use expect, not expect_members"),
            ({"expect_depends": ["rural"]}, "should depend on rural, but the answer is certain"),
            ({"expect_error": "nothing"}, "should be refused with 'nothing', but it was decided"),
            (
                {"expect": {"grant": 0}, "case": {"members": [{"id": "ana"}]}},
                "grant should be 0, but it depends on rural",
            ),
            (
                {"expect_depends": ["age"], "case": {"members": [{"id": "ana"}]}},
                "should depend on age, but it depends on age, rural",
            ),
            (
                {"expect_error": "nothing", "case": {"members": [{"age": 200}]}},
                "should be refused with 'nothing', but the sentence is: member 1: age is 200",
            ),
            ({"expect": {"grant": 0}, "case": {"members": [{"age": 200}]}}, "was refused: member 1: age is 200"),
            ({"expect": {"grant": 0}, "case": {**ONE["case"], "states": {"toy.enroled": 1}}}, "'toy.enrolled'"),
        ],
    )
    def test_that_are_missed_give_a_sentence(self, expected: dict[str, Any], sentence: str) -> None:
        (failure,) = run(**expected).failures
        assert failure.startswith("toyland/toy, 'a rural household' (by hand), 20")
        assert sentence in failure


class TestMonths:
    def test_carry_the_states_and_let_unlisted_months_pass(self) -> None:
        months = [
            {"on": date(2025, 1, 1), "expect": {"grant": "10.50"}},
            {"on": date(2025, 3, 1), "expect": {"grant": "10.50"}},
            {"on": date(2025, 4, 1), "expect": {"grant": 0}},
        ]
        assert run(on=None, months=months).failures == ()

    def test_add_their_changes_to_what_was(self) -> None:
        months = [
            {"on": date(2025, 1, 1), "household": {"rural": False}, "expect": {"grant": 0, "baby": 5}},
            {"on": date(2025, 2, 1), "members": {"leo": {"age": 1}}, "expect": {"grant": 0, "baby": 0}},
        ]
        assert run(on=None, months=months).failures == ()

    def test_begin_with_the_states_of_the_case(self) -> None:
        case = {**ONE["case"], "states": {"toy.enrolled": 2}}
        months = [
            {"on": date(2025, 1, 1), "expect": {"grant": "10.50"}},
            {"on": date(2025, 2, 1), "expect": {"grant": 0}},
        ]
        assert run(on=None, case=case, months=months).failures == ()

    def test_name_the_month_that_fails(self) -> None:
        months = [{"on": date(2025, 1, 1)}, {"on": date(2025, 2, 1), "expect": {"grant": 1}}]
        (failure,) = run(on=None, months=months).failures
        assert "2025-02: grant should be 1" in failure

    def test_that_change_nobody_we_know_are_refused(self) -> None:
        months = [{"on": date(2025, 1, 1), "members": {"lea": {"age": 1}}, "expect": {"grant": 1}}]
        (failure,) = run(on=None, months=months).failures
        assert "no member is called 'lea'. Did you mean 'leo'?" in failure


class TestExecutors:
    def test_another_executor_is_given_every_case_of_a_month_at_once(self) -> None:
        seen: list[int] = []

        def counting(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
            seen.append(len(cases))
            return exactly(edition, cases)

        entries = [read_entry({**ONE, "name": str(i), "expect": {"grant": "10.50"}}, "toy") for i in range(5)]
        assert all(r.passed for r in run_entries(entries, TOYLAND, TOY, counting))
        assert seen == [5]

    def test_an_executor_that_is_wrong_by_a_cent_is_found(self) -> None:
        def off(edition: Edition, cases: Sequence[Case]) -> list[dict[str, Any]]:
            wrong = {"toy.grant": amount("10.51", PESO).node.attr}
            return [{**outputs, **wrong} for outputs in exactly(edition, cases)]

        (failure,) = run(decide=off, expect={"grant": "10.50"}).failures
        assert "grant should be 10.50, but it is 10.51" in failure

    def test_a_batch_that_fails_is_asked_one_by_one_to_name_the_culprit(self) -> None:
        def touchy(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
            if any("rent" in c.household for c in cases):
                raise ExecutionError("a rent")
            return exactly(edition, cases)

        bad = {**ONE["case"], "household": {"rural": True, "rent": 1}}
        entries = [
            read_entry({**ONE, "name": "good", "expect": {"grant": "10.50"}}, "toy"),
            read_entry({**ONE, "name": "bad", "case": bad, "expect": {"grant": "10.50"}}, "toy"),
        ]
        good, failed = run_entries(entries, TOYLAND, TOY, touchy)
        assert good.passed
        assert "was refused: a rent" in failed.failures[0]

    def test_without_unknowns_such_examples_are_skipped_and_not_passed(self) -> None:
        result = run(unknowns=False, expect_depends=["rural"])
        assert result.skipped
        assert not result.passed


class TestEntries:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"source": None, "expect": {"grant": 1}}, "has no source"),
            ({"case": None, "expect": {"grant": 1}}, "has no case"),
            ({"on": None, "expect": {"grant": 1}}, "either the month"),
            ({}, "expects nothing"),
            ({"expects": {"grant": 1}}, "a part 'expects' that nothing reads. Did you mean 'expect'?"),
            ({"on": "2025", "expect": {"grant": 1}}, "needs a date in 'on'"),
            (
                {"on": None, "months": [{"on": date(2025, 2, 1)}, {"on": date(2025, 1, 1)}]},
                "the months must follow each other",
            ),
        ],
    )
    def test_that_cannot_be_read_are_refused_with_a_sentence(self, changes: dict[str, Any], sentence: str) -> None:
        with pytest.raises(CaseError, match=r"toy \('a rural household'\)") as error:
            run(**changes)
        assert sentence in str(error.value)
