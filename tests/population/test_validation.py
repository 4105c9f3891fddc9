"""What is wrong with a population: counted, located, never dropped."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from tests.population.land import LAND, label, people

from amparo.errors import PopulationError
from amparo.expr import Count, HouseholdView, Input, PersonView
from amparo.population import NOBODY, OUTSIDE, UNKNOWN, Finding, Population, date_code, random_population, validate


def findings(p: Population, month: date | None = None) -> list[Finding]:
    return list(validate(p, LAND, month).findings)


def only(p: Population, month: date | None = None) -> Finding:
    """The one finding of a population."""
    (found,) = findings(p, month)
    return found


NAMED = {"household_facts": {"household_id": np.array(["h7", "h8", "h9"])}}


class TestReport:
    def test_of_a_sound_population_is_empty(self) -> None:
        report = validate(people([2, 1], age=[30, 2, 70], rent=[100, 200]), LAND)
        assert (report.findings, report.persons, report.households) == ((), 3, 2)
        report.raise_errors()

    def test_of_generated_households_is_empty(self) -> None:
        assert findings(random_population(LAND, 2_000, 1), date(2030, 1, 1)) == []

    def test_puts_errors_before_warnings(self) -> None:
        report = validate(people([1, 0], income=[-1], rent=[0, 0]), LAND)
        assert [f.kind for f in report.findings] == ["outside-range", "empty-household"]
        assert [f.kind for f in report.errors] == ["outside-range"]
        assert [f.kind for f in report.warnings] == ["empty-household"]

    def test_raises_every_error_at_once_and_no_warning(self) -> None:
        p = people([1, 0], age=[200], income=[-100])
        with pytest.raises(PopulationError) as caught:
            validate(p, LAND).raise_errors()
        lines = str(caught.value).split("\n")
        assert len(lines) == 2
        assert "age" in lines[0]
        assert "income" in lines[1]

    def test_changes_and_drops_nothing(self) -> None:
        p = people([2], age=[-5, 200], income=[-1, 2**50])
        validate(p, LAND)
        assert (p.person_count, list(p.persons["age"]), list(p.persons["income"])) == (2, [-5, 200], [-1, 2**50])

    def test_holds_warnings_and_raises_errors(self) -> None:
        assert [f.kind for f in validate(people([1, 0]), LAND).warnings] == ["empty-household"]
        with pytest.raises(PopulationError, match="whose age is outside 0 to 120"):
            validate(people([1], age=[121]), LAND).raise_errors()


class TestHouseholds:
    def test_without_members_are_kept_and_counted(self) -> None:
        f = only(people([1, 0, 0], **NAMED))
        assert (f.kind, f.severity, f.count, f.row, f.household) == ("empty-household", "warning", 2, 1, "h8")
        assert f.sentence == (
            "2 households without any member, first in household h8; "
            "they are kept and counted: add their members, or read them as vacant."
        )

    def test_of_over_200_members_are_an_error(self) -> None:
        f = only(people([200, 201]))
        assert (f.kind, f.count, f.row, f.value) == ("large-household", 1, 1, 201)
        assert f.sentence.startswith("1 household with over 200 members, first in household 1 (201); check which")

    def test_whose_identifier_repeats_are_an_error(self) -> None:
        f = only(people([1, 1, 1, 1], household_facts={"household_id": np.array([5, 6, 5, 5])}))
        assert (f.kind, f.count, f.row, f.household, f.severity) == ("duplicate-household", 2, 2, 5, "error")
        assert f.sentence == (
            "2 households whose household_id stands on an earlier row too, first in household 5 (5); give each its own."
        )

    def test_with_no_persons_at_all_are_an_error_of_the_whole_file(self) -> None:
        f = validate(people([0, 0]), LAND).errors[0]
        assert (f.kind, f.row, f.sentence) == (
            "no-rows", -1, "the population has no persons at all; check the file and its mapping.",
        )  # fmt: skip

    def test_that_are_none_are_an_error(self) -> None:
        assert [f.kind for f in findings(people([]))] == ["no-rows"]


class TestPersons:
    def test_whose_identifier_repeats_are_an_error(self) -> None:
        f = only(people([2, 1], person_facts={"person_id": np.array(["x", "y", "x"])}))
        assert (f.kind, f.count, f.row, f.household, f.value) == ("duplicate-person", 1, 2, 1, "x")

    def test_whose_household_is_absent_are_orphans(self) -> None:
        p = people(
            [2, 1],
            person_facts={"household_id": np.array([7, 99, 8])},
            household_facts={"household_id": np.array([7, 8])},
        )
        f = only(p)
        assert (f.kind, f.count, f.row, f.household, f.value) == ("orphan", 1, 1, 7, 99)
        assert f.sentence == (
            "1 person whose household is absent, first in household 7 (99); "
            "add the household, or correct the person's household_id."
        )


class TestHeads:
    def test_are_one_to_a_household(self) -> None:
        p = people([2, 3, 1, 0], person_facts={"head": np.array([True, False, True, True, False, False])})
        found = {f.kind: f for f in findings(p)}
        assert set(found) == {"empty-household", "no-head", "several-heads"}  # nobody misses a head where nobody is
        none, two = found["no-head"], found["several-heads"]
        assert (none.count, none.row, none.severity) == (1, 2, "warning")
        assert (two.count, two.row, two.value, two.severity) == (1, 1, 2, "warning")
        assert none.sentence == "1 household without a head, first in household 2; name one member as head."
        assert two.sentence == "1 household with more than one head, first in household 1 (2); keep one."


class TestWeights:
    def test_are_finite_and_above_zero(self) -> None:
        f = only(people([1, 1, 1, 1, 1], weight=np.array([1.0, 0.0, -2.0, np.nan, np.inf])))
        assert (f.kind, f.column, f.count, f.row, f.value) == ("weight", "weight", 4, 1, 0.0)
        assert "4 households whose weight is missing, zero or negative, first in household 1 (0.0)" in f.sentence

    def test_of_persons_are_checked_too(self) -> None:
        f = only(people([2], person_weight=np.array([1.0, -1.0])))
        assert (f.column, f.count, f.row, f.value) == ("person_weight", 1, 1, -1.0)


class TestRelations:
    def test_stay_inside_the_household(self) -> None:
        p = people([2, 2], mother=np.array([NOBODY, OUTSIDE, 2, -4], dtype=np.int32))
        f = only(p)
        assert (f.kind, f.column, f.count, f.row, f.household, f.value) == ("relation", "mother", 2, 2, 1, 2)
        assert f.sentence.startswith("2 persons whose mother is outside the household, first in household 1 (2); point")

    def test_never_point_at_oneself(self) -> None:
        f = only(people([1, 2], partner=np.array([NOBODY, 1, 1], dtype=np.int32)))
        assert (f.kind, f.count, f.row, f.household, f.value) == ("own-relation", 1, 2, 1, 1)
        assert "1 person who is their own partner" in f.sentence

    def test_may_be_unknown(self) -> None:
        assert findings(people([1], mother=np.array([UNKNOWN], dtype=np.int32))) == []


class TestValues:
    @pytest.mark.parametrize(
        ("key", "value", "kind", "said"),
        [
            ("age", 121, "outside-range", "whose age is outside 0 to 120, first in household 1 (121)"),
            ("age", -1, "outside-range", "whose age is outside 0 to 120, first in household 1 (-1)"),
            ("income", -1, "outside-range", "whose income is outside 0 to …, first in household 1 (-0.01)"),
            ("rent", 10_000_001, "outside-range", "whose rent is outside 0 to 100000, first in household 1 (100000.01)"),
            ("share", 1.5, "outside-range", "whose share is outside 0 to 1, first in household 1 (1.5)"),
            ("waited", -1, "outside-range", "whose waited is outside 0 to …"),
            ("balance", -(2**40) - 1, "magnitude", "whose balance exceeds 2^40 of the smallest unit"),
            ("work", 3, "category", "whose work is no declared category, first in household 1 (3); use one of none, formal"),
            ("work", -1, "category", "whose work is no declared category"),
        ],
    )  # fmt: skip
    def test_outside_what_is_declared_are_counted_and_located(
        self, key: str, value: float, kind: str, said: str
    ) -> None:
        f = only(people([1, 1, 1], **{key: [0, value, value]}))
        assert (f.kind, f.column, f.count, f.row, f.value, f.severity) == (kind, key, 2, 1, value, "error")
        unit = "households" if key == "rent" else "persons"
        assert f"2 {unit} {said}" in f.sentence

    @pytest.mark.parametrize(
        ("key", "least", "most"),
        [("age", 0, 120), ("rent", 0, 10_000_000), ("share", 0.0, 1.0), ("work", 0, 2), ("balance", -(2**40), 2**40)],
    )
    def test_at_the_very_ends_of_what_is_declared_are_right(self, key: str, least: float, most: float) -> None:
        assert findings(people([1, 1], **{key: [least, most]})) == []

    def test_that_are_no_number_are_found(self) -> None:
        f, _ = findings(people([3], share=[0.5, np.nan, np.inf], known={"share": np.array([True, True, False])}))
        assert (f.kind, f.count, f.row) == ("not-finite", 1, 1)
        assert f.sentence.endswith("mark them unknown.")

    def test_of_age_are_never_impossible_even_where_the_country_sets_no_bounds(self) -> None:
        class Anybody(PersonView):
            age = Input(Count, labels=label("age"))

        class Home(HouseholdView[Anybody], member=Anybody):
            pass

        (f,) = validate(people([3], age=[125, 126, -1]), replace(LAND, household=Home)).findings
        assert (f.kind, f.count, f.row, f.value) == ("age", 2, 1, 126)
        assert f.sentence == (
            "2 persons of an impossible age, first in household 0 (126); correct them or mark them unknown."
        )

    def test_finer_than_the_smallest_unit_are_found(self) -> None:
        cents = only(people([2], income=[10.0, 10.5]))
        assert (cents.kind, cents.count, cents.value) == ("off-grid", 1, 10.5)
        assert "whose income is finer than 1/100 PES, first in household 0 (0.105)" in cents.sentence
        years = only(people([2], age=[10.0, 10.5]))
        assert "whose age is finer than a whole number" in years.sentence

    def test_whole_floats_are_as_good_as_integers(self) -> None:
        assert findings(people([2], age=[10.0, 11.0], income=[0.0, 105.0])) == []

    def test_that_nobody_knows_are_not_judged(self) -> None:
        """What stands there is arbitrary."""
        p = people([2], age=[30, 999], work=[0, 77], birth=[date_code(date(1990, 1, 1)), 0],
                   known={k: np.array([True, False]) for k in ("age", "work", "birth")})  # fmt: skip
        assert {f.kind for f in findings(p)} == {"missing"}

    def test_that_nobody_knows_are_counted(self) -> None:
        f = only(people([1, 2], age=[1, 0, 0], known={"age": np.array([True, False, False])}, **two_names()))
        assert (f.kind, f.count, f.row, f.household, f.value, f.severity) == ("missing", 2, 1, 8, None, "warning")
        assert f.sentence == (
            "2 persons whose age is unknown, first in household 8; a simulation refuses them: "
            "fill them in, or state an assumption in the mapping."
        )

    def test_that_nobody_needs_to_know_are_not(self) -> None:
        assert findings(people([1], balance=[0], known={"balance": np.array([False])})) == []


def two_names() -> dict[str, Any]:
    return {"household_facts": {"household_id": np.array([7, 8])}}


class TestDates:
    def test_of_no_day_are_found(self) -> None:
        good = [date_code(date(2024, 2, 29)), date_code(date(1900, 12, 31))]
        assert findings(people([2], birth=good)) == []
        f = only(people([3], birth=[*good, 19900101]))
        assert (f.kind, f.count, f.row) == ("date", 1, 2)
        assert f.sentence.startswith("1 person whose birth is no day")

    @pytest.mark.parametrize("year", [1900, 2023])
    def test_of_29_february_in_a_common_year_are_found(self, year: int) -> None:
        f = only(people([1], birth=[date_code(date(year, 2, 28)) + 1]))
        assert f.kind == "date"

    def test_of_29_february_in_a_leap_year_are_right(self) -> None:
        assert findings(people([2], birth=[date_code(date(2000, 2, 29)), date_code(date(2024, 2, 29))])) == []

    def test_of_birth_after_the_month_are_found(self) -> None:
        p = people([3], birth=[date_code(d) for d in (date(2024, 2, 29), date(2024, 3, 1), date(2025, 1, 1))])
        f = only(p, date(2024, 2, 10))
        assert (f.kind, f.count, f.row) == ("future-birth", 2, 1)
        assert "whose birth is after 2024-02, first in household 0 (2024-03-01); correct the year" in f.sentence
        assert findings(p) == []


class TestUndeclaredColumns:
    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"persons": {"incom": np.zeros(2)}}, "column 'incom' is no person input of landia. Did you mean 'income'?"),
            ({"households": {"age": np.zeros(1)}}, "column 'age' is no household input of landia."),
            ({"relations": {"mothers": np.zeros(2, dtype=np.int32)}}, "column 'mothers' is no relation input of landia. Did you mean 'mother'?"),
        ],
    )  # fmt: skip
    def test_are_named_with_the_nearest_declared(self, more: dict[str, Any], said: str) -> None:
        f = only(Population(np.array([0, 2]), **{"persons": {}, **more}))
        assert (f.kind, f.severity) == ("undeclared", "warning")
        assert f.sentence.startswith(said)
        assert f.sentence.endswith("Rename it, or keep it as a fact.")
