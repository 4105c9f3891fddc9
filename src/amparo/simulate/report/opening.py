"""How a report opens: what was simulated, what it rests on, what could not be computed, what is still to be checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from amparo import page
from amparo.page import Html, el
from amparo.simulate.assumed import assumed_lines
from amparo.simulate.report.reader import NONE, Document, Form, Reader
from amparo.simulate.report.tables import stacked_table

COMPUTED, ASSUMED, NOT_COMPUTABLE = "computed", "under a stated assumption", "not computable"
INVENTED = {"generated": "invented", "synthetic": "synthetic"}  # kind of population → text of its banner
STATUS = {  # status → text and class; the mark before it is drawn, not coloured only
    COMPUTED: ("computed", "yes"),
    ASSUMED: ("assumed", "maybe"),
    NOT_COMPUTABLE: ("not_computable", "no"),
}


def reforms_of(document: Document) -> list[Mapping[str, Any]]:
    """Return the scenarios after the baseline."""
    return list(document["scenarios"][1:])


def headline(document: Document, reader: Reader) -> str:
    """Return the title of the page: the reform's name when there is one."""
    reforms, country = reforms_of(document), reader.of(document["country"]["names"])
    if len(reforms) == 1:
        return reader.title(reforms[0]["names"])
    if reforms:
        return reader("title_reforms", country=country, n=len(reforms))
    return reader("title_baseline", country=country)


def opening(document: Document, reader: Reader) -> Html:
    """Return everything that comes before the first result."""
    lead = [reader("lead"), reader.of(document["country"]["names"]), reader.month(document["month"])]
    return page.opening(
        " · ".join(lead),
        headline(document, reader),
        el("p", sentence(document, reader), class_="lede"),
        _banner(document, reader),
        _counts(document, reader),
    )


def sentence(document: Document, reader: Reader) -> str:
    """Return what was simulated, in one sentence."""
    n, population = len(reforms_of(document)), document["population"]
    key = "people_invented" if population["kind"] in INVENTED else "people"
    people = reader(
        key,
        households=reader.figure(Form.COUNT, population["households"]),
        persons=reader.figure(Form.COUNT, population["persons"]),
        weighted=reader.figure(Form.COUNT, population["weighted_persons"]),
        label=population["label"],
    )
    form = "sentence" if n == 0 else "sentence_reform" if n == 1 else "sentence_reforms"
    country = reader.of(document["country"]["names"])
    return reader(form, month=reader.month(document["month"]), country=country, people=people, n=n)


def _banner(document: Document, reader: Reader) -> Html | None:
    key = INVENTED.get(document["population"]["kind"])
    if key is None:
        return None
    return el("p", el("strong", reader(key)), " ", reader(f"{key}_more"), class_="banner")


def _counts(document: Document, reader: Reader) -> Html:
    found = [c["status"] for c in document["computability"]]
    counts = [
        (found.count(COMPUTED), "computed", "computability"),
        (found.count(ASSUMED), "assumed", "computability"),
        (found.count(NOT_COMPUTABLE), "not_computable", "computability"),
        (len(document["figures_to_check"]), "to_check", "to-check"),
    ]
    items = [
        el(
            "li",
            el("a", el("b", reader.figure(Form.COUNT, n)), " ", reader(f"count_{key}"), href=f"#{reader.id(where)}"),
        )
        for n, key, where in counts
    ]
    return el("ul", items, class_="counts")


def nothing_computable(document: Document, reader: Reader) -> Html | None:
    """Return what to do when not one benefit can be computed, or None."""
    if any(c["status"] != NOT_COMPUTABLE for c in document["computability"]):
        return None
    country = document["country"]["key"]
    steps = [el("li", reader(f"first_{n}", country=country)) for n in (1, 2, 3)]
    title = el("h2", reader("first"), id=reader.id("first"))
    return el("section", title, el("p", reader("nothing_computable")), el("ol", steps), class_="first")


def assumptions(document: Document, reader: Reader) -> Html:
    """Return what holds for every benefit, then each assumption of some benefit once, with its number."""
    income = document["population"]["income_month"]
    compared = any(each["published"] for each in document["other_sources"])
    texts = [
        reader.of(document["method"]["income"]),
        _months(document, reader),
        reader("income_month", month=reader.month(income)) if income and not document["uprating"] else None,
        *assumed_lines(document, reader.say),
        reader("behaviour"),
        None if compared or document["population"]["kind"] == "generated" else reader("administrative"),
    ]
    numbered = assumed_of(document)
    each = [el("li", sentence_of(reader.of(a)), id=reader.id(f"assumed-{n}")) for n, a in enumerate(numbered, 1)]
    return el(
        "section",
        el("h2", reader("assumptions"), id=reader.id("assumptions")),
        el("p", reader("assumptions_more"), class_="note"),
        el("ul", [el("li", sentence_of(t)) for t in texts if t], class_="prose"),
        [el("h3", reader("assumptions_of_benefits")), el("ol", each, class_="assumed")] if each else None,
    )


