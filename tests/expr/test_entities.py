"""Members, groups that may overlap, and relations that may be empty or leave the household."""

from typing import Any

import pytest
from tests.toy import LAW, MONTH, PESO, Household, Person, answer, label

from amparo.errors import RuleError
from amparo.execute.values import Unknown
from amparo.expr import Bool, Category, Count, Input, Money, group, group_by, rule, same_person, trace


@group
def family(applicant: Person, other: Person) -> Bool:
    """Like the family of Brazil's BPC: oneself, the partner, one's mother and one's children."""
    return (
        same_person(applicant, other)
        | applicant.partner.is_(other)
        | applicant.mother.is_(other)
        | other.mother.is_(applicant)
    )


@rule(source=LAW.article("1"), key="toy.family_size")
def family_size(person: Person) -> Count:
    return family(person).count()


@rule(source=LAW.article("2"), key="toy.family_income")
def family_income(person: Person) -> Money:
    return family(person).sum(family(person).income)


ROSA = {"id": "rosa", "age": 70, "income": 100, "mother": None, "partner": None}
ANA = {"id": "ana", "age": 40, "income": 10, "mother": "rosa", "partner": "luis"}
LUIS = {"id": "luis", "age": 42, "income": 1, "mother": None, "partner": "ana"}
LEO = {"id": "leo", "age": 10, "income": 0, "mother": "ana", "partner": None}


class TestGroups:
    def test_overlap_and_are_not_the_household(self) -> None:
        assert answer(family_size, None, ROSA, ANA, LUIS, LEO) == [2, 4, 2, 2]
        assert answer(family_income, None, ROSA, ANA, LUIS, LEO) == [110, 111, 11, 10]

    def test_do_not_depend_on_the_order_of_the_members(self) -> None:
        assert answer(family_size, None, LEO, LUIS, ANA, ROSA) == [2, 2, 4, 2]

    def test_first_marks_one_anchor_for_each_of_disjoint_groups(self) -> None:
        nuclei = group_by(Person, lambda person: person.age, "nuclei")

        @rule(source=LAW.article("1"), key="toy.anchor")
        def anchor(person: Person) -> Bool:
            return nuclei.first(person)

        assert answer(anchor, None, *({"id": str(i), "age": a} for i, a in enumerate([1, 2, 1, 2, 3]))) == [
            True, True, False, False, True,
        ]  # fmt: skip

    def test_the_two_persons_of_a_pair_are_told_apart(self) -> None:
        with pytest.raises(RuleError, match="group predicate only"):
            same_person(Person(), Person())
        with pytest.raises(RuleError, match="group predicate only"):
            Person().mother.is_(Person())

    def test_a_pair_is_not_summed_over_the_household(self) -> None:
        @rule(source=LAW.article("1"), key="toy.pairs")
        def pairs(household: Household) -> Count:
            return household.members.count(family(household.members).age > 3)

        with pytest.raises(RuleError, match="use a group"):
            trace(pairs, on=MONTH)


@rule(source=LAW.article("3"), key="toy.mothers_age")
def mothers_age(person: Person) -> Count:
    return person.mother.get(lambda mother: mother.age, nobody=0)


@rule(source=LAW.article("3"), key="toy.has_mother")
def has_mother(person: Person) -> Bool:
    return person.mother.exists


class TestRelations:
    def test_to_a_member_reads_that_member(self) -> None:
        assert answer(mothers_age, None, ANA | {"mother": None, "partner": None}, LEO) == [0, 40]

    def test_to_nobody_takes_the_value_for_nobody(self) -> None:
        assert answer(mothers_age, None, ROSA) == [0]
        assert answer(has_mother, None, ROSA) == [False]

    def test_to_somebody_outside_exists_and_its_values_are_unknown(self) -> None:
        outside = LEO | {"mother": "outside"}
        (found,) = answer(mothers_age, None, outside)
        assert isinstance(found, Unknown)
        assert found.because == {"mother of leo, who lives elsewhere"}
        assert answer(has_mother, None, outside) == [True]

    def test_not_stated_is_unknown_and_not_nobody(self) -> None:
        (found,) = answer(has_mother, None, {"id": "leo", "age": 3})
        assert found == Unknown(frozenset({"mother of leo"}))

    def test_outside_is_in_nobodys_group(self) -> None:
        assert answer(family_size, None, ROSA, LEO | {"mother": "outside"}) == [1, 1]


class TestMembers:
    def test_extremes_need_a_value_for_nobody(self) -> None:
        with pytest.raises(TypeError, match="nobody"):
            Household().members.largest(Household().members.age)  # type: ignore[call-arg]

    def test_extremes_over_nobody_take_that_value(self) -> None:
        @rule(source=LAW.article("1"), key="toy.oldest_pregnant")
        def oldest(household: Household) -> Count:
            members = household.members
            return members.largest(members.age, where=members.pregnant, nobody=99)

        ages = [{"id": str(a), "age": a, "pregnant": a in (20, 30)} for a in (10, 20, 30, 40)]
        assert answer(oldest, None, *ages) == 30
        assert answer(oldest, None, ages[0]) == 99

    def test_smallest_takes_the_least(self) -> None:
        @rule(source=LAW.article("1"), key="toy.youngest")
        def youngest(household: Household) -> Count:
            return household.members.smallest(household.members.age, nobody=0)

        assert answer(youngest, None, {"id": "a", "age": 30}, {"id": "b", "age": 4}) == 4

    def test_one_person_cannot_be_counted(self) -> None:
        with pytest.raises(RuleError, match="several persons"):
            Person().count()

    def test_a_person_reads_the_household(self) -> None:
        @rule(source=LAW.article("1"), key="toy.share")
        def share(person: Person) -> Money:
            return person.household.rent / person.household.members.count()

        assert answer(share, {"rent": 30}, {"id": "a"}, {"id": "b"}, {"id": "c"}) == [10, 10, 10]


class TestInputs:
    @pytest.mark.parametrize(
        ("made", "complaint"),
        [
            (lambda: Input(Money, labels=label("pay")), "needs a currency"),
            (lambda: Input(Count, currency=PESO, labels=label("pay")), "only money"),
            (lambda: Input(Bool, categories=("a",), labels=label("pay")), "lists its names"),
        ],
    )
    def test_units_belong_to_their_types(self, made: Any, complaint: str) -> None:
        with pytest.raises(RuleError, match=complaint):
            made()

    def test_keep_key_and_entity_of_the_class(self) -> None:
        assert Person.age.key == "age"
        assert set(Household.inputs) == {"rent", "rural"}
        assert set(Person.relations) == {"mother", "partner"}


class TestWhatCanChange:
    def test_is_up_down_both_or_nothing(self) -> None:
        with pytest.raises(RuleError, match="changes is 'sideways'; write one of"):
            Input(Bool, labels={"en": "works"}, changes="sideways")

    def test_names_of_categories_are_given_for_all_or_for_none(self) -> None:
        with pytest.raises(RuleError, match="names must be given for each category and no other"):
            Input(Category, categories=("a", "b"), labels={"en": "kind"}, names={"a": {"en": "first"}})
