"""Tables, charts and workbook of a simulation."""

import io
import zipfile

import pytest

from amparo.errors import CaseError
from amparo.policy import find_country
from amparo.simulate.notebook import CHARTS, Simulation
from amparo.simulate.tables import WRITERS


@pytest.fixture(scope="module")
def found() -> Simulation:
    """Simulate Brazil's law on generated households."""
    return Simulation.of(find_country("brasil"), "synthetic:5000:2", on="2025-10", language="pt")


def test_every_table_has_a_row_for_each_figure(found: Simulation) -> None:
    assert set(found.names) <= set(WRITERS)
    welfare = found.table("welfare")
    assert welfare.num_rows == len(found.document["scenarios"][0]["welfare"])
    measured = dict(zip(welfare["measure"].to_pylist(), welfare["value"].to_pylist(), strict=True))
    assert measured["gini"] == found.document["scenarios"][0]["welfare"]["gini"]["value"]


def test_an_unknown_table_names_those_there_are(found: Simulation) -> None:
    with pytest.raises(CaseError, match="no table 'welfares'.*welfare"):
        found.table("welfares")


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_one_that_altair_accepts(found: Simulation, name: str) -> None:
    chart = found.chart(name).to_dict()
    assert "#1d5fa8" in str(chart) or "#7f8c99" in str(chart), "charts wear the colours of the page"


def test_the_workbook_opens_with_assumptions_and_holds_every_table(found: Simulation) -> None:
    with zipfile.ZipFile(io.BytesIO(found.workbook())) as book:
        sheets = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    names = [part.split('"')[0] for part in sheets.split('<sheet name="')[1:]]
    assert names[1:] == found.names
    assert names[0] == "Pressupostos" or names[0].startswith("O que")
    assert "Bolsa Família" in texts
