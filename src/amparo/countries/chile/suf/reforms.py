"""Reforms of the family subsidy, as values; each has a TOML form of the same name in `chile/reforms`."""

from amparo.countries.chile.entities import Person
from amparo.countries.chile.suf.rules import one_subsidy, originates, subsidy
from amparo.expr import Law, Money, rule, value, when
from amparo.expr import parameters as parameter
from amparo.policy import Reform, replaced

PROPOSAL = Law("Propuesta: doble SUF para menores de seis años")
WORKSHOP = "proposal of the training programme, not law"

age_limit = parameter.count(
    "double_suf_under_six.age_limit",
    value("2014-07-01", 6, WORKSHOP),
    labels={"es": "Edad desde la que no se duplica", "pt": "Idade a partir da qual não dobra", "en": "Age limit"},
)
rsh_limit = parameter.count(
    "double_suf_under_six.rsh_limit",
    value("2014-07-01", 40, WORKSHOP),
    labels={"es": "Tramo hasta el que se duplica", "pt": "Faixa até a qual dobra", "en": "Highest bracket doubled"},
)
factor = parameter.count(
    "double_suf_under_six.factor",
    value("2014-07-01", 2, WORKSHOP),
    labels={"es": "Veces que se paga", "pt": "Vezes que se paga", "en": "Times paid"},
)


@rule(source=PROPOSAL.article("único"), key="suf.doubled_subsidy")
def doubled_subsidy(person: Person) -> Money:
    """Each person who originates the subsidy gives right to it; a child under six of the lower 40 %, twice."""
    young_and_poor = (person.age < age_limit) & (person.household.rsh_bracket <= rsh_limit)
    paid = one_subsidy(person) * when(young_and_poor, factor, otherwise=1)
    return when(originates(person), paid, otherwise=0).rounded_half_up()


double_suf_under_six = Reform(
    names={
        "es": "Subsidio Familiar doble para menores de seis años del 40 %",
        "pt": "Subsídio Familiar em dobro para menores de seis anos dos 40 %",
        "en": "Family subsidy doubled for children under six of the lower 40 %",
    },
    changes=(replaced(subsidy, by=doubled_subsidy),),
)
