"""Chile: what the case files cannot show of the newer programmes: a figure moved, who is paid, what excludes what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from amparo.countries.chile import country
from amparo.countries.chile.seguridades_oportunidades import base
from amparo.countries.chile.seguridades_oportunidades import parameters as bonds
from amparo.countries.chile.seguridades_oportunidades.rules import payee
from amparo.execute.exact import decide
from amparo.expr import TO_BE_CHECKED, Op, Timing, parameter_of, trace
from amparo.expr.rules import RuleVersion
from amparo.policy import Country, Reform, set_to

OCTOBER = date(2024, 10, 1)
NOBODY: dict[str, Any] = {
    "sex": "female",
    "pregnancy_month": 0,
    "married": False,
    "student": False,
    "health_control": True,
    "disabled": False,
    "mental_disability": False,
    "disability_pension": False,
    "formal_worker": False,
    "earnings": 0,
    "base_pension": 0,
    "capital_income": 0,
    "claimed_elsewhere": False,
    "years_resident": 0,
    "years_resident_of_last_5": 0,
    "head": False,
    "mother": None,
    "father": None,
    "partner": None,
}


def family(*members: dict[str, Any], month: int = 1) -> dict[str, Any]:
    household = {"rsh_bracket": 40, "richest_tenth": False, "programme_month": month}
    return {"household": household, "defaults": NOBODY, "members": list(members)}


def member(name: str, age: int, **stated: Any) -> dict[str, Any]:
    return {"id": name, "age": age, "age_on_31_december": age, **stated}


def bond(case: dict[str, Any], law: Country = country) -> Any:
    return decide(law.on(OCTOBER).only([base]), case).total(base)


class TestTheLineOfTheBaseBond:
    FOUR = family(member("ana", 40, earnings=80_000), *(member(f"adult{i}", 30) for i in range(3)))

    def test_gives_the_second_result_of_the_worked_example_when_it_is_the_other_one(self) -> None:
        """chile.md F.25: with a line of 52,768 the family of four is paid 111,411."""
        other = Reform({"en": "the line of portaltrabajo.cl"}, (set_to(bonds.line, 52_768),))
        assert bond(self.FOUR) == 86_945
        assert bond(self.FOUR, country.reformed(other, OCTOBER)) == 111_411

    def test_is_marked_as_one_of_two_that_disagree(self) -> None:
        used = parameter_of(bonds.line).in_force(OCTOBER)
        assert used.value == 45_572
        assert used.confidence is TO_BE_CHECKED
        assert "52,768" in used.note


class TestTheFallFromMonth17:
    def test_can_be_read_otherwise_by_moving_one_figure(self) -> None:
        """With nine steps something is left in month 24, the last."""
        slower = Reform({"en": "nine steps"}, (set_to(bonds.falling_steps, 9),))
        last = family(*TestTheLineOfTheBaseBond.FOUR["members"], month=24)
        assert bond(last) == 0
        assert bond(last, country.reformed(slower, OCTOBER)) == 9_661  # 86,944.80 / 9 = 9,660.53


class TestWhoIsPaidTheBonds:
    @staticmethod
    def paid(*members: dict[str, Any]) -> set[str]:
        edition = replace(country.on(OCTOBER), graph=trace(payee, on=OCTOBER), benefits=(), findings=())
        decision = decide(edition, family(*members))
        values = decision.outputs[payee.key]
        assert isinstance(values, list)
        return {name for name, value in zip(decision.case.ids, values, strict=True) if value is True}

    def test_the_mother_of_minors_comes_first(self) -> None:
        head = member("eva", 60, head=True)
        assert self.paid(head, member("ana", 30), member("kid", 3, mother="ana")) == {"ana"}

    def test_then_the_woman_at_the_head_or_the_partner_of_the_head(self) -> None:
        head = member("juan", 60, sex="male", head=True, partner="eva")
        assert self.paid(head, member("eva", 60, partner="juan"), member("tia", 50)) == {"eva"}

    def test_then_any_adult_woman(self) -> None:
        assert self.paid(member("juan", 60, sex="male", head=True), member("tia", 50)) == {"tia"}

    def test_then_an_adult_man(self) -> None:
        assert self.paid(member("juan", 60, sex="male", head=True), member("leo", 15, sex="male")) == {"juan"}


class TestTheDisabilitySubsidy:
    @pytest.mark.parametrize("month", [date(2022, 2, 1), date(2025, 10, 1)])
    def test_excludes_both_family_benefits_in_the_law_of_a_month(self, month: date) -> None:
        applied = [p for p in country.on(month).graph.attributes(Op.PROVISION) if not isinstance(p, RuleVersion)]
        assert {p.key for p in applied} == {e.key for e in country.exclusions}

    def test_is_not_yet_there_in_2015(self) -> None:
        applied = country.on(date(2015, 12, 1)).graph.attributes(Op.PROVISION)
        assert "subsidio_discapacidad.no_family_subsidy" not in {p.key for p in applied}


class TestTimings:
    def test_what_is_paid_once_a_year_is_never_added_to_a_month(self) -> None:
        yearly = {b.key for p in country.programmes for b in p.benefits if b.timing is Timing.ANNUAL}
        assert yearly == {"aporte_familiar_permanente", "aporte_familiar_por_familia", "bono_invierno"}

    def test_a_credit_and_a_discount_are_no_income(self) -> None:
        assert {b.key for p in country.programmes for b in p.benefits if not b.income} == {
            "bono_por_hijo",
            "subsidio_electrico",
        }


def test_every_programme_says_what_it_leaves_out() -> None:
    for programme in country.programmes:
        if "\nnot modelled:" in programme.file("law.md").read_text(encoding="utf-8"):
            assert programme.not_modelled, programme.key
