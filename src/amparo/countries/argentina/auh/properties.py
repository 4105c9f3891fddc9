"""What must hold for every household."""

from datetime import date

from amparo.countries.argentina.auh import rules
from amparo.countries.argentina.auh.benefits import auh_paid
from amparo.countries.argentina.auh.parameters import child_amount, paid_share
from amparo.countries.argentina.entities import Person
from amparo.expr import Bool, Law, rule
from amparo.policy import Property, holds, monotone_in

LAW = Law("Ley 24.714")


@rule(source=LAW.article("18 k"), key="auh.floor")
def floor(person: Person) -> Bool:
    """Whoever collects for a child is paid at least eighty per cent of one allowance."""
    return rules.claimant(person).implies(rules.paid(person) >= (child_amount * paid_share).rounded_half_up("0.01"))


@rule(source=LAW.article("14 bis"), key="auh.nothing_without_a_child")
def nothing_without_a_child(person: Person) -> Bool:
    """Nobody is paid without an entitled child."""
    return (rules.paid(person) > 0).implies(rules.claimant(person))


@rule(source=LAW.article("18 k"), key="auh.nothing_is_lost")
def nothing_is_lost(person: Person) -> Bool:
    """What is paid and what is kept back are the whole allowance, and neither is negative."""
    whole = rules.paid(person) + rules.kept_back(person) == rules.allowance(person)
    return whole & (rules.paid(person) >= 0) & (rules.kept_back(person) >= 0)


properties = (
    Property(
        key="auh.floor",
        names={
            "es": "quien cobra por un hijo recibe al menos el 80 % de una asignación",
            "pt": "quem recebe por um filho recebe ao menos 80 % de um benefício",
            "en": "whoever collects for a child is paid at least 80% of one allowance",
        },
        states=holds(floor),
        on=(date(2025, 10, 1),),
    ),
    Property(
        key="auh.nothing_without_a_child",
        names={
            "es": "nadie cobra sin un hijo con derecho",
            "pt": "ninguém recebe sem um filho com direito",
            "en": "nobody is paid without an entitled child",
        },
        states=holds(nothing_without_a_child),
        on=(date(2025, 10, 1),),
    ),
    Property(
        key="auh.nothing_is_lost",
        names={
            "es": "lo pagado y lo retenido suman la asignación entera",
            "pt": "o pago e o retido somam o benefício inteiro",
            "en": "what is paid and what is kept back make the whole allowance",
        },
        states=holds(nothing_is_lost),
        on=(date(2025, 10, 1),),
    ),
    Property(
        key="auh.falls_with_earnings",
        names={
            "es": "la asignación nunca sube cuando suben los ingresos",
            "pt": "o benefício nunca sobe quando a renda sobe",
            "en": "the allowance never rises with earnings",
        },
        states=monotone_in(Person.earnings, auh_paid, rises=False),
        on=(date(2025, 10, 1),),
    ),
)
