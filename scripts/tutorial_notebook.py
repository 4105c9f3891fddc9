"""`python -m scripts.tutorial_notebook`: run docs/tutorials/measure-a-survey.md, cell by cell, into its notebook.

The page is the source: its texts become cells of text, its Python cells of code, in their order. What the last line of
a cell gives is kept with it, a chart as SVG, so that a reader sees it before running anything.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

TUTORIALS = Path(__file__).parents[1] / "docs/tutorials"
PAGE, NOTEBOOK = TUTORIALS / "measure-a-survey.md", TUTORIALS / "measure-a-survey.ipynb"
BLOCK = re.compile(r"^```python\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of text ("markdown") or Python ("code")."""

    kind: str
    source: str


def cells(page: str) -> Iterator[Cell]:
    r"""Yield the cells of a page.

    >>> [cell.kind for cell in cells("# One\n\n```python\n1 + 1\n```\n\nTwo.\n")]
    ['markdown', 'code', 'markdown']
    """
    for place, part in enumerate(BLOCK.split(page)):
        if part.strip():
            yield Cell("code" if place % 2 else "markdown", part.strip("\n"))


def run(source: str, names: dict[str, Any]) -> tuple[str, Any]:
    """Run a cell among the names of the cells before it; return what it prints and what its last line gives."""
    body = ast.parse(source)
    *_, end = body.body
    last = end.value if isinstance(end, ast.Expr) else None
    body.body = body.body[:-1] if last else body.body
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(body, "<cell>", "exec"), names)  # noqa: S102 - the tutorial's own code
        given = eval(compile(ast.Expression(last), "<cell>", "eval"), names) if last else None  # noqa: S307
    return printed.getvalue(), given


def outputs(printed: str, given: Any, count: int) -> list[dict[str, Any]]:
    """Return the outputs of a cell as a notebook keeps them."""
    found: list[dict[str, Any]] = []
    if printed:
        found.append({"name": "stdout", "output_type": "stream", "text": printed.splitlines(keepends=True)})
    if given is not None:
        if isinstance(given, alt.TopLevelMixin):
            svg = vl_convert.vegalite_to_svg(given.to_dict())
            shown = {"image/svg+xml": [svg], "text/plain": ["alt.LayerChart(...)"]}
        else:
            shown = {"text/plain": repr(given).splitlines(keepends=True)}
        found.append({"data": shown, "execution_count": count, "metadata": {}, "output_type": "execute_result"})
    return found


def notebook(page: str) -> dict[str, Any]:
    """Return the notebook of a page, every cell run in a folder of its own."""
    made: list[dict[str, Any]] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    here, count = Path.cwd(), 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for place, cell in enumerate(cells(page)):
                form: dict[str, Any] = {"cell_type": cell.kind, "id": f"cell-{place}", "metadata": {}}
                form["source"] = cell.source.splitlines(keepends=True)
                if cell.kind == "code":
                    count += 1
                    form |= {"execution_count": count, "outputs": outputs(*run(cell.source, names), count)}
                made.append(form)
        finally:
            os.chdir(here)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": made, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


if __name__ == "__main__":
    text = json.dumps(notebook(PAGE.read_text(encoding="utf-8")), ensure_ascii=False, indent=1)
    NOTEBOOK.write_text(text + "\n", encoding="utf-8")
    print(f"{NOTEBOOK.name}: {len(text) // 1024} KB")  # noqa: T201 - what a script says
