"""amparo's kernel as a worker, with the same questions and answers as the peer's."""

from __future__ import annotations

import importlib
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from amparo.execute.exact import decide
from amparo.execute.kernel import Kernel, Result
from benchmarks.machine import THREADS, Growth, resident_bytes
from benchmarks.people import Columns
from benchmarks.worker import serve


class Own:
    """One month of law with one population."""

    result: Result | None = None

    def load(self, system: str, columns: str, figures: dict[str, float]) -> dict[str, Any]:
        """Read inputs and compile; none of it counts as calculation."""
        self.module = importlib.import_module(f"benchmarks.{system}")
        start = time.perf_counter()
        self.edition = self.module.edition()
        self.kernel = Kernel(self.edition)
        ready = time.perf_counter()
        columns_read = Columns.load(Path(columns))
        before = resident_bytes()
        read = time.perf_counter()
        self.population = columns_read.population(self.module.Household)
        self.case = columns_read.cases(self.module.Household, [0])[0]
        del columns_read  # the population holds what the rules read
        self.kernel.run(self.population.slice(0, 1))  # whatever is compiled at first use
        done = time.perf_counter()
        return {
            "system_seconds": ready - start,
            "setup_seconds": done - read,
            "setup_bytes": resident_bytes() - before,
        }

    def round(self, outputs: list[str]) -> dict[str, Any]:
        """Compute the outputs once and tell time and memory beyond the loaded population."""
        self.result = None
        with Growth() as grown:
            start, cpu = time.perf_counter(), time.process_time()
            self.result = self.kernel.run(self.population, threads=THREADS)
            wall, spent = time.perf_counter() - start, time.process_time() - cpu
        if list(self.result.outputs) != outputs:
            raise ValueError(f"asked for {outputs}, computed {list(self.result.outputs)}")
        columns = [*self.population.persons.values(), *self.population.households.values()]
        return {
            "seconds": wall,
            "cpu_seconds": spent,
            "beyond_bytes": grown.bytes,
            "read_bytes": sum(c.nbytes for c in columns) + self.population.offsets.nbytes,
            "written_bytes": sum(c.nbytes for c in self.result.outputs.values()),
            "doubtful": self.result.doubtful,
            "households": self.result.households,
        }

    def sliced(self, parts: int) -> dict[str, Any]:
        """Compute the outputs a part of the households at a time, keeping their totals only, as a simulation may."""
        self.result = None
        cuts = np.linspace(0, self.population.household_count, parts + 1, dtype=int)
        with Growth() as grown:
            start = time.perf_counter()
            for first, last in pairwise(cuts.tolist()):
                found = self.kernel.run(self.population.slice(first, last), threads=THREADS)
                totals = {name: float(column.sum()) for name, column in found.outputs.items()}
                del found
            wall = time.perf_counter() - start
        return {"seconds": wall, "beyond_bytes": grown.bytes, "totals": len(totals)}

    def write(self, path: str) -> dict[str, Any]:
        """Save the results of the last round."""
        if self.result is None:
            raise ValueError("no round has been computed")
        np.savez(path, **dict(self.result.outputs))  # type: ignore[arg-type]
        return {"outputs": list(self.result.outputs)}

    def single(self, outputs: list[str], repeats: int) -> dict[str, Any]:
        """Compute the loaded households again and again, each time bound anew; seconds each."""
        bound, ran, decided = [], [], []
        for _ in range(repeats):
            start = time.perf_counter()
            ready_to_run = self.kernel.bind(self.population)
            ready = time.perf_counter()
            ready_to_run.run(threads=1)
            done = time.perf_counter()
            ran.append(done - ready)
            bound.append(ready - start)
        for _ in range(max(repeats // 20, 1)):
            start = time.perf_counter()
            decide(self.edition, self.case)
            decided.append(time.perf_counter() - start)
        return {"setup_seconds": bound, "seconds": ran, "decide_seconds": decided}


if __name__ == "__main__":
    serve(Own())
