"""What holds for every programme of every country that the entry point `amparo.countries` offers."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pytest

from amparo.errors import AmparoError
from amparo.execute.cases import Case
from amparo.execute.check import Executor, Outputs, Result, exactly, run_cases
from amparo.execute.exact import decide
from amparo.execute.examples import Entry, read_entries
from amparo.execute.kernel import by_kernel
from amparo.expr import Confidence, Graph, Op, Parameter, Rule, trace
from amparo.expr.rules import RuleVersion
from amparo.policy import LANGUAGES, Benefit, Country, Edition, Programme, countries, name_of, reason_of

COUNTRIES = list(countries().values())
PROGRAMMES = [(c, p) for c in COUNTRIES for p in c.programmes]
ENTRIES = [(c, p, e) for c, p in PROGRAMMES for e in read_entries(p)]

# Every executor answers every example: its name, its function, and whether it reasons with unknowns.
EXECUTORS: dict[str, tuple[Executor, bool]] = {"exact": (exactly, True), "kernel": (by_kernel, False)}

each_country = pytest.mark.parametrize("country", COUNTRIES, ids=[c.key for c in COUNTRIES])
each_programme = pytest.mark.parametrize(
    ("country", "programme"), PROGRAMMES, ids=[f"{c.key}/{p.key}" for c, p in PROGRAMMES]
)
each_example = pytest.mark.parametrize(
    ("country", "programme", "entry"), ENTRIES, ids=[f"{c.key}/{p.key}: {e.name}" for c, p, e in ENTRIES]
)


# What a programme is made of.


def first_month(day: date) -> date:
    """The first month whose law is that of the day: laws are picked on the first of a month."""
    return day if day.day == 1 else date(day.year + day.month // 12, day.month % 12 + 1, 1)


def role_rules(benefits: Iterable[Benefit]) -> list[Rule[Any, Any]]:
    roles = (r for b in benefits for r in (b.originator, b.holder, b.payee))
    return list(dict.fromkeys(r.rule for r in roles if r.rule is not None))


def claims(programme: Programme) -> list[Rule[Any, Any]]:
    return [p.claim for p in programme.properties if p.claim is not None]


def traced(edition: Edition, rules: Sequence[Rule[Any, Any]]) -> Graph:
    """Rules beside the benefits, under the country's exclusions."""
    adjusted = edition.country._adjusted(edition.benefits)
    return trace(*rules, on=edition.month, adjusted=adjusted)


@cache
def graphs(country: Country) -> list[Graph]:
    """The whole law of the country whenever its shape changes: every regime, every text of every rule."""
    waiting = {first_month(d) for p in country.programmes for r in p.regimes for d in (r.since, r.until) if d}
    done: dict[date, list[Graph]] = {}
    while waiting:
        month = waiting.pop()
        done[month] = list(law_of(country, month))
        versions = {v for g in done[month] for v in provisions(g) if isinstance(v, RuleVersion)}
        changes = {v.valid_from for found in versions for v in found.rule.versions if v.valid_from}
        start = min(r.since for p in country.programmes for r in p.regimes)
        waiting |= {first_month(d) for d in changes if d >= start} - set(done)
    return [g for month in sorted(done) for g in done[month]]


def law_of(country: Country, month: date) -> Iterator[Graph]:
    if not any(r.in_force(month) for p in country.programmes for r in p.regimes):
        return
    edition = country.on(month)
    yield edition.graph
    yield traced(edition, role_rules(edition.benefits))


def provisions(graph: Graph) -> list[Any]:
    return graph.attributes(Op.PROVISION)


@cache
def versions(country: Country) -> list[RuleVersion]:
    found = [v for g in graphs(country) for v in provisions(g) if isinstance(v, RuleVersion)]
    return list(dict.fromkeys(found))


def owner(country: Country, rule: Rule[Any, Any]) -> str:
    """The package, of a programme or of the country, in which a rule is written."""
    module = rule.versions[0].body.__module__
    packages = [p.package for p in country.programmes] + [country.package]
    return max((p for p in packages if p and module.startswith(p + ".")), key=len, default=country.package)


def own_versions(country: Country, programme: Programme) -> list[RuleVersion]:
    return [v for v in versions(country) if owner(country, v.rule) == programme.package]


def claim_versions(country: Country, programme: Programme) -> list[RuleVersion]:
    return [v for rule in claims(programme) for v in rule.versions]


