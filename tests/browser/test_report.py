"""The report in a browser: three languages, desktop and phone, nothing for axe to find."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amparo.simulate.report import html_report

SAMPLE = Path(__file__).parents[1] / "simulate" / "sample_document.json"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


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
def page_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html_report(json.loads(SAMPLE.read_text(encoding="utf-8")), language="es"), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_report_fits_and_axe_finds_nothing(browser: Any, page_address: str, language: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{page_address}#{language}")
    assert page.locator(f"article[lang={language}]").is_visible()
    assert page.locator("article:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()
