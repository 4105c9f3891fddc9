"""The two surveys that R measured, and one with real benefits, as arrays."""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from tests.measures.files import columns

from amparo.measures import SurveyDesign

SUBSIDIES = {
    "suf": "ysufhaj",
    "pasis": "ypashaj",
    "family allowance": "yfamhaj",
    "unemployment": "yceshaj",
    "other": "yosuhaj",
}


@dataclass
class Sample:
    design: SurveyDesign
    columns: dict[str, Any] = field(repr=False)

    def __getitem__(self, name):
        return self.columns[name]


@pytest.fixture(scope="session")
def references(data):
    """What R's survey, convey and laeken found on both samples."""
    return json.loads((data / "reference_values.json").read_text())


@pytest.fixture(scope="session")
def eusilc(data):
    """Synthetic EU-SILC of Austria, households as clusters."""
    found = columns(data / "eusilc.parquet", "eqIncome", "rb050", "db030", "db040")
    return Sample(SurveyDesign(found["rb050"], found["db040"].astype(str), found["db030"]), found)


@pytest.fixture(scope="session")
def casen(data):
    """CASEN 2022 of Chile; `surveyed` leaves out the 120 domestic workers who have no poverty status."""
    names = (
        "ypc",
        "ypchautcor",
        "expr",
        "varstrat",
        "varunit",
        "pobreza",
        "region",
        "sexo",
        "numper",
        "ytotcorh",
    )
    found = columns(data / "casen2022.parquet", *names)
    found["surveyed"] = np.array([status is not None for status in found["pobreza"]])
    found["extreme"] = found["pobreza"] == "Pobreza extrema"
    found["poor"] = found["extreme"] | (found["pobreza"] == "Pobreza no extrema")
    return Sample(SurveyDesign(found["expr"], found["varstrat"], found["varunit"]), found)


@pytest.fixture(scope="session")
def casen1990(data):
    """CASEN 1990 of Chile: incomes before and after subsidies, each subsidy by itself, and the line of its method.

    All 105,189 persons; `surveyed` leaves out the 536 domestic workers without a poverty status.

    Strata are regions and clusters are the urban or rural part of a commune: the file tells no other. Incomes are per
    head. The lines, urban 18,594 and rural 12,538 pesos of November 1990, are those of the file's own status.
    """
    names = ("r", "comu", "z", "expr", "numper", "corte", "dau", "yauthaj", "ymonehaj", "ysubhaj", "ypchaj", "sexo")
    found = columns(data / "casen1990_full.parquet", *names, *SUBSIDIES.values())
    size = found["numper"].astype(float)
    found["surveyed"] = ~np.isnan(found["corte"])
    found["autonomous"] = found["yauthaj"] / size
    found["monetary"] = found["ymonehaj"] / size
    for name, column in SUBSIDIES.items():
        found[name] = found[column] / size
    found["subsidies"] = found["ysubhaj"] / size
    found["line"] = np.where(found["z"] == 1, 18_594.0, 12_538.0)
    found["without"] = found["ypchaj"] - found["subsidies"]  # the income of the poverty method, subsidies taken off
    found["poor"] = found["surveyed"] & (found["ypchaj"] < found["line"])
    return Sample(SurveyDesign(found["expr"], found["r"], found["comu"] * 10 + found["z"]), found)
