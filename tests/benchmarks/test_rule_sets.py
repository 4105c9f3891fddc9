"""The rule sets of the benchmarks compute what the peer computes; without the peer's environment that is skipped."""

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from benchmarks import compare, country_template, national
from benchmarks.national_figures import Household

from amparo.execute.exact import decide
from amparo.execute.kernel import Kernel
from amparo.expr import Entity, Kind, Op
from amparo.expr.node import AGGREGATES

PERSONS = 20_000
RULE_SETS = [pytest.param(m, id=m.__name__.rpartition(".")[2]) for m in (country_template, national)]


@pytest.fixture
def peer() -> Path:
    python = compare.peer_python()
    if not python.exists():
        pytest.skip(f"{python} is missing; `make bench` makes the peer's environment")
    return python


@pytest.mark.slow
@pytest.mark.parametrize("module", RULE_SETS)
def test_twenty_thousand_persons_get_what_the_peer_gives_them(module: ModuleType, peer: Path, tmp_path: Path) -> None:
    ours, theirs, found = compare.side_by_side(module, PERSONS, 1, peer, tmp_path)
    assert {d.name: d.beyond for d in found if d.beyond} == {}
    assert [d.name for d in found] == compare.outputs(module)
    assert ours.last["households"] > PERSONS // 4
    assert min(*ours.seconds, *theirs.seconds) > 0


@pytest.mark.parametrize("module", RULE_SETS)
def test_the_kernel_gives_every_household_what_exact_decides(module: ModuleType) -> None:
    people = module.people(400, seed=11)
    edition = module.edition()
    outputs = Kernel(edition).run(people.population(module.Household)).outputs
    cases = people.cases(module.Household, range(len(people.offsets) - 1))
    for number, case in enumerate(cases):
        decided: dict[str, Any] = dict(decide(edition, case).outputs)
        for name, node in edition.graph.outputs.items():
            unit = 10**node.type.currency.decimals if node.type.currency else 1
            if node.entity is Entity.PERSON:
                rows = outputs[name][people.offsets[number] : people.offsets[number + 1]]
                exact = [float(v) * unit for v in decided[name]]
            else:
                rows, exact = outputs[name][number : number + 1], [float(decided[name]) * unit]
            if node.type.kind is Kind.BOOL:
                assert rows.tolist() == [bool(v) for v in exact], (number, name)
            else:
                np.testing.assert_allclose(rows, exact, rtol=1e-12, atol=1e-9, err_msg=f"{number} {name}")


def test_the_national_set_is_as_large_as_it_says() -> None:
    nodes = national.edition().graph.nodes
    provisions = [n for n in nodes if n.op is Op.PROVISION]
    assert len(provisions) >= 60
    assert sum(n.entity is Entity.PERSON for n in provisions) >= 25
    assert sum(n.entity is Entity.HOUSEHOLD for n in provisions) >= 42
    assert sum(n.op in AGGREGATES for n in nodes) >= 20
    assert sum(n.op is Op.SPREAD for n in nodes) == 2
    assert len(national.figures()) >= 50


def test_every_output_of_the_national_set_varies_between_households() -> None:
    people = national.people(PERSONS)
    outputs = Kernel(national.edition()).run(people.population(Household)).outputs
    shares = {name: float(np.mean(column != 0)) for name, column in outputs.items()}
    assert {name: share for name, share in shares.items() if share < 0.005} == {}
    assert {name for name, column in outputs.items() if len(np.unique(column)) < 2} == set()


@pytest.mark.parametrize("module", RULE_SETS)
def test_invented_people_are_as_many_as_asked_and_the_same_for_the_same_seed(module: ModuleType) -> None:
    one, again, other = (module.people(1_234, seed=seed) for seed in (5, 5, 6))
    assert one.offsets[-1] == 1_234
    assert (np.diff(one.offsets) > 0).all()
    for columns in ("persons", "households"):
        mine, same, different = (getattr(each, columns) for each in (one, again, other))
        assert all(np.array_equal(mine[k], same[k]) for k in mine)
        assert any(not np.array_equal(mine[k], different[k]) for k in mine)


def test_a_difference_beyond_float32_is_found() -> None:
    names = compare.outputs(national)
    ours = {name: np.full(4, 100_000.0) for name in names}
    theirs = {name: np.full(4, 1_000.0, dtype=np.float32) for name in names}
    for name in ("poor", "extremely_poor", "overburdened"):
        ours[name], theirs[name] = np.ones(4, dtype=bool), np.array([True, True, True, False])
    theirs["child_benefit"][1] += np.float32(0.01)
    theirs["housing_benefit"][1] += np.float32(0.0001)
    beyond = {d.name: d.beyond for d in compare.differences(national, ours, theirs) if d.beyond}
    assert beyond == {"poor": 1, "extremely_poor": 1, "overburdened": 1, "child_benefit": 1}
