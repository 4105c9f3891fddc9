"""A simulation as tables in the terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from amparo.texts import Texts

STATUS = {"computed": "computed", "under a stated assumption": "assumed", "not computable": "not_computable"}
SHARES = ("poverty_headcount", "extreme_poverty_headcount", "poverty_gap")


def show(found: dict[str, Any], say: Texts, screen: Console) -> None:
    """Print assumptions and computability first, then what each scenario costs and changes."""
    population = found["population"]
    month = date.fromisoformat(found["month"] + "-01")
    screen.print(
        f"[bold]{say.of(found['country']['names'])}[/bold] · {say.month(month)} · {population['label']}: "
        f"{say('households_persons', h=say.number(population['households']), p=say.number(population['persons']))}"
    )
    if population["kind"] == "generated":
        screen.print(f"[yellow]{say.of(found['method']['income'])}[/yellow]")
    _computability(found, say, screen)
    _spending(found, say, screen)
    _welfare(found, say, screen)
    for scenario in found["scenarios"][1:]:
        _deciles(scenario, found, say, screen)
    count = len(found["figures_to_check"])
    if count:
        screen.print(f"[yellow]{say('to_check_count', n=count)}[/yellow]")


def _computability(found: dict[str, Any], say: Texts, screen: Console) -> None:
    table = Table(say("benefit"), say("computability"), say("assumptions"))
    for each in found["computability"]:
        texts = [say.of(a) for a in each["assumptions"]] + [say.of(x["reason"]) for x in each["lacking"]]
        table.add_row(say.of(each["names"]), say(STATUS[each["status"]]), "\n".join(f"· {t}" for t in texts))
    screen.print(table)


def _spending(found: dict[str, Any], say: Texts, screen: Console) -> None:
    symbol = found["currency"]["symbol"]
    table = Table(say("scenario"), say("benefit"), say("monthly_cost"), "±", say("recipients"), "±", say("timing"))
    for scenario in found["scenarios"]:
        for each in scenario["benefits"]:
            cost, people = each["cost"], each["recipients"]
            table.add_row(
                say.of(scenario["names"]),
                say.of(each["names"]),
                say.money(cost["value"], symbol),
                say.number(cost["standard_error"]),
                say.number(people["value"]),
                say.number(people["standard_error"]),
                say(each["timing"].replace(" ", "_")),
            )
    screen.print(table)


def _welfare(found: dict[str, Any], say: Texts, screen: Console) -> None:
    scenarios = found["scenarios"]
    table = Table(say("measure"), *(say.of(s["names"]) for s in scenarios), *(say("change") for _ in scenarios[1:]))
    for key in scenarios[0]["welfare"]:
        cells = [_shown(key, s["welfare"][key], say) for s in scenarios]
        cells += [_shown(key, s["change"][key], say, sign=True) for s in scenarios[1:]]
        table.add_row(say(key), *cells)
    costs = [s["cost_change"] for s in scenarios[1:]]
    if costs:
        symbol = found["currency"]["symbol"]
        moved = [f"{say.money(c['value'], symbol)} (± {say.number(c['standard_error'])})" for c in costs]
        table.add_row(say("cost_change"), *[""] * len(scenarios), *moved)
    screen.print(table)
    method = found["method"]["poverty"]
    screen.print(f"[dim]{say('method')}: {say.of(method['names'])}. {say.of(found['method']['variance'])}.[/dim]")


def _shown(key: str, found: dict[str, float], say: Texts, *, sign: bool = False) -> str:
    value, error = found["value"], found["standard_error"]
    plus = "+" if sign and value > 0 else ""
    if key in SHARES:
        return f"{plus}{say.percent(value, 2)} (± {say.percent(error, 2)})"
    places = 4 if key == "gini" else 0
    return f"{plus}{say.number(value, places)} (± {say.number(error, places)})"


def _deciles(scenario: dict[str, Any], found: dict[str, Any], say: Texts, screen: Console) -> None:
    symbol = found["currency"]["symbol"]
    table = Table(say("group"), say("winners"), say("losers"), say("mean_change"), "±", title=say.of(scenario["names"]))
    for each in [*scenario["by_decile"], *scenario["by_sex"]]:
        group = each["group"]
        name = say("decile", n=group) if isinstance(group, int) else say(group)
        table.add_row(
            name,
            say.percent(each["winners"]["value"]),
            say.percent(each["losers"]["value"]),
            say.money(each["mean_change"]["value"], symbol),
            say.number(each["mean_change"]["standard_error"]),
        )
    screen.print(table)
