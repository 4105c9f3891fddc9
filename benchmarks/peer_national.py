"""The rules of `national` in OpenFisca's own idiom. Imported only in the peer's environment.

Vectorised as that language recommends: products for choices, its tax scales for brackets, its sums for households.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

SINCE = "2024-01-01"
BELOW_ZERO = -1.0
Person = build_entity(key="person", plural="persons", label="Person", is_person=True)
Household = build_entity(
    key="household", plural="households", label="Household", roles=[{"key": "member", "plural": "members"}]
)
variables: list[Any] = []
Formula = Callable[[Any, Any, Any], Any]


def declared(name: str, entity: Any, value_type: type, **formula: Formula) -> None:
    """Declare a variable, with or without a formula."""
    body = {"value_type": value_type, "entity": entity, "definition_period": MONTH, "label": name, **formula}
    variables.append(type(name, (Variable,), body))


def person(value_type: type) -> Callable[[Formula], Formula]:
    """Declare a person's variable from its formula."""
    return _declaring(Person, value_type)


def household(value_type: type) -> Callable[[Formula], Formula]:
    """Declare a household's variable from its formula."""
    return _declaring(Household, value_type)


def _declaring(entity: Any, value_type: type) -> Callable[[Formula], Formula]:
    def register(formula: Formula) -> Formula:
        declared(formula.__name__, entity, value_type, formula=formula)
        return formula

    return register


for name in ("wage", "earnings", "pension"):
    declared(name, Person, float)
for name in ("age", "hours"):
    declared(name, Person, int)
for name in ("disabled", "student", "pregnant"):
    declared(name, Person, bool)
for name in ("rent", "savings"):
    declared(name, Household, float)
declared("rooms", Household, int)
for name in ("tenant", "urban"):
    declared(name, Household, bool)


@person(bool)
def is_child(p: Any, month: Any, law: Any) -> Any:
    """1.1."""
    return p("age", month) < law(month).adult_age


@person(bool)
def is_infant(p: Any, month: Any, law: Any) -> Any:
    """1.2."""
    return p("age", month) < law(month).infant_age


@person(bool)
def is_pupil(p: Any, month: Any, law: Any) -> Any:
    """1.3."""
    age = p("age", month)
    return p("student", month) * (age >= law(month).school_from) * (age <= law(month).school_to)


@person(bool)
def is_elder(p: Any, month: Any, law: Any) -> Any:
    """1.4."""
    return p("age", month) >= law(month).retirement_age


@person(bool)
def of_working_age(p: Any, month: Any, law: Any) -> Any:
    """1.5."""
    return ~p("is_child", month) * ~p("is_elder", month)


@person(bool)
def works(p: Any, month: Any, law: Any) -> Any:
    """1.6."""
    return p("wage", month) + p("earnings", month) >= law(month).work_threshold


@person(float)
def contribution_base(p: Any, month: Any, law: Any) -> Any:
    """2.1."""
    return np.minimum(p("wage", month), law(month).contribution_ceiling)


@person(float)
def worker_contribution(p: Any, month: Any, law: Any) -> Any:
    """2.2."""
    liable = p("wage", month) >= law(month).contribution_floor
    return liable * p("contribution_base", month) * law(month).worker_rate


@person(float)
def own_contribution(p: Any, month: Any, law: Any) -> Any:
    """2.3."""
    figures = law(month)
    earnings = p("earnings", month)
    base = np.clip(earnings * figures.own_share, figures.contribution_floor, figures.contribution_ceiling)
    return (earnings > 0) * base * figures.own_rate


@person(float)
def contributions(p: Any, month: Any, law: Any) -> Any:
    """2.4."""
    return p("worker_contribution", month) + p("own_contribution", month)


@person(float)
def market_income(p: Any, month: Any, law: Any) -> Any:
    """3.1."""
    return p("wage", month) + p("earnings", month) + p("pension", month)


@person(float)
def work_deduction(p: Any, month: Any, law: Any) -> Any:
    """3.2."""
    return np.minimum(p("wage", month) * law(month).work_deduction_rate, law(month).work_deduction_cap)


@person(float)
def pension_deduction(p: Any, month: Any, law: Any) -> Any:
    """3.3."""
    return p("is_elder", month) * np.minimum(p("pension", month), law(month).pension_exemption)


