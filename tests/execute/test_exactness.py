"""What float64 may get wrong is known before the run, and the rows where it could are decided exactly."""

import math
from fractions import Fraction

import numpy as np
import pytest
from tests.execute.agreement import compare
from tests.execute.small_law import BRL, LAW, Household, Person, edition_of, people

from amparo.errors import ExecutionError
from amparo.execute.kernel import Kernel
from amparo.execute.kernel.codegen.program import EXACT, ROUNDOFF, SMALL, Extent, Program, extents
from amparo.execute.kernel.codegen.tolerance import figure_bound
from amparo.expr import Bool, Count, Money, Number, percent, rule, value, when
from amparo.expr import parameters as parameter
from amparo.expr.symbols import amount


def law(text, kind, *figures):
    make = getattr(parameter, kind)
    first = (BRL,) if kind == "money" else ()
    return [make(f"{text}.{i}", *first, value("2016-01-01", f, "the Act")) for i, f in enumerate(figures)]


def tolerances(program, leaves):
    found = {}
    bounds = extents(program, lambda made: leaves[made.attr], found.__setitem__)
    return found, bounds


def watched(edition, population, cache):
    """Operations that own a tolerance at these figures: instruction → how close is in doubt."""
    tied = Kernel(edition, cache=cache).bind(population)
    loops, slots = tied.compiled.loops, tied.compiled.driver.slots
    pairs = zip(slots, tied._tol, strict=False)
    return {(f, loops[f].program.instructions[i].op): float(t) for (f, i), t in pairs if t >= 0}


# the static pass -------------------------------------------------------------------------------------------------------


def test_whole_numbers_stay_exact_below_2_to_the_53():
    program = Program()
    a, b = (program.put("load", attr=k) for k in "ab")
    product = program.put("fmul", a, b)
    less = program.put("lt", product, a, flag=True)
    small, bounds = tolerances(program, {"a": Extent(0, 2.0**30), "b": Extent(0, 2.0**22)})
    assert small == {less: -1.0}
    assert bounds[product].whole
    large, _ = tolerances(program, {"a": Extent(0, 2.0**30), "b": Extent(0, 2.0**24)})
    assert large[less] > 0


def test_a_quotient_of_small_whole_numbers_rounds_right_and_one_of_large_ones_may_not():
    for mode in ("floor", "ceil", "roundeven"):
        program = Program()
        a, b = (program.put("load", attr=k) for k in "ab")
        whole = program.put(mode, program.put("fdiv", a, b))
        assert tolerances(program, {"a": Extent(0, 2.0**40), "b": Extent(1, 2.0**20)})[0] == {whole: -1.0}
        assert tolerances(program, {"a": Extent(0, 2.0**53), "b": Extent(1, 2.0**20)})[0][whole] > 0


