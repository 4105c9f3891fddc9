"""Derive the margins of the synthetic Chile from CASEN 2020 and 2022: tables of shares, never rows.

    python scripts/margins_chile.py FOLDER_OF_SURVEYS src/amparo/countries/chile/population/synthetic

Writes regions.toml, households.toml, people.toml, incomes.toml and targets_casen.toml. Each table says how it was
computed. A cell that stands on fewer than LEAST households of the sample is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

LEAST = 3
HEAD_BANDS = np.array([0, 25, 35, 45, 55, 65, 75])
SIZES = 7  # the last: seven or more
BIG = 6
CHILD_BANDS = np.array([0, 1, 3, 5, 8, 10, 13, 15, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 60])
FIVE = np.array([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85])
WORK_BANDS = np.array([15, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80])
PAY_BANDS = np.array([15, 25, 35, 45, 55, 65])
PENSION_BANDS = np.array([60, 65, 70, 75, 80])
GRID = np.array([0, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, *range(15, 91, 5), 92.5, 95, 97, 98, 99, 99.5, 99.9, 100])
COARSE = np.array([0, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 100])
ROLES = {
    "Jefe(a) de Hogar": "H", "Esposo(a) o pareja de distinto sexo": "P", "Esposo(a) o pareja de igual sexo": "P",
    "Hijo(a) de ambos": "C", "Hijo(a) sólo del jefe(a)": "K", "Hijo(a) sólo del esposo(a)/pareja": "S",
    "Yerno o nuera": "L", "Nieto(a)": "G", "Padre o madre": "M", "Suegro(a)": "W", "Hermano(a)": "B",
    "Cuñado(a)": "R", "Otro Familiar": "R", "No familiar": "N",
}  # fmt: skip
ORDER = "HPCKSLGMWBRN"
LEVELS = {
    "none": ["Nunca asistió", "Sala cuna", "Jardín Infantil (Medio menor y Medio mayor)",
             "Prekínder / Kínder (Transición menor y Transición Mayor)", "Educación Especial (Diferencial)"],
    "basic": ["Primaria o Preparatoria (Sistema antiguo)", "Educación Básica"],
    "secondary": ["Humanidades (Sistema Antiguo)", "Educación Media Científico-Humanista",
                  "Educación Media Técnica Profesional", "Técnica Comercial, Industrial o Normalista (Sistema Antiguo)"],
    "some_higher": ["Técnico Nivel Superior Incompleto (Carreras 1 a 3 años)",
                    "Profesional Incompleto (Carreras 4 ó más años)"],
    "technical": ["Técnico Nivel Superior Completo (Carreras 1 a 3 años)"],
    "university": ["Profesional Completo (Carreras 4 ó más años)", "Postgrado Incompleto", "Postgrado Completo"],
}  # fmt: skip
NAMES = [
    "Tarapacá", "Antofagasta", "Atacama", "Coquimbo", "Valparaíso", "O'Higgins", "Maule", "Biobío", "La Araucanía",
    "Los Lagos", "Aysén", "Magallanes", "Metropolitana", "Los Ríos", "Arica y Parinacota", "Ñuble",
]  # fmt: skip
LONG = {
    "Libertador": "O'Higgins", "Araucanía": "La Araucanía", "Lagos": "Los Lagos", "Ríos": "Los Ríos",
    "Aysén": "Aysén", "Magallanes": "Magallanes", "Metropolitana": "Metropolitana", "Arica": "Arica y Parinacota",
}  # fmt: skip

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

A = NDArray[Any]


def band(values: A, starts: A) -> A:
    """Return the band of each value, −1 below the first."""
    return np.searchsorted(starts, values, side="right") - 1


def quantiles(values: A, weight: A, grid: A) -> list[int]:
    """Return weighted quantiles; the last is set so that the mean of the uppermost part is kept."""
    order = np.argsort(values, kind="stable")
    v, w = values[order], weight[order]
    at = (np.cumsum(w) - w / 2) / w.sum()
    found = np.interp(grid / 100, at, v)
    found[0] = max(float(v[0]), 0.0)
    top = at > grid[-2] / 100
    mean = float(np.average(v[top], weights=w[top])) if top.any() else float(v[-1])
    found[-1] = max(2 * mean - found[-2], found[-2])
    return [round(x) for x in found]


def region_of(names: Iterable[str]) -> A:
    """Return the position in NAMES of the survey's long names."""
    lut = {n: next((v for k, v in LONG.items() if k in n), n.removeprefix("Región de ").removeprefix("Región del "))
           for n in set(names)}  # fmt: skip
    return np.array([NAMES.index(lut[n]) for n in names])


