"""Sums and columns over many rows, in parts that stay in the processor's cache, on every processor for millions."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from amparo.threads import together

CHUNK = 1 << 15  # rows that stay in the processor's cache
MANY = 1 << 20  # rows from which a second thread is worth its start
BLOCK = 16  # parts that a thread takes at a time: neighbours

T = TypeVar("T")


def in_parts(work: Callable[[slice], T], n: int) -> list[T]:
    """Return what the work gives for each part of n rows, in their order; who does which makes no difference.

    numpy lets go of the interpreter while it reckons, so that threads help.
    """
    parts = [slice(start, min(start + CHUNK, n)) for start in range(0, n, CHUNK)]
    if n < MANY:
        return [work(part) for part in parts]
    found: list[Any] = [None] * len(parts)
    waiting = iter(range(0, len(parts), BLOCK))

    def share(_: int) -> None:
        for first in waiting:
            for place in range(first, min(first + BLOCK, len(parts))):
                found[place] = work(parts[place])

    together(share, os.cpu_count() or 1)
    return found


def summed(part: Callable[[slice], float], n: int) -> float:
    """Return the sum of what each part of n rows adds.

    >>> y = np.arange(5.0)
    >>> summed(lambda rows: float(y[rows].sum()), 5)
    10.0
    """
    return float(sum(in_parts(part, n)))


def filled(part: Callable[[slice], NDArray[Any]], n: int, kind: type = np.float64) -> NDArray[Any]:
    """Return the column [n] that has, at each part, what the function gives for it.

    >>> filled(lambda rows: np.arange(5)[rows] > 2, 5, np.bool_).tolist()
    [False, False, False, True, True]
    """
    column: NDArray[Any] = np.empty(n, kind)

    def fill(rows: slice) -> None:
        column[rows] = part(rows)

    in_parts(fill, n)
    return column


def dot(a: NDArray[Any], b: NDArray[Any]) -> float:
    """Return Σ a·b by pairwise summation.

    `a @ b` would hand the sum to BLAS, whose threads wait for each other on a busy machine (measured: twenty
    times slower) and whose last digits change with their number.
    """
    return summed(lambda rows: float((a[rows] * b[rows]).sum()), a.size)
