"""Population runs and single households beside the peer, taking turns within one run."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel import Kernel
from amparo.expr import Kind
from benchmarks import country_template, national
from benchmarks.report import DOUBTFUL_SHARE, Ratio, Report, megabytes, milliseconds
from benchmarks.worker import ROOT, Worker

OWN, PEER = "benchmarks.own_worker", "benchmarks.peer_worker"
SYSTEMS: dict[str, ModuleType] = {"peer": country_template, "national": national}
MILLION = 1_000_000
SINGLE_TIMES = 50.0
MEMORY_TIMES = 10.0
PAUSE = 0.3  # seconds: threads of a numerical library spin on a core for a while after their work
PARTS = 20  # slices of a run that keeps totals only
HOPELESS = 10  # times the bar: nothing larger is tried
RELATIVE, ABSOLUTE = 2e-6, 2e-3  # float32: 2^-24 a step, a few steps; sums of differences near zero
FLAG_SHARE = 1e-5  # rows whose float32 stands on the other side of a threshold


def wall_times(persons: int) -> float | None:
    """Return how many times faster a population run must be, by size; below a million nothing is promised."""
    if persons >= 10 * MILLION:
        return 20.0
    return 10.0 if persons >= MILLION else None


@dataclass
class Rounds:
    """What one engine's rounds cost."""

    setup: dict[str, Any] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    sliced: dict[str, Any] = field(default_factory=dict)

    def add(self, answer: dict[str, Any]) -> None:
        """Note a round."""
        self.seconds.append(answer["seconds"])
        self.cpu.append(answer["cpu_seconds"])
        self.beyond.append(answer["beyond_bytes"])
        self.last = answer


@dataclass(frozen=True)
class Difference:
    """How far one output is from the peer's."""

    name: str
    largest: float
    rows: int
    beyond: int

    @property
    def share(self) -> float:
        """Share of the rows beyond what float32 can explain."""
        return self.beyond / max(self.rows, 1)


Results = Mapping[str, NDArray[Any]]


def differences(module: ModuleType, ours: Results, theirs: Results) -> list[Difference]:
    """Compare outputs: amounts within float32 precision, yes and no identical."""
    found = []
    for name, node in module.edition().graph.outputs.items():
        one, other = ours[name], theirs[name]
        if one.shape != other.shape:
            raise ValueError(f"{name}: {one.shape} rows here, {other.shape} at the peer")
        if node.type.kind is Kind.BOOL:
            unequal = one != other
            gap = float(unequal.max(initial=False))
        else:
            unit = 10**node.type.currency.decimals if node.type.currency else 1
            distance = np.abs(one / unit - other)
            unequal = distance > ABSOLUTE + RELATIVE * np.abs(other)
            gap = float(distance.max(initial=0.0))
        found.append(Difference(name, gap, len(one), int(unequal.sum())))
    return found


def figures(module: ModuleType) -> dict[str, float]:
    """Return the figures of a rule set by key, for the peer."""
    edition = module.edition()
    return {p.key: float(edition.figure(p)) for p in edition.parameters}


def outputs(module: ModuleType) -> list[str]:
    """Return the outputs of a population run."""
    return list(module.edition().graph.outputs)


def loaded(worker: Worker, module: ModuleType, columns: Path) -> dict[str, Any]:
    """Have a worker load a rule set with a population."""
    system = module.__name__.rpartition(".")[2]
    return worker.call("load", system=system, columns=str(columns), figures=figures(module))


def side_by_side(
    module: ModuleType, persons: int, rounds: int, peer: Path, folder: Path
) -> tuple[Rounds, Rounds, list[Difference]]:
    """Run both engines in turns on the same persons and compare what they computed."""
    columns = folder / "columns.npz"
    module.people(persons).save(columns)
    ours, theirs, names = Rounds(), Rounds(), outputs(module)
    with Worker(sys.executable, OWN) as own, Worker(peer, PEER) as other:
        ours.setup, theirs.setup = loaded(own, module, columns), loaded(other, module, columns)
        columns.unlink()
        for turn in range(rounds):
            order = [(own, ours), (other, theirs)]
            for worker, note in order if turn % 2 == 0 else reversed(order):
                time.sleep(PAUSE)
                note.add(worker.call("round", outputs=names))
        results = []
        for worker in (own, other):
            path = folder / "results.npz"
            worker.call("write", path=str(path))
            with np.load(path) as stored:
                results.append({name: stored[name] for name in names})
            path.unlink()
        ours.sliced = own.call("sliced", parts=PARTS)
    return ours, theirs, differences(module, results[0], results[1])


def decidable(report: Report, module: ModuleType) -> bool:
    """Try twenty thousand persons first: were many in doubt, the exact executor would take hours over millions."""
    people = module.people(20_000).population(module.Household)
    found = Kernel(module.edition()).run(people)
    if found.doubtful_share > HOPELESS * DOUBTFUL_SHARE:
        report.doubtful("20,000 persons, and so nothing larger was run", found.doubtful_share)
        report.end()
        return False
    return True


