"""Columns as numpy sees them, whoever made them, and the order of their values."""

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amparo.errors import MeasureError
from amparo.measures.sampling.sums import MANY, filled, in_parts
from amparo.threads import together


def plain(values: Any) -> Any:
    """Return a column of the Arrow PyCapsule interface (pyarrow, Polars, pandas, DuckDB) as numpy; else what came.

    Chunks are put together. What is missing (masked, in a masked array of numpy) is NaN among numbers and None among
    labels.

    Raises:
        MeasureError: the column holds neither numbers, booleans nor texts.

    >>> plain(pa.chunked_array([[1, None], [3]])).tolist()
    [1.0, nan, 3.0]
    """
    if isinstance(values, Mapping):
        return {name: plain(each) for name, each in values.items()}
    if isinstance(values, np.ma.MaskedArray):
        hidden = np.ma.getmaskarray(values)
        nothing: Any = np.nan if values.dtype.kind in "biuf" else None
        return np.where(hidden, nothing, values.data) if hidden.any() else values.data
    if isinstance(values, np.ndarray) or not (
        hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")
    ):
        return values
    try:
        column = pa.array(values) if hasattr(values, "__arrow_c_array__") else pa.chunked_array(values)
    except (pa.ArrowInvalid, TypeError) as table:
        raise MeasureError(
            f"a {type(values).__name__} is no single column; give one column of it for each argument."
        ) from table
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    kind = whole.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return (whole.cast(pa.float64(), safe=False) if whole.null_count else whole).to_numpy(zero_copy_only=False)
    if pa.types.is_decimal(kind):
        return whole.cast(pa.float64()).to_numpy(zero_copy_only=False)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return np.array(whole.to_pylist(), dtype=object if whole.null_count else None)
    raise MeasureError(f"a column of {kind} holds neither numbers, booleans nor texts; change it before measuring.")


def ascending(y: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the places [n] of finite values from the lowest to the highest, and the values so; equals stay in order.

    numpy sorts whole numbers ten times as fast as it finds the order of a column. So each value gives up its last
    bits to its own place and the numbers are sorted. Values that only those bits told apart are then put in order
    among themselves.

    >>> order, values = ascending(np.array([3.0, -1.0, 3.0, 0.5]))
    >>> order.tolist(), values.tolist()
    ([1, 3, 0, 2], [-1.0, 0.5, 3.0, 3.0])
    """
    n = y.size

    def neighbours(column: NDArray[np.float64], rows: slice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        after = column[rows.start + 1 : rows.stop + 1]
        return column[rows.start : rows.start + after.size], after

    def rises(rows: slice) -> bool:
        before, after = neighbours(y, rows)
        return bool((after >= before).all())

    if all(in_parts(rises, n)):
        return np.arange(n), y
    place = (np.int64(1) << np.int64(int(n - 1).bit_length())) - np.int64(1)

    def keys(rows: slice) -> NDArray[np.int64]:
        # A float read as an integer keeps its order, negative ones reversed; −0 is 0.
        key: NDArray[np.int64] = (y[rows] + 0.0).view(np.int64)
        key ^= (key >> 63) & np.int64(0x7FFF_FFFF_FFFF_FFFF)
        key &= ~place
        key |= np.arange(rows.start, rows.stop)
        return key

    key = filled(keys, n, np.int64)
    _sort(key, os.cpu_count() or 1)
    value = filled(lambda rows: y[key[rows] & place], n)

    def wrong_in(rows: slice) -> NDArray[np.intp]:
        before, after = neighbours(value, rows)
        return np.asarray(rows.start + np.flatnonzero(after < before))

    wrong = np.concatenate(in_parts(wrong_in, n))
    crowds = np.unique(key[wrong] & ~place)
    first, last = np.searchsorted(key, crowds), np.searchsorted(key, crowds | place, side="right")

    def forget(rows: slice) -> None:
        key[rows] &= place

    in_parts(forget, n)
    order: NDArray[np.intp] = key.astype(np.intp, copy=False)
    size = last - first
    # The places of all crowds, one after the other.
    crowded = np.repeat(first - (np.cumsum(size) - size), size) + np.arange(size.sum())
    among = crowded[np.argsort(value[crowded], kind="stable")]
    order[crowded], value[crowded] = order[among], value[among]
    return order, value


def _sort(key: NDArray[np.int64], threads: int) -> None:
    """Sort different whole numbers where they are: the lower half and the upper half at the same time."""
    if threads < 2 or key.size < MANY:
        key.sort()
        return
    middle = key.size // 2
    key.partition(middle)
    halves = key[:middle], key[middle:]
    together(lambda half: _sort(halves[half], threads // 2), 2)
