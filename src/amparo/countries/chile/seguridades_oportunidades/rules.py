"""Seguridades y Oportunidades: the base bond, the protection bond and the bonds for duties (Ley 20.595)."""

from datetime import date

from amparo.countries.chile.asignacion_familiar.rules import allowance, her_children
from amparo.countries.chile.entities import Household, Person
from amparo.countries.chile.pension_solidaria.rules import PGU_STARTS, pbs_aps, pgu
from amparo.countries.chile.seguridades_oportunidades.parameters import (
    adult_age,
    attendance,
    check_up,
    check_up_age,
    falling_steps,
    gap_share,
    last_month,
    line,
    lowest_attendance,
    protection_first,
    protection_second,
    protection_third,
    school_from,
    school_to,
    stage_months,
    whole_months,
)
from amparo.countries.chile.subsidio_discapacidad.rules import disability_subsidy
from amparo.countries.chile.suf.parameters import amount as family_subsidy
from amparo.countries.chile.suf.rules import subsidy
from amparo.expr import Bool, Count, Law, Money, cases, rule, when

LEY_20595 = Law("Ley 20.595")
DECRETO_30 = Law("Decreto 30/2013")
BONDS_KNOWN = date(2022, 2, 1)

# ------------------------------------------------------------------ who takes part, on which income


@rule(source=LEY_20595.article("3"))
def takes_part(household: Household) -> Bool:
    """The family is accompanied by the programme, for up to 24 months."""
    return (household.programme_month > 0) & (household.programme_month <= last_month)


@rule(source=DECRETO_30.article("(ingresos autónomos)"))
def own_income(person: Person) -> Money:
    """Work, contributory pensions and capital."""
    return person.earnings + person.base_pension + person.capital_income


@rule(source=DECRETO_30.article("(transferencias)"), valid_to=PGU_STARTS)
def transfers(person: Person) -> Money:
    """The family benefits and the solidarity pension of the state are income."""
    return allowance(person) + subsidy(person) + pbs_aps(person)


@transfers.amended(source=DECRETO_30.article("(transferencias)"), valid_from=PGU_STARTS)
def transfers_since_2022(person: Person) -> Money:
    """The family benefits, the guaranteed pension and the disability subsidy of the state are income."""
    return allowance(person) + subsidy(person) + pgu(person) + disability_subsidy(person)


@rule(source=LEY_20595.article("3 (ingreso)"))
def household_income(household: Household) -> Money:
    """What the members have each month, together."""
    members = household.members
    return members.sum(own_income(members) + transfers(members))


# ------------------------------------------------------------------ base bond


@rule(source=DECRETO_30.article("(brecha)"))
def gap(household: Household) -> Money:
    """What is missing for the income to give each person the line of extreme poverty."""
    return (line * household.members.count() - household_income(household)).at_least(0)


@rule(source=DECRETO_30.article("(meses)"))
def sixths_of_the_month(household: Household) -> Count:
    """Six sixths for sixteen months; then one less each month."""
    left = whole_months + falling_steps - household.programme_month
    return left.at_least(0).at_most(falling_steps)


@rule(source=DECRETO_30.article("(bono base)"))
def base_bond(household: Household) -> Money:
    """85 % of the gap of all persons, every month in which the conditions hold."""
    due = gap(household) * gap_share * sixths_of_the_month(household) / falling_steps
    return when(takes_part(household), due, otherwise=0).rounded_half_up()


# ------------------------------------------------------------------ protection bond


@rule(source=DECRETO_30.article("(bono de protección)"), valid_from=BONDS_KNOWN)
def protection_bond(household: Household) -> Money:
    """Four stages of six months: three that fall, and a last one as large as a family subsidy."""
    month = household.programme_month
    by_stage = cases(
        (month <= stage_months, protection_first),
        (month <= stage_months * 2, protection_second),
        (month <= stage_months * 3, protection_third),
        otherwise=family_subsidy,
    )
    return when(takes_part(household), by_stage, otherwise=0).rounded_half_up()


# ------------------------------------------------------------------ bonds for duties


@rule(source=LEY_20595.article("(control del niño sano)"), valid_from=BONDS_KNOWN)
def check_up_bond(person: Person) -> Money:
    """For each child under six whose check-ups are up to date, where the base and the protection bond are paid."""
    home = person.household
    both_bonds = (base_bond(home) > 0) & (protection_bond(home) > 0)
    due = both_bonds & (person.age < check_up_age) & person.health_control
    return when(due, check_up, otherwise=0).rounded_half_up()


@rule(source=LEY_20595.article("(asistencia escolar)"), valid_from=BONDS_KNOWN)
def attendance_bond(person: Person) -> Money:
    """For each pupil of six to eighteen who attends at least 85 % of the classes."""
    pupil = person.age.between(school_from, school_to) & (person.school_attendance >= lowest_attendance)
    return when(takes_part(person.household) & pupil, attendance, otherwise=0).rounded_half_up()


# ------------------------------------------------------------------ who is paid


@rule(source=DECRETO_30.article("(cobro: madres)"))
def mother_of_minors(person: Person) -> Bool:
    """The mother of a member under eighteen."""
    children = her_children(person)
    return children.any(children.age < adult_age)


@rule(source=DECRETO_30.article("(cobro: jefas)"))
def woman_at_the_head(person: Person) -> Bool:
    """An adult woman who is head of the household, or the partner of the head."""
    with_the_head = person.partner.get(lambda partner: partner.head, nobody=False)
    return (person.sex == "female") & (person.age >= adult_age) & (person.head | with_the_head)


@rule(source=DECRETO_30.article("(cobro)"))
def payee(person: Person) -> Bool:
    """Mothers of minors come first, then women at the head, then other adult women, then adult men."""
    members = person.household.members
    adult = person.age >= adult_age
    adult_women = (members.sex == "female") & (members.age >= adult_age)
    return cases(
        (members.any(mother_of_minors(members)), mother_of_minors(person)),
        (members.any(woman_at_the_head(members)), woman_at_the_head(person)),
        (members.any(adult_women), (person.sex == "female") & adult),
        otherwise=adult,
    )
