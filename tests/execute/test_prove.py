"""The prover means what `exact` means, finds planted bugs, and shows households that `exact` confirms."""

import json
import random
import subprocess
import sys
from collections import Counter
from copy import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import z3
from tests.docs.pages import ROOT
from tests.execute.random_programmes import LAW, Drawn, households, programme
from tests.execute.small_law import BRL, COUNTRY, MONTH, Household, Person
from typer.testing import CliRunner

from amparo.cli import app
from amparo.errors import ExecutionError, ParameterError, PolicyError
from amparo.execute.cases import Case
from amparo.execute.exact import decide
from amparo.execute.kernel.rows import case_of
from amparo.execute.prove import ASSUMED, Counterexample, Outcome, Result, meaning, prove, run, tasks
from amparo.execute.prove.household import ELSEWHERE, NOBODY, Day, Name, People, Variable
from amparo.execute.prove.linear import Linear, conjunction, constant, negation, same_truth
from amparo.execute.prove.meaning import TABLE, World, symbol_of
from amparo.execute.values import Unknown
from amparo.expr import Bool, Entity, Money, Op, Type, amount, group, rule, same_person, when
from amparo.policy import (
    Benefit,
    Property,
    Reform,
    Role,
    Violation,
    at_least,
    at_most,
    countries,
    everyone_in,
    find_country,
    holds,
    marginal_rate_at_most,
    monotone_in,
    no_cliff,
    no_gap,
    no_overlap,
    nobody_loses,
    same_as,
    set_to,
)
from amparo.policy.properties import LEAST_SIZE

# ------------------------------------------------------------------ the meaning of each operation


def test_every_operation_has_a_meaning():
    assert set(TABLE) == set(Op)


def equals(world: World, symbol: Any, type_: Type, value: Any) -> Any:
    """The formula that a symbol has a value."""
    known = symbol_of(value, type_)
    numbers = world.people.numbers
    if isinstance(known, Linear):
        symbol = symbol if isinstance(symbol, Linear) else world.choose(symbol, constant(1), constant(0))
        return numbers.equal(symbol, known)
    if isinstance(known, Name):
        return numbers.equal(symbol.position, constant(symbol.names.index(value)))
    if isinstance(known, Day):
        return conjunction(numbers.equal(symbol.month, known.month), numbers.equal(symbol.day, known.day))
    return same_truth(symbol, known)


def pinned(world: World, case: Case, variable: Variable) -> Any:
    """The formula that a variable has the value of the case."""
    where, key, i = variable.place
    if where == "states":
        return equals(world, variable.symbol, variable.type, case.states[key, i])
    if i is None:
        return equals(world, variable.symbol, variable.type, case.household[key])
    if key not in case.relations[i]:
        return equals(world, variable.symbol, variable.type, case.members[i][key])
    target: Any = case.relations[i][key]
    at = NOBODY if target is None else ELSEWHERE if target == "outside" else target
    return equals(world, variable.symbol, variable.type, Fraction(at))


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
            given: Any = outputs[name]
            value = given[row[0]] if row else given
            if isinstance(value, Unknown):
                continue
            agrees = equals(world, world.value(n, row), n.type, value)
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


def test_random_programmes_use_every_operation():
    drawn = [programme(random.Random(s), rules=3, depth=2, unguarded=s % 2 == 1) for s in range(40)]
    assert set().union(*(d.operations for d in drawn)) == set(Op)


