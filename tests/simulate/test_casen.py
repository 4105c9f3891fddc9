"""The first reform on the real survey."""

from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from amparo.policy import find_country
from amparo.simulate import open_source, read_reform, silent, simulate


@pytest.fixture(scope="module")
def found(data: Path) -> dict[str, Any]:
    chile = find_country("chile")
    source, month = open_source(chile, f"casen2022:{data / 'casen2022.parquet'}", on=None, mapping=None, report=silent)
    assert month == date(2022, 11, 1)
    with as_file(files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")) as path:
        reform = read_reform(path, chile, month)
    return simulate(chile, source, on=month, reforms=[reform])


class TestCasen2022:
    def test_reproduces_the_official_poverty_figures(self, found: dict[str, Any]) -> None:
        welfare = found["scenarios"][0]["welfare"]
        assert round(welfare["poor_persons"]["value"]) == 1_292_521
        assert welfare["poverty_headcount"]["value"] == pytest.approx(0.065, abs=0.0005)
        assert welfare["extreme_poverty_headcount"]["value"] == pytest.approx(0.020, abs=0.0005)
        assert welfare["gini"]["standard_error"] == pytest.approx(0.0031, abs=0.0002)

    def test_a_reform_comes_with_standard_errors(self, found: dict[str, Any]) -> None:
        after = found["scenarios"][1]
        assert after["cost_change"]["value"] > 0
        assert 0 < after["cost_change"]["standard_error"] < after["cost_change"]["value"] / 10
        assert after["change"]["poverty_headcount"]["high"] < 0
        assert [d["group"] for d in after["by_decile"]] == list(range(1, 11))
        assert after["by_decile"][0]["mean_change"]["value"] > after["by_decile"][4]["mean_change"]["value"] > 0
        assert all(g["losers"]["value"] == 0 for g in after["by_decile"] + after["by_sex"])

    def test_says_what_is_assumed_and_what_needs_checking(self, found: dict[str, Any]) -> None:
        assert {c["status"] for c in found["computability"]} <= {"under a stated assumption", "not computable"}
        assert all(set(a) >= {"es", "pt", "en"} for c in found["computability"] for a in c["assumptions"])
        assert any(f["key"] == "suf.amount" for f in found["figures_to_check"])

    def test_decides_few_rows_exactly(self, found: dict[str, Any]) -> None:
        for scenario in found["scenarios"]:
            assert scenario["doubtful_rows"] <= 0.001 * scenario["rows"]


def test_brazils_rules_meet_chiles_households_in_purchasing_power_parity(data: Path) -> None:
    brasil = find_country("brasil")
    source, month = open_source(
        brasil, f"casen2022:{data / 'casen2022.parquet'}", on=date(2025, 10, 1), mapping=None, report=silent
    )
    found = simulate(brasil, source, on=month)
    (baseline,) = found["scenarios"]
    contributions = {c["benefit"]: c["poverty_headcount"] for c in baseline["contributions"]}
    assert contributions["bolsa_familia"] < 0
    without = baseline["welfare"]["poverty_headcount"]["value"] - sum(contributions.values())
    assert without == pytest.approx(0.0651, abs=0.0002), "before Brazil's benefits, Chile's official poverty"
    assert "se suman encima" in found["method"]["income"]["es"]
