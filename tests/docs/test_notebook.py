"""The notebook is its page: the same cells, and run in order they give what it keeps."""

import json
import re

import pytest
from scripts.tutorial_notebook import NOTEBOOK, PAGE, cells, notebook

KEPT = json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def texts(form):
    """Return what each cell prints or gives, without its drawings."""
    return [
        "".join(output.get("text") or output["data"]["text/plain"])
        for cell in form["cells"]
        for output in cell.get("outputs", ())
    ]


def figures(text):
    return [float(each.replace(",", "")) for each in re.findall(r"-?\d[\d,]*\.?\d*(?:e-?\d+)?", text)]


def test_its_cells_are_those_of_the_page():
    sources = [(cell["cell_type"], "".join(cell["source"])) for cell in KEPT["cells"]]
    expected = [(cell.kind, cell.source) for cell in cells(PAGE.read_text(encoding="utf-8"))]
    assert sources == expected, "run `python -m scripts.tutorial_notebook`"


def test_its_cells_give_what_it_keeps():
    for now, kept in zip(texts(notebook(PAGE.read_text(encoding="utf-8"))), texts(KEPT), strict=True):
        assert re.sub(r"[\d.,e-]+", "#", now) == re.sub(r"[\d.,e-]+", "#", kept)
        assert figures(now) == pytest.approx(figures(kept))


def test_it_has_the_form_of_a_notebook():
    assert (KEPT["nbformat"], KEPT["nbformat_minor"]) == (4, 5)
    assert {"kernelspec", "language_info"} <= KEPT["metadata"].keys()
    ids = [cell["id"] for cell in KEPT["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in KEPT["cells"]:
        wanted = {"cell_type", "id", "metadata", "source"}
        assert cell.keys() == wanted | ({"execution_count", "outputs"} if cell["cell_type"] == "code" else set())


def test_it_keeps_one_drawing_and_stays_small():
    drawings = [o for c in KEPT["cells"] for o in c.get("outputs", ()) if "image/svg+xml" in o.get("data", {})]
    assert len(drawings) == 1
    assert NOTEBOOK.stat().st_size < 50_000
