"""Incidence on Mexico's ENIGH 2010: public transfers by source, as households told of them in six months.

Published figures that a reader can check are those of the survey itself: 29,556,772 households, 114.7 million persons,
3.90 a household, and the file's own total of public transfers, which its sources add up to.
"""

from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from amparo.measures import (
    SurveyDesign,
    benefit_incidence,
    bootstrap,
    coady_grosh_hoddinott,
    concentration_coefficient,
    coverage,
    deciles,
    fiscal_incidence,
    gini,
    income_concepts,
    instrument_incidence,
    kakwani,
    leakage,
    quantile,
    redistributive_effect,
    reranking,
    reynolds_smolensky,
    total,
)

SOURCES = {
    "oportunidades": "P042",
    "procampo": "P043",
    "70 y más": "P044",
    "other elderly": "P045",
    "food": "P046",
    "temporary work": "P047",
    "other": "P048",
}


@pytest.fixture(scope="module")
def enigh(data) -> dict[str, Any]:
    """Households as rows, each standing for its persons; currency a person and quarter."""
    homes = pq.read_table(
        data / "enigh2010_concentrado.parquet",
        columns=["folioviv", "foliohog", "factor", "tot_resi", "ingcor", "bene_gob", "est_dis", "upm"],
    )
    income = pq.read_table(data / "enigh2010_ingresos.parquet", columns=["folioviv", "foliohog", "clave", "ing_tri"])
    place = {
        key: row for row, key in enumerate(zip(*(homes[c].to_pylist() for c in homes.column_names[:2]), strict=True))
    }
    home = np.array([place[k] for k in zip(*(income[c].to_pylist() for c in income.column_names[:2]), strict=True)])
    code, amount = np.array(income["clave"].to_pylist()), income["ing_tri"].to_numpy()
    found = {c: homes[c].to_numpy().astype(float) for c in ("factor", "tot_resi", "ingcor", "bene_gob")}
    size = found["tot_resi"]
    found["income"] = found["ingcor"] / size
    found["transfers"] = {
        name: np.bincount(home[code == key], amount[code == key], len(homes)) / size for name, key in SOURCES.items()
    }
    found["before"] = found["income"] - found["bene_gob"] / size
    found["design"] = SurveyDesign(found["factor"] * size, homes["est_dis"].to_numpy(), homes["upm"].to_numpy())
    return found


class TestEnigh2010:
    def test_is_the_country_that_the_survey_published(self, enigh):
        assert enigh["factor"].sum() == 29_556_772
        assert total(np.ones(len(enigh["factor"])), enigh["design"]).value == pytest.approx(114.7e6, rel=1e-3)

    def test_transfers_by_source_are_all_public_transfers_of_the_file(self, enigh):
        together = sum(enigh["transfers"].values())
        assert together == pytest.approx(enigh["bene_gob"] / enigh["tot_resi"])

    def test_the_conditional_transfer_is_for_the_poorest_and_the_farm_subsidy_less_so(self, enigh):
        """The order that every study of the two finds: Oportunidades is pro-poor, Procampo much less."""
        found = {
            name: concentration_coefficient(enigh["transfers"][name], enigh["before"], enigh["design"])
            for name in ("oportunidades", "procampo")
        }
        assert found["oportunidades"].interval()[1] < -0.45
        assert found["oportunidades"].interval()[1] < found["procampo"].interval()[0]
        index = kakwani(enigh["transfers"]["oportunidades"], enigh["before"], enigh["design"])
        whole = gini(enigh["before"], enigh["design"])
        assert index.value == pytest.approx(whole.value - found["oportunidades"].value)

    def test_errors_are_those_of_a_bootstrap_of_its_clusters(self, enigh):
        replicates = bootstrap(enigh["design"], 200, seed=10)
        amount, poor = enigh["transfers"]["oportunidades"], enigh["before"] < 3 * 700
        cases = {
            "concentration": lambda d: concentration_coefficient(amount, enigh["before"], d),
            "targeting": lambda d: coady_grosh_hoddinott(amount, enigh["before"], d),
            "coverage": lambda d: coverage(amount, d, target=poor),
            "leakage": lambda d: leakage(amount, d, target=poor),
            "effect": lambda d: redistributive_effect(enigh["before"], enigh["income"], d),
            "reranking": lambda d: reranking(enigh["before"], enigh["income"], d),
        }
        for name, case in cases.items():
            linear, drawn = case(enigh["design"]), case(replicates)
            assert linear.standard_error == pytest.approx(drawn.standard_error, rel=0.15), name

    def test_deciles_share_all_the_spending_and_the_poorest_have_most(self, enigh):
        tenth = deciles(enigh["before"], enigh["design"])
        found: list[Any] = benefit_incidence(
            enigh["transfers"]["oportunidades"], enigh["income"], enigh["design"], group=tenth
        )
        shares = [each.spending.value for each in found]
        assert sum(shares) == pytest.approx(1)
        assert shares[0] == max(shares)
        forty = coady_grosh_hoddinott(enigh["transfers"]["oportunidades"], enigh["before"], enigh["design"])
        assert 0.4 * forty.value == pytest.approx(sum(shares[:4]), abs=0.005)

    def test_the_chain_runs_backwards_from_income_after_taxes(self, enigh):
        """ENIGH asks for incomes net of taxes: what is left without transfers is net market income."""
        concepts = income_concepts(enigh["income"], at="disposable", direct_transfers=enigh["transfers"])
        assert list(concepts.incomes) == ["net_market", "disposable"]
        assert concepts["net_market"] == pytest.approx(enigh["before"])
        assert "direct_taxes" in concepts.missing["market"]
        line = quantile(enigh["before"], 0.2, enigh["design"]).value
        last: Any = fiscal_incidence(concepts, enigh["design"], line=line)[-1]
        effect = -last.from_first["gini"].value
        assert effect == pytest.approx(last.vertical.value - last.reranked.value)
        alone = reynolds_smolensky(enigh["before"], enigh["income"], enigh["design"])
        assert last.vertical.value == pytest.approx(alone.value, rel=1e-6)  # roundings make and break ties
        assert last.impoverished.value == 0
        assert last.gains.value == pytest.approx(-line * last.from_first["poverty_gap"].value)
        parts: list[Any] = instrument_incidence(concepts, enigh["design"], line=line)
        assert [p.instrument for p in parts] == list(SOURCES)
        assert sum(p.share.value for p in parts) == pytest.approx(
            enigh["design"].weight
            @ (enigh["bene_gob"] / enigh["tot_resi"])
            / (enigh["design"].weight @ enigh["before"])
        )
        assert min(parts, key=lambda p: p.contribution["poverty_gap"].value).instrument == "oportunidades"
