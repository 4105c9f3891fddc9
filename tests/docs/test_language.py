"""What can be written in a rule is in the reference of the language."""

import inspect
from collections.abc import Iterator

import pytest
from tests.docs.pages import DOCS

from amparo.expr import Brackets, Group, PersonView, Relation, parameters, symbols
from amparo.expr.entities import Related
from amparo.expr.symbols import Expr

PAGE = (DOCS / "reference/language.md").read_text(encoding="utf-8")
VALUES = [c for _, c in inspect.getmembers(symbols, inspect.isclass) if issubclass(c, Expr)]


def methods() -> Iterator[str]:
    for each in (*VALUES, PersonView, Group, Relation, Related, Brackets):
        for name, found in vars(each).items():
            if not name.startswith("_") and (inspect.isfunction(found) or isinstance(found, property)):
                yield name


@pytest.mark.parametrize("name", sorted(set(methods())))
def test_a_method_is_documented(name: str) -> None:
    assert any(form in PAGE for form in (f"`{name}(", f".{name}(", f"`{name}`"))


def test_the_methods_are_those_of_values_persons_and_relations() -> None:
    assert {"between", "rounded_down", "annual", "one_of", "largest", "exists", "marginal"} <= set(methods())


@pytest.mark.parametrize("name", ["money", "number", "count", "months"])
def test_a_kind_of_figure_is_documented(name: str) -> None:
    assert inspect.isfunction(getattr(parameters, name))
    assert f"| `{name}` |" in PAGE
