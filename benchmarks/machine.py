"""The machine a figure was taken on: processor, cores really free, memory bandwidth, memory of a process."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

THREADS = 2
STATUS = Path("/proc/self/status")
CLEAR_PEAK = Path("/proc/self/clear_refs")
SPIN = """
import time
start, cpu = time.perf_counter(), time.process_time()
while time.perf_counter() - start < {seconds}:
    sum(range(1000))
print((time.process_time() - cpu) / (time.perf_counter() - start))
"""


@dataclass(frozen=True)
class Machine:
    """What a reader needs to know before comparing a figure with their own."""

    processor: str
    cores: int
    memory_bytes: int
    system: str
    python: str

    def __str__(self) -> str:
        """Name the machine on one line."""
        return (
            f"{self.processor}, {self.cores} cores, {self.memory_bytes / 2**30:.0f} GiB, {self.system}, "
            f"Python {self.python}"
        )


def describe() -> Machine:
    """Return the machine that runs this process."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        processor, usable_cores(), memory, f"{platform.system()} {platform.release()}", platform.python_version()
    )


def usable_cores() -> int:
    """Return the cores that the system lets this process use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_cores(seconds: float = 0.5) -> float:
    """Return how many cores were really free: one spinning process a core, processor time over wall time.

    Two on a quiet machine of two cores; less when something else runs, and then ratios between a program of one
    thread and a program of two are not to be trusted.
    """
    command = [sys.executable, "-c", SPIN.format(seconds=seconds)]
    spinning = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(usable_cores())]
    return sum(float(each.communicate()[0]) for each in spinning)


def in_threads(work: Callable[[int], object], threads: int = THREADS) -> float:
    """Run work(0), work(1)… at the same time and return the seconds that the slowest took."""
    gate = threading.Barrier(threads + 1)

    def run(number: int) -> None:
        gate.wait()
        work(number)
        gate.wait()

    running = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(threads)]
    for each in running:
        each.start()
    gate.wait()
    start = time.perf_counter()
    gate.wait()
    return time.perf_counter() - start


@dataclass(frozen=True)
class Bandwidth:
    """Bytes a second between memory and the cores, all of them at work."""

    read: float
    triad: float

    @property
    def best(self) -> float:
        """The faster of the two: what a pass over memory is held against."""
        return max(self.read, self.triad)


def bandwidth(*, megabytes: int = 256, repeats: int = 5, threads: int = THREADS) -> Bandwidth:
    """Measure memory bandwidth with numpy: a dot product (read) and a + s·b → c in blocks that stay in cache (triad).

    Args:
        megabytes: size of each of three arrays; far above the last cache.
        repeats: the best of so many counts.
        threads: threads that share the arrays.
    """
    n = megabytes * 2**20 // 8
    a, b, c = (np.full(n, 1.0 + k) for k in range(3))
    cuts = np.linspace(0, n, threads + 1, dtype=int)
    block = 1 << 15

    def read(number: int) -> None:
        for low in range(cuts[number], cuts[number + 1], block):
            high = min(low + block, cuts[number + 1])
            np.dot(a[low:high], b[low:high])

    def triad(number: int) -> None:
        held: NDArray[np.float64] = np.empty(block)
        for low in range(cuts[number], cuts[number + 1], block):
            high = min(low + block, cuts[number + 1])
            np.multiply(b[low:high], 3.0, out=held[: high - low])
            np.add(a[low:high], held[: high - low], out=c[low:high])

    best_read = min(in_threads(read, threads) for _ in range(repeats))
    best_triad = min(in_threads(triad, threads) for _ in range(repeats))
    return Bandwidth(2 * n * 8 / best_read, 3 * n * 8 / best_triad)


def resident_bytes() -> int:
    """Return the memory that this process holds now."""
    return _status("VmRSS")


def peak_bytes() -> int:
    """Return the most memory that this process has held since its start, or since `forget_peak`."""
    return _status("VmHWM")


def forget_peak() -> bool:
    """Start the peak anew at what is held now; says whether the system allowed it (Linux does)."""
    try:
        CLEAR_PEAK.write_text("5")
    except OSError:
        return False
    return True


def _status(field: str) -> int:
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if platform.system() == "Darwin" else used * 1024


def give_back() -> None:
    """Return freed memory to the system where the C library can: else what follows reuses it and seems smaller."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


class Growth:
    """Memory beyond what was held on entry: `with Growth() as grown: …` then `grown.bytes`."""

    bytes = 0
    before = 0

    def __enter__(self) -> Self:
        """Note what is held now, after giving back what is only kept for reuse."""
        give_back()
        forget_peak()
        self.before = resident_bytes()
        return self

    def __exit__(self, *problem: object) -> None:
        """Note how far the peak went above it."""
        self.bytes = max(0, peak_bytes() - self.before)
