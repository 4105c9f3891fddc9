"""How a simulation tells whom each benefit is aimed at, and the error of every difference that it prints."""

from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from rich.console import Console

from amparo.policy import find_country
from amparo.population.poverty import INCOME
from amparo.simulate import open_source, read_reform, silent, simulate
from amparo.simulate.report import html_report
from amparo.simulate.scenario import run
from amparo.simulate.tables import tables
from amparo.simulate.terminal import show
from amparo.simulate.welfare import declared, design_of, surveyed
from amparo.simulate.workbook import workbook
from amparo.texts import Texts

MONTH = date(2025, 10, 1)
MEASURES = (
    "coverage_of_poor",
    "under_coverage_of_poor",
    "leakage_to_non_poor",
    "recipients_not_poor",
    "coady_grosh_hoddinott",
    "concentration_coefficient",
    "kakwani",
    "poverty_reduction_efficiency",
)


@pytest.fixture(scope="module")
def source() -> Any:
    return open_source(find_country("chile"), "synthetic:6000:5", on=MONTH, mapping=None, report=silent)[0]


@pytest.fixture(scope="module")
def found(source: Any) -> dict[str, Any]:
    chile = find_country("chile")
    with as_file(files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")) as path:
        reform = read_reform(path, chile, MONTH)
    return simulate(chile, source, on=MONTH, reforms=[reform])


@pytest.fixture(scope="module")
def page(found: dict[str, Any]) -> str:
    return html_report(found)


def targeting(scenario: dict[str, Any], benefit: str) -> dict[str, Any]:
    return next(t for t in scenario["targeting"] if t["benefit"] == benefit)


def test_targeting_is_that_of_sums_over_persons_before_every_benefit(found: dict[str, Any], source: Any) -> None:
    """The same figures by sums and sorted shares, without the measures."""
    chile, population = find_country("chile"), source.population
    baseline = run(
        chile, population, names={}, on=MONTH, months=1, benefits=source.computable, take_up={}, report=silent
    )
    cash = baseline.disposable(population)
    official = source.mapping.poverty if source.mapping else None
    welfare = surveyed(population, official, cash) if official else declared(population, chile, cash)
    spread, weight = population.to_persons, design_of(population).weight
    without = welfare.income - cash
    poor = spread(welfare.equivalised(without)) < welfare.method.line
    rank, amount = (spread(welfare.per_head(x)) for x in (without, baseline.paid["suf"].monthly))
    money = weight * amount
    told = targeting(found["scenarios"][0], "suf")
    assert told["coverage_of_poor"]["value"] == pytest.approx(weight[poor & (amount > 0)].sum() / weight[poor].sum())
    assert told["leakage_to_non_poor"]["value"] == pytest.approx(money[~poor].sum() / money.sum())
    order = np.argsort(rank, kind="stable")
    persons, held = (np.cumsum(x[order]) / x.sum() for x in (weight, money))
    assert told["coady_grosh_hoddinott"]["value"] == pytest.approx(np.interp(0.4, persons, held) / 0.4, abs=2e-3)
    area = np.trapezoid([0, *held], [0, *persons])
    assert told["concentration_coefficient"]["value"] == pytest.approx(1 - 2 * area, abs=2e-3)
    line = welfare.method.line * welfare.scale
    gap = [population.weight @ np.maximum(line - y, 0) for y in (without, without + baseline.paid["suf"].monthly)]
    spent = population.weight @ baseline.paid["suf"].monthly
    assert told["poverty_reduction_efficiency"]["value"] == pytest.approx((gap[0] - gap[1]) / spent)


def test_every_benefit_that_somebody_receives_has_every_measure_with_its_error(found: dict[str, Any]) -> None:
    for scenario in found["scenarios"]:
        paid = {b["benefit"] for b in scenario["benefits"] if b["cost"]["value"]}
        assert {t["benefit"] for t in scenario["targeting"]} == paid
        for each in scenario["targeting"]:
            assert set(each) == {"benefit", *MEASURES}
            assert all(each[m]["standard_error"] >= 0 for m in MEASURES)
            assert each["concentration_coefficient"]["standard_error"] > 0
            assert each["coverage_of_poor"]["value"] + each["under_coverage_of_poor"]["value"] == pytest.approx(1)


def test_a_reform_is_judged_by_the_same_target(found: dict[str, Any]) -> None:
    before, after = found["scenarios"]
    assert targeting(after, "pgu") == targeting(before, "pgu"), "the reform leaves it as it is"
    suf = [targeting(s, "suf")["leakage_to_non_poor"]["value"] for s in (before, after)]
    assert suf[0] != suf[1]


def test_shares_of_spending_by_decile_add_up(found: dict[str, Any]) -> None:
    for key in ("share_of_spending", "share_of_beneficiaries"):
        shares = [
            r[key]["value"]
            for r in found["scenarios"][0]["reach"]
            if (r["benefit"], r["dimension"]) == ("suf", "decile")
        ]
        assert sum(shares) == pytest.approx(1)


def test_every_difference_has_an_error(found: dict[str, Any]) -> None:
    for scenario in found["scenarios"]:
        for each in scenario["contributions"]:
            for measure in ("poverty_headcount", "poverty_gap", "gini"):
                told = each["estimates"][measure]
                assert told["value"] == each[measure]
                assert told["low"] <= told["value"] <= told["high"]
                assert (told["standard_error"] > 0) == (told["value"] != 0)
    reform = found["scenarios"][1]
    moved = [reform["cost_change"], *reform["change"].values()]
    moved += [group["mean_change"] for by in ("decile", "sex", "age_group") for group in reform[f"by_{by}"]]
    assert all({"value", "standard_error", "low", "high"} <= set(each) for each in moved)
    assert sum(each["standard_error"] > 0 for each in moved) > len(moved) / 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Filtración: gasto en no pobres"),
        ("pt", "Vazamento: gasto com não pobres"),
        ("en", "Whom the spending is aimed at"),
    ],
)
def test_all_three_languages_show_it_on_page_and_terminal(
    found: dict[str, Any], page: str, language: str, said: str
) -> None:
    assert said in page.partition(f'<article id="{language}"')[2].partition("</article>")[0]
    screen = Console(record=True, width=200)
    show(found, Texts(language), screen)
    printed = screen.export_text()
    assert said.split(":", maxsplit=1)[0] in printed
    value = targeting(found["scenarios"][-1], "suf")["coverage_of_poor"]["value"]
    assert Texts(language).percent(value, 1) in printed


