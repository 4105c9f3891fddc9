"""The report as a page: what it opens with, what it holds, and that it stands alone."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from amparo.page import Part, html_page
from amparo.simulate.report import html_report

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
def test_it_opens_with_the_answer_and_what_it_rests_on(page: str, language: str) -> None:
    inside = re.search(rf'<article id="{language}".*?</article>', page, re.DOTALL)
    assert inside is not None
    places = [inside[0].index(f'id="{language}-{name}"') for name in (
        "results", "computability", "assumptions", "spending", "poverty", "incidence",
        "reach", "targeting", "paid-to", "contributions", "years", "shocks", "to-check", "not-modelled", "method",
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


WORDS = {
    "%": 0.01,
    "p. p.": 0.01,
    "p.p.": 0.01,
    "pp": 0.01,
    "millones": 1e6,
    "milhões": 1e6,
    "million": 1e6,
    "bilhões": 1e9,
    "billion": 1e9,
}


def number(text: str, language: str) -> tuple[float, float]:
    """Return what a reader of a language takes a figure for, and half of its last digit; not by the report's code."""
    decimal = "." if language == "en" else ","
    found = re.fullmatch(r"([+−]?)(?:\$ )?([\d.,]+)(?: ?(\D+))?", text)
    assert found is not None, f"{text!r} is no figure"
    sign, digits, word = found.groups()
    whole, _, part = digits.partition(decimal)
    grouped = whole.split("," if language == "en" else ".")
    assert len(grouped[0]) <= 3, text
    assert all(len(each) == 3 for each in grouped[1:]), text
    unit = WORDS[word.strip()] if word else 1.0
    size = float(f"{''.join(grouped)}.{part or 0}") * unit
    return -size if sign == "−" else size, 0.5 * unit / 10 ** len(part)


def tables(page: str, language: str, section: str) -> list[list[list[str]]]:
    """Return the rows of cells of each table between one heading of second level and the next."""
    start = page.index(f'id="{language}-{section}"')
    inside = page[start : page.index("<h2", start)]
    return [
        [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
         for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]]
        for table in re.findall(r"<table.*?</table>", inside, re.DOTALL)
    ]  # fmt: skip


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def assert_shown(cells: list[str], estimate: dict[str, float], language: str) -> None:
    """Assert that four cells are an estimate: value, standard error, and the ends of its interval."""
    for cell, key in zip(cells, ("value", "standard_error", "low", "high"), strict=True):
        shown, half = number(cell, language)
        assert shown == pytest.approx(estimate[key], abs=half * 1.001, rel=1e-8), (key, cell)


@pytest.mark.parametrize("language", LANGUAGES)
class TestNumbers:
    """Read off the page as a reader of the language reads them."""

    def test_costs_and_recipients_are_those_of_the_document(
        self, page: str, document: dict[str, Any], language: str
    ) -> None:
        costs, persons, households = tables(page, language, "spending")
        scenarios = document["scenarios"]
        for benefit, cost in zip([b for s in scenarios for b in s["benefits"]], costs, strict=True):
            assert_shown(cost[2:], benefit["cost"], language)
        for rows, key in ((persons, "recipients"), (households, "households")):
            for n, row in enumerate(rows):
                for cell, scenario in zip(row[1:], scenarios, strict=True):
                    shown, half = number(re.split(r" (?:e\. e\.|e\.p\.|s\.e\.) ", cell)[0], language)
                    assert shown == pytest.approx(scenario["benefits"][n][key]["value"], abs=half)

    def test_poverty_is_that_of_the_document(self, page: str, document: dict[str, Any], language: str) -> None:
        rows = tables(page, language, "poverty")[0]
        shown = [(m, s) for m in ("poverty_headcount", "extreme_poverty_headcount") for s in document["scenarios"]]
        for (measure, scenario), row in zip(shown, rows, strict=True):
            assert_shown(row[2:], scenario["welfare"][measure], language)

    def test_winners_and_changes_are_those_of_the_document(
        self, page: str, document: dict[str, Any], language: str
    ) -> None:
        won, moved, *_ = tables(page, language, "incidence")
        for found, shares, change in zip(document["scenarios"][1]["by_decile"], won, moved, strict=True):
            assert_shown(shares[1:5], found["winners"], language)
            assert_shown(shares[5:9], found["losers"], language)
            assert_shown(change[1:], found["mean_change"], language)

    def test_the_poor_are_the_official_number(self, page: str, document: dict[str, Any], language: str) -> None:
        """Ministerio de Desarrollo Social y Familia, CASEN 2022: 1,292,521 persons in poverty."""
        assert document["scenarios"][0]["welfare"]["poor_persons"]["value"] == 1292521
        rows = tables(page, language, "poverty")[1]
        assert any(row[1].startswith("1,292,521" if language == "en" else "1.292.521") for row in rows)


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


def test_a_language_that_nobody_speaks_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'fr'"):
        html_page({"es": Part("", "")}, "fr")
