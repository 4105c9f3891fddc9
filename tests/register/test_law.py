"""The law as pages: nothing of a programme is missing, in any language; links lead somewhere; nothing is loaded."""

import posixpath
import re
from fractions import Fraction

import pytest
from tests.register.html import Read, plain, read

from amparo.expr import Confidence
from amparo.policy import LANGUAGES, countries, name_of
from amparo.register.law.dossier import CountryLaw, Dossier
from amparo.register.law.examples import examples
from amparo.register.law.page import law_html
from amparo.register.law.provisions import place_of
from amparo.register.law.reading import Reading, anchor, slug
from amparo.register.law.text import Standing, as_html, law_text

PROGRAMMES = [f"{c.key}/{p.key}.html" for c in countries().values() for p in c.programmes]
each_programme = pytest.mark.parametrize("file", PROGRAMMES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_programme
@each_language
class TestPage:
    def test_has_every_provision_of_law_md(self, file: str, language: str, dossiers, pages: dict[str, Read]) -> None:
        text = plain(pages[file].text[language])
        for provision in dossiers[file].text.provisions:
            assert f"{language}-{place_of(provision)}" in pages[file].ids
            assert plain(provision.citation) in text

    def test_has_every_text_of_every_rule_with_its_name(self, file: str, language: str, dossiers, pages) -> None:
        dossier = dossiers[file]
        text = plain(pages[file].text[language])
        for stated in dossier.stated:
            assert f"{language}-{anchor(stated.what)}" in pages[file].ids
            name = name_of(dossier.country, stated.key, language)
            assert name
            assert plain(name) in text

    def test_has_every_figure_with_every_value(self, file: str, language: str, dossiers, pages) -> None:
        text, reading = plain(pages[file].text[language]), Reading(dossiers[file], language)
        for figure in dossiers[file].figures:
            assert f"{language}-f-{slug(figure.key)}" in pages[file].ids
            for value in figure.values:
                assert plain(reading.value(value.value, figure.type)) in text
                assert plain(value.source) in text
                assert plain(value.note) in text

    def test_has_every_worked_example(self, file: str, language: str, dossiers, pages) -> None:
        text, results = plain(pages[file].text[language]), dossiers[file].results
        assert results
        for n, result in enumerate(results, 1):
            assert f"{language}-e-{n}" in pages[file].ids
            assert plain(result.entry.name) in text
            assert plain(result.entry.source) in text

    def test_has_every_guarantee_with_its_size(self, file: str, language: str, dossiers, pages) -> None:
        text = plain(pages[file].text[language])
        for declared in dossiers[file].programme.properties:
            assert f"{language}-g-{slug(declared.key)}" in pages[file].ids
            assert plain(declared.names[language]).rstrip(".").lower() in text.lower()
            assert str(declared.members) in text
            if declared.violation:
                assert plain(declared.violation.why[language]) in text

    def test_has_every_datum_and_what_is_left_out(self, file: str, language: str, dossiers, pages) -> None:
        text = plain(pages[file].text[language])
        for asked in dossiers[file].inputs:
            assert f"{language}-i-{slug(asked.key)}" in pages[file].ids
            assert plain(asked.labels[language]).lower() in text.lower()
        for names in dossiers[file].programme.not_modelled:
            assert plain(names[language]).rstrip(".") in text
        assert dossiers[file].edition.version in text


def test_every_figure_of_a_country_is_on_the_page_of_some_programme(dossiers: dict[str, Dossier]) -> None:
    for country in countries().values():
        shown = {f for d in dossiers.values() if d.country is country for f in d.figures}
        read_ = (
            {f for s in CountryLaw(country).stated.values() for f in s.reads.figures} if country.programmes else set()
        )
        assert read_ <= shown


def test_every_text_of_a_country_is_on_a_page_or_declares_a_guarantee(dossiers: dict[str, Dossier]) -> None:
    for country in countries().values():
        shown = {s.key for d in dossiers.values() if d.country is country for s in d.stated}
        law = CountryLaw(country)
        assert {s.key for s in law.stated.values()} <= shown if country.programmes else True


def test_every_link_leads_somewhere(pages: dict[str, Read]) -> None:
    for file, page in pages.items():
        for link in page.links:
            if "://" in link:
                continue
            path, _, place = link.partition("#")
            aim = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
            assert aim in pages, f"{file}: {link}"
            assert not place or place in pages[aim].ids, f"{file}: {link}"


def test_no_identifier_stands_twice_on_a_page(pages: dict[str, Read]) -> None:
    for file, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1][:3]
        assert file


