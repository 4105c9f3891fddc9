"""An invented country's taxes and benefits, as large as a national rule set.

Contributions, income tax by brackets, child benefit, means tests, housing, disability, social pension, minimum
income, poverty. Nothing here is the law of anywhere. `peer_national` says the same in OpenFisca's language; the
figures live in `national_figures` only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

import numpy as np

from amparo.expr import Bool, Brackets, Count, Expr, Law, Money, Number, Op, Rule, rule, trace, when
from amparo.expr.entities import View
from amparo.policy import Country, Edition
from benchmarks.national_figures import (
    NAT,
    Household,
    Person,
    adult_age,
    burden_share,
    care_amount,
    child_ages,
    child_rates,
    child_withdrawal,
    child_withdrawal_from,
    commuter_hours,
    contribution_ceiling,
    contribution_floor,
    credit_cap,
    credit_rate,
    credit_until,
    credit_withdrawal,
    crowding_supplement,
    disability_amount,
    disability_credit_amount,
    disability_limit,
    energy_amounts,
    energy_limits,
    extreme_line,
    fare,
    fragile_supplement,
    free_rooms,
    great_age,
    income_floor,
    infant_age,
    job_cover,
    job_hours,
    job_limit,
    large_family_bonus,
    large_family_from,
    maternity_amount,
    named,
    own_rate,
    own_share,
    pension_cover,
    pension_exemption,
    pension_floor,
    poverty_line,
    pupil_lower,
    pupil_upper,
    rent_cap_base,
    rent_cap_head,
    rent_cover,
    rent_share,
    retirement_age,
    room_tax,
    savings_base,
    savings_head,
    school_from,
    school_to,
    single_parent_bonus,
    strict_limit,
    tax_limits,
    tax_rates,
    upper_school,
    urban_factor,
    wide_limit,
    winter_amount,
    work_deduction_cap,
    work_deduction_rate,
    work_disregard,
    work_threshold,
    worker_rate,
)
from benchmarks.people import Columns, compose, incomes

MONTH = date(2024, 6, 1)
LAW = Law("National benchmark")
V = TypeVar("V", bound=View)
E = TypeVar("E", bound=Expr)


def law(article: str) -> Callable[[Callable[[V], E]], Rule[V, E]]:
    """Declare a provision under its plain name."""

    def register(body: Callable[[V], E]) -> Rule[V, E]:
        made: Rule[V, E] = rule(source=LAW.article(article), key=body.__name__)(body)
        return made

    return register


@law("1.1")
def is_child(person: Person) -> Bool:
    """Below the age of majority."""
    return person.age < adult_age


@law("1.2")
def is_infant(person: Person) -> Bool:
    """Too small for kindergarten."""
    return person.age < infant_age


@law("1.3")
def is_pupil(person: Person) -> Bool:
    """Enrolled, at the age of school."""
    return person.student & person.age.between(school_from, school_to)


@law("1.4")
def is_elder(person: Person) -> Bool:
    """Has reached the age of retirement."""
    return person.age >= retirement_age


@law("1.5")
def of_working_age(person: Person) -> Bool:
    """Neither child nor elder."""
    return ~is_child(person) & ~is_elder(person)


@law("1.6")
def works(person: Person) -> Bool:
    """Earns enough to count as working."""
    return person.wage + person.earnings >= work_threshold


@law("2.1")
def contribution_base(person: Person) -> Money:
    """The wage up to the ceiling."""
    return person.wage.at_most(contribution_ceiling)


@law("2.2")
def worker_contribution(person: Person) -> Money:
    """A share of the base, from a minimum wage on."""
    return when(person.wage >= contribution_floor, contribution_base(person) * worker_rate, otherwise=0)


@law("2.3")
def own_contribution(person: Person) -> Money:
    """For own-account workers: on a presumed base between floor and ceiling."""
    base = (person.earnings * own_share).at_least(contribution_floor).at_most(contribution_ceiling)
    return when(person.earnings > 0, base * own_rate, otherwise=0)


@law("2.4")
def contributions(person: Person) -> Money:
    """Both contributions."""
    return worker_contribution(person) + own_contribution(person)


@law("3.1")
def market_income(person: Person) -> Money:
    """Wage, own earnings and contributory pension."""
    return person.wage + person.earnings + person.pension


@law("3.2")
def work_deduction(person: Person) -> Money:
    """A share of the wage, capped."""
    return (person.wage * work_deduction_rate).at_most(work_deduction_cap)


@law("3.3")
def pension_deduction(person: Person) -> Money:
    """An elder's pension is exempt up to an amount."""
    return when(is_elder(person), person.pension.at_most(pension_exemption), otherwise=0)


@law("3.4")
def taxable_income(person: Person) -> Money:
    """What remains after contributions and deductions."""
    deducted = contributions(person) + work_deduction(person) + pension_deduction(person)
    return (market_income(person) - deducted).at_least(0)


