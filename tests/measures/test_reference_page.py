"""Every measure says what it is, where it comes from and what it was checked against; the page repeats it."""

import re
from pathlib import Path

import pytest
from scripts.measures_reference import LABELS, PAGE, documented, page

import amparo.measures as m

MEASURES = [name for name in m.__all__ if isinstance(getattr(m, name), m.Measure)]
ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_docstrings_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m scripts.measures_reference`"


@pytest.mark.parametrize("name", MEASURES)
class TestEveryMeasure:
    def test_has_all_that_the_page_shows(self, name):
        assert [label for label in ("gives", *LABELS) if not documented()[name].get(label)] == []

    def test_has_an_example(self, name):
        assert ">>> " in (getattr(m, name).__doc__ or "")

    def test_is_checked_in_a_test_that_speaks_of_it(self, name):
        files = re.findall(r"tests/measures/[\w/]+\.py", documented()[name]["Checked against"])
        assert files, "name the test: (tests/measures/test_….py)"
        speaking = [file for file in files if re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8"))]
        assert speaking, f"none of {files} names {name}"


def test_a_name_without_a_word_is_refused():
    assert [name for name, said in documented().items() if not said["gives"]] == []
