"""Invented people with a country's margins: the same for a seed, sound in structure, quick."""

import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scripts.chile_margins.__main__ import main as derive
from tests.population.land import assert_same_population

from amparo.errors import PopulationError
from amparo.policy import LANGUAGES, find_country
from amparo.population import NOBODY, OUTSIDE, Population, read_parquet, validate
from amparo.population.flat import origin_of
from amparo.population.synthesis import Margins, Synthesis, families, margins_of, synthesis_of
from amparo.population.synthesis.homes import GRANDCHILD, Compositions, homes
from amparo.population.synthesis.margins import Choice, Curve, normal_share
from amparo.population.synthesis.traits import Columns, draw_traits

CHILE = find_country("chile")
PERSONS, SEED = 50_000, 1  # a little more than one block


@pytest.fixture(scope="module")
def synthesis() -> Synthesis:
    found = synthesis_of(CHILE)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def people(synthesis: Synthesis) -> Population:
    return synthesis.population(PERSONS, SEED)


def rows_of(people: Population, relation: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the rows that have a relation inside the household, and the rows that they point at."""
    pointer = people.relations[relation]
    who = np.flatnonzero(pointer >= 0)
    return who, people.to_persons(people.offsets[:-1])[who] + pointer[who]


class TestSeed:
    def test_gives_one_population_whatever_the_number_of_threads(
        self, synthesis: Synthesis, people: Population
    ) -> None:
        assert_same_population(synthesis.population(PERSONS, SEED, threads=1), people)
        assert_same_population(synthesis.population(PERSONS, SEED, threads=3), people)

    def test_another_gives_another_population(self, synthesis: Synthesis, people: Population) -> None:
        other = synthesis.population(PERSONS, SEED + 1)
        assert not np.array_equal(other.column("age"), people.column("age"))

    def test_begins_a_larger_population_with_the_same_households(
        self, synthesis: Synthesis, people: Population
    ) -> None:
        larger = synthesis.population(PERSONS + 10_000, SEED)
        same = people.household_count - 20  # the last ones fill up to the persons asked for
        few = people.slice(0, same)
        assert np.array_equal(larger.slice(0, same).column("earnings"), few.column("earnings"))
        assert np.array_equal(larger.slice(0, same).relations["mother"], few.relations["mother"])

    def test_gives_the_same_in_a_stream_and_in_a_file(
        self, synthesis: Synthesis, people: Population, tmp_path: Path
    ) -> None:
        file = tmp_path / "people.parquet"
        assert synthesis.write(file, PERSONS, SEED) == PERSONS
        assert origin_of(file) == f"synthetic:{PERSONS}:{SEED}"
        read = read_parquet(file, CHILE)
        assert np.array_equal(read.offsets, people.offsets)
        for key, column in {**people.persons, **people.households, **people.relations}.items():
            assert np.array_equal(read.column(key), column), key
        for key, fact in {**people.person_facts, **people.household_facts}.items():
            assert np.array_equal({**read.person_facts, **read.household_facts}[key], fact), key
        assert read.labels == people.labels


class TestPopulation:
    @pytest.mark.parametrize("persons", [1, 2, 7, 50_000, 92_480])
    def test_has_exactly_the_persons_asked_for_and_the_country_s_weight(
        self, synthesis: Synthesis, persons: int
    ) -> None:
        found = synthesis.population(persons, SEED)
        assert found.person_count == persons
        assert found.weight_of_persons().sum() == pytest.approx(synthesis.margins["regions.persons"])

    def test_passes_validation_without_a_finding(self, people: Population) -> None:
        assert validate(people, CHILE).findings == ()

    def test_has_a_value_of_every_declared_input_and_relation(self, people: Population) -> None:
        wanted = [*CHILE.inputs.values(), *CHILE.household.member.relations.values()]
        assert people.missing(wanted) == [], "a new input needs its place in countries/chile/population/synthetic.toml"

    def test_has_one_head_and_they_come_first(self, people: Population) -> None:
        head = people.column("head")
        assert np.array_equal(np.flatnonzero(head), people.offsets[:-1])

    @pytest.mark.parametrize(("relation", "sex"), [("mother", "female"), ("father", "male")])
    def test_has_parents_of_the_right_sex_who_are_fifteen_years_older(
        self, people: Population, relation: str, sex: str
    ) -> None:
        child, parent = rows_of(people, relation)
        assert len(child) > 5_000
        code = CHILE.inputs["sex"].type.categories.index(sex)
        assert (people.column("sex")[parent] == code).all()
        assert (people.column("age")[parent] - people.column("age")[child] >= 15).all()

    def test_has_partners_of_each_other_of_whom_both_are_married_or_neither(self, people: Population) -> None:
        one, other = rows_of(people, "partner")
        assert np.array_equal(people.relations["partner"][other], one - people.to_persons(people.offsets[:-1])[one])
        assert np.array_equal(people.column("married")[one], people.column("married")[other])
        assert not people.column("married")[people.relations["partner"] == NOBODY].any()
        assert (people.column("age")[one] >= 15).all()

    def test_has_nobody_who_is_the_parent_of_their_own_parent_or_partner(self, people: Population) -> None:
        start = people.to_persons(people.offsets[:-1])
        for relation in ("mother", "father"):
            child, parent = rows_of(people, relation)
            for back in ("mother", "father", "partner"):
                assert (people.relations[back][parent] != child - start[child]).all()

    def test_has_children_without_one_parent_whose_other_parent_lives_elsewhere(self, people: Population) -> None:
        child = (people.column("age") < 18) & ~people.column("head")
        inside = child & (people.relations["partner"] == NOBODY)
        assert (people.relations["father"][inside] != NOBODY).all()
        assert 0.2 < (people.relations["father"][inside] == OUTSIDE).mean() < 0.6

    def test_has_grown_carers_of_somebody_else_and_at_most_three_each(self, people: Population) -> None:
        cared, carer = rows_of(people, "carer")
        assert len(cared) > 100
        assert (people.column("age")[carer] >= 18).all()
        assert (people.column("dependency")[cared] >= 2).all()
        assert np.bincount(carer).max() <= 3

    def test_has_pregnant_women_of_fertile_age_only(self, people: Population) -> None:
        pregnant = people.column("pregnancy_month") > 0
        age, female = people.column("age")[pregnant], people.column("sex")[pregnant] == 0
        assert pregnant.sum() > 100
        assert female.all()
        assert (age >= 15).all()
        assert (age < 50).all()

    def test_has_dwellings_of_one_or_two_households_of_one_region(self, people: Population) -> None:
        dwelling, region = people.household_facts["dwelling"], people.household_facts["region"]
        assert set(np.bincount(dwelling)) == {1, 2}
        same = dwelling[1:] == dwelling[:-1]
        assert np.array_equal(region[1:][same], region[:-1][same])

    def test_has_household_incomes_that_are_the_sum_of_their_members(self, people: Population) -> None:
        own = people.column("earnings") + people.column("base_pension") + people.column("capital_income")
        total = people.household_sum(own + people.person_facts["transfers"])
        assert np.array_equal(total, people.household_facts["autonomous_income"])
        assert (people.column("earnings")[people.person_facts["works"]] > 0).all()
        assert (people.column("earnings")[~people.person_facts["works"]] == 0).all()

    def test_is_made_at_fifty_thousand_persons_a_second_or_more(self, synthesis: Synthesis) -> None:
        """A million in twenty seconds of one core; of the processor: this machine may be busy with other things."""
        start = time.process_time()
        synthesis.population(200_000, 9)
        assert time.process_time() - start < 4

    def test_without_persons_is_refused(self, synthesis: Synthesis) -> None:
        with pytest.raises(PopulationError, match="0 persons and seed 1 make no population"):
            synthesis.population(0, 1)


def test_grandchildren_live_with_their_mother_or_father_as_often_as_in_the_survey(synthesis: Synthesis) -> None:
    """CASEN en Pandemia 2020: the shares in the table `parents_of_grandchildren`, derived from the parents' pointers."""
    rng = np.random.default_rng(3)
    who = homes(Compositions(synthesis.margins), 60_000, rng)
    kin = families.people(who, families.Ages(synthesis.margins), rng)
    young = (who.role == GRANDCHILD) & (kin.age < 18)
    for pointer, key in ((kin.mother, "mother"), (kin.father, "father")):
        inside = (pointer[young] != families.NONE) & (pointer[young] != families.ELSEWHERE)
        assert inside.mean() == pytest.approx(synthesis.margins[f"parents_of_grandchildren.{key}"], abs=0.04)


class TestMargins:
    def test_every_table_has_source_method_and_confidence(self, synthesis: Synthesis) -> None:
        known = ("verified", "derived", "to be checked", "assumed")
        for name, table in synthesis.margins.tables.items():
            assert table["source"], name
            assert table["method"], name
            assert table["confidence"] in known, name
        for trait in synthesis.margins.lists["traits"]:
            assert trait["confidence"] in known, trait["key"]

    def test_every_target_and_assumption_speaks_three_languages(self, synthesis: Synthesis) -> None:
        for target in synthesis.margins.lists["targets"]:
            assert set(target["names"]) == set(LANGUAGES)
            assert target["source"]
        for text in synthesis.assumptions:
            assert set(text) == set(LANGUAGES)

    def test_a_country_without_margins_has_none(self) -> None:
        assert margins_of(find_country("argentina")) is None
        assert synthesis_of(find_country("argentina")) is None

    def test_a_missing_figure_is_named_with_the_nearest(self, synthesis: Synthesis) -> None:
        with pytest.raises(PopulationError, match=r"the margins have no 'work\.share'\. Did you mean 'shares'\?"):
            synthesis.margins["work.share"]


class TestDraws:
    def test_choice_takes_the_part_that_holds_a_share(self) -> None:
        choice = Choice.of(np.array([[1.0, 3.0], [0.0, 0.0]]))
        assert choice.at(np.array([0, 0, 0, 1, 1]), np.array([0.0, 0.2499, 0.25, 0.4999, 0.5])).tolist() == [
            0,
            0,
            1,
            0,
            1,
        ]

    def test_curve_is_straight_between_its_quantiles(self) -> None:
        curve = Curve(np.array([0.0, 0.5, 1.0]), np.array([[0.0, 10.0, 30.0]]))
        assert curve.at(np.zeros(4, dtype=int), np.array([0.0, 0.25, 0.75, 1.0])).tolist() == [0.0, 5.0, 20.0, 30.0]

    def test_normal_share_is_the_tabulated_one(self) -> None:
        """Abramowitz and Stegun, table 26.1: P(0) = 0.5, P(1) = 0.84134 47461, P(1.96) = 0.97500 21049."""
        found = normal_share(np.array([0.0, 1.0, 1.96, -1.96]))
        assert found == pytest.approx([0.5, 0.8413447461, 0.9750021049, 0.0249978951], abs=1e-7)

    def test_traits_are_drawn_among_whom_the_margins_name(self) -> None:
        columns = Columns(np.zeros(4_000, dtype=np.int64), 1)
        columns.of_persons["age"] = np.arange(4_000) % 40
        traits: list[dict[str, Any]] = [
            {"key": "a", "by": "age", "from": [0, 20], "chance": [0, 1], "among": {"age": [0, 29]}, "uniform": [3, 5]},
            {"key": "b", "by": "age", "from": [0, 20], "figures": [40, 100]},
        ]
        draw_traits(columns, Margins({}, {"traits": traits}), np.random.default_rng(0))
        age, a, b = columns.of_persons["age"], columns.of_persons["a"], columns.of_persons["b"]
        assert set(a[(age >= 20) & (age <= 29)]) == {3, 4, 5}
        assert not a[(age < 20) | (age > 29)].any()
        assert np.array_equal(b, np.where(age < 20, 40, 100))

    def test_a_trait_that_reads_a_later_one_is_refused(self) -> None:
        margins = Margins({}, {"traits": [{"key": "a", "by": "agee", "from": [0], "chance": [1]}]})
        columns = Columns(np.zeros(1, dtype=np.int64), 1)
        columns.of_persons["age"] = np.zeros(1)
        with pytest.raises(PopulationError, match="a trait 'agee' that is not there yet. Did you mean 'age'"):
            draw_traits(columns, margins, np.random.default_rng(0))


def test_the_margins_are_what_their_script_derives_from_the_surveys(data: Path, tmp_path: Path) -> None:
    """CASEN en Pandemia 2020 and CASEN 2022, public files."""
    derive(data, tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 5
    for file in made:
        shipped = CHILE.folder.joinpath("population", "synthetic", file.name)
        assert tomllib.loads(file.read_text(encoding="utf-8")) == tomllib.loads(shipped.read_text(encoding="utf-8"))
