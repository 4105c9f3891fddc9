"""A programme's page in the register."""

from __future__ import annotations

from typing import Any

from amparo.expr import Input, Kind
from amparo.page import Child, Html, Part, el, html_page, join, opening, plan
from amparo.register.law.dossier import Dossier
from amparo.register.law.examples import examples, guarantees
from amparo.register.law.figures import figures, to_check
from amparo.register.law.map import lit, map_of, size
from amparo.register.law.provisions import place_of, provisions, summary
from amparo.register.law.reading import Reading, slug
from amparo.register.law.text import Standing
from amparo.register.lines.words import written
from amparo.register.style import style
from amparo.register.voice import capital, sentence
from amparo.simulate.report.tables import stacked_table
from amparo.texts import LANGUAGES

SOURCES = ("self-report", "register", "document", "professional")
NONE = "—"


def law_html(dossier: Dossier, language: str = "es") -> str:
    """Return a programme's page as one HTML file in Spanish, Portuguese and English."""
    parts, boxes = {}, 0
    for each in LANGUAGES:
        reading = Reading(dossier, each)
        boxes = max(boxes, size(reading))
        title = reading.voice.of(dossier.programme.names)
        parts[each] = Part(f"{title} · {reading.voice('register')} · amparo", _page(reading))
    return html_page(parts, language, more=style() + lit(boxes), home="../index.html")


def _page(reading: Reading) -> Html:
    voice = reading.voice
    sections: list[tuple[str, list[Child]]] = [
        ("card", [card(reading)]),
        ("law", provisions(reading)),
        ("map", map_of(reading)),
        ("figures", figures(reading)),
        ("inputs", [inputs(reading)]),
        ("guarantees", guarantees(reading)),
        ("examples", examples(reading)),
        ("to-check", _to_check(reading)),
    ]
    titled = [(name, voice(f"title_{name.replace('-', '_')}"), content) for name, content in sections]
    body = [el("section", el("h2", t, id=voice.id(n)), content, class_=f"part-{n}") for n, t, content in titled]
    made = el("p", voice("made", version=reading.dossier.edition.version))
    places = [(n, t) for n, t, _ in titled]
    return plan(voice.language, _opening(reading), voice.say("page_contents"), places, body, made)


def _opening(reading: Reading) -> Html:
    voice, dossier = reading.voice, reading.dossier
    trail = [
        el("a", voice("register"), href=f"../index.html#{voice.language}"),
        " › ",
        el("a", voice.of(dossier.country.names), href=f"index.html#{voice.language}"),
    ]
    purpose = voice.of(dossier.said("purpose"))
    counts = [
        (len(dossier.text.provisions), "law"),
        (len(dossier.figures), "figures"),
        (len(dossier.programme.properties), "guarantees"),
        (len(dossier.results), "examples"),
        (len(dossier.doubtful), "to-check"),
    ]
    items = [
        el("li", el("a", el("b", str(n)), " ", voice(f"count_{k.replace('-', '_')}"), href=f"#{voice.id(k)}"))
        for n, k in counts
    ]
    return opening(
        trail,
        voice.of(dossier.programme.names),
        el("p", purpose, class_="lede") if purpose else None,
        el("ul", items, class_="counts"),
    )


def card(reading: Reading) -> Html:
    """Return the entry of the register: purpose, ground, data, doubts, who answers, how to object, version."""
    voice, dossier = reading.voice, reading.dossier
    programme = dossier.programme
    spells = [capital(reading.between(r.since, r.until)) for r in programme.regimes]
    rows: list[tuple[str, Child]] = [
        (voice("card_purpose"), voice.of(dossier.said("purpose")) or unknown(reading)),
        (voice("card_gives"), _gives(reading)),
        (voice("card_ground"), el("ul", [el("li", law) for law in dossier.laws])),
        (voice("card_encoded"), el("ul", [el("li", s) for s in spells])),
        (voice("card_data"), _data(reading)),
        (voice("card_doubts"), _doubts(reading)),
        (voice("card_office"), voice.of(dossier.said("office")) or unknown(reading)),
        (voice("card_objection"), voice.of(dossier.said("objection")) or unknown(reading)),
        (voice("card_errors"), voice("not_measured")),
        (voice("card_checked"), voice.day(dossier.text.checked) if dossier.text.checked else unknown(reading)),
        (voice("card_version"), [el("code", dossier.edition.version), f" ({voice.month(dossier.month)})"]),
    ]
    return el("dl", [el("div", el("dt", head), el("dd", said)) for head, said in rows], class_="method card-of")


