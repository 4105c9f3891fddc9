"""Ways: sets of facts of which each, all put right, would do; and how those of parts make those of a whole."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.execute.explain.facts import Fact

Way = tuple[Fact, ...]
Ways = dict[int, Way]  # by its facts, a bit for each, so that to lack what another lacks and more is one operation
MET: Ways = {0: ()}  # nothing is lacking
NONE: Ways = {}  # nothing that a household is could do it
MOST = 8  # ways kept at each step: the shortest


def both(some: Ways, others: Ways) -> Ways:
    """Return the ways that lack one of some and one of others at once."""
    if some is MET or not others:
        return others
    if others is MET:
        return some
    made = {}
    for a, one in some.items():
        for b, other in others.items():
            made[a | b] = _united(one, other) if a & b else one + other
    return shortest(made)


def _united(one: Way, other: Way) -> Way:
    return tuple({f.identity: f for f in (*one, *other)}.values())


def either(parts: Iterable[Ways]) -> Ways:
    """Return the ways of any of the parts."""
    several = [part for part in parts if part]
    if len(several) < 2:
        return several[0] if several else NONE
    made: Ways = {}
    for part in several:
        made |= part
    return shortest(made)


def shortest(made: Ways) -> Ways:
    """Return the shortest ways, in their order; a way that lacks all that another lacks and more is left out."""
    if len(made) < 2:
        return made
    kept: list[int] = []
    for facts in sorted(made, key=int.bit_count):
        for fewer in kept:
            if fewer & facts == fewer:
                break
        else:
            kept.append(facts)
            if len(kept) == MOST:
                break
    return made if len(kept) == len(made) else {facts: way for facts, way in made.items() if facts in kept}


def every(parts: Iterable[Ways]) -> Ways:
    """Return the ways that lack all parts at once; no part is looked at after one that cannot be had."""
    found = MET
    for part in parts:
        found = both(found, part)
        if not found:
            break
    return found
