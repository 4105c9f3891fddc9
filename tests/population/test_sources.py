"""Files and tables of any kind, sound and malformed."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from amparo.errors import PopulationError
from amparo.population.sources import open_table

FILES = Path(__file__).parents[1] / "fixtures" / "files"  # written with pandas 3.1 and pyreadstat 1.3
COLUMNS = {"home": [1, 1, 2], "age": [30, None, 70], "sex": ["m", "f", "f"]}
WANTED = ["sex", "home", "age"]


class Exporting:
    """What Polars, pandas and DuckDB give: an object of the Arrow interface that is no pyarrow table."""

    def __init__(self, **columns: Any) -> None:
        self.table = pa.table(columns)

    def __arrow_c_stream__(self, schema: object = None) -> object:
        return self.table.__arrow_c_stream__(schema)


class ExportingOnce:
    """An object that gives one array of records."""

    def __arrow_c_array__(self, schema: object = None) -> object:
        return pa.record_batch(COLUMNS).__arrow_c_array__(schema)


def written(folder: Path, name: str) -> Path:
    """The three columns and one that nobody wants, in the format of the file's name."""
    path, table = folder / name, pa.table({**COLUMNS, "spare": [1, 2, 3]})
    kind = path.suffix.lower()
    if kind == ".csv":
        path.write_text("home,age,sex,spare\n1,30,m,1\n1,,f,2\n2,70,f,3\n")
    elif kind == ".parquet":
        pq.write_table(table, path)
    elif kind == ".feather":
        feather.write_feather(table, path)
    elif kind == ".ipc":
        with pa.ipc.new_stream(path, table.schema) as stream:
            stream.write_table(table)
    elif kind == ".arrow":
        with pa.ipc.new_file(path, table.schema) as file:
            file.write_table(table)
    else:
        path.write_bytes((FILES / f"survey{kind}").read_bytes())
    return path


ALL = ["a.csv", "A.CSV", "a.parquet", "a.arrow", "a.ipc", "a.feather", "a.dta", "a.sav"]