@pytest.mark.parametrize("op", [Op.LT, Op.ADD, Op.ROUND, Op.GATHER, Op.SUM, Op.LARGEST, Op.FULL_MONTHS])
def test_a_wrong_meaning_is_noticed(op, monkeypatch):
    """The comparison above can fail."""
    wrong = {
        Op.LT: TABLE[Op.LE],
        Op.ADD: TABLE[Op.SUB],
        Op.ROUND: lambda world, n, row: world.number(n.args[0], row),
        Op.GATHER: lambda world, n, row: world.value(n.args[1], row),
        Op.SUM: lambda world, n, row: constant(0),
        Op.LARGEST: TABLE[Op.SMALLEST],
        Op.FULL_MONTHS: lambda world, n, row: constant(1),
    }[op]
    table = {**TABLE, op: wrong}
    monkeypatch.setattr(meaning, "TABLE", table)
    found = []
    for seed in range(60):
        drawn = programme(random.Random(seed), rules=3, depth=2)
        if op not in drawn.operations:
            continue
        population, states = households(drawn, np.random.default_rng(seed), 4, sizes=[2, 3])
        for i in range(population.household_count):
            found += disagreements(drawn, possible(case_of(population, drawn.edition.country, i, states, drawn.graph)))
        if found:
            return
    raise AssertionError(f"nobody noticed that {op} means something else")


# ------------------------------------------------------------------ small laws: each statement, each planted bug

NAMES = {"es": "x", "pt": "x", "en": "x"}
ROLE = Role(NAMES)


def act(key, entity, symbol, body):
    """A rule of the small country."""

    def text(view):
        """What the Act says."""
        return body(view)

    text.__annotations__ = {"view": entity, "return": symbol}
    return rule(source=LAW.article("1"), key=f"act.{key}")(text)


def benefit(key, rule_):
    return Benefit(key, NAMES, rule_, ROLE, ROLE, ROLE)


def reais(figure):
    return amount(figure, BRL)


def settle(states, *, members=3, **more):
    """The outcomes of a statement about the small country."""
    asked = Property(key="act.asked", names=NAMES, states=states, on=(MONTH,), **more)
    return prove(COUNTRY, asked, MONTH, members=members, timeout=30)


def breaking(results: list[Result]) -> Counterexample:
    """The household of the last result, which must have one."""
    found = results[-1].counterexample
    assert results[-1].outcome in (Outcome.BROKEN, Outcome.KNOWN)
    assert found is not None
    return found


def broken(states, **more):
    return breaking(settle(states, **more))


def proved(states, **more):
    return all(r.outcome is Outcome.PROVED for r in settle(states, **more))


poor = act("poor", Household, Bool, lambda h: h.members.sum(h.members.wage.at_least(0)) <= reais(100))
child_pay = act("child_pay", Person, Money, lambda p: when(p.age < 18, reais(50), otherwise=0))
home_pay = act("home_pay", Household, Money, lambda h: when(poor(h), reais(200), otherwise=0))
tapered = act(
    "tapered",
    Person,
    Money,
    lambda p: (reais(100) - p.wage.at_least(0) * Fraction(1, 3)).at_least(0).rounded_down("0.01"),
)
CHILD, HOME, TAPER = benefit("child", child_pay), benefit("home", home_pay), benefit("taper", tapered)
adult = act("adult", Person, Bool, lambda p: p.age >= 18)
minor = act("minor", Person, Bool, lambda p: p.age <= 17)
is_poor = act("is_poor", Household, Bool, lambda h: poor(h) & (h.rooms >= 0))


