"""Bolsa Família, provision by provision: first Lei 10.836/2004, then Lei 14.601/2023. See law.md."""

from datetime import date

from amparo.countries.brasil.bolsa_familia import parameters as figure
from amparo.countries.brasil.bpc import rules as bpc
from amparo.countries.brasil.bpc.parameters import older_age
from amparo.countries.brasil.entities import Household
from amparo.countries.brasil.parameters import minimum_wage
from amparo.expr import Bool, Law, Money, Months, cases, rule, state, when

DECRETO_5209 = Law("Decreto 5.209/2004")
CADASTRO_UNICO = Law("Decreto 6.135/2007")
LEI_14601 = Law("Lei 14.601/2023")
PORTARIA_897 = Law("Portaria MDS 897/2023")
AUXILIO_BRASIL = date(2021, 11, 1)
NEW_BOLSA_FAMILIA = date(2023, 3, 1)
PORTARIA_1084 = date(2025, 6, 1)

# What a family carries from month to month; who enters, returns or was never seen starts from the initial values.
paid_in_full = state("bolsa_familia.paid_in_full", Household, Bool, initial=False)
months_left = state("bolsa_familia.months_left", Household, Months, initial=0)
limit_of_2025 = state("bolsa_familia.limit_of_2025", Household, Bool, initial=False)


# ------------------------------------------------------------------ the family's income, under both laws


@rule(source=CADASTRO_UNICO.article("4 IV"), valid_to=AUXILIO_BRASIL)
def family_income(household: Household) -> Money:
    """All gross income of the members; the BPC is not among the transfers left out."""
    members = household.members
    return members.sum(members.earnings + members.pension + members.other_income + bpc.benefit(members))


@family_income.amended(source=LEI_14601.article("4 §2"), valid_from=NEW_BOLSA_FAMILIA)
def family_income_since_2023(household: Household) -> Money:
    """All income of the members, the BPC included, other assistance transfers left out."""
    members = household.members
    return members.sum(members.earnings + members.pension + members.other_income + bpc.benefit(members))


@rule(source=CADASTRO_UNICO.article("4 V"), valid_to=AUXILIO_BRASIL)
def per_capita_income(household: Household) -> Money:
    """Family income divided by the number of members."""
    return family_income(household) / household.members.count()


@per_capita_income.amended(source=LEI_14601.article("4 III"), valid_from=NEW_BOLSA_FAMILIA)
def per_capita_income_since_2023(household: Household) -> Money:
    """Family income divided by the number of members."""
    return family_income(household) / household.members.count()


@rule(source=DECRETO_5209.article("18"), valid_to=AUXILIO_BRASIL)
def poor(household: Household) -> Bool:
    """The family is registered and its income per person is at most the poverty line."""
    return (per_capita_income(household) <= figure.former_poverty_line) & household.cadunico


@poor.amended(source=LEI_14601.article("5"), valid_from=NEW_BOLSA_FAMILIA)
def poor_since_2023(household: Household) -> Bool:
    """The family is registered and its income per person is at most the poverty line."""
    return (per_capita_income(household) <= figure.poverty_line) & household.cadunico


# ------------------------------------------------------------------ Lei 10.836/2004: Decreto 5.209/2004, art. 19


@rule(source=DECRETO_5209.article("19 I"))
def basic_benefit(household: Household) -> Money:
    """One amount for each family in extreme poverty."""
    extremely_poor = poor(household) & (per_capita_income(household) <= figure.extreme_poverty_line)
    return when(extremely_poor, figure.basic_amount, otherwise=0)


@rule(source=DECRETO_5209.article("19 II"))
def variable_benefit(household: Household) -> Money:
    """One amount for each member who is pregnant, nursing or aged up to 15, five at most."""
    members = household.members
    # "por beneficiário": a pregnant fourteen-year-old is one beneficiary, so this is one `|`, not a sum of counts.
    beneficiaries = members.count(members.pregnant | members.nursing | (members.age <= 15))
    return when(poor(household), figure.variable_amount * beneficiaries.at_most(figure.variable_maximum), otherwise=0)


@rule(source=DECRETO_5209.article("19 III"))
def adolescent_benefit(household: Household) -> Money:
    """One amount for each member aged 16 or 17 who is enrolled in school, two at most."""
    members = household.members
    beneficiaries = members.count(members.age.between(16, 17) & members.in_school)
    return when(
        poor(household), figure.adolescent_amount * beneficiaries.at_most(figure.adolescent_maximum), otherwise=0
    )


@rule(source=DECRETO_5209.article("19 V"))
def overcoming_benefit(household: Household) -> Money:
    """What lifts each member just above the extreme poverty line, when income and the other benefits do not."""
    others = basic_benefit(household) + variable_benefit(household) + adolescent_benefit(household)
    size = household.members.count()
    reached = (family_income(household) + others) / size
    # The decree's difference per person, times the members, multiplied out: all whole centavos.
    gap = figure.overcoming_threshold * size - (family_income(household) + others)
    return when(poor(household) & (reached <= figure.extreme_poverty_line), gap.rounded_up(2), otherwise=0)


