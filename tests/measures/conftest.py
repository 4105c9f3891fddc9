"""The two surveys that R measured, as arrays."""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from tests.measures.files import columns

from amparo.measures import SurveyDesign


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