class Survey:
    """Columns of a survey sorted by household, and the first row of each household."""

    def __init__(self, columns: dict[str, A], household: A, order: A) -> None:
        self.col = {k: v[order] for k, v in columns.items()}
        home = household[order]
        self.start = np.flatnonzero(np.concatenate([[True], home[1:] != home[:-1]]))
        self.size = np.diff(np.concatenate([self.start, [len(home)]]))
        self.home = np.repeat(np.arange(len(self.start)), self.size)

    def __getitem__(self, name: str) -> A:
        return self.col[name]

    def sum(self, values: A) -> A:
        return np.add.reduceat(values, self.start)


def casen2020(folder: Path) -> Survey:
    """Read CASEN 2020 without live-in domestic workers; head first, then the others by role and age."""
    table = pq.read_table(folder / "casen2020_joined.parquet")
    text = {n: np.array([v or "" for v in table[n].to_pylist()]) for n in ("pco1", "e6a", "sex", "prev_salud", "comuna",
                                                                         "r1b_pais_esp", "o1", "region")}  # fmt: skip
    number = {
        n: np.array([v if v is not None else np.nan for v in table[n].to_pylist()], dtype=float)
        for n in ("edad", "expr", "h5_1", "h5_2", "ecivil", "folio", "id_persona", "ypc_con_arriendo_imputado")
    }
    role = np.array([ROLES.get(v, "") for v in text["pco1"]])
    keep = role != ""
    rank = np.array([ORDER.index(r) if r else 99 for r in role])
    columns = {k: v[keep] for k, v in {**text, **number, "role": role, "rank": rank}.items()}
    order = np.lexsort((-columns["edad"], columns["rank"], columns["folio"]))
    return Survey(columns, columns["folio"], order)


def casen2022(folder: Path) -> Survey:
    """Read CASEN 2022 without who has no income per head (live-in domestic workers)."""
    table = pq.read_table(folder / "casen2022.parquet")
    number = {n: np.array([v if v is not None else np.nan for v in table[n].to_pylist()], dtype=float)
              for n in ("edad", "expr", "ypc", "ytrabajocor", "ytrabajocorh", "ymonecor", "ypchautcor", "id_vivienda",
                        "hogar")}  # fmt: skip
    text = {n: np.array([str(v) for v in table[n].to_pylist()]) for n in ("sexo", "region", "pco1_a", "tipohogar")}
    number["female"] = text["sexo"] == "2. Mujer"
    number["region"] = region_of(text["region"])
    keep = np.isfinite(number["ypc"])
    columns = {k: v[keep] for k, v in {**text, **number}.items()}
    columns["region"] = columns["region"].astype(int)
    home = columns["id_vivienda"] * 10 + columns["hogar"]
    order = np.lexsort((columns["pco1_a"] != "Sí", home))
    return Survey(columns, home, order)


# ------------------------------------------------------------ writing


def toml(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, np.ndarray):
        return toml(value.tolist())
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    return f"{value:.6g}" if isinstance(value, float) and value != int(value) else str(int(value))


class Writer:
    """One TOML file of tables, each with source, method and confidence."""

    def __init__(self) -> None:
        self.lines = [
            "# Written by scripts/margins_chile.py from the public files of CASEN 2020 and 2022; do not edit.\n"
        ]

    def table(self, name: str, source: str, method: str, **values: Any) -> None:
        self.lines.append(f"[{name}]")
        self.lines += [f"source = {toml(source)}", f"method = {toml(method)}", 'confidence = "derived"']
        self.rows(values)

    def rows(self, values: Mapping[str, Any], name: str = "") -> None:
        self.lines += [f"[{name}]"] if name else []
        self.lines += [f"{k if k.isidentifier() and k.isascii() else toml(k)} = {toml(v)}" for k, v in values.items()]
        self.lines.append("")

    def save(self, path: Path) -> None:
        path.write_text("\n".join(self.lines), encoding="utf-8")


