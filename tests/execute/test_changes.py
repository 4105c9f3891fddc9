"""What would change the answer: it does, when decided again, and nothing nearer does."""

import math
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.execute.households import LAWS, households
from tests.execute.interviews import law
from tests.toy import LAW, MONTH, PESO, benefit, label

from amparo.errors import AmparoError
from amparo.execute.exact import Decision, decide
from amparo.execute.explain import Change, Effect, nearest_value, suppositions, what_would_change, with_datum
from amparo.execute.values import Unknown, high, low
from amparo.expr import Bool, Count, Dwelling, Entity, HouseholdView, Input, Kind, Money, PersonView, amount, rule, when
from amparo.policy import Benefit, Country, Programme, Regime, consistent, countries, find_country

HOUSEHOLDS, GRID = 60, 30
RAISE = Fraction(11, 10)


def decided(key: str, seed: int, count: int = HOUSEHOLDS, *, unknown: bool = False) -> Iterator[Decision]:
    """Give random households of a country near its thresholds, each asked about a few benefits, one by one."""
    whole, _ = law(key)
    draw = random.Random(seed)
    for known in households(whole, count, seed):
        case = known
        if unknown:
            i = draw.randrange(len(case.members))
            gone = draw.choice(sorted(case.members[i]))
            kept = {k: v for k, v in case.members[i].items() if k != gone}
            case = type(case)(
                case.household, (*case.members[:i], kept, *case.members[i + 1 :]), case.relations, case.states, case.ids
            )
        for paid in draw.sample(whole.benefits, min(3, len(whole.benefits))):
            try:
                yield decide(whole.only([paid]), case)
            except AmparoError:
                continue


def total(decision: Decision, benefit: Benefit, declared: Any, member: int | None, value: Any) -> Any:
    return decide(decision.edition, with_datum(decision.case, declared, member, value)).total(benefit)


def has(effect: Effect, declared: Any, before: Fraction, after: Any) -> bool:
    if effect is Effect.ENDS:
        return bool(high(after) == 0)
    return bool(low(after) > before and (declared.type.kind is not Kind.MONEY or low(after) >= before * RAISE))


def nearer(change: Change, draw: random.Random) -> list[Any]:
    """Return values between today's and the change, the last smallest unit among them, on both sides of today."""
    declared = change.declared
    if not declared.type.numeric:
        return []
    step = declared.step or declared.type.unit
    far = math.ceil(abs(change.then - change.now) / step) - 1
    steps = {far, 1, *(draw.randint(1, far) for _ in range(GRID))} if far > 0 else set()
    least, most = declared.low, declared.high
    start = {1: math.floor(change.now / step), -1: math.ceil(change.now / step)}  # today's may lie between two steps
    values = [(start[sign] + sign * n) * step for n in steps for sign in (1, -1)]
    values = [v for v in values if abs(v - change.now) < abs(change.then - change.now)]
    return [v for v in values if (least is None or v >= least) and (most is None or v <= most)]


class TestChanges:
    @pytest.mark.parametrize("key", LAWS)
    def test_do_what_they_say_and_nothing_nearer_does(self, key: str) -> None:
        draw, seen = random.Random(3), 0
        for decision in decided(key, 17):
            for change in what_would_change(decision):
                seen += 1
                again = total(decision, change.benefit, change.declared, change.member, change.then)
                assert again == change.after
                assert has(change.effect, change.declared, change.before, again)
                for value in nearer(change, draw):
                    found = total(decision, change.benefit, change.declared, change.member, value)
                    assert not has(change.effect, change.declared, change.before, found), (change, value)
        assert seen > 5

    @pytest.mark.parametrize("key", LAWS)
    def test_where_none_is_found_no_value_of_a_grid_would_do(self, key: str) -> None:
        draw, seen = random.Random(4), 0
        for decision in decided(key, 23):
            (benefit,) = decision.edition.benefits
            before = decision.total(benefit)
            if isinstance(before, Unknown):
                continue
            effect = Effect.ENDS if before else Effect.GIVES
            for declared in decision.edition.inputs:
                if not declared.changes or not declared.type.numeric:
                    continue
                member = None if declared.entity is Entity.HOUSEHOLD else 0
                if nearest_value(decision, benefit, declared, member, effect) is not None:
                    continue
                seen += 1
                most = int(declared.high if declared.high is not None else 5_000_000)
                least = int(declared.low or 0)
                for value in (least, most, *(draw.randint(least, most) for _ in range(12))):
                    if declared.step is not None:
                        value -= value % int(declared.step)  # noqa: PLW2901 - the nearest that really occurs
                    if (
                        declared.changes == "up"
                        and value < (decision.case.members[0] | decision.case.household)[declared.key]
                    ):
                        continue
                    found = total(decision, benefit, declared, member, Fraction(value))
                    assert not has(effect, declared, Fraction(before), found), (declared.key, value)
        assert seen > 10

    def test_are_sorted_by_nearness_and_are_few(self) -> None:
        several = 0
        for decision in decided("chile", 5, 20):
            found = what_would_change(decision)
            several += len(found) > 1
            for effect in Effect:
                away = [c.distance for c in found if c.effect is effect]
                assert away == sorted(away)
                assert len(away) <= 3
        assert several > 5

    def test_are_never_of_what_cannot_change(self) -> None:
        never = {"age", "age_on_31_december", "sex", "births_this_month", "disabled", "mental_disability"}
        for key in LAWS:
            found = {c.declared.key for decision in decided(key, 31, 15) for c in what_would_change(decision)}
            assert found
            assert found.isdisjoint(never)

    def test_unknown_data_elsewhere_do_not_make_one_up(self) -> None:
        seen = 0
        for decision in decided("brasil", 41, 30, unknown=True):
            for change in what_would_change(decision):
                seen += 1
                again = total(decision, change.benefit, change.declared, change.member, change.then)
                assert has(change.effect, change.declared, change.before, again)
        assert seen > 10

    def test_the_line_itself_is_found_to_the_centavo(self) -> None:
        edition = find_country("brasil").on(date(2025, 10, 1))
        family = edition.only([b for b in edition.benefits if b.key == "bolsa_familia"])
        nothing = {"pension": 0, "other_income": 0, "age": 40, "receives_bpc": False, "disabled": False}
        members = [{"id": "ana", "earnings": "463.01", **nothing}, {"id": "rui", "earnings": 0, **nothing}]
        found = what_would_change(decide(family, {"household": {"cadunico": True}, "members": members}))
        assert [(c.declared.key, c.then, low(c.after), c.effect) for c in found] == [
            ("earnings", Fraction("436"), 600, Effect.GIVES)  # who is pregnant or nursing is unknown: at least 600
        ]


