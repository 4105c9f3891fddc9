"""What the facts of any household satisfy, whatever the law: a mother is older than her child.

A country declares them beside its inputs, in the language of rules:

    @consistent(es="el embarazo es de un hombre", pt="…", en="the pregnancy is a man's")
    def no_man_is_pregnant(person: Person) -> Bool:
        return (person.sex == "female") | (person.pregnancy_month == 0)

The texts say what is wrong when it is broken. What is unknown breaks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from amparo.expr import Bool, Count, Group, Input, Law, PersonView, Relation, Rule
from amparo.expr.node import place_of_caller
from amparo.expr.rules import RuleVersion, signature
from amparo.policy.benefits import Names

FACTS = Law("consistency of facts")
Person = type[PersonView]
Pair = Callable[[PersonView, PersonView], Bool]


@dataclass(frozen=True, eq=False)
class Consistency:
    """What the facts of every household, or of every person, satisfy; `broken` says what is wrong otherwise."""

    rule: Rule[Any, Bool]
    broken: Names


def consistent(*, es: str, pt: str, en: str) -> Callable[[Callable[[Any], Bool]], Consistency]:
    """Declare a consistency as a function of a person or household; the texts say what is wrong when it is broken."""

    def register(body: Callable[[Any], Bool]) -> Consistency:
        entity, _ = signature(body)
        return _declared(entity, body.__name__, body, {"es": es, "pt": pt, "en": en})

    return register


def older(person: Person, relation: Relation[Any], age: Input[Count]) -> Consistency:
    """Declare that whom a relation names (the mother) is older than the person, where both ages are known."""

    def body(one: PersonView) -> Bool:
        related = relation.__get__(one, person)
        years: Count = related.get(lambda other: age.__get__(other, person), nobody=0)
        return ~related.exists | (years > age.__get__(one, person))

    broken = {
        "es": f"{relation.labels['es'].lower()} no es mayor que su hija o hijo",
        "pt": f"{relation.labels['pt'].lower()} não é mais velha ou velho que a filha ou o filho",
        "en": f"the {relation.labels['en'].lower()} is not older than the child",
    }
    return _declared(person, f"{relation.key}_is_older", body, broken)


def mutual(person: Person, relation: Relation[Any]) -> Consistency:
    """Declare that who is named by a relation (the partner) names the person back, where both answers are known."""

    def one_way(one: PersonView, other: PersonView) -> Bool:
        there, back = relation.__get__(one, person), relation.__get__(other, person)
        return there.is_(other) & ~back.is_(one)

    broken = {
        "es": f"{relation.labels['es'].lower()}: quien es nombrado no nombra a la misma persona",
        "pt": f"{relation.labels['pt'].lower()}: quem é nomeado não nomeia a mesma pessoa",
        "en": f"{relation.labels['en'].lower()}: who is named does not name the same person back",
    }
    return _of_nobody(person, f"{relation.key}_is_mutual", one_way, broken)


def distinct(person: Person, one: Relation[Any], other: Relation[Any]) -> Consistency:
    """Declare that two relations of a person (mother and father) never name one and the same member."""

    def both(child: PersonView, parent: PersonView) -> Bool:
        return one.__get__(child, person).is_(parent) & other.__get__(child, person).is_(parent)

    broken = {
        language: sentence.format(one.labels[language].lower(), other.labels[language].lower())
        for language, sentence in {
            "es": "{} y {} son la misma persona",
            "pt": "{} e {} são a mesma pessoa",
            "en": "{} and {} are the same person",
        }.items()
    }
    return _of_nobody(person, f"{one.key}_is_not_{other.key}", both, broken)


def no_circle(person: Person, *parents: Relation[Any]) -> Consistency:
    """Declare that nobody is a parent of their own parent."""

    def points(child: PersonView, parent: PersonView) -> Bool:
        first, *rest = (each.__get__(child, person).is_(parent) for each in parents)
        for each in rest:
            first |= each
        return first

    broken = {
        "es": "dos personas son madre o padre una de la otra",
        "pt": "duas pessoas são mãe ou pai uma da outra",
        "en": "two persons are each other's parent",
    }
    return _of_nobody(person, "no_circle_of_parents", lambda a, b: points(a, b) & points(b, a), broken)


def _of_nobody(person: Person, key: str, pair: Pair, broken: Names) -> Consistency:
    around = Group(pair, person, key)
    return _declared(person, key, lambda one: around(one).count() == 0, broken)


def _declared(entity: Any, key: str, body: Callable[[Any], Bool], broken: Names) -> Consistency:
    made: Rule[Any, Bool] = Rule(f"facts.{key}", entity, Bool)
    made.add(RuleVersion(made, body, FACTS.article(key), None, None, place_of_caller()))
    return Consistency(made, broken)
