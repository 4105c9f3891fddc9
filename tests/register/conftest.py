"""Every programme's page, made once."""

import pytest
from tests.register.html import Read, read

from amparo.policy import countries
from amparo.register.index import country_html, front_html
from amparo.register.law.dossier import CountryLaw, Dossier
from amparo.register.law.page import law_html


@pytest.fixture(scope="session")
def dossiers() -> dict[str, Dossier]:
    """Each programme of each country, by the file of its page."""
    found = {}
    for country in countries().values():
        law = CountryLaw(country)
        found |= {f"{country.key}/{p.key}.html": Dossier(law, p) for p in country.programmes}
    return found


@pytest.fixture(scope="session")
def register(dossiers: dict[str, Dossier]) -> dict[str, str]:
    """Every page but the atlases, by file."""
    pages = {file: law_html(dossier) for file, dossier in dossiers.items()}
    by_country = {c: [d for d in dossiers.values() if d.country is c] for c in countries().values()}
    pages |= {f"{c.key}/index.html": country_html(c, found, 0) for c, found in by_country.items()}
    return {**pages, "index.html": front_html(by_country)}


@pytest.fixture(scope="session")
def pages(register: dict[str, str]) -> dict[str, Read]:
    return {file: read(page) for file, page in register.items()}
