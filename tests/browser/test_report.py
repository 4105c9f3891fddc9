"""The report in a browser: three languages, desktop and phone, nothing for axe to find."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.browser.pages import looked_at

from amparo.simulate.report import html_report

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "simulate" / "sample_document.json"


@pytest.fixture(scope="module")
def page_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html_report(json.loads(SAMPLE.read_text(encoding="utf-8")), language="es"), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_report_fits_and_axe_finds_nothing(browser: Any, page_address: str, language: str, width: int) -> None:
    looked_at(browser, page_address, language, width)
