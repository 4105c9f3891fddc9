"""The example of every docstring runs, and every public name has one."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import amparo.measures as package

MODULES = [
    package.__name__,
    *(module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")),
]


class TestExamples:
    @pytest.mark.parametrize("module", MODULES)
    def test_run(self, module):
        tried = importlib.import_module(module)
        assert doctest.testmod(tried, extraglobs={"SurveyDesign": package.SurveyDesign}).failed == 0

    @pytest.mark.parametrize(
        "name", [name for name in package.__all__ if not isinstance(getattr(package, name), tuple)]
    )
    def test_are_in_the_docstring_of_every_public_name(self, name):
        documented = inspect.getdoc(getattr(package, name)) or ""
        # What another function returns is shown there.
        assert ">>>" in documented or name in {
            "BinnedGini",
            "DimensionPoverty",
            "EntropyDecomposition",
            "FiscalStage",
            "GroupIncidence",
            "GroupContribution",
            "GroupEntropy",
            "Incidence",
            "InstrumentIncidence",
            "KnownStatus",
            "Measurable",
            "MultidimensionalPoverty",
            "PovertyChange",
            "ReplicateDesign",
            "SourceContribution",
            "WorkIntensity",
        }

    def test_are_found_on_measures(self):
        found = doctest.DocTestFinder().find(importlib.import_module("amparo.measures.inequality.gini"))
        assert {"gini"} <= {test.name.rpartition(".")[2] for test in found if test.examples}
