"""Families that countries ship, their lines, and the pages of them: every number is decided again."""

import json
import random
import re
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.register.html import plain, read

from amparo.errors import AmparoError, CaseError
from amparo.execute.budget_line import cliffs
from amparo.execute.exact import decide
from amparo.expr import Timing
from amparo.policy import LANGUAGES, countries, find_country
from amparo.register.lines.charts import components, income_chart, rate_chart
from amparo.register.lines.families import Drawn, drawn, families, find_family, read_family
from amparo.register.lines.page import atlas_html, line_html
from amparo.register.voice import WIDTHS, Voice

SHIPPED = [(c.key, key) for c in countries().values() for key in families(c)]
each_family = pytest.mark.parametrize(("country", "family"), SHIPPED)


@cache
def line_of(country: str, family: str) -> Drawn:
    where = find_country(country)
    return drawn(where, find_family(where, family))


def paid(found: Drawn, earnings: Fraction) -> dict[str, Any]:
    """What a decision of its own gives the family at some earnings, a month."""
    line = found.line
    who = line.case.ids.index(line.earner)
    members = [{**m, "earnings": earnings} if i == who else m for i, m in enumerate(line.case.members)]
    decision = decide(
        line.edition,
        type(line.case)(line.case.household, tuple(members), line.case.relations, line.case.states, line.case.ids),
    )
    outputs: Any = decision.outputs
    amounts: dict[str, Any] = {
        b.key: decision.total(b) / (12 if b.timing is Timing.ANNUAL else 1) for b in line.benefits
    }
    return amounts | {c.key: outputs[c.value.key][who] for c in line.charges}


def income(found: Drawn, earnings: Fraction) -> Fraction:
    return found.line.income(earnings, paid(found, earnings))


@each_family
class TestShippedFamily:
    def test_speaks_three_languages_and_names_its_month(self, country: str, family: str) -> None:
        found = find_family(find_country(country), family)
        assert set(found.names) == set(LANGUAGES)
        assert found.on is not None
        assert found.earner in found.case.ids

    def test_has_the_incomes_that_decisions_give_all_over_its_line(self, country: str, family: str) -> None:
        found = line_of(country, family)
        line, draw = found.line, random.Random(family)
        off = 4 * line.unit * (len(line.benefits) + len(line.charges))
        for piece in line.pieces:
            assert income(found, piece.first) == line.income(piece.first, piece.at_first)
            assert income(found, piece.last) == line.income(piece.last, piece.at_last)
            steps = int((piece.last - piece.first) / line.unit)
            for step in {draw.randint(0, steps) for _ in range(6)}:
                earnings = piece.first + step * line.unit
                keeps = 1 - line.marginal_rate(piece)
                straight = line.income(piece.first, piece.at_first) + keeps * (earnings - piece.first)
                assert abs(income(found, earnings) - straight) <= off

    def test_falls_at_its_cliffs_by_what_they_say_and_nowhere_else_by_more_than_rounding(
        self, country: str, family: str
    ) -> None:
        found = line_of(country, family)
        line = found.line
        for cliff in found.cliffs:
            below, at = (income(found, e) for e in (cliff.at - line.unit, cliff.at))
            assert below - at == cliff.loss > 0
            assert cliff.jumps
        places = {c.at for c in found.cliffs}
        for piece in line.pieces[1:]:
            if piece.first not in places:
                fall = income(found, piece.first - line.unit) - income(found, piece.first)
                assert fall <= 4 * line.unit * (len(line.benefits) + len(line.charges))

    def test_has_again_what_it_had_where_a_cliff_says_and_not_before(self, country: str, family: str) -> None:
        found = line_of(country, family)
        for cliff in found.cliffs:
            assert cliff.regained is not None
            assert income(found, cliff.regained) >= cliff.before
            draw = random.Random(int(cliff.at))
            steps = int((cliff.regained - cliff.at) / found.line.unit)
            for step in {0, steps - 1, *(draw.randint(0, steps - 1) for _ in range(30))}:
                assert income(found, cliff.at + step * found.line.unit) < cliff.before

    def test_charts_draw_what_the_line_has(self, country: str, family: str) -> None:
        line = line_of(country, family).line
        voice = Voice("en", line.edition.country.currency)
        chart = income_chart(line, cliffs(line), voice, voice.canvas(WIDTHS["on-wide"]))
        total = chart["layer"][1]["data"]["values"]
        ends = [(p.first, p.at_first) for p in line.pieces], [(p.last, p.at_last) for p in line.pieces]
        wanted = sorted((float(x), float(line.income(x, a))) for end in ends for x, a in end)
        assert sorted((t["x"], t["y"]) for t in total) == wanted
        for i, p in enumerate(line.pieces):
            assert sum(c.ends[i][0] for c in components(line, voice)) == line.income(p.first, p.at_first)
        rates = rate_chart(line, cliffs(line), voice, voice.canvas(WIDTHS["on-phone"]))
        assert [r["y"] for r in rates["layer"][0]["data"]["values"]] == [
            float(line.marginal_rate(p)) for p in line.pieces
        ]


