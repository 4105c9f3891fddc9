"""What is asked of every page, whatever it shows."""

from typing import Any


def looked_at(browser: Any, address: str, language: str, width: int) -> None:
    """Open a page with all that it folds, in one language and width: it fits, and asks nothing of the network.

    One language is shown, and axe finds nothing.
    """
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}#{language}")
    assert page.locator("main > article:visible").count() == 1
    assert page.locator(f"main > article[lang={language}]").is_visible()
    page.evaluate("document.querySelectorAll('article:not([hidden]) details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()
