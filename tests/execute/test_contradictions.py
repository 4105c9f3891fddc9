"""Facts that cannot all be true are refused, each in one sentence; the country declares what facts satisfy."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from tests.toy import MONTH, Person, country

from amparo.errors import AmparoError, CaseError, PolicyError
from amparo.execute.ask import MEMBERS, Question, answered
from amparo.execute.cases import read_case
from amparo.execute.exact import contradictions, decide
from amparo.execute.kernel import Kernel
from amparo.expr import Bool, this_month
from amparo.policy import LANGUAGES, consistent, countries, distinct, find_country, find_programme, mutual, older
from amparo.population.generator import random_population

CHILE = find_country("chile")
OCTOBER = date(2025, 10, 1)


@consistent(es="la edad y la fecha de nacimiento no concuerdan", pt="a idade e a data de nascimento não conferem",
            en="age and date of birth disagree")  # fmt: skip
def born_when_so_old(person: Person) -> Bool:
    """So many birthdays have passed by the first of the month, or by its end."""
    months = person.born.full_months_until(this_month())
    return (person.age * 12 <= months * 1 + 1) & (months * 1 < person.age * 12 + 12)


TOY = country(
    consistency=(
        born_when_so_old,
        older(Person, Person.mother, Person.age),
        mutual(Person, Person.partner),
        distinct(Person, Person.mother, Person.partner),
    )
)


def refused(law: Any, *members: dict[str, Any], **household: Any) -> str:
    """The sentence with which a household is refused."""
    with pytest.raises(CaseError) as refusal:
        decide(law.on(OCTOBER), {"household": household, "members": list(members)})
    return str(refusal.value)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (
            [{"id": "ana", "age": 30, "age_on_31_december": 32}],
            "member ana: the age on 31 December is neither today's nor one year more "
            "(age_on_31_december of ana: 32, age of ana: 30); correct one, or leave out what is in doubt.",
        ),
        (
            [{"id": "leo", "sex": "male", "pregnancy_month": 5}],
            "member leo: a man is registered as pregnant (sex of leo: male, pregnancy_month of leo: 5); "
            "correct one, or leave out what is in doubt.",
        ),
        (
            [{"id": "ana", "age": 9}, {"id": "leo", "age": 9, "mother": "ana"}],
            "member leo: the mother is not older than the child (mother of leo: ana, age of leo: 9, age of ana: 9); "
            "correct one, or leave out what is in doubt.",
        ),
        (
            [{"id": "ana", "partner": "leo"}, {"id": "leo", "partner": None}],
            "member ana: spouse or partner: who is named does not name the same person back "
            "(partner of ana: leo, partner of leo: nobody); correct one, or leave out what is in doubt.",
        ),
        (
            [{"id": "ana"}, {"id": "leo", "mother": "ana", "father": "ana"}],
            "member leo: mother and father are the same person (mother of leo: ana, father of leo: ana); "
            "correct one, or leave out what is in doubt.",
        ),
        (
            [{"id": "ana", "head": True}, {"id": "leo", "head": True}],
            "the household: more than one person is head of the household (head of ana: yes, head of leo: yes); "
            "correct one, or leave out what is in doubt.",
        ),
        ([{"id": "ana", "mother": "ana"}], "member ana: mother is 'ana', the same person; write null for nobody."),
        (
            [{"id": "ana"}, {"id": "eva"}, {"id": "leo", "mother": ["ana", "eva"]}],
            "member leo: mother names 2 persons, but there is one; write the id of one.",
        ),
        (
            [{"id": "ana", "age": 130}],
            "member ana: age is 130, outside 0 to 120; correct it or leave it out if unknown.",
        ),
        ([{"id": "ana", "sex": "woman"}], "member ana: sex is 'woman'. Known: female, male."),
    ],
    ids=["31 December", "pregnant man", "young mother", "one-way partner", "mother and father", "two heads",
         "own mother", "two mothers", "out of range", "no category"],
)  # fmt: skip
def test_facts_that_cannot_be_are_refused_in_a_sentence(members: list[dict[str, Any]], said: str) -> None:
    assert refused(CHILE, *members) == said


class TestConsistency:
    def test_two_members_who_are_each_others_mother_are_refused_though_their_ages_are_unknown(self) -> None:
        said = refused(CHILE, {"id": "ana", "mother": "eva"}, {"id": "eva", "mother": "ana"})
        assert said.startswith("member ana: two persons are each other's parent")
        assert said.endswith("(1 more like it).")

    @pytest.mark.parametrize(("age", "good"), [(29, False), (30, True), (31, False)])
    def test_of_an_age_and_a_date_of_birth(self, age: int, good: bool) -> None:
        case = read_case({"members": [{"id": "ana", "age": age, "born": "1995-01-01"}]}, TOY)
        assert (contradictions(TOY, case, MONTH) == []) is good

    def test_of_what_is_unknown_or_lives_elsewhere_is_left_alone(self) -> None:
        members = [
            {"id": "ana", "age": 30, "mother": "outside", "partner": "leo"},
            {"id": "leo", "mother": "ana", "pregnancy_month": 2},
        ]
        assert contradictions(CHILE, read_case({"members": members}, CHILE), OCTOBER) == []

    def test_says_in_three_languages_what_is_wrong(self) -> None:
        for each in countries().values():
            for rule in each.consistency:
                assert {rule.broken[language] != "" for language in LANGUAGES} == {True}
        case = read_case({"members": [{"id": "leo", "sex": "male", "pregnancy_month": 5}]}, CHILE)
        (found,) = contradictions(CHILE, case, OCTOBER)
        assert str(found) == "leo: a man is registered as pregnant (sex of leo: male, pregnancy_month of leo: 5)"
        assert found.sentence("pt") == (
            "leo: um homem consta como grávido "
            "(Sexo de leo: male, Mês de gravidez em curso (0 se não está grávida) de leo: 5)"
        )

    def test_is_asked_after_each_answer_of_an_interview(self) -> None:
        edition = CHILE.on(OCTOBER)
        known = answered(edition, {"members": [{"id": "leo", "sex": "male"}]}, Question(MEMBERS), 1)
        known = replace(known, members=({"sex": "male"},))
        question = Question("pregnancy_month", 0, CHILE.inputs["pregnancy_month"])
        with pytest.raises(CaseError, match="a man is registered as pregnant"):
            answered(edition, known, question, 4)

    @pytest.mark.parametrize("key", ["chile", "brasil", "argentina"])
    def test_holds_for_invented_households_and_the_kernel_reads_the_same_declarations(self, key: str) -> None:
        law = find_country(key)
        population = random_population(law, 3000, 4)
        found = Kernel(law.consistency_on(OCTOBER)).run(population).outputs
        drawn_at_random = {"facts.one_head", "facts.nobody_single_has_a_partner"}
        assert {name for name, column in found.items() if not np.all(column)} <= drawn_at_random


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: find_programme("suff"), "there is no programme 'suff'. Did you mean 'suf'?"),
        (lambda: find_country("chili"), "offers the country 'chili'. Did you mean 'chile'?"),
        (lambda: CHILE.on(date(1900, 1, 1)), "chile has no programme in force on 1900-01-01: the first begins on"),
        (lambda: CHILE.programme("suf").regime(date(1950, 1, 1)), "suf has no law in force on 1950-01-01"),
    ],
    ids=["programme", "country", "month", "regime"],
)
def test_what_the_law_does_not_know_is_refused_in_a_sentence(ask: Any, said: str) -> None:
    with pytest.raises(AmparoError) as refusal:
        ask()
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_programme_that_is_unknown_is_a_policy_error() -> None:
    with pytest.raises(PolicyError):
        find_programme("nothing at all")


def test_households_of_a_survey_are_decided_as_they_stand() -> None:
    case = read_case({"members": [{"id": "leo", "sex": "male", "pregnancy_month": 5}]}, CHILE)
    assert decide(CHILE.on(OCTOBER), case).case is case