def test_statements_that_hold():
    assert proved(at_least(reais(200), HOME, among=is_poor))
    assert proved(at_most(reais(50), CHILD))
    assert proved(everyone_in(minor, receives=CHILD))
    assert proved(no_gap(CHILD, TAPER, among=minor))
    assert proved(
        no_overlap(CHILD, benefit("grown", act("g", Person, Money, lambda p: when(p.age > 17, reais(1), otherwise=0))))
    )
    assert proved(
        same_as(act("again", Person, Money, lambda p: when(p.age >= 18, reais(0), otherwise=reais(50))), CHILD)
    )
    assert proved(monotone_in(Person.age, CHILD, rises=False))
    assert proved(no_cliff(Person.wage, TAPER, above=1))
    assert proved(marginal_rate_at_most("0.4", Person.wage, TAPER, step=30))


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("a floor that is a cent too high", at_least(reais("200.01"), HOME, among=is_poor)),
        ("a ceiling that is a cent too low", at_most(reais("49.99"), CHILD)),
        ("one year more", everyone_in(act("m18", Person, Bool, lambda p: p.age <= 18), receives=CHILD)),
        ("adults without anything", no_gap(CHILD, among=adult)),
        ("both at once", no_overlap(CHILD, TAPER)),
        ("another text", same_as(act("u", Person, Money, lambda p: when(p.age <= 18, reais(50), otherwise=0)), CHILD)),
        ("it falls", monotone_in(Person.age, CHILD)),
        ("a step", no_cliff(Person.wage, HOME, above=199)),
        ("a rate", marginal_rate_at_most("0.3", Person.wage, TAPER, step=30)),
        ("no claim of everybody", holds(act("all", Household, Bool, lambda h: h.members.all(h.members.age < 120)))),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_planted_bugs_are_found(name, states):
    found = broken(states)
    assert found.decision is not None
    assert len(found.case["members"]) <= 2


def test_a_reform_that_takes_from_somebody():
    less = act("less", Person, Money, lambda p: when(p.age < 17, reais(60), otherwise=0))
    country = replace(COUNTRY, programmes=(_programme(CHILD),))
    reform = Reform(NAMES, (_replaced(child_pay, less),))
    asked = Property(key="act.asked", names=NAMES, states=nobody_loses(reform), on=(MONTH,))
    found = breaking(prove(country, asked, MONTH, members=2))
    assert found.case["members"][0]["age"] == 17
    assert found.amounts == (50, 0)
    more = act("more", Person, Money, lambda p: when(p.age < 19, reais(60), otherwise=0))
    asked = replace(asked, states=nobody_loses(Reform(NAMES, (_replaced(child_pay, more),))))
    assert [r.outcome for r in prove(country, asked, MONTH, members=3)] == [Outcome.PROVED] * 3


def _programme(*benefits):
    from amparo.policy import Programme, Regime

    return Programme("act", NAMES, "tests", (Regime(date(2016, 1, 1), benefits),))


def _replaced(old, new):
    from amparo.policy import replaced

    return replaced(old, by=new)


def test_what_is_given_limits_the_claim():
    claim = holds(act("c", Household, Bool, lambda h: home_pay(h) > 0))
    assert broken(claim)
    assert proved(claim, given=is_poor)


def test_who_is_listed_first_does_not_stand_for_all_where_order_matters():
    everyone = group(_everyone)
    first = holds(act("first", Household, Bool, lambda h: h.members.all(everyone.first(h.members))))
    assert len(broken(first).case["members"]) == 2


def _everyone(one: Person, other: Person) -> Bool:
    return same_person(one, other) | ~same_person(one, other)


def test_a_rule_that_fails_is_a_counterexample_with_its_sentence():
    ratio = act("ratio", Household, Bool, lambda h: h.rent / h.debt <= 1_000_000)
    found = broken(holds(ratio), members=1)
    assert found.error == "" or "division by zero" in found.error
    always = act("always", Household, Bool, lambda h: h.rent / h.debt == h.rent / h.debt)
    assert proved(holds(always), members=1)


def test_products_quotients_and_powers_of_what_is_open():
    shared = act("s", Household, Money, lambda h: h.rent / h.members.count().power("0.5"))
    assert proved(holds(act("s1", Household, Bool, lambda h: shared(h) <= h.rent)), members=4)
    paid = act("p", Household, Money, lambda h: h.rent * h.members.count(h.members.disabled))
    assert proved(holds(act("p1", Household, Bool, lambda h: paid(h) <= h.rent * h.members.count())), members=4)
    ratio = act("r", Household, Bool, lambda h: (h.rent / (h.rent + reais(1))) < 1)
    assert proved(holds(ratio), members=1)


