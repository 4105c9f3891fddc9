"""Columns of survey files, as arrays."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq


def columns(path: Path, *names: str) -> dict[str, Any]:
    table = pq.read_table(path, columns=list(names))
    numeric = {name: table[name].type.id in {2, 3, 4, 5, 6, 7, 8, 9, 11, 12} for name in names}
    return {
        name: table[name].to_numpy() if numeric[name] else np.array(table[name].to_pylist(), dtype=object)
        for name in names
    }
