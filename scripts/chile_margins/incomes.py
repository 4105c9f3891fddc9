"""Household incomes by kind of household and by region, subsidies, imputed rent."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scripts.chile_margins.surveys import C22, NAMES, Survey
from scripts.chile_margins.tables import A, Writer, quantiles, ranks

GRID = np.array([0, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, *range(15, 91, 5), 92.5, 95, 97, 98, 99, 99.5, 99.9, 100])
BIG = 6


def incomes(s22: Survey, out: Path) -> dict[str, A]:
    """Household incomes by region, and what the State and the own dwelling add."""
    first, w, n = s22.start, s22["expr"][s22.start], s22.size
    own, equivalent = s22["ypchautcor"][first], s22["ypc"][first] * n**0.3
    region, count = s22["region"][first], len(NAMES)
    people_weight = s22.sum(s22["expr"])
    small, old = s22.sum(s22["edad"] < 6) > 0, s22.sum(s22["edad"] >= 65) > 0
    kinds = np.where(small, 1, np.where(old, 2, 0)) * BIG + np.minimum(n, BIG) - 1
    every = [kinds == k if (kinds == k).sum() >= 30 else kinds % BIG == k % BIG for k in range(3 * BIG)]
    file = Writer()
    file.table(
        "incomes", C22, "quantiles among persons, by kind of household (nobody under 6 or from 65 on; somebody "
        "under 6; somebody from 65 on) times size (the last: so many or more), and by region: autonomous income "
        "per head (ypchautcor) and total income per equivalent "
        "person (ypc x n^0.3), pesos a month; the last figure keeps the mean of the uppermost part",
        percent=GRID.tolist(), sizes=BIG,
        autonomous_by_kind=[quantiles(own[z], people_weight[z], GRID) for z in every],
        equivalent_by_kind=[quantiles(equivalent[z], people_weight[z], GRID) for z in every],
        autonomous=[quantiles(own[region == r], people_weight[region == r], GRID) for r in range(count)],
        equivalent=[quantiles(equivalent[region == r], people_weight[region == r], GRID) for r in range(count)],
    )  # fmt: skip
    total, autonomous, monetary = s22["ypc"][first] * n, own * n, s22.sum(np.nan_to_num(s22["ymonecor"]))
    state, rent = np.maximum(monetary - autonomous, 0), np.maximum(total - monetary, 0)
    twentieth = np.minimum(ranks(own, w) // 5, 19)
    elderly, children = np.minimum(s22.sum(s22["edad"] >= 65), 2), np.minimum(s22.sum(s22["edad"] < 18), 2)
    kind = (elderly * 3 + children).astype(int)
    few = np.array([0, 10, 30, 50, 70, 90, 100])
    share, amounts = np.zeros((20, 9)), np.zeros((20, 9, len(few)))
    for t in range(20):
        for k in range(9):
            m = (twentieth == t) & (kind == k)
            m = m if (m & (state > 500)).sum() >= 30 else twentieth == t
            has = m & (state > 500)
            share[t, k] = np.average(state[m] > 500, weights=w[m])
            amounts[t, k] = quantiles(state[has], w[has], few)
    file.table(
        "subsidies", C22, "monetary less autonomous income of households by twentieth of autonomous income per "
        "head and by members of 65 and "
        "over (0, 1, 2 or more) and under 18 (0, 1, 2 or more): share that has any, and quantiles; the whole "
        "twentieth where under 30 have any",
        shares=np.round(share, 3), percent=few.tolist(), quantiles=amounts.astype(int),
    )  # fmt: skip
    rents = [quantiles(rent[twentieth == t], w[twentieth == t], few) for t in range(20)]
    file.table(
        "imputed_rent", C22, "total less monetary income of households by twentieth of autonomous income per head: "
        "quantiles, nothing included",
        percent=few.tolist(), quantiles=rents,
    )  # fmt: skip
    file.save(out / "incomes.toml")
    return {
        "autonomous": autonomous,
        "monetary": monetary,
        "total": total,
        "equivalent": equivalent,
        "tenth": twentieth // 2,
    }