@law("3.5")
def gross_tax(person: Person) -> Money:
    """Five marginal rates."""
    return Brackets(tax_limits, tax_rates[:-1], tax_rates[-1]).marginal(taxable_income(person))


@law("3.6")
def earner_credit(person: Person) -> Money:
    """Grows with a small wage, is withdrawn from a larger one."""
    grown = (person.wage * credit_rate).at_most(credit_cap)
    return (grown - (person.wage - credit_until).at_least(0) * credit_withdrawal).at_least(0)


@law("3.7")
def disability_credit(person: Person) -> Money:
    """A credit for a certified disability."""
    return when(person.disabled, disability_credit_amount, otherwise=0)


@law("3.8")
def income_tax(person: Person) -> Money:
    """Tax less credits, never below zero."""
    return (gross_tax(person) - earner_credit(person) - disability_credit(person)).at_least(0)


@law("3.9")
def net_income(person: Person) -> Money:
    """Market income after tax and contributions."""
    return market_income(person) - contributions(person) - income_tax(person)


@law("4.1")
def child_amount(person: Person) -> Money:
    """An amount by the child's age."""
    by_age = cast(Money, Brackets(child_ages, child_rates[:-1], child_rates[-1]).flat(person.age))
    return when(is_child(person), by_age, otherwise=0)


@law("4.2")
def pupil_grant(person: Person) -> Money:
    """For pupils of households within the wide means test, more in upper school."""
    grant = when(person.age >= upper_school, pupil_upper, otherwise=pupil_lower)
    return when(is_pupil(person) & passes_wide_test(person.household), grant, otherwise=0)


@law("4.3")
def disability_allowance(person: Person) -> Money:
    """For persons with a disability and little income of their own."""
    return when(person.disabled & (net_income(person) <= disability_limit), disability_amount, otherwise=0)


@law("4.4")
def social_pension(person: Person) -> Money:
    """Completes the pension of elders in households within the strict means test."""
    missing = (pension_floor - person.pension).at_least(0) * pension_cover
    return when(is_elder(person) & passes_strict_test(person.household), missing, otherwise=0)


@law("4.5")
def maternity_allowance(person: Person) -> Money:
    """For pregnant persons who do not work."""
    return when(person.pregnant & ~works(person), maternity_amount, otherwise=0)


@law("4.6")
def job_support(person: Person) -> Money:
    """A share of what is missing to a modest wage, for those who look for more work."""
    looking = of_working_age(person) & ~person.student & ~person.disabled & (person.hours < job_hours)
    return when(looking, (job_limit - market_income(person)).at_least(0) * job_cover, otherwise=0)


@law("5.1")
def size(household: Household) -> Count:
    """Members."""
    return household.members.count()


@law("5.2")
def children(household: Household) -> Count:
    """Members who are children."""
    return household.members.count(is_child(household.members))


@law("5.3")
def infants(household: Household) -> Count:
    """Members who are infants."""
    return household.members.count(is_infant(household.members))


@law("5.4")
def pupils(household: Household) -> Count:
    """Members at school."""
    return household.members.count(is_pupil(household.members))


@law("5.5")
def elders(household: Household) -> Count:
    """Members past the age of retirement."""
    return household.members.count(is_elder(household.members))


@law("5.6")
def adults(household: Household) -> Count:
    """Members of working age."""
    return household.members.count(of_working_age(household.members))


@law("5.7")
def workers(household: Household) -> Count:
    """Members who work."""
    return household.members.count(works(household.members))


@law("5.8")
def disabled_members(household: Household) -> Count:
    """Members with a certified disability."""
    return household.members.count(household.members.disabled)


@law("5.9")
def oldest(household: Household) -> Count:
    """Age of the oldest member."""
    return household.members.largest(household.members.age, nobody=0)


@law("5.10")
def youngest(household: Household) -> Count:
    """Age of the youngest member."""
    return household.members.smallest(household.members.age, nobody=0)


@law("5.11")
def highest_wage(household: Household) -> Money:
    """The best wage in the household."""
    return household.members.largest(household.members.wage, nobody=0)


@law("5.12")
def expecting(household: Household) -> Bool:
    """Whether somebody is pregnant."""
    return household.members.any(household.members.pregnant)


@law("5.13")
def hours_worked(household: Household) -> Count:
    """Hours of work of all members."""
    return household.members.sum(household.members.hours)


@law("5.14")
def household_contributions(household: Household) -> Money:
    """Contributions of all members."""
    return household.members.sum(contributions(household.members))


@law("5.15")
def household_tax(household: Household) -> Money:
    """Income tax of all members."""
    return household.members.sum(income_tax(household.members))


