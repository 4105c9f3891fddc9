"""A family's budget line as part of a page: what it has over earnings, where work does not pay, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from amparo.execute.budget_line import Cliff, Jump
from amparo.page import Child, Html, Part, el, html_page, join, opening, plan
from amparo.policy import Country
from amparo.register.lines.charts import components, income_chart, rate_chart
from amparo.register.lines.families import Drawn
from amparo.register.lines.words import cause_of, signed, told, written
from amparo.register.style import style
from amparo.register.voice import WIDTHS, Voice, capital, sentence
from amparo.simulate.report.charts import Spec
from amparo.simulate.report.tables import stacked_table
from amparo.texts import LANGUAGES

NONE = "—"
ATLAS_WIDTH = 345  # pixels: two side by side on a wide screen, one on a phone


def line_html(found: Drawn, language: str = "es") -> str:
    """Return a family's budget line as one HTML file in Spanish, Portuguese and English."""
    parts = {}
    for each in LANGUAGES:
        voice = Voice(each, found.country.currency)
        title = voice.of(found.family.names)
        parts[each] = Part(f"{title} · {voice('line')} · amparo", _page(found, voice))
    return html_page(parts, language, more=style())


def atlas_html(country: Country, lines: Sequence[Drawn], language: str = "es", home: str = "") -> str:
    """Return the cliffs of all families of a country as one HTML file in Spanish, Portuguese and English."""
    parts = {}
    for each in LANGUAGES:
        voice = Voice(each, country.currency)
        title = voice("atlas", country=voice.of(country.names))
        parts[each] = Part(f"{title} · amparo", _atlas(country, lines, voice, home))
    return html_page(parts, language, more=style(), home=home)


def _atlas(country: Country, lines: Sequence[Drawn], voice: Voice, home: str) -> Html:
    places = [("all", voice("atlas_all")), *((d.family.key, voice.of(d.family.names)) for d in lines)]
    sections = [
        el("section", el("h2", voice("atlas_all"), id=voice.id("all")), _overview(lines, voice)),
        *(el("section", _one(d, voice), class_="family-line") for d in lines),
    ]
    months = sorted({d.month for d in lines})
    kicker = [voice.of(country.names), *(voice.month(m) for m in months)]
    title = voice("atlas", country=voice.of(country.names))
    head = opening(" · ".join(kicker), title, el("p", voice("atlas_lede", n=len(lines)), class_="lede"))
    made = voice("made", version=lines[0].line.edition.version if lines else NONE)
    return plan(voice.language, head, voice.say("page_contents"), places, sections, el("p", made))


def _overview(lines: Sequence[Drawn], voice: Voice) -> Html:
    """Return one row for each family: what it has without earnings, its cliffs, its highest marginal rate."""
    heads = [
        voice("family_title"),
        voice("at_nothing"),
        voice("falls"),
        voice("largest"),
        voice("largest_at"),
        voice("highest_rate"),
    ]
    rows = []
    for d in lines:
        worst = max(d.cliffs, key=lambda c: c.loss, default=None)
        first = d.line.pieces[0]
        rows.append(
            [
                voice.of(d.family.names),
                voice.money(d.line.income(first.first, first.at_first)),
                str(len(d.cliffs)),
                voice.money(worst.loss) if worst else NONE,
                voice.money(worst.at) if worst else NONE,
                voice.rate(max(d.line.marginal_rate(p) for p in d.line.pieces)),
            ]
        )
    return voice.numbers(heads, rows, voice("atlas_table"))


def _one(found: Drawn, voice: Voice) -> Html:
    """Return one family: income and rate side by side, its cliffs, its pieces and what counts, folded."""
    key = found.family.key
    width = {"small": ATLAS_WIDTH}
    pair = [income_figure(found, voice, f"{key}-", width), rate_figure(found, voice, f"{key}-", width)]
    folded = [
        el("details", el("summary", title), content)
        for title, content in (
            (voice("pieces_title"), pieces_table(found, voice)),
            (voice("counted_title"), counted(found, voice)),
            (voice("family_title"), stated(found, voice)),
        )
    ]
    return join(
        el("h2", voice.of(found.family.names), id=voice.id(key)),
        el("p", lede(found, voice), class_="note"),
        el("div", pair, class_="pair"),
        cliff_list(found, voice),
        folded,
    )


