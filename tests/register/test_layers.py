"""The layout of a dependency graph: who reads stands to the right, and nothing covers anything."""

import random
from itertools import pairwise

import pytest

from amparo.register.law.layers import Layout, laid_out

GAP = 12.0


def random_layout(seed: int) -> tuple[int, list[tuple[int, int]], list[float], Layout]:
    draw = random.Random(seed)
    count = draw.randint(2, 40)
    edges = sorted({(draw.randrange(b), b) for b in range(1, count) for _ in range(draw.randint(1, 4))})
    leaves = [i for i in range(count) if all(b != i for _, b in edges)]
    heights = [draw.choice([29.0, 44.0, 59.0]) for _ in range(count)]
    return count, edges, heights, laid_out(count, edges, leaves, heights, GAP)


@pytest.mark.parametrize("seed", range(30))
class TestLayout:
    def test_puts_whoever_reads_to_the_right(self, seed: int) -> None:
        _, edges, _, layout = random_layout(seed)
        assert all(layout.layer[a] < layout.layer[b] for a, b in edges)
        assert min(layout.layer) == 0

    def test_covers_no_box_with_another(self, seed: int) -> None:
        count, _, heights, layout = random_layout(seed)
        for layer in range(layout.layers):
            boxes = sorted((layout.top[i], heights[i]) for i in range(count) if layout.layer[i] == layer)
            for (top, height), (following, _) in pairwise(boxes):
                assert top + height + GAP <= following + 1e-6

    def test_keeps_everything_inside_and_leads_each_edge_through_every_layer(self, seed: int) -> None:
        count, edges, heights, layout = random_layout(seed)
        assert min(layout.top) >= -1e-6
        assert max(layout.top[i] + heights[i] for i in range(count)) <= layout.height + 1e-6
        for (a, b), route in zip(edges, layout.routes, strict=True):
            assert [layer for layer, _ in route] == list(range(layout.layer[a], layout.layer[b] + 1))


def test_a_cycle_is_refused() -> None:
    with pytest.raises(ValueError, match="cycle"):
        laid_out(2, [(0, 1), (1, 0)], [], [10.0, 10.0], GAP)
