"""What a file lets us compute, and why not."""

from datetime import date
from typing import Any

import pytest
from tests.population.land import PESO, Household, Person, country, label, mapping

from amparo.errors import PopulationError
from amparo.expr import TO_BE_CHECKED, Law, Money, rule, value, when
from amparo.expr import parameters as parameter
from amparo.policy import Benefit, Role
from amparo.population import Computability, Status, computability, generated, relations_read

LAW = Law("Law 1/2020")
SOMEBODY = Role(label("somebody"))
MONTH = date(2022, 5, 1)
BONUS = parameter.money(
    "shelter.bonus", PESO, value("2020-01-01", 50, "Law 1/2020"), value("2023-01-01", None, "nobody", TO_BE_CHECKED)
)


@rule(source=LAW.article("1"))
def rent_help(household: Household) -> Money:
    return household.rent


@rule(source=LAW.article("2"))
def mothers_help(person: Person) -> Money:
    return when(person.mother.exists & person.pregnant, BONUS, otherwise=0)


LAND = country(
    *(Benefit(r.key.split(".")[-1], label(r.key), r, SOMEBODY, SOMEBODY, SOMEBODY) for r in (rent_help, mothers_help))
)
ASSUMED = label("assumed")
MOTHER = '[relations.mother]\ncolumn = "m"\nmatch = "n"\n'


def of(text: str = "", month: date = MONTH, **inputs: Any) -> dict[str, Computability]:
    return {c.benefit.key: c for c in computability(mapping(text, **inputs), LAND, month)}


class TestComputability:
    def test_is_computed_where_every_input_and_relation_is_there(self) -> None:
        found = of(MOTHER, rent="r", pregnant="p")
        assert [c.status for c in found.values()] == [Status.COMPUTED, Status.COMPUTED]
        assert all(not c.lacking and not c.assumptions for c in found.values())

    def test_names_each_input_and_relation_that_is_not_there_in_three_languages(self) -> None:
        found = of(rent="r")
        assert (found["rent_help"].status, found["mothers_help"].status) == (Status.COMPUTED, Status.NOT_COMPUTABLE)
        lacking = dict(found["mothers_help"].lacking)
        assert set(lacking) == {"pregnant", "mother"}
        assert lacking["mother"] == {
            "es": "the survey no tiene el dato «mother (es)».",
            "pt": "the survey não tem o dado «mother (pt)».",
            "en": "the survey has no column for 'mother'.",
        }

    def test_gives_the_reason_that_the_mapping_states(self) -> None:
        text = '[not_available.rent]\nes = "no se pregunta"\npt = "não se pergunta"\nen = "is not asked"\n'
        (why,) = of(text)["rent_help"].lacking
        assert why == ("rent", {"es": "no se pregunta", "pt": "não se pergunta", "en": "is not asked"})

    def test_stands_under_every_assumption_that_it_rests_on_once(self) -> None:
        other = label("other")
        found = of(
            f'{MOTHER}[relations.mother.assumption]\nes = "x"\npt = "x"\nen = "x"\n',
            rent={"column": "r", "assumption": ASSUMED, "missing": {"assume": 0, "assumption": other}},
            pregnant={"constant": False, "assumption": ASSUMED},
        )
        assert found["rent_help"].status is Status.ASSUMED
        assert found["rent_help"].assumptions == (ASSUMED, other)
        assert set(map(str, found["mothers_help"].assumptions)) == set(
            map(str, (ASSUMED, {"es": "x", "pt": "x", "en": "x"}))
        )

    def test_follows_an_input_to_the_relation_that_it_is_read_from(self) -> None:
        text = f'{MOTHER}[relations.mother.assumption]\nes = "x"\npt = "x"\nen = "x"\n'
        found = of(text, rent="r", pregnant={"related": "mother"})
        assert found["mothers_help"].assumptions == ({"es": "x", "pt": "x", "en": "x"},)

    def test_can_be_denied_to_a_whole_benefit(self) -> None:
        found = of(MOTHER + '[not_computable.rent_help]\nes = "x"\npt = "x"\nen = "no"\n', rent="r", pregnant="p")
        assert found["rent_help"].status is Status.NOT_COMPUTABLE
        assert found["rent_help"].lacking[0] == ("rent_help", {"es": "x", "pt": "x", "en": "no"})
        assert found["mothers_help"].status is Status.COMPUTED

    def test_needs_the_figures_of_the_month(self) -> None:
        found = of(MOTHER, date(2023, 5, 1), rent="r", pregnant="p")
        assert found["rent_help"].status is Status.COMPUTED
        ((key, why),) = found["mothers_help"].lacking
        assert (key, found["mothers_help"].status) == ("shelter.bonus", Status.NOT_COMPUTABLE)
        assert "2023-05" in why["en"]

    def test_checks_the_mapping_first(self) -> None:
        with pytest.raises(PopulationError, match="landia has no input 'rents'. Did you mean 'rent'?"):
            of(rents="r")


class TestBeside:
    def test_holds_in_both_months_what_holds_in_each(self) -> None:
        text = f'{MOTHER}[relations.mother.assumption]\nes = "x"\npt = "x"\nen = "x"\n'
        sure = of(MOTHER, rent="r", pregnant="p")["mothers_help"]
        assumed = of(text, rent="r", pregnant="p")["mothers_help"]
        never = of(text, date(2023, 5, 1), rent="r", pregnant="p")["mothers_help"]
        for one, other, status in (
            (sure, sure, Status.COMPUTED),
            (sure, assumed, Status.ASSUMED),
            (assumed, never, Status.NOT_COMPUTABLE),
        ):
            assert one.beside(other).status is other.beside(one).status is status
        assert sure.beside(assumed).assumptions == assumed.assumptions == assumed.beside(assumed).assumptions
        assert assumed.beside(never).lacking == never.lacking == never.beside(never).lacking
        assert never.beside(assumed).assumptions == ()


class TestGenerated:
    def test_lacks_nothing_but_figures(self) -> None:
        assert {c.status for c in generated(LAND, MONTH)} == {Status.COMPUTED}
        later = {c.benefit.key: c.status for c in generated(LAND, date(2023, 5, 1))}
        assert later == {"rent_help": Status.COMPUTED, "mothers_help": Status.NOT_COMPUTABLE}


def test_relations_read_are_named_once() -> None:
    assert [r.key for r in relations_read(LAND.on(MONTH).graph)] == ["mother"]
