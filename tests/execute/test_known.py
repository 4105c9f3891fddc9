"""The compiled path of the reference executor: the same answer wherever it gives one, and silence elsewhere."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from tests.execute.agreement import drawn_households
from tests.execute.households import LAWS, forgetting, households, whole_law
from tests.execute.random_programmes import programme
from tests.toy import LAW, MONTH, PESO, Household, benefit, country

from amparo.errors import ExecutionError
from amparo.execute.cases import Case, read_case
from amparo.execute.exact import Run, decide
from amparo.execute.exact.known import CODE, WARM, compiled, known_outputs
from amparo.execute.kernel.rows import case_of
from amparo.execute.values import Unknown
from amparo.expr import Money, Op, amount, rule
from amparo.policy import Edition


@rule(source=LAW.article("1"), key="toy.share_of_rent")
def share_of_rent(household: Household) -> Money:
    """The rent, shared among the children."""
    return household.rent / household.members.count(household.members.age < 18) + amount(1, PESO)


def by_reference(edition: Edition, case: Case) -> dict[str, Any] | None:
    """What the reference executor gives; None where it refuses or is not certain."""
    run = Run(edition, case)
    try:
        found = {name: run.output(n) for name, n in edition.graph.outputs.items()}
    except ExecutionError:
        return None
    values = [v for value in found.values() for v in (value if isinstance(value, list) else [value])]
    return None if any(isinstance(v, Unknown) for v in values) else found


def by_code(edition: Edition, case: Case) -> dict[str, Any] | None:
    program = compiled(tuple(edition.graph.outputs.items()))
    assert program is not None
    return program.run(edition, case)


class TestCode:
    def test_has_an_expression_for_every_operation_of_a_row(self) -> None:
        same_for_all = {Op.CONST, Op.PARAM, Op.MONTH}
        assert set(CODE) | same_for_all | {Op.PROVISION, Op.RETIME} == set(Op)

    @pytest.mark.parametrize("first", range(0, 60, 10))
    def test_gives_what_the_reference_gives_on_random_programmes(self, first: int) -> None:
        for seed in range(first, first + 10):
            draw = random.Random(seed)
            strict = seed % 3 > 0 and seed % 10 != 9  # no division by zero, nobody outside
            drawn = programme(draw, rules=draw.randint(2, 6), depth=draw.randint(1, 3), unguarded=seed % 3 == 0)
            population, states = drawn_households(drawn, seed, 40)
            for home in range(population.household_count):
                case = case_of(population, drawn.edition.country, home, states, drawn.edition.graph)
                found = by_code(drawn.edition, case)
                if found is not None or strict:
                    assert found == by_reference(drawn.edition, case), (seed, home)

    @pytest.mark.parametrize("key", LAWS)
    def test_gives_what_the_reference_gives_on_the_law_whatever_is_unknown(self, key: str) -> None:
        answered = 0
        for edition, case in of_law(key, 60):
            draw = random.Random(len(case.members))
            for share in (0.0, 0.02, 0.3):
                part = forgetting(case, draw, share)
                found = by_code(edition, part)
                assert found is None or found == by_reference(edition, part)
                assert share or found is not None
                answered += found is not None
        assert answered >= 60

    def test_leaves_what_fails_to_the_reference_which_names_it(self) -> None:
        edition = country(benefit(share_of_rent)).on(MONTH)
        case = read_case({"household": {"rent": 10}, "members": [{"age": 30}]}, edition.country)
        assert by_code(edition, case) is None
        for _ in range(WARM + 2):
            with pytest.raises(ExecutionError, match=r"toy\.share_of_rent .* failed for the household: division by"):
                decide(edition, case)

    @pytest.mark.parametrize(("steps", "written"), [(70, True), (300, False)])
    def test_leaves_a_graph_that_is_too_deep_to_the_reference(self, steps: int, written: bool) -> None:
        @rule(source=LAW.article("2"), key="toy.deep")
        def deep(household: Household) -> Money:
            """The rent and a few pesos, one by one."""
            total = household.rent
            for step in range(steps):
                total = (total + amount(1, PESO)).at_most(amount(10**6 + step, PESO))
            return total

        edition = country(benefit(deep)).on(MONTH)
        case = read_case({"household": {"rent": 10}, "members": [{"age": 30}]}, edition.country)
        assert {decide(edition, case).amounts["deep"] for _ in range(WARM + 2)} == {10 + steps}
        assert (compiled(tuple(edition.graph.outputs.items())) is not None) is written

    def test_reads_figures_when_it_runs(self) -> None:
        edition, case = next(of_law("chile", 1))
        before = by_code(edition, case)
        moved = edition.with_figure(
            next(p for p in edition.parameters if p.key == "suf.amount"), edition.figure(edition.parameters[0]) + 1
        )
        assert by_code(moved, case) == by_reference(moved, case)
        assert by_code(edition, case) == before

    def test_is_written_once_a_graph_decides_several_households(self) -> None:
        edition, case = next(of_law("argentina", 1))
        part = edition.only(edition.benefits[:1])
        found = [known_outputs(part, case) is not None for _ in range(WARM + 2)]
        assert found[-2:] == [True, True]


def of_law(key: str, count: int) -> Iterator[tuple[Edition, Case]]:
    """Return random households under a country's law, near its thresholds."""
    edition = whole_law(key)
    return ((edition, case) for case in households(edition, count, 7))