def test_every_rounding_of_a_quotient_said_to_be_exact_is_exact():
    """Whole numbers whose sum is just below 2^52, next to a multiple or a half: the worst that the pass lets through."""
    draw = np.random.default_rng(0)
    for _ in range(3000):
        divisor = int(draw.integers(1, 2 ** int(draw.integers(1, 40))))
        near = int(draw.integers(0, (2**52 - 2 * divisor) // divisor)) * divisor
        top = max(0, near + int(draw.integers(-1, 2)) + int(draw.integers(0, 2)) * (divisor // 2))
        assert top + divisor < EXACT / 2 + divisor
        quotient = np.float64(top) / np.float64(divisor)
        exact = Fraction(top, divisor)
        assert (np.floor(quotient), np.ceil(quotient), np.rint(quotient)) == (
            math.floor(exact), math.ceil(exact), round(exact),
        )  # fmt: skip


def test_a_sum_of_quotients_has_an_error_and_a_tolerance():
    program = Program()
    a, b = (program.put("load", attr=k) for k in "ab")
    total = program.put("fadd", program.put("fdiv", a, b), program.put("fdiv", b, a))
    whole = program.put("floor", total)
    found, bounds = tolerances(program, {"a": Extent(1, 1000), "b": Extent(1, 1000)})
    assert bounds[total].error >= 2000 * ROUNDOFF
    assert found[whole] > bounds[total].error


def test_an_error_that_is_no_number_leaves_every_row_in_doubt():
    program = Program()
    a = program.put("load", attr="a")
    product = program.put("fmul", program.put("fmul", a, a), a)
    less = program.put("lt", product, a, flag=True)
    found, _ = tolerances(program, {"a": Extent(-1e200, 1e200, 1e200, whole=False)})
    assert not found[less] < 0


def test_a_whole_constant_that_float64_cannot_hold_carries_its_error():
    program = Program()
    exact, near = program.const(2**53 - 1), program.const(2**60 + 1)
    _, bounds = tolerances(program, {})
    assert bounds[exact] == Extent(2.0**53 - 1, 2.0**53 - 1)
    assert bounds[near].error >= 1
    assert not bounds[near].whole


def test_a_divisor_that_is_no_whole_number_is_in_doubt_near_zero():
    program = Program()
    b = program.put("load", attr="b")
    zero = program.put("zero", b, flag=True)
    assert tolerances(program, {"b": Extent(0, 10, 0.0, whole=False)})[0] == {zero: SMALL}
    assert tolerances(program, {"b": Extent(0, 10, 1.0, whole=False)})[0] == {zero: 2.0}
    assert tolerances(program, {"b": Extent(0, 10)})[0] == {zero: -1.0}
    assert tolerances(program, {"b": Extent(10, 20, 0.5, whole=False)})[0] == {zero: -1.0}


def test_a_figure_is_whole_on_its_scale_or_carries_its_error():
    (share,) = law("exact.share", "number", Fraction(65, 100))
    declared = share.node.attr
    _, on_grid = figure_bound(declared, Fraction(66, 100), 2)
    assert (on_grid.error, on_grid.whole) == (0.0, True)
    held, off_grid = figure_bound(declared, Fraction(2, 3), 2)
    assert off_grid.error > 0
    assert abs(Fraction(held) - Fraction(2, 3) * 100) <= Fraction(off_grid.error)


@pytest.mark.parametrize("op", ["fadd", "fsub", "fmul", "fdiv", "fmin", "fmax"])
def test_the_error_of_every_operation_is_at_least_the_true_one(op):
    """Axiom: for operands that are off by their error, the float result is off by no more than its bound."""
    draw = np.random.default_rng(7)
    exactly = {
        "fadd": lambda x, y: x + y, "fsub": lambda x, y: x - y, "fmul": lambda x, y: x * y,
        "fdiv": lambda x, y: x / y, "fmin": min, "fmax": max,
    }[op]  # fmt: skip
    for _ in range(400):
        program = Program()
        result = program.put(op, *(program.put("load", attr=k) for k in "ab"))
        low = draw.uniform(1, 1000, 2)
        high = low * draw.uniform(1, 1000, 2)
        error = low * 10 ** draw.uniform(-16, -3, 2) * draw.integers(0, 2, 2)
        leaves = {k: Extent(low[i], high[i], error[i], whole=False) for i, k in enumerate("ab")}
        _, bounds = tolerances(program, leaves)
        true = [Fraction(draw.uniform(low[i], high[i])) for i in range(2)]
        held = [np.float64(float(true[i] + Fraction(error[i]) * int(draw.integers(-1, 2)))) for i in range(2)]
        if any(abs(Fraction(float(h)) - t) > Fraction(e) for h, t, e in zip(held, true, error, strict=True)):
            continue  # the sum of value and error was itself rounded up
        got = Fraction(float(exactly(*held)))
        assert abs(got - exactly(*true)) <= Fraction(bounds[result].error)


# rules -----------------------------------------------------------------------------------------------------------------


def test_a_benefit_that_tapers_between_two_limits_is_never_in_doubt(cache):
    """As a pension that falls from a maximum at the lower limit to nothing at the upper one, rounded down."""
    most, lower, upper = law("exact.taper", "money", 214_296, 729_764, 1_158_355)

    @rule(source=LAW.article("1"), key="exact.tapered")
    def tapered(person: Person) -> Money:
        """The maximum times what is left of the way to the upper limit."""
        left = (upper - person.wage) / (upper - lower)
        return (most * left.at_most(1)).at_least(0).rounded_down(1)

    edition = edition_of(tapered)
    steps = [{"wage": 729_764 + Fraction(428_591 * i, 2000).__floor__() + d} for i in range(2001) for d in (0, 1)]
    population = people(*([step] for step in steps))
    assert watched(edition, population, cache) == {}
    found = compare(edition, population, {}, cache)
    assert not found.differences
    assert found.doubtful == 0


def test_income_per_head_against_a_line_is_never_in_doubt(cache):
    (line,) = law("exact.line", "money", 218)

    @rule(source=LAW.article("1"), key="exact.poor")
    def poor(household: Household) -> Bool:
        """Income per head up to the line."""
        members = household.members
        return members.sum(members.wage) / members.count() <= line

    homes = [[{"wage": Fraction(218 * n * 100 + d, 100)}, *[{}] * (n - 1)] for n in range(1, 13) for d in (-1, 0, 1)]
    population, edition = people(*homes), edition_of(poor)
    assert watched(edition, population, cache) == {}
    got = Kernel(edition, cache=cache).run(population)
    assert got.outputs["exact.poor"].tolist() == [True, True, False] * 12
    assert got.doubtful == 0


def sum_of_parts():
    @rule(source=LAW.article("2"), key="exact.parts")
    def parts(household: Household) -> Money:
        """Each member's wage over their hours, together, whole cents only."""
        members = household.members
        return members.sum(members.wage / members.hours).rounded_down("0.01")

    return edition_of(parts)


def wrong_in_float():
    """Cents, hours and members for which the float64 sum of equal parts of a whole amount falls below it."""
    for hours in range(3, 50):
        for cents in range(hours, 4000, hours - 1):
            total = np.float64(0)
            for _ in range(hours):
                total += np.float64(cents) / hours
            if math.floor(total) != cents:
                return cents, hours
    raise AssertionError("float64 has become exact")


def test_a_sum_of_quotients_that_float64_gets_wrong_by_a_cent_is_decided_exactly(cache):
    cents, hours = wrong_in_float()
    parts = np.full(hours, cents) / hours
    total = np.float64(0)
    for each in parts:
        total += each
    assert math.floor(total) == cents - 1  # what a plain float64 engine pays
    home = [{"wage": Fraction(cents, 100), "hours": hours}] * hours
    population = people(home, [{"wage": 10, "hours": 3}])
    edition = sum_of_parts()
    assert watched(edition, population, cache)
    result = Kernel(edition, cache=cache).run(population)
    assert result.outputs["exact.parts"].tolist() == [cents, 333]
    assert result.doubtful == 1


def test_rows_far_from_the_next_cent_are_not_in_doubt(cache):
    population = people(*[[{"wage": w, "hours": 7}, {"wage": w + 1, "hours": 11}] for w in range(1, 400)])
    result = Kernel(sum_of_parts(), cache=cache).run(population)
    whole = sum(1 for w in range(1, 400) if (w * 1100 + (w + 1) * 700) % 77 == 0)
    assert result.doubtful == whole < 10


def test_a_share_moved_to_one_third_is_compared_exactly(cache):
    """One third is on no decimal grid: the moved figure itself is inexact, and rows at the threshold are decided."""
    (share,) = law("exact.moved", "number", Fraction(3, 10))

    @rule(source=LAW.article("3"), key="exact.third")
    def third(person: Person) -> Bool:
        """Whether the share of the wage reaches ten."""
        return person.wage * share >= amount(10, BRL)

    edition = edition_of(third)
    population = people([{"wage": Fraction("29.99")}, {"wage": 30}, {"wage": Fraction("30.01")}])
    session = Kernel(edition, cache=cache).session(population, share.node.attr)
    for result in (
        session.move(Fraction(1, 3)),
        Kernel(edition.with_figure(share.node.attr, Fraction(1, 3)), cache=cache).run(population),
    ):
        assert result.outputs["exact.third"].tolist() == [False, True, True]
        assert result.doubtful == 1
    assert session.move(Fraction(4, 10)).doubtful == 0


def test_a_share_moved_to_two_more_decimals_than_the_laws_leaves_nobody_in_doubt(cache):
    """The law says tenths; at a scale of thousandths the moved share is whole again, and so is every half cent."""
    (share,) = law("exact.finer", "number", Fraction(3, 10))

    @rule(source=LAW.article("3"), key="exact.part")
    def part(person: Person) -> Money:
        """A share of the wage in whole cents."""
        return (person.wage * share).rounded_half_up("0.01")

    edition = edition_of(part)
    wages = [Fraction(cents, 100) for cents in range(2000)]
    population = people(*[[{"wage": w}] for w in wages])
    session = Kernel(edition, cache=cache).session(population, share.node.attr)
    for moved in (Fraction("0.325"), Fraction("0.3"), Fraction("0.775")):
        result = session.move(moved)
        assert result.outputs["exact.part"].tolist() == [math.floor(100 * w * moved + Fraction(1, 2)) for w in wages]
        assert result.doubtful == 0


def test_a_state_with_parts_of_a_cent_is_rounded_right(cache):
    """Declared amounts are whole cents; a carried amount need not be, and then its rounding is watched."""
    from amparo.expr.rules import state

    pot = state("exact.pot", Household, Money, initial=0, currency=BRL)

    @pot.next
    @rule(source=LAW.article("4"), key="exact.pot_next")
    def following(household: Household) -> Money:
        """A third stays."""
        return pot(household) / 3

    @rule(source=LAW.article("4"), key="exact.pot_paid")
    def paid(household: Household) -> Money:
        """Ten times the pot in whole cents."""
        return (pot(household) * percent(110)).rounded_half_up("0.01")

    held = np.array([100 / 3, 5 / 1.1, 10.0, np.nextafter(5, 0)])
    found = compare(edition_of(paid), people([], [], [], []), {"exact.pot": held}, cache)
    assert not found.differences


def test_a_division_by_nearly_nothing_is_decided_exactly(cache):
    @rule(source=LAW.article("5"), key="exact.inverse")
    def inverse(household: Household) -> Number:
        """One over the index, in whole thousands."""
        return (household.index * 0 + 1) / household.index

    @rule(source=LAW.article("5"), key="exact.whole_inverse")
    def whole_inverse(household: Household) -> Number:
        """One over the index, whole."""
        return inverse(household).rounded_half_even(1)

    indices = [1e-3, 0.3, 2.0**-30, 1e-9, 7.0, 1 / 3, 0.4, 2.0**-10]
    population = people(*[[] for _ in indices]).with_columns(households={"index": np.array(indices)})
    found = compare(edition_of(whole_inverse, inverse), population, {}, cache)
    assert not found.differences
    with pytest.raises(ExecutionError, match="division by zero"):
        Kernel(edition_of(inverse), cache=cache).run(people([]))


def test_a_result_too_large_for_any_amount_is_refused_with_a_sentence(cache):
    @rule(source=LAW.article("5"), key="exact.giant")
    def giant(household: Household) -> Number:
        """A thousand over the index, eight times over."""
        once = (household.index * 0 + 1000) / household.index
        return once * once

    population = people([]).with_columns(households={"index": np.array([5e-324])})
    with pytest.raises(ExecutionError, match=r"household 0: exact.giant is too large"):
        Kernel(edition_of(giant), cache=cache).run(population)


def test_float32_shares_are_what_they_hold_and_not_what_they_look_like(cache):
    @rule(source=LAW.article("6"), key="exact.tenth")
    def tenth(person: Person) -> Bool:
        """Whether the share is at most a tenth."""
        return person.share <= percent(10)

    population = people([{}], [{}], [{}])
    for dtype, expected in (("float32", [False, True, True]), ("float64", [False, True, True])):
        shares = np.array([0.1, 0.09, 0.0]).astype(dtype)
        assert (Fraction(float(shares[0])) <= Fraction(1, 10)) is expected[0]
        held = population.with_columns(persons={"share": shares})
        got = Kernel(edition_of(tenth), cache=cache).run(held)
        assert got.outputs["exact.tenth"].tolist() == expected


def test_a_constant_finer_than_float64_is_compared_exactly(cache):
    fine = Fraction(10**17 + 1, 10**17)

    @rule(source=LAW.article("7"), key="exact.fine")
    def fine_share(person: Person) -> Bool:
        """Whether the wage grows by more than a hair."""
        return person.pension * percent(str(fine * 100)) > person.wage

    found = compare(edition_of(fine_share), people([{"wage": 5, "pension": 5}, {"wage": 5, "pension": 4}]), {}, cache)
    assert not found.differences
    got = Kernel(edition_of(fine_share), cache=cache).run(people([{"wage": 5, "pension": 5}]))
    assert got.outputs["exact.fine"].tolist() == [True]


def test_a_count_is_equal_whatever_its_denominators(cache):
    @rule(source=LAW.article("8"), key="exact.count")
    def count(household: Household) -> Count:
        """Members whose wage is a third of the rent."""
        members = household.members
        return members.count(members.wage * 3 == members.household.rent) + members.count(
            members.wage == members.household.rent / 3
        )

    population = people([{"wage": 10}, {"wage": Fraction("10.01")}], homes=[{"rent": 30}])
    assert Kernel(edition_of(count), cache=cache).run(population).outputs["exact.count"].tolist() == [2]


def test_a_choice_that_every_row_makes_alike_has_the_bounds_of_what_is_chosen() -> None:
    program = Program()
    b, zero = program.put("load", attr="b"), program.const(0.0)
    negative = program.put("lt", b, zero, flag=True)
    sign = program.put("select", negative, program.const(-1.0), program.const(1.0))
    for size, expected in (
        (Extent(5, 10), (1, 1)),
        (Extent(-10, -5), (-1, -1)),
        (Extent(0, 10), (1, 1)),
        (Extent(-1, 10), (-1, 1)),
        (Extent(0, 10, 0.5, whole=False), (-1, 1)),
    ):
        found = extents(program, lambda _, size=size: size, lambda _, __: None)[sign]  # type: ignore[misc]
        assert (found.low, found.high) == expected


def test_a_quotient_in_one_branch_only_leaves_nobody_in_doubt(cache):
    """A pension falls in a straight line between two limits: whole below the line, a quotient on it."""
    (upper,), (lower,) = law("exact.upper", "money", 1210828), law("exact.lower", "money", 762822)

    @rule(source=LAW.article("6"), key="exact.falling")
    def falling(person: Person) -> Money:
        """All of it up to the lower limit, then less."""
        full = amount(224004, BRL)
        part = full * ((upper - person.wage).at_least(0) / (upper - lower))
        return when(person.wage <= lower, full, otherwise=part).rounded_half_up("0.01")

    wages = [0, 762822, 762823, 1000000, 1210827, 1210828, 20_000_000]
    found = compare(edition_of(falling), people(*[[{"wage": w}] for w in wages]), {}, cache)
    assert not found.differences
    assert found.doubtful == 0
