"""Reading one household: what is wrong is said in one sentence, nothing is guessed."""

from typing import Any

import pytest
from tests.toy import country

from amparo.errors import CaseError
from amparo.execute.cases import read_case

TOYLAND = country()


def read(**raw: Any) -> Any:
    return read_case({"members": [{"id": "ana"}], **raw}, TOYLAND)


WRONG = [
    ({"memebers": []}, "no part 'memebers'. Did you mean 'members'?"),
    ({"members": []}, "at least one member"),
    ({"members": [{"id": "a"}, {"id": "a"}]}, "the same id"),
    ({"members": [{"agee": 3}]}, "no input is called 'agee'. Did you mean 'age'?"),
    ({"members": [{"age": 121}]}, "age is 121, outside 0 to 120"),
    ({"members": [{"age": -1}]}, "age is -1, outside 0 to 120"),
    ({"members": [{"age": 3.5}]}, "age is 3.5; write a whole number"),
    ({"members": [{"age": "three"}]}, "age is 'three'; write a number"),
    ({"members": [{"age": True}]}, "age is true; write a number"),
    ({"members": [{"pregnant": 1}]}, "pregnant is 1; write true or false"),
    ({"members": [{"income": "1.005"}]}, "the smallest amount of PES is 0.01"),
    ({"members": [{"income": float("nan")}]}, "income is nan"),
    ({"members": [{"work": "formall"}]}, "work is 'formall'. Did you mean 'formal'?"),
    ({"members": [{"born": "31/12/2020"}]}, "write a date as 2024-03-31"),
    ({"members": [{"id": "ana", "mother": "rosa"}]}, "mother is 'rosa', who is no member"),
    ({"members": [{"id": "ana", "mother": "ana"}]}, "mother is 'ana', the same person"),
    ({"members": [{"id": "outside"}]}, "('outside' is taken)"),
    ({"members": [{"id": True}]}, "write a name or a number of their own"),
    ({"states": {"months": "many"}}, "states: months is 'many'; write a number, true or false"),
    ({"states": {"months": [1, 2]}}, "states: months has 2 values; write one for each of the 1 members"),
    ({"states": {"months": []}}, "states: months has 0 values"),
    ({"household": [1]}, "household must be a set of named values"),
]


@pytest.mark.parametrize(("raw", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_what_cannot_be_read_is_refused_with_a_sentence(raw: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CaseError) as error:
        read(**raw)
    assert sentence in str(error.value)


def test_defaults_hold_for_members_that_do_not_say_otherwise() -> None:
    case = read(defaults={"age": 30, "mother": None}, members=[{"id": "a"}, {"id": "b", "age": 3, "mother": "a"}])
    assert [m["age"] for m in case.members] == [30, 3]
    assert [r["mother"] for r in case.relations] == [None, 0]


def test_null_takes_a_default_back_to_unknown() -> None:
    assert "age" not in read(defaults={"age": 30}, members=[{"age": None}]).members[0]


def test_earlier_keys_are_still_read() -> None:
    assert read(members=[{"years": 7}]).members[0] == {"age": 7}


def test_amounts_are_exact() -> None:
    assert read(household={"rent": "0.10"}).household["rent"] * 10 == 1
