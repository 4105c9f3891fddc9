"""CASEN 1990: incomes before and after subsidies, each subsidy by itself, and the poverty line of its method."""

import numpy as np
import pytest
from tests.measures.conftest import Sample
from tests.measures.files import columns

from amparo.measures import SurveyDesign

SUBSIDIES = {
    "suf": "ysufhaj",
    "pasis": "ypashaj",
    "family allowance": "yfamhaj",
    "unemployment": "yceshaj",
    "other": "yosuhaj",
}


@pytest.fixture(scope="session")
def casen1990(data):
    """All 105,189 persons; `surveyed` leaves out the 536 domestic workers without a poverty status.

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
