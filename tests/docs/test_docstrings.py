"""Every example in a docstring runs and gives what it says."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import amparo
from amparo.measures import SurveyDesign

MODULES = [m.name for m in pkgutil.walk_packages(amparo.__path__, "amparo.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module, extraglobs={"SurveyDesign": SurveyDesign}).failed == 0


def test_examples_are_found() -> None:
    """So that a change of how they are looked for cannot leave all of them out."""
    with_examples = [name for name in MODULES if ">>> " in inspect.getsource(importlib.import_module(name))]
    found = doctest.DocTestFinder().find(importlib.import_module("amparo.measures.inequality.gini"))
    assert len(with_examples) > 50
    assert {"gini"} <= {test.name.rpartition(".")[2] for test in found if test.examples}
