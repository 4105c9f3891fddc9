"""`python -m scripts.measures_reference`: write docs/reference/measures.md from the docstrings of `amparo.measures`.

A measure's docstring ends in labelled paragraphs, each begun on a line of its own and continued further in:

    Formula: Σ w·y / Σ w
    Unit: that of the values.
    Variance: influence.
    Source: Wolter (2007), Introduction to Variance Estimation, section 6.
    Checked against: survey::svymean on eusilc (tests/measures/test_references.py).

What has a formula is in the first table, every other public name in the second.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from amparo import measures

PAGE = Path(__file__).parents[1] / "docs/reference/measures.md"
LABELS = ("Formula", "Unit", "Variance", "Source", "Checked against")
INTRODUCTION = """\
# Measures

For the statistician. Functions on arrays, in `amparo.measures`; each takes a `SurveyDesign` and gives an `Estimate`:
value, standard error, interval, degrees of freedom, rows, clusters, strata, and the rows left out. This page is written
by `python -m scripts.measures_reference` from their docstrings.

Weights w, incomes y, line z, mean μ; N = Σ w and Y = Σ w·y; [condition] is 1 where it holds and 0 elsewhere. Variance
is Taylor linearisation with ultimate clusters within strata; a stratum of one cluster is compared with the mean of all
clusters, unless the design says otherwise. *Influence* is what each person adds to the measure; its total over clusters
is what varies. `measure.by(group, …)` gives one estimate a group, `change(measure, before, after, …)` the difference on
the same sample. Where replicates are wanted, or all that a survey publishes, a `ReplicateDesign` stands in the place of
the `SurveyDesign`: `gini(income, bootstrap(design, 300, seed=1))`. `measure.value(…, Weights(weight))` gives the value
alone. Columns are numpy arrays, Arrow columns (chunked too), pandas or Polars series, or lists, in any order of rows.
"""


def parts(documented: str) -> dict[str, str]:
    r"""Return the first sentence ("gives") of a docstring and its labelled paragraphs, by label.

    >>> parts("Return the mean of it.\n\nFormula: Σ w·y\n    / Σ w\nUnit: none.\n\n>>> 1")
    {'gives': 'The mean of it.', 'Formula': 'Σ w·y / Σ w', 'Unit': 'none.'}
    """
    text = inspect.cleandoc(documented)
    gives = re.split(r"(?<=\.)\s", " ".join(text.split("\n\n")[0].split()), maxsplit=1)[0]
    gives = gives.removeprefix("Return").lstrip(", ")
    found = {"gives": gives[:1].upper() + gives[1:]}
    for label in LABELS:
        if match := re.search(rf"^{label}: (.*(?:\n +\S.*)*)", text, re.MULTILINE):
            found[label] = " ".join(match[1].split())
    return found


def documented() -> dict[str, dict[str, str]]:
    """Return what the docstring of every public name of `amparo.measures` says; constants have theirs below them."""
    constants = _constants()
    found = {}
    for name in measures.__all__:
        each = getattr(measures, name)
        found[name] = parts((each.__doc__ or "") if callable(each) else constants.get(name, ""))
    return found


def _constants() -> dict[str, str]:
    """Return the string that stands below each assignment of a module of measures."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(measures.__path__, f"{measures.__name__}."):
        source = Path(str(importlib.import_module(module.name).__file__)).read_text(encoding="utf-8")
        body = ast.parse(source).body
        for here, below in pairwise(body):
            if isinstance(here, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                found |= {each.id: str(below.value.value) for each in here.targets if isinstance(each, ast.Name)}
    return found


def page() -> str:
    """Return the page."""
    said = documented()
    measured = {name: each for name, each in said.items() if "Formula" in each}
    others = {name: each for name, each in said.items() if name not in measured}
    heads = ("measure", "what it gives", *(label.lower() for label in LABELS))
    first = _table(heads, ([f"`{n}`", e["gives"], *(e.get(x, "") for x in LABELS)] for n, e in measured.items()))
    second = _table(
        ("name", "what it is", "source"), ([f"`{n}`", e["gives"], e.get("Source", "")] for n, e in others.items())
    )
    return f"{INTRODUCTION}\n{first}\n\n## What they take and give\n\n{second}\n"


def _table(heads: Iterable[str], rows: Iterable[list[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *sorted(rows, key=lambda row: row[0].lower())]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name} has {len(measures.__all__)} names")  # noqa: T201 - what a script says
