"""Columns as numpy sees them, whoever made them, and the order of their values."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from amparo.errors import MeasureError

CHUNK = 1 << 15  # rows that stay in the processor's cache
CROWD, PASSES = 16, 32


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


def ascending(y: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the places [n] of finite values from the lowest to the highest; equals keep the order they came in.

    numpy sorts whole numbers ten times as fast as it finds the order of a column. So each value gives up its last
    bits to its own place, the numbers are sorted, and neighbours that those bits would have told apart are swapped.

    >>> ascending(np.array([3.0, -1.0, 3.0, 0.5])).tolist()
    [1, 3, 0, 2]
    """
    if (y[1:] >= y[:-1]).all():
        return np.arange(y.size)
    bits = int(y.size - 1).bit_length()
    key = np.empty(y.size, np.int64)
    for start in range(0, y.size, CHUNK):
        part = key[start : start + CHUNK]
        # A float read as an integer keeps its order, negative ones reversed; −0 is 0.
        part[:] = (y[start : start + CHUNK] + 0.0).view(np.int64)
        part ^= (part >> 63) & np.int64(0x7FFF_FFFF_FFFF_FFFF)
        part &= np.int64(-1) << np.int64(bits)
        part |= np.arange(start, start + part.size)
    key.sort()
    key &= (np.int64(1) << np.int64(bits)) - np.int64(1)
    order = key.astype(np.intp, copy=False)
    value = y[order]
    wrong = np.flatnonzero(value[1:] < value[:-1])
    for _ in range(PASSES if wrong.size < y.size / CROWD else 0):
        if not wrong.size:
            break
        first = wrong[np.append(True, np.diff(wrong) > 1)]  # pairs that share nobody
        for each in (order, value):
            each[first], each[first + 1] = each[first + 1], each[first]
        near = np.unique(np.concatenate([wrong, first - 1, first + 1]))
        near = near[(near >= 0) & (near < y.size - 1)]
        wrong = near[value[near + 1] < value[near]]
    # Where a crowd of values differs only in its last bits, neighbours are not enough.
    return np.argsort(y, kind="stable") if wrong.size else order