@person(float)
def taxable_income(p: Any, month: Any, law: Any) -> Any:
    """3.4."""
    deducted = p("contributions", month) + p("work_deduction", month) + p("pension_deduction", month)
    return np.maximum(p("market_income", month) - deducted, 0)


@person(float)
def gross_tax(p: Any, month: Any, law: Any) -> Any:
    """3.5."""
    return law(month).tax_scale.calc(p("taxable_income", month))


@person(float)
def earner_credit(p: Any, month: Any, law: Any) -> Any:
    """3.6."""
    figures = law(month)
    wage = p("wage", month)
    grown = np.minimum(wage * figures.credit_rate, figures.credit_cap)
    return np.maximum(grown - np.maximum(wage - figures.credit_until, 0) * figures.credit_withdrawal, 0)


@person(float)
def disability_credit(p: Any, month: Any, law: Any) -> Any:
    """3.7."""
    return p("disabled", month) * law(month).disability_credit_amount


@person(float)
def income_tax(p: Any, month: Any, law: Any) -> Any:
    """3.8."""
    return np.maximum(p("gross_tax", month) - p("earner_credit", month) - p("disability_credit", month), 0)


@person(float)
def net_income(p: Any, month: Any, law: Any) -> Any:
    """3.9."""
    return p("market_income", month) - p("contributions", month) - p("income_tax", month)


@person(float)
def child_amount(p: Any, month: Any, law: Any) -> Any:
    """4.1."""
    return p("is_child", month) * law(month).child_scale.calc(p("age", month), right=True)


@person(float)
def pupil_grant(p: Any, month: Any, law: Any) -> Any:
    """4.2."""
    upper = p("age", month) >= law(month).upper_school
    entitled = p("is_pupil", month) * p.household("passes_wide_test", month)
    return entitled * np.where(upper, law(month).pupil_upper, law(month).pupil_lower)


@person(float)
def disability_allowance(p: Any, month: Any, law: Any) -> Any:
    """4.3."""
    modest = p("net_income", month) <= law(month).disability_limit
    return p("disabled", month) * modest * law(month).disability_amount


@person(float)
def social_pension(p: Any, month: Any, law: Any) -> Any:
    """4.4."""
    missing = np.maximum(law(month).pension_floor - p("pension", month), 0) * law(month).pension_cover
    return p("is_elder", month) * p.household("passes_strict_test", month) * missing


@person(float)
def maternity_allowance(p: Any, month: Any, law: Any) -> Any:
    """4.5."""
    return p("pregnant", month) * ~p("works", month) * law(month).maternity_amount


@person(float)
def job_support(p: Any, month: Any, law: Any) -> Any:
    """4.6."""
    free = ~p("student", month) * ~p("disabled", month) * (p("hours", month) < law(month).job_hours)
    missing = np.maximum(law(month).job_limit - p("market_income", month), 0)
    return p("of_working_age", month) * free * missing * law(month).job_cover


@household(int)
def size(h: Any, month: Any, law: Any) -> Any:
    """5.1."""
    return h.nb_persons()


def _totalled(total: str, of: str, value_type: type) -> None:
    def formula(h: Any, month: Any, law: Any) -> Any:
        return h.sum(h.members(of, month))

    declared(total, Household, value_type, formula=formula)


for total, of in {
    "children": "is_child",
    "infants": "is_infant",
    "pupils": "is_pupil",
    "elders": "is_elder",
    "adults": "of_working_age",
    "workers": "works",
    "disabled_members": "disabled",
    "hours_worked": "hours",
}.items():
    _totalled(total, of, int)
for total, of in {
    "household_contributions": "contributions",
    "household_tax": "income_tax",
    "household_net": "net_income",
    "child_amounts": "child_amount",
    "pupil_grants": "pupil_grant",
    "disability_allowances": "disability_allowance",
    "social_pensions": "social_pension",
    "maternity_allowances": "maternity_allowance",
    "job_supports": "job_support",
}.items():
    _totalled(total, of, float)


@household(int)
def oldest(h: Any, month: Any, law: Any) -> Any:
    """5.9."""
    return h.max(h.members("age", month))


@household(int)
def youngest(h: Any, month: Any, law: Any) -> Any:
    """5.10."""
    return h.min(h.members("age", month))


@household(float)
def highest_wage(h: Any, month: Any, law: Any) -> Any:
    """5.11."""
    return h.max(h.members("wage", month))