def population_run(report: Report, section: str, sizes: list[int], rounds: int, peer: Path) -> None:
    """Compare a rule set at every size: wall time, memory beyond the loaded inputs, results."""
    module = SYSTEMS[section]
    report.title(section)
    if not decidable(report, module):
        return
    for persons in sizes:
        with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
            ours, theirs, found = side_by_side(module, persons, rounds, peer, Path(folder))
        ratio = Ratio.between(ours.seconds, theirs.seconds)
        rows = [
            (
                name,
                *milliseconds(note.seconds),
                f"{1000 * median(note.cpu):,.1f}",
                f"{persons / median(note.seconds) / MILLION:,.1f}",
                megabytes(max(note.beyond)),
                megabytes(note.last["written_bytes"]),
                f"{note.setup['setup_seconds']:.2f}",
                megabytes(note.setup["setup_bytes"]),
            )
            for name, note in (("amparo, 2 threads", ours), ("OpenFisca", theirs))
        ]
        heads = (
            "engine",
            "min ms",
            "median ms",
            "cpu ms",
            "M persons/s",
            "MB beyond",
            "of it results",
            "set-up s",
            "set-up MB",
        )
        what = f"{section}, {persons:,} persons, {rounds} rounds, {len(outputs(module))} outputs"
        report.table(what, heads, rows)
        report.say(f"wall ratio: paired median {ratio.paired_median:.1f}, min/min {ratio.of_minima:.1f}")
        moved = ours.last["read_bytes"] + ours.last["written_bytes"]
        share = moved / report.bandwidth.best / min(ours.seconds)
        report.say(f"{megabytes(moved)} MB read and written: {100 * share:.0f} % of memory bandwidth reached")
        report.say(
            f"in {PARTS} slices of which totals are kept: {megabytes(ours.sliced['beyond_bytes'])} MB beyond, "
            f"{1000 * ours.sliced['seconds']:,.1f} ms"
        )
        label = f"{section}, {persons:,}"
        bars(report, label, persons, ratio=ratio, theirs=max(theirs.beyond), ours=ours, found=found)
    report.end()


def bars(
    report: Report, label: str, persons: int, *, ratio: Ratio, theirs: int, ours: Rounds, found: list[Difference]
) -> None:
    """Hold a comparison against what is promised."""
    needed = wall_times(persons)
    if needed is not None:
        report.at_least(f"{label}: wall time, paired median", ratio.paired_median, needed)
        for how, beyond in (("every result kept", max(ours.beyond)), ("in slices", ours.sliced["beyond_bytes"])):
            report.at_least(f"{label}: memory beyond the inputs, {how}", theirs / max(beyond, 1), MEMORY_TIMES)
    report.doubtful(label, ours.last["doubtful"] / max(ours.last["households"], 1))
    worst = max(found, key=lambda d: (d.share, d.largest))
    report.holds(
        f"{label}: same results as the peer",
        f"{worst.beyond} of {worst.rows:,} rows of {worst.name}",
        f"≤ {100 * FLAG_SHARE:g} % beyond float32",
        reached=worst.share <= FLAG_SHARE,
    )


def single(report: Report, rounds: int, peer: Path, *, repeats: int = 200) -> None:
    """Compare one household in process: `calculate` against a bound kernel, batches taking turns."""
    report.title("single")
    rows = []
    for section, module in SYSTEMS.items():
        with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
            columns = Path(folder) / "columns.npz"
            people = module.people(600)
            three = int(np.flatnonzero(np.diff(people.offsets) == 3)[0])
            people.only(three).save(columns)
            ours: list[dict[str, Any]] = []
            theirs: list[dict[str, Any]] = []
            with Worker(sys.executable, OWN) as own, Worker(peer, PEER) as other:
                for worker in (own, other):
                    loaded(worker, module, columns)
                for _ in range(max(rounds, 3)):
                    for worker, kept in ((own, ours), (other, theirs)):
                        kept.append(worker.call("single", outputs=outputs(module), repeats=repeats))
        best = {name: [median(batch["seconds"]) for batch in kept] for name, kept in (("own", ours), ("peer", theirs))}
        ratio = Ratio.between(best["own"], best["peer"])
        rows.append(_microseconds(f"{section}: amparo kernel", ours, "seconds"))
        rows.append(_microseconds(f"{section}: amparo decide, exact with reasons", ours, "decide_seconds"))
        rows.append(_microseconds(f"{section}: OpenFisca calculate", theirs, "seconds"))
        report.at_least(f"{section}: one household in process", ratio.paired_median, SINGLE_TIMES)
        whole = [median(b["seconds"]) + median(b["setup_seconds"]) for kept in (ours, theirs) for b in kept]
        with_setup = Ratio.between(whole[: len(ours)], whole[len(ours) :])
        report.say(f"{section}: set-up included, the ratio is {with_setup.paired_median:.1f}")
    heads = ("one household of three", "min µs", "median µs", "set-up median µs")
    report.table(f"{max(rounds, 3)} batches of {repeats}", heads, rows)
    report.end()


def _microseconds(name: str, batches: list[dict[str, Any]], key: str) -> tuple[str, str, str, str]:
    seconds = [s for batch in batches for s in batch[key]]
    setup = [s for batch in batches for s in batch["setup_seconds"]] if key == "seconds" else [0.0]
    return name, f"{1e6 * min(seconds):,.1f}", f"{1e6 * median(seconds):,.1f}", f"{1e6 * median(setup):,.1f}"


def peer_python() -> Path:
    """Return the interpreter of the peer's environment: .venv-peer, or the one that AMPARO_PEER names."""
    return Path(os.environ.get("AMPARO_PEER") or ROOT / ".venv-peer" / "bin" / "python")
