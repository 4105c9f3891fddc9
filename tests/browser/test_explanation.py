"""The explanation in a browser: three languages, desktop and phone, nothing for axe to find, and it prints whole."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.browser.pages import looked_at

from amparo.execute.exact import decide
from amparo.execute.explain.page import explanation_html
from amparo.policy import find_programme

pytestmark = pytest.mark.browser

DEFAULTS = {
    "mother": None, "father": None, "partner": None, "pregnancy_month": 0, "student": False, "disabled": False,
    "mental_disability": False, "disability_pension": False, "formal_worker": False, "earnings": 0, "base_pension": 0,
    "married": False, "claimed_elsewhere": False, "health_control": True,
}  # fmt: skip
MEMBERS = [
    {"id": "Rosa Díaz", "age": 34, "age_on_31_december": 34},
    {"id": "Luis Soto", "age": 36, "age_on_31_december": 36},
    {"id": "Leo", "age": 3, "age_on_31_december": 3, "mother": "Rosa Díaz"},
    {"id": "Eva", "age": 9, "age_on_31_december": 9, "mother": "Rosa Díaz", "student": True},
]
CASES = {"granted": {"rsh_bracket": 40}, "refused": {"rsh_bracket": 70}, "open": {}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("explanations")
    country, programme = find_programme("suf")
    month = date(2025, 10, 1)
    law = country.on(month).only(programme.regime(month).benefits)
    for name, household in CASES.items():
        decision = decide(law, {"household": household, "defaults": DEFAULTS, "members": MEMBERS})
        (made / f"{name}.html").write_text(explanation_html(decision, programme.names), encoding="utf-8")
    return made


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("name", "language"), [("granted", "es"), ("refused", "pt"), ("open", "en")])
def test_explanation_fits_and_axe_finds_nothing(
    browser: Any, folder: Path, name: str, language: str, width: int
) -> None:
    looked_at(browser, (folder / f"{name}.html").as_uri(), language, width)


def test_the_account_is_printed_though_it_is_folded_on_the_screen(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(folder / 'refused.html').as_uri()}#es")
    folded = page.locator("article[lang=es] details dl").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    page.close()
