"""Households, sizes and heads by region; communes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scripts.chile_margins.surveys import C20, C22, NAMES, Survey, region_of
from scripts.chile_margins.tables import Writer, band, shares, tally

HEAD_BANDS = np.array([0, 25, 35, 45, 55, 65, 75])
SIZES = 7  # the last: seven or more


def regions(s20: Survey, s22: Survey, out: Path) -> None:
    """Households, size and head's age by region; communes within regions."""
    w, head = s22["expr"][s22.start], s22.start
    region, age = s22["region"][head], s22["edad"][head]
    size = np.minimum(s22.size, SIZES) - 1
    n = len(NAMES)
    file = Writer()
    dwelling = np.unique(s22["id_vivienda"][head], return_counts=True)[1]
    file.table(
        "regions", C22, "weighted households (expr of the head) by region, by region and size (1 to 7 or more) and by "
        "region and age of the head; second: share of households that are a dwelling's second or later one",
        keys=NAMES, persons=float(s22["expr"].sum()), households=shares(tally(w, (region, n))),
        size=shares(tally(w, (region, n), (size, SIZES))),
        head_age_from=HEAD_BANDS.tolist(), head_age=shares(tally(w, (region, n), (band(age, HEAD_BANDS), 7))),
        second=float(round(1 - len(dwelling) / dwelling.sum(), 4)),
    )  # fmt: skip
    home = s20.start
    of, code = region_of(s20["region"][home]), s20["expr"][home]
    foreign = s20["r1b_pais_esp"] == "Extranjero"
    every = region_of(s20["region"])
    file.table(
        "foreign", C20, "weighted share of members born abroad, by region",
        region=np.round(tally(s20["expr"] * foreign, (every, n)) / tally(s20["expr"], (every, n)), 4),
    )  # fmt: skip
    file.table(
        "communes", C20, "weighted households by commune within region; the survey represents regions, not communes"
    )
    for r, name in enumerate(NAMES):
        found, inverse = np.unique(s20["comuna"][home][of == r], return_inverse=True)
        share = shares(np.bincount(inverse, code[of == r]))
        file.rows(dict(zip(found.tolist(), share.tolist(), strict=True)), f'communes."{name}"')
    file.save(out / "regions.toml")
