"""A fixed sample of the planted bugs of every programme is found, and what is claimed of the others stays true."""

import hashlib
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.mutation import toy
from tests.mutation.arrays import Reading
from tests.mutation.claims import KINDS, claimed, listed
from tests.mutation.equality import MEMBERS, proof
from tests.mutation.fields import Field, fields
from tests.mutation.households import COMPARED, near_boundaries
from tests.mutation.mutants import Law, Mutant, mutants, provisions, region
from tests.mutation.operators import OPERATORS
from tests.mutation.sampling import Checked, sample
from tests.mutation.verdicts import examples, law, verdicts

from amparo.execute.exact import decide
from amparo.execute.kernel.rows import case_of
from amparo.expr import Graph, Op
from amparo.policy import Country, Programme, countries

COUNTRIES = [c for c in countries().values() if c.programmes]
PROGRAMMES = [(c, p) for c in COUNTRIES for p in c.programmes]
each_programme = pytest.mark.parametrize(
    ("country", "programme"), PROGRAMMES, ids=[f"{c.key}/{p.key}" for c, p in PROGRAMMES]
)
ONE_IN = 12  # mutants of the sample

# Bugs of the toy law that are none, or that no household of the sample happens to show, by name and why.
SAME_IN_THE_TOY = {
    "toy.weight: constant: 0 + 1 in 0": "there is always a member",
    "toy.weight: constant: 0 − 1 in 0": "there is always a member",
    "toy.poor: strictness: ≤ becomes < in sum(members: a datum) / (count(members)^0.7 + count(members: a datum)) ≤ line": "a power is never met",
    "toy.family: lost condition: without the second in other(a datum) = person and not (other = person)": "nobody is their own mother",
    "toy.family: constant: 99 + 1 in 99": "either is above twelve",
    "toy.family: constant: 99 − 1 in 99": "either is above twelve",
    "toy.family: another aggregate: whether there is one, in place of how many in count(members: other(a datum) = person and not (other = person))": "only compared with none",
    "toy.paid_months: constant: 0 + 1/100 in 0": "what is paid is a third of 10 at the least",
    "toy.one_benefit: constant: 0 + 1/100 in 0": "what is paid is a third of 10 at the least",
}  # fmt: skip


@cache
def all_of(country: Country, key: str) -> list[Mutant]:
    return mutants(law(country), key)


def sampled(names: list[Mutant]) -> list[Mutant]:
    """One mutant in twelve, always the same ones: those whose names' hash says so."""
    return [m for m in names if int(hashlib.sha256(m.name.encode()).hexdigest(), 16) % ONE_IN == 0]


# ---------------------------------------------------------------- the shipped programmes


@each_programme
def test_a_sampled_bug_is_found_or_claimed_by_name(country: Country, programme: Programme) -> None:
    chosen = sampled(all_of(country, programme.key))
    named = set().union(*(claimed(kind, programme.key) for kind in KINDS))
    found = verdicts(country, programme, chosen, households=400, more=0, seconds=0)
    if not {*found.survivors, *found.equivalent, *found.unanswered} <= named:  # a property may need more households
        found = verdicts(country, programme, chosen, more=0, seconds=0)
    alive = {**found.survivors, **found.equivalent, **found.unanswered}
    assert set(alive) <= named, {name: str(shown) for name, shown in alive.items() if name not in named}
    assert not (set(found.by_cases) | set(found.by_properties)) & named, "what is claimed to be none is found"
    assert not set(found.survivors) & claimed("equivalent", programme.key), "what is claimed to be none shows"


@each_programme
def test_what_is_claimed_names_bugs_that_there_are(country: Country, programme: Programme) -> None:
    names = {m.name for m in all_of(country, programme.key)}
    for kind in KINDS:
        gone = claimed(kind, programme.key) - names
        assert not gone, f"claims.toml, {kind}: run python -m tests.mutation {programme.key}; no bug is called {gone}"


def test_every_claim_has_a_reason_and_a_programme() -> None:
    known = {p.key for _, p in PROGRAMMES}
    for kind, several in listed().items():
        assert kind in KINDS
        for claim in several:
            assert claim["programme"] in known
            assert str(claim["why"]).endswith("."), claim["names"]


@pytest.mark.parametrize("country", COUNTRIES, ids=[c.key for c in COUNTRIES])
def test_no_rule_is_left_out(country: Country) -> None:
    owners = {m.text for key in (country.key, *(p.key for p in country.programmes)) for m in all_of(country, key)}
    bare = {t for t, n in law(country).texts.items() if all(x.op not in OPERATORS for x in region(n))}
    assert set(law(country).texts) == owners | bare


@pytest.mark.parametrize("country", COUNTRIES, ids=[c.key for c in COUNTRIES])
def test_an_example_reads_the_node_that_it_is_said_to_read(country: Country) -> None:
    read = examples(country).readers
    unread = [t for t in law(country).texts if not any(n in read for n in _all(country, t))]
    assert not unread, f"no example reads {unread}"


def _all(country: Country, text: object) -> list[object]:
    return [n for e in law(country).editions.values() for n in provisions(e.graph, text)]


# ---------------------------------------------------------------- the operators, on a toy


def toy_law() -> Law:
    return Law(toy.country, (toy.MONTH,))


def toy_mutants() -> list[Mutant]:
    return [*mutants(toy_law(), "toyland"), *mutants(toy_law(), "toy")]


