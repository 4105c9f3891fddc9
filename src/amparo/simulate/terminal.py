"""A simulation as tables in the terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from amparo.simulate.analysis.comparison import compared
from amparo.simulate.assumed import assumed_lines
from amparo.texts import Texts

STATUS = {"computed": "computed", "under a stated assumption": "assumed", "not computable": "not_computable"}
ROOM = 24  # characters for a value and its error in one line
COUNTED = {"recipients": "recipients", "households": "report_households", "cost": "monthly_cost"}
NAMED, EACH = 24, 13  # characters for a group's name, and for each benefit beside it
DIMENSIONS = ("decile", "sex", "age_group", "region")
MOVED = ("poverty_headcount", "poverty_gap", "gini")
TARGETING = {
    "coverage_of_poor": "share",
    "leakage_to_non_poor": "share",
    "coady_grosh_hoddinott": "index",
    "concentration_coefficient": "index",
}
SHARES = ("poverty_headcount", "extreme_poverty_headcount", "poverty_gap")


def show(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print assumptions and computability first, then what each scenario costs and changes."""
    population = found["population"]
    month = date.fromisoformat(found["month"] + "-01")
    screen.print(
        f"[bold]{say.of(found['country']['names'])}[/bold] · {say.month(month)} · {population['label']}: "
        f"{say('households_persons', h=say.number(population['households']), p=say.number(population['persons']))}"
    )
    if population["kind"] in ("generated", "synthetic"):
        screen.print(f"[yellow]{say.of(found['method']['income'])}[/yellow]")
    for line in assumed_lines(found, say):
        screen.print(f"[yellow]{line}[/yellow]")
    _computability(found, say, screen)
    _spending(found, say, screen)
    _welfare(found, say, screen)
    for scenario in found["scenarios"][1:]:
        _gains(scenario, found, say, screen)
        _years(scenario, found, say, screen)
    _reach(found, say, screen)
    _targeting(found, say, screen)
    _contributions(found, say, screen)
    _other_sources(found, say, screen)
    _shocks(found, say, screen)
    count = len(found["figures_to_check"])
    if count:
        screen.print(f"[yellow]{say('to_check_count', n=count)}[/yellow]")


