"""Questions until the answer is certain: the same answer as the whole questionnaire, with fewer of them."""

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.execute.households import LAWS, households
from tests.execute.interviews import compare, law, told
from tests.toy import LAW, MONTH, PESO, Household, Person, benefit, country

from amparo.errors import CaseError
from amparo.execute.ask import (
    MEMBERS,
    Question,
    Reference,
    answered,
    asked_in_full,
    computable,
    household_of,
    inquire,
    interview,
    told_by,
)
from amparo.execute.cases import Case, read_case
from amparo.execute.exact import decide
from amparo.expr import Bool, Money, amount, rule, when
from amparo.policy import Country, Edition, find_country

HOUSEHOLDS = 240
MS = 1000


@rule(source=LAW.article("1"), key="toy.worker")
def worker(person: Person) -> Bool:
    """Who works, whatever the papers say."""
    return (person.work == "formal") | (person.work == "informal")


@rule(source=LAW.article("2"), key="toy.school_money")
def school_money(household: Household) -> Money:
    """Ten for each child of a rural household in which nobody works, and five for who is pregnant."""
    members = household.members
    each = amount(10, PESO) * members.count(members.age < 18) + amount(5, PESO) * members.count(members.pregnant)
    return when(household.rural & ~members.any(worker(members)), each, otherwise=0)


@cache
def toy() -> tuple[Edition, Reference]:
    edition = country(benefit(school_money)).on(MONTH)
    return edition, Reference.of(edition.country, edition)


