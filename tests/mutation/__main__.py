"""Plant bugs in the law and see which of them a worked example or a declared property finds.

    python -m tests.mutation [PROGRAMME…] [--json FILE] [--processes 2] [--quick]

Prints a table: for each programme the bugs planted, those killed by examples, by properties, those that change
nothing (claimed equivalent) and those that survive; then the survivors by name, each with what a household
gets by the law and with the bug. Exits 1 when fewer than 95 % of the bugs that show are killed.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table
from tests.mutation.claims import differences
from tests.mutation.verdicts import HOUSEHOLDS, MORE, SECONDS, Verdicts, verdicts

from amparo.policy import countries, find_programme

ENOUGH = 0.95


def tried(key: str, quick: bool) -> Verdicts:
    """Try the mutants of one programme, named country/programme."""
    country, programme = find_programme(key)
    return verdicts(
        country,
        programme,
        households=HOUSEHOLDS // (3 if quick else 1),
        more=0 if quick else MORE,
        seconds=1 if quick else SECONDS,
    )


def every_programme() -> list[str]:
    """Return all shipped programmes, as country/programme."""
    return [f"{c.key}/{p.key}" for c in countries().values() for p in c.programmes]


def table(found: Iterable[Verdicts]) -> Table:
    """Return the figures of each programme and of all together."""
    made = Table(
        "programme",
        *(("mutants", "by cases", "by properties", "equivalent", "unanswered", "survivors", "killed")),
        box=None,
    )
    for column in made.columns[1:]:
        column.justify = "right"
    total = [0] * 6
    for each in found:
        parts = (each.by_cases, each.by_properties, each.equivalent, each.unanswered, each.survivors)
        figures = [each.mutants, *map(len, parts)]
        total = [a + b for a, b in zip(total, figures, strict=True)]
        made.add_row(each.programme, *map(str, figures), f"{each.rate:.1%}")
    made.add_row("all", *map(str, total), f"{_rate(total[1] + total[2], total[5]):.1%}", style="bold")
    return made


def _rate(killed: int, alive: int) -> float:
    return killed / (killed + alive) if killed + alive else 1.0


def as_json(found: Iterable[Verdicts]) -> list[dict[str, object]]:
    """Return everything by name."""
    return [
        {
            "programme": v.programme,
            "mutants": v.mutants,
            "rate": round(v.rate, 4),
            "by_cases": v.by_cases,
            "by_properties": v.by_properties,
            "equivalent": {name: str(claim) for name, claim in v.equivalent.items()},
            "unanswered": v.unanswered,
            "survivors": {name: str(shown) for name, shown in v.survivors.items()},
        }
        for v in found
    ]


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("programmes", nargs="*", metavar="PROGRAMME", help="all shipped programmes by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every mutant by name")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="fewer random households: equivalence is claimed sooner")
    parser.add_argument("--households", action="store_true", help="print the household behind each survivor")
    chosen = parser.parse_args(arguments)
    keys = [f"{c.key}/{p.key}" for c, p in map(find_programme, chosen.programmes)] or every_programme()
    console, started = Console(soft_wrap=True), time.monotonic()
    found: dict[str, Verdicts] = {}
    with ProcessPoolExecutor(chosen.processes) as pool, Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task("planting bugs", total=len(keys))
        jobs = {pool.submit(tried, key, chosen.quick): key for key in keys}
        for job in as_completed(jobs):
            found[jobs[job]] = job.result()
            bar.update(task, advance=1, description=jobs[job])
    ordered = [found[key] for key in keys]
    console.print(table(ordered))
    for each in ordered:
        for name, shown in each.survivors.items():
            print(f"alive: {name}\n    {shown}")
            if chosen.households:
                print(f"    {shown.case}")
    print(f"{time.monotonic() - started:.0f} s on {chosen.processes} processes")
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(ordered), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    untrue = [] if chosen.quick else [sentence for v in ordered for sentence in differences(v)]
    print("\n".join(untrue))
    killed, alive = sum(v.killed for v in ordered), sum(len(v.survivors) for v in ordered)
    return 0 if _rate(killed, alive) >= ENOUGH and not untrue else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