def _computability(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print each benefit with what it rests on; a text that several share is printed once."""
    shown: set[str] = set()
    screen.print(f"\n[bold]{say('computability')}[/bold]")
    for each in found["computability"]:
        colour = {"computed": "green", "under a stated assumption": "yellow"}.get(each["status"], "red")
        screen.print(f"  {say.of(each['names'])}: [{colour}]{say(STATUS[each['status']])}[/{colour}]")
        texts = [say.of(a) for a in each["assumptions"]] + [say.of(x["reason"]) for x in each["lacking"]]
        for text in texts:
            if text not in shown:
                screen.print(Padding(f"[dim]· {text}[/dim]", (0, 0, 0, 4)))
        shown.update(texts)


def _spending(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print what each scenario pays; of a reform only the benefits that move."""
    symbol = found["currency"]["symbol"]
    before: dict[str, Any] = {}
    for scenario in found["scenarios"]:
        table = Table(title=say.of(scenario["names"]), title_justify="left", title_style="bold", box=SIMPLE_HEAD)
        table.add_column(say("benefit"), overflow="fold")
        table.add_column(say("monthly_cost"), justify="right", no_wrap=True)
        table.add_column(say("recipients"), justify="right", no_wrap=True)
        for each in scenario["benefits"]:
            cost, people = each["cost"], each["recipients"]
            if before.get(each["benefit"]) == (cost, people):
                continue
            before.setdefault(each["benefit"], (cost, people))
            now = each["timing"] == "paid now"
            table.add_row(
                say.of(each["names"]) + ("" if now else f" [dim]({say(each['timing'])})[/dim]"),
                f"{say.money(cost['value'], symbol)} [dim]± {say.number(cost['standard_error'])}[/dim]",
                f"{say.number(people['value'])} [dim]± {say.number(people['standard_error'])}[/dim]",
            )
        screen.print(table)


def _welfare(found: dict[str, Any], say: Texts, screen: Console) -> None:
    scenarios = found["scenarios"]
    narrow = screen.width < ROOM * (1 + len(scenarios) + len(scenarios[1:]))
    table = Table(box=SIMPLE_HEAD)
    table.add_column(say("measure"))
    for number, _ in enumerate(scenarios):
        table.add_column(say("before") if number == 0 else say("after", n=number), justify="right", no_wrap=True)
    for number, _ in enumerate(scenarios[1:]):
        table.add_column(say("change_of", n=number + 1), justify="right", no_wrap=True)
    for key in scenarios[0]["welfare"]:
        cells = [_shown(key, s["welfare"][key], say) for s in scenarios]
        cells += [_shown(key, s["change"][key], say, sign=True) for s in scenarios[1:]]
        if narrow:
            cells = [cell.replace(" [dim]±", "\n[dim]±") for cell in cells]
        table.add_row(say(key), *cells)
    screen.print(table)
    for number, cost in enumerate((s["cost_change"] for s in scenarios[1:]), start=1):
        moved, error = say.money(cost["value"], found["currency"]["symbol"]), say.number(cost["standard_error"])
        screen.print(f"{say('cost_change')} ({say('change_of', n=number)}): [bold]{moved}[/bold] ± {error}")
    method = found["method"]["poverty"]
    screen.print(f"[dim]{say('method')}: {say.of(method['names'])}. {say.of(found['method']['variance'])}.[/dim]")


def _shown(key: str, found: dict[str, float], say: Texts, *, sign: bool = False) -> str:
    value, error = found["value"], found["standard_error"]
    plus = "+" if sign and value > 0 else ""
    if key in SHARES:
        return f"{plus}{say.percent(value, 2)} [dim]± {say.percent(error, 2)}[/dim]"
    places = 5 if key == "gini" else 0
    return f"{plus}{say.number(value, places)} [dim]± {say.number(error, places)}[/dim]"


def _group(dimension: str, group: Any, say: Texts) -> str:
    if dimension == "decile":
        return say("decile", n=group)
    return say(group) if dimension == "sex" and group in ("female", "male") else str(group)


def _gains(scenario: dict[str, Any], found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print who gains and who loses, by decile, sex, age and region."""
    symbol = found["currency"]["symbol"]
    table = Table(title=say("who_gains", name=say.of(scenario["names"])), title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("group"))
    for column in ("winners", "losers", "mean_change"):
        table.add_column(say(column), justify="right")
    for dimension in DIMENSIONS:
        table.add_section()
        for each in scenario[f"by_{dimension}"]:
            moved = each["mean_change"]
            error = "" if moved is None else f" [dim]± {say.number(moved['standard_error'])}[/dim]"
            table.add_row(
                _group(dimension, each["group"], say) or "—",
                _percent(each["winners"], say),
                _percent(each["losers"], say),
                "—" if moved is None else say.money(moved["value"], symbol) + error,
            )
    screen.print(table)


def _years(scenario: dict[str, Any], found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print what a reform costs year by year."""
    if not scenario["years"]:
        return
    title = say("years_title", name=say.of(scenario["names"]))
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("year"))
    for column in ("in_force_share", "additional_cost"):
        table.add_column(say(column), justify="right", no_wrap=True)
    for each in scenario["years"]:
        cost = each["cost"]
        money = say.money(cost["value"], found["currency"]["symbol"])
        table.add_row(
            str(each["year"]), say.percent(each["share"]), f"{money} [dim]± {say.number(cost['standard_error'])}[/dim]"
        )
    screen.print(table)
    screen.print(f"[dim]{say('constant_prices')}[/dim]")


def _shocks(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print what a shock takes, what each law gives back, and what poverty becomes."""
    if not found["shocks"]:
        return
    title = say("shock_title", name=say.of(found["shock"]["names"]))
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("")
    for each in found["shocks"]:
        table.add_column(say.of(each["names"]), justify="right", overflow="fold")
    for key in ("lost", "given_back", "absorbed", "poverty_change"):
        table.add_row(say(key), *(_under(key, each, found["currency"]["symbol"], say) for each in found["shocks"]))
    screen.print(table)


def _under(key: str, outcome: dict[str, Any], symbol: str, say: Texts) -> str:
    if key == "poverty_change":
        return _shown("poverty_headcount", outcome["change"]["poverty_headcount"], say, sign=True)
    if key == "absorbed":
        share = outcome["absorbed"]
        return "—" if share is None else _shown("poverty_gap", share, say)
    return say.money(outcome[key]["value"], symbol)


def _names(found: dict[str, Any], say: Texts) -> dict[str, str]:
    return {c["benefit"]: say.of(c["names"]) for c in found["computability"]}


def _reach(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print whom each benefit reaches in the last scenario, as many benefits beside each other as the screen holds."""
    scenario, names = found["scenarios"][-1], _names(found, say)
    keys = list(dict.fromkeys(r["benefit"] for r in scenario["reach"]))
    beside = max(1, (screen.width - NAMED) // EACH)
    for start in range(0, len(keys), beside):
        _covered(scenario["reach"], {k: names[k] for k in keys[start : start + beside]}, say, screen)
    for each in scenario["paid_to"]:
        if each["sex"] == "female" and each["share"]:
            screen.print(
                f"  {names[each['benefit']]} · {say('report_paid_to').lower()}: {say('female').lower()} "
                f"{_percent(each['share'], say)}"
            )


def _covered(reach: list[dict[str, Any]], names: dict[str, str], say: Texts, screen: Console) -> None:
    """Print the coverage of some benefits in every group, and what they are of the income of those who receive."""
    table = Table(title=say("report_reach"), title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("group"))
    for name in names.values():
        table.add_column(name, justify="right", overflow="fold")
    by = {(r["benefit"], r["dimension"], r["group"]): r for r in reach}
    for dimension in DIMENSIONS:
        table.add_section()
        for group in dict.fromkeys(g for _, d, g in by if d == dimension):
            cells = [by.get((key, dimension, group)) for key in names]
            shares = [_percent(c["coverage"] if c else None, say) for c in cells]
            table.add_row(_group(dimension, group, say) or "—", *shares)
    poorest = [by.get((key, "decile", 1)) for key in names]
    table.add_section()
    weight = f"{say('report_adequacy')} ({say('decile', n=1).lower()})"
    table.add_row(weight, *(_percent(c["adequacy"] if c else None, say) for c in poorest))
    screen.print(table)


def _percent(share: dict[str, float] | None, say: Texts) -> str:
    return "—" if share is None else say.percent(share["value"])


def _targeting(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print how each benefit meets the poor and the poorest 40 %, in the last scenario."""
    scenario, names = found["scenarios"][-1], _names(found, say)
    if not scenario["targeting"]:
        return
    table = Table(title=say("report_targeting"), title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("benefit"), overflow="fold")
    for measure in TARGETING:
        table.add_column(say(f"report_{measure}"), justify="right", overflow="fold")
    for each in scenario["targeting"]:
        table.add_row(names[each["benefit"]], *(_beneath(each[m], form, say) for m, form in TARGETING.items()))
    screen.print(table)
    screen.print(f"[dim]{say('report_targeting_more')}[/dim]")


def _beneath(found: dict[str, float] | None, form: str, say: Texts) -> str:
    """Return a value with its error on the next line."""
    if found is None:
        return "—"
    written = say.percent if form == "share" else say.number
    places = 1 if form == "share" else 3
    return f"{written(found['value'], places)}\n[dim]± {written(found['standard_error'], places)}[/dim]"


def _contributions(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print what each programme takes off the poverty headcount ratio, in the last scenario."""
    scenario, names = found["scenarios"][-1], _names(found, say)
    if not scenario["contributions"]:
        return
    table = Table(title=say("report_contributions"), title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("benefit"), overflow="fold")
    for measure in MOVED:
        table.add_column(say(measure), justify="right")
    for each in scenario["contributions"]:
        cells = [_shown(m, each["estimates"][m], say) if each["estimates"][m] else "—" for m in MOVED]
        table.add_row(names[each["benefit"]], *(cell.replace(" [dim]±", "\n[dim]±") for cell in cells))
    screen.print(table)


def _other_sources(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print simulated recipients and spending beside what respondents and authorities say, with ratios."""
    if not found["other_sources"]:
        return
    simulated = {b["benefit"]: b for b in found["scenarios"][0]["benefits"]}
    table = Table(title=say("report_other_sources"), title_justify="left", box=SIMPLE_HEAD)
    table.add_column(say("benefit"), overflow="fold")
    for head in ("report_simulated", "report_surveyed", "report_published"):
        table.add_column(say(head), justify="right", overflow="fold")
    symbol = found["currency"]["symbol"]
    for each in found["other_sources"]:
        table.add_section()
        ours = simulated[each["benefit"]]
        for key, told in compared(each).items():
            cells = [_beside(ours[key]["value"], other, key, symbol, say) for other in told]
            name = f"{say.of(each['names'])}: {say(COUNTED[key]).lower()}"
            table.add_row(name, _amount(ours[key]["value"], key, symbol, say), *cells)
    screen.print(table)
    screen.print(f"[dim]{say('report_ratio')}: ×. {say('report_other_sources_more')}[/dim]")
    for each in found["other_sources"]:
        if each["published"]:
            screen.print(f"[dim]· {each['published']['month']}: {each['published']['source']}[/dim]")


def _amount(value: float, key: str, symbol: str, say: Texts) -> str:
    return say.money(value, symbol) if key == "cost" else say.number(value)


def _beside(ours: float, other: float | None, key: str, symbol: str, say: Texts) -> str:
    if other is None:
        return "—"
    ratio = f"\n[dim]× {say.number(ours / other, 2)}[/dim]" if other else ""
    return _amount(other, key, symbol, say) + ratio
