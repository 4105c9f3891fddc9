"""What other engines answer without a word, each tried here: probes on OpenFisca and PolicyEngine by the authors.

Their answers are in the docstrings. amparo gives the right number, or a sentence.
"""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from tests.execute.small_law import BRL, LAW, Household, Person, edition_of, people

from amparo.errors import CaseError, ExecutionError, PopulationError
from amparo.execute.ask import Reference, inquire
from amparo.execute.exact import decide
from amparo.execute.kernel import Kernel
from amparo.execute.kernel.rows import case_of
from amparo.expr import Bool, Count, Date, HouseholdView, Input, Money, Months, PersonView, rule, when
from amparo.expr.rules import state
from amparo.expr.symbols import amount
from amparo.policy import Benefit, Country, Programme, Regime, Role
from amparo.population.table import Population

EVERYTHING = {"age": 30, "wage": 1000, "pension": 0, "disabled": False, "born": "1995-01-01", "mother": None}


def agreed(edition, population, name, states=None):
    """What both executors say, when they say the same."""
    result = Kernel(edition).run(population, states=states).outputs[name]
    exact = []
    for home in range(population.household_count):
        case = case_of(population, edition.country, home, states or {}, edition.graph)
        value = decide(edition, case).outputs[name]
        exact += value if isinstance(value, list) else [value]
    unit = 100 if edition.graph.outputs[name].type.currency else 1
    assert [Fraction(float(x)) for x in result] == [Fraction(v) * unit for v in exact]
    return exact


@pytest.fixture(autouse=True)
def _own_cache(cache, monkeypatch):
    monkeypatch.setenv("AMPARO_CACHE", str(cache))


# bal(t) = bal(t−1) + 1 -----------------------------------------------------------------------------------------------


def growing_stock():
    stock = state("stock", Household, Count, initial=0)

    @stock.next
    @rule(source=LAW.article("1"), key="stock.next_month")
    def following(household: Household) -> Count:
        """One more each month."""
        return stock(household) + 1

    @rule(source=LAW.article("2"), key="stock.now")
    def now(household: Household) -> Count:
        """What there is."""
        return stock(household) + 0

    return now


MONTHS = [date(2016, m, 1) for m in range(1, 7)]


def test_a_stock_of_10_in_january_is_15_in_june_and_not_1():
    """OpenFisca: 1.0, without a warning; PolicyEngine: 10.0 after more months."""
    now = growing_stock()
    population = people([{}], [], [{}, {}])
    states = {"stock": np.array([10.0, 10.0, 10.0])}
    for month in MONTHS:
        result = Kernel(edition_of(now, on=month)).run(population, states=states)
        seen = result.outputs["stock.now"]
        states = {"stock": result.outputs["next:stock"]}
    assert seen.tolist() == [15, 15, 15]


def test_a_stock_of_10_in_january_is_15_in_june_for_one_household_too():
    now, stock = growing_stock(), Fraction(10)
    for month in MONTHS:
        decision = decide(edition_of(now, on=month), {"members": [{}], "states": {"stock": int(stock)}})
        seen, stock = decision.outputs["stock.now"], decision.outputs["next:stock"]
    assert seen == 15