def test_a_counterexample_is_plain():
    """What does not matter is no, nothing or nobody; what matters is at its threshold."""
    found = broken(everyone_in(act("m18", Person, Bool, lambda p: p.age <= 18), receives=CHILD))
    (member,) = found.case["members"]
    assert member["age"] == 18
    assert set(member) == {"id", "age", *Person.relations}, "what no rule reads is left out"
    assert member["mother"] is None
    step = broken(no_cliff(Person.wage, HOME, above=199))
    assert (step.member, step.moves, step.to) == ("m1", "wage", "100.01")
    assert step.amounts == (200, 0)


def test_what_the_solver_finds_and_exact_does_not_confirm_is_an_error_that_names_the_property(monkeypatch):
    monkeypatch.setattr(meaning, "TABLE", {**TABLE, Op.LE: TABLE[Op.LT]})
    with pytest.raises(PolicyError, match=r"act\.asked in 2025-03: .* error of the prover"):
        settle(holds(act("c", Person, Bool, lambda p: (p.age >= 18) | (child_pay(p) > 0))))


def test_time_that_runs_out_is_a_failure_of_that_size():
    asked = Property(key="act.asked", names=NAMES, states=at_least(reais(200), HOME, among=is_poor), on=(MONTH,))
    (only,) = prove(COUNTRY, asked, MONTH, members=3, timeout=1e-9)
    assert (only.size, only.outcome) == (1, Outcome.TIMED_OUT)
    assert only.outcome.failed
    done = CliRunner().invoke(app, ["prove", "suf", "--members", "1", "--timeout", "1e-9", "--processes", "1"])
    assert done.exit_code == 1


# ------------------------------------------------------------------ known violations


def recorded(case, **more):
    why = {"es": "x", "pt": "x", "en": "x"}
    return Property(
        key="act.asked", names=NAMES, states=no_cliff(Person.wage, HOME, above=1), on=(MONTH,),
        violation=Violation(case=case, why=why, **more),
    )  # fmt: skip


def test_a_known_violation_is_decided_again():
    case = {"members": [{"id": "ana", "wage": 100}]}
    (known,) = prove(COUNTRY, recorded(case, member="ana", to="100.01"), MONTH)
    assert (known.outcome, breaking([known]).amounts) == (Outcome.KNOWN, (200, 0))
    assert not known.outcome.failed


def test_a_violation_that_is_none_any_more_is_a_failure():
    case = {"members": [{"id": "ana", "wage": 50}]}
    (mended,) = prove(COUNTRY, recorded(case, member="ana", to="50.01"), MONTH)
    assert mended.outcome is Outcome.MENDED
    assert mended.outcome.failed
    (unknown,) = prove(
        COUNTRY, recorded({"members": [{"id": "ana", "wage": 100}, {"id": "bo"}]}, member="ana", to="100.01"), MONTH
    )
    assert unknown.outcome is Outcome.MENDED


def test_a_violation_on_which_the_law_fails_shows_nothing():
    ratio = act("ratio", Household, Bool, lambda h: h.rent / h.debt <= 1)
    why = {"es": "x", "pt": "x", "en": "x"}
    zero = Violation(case={"household": {"rent": 1, "debt": 0}, "members": [{"id": "ana"}]}, why=why)
    asked = Property(key="act.asked", names=NAMES, states=holds(ratio), on=(MONTH,), violation=zero)
    (mended,) = prove(COUNTRY, asked, MONTH)
    assert mended.outcome is Outcome.MENDED
    assert mended.counterexample is not None
    assert "division by zero" in mended.counterexample.error


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"member": "ann", "to": "100.01"}, "no member is called 'ann'"),
        ({"to": "100.01"}, "say of which member it moves"),
        ({"member": "ana", "to": 100}, "it must be 1/100 higher"),
        ({"member": "ana", "to": 101}, "it must be 1/100 higher"),
    ],
)
def test_a_violation_that_cannot_be_read_is_a_sentence(more, sentence):
    with pytest.raises(PolicyError, match=sentence):
        prove(COUNTRY, recorded({"members": [{"id": "ana", "wage": 100}]}, **more), MONTH)


