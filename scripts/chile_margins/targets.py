"""What the survey itself gives, to be set beside what is achieved."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from scripts.chile_margins.ages import FIVE
from scripts.chile_margins.regions import SIZES
from scripts.chile_margins.surveys import C22, NAMES, Survey
from scripts.chile_margins.tables import A, band, shares, tally, toml

TARGETS = {
    "persons_by_region": ("Personas por región, %", "Pessoas por região, %", "Persons by region, %"),
    "age_male": ("Hombres por edad, % de las personas", "Homens por idade, % das pessoas", "Men by age, % of persons"),
    "age_female": (
        "Mujeres por edad, % de las personas",
        "Mulheres por idade, % das pessoas",
        "Women by age, % of persons",
    ),
    "household_size": ("Hogares por tamaño, %", "Domicílios por tamanho, %", "Households by size, %"),
    "work_male": (
        "Hombres con ingreso del trabajo, %",
        "Homens com renda do trabalho, %",
        "Men with income from work, %",
    ),
    "work_female": (
        "Mujeres con ingreso del trabajo, %",
        "Mulheres com renda do trabalho, %",
        "Women with income from work, %",
    ),
    "mean_pay": ("Ingreso medio del trabajo", "Renda média do trabalho", "Mean income from work"),
    "labour_income": (
        "Ingreso medio del trabajo del hogar",
        "Renda média do trabalho do domicílio",
        "Mean household income from work",
    ),
    "autonomous_by_tenth": (
        "Ingreso autónomo medio del hogar, por decil",
        "Renda autônoma média do domicílio, por décimo",
        "Mean autonomous household income, by tenth",
    ),
    "poverty_by_age": ("Pobreza por ingresos por edad, %", "Pobreza de renda por idade, %", "Income poverty by age, %"),
    "poverty_by_size": (
        "Pobreza por ingresos por tamaño del hogar, %",
        "Pobreza de renda por tamanho do domicílio, %",
        "Income poverty by household size, %",
    ),
}


def targets(s22: Survey, found: dict[str, A], out: Path) -> None:
    """What the survey itself gives, to be set beside what is achieved."""
    w, age, female = s22["expr"], s22["edad"], s22["female"].astype(int)
    lines = ["# Written by scripts/chile_margins from the public file of CASEN 2022; do not edit.\n"]

    def target(key: str, measure: str, of: str, tolerance: str, values: Mapping[str, float], **more: Any) -> None:
        extra = "".join(
            f"{k} = {v if isinstance(v, str) and v.startswith('{') else toml(v)}\n" for k, v in more.items()
        )
        inside = ", ".join(f"{toml(k)} = {v:.7g}" for k, v in values.items())
        names = ", ".join(f'{k} = "{v}"' for k, v in zip(("es", "pt", "en"), TARGETS[key], strict=True))
        lines.append(
            f'[[targets]]\nkey = "{key}"\nnames = {{ {names} }}\nmeasure = "{measure}"\nof = "{of}"\n'
            f'{extra}{tolerance}\nsource = "{C22}"\nconfidence = "derived"\nvalues = {{ {inside} }}\n'
        )

    def of(bands: A) -> list[str]:
        return [f"{a}-{b - 1}" for a, b in itertools.pairwise(bands)] + [f"{bands[-1]}-130"]

    n = len(NAMES)
    target("persons_by_region", "share", "one", "tolerance = 0.25",
           dict(zip(NAMES, 100 * shares(tally(w, (s22["region"], n))), strict=True)), by="region")  # fmt: skip
    for f, sex in enumerate(("male", "female")):
        pyramid = 100 * tally(w * (female == f), (band(age, FIVE), len(FIVE))) / w.sum()
        target(f"age_{sex}", "share", "one", "tolerance = 0.45", dict(zip(of(FIVE), pyramid, strict=True)),
               by="age", having=f'{{ sex = "{sex}" }}')  # fmt: skip
    hw, size = w[s22.start], np.minimum(s22.size, SIZES)
    target("household_size", "share", "one", "tolerance = 0.8",
           {(str(i + 1) if i < 6 else "7-99"): 100 * v for i, v in enumerate(shares(tally(hw, (size - 1, SIZES))))},
           by="size", unit="household")  # fmt: skip
    for f, sex in enumerate(("male", "female")):
        bands = np.array([15, 25, 35, 45, 55, 65])
        b = band(age, bands)
        has = tally(w * (np.nan_to_num(s22["ytrabajocor"]) > 0), (female, 2), (b, 6))[f]
        target(f"work_{sex}", "share_within", "works", "tolerance = 2.0",
               dict(zip(of(bands), 100 * has / tally(w, (female, 2), (b, 6))[f], strict=True)),
               by="age", having=f'{{ sex = "{sex}" }}')  # fmt: skip
    pay = s22["ytrabajocor"]
    worker = np.nan_to_num(pay) > 0
    target("mean_pay", "mean", "earnings", "relative = 0.06",
           {s: float(np.average(pay[worker & (female == f)], weights=w[worker & (female == f)]))
            for f, s in enumerate(("male", "female"))}, by="sex", having="{ works = 1 }")  # fmt: skip
    deciles = found["tenth"]
    labour = s22["ytrabajocorh"][s22.start]
    target(
        "labour_income",
        "mean",
        "labour_income",
        "relative = 0.04",
        {"": float(np.average(labour, weights=hw))},
        unit="household",
    )
    target("autonomous_by_tenth", "mean", "autonomous_income", "relative = 0.06",
           {str(t + 1): float(np.average(found["autonomous"][d], weights=hw[d]))
            for t in range(10) for d in [deciles == t]},
           by="tenth", unit="household")  # fmt: skip
    line = np.repeat(found["equivalent"], s22.size) < 216849
    bands = np.array([0, 6, 18, 30, 45, 65])
    b = band(age, bands)
    target("poverty_by_age", "share_within", "poor", "tolerance = 1.2",
           dict(zip(of(bands), 100 * tally(w * line, (b, 6)) / tally(w, (b, 6)), strict=True)), by="age")  # fmt: skip
    target("poverty_by_size", "share_within", "poor", "tolerance = 1.8",
           {(str(i + 1) if i < 6 else "7-99"): float(100 * np.average(line[s], weights=w[s]))
            for i in range(SIZES) if (s := (size == i + 1)[s22.home]).any()}, by="size")  # fmt: skip
    (out / "targets_casen.toml").write_text("\n".join(lines), encoding="utf-8")
