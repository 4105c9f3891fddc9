"""Work on several processors at once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def together(work: Callable[[int], object], threads: int) -> None:
    """Call `work` once in each of so many threads, with its number from 0, the caller's; return when all have ended.

    >>> done = []
    >>> together(done.append, 2)
    >>> sorted(done)
    [0, 1]
    """

    def alone(thread: int) -> None:
        _spread(thread)
        work(thread)

    if threads < 2:
        work(0)
        return
    with ThreadPoolExecutor(threads - 1) as pool:
        others = [pool.submit(alone, thread) for thread in range(1, threads)]
        alone(0)
        for other in others:
            other.result()


def _spread(thread: int) -> None:
    """Move the calling thread to a core of its own, which it may leave: Linux starts it on its parent's for long."""
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {sorted(cores)[thread % len(cores)]})
        os.sched_setaffinity(0, cores)