# ------------------------------------------------------------------ the shipped programmes

SHIPPED = [(c, p) for c in countries().values() for p in c.programmes]


@pytest.mark.parametrize(("country", "programme_"), SHIPPED, ids=[p.key for _, p in SHIPPED])
def test_what_a_programme_guarantees_to_households_of_two(country, programme_):
    """The fast form: the latest month of each property; `amparo prove` proves each month to its stated size."""
    assert programme_.properties
    last = {t.property: t for t in tasks(country, [programme_])}
    for task, answer in run(list(last.values()), members=2):
        assert not isinstance(answer, ParameterError), f"{task.property.key}: {answer}"
        for each in answer:
            assert not each.outcome.failed, f"{task.property.key}, {each.size}: {each.outcome} {each.counterexample}"


@pytest.mark.parametrize(("country", "programme_"), SHIPPED, ids=[p.key for _, p in SHIPPED])
def test_properties_are_stated_whole(country, programme_):
    for asked in programme_.properties:
        assert asked.key.startswith(f"{programme_.key}.")
        assert asked.members >= LEAST_SIZE
        assert all(asked.names.get(code, "").strip() for code in ("es", "pt", "en")), asked.key
        if asked.violation:
            assert len(asked.on) == 1
            assert all(asked.violation.why.get(code, "").strip() for code in ("es", "pt", "en")), asked.key
    keys = [q.key for p in country.programmes for q in p.properties]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("key", "figure", "to"),
    [
        ("bolsa_familia.six_hundred", "bolsa_familia.household_floor", 599),
        ("bolsa_familia.three_hundred", "bolsa_familia.protection_share", "49/100"),
        ("bolsa_familia.benefit_in_other_words", "bolsa_familia.early_childhood_amount", 149),
        ("suf.poor_child", "suf.rsh_limit", 59),
        ("pension_solidaria.old_and_poor", "pension_solidaria.old_age", 66),
        ("subsidio_discapacidad.minors_only", "subsidio_discapacidad.rsh_limit", 61),
        ("salario_familia.child_of_a_low_wage", "salario_familia.child_age", 13),
    ],
)
def test_a_figure_that_is_wrong_by_one_is_found(key, figure, to):
    country = next(c for c, p in SHIPPED if p.key == key.split(".")[0])
    asked = next(q for p in country.programmes for q in p.properties if q.key == key)
    month = asked.on[-1]
    parameter = next(p for p in country.on(month).parameters if p.key == figure)
    wrong = replace(country, changes=(replace(set_to(_symbol(parameter), 1), figure=Fraction(to)),))
    assert breaking(prove(wrong, asked, month, members=3)).decision is not None


def _symbol(parameter):
    from amparo.expr.symbols import wrap

    return wrap(_param(parameter))


def _param(parameter):
    from amparo.expr.node import node

    return node(Op.PARAM, (), parameter.type, Entity.SCALAR, parameter)


def test_an_exclusion_that_is_dropped_is_found():
    chile = find_country("chile")
    asked = next(q for q in chile.programme("subsidio_discapacidad").properties if q.states.kind == "no_overlap")
    kept = tuple(e for e in chile.exclusions if e.key != "subsidio_discapacidad.no_family_subsidy")
    last = prove(replace(chile, exclusions=kept), asked, asked.on[-1], members=2)[-1]
    assert last.outcome is Outcome.BROKEN


@pytest.mark.parametrize(("key", "amounts"), [("bolsa_familia.no_cliff", (600, 0)), ("bpc.no_cliff", (1518, 0))])
def test_the_cliffs_of_the_law_are_found_by_the_solver_too(key, amounts):
    brasil = find_country("brasil")
    asked = copy(next(q for p in brasil.programmes for q in p.properties if q.key == key))
    object.__setattr__(asked, "violation", None)
    assert breaking(prove(brasil, asked, asked.on[0])).amounts == amounts


