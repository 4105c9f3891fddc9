"""The report as a page: what it opens with, what it holds, and that it stands alone."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from amparo.simulate.report import html_report
from amparo.simulate.report.reader import Form, Reader

LANGUAGES = ("es", "pt", "en")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("sample_document.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def page(document: dict[str, Any]) -> str:
    return html_report(document)


def part(page: str, language: str) -> str:
    """Return the text of one language's part, without tags."""
    inside = re.search(rf'<article id="{language}".*?</article>', page, re.DOTALL)
    assert inside is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside[0])).split())


def test_it_asks_nothing_of_the_network(page: str) -> None:
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:)""", page)
    assert "default-src 'none'" in unescape(page)
    assert "url(" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_what_it_rests_on(page: str, language: str) -> None:
    inside = re.search(rf'<article id="{language}".*?</article>', page, re.DOTALL)
    assert inside is not None
    places = [inside[0].index(f'id="{language}-{name}"') for name in (
        "assumptions", "computability", "to-check", "not-modelled", "results", "spending", "poverty", "incidence",
        "reach", "paid-to", "contributions", "years", "shocks", "method",
    )]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_every_assumption_and_every_figure_to_check(
    page: str, document: dict[str, Any], language: str
) -> None:
    text = part(page, language)
    for each in document["computability"]:
        for assumption in each["assumptions"]:
            assert " ".join(assumption[language].split())[:60].lower() in text.lower()
    for figure in document["figures_to_check"]:
        assert figure["key"] in text
        assert figure["source"] in text


@pytest.mark.parametrize(("language", "poor"), [("es", "1.292.521"), ("pt", "1.292.521"), ("en", "1,292,521")])
def test_numbers_are_those_of_the_document_in_the_readers_form(
    page: str, document: dict[str, Any], language: str, poor: str
) -> None:
    text = part(page, language).replace("\N{NO-BREAK SPACE}", " ")
    assert poor in text, "the official number of poor persons of CASEN 2022"
    reader = Reader(language, document)
    for scenario in document["scenarios"]:
        for benefit in scenario["benefits"]:
            shown = reader.value(Form.SPENDING, benefit["cost"]).replace("\N{NO-BREAK SPACE}", " ")
            assert shown in text


def test_every_picture_has_a_name_and_a_description(page: str) -> None:
    pictures = re.findall(r"<svg [^>]*>", page)
    assert len(pictures) > 20
    for picture in pictures:
        named = re.search(r'aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', picture)
        assert named is not None
        assert f'<title id="{named[1]}">' in page
        assert f'<desc id="{named[2]}">' in page


def test_no_identifier_stands_twice(page: str) -> None:
    found = re.findall(r' id="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_a_language_that_nobody_speaks_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not 'fr'"):
        html_report(document, "fr")
