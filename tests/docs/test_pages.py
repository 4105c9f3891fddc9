"""Every page does what it says: its code runs, its links lead somewhere."""

import re
import shutil
from pathlib import Path

import pytest
from tests.docs.pages import DOCS, ROOT, blocks, follow

from amparo.population.mapping_file import load_mapping
from amparo.simulate.assumptions.shocks import read_shock

PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = [*PAGES, *sorted(ROOT.glob("*.md"))]
FOLLOWED = [p for p in PAGES if p.stem != "json" and {"python", "console"} & {b.language for b in blocks(p)}]
GUIDES = [p for p in PAGES if p.parent.name in ("how-to", "tutorials")]
GIVEN = (
    Path(__file__).with_name("survey.csv"),
    ROOT / "tests/fixtures/outside/pyproject.toml",
)  # shown in part or whole


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", FOLLOWED, ids=named)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    for file in GIVEN:
        shutil.copy(file, tmp_path)
    follow(page, tmp_path)


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_every_block_of_a_guide_is_used(page: Path) -> None:
    for block in blocks(page):
        assert block.language in ("python", "console") or block.file, "name the file: ```toml reform.toml"


@pytest.mark.parametrize("page", TEXTS, ids=named)
def test_no_link_is_dead(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", text):
        path, _, heading = target.partition("#")
        if "://" in target:
            continue
        aim = page.parent / path if path else page
        assert aim.exists(), target
        assert not heading or heading in headings(aim), f"{target} is no heading"


def headings(page: Path) -> list[str]:
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in found]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_page_can_be_reached(page: Path) -> None:
    ways = [p.parent / t for p in TEXTS if p != page for t in re.findall(r"\]\(([^)#\s]+)", p.read_text("utf-8"))]
    assert page.resolve() in [way.resolve() for way in ways]


def test_a_shock_is_what_its_reader_accepts(tmp_path: Path) -> None:
    (shock,) = (b for b in blocks(DOCS / "how-to/simulate.md") if b.file == "shock.toml")
    (tmp_path / shock.file).write_text(shock.text, encoding="utf-8")
    assert read_shock(tmp_path / shock.file).wages == 0.97


def test_a_mapping_assumes_nothing_that_it_does_not_say(tmp_path: Path) -> None:
    (mapping,) = (b for b in blocks(DOCS / "how-to/map-a-survey.md") if b.language == "toml")
    (tmp_path / mapping.file).write_text(mapping.text, encoding="utf-8")
    read = load_mapping(tmp_path / mapping.file)
    silent = [k for k, source in read.inputs.items() if not source.assumptions]
    assert silent == ["age", "sex"]
