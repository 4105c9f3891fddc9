"""Provisions as sentences and formulas."""

from datetime import date

import pytest

from amparo.expr import Op
from amparo.expr.render import formula, prose
from amparo.policy import Country, countries

MONTHS = [date(2015, 12, 1), date(2025, 10, 1)]
COUNTRIES = list(countries().values())


@pytest.mark.parametrize("country", COUNTRIES, ids=[c.key for c in COUNTRIES])
@pytest.mark.parametrize("write", [prose, formula])
@pytest.mark.parametrize("month", MONTHS)
def test_every_provision_can_be_read_in_three_languages(country: Country, write: object, month: date) -> None:
    for node in country.on(month).graph.nodes:
        if node.op is Op.PROVISION:
            texts = {language: write(node, language) for language in ("es", "pt", "en")}  # type: ignore[operator]
            assert all(texts.values())
            assert not any("{" in text for text in texts.values())


def test_a_figure_shows_its_value_when_a_month_is_given() -> None:
    brasil = next(c for c in COUNTRIES if c.key == "brasil")
    graph = brasil.on(MONTHS[1]).graph
    citizenship = next(n for n in graph.nodes if n.op is Op.PROVISION and n.attr.key.endswith("citizenship_income"))
    assert "142" in prose(citizenship, "en", on=MONTHS[1])
    assert "142" not in prose(citizenship, "en")
