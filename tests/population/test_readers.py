"""Files read as populations, by a mapping."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.population.land import LAND, assert_same_population, csv, mapping

from amparo.errors import PopulationError
from amparo.population import Population, read, validate

FILES = Path(__file__).parents[1] / "fixtures" / "files"
SAID = {"es": "se supone", "pt": "supõe-se", "en": "assumed"}
HEAD = '[person]\nhead = { column = "role", values = ["1"] }\n'
SEX = {"column": "sex", "values": {"m": "male", "f": "female"}}


class TestRead:
    def test_gives_the_same_people_from_every_kind_of_file(self, tmp_path: Path) -> None:
        how = mapping('[file]\ndelimiter = ";"\ndecimal = ","\n', age="age", sex=SEX, income="income", birth="birth")
        lines = "home;age;sex;income;birth\n1;30;m;10,5;1992-02-29\n1;;f;;2020-01-31\n2;70;f;0;1952-12-01"
        first = read(csv(tmp_path, lines), how, LAND)
        assert first.persons["age"][first.known["age"]].tolist() == [30, 70]
        assert first.persons["income"][first.known["income"]].tolist() == [1050, 0]
        assert first.known["income"].tolist() == [True, False, True]  # unknown is not zero
        table = pa.table({
            "home": [1, 1, 2], "age": [30, None, 70], "sex": ["m", "f", "f"], "income": [10.5, None, 0.0],
            "birth": [date(1992, 2, 29), date(2020, 1, 31), date(1952, 12, 1)],
        })  # fmt: skip
        pq.write_table(table, tmp_path / "a.parquet")
        for other in (table, tmp_path / "a.parquet", FILES / "survey.dta", FILES / "survey.sav"):
            assert_same_population(first, read(other, how, LAND))

    def test_reads_an_unsorted_file_as_a_sorted_one(self) -> None:
        table = pa.table({"home": [1, 1, 2, 3], "n": [1, 2, 1, 1], "a": [40, 5, 70, 20]})
        how = mapping('[person]\nid = ["home", "n"]\n', age="a")
        assert_same_population(read(table, how, LAND), read(table.take([2, 0, 3, 1]), how, LAND))

    def test_says_how_far_it_is(self) -> None:
        told: list[tuple[str, int, int]] = []
        table = pa.table({"home": [1], "a": [3], "r": [1.0]})
        read(table, mapping(age="a", rent="r"), LAND, report=lambda *now: told.append(now))
        assert told == [("age", 1, 2), ("rent", 2, 2)]

    def test_changes_no_column_that_the_mapping_does_not_name(self) -> None:
        p = read(pa.table({"home": [1], "a": [3], "extra": ["?"]}), mapping(age="a"), LAND)
        assert (list(p.persons), list(p.person_facts)) == (["age"], [])

    def test_needs_the_inputs_that_the_country_declares(self) -> None:
        with pytest.raises(PopulationError, match="landia has no input 'agge'. Did you mean 'age'?"):
            read(pa.table({"home": [1], "a": [3]}), mapping(agge="a"), LAND)

    def test_names_the_nearest_column(self) -> None:
        with pytest.raises(PopulationError, match="Table has no column 'edadd'. Did you mean 'edad'"):
            read(pa.table({"home": [1], "edad": [3]}), mapping(age="edadd"), LAND)

    def test_refuses_persons_of_no_household(self) -> None:
        with pytest.raises(PopulationError, match="'home' has 1 missing household identifiers, first on row 2"):
            read(pa.table({"home": [1, None], "a": [3, 4]}), mapping(age="a"), LAND)

    def test_keeps_every_row_that_validation_finds_wrong(self, tmp_path: Path) -> None:
        path = csv(tmp_path, "home,age,income\n1,-4,10\n1,300,-5\n2,30,0.005\n2,,7")
        p = read(path, mapping(age="age", income="income"), LAND)
        assert p.person_count == 4
        found = {(f.kind, f.column): f.count for f in validate(p, LAND).findings}
        assert found == {
            ("missing", "age"): 1, ("outside-range", "age"): 2, ("outside-range", "income"): 1, ("off-grid", "income"): 1,
        }  # fmt: skip


class TestInputs:
    TABLE = pa.table({
        "home": [1, 1, 2, 2, 2],
        "role": [2, 1, 2, 2, 2],
        "v": [5, 7, 1, 2, 3],
        "gap": [5, None, 1, 2, 3],
        "yes": [0, 1, 0, 0, 0],
    })  # fmt: skip

    def of(self, key: str, **steps: Any) -> list[Any]:
        p = read(self.TABLE, mapping(HEAD, **{key: steps}), LAND)
        known = p.known.get(key)
        column = p.column(key).tolist()
        return column if known is None else [v if k else None for v, k in zip(column, known, strict=True)]

    @pytest.mark.parametrize(
        ("take", "found"),
        [("head", [7, 1]), ("first", [5, 1]), ("sum", [12, 6]), ("largest", [7, 3]), ("smallest", [5, 1])],
    )
    def test_of_a_household_come_from_its_members(self, take: str, found: list[int]) -> None:
        """Without a head the first member stands for the household."""
        assert self.of("rooms", column="v", take=take) == found

    def test_of_a_household_say_whether_any_member_has_it(self) -> None:
        assert self.of("rural", column="yes", take="any") == [True, False]

    @pytest.mark.parametrize(
        ("take", "found"), [("head", [None, 1]), ("first", [5, 1]), ("sum", [None, 6]), ("largest", [None, 3])]
    )
    def test_of_a_household_are_unknown_where_a_member_that_counts_is(self, take: str, found: list[Any]) -> None:
        assert self.of("rooms", column="gap", take=take) == found

    def test_may_be_one_value_for_everybody(self) -> None:
        assert self.of("age", constant=7, assumption=SAID) == [7] * 5
        assert self.of("rent", constant=10.25, assumption=SAID) == [1025] * 2
        assert self.of("work", constant="formal", assumption=SAID) == [1] * 5
        assert self.of("pregnant", constant=False, assumption=SAID) == [False] * 5
        assert self.of("birth", constant=date(2000, 1, 1), assumption=SAID) == [744000] * 5

    def test_outside_some_rows_are_zero(self) -> None:
        inside = {"column": "role", "values": ["1"]}
        assert self.of("age", column="gap", where=inside) == [0, None, 0, 0, 0]
        assert self.of("pregnant", column="yes", where=inside) == [False, True, False, False, False]

    def test_may_say_whether_somebody_has_a_relation(self) -> None:
        text = '[relations.mother]\ncolumn = "m"\nmatch = "n"\nnobody = "0"\nelsewhere = "outside"\n'
        table = pa.table({"home": [1, 1, 1], "n": [1, 2, 3], "m": [0, 1, None]})
        p = read(table, mapping(text, pregnant={"related": "mother"}), LAND)
        assert p.persons["pregnant"].tolist()[:2] == [False, True]
        assert p.known["pregnant"].tolist() == [True, True, False]

    def test_have_no_mask_where_all_are_known(self) -> None:
        p = read(self.TABLE, mapping(age={"column": "v", "unknown": ["99"]}), LAND)
        assert p.known == {}

    def test_name_the_row_of_the_file_where_a_value_has_no_name(self) -> None:
        table = pa.table({"home": [2, 1, 1], "s": ["m", "f", "x"]})
        with pytest.raises(
            PopulationError, match="column 's' holds 'x' on row 3, which the mapping of 'sex' does not name"
        ):
            read(table, mapping(sex={"column": "s", "values": {"m": "male", "f": "female"}}), LAND)


class TestDesign:
    def test_comes_from_the_row_of_the_head(self) -> None:
        table = pa.table({
            "home": [1, 1, 2], "role": [2, 1, 1], "w": [1.5, 2.5, 3.5], "st": [1, 2, 3], "cl": ["a", "b", "a"],
        })  # fmt: skip
        text = '[household]\nid = "home"\nstratum = "st"\ncluster = "cl"\n[person]\nweight = "w"\nhead = { column = "role", values = [1] }\n'
        p = read(table, mapping(text, age={"constant": 1, "assumption": SAID}), LAND)
        assert (p.weight.tolist(), p.stratum.tolist()) == ([2.5, 3.5], [2, 3])  # type: ignore[union-attr]
        assert len(set(p.cluster.tolist())) == 2  # type: ignore[union-attr]
        assert p.person_weight.tolist() == [1.5, 2.5, 3.5]  # type: ignore[union-attr]
        assert p.person_facts["head"].tolist() == [False, True, True]
        assert p.household_facts["household_id"].tolist() == [1, 2]

    def test_without_a_weight_is_an_error_that_validation_counts(self) -> None:
        table = pa.table({"home": [1, 2], "w": [2.0, None]})
        p = read(table, mapping('[household]\nid = "home"\nweight = "w"\n'), LAND)
        assert [(f.kind, f.count, f.household) for f in validate(p, LAND).findings] == [("weight", 1, 2)]

    @pytest.mark.parametrize("column", [[0, None, 3], ["a", None, "b"], [0.0, None, 3.0]])
    @pytest.mark.parametrize("name", ["stratum", "cluster"])
    def test_without_a_stratum_is_not_of_the_stratum_zero(self, name: str, column: list[Any]) -> None:
        table = pa.table({"home": [1, 2, 3], "d": column})
        p = read(table, mapping(f'[household]\nid = "home"\n{name} = "d"\n'), LAND)
        assert len(set(getattr(p, name).tolist())) == 3
        (f,) = validate(p, LAND).findings
        assert (f.kind, f.column, f.count, f.household, f.severity) == ("design", name, 1, 2, "warning")
        assert f.sentence.startswith(f"1 household whose {name} is missing, first in household 2;")


class TestFacts:
    def test_are_numbers_or_named_codes(self) -> None:
        text = '[facts.person]\nregion = "r"\nscore = "s"\n[facts.household]\nwall = "w"\n'
        table = pa.table({"home": [1, 1, 2], "r": ["N", None, "S"], "s": [1, None, 3], "w": ["brick", "wood", "wood"]})
        p = read(table, mapping(text), LAND)
        assert p.person_facts["region"].tolist() == [0, -1, 1]
        assert p.labels == {"region": ("N", "S"), "wall": ("brick", "wood")}
        assert np.isnan(p.person_facts["score"][1])
        assert p.household_facts["wall"].tolist() == [0, 1]

    def test_hold_the_published_status(self) -> None:
        text = '[official]\ncolumn = "p"\npoor = "poor"\nextreme = ["very"]\n'
        p = read(pa.table({"home": [1, 1, 2, 2], "p": ["no", "poor", "very", None]}), mapping(text), LAND)
        assert p.person_facts["official_status"].tolist() == [0, 1, 2, -1]
        assert p.labels["official_status"] == ("not poor", "poor", "extreme")


class TestTwoFiles:
    PERSONS = pa.table({"home": [2, 1, 1], "a": [70, 40, 5], "region": [9, 9, 9], "spare": [1, 2, 3]})
    HOMES = pa.table({"home": [1, 2, 3], "r": [100.0, None, 300.0], "w": [1.0, 2.0, 3.0], "region": [1, 2, 3]})
    TEXT = '[household]\nid = "home"\nweight = "w"\n[facts.household]\nregion = "region"\n'

    def both(self, text: str = TEXT, persons: Any = PERSONS, homes: Any = HOMES, **inputs: Any) -> Population:
        return read(persons, mapping(text, **inputs), LAND, households=homes)

    def test_keep_households_without_persons(self) -> None:
        p = self.both(age="a", rent="r")
        assert p.sizes.tolist() == [2, 1, 0]
        assert p.persons["age"].tolist() == [40, 5, 70]
        assert p.households["rent"][p.known["rent"]].tolist() == [10_000, 30_000]
        assert p.known["rent"].tolist() == [True, False, True]
        assert p.weight.tolist() == [1, 2, 3]
        assert p.household_facts["region"].tolist() == [1, 2, 3]
        assert p.household_facts["household_id"].tolist() == [1, 2, 3]

    def test_may_be_files_on_disk(self, tmp_path: Path) -> None:
        persons = csv(tmp_path, "home,a\n2,70\n1,40\n1,5", "persons.csv")
        homes = csv(tmp_path, "home,r,w,region\n1,100,1,1\n2,,2,2\n3,300,3,3", "homes.csv")
        assert_same_population(self.both(age="a", rent="r"), self.both(persons=persons, homes=homes, age="a", rent="r"))

    def test_give_a_person_what_their_household_has(self) -> None:
        p = self.both(age="a", waited={"column": "r", "scale": 0.01})
        assert p.persons["waited"][p.known["waited"]].tolist() == [1, 1]
        assert p.known["waited"].tolist() == [True, True, False]

    def test_of_an_empty_household_know_nothing_of_its_members(self) -> None:
        """Not the weight, region or rooms of the next household."""
        text = '[household]\nid = "home"\nweight = "pw"\n[facts.household]\nwall = "wall"\n'
        persons = pa.table({"home": [1, 3], "pw": [5.0, 7.0], "wall": ["x", "y"], "n": [4, 6]})
        p = self.both(text, persons, pa.table({"home": [1, 2, 3, 4]}), rooms="n")
        assert p.known["rooms"].tolist() == [True, False, True, False]
        assert p.household_facts["wall"].tolist() == [0, -1, 1, -1]
        (weight,) = validate(p, LAND).errors
        assert (weight.kind, weight.count, weight.household) == ("weight", 2, 2)

    def test_refuse_orphans_and_households_that_stand_twice(self) -> None:
        with pytest.raises(
            PopulationError, match="1 persons belong to no household of the file, first row 1 of household 2"
        ):
            self.both(homes=self.HOMES.take([0, 2]), age="a")
        with pytest.raises(PopulationError, match="household 1 stands 2 times"):
            self.both(homes=self.HOMES.take([0, 0, 1]), age="a")

    def test_name_the_file_that_lacks_a_column(self, tmp_path: Path) -> None:
        persons = csv(tmp_path, "home,a\n1,40", "persons.csv")
        homes = csv(tmp_path, "home,r\n1,100", "homes.csv")
        with pytest.raises(PopulationError, match="persons.csv has no column 'w'"):
            self.both(persons=persons, homes=homes, age="a")
        with pytest.raises(PopulationError, match="homes.csv has no column 'dwelling'"):
            self.both('[household]\nid = "dwelling"\n', persons=persons, homes=homes, age="a")

    def test_keep_a_value_of_the_household_only_where_it_counts(self) -> None:
        rented = {"column": "r", "where": {"column": "region", "values": ["1"]}}
        assert self.both(rent=rented).households["rent"].tolist() == [10_000, 0, 0]
