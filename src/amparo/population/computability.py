"""What a file lets us compute: each benefit computed, under a stated assumption, or not computable, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from amparo.errors import ParameterError
from amparo.expr import Graph, Op, Relation
from amparo.policy import Benefit, Country, Edition, Names
from amparo.population.mapping import Mapping


class Status(StrEnum):
    """How far a benefit can be computed."""

    COMPUTED = "computed"
    ASSUMED = "under a stated assumption"
    NOT_COMPUTABLE = "not computable"


@dataclass(frozen=True)
class Computability:
    """What a mapping allows for one benefit.

    `assumptions` are the texts that a report must show beside the figure; `lacking` names each input or relation
    that the file does not hold and each figure of the law that is unknown in the month, with the reason (under the
    benefit's own key when the whole benefit is out).
    """

    benefit: Benefit
    status: Status
    assumptions: tuple[Names, ...] = ()
    lacking: tuple[tuple[str, Names], ...] = ()

    def beside(self, other: Computability) -> Computability:
        """Return what holds of the same benefit in two months: all that either rests on or lacks."""
        lacking = tuple(dict(self.lacking + other.lacking).items())
        assumptions = (*self.assumptions, *(a for a in other.assumptions if a not in self.assumptions))
        worse = max(self.status, other.status, key=list(Status).index)
        return Computability(self.benefit, worse, () if lacking else assumptions, lacking)


def relations_read(graph: Graph) -> list[Relation[Any]]:
    """Return the relations that a graph reads, each once."""
    sides = [side.relation for side in graph.attributes(Op.IS)]
    return list(dict.fromkeys([*graph.attributes(Op.GATHER), *graph.attributes(Op.EXISTS), *sides]))


def computability(mapping: Mapping, country: Country, month: date) -> list[Computability]:
    """Return, for each benefit in force in a month, whether a file with this mapping can compute it."""
    mapping.check(country)
    edition = country.on(month)
    return [_of(mapping, edition, each) for each in edition.benefits]


def generated(country: Country, month: date) -> list[Computability]:
    """Return, for each benefit of a month, whether its figures are known: generated households lack nothing."""
    edition = country.on(month)
    unknown = [(each, tuple(_unknown_figures(edition.only([each])))) for each in edition.benefits]
    return [
        Computability(each, Status.NOT_COMPUTABLE if lacking else Status.COMPUTED, lacking=lacking)
        for each, lacking in unknown
    ]


def _unknown_figures(edition: Edition) -> Iterator[tuple[str, Names]]:
    for each in edition.parameters:
        try:
            edition.figure(each)
        except ParameterError:
            names = {k: each.labels.get(k, each.key) for k in ("es", "pt", "en")}
            month = f"{edition.month:%Y-%m}"
            yield (
                each.key,
                {
                    "es": f"No se conoce la cifra de la ley «{names['es']}» en {month}.",
                    "pt": f"Não se conhece o valor da lei «{names['pt']}» em {month}.",
                    "en": f"The law's figure '{names['en']}' is not known in {month}.",
                },
            )


def _of(mapping: Mapping, edition: Edition, benefit: Benefit) -> Computability:
    needed = edition.only([benefit])
    declared: list[Any] = [*needed.inputs, *relations_read(needed.graph)]
    lacking = [(d.key, _why(mapping, d)) for d in declared if d.key not in {**mapping.inputs, **mapping.relations}]
    lacking += _unknown_figures(needed)
    if benefit.key in mapping.not_computable:
        lacking.append((benefit.key, mapping.not_computable[benefit.key]))
    if lacking:
        return Computability(benefit, Status.NOT_COMPUTABLE, lacking=tuple(lacking))
    texts: list[Names] = []
    for each in declared:
        texts += [t for t in _assumed(mapping, each.key) if t not in texts]
    return Computability(benefit, Status.ASSUMED if texts else Status.COMPUTED, tuple(texts))


def _assumed(mapping: Mapping, key: str) -> Iterator[Names]:
    source = mapping.inputs.get(key)
    if source is None:
        yield from mapping.relations[key].assumptions
        return
    yield from source.assumptions
    if source.related:
        yield from mapping.relations[source.related].assumptions


def _why(mapping: Mapping, declared: Any) -> Names:
    if declared.key in mapping.not_available:
        return mapping.not_available[declared.key]
    names = {k: declared.labels.get(k, declared.key) for k in ("es", "pt", "en")}
    return {
        "es": f"{mapping.name} no tiene el dato «{names['es']}».",
        "pt": f"{mapping.name} não tem o dado «{names['pt']}».",
        "en": f"{mapping.name} has no column for '{names['en']}'.",
    }