def _page(found: Drawn, voice: Voice) -> Html:
    sections: list[tuple[str, str, Child]] = [
        ("income", voice("income_title"), [income_figure(found, voice), cliff_list(found, voice)]),
        ("benefits", voice("benefits_title"), benefits_figure(found, voice)),
        ("rate", voice("rate_title"), rate_figure(found, voice)),
        ("pieces", voice("pieces_title"), pieces_table(found, voice)),
        ("counted", voice("counted_title"), counted(found, voice)),
        ("family", voice("family_title"), stated(found, voice)),
    ]
    kicker = [capital(voice("line")), voice.of(found.country.names), voice.month(found.month)]
    body = [
        el("section", el("h2", title, id=voice.id(name)), content, class_=name) for name, title, content in sections
    ]
    head = opening(" · ".join(kicker), voice.of(found.family.names), el("p", lede(found, voice), class_="lede"))
    made = el("p", voice("made", version=found.line.edition.version))
    places = [(n, t) for n, t, _ in sections]
    return plan(voice.language, head, voice.say("page_contents"), places, body, made)


def lede(found: Drawn, voice: Voice) -> str:
    """Return what the line says, in sentences."""
    line = found.line
    first = line.pieces[0]
    start = voice.money(line.income(first.first, first.at_first))
    texts = [voice("lede", start=start, highest=voice.money(line.highest))]
    if not found.cliffs:
        texts.append(voice("lede_no_cliff"))
    else:
        worst = max(found.cliffs, key=lambda c: c.loss)
        key = "lede_one" if len(found.cliffs) == 1 else "lede_many"
        texts.append(voice(key, n=len(found.cliffs), at=voice.money(worst.at), loss=voice.money(worst.loss)))
    return " ".join(texts)


def income_figure(found: Drawn, voice: Voice, prefix: str = "", widths: Mapping[str, int] = WIDTHS) -> Html:
    """Return the chart of income by component, with its data."""
    line, parts = found.line, components(found.line, voice)
    heads = [voice("earnings"), *(c.name for c in parts), voice("income")]
    rows = [
        [voice.money(x), *(voice.money(c.ends[i][end]) for c in parts), voice.money(line.income(x, amounts))]
        for i, p in enumerate(line.pieces)
        for end, (x, amounts) in enumerate(((p.first, p.at_first), (p.last, p.at_last)))
    ]
    title = voice("income_chart", family=voice.of(found.family.names))
    table = voice.numbers(heads, rows, title)
    draw = partial(income_chart, line, found.cliffs, voice)
    unit = voice("income_unit" if found.cliffs else "income_unit_plain")
    said = (title, unit, lede(found, voice))
    return figure(voice, f"{prefix}income-chart", said, draw, table, widths, in_short(found, voice))


def in_short(found: Drawn, voice: Voice) -> Html:
    """Return which taxes and contributions the chart takes off, and what it cannot count."""
    taken = [voice.of(c.names) for c in found.line.charges]
    texts = [
        voice("short_charges", charges=", ".join(taken)) if taken else voice("short_no_charges"),
        *(voice("short_left_out", what=voice.of(x.names)) for x in (*found.set_aside, *found.not_in_force)),
    ]
    return el("span", " ".join(texts))


def benefits_figure(found: Drawn, voice: Voice) -> Html:
    """Return the chart of benefits alone, one upon the other."""
    parts = components(found.line, voice)[1:]
    if not parts:
        return el("p", voice("no_benefit"), class_="note")
    said = [f"{c.name}: {voice.money(c.ends[0][0])} → {voice.money(c.ends[-1][1])}" for c in parts]
    title, unit = voice("benefits_chart"), voice("benefits_unit")
    draw = partial(income_chart, found.line, found.cliffs, voice, earnings=False)
    return figure(voice, "benefits-chart", (title, unit, "; ".join(said)), draw)


def rate_figure(found: Drawn, voice: Voice, prefix: str = "", widths: Mapping[str, int] = WIDTHS) -> Html:
    """Return the chart of the effective marginal rate; its data is the table of pieces."""
    line = found.line
    said = [
        voice(
            "rate_from_to", low=voice.money(p.first), high=voice.money(p.last), rate=voice.rate(line.marginal_rate(p))
        )
        for p in line.pieces
    ]
    draw = partial(rate_chart, line, found.cliffs, voice)
    unit = voice("rate_unit") + (f" {voice('rate_falls')}" if found.cliffs else "")
    return figure(voice, f"{prefix}rate-chart", (voice("rate_chart"), unit, "; ".join(said)), draw, None, widths)


def figure(
    voice: Voice,
    key: str,
    said: tuple[str, str, str],
    draw: Callable[..., Spec],
    table: Html | None = None,
    widths: Mapping[str, int] = WIDTHS,
    note: Html | None = None,
) -> Html:
    """Return a chart, drawn once for each width, with a note and its data below.

    Args:
        said: its title, its unit, and the summary that a screen reader reads.
        widths: look → pixels: the class under which the style sheet shows a drawing.
    """
    title, unit, summary = said
    drawings = [
        el(
            "div",
            voice.canvas(width).draw(draw(canvas=voice.canvas(width)), f"{voice.id(key)}-{look}", title, summary),
            class_=look,
        )
        for look, width in widths.items()
    ]
    data = el("details", el("summary", voice.reader("data")), table) if table else None
    below = el("p", note, class_="note") if note else None
    return el("figure", el("figcaption", el("h3", title), el("p", unit)), drawings, below, data, id=voice.id(key))


