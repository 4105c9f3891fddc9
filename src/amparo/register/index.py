"""The front pages of the register: all countries, and the programmes of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amparo.page import Child, Html, Part, el, html_page, opening, plan
from amparo.policy import Country
from amparo.register.law.dossier import Dossier
from amparo.register.style import style
from amparo.register.voice import Voice
from amparo.texts import LANGUAGES

ATLAS = "atlas.html"


def country_html(country: Country, dossiers: Sequence[Dossier], families: int, language: str = "es") -> str:
    """Return the page of a country: each programme with what it is for, and what is still to be checked.

    Args:
        families: how many families its atlas of cliffs draws; 0 for no atlas.
    """
    parts = {}
    for each in LANGUAGES:
        voice = Voice(each, country.currency)
        title = voice.of(country.names)
        parts[each] = Part(f"{title} · {voice('register')} · amparo", _country(country, dossiers, families, voice))
    return html_page(parts, language, more=style(), home="../index.html")


def front_html(found: Mapping[Country, Sequence[Dossier]], language: str = "es") -> str:
    """Return the front page: what the register is, and its countries."""
    parts = {}
    for each in LANGUAGES:
        voice = Voice(each, next(iter(found)).currency)
        parts[each] = Part(f"{voice('register')} · amparo", _front(found, voice))
    return html_page(parts, language, more=style(), home="index.html")


def _front(found: Mapping[Country, Sequence[Dossier]], voice: Voice) -> Html:
    items = []
    for country, dossiers in found.items():
        n = len(dossiers)
        doubts = _doubts(dossiers)
        text = voice("front_country" if n else "front_empty", n=n, doubts=doubts)
        link = el("a", voice.of(country.names), href=f"{country.key}/index.html#{voice.language}")
        items.append(el("li", el("h3", link), el("p", text)))
    sections: list[tuple[str, str, Child]] = [
        ("countries", voice("front_countries"), el("ul", items, class_="places")),
        ("what", voice("front_what"), [el("p", voice(f"front_what_{n}"), class_="said") for n in (1, 2, 3)]),
        ("how", voice("front_how"), el("ul", [el("li", voice(f"front_how_{n}")) for n in range(1, 6)], class_="prose")),
    ]
    return _page(voice("register"), voice("front_lede"), voice("front_kicker"), sections, voice)


def _doubts(dossiers: Sequence[Dossier]) -> int:
    """Return how many figures are still to be checked, each once."""
    return len({f for d in dossiers for f in d.doubtful})


def _country(country: Country, dossiers: Sequence[Dossier], families: int, voice: Voice) -> Html:
    trail = [el("a", voice("register"), href=f"../index.html#{voice.language}")]
    programmes = el("ul", [_programme(d, voice) for d in dossiers], class_="places")
    sections: list[tuple[str, str, Child]] = [
        ("programmes", voice("programmes"), programmes if dossiers else el("p", voice("front_empty"), class_="note"))
    ]
    if families:
        link = el("a", voice("atlas", country=voice.of(country.names)), href=f"{ATLAS}#{voice.language}")
        content = el("ul", el("li", el("h3", link), el("p", voice("atlas_lede", n=families))), class_="places")
        sections.append(("atlas", voice("atlas_title"), content))
    if dossiers:
        sections.append(("card", voice("country_card"), _shared(country, voice)))
    lede = voice("country_lede", n=len(dossiers), doubts=_doubts(dossiers))
    return _page(voice.of(country.names), lede, trail, sections, voice)


def _programme(dossier: Dossier, voice: Voice) -> Html:
    """Return a programme in a few lines: its purpose, its ground, its data, its doubts."""
    purpose = voice.of(dossier.said("purpose")) or voice("not_written")
    ground = "; ".join(dossier.laws)
    facts = voice(
        "programme_facts",
        inputs=len(dossier.inputs) + len(dossier.relations),
        figures=len(dossier.figures),
        doubts=len(dossier.doubtful),
        examples=len(dossier.results),
        guarantees=len(dossier.programme.properties),
    )
    name = voice.of(dossier.programme.names)
    return el(
        "li",
        el("h3", el("a", name, href=f"{dossier.programme.key}.html#{voice.language}")),
        el("p", purpose),
        el("p", el("cite", ground)),
        el("p", facts, " ", el("code", dossier.edition.version), class_="note"),
    )


def _shared(country: Country, voice: Voice) -> Html:
    rows = [
        (voice("card_office"), voice("office_each")),
        (voice("card_objection"), voice("objection_each")),
        (voice("card_errors"), voice("not_measured")),
    ]
    if country.exclusions:
        texts = [el("li", e.meaning, " ", el("cite", str(e.source)), lang="en") for e in country.exclusions]
        rows.append((voice("country_exclusions"), el("ul", texts)))
    return el("dl", [el("div", el("dt", head), el("dd", said)) for head, said in rows], class_="method")


def _page(title: str, lede: str, kicker: Child, sections: Sequence[tuple[str, str, Child]], voice: Voice) -> Html:
    body = [el("section", el("h2", t, id=voice.id(n)), content) for n, t, content in sections]
    head = opening(kicker, title, el("p", lede, class_="lede"))
    places = [(n, t) for n, t, _ in sections]
    return plan(voice.language, head, voice.say("page_contents"), places, body, el("p", voice("made_plain")))
