"""What a file holds, before anybody has mapped it: its columns, and which of them may be its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amparo.population.columns import codes, whole
from amparo.population.sources import open_table

Rows = NDArray[np.int64]
EXAMPLES = 4
FEW = 40  # values of a column of codes, such as kinship
SIZES = (1.15, 9.0)  # mean members of a household
FRACTIONS = ("double", "float")
IDENTIFIER = r"folio|codusu|hhid|^numero$|id_(viv|hog)"  # taken at its word where rows are not in order
MOST = 5  # candidates for one key
MOSTLY = 0.98  # of the members numbered one after the other, for a column to number them

# How surveys of the region name them; a column must pass the test of its key as well.
NAMES = {
    "household": r"folio|hogar|vivienda|household|hhid|^hh|codusu|numero_hog|home|domic|ident",
    "person": r"^o$|orden|person|componente|numren|^nper|miembro|member|^pid|correl",
    "weight": r"^exp|factor|^fac|^pond|weight|^peso|^wgt|^w$|^w_ano|expans",
    "stratum": r"estrat|strat|^est_dis",
    "cluster": r"upm|psu|varunit|conglo|cluster",
    "kin": r"paren|^pco|^ch03|kin|relation|^e30|rol",
    "age": r"edad|^age|idade|^ch06|^e27",
    "sex": r"sex|gender|^ch04|^e26|genero",
}


@dataclass(frozen=True)
class Described:
    """One column: its type, the share of rows without a value, how many values it has, and the commonest."""

    name: str
    type: str
    missing: float
    distinct: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A file's columns and the likeliest for each key, best first.

    `candidates` has household (each one column or several, with commas), person, weight, stratum, cluster, kin, age and
    sex; `head` is (column, value) where one value stands once in every household.
    """

    rows: int
    columns: tuple[Described, ...]
    candidates: Mapping[str, tuple[str, ...]]
    head: tuple[str, str] | None
    households: int


def profile(source: Any, file: Mapping[str, Any] | None = None) -> Profile:
    """Return what a file or table holds; `file` says how a CSV is written, as in a mapping."""
    table = open_table(source, None, file)
    coded = {n: codes(_plain(whole(table.column(n))), n) for n in table.column_names}
    columns = tuple(_described(n, table.column(n).type, *coded[n]) for n in table.column_names)
    return _Search(columns, {n: c for n, (c, _) in coded.items()}, coded, table.num_rows).found()


def _plain(array: pa.Array) -> pa.Array:
    kind = array.type
    known = pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_dictionary, pa.types.is_null
    if any(test(kind) for test in known) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return array
    return pc.cast(array, pa.string())


def _described(name: str, kind: pa.DataType, found: Rows, texts: list[str]) -> Described:
    counts = np.bincount(found + 1, minlength=len(texts) + 1)
    commonest = [int(i) for i in np.argsort(-counts[1:], kind="stable")[:EXAMPLES] if counts[1 + i]]
    distinct = int(np.count_nonzero(counts[1:]))
    return Described(name, str(kind), float(counts[0] / len(found)), distinct, tuple(texts[i] for i in commonest))