@rule(source=DECRETO_5209.article("19"), valid_to=AUXILIO_BRASIL)
def benefit(household: Household) -> Money:
    """The sum of the four benefits."""
    total = (
        basic_benefit(household)
        + variable_benefit(household)
        + adolescent_benefit(household)
        + overcoming_benefit(household)
    )
    return total.rounded_half_up("0.01")


# ------------------------------------------------------------------ Lei 14.601/2023, arts. 6 and 7


@rule(source=LEI_14601.article("7 §1 I"))
def citizenship_income(household: Household) -> Money:
    """One amount for each member."""
    return figure.citizenship_amount * household.members.count()


@rule(source=LEI_14601.article("7 §1 II"))
def complement(household: Household) -> Money:
    """What is missing for the citizenship income to reach the household floor."""
    return (figure.household_floor - citizenship_income(household)).at_least(0)


@rule(source=LEI_14601.article("7 §1 III"))
def early_childhood_benefit(household: Household) -> Money:
    """One amount for each child under 7."""
    members = household.members
    return figure.early_childhood_amount * members.count(members.age < 7)


@rule(source=LEI_14601.article("7 §1 IV"))
def variable_family_benefit(household: Household) -> Money:
    """One amount for each member who is pregnant, nursing, or aged 7 to 17."""
    members = household.members
    # Decreto 11.566/2023, art. 6 IV pays per member in *any* of the situations: hence one `|` here too.
    beneficiaries = members.count(members.pregnant | members.nursing | members.age.between(7, 17))
    return figure.family_variable_amount * beneficiaries


@rule(source=LEI_14601.article("7 §2"))
def full_benefit(household: Household) -> Money:
    """The sum of the four benefits, which are cumulative."""
    return (
        citizenship_income(household)
        + complement(household)
        + early_childhood_benefit(household)
        + variable_family_benefit(household)
    )


@rule(source=LEI_14601.article("6"), valid_to=PORTARIA_1084)
def protection_period(household: Household) -> Months:
    """How many months a family whose income rises now may stay: 24."""
    return figure.protection_months


@protection_period.amended(source=PORTARIA_897.article("20"), valid_from=PORTARIA_1084)
def protection_period_since_2025(household: Household) -> Months:
    """12 months; 2 when a pension or an older person's BPC makes the income stable and no disabled person has a BPC."""
    members = household.members
    has_bpc = bpc.benefit(members) > 0
    stable = members.any((members.pension > 0) | (has_bpc & (members.age >= older_age)))
    bpc_of_disabled = members.any(has_bpc & (members.age < older_age))
    return when(stable & ~bpc_of_disabled, figure.protection_months_stable, otherwise=figure.protection_months)


@rule(source=LEI_14601.article("6 §1"), valid_to=PORTARIA_1084)
def protection_limit(household: Household) -> Money:
    """Half a minimum wage per person; above it the family leaves at once."""
    return minimum_wage * figure.former_protection_share_of_wage


@protection_limit.amended(source=PORTARIA_897.article("20"), valid_from=PORTARIA_1084)
def protection_limit_since_2025(household: Household) -> Money:
    """The minister's line for a period begun since June 2025; half a minimum wage for one begun before."""
    former_limit = minimum_wage * figure.former_protection_share_of_wage
    return when(begun_since_2025(household), figure.protection_line, otherwise=former_limit)


@rule(source=PORTARIA_897.article("20"), valid_from=PORTARIA_1084)
def begun_since_2025(household: Household) -> Bool:
    """The protection period begins now, or began in June 2025 or later."""
    return (months_left(household) == 0) | limit_of_2025(household)


@rule(source=LEI_14601.article("6"))
def months_available(household: Household) -> Months:
    """The months left of a running period; a whole new one for a family that was paid in full last month."""
    fresh = when(paid_in_full(household), protection_period(household), otherwise=0)
    return when(months_left(household) > 0, months_left(household), otherwise=fresh)


@rule(source=LEI_14601.article("6"))
def protected(household: Household) -> Bool:
    """The family is above the poverty line, within the limit of protection, and has months available."""
    above_line = per_capita_income(household) > figure.poverty_line
    within_limit = per_capita_income(household) <= protection_limit(household)
    return above_line & (months_available(household) > 0) & within_limit & household.cadunico


@benefit.amended(source=LEI_14601.article("6 §2"), valid_from=NEW_BOLSA_FAMILIA)
def benefit_since_2023(household: Household) -> Money:
    """The full benefit of a poor family, half of it under protection."""
    full = full_benefit(household)
    return cases(
        (poor(household), full),
        (protected(household), full * figure.protection_share),
        otherwise=0,
    ).rounded_half_up("0.01")


# ------------------------------------------------------------------ what the family takes into the next month


@paid_in_full.next
@rule(source=LEI_14601.article("6"))
def was_paid_in_full(household: Household) -> Bool:
    """A family paid in full this month may begin a protection period next month."""
    return poor(household)


@months_left.next
@rule(source=LEI_14601.article("6"))
def remaining_months(household: Household) -> Months:
    """One month less while protected; none for a family that is poor again or has left."""
    return when(protected(household), months_available(household) - 1, otherwise=0)


@limit_of_2025.next
@rule(source=PORTARIA_897.article("20"), valid_from=PORTARIA_1084)
def stays_under_limit_of_2025(household: Household) -> Bool:
    """A period keeps the limit with which it began."""
    return protected(household) & begun_since_2025(household)
