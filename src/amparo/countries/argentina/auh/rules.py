"""Ley 24.714 as amended by Decretos 1602/2009, 446/2011 and 840/2020: allowances outside the registers."""

from datetime import date

from amparo.countries.argentina.auh.parameters import (
    age_limit,
    child_amount,
    disability_amount,
    first_week,
    income_limit,
    most_children,
    paid_share,
    pregnancy_amount,
    residence_required,
)
from amparo.countries.argentina.entities import ARS, Person
from amparo.countries.argentina.parameters import minimum_wage
from amparo.expr import Bool, Count, Law, Money, group, rule, state, this_month, when

LAW = Law("Ley 24.714")
DECREE_840 = Law("Decreto 840/2020")
SINCE_840 = date(2020, 11, 1)


# Who stands where.


@group
def mothers(child: Person, adult: Person) -> Bool:
    """The child's mother, if she lives in the household."""
    return child.mother.is_(adult)


@group
def fathers(child: Person, adult: Person) -> Bool:
    """The child's father, if he lives in the household."""
    return child.father.is_(adult)


@group
def adults_in_charge(child: Person, adult: Person) -> Bool:
    """The parents of the household, and the guardian."""
    return child.mother.is_(adult) | child.father.is_(adult) | child.guardian.is_(adult)


def collects(adult: Person, child: Person) -> Bool:
    """The mother first; without her the father; without both the guardian."""
    no_mother = mothers(child).count() == 0
    no_father = fathers(child).count() == 0
    return (
        child.mother.is_(adult)
        | (no_mother & child.father.is_(adult))
        | (no_mother & no_father & child.guardian.is_(adult))
    )


@group
def claimants(child: Person, adult: Person) -> Bool:
    """The one adult who collects for the child."""
    return collects(adult, child)


@group
def claimed_children(adult: Person, child: Person) -> Bool:
    """The children for whom the adult collects."""
    return collects(adult, child)


# The families of art. 1 c and art. 3.


@rule(source=LAW.article("1 c"))
def outside_registered_work(person: Person) -> Bool:
    """Out of work, or working informally, in domestic service or under the social monotributo; no pension."""
    return person.work.one_of("none", "informal", "domestic", "social_monotributo")


@rule(source=LAW.article("3"))
def within_minimum_wage(person: Person) -> Bool:
    """Who earns more than the minimum wage in the informal economy is excluded; exactly the minimum is not more."""
    return person.earnings <= income_limit * minimum_wage


# The child: art. 14 bis and 14 ter.


@rule(source=LAW.article("14 bis"))
def dependent_child(person: Person) -> Bool:
    """Under 18, or of any age with a certified disability; neither employed nor emancipated."""
    return ((person.age < age_limit) | person.disabled) & (person.work == "none") & ~person.emancipated


@rule(source=LAW.article("14 ter a"), valid_to=SINCE_840)
def nationality_or_residence(person: Person) -> Bool:
    """Argentine, or the child of an Argentine, or a legal resident for three years."""
    adults = adults_in_charge(person)
    return person.argentine | adults.any(adults.argentine) | (person.legal_residence >= residence_required)


@nationality_or_residence.amended(source=DECREE_840.article("2"), valid_from=SINCE_840)
def _(person: Person) -> Bool:
    """Argentine; or both the foreign child and a foreign claimant legal residents for two years."""
    payee = claimants(person)
    settled = payee.any(payee.argentine | (payee.legal_residence >= residence_required))
    return person.argentine | ((person.legal_residence >= residence_required) & settled)


@rule(source=LAW.article("14 bis"))
def entitled_child(person: Person) -> Bool:
    """A dependent child in no other family allowance, whose adults in charge are all outside the registers."""
    adults = adults_in_charge(person)
    return (
        dependent_child(person)
        & (adults.count() > 0)
        & adults.all(outside_registered_work(adults) & within_minimum_wage(adults))
        & ~person.other_family_allowance
        & nationality_or_residence(person)
    )


@rule(source=LAW.article("14 bis"))
def claimant(person: Person) -> Bool:
    """The allowance is paid to one adult only: the mother first."""
    children = claimed_children(person)
    return children.any(entitled_child(children))


@rule(source=LAW.article("14 bis"), valid_to=SINCE_840)
def children_with_disability(person: Person) -> Count:
    """How many children with a disability the claimant is paid for: they fill the five places first."""
    children = claimed_children(person)
    return children.count(entitled_child(children) & children.disabled).at_most(most_children)


@children_with_disability.amended(source=DECREE_840.article("1"), valid_from=SINCE_840)
def _(person: Person) -> Count:
    """How many children with a disability the claimant is paid for: all of them."""
    children = claimed_children(person)
    return children.count(entitled_child(children) & children.disabled)


@rule(source=LAW.article("14 bis"), valid_to=SINCE_840)
def other_children(person: Person) -> Count:
    """How many other children the claimant is paid for: up to five children in all."""
    children = claimed_children(person)
    places = most_children - children_with_disability(person)
    return children.count(entitled_child(children) & ~children.disabled).at_most(places)


