"""Entities and figures of the invented country of `national`."""

from __future__ import annotations

from amparo.expr import (
    Bool,
    Count,
    Currency,
    Dwelling,
    HouseholdView,
    Input,
    Money,
    Number,
    PersonView,
    value,
)
from amparo.expr import (
    parameters as parameter,
)

NAT = Currency("NAT", 2, "N$")


def named(english: str) -> dict[str, str]:
    """Return a label: the benchmark speaks English only."""
    return {"en": english}


class Person(PersonView):
    """Whoever lives in a household."""

    age = Input(Count, low=0, high=120, labels=named("years of age"))
    wage = Input(Money, currency=NAT, low=0, labels=named("wage of the month"))
    earnings = Input(Money, currency=NAT, low=0, labels=named("own-account earnings of the month"))
    pension = Input(Money, currency=NAT, low=0, labels=named("contributory pension of the month"))
    hours = Input(Count, low=0, high=98, labels=named("hours of work a week"))
    disabled = Input(Bool, labels=named("certified disability"))
    student = Input(Bool, labels=named("enrolled in school or study"))
    pregnant = Input(Bool, labels=named("pregnant"))
    household = Dwelling["Household"]()


class Household(HouseholdView[Person], member=Person):
    """Those who share a dwelling and a budget."""

    rent = Input(Money, currency=NAT, low=0, labels=named("rent of the month"))
    savings = Input(Money, currency=NAT, low=0, labels=named("savings"))
    rooms = Input(Count, low=0, high=30, labels=named("rooms"))
    tenant = Input(Bool, labels=named("pays rent"))
    urban = Input(Bool, labels=named("lives in a town"))


def _money(key: str, figure: int | str) -> Money:
    return parameter.money(key, NAT, value("2024-01-01", figure, "invented"))


def _share(key: str, figure: int | str) -> Number:
    return parameter.number(key, value("2024-01-01", figure, "invented"))


def _count(key: str, figure: int) -> Count:
    return parameter.count(key, value("2024-01-01", figure, "invented"))


# ages, hours and the meaning of work
adult_age, infant_age = _count("adult_age", 18), _count("infant_age", 3)
school_from, school_to, upper_school = _count("school_from", 6), _count("school_to", 17), _count("upper_school", 13)
retirement_age, great_age = _count("retirement_age", 65), _count("great_age", 80)
work_threshold, job_hours, commuter_hours = (
    _money("work_threshold", 150),
    _count("job_hours", 20),
    _count("commuter_hours", 30),
)
# contributions
contribution_floor, contribution_ceiling = _money("contribution_floor", 320), _money("contribution_ceiling", 5150)
worker_rate, own_share, own_rate = (
    _share("worker_rate", "0.115"),
    _share("own_share", "0.7"),
    _share("own_rate", "0.18"),
)
# income tax
work_deduction_rate, work_deduction_cap = _share("work_deduction_rate", "0.06"), _money("work_deduction_cap", 185)
pension_exemption = _money("pension_exemption", 740)
tax_limits = tuple(_money(f"tax_limit_{n}", v) for n, v in enumerate((610, 1430, 2890, 6200), 1))
tax_rates = tuple(_share(f"tax_rate_{n}", v) for n, v in enumerate(("0", "0.085", "0.17", "0.255", "0.345"), 1))
credit_rate, credit_cap = _share("credit_rate", "0.09"), _money("credit_cap", 64)
credit_until, credit_withdrawal = _money("credit_until", 990), _share("credit_withdrawal", "0.11")
disability_credit_amount = _money("disability_credit_amount", 47)
# children and school
child_ages = tuple(_count(f"child_age_{n}", v) for n, v in enumerate((2, 5, 11), 1))
child_rates = tuple(_money(f"child_amount_{n}", v) for n, v in enumerate((118, 92, 77, 61), 1))
large_family_from, large_family_bonus = _count("large_family_from", 2), _money("large_family_bonus", 34)
single_parent_bonus = _money("single_parent_bonus", 58)
child_withdrawal_from, child_withdrawal = _money("child_withdrawal_from", 870), _share("child_withdrawal", "0.14")
pupil_lower, pupil_upper = _money("pupil_lower", 21), _money("pupil_upper", 33)
# means tests
work_disregard, strict_limit, wide_limit = (
    _money("work_disregard", 90),
    _money("strict_limit", 283),
    _money("wide_limit", 597),
)
savings_base, savings_head = _money("savings_base", 2500), _money("savings_head", 700)
# persons in need
disability_amount, disability_limit = _money("disability_amount", 265), _money("disability_limit", 1040)
pension_floor, pension_cover = _money("pension_floor", 412), _share("pension_cover", "0.85")
maternity_amount, job_limit, job_cover = (
    _money("maternity_amount", 143),
    _money("job_limit", 377),
    _share("job_cover", "0.45"),
)
care_amount = _money("care_amount", 119)
# housing, energy, transport
rent_cap_base, rent_cap_head = _money("rent_cap_base", 370), _money("rent_cap_head", 85)
urban_factor, rent_share, rent_cover = (
    _share("urban_factor", "1.25"),
    _share("rent_share", "0.22"),
    _share("rent_cover", "0.65"),
)
crowding_supplement, winter_amount, fare = (
    _money("crowding_supplement", 45),
    _money("winter_amount", 38),
    _money("fare", 27),
)
energy_limits = tuple(_money(f"energy_limit_{n}", v) for n, v in enumerate((155, 341, 598), 1))
energy_amounts = tuple(_money(f"energy_amount_{n}", v) for n, v in enumerate((36, 24, 12), 1))
fragile_supplement, room_tax, free_rooms = (
    _money("fragile_supplement", 9),
    _money("room_tax", 6),
    _count("free_rooms", 2),
)
# what is left
income_floor, poverty_line, extreme_line = (
    _money("income_floor", 307),
    _money("poverty_line", 431),
    _money("extreme_line", 214),
)
burden_share = _share("burden_share", "0.4")