@household(bool)
def expecting(h: Any, month: Any, law: Any) -> Any:
    """5.12."""
    return h.any(h.members("pregnant", month))


@household(float)
def equivalence(h: Any, month: Any, law: Any) -> Any:
    """6.1."""
    return h("size", month) ** 0.7


@household(float)
def tested_income(h: Any, month: Any, law: Any) -> Any:
    """6.2."""
    return np.maximum(h("household_net", month) - law(month).work_disregard * h("workers", month), 0)


@household(float)
def income_per_head(h: Any, month: Any, law: Any) -> Any:
    """6.3."""
    return h("tested_income", month) / h("size", month)


@household(bool)
def passes_strict_test(h: Any, month: Any, law: Any) -> Any:
    """6.4."""
    figures = law(month)
    allowed = figures.savings_base + figures.savings_head * h("size", month)
    return (h("income_per_head", month) <= figures.strict_limit) * (h("savings", month) <= allowed)


@household(bool)
def passes_wide_test(h: Any, month: Any, law: Any) -> Any:
    """6.5."""
    return h("income_per_head", month) <= law(month).wide_limit


@household(bool)
def single_parent(h: Any, month: Any, law: Any) -> Any:
    """7.1."""
    return (h("adults", month) == 1) * (h("children", month) > 0)


@household(float)
def full_child_benefit(h: Any, month: Any, law: Any) -> Any:
    """7.2."""
    figures = law(month)
    beyond = np.maximum(h("children", month) - figures.large_family_from, 0)
    bonus = h("single_parent", month) * figures.single_parent_bonus
    return h("child_amounts", month) + figures.large_family_bonus * beyond + bonus


@household(float)
def child_benefit(h: Any, month: Any, law: Any) -> Any:
    """7.3."""
    figures = law(month)
    above = np.maximum(h("income_per_head", month) - figures.child_withdrawal_from, 0)
    return np.maximum(h("full_child_benefit", month) - above * figures.child_withdrawal, 0)


@household(float)
def rooms_needed(h: Any, month: Any, law: Any) -> Any:
    """8.1."""
    grown = h("adults", month) + h("elders", month)
    return np.ceil(grown / 2) + np.ceil(h("children", month) / 2) + 1


@household(bool)
def crowded(h: Any, month: Any, law: Any) -> Any:
    """8.2."""
    return h("rooms", month) < h("rooms_needed", month)


@household(float)
def rent_cap(h: Any, month: Any, law: Any) -> Any:
    """8.3."""
    figures = law(month)
    cap = figures.rent_cap_base + figures.rent_cap_head * (h("size", month) - 1)
    return np.where(h("urban", month), cap * figures.urban_factor, cap)


@household(float)
def eligible_rent(h: Any, month: Any, law: Any) -> Any:
    """8.4."""
    return h("tenant", month) * np.minimum(h("rent", month), h("rent_cap", month))


@household(float)
def housing_benefit(h: Any, month: Any, law: Any) -> Any:
    """8.5."""
    figures = law(month)
    beyond = np.maximum(h("eligible_rent", month) - h("tested_income", month) * figures.rent_share, 0)
    more = h("tenant", month) * h("crowded", month) * h("passes_wide_test", month)
    return beyond * figures.rent_cover + more * figures.crowding_supplement


@household(float)
def energy_discount(h: Any, month: Any, law: Any) -> Any:
    """8.6."""
    figures = law(month)
    step = figures.energy_scale.calc(h("income_per_head", month), right=True)
    fragile = (h("oldest", month) >= figures.great_age) + (h("youngest", month) < 1) + h("expecting", month)
    return step + fragile * h("passes_wide_test", month) * figures.fragile_supplement


@household(float)
def winter_bonus(h: Any, month: Any, law: Any) -> Any:
    """8.7."""
    return (h("elders", month) > 0) * ~h("urban", month) * law(month).winter_amount


@household(float)
def transport(h: Any, month: Any, law: Any) -> Any:
    """8.8."""
    figures = law(month)
    needs = h("urban", month) * (h("hours_worked", month) >= figures.commuter_hours)
    modest = h("highest_wage", month) <= figures.credit_until
    return needs * modest * figures.fare * (h("workers", month) + h("pupils", month))


@household(float)
def care_allowance(h: Any, month: Any, law: Any) -> Any:
    """8.9."""
    heavy = (h("infants", month) > 0) + (h("oldest", month) >= law(month).great_age)
    return (h("disabled_members", month) > 0) * heavy * law(month).care_amount


