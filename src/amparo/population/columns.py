"""One source column as one input column: values, and which of them are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from amparo.errors import PopulationError, nearest
from amparo.expr import Input, Kind, Type
from amparo.population.encoding import (
    Column,
    date_codes,
    encoded,
    minor_units,
    smallest_integer,
    stored_type,
)
from amparo.population.mapping import InputSource

Known = NDArray[np.bool_] | None
WIDEST_TABLE = 1 << 16  # integer columns of a smaller span are mapped through an array of that size
NOISE = 1e-6  # of the smallest unit: what binary floats add to a decimal amount in a file

_ROUNDINGS: dict[str, Callable[[Column], Column]] = {
    "half_up": lambda v: np.floor(v + 0.5),
    "down": np.floor,
    "up": np.ceil,
}


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Return a column in one piece; without copying where it already is."""
    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def known_of(array: pa.Array) -> Known:
    """Return which values are there; None when all are."""
    if array.null_count:
        return array.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
    return None


def numbers(array: pa.Array, name: str) -> tuple[Column, Known]:
    """Return a numeric column and which of its values are known; text that holds numbers is read as such.

    Raises:
        PopulationError: text that is no number, with the first such value.
    """
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
        kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        try:
            array = pc.cast(pc.utf8_trim_whitespace(array), pa.float64())
        except pa.ArrowInvalid:
            shown = next(v for v in array.drop_null().to_pylist() if not _is_number(v))
            raise PopulationError(
                f"column '{name}' holds '{shown}' where a number is needed; map it with values = {{ … }}."
            ) from None
    elif pa.types.is_decimal(kind):
        array = array.cast(pa.float64())
    elif pa.types.is_null(kind):
        return np.zeros(len(array)), np.zeros(len(array), dtype=np.bool_)
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)):
        raise PopulationError(f"column '{name}' is {kind}, where a number is needed; map another column.")
    known = known_of(array)
    if known is not None:
        array = array.fill_null(False if pa.types.is_boolean(kind) else 0)
    found = array.to_numpy(zero_copy_only=False)
    if found.dtype.kind == "u":
        found = found.astype(np.int64)
    if found.dtype.kind == "f":
        there = np.isfinite(found)
        if not there.all():
            known = there if known is None else there & known
            found = np.where(there, found, 0.0)
    return found, known