def test_a_stock_is_computed_over_seventeen_months_as_over_five():
    """PolicyEngine: 10.0 instead of 27.0."""
    now = growing_stock()
    population, states = people([{}]), {"stock": np.array([10.0])}
    for i in range(17):
        edition = edition_of(now, on=date(2016 + i // 12, i % 12 + 1, 1))
        states = {"stock": Kernel(edition).run(population, states=states).outputs["next:stock"]}
    assert states["stock"][0] == 27


def test_a_misspelt_stock_is_refused_and_does_not_start_from_nothing():
    edition = edition_of(growing_stock())
    with pytest.raises(CaseError, match=r"no rule .* has a state 'stok'\. Did you mean 'stock'\?"):
        decide(edition, {"members": [{}], "states": {"stok": 10}})
    with pytest.raises(PopulationError, match="'stok'"):
        Kernel(edition).run(people([{}]), states={"stok": np.array([10.0])})


@pytest.mark.parametrize(
    ("entity", "kind", "given", "said"),
    [
        (Household, Count, [10], "carried by the household; write one value"),
        (Person, Count, 10, "carried by each member; write a list"),
        (Household, Bool, 1, "is 1; write true or false"),
        (Household, Count, True, "is True; write a number"),
    ],
)
def test_a_stock_of_somebody_else_or_of_another_kind_is_refused_and_does_not_start_from_nothing(
    entity, kind, given, said
):
    stock = state("stock", entity, kind, initial=False if kind is Bool else 0)

    def text(view):
        """What there was."""
        return stock(view)

    text.__annotations__ = {"view": entity, "return": kind}
    carried = rule(source=LAW.article("1"), key="stock.carried")(text)
    stock.next(carried)
    edition = edition_of(carried)
    raw = {"members": [{"id": "ana"}], "states": {"stock": given}}
    with pytest.raises(CaseError, match=said):
        decide(edition, raw)
    with pytest.raises(CaseError, match=said):
        inquire(edition, raw, Reference.of(edition.country, edition))


def test_a_stock_of_another_length_is_refused():
    with pytest.raises(PopulationError, match="shape"):
        Kernel(edition_of(growing_stock())).run(people([{}], []), states={"stock": np.array([10.0])})


# households without members ------------------------------------------------------------------------------------------


def test_empty_households_at_the_end_owe_their_own_tax_and_not_the_first_one_s():
    """OpenFisca: [586.67 586.67 586.67], the first household's for all."""

    @rule(source=LAW.article("3"), key="tax.total")
    def total(household: Household) -> Money:
        """A tenth of wages and a fee for each dwelling."""
        return (household.members.sum(household.members.wage) / 10 + amount("16.67", BRL)).rounded_half_up("0.01")

    paid = agreed(edition_of(total), people([{"wage": 5700}], [], []), "tax.total")
    assert paid == [Fraction("586.67"), Fraction("16.67"), Fraction("16.67")]


def test_empty_households_at_the_start_and_in_the_middle_count_nobody():
    @rule(source=LAW.article("3"), key="tax.heads")
    def heads(household: Household) -> Count:
        """How many live here."""
        return household.members.count(household.members.age >= 0)

    assert agreed(edition_of(heads), people([], [{}], [], [{}, {}], [], []), "tax.heads") == [0, 1, 0, 2, 0, 0]


# float32 ---------------------------------------------------------------------------------------------------------------


def test_an_income_of_20_000_001_stays_20_000_001():
    """OpenFisca: 20,000,000."""

    @rule(source=LAW.article("4"), key="tax.base")
    def base(person: Person) -> Money:
        """All of the pension."""
        return person.pension.rounded_down(1)

    assert agreed(edition_of(base), people([{"pension": 20_000_001}]), "tax.base") == [20_000_001]


# a value at a day --------------------------------------------------------------------------------------------------------


def test_a_date_keeps_its_day():
    """OpenFisca: an input at 2015-09-12 is read back as 0."""

    @rule(source=LAW.article("5"), key="time.on_the_day")
    def on_the_day(household: Household) -> Bool:
        """Whether it was the twelfth."""
        return household.since == date(2015, 9, 12)

    @rule(source=LAW.article("5"), key="time.months")
    def months(household: Household) -> Months:
        """Completed months until the thirteenth."""
        return household.since.full_months_until(date(2015, 10, 12))

    edition = edition_of(on_the_day, months)
    homes = [{"since": date(2015, 9, d)} for d in (11, 12, 13)]
    population = people([{}], [{}], [{}], homes=homes)
    assert agreed(edition, population, "time.on_the_day") == [False, True, False]
    assert agreed(edition, population, "time.months") == [1, 1, 0]
    said = decide(edition, {"household": {"since": "2015-09-12"}, "members": [{}]})
    assert said.outputs["time.on_the_day"] is True


@pytest.mark.parametrize("key", ["wages", "month:2015-09-12", "Wage"])
def test_a_value_under_a_wrong_key_is_refused(key):
    with pytest.raises(CaseError, match=f"no input is called '{key}'"):
        decide(edition_of(tax()), {"members": [{key: 1200}]})


# an income that nobody stated ------------------------------------------------------------------------------------------


def tax():
    @rule(source=LAW.article("6"), key="tax.tenth")
    def tenth(person: Person) -> Money:
        """A tenth of the wage."""
        return (person.wage / 10).rounded_down("0.01")

    return tenth


def test_a_tax_on_an_income_never_given_depends_on_it():
    """OpenFisca: 0, no sign that it is unknown."""
    decision = decide(edition_of(tax()), {"members": [{"age": 30}]})
    assert decision.depends_on == ["wage"]


def test_an_income_column_never_given_is_refused():
    whole = people([{}])
    without = Population(whole.offsets, {k: v for k, v in whole.persons.items() if k != "wage"}, whole.households)
    with pytest.raises(PopulationError, match="no input 'wage', which the rules read"):
        Kernel(edition_of(tax())).run(without)


def test_an_income_that_some_never_gave_is_refused_unless_it_cannot_matter():
    known = people([{"wage": 100}], [{}]).with_columns(known={"wage": np.array([True, False])})
    with pytest.raises(PopulationError, match=r"'wage' is unknown for 1 of 2 persons, first in household 1"):
        Kernel(edition_of(tax())).run(known)
    with pytest.raises(ExecutionError, match=r"household 1: tax.tenth depends on wage: unknown is not zero"):
        Kernel(edition_of(tax())).run(known, unknown="decide")

    @rule(source=LAW.article("6"), key="tax.of_the_old")
    def of_the_old(person: Person) -> Money:
        """Only who is 65 pays."""
        return when(person.age >= 65, person.wage, otherwise=0)

    result = Kernel(edition_of(of_the_old)).run(known, unknown="decide")
    assert result.outputs["tax.of_the_old"].tolist() == [0, 0]
    assert result.doubtful == 1


# the maximum over nobody ----------------------------------------------------------------------------------------------


def test_a_maximum_over_nobody_must_be_said():
    """OpenFisca: -inf."""
    with pytest.raises(TypeError, match="nobody"):

        @rule(source=LAW.article("7"), key="home.silent")
        def silent(household: Household) -> Money:
            """The largest wage of a child."""
            return household.members.largest(household.members.wage)

        edition_of(silent)


def test_a_maximum_over_nobody_is_what_the_rule_says_and_never_infinite():
    @rule(source=LAW.article("7"), key="home.largest")
    def largest(household: Household) -> Money:
        """The largest wage of a child."""
        members = household.members
        return members.largest(members.wage, nobody=0, where=members.age < 18)

    @rule(source=LAW.article("7"), key="home.smallest")
    def smallest(household: Household) -> Money:
        """The smallest wage of a child, or seven."""
        members = household.members
        return members.smallest(members.wage, nobody=amount(7, BRL), where=members.age < 18)

    population = people([{"age": 40, "wage": 900}], [], [{"age": 9, "wage": -5}, {"age": 8, "wage": -6}])
    edition = edition_of(largest, smallest)
    assert agreed(edition, population, "home.largest") == [0, 0, -5]
    assert agreed(edition, population, "home.smallest") == [7, 7, -6]


# impossible values -------------------------------------------------------------------------------------------------------


def test_a_negative_income_where_the_range_forbids_it_is_refused():
    """OpenFisca: a tax of −750 is accepted."""
    edition = edition_of(on_pension())
    with pytest.raises(CaseError, match="pension is -5000, outside 0 to"):
        decide(edition, {"members": [{"pension": -5000}]})
    with pytest.raises(PopulationError, match=r"1 person whose pension is outside 0 to .*household 1 \(-500000\)"):
        Kernel(edition).run(people([{}], [{"pension": -5000}]))


def on_pension():
    @rule(source=LAW.article("8"), key="tax.on_pension")
    def of_pension(person: Person) -> Money:
        """A tenth of the pension."""
        return person.pension / 10

    return of_pension


def test_a_negative_income_where_the_range_allows_it_is_decided_by_the_rule():
    @rule(source=LAW.article("8"), key="tax.never_negative")
    def never_negative(person: Person) -> Money:
        """A tenth of a wage that is not a loss."""
        return (person.wage / 10).at_least(0).rounded_down("0.01")

    assert agreed(edition_of(never_negative), people([{"wage": -500}, {"wage": 55}]), "tax.never_negative") == [
        0,
        Fraction("5.5"),
    ]


class Born(PersonView):
    birth_date = Input(Date, labels={"en": "date of birth"})


class Home(HouseholdView[Born], member=Born):
    pass


def test_a_birth_in_the_future_is_refused():
    """OpenFisca: born in 2030, age −14."""

    @rule(source=LAW.article("9"), key="grant.young")
    def young(person: Born) -> Money:
        """For each month of age one real."""
        return amount(1, BRL) * person.birth_date.full_months_until(date(2025, 3, 1))

    somebody = Role({"en": "somebody"})
    grant = Benefit("grant", {"en": "grant"}, young, somebody, somebody, somebody)
    programme = Programme("grant", {"en": "grant"}, "tests", (Regime(date(2020, 1, 1), (grant,)),))
    edition = Country("born", {"en": "Born"}, BRL, Home, (programme,)).on(date(2025, 3, 1))
    with pytest.raises(CaseError, match="birth_date is 2030-01-01, after 2025-03; correct the year"):
        decide(edition, {"members": [{"birth_date": "2030-01-01"}]})
    code = [2025 * 372 + 2 * 31 + 30, 2030 * 372]  # the month's last day, and the future
    population = Population(np.array([0, 1, 2]), {"birth_date": np.array(code, dtype=np.int32)})
    with pytest.raises(PopulationError, match="1 person whose birth_date is after 2025-03, first in household 1"):
        Kernel(edition).run(population)
    assert Kernel(edition).run(population.slice(0, 1)).outputs["grant.young"].tolist() == [-100]
