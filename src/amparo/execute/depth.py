"""How deep Python may call itself: an executor that follows a graph down goes as deep as the graph is."""

import sys

from amparo.expr import Graph

OPEN = 500  # Python calls that are open before an executor begins


def allow_depth(graph: Graph, calls: int) -> None:
    """Let Python call itself as deep as a graph needs; never less than before.

    Args:
        calls: Python calls that an executor makes for one operation.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), calls * graph.depth + OPEN))