C20 = "CASEN en Pandemia 2020 (casen2020_joined.parquet)"
C22 = "CASEN 2022 (casen2022.parquet)"


def shares(counts: A, digits: int = 5) -> A:
    """Return counts as shares of their last axis."""
    total = counts.sum(axis=-1, keepdims=True)
    return np.round(counts / np.where(total > 0, total, 1), digits)


def tally(weight: A, *keys: tuple[A, int]) -> A:
    """Return weighted counts by some keys of given lengths; negative keys are left out."""
    ok = np.all([k >= 0 for k, _ in keys], axis=0)
    flat = np.ravel_multi_index(tuple(k[ok].astype(int) for k, _ in keys), tuple(n for _, n in keys))
    size = int(np.prod([n for _, n in keys]))
    return np.bincount(flat, weight[ok], size).reshape([n for _, n in keys])


# ------------------------------------------------------------ tables


def regions(s20: Survey, s22: Survey, folder: Path, out: Path) -> None:
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
        "heads", C22, "weighted heads by size of the household (1, 2, 3, 4 or more), sex (male, female) and single year of age from 15 to 99, mean of five years",
        age=shares(smooth),
    )  # fmt: skip
    file.table(
        "compositions", C20 + ", raked to " + C22,
        f"households per million by roles (H head, P partner, C child of both, K of the head, S of the partner, L child-in-law, "
        "G grandchild, M parent, W parent-in-law, B sibling, R other relative, N no relative); men as heads by age "
        f"{HEAD_BANDS.tolist()}, then women; cells of under {LEAST} sampled households left out; raked to 2022 by size, couple or not, "
        "nuclear or not, sex and age of the head",
    )  # fmt: skip
    file.rows(
        {str(n): np.round(c.ravel()) for n, c in zip(names[kept], cells[kept], strict=True)}, "compositions.per_million"
    )
    _ages(s20, s22, file)
    file.save(out / "households.toml")


def _raked(cells: A, mine: A, goal: A) -> None:
    """Scale some compositions so that together they have the goal by sex and age of the head."""
    now = cells[mine].sum(axis=0)
    cells[mine] *= np.divide(goal, now, out=np.zeros_like(goal), where=now > 0)


def _nuclear(s: Survey) -> tuple[A, A]:
    """Return the partners and the children of nuclear households of 2022, which names no kin.

    A partner is the adult nearest in age to the head; whoever else lives there is a child.
    """
    kind = s["tipohogar"]
    away = np.abs(s["edad"] - s["edad"][s.start][s.home]) + 1000 * (s["edad"] < 18)
    head = np.zeros(len(kind), bool)
    head[s.start] = True
    away[head] = 10_000
    order = np.lexsort((away, s.home))
    partner = np.zeros(len(kind), bool)
    partner[order[s.start]] = True
    partner &= (kind == "Nuclear Biparental") & (away < 1000)
    child = np.char.startswith(kind, "Nuclear") & ~head & ~partner
    return partner, child


