"""What a simulation assumes beside the law."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from amparo.errors import PolicyError, PopulationError
from amparo.policy import find_country
from amparo.population import Population
from amparo.simulate import Assumptions, open_source, simulate
from amparo.simulate.analysis.years import read_phase_in
from amparo.simulate.assumptions.economy import Economy, economy_of, read_economy
from amparo.simulate.assumptions.shocks import Shock, read_shock
from amparo.simulate.assumptions.take_up import read_take_up, takers
from amparo.simulate.assumptions.uprating import Uprating

CHILE = find_country("chile")
NAMES = {"es": "x", "pt": "x", "en": "x"}


def quiet(step: str, share: float) -> None:
    """Say nothing."""


def small() -> Population:
    return Population(
        np.array([0, 2, 3], dtype=np.int32),
        {
            "earnings": np.array([100_000, 0, 600_001], dtype=np.int32),
            "formal_worker": np.array([True, False, True]),
            "age": np.array([40, 4, 30], dtype=np.int8),
        },
        {"school_fee": np.array([33, 0], dtype=np.int32)},
        household_facts={"poverty_income": np.array([500_000.0, np.nan])},
    )


class TestAnIndex:
    INDEX = economy_of(CHILE).index("prices")

    def test_is_what_the_law_adjusted_its_amounts_by(self) -> None:
        """Aporte Familiar Permanente: 59,452 in 2023, 61,793 in 2024, 64,574 in 2025 (chile.md D.4)."""
        december = [date(y, 12, 1) for y in (2022, 2023, 2024)]
        amounts = (59452, 61793, 64574)
        for month, amount in zip(december, amounts, strict=True):
            assert round(59452 * self.INDEX.at(month) / 100) == amount

    def test_grows_by_the_same_rate_each_month_between_two_points(self) -> None:
        values = [self.INDEX.at(date(2023, m, 1)) for m in range(1, 13)]
        rates = [b / a for a, b in pairwise(values)]
        assert max(rates) - min(rates) < 1e-12

    def test_refuses_a_month_beyond_its_points(self) -> None:
        with pytest.raises(PopulationError, match="declared from 2022-11 to 2025-12, not for 2026-02"):
            self.INDEX.at(date(2026, 2, 1))

    def test_names_the_nearest_when_it_is_not_declared(self) -> None:
        with pytest.raises(PopulationError, match="'price'.*prices"):
            economy_of(CHILE).index("price")

    def test_whose_points_go_back_in_time_is_refused(self) -> None:
        point = '[[indices.i.points]]\nmonth = "{}"\nvalue = "1"\nsource = "s"\nconfidence = "derived"\n'
        text = "[indices.i]\nnames = {}\n" + point.format("2023-01") + point.format("2022-01")
        with pytest.raises(PopulationError, match="order of their months"):
            read_economy(text, CHILE)

    def test_of_a_concept_that_is_no_input_is_refused(self) -> None:
        with pytest.raises(PopulationError, match="earnings = 'earning' is no input.*earnings"):
            read_economy('[concepts]\nearnings = "earning"\n', CHILE)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[[published]]\nbenefit = "suf"\nmonth = "2023-12"\n', "lacks 'source'"),
            ('[[published]]\nbenefit = "suf"\nmonth = "2023"\nsource = "s"\nconfidence = "derived"\n', "2023"),
            ('[[published]]\nbenefit = "suf"\nmonth = "2023-12"\nsource = "s"\nconfidence = "x"\n', "'x' is not"),
        ],
    )
    def test_beside_a_published_figure_that_cannot_be_read_is_refused(self, text: str, said: str) -> None:
        with pytest.raises(PopulationError, match=f"economy.toml of chile: .*{said}"):
            read_economy(text, CHILE)


class TestUprating:
    def test_multiplies_money_of_persons_households_and_the_survey_and_nothing_else(self) -> None:
        uprating = Uprating(economy_of(CHILE).index("prices"), date(2022, 12, 1), date(2023, 12, 1))
        moved = uprating.population(small(), CHILE)
        assert moved.persons["earnings"].tolist() == [round(100_000 * 1.039376), 0, round(600_001 * 1.039376)]
        assert moved.households["school_fee"].tolist() == [34, 0]
        assert moved.household_facts["poverty_income"][0] == pytest.approx(500_000 * 1.039376)
        assert moved.persons["age"] is small().persons["age"] or moved.persons["age"].tolist() == [40, 4, 30]

    def test_names_the_points_it_rests_on(self) -> None:
        uprating = Uprating(economy_of(CHILE).index("prices"), date(2023, 3, 1), date(2024, 2, 1))
        assert [f"{p.month:%Y-%m}" for p in uprating.points] == ["2022-12", "2023-12", "2024-12"]


class TestTakeUp:
    BENEFIT = CHILE.programme("suf").benefits[0]

    def test_reaches_the_share_that_was_stated(self) -> None:
        assert takers(self.BENEFIT, 100_000, 0.7).mean() == pytest.approx(0.7, abs=0.01)

    def test_claims_of_a_smaller_share_are_among_those_of_a_larger(self) -> None:
        few, many = (takers(self.BENEFIT, 10_000, share) for share in (0.3, 0.6))
        assert not (few & ~many).any()

    def test_lowers_the_cost_in_proportion(self) -> None:
        source, month = open_source(CHILE, "synthetic:20000:3", on=date(2025, 10, 1), mapping=None, report=quiet)
        costs = []
        for share in (1.0, 0.5):
            found = simulate(CHILE, source, on=month, assumptions=Assumptions(take_up={"suf": share}))
            costs.append(next(b for b in found["scenarios"][0]["benefits"] if b["benefit"] == "suf")["cost"]["value"])
        assert costs[1] / costs[0] == pytest.approx(0.5, abs=0.06)

    @pytest.mark.parametrize(
        ("stated", "said"),
        [("sufe=0.5", "no benefit 'sufe'.*suf"), ("suf=half", "'half' is no number"), ("suf=1.2", "share from 0 to 1")],
    )
    def test_that_makes_no_sense_is_refused(self, stated: str, said: str) -> None:
        with pytest.raises(PolicyError, match=said):
            read_take_up([stated], CHILE)

    def test_stated_twice_is_refused(self) -> None:
        with pytest.raises(PolicyError, match="suf is stated twice"):
            read_take_up(["suf=0.5", "suf=0.6"], CHILE)


class TestAShock:
    ECONOMY = economy_of(CHILE)

    def test_takes_earnings_and_contributions_from_who_loses_work(self) -> None:
        shock = Shock(NAMES, unemployment=1.0)
        after, change = shock.hit(small(), CHILE, self.ECONOMY)
        assert after.persons["earnings"].tolist() == [0, 0, 0]
        assert after.persons["formal_worker"].tolist() == [False, False, False]
        assert change.tolist() == [-100_000, -600_001]

    def test_leaves_informal_workers_their_earnings(self) -> None:
        after, change = Shock(NAMES, informality=1.0).hit(small(), CHILE, self.ECONOMY)
        assert not after.persons["formal_worker"].any()
        assert change.tolist() == [0, 0]

    def test_lowers_wages_to_whole_pesos(self) -> None:
        after, _ = Shock(NAMES, wages=0.9).hit(small(), CHILE, self.ECONOMY)
        assert after.persons["earnings"].tolist() == [90_000, 0, 540_001]

    def test_needs_a_country_that_says_what_earnings_are(self) -> None:
        with pytest.raises(PopulationError, match="a shock needs earnings"):
            Shock(NAMES, wages=0.9).hit(small(), CHILE, Economy())

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "changes nothing"),
            ("[shock]\nwages = 1\n", "changes nothing"),
            ("[shock]\nunemployment = 5\n", "is no share"),
            ("[shock]\nwages = -1\n", "is no factor"),
            ("[shock]\nprices = 1e9\n", "is no factor.*1000"),
            ("[shock]\nwages = nan\n", "is no number"),
            ("[shock]\nwage = 0.9\n", "no 'wage'.*wages"),
            ("[shok]\nwages = 0.9\n", "no part 'shok'.*shock"),
            ("[shock\n", "is no TOML"),
        ],
    )
    def test_file_that_makes_no_sense_is_refused(self, tmp_path: Path, text: str, said: str) -> None:
        file = tmp_path / "shock.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(PolicyError, match=said):
            read_shock(file)

    def test_that_takes_half_of_wages_is_answered_by_more_benefits_and_more_poverty(self) -> None:
        source, month = open_source(CHILE, "synthetic:20000:3", on=date(2025, 10, 1), mapping=None, report=quiet)
        found = simulate(CHILE, source, on=month, assumptions=Assumptions(shock=Shock(NAMES, wages=0.5)))
        (under,) = found["shocks"]
        assert under["lost"]["value"] > 0
        assert under["given_back"]["value"] >= 0
        share = under["given_back"]["value"] / under["lost"]["value"]
        assert under["absorbed"]["value"] == pytest.approx(share)
        assert under["change"]["poverty_headcount"]["value"] > 0


@pytest.mark.parametrize(
    ("size", "said"),
    [("0", "needs a number"), ("many", "needs a number"), ("900000000000", "does not fit into memory")],
)
def test_a_synthetic_population_of_no_sensible_size_is_refused(size: str, said: str) -> None:
    with pytest.raises(PopulationError, match=said):
        open_source(CHILE, f"synthetic:{size}", on=date(2025, 10, 1), mapping=None, report=quiet)


@pytest.mark.parametrize("text", ["half", "0.5,0.2", "1.5", ""])
def test_a_phase_in_that_is_no_rising_list_of_shares_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match="--phase-in"):
        read_phase_in(text)
