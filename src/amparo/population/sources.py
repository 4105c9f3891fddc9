"""Files and tables of any kind as one Arrow table of the columns that are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from amparo.errors import PopulationError, nearest

Names = Sequence[str]


def open_table(source: Any, columns: Names | None, file: Mapping[str, Any] | None = None) -> pa.Table:
    """Return the wanted columns of a file or table; every row, in its order.

    Args:
        source: a path (.csv, .parquet, .arrow, .feather, .dta, .sav) or any object of the Arrow PyCapsule
            interface (pyarrow, Polars, pandas, DuckDB).
        columns: names of source columns; None for every one.
        file: how a CSV is written: delimiter (","), decimal ("."), encoding ("utf8").

    Raises:
        PopulationError: an unreadable or malformed file, an absent column (with the nearest name), one that stands
            twice, no rows.
    """
    if isinstance(source, (str, Path)):
        path = Path(source)
        table, name = _from_file(path, columns, file or {}), path.name
    else:
        table, name = _from_object(source), type(source).__name__
    columns = table.column_names if columns is None else columns
    present(table.column_names, columns, name)
    if not table.num_rows:
        raise PopulationError(f"{name} has no rows; check that the file is complete.")
    return _usual(table.select(list(columns)))


def _usual(table: pa.Table) -> pa.Table:
    """Return texts as Arrow computes with them: Polars gives views, which it can neither take nor decode."""
    for i, each in enumerate(table.schema):
        named = pa.types.is_dictionary(each.type)
        if (each.type.value_type if named else each.type) == pa.string_view():
            kind = pa.dictionary(pa.int32(), pa.large_string()) if named else pa.large_string()
            table = table.set_column(i, each.name, table.column(i).cast(kind))
    return table


def present(found: Names, wanted: Names, name: str) -> None:
    """Raise PopulationError for the first wanted column that is not there, with the nearest name, or there twice."""
    times = Counter(found)
    for each in wanted:
        if not times[each]:
            raise PopulationError(f"{name} has no column '{each}'.{nearest(each, found)} Correct the name.")
        if times[each] > 1:
            raise PopulationError(f"{name} has {times[each]} columns '{each}'; rename all but one.")


def _from_object(source: Any) -> pa.Table:
    if isinstance(source, pa.Table):
        return source
    try:
        if hasattr(source, "__arrow_c_stream__"):
            return pa.table(source)
        if hasattr(source, "__arrow_c_array__"):
            return pa.Table.from_batches([pa.record_batch(source)])
    except pa.ArrowInvalid:  # one column, not a table of them
        pass
    raise PopulationError(
        f"cannot read a population from {type(source).__name__}: give a path, or a table of the Arrow interface."
    )


def _from_file(path: Path, columns: Names | None, file: Mapping[str, Any]) -> pa.Table:
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise PopulationError(f"{path.name}: files of type '{suffix}' are not read.{nearest(suffix, _READERS)}")
    if not path.is_file():
        raise PopulationError(f"there is no file {path}; check the path.")
    try:
        return _READERS[suffix](path, columns, file)
    except PopulationError:
        raise
    except (pa.ArrowException, OSError, ValueError, LookupError, TypeError) as problem:
        raise malformed(path, problem) from None


def malformed(path: Path, problem: Exception) -> PopulationError:
    """Return the error for a file whose content is not what its name says."""
    if isinstance(problem, UnicodeDecodeError) or "UTF8" in str(problem):
        return PopulationError(f"{path.name} is not UTF-8 text, which is all that is read; save it as UTF-8.")
    said = str(problem).strip().split("\n")[0].rstrip(".")
    return PopulationError(f"{path.name} is no readable {path.suffix[1:].upper()} file: {said}. Check its source.")


def _csv(path: Path, columns: Names | None, file: Mapping[str, Any]) -> pa.Table:
    read = pacsv.ReadOptions(encoding=file.get("encoding", "utf8"))
    parse = pacsv.ParseOptions(delimiter=file.get("delimiter", ","))
    with pacsv.open_csv(path, read, parse) as opened:
        found = opened.schema.names
    columns = found if columns is None else columns
    present(found, columns, path.name)
    convert = pacsv.ConvertOptions(
        include_columns=list(columns),
        decimal_point=file.get("decimal", "."),
        strings_can_be_null=True,
        null_values=["", "NA", "NaN", "nan", "."],
    )
    table = pacsv.read_csv(path, read, parse, convert)
    for each in table.schema:
        if pa.types.is_binary(each.type):  # what Arrow makes of letters that it cannot read
            raise PopulationError(
                f"{path.name}: the letters of column '{each.name}' are not in {read.encoding}; "
                'say how the file is written, as in [file] encoding = "latin1".'
            )
    return table


def _parquet(path: Path, columns: Names | None, _: Mapping[str, Any]) -> pa.Table:
    found = pq.read_schema(path).names
    columns = found if columns is None else columns
    present(found, columns, path.name)
    return pq.read_table(path, columns=list(columns))


def _ipc(path: Path, columns: Names | None, _: Mapping[str, Any]) -> pa.Table:
    with pa.memory_map(str(path)) as mapped:
        try:
            table = pa.ipc.open_file(mapped).read_all()
        except pa.ArrowInvalid:
            mapped.seek(0)
            table = pa.ipc.open_stream(mapped).read_all()
    present(table.column_names, columns or (), path.name)
    return table


def _statistical(reader: str) -> Callable[[Path, Names | None, Mapping[str, Any]], pa.Table]:
    def read(path: Path, columns: Names | None, _: Mapping[str, Any]) -> pa.Table:
        import pyreadstat

        function = getattr(pyreadstat, reader)
        try:
            _, about = function(str(path), metadataonly=True, output_format="dict")
            columns = about.column_names if columns is None else columns
            present(about.column_names, columns, path.name)
            found, _ = function(str(path), usecols=list(columns), output_format="dict")
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as problem:
            raise malformed(path, problem) from None
        return pa.table({name: _plain(found[name]) for name in columns})

    return read


def _plain(values: Any) -> pa.Array:
    """Return a column as Arrow, NaN as null and whole floats as integers (these formats know floats only)."""
    made = pa.array(values, from_pandas=True)
    if pa.types.is_floating(made.type):
        numbers = made.drop_null().to_numpy(zero_copy_only=False)
        if (np.trunc(numbers) == numbers).all() and (np.abs(numbers) < 2**53).all():
            return made.cast(pa.int64())
    return made


_READERS: dict[str, Callable[[Path, Names | None, Mapping[str, Any]], pa.Table]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".arrow": _ipc,
    ".feather": _ipc,
    ".ipc": _ipc,
    ".dta": _statistical("read_dta"),
    ".sav": _statistical("read_sav"),
}
