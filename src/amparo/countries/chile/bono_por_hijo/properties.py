"""What the bonus for each child guarantees."""

from datetime import date

from amparo.countries.chile.bono_por_hijo.rules import LEY_20255, credit
from amparo.countries.chile.entities import CLP, Person
from amparo.expr import Bool, amount, rule
from amparo.policy import Benefit, Property, holds, monotone_in

MONTHS = (date(2009, 7, 1), date(2015, 12, 1), date(2025, 10, 1))


@rule(source=LEY_20255.article("74 (mujer)"), key="bono_por_hijo.mothers_only")
def mothers_only(person: Person) -> Bool:
    """A mother is credited more than 250,000 pesos for each child of the month, and no man anything."""
    due = credit(person)
    hers = (person.sex == "female").implies(due >= amount(250_000, CLP).accrued() * person.births_this_month)
    return hers & (person.sex == "male").implies(due == amount(0, CLP).accrued())


def properties(account: Benefit) -> tuple[Property, ...]:
    """Return the properties of the credit."""
    return (
        Property(
            key="bono_por_hijo.grows_with_births",
            names={
                "es": "Quien tiene más hijos no recibe menos.",
                "pt": "Quem tem mais filhos não recebe menos.",
                "en": "Who has more children is not credited less.",
            },
            states=monotone_in(Person.births_this_month, account),
            on=MONTHS,
        ),
        Property(
            key="bono_por_hijo.mothers_only",
            names={
                "es": "Por cada hijo del mes se abonan a la madre más de $ 250.000, y a ningún hombre nada.",
                "pt": "Por cada filho do mês creditam-se à mãe mais de $ 250.000, e a nenhum homem nada.",
                "en": "For each child of the month a mother is credited more than $ 250,000, and no man anything.",
            },
            states=holds(mothers_only),
            on=MONTHS,
        ),
    )