@household(float)
def personal_benefits(h: Any, month: Any, law: Any) -> Any:
    """9.1."""
    grants = h("pupil_grants", month) + h("disability_allowances", month) + h("social_pensions", month)
    return grants + h("maternity_allowances", month) + h("job_supports", month)


@household(float)
def household_benefits(h: Any, month: Any, law: Any) -> Any:
    """9.2."""
    living = h("housing_benefit", month) + h("energy_discount", month) + h("winter_bonus", month)
    return h("child_benefit", month) + living + h("transport", month) + h("care_allowance", month)


@household(float)
def first_income(h: Any, month: Any, law: Any) -> Any:
    """9.3."""
    return h("household_net", month) + h("personal_benefits", month) + h("household_benefits", month)


@household(float)
def minimum_income(h: Any, month: Any, law: Any) -> Any:
    """9.4."""
    missing = np.maximum(law(month).income_floor * h("equivalence", month) - h("first_income", month), 0)
    return h("passes_strict_test", month) * missing


@household(float)
def property_tax(h: Any, month: Any, law: Any) -> Any:
    """9.5."""
    taxed = np.maximum(h("rooms", month) - law(month).free_rooms, 0)
    return ~(h("tenant", month) + h("passes_wide_test", month)) * law(month).room_tax * taxed


@household(float)
def total_benefits(h: Any, month: Any, law: Any) -> Any:
    """9.6."""
    return h("personal_benefits", month) + h("household_benefits", month) + h("minimum_income", month)


@household(float)
def disposable_income(h: Any, month: Any, law: Any) -> Any:
    """9.7."""
    return h("household_net", month) + h("total_benefits", month) - h("property_tax", month)


@household(float)
def equivalent_income(h: Any, month: Any, law: Any) -> Any:
    """10.1."""
    return h("disposable_income", month) / h("equivalence", month)


@household(bool)
def poor(h: Any, month: Any, law: Any) -> Any:
    """10.2."""
    return h("equivalent_income", month) < law(month).poverty_line


@household(bool)
def extremely_poor(h: Any, month: Any, law: Any) -> Any:
    """10.3."""
    return h("equivalent_income", month) < law(month).extreme_line


@household(float)
def poverty_gap(h: Any, month: Any, law: Any) -> Any:
    """10.4."""
    return np.maximum(law(month).poverty_line - h("equivalent_income", month), 0)


@household(bool)
def overburdened(h: Any, month: Any, law: Any) -> Any:
    """10.5."""
    own_part = h("rent", month) - h("housing_benefit", month)
    return h("tenant", month) * (own_part > h("disposable_income", month) * law(month).burden_share)


def _dated(figure: float) -> dict[str, Any]:
    return {SINCE: {"value": figure}}


def _series(figures: Mapping[str, float], prefix: str) -> list[float]:
    found = [figures[f"{prefix}_{n}"] for n in range(1, 10) if f"{prefix}_{n}" in figures]
    if not found:
        raise KeyError(prefix)
    return found


def _steps(figures: Mapping[str, float], limits: str, amounts: str) -> dict[str, Any]:
    above = [BELOW_ZERO, *_series(figures, limits)]
    values = _series(figures, amounts)
    values += [0.0] * (len(above) - len(values))
    cells = zip(above, values, strict=True)
    return {
        "metadata": {"type": "single_amount"},
        "brackets": [{"threshold": _dated(t), "amount": _dated(a)} for t, a in cells],
    }


def system(figures: Mapping[str, float]) -> Any:
    """Return the tax and benefit system with the figures of `national`."""
    data: dict[str, Any] = {key: {"values": _dated(figure)} for key, figure in figures.items()}
    limits = [0.0, *_series(figures, "tax_limit")]
    rates = _series(figures, "tax_rate")
    cells = zip(limits, rates, strict=True)
    data["tax_scale"] = {"brackets": [{"threshold": _dated(t), "rate": _dated(r)} for t, r in cells]}
    data["child_scale"] = _steps(figures, "child_age", "child_amount")
    data["energy_scale"] = _steps(figures, "energy_limit", "energy_amount")
    made = TaxBenefitSystem([Person, Household])
    made.parameters = ParameterNode("", data=data)
    made.add_variables(*variables)
    return made
