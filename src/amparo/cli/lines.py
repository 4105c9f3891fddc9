"""amparo budget-line: what a family has over one person's earnings, and where work does not pay."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from amparo.cli.amounts import exact_text, value_json
from amparo.cli.terminal import AsJson, Lang, app, month_of, progress, read_json, save, screen, show_json, texts
from amparo.errors import CaseError
from amparo.execute.budget_line import Cliff, Jump
from amparo.expr.arithmetic import exact_number
from amparo.policy import Country, find_country
from amparo.register.lines.families import Drawn, Family, drawn, families, find_family, read_family
from amparo.register.lines.page import atlas_html, line_html
from amparo.register.lines.words import cause_of, signed, told
from amparo.register.voice import Voice, capital

OnMonth = Annotated[str, typer.Option("--on", help="month of the law; by default the one that the family names")]


@app.command(name="budget-line")
def budget_line_(
    country: str,
    family: Annotated[
        str, typer.Option("--family", help="a family that the country ships, or a file; without it they are listed")
    ] = "",
    on: OnMonth = "",
    programme: Annotated[
        list[str] | None, typer.Option("--programme", help="a programme whose benefits count; all by default")
    ] = None,
    earner: Annotated[str, typer.Option("--earner", help="the member whose earnings vary")] = "",
    highest: Annotated[str, typer.Option("--highest", help="the highest earnings, a month")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="write the page, in three languages")] = None,
    csv_: Annotated[Path | None, typer.Option("--csv", help="write every stretch with all amounts as CSV")] = None,
    atlas: Annotated[
        Path | None, typer.Option("--atlas", help="write one page with every family that the country ships")
    ] = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Draw income after benefits, contributions and taxes over earnings, with every point at which it falls."""
    where, say = find_country(country), texts(lang)
    chosen: dict[str, Any] = {
        "on": month_of(on) if on else None,
        "programmes": programme or (),
        "highest": _amount(highest),
    }
    if atlas is not None:
        if family or earner or html or csv_ or as_json:
            raise CaseError(
                "--atlas is one page with every family that the country ships: it takes no option of one family."
            )
        shipped = families(where)
        if not shipped:
            raise CaseError(f"{where.key} ships no families to draw; give one of your own with --family FILE.")
        lines = []
        with progress(say) as report:
            for n, each in enumerate(shipped.values(), 1):
                lines.append(drawn(where, each, **chosen))
                report("lines", n / len(shipped))
        save(atlas, atlas_html(where, lines, say.language))
        screen.print(str(atlas))
        return
    if not family:
        _list(where, Voice(say.language, where.currency), as_json=as_json)
        return
    found = drawn(where, _family(where, family), earner=earner, **chosen)
    if html is not None:
        save(html, line_html(found, say.language))
    if csv_ is not None:
        save(csv_, _csv(found))
    if as_json:
        show_json(line_json(found))
    else:
        _show(found, Voice(say.language, where.currency))


def _amount(text: str) -> Any:
    if not text:
        return None
    found = exact_number(text)
    if found is None:
        raise CaseError(f"the highest earnings are '{text}'; write an amount such as 1500000.")
    return found


def _family(country: Country, asked: str) -> Family:
    """Return a family from a file, or one that the country ships."""
    path = Path(asked)
    if asked == "-" or path.suffix or path.is_file():
        return read_family(read_json(path), country, path.stem)
    return find_family(country, asked)


def _list(country: Country, voice: Voice, *, as_json: bool) -> None:
    shipped = families(country).values()
    if not shipped:
        raise CaseError(f"{country.key} ships no families; describe one in a file, and give it as --family FILE.")
    if as_json:
        show_json([{"family": f.key, "names": dict(f.names), "month": _month(f), "earner": f.earner} for f in shipped])
        return
    table = Table(voice("family_title"), voice.say("name"), voice("month"))
    for f in shipped:
        table.add_row(f.key, voice.of(f.names), f"{f.on:%Y-%m}" if f.on else "")
    screen.print(table)


def _month(family: Family) -> str | None:
    return f"{family.on:%Y-%m}" if family.on else None


