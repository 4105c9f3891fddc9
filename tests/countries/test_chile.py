"""Chile: who holds a benefit, what the country adds to its programmes, and its example reform."""

import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest

from amparo.countries.chile import asignacion_familiar, country, suf
from amparo.countries.chile.reforms import double_suf_under_six, doubled_subsidy
from amparo.errors import PolicyError
from amparo.execute.exact import Decision, decide
from amparo.expr import Op, Rule, trace
from amparo.expr.rules import RuleVersion
from amparo.policy import Country, RuleChange

OCTOBER = date(2025, 10, 1)
DEFAULTS: dict[str, Any] = {
    "sex": "female",
    "pregnancy_month": 0,
    "married": False,
    "student": True,
    "health_control": True,
    "disabled": False,
    "mental_disability": False,
    "disability_pension": False,
    "formal_worker": False,
    "earnings": 0,
    "base_pension": 0,
    "years_resident": 20,
    "years_resident_of_last_5": 5,
    "claimed_elsewhere": False,
    "mother": None,
    "father": None,
    "partner": None,
}


def member(name: str, age: int, **stated: Any) -> dict[str, Any]:
    return {"id": name, "age": age, "age_on_31_december": age, **stated}


def family(*members: dict[str, Any], bracket: int = 40) -> dict[str, Any]:
    household = {"rsh_bracket": bracket, "richest_tenth": False}
    return {"household": household, "defaults": DEFAULTS, "members": list(members)}


def decided(case: dict[str, Any], law: Country = country, on: date = OCTOBER) -> Decision:
    return decide(law.on(on), case)


def total(case: dict[str, Any], benefit: str, law: Country = country, on: date = OCTOBER) -> Any:
    decision = decided(case, law, on)
    return decision.total(next(b for b in decision.edition.benefits if b.key == benefit))


def those_who(rule: Rule[Any, Any], case: dict[str, Any], on: date = OCTOBER) -> set[str]:
    edition = replace(country.on(on), graph=trace(rule, on=on), benefits=())
    decision = decide(edition, case)
    values = decision.outputs[rule.key]
    assert isinstance(values, list)
    return {name for name, value in zip(decision.case.ids, values, strict=True) if value is True}


class TestWhoHoldsTheSubsidy:
    def test_the_mother_comes_first(self):
        case = family(member("ana", 30), member("juan", 30, sex="male"), member("kid", 3, mother="ana", father="juan"))
        assert those_who(suf.rules.holder, case) == {"ana"}

    def test_the_father_holds_it_when_the_mother_lives_elsewhere(self):
        case = family(member("juan", 30, sex="male"), member("kid", 3, mother="outside", father="juan"))
        assert those_who(suf.rules.holder, case) == {"juan"}

    def test_a_grandmother_does_not_hold_it_by_these_rules(self):
        case = family(member("rosa", 60), member("kid", 3, mother="outside"))
        assert those_who(suf.rules.originates, case) == {"kid"}
        assert those_who(suf.rules.holder, case) == set()

    def test_a_pregnant_woman_holds_her_own(self):
        assert those_who(suf.rules.holder, family(member("ana", 19, pregnancy_month=5))) == {"ana"}

    def test_nobody_holds_what_nobody_originates(self):
        case = family(member("ana", 30), member("kid", 3, mother="ana", health_control=False))
        assert those_who(suf.rules.holder, case) == set()


class TestWhoHoldsTheFamilyAllowance:
    def test_the_parent_with_the_lower_wage_claims_the_child(self):
        case = family(
            member("ana", 40, formal_worker=True, earnings=1_058_000),
            member("juan", 40, sex="male", formal_worker=True, earnings=529_000),
            member("kid", 8, mother="ana", father="juan"),
        )
        assert those_who(asignacion_familiar.rules.holder, case) == {"juan"}

    def test_between_equals_the_mother_claims(self):
        case = family(
            member("ana", 40, formal_worker=True, earnings=529_000),
            member("juan", 40, sex="male", formal_worker=True, earnings=529_000),
            member("kid", 8, mother="ana", father="juan"),
        )
        assert those_who(asignacion_familiar.rules.holder, case) == {"ana"}

    def test_a_dependent_spouse_is_claimed_by_the_other(self):
        case = family(
            member("ana", 40, married=True, partner="juan"),
            member("juan", 40, sex="male", married=True, partner="ana", formal_worker=True, earnings=529_000),
        )
        assert those_who(asignacion_familiar.rules.holder, case) == {"juan"}

    def test_a_pregnant_worker_holds_her_own(self):
        case = family(member("ana", 30, pregnancy_month=6, formal_worker=True, earnings=529_000))
        assert those_who(asignacion_familiar.rules.holder, case) == {"ana"}


