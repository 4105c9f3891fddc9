"""What a scenario does, looked at from several sides."""

from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from amparo.execute.exact import decide
from amparo.execute.kernel.rows import case_of
from amparo.expr import Op
from amparo.policy import find_country
from amparo.population.generator import random_population
from amparo.population.table import Population
from amparo.simulate import Assumptions, open_source, read_reform, simulate
from amparo.simulate.analysis.comparison import compared
from amparo.simulate.analysis.groups import groups_of
from amparo.simulate.report import html_report
from amparo.simulate.scenario import run
from amparo.simulate.terminal import show
from amparo.texts import Texts

MONTH = date(2025, 10, 1)


def quiet(step: str, share: float) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Simulate a first reform on generated households."""
    chile = find_country("chile")
    source, month = open_source(chile, "synthetic:30000:5", on=MONTH, mapping=None, report=quiet)
    with as_file(files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")) as path:
        reform = read_reform(path, chile, month)
    return simulate(chile, source, on=month, reforms=[reform], assumptions=Assumptions(phase_in=(0.25, 1.0)))


def test_coverage_is_a_share_and_the_mean_amount_adds_up_to_the_cost(found: dict[str, Any]) -> None:
    scenario = found["scenarios"][0]
    of_sex = [r for r in scenario["reach"] if r["dimension"] == "sex" and r["benefit"] == "suf"]
    assert len(of_sex) == 2
    assert all(0 < r["coverage"]["value"] <= 1 for r in of_sex)
    of_decile = [r for r in scenario["reach"] if r["dimension"] == "decile" and r["benefit"] == "suf"]
    cost = next(b for b in scenario["benefits"] if b["benefit"] == "suf")["cost"]["value"]
    persons = found["population"]["weighted_persons"]
    mean = sum(r["mean_benefit"]["value"] for r in of_decile) / 10
    assert mean * persons == pytest.approx(cost, rel=0.02)  # deciles hold a tenth of the persons, nearly


def test_shares_paid_to_women_men_and_nobody_add_up_to_one(found: dict[str, Any]) -> None:
    for scenario in found["scenarios"]:
        for benefit in {p["benefit"] for p in scenario["paid_to"]}:
            shares = [p["share"]["value"] for p in scenario["paid_to"] if p["benefit"] == benefit]
            assert sum(shares) == pytest.approx(1.0)


def test_contributions_add_up_to_what_all_programmes_do_together(found: dict[str, Any]) -> None:
    """The shares of Shapley are efficient: no more and no less than the whole is shared."""
    before, after = found["scenarios"]
    with_all = before["welfare"]["poverty_headcount"]["value"]
    together = sum(c["poverty_headcount"] for c in before["contributions"])
    assert together < 0
    assert 0 < with_all - together <= 1
    extra = {c["benefit"]: c["poverty_headcount"] for c in after["contributions"]}
    base = {c["benefit"]: c["poverty_headcount"] for c in before["contributions"]}
    change = after["welfare"]["poverty_headcount"]["value"] - with_all
    assert sum(extra.values()) - sum(base.values()) == pytest.approx(change, abs=1e-9)


def test_a_year_of_a_quarter_costs_a_quarter_of_twelve_months(found: dict[str, Any]) -> None:
    first, second = found["scenarios"][1]["years"]
    monthly = found["scenarios"][1]["cost_change"]["value"]
    assert (first["year"], second["year"]) == (2025, 2026)
    assert second["cost"]["value"] == pytest.approx(12 * monthly)
    assert first["cost"]["value"] == pytest.approx(3 * monthly)


def test_winners_are_told_by_age_too(found: dict[str, Any]) -> None:
    ages = {i["group"]: i["mean_change"]["value"] for i in found["scenarios"][1]["by_age_group"]}
    assert list(ages) == ["0–5", "6–17", "18–29", "30–59", "60+"]
    assert max(ages, key=lambda a: ages[a]) == "0–5"


def test_a_programme_without_law_in_some_months_is_named() -> None:
    brasil = find_country("brasil")
    source, month = open_source(brasil, "synthetic:2000:1", on=date(2023, 2, 1), mapping=None, report=quiet, months=2)
    found = simulate(brasil, source, on=month, months=2)
    assert [(n["programme"], n["months"]) for n in found["not_in_force"]] == [
        ("bolsa_familia", ["2023-02"]),
        ("salario_familia", ["2023-02", "2023-03"]),
    ]
    said = "Bolsa Família: no law encoded in 2023-02"
    screen = Console(record=True, width=200)
    show(found, Texts("en"), screen)
    assert said in screen.export_text()
    assert said in html_report(found, language="en")


def test_a_state_that_a_later_month_adds_begins_there_and_the_others_are_carried() -> None:
    """Since June 2025 Brazil has one state more; both executors go through May, June and July, month by month."""
    brasil, months = find_country("brasil"), [date(2025, m, 1) for m in (5, 6, 7)]
    population = random_population(brasil, 300, 3, edition=brasil.on(months[0]))
    population.persons["earnings"][:] //= 10  # many are poor, and in the register
    population.persons["pension"][:] = 0
    population.households["cadunico"][:] = True
    benefits = brasil.on(months[0]).benefits
    scenario = run(
        brasil, population, names={}, on=months[0], months=3, benefits=benefits, take_up={}, report=quiet, threads=1
    )
    first, _, last = ({s.key for s in e.graph.attributes(Op.STATE)} for e in scenario.editions)
    assert last - first == {"bolsa_familia.limit_of_2025"}
    paid = np.zeros(population.household_count)
    for household in range(population.household_count):
        states: dict[tuple[str, int | None], Any] = {}
        for edition in scenario.editions:
            case = replace(case_of(population, brasil, household, {}, edition.graph), states=states)
            decision = decide(edition, case)
            following = {k.removeprefix("next:"): v for k, v in decision.outputs.items() if k.startswith("next:")}
            states = {(key, None): value for key, value in following.items()}
            paid[household] += float(decision.amounts["bolsa_familia"]) / 3  # type: ignore[arg-type]
    assert paid.sum() > 0
    assert scenario.paid["bolsa_familia"].households == pytest.approx(paid)


def test_what_an_authority_publishes_stands_beside_the_simulation() -> None:
    brasil = find_country("brasil")
    source, month = open_source(brasil, "synthetic:2000:1", on=MONTH, mapping=None, report=quiet)
    (beside,) = simulate(brasil, replace(source, kind="file"), on=month)["other_sources"]
    assert (beside["benefit"], beside["published"]["recipients"]) == ("bolsa_familia", 19_600_000)
    assert beside["survey"]["recipients"] is None


@pytest.mark.parametrize(
    ("labels", "codes", "last"),
    [
        (("Región de Magallanes y de la Antártica Chilena", "Región de Arica y Parinacota"), [0, 1, -1], ""),
        ((), [12, 15, 99], 99),
    ],
)
def test_regions_stand_from_north_to_south_under_one_name_whatever_the_file_calls_them(
    labels: tuple[str, ...], codes: list[int], last: object
) -> None:
    chile = find_country("chile")
    three = Population(
        np.arange(4), {}, household_facts={"region": np.array(codes)}, labels={"region": labels} if labels else {}
    )
    groups = groups_of(chile, three, np.ones(3, dtype=np.int64))["region"]
    assert groups.labels == ["Arica y Parinacota", "Magallanes", last]
    assert [groups.labels[code] for code in groups.codes] == ["Magallanes", "Arica y Parinacota", last]


def test_regions_of_a_survey_abroad_keep_the_order_of_their_own_country() -> None:
    names = ("Región del Maule", "Región de Atacama")
    two = Population(np.arange(3), {}, household_facts={"region": np.array([0, 1])}, labels={"region": names})
    groups = groups_of(find_country("brasil"), two, np.ones(2, dtype=np.int64))["region"]
    assert groups.labels == ["Atacama", "Maule"]


def test_the_terminal_tells_winners_and_coverage_by_sex_age_and_region(found: dict[str, Any]) -> None:
    screen = Console(record=True, width=80)
    show(found, Texts("en"), screen)
    said = screen.export_text()
    gains, coverage = said.index("Who gains and who loses"), said.index("Whom each benefit reaches")
    for name in ("Decile 10", "Women", "30–59", "Arica y", "Magallanes"):
        assert gains < said.index(name, gains) < coverage < said.index(name, coverage)
    suf = next(
        r["coverage"]["value"]
        for r in found["scenarios"][-1]["reach"]
        if (r["benefit"], r["dimension"], r["group"]) == ("suf", "region", "Magallanes")
    )
    row = next(line for line in said[coverage:].splitlines() if line.strip().startswith("Magallanes"))
    assert f"{100 * suf:.1f} %" in row


def told(value: float) -> dict[str, float]:
    return {"value": value, "standard_error": 1.0, "low": value, "high": value}


def test_respondents_stand_beside_households_and_the_authority_beside_recipients(found: dict[str, Any]) -> None:
    suf = next(b for b in found["scenarios"][0]["benefits"] if b["benefit"] == "suf")
    beside = {
        "benefit": "suf",
        "names": suf["names"],
        "survey": {"recipients": told(suf["households"]["value"] / 4), "cost": None},
        "published": {
            "recipients": suf["recipients"]["value"] * 2,
            "cost": None,
            "month": "2025-10",
            "source": "a law",
        },
    }
    assert list(compared(beside)) == ["recipients", "households"]
    screen = Console(record=True, width=100)
    show(found | {"other_sources": [beside]}, Texts("en"), screen)
    said = screen.export_text()
    said = said[said.index("The simulated beside other sources") :]
    assert said.index("recipients") < said.index("× 0.50") < said.index("households") < said.index("× 4.00")
    assert "2025-10: a law" in said


def test_what_an_authority_publishes_says_nothing_about_invented_people() -> None:
    brasil = find_country("brasil")
    source, month = open_source(brasil, "synthetic:500:1", on=MONTH, mapping=None, report=quiet)
    assert source.kind == "generated"
    assert simulate(brasil, source, on=month)["other_sources"] == []
