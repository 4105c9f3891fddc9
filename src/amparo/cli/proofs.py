"""amparo prove: what a programme guarantees to every possible household, or the household that it fails."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from amparo.cli.amounts import value_json
from amparo.cli.decisions import show_decision
from amparo.cli.explanations import show_explanation
from amparo.cli.terminal import AsJson, Lang, app, month_of, notes, screen, show_json, texts
from amparo.errors import CaseError, ExecutionError, ParameterError
from amparo.execute.exact import decide
from amparo.execute.explain import told_in_full, value_text
from amparo.execute.prove import ASSUMED, TIMEOUT, Counterexample, Outcome, Result, Task, run, tasks
from amparo.expr import Input, Kind, Type
from amparo.policy import Country, find_programmes
from amparo.texts import Texts

Answers = Sequence[tuple[Task, "list[Result] | ParameterError"]]
MARKS = {
    Outcome.PROVED: "[green]✓[/green]",
    Outcome.KNOWN: "[yellow]![/yellow]",
    Outcome.BROKEN: "[red]✗[/red]",
    Outcome.TIMED_OUT: "[red]…[/red]",
    Outcome.MENDED: "[red]?[/red]",
}


@app.command(name="prove")
def prove_(
    programme: Annotated[str, typer.Argument(help="a programme, or a country for all of its programmes")],
    on: Annotated[str, typer.Option("--on", help="one month, instead of those for which each property is stated")] = "",
    members: Annotated[
        int | None, typer.Option("--members", help="largest household", show_default="as stated")
    ] = None,
    key: Annotated[str, typer.Option("--property", help="one property")] = "",
    timeout: Annotated[float, typer.Option("--timeout", help="seconds for each size of household")] = TIMEOUT,
    processes: Annotated[
        int | None, typer.Option("--processes", help="processes", show_default="one for each core")
    ] = None,
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Prove what a programme guarantees to every possible household, or show the household that it fails."""
    if any(number is not None and not number > 0 for number in (members, processes, timeout)):
        raise CaseError("--members, --processes and --timeout are positive numbers.")
    country, found = find_programmes(programme)
    asked = tasks(country, found, on=month_of(on).replace(day=1) if on else None, key=key)
    say = texts(lang)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=notes,
        transient=True,
    ) as bar:  # fmt: skip
        shown = bar.add_task(say("step_prove"), total=len(asked))

        def tell(task: Task, _: list[Result] | ParameterError) -> None:
            bar.update(shown, advance=1, description=task.property.key)

        answers = run(asked, members=members, timeout=timeout, processes=processes or os.cpu_count() or 1, report=tell)
    refused = [a for _, a in answers if isinstance(a, ParameterError)]
    if refused and (not on or len(refused) == len(answers)):
        raise refused[0]
    if as_json:
        show_json(proofs_json(country, answers))
    else:
        show_proofs(answers, say)
    if any(r.outcome.failed for _, a in answers if not isinstance(a, ParameterError) for r in a):
        raise typer.Exit(1)


def proofs_json(country: Country, answers: Answers) -> dict[str, Any]:
    """Return proofs in the documented form."""
    return {
        "country": country.key,
        "assumed": [dict(each) for each in ASSUMED],
        "properties": [_task_json(task, answer) for task, answer in answers],
    }


def _task_json(task: Task, answer: list[Result] | ParameterError) -> dict[str, Any]:
    asked = task.property
    done = [] if isinstance(answer, ParameterError) else answer
    broken = done[-1].counterexample if done else None
    return {
        "property": asked.key,
        "programme": task.programme.key,
        "names": dict(asked.names),
        "kind": asked.states.kind,
        "month": f"{task.month:%Y-%m}",
        "stated_to": asked.members,
        "sizes": [{"members": r.size, "outcome": r.outcome.value, "seconds": round(r.seconds, 3)} for r in done],
        "known_violation": dict(asked.violation.why) if asked.violation else None,
        "counterexample": None if broken is None else _broken_json(broken),
        "refused": str(answer) if isinstance(answer, ParameterError) else None,
    }


def _broken_json(broken: Counterexample) -> dict[str, Any]:
    amounts = [value_json(a) for a in broken.amounts]
    return {
        "case": broken.case,
        "moves": {"input": broken.moves, "member": broken.member or None, "to": broken.to} if broken.moves else None,
        "before": amounts[0] if amounts else None,
        "after": amounts[1] if amounts else None,
        "error": broken.error or None,
    }


