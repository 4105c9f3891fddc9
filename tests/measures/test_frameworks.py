import inspect

import pytest

import amparo.measures as m
from amparo.errors import MeasureError
from amparo.measures import framework
from amparo.measures.cohesion.frameworks import FRAMEWORKS, LANGUAGES, _read

INDICATORS = [
    pytest.param(each, id=f"{key}-{each.key}") for key in FRAMEWORKS for each in framework(key).indicators.values()
]


def found(key, *columns):
    return {each.indicator.key: each for each in framework(key).measurable(columns)}


class TestDeclarations:
    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_speak_the_three_languages(self, indicator):
        for names in (indicator.component, indicator.dimension, indicator.names, indicator.definition):
            assert set(names) == set(LANGUAGES)
            assert all(text.strip() for text in names.values())
        assert indicator.unit
        assert indicator.source

    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_say_which_measure_computes_them_or_why_none_does(self, indicator):
        if indicator.not_computed:
            assert not indicator.measure
            assert not indicator.needs
            return
        takes = inspect.signature(getattr(m, indicator.measure)).parameters
        assert set(indicator.arguments) <= set(takes)
        assert indicator.needs

    def test_leave_no_column_reason_or_source_unused(self):
        shared = _read("columns")
        entries = [each for key in FRAMEWORKS for each in _read(key)["indicators"].values()]
        assert set(shared["columns"]) == {column for each in entries for column in each.get("needs", ())}
        assert set(shared["reasons"]) == {each["not_computed"] for each in entries if "not_computed" in each}
        assert set(shared["sources"]) == {column["from"] for column in shared["columns"].values()}

    def test_of_eclac_have_its_three_components_and_sixteen_dimensions(self):
        """LC/G.2362, table of contents: chapters IV to VI."""
        eclac = framework("eclac").indicators.values()
        components = list(dict.fromkeys(each.component["es"] for each in eclac))
        assert components[0] == "Distancias"
        assert components[2] == "Sentido de pertenencia"
        assert len(components) == 3
        assert len({each.dimension["es"] for each in eclac}) == 16

    def test_of_laeken_are_keyed_as_their_values_are(self):
        design = m.SurveyDesign([1.0] * 5)
        values = m.laeken_income_indicators([10.0, 50.0, 60.0, 80.0, 90.0], design)
        assert set(values) < set(framework("laeken").indicators)


class TestMeasurable:
    def test_computes_what_income_alone_gives(self):
        computed = {key for key, each in found("laeken", "equivalised_income").items() if each.computable}
        design = m.SurveyDesign([1.0] * 5)
        assert computed == set(m.laeken_income_indicators([10.0, 50.0, 60.0, 80.0, 90.0], design))

    def test_names_every_column_that_is_missing(self):
        aware = found("laeken", "equivalised_income", "age")["in_work_at_risk_of_poverty_rate"]
        assert (aware.computable, aware.missing) == (False, ("months_worked",))
        assert aware.why == {
            "es": "falta: meses trabajados en el año (encuesta de hogares)",
            "pt": "falta: meses trabalhados no ano (pesquisa domiciliar)",
            "en": "missing: months worked in the year (household survey)",
        }

    def test_says_why_an_indicator_comes_from_no_survey(self):
        """Of 56, no survey gives 17: 5 of accounts, 4 of experts, 4 of vital statistics, 2 of courts and police, tests, food."""
        everything = found("eclac", *framework("eclac").columns)
        assert everything["tax_burden"].why["es"] == "no se calcula: sale de las cuentas fiscales, no de una encuesta"
        assert all(each.computable != bool(each.indicator.not_computed) for each in everything.values())
        assert sum(each.computable for each in everything.values()) == 56 - 17

    def test_offers_nothing_of_a_survey_without_columns(self):
        assert not any(each.computable for each in found("eclac").values())

    def test_says_which_survey_asks_about_belonging(self):
        """CASEN 2022 has incomes, lines and persons, and no opinions."""
        casen = found("eclac", "income", "poverty_line", "extreme_poverty_line", "age", "sex", "market_income")
        assert [key for key, each in casen.items() if each.computable] == [
            "poverty_rate",
            "extreme_poverty_rate",
            "poverty_gap",
            "income_ratio",
            "redistribution",
        ]
        assert "opinião" in casen["trust_in_people"].why["pt"]

    @pytest.mark.parametrize(
        ("call", "says"),
        [
            (lambda: framework("oecd"), "there is no framework 'oecd'. Known: eclac, laeken."),
            (
                lambda: framework("eclac").measurable(["incom"]),
                "no indicator of eclac needs a column 'incom'. Did you mean 'income'?",
            ),
        ],
    )
    def test_refuses_keys_that_nobody_declared(self, call, says):
        with pytest.raises(MeasureError) as refused:
            call()
        assert str(refused.value) == says
