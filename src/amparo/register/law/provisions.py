"""The law itself: every provision in our words beside the rules that follow it."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.page import Child, Html, el, join
from amparo.policy import Exclusion
from amparo.register.law.dossier import Article, Stated, users
from amparo.register.law.reading import Reading, anchor, slug
from amparo.register.law.text import LANGUAGE, Words, as_html
from amparo.register.voice import capital, sentence


def provisions(reading: Reading) -> list[Child]:
    """Return the opening of law.md, then each provision beside its rules."""
    text, voice = reading.dossier.text, reading.voice
    before = el("div", as_html(text.before), class_="working", lang=LANGUAGE)
    opened = reading.language == LANGUAGE
    about = [
        el("p", voice("law_note"), class_="note"),
        el("details", el("summary", voice("law_before")), before, open=opened, class_="before"),
    ]
    articles = [_article(a, reading) for a in reading.dossier.articles]
    elsewhere = [_outside(s, reading) for s in reading.dossier.elsewhere]
    return [*about, *articles, *elsewhere]


def place_of(words: Words) -> str:
    """Return the identifier of a provision of law.md."""
    return f"p-{slug(words.citation)}"


def _article(article: Article, reading: Reading) -> Html:
    words, voice = article.words, reading.voice
    mark = el("span", voice(f"standing_{words.standing}"), class_=f"mark-of {words.standing}")
    head = el("h3", el("cite", words.citation), " ", mark, id=voice.id(place_of(words)))
    rules = [stated(s, reading) for s in article.stated] or [_no_rule(words, reading)]
    return el("section", head, el("div", _ours(article, reading), el("div", rules, class_="rules"), class_="beside"))


def _ours(article: Article, reading: Reading) -> Html:
    """Return what the provision says: for citizens in the reader's language, then the text that lawyers check."""
    said = dict.fromkeys(sentence(r) for s in article.stated if (r := reading.reason(s.what)))
    text = el("div", as_html(article.words.said), class_="working", lang=LANGUAGE)
    if reading.language == LANGUAGE or not said:
        note = None if reading.language == LANGUAGE else el("p", reading.voice("english_only"), class_="only")
        return el("div", [el("p", each) for each in said], note, text, class_="ours")
    folded = el("details", el("summary", reading.voice("working_text")), text)
    return el("div", [el("p", each) for each in said], folded, class_="ours")


def _no_rule(words: Words, reading: Reading) -> Html:
    voice = reading.voice
    reason = el("p", capital(words.not_modelled), lang=LANGUAGE, class_="working") if words.not_modelled else None
    key = "not_modelled_here" if words.not_modelled else "declared_elsewhere"
    return el("div", el("p", voice(key), class_="only"), reason, class_="rule none")


def _outside(found: Stated, reading: Reading) -> Html:
    """Return a text whose citation stands in another law.md."""
    head = el("h3", el("cite", found.citation))
    return el("section", head, el("div", stated(found, reading), class_="rules"))


def stated(found: Stated, reading: Reading) -> Html:
    """Return one text of a rule: its name, what it says, its formula, what it reads and what reads it."""
    voice, what = reading.voice, found.what
    kind = voice("exclusion") if isinstance(what, Exclusion) else ""
    spell = reading.spell(what)
    says = el("p", what.meaning, lang=LANGUAGE, class_="working") if isinstance(what, Exclusion) else None
    return el(
        "div",
        el("h4", reading.name(what), " ", el("code", found.key), id=voice.id(anchor(what))),
        el("p", " · ".join(x for x in (kind, spell) if x), class_="spell") if kind or spell else None,
        says,
        reading.lines(found),
        el("details", el("summary", voice("as_formula")), el("p", reading.formula(found), class_="formula")),
        _reads(found, reading),
        class_="rule",
    )


def _reads(found: Stated, reading: Reading) -> Html | None:
    voice, reads = reading.voice, found.reads
    rows = [
        (voice("reads_provisions"), [reading.link(p) for p in reads.provisions]),
        (voice("reads_figures"), [reading.to_figure(f) for f in reads.figures]),
        (
            voice("reads_inputs"),
            [
                *(reading.to_input(i) for i in reads.inputs),
                *(el("span", reading.label(r)) for r in reads.relations),
            ],
        ),
        (voice("read_by"), _unique(reading.link(u.what) for u in _readers(found, reading))),
    ]
    said = [el("div", el("dt", head), el("dd", reading.listed(links))) for head, links in rows if links]
    return el("details", el("summary", voice("hangs_on")), el("dl", said, class_="hangs")) if said else None


def _readers(found: Stated, reading: Reading) -> list[Stated]:
    law = reading.dossier.law
    return users([*law.stated.values(), *(claim for claim, _ in law.claims.values())], found.what)


def _unique(links: Iterable[Html]) -> list[Html]:
    return list(dict.fromkeys(links))


def summary(reading: Reading) -> Html:
    """Return how many provisions have which standing, as a sentence."""
    voice = reading.voice
    counts: dict[str, int] = {}
    for each in reading.dossier.text.provisions:
        counts[each.standing] = counts.get(each.standing, 0) + 1
    parts = [f"{n} {voice(f'standing_{k}')}" for k, n in counts.items()]
    return join("; ".join(parts), ".")