def show_proofs(answers: Answers, say: Texts) -> None:
    """Print a table of property, month, size, result and seconds, and every household that breaks one."""
    sizes = range(1, max((r.size for _, a in answers if isinstance(a, list) for r in a), default=1) + 1)
    table = Table(say("prove_property"), say("prove_month"), *(str(n) for n in sizes))
    for task, answer in answers:
        cells = {} if isinstance(answer, ParameterError) else {r.size: _cell(r, say) for r in answer}
        name = f"{say.of(task.property.names)}\n[dim]{task.property.key}[/dim]"
        if isinstance(answer, ParameterError):
            name += f"\n[dim]{escape(str(answer))}[/dim]"
        table.add_row(name, f"{task.month:%Y-%m}", *(cells.get(n, "") for n in sizes))
    screen.print(table)
    screen.print(f"[dim]{say('prove_sizes')}[/dim]")
    for task, answer in answers:
        for result in [] if isinstance(answer, ParameterError) else answer:
            _show(task, result, say)
    screen.print(f"[dim]{say('prove_assumed')}[/dim]")
    for each in ASSUMED:
        screen.print(f"[dim]  · {say.of(each)}[/dim]", highlight=False)
    done = [r for _, a in answers if isinstance(a, list) for r in a]
    failed = sum(r.outcome.failed for r in done)
    seconds = say.number(sum(r.seconds for r in done), 1)
    proved = sum(isinstance(a, list) and all(r.outcome is Outcome.PROVED for r in a) for _, a in answers)
    known = sum(r.outcome is Outcome.KNOWN for r in done)
    colour = "red" if failed else "green"
    screen.print(f"[{colour}]{say('prove_sum', proved=proved, known=known, failed=failed, seconds=seconds)}[/{colour}]")


def _cell(result: Result, say: Texts) -> str:
    return f"{MARKS[result.outcome]} {say.number(result.seconds, 1)}"


def _show(task: Task, result: Result, say: Texts) -> None:
    """Print what is not a plain proof: a household, and what the law gives it, step by step."""
    if result.outcome is Outcome.PROVED:
        return
    title = say(f"prove_{result.outcome.value}", members=result.size)
    colour = "red" if result.outcome.failed else "yellow"
    screen.print(
        f"\n[bold {colour}]{title}[/bold {colour}] {say.of(task.property.names)} [dim]{task.property.key}[/dim]"
    )
    recorded = task.property.violation
    if recorded is not None:
        screen.print(f"  {say.of(recorded.why)}")
    broken = result.counterexample
    if broken is None:
        return
    _show_household(task.country, broken.case, say)
    if broken.moves:
        declared = task.country.inputs[broken.moves]
        to = _stated(declared, broken.to, say)
        who = broken.member or say("household")
        screen.print(f"  → {say('prove_moves', input=say.of(declared.labels), who=who, to=to)}", highlight=False)
    if broken.amounts:
        money = Type(Kind.MONEY, task.country.currency)
        before, after = (value_text(a, money, say) for a in broken.amounts)
        screen.print(f"  → {say('prove_before_after', before=before, after=after)}", highlight=False)
    if broken.error:
        screen.print(f"  [red]{escape(broken.error)}[/red]")
        return
    if result.outcome is Outcome.KNOWN:
        return
    regime = task.programme.regime(task.month)
    edition = task.country.on(task.month).only(regime.benefits, regime.findings)
    try:
        decision = decide(edition, dict(broken.case))
    except ExecutionError as error:
        screen.print(f"  [red]{escape(str(error))}[/red]")
        return
    show_decision(decision, say.of(task.programme.names), say, brief=True)
    (told,) = told_in_full(decision, [say.language])
    show_explanation(told, say)


def _show_household(country: Country, case: Mapping[str, Any], say: Texts) -> None:
    """Print what is said about a household, without what is no, nothing or nobody."""
    declared, person, shared = country.inputs, country.household.member, case.get("defaults", {})
    for who, values in [
        (say("household"), case.get("household", {})),
        *((m["id"], {**shared, **m}) for m in case["members"]),
    ]:
        told = []
        for key, value in values.items():
            if key in declared and value is not False and value != 0:
                told.append(f"{say.of(declared[key].labels)}: {_stated(declared[key], value, say)}")
            elif key in person.relations and value is not None:
                told.append(f"{say.of(person.relations[key].labels)}: {value}")
        screen.print(f"  [bold]{who}[/bold] {escape('; '.join(told))}", highlight=False)
    for key, value in case.get("states", {}).items():
        screen.print(f"  [dim]{key}: {value}[/dim]", highlight=False)


def _stated(declared: Input[Any], value: Any, say: Texts) -> str:
    if declared.type.numeric and not isinstance(value, bool):
        return value_text(Fraction(str(value)), declared.type, say)
    return value_text(value, declared.type, say)
