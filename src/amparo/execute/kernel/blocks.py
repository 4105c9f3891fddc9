"""Running machine code over the households of a population, in blocks and threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.execute.kernel.codegen.driver import BLOCK, Driver
from amparo.threads import together

Array = NDArray[Any]
SHARES = 4  # parts of a thread's work, so that one that is held up leaves the rest to others
ALONE = 8 * BLOCK  # households that one thread computes before a second has started


class Blocks:
    """Households in blocks, with scratch memory for each thread.

    Args:
        call: the generated driver.
        driver: its layout.
        offsets: [households + 1], where each household's members start.
    """

    def __init__(self, call: Callable[..., None], driver: Driver, offsets: Array) -> None:
        self.call, self.driver = call, driver
        self.count = len(offsets) - 1
        ends = np.append(np.arange(0, self.count, BLOCK), self.count)
        widest = int(np.diff(offsets[ends]).max()) if self.count else 0
        self.block = BLOCK if self.count >= BLOCK else _whole_vectors(self.count)
        self.widest = _whole_vectors(widest)
        self._next = np.zeros(1, dtype=np.int64)
        self._counter = self._next.ctypes.data
        self._memory: list[Array] = []
        self._scratch = [self._taken()]

    def run(self, addresses: tuple[int, ...], threads: int) -> None:
        """Compute every household; `addresses` are of columns, offsets, figures and tolerances."""
        self._next[0] = 0
        if threads == 1 or self.count <= ALONE:
            self.call(*addresses, *self._scratch[0], self._counter, self.count, self.count, self.block, self.widest)
            return
        threads = min(threads, os.cpu_count() or 1)
        share = -(-self.count // (threads * SHARES) // BLOCK) * BLOCK
        self._scratch += [self._taken() for _ in range(len(self._scratch), threads)]

        def work(thread: int) -> None:
            scratch = self._scratch[thread]
            self.call(*addresses, *scratch, self._counter, self.count, share, self.block, self.widest)

        together(work, threads)

    def _taken(self) -> tuple[int, int]:
        """Take scratch memory for a thread's persons and households; return where each starts."""
        sizes = (self.widest * self.driver.person_bytes, self.block * self.driver.household_bytes)
        made = [np.empty(size + 64, dtype=np.uint8) for size in sizes]
        self._memory += made
        person, household = (a.ctypes.data for a in made)
        return person + -person % 64, household + -household % 64  # a vector register starts there


def _whole_vectors(rows: int) -> int:
    return -(-max(rows, 1) // 64) * 64
