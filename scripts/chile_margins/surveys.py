"""CASEN 2020 and 2022 as columns sorted by household."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from scripts.chile_margins.tables import A

C20 = "CASEN en Pandemia 2020 (casen2020_joined.parquet)"
C22 = "CASEN 2022 (casen2022.parquet)"
ROLES = {
    "Jefe(a) de Hogar": "H", "Esposo(a) o pareja de distinto sexo": "P", "Esposo(a) o pareja de igual sexo": "P",
    "Hijo(a) de ambos": "C", "Hijo(a) sólo del jefe(a)": "K", "Hijo(a) sólo del esposo(a)/pareja": "S",
    "Yerno o nuera": "L", "Nieto(a)": "G", "Padre o madre": "M", "Suegro(a)": "W", "Hermano(a)": "B",
    "Cuñado(a)": "R", "Otro Familiar": "R", "No familiar": "N",
}  # fmt: skip
ORDER = "HPCKSLGMWBRN"
NAMES = [
    "Tarapacá", "Antofagasta", "Atacama", "Coquimbo", "Valparaíso", "O'Higgins", "Maule", "Biobío", "La Araucanía",
    "Los Lagos", "Aysén", "Magallanes", "Metropolitana", "Los Ríos", "Arica y Parinacota", "Ñuble",
]  # fmt: skip
LONG = {
    "Libertador": "O'Higgins", "Araucanía": "La Araucanía", "Lagos": "Los Lagos", "Ríos": "Los Ríos",
    "Aysén": "Aysén", "Magallanes": "Magallanes", "Metropolitana": "Metropolitana", "Arica": "Arica y Parinacota",
}  # fmt: skip


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
        """Return the total of each household."""
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