def _ages(s20: Survey, s22: Survey, file: Writer) -> None:
    """Ages of the others given the head's (or the partner's), and who is female."""
    age, role, w = s20["edad"], s20["role"], s20["expr"]
    head_age = age[s20.start][s20.home]
    female = s20["sex"] == "Mujer"
    head_female = female[s20.start][s20.home]
    partner = role == "P"
    mate, kid = _nuclear(s22)
    gap22 = (s22["edad"] - s22["edad"][s22.start][s22.home]).clip(-20, 20).astype(int) + 20
    head22 = s22["female"][s22.start][s22.home]
    rows = [shares(np.bincount(gap22[m], s22["expr"][m], 41)) for f in (0, 1) for m in [mate & (head22 == f)]]
    same = partner & (female == head_female)
    married = (s20["ecivil"] == 1) & (role == "H") & np.isin(s20.home, s20.home[partner])
    couple = (role == "H") & np.isin(s20.home, s20.home[partner])
    file.table(
        "partners", C20 + "; gaps: " + C22, "age of the partner minus that of the head (-20 to 20) by sex of the head (male, female), "
        "in nuclear households the adult nearest in age to the head; share of couples of one sex; share of couples that are married, by age of the head",
        gap=np.array(rows), same_sex=float(round(w[same].sum() / w[partner].sum(), 4)),
        married_age_from=HEAD_BANDS.tolist(),
        married=np.round(tally(w * married, (band(age, HEAD_BANDS), 7)) / tally(w * couple, (band(age, HEAD_BANDS), 7)), 3),
    )  # fmt: skip
    fine = np.array([0, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80])
    kind = np.where(s22["tipohogar"] == "Nuclear Biparental", 0, 1)
    third = np.zeros(len(s20.start), bool)
    third[s20.home[np.isin(role, ["G", "L"])]] = True
    child = np.isin(role, ["C", "K", "S"]) & third[s20.home]
    lengths = (
        (band(s22["edad"][s22.start][s22.home], fine), len(fine)),
        (band(s22["edad"], CHILD_BANDS), len(CHILD_BANDS)),
    )
    late = (band(head_age, fine), len(fine)), (band(age, CHILD_BANDS), len(CHILD_BANDS))
    tables = [tally(s22["expr"] * (kid & (kind == k)), *lengths) for k in (0, 1)] + [tally(w * child, *late)]
    file.table(
        "children", C22 + "; the third kind: " + C20, "age of children (band) given the head's age (band): weighted shares in nuclear households "
        "of two parents (everybody but head and the adult nearest in age), of one parent, and in households with a grandchild "
        "or child-in-law; age within the band is uniform",
        head_age_from=fine.tolist(), age_from=CHILD_BANDS.tolist(), last_age=70, shares=shares(np.array(tables)),
    )  # fmt: skip
    for key, roles in {"grandchildren": "G", "relatives": "R", "others": "N"}.items():
        mine = np.isin(role, list(roles))
        file.table(
            key, C20, "age (five-year band) given the head's age (band): weighted shares",
            head_age_from=HEAD_BANDS.tolist(), age_from=FIVE.tolist(), last_age=99,
            shares=shares(tally(w * mine, (band(head_age, HEAD_BANDS), 7), (band(age, FIVE), len(FIVE)))),
        )  # fmt: skip
    gaps = {}
    for key, r, sign in (("parent", "M", 1), ("sibling", "B", 1), ("child_in_law", "L", -1), ("parent_in_law", "W", 1)):
        d = sign * (age - head_age)[role == r]
        mean = np.average(d, weights=w[role == r])
        gaps[key] = [float(round(mean, 1)), float(round(np.sqrt(np.average((d - mean) ** 2, weights=w[role == r])), 1))]
    file.table(
        "gaps",
        C20,
        "years between the head and a parent, a sibling, a child-in-law, a parent-in-law: mean and deviation",
        **gaps,
    )
    grown = age >= 18
    grown22 = s22["edad"] >= 18
    kids = [float(round(np.average(s22["female"][kid & (grown22 == g)], weights=s22["expr"][kid & (grown22 == g)]), 3))
            for g in (False, True)]  # fmt: skip
    pair = {
        r: [float(round(np.average(female[(role == r) & (grown == g)], weights=w[(role == r) & (grown == g)]), 3))
            if ((role == r) & (grown == g)).sum() >= 30 else 0.5 for g in (False, True)]
        for r in "LGMWBRN"
    }  # fmt: skip
    file.table(
        "women", C20 + "; children: " + C22, "weighted share of women by role, under 18 and from 18 on; of children in nuclear households",
        **dict.fromkeys("CKS", kids), **pair,
    )  # fmt: skip
    g = (role == "G") & (age < 18)
    mother, father = _at_home(s20, g)
    file.table(
        "parents_of_grandchildren", C20, "weighted share of grandchildren under 18 whose mother, or father, lives in the household",
        mother=mother, father=father,
    )  # fmt: skip


def _at_home(s: Survey, mine: A) -> tuple[float, float]:
    """Return the shares whose mother and father are found among the household's members by the pointers."""
    key = s["folio"] * 10000 + s["id_persona"]
    order = np.argsort(key)
    female = s["sex"] == "Mujer"
    found = {True: np.zeros(len(key), bool), False: np.zeros(len(key), bool)}
    for column in ("h5_1", "h5_2"):
        aim = s["folio"] * 10000 + np.nan_to_num(s[column])
        place = np.minimum(np.searchsorted(key, aim, sorter=order), len(key) - 1)
        row = order[place]
        hit = (key[row] == aim) & (np.nan_to_num(s[column]) > 0)
        for f in (True, False):
            found[f] |= hit & (female[row] == f)
    w = s["expr"][mine]
    return tuple(float(round(np.average(found[f][mine], weights=w), 3)) for f in (True, False))  # type: ignore[return-value]


