"""Where the boxes of a dependency graph stand: layers from left to right, few crossings, nothing hidden.

The method is Sugiyama, Tagawa and Toda's (1981): layers by longest path, long edges through places of their own in the
layers between, an order within each layer by the mean place of the neighbours, then heights that follow the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 12


@dataclass
class Place:
    """Where a box stands, or where a long edge passes between others."""

    layer: int
    height: float
    y: float = 0.0
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """Boxes by layer and top, and the heights at which each edge passes the layers.

    Attributes:
        layer: of each box, from the left.
        top: of each box, in pixels.
        routes: for each edge, (layer, middle) from its source to its target.
        layers, height: how many layers, and how high the whole is.
    """

    layer: Sequence[int]
    top: Sequence[float]
    routes: Sequence[Sequence[tuple[int, float]]]
    layers: int
    height: float


def laid_out(
    count: int, edges: Sequence[tuple[int, int]], leaves: Sequence[int], heights: Sequence[float], gap: float
) -> Layout:
    """Return the places of a graph without cycles.

    Args:
        count: how many boxes, 0 to count − 1.
        edges: (read, reader): the reader stands further to the right.
        leaves: boxes that nothing feeds and that stand just left of their first reader.
        heights: of each box, in pixels.
        gap: the space between two boxes of a layer, in pixels.

    Raises:
        ValueError: the edges form a cycle.
    """
    layer = _layers(count, edges, set(leaves))
    places = [Place(layer[i], heights[i]) for i in range(count)]
    chains = [_chain(places, edge, gap) for edge in edges]
    columns: list[list[int]] = [[] for _ in range(max(layer, default=0) + 1)]
    for i, place in enumerate(places):
        columns[place.layer].append(i)
    for n in range(SWEEPS):
        _order(places, columns, forward=n % 2 == 0)
    _heights(places, columns, gap)
    least = min((p.y - p.height / 2 for p in places), default=0.0)
    for p in places:
        p.y -= least
    top = [places[i].y - places[i].height / 2 for i in range(count)]
    routes = [[(places[i].layer, places[i].y) for i in chain] for chain in chains]
    return Layout(layer, top, routes, len(columns), max((p.y + p.height / 2 for p in places), default=0.0))


def _layers(count: int, edges: Sequence[tuple[int, int]], leaves: set[int]) -> list[int]:
    readers: dict[int, list[int]] = {}
    read: dict[int, list[int]] = {}
    for a, b in edges:
        readers.setdefault(a, []).append(b)
        read.setdefault(b, []).append(a)
    order = _sorted(count, read, readers)
    layer = [0] * count
    for i in order:
        feeding = [layer[a] for a in read.get(i, ()) if a not in leaves]
        layer[i] = 0 if i in leaves else 1 + max(feeding, default=0)
    for i in leaves:
        layer[i] = min((layer[b] for b in readers.get(i, ())), default=1) - 1
    return layer


def _sorted(count: int, read: dict[int, list[int]], readers: dict[int, list[int]]) -> list[int]:
    waiting = {i: len(read.get(i, ())) for i in range(count)}
    ready = [i for i in range(count) if not waiting[i]]
    order: list[int] = []
    while ready:
        i = ready.pop()
        order.append(i)
        for b in readers.get(i, ()):
            waiting[b] -= 1
            if not waiting[b]:
                ready.append(b)
    if len(order) < count:
        raise ValueError("the graph has a cycle: what reads what must end somewhere.")
    return order


def _chain(places: list[Place], edge: tuple[int, int], gap: float) -> list[int]:
    """Return the places through which an edge passes, adding one in each layer between its ends."""
    first, last = edge
    chain = [first]
    for layer in range(places[first].layer + 1, places[last].layer):
        places.append(Place(layer, gap / 2))
        chain.append(len(places) - 1)
    chain.append(last)
    for a, b in pairwise(chain):
        places[a].after.append(b)
        places[b].before.append(a)
    return chain


def _order(places: list[Place], columns: list[list[int]], *, forward: bool) -> None:
    for column in columns:
        for at, i in enumerate(column):
            places[i].y = at / max(1, len(column) - 1)
    run = columns if forward else columns[::-1]
    side: Callable[[Place], list[int]] = (lambda p: p.before) if forward else (lambda p: p.after)
    for column in run:
        column.sort(key=lambda i: _mean([places[j].y for j in side(places[i])], places[i].y))
        for at, i in enumerate(column):
            places[i].y = at / max(1, len(column) - 1)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _heights(places: list[Place], columns: list[list[int]], gap: float) -> None:
    """Set heights: packed first, then pulled towards the neighbours without changing any order."""
    for column in columns:
        y = 0.0
        for i in column:
            places[i].y = y + places[i].height / 2
            y += places[i].height + gap
    for n in range(SWEEPS * 2):
        for column in columns if n % 2 else columns[::-1]:
            wanted = [_mean([places[j].y for j in (*places[i].before, *places[i].after)], places[i].y) for i in column]
            _settle(places, column, wanted, gap)


def _settle(places: list[Place], column: Sequence[int], wanted: Sequence[float], gap: float) -> None:
    """Put the boxes of a layer as near to the heights they want as their order and size allow (least squares)."""
    blocks: list[list[float]] = []  # [sum of wanted minus offset, how many, length so far]
    members: list[list[int]] = []
    for at, i in enumerate(column):
        half = places[i].height / 2
        blocks.append([wanted[at] - half, 1.0, 2 * half + gap])
        members.append([i])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][2] > blocks[-1][0] / blocks[-1][1]:
            total, n, length = blocks.pop()
            blocks[-1][0] += total - n * blocks[-1][2]
            blocks[-1][1] += n
            blocks[-1][2] += length
            members[-2].extend(members.pop())
    for block, inside in zip(blocks, members, strict=True):
        y = block[0] / block[1]
        for i in inside:
            places[i].y = y + places[i].height / 2
            y += places[i].height + gap


__all__ = ["Layout", "laid_out"]
