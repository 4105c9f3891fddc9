"""What must hold for every household."""

from datetime import date

from amparo.countries.argentina.auh import rules
from amparo.countries.argentina.auh.benefits import auh_paid
from amparo.countries.argentina.auh.parameters import child_amount, paid_share, pregnancy_amount
from amparo.countries.argentina.entities import Person
from amparo.expr import Bool, Law, rule
from amparo.policy import Property, Violation, everyone_in, holds, monotone_in, no_cliff

LAW = Law("Ley 24.714")
MONTHS = (date(2015, 12, 1), date(2025, 10, 1))  # the amounts of the years between are not encoded


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


@rule(source=LAW.article("14 bis"), key="auh.child_of_an_informal_mother")
def child_of_an_informal_mother(person: Person) -> Bool:
    """An adult without registered work who earns nothing, mother of an Argentine minor whom nobody else looks after."""
    children = rules.claimed_children(person)
    alone = ~children.father.exists & ~children.guardian.exists
    young = (children.age < 18) & (children.work == "none") & ~children.emancipated & children.argentine
    free = children.mother.exists & ~children.other_family_allowance
    return (person.work == "none") & (person.earnings == 0) & children.any(young & alone & free)


@rule(source=LAW.article("18 k"), key="auh.nothing_for_registered_work")
def nothing_for_registered_work(person: Person) -> Bool:
    """Who works in the registers collects for no child and no pregnancy of her own."""
    registered = ~person.work.one_of("none", "informal", "domestic", "social_monotributo")
    return registered.implies((rules.pregnancy_paid(person) == 0) & (rules.paid(person) == 0))


@rule(source=LAW.article("18 l"), key="auh.pregnancy_is_whole")
def pregnancy_is_whole(person: Person) -> Bool:
    """What is paid and what is kept back for a pregnancy are the whole allowance or nothing."""
    whole = rules.pregnancy_paid(person) + rules.pregnancy_kept_back(person)
    return (whole == 0) | ((whole == pregnancy_amount) & (rules.pregnancy_paid(person) > 0))


@rule(source=LAW.article("14 quater"), key="auh.released_once")
def released_once(person: Person) -> Bool:
    """What is kept back is paid or carried on, to the last centavo, except at the turn of the year."""
    carried = rules.held_for_the_birth(person) + rules.pregnancy_released(person)
    return carried == rules.held_until_birth(person) + rules.pregnancy_kept_back(person)


@rule(source=LAW.article("18 k"), key="auh.year_is_closed")
def year_is_closed(person: Person) -> Bool:
    """In December nothing is carried on as of the year that begins, and in any other month nothing of it is lost."""
    held, new = rules.held_this_year(person), rules.held_of_this_year(person)
    carried = (new == 0) | ~rules.december()
    return carried & (rules.december() | (new == held + rules.kept_back(person)))


# what the recorded households have in common
PLAIN = {
    "age": 40,
    "disabled": False,
    "work": "none",
    "emancipated": False,
    "earnings": 0,
    "other_family_allowance": False,
    "argentine": True,
    "legal_residence": 0,
    "mother": None,
    "father": None,
    "guardian": None,
    "partner": None,
}


properties = (
    Property(
        key="auh.floor",
        names={
            "es": "quien cobra por un hijo recibe al menos el 80 % de una asignación",
            "pt": "quem recebe por um filho recebe ao menos 80 % de um benefício",
            "en": "whoever collects for a child is paid at least 80% of one allowance",
        },
        states=holds(floor),
        on=MONTHS,
    ),
    Property(
        key="auh.nothing_without_a_child",
        names={
            "es": "nadie cobra sin un hijo con derecho",
            "pt": "ninguém recebe sem um filho com direito",
            "en": "nobody is paid without an entitled child",
        },
        states=holds(nothing_without_a_child),
        on=MONTHS,
    ),
    Property(
        key="auh.nothing_is_lost",
        names={
            "es": "lo pagado y lo retenido suman la asignación entera",
            "pt": "o pago e o retido somam o benefício inteiro",
            "en": "what is paid and what is kept back make the whole allowance",
        },
        states=holds(nothing_is_lost),
        on=MONTHS,
    ),
    Property(
        key="auh.falls_with_earnings",
        names={
            "es": "la asignación nunca sube cuando suben los ingresos",
            "pt": "o benefício nunca sobe quando a renda sobe",
            "en": "the allowance never rises with earnings",
        },
        states=monotone_in(Person.earnings, auh_paid, rises=False),
        on=MONTHS,
    ),
    Property(
        key="auh.child_of_an_informal_mother",
        names={
            "es": "La madre sin trabajo de un menor argentino sin otro adulto a cargo cobra por él.",
            "pt": "A mãe sem trabalho de um menor argentino sem outro adulto responsável recebe por ele.",
            "en": "A mother out of work of an Argentine minor with no other adult in charge is paid for the child.",
        },
        states=everyone_in(child_of_an_informal_mother, receives=auh_paid),
        on=MONTHS,
    ),
    Property(
        key="auh.nothing_for_registered_work",
        names={
            "es": "Quien tiene trabajo registrado no cobra.",
            "pt": "Quem tem trabalho registrado não recebe.",
            "en": "Who works in the registers is not paid.",
        },
        states=holds(nothing_for_registered_work),
        on=MONTHS,
    ),
    Property(
        key="auh.pregnancy_is_whole",
        names={
            "es": "Por un embarazo se debe la asignación entera o nada.",
            "pt": "Por uma gravidez deve-se o benefício inteiro ou nada.",
            "en": "For a pregnancy the whole allowance is due or nothing.",
        },
        states=holds(pregnancy_is_whole),
        on=MONTHS,
    ),
    Property(
        key="auh.released_once",
        names={
            "es": "Lo retenido por el embarazo se paga o se sigue debiendo: no se pierde un centavo.",
            "pt": "O retido pela gravidez é pago ou continua devido: não se perde um centavo.",
            "en": "What is kept back for the pregnancy is paid or still owed: not a centavo is lost.",
        },
        states=holds(released_once),
        on=MONTHS,
    ),
    Property(
        key="auh.year_is_closed",
        names={
            "es": "En diciembre se cierra lo retenido del año; en los otros meses se acumula entero.",
            "pt": "Em dezembro fecha-se o retido do ano; nos outros meses acumula-se inteiro.",
            "en": "In December what is kept back of the year is closed; in other months it adds up whole.",
        },
        states=holds(year_is_closed),
        on=MONTHS,
    ),
    Property(
        key="auh.no_cliff",
        names={
            "es": "Un centavo más de ingreso nunca cuesta más de un peso.",
            "pt": "Um centavo a mais de renda nunca custa mais de um peso.",
            "en": "One more centavo of income never costs more than a peso.",
        },
        states=no_cliff(Person.earnings, auh_paid, above=1),
        on=(date(2025, 10, 1),),
        violation=Violation(
            case={
                "household": {},
                "defaults": PLAIN,
                "members": [
                    {"id": "ana", "work": "informal", "earnings": 322200},
                    {"id": "bea", "age": 10, "mother": "ana"},
                ],
            },
            why={
                "es": "Quien gana más que el salario mínimo queda fuera: ese centavo cuesta la asignación de todos "
                "sus hijos.",
                "pt": "Quem ganha mais que o salário mínimo fica fora: esse centavo custa o benefício de todos os "
                "filhos.",
                "en": "Who earns more than the minimum wage is excluded: that centavo costs the allowance for "
                "every child.",
            },
            member="ana",
            to="322200.01",
        ),
    ),
)