class TestInterview:
    @pytest.mark.parametrize("key", LAWS)
    def test_gives_the_answer_of_the_full_questionnaire_with_at_most_half_of_its_questions(self, key: str) -> None:
        whole, reference = law(key)
        draw, shares = random.Random(5), []
        for home, known in enumerate(households(whole, HOUSEHOLDS // 3, 11)):
            edition = whole if home % 40 == 0 else whole.only([draw.choice(whole.benefits)])
            standings, wrong = compare(edition, known, reference)
            assert wrong == []
            shares.append((len(standings) - 1) / asked_in_full(edition, len(known.members)))
        mean = sum(shares) / len(shares)
        print(f"{key}: {mean:.0%} of the questions asked")
        assert mean <= 0.5

    def test_never_asks_twice_nor_what_the_answer_does_not_depend_on(self) -> None:
        edition, reference = law("chile")
        for known in households(edition, 2, 3):
            asked: list[Any] = []
            for standing in told(edition, known, reference):
                if standing.question is not None:
                    key, member = standing.question.about
                    alone = len(known.members) == 1 and key in edition.country.inputs
                    who = "" if member is None or alone else f" of {known.ids[member]}"
                    assert f"{key}{who}" in standing.decision.depends_on  # type: ignore[union-attr]
                    asked.append((key, member))
            assert len(asked) == len(set(asked))

    def test_stops_when_certain_and_not_before(self) -> None:
        edition, reference = law("brasil")
        for known in households(edition, 10, 4):
            *before, last = told(edition, known, reference)
            assert last.certain
            assert not any(s.certain for s in before)

    def test_goes_on_without_what_nobody_can_say_and_ends_with_what_it_depends_on(self) -> None:
        edition, reference = toy()
        known = read_case({"household": {"rural": True}, "members": [{"age": 9, "work": "none"}]}, edition.country)
        *_, last = told(edition, known, reference)
        assert (last.certain, last.question) == (False, None)
        assert last.decision.depends_on == ["pregnant"]  # type: ignore[union-attr]

    def test_keeps_what_was_known_before_the_members_were_counted(self) -> None:
        edition, reference = toy()
        known = read_case({"members": [{"age": 9, "work": "none", "pregnant": False}]}, edition.country)
        *_, last = interview(edition, {"household": {"rural": True}}, reference, told_by(known))
        assert last.certain  # nobody but the start says whether it is rural


class TestQuestion:
    def test_is_how_many_live_there_before_anything_is_known(self) -> None:
        edition, reference = toy()
        first = inquire(edition, None, reference).question
        assert first is not None
        assert first.key == MEMBERS
        assert [len(answered(edition, None, first, n).members) for n in (1, "3")] == [1, 3]

    def test_can_always_change_the_answer(self) -> None:
        edition, reference = toy()
        domains: dict[str, list[Any]] = {
            "rural": [False, True], "age": [Fraction(3), Fraction(40)], "pregnant": [False, True],
            "work": ["none", "formal", "informal"],
        }  # fmt: skip

        def completions(case: Case) -> Iterator[Case]:
            open_ = [k for k in ("age", "pregnant", "work") if k not in case.members[0]]
            rural = domains["rural"] if "rural" not in case.household else [case.household["rural"]]
            for outside, *inside in itertools.product(rural, *(domains[k] for k in open_)):
                member = {**case.members[0], **dict(zip(open_, inside, strict=True))}
                yield replace(case, household={"rural": outside}, members=(member,))

        def matters(case: Case, question: Question) -> bool:
            key, member = question.about
            for each in completions(case):
                answers = set()
                for value in domains[key]:
                    inside = each.members if member is None else ({**each.members[0], key: value},)
                    household = {key: value} if member is None else each.household
                    found = decide(edition, replace(each, household=household, members=inside))
                    answers.add(found.amounts["school_money"])
                if len(answers) > 1:
                    return True
            return False

        for known in completions(household_of(1)):
            for standing in told(edition, known, reference):
                assert standing.question is None or matters(standing.case, standing.question)  # type: ignore[arg-type]

    def test_asks_first_what_ends_soonest_where_people_answer_so(self) -> None:
        edition, reference = toy()
        counts = {
            len(list(told(edition, known, reference))) - 1
            for known in households(edition, 40, 2)
            if known.household["rural"] is False
        }
        assert min(counts) == 1  # one "no" ends it; everybody's age would not

    def test_says_which_benefit_and_which_article_needs_it(self) -> None:
        edition, reference = toy()
        case = {"household": {"rural": True}, "members": [{"age": 9, "pregnant": False}]}
        asked = inquire(edition, case, reference).question
        assert asked is not None
        assert (asked.key, asked.member, asked.open) == ("work", 0, 1)
        assert [b.key for b in asked.benefits] == ["school_money"]
        assert (asked.because.key, asked.because.source) == ("toy.worker", "Law 1/2020, art. 1")  # type: ignore[union-attr]

    def test_comes_within_50_ms_for_every_chilean_benefit_at_once(
        self,
    ) -> None:  # of processor time: other work on the machine does not count
        edition, reference = law("chile")
        taken = []
        for known in households(edition, 3, 6):
            clock = time.process_time()
            standings = list(told(edition, known, reference))
            taken.append((time.process_time() - clock) / len(standings))
        assert sorted(taken)[len(taken) // 2] * MS < 50


class TestAnswer:
    @pytest.mark.parametrize(
        ("key", "value", "said"),
        [
            ("age", 200, "outside 0 to 120"),
            ("age", None, "an answer is missing"),
            ("mother", "zoe", "no other member"),
            ("mother", "1", "no other member"),
            (MEMBERS, 0, "how many people"),
            (MEMBERS, "many", "how many people"),
            (MEMBERS, "0000000019999999999", "how many people"),
        ],
    )
    def test_that_cannot_be_is_refused_in_a_sentence(self, key: str, value: Any, said: str) -> None:
        edition, _ = toy()
        person = edition.country.household.member
        declared = person.inputs.get(key) or person.relations.get(key)
        with pytest.raises(CaseError, match=said):
            answered(edition, household_of(2), Question(key, 0, declared), value)

    @pytest.mark.parametrize(("value", "stored"), [(None, None), ("outside", "outside"), ("2", 1), (2, 1)])
    def test_to_a_relation_names_a_member_nobody_or_somebody_elsewhere(self, value: Any, stored: Any) -> None:
        edition, _ = toy()
        question = Question("mother", 0, edition.country.household.member.relations["mother"])
        assert answered(edition, household_of(2), question, value).relations[0] == {"mother": stored}


def test_benefits_whose_figures_are_not_known_in_the_month_are_set_apart() -> None:
    chile: Country = find_country("chile")
    edition = chile.on(date(2026, 9, 1))
    good, lacking = computable(edition, edition.benefits)
    assert "pgu" in {b.key for b in good}
    assert {b.key: p[0].key for b, p in lacking.items()}[
        "bono_control_nino_sano"
    ] == "seguridades_oportunidades.check_up"