def people(s20: Survey, s22: Survey, out: Path) -> None:
    """Schooling, work, pay, pensions, health insurance."""
    file = Writer()
    w, age, female = s20["expr"], s20["edad"], (s20["sex"] == "Mujer").astype(int)
    lut = {t: i for i, texts in enumerate(LEVELS.values()) for t in texts}
    level = np.array([lut[t] for t in s20["e6a"]])
    starts = np.array([0, 5, 8, 14, 18, 20, 25, 35, 45, 55, 65, 75])
    file.table(
        "schooling", C20, "level reached or attended, by sex (male, female) and age (band): weighted shares",
        levels=list(LEVELS), age_from=starts.tolist(),
        shares=shares(tally(w, (female, 2), (band(age, starts), len(starts)), (level, len(LEVELS)))),
    )  # fmt: skip
    rank = _ranks(s20["ypc_con_arriendo_imputado"], w)
    kinds = ["FONASA", "ISAPRE", "Otro"]
    kind = np.array([kinds.index(t) if t in kinds else -1 for t in s20["prev_salud"]])
    file.table(
        "insurance", C20, "health insurance by tenth of total income per head, persons of 15 and over: weighted shares",
        kinds=["fonasa", "isapre", "other"], shares=shares(tally(w, (np.minimum(rank // 10, 9), 10), (kind, 3))),
    )  # fmt: skip
    w, age, female = s22["expr"], s22["edad"], s22["female"].astype(int)
    pay = np.nan_to_num(s22["ytrabajocor"])
    bands = band(age, WORK_BANDS)
    place = np.full(len(age), 0)
    place[s22.start] = np.where(s22.size == 1, 2, 1)
    keys = (place, 3), (female, 2), (bands, len(WORK_BANDS))
    working, every, sampled = tally(w * (pay > 0), *keys), tally(w, *keys), tally(np.ones(len(w)), *keys)
    overall = working.sum(axis=0) / every.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(sampled >= 30, working / every, overall)
    file.table(
        "work", C22, "share with income from work (ytrabajocor) by place in the household (other member, head with others, alone), sex (male, "
        "female) and age (band), weighted; the share of all places where under 30 are sampled",
        age_from=WORK_BANDS.tolist(), shares=np.round(share, 4),
    )  # fmt: skip
    table = [[quantiles(pay[m], w[m], COARSE) for a in range(len(PAY_BANDS))
              if (m := (pay > 0) & (female == f) & (band(age, PAY_BANDS) == a)).any()] for f in (0, 1)]  # fmt: skip
    file.table(
        "pay", C22, "quantiles of monthly income from work (ytrabajocor) of those who have one, by sex (male, female) and age (band)",
        age_from=PAY_BANDS.tolist(), percent=COARSE.tolist(), quantiles=table,
    )  # fmt: skip
    own = s22["ypchautcor"] * s22.size[s22.home] - s22["ytrabajocorh"]
    alone = (s22.size == 1)[s22.home]
    share, amounts = [], []
    for f in (0, 1):
        of = [(alone & (female == f) & (band(age, PENSION_BANDS) == a)) for a in range(len(PENSION_BANDS))]
        share.append([float(round(np.average(own[m] > 1000, weights=w[m]), 4)) for m in of])
        amounts.append([quantiles(own[m & (own > 1000)], w[m & (own > 1000)], COARSE) for m in of])
    file.table(
        "pensions", C22, "autonomous income other than from work of persons living alone, by sex (male, female) and age (band): share "
        "that has one, and its quantiles",
        age_from=PENSION_BANDS.tolist(), shares=share, percent=COARSE.tolist(), quantiles=amounts,
    )  # fmt: skip
    young = s22.sum(age >= 60) == 0
    other = own[s22.start]
    mine = young & (other > 1000)
    hw = w[s22.start]
    file.table(
        "other_income", C22, "autonomous income other than from work of households without anybody of 60 or over: share that has "
        "one, and its quantiles", share=float(round(np.average(other[young] > 1000, weights=hw[young]), 4)),
        percent=COARSE.tolist(), quantiles=quantiles(other[mine], hw[mine], COARSE),
    )  # fmt: skip
    file.save(out / "people.toml")


def _ranks(values: A, weight: A) -> A:
    order = np.argsort(values, kind="stable")
    found = np.empty(len(values), dtype=int)
    found[order] = np.minimum((np.cumsum(weight[order]) - weight[order] / 2) / weight.sum() * 100, 99).astype(int)
    return found


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
        "incomes", C22, "quantiles among persons, by kind of household (nobody under 6 or from 65 on; somebody under 6; somebody from 65 on) times size (the last: so many or more), and by region: autonomous income per head (ypchautcor) and total income per equivalent "
        "person (ypc x n^0.3), pesos a month; the last figure keeps the mean of the uppermost part",
        percent=GRID.tolist(), sizes=BIG,
        autonomous_by_kind=[quantiles(own[z], people_weight[z], GRID) for z in every],
        equivalent_by_kind=[quantiles(equivalent[z], people_weight[z], GRID) for z in every],
        autonomous=[quantiles(own[region == r], people_weight[region == r], GRID) for r in range(count)],
        equivalent=[quantiles(equivalent[region == r], people_weight[region == r], GRID) for r in range(count)],
    )  # fmt: skip
    total, autonomous, monetary = s22["ypc"][first] * n, own * n, s22.sum(np.nan_to_num(s22["ymonecor"]))
    state, rent = np.maximum(monetary - autonomous, 0), np.maximum(total - monetary, 0)
    twentieth = np.minimum(_ranks(own, w) // 5, 19)
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
        "subsidies", C22, "monetary less autonomous income of households by twentieth of autonomous income per head and by members of 65 and "
        "over (0, 1, 2 or more) and under 18 (0, 1, 2 or more): share that has any, and quantiles; the whole twentieth where under 30 have any",
        shares=np.round(share, 3), percent=few.tolist(), quantiles=amounts.astype(int),
    )  # fmt: skip
    rents = [quantiles(rent[twentieth == t], w[twentieth == t], few) for t in range(20)]
    file.table(
        "imputed_rent", C22, "total less monetary income of households by twentieth of autonomous income per head: quantiles, nothing included",
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


def targets(s22: Survey, found: dict[str, A], out: Path) -> None:
    """What the survey itself gives, to be set beside what is achieved."""
    w, age, female = s22["expr"], s22["edad"], s22["female"].astype(int)
    lines = ["# Written by scripts/margins_chile.py from the public file of CASEN 2022; do not edit.\n"]

    def target(key: str, measure: str, of: str, tolerance: str, values: Mapping[str, float], **more: Any) -> None:
        extra = "".join(
            f"{k} = {v if isinstance(v, str) and v.startswith('{') else toml(v)}\n" for k, v in more.items()
        )
        inside = ", ".join(f"{toml(k)} = {v:.7g}" for k, v in values.items())
        names = ", ".join(f'{k} = "{v}"' for k, v in zip(("es", "pt", "en"), TARGETS[key], strict=True))
        lines.append(f'[[targets]]\nkey = "{key}"\nnames = {{ {names} }}\nmeasure = "{measure}"\nof = "{of}"\n{extra}{tolerance}\n'
                     f'source = "{C22}"\nconfidence = "derived"\nvalues = {{ {inside} }}\n')  # fmt: skip

    def of(bands: A) -> list[str]:
        return [f"{a}-{b - 1}" for a, b in zip(bands[:-1], bands[1:], strict=True)] + [f"{bands[-1]}-130"]

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
           {str(t + 1): float(np.average(found["autonomous"][deciles == t], weights=hw[deciles == t])) for t in range(10)},
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


def main(folder: Path, out: Path) -> None:
    """Write every file."""
    s20, s22 = casen2020(folder), casen2022(folder)
    regions(s20, s22, folder, out)
    households(s20, s22, out)
    people(s20, s22, out)
    targets(s22, incomes(s22, out), out)


if __name__ == "__main__":
    run: Callable[[Path, Path], None] = main
    run(Path(sys.argv[1]), Path(sys.argv[2]))
