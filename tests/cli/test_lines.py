"""budget-line and register on the command line."""

import csv
import json
from pathlib import Path

import pytest
from tests.register.html import read
from typer.testing import CliRunner

from amparo.cli import app

run = CliRunner().invoke
LINE = ("budget-line", "argentina", "--family", "lone_mother_two_children")


class TestBudgetLine:
    def test_prints_stretches_and_cliffs_with_their_provision(self) -> None:
        done = run(app, [*LINE, "--lang", "en"])
        assert done.exit_code == 0, done.exception
        text = " ".join(done.stdout.split())
        assert "On reaching $ 322,200.01 the family loses $ 234,503.99 a month." in text.replace(
            "\N{NO-BREAK SPACE}", " "
        )
        assert "Ley 24.714" in text
        assert "no contributions or taxes are encoded" in text

    def test_lists_the_families_that_the_country_ships(self) -> None:
        done = run(app, ["budget-line", "argentina", "--json"])
        assert [f["family"] for f in json.loads(done.stdout)] == [
            "child_with_a_disability",
            "couple_two_children_informal",
            "five_children",
            "lone_mother_two_children",
            "pregnant_lone_mother",
        ]

    def test_writes_page_and_csv_beside_json(self, tmp_path: Path) -> None:
        files = ["--html", str(tmp_path / "line.html"), "--csv", str(tmp_path / "line.csv")]
        done = run(app, [*LINE, *files, "--json"])
        assert done.exit_code == 0, done.exception
        found = json.loads(done.stdout)
        with (tmp_path / "line.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [r["income_at_last"] for r in rows] == [p["income_at_last"] for p in found["pieces"]]
        assert rows[0]["auh_paid_at_first"] == found["pieces"][0]["amounts_at_first"]["auh_paid"]
        assert set(read((tmp_path / "line.html").read_text(encoding="utf-8")).text) == {"es", "pt", "en"}

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("argentina", "--family", "lone_mother"), "Did you mean 'pregnant_lone_mother'"),
            (("argentina", "--family", "mine.json"), "cannot read mine.json"),
            (("mexico",), "mexico ships no families"),
            (("mexico", "--atlas", "x.html"), "mexico ships no families to draw"),
            (("argentina", "--family", "five_children", "--highest", "much"), "write an amount"),
            (("argentina", "--family", "five_children", "--atlas", "x.html"), "takes no option of one family"),
            (("argentine",), "Did you mean 'argentina'"),
        ],
    )
    def test_answers_bad_input_with_a_sentence(
        self, arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        done = run(app, ["budget-line", *arguments])
        assert done.exit_code == 1
        assert said in str(done.exception)
        assert list(tmp_path.iterdir()) == []


class TestRegister:
    def test_writes_pages_that_lead_to_each_other(self, tmp_path: Path) -> None:
        done = run(app, ["register", str(tmp_path / "pages"), "argentina", "mexico", "--lang", "pt"])
        assert done.exit_code == 0, done.exception
        files = {str(f.relative_to(tmp_path / "pages")) for f in (tmp_path / "pages").rglob("*.html")}
        assert files == {
            "index.html",
            "argentina/index.html",
            "argentina/auh.html",
            "argentina/atlas.html",
            "mexico/index.html",
        }
        pages = {f: read((tmp_path / "pages" / f).read_text(encoding="utf-8")) for f in files}
        for file, page in pages.items():
            for link in page.links:
                path, _, place = link.partition("#")
                if "://" in link:
                    continue
                aim = (tmp_path / "pages" / file).parent / path if path else tmp_path / "pages" / file
                name = str(aim.resolve().relative_to((tmp_path / "pages").resolve()))
                assert not place or place in pages[name].ids, (file, link)

    def test_refuses_a_file_as_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "pages").write_text("mine", encoding="utf-8")
        done = run(app, ["register", str(tmp_path / "pages")])
        assert done.exit_code == 1
        assert "is a file; name a folder" in str(done.exception)
