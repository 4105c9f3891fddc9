"""What the kernel compiles, keeps, refuses and computes again."""

import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.execute.agreement import compare
from tests.execute.random_programmes import households, programme
from tests.execute.small_law import BRL, LAW, Household, Person, edition_of, people

from amparo.errors import ExecutionError, ParameterError, PolicyError, PopulationError, TypeMismatchError
from amparo.execute.kernel import Kernel
from amparo.expr import Bool, Category, Count, Money, Number, Op, percent, rule, value, when
from amparo.expr import parameters as parameter
from amparo.expr.symbols import amount
from amparo.population.table import NOBODY, OUTSIDE, UNKNOWN, Population

ADULT = parameter.count("kernel.adult", value("2016-01-01", 18, "the Act"))
FLOOR = parameter.money("kernel.floor", BRL, value("2016-01-01", 600, "the Act"))
RATE = parameter.number("kernel.rate", value("2016-01-01", Fraction(3, 10), "the Act"))
FEE = parameter.money("kernel.fee", BRL, value("2016-01-01", 10, "the Act"))


@rule(source=LAW.article("1"), key="kernel.topup")
def topup(household: Household) -> Money:
    """What wages lack to the floor."""
    return (FLOOR - household.members.sum(household.members.wage)).at_least(0)


@rule(source=LAW.article("2"), key="kernel.tax")
def tax(person: Person) -> Money:
    """A share of an adult's wage."""
    return when(person.age >= ADULT, (person.wage * RATE).rounded_down("0.01"), otherwise=0)


@rule(source=LAW.article("2"), key="kernel.other_tax")
def other_tax(person: Person) -> Money:
    """A share of everybody's wage, rounded up."""
    return (person.wage * RATE).rounded_up(1)


@rule(source=LAW.article("3"), key="kernel.fees")
def fees(household: Household) -> Money:
    """A fee for each dwelling, of what tax is not."""
    return FEE + household.members.sum(tax(household.members))


EDITION = edition_of(topup, tax, fees)
POPULATION = people([{"age": 40, "wage": 100.01}, {"age": 17, "wage": 33}], [], [{"age": 18, "wage": 1000}])


def parameter_named(key):
    return next(p for p in EDITION.parameters if p.key == key)


# compiling -------------------------------------------------------------------------------------------------------------


def compiled(edition, cache, population=POPULATION):
    """How many functions a fresh kernel compiled, and how many it has."""
    code = Kernel(edition, cache=cache).bind(population).compiled
    return code.code.compiled, len({f.name for f in code.functions}) + 1


def test_a_second_kernel_compiles_nothing(tmp_path):
    first, functions = compiled(EDITION, tmp_path)
    assert first == functions > 3
    assert compiled(EDITION, tmp_path)[0] == 0


def test_another_process_compiles_nothing_either(tmp_path):
    """Nothing in the text may hang on the order of a set."""
    program = (
        "from pathlib import Path; from tests.execute.test_kernel import *; "
        f"print(compiled(EDITION, Path({str(tmp_path)!r}))[0])"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2", "3")
    ]
    assert int(said[0]) > 3
    assert said[1:] == ["0", "0"]


def test_one_changed_rule_compiles_only_its_function_and_the_driver(tmp_path):
    functions = compiled(edition_of(topup, tax), tmp_path)[1]
    assert compiled(edition_of(topup, other_tax), tmp_path)[0] == 2 < functions


def test_moving_a_parameter_compiles_nothing(tmp_path):
    compiled(EDITION, tmp_path)
    moved = EDITION.with_figure(parameter_named("kernel.floor"), Fraction("700.5"))
    assert compiled(moved, tmp_path)[0] == 0
    result = Kernel(moved, cache=tmp_path).run(POPULATION)
    assert result.outputs["kernel.topup"].tolist() == [70050 - 13301, 70050, 0]


def test_moving_a_session_s_figure_compiles_nothing(cache):
    session = Kernel(EDITION, cache=cache).session(POPULATION, parameter_named("kernel.rate"))
    before = session.bound.compiled
    session.move(Fraction(1, 4))
    assert session.bound.compiled is before


