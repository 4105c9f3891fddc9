"""What the salário-família guarantees to every possible household."""

from datetime import date

from amparo.countries.brasil.entities import BRL, Household, Person
from amparo.countries.brasil.salario_familia import parameters as figure
from amparo.countries.brasil.salario_familia.rules import LEI_8213, allowance, parents_at_home
from amparo.expr import Bool, amount, rule
from amparo.policy import Benefit, Property, Violation, at_most, everyone_in, holds, monotone_in, no_cliff

MONTHS = (date(2015, 12, 1), date(2025, 10, 1), date(2026, 1, 1))


@rule(source=LEI_8213.article("65"), key="salario_familia.only_with_a_low_wage")
def only_with_a_low_wage(household: Household) -> Bool:
    """Without a registered employee within the limit nothing is paid."""
    members = household.members
    low_wage = members.formal_worker & (members.earnings <= figure.limit)
    return members.any(low_wage) | members.all(allowance(members) == 0)


@rule(source=LEI_8213.article("66"), key="salario_familia.child_of_a_low_wage")
def child_of_a_low_wage(person: Person) -> Bool:
    """A child up to 14, or disabled, whose mother or father is a registered employee with a wage within the limit."""
    parents = parents_at_home(person)
    young = (person.age < 15) | person.disabled
    return young & parents.any(parents.formal_worker & (parents.earnings <= figure.limit))


# what the recorded households have in common
PLAIN = {"age": 40, "disabled": False, "formal_worker": False, "earnings": 0, "mother": None, "father": None}


def properties(benefit: Benefit) -> tuple[Property, ...]:
    """Return the properties of the salário-família."""
    return (
        Property(
            key="salario_familia.only_with_a_low_wage",
            names={
                "es": "Sin un empleado registrado con salario dentro del límite no se paga nada.",
                "pt": "Sem um empregado registrado com salário dentro do limite não se paga nada.",
                "en": "Without a registered employee within the limit nothing is paid.",
            },
            states=holds(only_with_a_low_wage),
            on=MONTHS,
        ),
        Property(
            key="salario_familia.never_rises_with_the_wage",
            names={
                "es": "Un salario más alto nunca aumenta el salario-familia.",
                "pt": "Um salário mais alto nunca aumenta o salário-família.",
                "en": "A higher wage never raises the salário-família.",
            },
            states=monotone_in(Person.earnings, benefit, rises=False),
            on=MONTHS,
        ),
        Property(
            key="salario_familia.child_of_a_low_wage",
            names={
                "es": "Todo hijo de un empleado registrado con salario dentro del límite da derecho a una cuota.",
                "pt": "Todo filho de empregado registrado com salário dentro do limite dá direito a uma cota.",
                "en": "Every child of a registered employee with a wage within the limit gives right to a quota.",
            },
            states=everyone_in(child_of_a_low_wage, receives=benefit),
            on=MONTHS,
        ),
        Property(
            key="salario_familia.two_quotas_at_most",
            names={
                "es": "Por un hijo se pagan a lo sumo dos cuotas, una de cada padre.",
                "pt": "Por um filho pagam-se no máximo duas cotas, uma de cada genitor.",
                "en": "For one child two quotas are paid at most, one to each parent.",
            },
            states=at_most(amount("130.00", BRL), benefit),
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="salario_familia.no_cliff",
            names={
                "es": "Un centavo más de salario nunca cuesta más de un real.",
                "pt": "Um centavo a mais de salário nunca custa mais de um real.",
                "en": "One more centavo of wage never costs more than one real.",
            },
            states=no_cliff(Person.earnings, benefit, above=1),
            on=(date(2025, 10, 1),),
            violation=Violation(
                case={
                    "household": {},
                    "defaults": PLAIN,
                    "members": [
                        {"id": "ana", "formal_worker": True, "earnings": "1906.04"},
                        {"id": "bia", "age": 10, "mother": "ana"},
                    ],
                },
                why={
                    "es": "Sobre el límite del salario no se paga ninguna cuota: ese centavo cuesta R$ 65 por hijo.",
                    "pt": "Acima do limite do salário não se paga nenhuma cota: esse centavo custa R$ 65 por filho.",
                    "en": "Above the limit of the wage no quota is paid: that centavo costs R$ 65 for each child.",
                },
                member="ana",
                to="1906.05",
            ),
        ),
    )
