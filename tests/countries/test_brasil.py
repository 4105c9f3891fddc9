"""Brazil: what the suite that all countries share does not ask."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from amparo.countries.brasil import bolsa_familia, bpc, country
from amparo.countries.brasil.bolsa_familia.rules import limit_of_2025, months_left, paid_in_full
from amparo.errors import ParameterError
from amparo.execute.cases import read_case
from amparo.execute.exact import decide
from amparo.expr import trace
from amparo.population import Population
from amparo.population.states import carry_state

OCTOBER = date(2025, 10, 1)
STATES = (paid_in_full, months_left, limit_of_2025)
NOBODY: dict[str, Any] = {
    "disabled": False,
    "single": True,
    "pregnant": False,
    "nursing": False,
    "in_school": True,
    "formal_worker": False,
    "earnings": 0,
    "pension": 0,
    "other_income": 0,
    "receives_bpc": False,
    "siblings": 0,
    "tax_dependants": 0,
    "mother": None,
    "father": None,
    "step_parent": None,
    "partner": None,
}


def family(*members: dict[str, Any], **states: Any) -> dict[str, Any]:
    return {
        "household": {"cadunico": True},
        "defaults": NOBODY,
        "members": list(members),
        "states": {f"bolsa_familia.{key}": value for key, value in states.items()},
    }


class TestTheTimeline:
    @pytest.mark.parametrize("month", [date(2021, 11, 1), date(2023, 2, 1)])
    def test_has_no_bolsa_familia_while_the_auxilio_brasil_was_paid(self, month: date) -> None:
        with pytest.raises(ParameterError, match="bolsa_familia has no law in force"):
            bolsa_familia.programme.regime(month)
        assert [b.key for b in country.on(month).benefits] == ["bpc"]

    @pytest.mark.parametrize(
        ("month", "source"),
        [
            (date(2015, 12, 1), "Lei 8.742/1993, art. 20 §3"),
            (date(2020, 6, 1), "Lei 8.742/1993, art. 20 §3 (Lei 13.982/2020)"),
            (date(2021, 3, 1), "Lei 8.742/1993, art. 20 §3 (MP 1.023/2020)"),
            (OCTOBER, "Lei 8.742/1993, art. 20 §3 (Lei 14.176/2021)"),
        ],
    )
    def test_cites_the_income_test_of_the_month(self, month: date, source: str) -> None:
        assert str(bpc.rules.in_need.on(month).source) == source

    def test_explains_a_protected_family_by_the_article_of_protection(self) -> None:
        decision = decide(country.on(OCTOBER), family({"id": "ana", "age": 40, "earnings": 300}, paid_in_full=True))
        sources = {step.key: step.source for step in decision.steps}
        assert sources["bolsa_familia.protection_period"] == "Portaria MDS 897/2023, art. 20"
        assert sources["bolsa_familia.benefit"] == "Lei 14.601/2023, art. 6 §2"


class TestTheEdgeBetweenTheProgrammes:
    def test_takes_an_older_person_out_of_bolsa_familia_when_the_bpc_is_granted(self) -> None:
        edition = country.on(OCTOBER)
        alone = decide(edition, family({"id": "rosa", "age": 64}))
        older = decide(edition, family({"id": "rosa", "age": 65}))
        assert alone.amounts == {"bpc": [0], "bolsa_familia": 600, "salario_familia": [0]}
        assert older.amounts == {"bpc": [1518], "bolsa_familia": 0, "salario_familia": [0]}


def households(*sizes: int, household_ids: list[int], person_ids: list[int]) -> Population:
    return Population(
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        persons={"age": np.full(sum(sizes), 30, dtype=np.int16)},
        person_facts={"person_id": np.array(person_ids)},
        household_facts={"household_id": np.array(household_ids)},
    )


BEFORE = households(3, household_ids=[1], person_ids=[1, 2, 3])
RUNNING = {
    "bolsa_familia.paid_in_full": np.array([False]),
    "bolsa_familia.months_left": np.array([5]),
    "bolsa_familia.limit_of_2025": np.array([True]),
}


class TestProtection:
    """A running period of five months, and what becomes of it in the next month."""

    def test_is_kept_by_every_part_of_a_family_that_splits(self) -> None:
        after = households(2, 1, household_ids=[1, 9], person_ids=[1, 2, 3])
        found = carry_state(STATES, BEFORE, after, RUNNING)
        assert found["bolsa_familia.months_left"].tolist() == [5, 5]
        assert found["bolsa_familia.limit_of_2025"].tolist() == [True, True]

    def test_goes_on_when_a_child_is_born(self) -> None:
        after = households(4, household_ids=[1], person_ids=[1, 2, 3, 4])
        assert carry_state(STATES, BEFORE, after, RUNNING)["bolsa_familia.months_left"].tolist() == [5]

    def test_is_lost_by_a_family_that_leaves_and_comes_back(self) -> None:
        gone = households(1, household_ids=[2], person_ids=[7])
        between = carry_state(STATES, BEFORE, gone, RUNNING)
        found = carry_state(STATES, gone, BEFORE, between)
        assert found["bolsa_familia.months_left"].tolist() == [0]
        assert found["bolsa_familia.paid_in_full"].tolist() == [False]


@pytest.mark.parametrize("month", [date(2015, 12, 1), date(2025, 5, 1), OCTOBER])
def test_what_is_claimed_holds_for_random_families(month: date) -> None:
    stated = [p.claim for each in country.programmes for p in each.properties if p.claim is not None]
    claims = [c for c in stated if any(v.in_force(month) for v in c.versions)]
    edition = replace(country.on(month), graph=trace(*claims, on=month), benefits=())
    states_in_force = [s.key for s in STATES if f"next:{s.key}" in edition.graph.outputs]
    draw = np.random.default_rng(20251001)
    for _ in range(300):
        ids = [f"m{i}" for i in range(draw.integers(1, 6))]
        members = [
            {
                "id": name,
                "age": int(draw.choice([0, 6, 7, 15, 16, 17, 30, 64, 65, 80])),
                "disabled": bool(draw.random() < 0.2),
                "single": bool(draw.random() < 0.6),
                "pregnant": bool(draw.random() < 0.1),
                "formal_worker": bool(draw.random() < 0.5),
                "earnings": int(draw.choice([0, 77, 154, 218, 706, 759, 788, 1518, int(draw.integers(0, 3000))])),
                "pension": int(draw.choice([0, 0, 0, 788, 1518, 1519])),
                "receives_bpc": bool(draw.random() < 0.1),
                "siblings": int(draw.integers(0, 3)),
                "mother": str(draw.choice(others)) if others and draw.random() < 0.4 else None,
            }
            for name, others in ((name, [other for other in ids if other != name]) for name in ids)
        ]
        case = family(*members)
        drawn = {"paid_in_full": bool(draw.random() < 0.5), "months_left": int(draw.integers(0, 13))}
        case["states"] = {f"bolsa_familia.{k}": v for k, v in drawn.items() if f"bolsa_familia.{k}" in states_in_force}
        outputs = decide(edition, read_case(case, country)).outputs  # as a Case: drawn, and not always consistent
        for claim in claims:
            answer = outputs[claim.key]
            assert all(v is True for v in (answer if isinstance(answer, list) else [answer])), (claim.key, case)
