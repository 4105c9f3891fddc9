"""The page that says how many digits agree says the truth."""

from tests.measures.agreement import PAGE, compared, page
from tests.measures.people import estimated

TRAPS = {("gini", "convey::svygini"): (3, 3), ("zenga", "convey::svyzenga"): (3, 3)}


def test_every_measure_has_a_row():
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in estimated() if f"| `{name}` |" not in text] == []


def test_the_page_is_computed_anew(data):
    assert PAGE.read_text(encoding="utf-8") == page(data), "run `python -m tests.measures.agreement`"


def test_values_agree_to_nine_digits_and_errors_to_three_save_the_traps(data):
    for measure, function, survey, value, error in compared(data):
        least = TRAPS.get((measure, function), (9, 3))
        assert value >= least[0], (measure, survey)
        assert error == -1 or error >= least[1], (measure, survey)
