"""Income over earnings: bends and jumps where the law has them, and the exact executor agrees at every point."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.toy import LAW, MONTH, PESO, Household, Person, benefit, country

from amparo.errors import AmparoError, CaseError, ExecutionError
from amparo.execute.budget_line import BudgetLine, Piece, budget_line, cliffs
from amparo.execute.cases import Case, read_case
from amparo.execute.exact import decide
from amparo.expr import Kind, Money, Timing, amount, rule, when
from amparo.policy import Country, Edition, find_country

LAWS = {"chile": date(2025, 7, 1), "brasil": date(2026, 1, 1)}
CHILD = {"id": "leo", "age": 8, "sex": "male", "mother": "ana", "formal_worker": False}
FAMILIES: list[tuple[str, Mapping[str, Any], list[Mapping[str, Any]]]] = [
    ("chile", {"rsh_bracket": 40}, [{"id": "ana", "age": 30}, {**CHILD, "student": True, "school_attendance": 95}]),
    ("chile", {"rsh_bracket": 40}, [{"id": "ana", "age": 30, "formal_worker": False}, {**CHILD, "disabled": True}]),
    ("chile", {"rsh_bracket": 90}, [{"id": "ana", "age": 70, "age_on_31_december": 70, "base_pension": 180000}]),
    ("brasil", {"cadunico": True}, [{"id": "ana", "age": 30}, {**CHILD, "in_school": True}]),
    ("brasil", {"cadunico": True}, [{"id": "ana", "age": 30}, {**CHILD, "disabled": True}, {"id": "rui", "age": 67}]),
    ("brasil", {"cadunico": True}, [{"id": "ana", "age": 30, "formal_worker": False, "pregnant": True}]),
]


@cache
def law(key: str) -> Edition:
    edition = find_country(key).on(LAWS[key])
    return edition.only(edition.benefits, edition.findings)


def neutral(inputs: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, declared in inputs.items():
        kind = declared.type.kind
        found[key] = False if kind is Kind.BOOL else declared.type.categories[0] if kind is Kind.CATEGORY else 0
    return found


def family(of: Country, household: Mapping[str, Any], members: list[Mapping[str, Any]]) -> Case:
    defaults = {**neutral(of.household.member.inputs), **dict.fromkeys(of.household.member.relations)}
    more = {"formal_worker": True, "health_control": True, "years_resident": 50, "years_resident_of_last_5": 5}
    defaults |= {k: v for k, v in more.items() if k in defaults}
    shared = {**{k: v or 1 if k == "rsh_bracket" else v for k, v in neutral(of.household.inputs).items()}, **household}
    return read_case({"household": shared, "defaults": defaults, "members": members}, of)


@cache
def line(number: int) -> BudgetLine:
    key, household, members = FAMILIES[number]
    return budget_line(law(key), family(law(key).country, household, members))


def paid(of: BudgetLine, earnings: Fraction) -> dict[str, Fraction]:
    members = [{**of.case.members[0], "earnings": earnings}, *of.case.members[1:]]
    decision = decide(of.edition, replace(of.case, members=tuple(members)))
    timings = {b.key: 12 if b.timing is Timing.ANNUAL else 1 for b in of.benefits}
    found = {b.key: decision.total(b) / timings[b.key] for b in of.benefits}  # type: ignore[operator]
    return found | {c.key: decision.outputs[c.value.key][0] for c in of.charges}  # type: ignore[index, misc]


def far_from(of: BudgetLine, piece: Piece, earnings: Fraction) -> list[str]:
    """Return what the exact executor gives further from the piece's line than the rounding of money explains."""
    unit = of.edition.country.currency.unit
    found = paid(of, earnings)
    drawn = {k: piece.at_first[k] + s * (earnings - piece.first) for k, s in piece.slopes.items()}
    return [f"{k} at {earnings}: {found[k]}, not {drawn[k]}" for k in found if abs(found[k] - drawn[k]) > 4 * unit]


@pytest.mark.parametrize("number", range(len(FAMILIES)))
class TestLine:
    def test_is_what_the_exact_executor_gives_all_over_every_piece(self, number: int) -> None:
        of, draw = line(number), random.Random(number)
        unit = of.edition.country.currency.unit
        for piece in of.pieces:
            steps = int((piece.last - piece.first) / unit)
            near = {0, 1, 2, 3, steps, steps - 1, steps - 2, steps - 3} | {draw.randint(0, steps) for _ in range(25)}
            for step in sorted(n for n in near if 0 <= n <= steps):
                assert far_from(of, piece, piece.first + step * unit) == []

    def test_has_no_gap_and_ends_each_piece_at_exact_amounts(self, number: int) -> None:
        of = line(number)
        unit = of.edition.country.currency.unit
        assert of.pieces[0].first == 0
        for before, after in zip(of.pieces, of.pieces[1:], strict=False):
            assert after.first == before.last + unit
        for piece in of.pieces:
            assert paid(of, piece.first) == piece.at_first
            assert paid(of, piece.last) == piece.at_last

    def test_names_a_provision_for_every_jump(self, number: int) -> None:
        assert [j for j in line(number).jumps if j.cause is None] == []