def line_json(found: Drawn) -> dict[str, Any]:
    """Return a line in the documented form."""
    line = found.line
    return {
        "country": found.country.key,
        "month": f"{found.month:%Y-%m}",
        "version": line.edition.version,
        "family": found.family.key,
        "names": dict(found.family.names),
        "earner": line.earner,
        "currency": found.country.currency.code,
        "benefits": [{"key": b.key, "names": dict(b.names), "timing": b.timing.value} for b in line.benefits],
        "charges": [{"key": c.key, "names": dict(c.names)} for c in line.charges],
        "set_aside": [{"key": x.key, "names": dict(x.names), "figure": why} for x, why in found.set_aside.items()],
        "not_income": [{"key": b.key, "names": dict(b.names)} for b in found.not_income],
        "not_in_force": [{"programme": p.key, "names": dict(p.names)} for p in found.not_in_force],
        "pieces": [
            {
                "first": exact_text(p.first),
                "last": exact_text(p.last),
                "income_at_first": exact_text(line.income(p.first, p.at_first)),
                "income_at_last": exact_text(line.income(p.last, p.at_last)),
                "marginal_rate": exact_text(line.marginal_rate(p)),
                "amounts_at_first": {k: exact_text(v) for k, v in p.at_first.items()},
                "amounts_at_last": {k: exact_text(v) for k, v in p.at_last.items()},
            }
            for p in line.pieces
        ],
        "cliffs": [
            {
                "at": exact_text(c.at),
                "before": exact_text(c.before),
                "after": exact_text(c.after),
                "loss": exact_text(c.loss),
                "regained_at": None if c.regained is None else exact_text(c.regained),
                "more_to_earn": None if c.more_to_earn is None else exact_text(c.more_to_earn),
                "changes": [_change_json(j) for j in c.jumps],
            }
            for c in found.cliffs
        ],
    }


def _csv(found: Drawn) -> str:
    """Return the stretches as CSV: exact amounts at both ends of each."""
    line = found.line
    keys = [*(b.key for b in line.benefits), *(c.key for c in line.charges)]
    heads = ["first", "last", "income_at_first", "income_at_last", "marginal_rate"]
    heads += [f"{key}_{end}" for key in keys for end in ("at_first", "at_last")]
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(heads)
    for p in line.pieces:
        ends = [line.income(p.first, p.at_first), line.income(p.last, p.at_last), line.marginal_rate(p)]
        amounts = [a[key] for key in keys for a in (p.at_first, p.at_last)]
        rows.writerow([exact_text(x) for x in (p.first, p.last, *ends, *amounts)])
    return text.getvalue()


def _change_json(jump: Jump) -> dict[str, Any]:
    cause = jump.cause
    return {
        "key": jump.key,
        "change": exact_text(jump.change),
        "provision": cause.key if cause else None,
        "article": cause.source if cause else None,
        "value": value_json(cause.value) if cause else None,
    }


def _show(found: Drawn, voice: Voice) -> None:
    """Print the stretches, the cliffs with what causes them, and what counts."""
    line = found.line
    title = voice.of(found.family.names)
    screen.print(f"[bold]{escape(title)}[/bold] · {voice.of(found.country.names)} · {voice.month(found.month)}")
    table = Table()
    for head in ("from", "to", "income_at_from", "income_at_to", "rate"):
        table.add_column(voice(head), justify="right")
    for p in line.pieces:
        table.add_row(
            voice.money(p.first),
            voice.money(p.last),
            voice.money(line.income(p.first, p.at_first)),
            voice.money(line.income(p.last, p.at_last)),
            voice.rate(line.marginal_rate(p)),
        )
    screen.print(table)
    if found.cliffs:
        screen.print(f"\n[bold]{voice('cliffs_title')}[/bold]")
        for n, cliff in enumerate(found.cliffs, 1):
            _show_cliff(found, cliff, n, voice)
    else:
        screen.print(voice("no_cliff"))
    _show_counted(found, voice)
    screen.print(f"[dim]{voice.say('version')} {line.edition.version}[/dim]")


def _show_cliff(found: Drawn, cliff: Cliff, n: int, voice: Voice) -> None:
    fall, until = told(found, cliff, voice)
    screen.print(f"{n}. [yellow]{escape(fall)}[/yellow]", highlight=False)
    screen.print(Padding(until, (0, 0, 0, 3)))
    for jump in cliff.jumps:
        screen.print(Padding(escape(_jump(found, jump, voice)), (0, 0, 0, 3)))


def _jump(found: Drawn, jump: Jump, voice: Voice) -> str:
    changed = f"· {voice.named(found.counted(jump.key))} {signed(jump.change, voice)}."
    cause = cause_of(found, jump, voice)
    if cause is None:
        return f"{changed} {voice('cause_unknown')}"
    return f"{changed} {cause.name}: {cause.value}. {cause.reason} ({cause.source})"


def _show_counted(found: Drawn, voice: Voice) -> None:
    line = found.line
    charges = [voice.named(c) for c in line.charges] or [voice("no_charges", month=voice.month(found.month))]
    lines = [
        (voice("counted_paid"), [voice.named(b) for b in found.paid] or [voice("nothing")]),
        (voice("counted_charges"), charges),
        (voice("counted_set_aside"), [f"{voice.of(x.names)} ({key})" for x, key in found.set_aside.items()]),
        (voice("counted_not_income"), [voice.of(b.names) for b in found.not_income]),
        (voice("counted_not_in_force"), [voice.of(p.names) for p in found.not_in_force]),
    ]
    screen.print()
    for head, listed in lines:
        if listed:
            screen.print(f"[dim]{escape(capital(head))}: {escape('; '.join(listed))}[/dim]", highlight=False)
