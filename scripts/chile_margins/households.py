"""Compositions of households by age and sex of the head."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scripts.chile_margins.ages import write_ages
from scripts.chile_margins.regions import HEAD_BANDS, SIZES
from scripts.chile_margins.surveys import C20, C22, Survey
from scripts.chile_margins.tables import A, Writer, band, shares, tally

LEAST = 3  # sampled households without which a cell is left out


def households(s20: Survey, s22: Survey, out: Path) -> None:
    """Compositions by age and sex of the head, raked to the sizes and heads of 2022."""
    text = np.array(["".join(s20["role"][a : a + n]) for a, n in zip(s20.start, s20.size, strict=True)])
    text = np.array([t.replace("C", "K") if "P" not in t else t for t in text])
    w = s20["expr"][s20.start]
    female = (s20["sex"][s20.start] == "Mujer").astype(int)
    ages = band(s20["edad"][s20.start], HEAD_BANDS)
    names, code = np.unique(text, return_inverse=True)
    cells = tally(w, (code, len(names)), (female, 2), (ages, 7))
    count = tally(np.ones(len(w)), (code, len(names)), (female, 2), (ages, 7))
    cells[count < LEAST] = 0
    size = np.minimum(np.char.str_len(names), SIZES) - 1
    couple = np.char.find(names, "P") >= 0
    wide = np.array([bool(set(t) & set("LGMWBRN")) for t in names])
    first = s22.start
    kind = np.array([("Bi" in t) * 2 + ("Extenso" in t or "Censal" in t) for t in s22["tipohogar"][first]])
    goal = tally(s22["expr"][first], (np.minimum(s22.size, SIZES) - 1, SIZES), (kind, 4),
                 (s22["female"][first].astype(int), 2), (band(s22["edad"][first], HEAD_BANDS), 7))  # fmt: skip
    whole = goal.sum(axis=1)
    for z in range(SIZES):
        for k in range(4):
            _raked(cells, (size == z) & (couple * 2 + wide == k), goal[z, k])
        _raked(cells, size == z, whole[z])  # what no sampled composition can fill goes to the others of that size
    cells = cells / cells.sum() * 1e6
    kept = cells.sum(axis=(1, 2)) > 0
    single = tally(s22["expr"][first], (np.minimum(s22.size, 4) - 1, 4), (s22["female"][first].astype(int), 2),
                   (s22["edad"][first].astype(int).clip(15, 99) - 15, 85))  # fmt: skip
    smooth = np.apply_along_axis(lambda x: np.convolve(np.pad(x, 2, mode="edge"), np.ones(5) / 5, "valid"), 2, single)
    file = Writer()
    file.table(
        "heads", C22, "weighted heads by size of the household (1, 2, 3, 4 or more), sex (male, female) and single "
        "year of age from 15 to 99, mean of five years",
        age=shares(smooth),
    )  # fmt: skip
    file.table(
        "compositions", C20 + ", raked to " + C22,
        f"households per million by roles (H head, P partner, C child of both, K of the head, S of the partner, L "
        f"child-in-law, "
        "G grandchild, M parent, W parent-in-law, B sibling, R other relative, N no relative); men as heads by age "
        f"{HEAD_BANDS.tolist()}, then women; cells of under {LEAST} sampled households left out; raked to 2022 by "
        f"size, couple or not, "
        "nuclear or not, sex and age of the head",
    )  # fmt: skip
    file.rows(
        {str(n): np.round(c.ravel()) for n, c in zip(names[kept], cells[kept], strict=True)}, "compositions.per_million"
    )
    write_ages(s20, s22, file)
    file.save(out / "households.toml")


def _raked(cells: A, mine: A, goal: A) -> None:
    """Scale some compositions so that together they have the goal by sex and age of the head."""
    now = cells[mine].sum(axis=0)
    cells[mine] *= np.divide(goal, now, out=np.zeros_like(goal), where=now > 0)
