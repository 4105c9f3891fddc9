"""The explanation in a browser: three languages, desktop and phone, nothing for axe to find, and it prints whole."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amparo.execute.exact import decide
from amparo.execute.explain.page import explanation_html
from amparo.policy import find_programme

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
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
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_api.sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        except sync_api.Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no browser: {str(error).splitlines()[0]}")
        yield opened
        opened.close()


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


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("name", "language"), [("granted", "es"), ("refused", "pt"), ("open", "en")])
def test_explanation_fits_and_axe_finds_nothing(
    browser: Any, folder: Path, name: str, language: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{(folder / f'{name}.html').as_uri()}#{language}")
    assert page.locator("article:visible").count() == 1
    for each in page.locator(f"article[lang={language}] details").all():
        each.evaluate("part => part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()


@pytest.mark.browser
def test_the_account_is_printed_though_it_is_folded_on_the_screen(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(folder / 'refused.html').as_uri()}#es")
    folded = page.locator("article[lang=es] details dl").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    page.close()