def test_the_workbook_has_a_sheet_of_it_and_tables_a_row_for_each_figure(found: dict[str, Any]) -> None:
    rows = tables(found)["targeting"]
    assert len(rows) == sum(len(s["targeting"]) for s in found["scenarios"]) * len(MEASURES)
    assert {"scenario", "benefit", "measure", "value", "standard_error", "low", "high"} <= set(rows[0])
    assert {r["measure"] for r in tables(found)["contributions"]} == {"poverty_headcount", "poverty_gap", "gini"}
    with ZipFile(BytesIO(workbook(found))) as book:
        assert 'name="targeting"' in book.read("xl/workbook.xml").decode()


def test_where_nobody_is_poor_the_measures_of_the_poor_are_left_out() -> None:
    chile = find_country("chile")
    source, month = open_source(chile, "synthetic:400:1", on=MONTH, mapping=None, report=silent)
    facts = source.population.household_facts
    rich = replace(source.population, household_facts={**facts, INCOME: np.full(len(facts[INCOME]), 1e9)})
    found = simulate(chile, replace(source, population=rich), on=month)
    told = found["scenarios"][0]["targeting"]
    assert told
    for each in told:
        assert {m for m in MEASURES if each[m] is None} == {*MEASURES[:4]}
        assert each["poverty_reduction_efficiency"]["value"] == 0
    assert "—" in html_report(found)
