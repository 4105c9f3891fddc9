"""Every key that a mapping may hold is in its reference."""

import re
from pathlib import Path

import pytest
from tests.docs.pages import DOCS

from amparo.errors import PopulationError
from amparo.population import mapping_file
from amparo.population.mapping import TAKES
from amparo.population.mapping_file import read_mapping

PAGE = (DOCS / "reference/mapping.md").read_text(encoding="utf-8")
READ = sorted(
    set(
        re.findall(
            r"\.(?:get|texts?|numbers?|table|names)\(\s*\"(\w+)\"", Path(mapping_file.__file__).read_text("utf-8")
        )
    )
)


@pytest.mark.parametrize("key", READ)
def test_a_key_is_documented(key: str) -> None:
    assert re.search(rf"`[^`]*\b{key}\b[^`]*`", PAGE)


def test_the_keys_are_those_that_are_read() -> None:
    assert {"household", "between", "children_under", "not_computable"} <= set(READ)
    with pytest.raises(PopulationError, match="no key 'housold'"):
        read_mapping({"household": {"id": "h"}, "housold": {}})


@pytest.mark.parametrize("way", [*TAKES, *filter(None, mapping_file.ROUNDINGS)])
def test_every_way_to_take_or_round_is_documented(way: str) -> None:
    assert f"`{way}`" in PAGE