def test_no_page_loads_anything(register: dict[str, str], pages: dict[str, Read]) -> None:
    for file, page in pages.items():
        assert set(page.loaded) <= {"data:,"}, file
        assert "default-src &#x27;none&#x27;" in register[file]
        assert not re.search(r"url\((?!data:)|@import", register[file])


def test_the_country_says_what_each_programme_is_for(dossiers: dict[str, Dossier], pages: dict[str, Read]) -> None:
    for file, dossier in dossiers.items():
        index = pages[f"{dossier.country.key}/index.html"]
        for language in LANGUAGES:
            purpose = dossier.said("purpose")
            assert purpose, f"texts.toml of {dossier.programme.key} has no purpose under [programme]"
            assert plain(purpose[language]) in plain(index.text[language]), file
            assert dossier.edition.version in index.text[language]


def test_what_nobody_wrote_is_said_to_be_unwritten(dossiers, pages) -> None:
    silent = next(f for f, d in dossiers.items() if not d.said("objection"))
    assert "Not written in the register yet." in pages[silent].text["en"]


def test_an_older_text_is_shown_with_its_own_month(dossiers: dict[str, Dossier]) -> None:
    dossier = dossiers["brasil/bolsa_familia.html"]
    old = [s for s in dossier.stated if s.until is not None]
    assert old
    assert all(dossier.read_on(s) < s.until for s in old if s.until)


def test_a_doubtful_figure_is_listed_as_still_to_be_checked(dossiers: dict[str, Dossier]) -> None:
    for dossier in dossiers.values():
        for figure in dossier.figures:
            newest = figure.values[-1]
            doubtful = newest.value is None or newest.confidence is not Confidence.VERIFIED
            assert (figure in dossier.doubtful) is doubtful


def test_an_example_that_fails_is_not_said_to_agree(dossiers: dict[str, Dossier]) -> None:
    law = CountryLaw(dossiers["chile/bolsillo_familiar.html"].country)
    dossier = Dossier(law, dossiers["chile/bolsillo_familiar.html"].programme)
    first = dossier.results[0]
    dossier.results[0] = type(first)(first.entry, ("was 1, not 2",))
    page = read("<article id=en>" + "".join(map(str, _flat(examples(Reading(dossier, "en"))))) + "</article>")
    assert page.text["en"].count("does not agree") == 1


def _flat(children):
    for child in children:
        if isinstance(child, list):
            yield from _flat(child)
        elif child is not None:
            yield child


def test_the_formula_and_the_figures_of_one_rule_are_those_of_the_law(dossiers, pages) -> None:
    # Ley 18.020 art. 1: 22,007 pesos from May 2025 (dt.gob.cl), twice for an invalid person
    reading = Reading(dossiers["chile/suf.html"], "en")
    (one,) = [s for s in reading.dossier.stated if s.key == "suf.one_subsidy"]
    assert "disability" in reading.formula(one)
    assert reading.value(Fraction(22007), one.node.type) == "$\N{NO-BREAK SPACE}22,007"
    assert "$ 22,007" in plain(str(reading.lines(one)))


class TestLawText:
    def test_reads_what_a_provision_says_of_itself(self) -> None:
        text = "# A\n\nChecked\non 2026-11-24.\n\n## L, art. 1\n\nX. Verified; Y, to be checked.\n\n## L, art. 2\n\nnot modelled: it\ndefines words.\n"
        found = law_text(text)
        assert str(found.checked) == "2026-11-24"
        assert [p.standing for p in found.provisions] == [Standing.PARTLY, Standing.UNSTATED]
        assert found.provisions[1].not_modelled == "it\ndefines words."
        assert found.provisions[1].said == ""

    def test_shows_raw_html_and_never_obeys_it(self) -> None:
        assert "<script>" not in as_html("a <script>alert(1)</script>")
        assert "<script>" not in as_html("[x](javascript:alert(1))")
        assert "javascript:" not in re.findall(r'href="([^"]*)"', as_html("[x](javascript:alert(1))"))


def test_a_language_that_nobody_speaks_is_refused(dossiers) -> None:
    with pytest.raises(ValueError, match="amparo speaks es, pt, en"):
        law_html(dossiers["chile/bolsillo_familiar.html"], "fr")