class TestPage:
    def test_has_every_stretch_every_cliff_and_what_counts_in_three_languages(self) -> None:
        found = line_of("brasil", "couple_two_children")
        page = read(line_html(found))
        for language in LANGUAGES:
            voice, text = Voice(language, found.country.currency), plain(page.text[language])
            for piece in found.line.pieces:
                assert plain(voice.money(piece.first)) in text
                assert plain(voice.money(found.line.income(piece.last, piece.at_last))) in text
                assert plain(voice.rate(found.line.marginal_rate(piece))) in text
            for cliff in found.cliffs:
                assert plain(voice.money(cliff.loss)) in text
                assert plain(voice.money(cliff.regained)) in text
                assert all(j.cause.source in text for j in cliff.jumps if j.cause)
            assert all(found.counted(k).names[language] in text for k in ("bolsa_familia", "bpc", "imposto_de_renda"))
        assert set(page.loaded) <= {"data:,"}

    def test_says_which_taxes_are_not_modelled(self) -> None:
        text = plain(read(line_html(line_of("argentina", "lone_mother_two_children"))).text["en"])
        assert "no contributions or taxes are encoded for October 2025, so earnings are shown gross" in text
        chile = find_country("chile")
        later = drawn(
            chile, find_family(chile, "unpaid_carer"), on=line_of("chile", "unpaid_carer").month.replace(year=2026)
        )
        said = plain(read(line_html(later)).text["en"])
        assert re.search(r"not encoded for that month ?Contributions and the tax on wages", said)

    def test_an_atlas_has_every_family_and_no_identifier_twice(self) -> None:
        argentina = find_country("argentina")
        lines = [line_of("argentina", key) for key in families(argentina)][:2]
        page = read(atlas_html(argentina, lines))
        assert len(page.ids) == len(set(page.ids))
        for line in lines:
            for language in LANGUAGES:
                assert f"{language}-{line.family.key}" in page.ids
                assert line.family.names[language] in page.text[language]


class TestLaw:
    def test_the_protection_rule_halves_the_benefit_up_to_706_a_head(self) -> None:
        # Portaria MDS 897/2023 art. 20: up to R$ 706 a head, half the benefit; three members: 2,118
        found = line_of("brasil", "mother_in_protection")
        assert [(float(c.at), int(c.jumps[0].change)) for c in found.cliffs] == [(654.01, -400), (2118.01, -400)]

    def test_the_child_allowance_ends_above_one_minimum_wage(self) -> None:
        # Ley 24.714 art. 1 c and 14 bis; minimum wage of October 2025: 322,200
        (cliff,) = line_of("argentina", "lone_mother_two_children").cliffs
        assert float(cliff.at) == 322200.01
        assert {j.cause.key for j in cliff.jumps if j.cause} == {"auh.within_minimum_wage"}

    def test_the_universal_pension_does_not_fall_with_earnings(self) -> None:
        # Ley 21.419: the PGU is tested on the base pension, not on earnings
        assert line_of("chile", "older_person_alone").cliffs == ()


CHILE = find_country("chile")
RAW = json.loads(CHILE.folder.joinpath("families/unpaid_carer.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "must hold one family"),
        ({**RAW, "home": 1}, "no part 'home'"),
        ({**RAW, "names": []}, "names must be an object"),
        ({**RAW, "on": "soon"}, "on is 'soon'; write a month"),
        ({"case": 3}, "case must be one household"),
        ({"case": {"members": []}}, "at least one member"),
    ],
)
def test_a_family_that_cannot_be_read_is_refused_in_a_sentence(raw: object, said: str) -> None:
    with pytest.raises(CaseError, match=said):
        read_family(raw, CHILE, "mine")


def test_a_case_alone_is_a_family_that_needs_a_month() -> None:
    family = read_family(RAW["case"], CHILE, "mine")
    with pytest.raises(CaseError, match="names no month of law: add --on"):
        drawn(CHILE, family)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"programmes": ["sug"]}, "no programme 'sug'. Did you mean 'suf'"),
        ({"highest": Fraction(0)}, "choose more than nothing"),
        ({"earner": "eva"}, "no member 'eva'"),
        (
            {
                "programmes": ["suf"],
                "on": CHILE.on(line_of("chile", "unpaid_carer").month).month.replace(year=2017, month=1),
            },
            "nothing of chile can be counted in 2017-01: suf needs",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(more: dict[str, Any], said: str) -> None:
    with pytest.raises(AmparoError, match=said):
        drawn(CHILE, find_family(CHILE, "unpaid_carer"), **more)


def test_a_country_without_rules_has_no_line() -> None:
    mexico = find_country("mexico")
    family = read_family({"on": "2025-07", "case": {"members": [{"age": 30}]}}, mexico, "mine")
    with pytest.raises(CaseError, match="no programme of mexico is written as rules yet"):
        drawn(mexico, family)


def test_the_highest_earnings_are_where_the_line_ends() -> None:
    found = drawn(CHILE, find_family(CHILE, "lone_mother_two_children"), highest=Fraction(700000))
    assert found.line.highest == 700000
    assert [int(c.at) for c in found.cliffs] == [620252]
