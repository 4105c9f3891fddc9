"""Tables, bars to reach, and whether they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.machine import Bandwidth, Machine, bandwidth, describe, free_cores

DOUBTFUL_SHARE = 0.001
WIDTH = 132  # characters: the tables do not fold
WIDTH = 132  # characters: the tables do not fold


@dataclass(frozen=True)
class Bar:
    """One promise with the figure that was measured."""

    section: str
    what: str
    measured: str
    needed: str
    reached: bool


@dataclass(frozen=True)
class Ratio:
    """How many times slower theirs is, from rounds that took turns."""

    paired_median: float
    of_minima: float

    @classmethod
    def between(cls, ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
        """Return the median of the rounds' ratios, and the ratio of the best rounds."""
        paired = median(b / a for a, b in zip(ours, theirs, strict=True))
        return cls(paired, min(theirs) / min(ours))


@dataclass
class Report:
    """What a run prints; `passed` becomes its exit status."""

    console: Console = field(default_factory=lambda: Console(width=max(Console().width, WIDTH)))
    bars: list[Bar] = field(default_factory=list)
    machine: Machine = field(default_factory=describe)
    _bandwidth: Bandwidth | None = None

    def title(self, section: str) -> None:
        """Begin a section, with the cores that are free now."""
        self.section = section
        self.console.rule(f"[bold]{section}")
        self.console.print(f"{self.machine}; {free_cores():.2f} cores free before")

    def end(self) -> None:
        """Close a section, with the cores that are free now."""
        self.console.print(f"{free_cores():.2f} cores free after {self.section}")

    def say(self, text: str) -> None:
        """Print one line."""
        self.console.print(text, highlight=False)

    @property
    def bandwidth(self) -> Bandwidth:
        """The machine's memory bandwidth, measured at first use."""
        if self._bandwidth is None:
            self._bandwidth = bandwidth()
            found = self._bandwidth
            self.say(f"memory bandwidth, 2 threads: read {found.read / 1e9:.1f}, triad {found.triad / 1e9:.1f} GB/s")
        return self._bandwidth

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table: first column to the left, the others to the right."""
        made = Table(title=title, title_justify="left")
        for number, name in enumerate(columns):
            made.add_column(name, justify="right" if number else "left")
        for row in rows:
            made.add_row(*row)
        self.console.print(made)

    def at_least(self, what: str, measured: float, needed: float, unit: str = "×") -> None:
        """Note a bar that is reached from below."""
        self._bar(what, f"{measured:,.1f} {unit}", f"≥ {needed:,.1f} {unit}", reached=measured >= needed)

    def at_most(self, what: str, measured: float, needed: float, unit: str = "s") -> None:
        """Note a bar that is reached from above."""
        self._bar(what, f"{measured:,.3g} {unit}", f"≤ {needed:,.3g} {unit}", reached=measured <= needed)

    def holds(self, what: str, measured: str, needed: str, *, reached: bool) -> None:
        """Note a bar that is yes or no."""
        self._bar(what, measured, needed, reached=reached)

    def doubtful(self, what: str, share: float) -> None:
        """Note the share of households that float64 could not decide."""
        self.at_most(f"{what}: households decided exactly", 100 * share, 100 * DOUBTFUL_SHARE, "%")

    def _bar(self, what: str, measured: str, needed: str, *, reached: bool) -> None:
        self.bars.append(Bar(self.section, what, measured, needed, reached))

    @property
    def passed(self) -> bool:
        """Whether every bar that was measured is reached."""
        return all(bar.reached for bar in self.bars)

    def summary(self) -> None:
        """Print every bar."""
        self.console.rule("[bold]bars")
        rows = [(b.section, b.what, b.measured, b.needed, "reached" if b.reached else "MISSED") for b in self.bars]
        self.table("", ("section", "bar", "measured", "needed", ""), rows)
        missed = sum(not bar.reached for bar in self.bars)
        self.say(f"{len(self.bars) - missed} of {len(self.bars)} bars reached on {self.machine}")


def milliseconds(seconds: Sequence[float]) -> tuple[str, str]:
    """Return least and median as shown in tables."""
    return f"{1000 * min(seconds):,.1f}", f"{1000 * median(seconds):,.1f}"


def megabytes(size: float) -> str:
    """Return a size as shown in tables."""
    return f"{size / 1e6:,.1f}"