class _Search:
    """Looks for keys: by structure, and by name among those that pass."""

    def __init__(
        self, columns: tuple[Described, ...], coded: Mapping[str, Rows], texts: Mapping[str, Any], rows: int
    ) -> None:
        self.columns, self.coded, self.texts, self.rows = columns, coded, texts, rows
        self.whole = [c for c in columns if c.missing == 0]

    def found(self) -> Profile:
        homes = self._households()
        unit = self._unit(homes[0]) if homes else np.arange(self.rows)
        count = int(unit.max()) + 1
        heads = list(self._heads(unit, count)) if homes else []
        kin = [name for name, _ in heads]
        found = {
            "household": homes,
            "person": self._persons(unit, homes[0].split(",")) if homes else (),
            "weight": self._named("weight", lambda c: self._numeric(c, 0)),
            "stratum": self._named("stratum", lambda c: 1 < c.distinct < self.rows / 10),
            "cluster": self._named("cluster", lambda c: 1 < c.distinct < self.rows / 2),
            "kin": self._first_named("kin", kin),
            "age": self._named("age", lambda c: self._numeric(c, -1, 125) and c.distinct > min(20, self.rows / 3)),
            "sex": self._named("sex", lambda c: c.distinct == 2),
        }
        best = found["kin"][0] if found["kin"] else ""
        head = next(((name, value) for name, value in heads if name == best), None)
        return Profile(self.rows, self.columns, found, head, count if homes else 0)

    def _unit(self, names: str) -> Rows:
        """Return the number of each row's household."""
        unit = np.zeros(self.rows, dtype=np.int64)
        for name in names.split(","):
            column = self.coded[name]
            _, unit = np.unique(unit * (int(column.max()) + 1) + column, return_inverse=True)
        return unit

    def _households(self) -> tuple[str, ...]:
        """Return what names a household: one column, or a dwelling with the household's number in it."""
        fits = [
            c for c in self.whole if not c.type.startswith(FRACTIONS) and SIZES[0] <= self.rows / c.distinct <= SIZES[1]
        ]
        alone = [c.name for c in fits if re.search(IDENTIFIER, c.name.lower()) or self._together(self.coded[c.name])]
        few = [c.name for c in self.whole if 1 < c.distinct <= FEW and not c.type.startswith(FRACTIONS)]
        number = [n for n in few if re.search(r"(^|_|folio)hog(ar)?$|household", n.lower())]
        pairs = [f"{a},{b}" for a in alone if re.search(NAMES["household"], a.lower()) for b in number]
        finer = [p for p in pairs if int(self._unit(p).max()) > int(self._unit(p.split(",")[0]).max())]
        split = {p.split(",")[0] for p in finer}
        named = [n for n in self._first_named("household", alone, len(alone)) if n not in split]
        named = [n for n in named if re.search(NAMES["household"], n.lower())] or named
        finest = sorted([*finer, *named], key=lambda p: -int(self._unit(p).max()))
        return tuple(finest[:MOST]) or self._by_order()

    def _by_order(self) -> tuple[str, ...]:
        """Return the columns that together name a household whose members are numbered 1, 2, 3 … in the file."""
        for place, each in enumerate(self.columns):
            start = self._starts(each)
            if start is None:
                continue
            unit = np.cumsum(start)
            names: list[str] = []
            for other in self.columns[:place]:  # identifiers stand before the member's number
                more = [*names, other.name]
                if other.missing == 0 and self._count(more) > (self._count(names) if names else 1):
                    names = more
            exact = [n for n in names if self._constant(self.coded[n], start)]
            for name in exact[:]:
                rest = [n for n in exact if n != name]
                if rest and self._count(rest) == self._count(exact):
                    exact = rest
            if exact and self._count(exact) == int(unit[-1]):
                return (",".join(exact),)
        return ()

    def _count(self, names: list[str]) -> int:
        return int(self._unit(",".join(names)).max()) + 1

    def _starts(self, each: Described) -> NDArray[np.bool_] | None:
        """Return where a household begins if a column numbers its members; None if it does not."""
        if each.missing or not 1 < each.distinct <= FEW or not self._numeric(each, 0, FEW):
            return None
        found, texts = self.texts[each.name]
        number = np.array([float(t) for t in texts])[found]
        start = number <= number[0]
        rises = np.diff(number)[~start[1:]]
        fits = bool(start[0]) and SIZES[0] <= self.rows / start.sum() <= SIZES[1] and (rises > 0).mean() > MOSTLY
        return start if fits else None

    @staticmethod
    def _constant(column: Rows, start: NDArray[np.bool_]) -> bool:
        return bool((np.diff(column)[~start[1:]] == 0).all())

    def _together(self, column: Rows) -> bool:
        """Whether equal values stand side by side, nearly always."""
        runs = 1 + np.count_nonzero(np.diff(column))
        return bool(runs <= 1.05 * len(np.unique(column)))

    def _heads(self, unit: Rows, count: int) -> Iterator[tuple[str, str]]:
        """Give each column of codes one of whose values stands exactly once in nearly every household."""
        for each in self.columns:
            if not 1 < each.distinct <= FEW:
                continue
            found, texts = self.texts[each.name]
            for i in np.flatnonzero(np.abs(np.bincount(found[found >= 0], minlength=len(texts)) - count) < count / 50):
                if np.count_nonzero(np.bincount(unit[found == i], minlength=count) != 1) < count / 50:
                    yield each.name, texts[i]
                    break

    def _persons(self, unit: Rows, homes: list[str]) -> tuple[str, ...]:
        fits = [c.name for c in self.whole if c.name not in homes and not c.type.startswith(FRACTIONS)]
        alone = [n for n in fits if len(np.unique(unit * (int(self.coded[n].max()) + 1) + self.coded[n])) == self.rows]
        named = [n for n in alone if re.search(NAMES["person"], n.lower())]
        return tuple(named[:MOST])

    def _numeric(self, each: Described, low: float, high: float = float("inf")) -> bool:
        if not each.type.startswith(("int", "uint", *FRACTIONS)):
            return False
        texts = self.texts[each.name][1]
        values = np.array([float(t) for t in texts]) if texts else np.zeros(1)
        return bool(values.min() >= low and values.max() <= high)

    def _named(self, key: str, test: Any) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if re.search(NAMES[key], c.name.lower()) and test(c))[:MOST]

    def _first_named(self, key: str, names: list[str], most: int = MOST) -> tuple[str, ...]:
        """Return names that sound right first, then the others."""
        return tuple(sorted(names, key=lambda n: not re.search(NAMES[key], n.lower()))[:most])
