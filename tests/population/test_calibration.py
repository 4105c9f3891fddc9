"""Weights moved to known totals."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from amparo.errors import PopulationError
from amparo.population import Population
from amparo.population.calibration import Calibrated, Margin, calibrate, calibrated, persons

# A table and its margins: "Iterative proportional fitting", Wikipedia.
SEED = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]], dtype=float)
ROWS, COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]

# eusilc raked and calibrated by svy 0.35.0 (Weighting.rake with tol=1e-12, Weighting.calibrate): the same totals, invented.
REGIONS = {
    "Burgenland": 232550, "Carinthia": 517024, "Lower Austria": 1465590, "Salzburg": 517708, "Styria": 1157306,
    "Tyrol": 713443, "Upper Austria": 1480245, "Vienna": 1704507, "Vorarlberg": 411627,
}  # fmt: skip
SEXES = {"female": 4129798, "male": 4070202}
AGES = [1726074, 2199847, 2409691, 1864388]  # 0-19, 20-39, 40-59, 60 and over
SUM_OF_AGES = 329306749.0


def table_margins() -> list[Margin]:
    row, column = np.indices(SEED.shape).reshape(2, -1)
    rows = [Margin(f"row {i}", row == i, t) for i, t in enumerate(ROWS)]
    return rows + [Margin(f"column {i}", column == i, t) for i, t in enumerate(COLUMNS)]


@pytest.fixture(scope="module")
def eusilc(data: Path) -> dict[str, Any]:
    table = pq.read_table(data / "eusilc.parquet", columns=["db040", "rb090", "age", "eqIncome", "rb050"])
    return {name: np.array(table[name].to_pylist()) for name in table.column_names}


def of(values: Any, totals: dict[str, int]) -> list[Margin]:
    return [Margin(name, values == name, total) for name, total in totals.items()]


class TestCalibrate:
    def test_fits_a_table_to_its_margins(self) -> None:
        found = calibrate(SEED.ravel(), table_margins()).weight.reshape(SEED.shape)
        np.testing.assert_allclose(found.sum(axis=1), ROWS)
        np.testing.assert_allclose(found.sum(axis=0), COLUMNS)
        odds = (found[0, 0] * found[1, 1]) / (found[0, 1] * found[1, 0])
        assert odds == pytest.approx(40 * 50 / (30 * 35))  # raking keeps the odds of the sample

    def test_rakes_as_svy_does(self, eusilc: dict[str, Any]) -> None:
        groups = np.clip(eusilc["age"] // 20, 0, 3)
        margins = of(eusilc["db040"], REGIONS) + of(eusilc["rb090"], SEXES)
        margins += [Margin(f"age group {i}", groups == i, t) for i, t in enumerate(AGES)]
        weight = calibrate(eusilc["rb050"], margins).weight
        assert (weight**2).sum() == pytest.approx(4712643446.39423, rel=1e-9)
        assert np.average(eusilc["eqIncome"], weights=weight) == pytest.approx(19955.65742246302, rel=1e-9)
        assert weight[[0, -1]] == pytest.approx([492.3124229951911, 573.4105498730436], rel=1e-9)

    def test_is_the_generalised_regression_estimator_of_svy(self, eusilc: dict[str, Any]) -> None:
        margins = (
            of(eusilc["db040"], REGIONS) + of(eusilc["rb090"], SEXES) + [Margin("age", eusilc["age"], SUM_OF_AGES)]
        )
        weight = calibrate(eusilc["rb050"], margins, method="linear").weight
        assert (weight**2).sum() == pytest.approx(4701185620.475161, rel=1e-9)
        assert np.average(eusilc["eqIncome"], weights=weight) == pytest.approx(19933.261682258424, rel=1e-9)
        assert weight[[0, -1]] == pytest.approx([500.0971120800287, 570.6782274762368], rel=1e-9)

    def test_leaves_weights_that_fit_alone(self) -> None:
        found = calibrate([1.0, 2.0], [Margin("all", [1, 1], 3)])
        assert found.weight.tolist() == [1.0, 2.0]
        assert found.rounds == 0

    @pytest.mark.parametrize(
        ("weights", "margins", "method", "sentence"),
        [
            ([1, 1], [Margin("men", [1, 1], 3), Margin("women", [1, 1], 5)], "raking", "'women' should be 5|'men' should be 3"),
            ([1, 1], [Margin("debt", [1, 1], -3)], "raking", "'debt' should be -3"),
            ([1, 1], [Margin("old", [0, 0], 4)], "raking", "no household holds any of 'old', whose total is 4"),
            ([1, 1], [Margin("old", [0, 1, 1], 4)], "raking", "margin 'old' has shape .* but there are 2 weights"),
            ([1, 1], [Margin("old", [0, np.nan], 4)], "raking", "'old' holds a value that is missing"),
            ([1, 0], [Margin("all", [1, 1], 4)], "raking", "one number above zero"),
            ([1, 1], [], "raking", "no margin"),
            ([1, 1], [Margin("all", [1, 1], 4)], "ranking", "'ranking' is no method"),
            ([10, 10, 10], [Margin("x", [1, 2, 3], 5), Margin("n", [1, 1, 1], 30)], "linear", "not above zero, the lowest"),
        ],
    )  # fmt: skip
    def test_says_in_a_sentence_what_cannot_hold(
        self, weights: list[float], margins: list[Margin], method: str, sentence: str
    ) -> None:
        with pytest.raises(PopulationError, match=sentence):
            calibrate(weights, margins, method=method)


class TestCalibrated:
    def test_persons_and_households_agree(self) -> None:
        people = Population(
            np.array([0, 2, 3, 6]), {}, weight=np.array([10.0, 20.0, 30.0]), person_weight=np.array([10, 11, 20, 30, 30, 33.0])
        )  # fmt: skip
        old = np.array([True, False, True, True, False, True])
        found = calibrated(people, [persons(people, "old", old, 95), Margin("households", np.ones(3), 63)])
        assert found.weight.sum() == pytest.approx(63)
        assert found.weight @ people.household_sum(old) == pytest.approx(95)
        assert found.person_weight is not None
        factor = found.weight / people.weight
        np.testing.assert_allclose(found.person_weight / people.person_weight, people.to_persons(factor))

    def test_the_result_tells_how_far_weights_moved(self) -> None:
        found = calibrate([1.0, 1.0], [Margin("all", [1, 1], 4)])
        assert isinstance(found, Calibrated)
        assert found.factor.tolist() == pytest.approx([2, 2])