def cliff_list(found: Drawn, voice: Voice) -> Html:
    """Return every cliff: where, how much is lost, until when, and the provisions that cause it."""
    if not found.cliffs:
        return el("p", voice("no_cliff"), class_="note")
    items = [el("li", _cliff(found, cliff, voice)) for cliff in found.cliffs]
    return join(el("h3", voice("cliffs_title")), el("ol", items, class_="cliffs"))


def _cliff(found: Drawn, cliff: Cliff, voice: Voice) -> Html:
    fall, until = told(found, cliff, voice)
    return join(
        el("p", fall, class_="fall"),
        el("p", until),
        el("ul", [el("li", _jump(found, jump, voice)) for jump in cliff.jumps]),
    )


def _jump(found: Drawn, jump: Jump, voice: Voice) -> Html:
    change = el("span", signed(jump.change, voice), class_="amount")
    cause = cause_of(found, jump, voice)
    said: Child = voice("cause_unknown")
    if cause is not None:
        why = el("span", f"{sentence(cause.reason)} ", class_="why")
        said = [f"{cause.name}: {cause.value}. ", why, el("cite", cause.source)]
    return join(el("b", voice.named(found.counted(jump.key))), " ", change, ". ", said)


def pieces_table(found: Drawn, voice: Voice) -> Html:
    """Return every stretch of earnings with income at both ends and the rate on one more unit."""
    line = found.line
    heads = [voice("from"), voice("to"), voice("income_at_from"), voice("income_at_to"), voice("rate")]
    rows = [
        [
            voice.money(p.first),
            voice.money(p.last),
            voice.money(line.income(p.first, p.at_first)),
            voice.money(line.income(p.last, p.at_last)),
            voice.rate(line.marginal_rate(p)),
        ]
        for p in line.pieces
    ]
    return voice.numbers(heads, rows, voice("pieces_table"), words=0)


def counted(found: Drawn, voice: Voice) -> Html:
    """Return what the line counts and what it does not: the sentence without which nobody should read the chart."""
    line = found.line
    paid = found.paid
    never = [b for b in line.benefits if b not in paid]
    taken = [voice.named(c) for c in line.charges]
    lines: list[tuple[str, list[Child]]] = [
        (voice("counted_paid"), [*map(voice.named, paid)] or [voice("nothing")]),
        (voice("counted_never"), [*map(voice.named, never)]),
        (voice("counted_charges"), taken or [voice("no_charges", month=voice.month(found.month))]),
        (voice("counted_set_aside"), [f"{voice.of(x.names)} ({key})" for x, key in found.set_aside.items()]),
        (voice("counted_not_income"), [voice.of(b.names) for b in found.not_income]),
        (voice("counted_not_in_force"), [voice.of(p.names) for p in found.not_in_force]),
        (
            voice("counted_not_modelled"),
            [
                join(el("b", voice.of(p.names)), ": ", sentence(voice.of(n)))
                for p in found.programmes
                if {*paid, *line.charges} & {*p.benefits, *p.findings}
                for n in p.not_modelled
            ],
        ),
    ]
    groups = [[el("dt", head), el("dd", el("ul", [el("li", x) for x in texts]))] for head, texts in lines if texts]
    return join(el("p", voice("counted_more"), class_="note"), el("dl", groups, class_="left-out"))


def stated(found: Drawn, voice: Voice) -> Html:
    """Return what the family states, which stays as it is while earnings change."""
    case, country = found.line.case, found.country
    read = {i.key for i in found.line.edition.inputs}
    asked = [i for i in country.household.inputs.values() if i.key in read and i.key in case.household]
    rows = [
        (capital(voice.of(i.labels)), [case.household[i.key]], written(case.household[i.key], i, voice)) for i in asked
    ]
    people = country.household.member.inputs
    for i in (i for k, i in people.items() if k in read and i is not found.line.over):
        given = [m.get(i.key) for m in case.members]
        texts = [NONE if v is None else written(v, i, voice) for v in given]
        same = len(set(texts)) == 1
        listed = texts[0] if same else "; ".join(f"{who}: {t}" for who, t in zip(case.ids, texts, strict=True))
        rows.append((capital(voice.of(i.labels)), given, listed))
    said, silent = ([[a, c] for a, b, c in rows if bool(any(b)) is yes] for yes in (True, False))
    title, heads = voice("family_table"), [voice.say("input"), voice.say("value")]
    rest = stacked_table(heads, silent, voice("family_rest"), class_="stated")
    return join(
        el("p", voice("family_more", earner=found.line.earner), class_="note"),
        stacked_table(heads, said, title, class_="stated"),
        el("details", el("summary", voice("family_rest")), rest) if silent else None,
    )
