"""What the winter bonus guarantees in every household."""

from datetime import date

from amparo.countries.chile.bono_invierno.parameters import amount, extraordinary, limit
from amparo.countries.chile.bono_invierno.rules import LEY_REAJUSTE, winter_bonus
from amparo.countries.chile.entities import Household, Person
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, Violation, everyone_in, holds, no_cliff

MONTHS = (date(2016, 7, 1), date(2023, 5, 1), date(2025, 5, 1))


@rule(source=LEY_REAJUSTE.article("(bono de invierno)"), key="bono_invierno.whole_or_nothing")
def whole_or_nothing(household: Household) -> Bool:
    """Everybody is paid the whole bonus or nothing."""
    members = household.members
    return members.all((winter_bonus(members) == 0) | (winter_bonus(members) == amount + extraordinary))


@rule(source=LEY_REAJUSTE.article("(derecho)"), key="bono_invierno.low_pension_of_their_own")
def low_pension_of_their_own(person: Person) -> Bool:
    """Sixty-five or older with a pension of their own up to the limit."""
    return (person.age >= 65) & (person.base_pension > 0) & (person.base_pension <= limit)


@rule(source=LEY_REAJUSTE.article("(edad)"), key="bono_invierno.only_the_old")
def only_the_old(person: Person) -> Bool:
    """Nobody under 65, and nobody with a pension above the limit, is paid it."""
    return ((person.age < 65) | (person.base_pension > limit)).implies(winter_bonus(person) == 0)


def properties(winter_bonus_paid: Benefit) -> tuple[Property, ...]:
    """Return the properties of the bonus."""
    return (
        Property(
            key="bono_invierno.whole_or_nothing",
            names={
                "es": "El bono se paga entero o no se paga.",
                "pt": "O bônus é pago inteiro ou não é pago.",
                "en": "The bonus is paid whole or not at all.",
            },
            states=holds(whole_or_nothing),
            on=MONTHS,
        ),
        Property(
            key="bono_invierno.low_pension_of_their_own",
            names={
                "es": "Toda persona de 65 años o más con una pensión propia hasta el límite lo recibe.",
                "pt": "Toda pessoa de 65 anos ou mais com pensão própria até o limite o recebe.",
                "en": "Everyone of 65 or over with a pension of their own up to the limit receives it.",
            },
            states=everyone_in(low_pension_of_their_own, receives=winter_bonus_paid),
            on=MONTHS,
        ),
        Property(
            key="bono_invierno.only_the_old",
            names={
                "es": "Nadie menor de 65 ni con pensión sobre el límite lo recibe.",
                "pt": "Ninguém menor de 65 nem com pensão acima do limite o recebe.",
                "en": "Nobody under 65 or with a pension above the limit receives it.",
            },
            states=holds(only_the_old),
            on=MONTHS,
        ),
        Property(
            key="bono_invierno.no_cliff",
            names={
                "es": "Un peso más de pensión nunca cuesta más de un peso.",
                "pt": "Um peso a mais de pensão nunca custa mais de um peso.",
                "en": "One more peso of pension never costs more than a peso.",
            },
            states=no_cliff(Person.base_pension, winter_bonus_paid, above=1),
            on=(date(2025, 5, 1),),
            violation=Violation(
                case={
                    "household": {"richest_tenth": False},
                    "members": [
                        {
                            "id": "ana",
                            "age": 70,
                            "base_pension": 222475,
                            "years_resident": 50,
                            "years_resident_of_last_5": 5,
                        }
                    ],
                },
                why={
                    "es": "Con una pensión sobre el límite no se paga: ese peso cuesta el bono entero del año.",
                    "pt": "Com uma pensão acima do limite não se paga: esse peso custa o bônus inteiro do ano.",
                    "en": "With a pension above the limit nothing is paid: that peso costs the whole bonus of the "
                    "year.",
                },
                member="ana",
                to=222476,
            ),
        ),
    )