def test_a_truncated_object_file_is_compiled_again(tmp_path):
    expected = Kernel(EDITION, cache=tmp_path).run(POPULATION).outputs
    files = sorted(tmp_path.glob("*.o"))
    for i, each in enumerate(files):
        content = each.read_bytes()
        each.write_bytes((b"", content[: len(content) // 2], content[:-1], content[:70] + b"\0" + content[71:])[i % 4])
    code = Kernel(EDITION, cache=tmp_path).bind(POPULATION).compiled.code
    assert code.compiled == len(files)
    again = Kernel(EDITION, cache=tmp_path)
    assert again.bind(POPULATION).compiled.code.compiled == 0
    for name, array in again.run(POPULATION).outputs.items():
        assert (array == expected[name]).all()


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path):
    (tmp_path / "file").write_text("no folder")
    kernel = Kernel(EDITION, cache=tmp_path / "file" / "kernels")
    assert kernel.run(POPULATION).outputs["kernel.fees"].tolist() == [1000 + 3000, 1000, 1000 + 30000]


def test_a_cache_folder_without_write_permission_is_read(tmp_path):
    compiled(EDITION, tmp_path)
    tmp_path.chmod(0o555)
    try:
        assert compiled(EDITION, tmp_path)[0] == 0
        assert compiled(edition_of(topup, other_tax), tmp_path)[0] > 0
    finally:
        tmp_path.chmod(0o755)


def test_progress_counts_the_functions(tmp_path):
    told = []
    Kernel(EDITION, cache=tmp_path, progress=lambda *each: told.append(each)).run(POPULATION)
    assert told == [(i + 1, len(told)) for i in range(len(told))]


# outputs -----------------------------------------------------------------------------------------------------------------


def test_only_the_requested_outputs_are_computed(cache):
    kernel = Kernel(EDITION, ["kernel.topup"], cache=cache)
    assert list(kernel.run(POPULATION).outputs) == ["kernel.topup"]
    assert "input:age" not in map(str, kernel.bind(POPULATION).compiled.driver.columns)
    bare = Population(POPULATION.offsets, {"wage": POPULATION.persons["wage"]})
    assert kernel.run(bare).outputs["kernel.topup"].tolist() == [60000 - 13301, 60000, 0]


def test_one_thread_and_two_give_the_same():
    drawn = programme(random.Random(5), rules=4)
    population, states = households(drawn, np.random.default_rng(5), 9000)
    kernel = Kernel(drawn.edition)
    one, two = (kernel.run(population, states=states, threads=t) for t in (1, 2))
    assert one.doubtful == two.doubtful
    for name, array in one.outputs.items():
        assert np.array_equal(array, two.outputs[name])


def test_a_population_of_nobody_gives_nothing(cache):
    result = Kernel(EDITION, cache=cache).run(people())
    assert result.outputs["kernel.topup"].shape == (0,)
    assert Kernel(EDITION, cache=cache).run(people([], [])).outputs["kernel.topup"].tolist() == [60000, 60000]


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", ">i4", "int64", "uint64", "float32", "float64", ">f8"])
def test_a_column_of_any_number_type_gives_the_same(dtype, cache):
    edition = edition_of(tax)
    population = people([{"age": 40, "wage": 1.01}], [{"age": 17, "wage": 1}])
    held = population.with_columns(persons={"wage": population.persons["wage"].astype(dtype)})
    assert Kernel(edition, cache=cache).run(held).outputs["kernel.tax"].tolist() == [30, 0]


def test_yes_and_no_may_be_stored_as_wide_numbers(cache):
    @rule(source=LAW.article("4"), key="kernel.disabled")
    def disabled(person: Person) -> Bool:
        """Whether disabled."""
        return ~person.disabled

    population = people([{"disabled": True}, {"disabled": False}, {"disabled": True}])
    for dtype in ("bool", "int8", "int64", "float64"):
        held = population.with_columns(persons={"disabled": population.persons["disabled"].astype(dtype)})
        got = Kernel(edition_of(disabled), cache=cache).run(held).outputs["kernel.disabled"]
        assert got.dtype == np.bool_
        assert got.tolist() == [False, True, False]
    with pytest.raises(PopulationError, match="must hold yes or no"):
        Kernel(edition_of(disabled), cache=cache).run(
            population.with_columns(persons={"disabled": np.array([0, 2, 1])})
        )


def test_a_category_that_is_decided_exactly_comes_back_as_its_position(cache):
    @rule(source=LAW.article("4"), key="kernel.status_of_partner")
    def status_of_partner(person: Person) -> Category:
        """The partner's status, one's own when there is nobody."""
        return person.partner.get(lambda partner: partner.status, nobody="widowed")

    edition = edition_of(status_of_partner)
    population = people([{"partner": 1}, {"status": "couple"}, {}])
    assert Kernel(edition, cache=cache).run(population).outputs["kernel.status_of_partner"].tolist() == [1, 2, 2]
    unsure = population.with_columns(known={"status": np.array([False, True, True])})
    result = Kernel(edition, cache=cache).run(unsure, unknown="decide")
    assert result.doubtful == 1
    assert result.outputs["kernel.status_of_partner"].tolist() == [1, 2, 2]


# sessions ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_a_session_equals_a_full_run_for_every_figure(seed, cache):
    drawn = programme(random.Random(seed), rules=4)
    population, states = households(drawn, np.random.default_rng(seed), 120)
    kernel = Kernel(drawn.edition, cache=cache)
    for each in kernel.edition.parameters:
        session = kernel.session(population, each, states=states)
        figure = drawn.edition.figure(each)
        whole = each.type.kind.value in ("count", "months")
        for moved in (figure * 2 + 1, figure, figure if whole else figure + Fraction(1, 3), figure + 1):
            expected = Kernel(drawn.edition.with_figure(each, moved), cache=cache).run(population, states=states)
            got = session.move(moved)
            for name, array in expected.outputs.items():
                assert np.allclose(got.outputs[name], array, rtol=1e-12, atol=1e-6), (each.key, moved, name)


def test_sessions_of_two_figures_do_not_share_code_by_mistake(cache):
    kernel = Kernel(EDITION, cache=cache)
    floor, fee = (kernel.session(POPULATION, parameter_named(k)) for k in ("kernel.floor", "kernel.fee"))
    assert floor.move(0).outputs["kernel.topup"].tolist() == [0, 0, 0]
    assert fee.move(20).outputs["kernel.fees"].tolist() == [5000, 2000, 32000]
    assert floor.move(600).outputs["kernel.topup"].tolist() == [60000 - 13301, 60000, 0]


def test_a_session_keeps_the_states_that_were_carried(cache):
    for seed in range(40):
        drawn = programme(random.Random(seed), rules=3)
        if drawn.edition.parameters and "stock_0" in {s.key for s in drawn.graph.attributes(Op.STATE)}:
            break
    population, states = households(drawn, np.random.default_rng(1), 50)
    kernel = Kernel(drawn.edition, cache=cache)
    figure = drawn.edition.figure(drawn.edition.parameters[0])
    session = kernel.session(population, drawn.edition.parameters[0], states=states)
    got, expected = session.move(figure), kernel.run(population, states=states)
    assert all(np.array_equal(got.outputs[name], array) for name, array in expected.outputs.items())


def test_a_session_on_a_figure_that_no_rule_reads_is_refused(cache):
    alien = parameter.count("kernel.alien", value("2016-01-01", 1, "the Act")).node.attr
    with pytest.raises(PolicyError, match="kernel.alien is read by no rule in 2025-03"):
        Kernel(EDITION, cache=cache).session(POPULATION, alien)


# refusals ----------------------------------------------------------------------------------------------------------------


def with_wage(array):
    return POPULATION.with_columns(persons={"wage": array})


def test_a_household_of_201_members_is_refused(cache):
    assert Kernel(EDITION, cache=cache).run(people([{"age": 40}] * 200)).households == 1
    with pytest.raises(PopulationError, match="a household has 201 members; at most 200"):
        Kernel(EDITION, cache=cache).run(people([{"age": 40}] * 201))


def test_an_unknown_value_is_refused_or_decided(cache):
    known = POPULATION.with_columns(known={"age": np.array([True, False, True])})
    with pytest.raises(PopulationError, match=r"'age' is unknown for 1 of 3 persons, first in household 0: unknown"):
        Kernel(EDITION, cache=cache).run(known)
    assert Kernel(EDITION, ["kernel.topup"], cache=cache).run(known).doubtful == 0
    with pytest.raises(ExecutionError, match="household 0: kernel.tax depends on age of 2: unknown is not zero"):
        Kernel(EDITION, ["kernel.tax"], cache=cache).run(known, unknown="decide")


@pytest.mark.parametrize("stored", [np.nan, 1e300, -1e300])
def test_what_stands_where_a_value_is_unknown_cannot_matter(stored, cache):
    @rule(source=LAW.article("5"), key="kernel.scale")
    def scale(person: Person) -> Number:
        """An equivalence scale of nobody in particular, of adults only."""
        return when(person.wage > 0, person.age.power("0.7"), otherwise=1)

    ages = np.array([4, stored, 1.0])
    population = people([{"wage": 1}], [{"wage": 0}], [{"wage": 1}]).with_columns(
        persons={"age": ages}, known={"age": np.array([True, False, True])}
    )
    result = Kernel(edition_of(scale), cache=cache).run(population, unknown="decide")
    assert result.outputs["kernel.scale"].tolist() == [2.63901582, 1, 1]


def test_a_relation_to_somebody_unknown_or_elsewhere_is_refused_or_decided(cache):
    @rule(source=LAW.article("5"), key="kernel.mother_works")
    def mother_works(person: Person) -> Bool:
        """Whether an adult's mother earns something."""
        return (person.age >= 18) & person.mother.get(lambda mother: mother.wage > 0, nobody=False)

    edition = edition_of(mother_works)
    child = people([{"age": 9, "mother": OUTSIDE}], [{"age": 9, "mother": NOBODY}], [{"age": 20}])
    result = Kernel(edition, cache=cache).run(child)
    assert result.outputs["kernel.mother_works"].tolist() == [False, False, False]
    with pytest.raises(ExecutionError, match="household 0: .* depends on mother of 1, who lives elsewhere"):
        Kernel(edition, cache=cache).run(people([{"age": 20, "mother": OUTSIDE}]))
    with pytest.raises(PopulationError, match="'mother' is unknown for 1 of 1 persons"):
        Kernel(edition, cache=cache).run(people([{"age": 20, "mother": UNKNOWN}]))


@pytest.mark.parametrize("pointer", [1, 2, 50, -4])
def test_a_relation_that_points_at_another_household_is_refused(pointer, cache):
    @rule(source=LAW.article("5"), key="kernel.carers_wage")
    def carers_wage(person: Person) -> Money:
        """What the carer earns."""
        return person.carer.get(lambda carer: carer.wage, nobody=0)

    with pytest.raises(
        PopulationError, match="1 person whose carer points outside the household, first in household 1"
    ):
        Kernel(edition_of(carers_wage), cache=cache).run(people([{}, {}], [{"carer": pointer}], [{}]))


@pytest.mark.parametrize(
    ("wages", "sentence"),
    [
        ([10001, -50001, 10000], r"1 person whose wage is outside -500 to 20000000, first in household 0 \(-50001\)"),
        ([1, 2, 2**41], r"1 person whose wage is outside .* first in household 2"),
        (
            [1.5, 2.0, 0.5],
            r"2 persons whose wage is no whole number of the smallest unit, first in household 0 \(1.5\)",
        ),
        ([1.0, 2.0, np.nan], r"1 person whose wage is outside .* first in household 2 \(nan\)"),
        (["1", "2", "3"], "column 'wage' must hold numbers, not <U1"),
    ],
)
def test_values_that_a_declared_input_cannot_have_are_refused(wages, sentence, cache):
    with pytest.raises(PopulationError, match=sentence):
        Kernel(EDITION, cache=cache).run(with_wage(np.array(wages)))


def test_a_missing_column_is_named(cache):
    bare = Population(POPULATION.offsets, {"wage": POPULATION.persons["wage"]})
    with pytest.raises(PopulationError, match="the population has no input 'age', which the rules read; map it"):
        Kernel(EDITION, cache=cache).run(bare)


def test_a_division_by_zero_names_household_rule_member_and_line(cache):
    @rule(source=LAW.article("6"), key="kernel.per_hour")
    def per_hour(person: Person) -> Money:
        """Wage per hour."""
        return person.wage / person.hours

    edition = edition_of(per_hour)
    population = people([{"hours": 1, "wage": 2}], [{"hours": 4, "wage": 2}, {"hours": 0, "wage": 0}])
    with pytest.raises(
        ExecutionError,
        match=r"household 1: kernel.per_hour \(test_kernel.py:\d+\) failed for member 2: division by zero",
    ):
        Kernel(edition, cache=cache).run(population)
    assert Kernel(edition, cache=cache).run(population.slice(0, 1)).outputs["kernel.per_hour"].tolist() == [200]


def test_a_division_by_a_constant_zero_is_an_error_too(cache):
    @rule(source=LAW.article("6"), key="kernel.never")
    def never(person: Person) -> Money:
        """Nothing sensible."""
        return when(person.hours > 0, person.wage / 0, otherwise=0)

    with pytest.raises(ExecutionError, match="division by zero"):
        Kernel(edition_of(never), cache=cache).run(people([{"hours": 1}]))
    assert Kernel(edition_of(never), cache=cache).run(people([{"hours": 0}])).outputs["kernel.never"].tolist() == [0]


def test_a_guarded_division_by_zero_is_no_error(cache):
    @rule(source=LAW.article("6"), key="kernel.guarded")
    def guarded(person: Person) -> Money:
        """Wage per hour of those who work."""
        return when(person.hours > 0, person.wage / person.hours, otherwise=amount(7, BRL)).rounded_down("0.01")

    found = compare(edition_of(guarded), people([{"hours": 0, "wage": 5}, {"hours": 3, "wage": 5}], []), {}, cache)
    assert not found.differences


def test_a_power_outside_its_table_is_refused(cache):
    @rule(source=LAW.article("7"), key="kernel.power")
    def power(person: Person) -> Number:
        """Hours and age to the power of seven tenths."""
        return (person.hours + person.age * 2 - 5).power("0.7")

    for row in ({"age": 0, "hours": 0}, {"age": 103, "hours": 0}):
        with pytest.raises(ExecutionError, match="to a power is outside the table of 0 to 200"):
            Kernel(edition_of(power), cache=cache).run(people([row]))
    population = people([{"age": 3, "hours": 3}])
    assert Kernel(edition_of(power), cache=cache).run(population).outputs["kernel.power"].tolist() == [2.63901582]


def test_two_figures_of_one_key_are_refused(cache):
    first, second = (
        parameter.money("kernel.twin", BRL, value("2016-01-01", figure, "the Act")) for figure in (100, 200)
    )

    @rule(source=LAW.article("8"), key="kernel.twins")
    def twins(household: Household) -> Money:
        """Both."""
        return (household.rent - first).at_least(0) + (household.rent - second).at_least(0)

    with pytest.raises(PolicyError, match=r"two figures of nowhere are called 'kernel\.twin'"):
        Kernel(edition_of(twins), cache=cache)


def test_categories_without_a_name_in_common_cannot_be_compared(cache):
    with pytest.raises(TypeMismatchError):

        @rule(source=LAW.article("8"), key="kernel.category")
        def category(person: Person) -> Bool:
            """Whether a status is a zone."""
            return person.status == person.household.zone

        Kernel(edition_of(category), cache=cache)


def test_a_figure_too_large_to_be_exact_is_refused(cache):
    huge = parameter.money("kernel.huge", BRL, value("2016-01-01", 2**40, "the Act"))

    @rule(source=LAW.article("9"), key="kernel.below")
    def below(household: Household) -> Bool:
        """Whether rent is below."""
        return household.rent < huge

    with pytest.raises(ParameterError, match="kernel.huge = .* is too large"):
        Kernel(edition_of(below), cache=cache).run(people([{}]))


def test_a_figure_unknown_in_the_month_is_refused(cache):
    unknown = parameter.money("kernel.unknown", BRL, value("2016-01-01", None, "the Act"))

    @rule(source=LAW.article("9"), key="kernel.uses_unknown")
    def uses_unknown(household: Household) -> Money:
        """Rent up to a cap."""
        return household.rent.at_most(unknown)

    with pytest.raises(ParameterError, match="kernel.unknown is unknown on 2025-03-01"):
        Kernel(edition_of(uses_unknown), cache=cache).run(people([{}]))


def test_counts_and_shares_meet_in_one_rule(cache):
    @rule(source=LAW.article("9"), key="kernel.share")
    def share(household: Household) -> Count:
        """How many earn over half of the largest wage."""
        members = household.members
        return members.count(members.wage > household.members.largest(members.wage, nobody=0) * percent(50))

    population = people([{"wage": 10}, {"wage": 5}, {"wage": 5.01}], [], [{"wage": -10}, {"wage": -20}])
    got = Kernel(edition_of(share), cache=cache).run(population).outputs["kernel.share"]
    assert got.tolist() == [2, 0, 0]