class TestOneBenefitForEachPerson:
    @pytest.mark.parametrize("month", [date(2015, 12, 1), date(2022, 11, 1), date(2026, 9, 1)])
    def test_the_family_allowance_excludes_the_subsidy_in_the_law_of_a_month(self, month):
        applied = country.on(month).graph.attributes(Op.PROVISION)
        assert any(p is country.exclusions[0] for p in applied if not isinstance(p, RuleVersion))

    def test_a_formal_parent_moves_the_child_from_one_to_the_other(self):
        def with_(formal: bool) -> dict[str, Any]:
            return family(
                member("ana", 30, formal_worker=formal, earnings=500_000), member("kid", 3, mother="ana"), bracket=60
            )

        assert (total(with_(False), "suf"), total(with_(False), "asignacion_familiar")) == (44_014, 0)
        assert (total(with_(True), "suf"), total(with_(True), "asignacion_familiar")) == (0, 22_007)


class TestUnknownIsNotZero:
    def test_a_mother_nobody_stated_leaves_the_answer_open(self):
        case = family(member("ana", 30, formal_worker=True, earnings=300_000, mother=None), member("kid", 3))
        case["defaults"] = {k: v for k, v in DEFAULTS.items() if k != "mother"}
        assert any(reason.startswith("mother of kid") for reason in decided(case).depends_on)

    def test_the_figures_to_be_checked_stand_beside_the_amount(self):
        case = family(member("ana", 30), member("kid", 3, mother="ana"))
        assert "suf.amount" in {p.key for p in decided(case, on=date(2015, 12, 1)).to_check}
        assert "suf.amount" not in {p.key for p in decided(case).to_check}


class TestDoubleSufUnderSix:
    def reformed(self, on: date = OCTOBER) -> Country:
        return country.reformed(double_suf_under_six, on)

    def test_doubles_a_child_under_six_of_the_lower_forty(self):
        case = family(member("ana", 30), member("kid", 5, mother="ana"))
        assert total(case, "suf", self.reformed()) - total(case, "suf") == 22_007

    @pytest.mark.parametrize(("age", "bracket"), [(6, 40), (5, 41)])
    def test_leaves_everybody_else_as_they_were(self, age, bracket):
        case = family(member("ana", 30), member("kid", age, mother="ana"), bracket=bracket)
        assert total(case, "suf", self.reformed()) == total(case, "suf") == 44_014

    def test_doubles_twice_with_a_disability(self):
        case = family(member("kid", 5, disabled=True, disability_percent=49))
        assert total(case, "suf", self.reformed()) == 4 * 22_007

    def test_pays_nobody_who_was_not_paid(self):
        case = family(
            member("ana", 30, formal_worker=True, earnings=2_000_000), member("kid", 3, mother="ana"), bracket=40
        )
        assert total(case, "suf", self.reformed()) == 0

    def test_never_alters_the_law_it_starts_from(self):
        before = country.on(OCTOBER).version
        self.reformed()
        assert country.on(OCTOBER).version == before != self.reformed().on(OCTOBER).version

    def test_its_file_says_the_same(self):
        written = files("amparo.countries.chile.reforms").joinpath("double_suf_under_six.toml")
        read = tomllib.loads(written.read_text(encoding="utf-8"))
        assert read == {
            "names": double_suf_under_six.names,
            "rules": {"suf.subsidy": "amparo.countries.chile.reforms:doubled_subsidy"},
        }
        changes = [c for c in double_suf_under_six.changes if isinstance(c, RuleChange)]
        assert [(c.rule.key, c.by) for c in changes] == [("suf.subsidy", doubled_subsidy)]

    def test_before_the_programme_it_changes_nothing(self):
        with pytest.raises(PolicyError, match="changes nothing"):
            country.reformed(double_suf_under_six, date(2012, 1, 1))


def test_the_wage_table_of_september_2023_is_that_of_may_raised_by_the_minimum_wage():
    """Why law.md trusts the limits of August 2023: times 460/440 they give the next table to the peso."""
    from amparo.countries.chile.asignacion_familiar import parameters as figures
    from amparo.expr import parameter_of

    for limit in (figures.first_limit, figures.second_limit, figures.third_limit):
        august, september = (parameter_of(limit).at(date(2023, m, 1)) for m in (8, 9))
        assert abs(august * Fraction(460, 440) - september) < 1
