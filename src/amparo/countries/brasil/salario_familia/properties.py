"""What the salário-família guarantees to every possible household."""

from datetime import date

from amparo.countries.brasil.entities import Household, Person
from amparo.countries.brasil.salario_familia import parameters as figure
from amparo.countries.brasil.salario_familia.rules import LEI_8213, allowance
from amparo.expr import Bool, rule
from amparo.policy import Benefit, Property, holds, monotone_in


@rule(source=LEI_8213.article("65"), key="salario_familia.only_with_a_low_wage")
def only_with_a_low_wage(household: Household) -> Bool:
    """Without a registered employee within the limit nothing is paid."""
    members = household.members
    low_wage = members.formal_worker & (members.earnings <= figure.limit)
    return members.any(low_wage) | members.all(allowance(members) == 0)


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
            on=(date(2025, 10, 1),),
        ),
        Property(
            key="salario_familia.never_rises_with_the_wage",
            names={
                "es": "Un salario más alto nunca aumenta el salario-familia.",
                "pt": "Um salário mais alto nunca aumenta o salário-família.",
                "en": "A higher wage never raises the salário-família.",
            },
            states=monotone_in(Person.earnings, benefit, rises=False),
            on=(date(2025, 10, 1),),
        ),
    )
