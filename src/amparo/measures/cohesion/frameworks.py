"""Frameworks of indicators of social cohesion: what each means, what it needs, and what a survey lets us measure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from amparo.errors import MeasureError, nearest

LANGUAGES = ("es", "pt", "en")
FRAMEWORKS = ("eclac", "laeken")


@dataclass(frozen=True)
class Indicator:
    """An indicator of a framework, declared: what it means and what it takes.

    Args:
        key:          unique in its framework.
        component:    names of the part of the framework, by language; `dimension` likewise.
        names:        by language (es, pt, en); `definition` likewise.
        unit:         of the value.
        source:       where the framework defines it.
        needs:        keys of the columns of persons it is computed from, beside the survey's design.
        measure:      the function of `amparo.measures` that computes it; "" where none does.
        arguments:    what that function is told beside the columns.
        not_computed: by language, why it is not computed from persons; empty where it is.

    >>> framework("laeken").indicators["s80_s20"].measure
    's80_s20'
    """

    key: str
    component: Mapping[str, str]
    dimension: Mapping[str, str]
    names: Mapping[str, str]
    definition: Mapping[str, str]
    unit: str
    source: str
    needs: tuple[str, ...] = ()
    measure: str = ""
    arguments: Mapping[str, float] = field(default_factory=dict)
    not_computed: Mapping[str, str] = field(default_factory=dict)


class Measurable(NamedTuple):
    """Whether a survey lets an indicator be computed, the keys of columns that are missing, and why, by language."""

    indicator: Indicator
    computable: bool
    missing: tuple[str, ...]
    why: Mapping[str, str]


@dataclass(frozen=True)
class Framework:
    """A framework of indicators, with the columns that surveys may offer for it.

    Args:
        key:        one of FRAMEWORKS.
        names:      by language.
        source:     the document that sets it out.
        columns:    names of each column that an indicator needs, by key and language.
        asked_in:   names of the kind of survey that asks for each column, by key and language.
        indicators: by key, in the order of the document.

    >>> eclac = framework("eclac")
    >>> eclac.indicators["poverty_rate"].names["es"]
    'Población bajo la línea de pobreza'
    """

    key: str
    names: Mapping[str, str]
    source: str
    columns: Mapping[str, Mapping[str, str]] = field(repr=False)
    asked_in: Mapping[str, Mapping[str, str]] = field(repr=False)
    indicators: Mapping[str, Indicator] = field(repr=False)

    def measurable(self, columns: Iterable[str]) -> list[Measurable]:
        """Return, for each indicator, whether a survey with these columns lets it be computed and what is missing.

        Args:
            columns: keys of `Framework.columns` that the survey offers, in any order.

        Raises:
            MeasureError: a key that no indicator of the framework needs.

        >>> found = {each.indicator.key: each for each in framework("eclac").measurable(["income"])}
        >>> found["income_ratio"].computable, found["poverty_rate"].missing, found["trust_in_people"].why["en"]
        (True, ('poverty_line',), 'missing: trusts other people (opinion survey, such as Latinobarómetro)')
        """
        offered = set(columns)
        for key in sorted(offered - set(self.columns)):
            raise MeasureError(f"no indicator of {self.key} needs a column '{key}'.{nearest(key, self.columns)}")
        return [self._judge(indicator, offered) for indicator in self.indicators.values()]

    def _judge(self, indicator: Indicator, offered: set[str]) -> Measurable:
        missing = tuple(key for key in indicator.needs if key not in offered)
        computable = not missing and not indicator.not_computed
        said = "not_computed" if indicator.not_computed else "missing" if missing else "computable"
        why = {
            language: _read("columns")["sentences"][said][language].format(
                missing=", ".join(f"{self.columns[key][language]} ({self.asked_in[key][language]})" for key in missing),
                reason=indicator.not_computed.get(language, ""),
            )
            for language in LANGUAGES
        }
        return Measurable(indicator, computable, missing, why)


@cache
def framework(key: str) -> Framework:
    """Return a framework of indicators.

    Args:
        key: "eclac" for social cohesion in Latin America (LC/G.2362), "laeken" for the European Union's indicators.

    Raises:
        MeasureError: an unknown key.

    >>> framework("laeken").names["en"]
    "The European Union's Laeken indicators"
    """
    if key not in FRAMEWORKS:
        raise MeasureError(f"there is no framework '{key}'.{nearest(key, FRAMEWORKS)}")
    told, shared = _read(key), _read("columns")
    indicators = {name: _indicator(name, entry, told, shared["reasons"]) for name, entry in told["indicators"].items()}
    needed = dict.fromkeys(column for each in indicators.values() for column in each.needs)
    columns = {column: shared["columns"][column] for column in needed}
    return Framework(
        key,
        _names(told["framework"]),
        told["framework"]["source"],
        {column: _names(entry) for column, entry in columns.items()},
        {column: _names(shared["sources"][entry["from"]]) for column, entry in columns.items()},
        indicators,
    )


def _indicator(key: str, entry: Mapping[str, Any], told: Mapping[str, Any], reasons: Mapping[str, Any]) -> Indicator:
    dimension = told["dimensions"][entry["dimension"]]
    return Indicator(
        key=key,
        component=_names(told["components"][dimension["component"]]),
        dimension=_names(dimension),
        names={language: entry[language][0] for language in LANGUAGES},
        definition={language: entry[language][1] for language in LANGUAGES},
        unit=entry["unit"],
        source=dimension["source"],
        needs=tuple(entry.get("needs", ())),
        measure=entry.get("measure", ""),
        arguments=entry.get("arguments", {}),
        not_computed=_names(reasons[entry["not_computed"]]) if "not_computed" in entry else {},
    )


def _names(entry: Mapping[str, Any]) -> dict[str, str]:
    return {language: entry[language] for language in LANGUAGES}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("amparo.measures.cohesion").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