@law("5.16")
def household_net(household: Household) -> Money:
    """Net income of all members."""
    return household.members.sum(net_income(household.members))


@law("5.17")
def child_amounts(household: Household) -> Money:
    """Child amounts of all members."""
    return household.members.sum(child_amount(household.members))


@law("5.18")
def pupil_grants(household: Household) -> Money:
    """Pupil grants of all members."""
    return household.members.sum(pupil_grant(household.members))


@law("5.19")
def disability_allowances(household: Household) -> Money:
    """Disability allowances of all members."""
    return household.members.sum(disability_allowance(household.members))


@law("5.20")
def social_pensions(household: Household) -> Money:
    """Social pensions of all members."""
    return household.members.sum(social_pension(household.members))


@law("5.21")
def maternity_allowances(household: Household) -> Money:
    """Maternity allowances of all members."""
    return household.members.sum(maternity_allowance(household.members))


@law("5.22")
def job_supports(household: Household) -> Money:
    """Job support of all members."""
    return household.members.sum(job_support(household.members))


@law("6.1")
def equivalence(household: Household) -> Number:
    """Equivalent adults: members to the power of 0.7."""
    return size(household).power("0.7")


@law("6.2")
def tested_income(household: Household) -> Money:
    """Net income less an amount for each who works."""
    return (household_net(household) - work_disregard * workers(household)).at_least(0)


@law("6.3")
def income_per_head(household: Household) -> Money:
    """Tested income by member."""
    return tested_income(household) / size(household)


@law("6.4")
def passes_strict_test(household: Household) -> Bool:
    """Poor by income and without savings."""
    allowed = savings_base + savings_head * size(household)
    return (income_per_head(household) <= strict_limit) & (household.savings <= allowed)


@law("6.5")
def passes_wide_test(household: Household) -> Bool:
    """Of modest income."""
    return income_per_head(household) <= wide_limit


@law("7.1")
def single_parent(household: Household) -> Bool:
    """One adult of working age with children."""
    return (adults(household) == 1) & (children(household) > 0)


@law("7.2")
def full_child_benefit(household: Household) -> Money:
    """Child amounts, more for large families and single parents."""
    beyond = (children(household) - large_family_from).at_least(0)
    bonus = when(single_parent(household), single_parent_bonus, otherwise=0)
    return child_amounts(household) + large_family_bonus * beyond + bonus


@law("7.3")
def child_benefit(household: Household) -> Money:
    """Withdrawn as income by head grows."""
    withdrawn = (income_per_head(household) - child_withdrawal_from).at_least(0) * child_withdrawal
    return (full_child_benefit(household) - withdrawn).at_least(0)


@law("8.1")
def rooms_needed(household: Household) -> Number:
    """One room, one for two adults, one for two children."""
    grown = adults(household) + elders(household)
    return (grown / 2).rounded_up() + (children(household) / 2).rounded_up() + 1


@law("8.2")
def crowded(household: Household) -> Bool:
    """Fewer rooms than needed."""
    return household.rooms < rooms_needed(household)  # type: ignore[operator, no-any-return]


@law("8.3")
def rent_cap(household: Household) -> Money:
    """The rent that is taken into account at most."""
    cap = rent_cap_base + rent_cap_head * (size(household) - 1)
    return when(household.urban, cap * urban_factor, otherwise=cap)


@law("8.4")
def eligible_rent(household: Household) -> Money:
    """A tenant's rent up to the cap."""
    return when(household.tenant, household.rent.at_most(rent_cap(household)), otherwise=0)


@law("8.5")
def housing_benefit(household: Household) -> Money:
    """Covers part of the rent beyond a share of income; more in a crowded home of modest income."""
    part = (eligible_rent(household) - tested_income(household) * rent_share).at_least(0) * rent_cover
    more = household.tenant & crowded(household) & passes_wide_test(household)
    return part + when(more, crowding_supplement, otherwise=0)


@law("8.6")
def energy_discount(household: Household) -> Money:
    """Three steps by income, more where somebody is very old, very young or expected."""
    step = cast(Money, Brackets(energy_limits, energy_amounts).flat(income_per_head(household)))
    fragile = (oldest(household) >= great_age) | (youngest(household) < 1) | expecting(household)
    return step + when(fragile & passes_wide_test(household), fragile_supplement, otherwise=0)


@law("8.7")
def winter_bonus(household: Household) -> Money:
    """For elders outside the towns."""
    return when((elders(household) > 0) & ~household.urban, winter_amount, otherwise=0)


@law("8.8")
def transport(household: Household) -> Money:
    """A ticket for each worker and pupil in town, where the household works long and nobody earns much."""
    needs = household.urban & (hours_worked(household) >= commuter_hours)
    modest = highest_wage(household) <= credit_until
    return when(needs & modest, fare * (workers(household) + pupils(household)), otherwise=0)


