"""The register in a browser: index, a large and a small page, an atlas, a line; nothing for axe to find."""

from pathlib import Path
from typing import Any

import pytest
from tests.browser.pages import looked_at

from amparo.policy import find_country
from amparo.register.index import country_html, front_html
from amparo.register.law.dossier import CountryLaw, Dossier
from amparo.register.law.page import law_html
from amparo.register.lines.families import drawn, find_family
from amparo.register.lines.page import atlas_html, line_html

pytestmark = pytest.mark.browser

PAGES = ["index", "chile/index", "chile/registro_social", "chile/bono_por_hijo", "chile/atlas", "chile/line"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of two Chilean programmes, with an atlas of one family and its line."""
    chile = find_country("chile")
    law = CountryLaw(chile)
    dossiers = [Dossier(law, chile.programme(k)) for k in ("registro_social", "bono_por_hijo")]
    line = drawn(chile, find_family(chile, "couple_two_children"))
    made = {
        "index": front_html({chile: dossiers}),
        "chile/index": country_html(chile, dossiers, 1),
        **{f"chile/{d.programme.key}": law_html(d) for d in dossiers},
        "chile/atlas": atlas_html(chile, [line], home="../index.html"),
        "chile/line": line_html(line),
    }
    folder = tmp_path_factory.mktemp("register")
    (folder / "chile").mkdir()
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


EACH = [(name, language, width) for name in PAGES for language, width in (("es", 1280), ("en", 390))]
EACH += [("chile/registro_social", "pt", 390), ("chile/atlas", "pt", 390), ("chile/line", "pt", 1280)]


@pytest.mark.parametrize(("name", "language", "width"), EACH)
def test_page_fits_and_axe_finds_nothing(browser: Any, folder: Path, name: str, language: str, width: int) -> None:
    looked_at(browser, (folder / f"{name}.html").as_uri(), language, width)


def test_the_map_can_be_walked_with_the_keyboard_and_shows_ties(browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{(folder / 'chile/bono_por_hijo.html').as_uri()}#en")
    page.locator("#en .map-scroll, article[lang=en] .map-scroll").first.focus()
    before = page.evaluate("getComputedStyle(document.querySelector('article[lang=en] .ties path')).strokeWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('box')")
    widths = page.evaluate(
        "[...document.querySelectorAll('article[lang=en] .ties path')].map(p => getComputedStyle(p).strokeWidth)"
    )
    assert any(w != before for w in widths)
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#en-")
    page.close()


def test_a_link_to_another_page_keeps_the_language(browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{(folder / 'index.html').as_uri()}#pt")
    page.locator("article[lang=pt] .places a").first.click()
    page.locator("article[lang=pt] .places a").first.click()
    page.wait_for_url("**/registro_social.html#pt")
    page.locator("html[lang=pt] article[lang=pt]").wait_for(state="visible")  # evaluating in the page is forbidden
    page.close()
