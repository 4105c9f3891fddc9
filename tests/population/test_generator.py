"""Random households: sound, the same for one seed, crowded where the law changes its answer."""

from datetime import date

import numpy as np
import pytest
from tests.population.land import LAND, PESO, Household, Person, assert_same_population, country, label

from amparo.errors import PopulationError
from amparo.expr import Law, Money, amount, rule, when
from amparo.policy import Benefit, Country, Role
from amparo.population import NOBODY, Population, date_code, random_population, synthetic, validate

LAW = Law("Law 1/2020")
SOMEBODY = Role(label("somebody"))


@pytest.fixture(scope="module")
def many() -> Population:
    return random_population(LAND, 20_000, 1)


def land_with_a_threshold() -> Country:
    """Whoever is 65 or older and earns less than 1,234.56 gets the difference."""

    @rule(source=LAW.article("1"))
    def grant(person: Person) -> Money:
        limit = amount("1234.56", PESO)
        return when(person.age >= 65, (limit - person.income).at_least(0), otherwise=0)

    benefit = Benefit("grant", label("Grant"), grant, SOMEBODY, SOMEBODY, SOMEBODY)
    return country(benefit)


class TestRandomPopulation:
    def test_is_the_same_for_one_seed_and_another_for_another(self) -> None:
        def made(seed: int) -> Population:
            return random_population(LAND, 400, seed, empty=True, unknown=0.2, stands_for=9e6)

        assert_same_population(made(4), made(4))
        assert made(4).persons["age"].tolist() != made(5).persons["age"].tolist()

    @pytest.mark.parametrize("persons", [1, 2, 7, 1000])
    def test_has_exactly_so_many_persons(self, persons: int) -> None:
        for empty in (False, True):
            assert random_population(LAND, persons, 0, empty=empty).person_count == persons

    def test_has_every_declared_input_and_relation(self, many: Population) -> None:
        assert set(many.persons) == set(Person.inputs)
        assert set(many.households) == set(Household.inputs)
        assert set(many.relations) == set(Person.relations)
        assert validate(many, LAND, date(2030, 1, 1)).findings == ()

    def test_has_households_of_one_to_eight_and_empty_ones_if_asked(self, many: Population) -> None:
        assert set(many.sizes.tolist()) == set(range(1, 9))
        empty = random_population(LAND, 1000, 1, empty=True)
        assert empty.sizes[-1] == 0
        assert 1 < np.count_nonzero(empty.sizes == 0) < 30

    def test_has_children_who_point_at_older_parents_of_the_right_sex(self, many: Population) -> None:
        start = many.to_persons(many.offsets[:-1])
        female = many.persons["sex"] == 0
        for key, of_sex in (("mother", female), ("father", ~female)):
            child = np.flatnonzero(many.relations[key] >= 0)
            parent = start[child] + many.relations[key][child]
            assert len(child) > 1000
            assert of_sex[parent].all()
            assert (many.persons["age"][parent].astype(int) - many.persons["age"][child] >= 8).all()

    def test_has_partners_who_point_at_each_other(self, many: Population) -> None:
        start, partner = many.to_persons(many.offsets[:-1]), many.relations["partner"]
        row = np.flatnonzero(partner != NOBODY)
        other = start[row] + partner[row]
        assert len(row) > 1000
        assert (start[other] + partner[other] == row).all()
        assert (many.persons["age"][row] >= 18).all()

    def test_has_pregnant_women_of_12_to_50_only(self, many: Population) -> None:
        age, pregnant = many.persons["age"], many.persons["pregnant"]
        assert 0 < pregnant.sum() < 2000
        assert ((age >= 12) & (age <= 50) & (many.persons["sex"] == 0))[pregnant].all()

    def test_has_births_that_agree_with_ages(self, many: Population) -> None:
        last = date_code(date(2020, 1, 1))
        assert (many.persons["birth"] < last).all()
        years = (last - many.persons["birth"]) // 372
        assert (np.abs(years - many.persons["age"]) <= 1).all()

    def test_knows_nothing_of_some_values_if_asked(self) -> None:
        p = random_population(LAND, 20_000, 1, unknown=0.1)
        for key, mask in p.known.items():
            assert 0.85 < mask.mean() < 0.95, key
        assert set(p.known) == set(Person.inputs) | set(Household.inputs)
        assert {-2, -3} <= set(p.relations["mother"].tolist())

    def test_stands_for_as_many_as_asked(self) -> None:
        p = random_population(LAND, 3000, 1, stands_for=17.5e6)
        assert p.weight_of_persons().sum() == pytest.approx(17.5e6)
        assert p.stratum is not None
        assert p.cluster is not None
        for cluster in np.unique(p.cluster):
            assert len(np.unique(p.stratum[p.cluster == cluster])) == 1

    def test_crowds_at_the_figures_of_the_law_and_one_unit_off(self) -> None:
        land = land_with_a_threshold()
        heavy, light = (random_population(land, 20_000, 1, boundary_heavy=b) for b in (True, False))
        for near in (123_455, 123_456, 123_457):
            assert np.count_nonzero(heavy.persons["income"] == near) > 200
            assert np.count_nonzero(light.persons["income"] == near) < 20
        for age in (64, 65, 66):
            share = [np.count_nonzero(p.persons["age"] == age) for p in (heavy, light)]
            assert share[0] > 2 * share[1]
        assert validate(heavy, land).findings == ()

    def test_of_nobody_is_refused(self) -> None:
        with pytest.raises(PopulationError, match="0 persons make no population; ask for one at least"):
            random_population(LAND, 0, 1)


class TestSynthetic:
    def test_names_size_and_seed(self) -> None:
        assert_same_population(synthetic("synthetic:1_000:7", LAND), random_population(LAND, 1000, 7))
        assert_same_population(synthetic("synthetic:50", LAND), random_population(LAND, 50, 0))

    @pytest.mark.parametrize(
        "text", ["synthetic:", "synthetic:many", "synthetic:0", "synthetic:-5", "synthetic:5:x", "synthetic:5:-1",
                 "synthetic:5:1:2", "synthetic:1.5", "5", ""],
    )  # fmt: skip
    def test_refuses_what_names_no_population(self, text: str) -> None:
        with pytest.raises(PopulationError, match=f"'{text}' names no population; write synthetic:PERSONS"):
            synthetic(text, LAND)
