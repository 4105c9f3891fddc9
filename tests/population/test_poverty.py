"""Official poverty: the line, the equivalence scale, who is counted."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.population.land import LAND, mapping, people

from amparo.errors import PopulationError
from amparo.policy import find_country
from amparo.population import Population, PovertyMethod, load_mapping, read

# The lines of November 2022 as countries/chile/population/casen2022.toml gives them; TestCasen2022 below holds them
# against the published status of every person of the survey.
CASEN = PovertyMethod("CASEN", line=216_849, extreme=144_566, exponent=0.7, income="ypc", per_person=True)


def surveyed(method: PovertyMethod, homes: list[int], income: list[Any], size: list[Any] | None = None) -> Population:
    table = pa.table(
        {"home": homes, "y": pa.array(income, pa.float64()), "n": pa.array(size or [None] * len(homes), pa.int64())}
    )
    how = replace(mapping(), poverty=replace(method, income="y", size="n" if size else ""))
    return read(table, how, LAND)


class TestPovertyMethod:
    def test_divides_the_household_s_income_by_equivalent_persons(self) -> None:
        """4 persons of 100,000 each: 400,000 / 4^0.7 = 151,571.66."""
        p = surveyed(CASEN, [1, 1, 1, 1, 2], [100_000] * 4 + [216_849])
        assert CASEN.equivalised(p).tolist() == [pytest.approx(400_000 / 4**0.7), 216_849]
        assert CASEN.equivalised(p)[0] == pytest.approx(151_571.66, abs=0.01)

    def test_takes_the_whole_household_s_income_as_it_stands(self) -> None:
        method = replace(CASEN, per_person=False)
        p = surveyed(method, [1, 1], [300_000, 300_000])
        assert method.equivalised(p).tolist() == [pytest.approx(300_000 / 2**0.7)]

    def test_is_strictly_below_the_line(self) -> None:
        p = surveyed(CASEN, [1, 2, 3, 4, 5], [216_849, 216_848.99, 144_566, 144_565.99, 0])
        assert CASEN.poor(p).tolist() == [False, True, True, True, True]
        assert CASEN.extremely_poor(p).tolist() == [False, False, False, True, True]
        assert CASEN.poor(p, line=144_566).tolist() == CASEN.extremely_poor(p).tolist()

    def test_leaves_out_who_has_no_income_of_the_household(self) -> None:
        """A live-in domestic worker is neither counted among the members nor among the poor."""
        p = surveyed(CASEN, [1, 1, 1], [100_000, 100_000, None])
        assert p.household_facts["poverty_size"].tolist() == [2]
        assert CASEN.poor(p).tolist() == [True, True, False]

    def test_says_nothing_of_a_household_in_which_nobody_is_counted(self) -> None:
        p = surveyed(CASEN, [1, 2], [None, 1.0])
        assert np.isnan(CASEN.equivalised(p)[0])
        assert CASEN.poor(p).tolist() == [False, True]

    def test_counts_the_members_that_the_survey_counts(self) -> None:
        method = replace(CASEN, size="n")
        p = surveyed(method, [1, 1], [100_000, 100_000], [3, 3])
        assert method.equivalised(p).tolist() == [pytest.approx(300_000 / 3**0.7)]

    def test_adds_what_a_reform_pays_to_each_household(self) -> None:
        p = surveyed(CASEN, [1, 1, 2], [150_000, 150_000, 216_849])
        needed = 216_849 * 2**0.7 - 300_000
        assert CASEN.poor(p, change=np.array([needed - 1, -1.0])).tolist() == [True, True, True]
        assert CASEN.poor(p, change=np.array([needed + 1, 0.0])).tolist() == [False, False, False]

    def test_refuses_a_population_without_its_income(self) -> None:
        with pytest.raises(PopulationError, match="the population has no income for CASEN; read it with its mapping"):
            CASEN.poor(people([1]))

    def test_refuses_extreme_poverty_without_a_line(self) -> None:
        with pytest.raises(PopulationError, match="CASEN has no line of extreme poverty"):
            replace(CASEN, extreme=None).extremely_poor(surveyed(CASEN, [1], [1.0]))


class TestCasen2022:
    def test_agrees_with_the_published_status_on_every_row(self, data: Path) -> None:
        from amparo.countries import chile

        country = find_country("chile")
        folder = Path(chile.__file__).parent / "population"
        how = load_mapping(folder / "casen2022.toml")
        p = read(data / "casen2022.parquet", how, country)
        method, official = how.poverty, p.person_facts["official_status"]
        assert method is not None
        stated = official >= 0
        assert stated.sum() > 200_000
        assert (method.poor(p) == (official >= 1))[stated].all()
        assert (method.extremely_poor(p) == (official == 2))[stated].all()
