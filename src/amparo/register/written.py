"""The register as files: a front page, a page for each country, programme and atlas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from amparo.policy import Country
from amparo.register.index import ATLAS, country_html, front_html
from amparo.register.law.dossier import CountryLaw, Dossier
from amparo.register.law.page import law_html
from amparo.register.lines.families import drawn, families
from amparo.register.lines.page import atlas_html

Tell = Callable[[float], None]


def register(
    countries: Sequence[Country], language: str = "es", tell: Tell = lambda _: None
) -> Iterator[tuple[str, str]]:
    """Yield every page of the register as (file, HTML); the files lead to each other by relative links.

    Args:
        countries: whose programmes.
        language: the one that a page shows first.
        tell: is told which share of the pages is made.
    """
    dossiers = {c: [Dossier(law, p) for p in c.programmes] for c in countries for law in [CountryLaw(c)]}
    shipped = {c: families(c) for c in countries}
    total = sum(len(d) + 2 for d in dossiers.values()) + 1
    made = 0

    def one(file: str, page: str) -> tuple[str, str]:
        nonlocal made
        made += 1
        tell(made / total)
        return file, page

    for country, found in dossiers.items():
        for each in found:
            yield one(f"{country.key}/{each.programme.key}.html", law_html(each, language))
        if shipped[country]:
            lines = [drawn(country, f) for f in shipped[country].values()]
            yield one(f"{country.key}/{ATLAS}", atlas_html(country, lines, language, "../index.html"))
        else:
            made += 1
        yield one(f"{country.key}/index.html", country_html(country, found, len(shipped[country]), language))
    yield one("index.html", front_html(dossiers, language))
