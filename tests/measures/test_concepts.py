"""The chain of income concepts: forwards, backwards, and what is missing."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.errors import MeasureError
from amparo.measures import SurveyDesign, fiscal_incidence, income_concepts, instrument_incidence
from amparo.measures.incidence.concepts import COMPONENTS, CONCEPTS

ALL = {name: [float(place), 2.0] for place, name in enumerate(COMPONENTS, start=1)}


class TestIncomeConcepts:
    def test_go_from_what_the_market_pays_to_what_the_state_leaves_and_gives(self):
        """Lustig (2018), chapter 1: one person, every component of a size of its own."""
        found = income_concepts([100.0, 50.0], **ALL)
        pensions, own, tax, social, transfers, indirect, subsidy, kind, fees = (v[0] for v in ALL.values())
        assert found["market_plus_pensions"][0] == 100 + pensions - own
        assert found["net_market"][0] == 100 + pensions - own - tax - social
        assert found["gross"][0] == 100 + pensions - own + transfers
        assert found["disposable"][0] == 100 + pensions - own - tax - social + transfers
        assert found["consumable"][0] == found["disposable"][0] - indirect + subsidy
        assert found["final"][0] == found["consumable"][0] + kind - fees
        assert found.missing == {}

    @given(st.sampled_from(list(CONCEPTS)))
    def test_are_the_same_wherever_the_survey_measures(self, at):
        forward = income_concepts([100.0, 50.0], **ALL)
        again = income_concepts(forward[at], at=at, **ALL)
        for concept in CONCEPTS:
            assert again[concept] == pytest.approx(forward[concept])

    def test_do_not_take_what_is_unknown_for_zero(self):
        found = income_concepts([100.0, 50.0], at="disposable", direct_transfers=[0.0, 5.0])
        assert list(found.incomes) == ["net_market", "disposable"]
        assert found.missing["consumable"] == ("indirect_taxes", "indirect_subsidies")
        assert "direct_taxes" in found.missing["market"]
        with pytest.raises(MeasureError, match="market income lacks pensions"):
            found["market"]

    def test_take_the_parts_of_a_component_by_name(self):
        parts = income_concepts([100.0, 50.0], at="net_market", direct_transfers={"grant": [1.0, 2.0], "meals": 3.0})
        assert parts["disposable"].tolist() == [104.0, 55.0]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"at": "dispossable"}, "Did you mean 'disposable'"),
            ({"direct_tax": 0.0}, "Did you mean 'direct_taxes'"),
            ({"direct_taxes": [1.0, -1.0]}, "direct_taxes is -1 at row 1"),
            ({"direct_taxes": [1.0, np.nan]}, "unknown is not zero"),
            ({"direct_taxes": [1.0]}, "each of 2 rows"),
        ],
    )
    def test_refuse_what_they_do_not_know(self, given, said):
        with pytest.raises(MeasureError, match=said):
            income_concepts([100.0, 50.0], **given)


class TestFiscalIncidence:
    def test_steps_from_the_nearest_concept_that_could_be_built(self):
        concepts = income_concepts([100.0, 50.0, 5.0], **{**dict.fromkeys(COMPONENTS, 0.0), "indirect_taxes": 4.0})
        stages: dict[str, Any] = {s.concept: s for s in fiscal_incidence(concepts, SurveyDesign([1.0] * 3), line=10.0)}
        assert {c: s.before for c, s in stages.items()} == {
            "market": "",
            "market_plus_pensions": "market",
            "net_market": "market_plus_pensions",
            "gross": "market_plus_pensions",
            "disposable": "market_plus_pensions",
            "consumable": "disposable",
            "final": "consumable",
        }
        assert stages["consumable"].impoverished.value == pytest.approx(4 / 3)
        assert stages["consumable"].gains.value == 0
        assert "poverty_headcount" not in stages["final"].levels
        assert stages["final"].impoverished is None
        tax: Any
        (tax,) = instrument_incidence(concepts, SurveyDesign([1.0] * 3), at="consumable", line=10.0)
        assert tax.kakwani.value < 0, "a tax of the same amount for all is regressive"
        assert tax.contribution["gini"].value > 0

    def test_refuses_columns_that_build_nothing(self):
        concepts = income_concepts([100.0, 50.0])
        assert list(concepts.incomes) == ["market"]
        with pytest.raises(MeasureError, match="disposable income lacks"):
            instrument_incidence(concepts, SurveyDesign([1.0, 1.0]))
