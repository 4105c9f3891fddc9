"""Target beside achieved: what a synthetic population reproduces, and what counts as missed."""

from dataclasses import replace

import numpy as np
import pytest

from amparo.errors import PopulationError
from amparo.policy import find_country
from amparo.population import Population
from amparo.population.synthesis import Margins, Synthesis, synthesis_of
from amparo.simulate.targets import check_targets, document


@pytest.fixture(scope="module")
def synthesis() -> Synthesis:
    found = synthesis_of(find_country("chile"))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def people(synthesis: Synthesis) -> Population:
    return synthesis.population(50_000, 3)


def with_targets(synthesis: Synthesis, *targets: dict[str, object]) -> Synthesis:
    named = [{"names": {}, "source": "x", "confidence": "derived", **t} for t in targets]
    return replace(synthesis, margins=Margins(synthesis.margins.tables, {"targets": named}))


def test_fifty_thousand_persons_meet_every_target(people: Population, synthesis: Synthesis) -> None:
    found = check_targets(people, synthesis)
    assert len(found) > 120
    assert [(c.target["key"], c.cell, c.goal, c.found.value) for c in found if c.missed] == []


def test_official_poverty_is_met_without_help_from_chance(people: Population, synthesis: Synthesis) -> None:
    """1,292,521 poor persons, 6.5 %, and 397,963 extremely poor, 2.0 %: official results of CASEN 2022."""
    found = {c.target["key"]: c for c in check_targets(people, synthesis) if not c.cell}
    assert abs(found["poverty"].error) < 0.3
    assert abs(found["extreme_poverty"].error) < 0.25
    assert found["persons"].found.value == pytest.approx(19_864_658)


def test_a_population_of_other_incomes_misses_the_targets_of_income(people: Population, synthesis: Synthesis) -> None:
    facts = dict(people.household_facts)
    facts["poverty_income"] = facts["poverty_income"] * 0.8
    missed = {c.target["key"] for c in check_targets(replace(people, household_facts=facts), synthesis) if c.missed}
    assert {"poverty", "extreme_poverty", "poverty_by_region", "poverty_by_age"} <= missed
    assert "autonomous_income" not in missed
    assert "household_size" not in missed


def test_measures_are_those_of_their_names(people: Population, synthesis: Synthesis) -> None:
    target = {"of": "one", "tolerance": 0.0}
    female = people.column("sex") == 0
    old = people.column("age") >= 65
    wanted = with_targets(
        synthesis,
        {**target, "key": "a", "measure": "share", "by": "age", "values": {"65-130": 0}, "having": {"sex": "female"}},
        {
            **target,
            "key": "b",
            "measure": "share_within",
            "of": "works",
            "having": {"age": [65, 130]},
            "values": {"": 0},
        },
        {**target, "key": "c", "measure": "mean", "unit": "household", "of": "size", "values": {"": 0}},
    )
    a, b, c = (x.found.value for x in check_targets(people, wanted))
    assert a == pytest.approx(100 * (female & old).mean())
    assert b == pytest.approx(100 * people.person_facts["works"][old].mean())
    assert c == pytest.approx(people.sizes.mean())


def test_two_standard_errors_are_allowed_beside_the_tolerance(people: Population, synthesis: Synthesis) -> None:
    share = float((people.column("sex") == 0).mean() * 100)
    near = with_targets(synthesis, {"key": "a", "measure": "share", "of": "one", "by": "sex", "tolerance": 0.1,
                                    "values": {"female": share + 0.11}})  # fmt: skip
    (found,) = check_targets(people, near)
    assert found.allowed == pytest.approx(0.1 + 2 * found.found.standard_error)
    assert not found.missed
    far = with_targets(synthesis, {"key": "a", "measure": "share", "of": "one", "by": "sex", "tolerance": 0.1,
                                   "values": {"female": share + 2}})  # fmt: skip
    assert check_targets(people, far)[0].missed


def test_nobody_found_in_a_small_cell_is_chance(synthesis: Synthesis) -> None:
    """With p = 4 % and 80 households a standard error is 2.2 points, whatever is found."""
    few = synthesis.population(50_000, 3).slice(0, 80)
    facts = {**few.household_facts, "poverty_income": few.household_facts["poverty_income"] + 10_000_000}
    wanted = with_targets(synthesis, {"key": "a", "measure": "share_within", "of": "poor", "tolerance": 0.8,
                                      "values": {"": 4.0}})  # fmt: skip
    (found,) = check_targets(replace(few, household_facts=facts), wanted)
    assert found.found.value == 0
    assert found.allowed == pytest.approx(0.8 + 2 * np.sqrt(4 * 96 / 80))
    assert not found.missed


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ({"measure": "meen", "of": "one"}, "there is no measure 'meen'. Did you mean 'mean'"),
        ({"measure": "mean", "of": "agee"}, "the population has no column 'agee'. Did you mean 'age'"),
        ({"measure": "share", "of": "one", "by": "sex", "values": {"woman": 1}}, "'woman' is no value of 'sex'"),
    ],
)
def test_a_target_that_cannot_be_read_is_refused(
    people: Population, synthesis: Synthesis, target: dict[str, object], sentence: str
) -> None:
    wrong = with_targets(synthesis, {"key": "a", "tolerance": 1.0, "values": {"": 1.0}, **target})
    with pytest.raises(PopulationError, match=sentence):
        check_targets(people, wrong)


def test_the_document_says_what_is_assumed(people: Population, synthesis: Synthesis) -> None:
    found = document(check_targets(people, synthesis), synthesis, "synthetic:50000:3")
    assert found["missed"] == 0
    assert {"student", "dependency", "rsh_bracket", "care"} <= set(found["assumed_tables"])
    assert not {"heads", "work", "incomes"} & set(found["assumed_tables"])
    assert len(found["assumptions"]) > 10
    assert np.isfinite([t["achieved"] for t in found["targets"]]).all()