# ------------------------------------------------------------------ the command


def test_two_processes_answer_as_one():
    chile = find_country("chile")
    asked = tasks(chile, [chile.programme("suf"), chile.programme("bono_invierno")], on=date(2025, 5, 1))
    one, two = (run(asked, members=2, processes=n) for n in (1, 2))

    def told(answers):
        return [(t.property.key, [(r.size, r.outcome) for r in a]) for t, a in answers]

    assert told(one) == told(two)


def test_the_command_prints_json():
    words = ["prove", "suf", "--on", "2025-10", "--members", "1", "--processes", "1", "--json"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {p["property"] for p in found["properties"]} >= {"suf.never_both", "suf.no_cliff"}
    known = next(p for p in found["properties"] if p["property"] == "suf.no_cliff")
    assert known["counterexample"]["moves"] == {"input": "rsh_bracket", "member": None, "to": 61}
    assert len(found["assumed"]) == 6


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_command_shows_a_table_and_the_known_household(language):
    words = ["prove", "bono_invierno", "--on", "2025-05", "--members", "1", "--processes", "1", "--lang", language]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "✓" in done.output
    assert "!" in done.output
    assert "81" in done.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["suff"], "there is no programme 'suff'. Did you mean 'suf'?"),
        (["suf", "--property", "never"], "no property is called 'never'."),
        (["suf", "--on", "2025-13"], "'2025-13' is no month"),
        (["suf", "--on", "1990-01"], "no programme asked for has law in force in 1990-01"),
        (["suf", "--on", "2022-03", "--property", "never_both"], "first_limit is unknown on 2022-03-01"),
        (["suf", "--members", "-1"], "--members, --processes and --timeout are positive"),
    ],
)
def test_a_question_that_makes_no_sense_is_a_sentence(words, sentence):
    done = CliRunner().invoke(app, ["prove", *words, *([] if "--members" in words else ["--processes", "1"])])
    assert done.exit_code == 1
    assert sentence in str(done.exception)


def test_without_the_solver_there_is_a_sentence():
    script = "import sys; sys.modules['z3'] = None; sys.argv = ['amparo', 'prove', 'suf']; from amparo.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'amparo[prove]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_property_states_a_month_and_a_size():
    with pytest.raises(PolicyError, match="names no month"):
        Property(key="act.asked", names=NAMES, states=at_most(reais(1), CHILD), on=())
    with pytest.raises(PolicyError, match="the least is 4"):
        Property(key="act.asked", names=NAMES, states=at_most(reais(1), CHILD), on=(MONTH,), members=3)
    with pytest.raises(PolicyError, match="all be of persons, or all of households"):
        no_overlap(CHILD, HOME)
    with pytest.raises(PolicyError, match="no smallest step"):
        no_cliff(Person.score, CHILD, above=1)
    with pytest.raises(PolicyError, match="only a number, or a yes, can rise"):
        monotone_in(Person.born, CHILD)
    with pytest.raises(PolicyError, match="a marginal rate is of money"):
        marginal_rate_at_most("0.5", Person.age, CHILD, step=1)
    with pytest.raises(PolicyError, match="can be the same only if entity and type are"):
        same_as(home_pay, CHILD)


def test_the_page_says_what_is_declared():
    page = (ROOT / "docs/explanation/what-a-proof-means.md").read_text(encoding="utf-8")
    for country, programme_ in SHIPPED:
        sizes = Counter(q.members for q in programme_.properties if not q.violation)
        proved = ", ".join(f"{sizes[n]} to {n}" for n in sorted(sizes, reverse=True))
        broken = [f"`{q.key.partition('.')[2]}`" for q in programme_.properties if q.violation]
        row = f"| `{country.key}/{programme_.key}` | {proved} | {', '.join(broken) or 'none'} |"
        assert row in page, f"what-a-proof-means.md must say: {row}"
    for assumed in ASSUMED:
        assert f"- {assumed['en']}" in page