@law("8.9")
def care_allowance(household: Household) -> Money:
    """Where a member with a disability lives with an infant or somebody very old."""
    heavy = (infants(household) > 0) | (oldest(household) >= great_age)
    return when((disabled_members(household) > 0) & heavy, care_amount, otherwise=0)


@law("9.1")
def personal_benefits(household: Household) -> Money:
    """What members receive one by one."""
    grants = pupil_grants(household) + disability_allowances(household) + social_pensions(household)
    return grants + maternity_allowances(household) + job_supports(household)


@law("9.2")
def household_benefits(household: Household) -> Money:
    """What the household receives as such, before the minimum income."""
    living = housing_benefit(household) + energy_discount(household) + winter_bonus(household)
    return child_benefit(household) + living + transport(household) + care_allowance(household)


@law("9.3")
def first_income(household: Household) -> Money:
    """Income before the minimum income."""
    return household_net(household) + personal_benefits(household) + household_benefits(household)


@law("9.4")
def minimum_income(household: Household) -> Money:
    """Completes the income of those who pass the strict test to a floor by equivalent adult."""
    missing = (income_floor * equivalence(household) - first_income(household)).at_least(0)
    return when(passes_strict_test(household), missing, otherwise=0)


@law("9.5")
def property_tax(household: Household) -> Money:
    """Owners pay by room beyond a few, unless of modest income."""
    taxed = (household.rooms - free_rooms).at_least(0)
    return when(household.tenant | passes_wide_test(household), room_tax * 0, otherwise=room_tax * taxed)


@law("9.6")
def total_benefits(household: Household) -> Money:
    """All benefits."""
    return personal_benefits(household) + household_benefits(household) + minimum_income(household)


@law("9.7")
def disposable_income(household: Household) -> Money:
    """What can be spent."""
    return household_net(household) + total_benefits(household) - property_tax(household)


@law("10.1")
def equivalent_income(household: Household) -> Money:
    """Disposable income by equivalent adult."""
    return disposable_income(household) / equivalence(household)


@law("10.2")
def poor(household: Household) -> Bool:
    """Below the poverty line."""
    return equivalent_income(household) < poverty_line


@law("10.3")
def extremely_poor(household: Household) -> Bool:
    """Below the line of extreme poverty."""
    return equivalent_income(household) < extreme_line


@law("10.4")
def poverty_gap(household: Household) -> Money:
    """What is missing to the poverty line."""
    return (poverty_line - equivalent_income(household)).at_least(0)


@law("10.5")
def overburdened(household: Household) -> Bool:
    """Rent after housing benefit takes too much of the income of a tenant."""
    own_part = household.rent - housing_benefit(household)
    return household.tenant & (own_part > disposable_income(household) * burden_share)


OUTPUTS = (
    disposable_income,
    total_benefits,
    household_tax,
    household_contributions,
    child_benefit,
    housing_benefit,
    minimum_income,
    social_pensions,
    equivalent_income,
    poverty_gap,
    poor,
    extremely_poor,
    overburdened,
)
country = Country("national", named("National benchmark"), NAT, Household, ())


def edition() -> Edition:
    """Return the law of the month with every output of the population run."""
    return Edition(country, MONTH, trace(*OUTPUTS, on=MONTH), ())


def figures() -> dict[str, float]:
    """Return the figures by key, for the peer."""
    law_of_month = edition()
    return {p.key: float(law_of_month.figure(p)) for p in law_of_month.graph.attributes(Op.PARAM)}


def people(persons: int, seed: int = 2) -> Columns:
    """Return invented persons with the inputs that the rules read."""
    random = np.random.default_rng(seed)
    made = compose(persons, random)
    age, households = made.age, made.households

    def chance(share: float) -> Any:
        return random.random(persons) < share

    of_age = (age >= 18) & (age < 68)
    employed = of_age & chance(0.55)
    own = of_age & ~employed & chance(0.35)
    return Columns(
        made.offsets,
        {
            "age": age,
            "wage": incomes(employed, random, median=880, spread=0.8),
            "earnings": incomes(own, random, median=420, spread=1.0),
            "pension": incomes((age >= 62) & chance(0.6), random, median=390, spread=0.6),
            "hours": np.where(employed | own, random.integers(6, 56, persons), 0).astype(np.int8),
            "disabled": chance(0.06),
            "student": ((age >= 5) & (age < 25) & chance(0.85)),
            "pregnant": (age >= 16) & (age < 45) & chance(0.03),
        },
        {
            "rent": random.integers(60, 1400, households, dtype=np.int32),
            "savings": incomes(random.random(households) < 0.7, random, median=1500, spread=1.6),
            "rooms": random.integers(1, 8, households, dtype=np.int8),
            "tenant": random.random(households) < 0.35,
            "urban": random.random(households) < 0.7,
        },
    )
