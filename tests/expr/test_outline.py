"""Long provisions as outlines."""

from datetime import date
from itertools import pairwise

import pytest

from amparo.expr import Op
from amparo.expr.outline import WIDE, outline
from amparo.expr.render import prose
from amparo.policy import Country, countries

COUNTRIES = list(countries().values())
MONTH = date(2025, 10, 1)


@pytest.mark.parametrize("country", COUNTRIES, ids=[c.key for c in COUNTRIES])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_line_but_the_first_is_indented_no_deeper_than_one_step_below_the_one_before(
    country: Country, language: str
) -> None:
    for node in country.on(MONTH).graph.nodes:
        if node.op is Op.PROVISION:
            lines = outline(node, language, on=MONTH)
            assert lines[0].depth == 0
            assert all(b.depth <= a.depth + 1 for a, b in pairwise(lines))
            assert not any("{" in line.text for line in lines)


def test_a_short_provision_stays_one_sentence_and_a_long_choice_gets_a_line_for_each_case() -> None:
    graph = countries()["chile"].on(MONTH).graph
    provisions = {n.attr.key: n for n in graph.nodes if n.op is Op.PROVISION}
    read = {key: outline(n, "es", on=MONTH) for key, n in provisions.items()}
    for key, lines in read.items():
        if len(prose(provisions[key], "es", on=MONTH)) <= WIDE:
            assert [line.text for line in lines] == [prose(provisions[key], "es", on=MONTH)]
    longest = max(read.values(), key=len)
    assert len(longest) > 4
    chosen = next(lines for key, lines in read.items() if provisions[key].args[0].op is Op.WHEN and len(lines) > 1)
    assert chosen[0].text.startswith("si ")
    assert chosen[-1].text.startswith(("si no", "·", "→"))
