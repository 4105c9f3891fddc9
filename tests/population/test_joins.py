"""The table of persons that a mapping reads: waves, joined tables, households left out, lines by place."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.population.land import country

from amparo.errors import PopulationError
from amparo.population import Mapping, Population, read, read_mapping, stream

LAND = country()
BASE = """
[household]
id = "home"
weight = "w"
[inputs.age]
column = "age"
"""
PEOPLE = {"home": ["a", "a", "b"], "n": ["01", "02", "01"], "age": [40, 8, 70], "w": [10, 10, 30], "place": [1, 1, 2]}


def mapping(text: str) -> Mapping:
    return read_mapping(tomllib.loads(text), "a.toml")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str, columns: dict[str, Any]) -> Path:
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
        return tmp_path / f"{name}.parquet"

    return written


def refusal(source: Any, text: str) -> str:
    with pytest.raises(PopulationError) as caught:
        read(source, mapping(text), LAND)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestWaves:
    WAVES = '[file]\nwaves = true\npersons = "people*"\n' + BASE

    def test_together_stand_for_the_population_once(self, write: Callable[..., Path]) -> None:
        first = write("one", PEOPLE)
        second = write("two", {**PEOPLE, "home": ["c", "c", "d"]})
        found = read(f"{first},{second}", mapping(self.WAVES), LAND)
        assert found.weight.tolist() == [5, 15, 5, 15]
        assert found.person_count == 6

    def test_are_refused_where_the_mapping_says_nothing_of_them(self, write: Callable[..., Path]) -> None:
        paths = f"{write('one', PEOPLE)},{write('two', PEOPLE)}"
        assert "2 files are given, but" in refusal(paths, BASE)

    def test_one_of_them_is_read_alone_with_its_own_weights(self, write: Callable[..., Path]) -> None:
        assert read(write("one", PEOPLE), mapping(self.WAVES), LAND).weight.tolist() == [10, 30]

    def test_a_folder_holds_one_file_of_persons(self, write: Callable[..., Path]) -> None:
        folder = write("people", PEOPLE).parent
        assert read(folder, mapping(self.WAVES), LAND).household_count == 2
        write("people2", PEOPLE)
        assert "holds 2 files like 'people*' (people.parquet, people2.parquet)" in refusal(folder, self.WAVES)
        assert "is a folder; name the file of persons" in refusal(folder, BASE)


class TestLeftOut:
    LEFT = BASE.replace("[inputs", 'left_out = { column = "w", values = ["0"] }\n[inputs', 1)

    def test_households_without_weight_are_not_there(self) -> None:
        found = read(pa.table({**PEOPLE, "w": [0, 0, 30]}), mapping(self.LEFT), LAND)
        assert (found.person_count, found.weight.tolist()) == (1, [30])

    def test_somebody_stays(self) -> None:
        assert "leaves every row out" in refusal(pa.table({**PEOPLE, "w": [0, 0, 0]}), self.LEFT)

    def test_a_stream_does_not_leave_out(self, write: Callable[..., Path]) -> None:
        with pytest.raises(PopulationError, match="joins tables or leaves rows out"):
            next(stream(write("people", PEOPLE), mapping(self.LEFT), LAND))


class TestJoin:
    MADE = BASE + (
        '[[join]]\ntable = "*incomes*"\non = ["home", "n"]\n'
        'made.pay = { column = "amount", where = { column = "code", values = ["P1", "P2"] } }\n'
        'made.works = { column = "amount", take = "any" }\n'
        '[inputs.income]\ncolumn = "pay"\n[inputs.pregnant]\ncolumn = "works"\n'
    )
    INCOMES: ClassVar = {"home": ["b", "a", "a", "a"], "n": ["01", "01", "01", "02"], "code": ["P1", "P1", "P2", "X"]}

    def test_adds_up_the_rows_of_a_person(self, write: Callable[..., Path]) -> None:
        write("incomes", {**self.INCOMES, "amount": [7.0, 1.0, 2.0, None]})
        found = read(write("people", PEOPLE), mapping(self.MADE), LAND)
        assert found.persons["income"].tolist() == [300, 0, 700]
        assert found.persons["pregnant"].tolist() == [True, False, True]

    ROWS = BASE + '[[join]]\non = ["place"]\ncolumns = ["rural_"]\nrows = [[1, true], [2, false]]\n'
    RURAL = ROWS + '[inputs.rural]\ncolumn = "rural_"\n'

    def test_rows_of_the_mapping_reach_every_person(self) -> None:
        found = read(pa.table(PEOPLE), mapping(self.RURAL), LAND)
        assert found.households["rural"].tolist() == [True, False]

    def test_an_empty_text_is_a_key_like_others(self) -> None:
        text = self.RURAL.replace("[[1, true], [2, false]]", '[["", true], ["x", false]]')
        found = read(pa.table({**PEOPLE, "place": [None, None, "x"]}), mapping(text), LAND)
        assert found.households["rural"].tolist() == [True, False]

    def test_keys_of_several_columns_are_not_confused(self) -> None:
        text = self.RURAL.replace('["place"]', '["place", "age"]').replace(
            "[[1, true], [2, false]]", "[[1, 40, true], [1, 8, false], [2, 70, false]]"
        )
        found = read(pa.table(PEOPLE), mapping(text), LAND)
        assert found.households["rural"].tolist() == [True, False]

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (("[2, false]", "[3, false]"), "no row for place 2, which 1 persons have"),
            (("[2, false]", "[2, false], [2, true]"), "1 rows whose place stands twice"),
            (('[1, true], [2, false]', '["1", true], ["2", false]'), "'place' is text in one table and a number"),
        ],
    )  # fmt: skip
    def test_refuses_keys_that_do_not_meet(self, change: tuple[str, str], sentence: str) -> None:
        assert sentence in refusal(pa.table(PEOPLE), self.RURAL.replace(*change))

    def test_needs_the_file_beside_the_persons(self, write: Callable[..., Path]) -> None:
        assert "holds 0 files like '*incomes*' (none)" in refusal(write("people", PEOPLE), self.MADE)
        assert "give the path of the persons' file" in refusal(pa.table(PEOPLE), self.MADE)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ('[[join]]\non = "place"\ncolumns = "x"', "one of table and rows"),
            ('[[join]]\non = "place"\ntable = "*"', "needs on, columns or made"),
            ('[[join]]\non = "place"\ncolumns = "x"\nrows = [[1]]', "a row holds place, x; [1] does not"),
            ('[[join]]\non = "place"\ntable = "*"\nmade.x = { column = "y", take = "mean" }', "takes its sum or any"),
            ('[[join]]\non = "place"\ntable = "*"\nmade.x = { colum = "y" }', "has no key 'colum'"),
        ],
    )
    def test_is_refused_when_it_cannot_be_meant(self, text: str, sentence: str) -> None:
        with pytest.raises(PopulationError, match=sentence.replace("[", r"\[").replace("*", r"\*")):
            mapping(BASE + text)


class TestColumnsAdded:
    def test_a_missing_one_is_nothing_unless_all_are_and_an_unknown_one_all(self) -> None:
        text = BASE + '[inputs.income]\ncolumn = ["x", "y"]\nunknown = ["-9"]\n'
        table = pa.table({**PEOPLE, "x": [1.0, None, -9.0], "y": [2.0, None, 5.0]})
        found = read(table, mapping(text), LAND)
        assert found.known["income"].tolist() == [True, False, False]
        assert found.persons["income"][0] == 300


class TestLinesByHousehold:
    POOR = BASE + (
        '[poverty]\nname = "m"\nincome = "y"\nequivalents = "need"\nline = { column = "z" }\nextreme = { column = "food" }\n'
    )

    def poor(self) -> tuple[Population, Mapping]:
        table = pa.table(
            {**PEOPLE, "y": [15.0, 15.0, 9.0], "need": [1.0, 0.5, 1.0], "z": [10.0, 10.0, 9.0], "food": [9, 9, 2]}
        )
        return read(table, mapping(self.POOR), LAND), mapping(self.POOR)

    def test_who_has_exactly_the_line_of_their_place_is_not_poor(self) -> None:
        population, found = self.poor()
        assert found.poverty is not None
        assert found.poverty.poor(population).tolist() == [False, False, False]
        assert found.poverty.poor(population, change=np.array([-0.01, -0.01])).tolist() == [True, True, True]
        assert found.poverty.extremely_poor(population, change=np.array([-2.0, -2.0])).tolist() == [True, True, False]

    def test_a_line_is_a_number_or_a_column(self) -> None:
        with pytest.raises(PopulationError, match="line is 'ten'; write a number"):
            mapping(BASE + "[poverty]\nname = 'm'\nline = 'ten'\nincome = 'y'")
