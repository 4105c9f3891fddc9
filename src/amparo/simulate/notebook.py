"""A simulation in a notebook: Arrow tables, charts, the page and the workbook.

>>> from amparo.policy import find_country
>>> from amparo.simulate.notebook import Simulation
>>> found = Simulation.of(find_country("brasil"), "synthetic:2000:1", on="2025-10")
>>> found.table("welfare").column_names[:3]
['scenario', 'scenario_name', 'measure']
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import altair as alt
import pyarrow as pa

from amparo.errors import CaseError, nearest
from amparo.policy import Country, Reform
from amparo.simulate import Assumptions, open_source, simulate
from amparo.simulate.report import charts, html_report
from amparo.simulate.report.charts import Canvas, Spec
from amparo.simulate.report.reader import Document, Reader
from amparo.simulate.report.rows import (
    benefit_names,
    contribution_rows,
    cost_rows,
    last_with,
    poverty_panels,
    reach_rows,
)
from amparo.simulate.tables import tables
from amparo.simulate.workbook import workbook


@dataclass(frozen=True)
class Simulation:
    """A finished simulation.

    Args:
        document: its JSON form (docs/reference/json.md).
        language: of names in tables and charts: es, pt or en.
    """

    document: dict[str, Any]
    language: str = "en"

    @classmethod
    def of(
        cls,
        country: Country,
        population: str,
        *,
        on: str = "",
        months: int = 1,
        reforms: Sequence[Reform] = (),
        mapping: Path | None = None,
        uprate: str = "",
        assumptions: Assumptions | None = None,
        language: str = "en",
    ) -> Simulation:
        """Simulate; the arguments are those of `amparo simulate`.

        Raises:
            AmparoError: whatever is wrong with population, month, reform or index, in one sentence.
        """
        first = date.fromisoformat(f"{on}-01") if on else None
        source, month = open_source(
            country, population, on=first, mapping=mapping, report=_silent, months=months, uprate=uprate
        )
        assumed = assumptions or Assumptions()
        found = simulate(country, source, on=month, months=months, reforms=reforms, assumptions=assumed)
        return cls(found, language)

    @property
    def names(self) -> list[str]:
        """Names of the tables that this simulation has."""
        return list(tables(self.document, self.language))

    def table(self, name: str) -> pa.Table:
        """Return one table, a row for each figure, as Arrow (pandas, Polars and DuckDB read it as it is)."""
        found = tables(self.document, self.language)
        if name not in found:
            raise CaseError(f"this simulation has no table '{name}'.{nearest(name, found)} It has {', '.join(found)}.")
        return pa.Table.from_pylist(found[name])

    def chart(self, name: str, width: int = 640) -> alt.Chart:
        """Return one of the report's charts: cost, poverty, reach or contributions."""
        if name not in CHARTS:
            raise CaseError(f"there is no chart '{name}'.{nearest(name, CHARTS)} There are {', '.join(CHARTS)}.")
        reader = Reader(self.language, self.document)
        spec = CHARTS[name](self.document, reader, Canvas(width, reader.symbols()))
        if spec is None:
            raise CaseError(f"this simulation has nothing to draw for '{name}'.")
        return alt.Chart.from_dict(charts.in_daylight(spec, reader.say.locale))

    def page(self) -> str:
        """Return the whole report as one HTML page."""
        return html_report(self.document, self.language)

    def workbook(self) -> bytes:
        """Return every table as an XLSX file."""
        return workbook(self.document, self.language)


def _cost(document: Document, reader: Reader, canvas: Canvas) -> Spec | None:
    rows, _ = cost_rows(document, reader)
    return charts.bars(rows, canvas) if rows else None


def _poverty(document: Document, reader: Reader, canvas: Canvas) -> Spec | None:
    panels = poverty_panels(document, reader)
    return charts.dots(panels, canvas) if panels else None


def _reach(document: Document, reader: Reader, canvas: Canvas) -> Spec | None:
    scenario = last_with(document, "reach")
    rows = reach_rows(scenario, benefit_names(document, reader), reader) if scenario else []
    return charts.lines(rows, canvas, reader("decile_axis")) if rows else None


def _contributions(document: Document, reader: Reader, canvas: Canvas) -> Spec | None:
    scenario = last_with(document, "contributions")
    return (
        charts.steps(contribution_rows(scenario, benefit_names(document, reader), reader), canvas) if scenario else None
    )


CHARTS: dict[str, Callable[[Document, Reader, Canvas], Spec | None]] = {
    "cost": _cost,
    "poverty": _poverty,
    "reach": _reach,
    "contributions": _contributions,
}


def _silent(step: str, share: float) -> None:
    """Report nothing."""
