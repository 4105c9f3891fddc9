"""Files that state a reform or a shock: what is refused, and in which words."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from amparo.errors import PolicyError
from amparo.policy import ParameterChange, find_country
from amparo.simulate import read_reform
from amparo.simulate.assumptions.shocks import read_shock

CHILE, MONTH = find_country("chile"), date(2025, 10, 1)


def written(folder: Path, text: str) -> Path:
    file = folder / "stated.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_figure_is_read_exactly_and_a_missing_name_is_another_language(tmp_path: Path) -> None:
    text = '[names]\nes = "SUF mayor"\n[parameters]\n"suf.amount" = 30000.1\n'
    reform = read_reform(written(tmp_path, text), CHILE, MONTH)
    (change,) = reform.changes
    assert isinstance(change, ParameterChange)
    assert change.figure == Fraction(300_001, 10)
    assert dict(reform.names) == {"es": "SUF mayor", "pt": "SUF mayor", "en": "SUF mayor"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[parameter]\n", "no part 'parameter'. Did you mean 'parameters'"),
        ("parameters = 3\n", r"parameters is 3; write it as a table, below a line \[parameters\]"),
        ('names = "x"\n[parameters]\n"suf.amount" = 1\n', "names is 'x'; write it as a table"),
        ('[names]\nfr = "x"\n[parameters]\n"suf.amount" = 1\n', "names has fr"),
        ('[names]\nes = 5\n[parameters]\n"suf.amount" = 1\n', "names has es = 5"),
        ('[parameters]\n"suf.amont" = 1\n', "Did you mean 'suf.amount'"),
        ('[parameters]\n"suf.amount" = nan\n', "is no number"),
        ('[parameters]\n"suf.amount" = true\n', "is no number"),
        ('[parameters]\n"suf.amount" = 30.000\n', "may mean thousands"),
        ('[rules]\n"suf.subsidy" = 5\n', "write package.module:rule"),
        ('[rules]\n"suf.subsidy" = "amparo.policy:Country"\n', "is no rule"),
        ('[names]\nes = "x"\n', "changes nothing"),
        ("[[[", "is no TOML"),
    ],
)
def test_a_reform_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_reform(written(tmp_path, text), CHILE, MONTH)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shock = 3\n", "shock is 3; write it as a table"),
        ("[shock]\nunemploymnt = 0.1\n", "Did you mean 'unemployment'"),
        ("[shock]\nunemployment = 2\n", "is no share"),
        ("[shock]\nwages = 0\n", "is no factor"),
        ("[shock]\nwages = nan\n", "is no number"),
        ("[shock]\nwages = 1.0\n", "changes nothing"),
        ("[names]\n", "changes nothing"),
    ],
)
def test_a_shock_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_shock(written(tmp_path, text))