class TestChile:
    def test_the_family_allowance_falls_where_its_brackets_end(self) -> None:
        # IPS and SUSESO, asignación familiar from May 2025: $ 22.007 up to $ 620.251, $ 13.505 up to $ 905.941,
        # $ 4.267 up to $ 1.412.957, nothing above
        falls = [(int(j.at), int(j.change)) for c in cliffs(line(0)) for j in c.jumps if j.key == "asignacion_familiar"]
        assert falls == [(620252, 13505 - 22007), (905942, 4267 - 13505), (1412958, -4267)]

    def test_an_annual_benefit_counts_a_twelfth(self) -> None:
        (annual,) = [b for b in line(0).benefits if b.key == "aporte_familiar_permanente"]
        earning_nothing = replace(
            line(0).case, members=({**line(0).case.members[0], "earnings": Fraction(0)}, *line(0).case.members[1:])
        )
        once = decide(line(0).edition, earning_nothing).total(annual)
        assert once == 64574  # Ley 20.743, of 2025
        assert line(0).pieces[0].at_first[annual.key] == Fraction(64574, 12)

    def test_a_worker_keeps_83_percent_below_the_tax(self) -> None:
        assert line(0).marginal_rate(line(0).pieces[0]) == Fraction(17, 100)  # 10 % pension (DL 3.500), 7 % health


class TestBrasil:
    def test_bolsa_familia_ends_for_two_people_at_436_reais(self) -> None:
        # Lei 14.601/2023: income per head up to R$ 218; 600 and 50 for a child of 7 to 18
        (fall,) = [j for c in cliffs(line(3)) for j in c.jumps if j.key == "bolsa_familia"]
        assert (float(fall.at), int(fall.change)) == (436.01, -650)
        assert fall.cause is not None
        assert (fall.cause.key, fall.cause.value) == ("bolsa_familia.poor", False)

    def test_the_contribution_bends_at_its_brackets_and_does_not_jump(self) -> None:
        of = line(3)
        slopes = list(dict.fromkeys(p.slopes["contribuicao_inss"] for p in of.pieces))
        assert [float(s) for s in slopes] == [0.075, 0.09][: len(slopes)]
        assert not [j for j in of.jumps if j.key == "contribuicao_inss"]


@rule(source=LAW.article("9"), key="toy.ladder")
def ladder(household: Household) -> Money:
    """A step of ten for each hundred that is earned."""
    return household.members.sum(household.members.income).rounded_down(100) * Fraction(1, 10)


@rule(source=LAW.article("10"), key="toy.square")
def square(person: Person) -> Money:
    """Something that no line draws."""
    return when(person.income > amount(50, PESO), person.income * (person.income / amount(100, PESO)), otherwise=0)


def toy_line(which: Any, highest: int) -> BudgetLine:
    edition = country(benefit(which)).on(MONTH)
    return budget_line(edition, read_case({"members": [{"age": 30}]}, edition.country), over="income", highest=highest)


def test_rounding_to_more_than_the_smallest_unit_is_a_step_of_the_law() -> None:
    of = toy_line(ladder, 350)
    assert [(p.first, p.last, p.at_first["ladder"]) for p in of.pieces] == [
        (Fraction(0), Fraction("99.99"), Fraction(0)),
        (Fraction(100), Fraction("199.99"), Fraction(10)),
        (Fraction(200), Fraction("299.99"), Fraction(20)),
        (Fraction(300), Fraction(350), Fraction(30)),
    ]


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (lambda: toy_line(square, 100), ExecutionError, "toy.square .* no straight line"),
        (lambda: budget_line(law("chile"), line(0).case, "zoe"), CaseError, "no member 'zoe'"),
        (lambda: budget_line(law("chile"), line(0).case, over="age"), CaseError, "no monthly amount"),
        (lambda: budget_line(law("brasil"), Case({}, ({},), ({},), ids=("1",))), CaseError, "the line needs"),
    ],
)
def test_what_has_no_line_is_refused_in_a_sentence(make: Any, kind: type[AmparoError], said: str) -> None:
    with pytest.raises(kind, match=said):
        make()