@other_children.amended(source=DECREE_840.article("1"), valid_from=SINCE_840)
def _(person: Person) -> Count:
    """How many other children the claimant is paid for: all of them."""
    children = claimed_children(person)
    return children.count(entitled_child(children) & ~children.disabled)


# The amount: art. 18 k.


@rule(source=LAW.article("18 k"))
def allowance(person: Person) -> Money:
    """The claimant's allowance: one amount for each child, a higher one for a child with a disability."""
    return disability_amount * children_with_disability(person) + child_amount * other_children(person)


@rule(source=LAW.article("18 k"))
def paid(person: Person) -> Money:
    """Eighty per cent is paid every month."""
    return (allowance(person) * paid_share).rounded_half_up("0.01")


@rule(source=LAW.article("18 k"))
def kept_back(person: Person) -> Money:
    """The rest is kept back: nothing is lost between the two parts."""
    return allowance(person) - paid(person)


@rule(source=LAW.article("18 k"))
def retained(person: Person) -> Money:
    """The twenty per cent earned this month, owed until the Libreta is filed."""
    return kept_back(person).accrued()


held_this_year = state("auh.held_this_year", Person, Money, initial=0, currency=ARS)
held_last_year = state("auh.held_last_year", Person, Money, initial=0, currency=ARS)


def december() -> Bool:
    """Whether the month of evaluation is a December: whole years separate it from any other."""
    years = this_month().full_months_until(date(2999, 12, 1)) / 12
    return years == years.rounded_down()


@held_this_year.next
@rule(source=LAW.article("18 k"))
def held_of_this_year(person: Person) -> Money:
    """What is kept back adds up from January to December."""
    return when(~december(), held_this_year(person) + kept_back(person), otherwise=0)


@held_last_year.next
@rule(source=LAW.article("18 k"))
def held_of_last_year(person: Person) -> Money:
    """At the turn of the year it waits for the Libreta; what nobody has claimed by the next turn is lost."""
    waiting = when(~person.libreta_filed, held_last_year(person), otherwise=0)
    return when(december(), held_this_year(person) + kept_back(person), otherwise=waiting)


@rule(source=LAW.article("18 k"))
def released(person: Person) -> Money:
    """Once a year, with the Libreta, all that was kept back in the calendar year before is paid."""
    return when(person.libreta_filed, held_last_year(person), otherwise=0).annual()


# The pregnancy: art. 14 quater, 14 quinquies and 18 l.


@rule(source=LAW.article("14 quater"))
def in_time_of_pregnancy(person: Person) -> Bool:
    """From the twelfth week until the birth or the end of the pregnancy."""
    return person.pregnancy_weeks >= first_week


@rule(source=LAW.article("14 quinquies"))
def entitled_pregnancy(person: Person) -> Bool:
    """She and her partner are outside the registers, she is Argentine or settled, and no other allowance is paid."""

    def outside(adult: Person) -> Bool:
        return outside_registered_work(adult) & within_minimum_wage(adult)

    return (
        in_time_of_pregnancy(person)
        & outside(person)
        & person.partner.get(outside, nobody=True)
        & ~person.other_family_allowance
        & (person.argentine | (person.legal_residence >= residence_required))
    )


@rule(source=LAW.article("18 l"))
def pregnancy_allowance(person: Person) -> Money:
    """One amount for each pregnancy, also when more than one child is expected."""
    return when(entitled_pregnancy(person), pregnancy_amount, otherwise=0)


@rule(source=LAW.article("18 l"))
def pregnancy_paid(person: Person) -> Money:
    """Eighty per cent is paid every month."""
    return (pregnancy_allowance(person) * paid_share).rounded_half_up("0.01")


@rule(source=LAW.article("18 l"))
def pregnancy_kept_back(person: Person) -> Money:
    """The rest is kept back until the birth."""
    return pregnancy_allowance(person) - pregnancy_paid(person)


@rule(source=LAW.article("18 l"))
def pregnancy_retained(person: Person) -> Money:
    """The twenty per cent earned this month, owed until the birth or the end of the pregnancy is proved."""
    return pregnancy_kept_back(person).accrued()


held_until_birth = state("auh.held_until_birth", Person, Money, initial=0, currency=ARS)


@held_until_birth.next
@rule(source=LAW.article("18 l"))
def held_for_the_birth(person: Person) -> Money:
    """What is kept back adds up until the proof is given."""
    waiting = when(~person.pregnancy_end_proved, held_until_birth(person), otherwise=0)
    return waiting + pregnancy_kept_back(person)


@rule(source=LAW.article("18 l"))
def pregnancy_released(person: Person) -> Money:
    """With the proof of the birth, or of the end of the pregnancy, all that was kept back is paid."""
    return when(person.pregnancy_end_proved, held_until_birth(person), otherwise=0)