def _is_number(text: str) -> bool:
    try:
        pc.cast(pa.scalar(text.strip()), pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def codes(array: pa.Array, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return each value as a position in a list of distinct texts, −1 where it is null: any kind of column.

    Whole numbers are named without a point, so that 1, 1.0 and "1" are one text.
    """
    if pa.types.is_dictionary(array.type):
        encoded_ = array
    elif pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        encoded_ = array.dictionary_encode()
    else:
        return _number_codes(*numbers(array, name))
    texts = [str(v) for v in encoded_.dictionary.to_pylist()]
    indices = encoded_.indices.cast(pa.int64())  # some writers count them unsigned
    return indices.fill_null(-1).to_numpy(zero_copy_only=False), texts


def _number_codes(values: Column, known: Known) -> tuple[NDArray[np.int64], list[str]]:
    if values.dtype.kind == "b":
        found, texts = values.astype(np.int64), ["false", "true"]
    elif values.dtype.kind == "i" and len(values) and int(values.max()) - int(values.min()) < WIDEST_TABLE:
        low = int(values.min())
        found, texts = values.astype(np.int64) - low, [str(low + i) for i in range(int(values.max()) - low + 1)]
    else:
        distinct, found = np.unique(values, return_inverse=True)
        texts = [str(v) if isinstance(v, int) else f"{v:.15g}" for v in distinct.tolist()]
    return (found if known is None else np.where(known, found, -1)), texts


def chosen(array: pa.Array, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
    """Return which rows have one of some values, written as text."""
    found, texts = codes(array, name)
    wanted = set(values)
    lut = np.array([t in wanted for t in texts] + [False], dtype=np.bool_)
    result: NDArray[np.bool_] = lut[found]
    return result


def input_column(
    array: pa.Array,
    source: InputSource,
    declared: Input[Any],
    *,
    settle: bool,
    line: Callable[[int], int] = lambda row: row + 1,
) -> tuple[Column, Known]:
    """Return an input's column in the encoding of `Population`, and which values are known (None: all).

    Args:
        array: the source column.
        source: the steps to take.
        declared: the input.
        settle: choose the narrowest integer type that fits; False keeps one type for every batch of a stream.
        line: the row of the file, from 1, of each row here.

    Raises:
        PopulationError: a value that the mapping does not name (with the nearest), or that is no number.
    """
    type_, name = declared.type, source.column
    if source.unknown:
        array = _without(array, chosen(array, name, source.unknown))
    if source.between is not None:
        low, high = source.between
        values, known = numbers(array, name)
        made: Column = (values >= low) & (values <= high)
    elif source.values is not None or type_.kind is Kind.CATEGORY or _is_text_bool(array, type_):
        made, known = _mapped(array, source, declared, line)
    elif type_.kind is Kind.DATE:
        made, known = _days(array, name)
    else:
        values, known = numbers(array, name)
        made = _yes(values, known, declared, name) if type_.kind is Kind.BOOL else _figures(values, source, type_)
    if source.missing is not None:
        made, known = _filled(made, known, encoded(exact(source.missing), type_)), None
    return _stored(made, known, type_, settle), known


def _without(array: pa.Array, hidden: NDArray[np.bool_]) -> pa.Array:
    """Return a column without some values, which need be no numbers or days then."""
    return array.take(pa.array(np.arange(len(array)), mask=hidden)) if hidden.any() else array


def _yes(values: Column, known: Known, declared: Input[Any], name: str) -> Column:
    """Return numbers as yes or no: 1 or 0, and nothing else, for many surveys write 2 for no."""
    strange = (values != 0) & (values != 1)
    if known is not None:
        strange &= known
    if strange.any():
        raise PopulationError(
            f"column '{name}' holds {values[np.argmax(strange)]:.15g} where '{declared.key}' needs yes or no; "
            "map it with values = { … } or between = [ … ]."
        )
    return values.astype(np.bool_)


def _filled(values: Column, known: Known, assumed: Any) -> Column:
    """Return values with the assumed one where none is known, in a type that holds it in every batch of a stream."""
    kind = np.result_type(values.dtype, np.int8, np.min_scalar_type(assumed))
    wide = values.astype(kind, copy=False)
    return wide if known is None else np.where(known, wide, np.asarray(assumed, dtype=kind))


def _is_text_bool(array: pa.Array, type_: Type) -> bool:
    kind = array.type
    text = pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return text and type_.kind is Kind.BOOL


def exact(value: Any) -> Any:
    """Return a figure of a mapping as it is written, free of binary noise; other values as they are."""
    return Fraction(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _mapped(
    array: pa.Array, source: InputSource, declared: Input[Any], line: Callable[[int], int]
) -> tuple[Column, Known]:
    """Look every distinct value up once, then every row by position."""
    found, texts = codes(array, source.column)
    table = _table(source, declared)
    used = np.zeros(len(texts) + 1, dtype=np.bool_)
    used[found] = True
    lut = np.zeros(len(texts) + 1, dtype=stored_type(declared.type))
    for i, text in enumerate(texts):
        value = table.get(text, source.otherwise)
        if value is not None:
            lut[i] = encoded(exact(value), declared.type)
        elif used[i]:
            row = line(int(np.argmax(found == i)))
            raise PopulationError(
                f"column '{source.column}' holds '{text}' on row {row}, which the mapping of "
                f"'{declared.key}' does not name.{nearest(text, table)} Add it to values, or to unknown."
            )
    known = None if not used[-1] else found >= 0
    return lut[found], known


def _table(source: InputSource, declared: Input[Any]) -> Mapping[str, Any]:
    if source.values is not None:
        return source.values
    if declared.type.kind is Kind.BOOL:
        return {"true": True, "false": False}
    return {name: name for name in declared.type.categories}


def _days(array: pa.Array, name: str) -> tuple[Column, Known]:
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
        kind = array.type
    refused = PopulationError(f"column '{name}' is {kind}; write days as 2024-03-31.")
    if pa.types.is_integer(kind):  # which Arrow would count from 1970
        raise refused
    try:
        days = pc.cast(array, pa.date32())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise refused from None
    known = known_of(days)
    return date_codes(days.fill_null(0).to_numpy(zero_copy_only=False)), known


def _figures(values: Column, source: InputSource, type_: Type) -> Column:
    """Scale to the stored unit; binary noise is removed, anything else finer than the unit is kept and reported."""
    if source.limits:
        values = np.array(source.figures)[np.searchsorted(np.array(source.limits), values)]
    scale = source.scale * minor_units(type_.currency)
    unchanged = scale == 1 and source.add == 0 and source.at_least is None
    if unchanged and values.dtype.kind in "ib":
        return values
    made = values if unchanged else values * scale + source.add * minor_units(type_.currency)
    if source.at_least is not None:
        made = np.maximum(made, source.at_least * minor_units(type_.currency))
    if type_.kind is Kind.NUMBER:
        return made
    if source.rounding:
        return _ROUNDINGS[source.rounding](made)
    near = np.rint(made)
    return np.where(np.abs(made - near) < NOISE, near, made)


def _stored(values: Column, known: Known, type_: Type, settle: bool) -> Column:
    """Return values in the type of their kind; figures finer than the unit stay floats, for validation to find."""
    kind = type_.kind
    if kind in (Kind.BOOL, Kind.CATEGORY, Kind.DATE, Kind.NUMBER):
        return values.astype(stored_type(type_), copy=False)
    if values.dtype.kind == "f" and (values != np.trunc(values)).any():
        return values
    if values.dtype.kind == "b":
        values = values.astype(np.int8)
    if not settle:
        return values.astype(np.int64) if values.dtype.kind == "f" else values
    if not len(values):
        return values.astype(stored_type(type_))
    least = np.int32 if kind is Kind.MONEY else np.int8
    return values.astype(smallest_integer(values.min(), values.max(), least=least), copy=False)
