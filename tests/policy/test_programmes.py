"""Regimes, the one graph of a country, exclusions and reforms."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.toy import LAW, MONTH, NOBODY, PESO, Household, Person, benefit, country, label

from amparo.errors import ParameterError, PolicyError
from amparo.execute.exact import decide
from amparo.expr import Count, Money, Timing, amount, parameter_of, rule, value, when
from amparo.expr import parameters as parameter
from amparo.policy import (
    Benefit,
    Country,
    Exclusion,
    Finding,
    Programme,
    Reform,
    Regime,
    find_country,
    replaced,
    set_to,
)

RATE = parameter.money("toy.rate", PESO, value("2020-01-01", 10, "Law 1/2020"))
SPARE = parameter.money("toy.spare", PESO, value("2020-01-01", 3, "Law 1/2020"))


@rule(source=LAW.article("1"), key="toy.child_grant")
def child_grant(person: Person) -> Money:
    return when(person.age < 18, RATE, otherwise=0)


@rule(source=LAW.article("2"), key="toy.rent_grant")
def rent_grant(household: Household) -> Money:
    return when(household.rent > 0, RATE * 2, otherwise=0)


@rule(source=LAW.article("3"), key="toy.baby_grant")
def baby_grant(person: Person) -> Money:
    return when(person.age < 1, RATE * 3, otherwise=0)


CHILD, RENT, BABY = benefit(child_grant), benefit(rent_grant), benefit(baby_grant)
BOTH = {"household": {"rent": 7}, "members": [{"id": "ana", "age": 30}, {"id": "leo", "age": 0}]}


def amounts(land: Country, case: dict[str, Any] = BOTH) -> dict[str, Any]:
    return decide(land.on(MONTH), case).amounts


class TestRegimes:
    EARLY = Regime(date(2020, 1, 1), (CHILD,), until=date(2022, 1, 1))
    LATE = Regime(date(2023, 1, 1), (RENT,))
    PROGRAMME = Programme("toy", label("toy"), "tests", (EARLY, LATE))

    def test_pick_what_is_paid_in_a_month(self) -> None:
        land = replace(country(), programmes=(self.PROGRAMME,))
        assert [b.key for b in land.on(date(2021, 12, 1)).benefits] == ["child_grant"]
        assert [b.key for b in land.on(date(2023, 1, 31)).benefits] == ["rent_grant"]

    @pytest.mark.parametrize("on", ["2019-12-31", "2022-01-01", "2022-12-31"])
    def test_outside_them_there_is_no_law(self, on: str) -> None:
        with pytest.raises(ParameterError, match=f"toy has no law in force on {on}: .* 2020-01-01 to 2022-01-01"):
            self.PROGRAMME.regime(date.fromisoformat(on))

    def test_that_overlap_are_refused(self) -> None:
        with pytest.raises(PolicyError, match="overlap"):
            Programme("toy", label("toy"), "tests", (replace(self.EARLY, until=date(2024, 1, 1)), self.LATE))


class TestBenefits:
    def test_pay_money(self) -> None:
        @rule(source=LAW.article("1"), key="toy.heads")
        def heads(household: Household) -> Count:
            return household.members.count()

        with pytest.raises(PolicyError, match="must return Money"):
            benefit(heads)

    def test_have_the_timing_of_their_rule(self) -> None:
        late = Benefit("late", label("late"), rent_grant, NOBODY, NOBODY, NOBODY, timing=Timing.ACCRUED)
        with pytest.raises(PolicyError, match="declared 'accrued' but its rule gives 'paid now'"):
            country(late).on(MONTH)


class TestFindings:
    @staticmethod
    def land() -> tuple[Country, Finding]:
        @rule(source=LAW.article("9"), key="toy.heads")
        def heads(household: Household) -> Count:
            return household.members.count()

        found = Finding("heads", label("heads"), heads)
        regime = Regime(date(2020, 1, 1), (CHILD,), findings=(found,))
        return replace(country(), programmes=(Programme("toy", label("toy"), "tests", (regime,)),)), found

    def test_are_decided_beside_the_benefits_and_are_no_amount(self) -> None:
        land, _ = self.land()
        decision = decide(land.on(MONTH), BOTH)
        assert decision.outputs["toy.heads"] == 2
        assert decision.amounts == {"child_grant": [0, 10]}

    def test_are_cut_away_with_what_only_they_need(self) -> None:
        land, found = self.land()
        edition = land.on(MONTH)
        assert set(edition.only([CHILD]).graph.outputs) == {"toy.child_grant"}
        assert set(edition.only([], [found]).graph.outputs) == {"toy.heads"}


class TestExclusions:
    ONE = Exclusion("baby_over_child", BABY, CHILD, LAW.article("4"), "Never both for one child.")
    ALL = Exclusion("child_over_rent", CHILD, RENT, LAW.article("5"), "Never both in one household.")

    def test_between_persons_leave_the_winner_for_the_same_person_only(self) -> None:
        land = country(CHILD, BABY, exclusions=(self.ONE,))
        members = [{"id": "leo", "age": 0}, {"id": "mia", "age": 5}]
        assert amounts(land, {"members": members}) == {"child_grant": [0, 10], "baby_grant": [30, 0]}

    def test_between_a_person_and_the_household_look_at_every_member(self) -> None:
        land = country(CHILD, RENT, exclusions=(self.ALL,))
        assert amounts(land) == {"child_grant": [0, 10], "rent_grant": 0}
        assert amounts(land, {**BOTH, "members": [{"id": "ana", "age": 30}]})["rent_grant"] == 20

    def test_show_their_source_in_the_decision(self) -> None:
        steps = decide(country(CHILD, RENT, exclusions=(self.ALL,)).on(MONTH), BOTH).steps
        assert ("child_over_rent", "Law 1/2020, art. 5") in {(s.key, s.source) for s in steps}

    def test_in_which_one_benefit_loses_twice_leave_it_only_without_both_winners(self) -> None:
        again = Exclusion("baby_over_rent", BABY, RENT, LAW.article("6"), "Nor with this.")
        land = country(CHILD, RENT, BABY, exclusions=(self.ALL, again))
        rents = [amounts(land, {**BOTH, "members": [{"id": "leo", "age": age}]})["rent_grant"] for age in (0, 5, 30)]
        assert rents == [0, 0, 20]


class TestReforms:
    def test_change_the_copy_and_never_the_original(self) -> None:
        land = country(CHILD, RENT)
        after = land.reformed(Reform(label("double"), (set_to(RATE, 20),)), MONTH)
        assert amounts(after) == {"child_grant": [0, 20], "rent_grant": 40}
        assert amounts(land) == {"child_grant": [0, 10], "rent_grant": 20}
        assert land.on(MONTH).version != after.on(MONTH).version
        assert land.on(MONTH).graph.digest == after.on(MONTH).graph.digest

    def test_replace_a_rule_for_all_who_read_it(self) -> None:
        @rule(source=LAW.article("1 new"), key="toy.everybody")
        def everybody(person: Person) -> Money:
            return RATE * 1

        after = country(CHILD).reformed(Reform(label("all"), (replaced(child_grant, by=everybody),)), MONTH)
        assert amounts(after) == {"child_grant": [10, 10]}

    @pytest.mark.parametrize("change", [set_to(SPARE, 9), set_to(RATE, 10)], ids=["a figure nobody reads", "the same"])
    def test_that_change_nothing_are_refused(self, change: Any) -> None:
        with pytest.raises(PolicyError, match="'idle' changes nothing in 2025-01"):
            country(CHILD).reformed(Reform(label("idle"), (change,)), MONTH)

    def test_keep_type_and_entity(self) -> None:
        with pytest.raises(PolicyError, match="a reform keeps entity and type"):
            replaced(child_grant, by=rent_grant)


class TestEditions:
    def test_move_a_figure_without_a_new_graph(self) -> None:
        law = country(CHILD).on(MONTH)
        moved = law.with_figure(parameter_of(RATE), Fraction(99))
        assert moved.graph is law.graph
        assert decide(moved, BOTH).amounts == {"child_grant": [0, 99]}
        with pytest.raises(PolicyError, match=r"toy\.spare is read by no rule"):
            law.with_figure(parameter_of(SPARE), Fraction(1))

    def test_are_cut_to_the_part_that_a_benefit_needs(self) -> None:
        part = country(CHILD, RENT).on(MONTH).only([RENT])
        assert set(part.graph.outputs) == {"toy.rent_grant"}
        assert [i.key for i in part.inputs] == ["rent"]

    def test_of_one_law_have_one_version(self) -> None:
        assert country(CHILD).on(MONTH).version == country(benefit(child_grant)).on(MONTH).version


class TestCountries:
    def test_with_one_programme_twice_are_refused(self) -> None:
        land = country(CHILD)
        with pytest.raises(PolicyError, match="declares the programme toy twice"):
            replace(land, programmes=land.programmes * 2)

    def test_of_an_unknown_name_are_refused_with_the_nearest(self) -> None:
        with pytest.raises(PolicyError, match="Did you mean 'chile'"):
            find_country("chille")

    def test_before_their_first_programme_have_no_law(self) -> None:
        with pytest.raises(ParameterError, match="the first begins on 2020-01-01"):
            country(CHILD).on(date(2019, 12, 1))


def test_an_amount_of_the_law_is_exact() -> None:
    assert amount("0.1", PESO).node.attr * 3 == Fraction(3, 10)
