"""Loops that can run together become one: values pass in registers instead of through arrays.

A loop belongs to the first stage at which everything it reads from other rows is ready. Loops of one stage and shape
share a function, up to a bound, so that a changed rule recompiles little; what no other function reads is not stored.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from amparo.execute.kernel.codegen.program import Column, Instruction, Loop, Program

LARGEST = 160


def fused(loops: Sequence[Loop], kept: Collection[Column]) -> list[Loop]:
    """Return fewer loops that compute the same columns.

    Args:
        loops: in an order in which each finds what it reads.
        kept: columns that live outside the block and must be stored.
    """
    groups: dict[tuple[int, str], list[Loop]] = {}
    ready: dict[Column, tuple[int, str]] = {}
    for loop in loops:
        stage = max([_after(loop, i, ready) for i in loop.program.instructions if i.op == "load"], default=0)
        groups.setdefault((stage, loop.shape), []).append(loop)
        ready.update({column: (stage, loop.shape) for column, _ in loop.stores})
    merged = [m for key in sorted(groups) for m in _merged(groups[key])]
    return [_without_dead_stores(loop, merged, kept) for loop in merged]


def _after(loop: Loop, load: Instruction, ready: dict[Column, tuple[int, str]]) -> int:
    """Return the stage at which a column can be read: at once from the same row, one later from another."""
    column, how, _ = cast("tuple[Column, str, Column | None]", load.attr)
    if column not in ready:
        return 0
    stage, shape = ready[column]
    together = shape == loop.shape and shape in ("household", "person") and how == "self"
    return stage if together else stage + 1


def _merged(loops: Sequence[Loop]) -> list[Loop]:
    if loops[0].fold:  # measured: several sums in one loop take twice as long as one loop each
        return list(loops)
    found: list[_Merge] = []
    for loop in loops:
        if not found or len(found[-1].loop.program.instructions) + len(loop.program.instructions) > LARGEST:
            found.append(_Merge(loop.shape))
        found[-1].take(loop)
    return [m.loop for m in found]


class _Merge:
    """One loop that grows by others."""

    def __init__(self, shape: str) -> None:
        self.loop = Loop(shape, Program())
        self.values: dict[Column, int] = {}

    def take(self, other: Loop) -> None:
        at: list[int] = []
        for each in other.program.instructions:
            at.append(self._put(each, at))
        for column, value in other.stores:
            self.loop.stores.append((column, at[value]))
            self.values[column] = at[value]
        self.loop.doubts += [(at[i], how) for i, how in other.doubts]

    def _put(self, each: Instruction, at: Sequence[int]) -> int:
        if each.op == "load" and each.attr[0] in self.values:  # type: ignore[index]
            return self.values[each.attr[0]]  # type: ignore[index]
        return self.loop.program.put(each.op, *(at[a] for a in each.args), attr=each.attr, flag=each.flag)


def _without_dead_stores(loop: Loop, loops: Sequence[Loop], kept: Collection[Column]) -> Loop:
    if loop.fold:
        return loop
    read = {i.attr[0] for other in loops for i in other.program.instructions if i.op == "load"}  # type: ignore[index]
    loop.stores = [(c, v) for c, v in loop.stores if c in kept or c in read]
    return loop