def unknown(reading: Reading) -> Html:
    """Return what stands where nobody has written down an answer."""
    return el("span", reading.voice("not_written"), class_="unknown")


def _gives(reading: Reading) -> Html:
    voice, programme = reading.voice, reading.dossier.programme
    items = []
    for b in programme.benefits:
        roles = voice("roles", originator=voice.of(b.originator.names), payee=voice.of(b.payee.names))
        timing = voice.say("paid_now" if b.timing.name == "NOW" else b.timing.name.lower())
        items.append(el("li", el("b", voice.of(b.names)), f": {timing}. {roles}"))
    items += [
        el("li", el("b", voice.of(f.names)), f": {voice('charge' if f.charge else 'finding')}")
        for f in programme.findings
    ]
    return el("ul", items)


def _data(reading: Reading) -> list[Child]:
    voice, dossier = reading.voice, reading.dossier
    used = {s for i in dossier.inputs for s in i.sources}
    names = [_source(s, reading) for s in SOURCES if s in used] + sorted(used - set(SOURCES))
    n = len(dossier.inputs) + len(dossier.relations)
    link = el("a", voice("card_data_n", n=n), href=f"#{voice.id('inputs')}")
    return [link, f"; {voice('card_data_from', sources=', '.join(names))}" if names else None]


def _source(name: str, reading: Reading) -> str:
    return reading.voice.say(f"source_{name.replace('-', '_')}")


def _doubts(reading: Reading) -> list[Child]:
    voice, dossier = reading.voice, reading.dossier
    open_ = [a for a in dossier.articles if a.words.standing is not Standing.VERIFIED]
    text = voice(
        "card_doubts_n", figures=len(dossier.doubtful), provisions=len(open_), out=len(dossier.programme.not_modelled)
    )
    return [el("a", text, href=f"#{voice.id('to-check')}")]


def inputs(reading: Reading) -> Html:
    """Return what the programme asks: of whom, in which form, and who may state it."""
    voice, dossier = reading.voice, reading.dossier
    heads = [voice.say("input"), voice.say("entity"), voice("form"), voice("accepted")]
    rows: list[list[Child]] = [
        [
            el("span", el("b", reading.label(i)), el("code", i.key), id=voice.id(f"i-{slug(i.key)}")),
            voice.say(i.entity.value),
            _form(i, reading),
            ", ".join(_source(s, reading) if s in SOURCES else s for s in i.sources),
        ]
        for i in dossier.inputs
    ]
    rows += [
        [
            el("span", el("b", reading.label(r)), el("code", r.key), id=voice.id(f"t-{slug(r.key)}")),
            voice.say("person"),
            voice("a_person"),
            NONE,
        ]
        for r in dossier.relations
    ]
    if not rows:
        return el("p", voice("no_inputs"), class_="note")
    table = stacked_table(heads, rows, voice("title_inputs"), class_="asked")
    return join(el("p", voice("inputs_note"), class_="note"), table)


def _form(asked: Input[Any], reading: Reading) -> str:
    voice = reading.voice
    if asked.type.categories:
        return " / ".join(written(c, asked, voice) for c in asked.type.categories)
    kind = asked.type.currency.code if asked.type.currency else voice.say(f"kind_{asked.type.kind.name.lower()}")
    if asked.type.kind is Kind.BOOL or (asked.low is None and asked.high is None):
        return kind
    return f"{kind}, {asked.low if asked.low is not None else '…'} – {asked.high if asked.high is not None else '…'}"


def _to_check(reading: Reading) -> list[Child]:
    """Return every doubt: figures, provisions, and what is not modelled."""
    voice, dossier = reading.voice, reading.dossier
    doubt = [a.words for a in dossier.articles if a.words.standing is not Standing.VERIFIED]
    listed = [
        el("li", el("a", w.citation, href=f"#{voice.id(place_of(w))}"), f": {voice(f'standing_{w.standing}')}")
        for w in doubt
    ]
    out = [el("li", sentence(voice.of(n))) for n in dossier.programme.not_modelled]
    return [
        el("h3", voice("to_check_h_figures")),
        to_check(reading),
        el("h3", voice("to_check_h_provisions")),
        el("p", voice("to_check_provisions"), " ", summary(reading)),
        el("ul", listed, class_="prose") if listed else None,
        el("h3", voice("to_check_h_out")),
        el("ul", out, class_="prose") if out else el("p", voice("everything_modelled")),
    ]
