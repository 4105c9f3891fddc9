"""What a registered employee pays, and what is left: contribution to the INSS and the tax withheld from wages."""

from datetime import date

from amparo.countries.brasil.contribuicoes_imposto import parameters as figure
from amparo.countries.brasil.entities import Person
from amparo.expr import Brackets, Law, Money, Number, cases, rule, when

PORTARIA_13_2015 = Law("Portaria MPS/MF 13/2015")
EC_103 = Law("Emenda Constitucional 103/2019")
LEI_9250 = Law("Lei 9.250/1995")
LEI_14663 = Law("Lei 14.663/2023")
LEI_11482 = Law("Lei 11.482/2007")
LEI_9430 = Law("Lei 9.430/1996")
LEI_15270 = Law("Lei 15.270/2025")
LEI_7713 = Law("Lei 7.713/1988")

REFORM_OF_PENSIONS = date(2020, 3, 1)
SIMPLIFIED = date(2023, 5, 1)
RELIEF = date(2026, 1, 1)


@rule(source=PORTARIA_13_2015.article("(contribuição)"), valid_to=REFORM_OF_PENSIONS)
def contribution(person: Person) -> Money:
    """The rate of the bracket in which the wage falls, on the whole wage up to a ceiling."""
    *_, ceiling = limits = figure.wage_limits[:3]
    wage = person.earnings.at_most(ceiling)
    due = Brackets(limits, figure.wage_rates[:3]).average(wage).rounded_down("0.01")
    return when(person.formal_worker, due, otherwise=0)


@contribution.amended(source=EC_103.article("28"), valid_from=REFORM_OF_PENSIONS)
def progressive_contribution(person: Person) -> Money:
    """Each rate on the part of the wage within its bracket; centavos are cut off bracket by bracket."""
    due = floor = person.earnings * 0
    for limit, rate in zip(figure.wage_limits, figure.wage_rates, strict=True):
        due = due + ((person.earnings.at_most(limit) - floor).at_least(0) * rate).rounded_down("0.01")
        floor = limit
    return when(person.formal_worker, due, otherwise=0)


@rule(source=LEI_9250.article("4"), valid_to=SIMPLIFIED)
def deductions(person: Person) -> Money:
    """The contribution and an amount for each dependant are taken from the wage."""
    return contribution(person) + figure.dependant * person.tax_dependants


@deductions.amended(source=LEI_14663.article("(desconto simplificado)"), valid_from=SIMPLIFIED)
def deductions_or_simplified(person: Person) -> Money:
    """The simplified deduction takes the place of the others where it is larger."""
    return (contribution(person) + figure.dependant * person.tax_dependants).at_least(figure.simplified)


@rule(source=LEI_11482.article("1"))
def tax_by_the_table(person: Person) -> Money:
    """The rate of the bracket on the whole base, less the bracket's amount; nothing in the first."""
    base = (person.earnings - deductions(person)).at_least(0)
    exempt, *limits = figure.tax_limits
    *rates, last_rate = figure.tax_rates
    *less, last_less = figure.tax_less
    rate: Number = Brackets(limits, rates, last_rate).flat(base)  # type: ignore[assignment]
    amount: Money = Brackets(limits, less, last_less).flat(base)  # type: ignore[assignment]
    due = when(base > exempt, base * rate - amount, otherwise=0)
    return when(person.formal_worker, due, otherwise=0).rounded_half_up("0.01")


@rule(source=LEI_9430.article("67"), valid_to=RELIEF)
def income_tax(person: Person) -> Money:
    """The tax by the table is withheld, unless it is ten reais or less."""
    return _withheld(tax_by_the_table(person))


@income_tax.amended(source=LEI_15270.article("(redução)"), valid_from=RELIEF)
def reduced_income_tax(person: Person) -> Money:
    """The tax is reduced to nothing up to one wage, and by less and less up to another."""
    wage = person.earnings
    falling = (figure.relief_base - wage * figure.relief_slope).rounded_half_up("0.01")
    reduction = cases(
        (wage <= figure.full_relief_limit, figure.full_relief),
        (wage <= figure.relief_limit, falling),
        otherwise=0,
    )
    return _withheld((tax_by_the_table(person) - reduction).at_least(0))


def _withheld(tax: Money) -> Money:
    return when(tax > figure.waived, tax, otherwise=0)


@rule(source=LEI_7713.article("(líquido)"))
def net_earnings(person: Person) -> Money:
    """What is left of earnings after the contribution and the tax."""
    return person.earnings - contribution(person) - income_tax(person)
