"""What the benchmarks measure with: memory, time, streams and bars that can be missed."""

import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks import machine, national, startup, stream
from benchmarks.national_figures import Household
from benchmarks.report import Ratio, Report
from benchmarks.worker import Worker, WorkerError
from rich.console import Console

from amparo.execute.kernel import Kernel

ECHO = """
from benchmarks.worker import serve
class Engine:
    def twice(self, value):
        print("noise of a library")
        return {"value": 2 * value}
    def fail(self):
        raise ValueError("no such thing")
serve(Engine())
"""


def silent() -> Report:
    report = Report(console=Console(quiet=True))
    report.section = "test"
    return report


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let a process forget its peak")
def test_growth_counts_what_is_held_beyond_the_start_even_when_freed_again() -> None:
    kept = np.ones(4_000_000)
    with machine.Growth() as grown:
        passing = np.ones(8_000_000)
        del passing
    assert 60_000_000 < grown.bytes < 90_000_000
    with machine.Growth() as again:
        kept.sum()
    assert again.bytes < 4_000_000


def test_the_machine_is_described_and_its_bandwidth_positive() -> None:
    found = machine.bandwidth(megabytes=4, repeats=1)
    assert 0 < min(found.read, found.triad) <= found.best
    assert str(machine.usable_cores()) in str(machine.describe())
    assert 0 < machine.free_cores(seconds=0.05) <= machine.usable_cores() + 0.1


def test_ratios_are_taken_round_by_round() -> None:
    found = Ratio.between([1.0, 2.0, 4.0], [10.0, 10.0, 80.0])
    assert (found.paired_median, found.of_minima) == (10.0, 10.0)


def test_a_missed_bar_fails_the_report() -> None:
    report = silent()
    report.at_least("speed", 10.0, 10.0)
    report.at_most("memory", 1.0, 1.0)
    report.doubtful("rows", 0.001)
    reached = report.passed
    report.doubtful("rows", 0.0011)
    assert (reached, report.passed) == (True, False)
    assert [bar.reached for bar in report.bars] == [True, True, True, False]


def test_a_worker_answers_whatever_its_libraries_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "echo_engine.py").write_text(ECHO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker(sys.executable, "echo_engine") as worker:
        assert worker.call("twice", value=21) == {"value": 42}
        with pytest.raises(WorkerError, match="ValueError: no such thing"):
            worker.call("fail")
        assert worker.call("twice", value=1) == {"value": 2}


def test_streamed_totals_are_those_of_the_resident_population(tmp_path: Path) -> None:
    path = tmp_path / "persons.parquet"
    people = national.people(5_000).population(Household)
    stream.write(people, 2, path)
    found = stream.Streaming().run(str(path))
    whole = Kernel(national.edition(), outputs=stream.OUTPUTS).run(people).outputs
    assert found["persons"] == 10_000
    assert found["poor"] == 2 * people.sizes[whole["poor"]].sum()
    assert found["benefits"] == pytest.approx(2 * whole["total_benefits"].sum(), rel=1e-12)


def test_moving_figures_compiles_nothing_and_changing_a_rule_little(tmp_path: Path) -> None:
    start = startup.Starting()
    cold = start.compile(cache=str(tmp_path), change="none", which="national")
    cached = start.compile(cache=str(tmp_path), change="none", which="national")
    moved = start.compile(cache=str(tmp_path), change="figure", which="national")
    assert cold["compiled"] > 10
    assert cold["progress"] >= cold["compiled"]
    assert (cached["compiled"], moved["compiled"]) == (0, 0)
