"""Mappings: data in TOML, every key of which is known."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.population.land import LAND, mapping

from amparo.errors import PopulationError
from amparo.population import load_mapping, read_mapping

SAID = {"es": "se supone", "pt": "supõe-se", "en": "assumed"}
WHOLE = """
name = "a survey"
source = "an office"
income_month = "2022-11"
[household]
id = ["dwelling", "home"]
stratum = "st"
cluster = "cl"
weight = "hw"
[person]
id = "order"
weight = "pw"
head = { column = "role", values = ["1"] }
[file]
delimiter = ";"
decimal = ","
[inputs.age]
column = "years"
unknown = 99
[inputs.sex]
column = "s"
values = { 1 = "male", 2 = "female" }
where = { column = "asked", values = [1] }
[relations.mother]
column = "mother_order"
match = "order"
nobody = 0
elsewhere = "outside"
[relations.partner]
kin = "partner"
[[kin]]
column = "role"
head = 1
partner = 2
within = ["family"]
partner_where = { column = "type", values = ["couple"] }
[facts.person]
region = "reg"
[facts.household]
wall = "wall_material"
[poverty]
name = "official"
line = 100
extreme = 50
income = "ypc"
size = "n"
[official]
column = "poor"
poor = "p"
extreme = "e"
[not_available.income]
es = "no"
pt = "não"
en = "no"
"""


def read(text: str) -> Any:
    import tomllib

    return read_mapping(tomllib.loads(text), "a.toml")


def refused(text: str) -> str:
    with pytest.raises(PopulationError) as caught:
        read('[household]\nid = "home"\n' + text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestLoadMapping:
    def test_reads_every_table(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_text(WHOLE, encoding="utf-8")
        found = load_mapping(path)
        assert load_mapping(str(path)) == found
        assert (found.name, found.source, found.income_month) == ("a survey", "an office", date(2022, 11, 1))
        assert (found.household_id, found.person_id) == (("dwelling", "home"), ("order",))
        assert found.inputs["age"].unknown == ("99",)
        assert found.inputs["sex"].values == {"1": "male", "2": "female"}
        assert (found.kin[0].head, found.kin[0].partner) == (("1",), ("2",))
        assert found.official is not None
        assert found.official.poor == ("p",)
        found.check(LAND)

    def test_asks_a_file_for_every_column_that_it_reads_once(self) -> None:
        assert sorted(read(WHOLE).columns) == sorted(
            ["dwelling", "home", "order", "hw", "pw", "st", "cl", "role", "years", "s", "asked", "mother_order",
             "family", "type", "reg", "wall_material", "ypc", "n", "poor"]
        )  # fmt: skip

    def test_says_that_there_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(PopulationError, match="the mapping .*none.toml cannot be read"):
            load_mapping(tmp_path / "none.toml")

    @pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"])
    def test_says_that_a_file_is_no_toml(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(content)
        with pytest.raises(PopulationError, match="a.toml is no TOML: "):
            load_mapping(path)


class TestReadMapping:
    def test_needs_the_column_that_names_a_household(self) -> None:
        with pytest.raises(PopulationError, match=r"a.toml: \[household\] needs id = "):
            read('name = "x"')

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[input.age]\ncolumn = "a"', "a.toml has no key 'input'. Did you mean 'inputs'?"),
            ('weigth = "w"', "a.toml, household has no key 'weigth'. Did you mean 'weight'?"),
            ('[person]\nwheight = "w"', "a.toml, person has no key 'wheight'. Did you mean 'weight'?"),
            ('[inputs.age]\ncolumn = "a"\nvalus = {}', "inputs, age has no key 'valus'. Did you mean 'values'?"),
            ('[inputs.age]\ncolumn = "a"\nasumption = {}', "has no key 'asumption'. Did you mean 'assumption'?"),
            ('[inputs.age]\ncolum = "a"', "a.toml, inputs, age has no key 'colum'. Did you mean 'column'?"),
            ('[relations.mother]\nmach = "a"', "a.toml, relations, mother has no key 'mach'. Did you mean 'match'?"),
            ('[[kin]]\nhed = "1"', "a.toml, kin has no key 'hed'. Did you mean 'head'?"),
            ('[facts.persons]\na = "b"', "a.toml, facts has no key 'persons'. Did you mean 'person'?"),
            ("[poverty]\nlin = 1", "a.toml, poverty has no key 'lin'. Did you mean 'line'?"),
            ("[official]\npor = 1", "a.toml, official has no key 'por'. Did you mean 'poor'?"),
            ("[file]\ndelimeter = 1", "a.toml, file has no key 'delimeter'. Did you mean 'delimiter'?"),
            ('[inputs.age]\ncolumn = "a"\nmissing = { asume = 1 }', "missing has no key 'asume'. Did you mean 'assume'?"),
            ('[inputs.age]\ncolumn = "a"\ntake = "frist"', "a.toml, inputs, age: take is 'frist'. Did you mean 'first'?"),
            ('[inputs.age]\ncolumn = "a"\nrounding = "halfup"', "rounding is 'halfup'. Did you mean 'half_up'?"),
        ],
    )  # fmt: skip
    def test_refuses_a_misspelt_key_and_names_the_nearest(self, text: str, said: str) -> None:
        assert refused(text).endswith(said)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[inputs.age]\nscale = 2', "a.toml, inputs, age needs one of column, constant and related."),
            ('[inputs.age]\ncolumn = "a"\nconstant = 1', "needs one of column, constant and related."),
            ("[inputs.age]\nconstant = 1", "a.toml, inputs, age: a constant is an assumption; say it as assumption"),
            ("[inputs.age]\nconstant = 1\nassumption = { es = 'x' }", "assumption has no text in pt, en; write it."),
            ('[inputs.age]\ncolumn = "a"\nmissing = { assume = 0 }', "a value assumed is an assumption; say it"),
            ('[inputs.age]\ncolumn = "a"\nlimits = [1]\nfigures = [1]', "1 limits need 2 figures, not 1."),
            ('[inputs.age]\ncolumn = "a"\nlimits = [2, 1]\nfigures = [1, 2, 3]', "limits must rise: 2, 1"),
            ('[inputs.age]\ncolumn = "a"\nbetween = [1]', "between needs two numbers that rise, as in [6, 17]"),
            ('[inputs.age]\ncolumn = "a"\nbetween = [9, 6]', "between needs two numbers that rise, as in [6, 17]"),
            ('[inputs.age]\ncolumn = "a"\nbetween = 5', "between is 5; write numbers in brackets"),
            ('[inputs.age]\ncolumn = "a"\nscale = "two"', "scale is 'two'; write a number"),
            ('[inputs.age]\ncolumn = "a"\nadd = [1]', "add is [1]; write a number"),
            ('[inputs.age]\ncolumn = "a"\nat_least = "0"', "at_least is '0'; write a number"),
            ('[inputs.age]\ncolumn = "a"\nlimits = ["x"]\nfigures = [1, 2]', "limits is ['x']; write numbers in brackets"),
            ('[inputs.age]\ncolumn = "a"\nvalues = ["x"]', "values must be a table of named values, not ['x']"),
            ('[inputs.age]\ncolumn = "a"\nwhere = { values = ["x"] }', "where needs a column and values"),
            ('[person]\nhead = { column = "x" }', "a.toml, person, head needs a column and values"),
            ("[poverty]\nline = 0\nincome = 'y'", "a.toml, poverty needs a line"),
            ("[poverty]\nline = 10", "a.toml, poverty needs a line"),
            ("[poverty]\nline = 10\nexponent = 'ten'\nincome = 'y'", "exponent is 'ten'; write a number"),
            ("[official]\npoor = 'p'", "a.toml, official needs a column"),
            ("[relations.mother]\nkin = 'aunt'", 'needs kin = "mother", "father"'),
            ("[relations.mother]\nkin = 'mother'\ncolumn = 'c'", "a.toml, relations, mother"),
            ("[relations.mother]\ncolumn = 'c'", 'c points at which column? Write match = "…".'),
            ("[relations.mother]\ncolumn = 'c'\nmatch = 'm'\nelsewhere = 'nobody'", "elsewhere is 'outside' or 'unknown', not 'nobody'."),
            ("[relations.mother]\nkin = 'mother'", "relations, mother follows from kinship, but there is no [[kin]] table"),
            ("[relations.mother]\nkin = 'mother'\n[[kin]]\nhead = 1", "a.toml, kin needs a column and who is head"),
            ("[relations.mother]\nkin = 'mother'\n[[kin]]\ncolumn = 'r'", "a.toml, kin needs a column and who is head"),
            ("[kin]\ncolumn = 'r'", "a.toml, kin must be a table of named values, not 'column'."),
            ("[inputs]\nage = 5", "a.toml, inputs, age must be a table of named values, not 5."),
            ("[not_available]\nage = 'no'", "age has no text in es, pt, en; write it."),
            ("[not_available]\nage = []", "age has no text in es, pt, en; write it."),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be_meant(self, text: str, said: str) -> None:
        assert said in refused(text)

    @pytest.mark.parametrize("month", ["2022", "2022-13", "November", "2022-11-01"])
    def test_refuses_a_month_that_is_none(self, month: str) -> None:
        with pytest.raises(PopulationError, match=f"income_month is '{month}'; write a month as 2022-11"):
            read(f'income_month = "{month}"\n[household]\nid = "h"')


class TestCheck:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('[inputs.agge]\ncolumn = "a"', "the survey: landia has no input 'agge'. Did you mean 'age'?"),
            ('[relations.mothr]\ncolumn = "a"\nmatch = "b"', "landia has no relation 'mothr'. Did you mean 'mother'?"),
            (
                "[not_available.incom]\nes = 'x'\npt = 'x'\nen = 'x'",
                "landia has no input 'incom'. Did you mean 'income'?",
            ),
            ("[not_computable.grant]\nes = 'x'\npt = 'x'\nen = 'x'", "landia has no benefit 'grant'."),
            ("[inputs.rural]\nrelated = 'mother'", "rural is read from the relation 'mother', which has no table"),
        ],
    )
    def test_refuses_what_the_country_does_not_declare(self, text: str, said: str) -> None:
        with pytest.raises(PopulationError) as caught:
            mapping(text).check(LAND)
        assert said in str(caught.value)