class TestOpenTable:
    @pytest.mark.parametrize("name", ALL)
    def test_gives_every_row_of_the_wanted_columns(self, tmp_path: Path, name: str) -> None:
        table = open_table(written(tmp_path, name), WANTED)
        assert table.column_names == WANTED
        assert {k: table.column(k).to_pylist() for k in WANTED} == COLUMNS

    @pytest.mark.parametrize("name", ALL)
    def test_names_the_column_nearest_to_an_absent_one(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(PopulationError) as caught:
            open_table(written(tmp_path, name), ["home", "agge"])
        assert str(caught.value) == f"{name} has no column 'agge'. Did you mean 'age'? Correct the name."

    @pytest.mark.parametrize("name", [*ALL, "a.feather"])
    def test_says_that_a_file_is_not_what_its_name_says(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(b"\x00\xff\xfeno survey at all\x80" * 3)
        with pytest.raises(PopulationError) as caught:
            open_table(path, ["home"])
        said = str(caught.value)
        assert said.startswith(f"{name} is no readable {path.suffix[1:].upper()} file: ") or "no column 'home'" in said
        assert "\n" not in said

    @pytest.mark.parametrize("name", ALL)
    def test_says_that_a_file_is_empty_or_cut(self, tmp_path: Path, name: str) -> None:
        path = written(tmp_path, name)
        whole = path.read_bytes()
        for content in (b"", whole[: len(whole) // 2]):
            path.write_bytes(content)
            if content and path.suffix.lower() in (".csv", ".ipc"):
                continue  # half a text, or half a stream, may be whole rows
            with pytest.raises(PopulationError, match=f"{name} is no readable .* Check its source"):
                open_table(path, WANTED)

    @pytest.mark.parametrize("name", ["a.parquet", "a.dta", "a.csv"])
    def test_says_that_there_is_no_file(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(PopulationError, match=f"there is no file .*{name}; check the path"):
            open_table(tmp_path / name, ["home"])

    def test_names_the_nearest_type_of_file_it_reads(self, tmp_path: Path) -> None:
        with pytest.raises(
            PopulationError, match="survey.xlsx: files of type '.xlsx' are not read. Known: .arrow, .csv"
        ):
            open_table(tmp_path / "survey.xlsx", ["home"])
        with pytest.raises(PopulationError, match="'.parq' are not read. Did you mean '.parquet'?"):
            open_table(str(tmp_path / "survey.parq"), ["home"])

    @pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.arrow"])
    def test_refuses_a_file_without_rows(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        table = pa.table(COLUMNS).slice(0, 0)
        if name == "a.csv":
            path.write_text("home,age,sex\n")
        elif name == "a.parquet":
            pq.write_table(table, path)
        else:
            with pa.ipc.new_file(path, table.schema) as file:
                file.write_table(table)
        with pytest.raises(PopulationError, match=f"{name} has no rows; check that the file is complete"):
            open_table(path, WANTED)

    @pytest.mark.parametrize("name", ["a.csv", "a.arrow"])
    def test_refuses_a_column_that_stands_twice(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        twice = pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], names=["home", "age", "age"])
        if name == "a.csv":
            path.write_text("home,age,age\n1,2,3\n")
        else:
            with pa.ipc.new_file(path, twice.schema) as file:
                file.write_table(twice)
        with pytest.raises(PopulationError, match=f"{name} has 2 columns 'age'; rename all but one"):
            open_table(path, ["home", "age"])
        assert open_table(path, ["home"]).num_rows == 1


class TestCsv:
    def test_reads_semicolons_decimal_commas_and_latin_letters(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes("home;ingreso;comuna\n1;1500,75;Ñuñoa\n2;-3,5;Peñalolén\n".encode("latin1"))
        how = {"delimiter": ";", "decimal": ",", "encoding": "latin1"}
        table = open_table(path, ["ingreso", "comuna"], how)
        assert table.to_pydict() == {"ingreso": [1500.75, -3.5], "comuna": ["Ñuñoa", "Peñalolén"]}

    def test_says_that_letters_are_in_another_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes("home,comuna\n1,Ñuñoa\n".encode("latin1"))
        with pytest.raises(PopulationError, match="a.csv: the letters of column 'comuna' are not in utf8; .*latin1"):
            open_table(path, ["home", "comuna"])

    def test_reads_what_a_spreadsheet_saves_with_its_mark_in_front(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(b"\xef\xbb\xbfhome,age\r\n1,30\r\n")
        assert open_table(path, ["home"]).to_pydict() == {"home": [1]}

    @pytest.mark.parametrize("empty", ["", "NA", "NaN", "nan", "."])
    def test_reads_what_is_missing_as_missing(self, tmp_path: Path, empty: str) -> None:
        path = tmp_path / "a.csv"
        path.write_text(f"home,age,sex\n1,30,f\n1,{empty},{empty}\n")
        assert open_table(path, ["age", "sex"]).to_pydict() == {"age": [30, None], "sex": ["f", None]}

    def test_says_where_a_row_has_another_number_of_fields(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("home,age\n1,30\n1,30,40\n")
        with pytest.raises(PopulationError, match="a.csv is no readable CSV file: .*Expected 2 columns, got 3"):
            open_table(path, ["home"])

    def test_says_that_an_encoding_does_not_exist(self, tmp_path: Path) -> None:
        with pytest.raises(PopulationError, match="latin99"):
            open_table(written(tmp_path, "a.csv"), ["home"], {"encoding": "latin99"})

    @pytest.mark.parametrize("how", [{"delimiter": ";;"}, {"decimal": ""}, {"delimiter": 5}])
    def test_says_that_a_mark_is_not_one_sign(self, tmp_path: Path, how: dict[str, Any]) -> None:
        with pytest.raises(PopulationError, match="a.csv"):
            open_table(written(tmp_path, "a.csv"), ["home"], how)


class TestStatisticalFiles:
    @pytest.mark.parametrize("name", ["survey.dta", "survey.sav"])
    def test_give_codes_days_and_whole_numbers(self, name: str) -> None:
        table = open_table(FILES / name, ["birth", "income", "spare"])
        assert table.to_pydict() == {
            "birth": [date(1992, 2, 29), date(2020, 1, 31), date(1952, 12, 1)],
            "income": [10.5, None, 0.0],
            "spare": [1, 2, 3],
        }
        assert table.schema.field("spare").type == pa.int64()


class TestObjects:
    def test_are_tables_of_the_arrow_interface(self) -> None:
        for source in (pa.table(COLUMNS), pa.record_batch(COLUMNS), Exporting(**COLUMNS), ExportingOnce()):
            assert open_table(source, WANTED).select(list(COLUMNS)).to_pydict() == COLUMNS

    def test_are_read_whatever_texts_they_hold(self) -> None:
        """Polars gives string_view, and categories counted by unsigned integers."""
        texts = pa.array(["x", None, "y"], pa.string_view())
        named = pa.DictionaryArray.from_arrays(
            pa.array([0, None, 1], pa.uint32()), pa.array(["x", "y"], pa.string_view())
        )
        for array in (texts, named):
            column = open_table(Exporting(a=array), ["a"]).column("a")
            assert column.to_pylist() == ["x", None, "y"]
            assert "view" not in str(column.type)

    def test_of_polars_and_pandas_are_read_where_they_are_installed(self) -> None:
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame({"home": ["a", "b"], "sex": polars.Series(["f", None], dtype=polars.Categorical)})
        assert open_table(frame, ["home", "sex"]).to_pydict() == {"home": ["a", "b"], "sex": ["f", None]}

    def test_without_the_arrow_interface_are_refused(self) -> None:
        with pytest.raises(PopulationError, match="cannot read a population from dict: give a path, or a table"):
            open_table({"home": [1]}, ["home"])

    def test_that_are_one_column_are_refused(self) -> None:
        with pytest.raises(PopulationError, match="cannot read a population from ChunkedArray"):
            open_table(pa.chunked_array([[1, 2]]), ["home"])

    def test_without_a_column_name_the_nearest(self) -> None:
        with pytest.raises(PopulationError, match="Exporting has no column 'hom'. Did you mean 'home'?"):
            open_table(Exporting(**COLUMNS), ["hom"])

    def test_without_rows_are_refused(self) -> None:
        with pytest.raises(PopulationError, match="Exporting has no rows"):
            open_table(Exporting(home=pa.array([], pa.int64())), ["home"])
