"""Rows of persons brought together by household."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amparo.errors import PopulationError
from amparo.population.columns import codes, whole
from amparo.population.encoding import Column

Rows = NDArray[np.int64]


class Grouped(NamedTuple):
    """Rows in the order of their households.

    Args:
        table: the persons, sorted if they were not.
        offsets: [households + 1].
        order: [persons] row of the file that each now is; None when the file was sorted.
        first: row of the file that comes first here, in a batch of a stream.
    """

    table: pa.Table
    offsets: Column
    order: Rows | None
    first: int = 0

    def line(self, row: int) -> int:
        """Return the row of the file, from 1, that is now in a row."""
        return 1 + self.first + (row if self.order is None else int(self.order[row]))


def grouped(table: pa.Table, ids: tuple[str, ...]) -> Grouped:
    """Return rows sorted by household identifier; rows of one household keep their order.

    Identifiers that are whole numbers sort as numbers, others by first appearance.
    """
    keys = [key_of(whole(table.column(name)), name) for name in ids]
    order = None
    falls, same = steps(keys)
    if falls.any():
        order = np.lexsort(keys[::-1])
        table = table.take(pa.array(order))
        _, same = steps([k[order] for k in keys])
    return Grouped(table, _offsets(same), order)


def grouped_with(table: pa.Table, households: pa.Table, ids: tuple[str, ...]) -> Grouped:
    """Return persons in the order of a file of households; households without persons stay, the last ones too.

    Raises:
        PopulationError: a household that stands twice, or persons of a household that is absent.
    """
    keys = np.zeros(households.num_rows + table.num_rows, dtype=np.int64)
    for name in ids:
        both = [key_of(whole(t.column(name)), name, texts=True) for t in (households, table)]
        _, place = np.unique(np.concatenate(both), return_inverse=True)
        keys = keys * (int(place.max()) + 1) + place
        _, keys = np.unique(keys, return_inverse=True)
    own, home = keys[: households.num_rows], keys[households.num_rows :]
    order = np.argsort(own, kind="stable")
    twice = own[order][1:] == own[order][:-1]
    if twice.any():
        again = int(order[1:][twice].min())
        times = np.count_nonzero(own == own[again])
        raise PopulationError(f"household {_named(households, ids, again)} stands {times} times; keep one row of it.")
    row = order[np.minimum(np.searchsorted(own, home, sorter=order), len(own) - 1)]
    orphans = own[row] != home
    if orphans.any():
        name = _named(table, ids, int(np.argmax(orphans)))
        raise PopulationError(
            f"{np.count_nonzero(orphans)} persons belong to no household of the file, first row "
            f"{int(np.argmax(orphans)) + 1} of household {name}; add the household or correct the identifier."
        )
    offsets = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=households.num_rows))])
    if (row[1:] >= row[:-1]).all():
        return Grouped(table, _narrow(offsets), None)
    by_household = np.argsort(row, kind="stable")
    return Grouped(table.take(pa.array(by_household)), _narrow(offsets), by_household)


def key_of(array: pa.Array, name: str, *, texts: bool = False) -> Column:
    """Return what sorts as the identifier does; a missing identifier is an error."""
    floats = pa.types.is_floating(array.type)
    missing = array.is_null(nan_is_null=floats).to_numpy(zero_copy_only=False) if array.null_count or floats else None
    if missing is not None and missing.any():
        raise PopulationError(
            f"column '{name}' has {np.count_nonzero(missing)} missing household identifiers, "
            f"first on row {int(np.argmax(missing)) + 1}; fill them in."
        )
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        return array.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
    found, names = codes(array, name)
    return np.array(names, dtype=np.str_)[found] if texts else found


def _named(table: pa.Table, ids: tuple[str, ...], row: int) -> str:
    return "-".join(str(table.column(name)[row].as_py()) for name in ids)


def steps(keys: list[Column]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return between which neighbouring rows the identifier falls, and where it stays: [persons − 1] each."""
    same = keys[0][1:] == keys[0][:-1]
    falls = keys[0][1:] < keys[0][:-1]
    for key in keys[1:]:
        falls |= same & (key[1:] < key[:-1])
        same &= key[1:] == key[:-1]
    return falls, same


def _offsets(same: NDArray[np.bool_]) -> Column:
    persons = len(same) + 1
    return _narrow(np.concatenate([[0], np.flatnonzero(~same) + 1, [persons]]))


def _narrow(offsets: Column) -> Column:
    return offsets.astype(np.int32 if offsets[-1] < 2**31 else np.int64)


def identifier(table: pa.Table, ids: tuple[str, ...]) -> Column:
    """Return one identifier of several columns: the digits side by side where they are numbers, else a text.

    >>> identifier(pa.table({"dwelling": [7, 12], "household": [1, 2]}), ("dwelling", "household"))
    array([ 71, 122])
    """
    arrays = [whole(table.column(name)) for name in ids]
    if all(pa.types.is_integer(a.type) and not a.null_count for a in arrays):
        columns = [a.to_numpy(zero_copy_only=False).astype(np.int64) for a in arrays]
        digits = [len(str(int(c.max()))) for c in columns]
        if all(c.min() >= 0 for c in columns) and sum(digits) < 19:
            joined: Column = columns[0]
            for column, width in zip(columns[1:], digits[1:], strict=True):
                joined = joined * 10**width + column
            return joined
    texts = [pc.cast(a, pa.string()).fill_null("") for a in arrays]
    made = texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, "-")
    return np.array(whole(made).to_pylist(), dtype=np.str_)
