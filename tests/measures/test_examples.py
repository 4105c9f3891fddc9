"""Every public name has an example; that examples run is checked for the whole package, in tests/docs."""

import inspect

import pytest

import amparo.measures as package


class TestExamples:
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