def test_the_toy_holds_every_operation_that_can_be_wrong() -> None:
    there = {n.op for n in toy_law().editions[toy.MONTH].graph.nodes}
    assert set(OPERATORS) <= there
    assert there - set(OPERATORS) == {Op.INPUT, Op.MONTH, Op.SPREAD, Op.PROVISION}


def test_every_bug_changes_the_graph_and_keeps_its_outputs() -> None:
    right = toy_law().editions[toy.MONTH].graph
    for mutant in toy_mutants():
        wrong = mutant.planted(right)
        assert wrong.digest != right.digest, mutant.name
        assert {k: n.entity for k, n in wrong.outputs.items()} == {k: n.entity for k, n in right.outputs.items()}


def test_no_two_bugs_of_a_provision_are_the_same_and_names_are_unique() -> None:
    right = toy_law().editions[toy.MONTH].graph
    digests = [(m.text, m.planted(right).digest) for m in toy_mutants()]
    assert len(set(digests)) == len(digests)
    names = [m.name for m in toy_mutants()]
    assert len(set(names)) == len(names)


def test_every_bug_of_the_toy_shows_on_random_households() -> None:
    planted = toy_mutants()
    where = fields(toy_law(), toy.programme, list(toy_law().texts), 1)
    seen = sample(where, planted, 12_000, 3)
    hidden = {name for name, found in seen.items() if found.shown is None}
    assert hidden == set(SAME_IN_THE_TOY), hidden ^ set(SAME_IN_THE_TOY)
    assert {m.change.operator for m in planted if seen[m.name].shown} == {m.change.operator for m in planted}


def test_equality_is_proved_where_it_holds_and_refuted_where_it_does_not() -> None:
    (where,) = fields(toy_law(), toy.programme, list(toy_law().texts), 1)
    by_name = {m.name: m for m in toy_mutants()}
    assert proof(where, by_name["toy.family: constant: 99 + 1 in 99"], 20).members == MEMBERS
    refuted = proof(where, by_name["toy.waited: branches: always the second in [months(a datum → this month) if a datum; 0 otherwise]"], 20)  # fmt: skip
    assert refuted.different is not None
    assert refuted.different.right != refuted.different.wrong


# ---------------------------------------------------------------- the sample


@pytest.mark.parametrize(
    ("country", "programme"),
    [(c, p) for c, p in PROGRAMMES if p.key in ("suf", "bpc", "cotizaciones_impuesto", "auh")],
    ids=lambda x: x.key,
)
def test_arrays_read_what_exact_decides(country: Country, programme: Programme) -> None:
    month = max(m for p in programme.properties for m in p.on)
    where = Field(country.on(month), programme, [])
    drawn = near_boundaries(where.edition, where.graph, 150, 8)
    reading = Reading(where.edition, drawn.population, drawn.states)
    values = reading.read(where.graph.outputs.values())
    whole = replace(where.edition, graph=where.graph, benefits=())
    for home in range(150):
        case = case_of(drawn.population, country, home, drawn.states, where.graph)
        decided = decide(whole, case).outputs
        first, last = drawn.population.offsets[home : home + 2]
        for name, n in where.graph.outputs.items():
            scale = 10**n.type.currency.decimals if n.type.currency else 1
            found = decided[name]
            right = found if isinstance(found, list) else [found]
            got = values[n][first:last] if isinstance(found, list) else values[n][home : home + 1]
            assert np.allclose([float(v) * scale for v in right], np.asarray(got, dtype=float)), (name, home)


def test_the_sample_is_heavy_at_the_boundaries() -> None:
    (where,) = fields(toy_law(), toy.programme, list(toy_law().texts), 1)
    drawn = near_boundaries(where.edition, where.graph, 2_000, 1)
    wage = drawn.population.persons["wage"]
    for figure in (20_000, 45_000):  # the line and the ceiling, in cents
        for step in (-1, 0, 1):
            assert (wage == figure + step).mean() > 0.002, figure + step
    assert (wage == 0).mean() > 0.3
    assert sorted(np.unique(drawn.population.sizes)) == [1, 2, 3, 4, 5]


def test_households_are_driven_to_where_a_comparison_is_met() -> None:
    (where,) = fields(toy_law(), toy.programme, list(toy_law().texts), 1)
    (compared,) = [n for n in where.graph.nodes if n.op in COMPARED and n.args[0].op is Op.DIV]
    from tests.mutation.households import at_derived_boundaries

    base = near_boundaries(where.edition, where.graph, 500, 1)
    (driven,) = at_derived_boundaries(where.edition, base, [compared], 1)
    reading = Reading(where.edition, driven.population, driven.states)
    values = reading.read(compared.args)
    needed, line = (values[a] for a in compared.args)
    assert (np.abs(needed - line) <= 1.5).mean() > 0.5
    assert (needed <= line).any()
    assert (needed > line).any()


def test_a_mutant_is_read_beside_the_law_without_reading_it_again() -> None:
    (where,) = fields(toy_law(), toy.programme, list(toy_law().texts), 1)
    checked = Checked(where, near_boundaries(where.edition, where.graph, 50, 1), 1)
    before = dict(checked.reading.memo)
    shown = [m for m in toy_mutants() if checked.shown(m)]
    assert shown
    assert checked.reading.memo == before
    assert Graph(where.graph.outputs).digest == where.graph.digest