@cache
def headings(package: str) -> dict[str, str]:
    """The provisions of a law.md, by citation, with their text."""
    file = files(package).joinpath("law.md")
    if not file.is_file():
        return {}
    parts = re.split(r"^## +(.+?) *$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@cache
def texts(package: str) -> dict[str, Any]:
    file = files(package).joinpath("texts.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def missing_languages(names: Any) -> list[str]:
    found = names if isinstance(names, dict) or hasattr(names, "get") else {}
    return [code for code in LANGUAGES if not str(found.get(code, "")).strip()]


# The law.


@each_country
def test_every_citation_resolves_to_a_provision_of_law_md(country: Country) -> None:
    programmes = [p.package for p in country.programmes]
    for version in versions(country):
        where = owner(country, version.rule)
        assert str(version.source) in headings(where), f"{version.key} cites {version.source}: no such ## in {where}"
    for programme in country.programmes:
        for version in claim_versions(country, programme):
            assert str(version.source) in headings(programme.package), f"{version.key} cites {version.source}"
    for exclusion in country.exclusions:
        places = [*programmes, country.package]
        assert any(str(exclusion.source) in headings(p) for p in places), f"{exclusion.key} cites {exclusion.source}"


@each_programme
def test_every_provision_of_law_md_has_a_rule_or_a_reason(country: Country, programme: Programme) -> None:
    cited = {str(v.source) for v in [*versions(country), *claim_versions(country, programme)]}
    cited |= {str(e.source) for e in country.exclusions}
    assert headings(programme.package), "law.md has no provision"
    for heading, text in headings(programme.package).items():
        reason = re.search(r"^not modelled: *\S", text, flags=re.MULTILINE | re.IGNORECASE)
        assert heading in cited or reason, f"'{heading}' has neither a rule nor a line 'not modelled: why'"


@each_programme
def test_every_rule_says_what_it_means_in_one_sentence(country: Country, programme: Programme) -> None:
    for version in [*own_versions(country, programme), *claim_versions(country, programme)]:
        assert version.meaning.endswith("."), f"{version.key} ({version.place}) needs a docstring: one sentence."


# Texts.


@each_programme
def test_every_rule_has_a_name_and_a_reason_in_three_languages(country: Country, programme: Programme) -> None:
    rules = {v.rule for v in own_versions(country, programme)}
    for rule in rules:
        table = texts(programme.package).get(rule.key.split(".", 1)[1], {})
        for part in ("name", "reason"):
            assert not missing_languages(table.get(part)), (
                f"texts.toml, {rule.key}: {part} lacks {missing_languages(table.get(part))}"
            )
    assert not missing_languages(texts(programme.package).get("programme", {}).get("name"))


@each_country
def test_shared_rules_of_a_country_have_texts_too(country: Country) -> None:
    for rule in {v.rule for v in versions(country) if owner(country, v.rule) == country.package}:
        table = texts(country.package).get(rule.key.split(".", 1)[1], {})
        assert not missing_languages(table.get("name")), rule.key
        assert not missing_languages(table.get("reason")), rule.key


@each_programme
def test_no_text_is_left_over_from_a_rule_that_is_gone(country: Country, programme: Programme) -> None:
    known = {v.key.split(".", 1)[1] for v in [*own_versions(country, programme), *claim_versions(country, programme)]}
    known |= {"programme", *(b.key for b in programme.benefits), *(p.key for p in programme.properties)}
    known |= {e.key.split(".", 1)[1] for e in country.exclusions if e.key.startswith(f"{programme.key}.")}
    left = set(texts(programme.package)) - known
    assert not left, f"texts.toml speaks of {sorted(left)}, which are no rules"


@each_programme
def test_names_stand_in_three_languages(country: Country, programme: Programme) -> None:
    named = [("programme", programme.names), *((f"not modelled: {n}", n) for n in programme.not_modelled)]
    named += [(b.key, b.names) for b in programme.benefits] + [(f.key, f.names) for f in programme.findings]
    named += [(p.key, p.names) for p in programme.properties]
    named += [(b.key, r.names) for b in programme.benefits for r in (b.originator, b.holder, b.payee)]
    for what, names in named:
        assert not missing_languages(names), f"{what}: {missing_languages(names)}"


@each_country
def test_the_country_and_what_it_asks_have_labels_in_three_languages(country: Country) -> None:
    assert not missing_languages(country.names)
    labelled: dict[str, Any] = {**country.inputs, **country.household.member.relations}
    for key, declared in labelled.items():
        assert not missing_languages(declared.labels), f"{key}: {missing_languages(declared.labels)}"


# Figures.


def modules(package: str) -> Iterator[tuple[str, Traversable]]:
    """The Python files of a country, with their place below it."""

    def walk(folder: Traversable, place: str) -> Iterator[tuple[str, Traversable]]:
        for each in sorted(folder.iterdir(), key=lambda f: f.name):
            if each.is_dir() and each.name != "__pycache__":
                yield from walk(each, f"{place}{each.name}/")
            elif each.name.endswith(".py"):
                yield f"{place}{each.name}", each

    return walk(files(package), "")


@cache
def parameters(country: Country) -> list[Parameter]:
    """Every figure that a rule reads or that a file of the country declares."""
    found: dict[Parameter, None] = {p: None for g in graphs(country) for p in g.attributes(Op.PARAM)}
    for place, _ in modules(country.package):
        name = f"{country.package}.{place.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__")
        for value in vars(importlib.import_module(name)).values():
            node = getattr(value, "node", None)
            if node is not None and isinstance(getattr(node, "attr", None), Parameter):
                found[node.attr] = None
    return list(found)


@each_country
def test_figures_have_labels_sources_and_a_confidence(country: Country) -> None:
    for parameter in parameters(country):
        assert not missing_languages(parameter.labels), f"{parameter.key}: {missing_languages(parameter.labels)}"
        for value in parameter.values:
            assert value.source.strip(), f"{parameter.key} from {value.since} has no source"
            assert isinstance(value.confidence, Confidence), f"{parameter.key} from {value.since}"
            if value.value is None:
                assert value.note.strip(), f"{parameter.key} is unknown from {value.since}; a note must say why"


@each_country
def test_two_figures_never_share_a_key(country: Country) -> None:
    keys = [p.key for p in parameters(country)]
    assert len(keys) == len(set(keys)), sorted({k for k in keys if keys.count(k) > 1})


@each_country
def test_no_float_stands_in_the_law(country: Country) -> None:
    for place, file in modules(country.package):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            at = f"{place}:{getattr(node, 'lineno', '?')}"
            constant = isinstance(node, ast.Constant) and isinstance(node.value, (float, complex))
            assert not constant, f"{at} writes a float; a float has no exact cents"
            assert not (isinstance(node, ast.Name) and node.id == "float"), f"{at} turns something into a float"


# Worked examples.


@cache
def results(country: Country, programme: Programme, executor: str) -> dict[str, Result]:
    run, unknowns = EXECUTORS[executor]
    return {r.entry.name: r for r in run_cases(country, programme, run, unknowns=unknowns)}


@each_example
@pytest.mark.parametrize("executor", EXECUTORS)
def test_an_example_gives_what_its_source_says(
    country: Country, programme: Programme, entry: Entry, executor: str
) -> None:
    result = results(country, programme, executor)[entry.name]
    if result.skipped:
        pytest.skip(result.skipped)
    if executor == "kernel" and any(
        unknown in f for f in result.failures for unknown in ("is unknown on", "no value on")
    ):
        pytest.skip("the kernel refuses a month in which a figure is unknown, whichever household needs it")
    assert result.passed, "\n".join(result.failures)


@each_programme
def test_every_rule_is_a_step_of_an_example(country: Country, programme: Programme) -> None:
    applied: set[str] = set()

    def collecting(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
        outputs = {**edition.graph.outputs, **traced(edition, role_rules(edition.benefits)).outputs}
        decisions = [decide(replace(edition, graph=Graph(outputs)), case) for case in cases]
        applied.update(step.key for d in decisions for step in d.steps)
        return [d.outputs for d in decisions]

    run_cases(country, programme, collecting)
    never = {v.key for v in own_versions(country, programme)} - applied
    assert not never, f"no example of {programme.key} applies {sorted(never)}"


@each_programme
def test_what_is_claimed_for_every_household_holds_in_every_example(country: Country, programme: Programme) -> None:
    broken: list[str] = []

    def claiming(edition: Edition, cases: Sequence[Case]) -> list[Outputs]:
        graph = traced(edition, claims(programme))
        for case in cases:
            decision = decide(replace(edition, graph=graph, benefits=()), case)
            for rule in claims(programme):
                value = decision.outputs[rule.key]
                if any(v is False for v in (value if isinstance(value, list) else [value])):
                    broken.append(f"{rule.key} in {edition.month:%Y-%m}: {case.members}")
        return exactly(edition, cases)

    assert claims(programme) or not programme.properties or all(p.states.subjects for p in programme.properties)
    run_cases(country, programme, claiming)
    assert not broken, "\n".join(broken)


# Versions.


@each_country
def test_the_law_of_a_month_has_one_version(country: Country) -> None:
    last = max((r.since for p in country.programmes for r in p.regimes), default=date(2025, 10, 1))
    month = first_month(last)
    assert country.on(month).version == replace(country).on(month).version
    assert country.on(month) is country.on(month.replace(day=28))


@each_programme
def test_before_its_first_regime_a_programme_has_no_law(country: Country, programme: Programme) -> None:
    first = programme.regimes[0].since
    with pytest.raises(AmparoError, match=f"{programme.key} has no law in force"):
        programme.regime(date(first.year - 1, 1, 1))


def test_exclusions_name_benefits_of_their_country() -> None:
    for country in COUNTRIES:
        benefits = [b for p in country.programmes for b in p.benefits]
        for exclusion in country.exclusions:
            assert exclusion.winner in benefits, exclusion.key
            assert exclusion.loser in benefits, exclusion.key


def test_exclusions_have_a_name_and_a_reason_in_every_language() -> None:
    for country in COUNTRIES:
        for exclusion in country.exclusions:
            for language in LANGUAGES:
                assert name_of(country, exclusion.key, language), (exclusion.key, language)
                assert reason_of(country, exclusion.key, language), (exclusion.key, language)
