"""The prover means what `exact` means, finds planted bugs, and shows households that `exact` confirms."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import z3
from tests.execute.random_programmes import Drawn, households, programme

from amparo.errors import ExecutionError
from amparo.execute.cases import Case
from amparo.execute.exact import decide
from amparo.execute.kernel.rows import case_of
from amparo.execute.prove.household import ELSEWHERE, NOBODY, Name, People, Variable
from amparo.execute.prove.linear import Linear, constant, negation, same_truth
from amparo.execute.prove.meaning import TABLE, World, symbol_of
from amparo.execute.values import Unknown
from amparo.expr import Entity, Node, Op

# ------------------------------------------------------------------ the meaning of each operation


def test_every_operation_has_a_meaning():
    assert set(TABLE) == set(Op)


def equals(world: World, symbol, n: Node, value):
    """The formula that a symbol has a value."""
    known = symbol_of(value, n.type)
    numbers = world.people.numbers
    if isinstance(known, Linear):
        symbol = symbol if isinstance(symbol, Linear) else world.choose(symbol, constant(1), constant(0))
        return numbers.equal(symbol, known)
    if isinstance(known, Name):
        return numbers.equal(symbol.position, constant(symbol.names.index(value)))
    if isinstance(known, bool):
        return same_truth(symbol, known)
    return numbers.equal(symbol.order, known.order)


def pinned(world: World, case: Case, variable: Variable):
    """The formula that a variable has the value of the case."""
    where, key, i = variable.place
    numbers = world.people.numbers
    if where == "members" and key in case.relations[i]:
        target = case.relations[i][key]
        at = NOBODY if target is None else ELSEWHERE if target == "outside" else target
        return numbers.equal(variable.symbol, constant(at))
    if where == "states":
        value = case.states[key, i]
    else:
        value = case.household[key] if i is None else case.members[i][key]
    known = symbol_of(value, variable.type)
    if isinstance(known, Linear):
        return numbers.equal(variable.symbol, known)
    if isinstance(known, Name):
        return numbers.equal(variable.symbol.position, constant(variable.symbol.names.index(value)))
    if isinstance(known, bool):
        return same_truth(variable.symbol, known)
    same_month = numbers.equal(variable.symbol.month, known.month)
    return z3.And(same_month, numbers.equal(variable.symbol.day, known.day))


def disagreements(drawn: Drawn, case: Case) -> list[str]:
    """Outputs to which the prover gives another value than `exact` gives, for one household."""
    try:
        outputs = decide(drawn.edition, case).outputs
    except ExecutionError:
        return []
    people = People(len(case.members), drawn.edition.month)
    world = World(drawn.edition, people)
    wrong = []
    for name, n in drawn.graph.outputs.items():
        rows = [(i,) for i in range(people.size)] if n.entity is Entity.PERSON else [()]
        for row in rows:
            value = outputs[name][row[0]] if row else outputs[name]
            if isinstance(value, Unknown):
                continue
            agrees = equals(world, world.value(n, row), n, value)
            check = z3.Solver()
            check.set("timeout", 20_000)
            check.add(*people.facts, *(pinned(world, case, v) for v in people.variables.values()))
            known = check.check()
            if known != z3.sat:
                wrong.append(f"{name}{row}: the household itself is {known} ({check.reason_unknown()})")
                continue
            check.add(negation(agrees))
            if check.check() != z3.unsat:
                wrong.append(f"{name}{row} is {value} in exact, not in the prover: {check.check()}")
    return wrong


def possible(case: Case) -> Case:
    """What is carried is not negative."""
    states = {k: abs(v) if isinstance(v, Fraction) else v for k, v in case.states.items()}
    return replace(case, states=states)


@pytest.mark.parametrize("seed", range(40))
def test_the_prover_means_what_exact_means(seed):
    drawn = programme(random.Random(seed), rules=3, depth=2, unguarded=seed % 2 == 1)
    population, states = households(drawn, np.random.default_rng(seed), 4, sizes=[1, 2, 3])
    for i in range(population.household_count):
        case = possible(case_of(population, drawn.edition.country, i, states, drawn.graph))
        assert not disagreements(drawn, case), f"seed {seed}, household {i}: {case}"