def assumed_of(document: Document) -> list[Mapping[str, str]]:
    """Return the assumptions of the benefits, each once, in the order in which benefits make them."""
    return list({a["en"]: a for c in document["computability"] for a in c["assumptions"]}.values())


def sentence_of(text: str) -> str:
    """Return a text with a capital and a full stop, as a sentence stands alone."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _months(document: Document, reader: Reader) -> str:
    n, first = int(document["months"]), str(document["month"])
    if n == 1:
        return reader("months_one", month=reader.month(first))
    years, month = divmod(int(first[5:7]) - 2 + n, 12)
    last = f"{int(first[:4]) + years:04}-{month + 1:02}"
    return reader("months_many", n=n, first=reader.month(first), last=reader.month(last))


def computability(document: Document, reader: Reader) -> Html:
    """Return the table of benefits: computed, under which assumptions (by number), or not, and why."""
    heads = [reader.say("benefit"), reader("status"), reader("explanation")]
    numbers = {a["en"]: n for n, a in enumerate(assumed_of(document), 1)}
    rows = [
        [_benefit(c, reader), _status(c["status"], reader), _why(c, numbers, reader)] for c in document["computability"]
    ]
    title = reader("computability")
    return el(
        "section",
        el("h2", title, id=reader.id("computability")),
        stacked_table(heads, rows, title, class_="computability"),
    )


def _benefit(found: Mapping[str, Any], reader: Reader) -> Html:
    name, programme = reader.of(found["names"]), reader.of(found["programme_names"])
    return el("span", el("b", name), None if programme == name else el("small", programme))


def _status(status: str, reader: Reader) -> Html:
    key, look = STATUS[status]
    return el("span", reader(key), class_=f"status {look}")


def _why(found: Mapping[str, Any], numbers: Mapping[str, int], reader: Reader) -> Html:
    if found["status"] == NOT_COMPUTABLE:
        reasons = dict.fromkeys(sentence_of(reader.of(e["reason"])) for e in found["lacking"])
        return el("span", " ".join(reasons))
    if not found["assumptions"]:
        return el("span", reader("no_assumption"), class_="note")
    places = sorted(numbers[a["en"]] for a in found["assumptions"])
    links: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda place: place[1] - place[0]):
        first, *rest = (n for _, n in run)
        text = f"{first}–{rest[-1]}" if rest else str(first)
        links += [el("a", text, href=f"#{reader.id(f'assumed-{first}')}"), ", "]
    return el("span", reader("see_assumptions"), " ", links[:-1])


def to_check(document: Document, reader: Reader) -> Html:
    """Return every figure of the law whose confidence is not *verified*, with its source."""
    figures, title = document["figures_to_check"], reader("to_check")
    head = el("h2", title, id=reader.id("to-check"))
    if not figures:
        return el("section", head, el("p", reader.say("nothing_to_check")))
    heads = [reader("figure"), reader.say("value"), reader.say("since"), reader.say("confidence"), reader.say("source")]
    rows = [
        [
            el("span", el("b", reader.of(f["labels"]) or f["key"]), el("code", f["key"])),
            value_of(f["value"], f["unit"], reader),
            reader.say.day(date.fromisoformat(f["since"])) if f["since"] else NONE,
            reader.say(f["confidence"].replace(" ", "_")),
            el("span", f["source"], el("small", f["note"], lang="en") if f["note"] else None),
        ]
        for f in figures
    ]
    more = el("p", reader("to_check_more"), class_="note")
    return el("section", head, more, stacked_table(heads, rows, title, class_="to-check"))


def value_of(value: str | None, unit: str, reader: Reader) -> str:
    """Write a figure of the law exactly, with its unit."""
    if value is None:
        return reader.say("unknown")
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    exponent = exact.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    money = re.match(r"Money \(\w+, ([\w ]+)\)", unit)
    if money:
        amount = reader.say.money(float(exact), reader.symbol, places).replace(" ", "\N{NO-BREAK SPACE}")
        return amount if money[1] == "paid now" else f"{amount} ({reader.say(money[1].replace(' ', '_'))})"
    shown = reader.say.number(float(exact), places)
    return f"{shown} {reader('unit_months')}" if unit == "Months" else shown


def not_modelled(document: Document, reader: Reader) -> Html:
    """Return what the programmes say that they leave out."""
    head = el("h2", reader("not_modelled"), id=reader.id("not-modelled"))
    if not document["not_modelled"]:
        return el("section", head, el("p", reader("everything_modelled")))
    names = {each["programme"]: each["programme_names"] for each in document["not_modelled"]}
    found: dict[str, list[Html]] = {}
    for each in document["not_modelled"]:
        found.setdefault(each["programme"], []).append(el("li", sentence_of(reader.of(each["names"]))))
    groups = [[el("dt", reader.of(names[p])), el("dd", el("ul", texts))] for p, texts in found.items()]
    return el("section", head, el("dl", groups, class_="left-out"))
