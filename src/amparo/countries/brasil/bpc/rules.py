"""The BPC, provision by provision: Lei 8.742/1993 (LOAS), art. 20. What each says stands in law.md."""

from datetime import date

from amparo.countries.brasil.bpc.parameters import income_share, older_age
from amparo.countries.brasil.entities import Person
from amparo.countries.brasil.parameters import minimum_wage
from amparo.expr import Bool, Count, Law, Money, group, rule, same_person, when

LOAS = Law("Lei 8.742/1993")
STATUTE_OF_THE_ELDERLY = Law("Lei 10.741/2003")
LEI_13982 = date(2020, 4, 2)
MP_1023 = date(2021, 1, 1)
LEI_14176 = date(2021, 6, 23)


@rule(source=LOAS.article("20"))
def claimant(person: Person) -> Bool:
    """A person aged 65 or over, or with a disability at any age."""
    return (person.age >= older_age) | person.disabled


@group
def bpc_family(applicant: Person, other: Person) -> Bool:
    """The applicant, the partner, the parents, and single children and siblings, under one roof."""
    is_parent = applicant.mother.is_(other) | applicant.father.is_(other) | applicant.step_parent.is_(other)
    is_child = other.mother.is_(applicant) | other.father.is_(applicant) | other.step_parent.is_(applicant)
    is_sibling = (applicant.siblings > 0) & (applicant.siblings == other.siblings)
    return (
        same_person(applicant, other)
        | applicant.partner.is_(other)
        | other.partner.is_(applicant)
        | is_parent
        | ((is_child | is_sibling) & other.single)
    )


@rule(source=LOAS.article("20 §1"))
def family_size(person: Person) -> Count:
    """How many persons form the applicant's family; grandchildren, in-laws and others under the roof do not."""
    return bpc_family(person).count()


@rule(source=LOAS.article("20 §3"), valid_to=LEI_13982)
def counted_income(person: Person) -> Money:
    """All gross income of a member."""
    return person.earnings + person.pension + person.other_income


@counted_income.amended(source=LOAS.article("20 §14"), valid_from=LEI_13982)
def counted_income_since_2020(person: Person) -> Money:
    """All gross income of a member, but no pension of up to one minimum wage of an older or disabled person."""
    disregarded = claimant(person) & (person.pension <= minimum_wage)
    counted_pension = when(disregarded, person.pension * 0, otherwise=person.pension)
    return person.earnings + counted_pension + person.other_income


@rule(source=STATUTE_OF_THE_ELDERLY.article("34"), valid_to=LEI_13982)
def counted_bpc(person: Person) -> Money:
    """A BPC already granted, unless to an older person."""
    return when((person.age < older_age) & person.receives_bpc, minimum_wage, otherwise=0)


@rule(source=LOAS.article("20 §3"), valid_to=LEI_13982)
def per_capita_income(person: Person) -> Money:
    """Income of the applicant's family, with the BPC of other members that counts, divided by its members."""
    family = bpc_family(person)
    bpc_of_others = family.sum(counted_bpc(family)) - counted_bpc(person)
    return (family.sum(counted_income(family)) + bpc_of_others) / family_size(person)


@per_capita_income.amended(source=LOAS.article("20 §14"), valid_from=LEI_13982)
def per_capita_income_since_2020(person: Person) -> Money:
    """Income of the applicant's family, no member's BPC included, divided by its members."""
    family = bpc_family(person)
    return family.sum(counted_income(family)) / family_size(person)


@rule(source=LOAS.article("20 §3"), valid_to=LEI_13982)
def in_need(person: Person) -> Bool:
    """Income per person is below one quarter of the minimum wage."""
    return per_capita_income(person) < minimum_wage * income_share


@in_need.amended(source=LOAS.article("20 §3 (Lei 13.982/2020)"), valid_from=LEI_13982, valid_to=MP_1023)
def in_need_2020(person: Person) -> Bool:
    """Income per person is at most one quarter of the minimum wage, until the end of 2020."""
    return per_capita_income(person) <= minimum_wage * income_share


@in_need.amended(source=LOAS.article("20 §3 (MP 1.023/2020)"), valid_from=MP_1023, valid_to=LEI_14176)
def in_need_early_2021(person: Person) -> Bool:
    """Income per person is again below one quarter of the minimum wage."""
    return per_capita_income(person) < minimum_wage * income_share


@in_need.amended(source=LOAS.article("20 §3 (Lei 14.176/2021)"), valid_from=LEI_14176)
def in_need_since_2021(person: Person) -> Bool:
    """Income per person is at most one quarter of the minimum wage."""
    return per_capita_income(person) <= minimum_wage * income_share


@rule(source=LOAS.article("20 §4"))
def has_other_benefit(person: Person) -> Bool:
    """The person receives another benefit of social security, with which the BPC cannot be cumulated."""
    return person.pension > 0


@rule(source=LOAS.article("20"))
def benefit(person: Person) -> Money:
    """One minimum wage a month to each claimant in need who has no other benefit."""
    entitled = claimant(person) & ~has_other_benefit(person) & in_need(person)
    return when(entitled, minimum_wage, otherwise=0).rounded_half_up("0.01")