class Townsperson(PersonView):
    age = Input(Count, low=0, high=120, labels=label("age"))
    works = Input(Bool, labels=label("works"), changes="both")
    household = Dwelling["Town"]()


class Town(HouseholdView[Townsperson], member=Townsperson):
    pass


@rule(source=LAW.article("1"), key="toy.work_money")
def work_money(person: Townsperson) -> Money:
    """Ten for whoever works."""
    return when(person.works, amount(10, PESO), otherwise=0)


@consistent(es="trabaja un niño", pt="trabalha uma criança", en="a child works")
def no_child_works(person: Townsperson) -> Bool:
    """Work begins at fifteen."""
    return (person.age >= 15) | ~person.works


@pytest.mark.parametrize(("age", "found"), [(14, []), (15, [True])])
def test_a_change_that_would_contradict_another_fact_is_none(age: int, found: list[bool]) -> None:
    paid = benefit(work_money)
    town = Programme("toy", label("toy"), "tests", (Regime(date(2020, 1, 1), (paid,)),))
    law = Country("town", label("Town"), PESO, Town, (town,), consistency=(no_child_works,)).on(MONTH)
    changes = what_would_change(decide(law, {"members": [{"id": "leo", "age": age, "works": False}]}))
    assert [c.then for c in changes] == found


def test_a_bracket_moves_in_tenths() -> None:
    """The Social Register has brackets of 40, 50, … 100: nobody is told of a bracket of 61."""
    changes = [c for d in decided("chile", 17, 40) for c in what_would_change(d) if c.declared.key == "rsh_bracket"]
    assert changes
    assert all(c.then % 10 == 0 for c in changes)


class TestSuppositions:
    def test_say_what_each_answer_to_an_open_question_would_give(self) -> None:
        edition = find_country("chile").on(date(2025, 5, 1))
        pension = edition.only([b for b in edition.benefits if b.key == "pgu"])
        eva = {"id": "eva", "age": 70, "base_pension": "180000", "years_resident": 50, "years_resident_of_last_5": 5}
        found = suppositions(decide(pension, {"household": {}, "members": [eva]}))
        assert [(s.declared.key, s.value, s.total) for s in found] == [
            ("richest_tenth", True, 0),
            ("richest_tenth", False, 224004),
        ]


def test_every_country_says_which_of_its_data_can_change() -> None:
    for country in countries().values():
        changing = {k for k, i in country.inputs.items() if i.changes}
        assert changing or not country.programmes, country.key
        assert changing.isdisjoint({"age", "sex"}), country.key
        for declared in country.inputs.values():
            assert not declared.changes or declared.type.kind not in (Kind.DATE, Kind.NUMBER), declared.key
            assert all(set(declared.names[c]) == {"es", "pt", "en"} for c in declared.names), declared.key
            assert not declared.act or set(declared.act) == {"es", "pt", "en"}, declared.key
            if country.programmes and declared.type.categories:
                assert set(declared.names) == set(declared.type.categories), declared.key
